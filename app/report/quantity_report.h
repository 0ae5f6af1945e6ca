/* The numbers behind the five pathways, each with its unit at the border and its interval. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>

#include "app/assess/assess.h"
#include "app/report/html.h"

typedef struct report_unit {
  const char *text;          // "N", "Nm", "deg", "%", "kPa", "min"
  double factor;             // from SI
  double step;               // finest that is shown
} report_unit;

/** How a quantity is shown. */
report_unit report_quantity_unit(const ps_quantity *quantity);

/** Quantities of one pathway: `id`, `quantity`, `unit`, `as_is`, `as_is_lo`, `as_is_hi`, `released`, `effect`, `lo`, `hi`; those that
 *  this body lacks are left out.   NULL when out of memory */
json_t *report_quantities_json(const assess_result *result, int ipathway);

/** A folded table for each pathway. */
void section_quantities(report_html *page, const assess_result *result);
