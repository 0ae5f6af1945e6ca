/* Reading the numbers that combine the evidence, and the tests that can still be done. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "app/files/files_clinical_table.h"

enum { R_NAME, R_VALUE, R_WORDS, R_SOURCE, R_NOTE, NR };
enum { T_ID, T_WORDS, T_PLAIN, T_HOW, T_FIELDS, T_MINUTES, T_PROVOCATION, T_ROLE, T_COMPETENCY, T_TECHNIQUE, T_MANDATORY, T_WHEN,
       T_OUTCOMES, T_SOURCE, T_NOTE, NT };
static const char *const OF_RULES[NR] = {"name", "value", "words", "source", "note"};
static const char *const OF_TRIALS[NT] = {"trial",      "words",     "plain", "how",       "fields", "minutes",  "provocation", "role",
                                          "competency", "technique", "mandatory", "when",   "outcomes", "source",      "note"};
static const clinical_layout RULES = {"clinical/rules.csv", OF_RULES, NR};
static const clinical_layout TRIALS = {"clinical/trials.csv", OF_TRIALS, NT};
static const char *const NO_YES[] = {"0", "1"};
static const char *const ROLE[] = {"any", "trained"};
static const char *const PROVOCATION[] = {"0", "1", "2"};

// ---- rules ---------------------------------------------------------------------------------------------------------

enum { DEPENDENCE, ENOUGH, INFORMATIVE, ROUND_TO, TOO_WIDE, CHANCE_RAISING, CHANCE_LOWERING, PATHWAY_FLOOR, SHRINK,
       NNUMBER = SHRINK + 2*CLINIC_X };
typedef struct number { double value; bool is_set; } number;
static const char *const NAME[NNUMBER] = {"dependence", "enough_findings", "informative", "round_to", "too_wide",
                                          "chance_raising", "chance_lowering", "pathway_floor",
                                          "shrink_k_A", "shrink_tau_A", "shrink_k_B", "shrink_tau_B",
                                          "shrink_k_C", "shrink_tau_C", "shrink_k_D", "shrink_tau_D"};
static const files_csv_range RANGE[] = {[DEPENDENCE] = {0.1, 1.0, ""}, [ENOUGH] = {1.0, 50.0, ""},
                                        [INFORMATIVE] = {0.0, 1.0, ""}, [ROUND_TO] = {0.01, 0.25, ""},
                                        [TOO_WIDE] = {0.05, 1.0, ""}, [CHANCE_RAISING] = {0.001, 0.5, ""},
                                        [CHANCE_LOWERING] = {0.001, 0.99, ""}, [PATHWAY_FLOOR] = {0.01, 1.0, ""},
                                        [SHRINK] = {0.0, 1.0, ""}};

// a limit of the words: from here on they hold, up to the next
static ps_status add_band(clinic_rules *r, const files_csv *csv, ps_error *err) {
  static const files_csv_range range = {0.0, 0.99, ""};
  if (r->nband == (int)(sizeof r->band/sizeof *r->band)) return clinical_full(csv, err);
  clinic_band *b = &r->band[r->nband];
  PS_TRY(files_csv_number(csv, R_VALUE, &range, &b->from, err));
  if (r->nband == 0 && b->from != 0.0) return files_csv_fail(csv, R_VALUE, PS_EINPUT, "the first band begins at 0", err);
  if (r->nband > 0 && b->from <= r->band[r->nband - 1].from)
    return files_csv_fail(csv, R_VALUE, PS_EINPUT, "not above the band before", err);
  PS_TRY(clinical_text(csv, R_WORDS, &b->words, err));
  r->nband++;
  return PS_OK;
}

static ps_status add_rule(clinic_rules *r, number all[NNUMBER], const files_csv *csv, ps_error *err) {
  if (strcmp(csv->field[R_NAME], "band") == 0) return add_band(r, csv, err);
  int k = 0;
  PS_TRY(files_csv_choice(csv, R_NAME, NAME, NNUMBER, &k, err));
  if (all[k].is_set) return files_csv_fail(csv, R_NAME, PS_EFORMAT, "stands there twice", err);
  if (csv->field[R_WORDS][0]) return files_csv_fail(csv, R_WORDS, PS_EFORMAT, "only a band has words", err);
  PS_TRY(files_csv_number(csv, R_VALUE, &RANGE[k < SHRINK ? k : SHRINK], &all[k].value, err));
  if (k == ENOUGH && all[k].value != floor(all[k].value))
    return files_csv_fail(csv, R_VALUE, PS_EINPUT, "a whole number is needed", err);
  all[k].is_set = true;
  return PS_OK;
}

ps_status clinical_load_rules(files_clinical *c, files_table_source source, ps_error *err) {
  number all[NNUMBER] = {{0.0, false}};
  clinic_rules *r = &c->evidence.rules;
  files_csv *csv = NULL;
  bool has_row = false;
  PS_TRY(clinical_open(c, &RULES, source, &csv, err));
  PS_TRY(files_csv_next(csv, &has_row, err));
  while (has_row) {
    PS_TRY(add_rule(r, all, csv, err));
    PS_TRY(clinical_source(c, csv, R_SOURCE, NULL, err));
    PS_TRY(files_csv_next(csv, &has_row, err));
  }

  for (int i = 0; i < NNUMBER; i++)
    if (!all[i].is_set) return ps_error_set(err, PS_EFORMAT, 0, RULES.path, "the row %s is missing", NAME[i]);
  if (r->nband < 2) return ps_error_set(err, PS_EFORMAT, 0, RULES.path, "at least two rows named band are needed");
  r->dependence = all[DEPENDENCE].value;
  r->enough_findings = (int)all[ENOUGH].value;
  r->informative = all[INFORMATIVE].value;
  r->round_to = all[ROUND_TO].value;
  r->too_wide = all[TOO_WIDE].value;
  r->chance_raising = all[CHANCE_RAISING].value;
  r->chance_lowering = all[CHANCE_LOWERING].value;
  c->pathways.floor = all[PATHWAY_FLOOR].value;
  for (int g = CLINIC_A; g < CLINIC_X; g++)
    r->shrink[g] = (clinic_shrink){all[SHRINK + 2*g].value, all[SHRINK + 2*g + 1].value};
  return PS_OK;
}

// ---- tests that can still be done ----------------------------------------------------------------------------------

// a competency is a word of the field role.competencies
static ps_status competency_of(const files_clinical *c, const files_csv *csv, clinic_trial *t, ps_error *err) {
  const int ifield = clinic_field_find(&c->evidence.fields, "role.competencies");
  t->competency = csv->field[T_COMPETENCY];
  if (t->is_trained != (t->competency[0] != '\0'))
    return files_csv_fail(csv, T_COMPETENCY, PS_EFORMAT, "given when the role is trained, and only then", err);
  if (!t->is_trained) return PS_OK;
  int word = 0;
  if (ifield < 0) return files_csv_fail(csv, T_COMPETENCY, PS_EFORMAT, "there is no field role.competencies", err);
  const clinic_field *f = &c->evidence.fields.field[ifield];
  return files_csv_choice(csv, T_COMPETENCY, f->choice, f->nchoice, &word, err);
}

static ps_status technique_of(const files_csv *csv, clinic_trial *t, ps_error *err) {
  const char *name[CLINIC_NTECHNIQUE];
  t->technique = -1;
  if (!csv->field[T_TECHNIQUE][0]) return PS_OK;
  for (int i = 0; i < CLINIC_NTECHNIQUE; i++) name[i] = clinic_technique_text((clinic_technique)i);
  return files_csv_choice(csv, T_TECHNIQUE, name, CLINIC_NTECHNIQUE, &t->technique, err);
}

static ps_status add_trial(files_clinical *c, const files_csv *csv, ps_error *err) {
  static const files_csv_range minutes = {0.1, 60.0, "min"};
  clinic_evidence *e = &c->evidence;
  if (e->ntrial == CLINIC_TRIAL_MAX) return clinical_full(csv, err);
  clinic_trial *t = &e->trial[e->ntrial];
  for (int i = 0; i < e->ntrial; i++)
    if (strcmp(e->trial[i].id, csv->field[T_ID]) == 0) return files_csv_fail(csv, T_ID, PS_EFORMAT, "stands there twice", err);
  int role = 0, is_mandatory = 0;
  PS_TRY(clinical_name(csv, T_ID, &t->id, err));
  PS_TRY(clinical_text(csv, T_WORDS, &t->words, err));
  PS_TRY(clinical_text(csv, T_PLAIN, &t->plain, err));
  PS_TRY(clinical_text(csv, T_HOW, &t->how, err));
  PS_TRY(clinical_field_list(c, csv, T_FIELDS, t, err));
  PS_TRY(files_csv_number(csv, T_MINUTES, &minutes, &t->minutes, err));
  PS_TRY(files_csv_choice(csv, T_PROVOCATION, PROVOCATION, 3, &t->provocation, err));
  PS_TRY(files_csv_choice(csv, T_ROLE, ROLE, 2, &role, err));
  t->is_trained = role == 1;
  PS_TRY(competency_of(c, csv, t, err));
  PS_TRY(technique_of(csv, t, err));
  PS_TRY(files_csv_choice(csv, T_MANDATORY, NO_YES, 2, &is_mandatory, err));
  t->is_mandatory = is_mandatory == 1;
  PS_TRY(clinical_comparison(c, csv, T_WHEN, &t->when, err));
  PS_TRY(clinical_outcomes(c, csv, T_OUTCOMES, t, err));
  if (t->noutcome == 0 && !t->is_mandatory)
    return files_csv_fail(csv, T_OUTCOMES, PS_EFORMAT, "a test that is not mandatory needs outcomes", err);
  if (t->nfield == 0 && !t->is_mandatory)
    return files_csv_fail(csv, T_FIELDS, PS_EFORMAT, "only the mandatory safety screen has no fields", err);
  if (t->noutcome == 1) return files_csv_fail(csv, T_OUTCOMES, PS_EFORMAT, "one outcome tells nothing", err);
  PS_TRY(clinical_source(c, csv, T_SOURCE, &t->source, err));
  e->ntrial++;
  return PS_OK;
}

ps_status clinical_load_trials(files_clinical *c, files_table_source source, ps_error *err) {
  return clinical_read(c, &TRIALS, source, add_trial, err);
}
