/* Reading what an exam can record, and the regions of the body chart. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/files/files_clinical_table.h"

enum { SECTION, KEY, SIDES, KIND, CHOICES, LO, HI, UNIT, WORDS, HOW, SOURCE, NOTE, NCOLUMN };
static const char *const OF_FIELDS[NCOLUMN] = {"section", "key",  "sides", "kind", "choices", "lo",
                                               "hi",      "unit", "words", "how",  "source",  "note"};
static const char *const OF_REGIONS[] = {"region", "view", "sides", "words", "outline", "source", "note"};
static const clinical_layout FIELDS = {"clinical/exam_fields.csv", OF_FIELDS, NCOLUMN};
static const clinical_layout REGIONS = {"clinical/pain_regions.csv", OF_REGIONS, 7};
static const char *const SIDE[] = {"one", "both"};
static const char *const VIEW[] = {"front", "back"};
// clinic_kind
static const char *const KINDS[] = {"answer", "choice", "choices", "number", "whole", "measure", "text", "date"};

static bool has_choices(clinic_kind k) { return k == CLINIC_CHOICE || k == CLINIC_CHOICES || k == CLINIC_MEASURE; }

// names are made of what a comparison can be told from
ps_status clinical_name(const files_csv *csv, int column, const char **out, ps_error *err) {
  const char *text = csv->field[column];
  const size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
  if (n == 0 || n > 48 || text[n])
    return files_csv_fail(csv, column, PS_EFORMAT, "a name of up to 48 letters, digits and _ is needed", err);
  *out = text;
  return PS_OK;
}

// the words of a list, parted where they stand
static ps_status take_choices(const files_csv *csv, clinic_field *f, ps_error *err) {
  const char *list = csv->field[CHOICES];
  char word[64];
  int n = 0;
  for (; clinical_next_word(&list, ' ', word); n++)
    if (n == CLINIC_CHOICE_MAX)
      return files_csv_fail(csv, CHOICES, PS_EFORMAT, "more words than the program has room for", err);
  if (*list) return files_csv_fail(csv, CHOICES, PS_EFORMAT, "a word is too long", err);
  if (has_choices(f->kind) != (n > 0))
    return files_csv_fail(csv, CHOICES, PS_EFORMAT,
                          n ? "only a choice, choices or a measure has words" : "a choice, choices or a measure needs words",
                          err);

  char *at = csv->memory + (csv->field[CHOICES] - csv->memory);
  for (int i = 0; i < n; i++) {
    at += strspn(at, " ");
    f->choice[i] = at;
    at += strcspn(at, " ");
    if (*at) *at++ = '\0';
    for (int k = 0; k < i; k++)
      if (strcmp(f->choice[k], f->choice[i]) == 0) {
        char what[96];
        snprintf(what, sizeof what, "\"%.40s\" stands there twice", f->choice[i]);
        return files_csv_fail(csv, CHOICES, PS_EFORMAT, what, err);
      }
  }
  f->nchoice = n;
  return PS_OK;
}

static ps_status take_range(const files_csv *csv, clinic_field *f, ps_error *err) {
  static const files_csv_range any = {-1e6, 1e6, ""};
  const bool is_number = f->kind == CLINIC_NUMBER || f->kind == CLINIC_WHOLE || f->kind == CLINIC_MEASURE;
  for (int k = LO; k <= UNIT && !is_number; k++)
    if (csv->field[k][0]) return files_csv_fail(csv, k, PS_EFORMAT, "only a number has a range and a unit", err);
  if (!is_number) return PS_OK;
  PS_TRY(files_csv_number(csv, LO, &any, &f->lo, err));
  PS_TRY(files_csv_number(csv, HI, &any, &f->hi, err));
  if (f->lo > f->hi) return files_csv_fail(csv, LO, PS_EINPUT, "above hi", err);
  if (f->kind == CLINIC_WHOLE && (f->lo != floor(f->lo) || f->hi != floor(f->hi)))
    return files_csv_fail(csv, LO, PS_EINPUT, "the range of a whole number is whole", err);
  return PS_OK;
}

static ps_status add_field(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_fields *t = &c->evidence.fields;
  if (t->nfield == CLINIC_FIELD_MAX) return clinical_full(csv, err);
  clinic_field *f = &t->field[t->nfield];
  int sides = 0, kind = 0;
  PS_TRY(clinical_name(csv, SECTION, &f->section, err));
  PS_TRY(clinical_name(csv, KEY, &f->key, err));
  for (int i = 0; i < t->nfield; i++)
    if (strcmp(t->field[i].section, f->section) == 0 && strcmp(t->field[i].key, f->key) == 0)
      return files_csv_fail(csv, KEY, PS_EFORMAT, "stands there twice in its section", err);
  PS_TRY(files_csv_choice(csv, SIDES, SIDE, 2, &sides, err));
  PS_TRY(files_csv_choice(csv, KIND, KINDS, 8, &kind, err));
  f->kind = (clinic_kind)kind;
  f->is_sided = sides == 1;
  f->is_derived = strcmp(f->section, "derived") == 0;
  PS_TRY(take_range(csv, f, err));
  f->unit = csv->field[UNIT];
  PS_TRY(clinical_text(csv, WORDS, &f->words, err));
  PS_TRY(clinical_text(csv, HOW, &f->how, err));
  PS_TRY(clinical_source(c, csv, SOURCE, &f->source, err));
  PS_TRY(take_choices(csv, f, err));
  t->nfield++;
  return PS_OK;
}

static ps_status add_region(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_fields *t = &c->evidence.fields;
  if (t->nregion == CLINIC_REGION_MAX) return clinical_full(csv, err);
  clinic_region *r = &t->region[t->nregion];
  int view = 0, sides = 0;
  PS_TRY(clinical_name(csv, 0, &r->id, err));
  if (clinic_region_find(t, r->id) >= 0) return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  PS_TRY(files_csv_choice(csv, 1, VIEW, 2, &view, err));
  PS_TRY(files_csv_choice(csv, 2, SIDE, 2, &sides, err));
  PS_TRY(clinical_text(csv, 3, &r->words, err));
  PS_TRY(clinical_source(c, csv, 5, NULL, err));
  r->view = (clinic_view)view;
  r->is_sided = sides == 1;
  r->outline = csv->field[4];
  t->nregion++;
  return PS_OK;
}

ps_status clinical_load_fields(files_clinical *c, files_table_source source, ps_error *err) {
  PS_TRY(clinical_read(c, &FIELDS, source, add_field, err));
  PS_TRY(clinical_read(c, &REGIONS, source, add_region, err));
  if (c->evidence.fields.nfield == 0) return ps_error_set(err, PS_EFORMAT, 0, FIELDS.path, "no fields");
  if (c->evidence.fields.nregion == 0) return ps_error_set(err, PS_EFORMAT, 0, REGIONS.path, "no regions");
  return PS_OK;
}
