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

/** What stands above every result about the safety screen. */
const char *report_safety_words(const assess_result *result);

/** Sentence number `i` about what was not measured and what stands in for it; NULL past the last. */
const char *report_not_measured(const assess_result *result, int i);

/** What psoas major itself puts through a level, passive and active. The iliacus crosses no disc. */
ps_load_share report_psoas_share(const ps_load *load, int ilevel);
