/* What changed between two exams of one person, and what is only the error of measuring. Two questions, answered apart: is the
 * change larger than two readings of the same thing differ by (MDC95), and is it as large as what people call important (MIC)?
 * Knows no files. Rows and their sources: data/clinical/change.csv. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/exam/exam.h"

enum { CLINIC_CHANGE_RULE_MAX = 64, CLINIC_CHANGE_MAX = 2*CLINIC_CHANGE_RULE_MAX, CLINIC_CHANGE_PART_MAX = 4,
       CLINIC_OWN_FREEDOM = 3 };  // "three pairs": repeats enough for a therapist's own error

typedef enum clinic_better { CLINIC_LOWER, CLINIC_HIGHER, CLINIC_NEITHER } clinic_better;

typedef struct clinic_change_rule {  // one field, or one method of it
  int field;
  int method;                // word of the field's list; -1 = any that has no row of its own
  bool is_same_method;       // readings by two methods are not compared
  int needs;                 // an answer that must be yes both times, on the same side; -1 = none
  int npart, part[CLINIC_CHANGE_PART_MAX];  // fields a derived one is the difference of: the first that both sides have counts
  clinic_better better;
  double sem, mdc95;         // error of one reading, smallest detectable change of two; 0 = not published
  double mic, mic_fraction;  // important change, absolute and as a share of the first reading; 0 = not published
  bool is_relative;          // sem and mdc95 in % of the first reading
  const char *words;         // to a client: "how far your leg goes back"
  const char *source, *note;
} clinic_change_rule;

typedef struct clinic_change_rules { int n; clinic_change_rule rule[CLINIC_CHANGE_RULE_MAX]; } clinic_change_rules;

typedef enum clinic_change_verdict {
  CLINIC_SAME,               // no real change: not outside the error
  CLINIC_BETTER, CLINIC_WORSE,
  CLINIC_CHANGED,            // outside the error, where neither direction is better
  CLINIC_NOT_COMPARABLE
} clinic_change_verdict;

typedef enum clinic_change_why {
  CLINIC_COMPARED,
  CLINIC_NOT_IN_BOTH,
  CLINIC_OTHER_METHOD,
  CLINIC_NEED_UNMET,         // the Thomas test with the pelvis free
  CLINIC_NO_ERROR,           // none is published: not judged
  CLINIC_SHARE_OF_ZERO       // the error is a share of a first reading that is zero
} clinic_change_why;

typedef enum clinic_matters { CLINIC_CANNOT_SAY, CLINIC_MATTERS_NOT, CLINIC_MATTERS } clinic_matters;

typedef struct clinic_change {
  int rule;                  // row of clinic_change_rules
  int side;                  // CLINIC_RIGHT, CLINIC_LEFT; 0 of a field without sides
  bool has_before, has_after;
  double before, after, change;
  clinic_change_verdict verdict;
  clinic_change_why why;     // of NOT_COMPARABLE
  double published;          // SEM in the unit of the field; 0 = none
  double own;                // this therapist's, from repeats; 0 with own_freedom 0 = too few
  int own_freedom;           // sum of (n - 1) over the sets of repeats
  bool is_own;               // the own error is the larger one and was used
  double mdc95;              // used; 0 = none
  clinic_matters matters;
} clinic_change;

/** Compare every field that a rule knows and that at least one of the exams has, side by side, in the order of the rules.
 *
 *    MDC95 = 1.96 sqrt(2) SEM where only the SEM is published, and the other way round
 *    own SEM^2 = sum of squared distances from the mean of the set / sum of (n - 1), over all sets of repeats of one field and
 *    method in both exams and sides; of a difference between sides sqrt(2) times that of its part
 *  The own error counts from CLINIC_OWN_FREEDOM on, and replaces the published one when it is larger. It is that of one reading,
 *  not of a mean: repeats of one visit do not average out what differs between visits. The MDC then is the larger one of both.
 *  A change of exactly MDC95 is inside the error; one of exactly MIC matters. MIC and its share of the first reading: either will do.
 *  given    exams      derived (clinic_exam_derive), of the same table of fields
 *  fills    out        returns how many
 *  errors   none.   checked  test/unit/change_test.c */
int clinic_change_compare(const clinic_change_rules *rules, const clinic_exam *before, const clinic_exam *after,
                          clinic_change out[CLINIC_CHANGE_MAX]);

/** The row of a field and method; -1 when there is none. */
int clinic_change_find(const clinic_change_rules *rules, int field, int method);

/** "no real change", ...; "other method", ...; "cannot be said", "no", "yes". */
const char *clinic_change_verdict_text(clinic_change_verdict verdict);
const char *clinic_change_why_text(clinic_change_why why);
const char *clinic_matters_text(clinic_matters matters);
