/* The sections of the assessment page, each written by one function, and what they share.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"
#include "app/report/assess_effect.h"
#include "app/report/html.h"
#include "clinic/reason/pathway.h"

/** Load as share of body weight [%]. */
double section_percent_weight(const assess_result *result, double force);

typedef struct section_column { const char *words; bool is_number; } section_column;
/** A table that scrolls by itself where the page is narrow, up to its first row; columns end at words == NULL. */
void section_open_table(report_html *page, const char *caption, const section_column *column);
void section_close_table(report_html *page);

/** The look of the page; at the foot of each printed sheet stand `foot` and the start of the input's hash. */
void section_style(report_html *page, const char *foot, const char *sha256);
void section_head(report_html *page, const assess_result *result);
/** The short answer of the body part; below an exam (is_part) without what the exam says itself. */
void section_summary(report_html *page, const assess_result *result, bool is_part);
void section_figures(report_html *page, const assess_result *result);
/** Loads in all tasks; nothing without a difference. */
void section_tasks(report_html *page, const assess_result *result);
void section_tightness(report_html *page, const assess_result *result);
void section_levels(report_html *page, const assess_result *result);
void section_sources(report_html *page, const assess_result *result);
void section_share(report_html *page, const assess_result *result);
void section_pathways(report_html *page, const assess_result *result, const clinic_pathway_rules *rules);
void section_not_measured(report_html *page, const assess_result *result, bool is_part);
void section_replay(report_html *page, const assess_result *result);
