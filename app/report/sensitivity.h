/* How sure the differences are and what that hangs on: how the intervals were made, and which assumption widens which pathway.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "app/assess/assess.h"
#include "app/report/html.h"

/** One sentence on the draws behind the intervals. */
typedef struct report_spread_words { char text[512]; } report_spread_words;
report_spread_words report_spread(const assess_result *result);

/** For each pathway the inputs whose draws move its effect, the most important first. */
void report_sensitivity_text(FILE *out, const assess_result *result);

/** "uncertainty": how the intervals were made; "sensitivity" of each pathway.   NULL when out of memory */
json_t *report_uncertainty_json(const assess_result *result);

/** The section of the page. */
void section_uncertainty(report_html *page, const assess_result *result);
