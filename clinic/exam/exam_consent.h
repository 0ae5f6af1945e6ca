/* What role and consent say about two contraindications and about all treatment. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/exam/exam.h"

typedef struct clinic_overruled {  // an answer of the exam that the stricter of two took the place of
  bool is_consent;           // CI19
  bool is_competency;        // CI23
} clinic_overruled;

/** Answers two contraindications out of the sections `role` and `consent`. The stricter wins: an answer that says less than
 *  they do is overruled, one that says more stands.
 *
 *    CI19 no consent, discomfort or trauma   yes       consent to treatment or to work on the abdomen refused, or withdrawn
 *                                            not_sure  one of them not sure
 *                                            never no: discomfort and trauma are asked apart
 *    CI23 no training or no cover            yes       competencies without abdominal_palpation, or cover ended before the exam
 *                                            no        with it, and cover until the day of the exam or later
 *                                            as it is  otherwise: a day that is missing is no cover
 *
 *    refusal of all treatment                yes       consent to treatment refused, or withdrawn; not_sure: either is
 *                                            no        consent to treatment given and not withdrawn
 *
 *  given    tables  one without these conditions is left as it is
 *  fills    screen->condition of the two, screen->refusal, overruled
 *  checked  test/unit/exam_consent_test.c */
void clinic_exam_consent(const clinic_safety_tables *tables, const clinic_exam *exam, clinic_screen *screen,
                         clinic_overruled *overruled);
