/* Which form of the safety screen a file holds, and the short form of a later visit beside the full screen before it.
 * Format: docs/exam-file.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_person.h"
#include "clinic/safety/safety.h"

typedef struct files_form {        // read by files_exam_parse
  bool is_short;                   // "form": "short"
  clinic_answer change_in_health;  // since the last full screen
  char asked_on[11];               // YYYY-MM-DD; "" = not in the file
  char exam_date[11];              // the same, of the exam
} files_form;

typedef struct files_screen {      // what one file says of one visit; borrows all
  const char *file;                // for messages
  const files_person *person;
  const files_form *form;
  const clinic_screen *screen;
} files_screen;

/** The screen of a later visit out of a short-form file and the file of the full screen before it.
 *  fills    out   clinic_safety_rescreen; untouched on failure
 *  errors   PS_EINPUT   the later file is no short form or the earlier one is; another sex, a lower age, a later date: the
 *                       files are not of one person or not in this order
 *  checked  test/unit/files_exam_since_test.c */
PS_MUST_CHECK ps_status files_exam_since(const clinic_safety_tables *tables, const files_screen *full,
                                         const files_screen *short_form, clinic_screen *out, ps_error *err);

/** Why a screen is not complete by its form, one sentence; NULL when there is nothing to say.
 *  given    has_full   the full screen before it stands beside it */
const char *files_form_note(const files_form *form, bool has_full);

/** Is this a date of the calendar, written YYYY-MM-DD? checked test/unit/files_exam_since_test.c */
bool files_is_date(const char *text);
