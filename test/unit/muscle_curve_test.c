// SPDX-License-Identifier: Apache-2.0
#include "psoas/muscle.h"
#include "support/check.h"

// psoas, iliacus and a trunk muscle; the joints of the curve lie at 0, 5 and 100 % of the range
static const double RANGE[3][2] = {{-0.07629, 0.50326}, {-0.16072, 0.50209}, {0.1, 0.7}};

// 50-digit arithmetic, control points from crossing lines, repeated halving, de Casteljau: no formula of the code
static void passive_values(void **state) {
  (void)state;
  static const struct { int range; double strain, f; } row[] = {
      {0, -0.0731, 2.9053963913231509e-6}, {0, -0.05, 0.00236190668163965018}, {0, 0.0137, 0.0159832848371158282},
      {0, 0.126, 0.070653987342540182},    {0, 0.2385, 0.227219425113932607},  {0, 0.41, 0.68216000758325392},
      {0, 0.4999, 0.988404916705490071},   {0, 0.61, 1.36835475800189802},     {1, -0.151, 9.90192662475787584e-5},
      {1, -0.09, 0.0109444563827711882},   {1, 0.104, 0.103855669625761947},   {1, 0.3, 0.429408032472306566},
      {1, 0.4713, 0.907163756462761595},   {2, 0.0999, 0.0},                   {2, 0.11713, 0.000750536626701694236},
      {2, 0.25, 0.0348093504602229647},    {2, 0.5, 0.385425710928192095},     {2, 0.69, 0.966669622705576681},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const double *r = RANGE[row[i].range];
    assert_close(ps_muscle_passive(row[i].strain, r[0], r[1]).f, row[i].f, 1e-12, 1e-15);
  }
}

static void active_values(void **state) {
  (void)state;
  static const struct { double lnorm, f; } row[] = {{0.5137, 0.591242987329394755}, {0.83, 0.937796577134179981},
                                                    {1.0, 1.0},                     {1.126, 0.965335084589214096},
                                                    {1.4385, 0.652271828613595639}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++)
    assert_close(ps_muscle_active(row[i].lnorm).f, row[i].f, 1e-14, 0.0);
}

static void slopes_are_the_derivatives(void **state) {
  (void)state;
  const double h = 1e-6;
  for (int k = 0; k < 3; k++)
    for (double e = RANGE[k][0] - 0.0513; e < RANGE[k][1] + 0.2; e += 0.00371) {
      const double hi = ps_muscle_passive(e + h, RANGE[k][0], RANGE[k][1]).f;
      const double lo = ps_muscle_passive(e - h, RANGE[k][0], RANGE[k][1]).f;
      assert_close(ps_muscle_passive(e, RANGE[k][0], RANGE[k][1]).slope, (hi - lo)/(2.0*h), 1e-7, 1e-8);
    }
  for (double l = 0.31; l < 1.9; l += 0.0371) {
    const double d = (ps_muscle_active(l + h).f - ps_muscle_active(l - h).f)/(2.0*h);
    assert_close(ps_muscle_active(l).slope, d, 1e-7, 1e-9);
  }
}

static void passive_rises_without_a_kink(void **state) {
  (void)state;
  for (int k = 0; k < 3; k++) {
    const double range = RANGE[k][1] - RANGE[k][0], end_slope = 2.0/range;
    ps_curve_value last = ps_muscle_passive(RANGE[k][0], RANGE[k][0], RANGE[k][1]);
    assert_close(last.f, 0.0, 0.0, 0.0);
    assert_close(last.slope, 0.0, 0.0, 0.0);
    enum { N = 4000 };
    for (int i = 1; i <= N; i++) {
      const ps_curve_value v = ps_muscle_passive(RANGE[k][0] + 1.2*range*i/N, RANGE[k][0], RANGE[k][1]);
      assert_true(v.f > last.f);
      // straight parts may lose a rounding, no more
      assert_true(v.slope >= last.slope*(1.0 - 1e-12));
      assert_true(v.slope - last.slope < 0.01*end_slope);
      last = v;
    }
    assert_close(ps_muscle_passive(RANGE[k][1], RANGE[k][0], RANGE[k][1]).f, 1.0, 1e-13, 0.0);
    assert_close(last.slope, end_slope, 1e-13, 0.0);
  }
}

static void warns_beyond_the_measured_strain_only(void **state) {
  (void)state;
  assert_int_equal(ps_muscle_passive(0.5032, RANGE[0][0], RANGE[0][1]).warn, 0);
  assert_int_equal(ps_muscle_passive(0.5033, RANGE[0][0], RANGE[0][1]).warn, PS_WARN_STRAIN_EXTRAPOLATED);
  assert_int_equal(ps_muscle_passive(-0.4, RANGE[0][0], RANGE[0][1]).warn, 0);
}

static void nan_stays_nan(void **state) {
  (void)state;
  const double nan = (double)NAN;
  assert_true(isnan(ps_muscle_passive(nan, RANGE[0][0], RANGE[0][1]).f));
  assert_true(isnan(ps_muscle_passive(0.1, nan, RANGE[0][1]).f));
  assert_true(isnan(ps_muscle_passive(0.1, RANGE[0][0], nan).f));
  assert_true(isnan(ps_muscle_active(nan).f));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(passive_values),
      cmocka_unit_test(active_values),
      cmocka_unit_test(slopes_are_the_derivatives),
      cmocka_unit_test(passive_rises_without_a_kink),
      cmocka_unit_test(warns_beyond_the_measured_strain_only),
      cmocka_unit_test(nan_stays_nan),
  };
  return cmocka_run_group_tests_name("muscle_curve", tests, NULL, NULL);
}
