/* The load sharing solver at its borders: degenerate problems, bad input, memory. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "psoas/optim.h"
#include "support/check.h"
#include "support/share_case.h"
#include "support/share_dual.h"

static ps_status solve(share_case *c) {
  const ps_share_opts o = ps_share_default();
  return ps_share_solve(&c->problem, &o, &c->result, &c->arena);
}

// objective above the dual's bound, relative
static double gap_of(const share_case *c, double *violation) {
  const double primal = share_primal(&c->problem, c->result.a, c->result.s, c->result.r, violation);
  return (primal - share_dual(&c->problem, c->result.y, NULL))/(primal + 1e-300);
}

static void assert_optimal(const share_case *c) {
  double violation = 0.0;
  assert_int_equal(c->result.outcome, PS_CONVERGED);
  assert_close(gap_of(c, &violation), 0.0, 0.0, 1e-7);
  assert_close(violation, 0.0, 0.0, 1e-8);
}

// ---- degenerate problems -----------------------------------------------------------------------------------------

static void without_supports_without_muscles_without_rows(void **state) {
  (void)state;
  share_case c = share_case_body(4, SHARE_STAND, 3.0);
  c.problem.ns = 0;
  assert_ok(solve(&c));
  assert_optimal(&c);
  share_case_free(&c);

  // nothing but reserves: r = b
  share_case none = share_case_new(3, 0, 0, 0, 2.0);
  for (int i = 0; i < 3; i++) {
    none.b[i] = 3.7*(i - 1.3);
    none.w[i] = 0.4 + i;
  }
  assert_ok(solve(&none));
  assert_optimal(&none);
  for (int i = 0; i < 3; i++) assert_close(none.result.r[i], none.b[i], 1e-9, 0.0);
  share_case_free(&none);

  share_case empty = share_case_new(0, 0, 0, 0, 2.0);
  assert_ok(solve(&empty));
  assert_int_equal(empty.result.outcome, PS_CONVERGED);
  assert_close(empty.result.objective, 0.0, 0.0, 0.0);
  share_case_free(&empty);

  // muscles that move nothing stay at rest
  share_case idle = share_case_new(0, 2, 1, 0, 3.0);
  idle.v[0] = idle.v[1] = 0.9;
  idle.e[0] = 1e-9;
  assert_ok(solve(&idle));
  for (int j = 0; j < 2; j++) assert_close(idle.result.a[j], 0.0, 0.0, 1e-6);
  share_case_free(&idle);
}

static void nothing_to_carry_costs_nothing(void **state) {
  (void)state;
  for (double p = 2.0; p <= 3.0; p += 1.0) {
    share_case c = share_case_body(5, SHARE_SIT, p);
    memset(c.b, 0, (size_t)c.problem.n*sizeof *c.b);
    assert_ok(solve(&c));
    assert_int_equal(c.result.outcome, PS_CONVERGED);
    assert_close(c.result.objective, 0.0, 0.0, 1e-12);
    for (int i = 0; i < c.problem.n; i++) assert_close(c.result.r[i], 0.0, 0.0, 1e-8);
    share_case_free(&c);
  }
}

// a contact that would have to pull gives nothing; the reserve does it
static void a_contact_does_not_pull(void **state) {
  (void)state;
  share_case c = share_case_new(1, 0, 1, 1, 2.0);
  c.col[1] = 1;
  c.val[0] = 1.0;
  c.e[0] = 1e-9;
  c.w[0] = 1e3;
  c.b[0] = -512.3;
  assert_ok(solve(&c));
  assert_optimal(&c);
  assert_close(c.result.s[0], 0.0, 0.0, 0.0);
  assert_close(c.result.r[0], -512.3, 1e-9, 0.0);
  share_case_free(&c);
}

static void far_scales_are_solved(void **state) {
  (void)state;
  static const double factor[] = {1e-9, 1e-4, 1e4, 1e9};
  for (size_t k = 0; k < sizeof factor/sizeof *factor; k++) {
    for (double p = 2.0; p <= 3.0; p += 1.0) {
      // all costs in another unit: the same answer
      share_case c = share_case_body(7, SHARE_FLEXED, p), d = share_case_copy(&c);
      for (int j = 0; j < d.problem.na; j++) d.v[j] *= factor[k];
      for (int j = 0; j < d.problem.ns; j++) d.e[j] *= factor[k];
      for (int i = 0; i < d.problem.n; i++) d.w[i] *= factor[k];
      assert_ok(solve(&c));
      assert_ok(solve(&d));
      assert_int_equal(d.result.outcome, PS_CONVERGED);
      assert_close(d.result.objective, factor[k]*c.result.objective, 1e-7, 0.0);
      share_case_free(&c);
      share_case_free(&d);
    }
  }
}

static void stopping_early_is_said(void **state) {
  (void)state;
  share_case c = share_case_body(8, SHARE_HEAVY, 3.0);
  for (int limit = 0; limit < 4; limit++) {
    const ps_share_opts o = {.tolerance = 1e-9, .max_iterations = limit};
    assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
    assert_int_equal(c.result.outcome, PS_ITERATION_LIMIT);
    assert_true(c.result.iterations <= limit);
    assert_true(c.result.kkt_residual > 1e-9);
    for (int j = 0; j < c.problem.na; j++) assert_true(c.result.a[j] >= 0.0 && c.result.a[j] <= 1.0);
    for (int j = 0; j < c.problem.ns; j++) assert_true(c.result.s[j] >= 0.0);
  }
  share_case_free(&c);
}

static void a_warm_start_from_anywhere_arrives(void **state) {
  (void)state;
  share_case c = share_case_body(9, SHARE_LATERAL, 3.0);
  assert_ok(solve(&c));
  const double objective = c.result.objective;
  ps_rng rng;
  ps_rng_init(&rng, 99);
  for (int k = 0; k < 20; k++) {
    const double size = pow(10.0, k/4.0 - 3.0);
    for (int i = 0; i < c.problem.n; i++) c.result.y[i] = size*ps_rng_normal(&rng);
    const ps_share_opts o = {.tolerance = 1e-9, .max_iterations = 200, .is_warm = true};
    assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
    assert_int_equal(c.result.outcome, PS_CONVERGED);
    assert_close(c.result.objective, objective, 1e-7, 0.0);
  }
  share_case_free(&c);
}

// ---- bad input ---------------------------------------------------------------------------------------------------

static void bad_numbers_are_refused(void **state) {
  (void)state;
  static const double wrong[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
  static const double not_positive[] = {0.0, -1.0, (double)NAN, (double)INFINITY};
  share_case c = share_case_random(11, 2.0);
  assert_true(c.problem.na > 0 && c.problem.ns > 0);
  double *const any[] = {&c.val[1], &c.b[2]}, *const cost[] = {&c.v[0], &c.e[0], &c.w[1]};
  for (size_t i = 0; i < 2; i++) {
    const double was = *any[i];
    for (size_t k = 0; k < 3; k++) {
      *any[i] = wrong[k];
      assert_int_equal(solve(&c), PS_EINPUT);
    }
    *any[i] = was;
  }
  for (size_t i = 0; i < 3; i++) {
    const double was = *cost[i];
    for (size_t k = 0; k < 4; k++) {
      *cost[i] = not_positive[k];
      assert_int_equal(solve(&c), PS_EINPUT);
    }
    *cost[i] = was;
  }
  static const double exponent[] = {1.999, 10.001, (double)NAN, -2.0};
  for (size_t k = 0; k < 4; k++) {
    c.problem.p = exponent[k];
    assert_int_equal(solve(&c), PS_EINPUT);
  }
  c.problem.p = 2.0;
  assert_ok(solve(&c));
  share_case_free(&c);
}

static void bad_options_and_starts_are_refused(void **state) {
  (void)state;
  share_case c = share_case_random(11, 2.0);
  static const ps_share_opts bad[] = {{.tolerance = 0.0, .max_iterations = 9}, {.tolerance = -1.0, .max_iterations = 9},
                                      {.tolerance = (double)NAN, .max_iterations = 9},
                                      {.tolerance = 1e-9, .max_iterations = -1}};
  for (size_t k = 0; k < sizeof bad/sizeof *bad; k++)
    assert_int_equal(ps_share_solve(&c.problem, &bad[k], &c.result, &c.arena), PS_EINPUT);
  ps_share_opts warm = ps_share_default();
  warm.is_warm = true;
  c.result.y[0] = (double)NAN;
  assert_int_equal(ps_share_solve(&c.problem, &warm, &c.result, &c.arena), PS_EINPUT);
  share_case_free(&c);
}

static void bad_shapes_are_refused(void **state) {
  (void)state;
  share_case c = share_case_new(2, 2, 0, 4, 2.0);
  c.col[1] = 2;
  c.col[2] = 4;
  c.row[1] = c.row[3] = 1;
  for (int k = 0; k < 4; k++) c.val[k] = 2.3 + k;
  c.v[0] = c.v[1] = c.w[0] = c.w[1] = 1.0;
  assert_ok(solve(&c));
  const struct { int *at, value; } change[] = {{&c.col[0], 1}, {&c.col[1], 5}, {&c.row[0], -1}, {&c.row[1], 2},
                                               {&c.row[1], 0},
                                               {&c.problem.n, -1}, {&c.problem.na, -1}, {&c.problem.ns, -1}};
  for (size_t k = 0; k < sizeof change/sizeof *change; k++) {
    const int was = *change[k].at;
    *change[k].at = change[k].value;
    assert_int_equal(solve(&c), PS_ESHAPE);
    *change[k].at = was;
  }
  assert_ok(solve(&c));
  share_case_free(&c);
}

static void a_short_arena_is_refused(void **state) {
  (void)state;
  share_case c = share_case_random(12, 2.0);
  const ps_share_problem *q = &c.problem;
  const size_t size = ps_share_scratch_size(q->n, q->na, q->ns, q->col[q->na + q->ns]);
  const ps_share_opts o = ps_share_default();
  for (size_t have = 0; have < size; have += have < 512 ? 64 : size/41) {
    ps_arena a;
    ps_arena_init(&a, c.memory, have);
    const ps_status status = ps_share_solve(q, &o, &c.result, &a);
    // the stated size leaves room for alignment, so a little less may do
    if (have < size - 2048) assert_int_equal(status, PS_ENOMEM);
    assert_int_equal(a.used, 0);
  }
  // the stated size does, at any alignment of the memory
  unsigned char *memory = malloc(size + 64);
  assert_non_null(memory);
  for (size_t shift = 0; shift < 64; shift += 9) {
    ps_arena a;
    ps_arena_init(&a, memory + shift, size);
    assert_ok(ps_share_solve(q, &o, &c.result, &a));
    assert_int_equal(a.used, 0);
    assert_true(a.peak <= size);
  }
  free(memory);
  share_case_free(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_supports_without_muscles_without_rows),
      cmocka_unit_test(nothing_to_carry_costs_nothing),
      cmocka_unit_test(a_contact_does_not_pull),
      cmocka_unit_test(far_scales_are_solved),
      cmocka_unit_test(stopping_early_is_said),
      cmocka_unit_test(a_warm_start_from_anywhere_arrives),
      cmocka_unit_test(bad_numbers_are_refused),
      cmocka_unit_test(bad_options_and_starts_are_refused),
      cmocka_unit_test(bad_shapes_are_refused),
      cmocka_unit_test(a_short_arena_is_refused),
  };
  return cmocka_run_group_tests_name("share_border", tests, NULL, NULL);
}
