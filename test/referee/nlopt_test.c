/* The load sharing solver against NLopt, on dumped problems.
 * On bodies its truncated Newton climbs the dual (about 70 multipliers, no constraint), because SLSQP needs seconds on the
 * primal with 450 variables. On small seeded problems SLSQP solves the primal itself. SPDX-License-Identifier: Apache-2.0 */
#include <nlopt.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/share_dump.h"
#include "support/check.h"
#include "support/share_case.h"
#include "support/share_dual.h"
#include "support/solved.h"

enum { NROW_MAX = 128 };

// the problem as a dump brings it back
static files_share dumped(const ps_share_problem *q) {
  files_share s;
  FILE *f = tmpfile();
  assert_non_null(f);
  assert_ok(files_share_write(f, q));
  rewind(f);
  assert_ok(files_share_read(f, "dump", &s, NULL));
  fclose(f);
  return s;
}

// ---- the dual ----------------------------------------------------------------------------------------------------

typedef struct climb {
  const ps_share_problem *q;
  double scale[NROW_MAX];   // multiplier per unit of NLopt's variable: about one over the root of the curvature
  int evaluations;
} climb;

static double minus_dual(unsigned n, const double *z, double *slope, void *data) {
  climb *c = data;
  double y[NROW_MAX] = {0.0}, rise[NROW_MAX];
  for (unsigned i = 0; i < n; i++) y[i] = c->scale[i]*z[i];
  const double value = share_dual(c->q, y, rise);
  for (unsigned i = 0; slope && i < n; i++) slope[i] = -c->scale[i]*rise[i];
  c->evaluations++;
  return -value;
}

static void set_scale(climb *c) {
  const ps_share_problem *q = c->q;
  double curvature[NROW_MAX];
  for (int i = 0; i < q->n; i++) curvature[i] = 0.5/q->w[i];
  for (int j = 0; j < q->na + q->ns; j++) {
    const double soft = j < q->na ? 1.0/(q->p*q->v[j]) : 0.5/q->e[j - q->na];
    for (int k = q->col[j]; k < q->col[j + 1]; k++) curvature[q->row[k]] += 0.3*soft*q->val[k]*q->val[k];
  }
  for (int i = 0; i < q->n; i++) c->scale[i] = 1.0/sqrt(curvature[i]);
}

// highest dual value that NLopt finds
static double ask_dual(const ps_share_problem *q, int *evaluations) {
  climb c = {.q = q};
  double z[NROW_MAX] = {0.0}, lowest = 0.0;
  assert_true(q->n <= NROW_MAX);
  set_scale(&c);
  nlopt_opt o = nlopt_create(NLOPT_LD_TNEWTON_PRECOND_RESTART, (unsigned)q->n);
  assert_non_null(o);
  nlopt_set_min_objective(o, minus_dual, &c);
  nlopt_set_vector_storage(o, 60);
  nlopt_set_ftol_rel(o, 1e-14);
  nlopt_set_maxeval(o, 20000);
  assert_true(nlopt_optimize(o, z, &lowest) > 0);
  nlopt_destroy(o);
  *evaluations += c.evaluations;
  return -lowest;
}

typedef struct tally { int count, evaluations; double above, below; } tally;

static void compare_dual(const ps_share_problem *q, const ps_share_result *r, const char *name, tally *t) {
  files_share copy = dumped(q);
  double violation = 0.0;
  const double ours = share_primal(q, r->a, r->s, r->r, &violation);
  const double theirs = ask_dual(&copy.problem, &t->evaluations);
  files_share_free(&copy);
  assert_true(violation < 1e-8);
  // the best dual is the best primal: ours may not be above it, nor (but for rows off by rounding) below
  const double relative = (ours - theirs)/ours;
  if (!(fabs(relative) <= 1e-6)) fail_msg("%s, p = %g: ours is %.12g, NLopt's bound %.12g", name, q->p, ours, theirs);
  t->count++;
  t->above = fmax(t->above, relative);
  t->below = fmax(t->below, -relative);
}

static void show(const tally *t, const char *what) {
  printf("figure: NLopt: %d %s: ours at most %.1e above and %.1e below its optimum (%d evaluations "
         "each)\n", t->count, what, t->above,
         t->below, t->evaluations/t->count);
}

static void tasks_of_the_library(void **state) {
  const solved_bench *b = *state;
  tally t = {0};
  for (int k = 0; k < b->ntask; k++) {
    for (double p = 2.0; p <= 3.0; p += 1.0) {
      solved s = solved_new(b->model[SOLVED_MAN], &b->task[k], p);
      compare_dual(&s.recruit->problem, &s.recruit->result, b->task[k].label, &t);
      solved_free(&s);
    }
  }
  show(&t, "task dumps (dual)");
}

static void seeded_bodies(void **state) {
  (void)state;
  tally t = {0};
  for (int task = 0; task < SHARE_NTASK; task++) {
    for (double p = 2.0; p <= 3.0; p += 0.5) {
      share_case c = share_case_body(60, (share_task)task, p);
      const ps_share_opts o = ps_share_default();
      assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
      compare_dual(&c.problem, &c.result, share_task_name((share_task)task), &t);
      share_case_free(&c);
    }
  }
  show(&t, "seeded bodies (dual)");
}

// ---- the primal of small problems --------------------------------------------------------------------------------

typedef struct primal {
  const ps_share_problem *q;
  double unit;     // of a support force
  int row;         // of a constraint
} primal;

static double cost(unsigned n, const double *x, double *slope, void *data) {
  const primal *v = data;
  const ps_share_problem *q = v->q;
  double sum = 0.0;
  (void)n;
  for (int j = 0; j < q->na; j++) {
    sum += q->v[j]*pow(fabs(x[j]), q->p);
    if (slope) slope[j] = q->p*q->v[j]*pow(fabs(x[j]), q->p - 1.0);
  }
  for (int k = q->na; k < q->na + q->ns; k++) {
    const double c = q->e[k - q->na]*v->unit*v->unit;
    sum += c*x[k]*x[k];
    if (slope) slope[k] = 2.0*c*x[k];
  }
  for (int i = 0; i < q->n; i++) {
    const double r = x[q->na + q->ns + i];
    sum += q->w[i]*r*r;
    if (slope) slope[q->na + q->ns + i] = 2.0*q->w[i]*r;
  }
  return sum;
}

static double row_left(unsigned n, const double *x, double *slope, void *data) {
  const primal *v = data;
  const ps_share_problem *q = v->q;
  const int nc = q->na + q->ns;
  if (slope) memset(slope, 0, n*sizeof *slope);
  double sum = x[nc + v->row] - q->b[v->row];
  if (slope) slope[nc + v->row] = 1.0;
  for (int j = 0; j < nc; j++) {
    for (int k = q->col[j]; k < q->col[j + 1]; k++) {
      if (q->row[k] != v->row) continue;
      const double a = (j < q->na ? 1.0 : v->unit)*q->val[k];
      sum += a*x[j];
      if (slope) slope[j] = a;
    }
  }
  return sum;
}

static double ask_primal(const ps_share_problem *q, double *violation) {
  enum { NMAX = 256 };
  const int nc = q->na + q->ns, n = nc + q->n;
  primal view[NROW_MAX];
  double x[NMAX], lo[NMAX], up[NMAX], lowest = 0.0, unit = 1.0;
  assert_true(n <= NMAX && q->n <= NROW_MAX);
  for (int i = 0; i < q->n; i++) unit = fmax(unit, fabs(q->b[i]));
  for (int j = 0; j < n; j++) {
    lo[j] = j < nc ? 0.0 : -HUGE_VAL;
    up[j] = j < q->na ? 1.0 : HUGE_VAL;
    x[j] = j < nc ? 0.1 : 0.0;
  }
  nlopt_opt o = nlopt_create(NLOPT_LD_SLSQP, (unsigned)n);
  assert_non_null(o);
  nlopt_set_lower_bounds(o, lo);
  nlopt_set_upper_bounds(o, up);
  for (int i = 0; i < q->n; i++) {
    view[i] = (primal){q, unit, i};
    nlopt_add_equality_constraint(o, row_left, &view[i], 1e-9*unit);
  }
  nlopt_set_min_objective(o, cost, &view[0]);
  nlopt_set_ftol_rel(o, 1e-13);
  nlopt_set_maxeval(o, 2000);
  const nlopt_result code = nlopt_optimize(o, x, &lowest);
  nlopt_destroy(o);
  for (int j = q->na; j < nc; j++) x[j] *= unit;
  const double objective = share_primal(q, x, x + q->na, x + nc, violation);
  // what SLSQP calls a failure by rounding may still be a good point: the violation decides
  (void)code;
  return objective;
}

static void small_problems_by_slsqp(void **state) {
  (void)state;
  int count = 0, failed = 0, worse = 0;
  double above = -HUGE_VAL, below = 0.0;
  for (uint64_t seed = 300; seed < 420; seed++) {
    share_case c = share_case_random(seed, seed % 2 ? 3.0 : 2.0);
    if (c.problem.na + c.problem.ns > 60) {
      share_case_free(&c);
      continue;
    }
    const ps_share_opts o = ps_share_default();
    double violation = 0.0, theirs_off = 0.0;
    assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
    const double ours = share_primal(&c.problem, c.result.a, c.result.s, c.result.r, &violation);
    const double theirs = ask_primal(&c.problem, &theirs_off), relative = (ours - theirs)/theirs;
    count++;
    if (!(theirs_off < 1e-8)) {
      failed++;
    } else {
      if (relative > 1e-6) fail_msg("seed %d: ours is %.12g, SLSQP's %.12g", (int)seed, ours, theirs);
      above = fmax(above, relative);
      below = fmax(below, -relative);
      worse += relative < -1e-6;
    }
    share_case_free(&c);
  }
  printf("figure: NLopt: %d small problems (primal, SLSQP): ours at most %.1e above; SLSQP is more than 1e-6"
         " worse at %d (by up to %.1e) and"
         " found no feasible point at %d\n", count, above, worse, below, failed);
  assert_true(count - failed - worse >= 30);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tasks_of_the_library),
      cmocka_unit_test(seeded_bodies),
      cmocka_unit_test(small_problems_by_slsqp),
  };
  return cmocka_run_group_tests_name("nlopt", tests, solved_bench_open, solved_bench_close);
}
