/* Reading the tables that are shown and not computed with: claims, measures, norms; and going through all rows.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/files/files_bib.h"
#include "app/files/files_clinical_table.h"

static const char *const OF_CLAIMS[] = {"claim", "section", "words", "verdict", "evidence", "software", "confidence", "grade", "about",
                                        "source"};
static const char *const OF_MEASURES[] = {"measure", "words", "how", "unit", "typical", "group", "sem", "mdc95", "reliability", "about",
                                          "verification", "source", "note"};
static const char *const OF_NORMS[] = {"norm", "measure", "method", "sex", "age_lo", "age_hi", "mean", "sd", "unit", "n", "about",
                                       "verification", "source", "note"};
static const clinical_layout CLAIMS = {"clinical/claims.csv", OF_CLAIMS, 10};
static const clinical_layout MEASURES = {"clinical/measures.csv", OF_MEASURES, 13};
static const clinical_layout NORMS = {"clinical/norms.csv", OF_NORMS, 14};

const files_clinical_texts *files_clinical_texts_of(const files_clinical *c) { return &c->texts; }

static ps_status add_claim(files_clinical *c, const files_csv *csv, ps_error *err) {
  files_clinical_texts *t = &c->texts;
  if (t->nclaim == FILES_CLAIM_MAX) return clinical_full(csv, err);
  for (int i = 0; i < t->nclaim; i++)
    if (strcmp(t->claim[i].id, csv->field[0]) == 0) return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  files_claim *x = &t->claim[t->nclaim];
  const char **const text[] = {&x->id, &x->section, &x->words, &x->verdict, &x->evidence, &x->software, &x->confidence};
  for (int i = 0; i < 7; i++) PS_TRY(clinical_text(csv, i, text[i], err));
  x->has_grade = csv->field[7][0] != '\0';
  if (x->has_grade) PS_TRY(clinical_grade(csv, 7, &x->grade, err));
  PS_TRY(clinical_text(csv, 8, &x->about, err));
  PS_TRY(clinical_source(c, csv, 9, &x->source, err));
  t->nclaim++;
  return PS_OK;
}

static ps_status add_measure(files_clinical *c, const files_csv *csv, ps_error *err) {
  files_clinical_texts *t = &c->texts;
  if (t->nmeasure == FILES_MEASURE_MAX) return clinical_full(csv, err);
  for (int i = 0; i < t->nmeasure; i++)
    if (strcmp(t->measure[i].id, csv->field[0]) == 0) return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  files_measure *x = &t->measure[t->nmeasure];
  PS_TRY(clinical_text(csv, 0, &x->id, err));
  PS_TRY(clinical_text(csv, 1, &x->words, err));
  PS_TRY(clinical_text(csv, 2, &x->how, err));
  const char **const rest[] = {&x->unit, &x->typical, &x->group, &x->sem, &x->mdc95, &x->reliability, &x->about};
  for (int i = 0; i < 7; i++) *rest[i] = csv->field[3 + i];
  PS_TRY(clinical_text(csv, 10, &x->verification, err));
  PS_TRY(clinical_source(c, csv, 11, &x->source, err));
  x->note = csv->field[12];
  t->nmeasure++;
  return PS_OK;
}

// the rules of the exam compare with it too
static ps_status keep_norm(files_clinical *c, const files_norm *x, char sex, const files_csv *csv, ps_error *err) {
  clinic_fields *f = &c->evidence.fields;
  if (f->nnorm == CLINIC_NORM_MAX) return clinical_full(csv, err);
  f->norm[f->nnorm++] = (clinic_norm){.measure = x->measure, .method = x->method, .sex = sex, .age_lo = x->age_lo,
                                      .age_hi = x->age_hi, .mean = x->mean, .sd = x->sd, .unit = x->unit, .source = x->source};
  return PS_OK;
}

static ps_status add_norm(files_clinical *c, const files_csv *csv, ps_error *err) {
  static const files_csv_range years = {0.0, 120.0, "years"}, any = {-1000.0, 1000.0, ""}, spread = {0.0, 1000.0, ""},
                               people = {0.0, 1e6, ""};
  static const char *const sex[] = {"female", "male", "any"};
  files_clinical_texts *t = &c->texts;
  if (t->nnorm == FILES_NORM_MAX) return clinical_full(csv, err);
  for (int i = 0; i < t->nnorm; i++)
    if (strcmp(t->norm[i].id, csv->field[0]) == 0) return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  files_norm *x = &t->norm[t->nnorm];
  int isex = 0;
  double n = 0.0;
  PS_TRY(clinical_text(csv, 0, &x->id, err));
  PS_TRY(clinical_text(csv, 1, &x->measure, err));
  PS_TRY(clinical_text(csv, 2, &x->method, err));
  PS_TRY(files_csv_choice(csv, 3, sex, 3, &isex, err));
  PS_TRY(files_csv_number(csv, 4, &years, &x->age_lo, err));
  PS_TRY(files_csv_number(csv, 5, &years, &x->age_hi, err));
  PS_TRY(files_csv_number(csv, 6, &any, &x->mean, err));
  PS_TRY(files_csv_number(csv, 7, &spread, &x->sd, err));
  if (csv->field[9][0]) PS_TRY(files_csv_number(csv, 9, &people, &n, err));
  if (x->age_hi < x->age_lo) return files_csv_fail(csv, 5, PS_EINPUT, "less than age_lo", err);
  x->sex = sex[isex];
  x->n = (int)n;
  x->unit = csv->field[8];
  x->about = csv->field[10];
  PS_TRY(clinical_text(csv, 11, &x->verification, err));
  PS_TRY(clinical_source(c, csv, 12, &x->source, err));
  x->note = csv->field[13];
  t->nnorm++;
  return keep_norm(c, x, "FMX"[isex], csv, err);
}

ps_status clinical_load_texts(files_clinical *c, files_table_source source, ps_error *err) {
  PS_TRY(clinical_read(c, &CLAIMS, source, add_claim, err));
  PS_TRY(clinical_read(c, &MEASURES, source, add_measure, err));
  return clinical_read(c, &NORMS, source, add_norm, err);
}

// ---- sources, all rows -----------------------------------------------------------------------------------------------

const files_clinical_source *files_clinical_source_at(const files_clinical *c, int i) {
  return i >= 0 && i < c->nsource ? &c->source[i] : NULL;
}

bool files_clinical_lists(const char *list, char mark, const char *word) {
  char next[64];
  while (clinical_next_word(&list, mark, next))
    if (strcmp(next, word) == 0) return true;
  return false;
}

ps_status files_clinical_each_row(const files_clinical *c, files_table_source source, void (*visit)(void *ctx, const files_csv *row),
                                  void *ctx, ps_error *err) {
  for (int i = 0; i < c->ntable; i++) PS_TRY(files_each_row(source, c->csv[i].file, visit, ctx, err));
  return PS_OK;
}
