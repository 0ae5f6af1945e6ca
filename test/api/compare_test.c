/* psoas compare from outside: the gate first, what counts as change, what is not compared. SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "support/check.h"
#include "support/program.h"

#define BODY "\"sex\":\"male\",\"age_years\":44,\"height_m\":1.74,\"mass_kg\":70"

static void file(const char *name, const char *sections) {
  char text[2048];
  snprintf(text, sizeof text, "{" BODY "%s%s}", sections[0] ? "," : "", sections);
  program_file(name, text, strlen(text));
}

static program_said say(const char *arguments) {
  const program_run run = {arguments, NULL};
  program_said said;
  program_start(&run, &said);
  return said;
}

// the row of a field and side of `compare a.json b.json`; the caller gives back *root
static const json_t *change_of(const char *field, const char *side, json_t **root) {
  program_said s = say("compare a.json b.json --json");
  assert_int_equal(s.code, 0);
  *root = json_loads(s.out, 0, NULL);
  program_forget(&s);
  assert_non_null(*root);
  const json_t *list = json_object_get(*root, "changes");
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *row = json_array_get(list, i);
    if (strcmp(json_string_value(json_object_get(row, "field")), field) == 0 &&
        strcmp(json_string_value(json_object_get(row, "side")), side) == 0) return row;
  }
  return NULL;
}

static void expect(const char *field, const char *side, const char *verdict, const char *why, const char *matters) {
  json_t *root = NULL;
  const json_t *row = change_of(field, side, &root);
  if (!row) fail_msg("no row of %s %s", field, side);
  assert_string_equal(json_string_value(json_object_get(row, "verdict")), verdict);
  assert_string_equal(json_string_value(json_object_get(row, "why")), why);
  assert_string_equal(json_string_value(json_object_get(row, "matters")), matters);
  json_decref(root);
}

static double number(const char *field, const char *side, const char *key) {
  json_t *root = NULL;
  const json_t *row = change_of(field, side, &root);
  if (!row) fail_msg("no row of %s %s", field, side);
  const json_t *value = json_object_get(row, key);
  if (!json_is_real(value)) fail_msg("%s has no number %s", field, key);
  const double x = json_real_value(value);
  json_decref(root);
  return x;
}

typedef struct reading { const char *extension, *method, *thomas, *held; } reading;

// hip extension on the left, Thomas angle on the right, and more
static void file_with(const char *name, const reading *r, const char *more) {
  char text[1024];
  snprintf(text, sizeof text,
           "\"hip_extension_left\":{\"deg\":%s,\"method\":\"%s\"},"
           "\"thomas_right\":{\"hip_angle_deg\":%s,\"knee_flexion_deg\":50,\"pelvis_controlled\":%s}%s%s",
           r->extension, r->method, r->thomas, r->held, more[0] ? "," : "", more);
  file(name, text);
}

// hip-extension change of 3 deg between visits: within measurement error (MDC 7)
static void three_degrees_are_no_change(void **state) {
  (void)state;
  file_with("a.json", &(reading){"8.2", "prone_goniometer", "4.1", "true"}, "");
  file_with("b.json", &(reading){"11.2", "prone_goniometer", "1.1", "true"}, "");
  expect("person.hip_extension", "left", "no real change", "", "cannot be said");
  expect("person.thomas_hip_angle", "right", "no real change", "", "cannot be said");
  assert_close(number("person.hip_extension", "left", "mdc95"), 7.0, 0.0, 0.0);
  assert_close(number("person.thomas_hip_angle", "right", "mdc95"), 7.0, 0.0, 0.0);
  program_said s = say("compare a.json b.json");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "safety screen incomplete"));
  assert_non_null(strstr(s.out, "How far your leg goes back (left): no real change. Two readings of the same thing can differ by 7.0 degrees."));
  assert_null(strstr(s.out, "Warning"));
  program_forget(&s);

  file_with("b.json", &(reading){"15.3", "prone_goniometer", "11.3", "true"}, "");
  expect("person.hip_extension", "left", "better", "", "cannot be said");
  expect("person.thomas_hip_angle", "right", "worse", "", "cannot be said");
}

static void only_like_with_like(void **state) {
  (void)state;
  file_with("a.json", &(reading){"8.2", "prone_goniometer", "4.1", "true"}, "\"lordosis\":{\"deg\":41,\"method\":\"radiograph_L1_S1\"},"
       "\"pain\":{\"now_0_10\":7},\"movement_tests\":{\"slr_left\":{\"deg\":40,\"method\":\"goniometer\"}}");
  file_with("b.json", &(reading){"28.2", "prone_inclinometer", "-14.1", "false"}, "\"lordosis\":{\"deg\":51,\"method\":\"radiograph_L1_S1\"},"
       "\"outcomes\":{\"rmdq\":9},\"movement_tests\":{\"slr_left\":{\"deg\":70,\"method\":\"goniometer\"}}");
  expect("person.hip_extension", "left", "not comparable", "other method", "cannot be said");
  expect("person.thomas_hip_angle", "right", "not comparable", "pelvis not held", "cannot be said");
  expect("person.lordosis", "", "not comparable", "no published error: not judged", "cannot be said");
  expect("movement_tests.slr", "left", "not comparable", "no published error: not judged", "cannot be said");
  expect("pain.now_0_10", "", "not comparable", "not in both", "cannot be said");
  expect("outcomes.rmdq", "", "not comparable", "not in both", "cannot be said");
  program_said s = say("compare a.json b.json");
  assert_non_null(strstr(s.out, "pain now: not in both (only the first)"));
  assert_non_null(strstr(s.out, "Roland-Morris score: not in both (only the second)"));
  program_forget(&s);
}

static void change_and_what_matters(void **state) {
  (void)state;
  file("a.json", "\"pain\":{\"now_0_10\":7,\"usual_0_10\":6,\"worst_0_10\":9},\"outcomes\":{\"psfs\":3.4,\"rmdq\":14,\"groc\":0},"
       "\"asis_psis_tilt\":{\"deg\":14,\"method\":\"inclinometer\"},"
       "\"muscle_tests\":{\"hip_flexion_strength_left\":{\"Nm\":60,\"method\":\"dynamometer_belt\"}}");
  file("b.json", "\"pain\":{\"now_0_10\":5,\"usual_0_10\":2,\"worst_0_10\":8},\"outcomes\":{\"psfs\":5.5,\"rmdq\":21,\"groc\":3},"
       "\"asis_psis_tilt\":{\"deg\":7,\"method\":\"inclinometer\"},"
       "\"muscle_tests\":{\"hip_flexion_strength_left\":{\"Nm\":71,\"method\":\"dynamometer_belt\"}}");
  expect("pain.now_0_10", "", "no real change", "", "yes");
  expect("pain.usual_0_10", "", "better", "", "yes");
  expect("pain.worst_0_10", "", "no real change", "", "no");
  expect("outcomes.psfs", "", "better", "", "yes");
  expect("outcomes.rmdq", "", "worse", "", "yes");
  expect("outcomes.groc", "", "not comparable", "no published error: not judged", "yes");
  expect("person.asis_psis_tilt", "", "changed", "", "cannot be said");
  expect("muscle_tests.hip_flexion_strength", "left", "no real change", "", "cannot be said");
  assert_close(number("muscle_tests.hip_flexion_strength", "left", "mdc95"), 12.0, 1e-12, 0.0);
}

// readings that scatter by more than the published error: one's own takes its place, and the derived asymmetry follows
static void own_error_takes_over(void **state) {
  (void)state;
  static const char before[] = "\"thomas_left\":{\"hip_angle_deg\":[2,14,8],\"knee_flexion_deg\":50,\"pelvis_controlled\":true},"
                               "\"thomas_right\":{\"hip_angle_deg\":[-3,7],\"knee_flexion_deg\":50,\"pelvis_controlled\":true}";
  static const char after[] = "\"thomas_left\":{\"hip_angle_deg\":[-4],\"knee_flexion_deg\":50,\"pelvis_controlled\":true},"
                              "\"thomas_right\":{\"hip_angle_deg\":3,\"knee_flexion_deg\":50,\"pelvis_controlled\":true}";
  file("a.json", before);
  file("b.json", after);
  const double own = sqrt((36.0 + 36.0 + 25.0 + 25.0)/3.0);
  assert_close(number("person.thomas_hip_angle", "left", "own_sem"), own, 1e-11, 0.0);
  assert_close(number("person.thomas_hip_angle", "left", "mdc95"), 1.96*sqrt(2.0)*own, 1e-11, 0.0);
  assert_close(number("derived.hip_extension_asymmetry_deg", "", "own_sem"), sqrt(2.0)*own, 1e-11, 0.0);
  expect("person.thomas_hip_angle", "left", "no real change", "", "cannot be said");  // 12 deg: real by the published error alone
  program_said s = say("compare a.json b.json");
  assert_non_null(strstr(s.out, "17.7*"));
  assert_non_null(strstr(s.out, "published 2.50 deg (CLAP08;WAKE15;ELICITED); yours 6.38 from repeats (3 degrees of freedom)"));
  program_forget(&s);
}

static void a_stop_in_either_ends_it(void **state) {
  (void)state;
  static const char stop[] = "\"safety\":{\"answers\":{\"RF03\":\"yes\"}},\"pain\":{\"now_0_10\":7}", go[] = "\"pain\":{\"now_0_10\":2}";
  for (int i = 0; i < 2; i++) {
    file("a.json", i ? go : stop);
    file("b.json", i ? stop : go);
    program_said s = say("compare a.json b.json");
    assert_int_equal(s.code, 3);
    assert_non_null(strstr(s.out, i ? "b.json:" : "a.json:"));
    assert_null(strstr(s.out, i ? "a.json:" : "b.json:"));
    assert_non_null(strstr(s.out, "Emergency department"));
    assert_null(strstr(s.out, "pain now"));
    assert_null(strstr(s.out, "change"));
    program_forget(&s);
    s = say("compare a.json b.json --json");
    assert_int_equal(s.code, 3);
    assert_non_null(strstr(s.out, "\"status\": \"stop\""));
    assert_null(strstr(s.out, "\"changes\""));
    program_forget(&s);
  }
}

static void two_people_are_noticed(void **state) {
  (void)state;
  static const struct { const char *text, *word; } row[] = {
      {"{\"sex\":\"female\",\"age_years\":44,\"height_m\":1.74,\"mass_kg\":70}", "differ in sex"},
      {"{\"sex\":\"male\",\"age_years\":44,\"height_m\":1.80,\"mass_kg\":70}", "differ in height by 6 cm"},
      {"{\"sex\":\"male\",\"age_years\":43,\"height_m\":1.74,\"mass_kg\":70}", "younger"},
      {"{" BODY ",\"exam_date\":\"2026-01-02\"}", "dated before the first"}};
  file("a.json", "\"exam_date\":\"2026-03-01\"");
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    program_file("b.json", row[i].text, strlen(row[i].text));
    program_said s = say("compare a.json b.json");
    assert_int_equal(s.code, 0);
    if (!strstr(s.out, row[i].word)) fail_msg("row %zu: %s", i, s.out);
    assert_non_null(strstr(s.out, "Nothing was measured both times."));
    program_forget(&s);
    s = say("compare a.json b.json --json");
    assert_non_null(strstr(s.out, row[i].word));
    program_forget(&s);
  }
  static const char near[] = "{\"sex\":\"male\",\"age_years\":45,\"height_m\":1.785,\"mass_kg\":90,\"exam_date\":\"2026-03-01\"}";
  program_file("b.json", near, strlen(near));
  program_said s = say("compare a.json b.json --json");
  assert_non_null(strstr(s.out, "\"warnings\": []"));
  program_forget(&s);
}

static void what_cannot_be_read_is_refused(void **state) {
  (void)state;
  file("a.json", "");
  static const struct { const char *arguments, *word; } row[] = {
      {"compare a.json", "usage"}, {"compare a.json none.json", "none.json"}, {"compare none.json a.json", "none.json"},
      {"compare a.json a.json a.json", "one argument too many"}, {"compare a.json a.json --html x", "html"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    program_said s = say(row[i].arguments);
    assert_int_equal(s.code, 2);
    assert_non_null(strstr(s.err, row[i].word));
    assert_int_equal(s.out_size, 0);
    program_forget(&s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(three_degrees_are_no_change),
      cmocka_unit_test(only_like_with_like),
      cmocka_unit_test(change_and_what_matters),
      cmocka_unit_test(own_error_takes_over),
      cmocka_unit_test(a_stop_in_either_ends_it),
      cmocka_unit_test(two_people_are_noticed),
      cmocka_unit_test(what_cannot_be_read_is_refused),
  };
  return cmocka_run_group_tests_name("compare", tests, program_enter, program_leave);
}
