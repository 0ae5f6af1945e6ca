/* As is minus released, rounded to what its interval supports: shared by every form of the assessment.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"

// how finely loads are shown: their own error is larger, so 10 N is generous
#define REPORT_LOAD_STEP 10.0  // [N]

typedef struct report_effect {  // as is minus released, in the unit that is shown
  double value, lo, hi;
  bool has_interval;            // false: nothing was drawn, lo and hi mean nothing
  double step;                  // to which all three are rounded
} report_effect;

/** The effect rounded to what its interval supports, never finer than `finest`. */
report_effect report_effect_of(const assess_result *result, double value, double lo, double hi, double finest);

/** The effect of pathway `id` in its own unit; only when the pathway has one. */
report_effect report_pathway_effect(const assess_result *result, int id);

/** Change of the compression of level `k` [N]; three digits at most, as its loads are no better known. */
report_effect report_compression_change(const assess_result *result, int k);

/** Does the interval hold zero, as it is shown? */
bool report_says_nothing(const report_effect *effect);

/** "+280 to +760", or why there is no interval. */
typedef struct report_words { char text[96]; } report_words;
report_words report_interval(const report_effect *effect);

/** Is there any difference between as is and released in the input? */
bool report_has_difference(const assess_result *result);
