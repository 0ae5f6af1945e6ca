/* Reading data/reference/persons.csv and measurements.csv. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_csv.h"
#include "app/validate/validate_internal.h"
#include "psoas/vec.h"

const char *const VALIDATE_STATUS_WORD[] = {"verified", "secondary", "memory"};
const char *const VALIDATE_KIND_WORD[] = {"predicted", "input", "tuned"};
const char *const VALIDATE_RULE_WORD[] = {"sd", "range", "ratio", "angle"};

struct validate_table {
  files_csv persons, rows;   // stay open: the texts lie in their memory
  int nperson, nrow;
  validate_person person[VALIDATE_PERSON_MAX];
  validate_row row[VALIDATE_ROW_MAX];
};

int validate_table_count(const validate_table *t) { return t->nrow; }
const validate_row *validate_table_row(const validate_table *t, int i) { return &t->row[i]; }
const validate_person *validate_table_person(const validate_table *t, int i) { return &t->person[i]; }

void validate_table_free(validate_table *t) {
  if (!t) return;
  files_csv_close(&t->persons);
  files_csv_close(&t->rows);
  free(t);
}

static ps_status open_table(files_table_source source, const char *path, files_csv *csv, ps_error *err) {
  files_bytes bytes = {NULL, 0, NULL};
  PS_TRY(source.read(source.ctx, path, &bytes, err));
  const ps_status status = files_csv_open(csv, path, bytes.data, bytes.size, err);
  files_bytes_free(&bytes);
  return status;
}

static ps_status full(const files_csv *csv, ps_error *err) {
  return ps_error_set(err, PS_EFORMAT, csv->line, csv->file, "more rows than the program has room for");
}

static ps_status needed(const files_csv *csv, int column, const char **out, ps_error *err) {
  if (!csv->field[column][0]) return files_csv_fail(csv, column, PS_EFORMAT, "a text is needed", err);
  *out = csv->field[column];
  return PS_OK;
}

// an empty field leaves *out as it is
static ps_status number_or_none(const files_csv *csv, int column, double *out, ps_error *err) {
  static const files_csv_range range = {-1e6, 1e6, ""};
  return csv->field[column][0] ? files_csv_number(csv, column, &range, out, err) : PS_OK;
}

// ---- persons -------------------------------------------------------------------------------------------------------

enum { PERSON, SEX, AGE, HEIGHT, MASS, INCIDENCE, PERSON_SOURCE, PERSON_NOTE, NPERSON_COLUMN };
static const char *const OF_PERSONS[] = {"person", "sex", "age_years", "height_m", "mass_kg", "pelvic_incidence_deg", "source", "note"};

static int find_person(const validate_table *t, const char *id) {
  for (int i = 0; i < t->nperson; i++)
    if (strcmp(t->person[i].id, id) == 0) return i;
  return -1;
}

static ps_status add_person(validate_table *t, ps_error *err) {
  static const char *const sex[] = {"male", "female"};
  static const files_csv_range age = {16.0, 100.0, "years"}, height = {1.3, 2.2, "m"}, mass = {35.0, 200.0, "kg"},
                               incidence = {20.0, 100.0, "deg"};
  const files_csv *csv = &t->persons;
  if (t->nperson == VALIDATE_PERSON_MAX) return full(csv, err);
  validate_person *p = &t->person[t->nperson];
  PS_TRY(needed(csv, PERSON, &p->id, err));
  if (find_person(t, p->id) >= 0) return files_csv_fail(csv, PERSON, PS_EFORMAT, "stands there twice", err);
  int isex = 0;
  PS_TRY(files_csv_choice(csv, SEX, sex, 2, &isex, err));
  p->body.is_female = isex == 1;
  PS_TRY(files_csv_number(csv, AGE, &age, &p->body.age_years, err));
  PS_TRY(files_csv_number(csv, HEIGHT, &height, &p->body.height_m, err));
  PS_TRY(files_csv_number(csv, MASS, &mass, &p->body.mass_kg, err));
  if (csv->field[INCIDENCE][0]) {
    double deg = 0.0;
    PS_TRY(files_csv_number(csv, INCIDENCE, &incidence, &deg, err));
    p->body.has_incidence = true;
    p->body.incidence_rad = ps_rad(deg);
  }
  t->nperson++;
  return PS_OK;
}

// ---- measurements --------------------------------------------------------------------------------------------------

enum { ID, MEASURE, QUANTITY, WHO, TASK, BASELINE, LEVEL, AT1, AT2, RULE, VALUE, SD, LO, HI, UNIT, POPULATION, STATUS, KIND, SOURCE,
       NOTE, NCOLUMN };
static const char *const OF_ROWS[] = {"id",    "measure", "quantity", "person", "task", "baseline", "level",      "at1",    "at2",  "rule",
                                      "value", "sd",      "lo",       "hi",     "unit", "population", "status", "kind", "source", "note"};

static ps_status read_measure(const files_csv *csv, validate_row *r, ps_error *err) {
  r->imeasure = -1;
  for (int i = 0; i < validate_measure_count(); i++)
    if (strcmp(validate_measure_at(i)->name, csv->field[MEASURE]) == 0) r->imeasure = i;
  if (r->imeasure < 0) return files_csv_fail(csv, MEASURE, PS_EFORMAT, "no measure of this program", err);
  const validate_measure *m = validate_measure_at(r->imeasure);
  if (strcmp(m->unit, csv->field[UNIT]) != 0) return files_csv_fail(csv, UNIT, PS_EFORMAT, "not the unit of this measure", err);
  if (m->needs_task != (csv->field[TASK][0] != '\0'))
    return files_csv_fail(csv, TASK, PS_EFORMAT, m->needs_task ? "this measure needs a task" : "this measure takes no task", err);
  if (m->needs_baseline != (csv->field[BASELINE][0] != '\0'))
    return files_csv_fail(csv, BASELINE, PS_EFORMAT,
                          m->needs_baseline ? "this measure needs a baseline" : "this measure takes no baseline", err);
  if (m->needs_level != (csv->field[LEVEL][0] != '\0'))
    return files_csv_fail(csv, LEVEL, PS_EFORMAT, m->needs_level ? "this measure needs a level" : "this measure takes no level", err);
  return PS_OK;
}

// a task that is named must exist and be written rightly
static ps_status read_task(const validate_words *words, const files_csv *csv, int column, const char **out, ps_error *err) {
  ps_task task;
  ps_posture_request request;
  ps_error inner = {PS_OK, 0, "", ""};
  *out = csv->field[column];
  const ps_status status = (*out)[0] ? validate_task_parse(words, *out, &task, &request, &inner) : PS_OK;
  if (status == PS_OK) return PS_OK;
  if (status == PS_ENOMEM) return ps_error_set(err, status, 0, csv->file, "out of memory");
  return files_csv_fail(csv, column, PS_EFORMAT, inner.msg[0] ? inner.msg : "no task", err);
}

static ps_status read_published(const files_csv *csv, validate_published *p, ps_error *err) {
  int rule = 0;
  PS_TRY(files_csv_choice(csv, RULE, VALIDATE_RULE_WORD, VALIDATE_NRULE, &rule, err));
  *p = (validate_published){(validate_rule)rule, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
  PS_TRY(number_or_none(csv, VALUE, &p->value, err));
  PS_TRY(number_or_none(csv, SD, &p->sd, err));
  PS_TRY(number_or_none(csv, LO, &p->lo, err));
  PS_TRY(number_or_none(csv, HI, &p->hi, err));
  if (p->rule == VALIDATE_RANGE) {
    const bool has_end = !isnan(p->lo) || !isnan(p->hi);
    if (!has_end || p->lo >= p->hi) return files_csv_fail(csv, LO, PS_EFORMAT, "a range needs an end, and lo below hi", err);
    return PS_OK;
  }
  if (isnan(p->value)) return files_csv_fail(csv, VALUE, PS_EFORMAT, "this rule needs a value", err);
  if (!isnan(p->sd) && !(p->sd > 0.0)) return files_csv_fail(csv, SD, PS_EFORMAT, "not above zero", err);
  if (p->rule == VALIDATE_SD && isnan(p->sd)) return files_csv_fail(csv, SD, PS_EFORMAT, "this rule needs a standard deviation", err);
  // an effect smaller than what the rule allows would be met by no effect at all
  if (p->rule == VALIDATE_ANGLE && p->value != 0.0 && fabs(p->value) <= validate_tolerance(p))
    return files_csv_fail(csv, RULE, PS_EFORMAT, "5 deg also holds zero here: take ratio or sd", err);
  if (p->rule == VALIDATE_RATIO && p->value == 0.0) return files_csv_fail(csv, VALUE, PS_EFORMAT, "25 % of nothing", err);
  return PS_OK;
}

static ps_status read_words(const files_csv *csv, validate_row *r, ps_error *err) {
  int status = 0, kind = 0;
  PS_TRY(needed(csv, ID, &r->id, err));
  PS_TRY(needed(csv, QUANTITY, &r->quantity, err));
  PS_TRY(needed(csv, POPULATION, &r->population, err));
  PS_TRY(needed(csv, SOURCE, &r->source, err));
  PS_TRY(files_csv_choice(csv, STATUS, VALIDATE_STATUS_WORD, VALIDATE_NSTATUS, &status, err));
  PS_TRY(files_csv_choice(csv, KIND, VALIDATE_KIND_WORD, VALIDATE_NKIND, &kind, err));
  r->status = (validate_status)status;
  r->kind = (validate_kind)kind;
  r->unit = csv->field[UNIT];
  r->level = csv->field[LEVEL];
  r->note = csv->field[NOTE];
  return PS_OK;
}

static ps_status add_row(validate_table *t, const validate_words *words, ps_error *err) {
  const files_csv *csv = &t->rows;
  if (t->nrow == VALIDATE_ROW_MAX) return full(csv, err);
  validate_row *r = &t->row[t->nrow];
  PS_TRY(read_words(csv, r, err));
  for (int i = 0; i < t->nrow; i++)
    if (strcmp(t->row[i].id, r->id) == 0) return files_csv_fail(csv, ID, PS_EFORMAT, "stands there twice", err);
  PS_TRY(read_measure(csv, r, err));
  r->person = find_person(t, csv->field[WHO]);
  if (r->person < 0) return files_csv_fail(csv, WHO, PS_EFORMAT, "not in persons.csv", err);
  PS_TRY(read_task(words, csv, TASK, &r->task, err));
  PS_TRY(read_task(words, csv, BASELINE, &r->baseline, err));
  PS_TRY(number_or_none(csv, AT1, &r->at[0], err));
  PS_TRY(number_or_none(csv, AT2, &r->at[1], err));
  PS_TRY(read_published(csv, &r->published, err));
  t->nrow++;
  return PS_OK;
}

static ps_status read_all(validate_table *t, files_table_source source, const validate_words *words, ps_error *err) {
  bool has_row = false;
  t->persons.column = OF_PERSONS;
  t->persons.ncolumn = NPERSON_COLUMN;
  PS_TRY(open_table(source, "reference/persons.csv", &t->persons, err));
  for (;;) {
    PS_TRY(files_csv_next(&t->persons, &has_row, err));
    if (!has_row) break;
    PS_TRY(add_person(t, err));
  }
  t->rows.column = OF_ROWS;
  t->rows.ncolumn = NCOLUMN;
  PS_TRY(open_table(source, "reference/measurements.csv", &t->rows, err));
  for (;;) {
    PS_TRY(files_csv_next(&t->rows, &has_row, err));
    if (!has_row) return PS_OK;
    PS_TRY(add_row(t, words, err));
  }
}

ps_status validate_table_load(files_table_source source, const validate_words *words, validate_table **out, ps_error *err) {
  validate_table *t = calloc(1, sizeof *t);
  if (!t) return ps_error_set(err, PS_ENOMEM, 0, "reference tables", "out of memory");
  const ps_status status = read_all(t, source, words, err);
  if (status != PS_OK) {
    validate_table_free(t);
    return status;
  }
  *out = t;
  return PS_OK;
}
