// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"

// first outputs of the authors' xoshiro256** from the state {1, 2, 3, 4}, as published with many ports of it
static void published_vector_of_the_generator(void **state) {
  (void)state;
  static const uint64_t want[10] = {11520u,
                                    0u,
                                    1509978240u,
                                    1215971899390074240u,
                                    1216172134540287360u,
                                    607988272756665600u,
                                    16172922978634559625u,
                                    8476171486693032832u,
                                    10595114339597558777u,
                                    2904607092377533576u};
  ps_rng rng = {{1, 2, 3, 4}};
  for (int i = 0; i < 10; i++) assert_true(ps_rng_next(&rng) == want[i]);
}

// first outputs of splitmix64 from the seed 1234567, likewise
static void published_vector_of_the_seeding(void **state) {
  (void)state;
  static const uint64_t want[4] = {6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                                   4593380528125082431u};
  ps_rng rng;
  ps_rng_init(&rng, 1234567u);
  for (int i = 0; i < 4; i++) assert_true(rng.s[i] == want[i]);
}

static void same_seed_same_draws(void **state) {
  (void)state;
  ps_rng a, b, c;
  ps_rng_init(&a, 4711u);
  ps_rng_init(&b, 4711u);
  ps_rng_init(&c, 4712u);
  int same = 0;
  for (int i = 0; i < 100; i++) {
    const double x = ps_rng_normal(&a);
    assert_true(x == ps_rng_normal(&b));
    same += x == ps_rng_normal(&c);
  }
  assert_int_equal(same, 0);
}

static void uniform_is_the_top_53_bits(void **state) {
  (void)state;
  // the first outputs of the published vector, cut to their top 53 bits
  ps_rng rng = {{1, 2, 3, 4}};
  assert_close(ps_rng_uniform(&rng), 5.0*0x1.0p-53, 0.0, 0.0);  // floor(11520/2048)
  assert_close(ps_rng_uniform(&rng), 0.0, 0.0, 0.0);
  assert_close(ps_rng_uniform(&rng), 737294.0*0x1.0p-53, 0.0, 0.0);  // floor(1509978240/2048)
  double sum = 0.0, lo = 1.0, hi = 0.0;
  enum { N = 20000 };
  for (int i = 0; i < N; i++) {
    const double u = ps_rng_uniform(&rng);
    assert_true(u >= 0.0 && u < 1.0);
    sum += u;
    lo = fmin(lo, u);
    hi = fmax(hi, u);
  }
  // 5 standard errors of the mean
  assert_close(sum/N, 0.5, 0.0, 5.0*sqrt(1.0/12.0/N));
  assert_true(lo < 1e-3 && hi > 1.0 - 1e-3);
}

static void normal_has_the_moments_of_a_normal(void **state) {
  (void)state;
  enum { N = 40000 };
  ps_rng rng;
  ps_rng_init(&rng, 20231u);
  double moment[5] = {0.0}, beyond = 0.0;
  for (int i = 0; i < N; i++) {
    const double x = ps_rng_normal(&rng);
    double power = 1.0;
    for (int k = 0; k < 5; k++, power *= x) moment[k] += power/N;
    beyond += fabs(x) > 1.959963984540054;
  }
  // means 0, 1, 0, 3 with variances 1, 2, 15, 96; 5 standard errors
  static const double want[5] = {1, 0, 1, 0, 3}, variance[5] = {0, 1, 2, 15, 96};
  for (int k = 1; k < 5; k++) assert_close(moment[k], want[k], 0.0, 5.0*sqrt(variance[k]/N));
  assert_close(beyond/N, 0.05, 0.0, 5.0*sqrt(0.05*0.95/N));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(published_vector_of_the_generator),
      cmocka_unit_test(published_vector_of_the_seeding),
      cmocka_unit_test(same_seed_same_draws),
      cmocka_unit_test(uniform_is_the_top_53_bits),
      cmocka_unit_test(normal_has_the_moments_of_a_normal),
  };
  return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
