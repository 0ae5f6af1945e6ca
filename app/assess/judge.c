/* What the solved bodies say to the rules behind the pathways. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/assess/assess.h"

_Static_assert((int)CLINIC_NPATHWAY == (int)PS_NPATHWAY && (int)CLINIC_NEFFECT == (int)ASSESS_NKEPT, "one change of each pathway, and the sacroiliac joint's");

bool assess_has_difference(const assess_result *r) {
  for (int i = 0; i < r->ntight; i++) {
    const ps_tightness_entry *t = &r->tight[i];
    if (t->shortening > 0.0 || t->stiffness < 1.0 || t->stiffness > 1.0 || t->tone > 0.0) return true;
  }
  return r->is_estimated[0] || r->is_estimated[1];
}

// the sacroiliac joint that bears more, of all values
static int sacroiliac_side(const assess_result *r) {
  const int right = ps_quantity_find("sacroiliac_shear_right"), left = ps_quantity_find("sacroiliac_shear_left");
  return r->as_is[right] >= r->as_is[left] ? right : left;
}

int assess_kept_quantity(const assess_result *r, int kept) {
  PS_ASSERT(kept >= 0 && kept < ASSESS_NKEPT);
  return kept < PS_NPATHWAY ? kept : sacroiliac_side(r);
}

static clinic_effect effect_of(const assess_result *r, int kept, bool has_interval) {
  const int k = assess_kept_quantity(r, kept);
  const assess_interval *x = &r->interval[k];
  const bool has = isfinite(r->as_is[k]) && isfinite(r->was_released[k]) && (kept >= PS_NPATHWAY || r->pathway[kept].has);
  if (!has) return (clinic_effect){.has = false};
  return (clinic_effect){.has = true, .value = r->as_is[k] - r->was_released[k], .released = r->was_released[k], .has_interval = has_interval,
                         .lo = x->lo, .hi = x->hi, .draw = has_interval ? r->kept[kept] : NULL, .ndraw = has_interval ? r->nkept : 0};
}

void assess_judge(const assess_result *r, const clinic_pathway_rules *rules, const clinic_exam *exam, clinic_pathways *out) {
  clinic_pathway_input input = {.seed = r->seed};
  const bool has_interval = assess_has_difference(r) && r->nkept > 0;
  for (int k = 0; k < CLINIC_NEFFECT; k++) input.effect[k] = effect_of(r, k, has_interval);
  if (exam) clinic_pathway_findings(rules, exam, &input);
  clinic_pathways_run(rules, &input, out);
}
