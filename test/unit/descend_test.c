// SPDX-License-Identifier: Apache-2.0
#include "psoas/optim.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"

enum { N = 4 };

// two valleys after Rosenbrock, the least value 0 at (1, 1, 1, 1)
static double valleys(void *context, const double *x, double *g) {
  ++*(int *)context;
  double sum = 0.0;
  for (int i = 0; i < N; i += 2) {
    const double a = x[i + 1] - x[i]*x[i], b = 1.0 - x[i];
    sum += 100.0*a*a + b*b;
    g[i] = -400.0*a*x[i] - 2.0*b;
    g[i + 1] = 200.0*a;
  }
  return sum;
}

// a bend at x = 0.3 in every coordinate
static double bends(void *context, const double *x, double *g) {
  (void)context;
  double sum = 0.0;
  for (int i = 0; i < N; i++) {
    sum += fabs(x[i] - 0.3) + 0.1*(i + 1)*x[i]*x[i];
    g[i] = (x[i] < 0.3 ? -1.0 : 1.0) + 0.2*(i + 1)*x[i];
  }
  return sum;
}

// no value beyond |x| = 1: -log(1 - x^2)
static double walled(void *context, const double *x, double *g) {
  (void)context;
  double sum = 0.0;
  for (int i = 0; i < N; i++) {
    if (!(fabs(x[i]) < 1.0)) return HUGE_VAL;
    sum -= log(1.0 - x[i]*x[i]);
    g[i] = 2.0*x[i]/(1.0 - x[i]*x[i]);
  }
  return sum;
}

static double nowhere(void *context, const double *x, double *g) {
  (void)context;
  (void)x;
  memset(g, 0, N*sizeof *g);
  return (double)NAN;
}

typedef double function(void *context, const double *x, double *g);

static ps_status run(function *f, void *context, const ps_descend_opts *o, double *x, ps_descend_result *r) {
  const ps_descend_problem p = {.n = N, .value = f, .context = context};
  double h[N*N] = {0.0};
  for (int i = 0; i < N; i++) h[i*N + i] = 1.0;
  const size_t size = ps_descend_scratch_size(N);
  void *memory = aligned_alloc(64, (size + 63u)/64u*64u);
  assert_non_null(memory);
  ps_arena a;
  ps_arena_init(&a, memory, size);
  const ps_status status = ps_descend(&p, o, x, h, r, &a);
  assert_int_equal(a.used, 0);
  free(memory);
  return status;
}

static void finds_the_floor_of_a_bent_valley(void **state) {
  (void)state;
  double x[N] = {-1.2, 1.0, 0.385, -2.0};
  int ncall = 0;
  ps_descend_opts o = ps_descend_default();
  o.step_max = 1.0;
  ps_descend_result r;
  assert_ok(run(valleys, &ncall, &o, x, &r));
  assert_int_equal(r.outcome, PS_CONVERGED);
  assert_int_equal(r.evaluations, ncall);
  assert_true(r.gradient <= 1e-6 && r.iterations < ncall && ncall < 150);
  for (int i = 0; i < N; i++) assert_close(x[i], 1.0, 0.0, 1e-5);
}

static void says_when_it_has_to_stop(void **state) {
  (void)state;
  double x[N] = {-1.2, 1.0, 0.385, -2.0};
  int ncall = 0;
  ps_descend_opts o = ps_descend_default();
  o.max_iterations = 3;
  ps_descend_result r;
  assert_ok(run(valleys, &ncall, &o, x, &r));
  assert_int_equal(r.outcome, PS_ITERATION_LIMIT);
  assert_int_equal(r.iterations, 3);
}

static void stays_inside_a_wall(void **state) {
  (void)state;
  double x[N] = {0.9, -0.99, 0.5, 0.2385};
  const ps_descend_opts o = {.tolerance = 1e-8, .step_max = 5.0, .max_iterations = 100};
  ps_descend_result r;
  assert_ok(run(walled, NULL, &o, x, &r));
  assert_int_equal(r.outcome, PS_CONVERGED);
  for (int i = 0; i < N; i++) assert_close(x[i], 0.0, 0.0, 1e-8);
}

static void reaches_a_bend_and_does_not_call_it_converged(void **state) {
  (void)state;
  double x[N] = {-0.7, 0.9, 0.1, 2.385};
  const ps_descend_opts o = ps_descend_default();
  ps_descend_result r;
  assert_ok(run(bends, NULL, &o, x, &r));
  assert_int_not_equal(r.outcome, PS_CONVERGED);
  for (int i = 0; i < N; i++) assert_close(x[i], 0.3, 0.0, 1e-6);
}

static void refuses_a_start_without_a_value(void **state) {
  (void)state;
  double x[N] = {0.0};
  const ps_descend_opts o = ps_descend_default();
  ps_descend_result r;
  assert_int_equal(run(nowhere, NULL, &o, x, &r), PS_ENUMERIC);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_the_floor_of_a_bent_valley), cmocka_unit_test(says_when_it_has_to_stop),
      cmocka_unit_test(stays_inside_a_wall), cmocka_unit_test(reaches_a_bend_and_does_not_call_it_converged),
      cmocka_unit_test(refuses_a_start_without_a_value),
  };
  return cmocka_run_group_tests_name("descend", tests, NULL, NULL);
}
