/* Exam files: a person, the safety screen, and what was found at one visit. Format: docs/exam-file.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_clinical.h"
#include "app/files/files_exam_since.h"
#include "app/files/files_person.h"
#include "clinic/exam/exam_consent.h"

typedef struct files_exam {
  files_person person;
  bool is_exam;                // the file has sections of an exam; false: a person file
  files_form form;             // full screen or short form
  clinic_screen screen;        // answers, with what role and consent decide (clinic_exam_consent)
  clinic_overruled overruled;  // answers that these took the place of
  clinic_exam exam;            // every field of the table; texts borrowed from `root`, fields from the clinical tables
  json_t *root;                // owns the texts
} files_exam;

typedef struct files_exam_tables {  // what an exam is checked against
  const files_clinical *clinical;   // questions, conditions, fields, regions       borrowed until files_exam_close
  const ps_anatomy *anatomy;        // as for files_person_parse; may be NULL
} files_exam_tables;

/** Read an exam from the bytes of a file. A person file is an exam in which nothing was asked.
 *
 *  given    file    name for messages
 *  fills    out     allocates; files_exam_close. Untouched on failure. What the file does not say is missing, never "no"
 *  errors   PS_EFORMAT  not JSON, an unknown key, question, condition or region (the nearest is named), a wrong type
 *           PS_EINPUT   a value outside its range or list; a version of the form that this program does not read
 *           PS_ENOMEM;  err.where is the file, err.msg has field, value and what is allowed
 *  checked  test/unit/files_exam_test.c, test/unit/files_exam_fields_test.c, test/fault/files_fault_test.c,
 *           test/fuzz/fuzz_exam.c
 */
PS_MUST_CHECK ps_status files_exam_parse(const char *file, const void *data, size_t size, const files_exam_tables *tables,
                                         files_exam *out, ps_error *err);

/** The same from a path, or from standard input when it is "-". errors also PS_EIO. */
PS_MUST_CHECK ps_status files_exam_load(const char *path, const files_exam_tables *tables, files_exam *out, ps_error *err);

/** Gives back what the exam owns. A zeroed one owns nothing. */
void files_exam_close(files_exam *exam);
