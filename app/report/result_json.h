/* Results as JSON, with the names and signs of docs/conventions.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>

#include "app/assess/assess.h"
#include "app/report/pathway_report.h"
#include "psoas/load.h"
#include "psoas/posture.h"

typedef struct report_solution {  // one solved posture                                  borrows all
  const ps_posture_request *request;
  const ps_state *state;
  const ps_recruit *recruit;
  const ps_load *load;
  const char *input_sha256;       // "" = no input file
} report_solution;

/** The JSON of `solve`; a new reference, NULL when out of memory. */
json_t *report_solve_json(const report_solution *solution);

/** The JSON of `assess`, with what stands behind its pathways; a new reference, NULL when out of memory. */
json_t *report_assess_json(const assess_result *result, const report_pathways *pathways);

/** Texts of the PS_WARN_* bits that are set, as a list. */
json_t *report_warnings_json(unsigned warn);
