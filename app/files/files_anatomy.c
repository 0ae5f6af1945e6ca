/* The anatomy tables, described by a table: one row a column, with its place in the struct, its range and its unit. What one
 * column cannot say alone is checked in files_anatomy_check.c. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_anatomy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_anatomy_check.h"
#include "app/files/files_csv.h"
#include "psoas/vec.h"

// ---- what a column can hold --------------------------------------------------------------------------------------

typedef enum kind {
  NAME,             // ps_name: letters, digits and _ / + - .
  NAME_OR_EMPTY,
  NUMBER,           // double, in the range and unit of its measure
  NUMBER_OR_EMPTY,  // empty = 0
  INTEGER,          // int
  FLAG,             // bool
  JOINT,            // ps_joint
  POINT_KIND,       // ps_point_kind
  AREA_SET,         // char: 0, 'A' or 'B'
  TENSION,          // bool is_trunk
  SOURCE,           // not empty, not kept
  TEXT              // anything, not kept
} kind;

typedef struct measure {  // of a number: what is allowed in the file, and how it becomes SI
  files_csv_range range;
  double factor;
} measure;

static const measure place = {{-3.0, 3.0, "m"}, 1.0};
static const measure turn = {{-3.2, 3.2, "rad"}, 1.0};
static const measure share = {{0.0, 1.0, ""}, 1.0};
static const measure direction = {{-10.0, 10.0, ""}, 1.0};
static const measure limit = {{-360.0, 360.0, "deg (m for a translation)"}, 1.0};  // see convert_limits
static const measure linear = {{0.0, 1e6, "Nm/rad"}, 1.0};
static const measure cubic = {{-1e7, 1e7, "Nm/rad3"}, 1.0};
static const measure area = {{0.0, 2000.0, "cm2"}, 1e-4};
static const measure fibre = {{0.0, 1.0, "m"}, 1.0};
static const measure ratio = {{0.0, 3.0, ""}, 1.0};
static const measure pennation = {{0.0, 1.2, "rad"}, 1.0};
static const measure strain = {{-0.9, 5.0, ""}, 1.0};
static const measure radius = {{0.001, 0.3, "m"}, 1.0};
static const measure winding = {{-1.0, 1.0, ""}, 1.0};
static const measure pressure = {{0.1, 2.0, ""}, 1.0};
static const measure any = {{-1e12, 1e12, ""}, 1.0};
static const measure spread = {{0.0, 1e12, ""}, 1.0};
static const measure order = {{0.0, 999.0, ""}, 1.0};

// ---- the columns: name in the file, kind, place in the row's struct, measure -------------------------------------

typedef struct column {
  const char *name;
  kind kind;
  size_t at;
  const measure *measure;
} column;

static const column bodies[] = {
    {"body", NAME, offsetof(ps_anat_body, name), NULL},
    {"parent", NAME_OR_EMPTY, offsetof(ps_anat_body, parent), NULL},
    {"joint", JOINT, offsetof(ps_anat_body, joint), NULL},
    {"x_m", NUMBER, offsetof(ps_anat_body, origin_m[0]), &place},
    {"y_m", NUMBER, offsetof(ps_anat_body, origin_m[1]), &place},
    {"z_m", NUMBER, offsetof(ps_anat_body, origin_m[2]), &place},
    {"tilt_rad", NUMBER, offsetof(ps_anat_body, tilt_rad), &turn},
    {"mass_fraction_male", NUMBER, offsetof(ps_anat_body, mass_fraction[0]), &share},
    {"mass_fraction_female", NUMBER, offsetof(ps_anat_body, mass_fraction[1]), &share},
    {"com_x_m", NUMBER, offsetof(ps_anat_body, com_m[0]), &place},
    {"com_y_m", NUMBER, offsetof(ps_anat_body, com_m[1]), &place},
    {"com_z_m", NUMBER, offsetof(ps_anat_body, com_m[2]), &place},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column coordinates[] = {
    {"coordinate", NAME, offsetof(ps_anat_coord, name), NULL},
    {"body", NAME, offsetof(ps_anat_coord, body), NULL},
    {"axis_x", NUMBER, offsetof(ps_anat_coord, axis[0]), &direction},
    {"axis_y", NUMBER, offsetof(ps_anat_coord, axis[1]), &direction},
    {"axis_z", NUMBER, offsetof(ps_anat_coord, axis[2]), &direction},
    {"min_deg", NUMBER, offsetof(ps_anat_coord, min_rad), &limit},
    {"max_deg", NUMBER, offsetof(ps_anat_coord, max_rad), &limit},
    {"is_balanced", FLAG, offsetof(ps_anat_coord, is_balanced), NULL},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column stiffness[] = {
    {"coordinate", NAME, offsetof(ps_anat_stiffness, coord), NULL},
    {"linear_Nm_per_rad", NUMBER, offsetof(ps_anat_stiffness, linear_Nm), &linear},
    {"cubic_Nm_per_rad3", NUMBER, offsetof(ps_anat_stiffness, cubic_Nm), &cubic},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column muscles[] = {
    {"muscle", NAME, offsetof(ps_anat_muscle, name), NULL},
    {"group", NAME, offsetof(ps_anat_muscle, group), NULL},
    {"area_set", AREA_SET, offsetof(ps_anat_muscle, area_set), NULL},
    {"area_cm2", NUMBER, offsetof(ps_anat_muscle, area_m2), &area},
    {"specific_tension", TENSION, offsetof(ps_anat_muscle, is_trunk), NULL},
    {"optimal_length_m", NUMBER, offsetof(ps_anat_muscle, optimal_length_m), &fibre},
    {"neutral_fibre_length", NUMBER, offsetof(ps_anat_muscle, neutral_fibre_length), &ratio},
    {"pennation_rad", NUMBER, offsetof(ps_anat_muscle, pennation_rad), &pennation},
    {"passive_strain_zero", NUMBER, offsetof(ps_anat_muscle, strain_zero), &strain},
    {"passive_strain_one", NUMBER, offsetof(ps_anat_muscle, strain_one), &strain},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column paths[] = {
    {"muscle", NAME, offsetof(ps_anat_point, muscle), NULL},
    {"index", INTEGER, offsetof(ps_anat_point, index), &order},
    {"kind", POINT_KIND, offsetof(ps_anat_point, kind), NULL},
    {"body", NAME_OR_EMPTY, offsetof(ps_anat_point, body), NULL},
    {"x_m", NUMBER_OR_EMPTY, offsetof(ps_anat_point, pos_m[0]), &place},
    {"y_m", NUMBER_OR_EMPTY, offsetof(ps_anat_point, pos_m[1]), &place},
    {"z_m", NUMBER_OR_EMPTY, offsetof(ps_anat_point, pos_m[2]), &place},
    {"body2", NAME_OR_EMPTY, offsetof(ps_anat_point, body2), NULL},
    {"weight2", NUMBER_OR_EMPTY, offsetof(ps_anat_point, weight2), &share},
    {"wrap", NAME_OR_EMPTY, offsetof(ps_anat_point, wrap), NULL},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column wraps[] = {
    {"wrap", NAME, offsetof(ps_anat_wrap, name), NULL},
    {"body", NAME, offsetof(ps_anat_wrap, body), NULL},
    {"x_m", NUMBER, offsetof(ps_anat_wrap, centre_m[0]), &place},
    {"y_m", NUMBER, offsetof(ps_anat_wrap, centre_m[1]), &place},
    {"z_m", NUMBER, offsetof(ps_anat_wrap, centre_m[2]), &place},
    {"axis_x", NUMBER, offsetof(ps_anat_wrap, axis[0]), &direction},
    {"axis_y", NUMBER, offsetof(ps_anat_wrap, axis[1]), &direction},
    {"axis_z", NUMBER, offsetof(ps_anat_wrap, axis[2]), &direction},
    {"radius_m", NUMBER, offsetof(ps_anat_wrap, radius_m), &radius},
    {"winding", NUMBER, offsetof(ps_anat_wrap, winding), &winding},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column contacts[] = {
    {"contact", NAME, offsetof(ps_anat_place, name), NULL},
    {"body", NAME, offsetof(ps_anat_place, body), NULL},
    {"x_m", NUMBER, offsetof(ps_anat_place, pos_m[0]), &place},
    {"y_m", NUMBER, offsetof(ps_anat_place, pos_m[1]), &place},
    {"z_m", NUMBER, offsetof(ps_anat_place, pos_m[2]), &place},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column landmarks[] = {
    {"landmark", NAME, offsetof(ps_anat_place, name), NULL},
    {"body", NAME, offsetof(ps_anat_place, body), NULL},
    {"x_m", NUMBER, offsetof(ps_anat_place, pos_m[0]), &place},
    {"y_m", NUMBER, offsetof(ps_anat_place, pos_m[1]), &place},
    {"z_m", NUMBER, offsetof(ps_anat_place, pos_m[2]), &place},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column discs[] = {
    {"level", NAME, offsetof(ps_anat_disc, level), NULL},
    {"lower", NAME, offsetof(ps_anat_disc, lower), NULL},
    {"upper", NAME, offsetof(ps_anat_disc, upper), NULL},
    {"area_cm2", NUMBER, offsetof(ps_anat_disc, area_m2), &area},
    {"pressure_factor", NUMBER, offsetof(ps_anat_disc, pressure_factor), &pressure},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};
static const column parameters[] = {
    {"parameter", NAME, offsetof(ps_anat_param, name), NULL},
    {"value", NUMBER, offsetof(ps_anat_param, value), &any},
    {"unit", TEXT, 0, NULL},
    {"sd", NUMBER_OR_EMPTY, offsetof(ps_anat_param, sd), &spread},
    {"source", SOURCE, 0, NULL},
    {"note", TEXT, 0, NULL},
};

typedef struct layout {
  const char *path;
  size_t row_size;
  const column *column;
  size_t ncolumn;
} layout;

static const layout layouts[FILES_TABLE_COUNT] = {
    [FILES_BODIES] = {"anatomy/bodies.csv", sizeof(ps_anat_body), bodies, sizeof bodies/sizeof *bodies},
    [FILES_COORDINATES] = {"anatomy/coordinates.csv", sizeof(ps_anat_coord), coordinates, sizeof coordinates/sizeof *coordinates},
    [FILES_STIFFNESS] = {"anatomy/stiffness.csv", sizeof(ps_anat_stiffness), stiffness, sizeof stiffness/sizeof *stiffness},
    [FILES_MUSCLES] = {"anatomy/muscles.csv", sizeof(ps_anat_muscle), muscles, sizeof muscles/sizeof *muscles},
    [FILES_PATHS] = {"anatomy/paths.csv", sizeof(ps_anat_point), paths, sizeof paths/sizeof *paths},
    [FILES_WRAPS] = {"anatomy/wraps.csv", sizeof(ps_anat_wrap), wraps, sizeof wraps/sizeof *wraps},
    [FILES_CONTACTS] = {"anatomy/contacts.csv", sizeof(ps_anat_place), contacts, sizeof contacts/sizeof *contacts},
    [FILES_LANDMARKS] = {"anatomy/landmarks.csv", sizeof(ps_anat_place), landmarks, sizeof landmarks/sizeof *landmarks},
    [FILES_DISCS] = {"anatomy/discs.csv", sizeof(ps_anat_disc), discs, sizeof discs/sizeof *discs},
    [FILES_PARAMETERS] = {"anatomy/parameters.csv", sizeof(ps_anat_param), parameters, sizeof parameters/sizeof *parameters},
};

// ---- one field ---------------------------------------------------------------------------------------------------

static ps_status read_name(const files_csv *csv, int i, ps_name out, ps_error *err) {
  static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/+-.";
  const char *text = csv->field[i];
  const size_t n = strlen(text);
  if (n == 0) return files_csv_fail(csv, i, PS_EFORMAT, "a name is needed", err);
  if (n >= PS_NAME_SIZE) return files_csv_fail(csv, i, PS_EFORMAT, "the name is longer than 47 letters", err);
  if (text[strspn(text, allowed)])
    return files_csv_fail(csv, i, PS_EFORMAT, "a name has only letters, digits and _ / + - .", err);
  memcpy(out, text, n + 1);
  return PS_OK;
}

static ps_status read_number(const files_csv *csv, int i, const measure *m, double *out, ps_error *err) {
  PS_TRY(files_csv_number(csv, i, &m->range, out, err));
  *out *= m->factor;
  return PS_OK;
}

static ps_status read_integer(const files_csv *csv, int i, const measure *m, int *out, ps_error *err) {
  double value = 0.0;
  PS_TRY(files_csv_number(csv, i, &m->range, &value, err));
  *out = (int)value;
  return (double)*out == value ? PS_OK : files_csv_fail(csv, i, PS_EFORMAT, "a whole number is needed", err);
}

// a field that is one of few words
static ps_status read_word(const files_csv *csv, int i, kind what, char *at, ps_error *err) {
  static const char *const joint[] = {"free", "ball", "hinge", "universal", "weld"};
  static const char *const point[] = {"point", "blend", "wrap"};
  static const char *const flag[] = {"0", "1", "false", "true"};
  static const char *const set[] = {"", "A", "B"};
  static const char *const tension[] = {"trunk", "leg", "pressure"};
  _Static_assert(PS_JOINT_WELD == 4 && PS_POINT_WRAP == 2, "the words stand in the order of the enums");
  int index = 0;
  if (what == JOINT) {
    PS_TRY(files_csv_choice(csv, i, joint, 5, &index, err));
    const ps_joint value = (ps_joint)index;
    memcpy(at, &value, sizeof value);
  } else if (what == POINT_KIND) {
    PS_TRY(files_csv_choice(csv, i, point, 3, &index, err));
    const ps_point_kind value = (ps_point_kind)index;
    memcpy(at, &value, sizeof value);
  } else if (what == AREA_SET) {
    PS_TRY(files_csv_choice(csv, i, set, 3, &index, err));
    *at = set[index][0];
  } else {
    const bool is_flag = what == FLAG;
    PS_TRY(files_csv_choice(csv, i, is_flag ? flag : tension, is_flag ? 4 : 3, &index, err));
    const bool value = is_flag ? index % 2 == 1 : index == 0;
    memcpy(at, &value, sizeof value);
  }
  return PS_OK;
}

static ps_status read_field(const files_csv *csv, int i, const column *c, char *row, ps_error *err) {
  char *at = row + c->at;
  const bool is_empty = csv->field[i][0] == '\0';
  switch (c->kind) {
    case NAME_OR_EMPTY:
      if (is_empty) return PS_OK;
      return read_name(csv, i, at, err);
    case NAME: return read_name(csv, i, at, err);
    case NUMBER_OR_EMPTY:
      if (is_empty) return PS_OK;
      return read_number(csv, i, c->measure, (double *)(void *)at, err);
    case NUMBER: return read_number(csv, i, c->measure, (double *)(void *)at, err);
    case INTEGER: return read_integer(csv, i, c->measure, (int *)(void *)at, err);
    case FLAG:
    case JOINT:
    case POINT_KIND:
    case AREA_SET:
    case TENSION: return read_word(csv, i, c->kind, at, err);
    case SOURCE: return is_empty ? files_csv_fail(csv, i, PS_EFORMAT, "a source key is needed", err) : PS_OK;
    case TEXT: return PS_OK;
  }
  return PS_OK;
}

// ---- one table ---------------------------------------------------------------------------------------------------

static ps_status read_rows(files_csv *csv, const layout *l, size_t nmost, files_table *t, ps_error *err) {
  t->row = calloc(nmost, l->row_size);
  t->line = calloc(nmost, sizeof *t->line);
  if (!t->row || !t->line) return ps_error_set(err, PS_ENOMEM, 0, l->path, "out of memory");
  for (;;) {
    bool has_row = false;
    PS_TRY(files_csv_next(csv, &has_row, err));
    if (!has_row) return PS_OK;
    char *row = (char *)t->row + (size_t)t->nrow*l->row_size;
    for (size_t i = 0; i < l->ncolumn; i++) PS_TRY(read_field(csv, (int)i, &l->column[i], row, err));
    t->line[t->nrow++] = csv->line;
  }
}

static ps_status read_table(files_table_source source, const layout *l, files_table *t, ps_error *err) {
  files_bytes bytes = {0};
  PS_TRY(source.read(source.ctx, l->path, &bytes, err));
  const char *header[FILES_CSV_COLUMN_MAX];
  for (size_t i = 0; i < l->ncolumn; i++) header[i] = l->column[i].name;
  files_csv csv = {.column = header, .ncolumn = (int)l->ncolumn};
  t->path = l->path;
  t->row_size = l->row_size;

  // there are at most as many rows as lines
  size_t nmost = 1;
  for (const char *c = bytes.data, *end = c + bytes.size; c < end; c++) nmost += *c == '\n';
  ps_status status = files_csv_open(&csv, l->path, bytes.data, bytes.size, err);
  if (status == PS_OK) status = read_rows(&csv, l, nmost, t, err);
  files_csv_close(&csv);
  files_bytes_free(&bytes);
  return status;
}

// ---- all tables --------------------------------------------------------------------------------------------------

struct files_anatomy {
  ps_anatomy view;
  files_table table[FILES_TABLE_COUNT];
};

// degrees to radians, except where the pelvis moves along an axis and the columns hold metres
static void convert_limits(files_table *t) {
  ps_anat_coord *c = t->row;
  for (int i = 0; i < t->nrow; i++) {
    const char *name = c[i].name;
    if (strcmp(name, "pelvis_tx") == 0 || strcmp(name, "pelvis_ty") == 0 || strcmp(name, "pelvis_tz") == 0) continue;
    c[i].min_rad = ps_rad(c[i].min_rad);
    c[i].max_rad = ps_rad(c[i].max_rad);
  }
}

static ps_anatomy make_view(const files_table *t) {
  return (ps_anatomy){
      .body = t[FILES_BODIES].row,         .nbody = t[FILES_BODIES].nrow,
      .coord = t[FILES_COORDINATES].row,   .ncoord = t[FILES_COORDINATES].nrow,
      .stiffness = t[FILES_STIFFNESS].row, .nstiffness = t[FILES_STIFFNESS].nrow,
      .muscle = t[FILES_MUSCLES].row,      .nmuscle = t[FILES_MUSCLES].nrow,
      .point = t[FILES_PATHS].row,         .npoint = t[FILES_PATHS].nrow,
      .wrap = t[FILES_WRAPS].row,          .nwrap = t[FILES_WRAPS].nrow,
      .contact = t[FILES_CONTACTS].row,    .ncontact = t[FILES_CONTACTS].nrow,
      .landmark = t[FILES_LANDMARKS].row,  .nlandmark = t[FILES_LANDMARKS].nrow,
      .disc = t[FILES_DISCS].row,          .ndisc = t[FILES_DISCS].nrow,
      .param = t[FILES_PARAMETERS].row,    .nparam = t[FILES_PARAMETERS].nrow,
  };
}

ps_status files_anatomy_load(files_table_source source, files_anatomy **out, ps_error *err) {
  files_anatomy *a = calloc(1, sizeof *a);
  if (!a) return ps_error_set(err, PS_ENOMEM, 0, "anatomy", "out of memory");

  // each table alone
  ps_status status = PS_OK;
  for (int i = 0; i < FILES_TABLE_COUNT && status == PS_OK; i++)
    status = read_table(source, &layouts[i], &a->table[i], err);

  // then what they say together
  if (status == PS_OK) {
    convert_limits(&a->table[FILES_COORDINATES]);
    a->view = make_view(a->table);
    status = files_anatomy_check(a->table, &a->view, err);
  }
  if (status != PS_OK) {
    files_anatomy_free(a);
    return status;
  }
  *out = a;
  return PS_OK;
}

const ps_anatomy *files_anatomy_view(const files_anatomy *anatomy) { return &anatomy->view; }

void files_anatomy_free(files_anatomy *anatomy) {
  if (!anatomy) return;
  for (int i = 0; i < FILES_TABLE_COUNT; i++) {
    free(anatomy->table[i].row);
    free(anatomy->table[i].line);
  }
  free(anatomy);
}
