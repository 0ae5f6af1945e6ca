/* The load sharing solver: closed forms, and optimality from outside.
 * SPDX-License-Identifier: Apache-2.0 */
#include "psoas/optim.h"

#include <string.h>

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

// ---- closed forms ------------------------------------------------------------------------------------------------

// one muscle with cost v and moment A against a reserve of cost w
static share_case one_muscle(double v, double moment, double w, double b, double p) {
  share_case c = share_case_new(1, 1, 0, 1, p);
  c.col[1] = 1;
  c.val[0] = moment;
  c.v[0] = v;
  c.w[0] = w;
  c.b[0] = b;
  return c;
}

static void one_muscle_and_a_reserve_by_hand(void **state) {
  (void)state;
  // a = w A b/(v + w A^2) when that lies between 0 and 1; a muscle cannot push, nor give more than all it has
  static const struct { double v, A, w, b, a; } row[] = {
      {0.7, 23.0, 1.3, 11.0, 1.3*23.0*11.0/(0.7 + 1.3*23.0*23.0)},
      {2.9, -4.5, 0.2, -1.7, 0.2*4.5*1.7/(2.9 + 0.2*4.5*4.5)},
      {0.7, 23.0, 1.3, -11.0, 0.0},
      {0.7, 23.0, 1.3, 61.0, 1.0},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    share_case c = one_muscle(row[i].v, row[i].A, row[i].w, row[i].b, 2.0);
    assert_ok(solve(&c));
    assert_close(c.result.a[0], row[i].a, 1e-9, 1e-12);
    assert_close(c.result.r[0], row[i].b - row[i].A*row[i].a, 1e-7, 1e-9);
    assert_close(c.result.y[0], 2.0*row[i].w*c.result.r[0], 1e-12, 0.0);
    const double left = row[i].b - row[i].A*row[i].a;
    assert_close(c.result.objective, row[i].v*row[i].a*row[i].a + row[i].w*left*left, 1e-8, 0.0);
    share_case_free(&c);
  }
}

static void a_cubic_cost_by_hand(void **state) {
  (void)state;
  // 3 v a^2 = 2 w (b - A a) A: the positive root
  static const double v = 1.3, A = 17.0, w = 0.4, b = 9.1;
  const double B = 2.0*w*A*A, C = -2.0*w*A*b, a = (-B + sqrt(B*B - 12.0*v*C))/(6.0*v);
  share_case c = one_muscle(v, A, w, b, 3.0);
  assert_ok(solve(&c));
  assert_close(c.result.a[0], a, 1e-9, 0.0);
  share_case_free(&c);
}

static void equal_muscles_share_equally(void **state) {
  (void)state;
  for (double p = 2.0; p <= 3.0; p += 0.5) {
    share_case c = share_case_new(2, 3, 0, 6, p);
    for (int j = 0; j < 3; j++) {
      c.col[j + 1] = 2*(j + 1);
      c.row[2*j + 1] = 1;
      c.val[2*j] = 31.0;
      c.val[2*j + 1] = -7.5;
      c.v[j] = 0.8;
    }
    c.w[0] = c.w[1] = 1.1;
    c.b[0] = 40.0;
    c.b[1] = -12.0;
    assert_ok(solve(&c));
    assert_optimal(&c);
    assert_true(c.result.a[0] > 0.1);
    assert_close(c.result.a[1], c.result.a[0], 1e-14, 0.0);
    assert_close(c.result.a[2], c.result.a[0], 1e-14, 0.0);
    share_case_free(&c);
  }
}

// ---- optimality ----------------------------------------------------------------------------------------------------

typedef struct tally { int solved, given_up; double gap, violation; } tally;

// whoever says "converged" is optimal; who is not says so
static void look(share_case *c, tally *t) {
  double violation = 0.0;
  assert_ok(solve(c));
  const double gap = fabs(gap_of(c, &violation));
  if (c->result.outcome != PS_CONVERGED) {
    t->given_up++;
    return;
  }
  if (!(gap < 1e-6 && violation < 1e-8)) fail_msg("converged with a gap of %g and rows off by %g", gap, violation);
  t->solved++;
  t->gap = fmax(t->gap, gap);
  t->violation = fmax(t->violation, violation);
}

static void random_problems_are_solved(void **state) {
  (void)state;
  static const double exponent[] = {2.0, 2.5, 3.0};
  for (size_t k = 0; k < 3; k++) {
    tally t = {0, 0, 0.0, 0.0};
    for (uint64_t seed = 1; seed <= 400; seed++) {
      share_case c = share_case_random(seed, exponent[k]);
      look(&c, &t);
      share_case_free(&c);
    }
    printf("figure: p = %g, awkward random problems: %d solved (gap %.0e, rows %.0e), %d given up and said "
           "so\n", exponent[k], t.solved,
           t.gap, t.violation, t.given_up);
    assert_true(t.given_up <= 2);
  }
}

static void bodies_are_solved(void **state) {
  (void)state;
  static const double exponent[] = {2.0, 2.5, 3.0};
  for (size_t k = 0; k < 3; k++) {
    for (int task = 0; task < SHARE_NTASK; task++) {
      for (uint64_t seed = 1; seed <= 5; seed++) {
        share_case c = share_case_body(seed, (share_task)task, exponent[k]);
        assert_ok(solve(&c));
        assert_optimal(&c);
        assert_true(share_kkt_outside(&c.problem, &c.result) < 1e-7);
        assert_true(c.result.kkt_residual < 1e-7);
        share_case_free(&c);
      }
    }
  }
}

// shown, not promised: what a steeper cost does to the solver
static void steep_costs_tell_when_they_give_up(void **state) {
  (void)state;
  for (double p = 5.0; p <= 10.0; p += 5.0) {
    tally t = {0, 0, 0.0, 0.0};
    for (int task = 0; task < SHARE_NTASK; task++) {
      for (uint64_t seed = 1; seed <= 3; seed++) {
        share_case c = share_case_body(seed, (share_task)task, p);
        look(&c, &t);
        share_case_free(&c);
      }
    }
    printf("figure: p = %g, bodies: %d solved, %d given up and said so\n", p, t.solved, t.given_up);
    assert_true(t.solved > 0);
  }
}

static void multipliers_are_the_slope_of_the_objective(void **state) {
  (void)state;
  double worst = 0.0;
  for (uint64_t seed = 3; seed <= 6; seed++) {
    for (double p = 2.0; p <= 3.0; p += 1.0) {
      share_case c = share_case_body(seed, (share_task)(seed % SHARE_NTASK), p);
      const ps_share_opts o = {.tolerance = 1e-12, .max_iterations = 200};
      assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
      double y[128], largest = 0.0;
      memcpy(y, c.result.y, (size_t)c.problem.n*sizeof *y);
      for (int i = 0; i < c.problem.n; i++) largest = fmax(largest, fabs(y[i]));
      for (int i = 0; i < c.problem.n; i += 5) {
        const double b = c.b[i], h = 1e-3;
        double objective[2];
        for (int k = 0; k < 2; k++) {
          c.b[i] = b + (k ? h : -h);
          assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
          objective[k] = c.result.objective;
        }
        c.b[i] = b;
        const double slope = (objective[1] - objective[0])/(2.0*h);
        worst = fmax(worst, fabs(slope - y[i])/largest);
        assert_close(slope, y[i], 1e-5, 1e-6*largest);
      }
      share_case_free(&c);
    }
  }
  printf("figure: multipliers against differences of the objective: %.0e of the largest\n", worst);
}

static void the_residual_sees_a_wrong_answer(void **state) {
  (void)state;
  share_case c = share_case_body(2, SHARE_FLEXED, 3.0);
  assert_ok(solve(&c));
  assert_true(ps_share_kkt(&c.problem, &c.result) < 1e-7);
  int busy = 0;
  while (c.result.a[busy] < 0.05 || c.result.a[busy] > 0.9) busy++;
  double *const number[] = {&c.result.a[busy], &c.result.r[20], &c.result.y[20], &c.result.s[0]};
  for (size_t i = 0; i < sizeof number/sizeof *number; i++) {
    const double was = *number[i];
    *number[i] = was + 1e-3*(1.0 + fabs(was));
    assert_true(ps_share_kkt(&c.problem, &c.result) > 1e-6);
    assert_true(share_kkt_outside(&c.problem, &c.result) > 1e-6);
    *number[i] = (double)NAN;
    assert_true(!(ps_share_kkt(&c.problem, &c.result) < 1e-6));
    *number[i] = was;
  }
  share_case_free(&c);
}

// where nothing else depends on it, a number that is none still shows
static void the_residual_sees_a_NaN_on_its_own(void **state) {
  (void)state;
  share_case c = share_case_new(1, 1, 1, 0, 2.0);
  c.v[0] = c.e[0] = c.w[0] = 1.0;
  assert_ok(solve(&c));
  assert_true(ps_share_kkt(&c.problem, &c.result) < 1e-9);
  double *const number[] = {&c.result.a[0], &c.result.s[0], &c.result.r[0], &c.result.y[0]};
  for (size_t i = 0; i < sizeof number/sizeof *number; i++) {
    const double was = *number[i];
    *number[i] = (double)NAN;
    assert_true(!(ps_share_kkt(&c.problem, &c.result) < 1e-6));
    *number[i] = was;
  }
  share_case_free(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_muscle_and_a_reserve_by_hand),
      cmocka_unit_test(a_cubic_cost_by_hand),
      cmocka_unit_test(equal_muscles_share_equally),
      cmocka_unit_test(random_problems_are_solved),
      cmocka_unit_test(bodies_are_solved),
      cmocka_unit_test(steep_costs_tell_when_they_give_up),
      cmocka_unit_test(multipliers_are_the_slope_of_the_objective),
      cmocka_unit_test(the_residual_sees_a_wrong_answer),
      cmocka_unit_test(the_residual_sees_a_NaN_on_its_own),
  };
  return cmocka_run_group_tests_name("share", tests, NULL, NULL);
}
