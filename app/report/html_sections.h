/* The sections of the assessment page, each written by one function, and what they share.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"
#include "app/report/html.h"

// how finely loads are shown: their own error is larger, so 10 N is generous
#define SECTION_LOAD_STEP 10.0  // [N]

typedef struct section_effect {  // as is minus released, in the unit that is shown
  double value, lo, hi;
  bool has_interval;             // false: nothing was drawn, lo and hi mean nothing
  double step;                   // to which all three are rounded
} section_effect;

/** The effect rounded to what its interval supports, never finer than `finest` nor to more than tens from 100 on. */
section_effect section_effect_of(const assess_result *result, double value, double lo, double hi, double finest);
/** Change of the compression of level `k` [N]. */
section_effect section_compression_change(const assess_result *result, int k);
/** Does the interval hold zero, as it is shown? */
bool section_says_nothing(const section_effect *effect);
/** "+280 to +760", or why there is no interval. */
typedef struct section_text { char text[96]; } section_text;
section_text section_interval(const section_effect *effect);

/** Was anything measured or stated by which as is could differ from released? */
bool section_has_difference(const assess_result *result);

/** Load as share of body weight [%]. */
double section_percent_weight(const assess_result *result, double force);

typedef struct section_column { const char *words; bool is_number; } section_column;
/** A table that scrolls by itself where the page is narrow, up to its first row; columns end at words == NULL. */
void section_open_table(report_html *page, const char *caption, const section_column *column);
void section_close_table(report_html *page);

void section_style(report_html *page, const assess_result *result);
void section_head(report_html *page, const assess_result *result);
void section_summary(report_html *page, const assess_result *result);
void section_figures(report_html *page, const assess_result *result);
void section_tightness(report_html *page, const assess_result *result);
void section_levels(report_html *page, const assess_result *result);
void section_sources(report_html *page, const assess_result *result);
void section_share(report_html *page, const assess_result *result);
void section_pathways(report_html *page, const assess_result *result);
void section_not_measured(report_html *page, const assess_result *result);
void section_replay(report_html *page, const assess_result *result);
