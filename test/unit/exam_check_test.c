/* What an exam lacks and where it contradicts itself: each remark appears when it should and disappears when it is dealt with.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/exam/exam_check.h"

#include <string.h>

#include "app/files/files_exam.h"
#include "support/check.h"

#define BODY "\"sex\":\"male\",\"age_years\":44,\"height_m\":1.74,\"mass_kg\":70"
// an exam that lacks nothing
#define MAP "\"map\":[{\"region\":\"low_back\",\"intensity_0_10\":4}]"
#define LEFT_HIP "\"hip_internal_rotation_reduced_left\":\"no\",\"fadir_pain_left\":\"no\",\"hip_adduction_reduced_left\":\"no\",\"hip_extension_stretch_left\":\"none\""
#define RIGHT_HIP "\"hip_internal_rotation_reduced_right\":\"no\",\"fadir_pain_right\":\"no\",\"hip_adduction_reduced_right\":\"no\",\"hip_extension_stretch_right\":\"none\""
#define MOVES LEFT_HIP "," RIGHT_HIP
#define FLEX "\"resisted_hip_flexion_left\":\"none\",\"resisted_hip_flexion_right\":\"none\""

static files_clinical *clinical;
static clinic_remark remark[CLINIC_REMARK_MAX];
static int nremark;

static int load_tables(void **state) {
  (void)state;
  return files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

static void check(const char *sections) {
  static files_exam e;
  char text[2048];
  ps_error err;
  snprintf(text, sizeof text, "{" BODY "%s%s}", *sections ? "," : "", sections);
  if (files_exam_parse("e.json", text, strlen(text), &(files_exam_tables){clinical, NULL}, &e, &err) != PS_OK)
    fail_msg("%s: %s", text, err.msg);
  nremark = clinic_exam_check(files_clinical_safety(clinical), &e.exam, &e.screen, &e.overruled, remark);
  files_exam_close(&e);
}

static void says(int n, clinic_remark_kind kind, int side, const char *word) {
  for (int i = 0; i < nremark; i++)
    if (remark[i].kind == kind && remark[i].side == side && strstr(remark[i].text, word)) n--;
  if (n != 0) fail_msg("\"%s\" was said %d times too %s", word, n > 0 ? n : -n, n > 0 ? "seldom" : "often");
}

static void an_empty_exam_lacks_what_every_exam_needs(void **state) {
  (void)state;
  check("");
  assert_int_equal(nremark, 6);
  static const char *const word[] = {"pain map", "rotation inwards", "FADIR", "adduction", "resisted hip flexion", "the stretch"};
  for (int i = 0; i < 6; i++) says(1, CLINIC_REMARK_MISSING, -1, word[i]);
  check("\"pain\":{" MAP "},\"movement_tests\":{" MOVES "},\"muscle_tests\":{" FLEX "}");
  assert_int_equal(nremark, 0);
}

static void midback_pain_asks_for_the_organs(void **state) {
  (void)state;
#define MID "\"pain\":{\"map\":[{\"region\":\"between_shoulder_blades\",\"intensity_0_10\":6}]},\"muscle_tests\":{" FLEX "},"
  check(MID "\"movement_tests\":{" MOVES "}");
  says(1, CLINIC_REMARK_MISSING, -1, "RF23");
  says(1, CLINIC_REMARK_MISSING, -1, "RF22");
  says(1, CLINIC_REMARK_MISSING, -1, "changes with movement");
  assert_int_equal(nremark, 3);
#define ASKED "\"safety\":{\"answers\":{\"RF22\":\"no\",\"RF23\":\"no\"}},"
  check(MID ASKED "\"movement_tests\":{\"midback_pain_changes\":\"yes\"," MOVES "}");
  assert_int_equal(nremark, 0);
  check(MID ASKED "\"movement_tests\":{\"midback_pain_changes\":\"no\"," MOVES "}");
  says(1, CLINIC_REMARK_REPEAT, -1, "RF18, RF20, RF22, RF23");
  assert_int_equal(nremark, 1);
}

// findings that belong to a safety question: said until the question says so too
static void findings_ask_their_safety_question_again(void **state) {
  (void)state;
  static const struct { const char *found, *flag; } row[] = {
      {"\"signs\":{\"both_legs\":\"yes\"}", "RF05"},
      {"\"signs\":{\"numb_front_inner_thigh\":\"yes\"},\"muscle_tests\":{\"knee_extension_weak_left\":\"yes\"}", "RF06"},
      {"\"pain\":{\"onset_age_years\":30,\"duration_weeks\":60},\"signs\":{\"eased_by_movement\":\"yes\",\"eased_by_rest\":\"no\","
       "\"wakes_second_half_of_night\":\"yes\"}", "RF26"}};
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++) {
      static const char *const answer[] = {"not_asked", "no", "yes"};
      char text[700];
      snprintf(text, sizeof text, "%s,\"safety\":{\"answers\":{\"%s\":\"%s\"}}", row[i].found, row[i].flag, answer[k]);
      check(text);
      says(k < 2, CLINIC_REMARK_REPEAT, -1, row[i].flag);
    }
}

static void an_age_without_a_norm_is_said(void **state) {
  (void)state;
  static files_exam e;
  for (int i = 0; i < 2; i++) {
    static const char *const age[] = {"60", "68"};
    char text[512];
    snprintf(text, sizeof text, "{\"sex\":\"male\",\"age_years\":%s,\"height_m\":1.74,\"mass_kg\":70,"
             "\"thomas_left\":{\"hip_angle_deg\":3,\"knee_flexion_deg\":50,\"pelvis_controlled\":true},"
             "\"thomas_right\":{\"hip_angle_deg\":1,\"knee_flexion_deg\":50,\"pelvis_controlled\":true}}", age[i]);
    assert_ok(files_exam_parse("e.json", text, strlen(text), &(files_exam_tables){clinical, NULL}, &e, NULL));
    nremark = clinic_exam_check(files_clinical_safety(clinical), &e.exam, &e.screen, &e.overruled, remark);
    says(i, CLINIC_REMARK_REPEAT, -1, "no norm");
    files_exam_close(&e);
  }
}

static void one_side_is_named_and_an_angle_serves_as_well(void **state) {
  (void)state;
  check("\"pain\":{\"map\":[]},\"movement_tests\":{" LEFT_HIP ",\"hip_internal_rotation_right\":{\"deg\":30,\"method\":\"phone\"},"
        "\"hip_adduction_right\":{\"deg\":20,\"method\":\"phone\"}},\"muscle_tests\":{\"resisted_hip_flexion_right\":\"none\"}");
  assert_int_equal(nremark, 3);
  says(1, CLINIC_REMARK_MISSING, CLINIC_RIGHT, "FADIR");
  says(1, CLINIC_REMARK_MISSING, CLINIC_RIGHT, "the stretch");
  says(1, CLINIC_REMARK_MISSING, CLINIC_LEFT, "resisted hip flexion");
}

static void palpation_is_asked_of_trained_hands_with_consent_only(void **state) {
  (void)state;
  check("\"role\":{\"competencies\":[\"abdominal_palpation\"]},\"consent\":{\"abdominal_work\":\"yes\"}");
  says(1, CLINIC_REMARK_MISSING, -1, "palpation is missing");
  check("\"role\":{\"competencies\":[\"joint_tests\"]},\"consent\":{\"abdominal_work\":\"yes\"}");
  says(0, CLINIC_REMARK_MISSING, -1, "palpation is missing");
  check("\"role\":{\"competencies\":[\"abdominal_palpation\"]}");
  says(0, CLINIC_REMARK_MISSING, -1, "palpation is missing");
}

static void leg_symptoms_ask_for_more(void **state) {
  (void)state;
  static const char *const reason[] = {
      "\"pain\":{\"leg_pain\":\"above_knee\"}", "\"pain\":{\"leg_pain\":\"below_knee\"}", "\"signs\":{\"leg_symptoms_walking\":\"yes\"}",
      "\"pain\":{\"map\":[{\"region\":\"calf\",\"side\":\"left\",\"intensity_0_10\":2}]}"};
  for (int i = 0; i < 4; i++) {
    check(reason[i]);
    says(1, CLINIC_REMARK_MISSING, -1, "straight-leg raise");
    says(1, CLINIC_REMARK_MISSING, -1, "both legs");
    says(1, CLINIC_REMARK_MISSING, -1, "RF06");
  }
  static const char *const none[] = {"\"pain\":{\"leg_pain\":\"none\"}", "\"signs\":{\"leg_symptoms_walking\":\"no\"}",
                                     "\"pain\":{\"map\":[{\"region\":\"groin\",\"side\":\"left\",\"intensity_0_10\":2}]}"};
  for (int i = 0; i < 3; i++) {
    check(none[i]);
    says(0, CLINIC_REMARK_MISSING, -1, "leg symptoms");
  }
  static const char *const test[] = {"\"slr_leg_pain_left\":\"no\"", "\"slump_leg_pain_right\":\"no\"", "\"slr_left\":{\"deg\":70,\"method\":\"phone\"}"};
  for (int i = 0; i < 3; i++) {
    char text[512];
    snprintf(text, sizeof text, "\"pain\":{\"leg_pain\":\"below_knee\"},\"signs\":{\"both_legs\":\"no\"},"
             "\"safety\":{\"answers\":{\"RF06\":\"no\"}},\"movement_tests\":{%s}", test[i]);
    check(text);
    says(0, CLINIC_REMARK_MISSING, -1, "leg symptoms");
  }
}

static void a_test_without_the_pelvis_is_to_be_repeated(void **state) {
  (void)state;
  check("\"thomas_left\":{\"hip_angle_deg\":3,\"knee_flexion_deg\":55,\"pelvis_controlled\":false},"
        "\"thomas_right\":{\"hip_angle_deg\":3,\"knee_flexion_deg\":55,\"pelvis_controlled\":true}");
  says(1, CLINIC_REMARK_REPEAT, CLINIC_LEFT, "repeat it");
  says(0, CLINIC_REMARK_REPEAT, CLINIC_RIGHT, "repeat it");
}

typedef struct dispute { const char *sections; const char *word; int side; } dispute;

static void contradictions_are_named(void **state) {
  (void)state;
  static const dispute row[] = {
      {"\"pain\":{\"now_0_10\":7,\"worst_0_10\":6}", "pain now is above", -1},
      {"\"pain\":{\"usual_0_10\":7,\"worst_0_10\":6}", "usual pain is above", -1},
      {"\"pain\":{\"onset_age_years\":45}", "has not reached", -1},
      {"\"pain\":{\"leg_pain\":\"none\",\"leg_worse_than_back\":\"yes\"}", "leg is worse", -1},
      {"\"pain\":{\"leg_pain\":\"none\",\"map\":[{\"region\":\"foot\",\"side\":\"left\",\"intensity_0_10\":1}]}", "some below the knee", -1},
      {"\"pain\":{\"leg_pain\":\"above_knee\",\"map\":[{\"region\":\"shin\",\"side\":\"left\",\"intensity_0_10\":1}]}", "goes below it", -1},
      {"\"pain\":{\"leg_pain\":\"none\"},\"movement_tests\":{\"slr_leg_pain_left\":\"yes\"}", "nerve test", CLINIC_LEFT},
      {"\"pain\":{\"leg_pain\":\"none\"},\"movement_tests\":{\"slump_leg_pain_right\":\"yes\"}", "nerve test", CLINIC_RIGHT},
      {"\"signs\":{\"no_pain_seated\":\"yes\",\"worse_long_sitting\":\"yes\"}", "say which", -1},
      {"\"muscle_tests\":{\"retest_after\":\"stretch\"}", "both numbers are needed", -1},
      {"\"muscle_tests\":{\"retest_after\":\"stretch\",\"retest_before_0_10\":4}", "both numbers are needed", -1},
      {"\"muscle_tests\":{\"retest_then_0_10\":4}", "not what was done between", -1},
      {"\"consent\":{\"abdominal_work\":\"no\"},\"contraindications\":{\"CI19\":\"no\"}", "CI19", -1},
      {"\"role\":{\"competencies\":[\"none\"]},\"contraindications\":{\"CI23\":\"no\"}", "CI23", -1},
      {"\"consent\":{\"treatment\":\"yes\",\"withdrawn\":\"yes\"}", "taken back", -1},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    check(row[i].sections);
    says(1, CLINIC_REMARK_CONTRADICTION, row[i].side, row[i].word);
    for (int k = 0, n = 0; k < nremark; k++) {
      n += remark[k].kind == CLINIC_REMARK_CONTRADICTION;
      assert_true(n <= 1);
    }
  }
}

static void what_can_be_so_is_not_disputed(void **state) {
  (void)state;
  static const char *const row[] = {
      "\"pain\":{\"now_0_10\":6,\"usual_0_10\":6,\"worst_0_10\":6,\"onset_age_years\":44}",
      "\"pain\":{\"now_0_10\":6,\"usual_0_10\":7}",
      "\"signs\":{\"eased_by_rest\":\"yes\",\"eased_by_movement\":\"yes\"}",
      "\"signs\":{\"groin_pain_stairs_running\":\"yes\"},\"pain\":{\"map\":[]}",
      "\"signs\":{\"no_pain_seated\":\"not_sure\",\"worse_long_sitting\":\"yes\"}",
      "\"muscle_tests\":{\"retest_after\":\"stretch\",\"retest_before_0_10\":4,\"retest_then_0_10\":5}",
      "\"pain\":{\"leg_pain\":\"below_knee\",\"leg_worse_than_back\":\"yes\",\"map\":[{\"region\":\"foot\",\"side\":\"left\",\"intensity_0_10\":1}]}",
      "\"pain\":{\"leg_pain\":\"none\",\"map\":[{\"region\":\"foot\",\"side\":\"left\",\"intensity_0_10\":0}]}",
      "\"consent\":{\"abdominal_work\":\"no\"},\"contraindications\":{\"CI19\":\"yes\"}",
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    check(row[i]);
    for (int k = 0; k < nremark; k++)
      if (remark[k].kind == CLINIC_REMARK_CONTRADICTION) fail_msg("%s: %s", row[i], remark[k].text);
  }
}

static void sections_are_counted(void **state) {
  (void)state;
  static files_exam e;
  static const char text[] = "{" BODY ",\"exam_date\":\"2026-01-02\",\"pain\":{\"map\":[],\"onset\":\"sudden\"},"
                             "\"movement_tests\":{\"fadir_pain_left\":\"no\",\"fadir_pain_right\":\"not_asked\",\"faber_pain_right\":\"not_sure\"}}";
  assert_ok(files_exam_parse("e.json", text, sizeof text - 1, &(files_exam_tables){clinical, NULL}, &e, NULL));
  clinic_section s[CLINIC_SECTION_MAX];
  const int n = clinic_exam_sections(&e.exam, s);
  assert_int_equal(n, 11);
  int all = 0, recorded = 0, sides = 0;
  for (int i = 0; i < n; i++) {
    all += s[i].all;
    recorded += s[i].recorded;
    if (strcmp(s[i].name, "pain") == 0) assert_int_equal(s[i].recorded, 2);
    if (strcmp(s[i].name, "movement_tests") == 0) assert_int_equal(s[i].recorded, 2);
    if (strcmp(s[i].name, "person") == 0) assert_int_equal(s[i].recorded, 2);
    assert_true(strcmp(s[i].name, "derived") != 0);
  }
  for (int i = 0; i < e.exam.fields->nfield; i++) sides += e.exam.fields->field[i].is_derived ? 0 : 1 + e.exam.fields->field[i].is_sided;
  assert_int_equal(all, sides + 1);  // and the map
  assert_int_equal(recorded, 1 + 2 + 2 + 2);
  files_exam_close(&e);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_exam_lacks_what_every_exam_needs),
      cmocka_unit_test(midback_pain_asks_for_the_organs),
      cmocka_unit_test(findings_ask_their_safety_question_again),
      cmocka_unit_test(an_age_without_a_norm_is_said),
      cmocka_unit_test(one_side_is_named_and_an_angle_serves_as_well),
      cmocka_unit_test(palpation_is_asked_of_trained_hands_with_consent_only),
      cmocka_unit_test(leg_symptoms_ask_for_more),
      cmocka_unit_test(a_test_without_the_pelvis_is_to_be_repeated),
      cmocka_unit_test(contradictions_are_named),
      cmocka_unit_test(what_can_be_so_is_not_disputed),
      cmocka_unit_test(sections_are_counted),
  };
  return cmocka_run_group_tests_name("exam_check", tests, load_tables, free_tables);
}
