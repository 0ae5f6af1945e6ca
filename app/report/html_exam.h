/* The sections of a page about an exam, each written by one function. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/report/pathway_report.h"
#include "app/report/exam_words.h"
#include "app/report/html_sections.h"

/** What the page is and whom it is about. */
void section_exam_head(report_html *page, const report_exam *exam);
/** Status of the safety screen, what is unanswered, what to do, what may be done with the hands. */
void section_exam_safety(report_html *page, const report_exam *exam);
/** The short answer; body may be NULL. */
void section_exam_answer(report_html *page, const report_exam *exam, const assess_result *body);
/** What is missing, to be done again, contradictory; nothing without the record. */
void section_exam_remarks(report_html *page, const report_exam *exam);
/** What the methods of the Thomas tests cost, as notes. */
void section_exam_methods(report_html *page, const report_exam *exam);
/** The pain map as drawing and table. */
void section_exam_pain(report_html *page, const report_exam *exam);
/** Every condition beside the others, the nodes of the iliopsoas, what has no estimate. body may be NULL. */
void section_exam_differential(report_html *page, const report_exam *exam, const assess_result *body,
                               const report_pathways *pathways);
/** What moved the iliopsoas and the first three others, and what speaks against each. */
void section_exam_moved(report_html *page, const report_exam *exam);
void section_exam_next(report_html *page, const report_exam *exam);
/** The article's claims beside the evidence, as far as they bear on the exam; nothing without the tables. */
void section_exam_claims(report_html *page, const report_exam *exam);
bool report_shows_claim(const report_exam *exam, const files_claim *claim);
/** Everything that was recorded, field by field, and the answers of the safety screen. */
void section_exam_record(report_html *page, const report_exam *exam);
/** Grades and the sources that the page names. */
void section_exam_sources(report_html *page, const report_exam *exam);
/** How to get the same result again, when there is no body part that says it. */
void section_exam_replay(report_html *page, const report_exam *exam);

/** The whole page to the client, between <body> and </body>. */
void section_client(report_html *page, const report_exam *exam, const assess_result *body);

// drawings
/** Probabilities of the ranked conditions as people of a crowd, with their ranges. */
void chart_conditions(report_html *page, const report_exam *exam);
/** From the starting value to the result. */
void chart_moves(report_html *page, const report_exam *exam, const clinic_posterior *p);
/** Front and back of a person with what hurts; has_zoom: draw_pain_zoom stands beside it and has the numbers of its part. */
void draw_pain(report_html *page, const clinic_exam *exam, bool has_zoom);
/** Does a painful region lie where regions are small? */
bool draw_pain_needs_zoom(const clinic_exam *exam);
/** The same from waist to knees, where small regions lie side by side. */
void draw_pain_zoom(report_html *page, const clinic_exam *exam);
/** What colour and hatches of draw_pain mean. */
void draw_pain_legend(report_html *page);
