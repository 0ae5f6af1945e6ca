// SPDX-License-Identifier: Apache-2.0
#include "psoas/muscle.h"
#include "support/check.h"

static const ps_muscle PSOAS = {.strength = 84.4,
                                .optimal_length = 0.1169,
                                .tendon_length = 0.3021,
                                .width = 0.025,
                                .strain_zero = -0.07629,
                                .strain_one = 0.50326,
                                .stiffness = 1.0};

// the published model's own psoas and iliacus, rigid tendon, as computed from its file by another program
static const ps_muscle PUBLISHED[2] = {{.strength = 1426.79016,
                                        .optimal_length = 0.1169,
                                        .width = 0.1169*0.21386044,  // sin(0.21552513)
                                        .strain_zero = -0.0762929086,
                                        .strain_one = 0.503260538,
                                        .stiffness = 1.0},
                                       {.strength = 1021.14098,
                                        .optimal_length = 0.1066,
                                        .width = 0.1066*0.27627297,  // sin(0.27991397)
                                        .strain_zero = -0.160722742,
                                        .strain_one = 0.502088193,
                                        .stiffness = 1.0}};

static double length_for(const ps_muscle *p, double lnorm) {
  const double fibre = lnorm*p->optimal_length;
  return p->tendon_length + sqrt(fibre*fibre - p->width*p->width) - p->shortening*p->optimal_length;
}

static void passive_force_as_published_for_psoas_and_iliacus(void **state) {
  (void)state;
  // normalised fibre length to 3 decimals and force to 0.1 N from hip -30 to 45 deg        @uhlrich2022
  static const struct { int muscle; double lnorm, force; } row[] = {
      {0, 1.233, 304.3}, {0, 1.196, 217.9}, {0, 1.161, 150.6}, {0, 1.126, 99.5}, {0, 1.091, 63.1}, {0, 1.053, 38.8},
      {0, 1.014, 22.3},  {0, 0.972, 9.4},   {0, 0.950, 3.2},   {0, 0.903, 0.0},  {1, 1.246, 312.4}, {1, 1.191, 215.7},
      {1, 1.137, 139.4}, {1, 1.083, 83.1},  {1, 1.027, 46.6},  {1, 0.971, 25.1}, {1, 0.913, 11.3}, {1, 0.823, 0.0}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const ps_muscle *p = &PUBLISHED[row[i].muscle];
    const ps_muscle_force f = ps_muscle_at(p, length_for(p, row[i].lnorm));
    // what the rounding of the table allows
    const double rounding = 0.0005*p->optimal_length*f.passive_slope*1.05 + 0.05;
    assert_close(f.passive, row[i].force, 0.0, rounding);
  }
}

static void force_is_curve_times_strength_times_cosine(void **state) {
  (void)state;
  ps_muscle p = PSOAS;
  p.stiffness = 2.385;
  p.shortening = 0.073;
  const double length = 0.41377, x = length - 0.3021 + 0.073*0.1169, fibre = hypot(x, 0.025);
  const ps_muscle_force f = ps_muscle_at(&p, length);
  assert_close(f.lnorm, fibre/0.1169, 1e-15, 0.0);
  assert_close(f.active, 84.4*ps_muscle_active(fibre/0.1169).f*x/fibre, 1e-13, 0.0);
  assert_close(f.passive, 2.385*84.4*ps_muscle_passive(fibre/0.1169 - 1.0, -0.07629, 0.50326).f*x/fibre, 1e-13, 0.0);
}

static void shortening_is_a_shift_of_length(void **state) {
  (void)state;
  ps_muscle tight = PSOAS;
  tight.shortening = 0.137;
  for (double length = 0.33; length < 0.47; length += 0.00713) {
    const ps_muscle_force a = ps_muscle_at(&tight, length), b = ps_muscle_at(&PSOAS, length + 0.137*0.1169);
    assert_close(a.passive, b.passive, 1e-12, 1e-12);
    assert_close(a.active, b.active, 1e-12, 0.0);
  }
}

static void slope_is_the_derivative(void **state) {
  (void)state;
  const double h = 1e-7;
  ps_muscle p = PSOAS;
  p.stiffness = 1.7;
  p.shortening = 0.05;
  for (double length = 0.31; length < 0.48; length += 0.00137) {
    const double d = (ps_muscle_at(&p, length + h).passive - ps_muscle_at(&p, length - h).passive)/(2.0*h);
    assert_close(ps_muscle_at(&p, length).passive_slope, d, 1e-6, 1e-4);
  }
}

// 25-digit quadrature of the curve of the other road: J per N of strength and m of optimal length
static void energy_values(void **state) {
  (void)state;
  static const struct { double zero, one, strain, e; } row[] = {{-0.07629, 0.50326, 0.126, 0.00479366252304071},
                                                                {-0.07629, 0.50326, 0.3137, 0.0435213130795165},
                                                                {-0.16072, 0.50209, 0.55, 0.250572617574637},
                                                                {0.1, 0.7, 0.413, 0.0186186695560269}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    ps_muscle p = PSOAS;
    p.strain_zero = row[i].zero;
    p.strain_one = row[i].one;
    p.stiffness = 1.3;
    const double want = 1.3*84.4*0.1169*row[i].e;
    assert_close(ps_muscle_energy(&p, length_for(&p, 1.0 + row[i].strain)), want, 1e-6, 0.0);
  }
}

static void passive_force_is_the_gradient_of_energy(void **state) {
  (void)state;
  const double h = 1e-5;
  ps_muscle p = PSOAS;
  p.shortening = 0.11;
  p.stiffness = 0.6;
  for (double length = 0.32; length < 0.47; length += 0.00291) {
    const double d = (ps_muscle_energy(&p, length + h) - ps_muscle_energy(&p, length - h))/(2.0*h);
    assert_close(d, ps_muscle_at(&p, length).passive, 2e-5, 1e-5);
  }
}

static void longer_shorter_and_stiffer_never_pull_less(void **state) {
  (void)state;
  double last = -1.0;
  for (double length = 0.28; length < 0.49; length += 0.00057) {
    const double f = ps_muscle_at(&PSOAS, length).passive;
    assert_true(f >= 0.0 && f >= last);
    last = f;
  }
  for (double length = 0.32; length < 0.47; length += 0.011) {
    ps_muscle p = PSOAS;
    double before = -1.0;
    for (p.shortening = 0.0; p.shortening <= 0.20; p.shortening += 0.004) {
      const double f = ps_muscle_at(&p, length).passive;
      assert_true(f >= before);
      before = f;
    }
    const double single = ps_muscle_at(&p, length).passive;
    p.stiffness = 2.385;
    assert_close(ps_muscle_at(&p, length).passive, 2.385*single, 1e-14, 0.0);
  }
}

static void slack_muscle_makes_no_force_and_says_so(void **state) {
  (void)state;
  const ps_muscle_force f = ps_muscle_at(&PSOAS, 0.3021 - 0.001);
  assert_int_equal(f.warn, PS_WARN_FIBRE_SLACK);
  assert_close(f.active, 0.0, 0.0, 0.0);
  assert_close(f.passive, 0.0, 0.0, 0.0);
  assert_close(ps_muscle_energy(&PSOAS, 0.3021 - 0.001), 0.0, 0.0, 0.0);
  assert_int_equal(ps_muscle_at(&PSOAS, length_for(&PSOAS, 1.6)).warn, PS_WARN_STRAIN_EXTRAPOLATED);
  assert_int_equal(ps_muscle_at(&PSOAS, length_for(&PSOAS, 1.1)).warn, 0);
}

static void pressure_pushes_at_any_length(void **state) {
  (void)state;
  const ps_muscle p = {.is_pressure = true, .strength = 337.5, .stiffness = 1.0};
  assert_close(ps_muscle_at(&p, 0.1).active, -337.5, 0.0, 0.0);
  assert_close(ps_muscle_at(&p, 0.3).active, -337.5, 0.0, 0.0);
  assert_close(ps_muscle_at(&p, 0.3).passive, 0.0, 0.0, 0.0);
  assert_close(ps_muscle_energy(&p, 0.3), 0.0, 0.0, 0.0);
}

static void nan_stays_nan(void **state) {
  (void)state;
  const ps_muscle_force f = ps_muscle_at(&PSOAS, (double)NAN);
  assert_true(isnan(f.passive) && isnan(f.active) && isnan(f.lnorm));
  assert_true(isnan(ps_muscle_energy(&PSOAS, (double)NAN)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(passive_force_as_published_for_psoas_and_iliacus),
      cmocka_unit_test(force_is_curve_times_strength_times_cosine),
      cmocka_unit_test(shortening_is_a_shift_of_length),
      cmocka_unit_test(slope_is_the_derivative),
      cmocka_unit_test(energy_values),
      cmocka_unit_test(passive_force_is_the_gradient_of_energy),
      cmocka_unit_test(longer_shorter_and_stiffer_never_pull_less),
      cmocka_unit_test(slack_muscle_makes_no_force_and_says_so),
      cmocka_unit_test(pressure_pushes_at_any_length),
      cmocka_unit_test(nan_stays_nan),
  };
  return cmocka_run_group_tests_name("muscle_force", tests, NULL, NULL);
}
