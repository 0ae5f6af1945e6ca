/* Exams with all that a report needs, for tests of reports. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_exam.h"
#include "app/report/exam_report.h"

typedef struct exam_case {        // stays where it is: the report borrows from it
  clinic_exam exam;
  clinic_screen screen;
  clinic_safety safety;
  clinic_differential differential;
  clinic_next next[CLINIC_TRIAL_MAX];
  files_exam file;                // what exam_case_file opened
  report_exam report;
} exam_case;

enum { EXAM_NOTHING, EXAM_TIGHT, EXAM_HIP, EXAM_STOP, EXAM_NCASE };

/** Nothing recorded; every sign of a tight psoas; a stiff hip and no familiar pain; a stop. */
void exam_case_make(exam_case *out, const files_clinical *clinical, int which);

/** A file, as examples/exams/facet.json. Close with files_exam_close(&out->file). */
void exam_case_file(exam_case *out, const files_clinical *clinical, const char *path);

/** Safety, differential and next tests again, after the exam or the screen was changed. */
void exam_case_decide(exam_case *c, const files_clinical *clinical);
