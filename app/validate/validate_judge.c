/* How far a result lies from what was published, and whether that is inside. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/validate/validate.h"

// where nobody published a spread (the rules of this program, not of any study)
static const double RATIO_SHARE = 0.25, ANGLE_DEG = 5.0;

double validate_tolerance(const validate_published *p) {
  switch (p->rule) {
    case VALIDATE_SD: return p->sd;
    case VALIDATE_RATIO: return RATIO_SHARE*fabs(p->value);
    case VALIDATE_ANGLE: return ANGLE_DEG;
    case VALIDATE_RANGE:
    case VALIDATE_NRULE: break;
  }
  return (double)NAN;
}

// outside a range: how far beyond the nearer end, over half its width, or over that end when the other is open
static double beyond(const validate_published *p, double ours) {
  const bool is_below = ours < p->lo, is_above = ours > p->hi;  // false for an end that is not given
  if (!is_below && !is_above) return isnan(ours) ? (double)NAN : 0.0;
  const double end = is_below ? p->lo : p->hi, half = 0.5*(p->hi - p->lo);
  const double scale = half > 0.0 ? half : fabs(end) > 0.0 ? fabs(end) : 1.0;
  return fabs(ours - end)/scale;
}

validate_verdict validate_judge(const validate_published *p, double ours) {
  validate_verdict v = {.distance_sd = p->sd > 0.0 ? (ours - p->value)/p->sd : (double)NAN};
  if (p->rule == VALIDATE_RANGE) {
    v.distance = beyond(p, ours);
    v.is_inside = v.distance <= 0.0;  // written so that a NaN is outside
    return v;
  }
  const double off = fabs(ours - p->value), allowed = validate_tolerance(p);
  v.distance = off/allowed;
  v.is_inside = off <= allowed;
  return v;
}

validate_count validate_summary(const validate_result *r, int n) {
  validate_count c = {.nrow = n};
  for (int i = 0; i < n; i++) {
    if (r[i].row->kind != VALIDATE_PREDICTED || r[i].row->status != VALIDATE_VERIFIED) continue;
    c.ncounted++;
    c.ncomputed += !r[i].why[0];
    c.ninside += r[i].verdict.is_inside;
  }
  return c;
}
