/* Words that every form of the assessment shares: pathways, what was not measured, the psoas' own share of a load.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"

typedef struct report_pathway_text {
  const char *title, *quantity, *task, *unit;
  const char *posture;       // the task in words
  double factor;             // from SI to `unit`
  double step, level_step;   // finest steps that a change and a level are shown with, in `unit`
} report_pathway_text;

/** Words of pathway 0..PS_NPATHWAY-1. */
const report_pathway_text *report_pathway(int id);

/** What a reader has to know about the estimate of side `k` (0 right, 1 left). */
const char *report_tightness_remark(const assess_result *result, int k);

/** What the tests say of the length of the iliopsoas on a side. */
typedef enum report_length {
  REPORT_LENGTH_UNKNOWN,     // the side was not estimated
  REPORT_LENGTH_TYPICAL,     // 95th percentile below 5 %
  REPORT_LENGTH_OPEN,        // short and typical both fit
  REPORT_LENGTH_SHORT        // 5th percentile from 1 % on
} report_length;
report_length report_length_of(const assess_result *result, int k);

/** What would narrow the estimate; NULL when nothing is open. */
const char *report_what_would_tell(const assess_result *result);

/** Is the latent (right side of a pair) told by the tests on a side that was estimated? Never what the file states. */
bool report_is_told(const assess_result *result, int latent, int k);

/** Where the tightness of a side comes from, in one word for JSON: "modified_thomas", "other_side" and so on. */
const char *report_tightness_from(const assess_result *result, int k);

/** What stands above every result about the safety screen. */
const char *report_safety_words(const assess_result *result);

/** Sentence number `i` about what was not measured and what stands in for it; NULL past the last. */
const char *report_not_measured(const assess_result *result, int i);

/** What psoas major itself puts through a level, passive and active. The iliacus crosses no disc. */
ps_load_share report_psoas_share(const ps_load *load, int ilevel);
