/* What changed between two exams, as a table, as sentences for the client, as JSON. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "clinic/change/change.h"

typedef struct report_change {  // borrows all
  const clinic_change_rules *rules;
  const clinic_fields *fields;
  const clinic_change *change;
  int nchange;
} report_change;

/** What was measured both times as a table, why the rest was not compared, whose error counted, and a sentence for the client
 *  for each line. */
void report_change_text(FILE *out, const report_change *report);

/** [{"field", "side", "before", "after", "change", "mdc95", "verdict", "matters", ...}]; a new reference, NULL when out of memory. */
json_t *report_change_json(const report_change *report);
