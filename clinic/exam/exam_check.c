/* Completeness and contradictions of an exam. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/exam/exam_check.h"

#include <string.h>

typedef struct review {        // an exam and what was said about it so far
  const clinic_exam *exam;
  clinic_remark *remark;
  int n;
} review;

static void say(review *r, clinic_remark_kind kind, int side, const char *text) {
  PS_ASSERT(r->n < CLINIC_REMARK_MAX);
  r->remark[r->n++] = (clinic_remark){kind, side, text};
}

// ---- what was recorded ---------------------------------------------------------------------------------------------

static const clinic_value *value(const review *r, const char *name, int side) {
  const int field = clinic_field_find(r->exam->fields, name);
  PS_ASSERT(field >= 0);
  return &r->exam->value[field][side];
}

static bool has(const review *r, const char *name, int side) { return value(r, name, side)->has; }

static bool has_any(const review *r, const char *name) { return has(r, name, 0) || has(r, name, 1); }

static bool is(const review *r, const char *name, int side, clinic_answer answer) {
  const clinic_value *v = value(r, name, side);
  return v->has && v->choice == (int)answer;
}

static bool is_yes(const review *r, const char *name) { return is(r, name, 0, CLINIC_YES); }

static bool has_number(const review *r, const char *name, double *out) {
  *out = value(r, name, 0)->number;
  return has(r, name, 0);
}

// pain of the map in one of these regions
static bool hurts(const review *r, const char *const *region) {
  for (int i = 0; i < r->exam->npain; i++)
    for (int k = 0; region[k]; k++)
      if (r->exam->pain[i].intensity > 0.0 && strcmp(r->exam->fields->region[r->exam->pain[i].region].id, region[k]) == 0) return true;
  return false;
}

// ---- what is missing -----------------------------------------------------------------------------------------------

// one of these two on each side; `second` may be NULL
static void need_sides(review *r, const char *first, const char *second, const char *text) {
  bool is_missing[2];
  for (int side = 0; side < 2; side++) is_missing[side] = !has(r, first, side) && !(second && has(r, second, side));
  if (is_missing[0] && is_missing[1]) say(r, CLINIC_REMARK_MISSING, -1, text);
  else if (is_missing[0] || is_missing[1]) say(r, CLINIC_REMARK_MISSING, is_missing[1], text);
}

static bool has_leg_symptoms(const review *r) {
  static const char *const leg[] = {"back_thigh", "calf", "shin", "heel", "foot", NULL};
  return clinic_exam_has_word(r->exam, "pain.leg_pain", "above_knee") || clinic_exam_has_word(r->exam, "pain.leg_pain", "below_knee") || hurts(r, leg) ||
         is_yes(r, "signs.both_legs") || is_yes(r, "signs.leg_symptoms_walking");
}

static bool is_asked(const clinic_safety_tables *t, const clinic_screen *screen, const char *flag) {
  for (int i = 0; i < t->nflag; i++)
    if (strcmp(t->flag[i].id, flag) == 0) return screen->part[t->flag[i].part] != CLINIC_NOT_ASKED;
  return true;
}

static void check_leg(review *r, const clinic_safety_tables *t, const clinic_screen *screen) {
  if (!has_leg_symptoms(r)) return;
  if (!has_any(r, "movement_tests.slr_leg_pain") && !has_any(r, "movement_tests.slr") && !has_any(r, "movement_tests.slump_leg_pain"))
    say(r, CLINIC_REMARK_MISSING, -1, "There are leg symptoms: do a straight-leg raise or a slump test.");
  if (!has(r, "signs.both_legs", 0)) say(r, CLINIC_REMARK_MISSING, -1, "There are leg symptoms: ask whether they are in both legs.");
  if (!is_asked(t, screen, "RF06"))
    say(r, CLINIC_REMARK_MISSING, -1, "There are leg symptoms: ask the safety question about a weaker leg or foot (RF06).");
}

// mid-back pain carries more serious explanations than low back pain (THORRF); what no movement changes may come from an organ
static void check_midback(review *r, const clinic_safety_tables *t, const clinic_screen *screen) {
  if (!is_yes(r, "derived.midback_pain")) return;
  if (!is_asked(t, screen, "RF23"))
    say(r, CLINIC_REMARK_MISSING, -1, "There is mid-back pain: ask the safety question about breath, chest and exertion (RF23).");
  if (!is_asked(t, screen, "RF22"))
    say(r, CLINIC_REMARK_MISSING, -1, "There is mid-back pain: ask the safety question about meals and the right shoulder blade (RF22).");
  if (!has(r, "movement_tests.midback_pain_changes", 0))
    say(r, CLINIC_REMARK_MISSING, -1, "There is mid-back pain: test whether it changes with movement of the mid-back.");
  if (is(r, "movement_tests.midback_pain_changes", 0, CLINIC_NO))
    say(r, CLINIC_REMARK_REPEAT, -1,
        "The mid-back pain changes with no movement: ask the safety questions about chest, belly and kidneys again (RF18, RF20, RF22, RF23).");
}

static bool is_flag_yes(const clinic_safety_tables *t, const clinic_screen *screen, const char *flag) {
  for (int i = 0; i < t->nflag; i++)
    if (strcmp(t->flag[i].id, flag) == 0) return screen->part[t->flag[i].part] == CLINIC_YES;
  return true;
}

// what was found belongs to a safety question whose answer does not say so
static void check_flags(review *r, const clinic_safety_tables *t, const clinic_screen *screen) {
  if (is_yes(r, "signs.both_legs") && !is_flag_yes(t, screen, "RF05"))
    say(r, CLINIC_REMARK_REPEAT, -1, "It is in both buttocks or legs: ask the safety question about both legs again (RF05).");
  if (is_yes(r, "derived.femoral_deficit") && !is_flag_yes(t, screen, "RF06"))
    say(r, CLINIC_REMARK_REPEAT, -1,
        "A numb thigh with a weak knee or a reduced reflex is for a doctor to see: ask the safety questions about a weaker leg and about "
        "blood thinners again (RF06, RF16).");
  if (is_yes(r, "derived.inflammatory_pattern") && !is_flag_yes(t, screen, "RF26"))
    say(r, CLINIC_REMARK_REPEAT, -1, "The pain has an inflammatory pattern: ask the safety question about it again (RF26).");
}

static void check_missing(review *r, const clinic_safety_tables *t, const clinic_screen *screen) {
  if (!r->exam->has_pain_map) say(r, CLINIC_REMARK_MISSING, -1, "No pain map was drawn. An empty one says that nothing hurts.");
  need_sides(r, "movement_tests.hip_internal_rotation", "movement_tests.hip_internal_rotation_reduced",
             "Hip screen: hip rotation inwards is missing, as an angle or judged as reduced or not.");
  need_sides(r, "movement_tests.fadir_pain", NULL, "Hip screen: FADIR is missing.");
  need_sides(r, "movement_tests.hip_adduction", "movement_tests.hip_adduction_reduced",
             "Hip screen: hip adduction is missing, as an angle or judged as reduced or not.");
  need_sides(r, "muscle_tests.resisted_hip_flexion", NULL, "Psoas provocation: resisted hip flexion is missing.");
  need_sides(r, "movement_tests.hip_extension_stretch", NULL, "Psoas provocation: the stretch of the hip flexors is missing.");
  // the third of the triad is no duty: only trained hands, and only with consent
  if (clinic_exam_has_word(r->exam, "role.competencies", "abdominal_palpation") && is_yes(r, "consent.abdominal_work"))
    need_sides(r, "muscle_tests.psoas_palpation", NULL,
               "Psoas provocation: palpation is missing. It is optional, and only where no contraindication stands against it.");
  check_leg(r, t, screen);
  check_midback(r, t, screen);
}

// ---- what says nothing, and what cannot be so ----------------------------------------------------------------------

static void check_thomas(review *r) {
  for (int side = 0; side < 2; side++)
    if (is(r, "person.thomas_pelvis_controlled", side, CLINIC_NO))
      say(r, CLINIC_REMARK_REPEAT, side,
          "The modified Thomas test was done without holding the pelvis. It moves no estimate: repeat it with the other knee held "
          "just until the low back lies flat.");
}

// the norm ends at 60 years: without one an angle is neither short nor long
static void check_norm(review *r) {
  bool is_whole = true;
  for (int side = 0; side < 2; side++)
    is_whole &= has(r, "person.thomas_hip_angle", side) && is(r, "person.thomas_pelvis_controlled", side, CLINIC_YES);
  if (is_whole && !has(r, "derived.hip_extension_deficit", 0))
    say(r, CLINIC_REMARK_REPEAT, -1,
        "There is no norm of the modified Thomas test for this age: the angles say nothing about short or not, only their difference "
        "does. Passive hip extension by goniometer has a norm for some ages.");
}

static void contradict(review *r, bool is_so, const char *text) {
  if (is_so) say(r, CLINIC_REMARK_CONTRADICTION, -1, text);
}

static void check_pain(review *r) {
  static const char *const far[] = {"calf", "shin", "heel", "foot", NULL};
  double now = 0.0, usual = 0.0, worst = 0.0, onset = 0.0, age = 0.0;
  const bool has_now = has_number(r, "pain.now_0_10", &now), has_usual = has_number(r, "pain.usual_0_10", &usual),
             has_worst = has_number(r, "pain.worst_0_10", &worst);
  contradict(r, has_now && has_worst && now > worst, "The pain now is above the worst pain of this week: say which is right.");
  contradict(r, has_usual && has_worst && usual > worst, "The usual pain is above the worst pain of this week: say which is right.");
  contradict(r, has_number(r, "pain.onset_age_years", &onset) && has_number(r, "person.age_years", &age) && onset > age,
             "The pain began at an age that the person has not reached: say which is right.");
  const bool no_leg = clinic_exam_has_word(r->exam, "pain.leg_pain", "none");
  contradict(r, no_leg && is_yes(r, "pain.leg_worse_than_back"), "There is no leg pain, but the leg is worse than the back: say which.");
  contradict(r, !no_leg && !clinic_exam_has_word(r->exam, "pain.leg_pain", "below_knee") && has(r, "pain.leg_pain", 0) && hurts(r, far),
             "The leg pain stays above the knee, but the pain map goes below it: say which.");
  contradict(r, no_leg && hurts(r, far), "There is no leg pain, but the pain map has some below the knee: say which.");
  for (int side = 0; side < 2; side++)
    if (no_leg && (is(r, "movement_tests.slr_leg_pain", side, CLINIC_YES) || is(r, "movement_tests.slump_leg_pain", side, CLINIC_YES)))
      say(r, CLINIC_REMARK_CONTRADICTION, side, "There is no leg pain, but a nerve test brings on the leg pain they know: say which.");
}

static void check_rest(review *r, const clinic_overruled *overruled) {
  contradict(r, is_yes(r, "signs.no_pain_seated") && is_yes(r, "signs.worse_long_sitting"),
             "The pain is gone while seated and worse after long sitting: say which.");
  const bool has_both = has(r, "muscle_tests.retest_before_0_10", 0) && has(r, "muscle_tests.retest_then_0_10", 0);
  const bool has_one = has(r, "muscle_tests.retest_before_0_10", 0) || has(r, "muscle_tests.retest_then_0_10", 0);
  contradict(r, has(r, "muscle_tests.retest_after", 0) && !has_both,
             "A re-test says what was done between, but not the pain before and after: both numbers are needed.");
  contradict(r, !has(r, "muscle_tests.retest_after", 0) && has_one, "A re-test has a number, but not what was done between.");
  contradict(r, overruled->is_consent,
             "CI19 is answered, but consent was refused, withdrawn or not sure: the stricter of the two holds.");
  contradict(r, overruled->is_competency,
             "CI23 is answered, but the role has no abdominal palpation, or its cover ended before the exam: the stricter of the two "
             "holds.");
  contradict(r, is_yes(r, "consent.treatment") && is_yes(r, "consent.withdrawn"),
             "Consent to treatment was given and taken back: nothing is done with the hands until it is given again.");
}

int clinic_exam_check(const clinic_safety_tables *tables, const clinic_exam *exam, const clinic_screen *screen,
                      const clinic_overruled *overruled, clinic_remark remark[CLINIC_REMARK_MAX]) {
  review r = {exam, remark, 0};
  check_missing(&r, tables, screen);
  check_thomas(&r);
  check_norm(&r);
  check_flags(&r, tables, screen);
  check_pain(&r);
  check_rest(&r, overruled);
  return r.n;
}

// ---- sections ------------------------------------------------------------------------------------------------------

int clinic_exam_sections(const clinic_exam *exam, clinic_section section[CLINIC_SECTION_MAX]) {
  int n = 0;
  for (int i = 0; i < exam->fields->nfield; i++) {
    const clinic_field *f = &exam->fields->field[i];
    int k = 0;
    if (f->is_derived) continue;
    while (k < n && strcmp(section[k].name, f->section) != 0) k++;
    if (k == n) {
      PS_ASSERT(n < CLINIC_SECTION_MAX);
      const bool is_pain = strcmp(f->section, "pain") == 0;
      section[n++] = (clinic_section){f->section, is_pain && exam->has_pain_map, is_pain};
    }
    section[k].all += 1 + f->is_sided;
    section[k].recorded += exam->value[i][0].has + exam->value[i][1].has;
  }
  return n;
}
