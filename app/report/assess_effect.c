/* As is minus released, rounded to what its interval supports. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/assess_effect.h"

#include <math.h>
#include <stdio.h>

#include "app/report/assess_words.h"
#include "app/report/html.h"

report_effect report_effect_of(const assess_result *r, double value, double lo, double hi, double finest) {
  const bool is_drawn = r->nkept > 0;
  if (fabs(value) >= 100.0) finest = fmax(finest, 10.0);  // three digits are more than a body model knows
  const double step = is_drawn ? report_step(0.5*fabs(hi - lo), finest) : finest;
  return (report_effect){.value = value, .lo = lo, .hi = hi, .has_interval = is_drawn, .step = step};
}

report_effect report_compression_change(const assess_result *r, int k) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  const double change = t->as_is.load->level[k].total.compression - t->released.load->level[k].total.compression;
  return report_effect_of(r, change, assess_level(r, k)->lo, assess_level(r, k)->hi, 1.0);
}

report_effect report_pathway_effect(const assess_result *r, int id) {
  const assess_pathway *p = &r->pathway[id];
  const report_pathway_text *t = report_pathway(id);
  PS_ASSERT(p->has);
  return report_effect_of(r, t->factor*(p->as_is - p->released), t->factor*p->lo, t->factor*p->hi, t->step);
}

bool report_says_nothing(const report_effect *e) {
  const double lo = e->has_interval ? e->lo : e->value, hi = e->has_interval ? e->hi : e->value;
  return round(lo/e->step) <= 0.0 && round(hi/e->step) >= 0.0;
}

report_words report_interval(const report_effect *e) {
  report_words out;
  if (e->has_interval)
    snprintf(out.text, sizeof out.text, "%s to %s", report_signed(e->lo, e->step).text, report_signed(e->hi, e->step).text);
  else
    snprintf(out.text, sizeof out.text, "no interval");
  return out;
}

bool report_has_difference(const assess_result *r) { return assess_has_difference(r); }
