/* How complete an exam is, and where it contradicts itself. Judges no person: it looks at the record only.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/exam/exam_consent.h"

typedef enum clinic_remark_kind {
  CLINIC_REMARK_MISSING,       // every exam should have it, or this one because of what it has
  CLINIC_REMARK_REPEAT,        // done in a way that says nothing
  CLINIC_REMARK_CONTRADICTION  // two entries that cannot both be so
} clinic_remark_kind;

typedef struct clinic_remark {
  clinic_remark_kind kind;
  int side;                    // CLINIC_RIGHT, CLINIC_LEFT; -1: both, or the exam has no side there
  const char *text;            // a sentence
} clinic_remark;

enum { CLINIC_REMARK_MAX = 64, CLINIC_SECTION_MAX = 16 };

typedef struct clinic_section {
  const char *name;
  int recorded, all;           // a field with sides counts twice; the pain map is one of `pain`
} clinic_section;

/** How many fields of each section were recorded; sections in the order of the table, without the derived one.
 *  fills section; returns how many.   checked test/unit/exam_check_test.c */
int clinic_exam_sections(const clinic_exam *exam, clinic_section section[CLINIC_SECTION_MAX]);

/** What is missing that every exam should have, what should be done again, what cannot both be so.
 *
 *  given    exam     derived (clinic_exam_derive)
 *           screen   answers of the safety screen: with leg symptoms the question about weakness (RF06) is needed
 *  fills    remark   in the order of the kinds; returns how many
 *  source   what is asked of every exam: the hip screen @PRATHER17 (80 % of people with back pain have a positive hip test),
 *           the triad @IRCT20; what leg symptoms ask for: @IFOMPT20; what mid-back pain asks for: @THORRF. Weighed here (ELICITED): that these are required
 *  checked  test/unit/exam_check_test.c */
int clinic_exam_check(const clinic_safety_tables *tables, const clinic_exam *exam, const clinic_screen *screen,
                      const clinic_overruled *overruled, clinic_remark remark[CLINIC_REMARK_MAX]);
