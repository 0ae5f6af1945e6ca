/* Fields that follow from others: each definition at its border, each missing part. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "support/check.h"
#include "support/exam.h"

static files_clinical *clinical;

static int load_tables(void **state) {
  (void)state;
  clinical = exam_tables();
  return 0;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

// -1 missing, 0 no, 1 yes
static int answer_of(clinic_exam *e, const char *name) {
  clinic_exam_derive(e);
  const clinic_value *v = exam_value(e, name, 0);
  return v->has ? v->choice == CLINIC_YES : -1;
}
// -99 missing
static double number_of(clinic_exam *e, const char *name) {
  clinic_exam_derive(e);
  const clinic_value *v = exam_value(e, name, 0);
  return v->has ? v->number : -99.0;
}

static void nothing_recorded_leaves_all_missing(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  clinic_exam_derive(&e);
  for (int i = 0; i < e.fields->nfield; i++)
    for (int side = 0; side < 2; side++) assert_false(e.value[i][side].has);
  assert_null(clinic_derive_missing(e.fields));
}

static void a_missing_name_is_told(void **state) {
  (void)state;
  clinic_fields *f = malloc(sizeof *f);
  assert_non_null(f);
  *f = files_clinical_evidence(clinical)->fields;
  f->field[clinic_field_find(f, "derived.sij_cluster")].key = "sij_clutter";
  assert_string_equal(clinic_derive_missing(f), "derived.sij_cluster");
  *f = files_clinical_evidence(clinical)->fields;
  f->region[clinic_region_find(f, "groin")].id = "grain";
  assert_string_equal(clinic_derive_missing(f), "groin");
  free(f);
}

static void the_pain_map_says_where(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_pain(&e, "between_shoulder_blades", 6.0);
  assert_int_equal(answer_of(&e, "derived.midback_pain"), 1);
  assert_int_equal(answer_of(&e, "derived.midback_only"), 1);
  assert_int_equal(answer_of(&e, "derived.interscapular_main"), 1);
  assert_int_equal(answer_of(&e, "derived.low_back_pain"), 0);
  assert_int_equal(answer_of(&e, "derived.groin_pain"), 0);
  assert_int_equal(exam_value(&e, "derived.leg_pain", 0)->choice, 0);
  exam_pain(&e, "low_back", 6.0);   // as bad: both are the worst
  assert_int_equal(answer_of(&e, "derived.midback_only"), 0);
  assert_int_equal(answer_of(&e, "derived.interscapular_main"), 1);
  exam_pain(&e, "inner_thigh", 6.5);
  assert_int_equal(answer_of(&e, "derived.interscapular_main"), 0);
  assert_int_equal(answer_of(&e, "derived.medial_thigh_worst"), 1);
  assert_int_equal(answer_of(&e, "derived.front_thigh"), 1);
  assert_int_equal(exam_value(&e, "derived.leg_pain", 0)->choice, 1);
  exam_pain(&e, "calf", 0.5);
  clinic_exam_derive(&e);
  assert_int_equal(exam_value(&e, "derived.leg_pain", 0)->choice, 2);
  exam_word(&e, "pain.leg_pain", 0, "none");   // what was said goes before what was drawn
  clinic_exam_derive(&e);
  assert_int_equal(exam_value(&e, "derived.leg_pain", 0)->choice, 0);
}

static void an_empty_map_is_a_map(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  e.has_pain_map = true;
  assert_int_equal(answer_of(&e, "derived.groin_pain"), 0);
  assert_int_equal(answer_of(&e, "derived.interscapular_main"), 0);
  assert_int_equal(answer_of(&e, "derived.midback_only"), 0);
}

static void what_the_starting_value_knows_is_no_finding(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_answer(&e, "pain.leg_worse_than_back", 0, CLINIC_NO);
  exam_word(&e, "pain.leg_pain", 0, "above_knee");
  assert_int_equal(answer_of(&e, "derived.below_knee_worse"), -1);
  exam_word(&e, "pain.leg_pain", 0, "below_knee");
  assert_int_equal(answer_of(&e, "derived.below_knee_worse"), 0);
  exam_pain(&e, "outer_thigh", 4.0);    // it aches: not the numb patch
  assert_int_equal(answer_of(&e, "derived.outer_thigh"), -1);
  exam_answer(&e, "signs.numb_outer_thigh", 0, CLINIC_NO);
  assert_int_equal(answer_of(&e, "derived.outer_thigh"), 0);
  e.pain[0].quality = 1u << 4;          // numb
  assert_int_equal(answer_of(&e, "derived.outer_thigh"), 1);
}

static void numbness_counts_without_a_map(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_answer(&e, "signs.numb_outer_thigh", 0, CLINIC_YES);
  exam_answer(&e, "signs.numb_front_inner_thigh", 0, CLINIC_NO);
  assert_int_equal(answer_of(&e, "derived.outer_thigh"), 1);
  assert_int_equal(answer_of(&e, "derived.front_thigh"), -1);   // the map may still say yes
}

static void length_needs_a_held_pelvis_and_a_norm(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_person(&e, "female", 38.0);
  exam_thomas(&e, -3.1, -12.0);   // the norm's 1 SD lies at 3 deg below the horizontal
  assert_int_equal(answer_of(&e, "derived.hip_extension_deficit"), 0);
  assert_close(number_of(&e, "derived.hip_extension_asymmetry_deg"), 8.9, 0.0, 1e-12);
  assert_close(number_of(&e, "derived.thomas_shorter_deg"), -3.1, 0.0, 0.0);
  exam_thomas(&e, -3.0, -12.0);
  assert_int_equal(answer_of(&e, "derived.hip_extension_deficit"), 1);
  exam_answer(&e, "person.thomas_pelvis_controlled", CLINIC_RIGHT, CLINIC_NO);
  assert_int_equal(answer_of(&e, "derived.hip_extension_deficit"), -1);
  assert_close(number_of(&e, "derived.hip_extension_asymmetry_deg"), -99.0, 0.0, 0.0);
  assert_close(number_of(&e, "derived.thomas_shorter_deg"), -12.0, 0.0, 0.0);
  exam_answer(&e, "person.thomas_pelvis_controlled", CLINIC_RIGHT, CLINIC_YES);
  exam_person(&e, "female", 71.0);   // no norm of that age
  assert_int_equal(answer_of(&e, "derived.hip_extension_deficit"), -1);
}

static void passive_extension_stands_in(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_person(&e, "male", 50.0);      // mean 13.5, SD 6
  exam_word(&e, "person.hip_extension", EXAM_BOTH, "prone_goniometer");
  const int method = exam_value(&e, "person.hip_extension", 0)->choice;
  exam_number(&e, "person.hip_extension", CLINIC_RIGHT, 7.5);
  exam_number(&e, "person.hip_extension", CLINIC_LEFT, 16.0);
  const int f = clinic_field_find(e.fields, "person.hip_extension");
  e.value[f][0].choice = e.value[f][1].choice = method;
  assert_int_equal(answer_of(&e, "derived.hip_extension_deficit"), 1);
  assert_close(number_of(&e, "derived.hip_extension_asymmetry_deg"), 8.5, 0.0, 1e-12);
  e.value[f][0].number = 7.6;
  assert_int_equal(answer_of(&e, "derived.hip_extension_deficit"), 0);
  e.value[f][1].choice = method + 1;   // two methods are never compared; only the goniometer has a norm
  assert_close(number_of(&e, "derived.hip_extension_asymmetry_deg"), -99.0, 0.0, 0.0);
  assert_int_equal(answer_of(&e, "derived.hip_extension_deficit"), -1);
}

static void the_triad_counts_on_one_side(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_word(&e, "muscle_tests.resisted_hip_flexion", CLINIC_LEFT, "familiar_pain");
  assert_close(number_of(&e, "derived.triad_of_2"), -99.0, 0.0, 0.0);   // one alone is nothing
  exam_word(&e, "movement_tests.hip_extension_stretch", CLINIC_RIGHT, "familiar_pain");
  assert_close(number_of(&e, "derived.triad_of_2"), -99.0, 0.0, 0.0);   // on the other side
  exam_word(&e, "movement_tests.hip_extension_stretch", CLINIC_LEFT, "other_pain");
  assert_close(number_of(&e, "derived.triad_of_2"), 1.0, 0.0, 0.0);
  exam_word(&e, "muscle_tests.psoas_palpation", CLINIC_LEFT, "tender");  // tender is not the familiar pain
  assert_close(number_of(&e, "derived.triad_of_3"), 1.0, 0.0, 0.0);
  assert_close(number_of(&e, "derived.triad_of_2"), -99.0, 0.0, 0.0);
  exam_word(&e, "muscle_tests.resisted_hip_flexion", CLINIC_RIGHT, "familiar_pain");
  exam_word(&e, "muscle_tests.psoas_palpation", CLINIC_RIGHT, "familiar_pain");
  assert_close(number_of(&e, "derived.triad_of_3"), 3.0, 0.0, 0.0);
}

static void sacroiliac_tests_decide_when_three_are_reached_or_out_of_reach(void **state) {
  (void)state;
  static const char *const test[] = {"movement_tests.sij_distraction", "movement_tests.sij_compression", "movement_tests.sij_thigh_thrust",
                                     "movement_tests.sij_gaenslen", "movement_tests.sij_sacral_thrust"};
  // every combination of no, not sure, yes: counted a second time here
  for (int code = 0; code < 243; code++) {
    clinic_exam e = exam_empty(clinical);
    int yes = 0, open = 0;
    for (int i = 0, c = code; i < 5; i++, c /= 3) {
      exam_answer(&e, test[i], 0, c % 3 == 0 ? CLINIC_NO : c % 3 == 1 ? CLINIC_NOT_SURE : CLINIC_YES);
      yes += c % 3 == 2;
      open += c % 3 == 1;
    }
    assert_int_equal(answer_of(&e, "derived.sij_cluster"), yes >= 3 ? 1 : yes + open < 3 ? 0 : -1);
  }
}

static void a_retest_needs_something_to_fall(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_number(&e, "muscle_tests.retest_before_0_10", 0, 1.0);
  exam_number(&e, "muscle_tests.retest_then_0_10", 0, 0.0);
  assert_close(number_of(&e, "derived.retest_drop"), -99.0, 0.0, 0.0);
  exam_number(&e, "muscle_tests.retest_before_0_10", 0, 6.0);
  exam_number(&e, "muscle_tests.retest_then_0_10", 0, 7.0);
  assert_close(number_of(&e, "derived.retest_drop"), -1.0, 0.0, 0.0);
}

static void nerve_signs_belong_to_one_side(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_answer(&e, "movement_tests.prone_knee_bend_thigh_pain", EXAM_BOTH, CLINIC_NO);
  exam_answer(&e, "movement_tests.prone_knee_bend_thigh_pain", CLINIC_LEFT, CLINIC_YES);
  exam_word(&e, "muscle_tests.knee_reflex", CLINIC_RIGHT, "absent");
  assert_int_equal(answer_of(&e, "derived.reflex_and_knee_bend"), -1);   // the left reflex was not tested
  exam_word(&e, "muscle_tests.knee_reflex", CLINIC_LEFT, "normal");
  assert_int_equal(answer_of(&e, "derived.reflex_and_knee_bend"), 0);
  exam_word(&e, "muscle_tests.knee_reflex", CLINIC_LEFT, "reduced");
  assert_int_equal(answer_of(&e, "derived.reflex_and_knee_bend"), 1);
  assert_int_equal(answer_of(&e, "derived.femoral_deficit"), -1);
  exam_answer(&e, "signs.numb_front_inner_thigh", 0, CLINIC_YES);
  assert_int_equal(answer_of(&e, "derived.femoral_deficit"), 1);
}

static void habits_at_their_borders(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_number(&e, "causes.sitting_h_per_day", 0, 7.0);    // more than 7
  assert_int_equal(answer_of(&e, "derived.sits_and_inactive"), 0);
  exam_number(&e, "causes.sitting_h_per_day", 0, 7.5);
  assert_int_equal(answer_of(&e, "derived.sits_and_inactive"), -1);
  exam_number(&e, "causes.activity_min_per_week", 0, 150.0);  // less than 150
  assert_int_equal(answer_of(&e, "derived.sits_and_inactive"), 0);
  exam_number(&e, "causes.activity_min_per_week", 0, 149.0);
  assert_int_equal(answer_of(&e, "derived.sits_and_inactive"), 1);
  exam_person(&e, "male", 30.0);
  assert_int_equal(answer_of(&e, "derived.female_or_inactive"), 1);
  exam_number(&e, "causes.activity_min_per_week", 0, 200.0);
  assert_int_equal(answer_of(&e, "derived.female_or_inactive"), 0);
  exam_answer(&e, "signs.worse_long_strides", 0, CLINIC_YES);
  exam_answer(&e, "signs.eased_by_sitting", 0, CLINIC_NOT_SURE);
  assert_int_equal(answer_of(&e, "derived.eased_flexed"), -1);
  assert_int_equal(answer_of(&e, "derived.not_eased_by_sitting"), -1);
  exam_answer(&e, "signs.eased_by_sitting", 0, CLINIC_YES);
  assert_int_equal(answer_of(&e, "derived.eased_flexed"), 1);
  assert_int_equal(answer_of(&e, "derived.not_eased_by_sitting"), 0);
}

static void the_inflammatory_pattern_needs_all_five(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_number(&e, "pain.onset_age_years", 0, 44.0);
  exam_number(&e, "pain.duration_weeks", 0, 12.5);
  exam_answer(&e, "signs.eased_by_movement", 0, CLINIC_YES);
  exam_answer(&e, "signs.eased_by_rest", 0, CLINIC_NO);
  assert_int_equal(answer_of(&e, "derived.young_and_long"), 1);
  assert_int_equal(answer_of(&e, "derived.inflammatory_pattern"), -1);
  exam_answer(&e, "signs.wakes_second_half_of_night", 0, CLINIC_YES);
  assert_int_equal(answer_of(&e, "derived.inflammatory_pattern"), 1);
  exam_answer(&e, "signs.eased_by_rest", 0, CLINIC_YES);
  assert_int_equal(answer_of(&e, "derived.inflammatory_pattern"), 0);
  exam_number(&e, "pain.onset_age_years", 0, 45.0);
  assert_int_equal(answer_of(&e, "derived.young_and_long"), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_recorded_leaves_all_missing),
      cmocka_unit_test(a_missing_name_is_told),
      cmocka_unit_test(the_pain_map_says_where),
      cmocka_unit_test(an_empty_map_is_a_map),
      cmocka_unit_test(what_the_starting_value_knows_is_no_finding),
      cmocka_unit_test(numbness_counts_without_a_map),
      cmocka_unit_test(length_needs_a_held_pelvis_and_a_norm),
      cmocka_unit_test(passive_extension_stands_in),
      cmocka_unit_test(the_triad_counts_on_one_side),
      cmocka_unit_test(sacroiliac_tests_decide_when_three_are_reached_or_out_of_reach),
      cmocka_unit_test(a_retest_needs_something_to_fall),
      cmocka_unit_test(nerve_signs_belong_to_one_side),
      cmocka_unit_test(habits_at_their_borders),
      cmocka_unit_test(the_inflammatory_pattern_needs_all_five),
  };
  return cmocka_run_group_tests(tests, load_tables, free_tables);
}
