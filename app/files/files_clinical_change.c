/* Reading change.csv: what compare knows of each exam field. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/files/files_clinical_table.h"

enum { FIELD, METHOD, SAME_METHOD, NEEDS, PARTS, BETTER, SEM, MDC95, MIC, MIC_FRACTION, RELATIVE, WORDS, SOURCE, NOTE, NCOLUMN };

static const char *const OF_CHANGE[] = {"field", "method", "same_method", "needs", "parts", "better", "sem", "mdc95", "mic", "mic_fraction",
                                        "relative", "words", "source", "note"};
static const clinical_layout CHANGE = {"clinical/change.csv", OF_CHANGE, NCOLUMN};

const clinic_change_rules *files_clinical_change(const files_clinical *c) { return &c->change; }

// the index of a field by its full name
static ps_status find_field(const files_clinical *c, const files_csv *csv, int column, const char *name, int *out, ps_error *err) {
  *out = clinic_field_find(&c->evidence.fields, name);
  return *out < 0 ? files_csv_fail(csv, column, PS_EFORMAT, "not a field of clinical/exam_fields.csv", err) : PS_OK;
}

static ps_status read_method(const files_clinical *c, const files_csv *csv, clinic_change_rule *r, ps_error *err) {
  const clinic_field *f = &c->evidence.fields.field[r->field];
  r->method = -1;
  if (!csv->field[METHOD][0]) return PS_OK;
  if (f->kind != CLINIC_MEASURE) return files_csv_fail(csv, METHOD, PS_EFORMAT, "of a field without methods", err);
  return files_csv_choice(csv, METHOD, f->choice, f->nchoice, &r->method, err);
}

static ps_status read_parts(const files_clinical *c, const files_csv *csv, clinic_change_rule *r, ps_error *err) {
  const char *list = csv->field[PARTS];
  char word[64];
  while (clinical_next_word(&list, ' ', word)) {
    if (r->npart == CLINIC_CHANGE_PART_MAX) return clinical_full(csv, err);
    PS_TRY(find_field(c, csv, PARTS, word, &r->part[r->npart], err));
    if (clinic_change_find(&c->change, r->part[r->npart], -1) < 0)
      return files_csv_fail(csv, PARTS, PS_EFORMAT, "a part needs a row of its own", err);
    r->npart++;
  }
  return PS_OK;
}

static ps_status read_numbers(const files_csv *csv, clinic_change_rule *r, ps_error *err) {
  static const files_csv_range range = {1e-6, 1000.0, ""}, share = {1e-6, 1.0, ""};
  static const char *const better[] = {"lower", "higher", "neither"}, *const no_yes[] = {"0", "1"};
  int ibetter = 0, is_same = 0, is_relative = 0;
  PS_TRY(files_csv_choice(csv, SAME_METHOD, no_yes, 2, &is_same, err));
  PS_TRY(files_csv_choice(csv, BETTER, better, 3, &ibetter, err));
  PS_TRY(files_csv_choice(csv, RELATIVE, no_yes, 2, &is_relative, err));
  if (csv->field[SEM][0]) PS_TRY(files_csv_number(csv, SEM, &range, &r->sem, err));
  if (csv->field[MDC95][0]) PS_TRY(files_csv_number(csv, MDC95, &range, &r->mdc95, err));
  if (csv->field[MIC][0]) PS_TRY(files_csv_number(csv, MIC, &range, &r->mic, err));
  if (csv->field[MIC_FRACTION][0]) PS_TRY(files_csv_number(csv, MIC_FRACTION, &share, &r->mic_fraction, err));
  r->is_same_method = is_same == 1;
  r->is_relative = is_relative == 1;
  r->better = (clinic_better)ibetter;
  if (r->is_relative && !(r->sem > 0.0 || r->mdc95 > 0.0))
    return files_csv_fail(csv, RELATIVE, PS_EINPUT, "a share of nothing: sem and mdc95 are empty", err);
  return PS_OK;
}

static ps_status add_change(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_change_rules *rules = &c->change;
  if (rules->n == CLINIC_CHANGE_RULE_MAX) return clinical_full(csv, err);
  clinic_change_rule *r = &rules->rule[rules->n];
  *r = (clinic_change_rule){.needs = -1};
  PS_TRY(find_field(c, csv, FIELD, csv->field[FIELD], &r->field, err));
  PS_TRY(read_method(c, csv, r, err));
  for (int i = 0; i < rules->n; i++)
    if (rules->rule[i].field == r->field && rules->rule[i].method == r->method)
      return files_csv_fail(csv, FIELD, PS_EFORMAT, "stands there twice", err);
  if (csv->field[NEEDS][0]) PS_TRY(find_field(c, csv, NEEDS, csv->field[NEEDS], &r->needs, err));
  if (r->needs >= 0 && c->evidence.fields.field[r->needs].kind != CLINIC_ANSWER)
    return files_csv_fail(csv, NEEDS, PS_EFORMAT, "not an answer", err);
  PS_TRY(read_parts(c, csv, r, err));
  PS_TRY(read_numbers(csv, r, err));
  PS_TRY(clinical_text(csv, WORDS, &r->words, err));
  PS_TRY(clinical_source(c, csv, SOURCE, &r->source, err));
  r->note = csv->field[NOTE];
  rules->n++;
  return PS_OK;
}

ps_status clinical_load_change(files_clinical *c, files_table_source source, ps_error *err) {
  return clinical_read(c, &CHANGE, source, add_change, err);
}
