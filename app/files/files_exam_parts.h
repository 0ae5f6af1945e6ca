/* The parts of an exam's reader. Only for app/files/files_exam*.c. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_exam.h"
#include "app/files/files_suggest.h"

/** not_asked, no, not_sure, yes: in the order of clinic_answer. */
extern const char *const EXAM_ANSWER[4];

/** `safety` and `contraindications`. */
PS_MUST_CHECK ps_status exam_read_safety(const files_json *in, const clinic_safety_tables *tables, clinic_screen *out);

/** The keys `form`, `asked_on` and `change_in_health` of `safety`. */
PS_MUST_CHECK ps_status exam_read_form(const files_json *root, files_form *out);

/** Every section whose fields stand in data/clinical/exam_fields.csv. */
PS_MUST_CHECK ps_status exam_read_fields(const files_json *in, clinic_exam *out);

/** The key `map` of the section `pain`. */
PS_MUST_CHECK ps_status exam_read_map(const files_json *pain, clinic_exam *out);

/** The section `person`, out of the person part. */
void exam_take_person(const files_person *person, clinic_exam *out);
