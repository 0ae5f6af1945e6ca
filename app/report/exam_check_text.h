/* What psoas exam check says behind the safety gate: how much was recorded, what is missing, what contradicts, what the chosen
 * methods cost. As text and as JSON, the same sentences. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "app/files/files_exam.h"

typedef struct report_exam {     // borrows all
  const files_clinical *clinical;
  const files_exam *exam;
} report_exam;

/** Sections with their counts, then the remarks, then the methods. */
void report_exam_text(FILE *out, const report_exam *report);

/** Add "sections", "missing", "repeat", "contradictions", "methods" to an object. */
void report_exam_json(json_t *root, const report_exam *report);

typedef struct report_sentence { char text[256]; } report_sentence;

/** What the method of a Thomas test costs: "Modified Thomas test, left: ... +-1.9 deg ...". */
report_sentence report_thomas_cost(const files_thomas *test, int side);
