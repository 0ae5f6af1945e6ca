// SPDX-License-Identifier: Apache-2.0
#include <string.h>

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

// passive moment of all muscles on the right hip's flexion, the rest of the body neutral       [N m]
static double muscles_at(person_body *b, double hip_deg) {
  const ps_model *m = b->model;
  const int hip = person_coord(m, "hip_flexion_right");
  memset(b->state->q, 0, (size_t)m->ncoord*sizeof *b->state->q);
  b->state->q[hip] = ps_rad(hip_deg);
  person_evaluate(b->state);
  double sum = 0.0;
  for (int i = 0; i < m->nmuscle; i++)
    sum += person_arm(b->state, i, hip)*ps_muscle_at(&m->muscle[i], b->state->length[i]).passive;
  return sum;
}

static double whole_at(person_body *b, double hip_deg) {
  return muscles_at(b, hip_deg) + ps_muscle_capsule(b->model, ps_rad(hip_deg));
}

// of the man measured (76 kg, 1.77 m) to this one
static double size_of(const ps_model *m) { return m->mass*m->person.height_m/(76.0*1.77); }

static void tighten(ps_model *m, double shortening) {
  const ps_tightness_entry t[2] = {
      {.group = "iliopsoas", .side = PS_RIGHT, .shortening = shortening, .stiffness = 1.0},
      {.group = "rectus_femoris", .side = PS_RIGHT, .shortening = 0.5*shortening, .stiffness = 1.0}};
  assert_ok(ps_model_set_tightness(m, t, 2, NULL));
}

static void published_moment_values(void **state) {
  (void)state;
  // the formula in 50-digit arithmetic; and a table of it made elsewhere, to 0.01 N m
  static const struct { double hip_deg, knee_deg, moment, tolerance; } row[] = {
      {-20, 0, 25.4006997925897059, 1e-12}, {0, 0, 8.58151816266190664, 1e-12}, {12.5, 90, 8.58891916722165955, 1e-12},
      {20, 0, 2.00729183650044887, 1e-12},  {-7.25, 47, 13.3696932392797079, 1e-12}, {-30, 0, 47.62, 5e-3},
      {60, 0, -15.69, 5e-3},                {-30, 45, 42.77, 5e-3},             {90, 90, 0.30, 5e-3}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++)
    assert_close(ps_hip_passive_published(ps_rad(row[i].hip_deg), ps_rad(row[i].knee_deg)), row[i].moment, 1e-12,
                 row[i].tolerance);
}

static void passive_hip_moment_is_within_35_percent_of_the_published(void **state) {
  person_body *b = *state;
  int misses = 0;
  for (int deg = -20; deg <= 20; deg += 5) {
    const double ours = whole_at(b, deg), published = ps_hip_passive_published(ps_rad(deg), 0.0);
    const bool is_off = !(fabs(ours - published) <= 0.35*fabs(published));
    misses += is_off;
    printf("figure: passive hip moment at %+3d deg: %6.2f N m, published %6.2f (%+5.1f %%), scaled to this man %6.2f (%+5.1f %%)%s\n",
           deg, ours, published, 100.0*(ours/published - 1.0), size_of(b->model)*published,
           100.0*(ours/(size_of(b->model)*published) - 1.0), is_off ? "  MISS" : "");
  }
  assert_int_equal(misses, 0);
}

static void capsule_fills_up_to_the_published_moment(void **state) {
  person_body *b = *state;
  const ps_model *m = b->model;
  int filled = 0;
  for (int i = 1; i <= 26; i++) {  // the nodes from -42.5 deg up to 20; below them the moment goes on straight
    const double deg = -45.0 + 2.5*i, wanted = size_of(m)*ps_hip_passive_published(ps_rad(deg), 0.0);
    const double capsule = ps_muscle_capsule(m, ps_rad(deg)), muscles = muscles_at(b, deg);
    assert_true(capsule >= 0.0);
    if (capsule > 0.0) assert_close(capsule + muscles, wanted, 1e-12, 0.0);
    if (capsule <= 0.0) assert_true(muscles >= wanted);
    filled += capsule > 0.0;
  }
  assert_true(filled > 3 && filled < 20);
  assert_close(ps_muscle_capsule(m, 0.0), 0.0, 0.0, 0.0);
  for (double deg = 40.0; deg < 120.0; deg += 0.73) assert_close(ps_muscle_capsule(m, ps_rad(deg)), 0.0, 0.0, 0.0);
}

static void capsule_has_a_continuous_slope_and_never_turns_negative(void **state) {
  const person_body *b = *state;
  double last = HUGE_VAL;
  for (double deg = -60.0; deg < 60.0; deg += 0.01) {
    const double value = ps_muscle_capsule(b->model, ps_rad(deg));
    if (!(value >= 0.0)) fail_msg("%.17g at %g deg", value, deg);
    assert_true(value <= last || deg > -10.0);  // on the way to full extension it only grows
    last = value;
  }

  // slopes before and after each node, of up to 500 N m/rad: a kink would part them by tens
  const double h = 1e-4;
  for (double deg = -45.0; deg <= 42.5; deg += 2.5) {
    const double at = ps_muscle_capsule(b->model, ps_rad(deg));
    const double before = (at - ps_muscle_capsule(b->model, ps_rad(deg - h)))/ps_rad(h);
    const double after = (ps_muscle_capsule(b->model, ps_rad(deg + h)) - at)/ps_rad(h);
    assert_close(after, before, 0.0, 0.1);
  }
}

static void capsule_does_not_follow_tightness(void **state) {
  person_body *b = *state;
  double was[PS_CAPSULE_SIZE];
  memcpy(was, b->model->capsule, sizeof was);
  tighten(b->model, 0.15);
  assert_memory_equal(b->model->capsule, was, sizeof was);

  // nor when it is found from a person who is tight
  ps_muscle_fit_capsule(b->model, b->state);
  for (int i = 0; i < PS_CAPSULE_SIZE; i++) assert_close(b->model->capsule[i], was[i], 0.0, 1e-12);
  assert_ok(ps_model_set_tightness(b->model, NULL, 0, NULL));
}

static void more_shortening_never_gives_less_passive_hip_moment(void **state) {
  person_body *b = *state;
  for (double deg = -30.0; deg <= 60.0; deg += 7.5) {
    double last = -HUGE_VAL, first = 0.0;
    for (int i = 0; i <= 20; i++) {
      tighten(b->model, 0.01*i);
      const double now = whole_at(b, deg);
      assert_true(now >= last);
      if (i == 0) first = now;
      last = now;
    }
    if (deg <= 30.0) assert_true(last > first + 1.0);
  }
  assert_ok(ps_model_set_tightness(b->model, NULL, 0, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(published_moment_values),
      cmocka_unit_test(passive_hip_moment_is_within_35_percent_of_the_published),
      cmocka_unit_test(capsule_fills_up_to_the_published_moment),
      cmocka_unit_test(capsule_has_a_continuous_slope_and_never_turns_negative),
      cmocka_unit_test(capsule_does_not_follow_tightness),
      cmocka_unit_test(more_shortening_never_gives_less_passive_hip_moment),
  };
  return cmocka_run_group_tests_name("capsule", tests, open_man, close_man);
}
