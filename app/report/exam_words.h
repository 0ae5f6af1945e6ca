/* Words, ranks and rounded numbers that every form of an exam's report shares. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/report/exam_report.h"

typedef enum report_told {   // how much of a probability may be told
  REPORT_TOLD_NOTHING,       // too few findings: words only
  REPORT_TOLD_RANGE,         // the interval is too wide for its middle to mean anything
  REPORT_TOLD_NUMBER
} report_told;

report_told report_told_of(const report_exam *exam, const clinic_posterior *p);

typedef struct report_phrase { char text[160]; } report_phrase;

/** The words of the band, or "not enough information". */
const char *report_band(const report_exam *exam, const clinic_posterior *p);
/** Which band the middle of a range that is too wide would be in; "" else. */
const char *report_lean(const report_exam *exam, const clinic_posterior *p);
/** "of 20 people with findings like these, about 3 (1 to 7)"; the range alone, or "", as much as may be told. */
report_phrase report_people(const report_exam *exam, const clinic_posterior *p);
/** The count alone: "about 3 (1 to 7)"; "no number" where none may be told. */
report_phrase report_count(const report_exam *exam, const clinic_posterior *p);
/** "15 % (5 to 35 %)", never 0 or 100 %; "no percentage" where none may be told. */
report_phrase report_percent(const report_exam *exam, const clinic_posterior *p);
/** How many people the natural frequencies speak of: 20 at steps of 5 %. */
int report_crowd(const report_exam *exam);

typedef struct report_rank { int n, item[CLINIC_NODE_MAX]; } report_rank;  // items of differential->posterior

/** Conditions with an estimate, the most probable first; in the order of the table when nothing may be told. */
report_rank report_ranked(const report_exam *exam);
/** The first `most` of them that are not nodes of the iliopsoas and on which something was found. */
report_rank report_alternatives(const report_exam *exam, int most);
/** The estimate of a node by name; NULL when there is none. */
const clinic_posterior *report_posterior(const report_exam *exam, const char *id);
const clinic_node *report_node(const report_exam *exam, const clinic_posterior *p);
/** Index of a node by name; -1 when there is none. */
int report_find_node(const report_exam *exam, const char *id);

const clinic_finding *report_finding(const report_exam *exam, const clinic_argument *a);
/** A finding in words, with ": not found" when it was not. */
report_phrase report_finding_words(const report_exam *exam, const clinic_argument *a);
/** The finding that lowers a condition most, the one that raises it most; NULL when none does. */
const clinic_argument *report_against(const clinic_posterior *p);
const clinic_argument *report_for(const clinic_posterior *p);
/** What is missing for an estimate. */
report_phrase report_why_not(const clinic_posterior *p);

typedef struct report_move {   // from the starting value to the result
  const clinic_argument *argument;  // NULL: what `words` says
  const char *words;
  double to;                   // probability after it
  int points;                  // whole percentage points that it moves; they add up to those of the result
} report_move;

enum { REPORT_MOVE_MAX = CLINIC_ARGUMENT_MAX + 3 };

/** The starting value, every argument, the caps that acted; returns how many. Running sums are rounded, so that what is shown adds
 *  up; a step is within one point of its own rounded value. */
int report_moves(const report_exam *exam, const clinic_posterior *p, report_move step[REPORT_MOVE_MAX]);

/** "found", "not found". */
const char *report_presence(const clinic_argument *a);
/** A grade with what it means. */
const char *report_grade_meaning(clinic_grade grade);
const char *report_verdict_words(clinic_verdict verdict);
const char *report_technique_words(clinic_technique technique);
/** When to act: "emergency, now". */
const char *report_urgency_words(clinic_urgency urgency);
const char *report_provocation_words(int provocation);
/** Who may do a test. */
const char *report_who(const clinic_trial *trial);
/** "left", "right", "both"; "middle" of a region across the midline. */
const char *report_pain_side(const clinic_exam *exam, const clinic_pain *pain);
/** Expected information: "0.017 bits", "under 0.001 bits". */
report_phrase report_bits(const clinic_next *next);
/** Minutes that a test takes: "0.2", "8". */
report_phrase report_minutes(const clinic_trial *trial);
/** Why a test stands in the list. */
report_phrase report_next_why(const report_exam *exam, const clinic_next *next);

/** A field as it was recorded, on one side: "4 deg (3, 5; inclinometer)"; "" when it was not. */
typedef struct report_recorded { char text[1200]; } report_recorded;
report_recorded report_value(const report_exam *exam, int field, int side);
/** With a capital letter. */
report_phrase report_capital(const char *words);
/** A word of a table on a page: underscores are blanks. */
report_phrase report_plain_word(const char *word);
/** A field without sides by its full name, as recorded; "" when it was not or there is no such field. */
report_recorded report_value_of(const report_exam *exam, const char *name);
