/* What may be done with the hands: contraindications behind the gate. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/safety/safety.h"

static bool is_manual(clinic_technique technique) { return technique != CLINIC_EXTENSION_STRETCH; }

// what the gate alone says
static clinic_verdict of_gate(const clinic_safety *safety, clinic_technique technique) {
  if (safety->status == CLINIC_STOP) return CLINIC_BLOCK;
  if (safety->is_review_due) return is_manual(technique) ? CLINIC_BLOCK : CLINIC_CLEAR_FIRST;
  return safety->status == CLINIC_INCOMPLETE ? CLINIC_CLEAR_FIRST : CLINIC_ALLOW;
}

// nobody is treated against their will
static clinic_verdict of_refusal(clinic_answer refusal) {
  return refusal == CLINIC_YES ? CLINIC_BLOCK : refusal == CLINIC_NOT_SURE ? CLINIC_CLEAR_FIRST : CLINIC_ALLOW;
}

// what one condition says, known or not
static clinic_verdict of_condition(const clinic_condition *c, clinic_answer answer, clinic_technique technique) {
  const clinic_verdict verdict = c->verdict[technique];
  if (answer == CLINIC_NO) return CLINIC_ALLOW;
  if (answer == CLINIC_YES) return verdict;
  return verdict >= CLINIC_CLEAR_FIRST ? CLINIC_CLEAR_FIRST : CLINIC_ALLOW;
}

clinic_permission clinic_technique_decide(const clinic_safety_tables *t, const clinic_screen *s, const clinic_safety *safety,
                                          clinic_technique technique) {
  clinic_permission out = {of_gate(safety, technique), CLINIC_BY_GATE};
  if (of_refusal(s->refusal) > out.verdict) out = (clinic_permission){of_refusal(s->refusal), CLINIC_BY_REFUSAL};
  for (int i = 0; i < t->ncondition; i++) {
    const clinic_verdict verdict = of_condition(&t->condition[i], s->condition[i], technique);
    if (verdict > out.verdict) out = (clinic_permission){verdict, i};
  }
  return out;
}

const char *clinic_verdict_text(clinic_verdict verdict) {
  static const char *const text[] = {"allow", "modify", "clear_first", "block"};
  return text[verdict];
}
const char *clinic_technique_text(clinic_technique technique) {
  static const char *const text[] = {"abdominal_psoas_release", "deep_tissue_back_hip", "light_mfr", "hip_extension_stretch"};
  return text[technique];
}
