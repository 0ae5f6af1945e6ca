/* Comparisons with an exam, three-valued: what is not known is neither so nor not so. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/exam/exam.h"

static clinic_presence of_truth(bool is_so) { return is_so ? CLINIC_PRESENT : CLINIC_ABSENT; }

static clinic_presence of_answer(int answer, unsigned words) {
  if (answer == CLINIC_NOT_ASKED) return CLINIC_MISSING;
  if (words & 1u << answer) return CLINIC_PRESENT;
  return answer == CLINIC_NOT_SURE ? CLINIC_MISSING : CLINIC_ABSENT;
}

static clinic_presence of_number(clinic_op op, double got, double limit) {
  switch (op) {
    case CLINIC_AT_LEAST: return of_truth(got >= limit);
    case CLINIC_AT_MOST: return of_truth(got <= limit);
    case CLINIC_ABOVE: return of_truth(got > limit);
    case CLINIC_BELOW: return of_truth(got < limit);
    case CLINIC_IS: break;
  }
  PS_ASSERT(false && "a number is compared by size");
  return CLINIC_MISSING;
}

static clinic_presence of_value(const clinic_term *t, clinic_kind kind, const clinic_value *v) {
  if (!v->has) return CLINIC_MISSING;
  switch (kind) {
    case CLINIC_ANSWER: return of_answer(v->choice, t->words);
    case CLINIC_CHOICE: return of_truth(t->words & 1u << v->choice);
    case CLINIC_CHOICES: return of_truth(t->words & (unsigned)v->choice);
    case CLINIC_NUMBER:
    case CLINIC_WHOLE:
    case CLINIC_MEASURE: return of_number(t->op, v->number, t->number);
    case CLINIC_TEXT:
    case CLINIC_DATE: break;
  }
  PS_ASSERT(false && "texts and dates are not compared");
  return CLINIC_MISSING;
}

static clinic_presence of_term(const clinic_term *t, const clinic_exam *exam) {
  const clinic_field *f = &exam->fields->field[t->field];
  const clinic_value *v = exam->value[t->field];
  const clinic_presence first = of_value(t, f->kind, &v[0]);
  if (!f->is_sided) return first;

  // either side makes it so; only both make it not so
  const clinic_presence second = of_value(t, f->kind, &v[1]);
  if (first == CLINIC_PRESENT || second == CLINIC_PRESENT) return CLINIC_PRESENT;
  return first == CLINIC_ABSENT && second == CLINIC_ABSENT ? CLINIC_ABSENT : CLINIC_MISSING;
}

clinic_presence clinic_comparison_presence(const clinic_comparison *test, const clinic_exam *exam) {
  clinic_presence all = CLINIC_PRESENT;
  for (int i = 0; i < test->n; i++) {
    const clinic_presence p = of_term(&test->term[i], exam);
    if (p == CLINIC_ABSENT) return CLINIC_ABSENT;
    if (p == CLINIC_MISSING) all = CLINIC_MISSING;
  }
  return all;
}
