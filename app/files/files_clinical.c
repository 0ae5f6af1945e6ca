/* Reading the clinical tables. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_clinical.h"

#include <stdlib.h>
#include <string.h>

#include "app/files/files_csv.h"
#include "app/files/files_text.h"

enum { SOURCES, FLAGS, PARTS, RULES, CONDITIONS, NTABLE, SOURCE_MAX = 256 };

struct files_clinical {
  files_csv csv[NTABLE];         // stay open: the texts of the tables lie in their memory
  const char *source[SOURCE_MAX];
  int nsource;
  clinic_safety_tables safety;
};

typedef struct layout { const char *path; const char *const *column; int ncolumn; } layout;

static const char *const OF_SOURCES[] = {"key", "citation", "url", "verification"};
static const char *const OF_FLAGS[] = {"flag", "group", "question", "suspects", "action", "urgency", "is_short_form", "source", "note"};
static const char *const OF_PARTS[] = {"flag", "part", "question", "source", "note"};
static const char *const OF_RULES[] = {"flag", "urgency", "all", "least", "any", "source", "note"};
static const char *const OF_CONDITIONS[] = {"condition", "words", "abdominal_psoas_release", "deep_tissue_back_hip",
                                            "light_mfr", "hip_extension_stretch", "why", "source", "note"};
static const layout TABLE[NTABLE] = {{"clinical/sources.csv", OF_SOURCES, 4},
                                     {"clinical/red_flags.csv", OF_FLAGS, 9},
                                     {"clinical/red_flag_parts.csv", OF_PARTS, 5},
                                     {"clinical/red_flag_rules.csv", OF_RULES, 7},
                                     {"clinical/contraindications.csv", OF_CONDITIONS, 9}};
static const char *const URGENCY[] = {"E0", "E1", "E2", "E3", "P"};
static const char *const VERDICT[] = {"allow", "modify", "clear_first", "block"};
static const char *const NO_YES[] = {"0", "1"};

// ---- look-up -------------------------------------------------------------------------------------------------------

int files_clinical_find_flag(const clinic_safety_tables *t, const char *id) {
  for (int i = 0; i < t->nflag; i++)
    if (strcmp(t->flag[i].id, id) == 0) return i;
  return -1;
}

int files_clinical_find_condition(const clinic_safety_tables *t, const char *id) {
  for (int i = 0; i < t->ncondition; i++)
    if (strcmp(t->condition[i].id, id) == 0) return i;
  return -1;
}

int files_clinical_find_part(const clinic_safety_tables *t, int iflag, const char *name) {
  const clinic_flag *f = &t->flag[iflag];
  for (int i = f->part; i < f->part + f->npart; i++)
    if (strcmp(t->part[i].name, name) == 0) return i;
  return -1;
}

// ---- one field -----------------------------------------------------------------------------------------------------

static ps_status text_of(const files_csv *csv, int column, const char **out, ps_error *err) {
  if (!csv->field[column][0]) return files_csv_fail(csv, column, PS_EFORMAT, "a text is needed", err);
  *out = csv->field[column];
  return PS_OK;
}

// the next word of a list, words parted by `mark`; NULL at its end
static const char *next_word(const char **list, char mark, char word[64]) {
  while (**list == mark) (*list)++;
  size_t n = 0;
  while ((*list)[n] && (*list)[n] != mark) n++;
  if (n == 0 || n >= 64) return NULL;
  memcpy(word, *list, n);
  word[n] = '\0';
  *list += n;
  return word;
}

// every key of the list is a known source, or ELICITED
static ps_status check_source(const files_clinical *c, const files_csv *csv, int column, const char **out, ps_error *err) {
  const char *list = csv->field[column];
  char word[64];
  int n = 0;
  while (next_word(&list, ';', word)) {
    bool is_known = strcmp(word, "ELICITED") == 0;
    for (int i = 0; i < c->nsource && !is_known; i++) is_known = strcmp(c->source[i], word) == 0;
    if (!is_known) return files_csv_fail(csv, column, PS_EFORMAT, "not a key of clinical/sources.csv", err);
    n++;
  }
  if (n == 0 || *list) return files_csv_fail(csv, column, PS_EFORMAT, "a source key is needed", err);
  if (out) *out = csv->field[column];
  return PS_OK;
}

static ps_status flag_of(const files_clinical *c, const files_csv *csv, int *iflag, ps_error *err) {
  *iflag = files_clinical_find_flag(&c->safety, csv->field[0]);
  return *iflag < 0 ? files_csv_fail(csv, 0, PS_EFORMAT, "not a flag of clinical/red_flags.csv", err) : PS_OK;
}

// ---- one row -------------------------------------------------------------------------------------------------------

static ps_status full(const files_csv *csv, ps_error *err) {
  return ps_error_set(err, PS_EFORMAT, csv->line, csv->file, "more rows than the program has room for");
}

static ps_status add_source(files_clinical *c, const files_csv *csv, ps_error *err) {
  if (c->nsource == SOURCE_MAX) return full(csv, err);
  for (int i = 0; i < c->nsource; i++)
    if (strcmp(c->source[i], csv->field[0]) == 0) return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  const char *citation = NULL;
  PS_TRY(text_of(csv, 1, &citation, err));
  return text_of(csv, 0, &c->source[c->nsource++], err);
}

static ps_status add_flag(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_safety_tables *t = &c->safety;
  if (t->nflag == CLINIC_FLAG_MAX) return full(csv, err);
  if (files_clinical_find_flag(t, csv->field[0]) >= 0) return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  clinic_flag *f = &t->flag[t->nflag];
  int urgency = 0, is_short = 0;
  PS_TRY(text_of(csv, 0, &f->id, err));
  PS_TRY(text_of(csv, 1, &f->group, err));
  PS_TRY(text_of(csv, 2, &f->question, err));
  PS_TRY(text_of(csv, 3, &f->suspects, err));
  PS_TRY(text_of(csv, 4, &f->action, err));
  PS_TRY(files_csv_choice(csv, 5, URGENCY, 5, &urgency, err));
  PS_TRY(files_csv_choice(csv, 6, NO_YES, 2, &is_short, err));
  PS_TRY(check_source(c, csv, 7, &f->source, err));
  f->urgency = (clinic_urgency)urgency;
  f->is_short_form = is_short == 1;
  t->nflag++;
  return PS_OK;
}

// the rows of the part table go behind the main question of their flag
static ps_status add_parts(files_clinical *c, const files_csv *csv, int iflag, ps_error *err) {
  clinic_safety_tables *t = &c->safety;
  clinic_flag *f = &t->flag[iflag];
  if (t->npart == CLINIC_PART_MAX) return full(csv, err);
  if (files_clinical_find_part(t, iflag, csv->field[1]) >= 0)
    return files_csv_fail(csv, 1, PS_EFORMAT, "stands there twice", err);
  clinic_part *p = &t->part[t->npart];
  *p = (clinic_part){.flag = iflag};
  PS_TRY(text_of(csv, 1, &p->name, err));
  PS_TRY(text_of(csv, 2, &p->question, err));
  PS_TRY(check_source(c, csv, 3, NULL, err));
  t->npart++;
  f->npart++;
  return PS_OK;
}

// "main unwell RF11.main": parts of this flag, or of another by its name
static ps_status read_needs(const files_clinical *c, int column, int iflag, int out[CLINIC_NEED_MAX], int *n, ps_error *err) {
  const files_csv *csv = &c->csv[RULES];
  const char *list = csv->field[column];
  char word[64];
  *n = 0;
  while (next_word(&list, ' ', word)) {
    char *dot = strchr(word, '.');
    int flag = iflag;
    if (dot) {
      *dot = '\0';
      flag = files_clinical_find_flag(&c->safety, word);
    }
    const int part = flag < 0 ? -1 : files_clinical_find_part(&c->safety, flag, dot ? dot + 1 : word);
    if (part < 0) return files_csv_fail(csv, column, PS_EFORMAT, "names a part that no flag has", err);
    if (*n == CLINIC_NEED_MAX) return full(csv, err);
    out[(*n)++] = part;
  }
  return PS_OK;
}

static ps_status add_rule(files_clinical *c, const files_csv *csv, ps_error *err) {
  static const files_csv_range count = {0.0, CLINIC_NEED_MAX, ""};
  clinic_safety_tables *t = &c->safety;
  if (t->nrule == CLINIC_RULE_MAX) return full(csv, err);
  clinic_rule *r = &t->rule[t->nrule];
  int urgency = 0;
  double least = 0.0;
  PS_TRY(flag_of(c, csv, &r->flag, err));
  PS_TRY(files_csv_choice(csv, 1, URGENCY, 5, &urgency, err));
  PS_TRY(read_needs(c, 2, r->flag, r->all, &r->nall, err));
  PS_TRY(files_csv_number(csv, 3, &count, &least, err));
  PS_TRY(read_needs(c, 4, r->flag, r->any, &r->nany, err));
  PS_TRY(check_source(c, csv, 5, NULL, err));
  r->urgency = (clinic_urgency)urgency;
  r->least = (int)least;
  if (r->nall < 1 || r->all[0] != t->flag[r->flag].part)
    return files_csv_fail(csv, 2, PS_EFORMAT, "begins with main", err);
  if ((r->nany == 0) != (r->least == 0) || r->least > r->nany)
    return files_csv_fail(csv, 3, PS_EINPUT, "at least 1 and at most as many as `any` names, 0 when it names none", err);
  t->nrule++;
  return PS_OK;
}

static ps_status add_condition(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_safety_tables *t = &c->safety;
  if (t->ncondition == CLINIC_CONDITION_MAX) return full(csv, err);
  if (files_clinical_find_condition(t, csv->field[0]) >= 0)
    return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  clinic_condition *x = &t->condition[t->ncondition];
  PS_TRY(text_of(csv, 0, &x->id, err));
  PS_TRY(text_of(csv, 1, &x->words, err));
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
    int verdict = 0;
    PS_TRY(files_csv_choice(csv, 2 + k, VERDICT, 4, &verdict, err));
    x->verdict[k] = (clinic_verdict)verdict;
  }
  PS_TRY(text_of(csv, 6, &x->why, err));
  PS_TRY(check_source(c, csv, 7, &x->source, err));
  t->ncondition++;
  return PS_OK;
}

// ---- whole tables --------------------------------------------------------------------------------------------------

static ps_status open_table(files_clinical *c, int table, files_table_source source, ps_error *err) {
  const layout *l = &TABLE[table];
  files_bytes bytes = {NULL, 0, NULL};
  PS_TRY(source.read(source.ctx, l->path, &bytes, err));
  c->csv[table].column = l->column;
  c->csv[table].ncolumn = l->ncolumn;
  const ps_status status = files_csv_open(&c->csv[table], l->path, bytes.data, bytes.size, err);
  files_bytes_free(&bytes);
  return status;
}

static ps_status read_table(files_clinical *c, int table, ps_status (*add)(files_clinical *, const files_csv *, ps_error *),
                            ps_error *err) {
  for (;;) {
    bool has_row = false;
    PS_TRY(files_csv_next(&c->csv[table], &has_row, err));
    if (!has_row) return PS_OK;
    PS_TRY(add(c, &c->csv[table], err));
  }
}

// the parts of a flag stand together, its main question first: rows of a flag stand together in the table too
static ps_status read_parts(files_clinical *c, ps_error *err) {
  clinic_safety_tables *t = &c->safety;
  files_csv *csv = &c->csv[PARTS];
  bool has_row = false;
  PS_TRY(files_csv_next(csv, &has_row, err));
  for (int i = 0; i < t->nflag; i++) {
    if (t->npart == CLINIC_PART_MAX) return full(csv, err);
    t->flag[i].part = t->npart;
    t->flag[i].npart = 1;
    t->part[t->npart++] = (clinic_part){.name = "main", .question = t->flag[i].question, .flag = i};
    while (has_row && strcmp(csv->field[0], t->flag[i].id) == 0) {
      PS_TRY(add_parts(c, csv, i, err));
      PS_TRY(files_csv_next(csv, &has_row, err));
    }
  }
  return has_row ? files_csv_fail(csv, 0, PS_EFORMAT, "not a flag, or not in the order of clinical/red_flags.csv", err) : PS_OK;
}

// a flag without a rule could never be positive
static ps_status check_rules(const files_clinical *c, ps_error *err) {
  const clinic_safety_tables *t = &c->safety;
  for (int i = 0; i < t->nflag; i++) {
    bool has_rule = false;
    for (int k = 0; k < t->nrule; k++) has_rule |= t->rule[k].flag == i;
    if (!has_rule)
      return ps_error_set(err, PS_EFORMAT, 0, TABLE[RULES].path, "flag %s has no rule: it could never be positive", t->flag[i].id);
  }
  return t->nflag > 0 ? PS_OK : ps_error_set(err, PS_EFORMAT, 0, TABLE[FLAGS].path, "no flags");
}

static ps_status load(files_clinical *c, files_table_source source, ps_error *err) {
  for (int i = 0; i < NTABLE; i++) PS_TRY(open_table(c, i, source, err));
  PS_TRY(read_table(c, SOURCES, add_source, err));
  PS_TRY(read_table(c, FLAGS, add_flag, err));
  PS_TRY(read_parts(c, err));
  PS_TRY(read_table(c, RULES, add_rule, err));
  PS_TRY(check_rules(c, err));
  return read_table(c, CONDITIONS, add_condition, err);
}

ps_status files_clinical_load(files_table_source source, files_clinical **out, ps_error *err) {
  files_clinical *c = calloc(1, sizeof *c);
  if (!c) return ps_error_set(err, PS_ENOMEM, 0, "clinical tables", "out of memory");
  const ps_status status = load(c, source, err);
  if (status != PS_OK) {
    files_clinical_free(c);
    return status;
  }
  *out = c;
  return PS_OK;
}

void files_clinical_free(files_clinical *c) {
  if (!c) return;
  for (int i = 0; i < NTABLE; i++) files_csv_close(&c->csv[i]);
  free(c);
}

const clinic_safety_tables *files_clinical_safety(const files_clinical *c) { return &c->safety; }
