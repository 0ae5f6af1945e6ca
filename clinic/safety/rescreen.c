/* The short form of a later visit beside the full screen before it: which old answers still count. Reasons:
 * docs/decisions/0020-short-form.md. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/safety/safety.h"

// answers are numbered so that the worse one is the larger: not asked, no, not sure, yes
static clinic_answer worse(clinic_answer a, clinic_answer b) { return a > b ? a : b; }

// can it hold the hands: has the flag a rule of E0, E1 or E2?
static bool is_serious(const clinic_safety_tables *t, int iflag) {
  for (int i = 0; i < t->nrule; i++)
    if (t->rule[i].flag == iflag && t->rule[i].urgency <= CLINIC_E2) return true;
  return false;
}

// what is left of an old answer when health or medicines may have changed
static clinic_answer doubted(clinic_answer old) { return old >= CLINIC_NOT_SURE ? old : CLINIC_NOT_ASKED; }

void clinic_safety_rescreen(const clinic_safety_tables *t, const clinic_screen *full, const clinic_screen *short_form,
                            clinic_answer change_in_health, clinic_screen *out) {
  const bool is_same = change_in_health == CLINIC_NO;
  clinic_screen s = {.refusal = short_form->refusal};  // consent is of the day
  for (int i = 0; i < t->nflag; i++) {
    const clinic_flag *f = &t->flag[i];
    for (int k = f->part; k < f->part + f->npart; k++) {
      clinic_answer kept = CLINIC_NOT_ASKED;
      if (!f->is_short_form && is_same) kept = full->part[k];
      if (!f->is_short_form && !is_same && is_serious(t, i)) kept = doubted(full->part[k]);
      s.part[k] = worse(kept, short_form->part[k]);
    }
    s.is_reviewed[i] = short_form->is_reviewed[i] || (is_same && !f->is_short_form && full->is_reviewed[i]);
  }
  for (int i = 0; i < t->ncondition; i++) {
    const clinic_answer kept = is_same ? full->condition[i] : doubted(full->condition[i]);
    s.condition[i] = worse(kept, short_form->condition[i]);
  }
  *out = s;
}
