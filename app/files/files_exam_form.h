/* The exam as a form: an empty one with comments, and the list of its fields. All from data/clinical/exam_fields.csv.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "app/files/files_clinical.h"

/** An exam in which nothing was asked: "not_asked" for every answer, a comment beside every field, the measurements of an
 *  invented person. files_exam_parse reads it.
 *  given    is_full  comments say the source too
 *  returns  a new reference, NULL or incomplete when out of memory (files_json_is_whole).   checked test/unit/exam_form_test.c */
json_t *files_exam_template(const files_clinical *clinical, bool is_full);

/** [{"section", "key", "keys", "words", "how", "kind", "choices", "lo", "hi", "unit", "is_derived", "source"}]; "keys" as they
 *  stand in a file, "thomas_left.hip_angle_deg" among them. A new reference. */
json_t *files_exam_fields_json(const clinic_fields *fields);

/** [{"region", "words", "view", "is_sided"}] of the body chart; a new reference. */
json_t *files_exam_regions_json(const clinic_fields *fields);

/** One line a field, sections apart. */
void files_exam_fields_text(FILE *out, const clinic_fields *fields);

/** The tables of docs/exam-file.md: fields by section, regions of the body chart. */
void files_exam_fields_markdown(FILE *out, const clinic_fields *fields);
