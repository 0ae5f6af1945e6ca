/* What stands behind the five pathways, in words and as JSON: evidence from the tables, what the simulation says, shares, the load
 * node. Every form of the report says it with these. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>

#include "app/report/exam_report.h"
#include "app/report/html.h"
#include "clinic/reason/pathway.h"

typedef struct report_pathways {  // borrows both
  const clinic_pathway_rules *rules;
  const clinic_pathways *result;  // of clinic_pathways_run
} report_pathways;

typedef struct report_passage { char text[600]; } report_passage;

/** "hypothesis, evidence grade D: the force is real; that it hurts is unproven (claims P1a, P1b, P1c)". */
report_passage report_pathway_evidence(const clinic_pathway_rule *pathway);

/** "10 N, and at least 10 % of the released value". */
report_passage report_least_words(const clinic_effect_rule *effect);

/** What the simulation says of pathway `i`, 0..CLINIC_NPATHWAY-1, to whom. One to three sentences; never "is", always "could". */
report_passage report_pathway_sentence(const report_pathways *r, int i, report_voice voice);

/** "about 35 % (15 to 60 %)" in steps of 5 %; i may be CLINIC_LOCAL. */
report_passage report_pathway_share(const report_pathways *r, int i);

/** What the load node says; to the client without a number. */
report_passage report_load_sentence(const report_pathways *r, report_voice voice);

/** Of pathway `i`: {"evidence": grade, "hypothesis", "verdict", "claims": [{"id", "verdict", "grade", "link", "source"}], "least",
 *  "does_something": probability or null, "share": {"median", "p05", "p95", "start", "capped", "simulated"}, "gate", "sentence"}. Probabilities
 *  0..1, unrounded; least in the unit of the pathway.  a new reference, NULL when out of memory */
json_t *report_pathway_json(const report_pathways *r, int i);

/** {"probability": or null, "largest": quantity, "loads": [{"quantity", "unit", "least", "probability"}], "simulated": true, "words"}.
 *  a new reference, NULL when out of memory */
json_t *report_load_json(const report_pathways *r);

/** Put all of it into a result: the keys of report_pathway_json into the five objects of "pathways", "local_share" and "ip_load" beside
 *  them.  given root with a list "pathways" of CLINIC_NPATHWAY objects.  errors PS_ENOMEM
 *  checked test/unit/pathway_report_test.c */
PS_MUST_CHECK ps_status report_pathways_add_json(json_t *root, const report_pathways *r, ps_error *err);

/** A section of the page: evidence, what the simulation says and the share of each pathway, local, and the load node. */
void section_pathway_evidence(report_html *page, const report_pathways *r);
