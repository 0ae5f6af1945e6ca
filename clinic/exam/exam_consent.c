/* Role and consent as answers to contraindications. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/exam/exam_consent.h"

#include <string.h>

static const clinic_value *value(const clinic_exam *exam, const char *name) {
  const int field = clinic_field_find(exam->fields, name);
  PS_ASSERT(field >= 0);
  return &exam->value[field][0];
}

static bool is(const clinic_exam *exam, const char *name, clinic_answer answer) {
  const clinic_value *v = value(exam, name);
  return v->has && v->choice == (int)answer;
}

static clinic_answer of_consent(const clinic_exam *exam) {
  if (is(exam, "consent.abdominal_work", CLINIC_NO) || is(exam, "consent.treatment", CLINIC_NO) ||
      is(exam, "consent.withdrawn", CLINIC_YES))
    return CLINIC_YES;
  const bool is_doubted = is(exam, "consent.abdominal_work", CLINIC_NOT_SURE) || is(exam, "consent.treatment", CLINIC_NOT_SURE) ||
                          is(exam, "consent.withdrawn", CLINIC_NOT_SURE);
  return is_doubted ? CLINIC_NOT_SURE : CLINIC_NOT_ASKED;
}

static clinic_answer of_refusal(const clinic_exam *exam) {
  if (is(exam, "consent.treatment", CLINIC_NO) || is(exam, "consent.withdrawn", CLINIC_YES)) return CLINIC_YES;
  if (is(exam, "consent.treatment", CLINIC_NOT_SURE) || is(exam, "consent.withdrawn", CLINIC_NOT_SURE)) return CLINIC_NOT_SURE;
  return is(exam, "consent.treatment", CLINIC_YES) ? CLINIC_NO : CLINIC_NOT_ASKED;
}

static clinic_answer of_role(const clinic_exam *exam) {
  const clinic_value *trained = value(exam, "role.competencies"), *until = value(exam, "role.insured_until"),
                     *day = value(exam, "exam.exam_date");
  const bool has_days = until->has && day->has;
  // of dates written YYYY-MM-DD the earlier one is the smaller text
  const bool is_over = has_days && strcmp(until->text, day->text) < 0;
  if (is_over || (trained->has && !clinic_exam_has_word(exam, "role.competencies", "abdominal_palpation"))) return CLINIC_YES;
  return trained->has && has_days ? CLINIC_NO : CLINIC_NOT_ASKED;
}

// the stricter of what was answered and what follows; true when an answer was overruled
static bool take(const clinic_safety_tables *t, const char *id, clinic_answer follows, clinic_screen *screen) {
  if (follows == CLINIC_NOT_ASKED) return false;
  for (int i = 0; i < t->ncondition; i++) {
    if (strcmp(t->condition[i].id, id) != 0) continue;
    const clinic_answer answered = screen->condition[i];
    if (answered == CLINIC_NOT_ASKED || follows > answered) screen->condition[i] = follows;
    return answered != CLINIC_NOT_ASKED && follows > answered;
  }
  return false;
}

void clinic_exam_consent(const clinic_safety_tables *t, const clinic_exam *exam, clinic_screen *screen, clinic_overruled *out) {
  out->is_consent = take(t, "CI19", of_consent(exam), screen);
  screen->refusal = of_refusal(exam);
  out->is_competency = take(t, "CI23", of_role(exam), screen);
}
