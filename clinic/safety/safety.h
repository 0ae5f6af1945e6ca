/* The safety gate: which answers stop everything, which leave it open, and what may be done with the hands. Rules, never
 * probabilities: no number can outvote a flag. Knows no files and no bodies.
 * Rules and their sources: data/clinical/README.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"

typedef enum clinic_answer {
  CLINIC_NOT_ASKED = 0,      // a missing answer is never a "no"
  CLINIC_NO,
  CLINIC_NOT_SURE,
  CLINIC_YES
} clinic_answer;

typedef enum clinic_urgency {  // most urgent first
  CLINIC_E0,                 // emergency now
  CLINIC_E1,                 // medical assessment the same day
  CLINIC_E2,                 // within two weeks
  CLINIC_E3,                 // routine
  CLINIC_P,                  // a precaution, no referral
  CLINIC_NONE
} clinic_urgency;

enum { CLINIC_FLAG_MAX = 64, CLINIC_PART_MAX = 160, CLINIC_RULE_MAX = 128, CLINIC_NEED_MAX = 12,
       CLINIC_CONDITION_MAX = 48 };

typedef enum clinic_technique {
  CLINIC_ABDOMINAL_RELEASE, CLINIC_DEEP_TISSUE, CLINIC_LIGHT_RELEASE, CLINIC_EXTENSION_STRETCH, CLINIC_NTECHNIQUE
} clinic_technique;

typedef enum clinic_verdict {  // mildest first
  CLINIC_ALLOW, CLINIC_MODIFY, CLINIC_CLEAR_FIRST, CLINIC_BLOCK
} clinic_verdict;

// ---- the tables (texts borrowed from whoever filled them) ----------------------------------------------------------

typedef struct clinic_flag {
  const char *id, *group, *question, *suspects, *action, *source;
  clinic_urgency urgency;    // of the item as a whole
  bool is_short_form;        // asked again at every visit
  int part, npart;           // range in clinic_safety_tables.part; the first is the main question
} clinic_flag;

typedef struct clinic_part {
  const char *name, *question;  // "main", or the name of a further question
  int flag;
} clinic_part;

typedef struct clinic_rule { // positive when every part of `all` and at least `least` of `any` are yes
  int flag;
  clinic_urgency urgency;
  int all[CLINIC_NEED_MAX], nall;
  int any[CLINIC_NEED_MAX], nany, least;
} clinic_rule;

typedef struct clinic_condition {
  const char *id, *words, *why, *source;
  clinic_verdict verdict[CLINIC_NTECHNIQUE];
} clinic_condition;

typedef struct clinic_safety_tables {
  clinic_flag flag[CLINIC_FLAG_MAX];                 int nflag;
  clinic_part part[CLINIC_PART_MAX];                 int npart;
  clinic_rule rule[CLINIC_RULE_MAX];                 int nrule;   // of a flag together, most urgent first
  clinic_condition condition[CLINIC_CONDITION_MAX];  int ncondition;
} clinic_safety_tables;

// ---- what was answered ---------------------------------------------------------------------------------------------

typedef struct clinic_screen {
  clinic_answer part[CLINIC_PART_MAX];           // of each part
  bool is_reviewed[CLINIC_FLAG_MAX];             // a medical review of this flag is on record
  clinic_answer condition[CLINIC_CONDITION_MAX]; // contraindications
  clinic_answer refusal;                         // treatment refused today, or consent withdrawn
} clinic_screen;

// ---- what follows --------------------------------------------------------------------------------------------------

typedef enum clinic_truth { CLINIC_FALSE, CLINIC_OPEN, CLINIC_UNSURE, CLINIC_TRUE } clinic_truth;

typedef struct clinic_flag_state {
  clinic_truth truth;        // OPEN: an answer is missing; UNSURE: somebody was not sure
  clinic_urgency urgency;    // the most urgent rule that is not false; NONE when all are
} clinic_flag_state;

typedef enum clinic_status { CLINIC_CLEAR, CLINIC_INCOMPLETE, CLINIC_STOP } clinic_status;

typedef struct clinic_safety {
  clinic_status status;
  clinic_urgency urgency;    // of the stop, or the most urgent positive flag; NONE when there is none
  bool is_review_due;        // a positive E2 flag without a review on record
  clinic_flag_state flag[CLINIC_FLAG_MAX];
} clinic_safety;

/** Is a rule met? Three-valued: a missing answer leaves it open, "not sure" leaves it unsure, unless the other answers
 *  decide it. Every rule needs its flag's main question, so a "no" to that answers the flag.
 *  errors  none.   checked  test/unit/safety_test.c (against a second evaluation by enumeration) */
clinic_truth clinic_rule_truth(const clinic_rule *rule, const clinic_screen *screen);

/** The gate: every command, route and page asks it first.
 *
 *    stop        a positive E0 or E1 rule, or "not sure" on an E0 rule; "not sure" to the main question of an E0 item
 *                is one until the rest is answered, and its flag is then UNSURE
 *    incomplete  an E0 or E1 rule left open, or "not sure" on an E1 or E2 rule
 *    clear       otherwise; a positive E2 flag then still waits for its review
 *  Where answers that are missing could make a flag more urgent, its urgency is that of the worse case.
 *  source  conventions (docs/conventions.md, Results);   checked  test/unit/safety_test.c, tools/mutate-safety */
void clinic_safety_decide(const clinic_safety_tables *tables, const clinic_screen *screen, clinic_safety *out);

enum { CLINIC_BY_GATE = -1, CLINIC_BY_REFUSAL = -2 };  // the gate or nothing; consent

typedef struct clinic_permission {
  clinic_verdict verdict;
  int condition;             // the condition that decided, or one of the two below
} clinic_permission;

/** What a technique's verdict is: the strictest of all conditions present. A condition nobody asked about or was sure of holds
 *  a technique that it would block or clear first at CLEAR_FIRST. A stop blocks all; an incomplete screen holds all at
 *  CLEAR_FIRST; a review that is due blocks the hands and holds the stretch at CLEAR_FIRST. Treatment refused blocks all; a doubt about that
 *  holds all at CLEAR_FIRST.
 *  checked  test/unit/safety_test.c */
clinic_permission clinic_technique_decide(const clinic_safety_tables *tables, const clinic_screen *screen,
                                          const clinic_safety *safety, clinic_technique technique);

/** The screen of a later visit: the short form asked today beside the last full screen.
 *
 *  given    full              the last full screen
 *           short_form        what was answered today, to whatever question
 *           change_in_health  "Any change in health or medicines since the last full screen?"
 *  fills    out    a flag of the short form has today's answer alone: what was not asked today is NOT_ASKED.
 *                  Another flag keeps its old answers when nothing changed (NO). Otherwise (yes, not sure, not asked) it is
 *                  NOT_ASKED again, but an old YES or NOT_SURE of a flag with a rule of E0, E1 or E2 stays. Where it was
 *                  asked today as well, the worse of the two counts (yes, not sure, no, not asked).
 *                  Reviews: those on record today; an old one where the old answers were kept because nothing changed.
 *                  Contraindications: as the flags that are not in the short form.
 *                  May be one of the inputs.
 *  errors   none.   source  docs/decisions/0020-short-form.md
 *  checked  test/unit/rescreen_test.c (against a second evaluation, exhaustive), tools/mutate-safety */
void clinic_safety_rescreen(const clinic_safety_tables *tables, const clinic_screen *full, const clinic_screen *short_form,
                            clinic_answer change_in_health, clinic_screen *out);

/** "E0", ..., "none"; "stop", ...; "clear_first", ... */
const char *clinic_urgency_text(clinic_urgency urgency);
const char *clinic_status_text(clinic_status status);
const char *clinic_verdict_text(clinic_verdict verdict);
/** The name in the tables: "abdominal_psoas_release", ... */
const char *clinic_technique_text(clinic_technique technique);
