// SPDX-License-Identifier: Apache-2.0
#include "psoas/linalg.h"

#include <string.h>

#include "support/check.h"

enum { SIZE_MAX_ = 13 };

static void solves_random_systems_both_ways(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 11);
  for (int n = 1; n <= SIZE_MAX_; n++) {
    double a[SIZE_MAX_*SIZE_MAX_], lu[SIZE_MAX_*SIZE_MAX_], x[SIZE_MAX_], b[SIZE_MAX_], c[SIZE_MAX_];
    int order[SIZE_MAX_];
    for (int i = 0; i < n*n; i++) a[i] = ps_rng_normal(&rng);
    a[0] = 0.0;  // the first pivot has to be looked for
    if (n == 1) a[0] = 2.385;
    for (int i = 0; i < n; i++) x[i] = ps_rng_normal(&rng);
    for (int i = 0; i < n; i++) {
      b[i] = c[i] = 0.0;
      for (int j = 0; j < n; j++) {
        b[i] += a[n*i + j]*x[j];
        c[i] += a[n*j + i]*x[j];
      }
    }
    memcpy(lu, a, sizeof lu);
    assert_true(ps_lu_factor(n, lu, order));
    ps_lu_solve(n, lu, order, b);
    ps_lu_solve_transposed(n, lu, order, c);
    for (int i = 0; i < n; i++) {
      assert_close(b[i], x[i], 1e-10, 1e-11);
      assert_close(c[i], x[i], 1e-10, 1e-11);
    }
  }
}

static void refuses_a_singular_matrix(void **state) {
  (void)state;
  double zero_column[4] = {0.0, 1.5, 0.0, 2.385}, nan[4] = {(double)NAN, 1.0, 1.0, (double)NAN};
  int order[2];
  assert_false(ps_lu_factor(2, zero_column, order));
  assert_false(ps_lu_factor(2, nan, order));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(solves_random_systems_both_ways),
      cmocka_unit_test(refuses_a_singular_matrix),
  };
  return cmocka_run_group_tests_name("lu", tests, NULL, NULL);
}
