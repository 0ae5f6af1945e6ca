/* Charts of the assessment as SVG: loads by level, the waterfall of one level, direct share beside change. Each has a table
 * with the same numbers on the page. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"
#include "app/report/html.h"

#define CHARTS_NLEVEL 6   // from L5/S1 to T12/L1: what the page shows
#define CHARTS_L4_L5 1    // index of that level

typedef enum chart_load { CHART_COMPRESSION, CHART_SHEAR } chart_load;

/** As is and released, level by level; the compression with the interval of its change. */
void chart_levels(report_html *page, const assess_result *result, chart_load load);

/** The psoas' own share and the change, in two columns with one scale. */
void chart_share_and_change(report_html *page, const assess_result *result);

#define CHART_SOURCE_MAX 10

typedef struct chart_source {
  char name[72];
  double compression, anterior_shear;  // [N]
  bool is_psoas;
} chart_source;

typedef struct chart_split {  // one level's load as the sum of its sources, small ones put together
  int n;
  chart_source source[CHART_SOURCE_MAX + 1];
  double least;               // what is smaller went into "other sources"              [N]
  double sum;                 // of all sources                                         [N]
  double total;               // of the free body                                       [N]
} chart_split;

/** The sources of a level: gravity, psoas, then by size; what is below 2 % of the total (more,
 *  when too many are above) goes into "other sources". */
chart_split chart_split_of(const ps_load *load, int ilevel);

/** The split as a waterfall from nothing to the total. */
void chart_waterfall(report_html *page, const chart_split *split, const char *level);
