/* Measured angles: readings, methods, the ruler form of the Thomas test and what each method costs in error.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_measure.h"

#include <string.h>

#include "app/files/files_person.h"
#include "psoas/vec.h"
#include "support/check.h"

#define BODY "\"sex\":\"female\",\"age_years\":47.5,\"height_m\":1.632,\"mass_kg\":61.25"

static ps_status read(const char *fields, files_person *out, ps_error *err) {
  char text[1024];
  snprintf(text, sizeof text, "{" BODY ",%s}", fields);
  *err = (ps_error){PS_OK, 0, "", ""};
  return files_person_parse("p.json", text, strlen(text), NULL, out, err);
}

static files_thomas thomas(const char *fields) {
  char text[512];
  files_person p;
  ps_error err;
  snprintf(text, sizeof text, "\"thomas_left\":{%s,\"knee_flexion_deg\":58,\"pelvis_controlled\":true}", fields);
  if (read(text, &p, &err) != PS_OK) fail_msg("%s: %s", fields, err.msg);
  assert_true(p.thomas[1].has && !p.thomas[0].has);
  return p.thomas[1];
}

static void readings_give_their_mean_and_are_kept(void **state) {
  (void)state;
  files_person p;
  ps_error err;
  assert_ok(read("\"asis_psis_tilt\":{\"deg\":[7.5,9,10.5],\"method\":\"calliper\"},"
                 "\"lordosis\":{\"deg\":[40,41,43,44,45,46,47,48,49,52],\"method\":\"radiograph_L1_S1\"},"
                 "\"hip_extension_right\":{\"deg\":[11.25],\"method\":\"prone_goniometer\"}", &p, &err));
  assert_close(p.tilt.deg, 9.0, 1e-15, 0.0);
  assert_close(p.body.tilt_rad, ps_rad(9.0), 1e-15, 0.0);
  assert_int_equal(p.tilt.nrepeat, 3);
  assert_close(p.tilt.repeat_deg[2], 10.5, 0.0, 0.0);
  assert_int_equal(p.lordosis.nrepeat, 10);
  assert_close(p.body.lordosis_rad, ps_rad(45.5), 1e-15, 0.0);
  assert_int_equal(p.hip_extension[0].nrepeat, 1);
  assert_close(p.hip_extension[0].deg, 11.25, 0.0, 0.0);
  const files_thomas t = thomas("\"hip_angle_deg\":[-4,-7.5]");
  assert_close(t.hip_angle_deg, -5.75, 0.0, 0.0);
  assert_int_equal(t.nrepeat, 2);
  assert_int_equal(t.nknee_repeat, 1);
  assert_close(t.repeat_deg[1], -7.5, 0.0, 0.0);
}

static void wrong_readings_are_refused(void **state) {
  (void)state;
  static const struct { const char *fields; ps_status status; const char *message; } row[] = {
      {"\"asis_psis_tilt\":{\"deg\":[],\"method\":\"photo\"}", PS_EINPUT, "asis_psis_tilt.deg is a list of 0 readings, allowed are 1 to 10"},
      {"\"asis_psis_tilt\":{\"deg\":[1,2,3,4,5,6,7,8,9,10,11],\"method\":\"photo\"}", PS_EINPUT, "asis_psis_tilt.deg is a list of 11 readings, allowed are 1 to 10"},
      {"\"asis_psis_tilt\":{\"deg\":[1,41],\"method\":\"photo\"}", PS_EINPUT, "asis_psis_tilt.deg[2] is 41, allowed is -20 to 40 deg"},
      {"\"asis_psis_tilt\":{\"deg\":[\"1\"],\"method\":\"photo\"}", PS_EFORMAT, "asis_psis_tilt.deg[1] is \"1\": a number from -20 to 40 deg is needed"},
      {"\"lordosis\":{\"deg\":[40,4],\"method\":\"radiograph_L1_S1\"}", PS_EINPUT, "lordosis.deg[2] is 4, allowed is 5 to 100 deg"},
      {"\"//age_years\":3", PS_EFORMAT, "\"//age_years\" is a comment: a text or a list of texts is needed"},
      {"\"//\":[\"a\",3]", PS_EFORMAT, "\"//\" is a comment: a text or a list of texts is needed"},
      {"\"asis_psis_tilt\":{\"deg\":3,\"method\":\"photo\",\"//deg\":{}}", PS_EFORMAT, "asis_psis_tilt: \"//deg\" is a comment: a text or a list of texts is needed"},
      {"\"/age\":\"x\"", PS_EFORMAT, "\"/age\" is not a known key"},
      {"\"exam_version\":2", PS_EINPUT, "exam_version is 2: this program reads version 1"},
      {"\"exam_version\":0", PS_EINPUT, "exam_version is 0: this program reads version 1"},
      {"\"exam_version\":1.5", PS_EINPUT, "exam_version is 1.5: a whole number is needed"},
      {"\"exam_version\":\"1\"", PS_EFORMAT, "exam_version is \"1\": a number from 0 to 1e+09 is needed"},
      {"\"derived\":{}", PS_EFORMAT, "derived is computed from the other sections and never read: leave it out"},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    files_person p;
    ps_error err;
    const ps_status status = read(row[i].fields, &p, &err);
    assert_string_equal(err.msg, row[i].message);
    assert_int_equal(status, row[i].status);
  }
}

static void comments_are_ignored(void **state) {
  (void)state;
  files_person p;
  ps_error err;
  assert_ok(read("\"//\":\"for me\",\"//sex\":[\"as\",\"told\"],\"//no\":[],\"exam_version\":1,"
                 "\"asis_psis_tilt\":{\"deg\":3,\"method\":\"photo\",\"//deg\":\"twice\"}", &p, &err));
  assert_true(p.tilt.has);
}

static void a_thomas_test_by_ruler(void **state) {
  (void)state;
  const files_thomas hangs = thomas("\"knee_above_hip_m\":-0.073,\"thigh_length_m\":0.42");
  assert_close(hangs.hip_angle_deg, -10.0093872, 1e-7, 0.0);  // -asin(0.073/0.42)
  assert_int_equal(hangs.method, FILES_HEIGHT_LENGTH);
  const files_thomas up = thomas("\"knee_above_hip_m\":0.25,\"thigh_length_m\":0.25,\"method\":\"height_length\"");
  assert_close(up.hip_angle_deg, 90.0, 1e-15, 0.0);
  const files_thomas twice = thomas("\"knee_above_hip_m\":[0.1,0.2],\"thigh_length_m\":0.5");
  assert_int_equal(twice.nrepeat, 2);
  assert_close(twice.repeat_deg[0], 11.5369590, 1e-7, 0.0);   // asin(0.2)
  assert_close(twice.repeat_deg[1], 23.5781785, 1e-7, 0.0);   // asin(0.4)
  assert_close(twice.hip_angle_deg, 0.5*(twice.repeat_deg[0] + twice.repeat_deg[1]), 1e-15, 0.0);
  assert_int_equal(thomas("\"hip_angle_deg\":3").method, FILES_INCLINOMETER);
  assert_int_equal(thomas("\"hip_angle_deg\":3,\"method\":\"photo\"").method, FILES_PHOTO);
}

static void wrong_thomas_tests_are_refused(void **state) {
  (void)state;
  static const struct { const char *fields, *message; } row[] = {
      {"\"pelvis_controlled\":true", "thomas_left.hip_angle_deg is missing"},
      {"\"hip_angle_deg\":3,\"knee_above_hip_m\":0.1,\"thigh_length_m\":0.4", "thomas_left has hip_angle_deg and knee_above_hip_m: write one of them"},
      {"\"hip_angle_deg\":3,\"thigh_length_m\":0.4", "thomas_left.thigh_length_m needs knee_above_hip_m beside it"},
      {"\"knee_above_hip_m\":0.1", "thomas_left.thigh_length_m is missing"},
      {"\"knee_above_hip_m\":0.1,\"thigh_length_m\":0.24", "thomas_left.thigh_length_m is 0.24, allowed is 0.25 to 0.65 m"},
      {"\"knee_above_hip_m\":0.1,\"thigh_length_m\":0.66", "thomas_left.thigh_length_m is 0.66, allowed is 0.25 to 0.65 m"},
      {"\"knee_above_hip_m\":0.41,\"thigh_length_m\":0.4", "the knee cannot be further from the hip than thigh_length_m, 0.4 m"},
      {"\"knee_above_hip_m\":[0.1,-0.41],\"thigh_length_m\":0.4", "has -0.41: the knee cannot be further"},
      {"\"knee_above_hip_m\":-0.36,\"thigh_length_m\":0.4", "a thigh at -64.2 deg, allowed is -60 to 90 deg"},
      {"\"knee_above_hip_m\":0.1,\"thigh_length_m\":0.4,\"method\":\"photo\"", "is \"photo\", but knee_above_hip_m is read by height_length"},
      {"\"hip_angle_deg\":3,\"method\":\"calliper\"", "thomas_left.method is \"calliper\", allowed is inclinometer, goniometer, photo, motion_capture, height_length"},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    char text[512];
    files_person p;
    ps_error err;
    snprintf(text, sizeof text, "\"thomas_left\":{%s}", row[i].fields);
    if (read(text, &p, &err) == PS_OK) fail_msg("accepted: %s", text);
    if (!strstr(err.msg, row[i].message)) fail_msg("%s: \"%s\" lacks \"%s\"", text, err.msg, row[i].message);
  }
}

// the error of the ruler, to first order, against drawn errors of two heights and the length
static void the_ruler_costs_what_its_errors_make(void **state) {
  (void)state;
  static const struct { double deg, length; } row[] = {{0.0, 0.42}, {-10.0, 0.39}, {35.0, 0.45}, {45.0, 0.41}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    enum { N = 40000 };
    const double a = ps_rad(row[i].deg), height = row[i].length*sin(a);
    double square = 0.0;
    ps_rng rng;
    ps_rng_init(&rng, 11 + i);
    for (int k = 0; k < N; k++) {
      const double h = height + 0.01*(ps_rng_normal(&rng) - ps_rng_normal(&rng)), l = row[i].length + 0.01*ps_rng_normal(&rng);
      const double off = ps_deg(asin(fmin(1.0, h/l)) - a);
      square += off*off/N;
    }
    assert_close(files_thomas_error(FILES_HEIGHT_LENGTH, 1, row[i].deg, row[i].length), sqrt(square), 0.02, 0.0);
  }
  assert_close(files_thomas_error(FILES_HEIGHT_LENGTH, 1, 90.0, 0.42), files_thomas_error(FILES_HEIGHT_LENGTH, 1, 75.0, 0.42), 0.0, 0.0);
}

static void repeating_helps_the_reading_and_never_the_set_up(void **state) {
  (void)state;
  assert_close(files_thomas_error(FILES_INCLINOMETER, 1, 0.0, 0.42), 2.0, 0.0, 0.0);  // the model's own, to the bit
  assert_close(files_thomas_error(FILES_GONIOMETER, 1, 0.0, 0.42), 4.0, 1e-15, 0.0);
  assert_close(files_thomas_error(FILES_PHOTO, 1, 0.0, 0.42), 3.0, 1e-15, 0.0);
  assert_close(files_thomas_error(FILES_INCLINOMETER, 4, 0.0, 0.42), sqrt(2.25 + 1.75/4.0), 1e-15, 0.0);
  static const files_method method[] = {FILES_INCLINOMETER, FILES_GONIOMETER, FILES_PHOTO, FILES_MOTION_CAPTURE, FILES_HEIGHT_LENGTH};
  for (size_t i = 0; i < sizeof method/sizeof *method; i++)
    for (int n = 1; n <= 10; n++) {
      const double e = files_thomas_error(method[i], n, 12.0, 0.65);
      assert_true(e >= 1.5);
      if (n > 1) assert_true(e <= files_thomas_error(method[i], n - 1, 12.0, 0.65));
    }
  assert_close(thomas("\"hip_angle_deg\":[3,5],\"method\":\"goniometer\"").error_deg, sqrt(2.25 + 13.75/2.0), 1e-15, 0.0);
  assert_close(thomas("\"hip_angle_deg\":3").error_deg, 2.0, 0.0, 0.0);
}

static void errors_of_the_other_readings(void **state) {
  (void)state;
  const files_angle goniometer = {.method = FILES_PRONE_GONIOMETER, .nrepeat = 4}, tilt = {.method = FILES_CALLIPER, .nrepeat = 1};
  files_angle inclinometer = {.method = FILES_PRONE_INCLINOMETER, .nrepeat = 1};
  assert_close(files_angle_error(&goniometer), sqrt(2.25 + 6.75/4.0), 1e-15, 0.0);
  assert_close(files_angle_error(&inclinometer), sqrt(9.0 + 3.2*3.2), 1e-15, 0.0);
  inclinometer.nrepeat = 10;
  assert_true(files_angle_error(&inclinometer) > 3.2);  // no repeat removes what the devices differ by
  assert_close(files_angle_error(&tilt), 2.0, 1e-15, 0.0);
  assert_close(files_knee_error(&(files_thomas){.nknee_repeat = 2}), sqrt(2.25 + 46.75/2.0), 1e-15, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(readings_give_their_mean_and_are_kept),
      cmocka_unit_test(wrong_readings_are_refused),
      cmocka_unit_test(comments_are_ignored),
      cmocka_unit_test(a_thomas_test_by_ruler),
      cmocka_unit_test(wrong_thomas_tests_are_refused),
      cmocka_unit_test(the_ruler_costs_what_its_errors_make),
      cmocka_unit_test(repeating_helps_the_reading_and_never_the_set_up),
      cmocka_unit_test(errors_of_the_other_readings),
  };
  return cmocka_run_group_tests_name("files_measure", tests, NULL, NULL);
}
