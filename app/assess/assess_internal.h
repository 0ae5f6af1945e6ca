/* What the files of the main analysis share. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"

/** What the tests say about tightness: fills source, posterior, is_estimated, released_hip_angle, and adds to `tight`.
 *  given  result  with person, model (capsule fitted), seed, ndraw; a smaller ndraw is left when fewer draws were simulated */
PS_MUST_CHECK ps_status assess_tightness(assess_result *result, ps_state *scratch, ps_error *err);

/** Tightness of draw number i: the sides that were estimated take their drawn values.  fills out; returns how many */
int assess_drawn_tightness(const assess_result *result, int i, ps_tightness_entry out[PS_TIGHTNESS_MAX]);

/** 5th and 95th percentile of n values. Sorts them. */
void assess_bounds(double *value, int n, double *lo, double *hi);

/** Fill the pathway of the pelvis: let standing settle with and without the tightness.
 *  given  p  exponent of the recruitment   changes and restores nothing but the tightness of the model, which is as is again */
PS_MUST_CHECK ps_status assess_settle(assess_result *result, double p, ps_error *err);
