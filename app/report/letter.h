/* The letter to a doctor that a stop or a flag calls for; for an emergency a handover sheet. As text and as one printable page.
 * It says what was asked and answered, never what the person has. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/report/safety_report.h"

typedef struct report_letter_head {  // who it is about and between whom; NULL = a blank line to be filled in by hand
  bool is_female;
  double age_years;
  const char *name, *born, *to, *from;  // born and date: YYYY-MM-DD
  const char *date;
} report_letter_head;

typedef struct report_letter {   // borrows what it was made of
  report_safety safety;
  report_letter_head head;
  clinic_urgency urgency;        // E0 only when the gate stops for it
  bool is_ambulance;             // what the table says to do begins with 999
  bool is_private;               // a reason is of the group that may put the person at risk at home
  int nreason;
  int reason[CLINIC_FLAG_MAX];   // flags that are positive or unsure, most urgent first
} report_letter;

/** Does the gate's answer call for a letter, and which? Every flag that is positive or unsure and not a mere precaution is a
 *  reason; one that is no stop and has a review on record calls for none by itself.
 *  fills    out   in any case; when false, `nreason` says whether there was a reviewed reason
 *  checked  test/unit/letter_test.c */
bool report_letter_make(const report_safety *safety, const report_letter_head *head, report_letter *out);

void report_letter_text(FILE *out, const report_letter *letter);

/** The same as one page: A4 and Letter, black on white, needs nothing from outside.
 *  fills    data  allocates; NULL on failure
 *  errors   PS_ENOMEM
 *  checked  test/unit/letter_test.c */
PS_MUST_CHECK ps_status report_letter_html(const report_letter *letter, char **data, size_t *size, ps_error *err);

// ---- the wording, shared by both -----------------------------------------------------------------------------------

/** "Emergency handover", ...; what is to happen, in one sentence. */
const char *report_letter_title(const report_letter *letter);
const char *report_letter_urgency(const report_letter *letter);
/** The addressee; of an emergency the emergency department, else a blank line (NULL). */
const char *report_letter_to(const report_letter *letter);

/** What was answered to the question of a reason: "YES", "NOT SURE (a follow-up was not asked: taken as the worse case)". */
const char *report_letter_answer(const report_letter *letter, int iflag);
/** "yes", "not sure", "no", "not asked" */
const char *report_letter_word(clinic_answer answer);

/** What to tell the person (the third line is the safety net: what to watch for, where to go), and what was not done. NULL ends. */
typedef struct report_lines { const char *line[8]; } report_lines;
report_lines report_letter_person(const report_letter *letter);
report_lines report_letter_not_done(const report_letter *letter);

typedef struct report_list { char text[1024]; } report_list;
/** "Cauda equina (RF02, RF04); Cord (RF07)": the questions nobody asked; "" when there are none. */
report_list report_letter_not_asked(const report_letter *letter);
/** Flags that are no reason although their question was answered yes or not sure (blood thinners, pregnancy). Returns how many. */
int report_letter_also(const report_letter *letter, int flag[CLINIC_FLAG_MAX]);

typedef struct report_day { char text[24]; } report_day;
/** "24 November 2026" of "2026-11-24"; "" of NULL and "". */
report_day report_letter_day(const char *date);
