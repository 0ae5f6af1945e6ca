/* The sections of an exam that the safety gate reads: `safety` and `contraindications` of a person file. The other sections are
 * kept by the file and not read yet. Format: docs/exam-file.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_clinical.h"

/** Read the answers out of the bytes of a person or exam file. A person file without them is an exam with nothing asked.
 *
 *  given    file    name for messages
 *           tables  questions and conditions; an answer to another one is an error
 *  fills    out     NOT_ASKED where the file is silent; untouched on failure
 *  errors   PS_EFORMAT  not JSON, an unknown question, part or condition (the nearest is named), a wrong type
 *           PS_EINPUT   an answer other than yes, no, not_sure, not_asked
 *           PS_ENOMEM
 *  checked  test/unit/files_exam_test.c
 */
PS_MUST_CHECK ps_status files_exam_parse(const char *file, const void *data, size_t size, const clinic_safety_tables *tables,
                                         clinic_screen *out, ps_error *err);
