/* What the files of the main analysis share. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"

/** The tasks of the comparison, those that quantities are read in first. */
void assess_requests(const assess_result *result, ps_effect_request out[ASSESS_NTASK]);

/** What the tests say about tightness: fills source, posterior, is_estimated, released_hip_angle, and adds to `tight`.
 *  given  result  with person, model (capsule fitted), seed, ndraw; a smaller ndraw is left when fewer draws were simulated */
PS_MUST_CHECK ps_status assess_tightness(assess_result *result, ps_state *scratch, ps_error *err);

/** Tightness of draw number i: the sides that were estimated take their drawn values.  fills out; returns how many */
int assess_drawn_tightness(const assess_result *result, int i, ps_tightness_entry out[PS_TIGHTNESS_MAX]);

/** Is this of psoas or iliacus? */
bool assess_is_iliopsoas(const ps_tightness_entry *entry);

/** The measured posture belongs to the body as is, a typical one to the released body. */
ps_effect_opts assess_effect_opts(const assess_result *result, double p);

/** Did nine of ten drawn bodies find their postures, and is one left? Also when none was drawn. */
bool assess_is_settled(const assess_result *result);

/** Solve drawn bodies and fill the intervals.   changes nothing else */
PS_MUST_CHECK ps_status assess_draw(const ps_anatomy *anatomy, const assess_opts *opts, assess_result *result, ps_error *err);
