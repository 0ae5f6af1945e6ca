/* Exams for tests: the product's own tables, and fields set by name. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_clinical.h"

enum { EXAM_BOTH = -1 };

/** The clinical tables; the test fails when they cannot be read. Free with files_clinical_free. */
files_clinical *exam_tables(void);

/** An exam in which nothing was recorded. */
clinic_exam exam_empty(const files_clinical *clinical);

// Set one field by its full name; side CLINIC_RIGHT, CLINIC_LEFT or EXAM_BOTH (also for fields without sides). The test fails
// when there is no such field or word. None derives: clinic_exam_derive does.
void exam_answer(clinic_exam *exam, const char *name, int side, clinic_answer answer);
void exam_word(clinic_exam *exam, const char *name, int side, const char *word);
void exam_number(clinic_exam *exam, const char *name, int side, double number);
void exam_pain(clinic_exam *exam, const char *region, double intensity);

/** A Thomas test of both sides with the pelvis held. */
void exam_thomas(clinic_exam *exam, double right_deg, double left_deg);

/** A person: sex and age. */
void exam_person(clinic_exam *exam, const char *sex, double age_years);

/** Value of a field that must be there. */
const clinic_value *exam_value(const clinic_exam *exam, const char *name, int side);
