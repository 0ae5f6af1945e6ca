/* Reading the tables of the safety gate: questions, their parts, rules, contraindications. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/files/files_clinical_table.h"

static const char *const OF_FLAGS[] = {"flag", "group", "question", "suspects", "action", "urgency", "is_short_form", "source", "note"};
static const char *const OF_PARTS[] = {"flag", "part", "question", "source", "note"};
static const char *const OF_RULES[] = {"flag", "urgency", "all", "least", "any", "source", "note"};
static const char *const OF_CONDITIONS[] = {"condition", "words", "abdominal_psoas_release", "deep_tissue_back_hip",
                                            "light_mfr", "hip_extension_stretch", "why", "source", "note"};
static const clinical_layout FLAGS = {"clinical/red_flags.csv", OF_FLAGS, 9};
static const clinical_layout PARTS = {"clinical/red_flag_parts.csv", OF_PARTS, 5};
static const clinical_layout RULES = {"clinical/red_flag_rules.csv", OF_RULES, 7};
static const clinical_layout CONDITIONS = {"clinical/contraindications.csv", OF_CONDITIONS, 9};
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

// ---- one row -------------------------------------------------------------------------------------------------------

static ps_status flag_of(const files_clinical *c, const files_csv *csv, int *iflag, ps_error *err) {
  *iflag = files_clinical_find_flag(&c->safety, csv->field[0]);
  return *iflag < 0 ? files_csv_fail(csv, 0, PS_EFORMAT, "not a flag of clinical/red_flags.csv", err) : PS_OK;
}

static ps_status add_flag(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_safety_tables *t = &c->safety;
  if (t->nflag == CLINIC_FLAG_MAX) return clinical_full(csv, err);
  if (files_clinical_find_flag(t, csv->field[0]) >= 0) return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  clinic_flag *f = &t->flag[t->nflag];
  int urgency = 0, is_short = 0;
  PS_TRY(clinical_text(csv, 0, &f->id, err));
  PS_TRY(clinical_text(csv, 1, &f->group, err));
  PS_TRY(clinical_text(csv, 2, &f->question, err));
  PS_TRY(clinical_text(csv, 3, &f->suspects, err));
  PS_TRY(clinical_text(csv, 4, &f->action, err));
  PS_TRY(files_csv_choice(csv, 5, URGENCY, 5, &urgency, err));
  PS_TRY(files_csv_choice(csv, 6, NO_YES, 2, &is_short, err));
  PS_TRY(clinical_source(c, csv, 7, &f->source, err));
  f->urgency = (clinic_urgency)urgency;
  f->is_short_form = is_short == 1;
  t->nflag++;
  return PS_OK;
}

// the rows of the part table go behind the main question of their flag
static ps_status add_parts(files_clinical *c, const files_csv *csv, int iflag, ps_error *err) {
  clinic_safety_tables *t = &c->safety;
  clinic_flag *f = &t->flag[iflag];
  if (t->npart == CLINIC_PART_MAX) return clinical_full(csv, err);
  if (files_clinical_find_part(t, iflag, csv->field[1]) >= 0)
    return files_csv_fail(csv, 1, PS_EFORMAT, "stands there twice", err);
  clinic_part *p = &t->part[t->npart];
  *p = (clinic_part){.flag = iflag};
  PS_TRY(clinical_text(csv, 1, &p->name, err));
  PS_TRY(clinical_text(csv, 2, &p->question, err));
  PS_TRY(clinical_source(c, csv, 3, NULL, err));
  t->npart++;
  f->npart++;
  return PS_OK;
}

// "main unwell RF11.main": parts of this flag, or of another by its name
static ps_status read_needs(const files_clinical *c, int column, int iflag, int out[CLINIC_NEED_MAX], int *n, ps_error *err) {
  const files_csv *csv = &c->csv[c->ntable - 1];  // the table being read
  const char *list = csv->field[column];
  char word[64];
  *n = 0;
  while (clinical_next_word(&list, ' ', word)) {
    char *dot = strchr(word, '.');
    int flag = iflag;
    if (dot) {
      *dot = '\0';
      flag = files_clinical_find_flag(&c->safety, word);
    }
    const int part = flag < 0 ? -1 : files_clinical_find_part(&c->safety, flag, dot ? dot + 1 : word);
    if (part < 0) return files_csv_fail(csv, column, PS_EFORMAT, "names a part that no flag has", err);
    if (*n == CLINIC_NEED_MAX) return clinical_full(csv, err);
    out[(*n)++] = part;
  }
  return PS_OK;
}

static ps_status add_rule(files_clinical *c, const files_csv *csv, ps_error *err) {
  static const files_csv_range count = {0.0, CLINIC_NEED_MAX, ""};
  clinic_safety_tables *t = &c->safety;
  if (t->nrule == CLINIC_RULE_MAX) return clinical_full(csv, err);
  clinic_rule *r = &t->rule[t->nrule];
  int urgency = 0;
  double least = 0.0;
  PS_TRY(flag_of(c, csv, &r->flag, err));
  PS_TRY(files_csv_choice(csv, 1, URGENCY, 5, &urgency, err));
  PS_TRY(read_needs(c, 2, r->flag, r->all, &r->nall, err));
  PS_TRY(files_csv_number(csv, 3, &count, &least, err));
  PS_TRY(read_needs(c, 4, r->flag, r->any, &r->nany, err));
  PS_TRY(clinical_source(c, csv, 5, NULL, err));
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
  if (t->ncondition == CLINIC_CONDITION_MAX) return clinical_full(csv, err);
  if (files_clinical_find_condition(t, csv->field[0]) >= 0)
    return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  clinic_condition *x = &t->condition[t->ncondition];
  PS_TRY(clinical_text(csv, 0, &x->id, err));
  PS_TRY(clinical_text(csv, 1, &x->words, err));
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
    int verdict = 0;
    PS_TRY(files_csv_choice(csv, 2 + k, VERDICT, 4, &verdict, err));
    x->verdict[k] = (clinic_verdict)verdict;
  }
  PS_TRY(clinical_text(csv, 6, &x->why, err));
  PS_TRY(clinical_source(c, csv, 7, &x->source, err));
  t->ncondition++;
  return PS_OK;
}

// ---- whole tables --------------------------------------------------------------------------------------------------

// the parts of a flag stand together, its main question first: rows of a flag stand together in the table too
static ps_status read_parts(files_clinical *c, files_table_source source, ps_error *err) {
  clinic_safety_tables *t = &c->safety;
  files_csv *csv = NULL;
  bool has_row = false;
  PS_TRY(clinical_open(c, &PARTS, source, &csv, err));
  PS_TRY(files_csv_next(csv, &has_row, err));
  for (int i = 0; i < t->nflag; i++) {
    if (t->npart == CLINIC_PART_MAX) return clinical_full(csv, err);
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
      return ps_error_set(err, PS_EFORMAT, 0, RULES.path, "flag %s has no rule: it could never be positive", t->flag[i].id);
  }
  return t->nflag > 0 ? PS_OK : ps_error_set(err, PS_EFORMAT, 0, FLAGS.path, "no flags");
}

ps_status clinical_load_safety(files_clinical *c, files_table_source source, ps_error *err) {
  PS_TRY(clinical_read(c, &FLAGS, source, add_flag, err));
  PS_TRY(read_parts(c, source, err));
  PS_TRY(clinical_read(c, &RULES, source, add_rule, err));
  PS_TRY(check_rules(c, err));
  return clinical_read(c, &CONDITIONS, source, add_condition, err);
}
