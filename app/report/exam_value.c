/* A recorded field as text: answers, words of a list, numbers with unit, method and repeats. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "app/report/exam_words.h"
#include "app/report/html.h"

report_phrase report_plain_word(const char *word) {
  report_phrase out;
  snprintf(out.text, sizeof out.text, "%s", word);
  for (char *c = out.text; *c; c++)
    if (*c == '_') *c = ' ';
  return out;
}

static void add(report_recorded *out, const char *before, const char *text) {
  const size_t n = strlen(out->text);
  snprintf(out->text + n, sizeof out->text - n, "%s%s", n > 0 ? before : "", text);
}

static void add_number(report_recorded *out, const char *before, double value) {
  // readings are given to a tenth at most; a whole number has no decimals
  add(out, before, report_rounded(value, fabs(value - round(value)) < 0.05 ? 1.0 : 0.1).text);
}

static void add_choices(report_recorded *out, const clinic_field *f, int bits) {
  for (int i = 0; i < f->nchoice; i++)
    if (bits >> i & 1) add(out, ", ", report_plain_word(f->choice[i]).text);
  if (!out->text[0]) add(out, "", "none");
}

static void add_measure(report_recorded *out, const clinic_field *f, const clinic_value *v) {
  add_number(out, "", v->number);
  add(out, " ", f->unit);
  add(out, "", " (");
  for (int i = 0; v->nrepeat > 1 && i < v->nrepeat; i++) add_number(out, i > 0 ? ", " : "", v->repeat[i]);
  if (v->nrepeat > 1) add(out, "", "; ");
  add(out, "", v->choice >= 0 && v->choice < f->nchoice ? report_plain_word(f->choice[v->choice]).text : "method not named");
  if (v->text && v->text[0]) add(out, ", ", v->text);
  add(out, "", ")");
}

report_recorded report_value(const report_exam *e, int field, int side) {
  static const char *const answer[] = {"not asked", "no", "not sure", "yes"};
  report_recorded out = {""};
  const clinic_field *f = &e->exam->fields->field[field];
  const clinic_value *v = &e->exam->value[field][side];
  if (!v->has) return out;
  switch (f->kind) {
    case CLINIC_ANSWER: add(&out, "", answer[v->choice]); break;
    case CLINIC_CHOICE: add(&out, "", report_plain_word(f->choice[v->choice]).text); break;
    case CLINIC_CHOICES: add_choices(&out, f, v->choice); break;
    case CLINIC_NUMBER:
    case CLINIC_WHOLE:
      add_number(&out, "", v->number);
      if (f->unit[0]) add(&out, " ", f->unit);
      break;
    case CLINIC_MEASURE: add_measure(&out, f, v); break;
    case CLINIC_TEXT:
    case CLINIC_DATE: add(&out, "", v->text ? v->text : ""); break;
  }
  return out;
}

report_recorded report_value_of(const report_exam *e, const char *name) {
  const int field = clinic_field_find(e->exam->fields, name);
  return field >= 0 ? report_value(e, field, 0) : (report_recorded){""};
}
