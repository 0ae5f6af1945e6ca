/* Expected information: closed form for two outcomes, brute force for more, mutual information of an enumerated network.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/information.h"

#include <math.h>

#include "psoas/base.h"
#include "support/check.h"

// a test with two outcomes has one false-positive rate f and one sensitivity s: f = (1 - b)/(a - b), s = a f
static void two_outcomes_have_one_answer(void **state) {
  (void)state;
  static const double pair[][2] = {{1.9, 0.5}, {4.385, 0.917}, {1.0001, 0.2}, {37.8, 0.48}, {1.05, 0.95}, {900.0, 0.003}};
  for (size_t i = 0; i < sizeof pair/sizeof *pair; i++) {
    const double a = pair[i][0], b = pair[i][1];
    double q[2];
    assert_true(clinic_outcome_chances(pair[i], 2, q));
    assert_close(q[0], (1.0 - b)/(a - b), 1e-9, 1e-12);
    assert_close(q[0] + q[1], 1.0, 1e-14, 0.0);
    assert_close(q[0]*a + q[1]*b, 1.0, 1e-9, 0.0);
  }
}

static double entropy(const double *q, int n) {
  double h = 0.0;
  for (int i = 0; i < n; i++) h -= q[i] > 0.0 ? q[i]*log(q[i]) : 0.0;
  return h;
}

// three outcomes: all chances that keep the mean form a line; the most even point of it is searched by hand
static void three_outcomes_are_the_most_even(void **state) {
  (void)state;
  static const double r[3] = {0.35, 1.1, 2.8};
  double q[3], best = -1.0, best_q = 0.0;
  assert_true(clinic_outcome_chances(r, 3, q));
  assert_close(q[0] + q[1] + q[2], 1.0, 1e-14, 0.0);
  assert_close(q[0]*r[0] + q[1]*r[1] + q[2]*r[2], 1.0, 1e-9, 0.0);
  for (int i = 0; i <= 400000; i++) {
    double t[3];
    t[1] = i/400000.0;
    t[2] = (1.0 - r[0] - t[1]*(r[1] - r[0]))/(r[2] - r[0]);
    t[0] = 1.0 - t[1] - t[2];
    if (t[0] < 0.0 || t[2] < 0.0 || entropy(t, 3) <= best) continue;
    best = entropy(t, 3);
    best_q = t[1];
  }
  assert_close(q[1], best_q, 0.0, 1e-4);
  assert_close(entropy(q, 3), best, 1e-9, 0.0);
}

static void ratios_on_one_side_have_no_answer(void **state) {
  (void)state;
  double q[3] = {-7.0, -7.0, -7.0};
  assert_false(clinic_outcome_chances((const double[]){1.5, 1.2, 3.0}, 3, q));
  assert_false(clinic_outcome_chances((const double[]){0.5, 1.0}, 2, q));
  assert_false(clinic_outcome_chances((const double[]){1.0, 2.0}, 2, q));
  assert_close(q[0], -7.0, 0.0, 0.0);
}

// The network is one condition and k tests that do not depend on one another given it. Every joint state is enumerated; the
// information of all k results together is that of one test with 2^k outcomes.
static double enumerate(double p, const double *sens, const double *fpr, int k) {
  double bits = 0.0;
  for (int y = 0; y < 1 << k; y++) {
    double with = p, without = 1.0 - p;
    for (int i = 0; i < k; i++) {
      with *= y >> i & 1 ? sens[i] : 1.0 - sens[i];
      without *= y >> i & 1 ? fpr[i] : 1.0 - fpr[i];
    }
    bits += with*log2(with/(p*(with + without))) + without*log2(without/((1.0 - p)*(with + without)));
  }
  return bits;
}

static void equals_the_mutual_information_of_an_enumerated_network(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 20261124);
  for (int c = 0; c < 500; c++) {
    const double p = 0.003 + 0.95*ps_rng_uniform(&rng);
    double sens[3], fpr[3], ratio[8], chance[8];
    for (int i = 0; i < 3; i++) {
      fpr[i] = 0.02 + 0.6*ps_rng_uniform(&rng);
      sens[i] = fpr[i] + (0.98 - fpr[i])*ps_rng_uniform(&rng);
    }
    for (int y = 0; y < 8; y++) {
      double with = 1.0, without = 1.0;
      for (int i = 0; i < 3; i++) {
        with *= y >> i & 1 ? sens[i] : 1.0 - sens[i];
        without *= y >> i & 1 ? fpr[i] : 1.0 - fpr[i];
      }
      ratio[y] = with/without;
      chance[y] = without;
    }
    assert_close(clinic_expected_bits(p, ratio, chance, 8), enumerate(p, sens, fpr, 3), 0.0, 1e-12);

    // one test alone, from its two ratios only: the rates come back out of them
    const double pair[2] = {sens[0]/fpr[0], (1.0 - sens[0])/(1.0 - fpr[0])};
    double q[2];
    assert_true(clinic_outcome_chances(pair, 2, q));
    assert_close(clinic_expected_bits(p, pair, q, 2), enumerate(p, sens, fpr, 1), 0.0, 1e-9);
  }
}

static void a_test_that_says_nothing_gives_nothing(void **state) {
  (void)state;
  assert_close(clinic_expected_bits(0.385, (const double[]){1.0, 1.0}, (const double[]){0.3, 0.7}, 2), 0.0, 0.0, 1e-15);
  // and one that decides gives all there is
  const double p = 0.217, all = -p*log2(p) - (1.0 - p)*log2(1.0 - p);
  assert_close(clinic_expected_bits(p, (const double[]){0.0, 1e9}, (const double[]){1.0 - 1e-9, 1e-9}, 2), all, 1e-6, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_outcomes_have_one_answer),
      cmocka_unit_test(three_outcomes_are_the_most_even),
      cmocka_unit_test(ratios_on_one_side_have_no_answer),
      cmocka_unit_test(equals_the_mutual_information_of_an_enumerated_network),
      cmocka_unit_test(a_test_that_says_nothing_gives_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
