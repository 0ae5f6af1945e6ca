/* Fields that follow from others: counts, differences, what the pain map says. Each definition stands in exam_fields.csv beside
 * its name; a part that is missing leaves what needs it missing. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "clinic/exam/exam.h"

// ---- three-valued answers ------------------------------------------------------------------------------------------

static clinic_presence both(clinic_presence a, clinic_presence b) {
  if (a == CLINIC_ABSENT || b == CLINIC_ABSENT) return CLINIC_ABSENT;
  return a == CLINIC_PRESENT && b == CLINIC_PRESENT ? CLINIC_PRESENT : CLINIC_MISSING;
}

static clinic_presence either(clinic_presence a, clinic_presence b) {
  if (a == CLINIC_PRESENT || b == CLINIC_PRESENT) return CLINIC_PRESENT;
  return a == CLINIC_ABSENT && b == CLINIC_ABSENT ? CLINIC_ABSENT : CLINIC_MISSING;
}

static clinic_presence opposite(clinic_presence a) {
  return a == CLINIC_PRESENT ? CLINIC_ABSENT : a == CLINIC_ABSENT ? CLINIC_PRESENT : CLINIC_MISSING;
}

static clinic_presence whether(bool is_so) { return is_so ? CLINIC_PRESENT : CLINIC_ABSENT; }

// ---- reading and writing fields ------------------------------------------------------------------------------------

// every name that is used below, checked when the tables are loaded
static const char *const NAME[] = {
    "person.sex", "person.age_years", "person.thomas_hip_angle", "person.thomas_pelvis_controlled", "person.hip_extension",
    "pain.onset_age_years", "pain.duration_weeks", "pain.leg_pain",
    "pain.leg_worse_than_back", "signs.numb_front_inner_thigh", "signs.numb_outer_thigh",
    "signs.worse_long_standing", "signs.worse_long_strides", "signs.eased_by_sitting", "signs.eased_by_movement",
    "signs.eased_by_rest", "signs.wakes_second_half_of_night", "causes.sitting_h_per_day", "causes.activity_min_per_week",
    "movement_tests.hip_extension_stretch", "movement_tests.prone_knee_bend_thigh_pain", "movement_tests.sij_distraction",
    "movement_tests.sij_compression", "movement_tests.sij_thigh_thrust", "movement_tests.sij_gaenslen",
    "movement_tests.sij_sacral_thrust", "muscle_tests.resisted_hip_flexion", "muscle_tests.psoas_palpation",
    "muscle_tests.knee_reflex", "muscle_tests.knee_extension_weak", "muscle_tests.retest_before_0_10",
    "muscle_tests.retest_then_0_10",
    "derived.leg_pain", "derived.groin_pain", "derived.buttock_pain", "derived.front_thigh", "derived.outer_thigh", "derived.below_knee_worse",
    "derived.medial_thigh_worst", "derived.midback_pain", "derived.midback_only", "derived.interscapular_main",
    "derived.low_back_pain", "derived.triad_of_3", "derived.triad_of_2", "derived.hip_extension_deficit",
    "derived.hip_extension_asymmetry_deg", "derived.thomas_shorter_deg", "derived.retest_drop", "derived.sits_and_inactive",
    "derived.female_or_inactive", "derived.eased_flexed", "derived.not_eased_by_sitting", "derived.sij_cluster",
    "derived.reflex_and_knee_bend", "derived.femoral_deficit", "derived.inflammatory_pattern", "derived.young_and_long"};

// regions of the body chart that are used below
static const char *const REGION[] = {"groin", "front_hip", "buttock", "front_thigh", "inner_thigh", "outer_thigh", "back_thigh",
                                     "knee", "shin", "calf", "foot", "heel", "between_shoulder_blades", "mid_back", "low_back",
                                     "sacrum", "flank"};

const char *clinic_derive_missing(const clinic_fields *fields) {
  for (size_t i = 0; i < sizeof NAME/sizeof *NAME; i++)
    if (clinic_field_find(fields, NAME[i]) < 0) return NAME[i];
  for (size_t i = 0; i < sizeof REGION/sizeof *REGION; i++)
    if (clinic_region_find(fields, REGION[i]) < 0) return REGION[i];
  return NULL;
}

static int field_of(const clinic_exam *exam, const char *name) {
  const int i = clinic_field_find(exam->fields, name);
  PS_ASSERT(i >= 0);
  return i;
}

static const clinic_value *value_of(const clinic_exam *exam, const char *name, int side) {
  return &exam->value[field_of(exam, name)][side];
}

static clinic_presence answer_on(const clinic_exam *exam, const char *name, int side) {
  const clinic_value *v = value_of(exam, name, side);
  if (!v->has) return CLINIC_MISSING;
  return v->choice == CLINIC_YES ? CLINIC_PRESENT : v->choice == CLINIC_NO ? CLINIC_ABSENT : CLINIC_MISSING;
}
static clinic_presence answer(const clinic_exam *exam, const char *name) { return answer_on(exam, name, 0); }

// is the word chosen, or one that stands behind it in the list?
static clinic_presence at_least(const clinic_exam *exam, const char *name, int side, int word) {
  const clinic_value *v = value_of(exam, name, side);
  return v->has ? whether(v->choice >= word) : CLINIC_MISSING;
}

static void put_answer(clinic_exam *exam, const char *name, clinic_presence p) {
  exam->value[field_of(exam, name)][0] =
      (clinic_value){.has = p != CLINIC_MISSING, .choice = p == CLINIC_PRESENT ? CLINIC_YES : p == CLINIC_ABSENT ? CLINIC_NO : 0,
                     .text = ""};
}

static void put_number(clinic_exam *exam, const char *name, bool has, double x) {
  exam->value[field_of(exam, name)][0] =
      (clinic_value){.has = has, .number = has ? x : 0.0, .nrepeat = has ? 1 : 0, .repeat = {has ? x : 0.0}, .text = ""};
}

// ---- the pain map --------------------------------------------------------------------------------------------------

// the worst intensity in a region, on either side; -1 when it does not hurt
static double intensity(const clinic_exam *exam, const char *region) {
  const int r = clinic_region_find(exam->fields, region);
  PS_ASSERT(r >= 0);
  double worst = -1.0;
  for (int i = 0; i < exam->npain; i++)
    if (exam->pain[i].region == r) worst = fmax(worst, exam->pain[i].intensity);
  return worst;
}

// numb, burning or tingling there
static bool feels_strange(const clinic_exam *exam, const char *region) {
  const int r = clinic_region_find(exam->fields, region);
  for (int i = 0; i < exam->npain; i++)
    for (int q = 0; exam->pain[i].region == r && CLINIC_QUALITY[q]; q++)
      if ((exam->pain[i].quality >> q & 1u) && (strcmp(CLINIC_QUALITY[q], "burning") == 0 || strcmp(CLINIC_QUALITY[q], "numb") == 0 ||
                                                strcmp(CLINIC_QUALITY[q], "pins_and_needles") == 0))
        return true;
  return false;
}

static bool hurts(const clinic_exam *exam, const char *region) { return intensity(exam, region) > 0.0; }

// missing without a map; else whether one of the regions hurts
static clinic_presence mapped(const clinic_exam *exam, const char *a, const char *b) {
  if (!exam->has_pain_map) return CLINIC_MISSING;
  return whether(hurts(exam, a) || (b && hurts(exam, b)));
}

static clinic_presence is_worst(const clinic_exam *exam, const char *region) {
  if (!exam->has_pain_map) return CLINIC_MISSING;
  const double here = intensity(exam, region);
  for (int i = 0; i < exam->npain; i++)
    if (exam->pain[i].intensity > here) return CLINIC_ABSENT;
  return whether(here > 0.0);
}

static bool leg_hurts_below_knee(const clinic_exam *exam) {
  return hurts(exam, "shin") || hurts(exam, "calf") || hurts(exam, "foot") || hurts(exam, "heel");
}
static bool thigh_hurts(const clinic_exam *exam) {
  return hurts(exam, "front_thigh") || hurts(exam, "inner_thigh") || hurts(exam, "outer_thigh") || hurts(exam, "back_thigh") ||
         hurts(exam, "knee");
}

static void derive_leg_pain(clinic_exam *exam) {
  enum { NONE, ABOVE_KNEE, BELOW_KNEE };
  const clinic_value *said = value_of(exam, "pain.leg_pain", 0);
  clinic_value *out = &exam->value[field_of(exam, "derived.leg_pain")][0];
  *out = (clinic_value){.has = said->has || exam->has_pain_map, .text = ""};
  if (said->has) out->choice = said->choice;
  else out->choice = leg_hurts_below_knee(exam) ? BELOW_KNEE : thigh_hurts(exam) ? ABOVE_KNEE : NONE;
  const bool is_below = out->has && out->choice == BELOW_KNEE;
  put_answer(exam, "derived.below_knee_worse", is_below ? answer(exam, "pain.leg_worse_than_back") : CLINIC_MISSING);
}

static void derive_map(clinic_exam *exam) {
  const clinic_presence midback = mapped(exam, "between_shoulder_blades", "mid_back");
  const clinic_presence lowback = either(mapped(exam, "low_back", "sacrum"), mapped(exam, "buttock", NULL));
  const clinic_presence hip = either(mapped(exam, "groin", "front_hip"), mapped(exam, "flank", NULL));
  const clinic_presence leg = exam->has_pain_map ? whether(thigh_hurts(exam) || leg_hurts_below_knee(exam)) : CLINIC_MISSING;
  derive_leg_pain(exam);
  put_answer(exam, "derived.groin_pain", mapped(exam, "groin", "front_hip"));
  put_answer(exam, "derived.buttock_pain", mapped(exam, "buttock", NULL));
  put_answer(exam, "derived.front_thigh", either(mapped(exam, "front_thigh", "inner_thigh"), answer(exam, "signs.numb_front_inner_thigh")));
  const clinic_presence strange = exam->has_pain_map ? whether(feels_strange(exam, "outer_thigh")) : CLINIC_MISSING;
  put_answer(exam, "derived.outer_thigh", either(strange, answer(exam, "signs.numb_outer_thigh")));
  put_answer(exam, "derived.medial_thigh_worst", is_worst(exam, "inner_thigh"));
  put_answer(exam, "derived.midback_pain", midback);
  put_answer(exam, "derived.midback_only", both(midback, opposite(either(lowback, either(hip, leg)))));
  put_answer(exam, "derived.interscapular_main", is_worst(exam, "between_shoulder_blades"));
  put_answer(exam, "derived.low_back_pain", lowback);
}

// ---- length of the hip flexors -------------------------------------------------------------------------------------

// the norm of this person's age and sex; NULL when there is none or the person's age or sex is not known
static const clinic_norm *norm_of(const clinic_exam *exam, const char *measure) {
  const clinic_value *age = value_of(exam, "person.age_years", 0), *sex = value_of(exam, "person.sex", 0);
  if (!age->has || !sex->has) return NULL;
  const int whole_years = (int)age->number;
  for (int i = 0; i < exam->fields->nnorm; i++) {
    const clinic_norm *n = &exam->fields->norm[i];
    const bool is_sex = n->sex == 'X' || n->sex == (sex->choice == 1 ? 'F' : 'M');
    if (is_sex && whole_years >= n->age_lo && whole_years <= n->age_hi && strcmp(n->measure, measure) == 0) return n;
  }
  return NULL;
}

static bool controlled_thomas(const clinic_exam *exam, int side, double *deg) {
  const clinic_value *v = value_of(exam, "person.thomas_hip_angle", side);
  *deg = v->number;
  return v->has && answer_on(exam, "person.thomas_pelvis_controlled", side) == CLINIC_PRESENT;
}

// at least 1 SD shorter than the mean: of the Thomas angle above it, of extension below it
static clinic_presence is_short(const clinic_exam *exam, int side) {
  const clinic_norm *thomas = norm_of(exam, "thomas_thigh_angle_pelvis_controlled");
  const clinic_norm *passive = norm_of(exam, "hip_extension_passive");
  const clinic_value *extension = value_of(exam, "person.hip_extension", side);
  double deg = 0.0;
  if (controlled_thomas(exam, side, &deg)) return thomas ? whether(deg >= thomas->mean + thomas->sd) : CLINIC_MISSING;
  if (!extension->has || !passive) return CLINIC_MISSING;
  const clinic_field *f = &exam->fields->field[field_of(exam, "person.hip_extension")];
  if (strcmp(f->choice[extension->choice], "prone_goniometer") != 0) return CLINIC_MISSING;
  return whether(extension->number <= passive->mean - passive->sd);
}

static void derive_length(clinic_exam *exam) {
  double right = 0.0, left = 0.0;
  const bool has_right = controlled_thomas(exam, CLINIC_RIGHT, &right), has_left = controlled_thomas(exam, CLINIC_LEFT, &left);
  const clinic_value *r = value_of(exam, "person.hip_extension", CLINIC_RIGHT), *l = value_of(exam, "person.hip_extension", CLINIC_LEFT);
  const bool has_extension = r->has && l->has && r->choice == l->choice;
  put_answer(exam, "derived.hip_extension_deficit", either(is_short(exam, CLINIC_RIGHT), is_short(exam, CLINIC_LEFT)));
  put_number(exam, "derived.hip_extension_asymmetry_deg", (has_right && has_left) || has_extension,
             has_right && has_left ? fabs(right - left) : fabs(r->number - l->number));
  put_number(exam, "derived.thomas_shorter_deg", has_right || has_left,
             has_right && has_left ? fmax(right, left) : has_right ? right : left);
}

// ---- tests that count together -------------------------------------------------------------------------------------

enum { FAMILIAR_PAIN = 2 };  // of none, other_pain or tender, familiar_pain

static void derive_triad(clinic_exam *exam) {
  int of_3 = -1, of_2 = -1;
  bool is_palpated = false;
  for (int side = 0; side < 2; side++) {
    const clinic_value *flexion = value_of(exam, "muscle_tests.resisted_hip_flexion", side);
    const clinic_value *stretch = value_of(exam, "movement_tests.hip_extension_stretch", side);
    const clinic_value *palpation = value_of(exam, "muscle_tests.psoas_palpation", side);
    if (!flexion->has || !stretch->has) continue;
    const int two = (flexion->choice == FAMILIAR_PAIN) + (stretch->choice == FAMILIAR_PAIN);
    const int three = two + (palpation->choice == FAMILIAR_PAIN);
    if (palpation->has && three > of_3) of_3 = three;
    if (two > of_2) of_2 = two;
    is_palpated |= palpation->has;
  }
  put_number(exam, "derived.triad_of_3", of_3 >= 0, of_3);
  put_number(exam, "derived.triad_of_2", of_2 >= 0 && !is_palpated, of_2);
}

static void derive_sij(clinic_exam *exam) {
  static const char *const test[] = {"movement_tests.sij_distraction", "movement_tests.sij_compression",
                                     "movement_tests.sij_thigh_thrust", "movement_tests.sij_gaenslen",
                                     "movement_tests.sij_sacral_thrust"};
  int npositive = 0, nopen = 0;
  for (int i = 0; i < 5; i++) {
    const clinic_presence p = answer(exam, test[i]);
    npositive += p == CLINIC_PRESENT;
    nopen += p == CLINIC_MISSING;
  }
  put_answer(exam, "derived.sij_cluster", npositive >= 3 ? CLINIC_PRESENT : npositive + nopen < 3 ? CLINIC_ABSENT : CLINIC_MISSING);
}

static void derive_retest(clinic_exam *exam) {
  const clinic_value *before = value_of(exam, "muscle_tests.retest_before_0_10", 0);
  const clinic_value *then = value_of(exam, "muscle_tests.retest_then_0_10", 0);
  // from less than 2 it cannot fall by 2
  put_number(exam, "derived.retest_drop", before->has && then->has && before->number >= 2.0, before->number - then->number);
}

static void derive_nerves(clinic_exam *exam) {
  clinic_presence bend_and_reflex = CLINIC_ABSENT, weak = CLINIC_ABSENT;
  for (int side = 0; side < 2; side++) {
    const clinic_presence reflex = at_least(exam, "muscle_tests.knee_reflex", side, 1);
    bend_and_reflex = either(bend_and_reflex, both(answer_on(exam, "movement_tests.prone_knee_bend_thigh_pain", side), reflex));
    weak = either(weak, either(reflex, answer_on(exam, "muscle_tests.knee_extension_weak", side)));
  }
  put_answer(exam, "derived.reflex_and_knee_bend", bend_and_reflex);
  put_answer(exam, "derived.femoral_deficit", both(answer(exam, "signs.numb_front_inner_thigh"), weak));
}

// ---- habits and course ---------------------------------------------------------------------------------------------

static clinic_presence compared(const clinic_exam *exam, const char *name, double limit, bool is_above) {
  const clinic_value *v = value_of(exam, name, 0);
  if (!v->has) return CLINIC_MISSING;
  return whether(is_above ? v->number > limit : v->number < limit);
}

static void derive_habits(clinic_exam *exam) {
  const clinic_presence inactive = compared(exam, "causes.activity_min_per_week", 150.0, false);
  put_answer(exam, "derived.sits_and_inactive", both(compared(exam, "causes.sitting_h_per_day", 7.0, true), inactive));
  put_answer(exam, "derived.female_or_inactive", either(at_least(exam, "person.sex", 0, 1), inactive));
  const clinic_presence loaded = either(answer(exam, "signs.worse_long_standing"), answer(exam, "signs.worse_long_strides"));
  put_answer(exam, "derived.eased_flexed", both(loaded, answer(exam, "signs.eased_by_sitting")));
  put_answer(exam, "derived.not_eased_by_sitting", opposite(answer(exam, "signs.eased_by_sitting")));
}

static void derive_course(clinic_exam *exam) {
  const clinic_presence is_young = compared(exam, "pain.onset_age_years", 45.0, false);
  const clinic_presence is_long = compared(exam, "pain.duration_weeks", 12.0, true);
  const clinic_presence young_and_long = both(is_young, is_long);
  const clinic_presence moving = both(answer(exam, "signs.eased_by_movement"), opposite(answer(exam, "signs.eased_by_rest")));
  put_answer(exam, "derived.young_and_long", young_and_long);
  put_answer(exam, "derived.inflammatory_pattern",
             both(young_and_long, both(moving, answer(exam, "signs.wakes_second_half_of_night"))));
}

void clinic_exam_derive(clinic_exam *exam) {
  derive_map(exam);
  derive_length(exam);
  derive_triad(exam);
  derive_sij(exam);
  derive_retest(exam);
  derive_nerves(exam);
  derive_habits(exam);
  derive_course(exam);
}
