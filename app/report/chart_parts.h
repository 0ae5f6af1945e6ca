/* What all bar charts are made of: an axis, bars, ranges. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/report/html.h"

typedef struct chart_axis {  // values to pixels, with a round grid
  double x0, x1;             // [px]
  double lo, hi, step;       // in the chart's unit
} chart_axis;

/** Where a value lies [px]. */
double chart_at(const chart_axis *axis, double value);
/** Lines at each step with their whole numbers below. */
void chart_grid(report_html *page, const chart_axis *axis, double top, double bottom);
/** A bar from x0 to x1 [px], either way round. */
void chart_bar(report_html *page, const char *css, double x0, double x1, double y, double height);
/** A range from x0 to x1 at height y [px]. */
void chart_whisker(report_html *page, double x0, double x1, double y);
/** The opening tag with title and description; the caller closes it. */
void chart_open(report_html *page, int width, double height, const char *title, const char *desc);
