/* What the safety gate says, as text and as JSON. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "clinic/safety/safety.h"

typedef struct report_safety {  // borrows all
  const clinic_safety_tables *tables;
  const clinic_screen *screen;
  const clinic_safety *safety;
} report_safety;

/** Status, reasons with what to do, what is unanswered, verdict of each technique. */
void report_safety_text(FILE *out, const report_safety *report);

/** {"status", "urgency", "reasons", "unanswered"}; a new reference, NULL when out of memory. */
json_t *report_safety_json(const report_safety *report);

/** [{"id", "verdict", "why"}] of the techniques; a new reference, NULL when out of memory. */
json_t *report_techniques_json(const report_safety *report);

/** Is a flag to be acted on or cleared up, not merely unanswered? */
bool report_is_reason(const clinic_flag_state *state);
/** Does its missing answer keep the screen incomplete? */
bool report_is_missing(const clinic_flag_state *state);
/** "yes", "not sure", "not answered". */
const char *report_state_text(const clinic_flag_state *state);
/** Why a technique has its verdict. */
const char *report_technique_why(const report_safety *report, const clinic_permission *permission);
