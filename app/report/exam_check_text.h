/* What psoas exam check says behind the safety gate: how much was recorded, what is missing, what contradicts, what the chosen
 * methods cost. As text and as JSON, the same sentences. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "app/files/files_exam.h"

typedef struct report_exam_check {     // borrows all
  const files_clinical *clinical;
  const files_exam *exam;
} report_exam_check;

/** Sections with their counts, then the remarks, then the methods. */
void report_exam_check_text(FILE *out, const report_exam_check *report);

/** Add "sections", "missing", "repeat", "contradictions", "methods" to an object. */
void report_exam_check_json(json_t *root, const report_exam_check *report);

typedef struct report_sentence { char text[256]; } report_sentence;

enum { REPORT_REMARK_METHODS = 3, REPORT_REMARK_KINDS };  // clinic_remark_kind, then the methods

typedef struct report_remarks {  // one kind of them
  const char *title, *key;       // to read; of the JSON
  int n;
  report_sentence sentence[24];
} report_remarks;

/** What is missing, to be done again, contradictory, and what the methods cost.  fills all kinds, some with n = 0 */
void report_exam_remarks(const report_exam_check *report, report_remarks remarks[REPORT_REMARK_KINDS]);

/** The same as text: kinds without a remark are left out. */
void report_exam_remarks_text(FILE *out, const report_exam_check *report);

/** What the method of a Thomas test costs: "Modified Thomas test, left: ... ± 1.9 deg ...". */
report_sentence report_thomas_cost(const files_thomas *test, int side);
