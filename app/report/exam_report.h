/* What an exam says: safety, what fits and what speaks against it, what to test next. As text, as JSON and, in html_assess.h, as a
 * page; to a therapist or to the client. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "app/files/files_clinical.h"
#include "app/files/files_exam.h"
#include "app/report/safety_report.h"
#include "clinic/reason/next_test.h"

typedef enum report_voice { REPORT_THERAPIST, REPORT_CLIENT } report_voice;

typedef struct report_exam {                // borrows all
  const clinic_evidence *evidence;
  const clinic_exam *exam;                  // derived
  report_safety safety;
  const clinic_differential *differential;  // NULL when the safety gate stopped
  const clinic_next *next; int nnext;       // NULL, 0 then too
  const char *sha256;                       // of the file
  uint64_t seed;
  const files_clinical *clinical;           // citations of the sources; NULL: their keys only
  const files_person *person;               // note, height, mass; NULL: what the exam has
  const files_exam *record;                 // what it lacks and where it contradicts itself; NULL: not told. Needs `clinical`
} report_exam;

/** The keys of an exam in conventions.md, Results, with `start`, `not_estimated`, `mandatory`, `allowed` and `against_in_general`
 *  besides, and those of report_exam_check_json. After a stop only version, seed, hash, safety and techniques.
 *  `shown` is null where no percentage may be told: too few findings, or an interval too wide.
 *  a new reference, NULL when out of memory.   checked test/unit/exam_json_test.c */
json_t *report_exam_json(const report_exam *exam);

/** The same in plain text; the caller looks at ferror(out). */
void report_exam_text(FILE *out, const report_exam *exam, report_voice voice);
