// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "app/files/task_library.h"
#include "psoas/tightness.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

static int open_man(void **state) {
  static person_body man;
  man = person_open_man(1.74);
  *state = &man;
  return 0;
}

static int close_man(void **state) {
  person_close(*state);
  return 0;
}

static double thigh_at(person_body *b, ps_side side, const ps_thomas_setup *setup, double shortening, double *knee) {
  double angle = 0.0;
  ps_error err = {PS_OK, 0, "", ""};
  if (ps_tightness_thomas(b->model, side, setup, shortening, b->state, &angle, knee, &err) != PS_OK)
    fail_msg("shortening %g: %s", shortening, err.msg);
  return angle;
}

static double shortening_at(person_body *b, ps_side side, const ps_thomas_setup *setup, double angle) {
  double shortening = -1.0;
  assert_ok(ps_tightness_invert(b->model, side, setup, angle, b->state, &shortening, NULL));
  return shortening;
}

static void a_shorter_iliopsoas_holds_the_thigh_higher(void **state) {
  person_body *b = *state;
  const ps_thomas_setup setup = ps_thomas_setup_default();
  double last = -HUGE_VAL;
  printf("figure: thigh to the horizontal at shortening 0, 2 .. 20 %%:");
  for (int i = 0; i <= 10; i++) {
    double knee = 0.0;
    const double angle = thigh_at(b, PS_RIGHT, &setup, 0.02*i, &knee);
    printf(" %.1f", ps_deg(angle));
    assert_true(angle > last);
    assert_true(knee > ps_rad(20.0) && knee < ps_rad(90.0));
    last = angle;
  }
  printf(" deg\n");
}

static void both_sides_give_the_same_angle(void **state) {
  person_body *b = *state;
  const ps_thomas_setup setup = {.pelvis_tilt_back = ps_rad(9.3), .leg_mass = 1.06, .stiffness = 1.4};
  double knee[2];
  const double right = thigh_at(b, PS_RIGHT, &setup, 0.073, &knee[0]), left = thigh_at(b, PS_LEFT, &setup, 0.073, &knee[1]);
  assert_close(left, right, 0.0, 1e-11);
  assert_close(knee[1], knee[0], 0.0, 1e-11);
}

static void the_test_agrees_with_the_task_of_the_same_name(void **state) {
  // the task finds its rest by Newton on the model's own tightness, the test by bisection on the one asked for
  person_body *b = *state;
  const ps_thomas_setup setup = ps_thomas_setup_default();
  const double shortening[3] = {0.0, 0.06, 0.137};
  ps_task task;
  assert_ok(task_library_find("modified-thomas", &task, NULL));
  for (int k = 0; k < 3; k++) {
    double knee = 0.0;
    const double angle = thigh_at(b, PS_RIGHT, &setup, shortening[k], &knee);
    const ps_tightness_entry t = {.group = "iliopsoas", .side = PS_RIGHT, .shortening = shortening[k], .stiffness = 1.0};
    assert_ok(ps_model_set_tightness(b->model, &t, 1, NULL));
    const ps_posture_request q = {.task = &task, .side = PS_RIGHT};
    ps_scene scene;
    assert_ok(ps_posture_apply(b->model, &q, b->state, &scene, NULL));
    const double held = ps_posture_pitch(b->state, person_segment(b->model, "thigh_right")) - 0.5*PS_PI;
    assert_close(held, angle, 0.0, 1e-7);
    assert_close(b->state->q[person_coord(b->model, "knee_flexion_right")], knee, 0.0, 1e-7);
    assert_ok(ps_model_set_tightness(b->model, NULL, 0, NULL));
  }
}

static void inverting_undoes_the_test(void **state) {
  person_body *b = *state;
  static const struct { double shortening; ps_side side; ps_thomas_setup setup; } row[] = {
      {0.0123, PS_RIGHT, {0.2269, 1.0, 1.0, 0.0, 0.0}}, {0.05, PS_LEFT, {0.2269, 1.0, 1.0, 0.0, 0.0}},  {0.1379, PS_RIGHT, {0.2269, 1.0, 1.0, 0.0, 0.0}},
      {0.1951, PS_LEFT, {0.2269, 1.0, 1.0, 0.0, 0.0}},  {0.0871, PS_RIGHT, {0.11, 1.07, 0.7, 0.0, 0.0}}, {0.0871, PS_LEFT, {0.33, 0.93, 1.8, 0.0, 0.0}}};
  double worst = 0.0;
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    double knee = 0.0;
    const double angle = thigh_at(b, row[i].side, &row[i].setup, row[i].shortening, &knee);
    worst = fmax(worst, fabs(shortening_at(b, row[i].side, &row[i].setup, angle) - row[i].shortening));
  }
  printf("figure: shortening there and back: off by at most %.2g\n", worst);
  assert_true(worst < 1e-6);
}

static void angles_beyond_the_range_end_at_its_ends(void **state) {
  person_body *b = *state;
  const ps_thomas_setup setup = ps_thomas_setup_default();
  assert_close(shortening_at(b, PS_RIGHT, &setup, ps_rad(-35.0)), 0.0, 0.0, 0.0);
  assert_close(shortening_at(b, PS_RIGHT, &setup, ps_rad(40.0)), 0.20, 0.0, 0.0);
}

static void pelvis_leg_and_stiffness_move_the_angle_as_expected(void **state) {
  person_body *b = *state;
  const ps_thomas_setup middle = ps_thomas_setup_default();
  ps_thomas_setup back = middle, heavy = middle, stiff = middle;
  back.pelvis_tilt_back += ps_rad(5.0);
  heavy.leg_mass = 1.1;
  stiff.stiffness = 2.0;
  double knee = 0.0;
  const double angle = thigh_at(b, PS_RIGHT, &middle, 0.05, &knee);
  assert_true(thigh_at(b, PS_RIGHT, &back, 0.05, &knee) > angle + ps_rad(3.0));
  assert_true(thigh_at(b, PS_RIGHT, &heavy, 0.05, &knee) < angle - ps_rad(0.5));
  assert_true(thigh_at(b, PS_RIGHT, &stiff, 0.05, &knee) > angle + ps_rad(0.5));
}

static void the_test_changes_nothing_but_the_state(void **state) {
  person_body *b = *state;
  const ps_muscle before = b->model->muscle[person_muscle(b->model, "psoas_L2_TP_right")];
  double knee = 0.0;
  const ps_thomas_setup setup = ps_thomas_setup_default();
  thigh_at(b, PS_RIGHT, &setup, 0.15, &knee);
  shortening_at(b, PS_RIGHT, &setup, 0.0);
  const ps_muscle *after = &b->model->muscle[person_muscle(b->model, "psoas_L2_TP_right")];
  assert_close(after->shortening, before.shortening, 0.0, 0.0);
  assert_close(after->stiffness, before.stiffness, 0.0, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_shorter_iliopsoas_holds_the_thigh_higher),
      cmocka_unit_test(both_sides_give_the_same_angle),
      cmocka_unit_test(the_test_agrees_with_the_task_of_the_same_name),
      cmocka_unit_test(inverting_undoes_the_test),
      cmocka_unit_test(angles_beyond_the_range_end_at_its_ends),
      cmocka_unit_test(pelvis_leg_and_stiffness_move_the_angle_as_expected),
      cmocka_unit_test(the_test_changes_nothing_but_the_state),
  };
  return cmocka_run_group_tests_name("tightness", tests, open_man, close_man);
}
