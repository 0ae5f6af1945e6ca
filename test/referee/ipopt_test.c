/* The load sharing solver against Ipopt on dumped problems: every task of the library and seeded instances, p = 2 and 3.
 * Ipopt gets exact derivatives. SPDX-License-Identifier: Apache-2.0 */
#include <coin/IpStdCInterface.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/share_dump.h"
#include "support/check.h"
#include "support/share_case.h"
#include "support/share_dual.h"
#include "support/solved.h"

// variables: activations, supports in `unit`, reserves
typedef struct view {
  const ps_share_problem *q;
  double unit;   // of a support force [N]: numbers near 1 for the other solver
} view;

static int variables(const ps_share_problem *q) { return q->na + q->ns + q->n; }

static Bool objective(Index n, Number *x, Bool is_new, Number *out, UserDataPtr data) {
  (void)n, (void)is_new;
  const view *w = data;
  const ps_share_problem *q = w->q;
  double sum = 0.0;
  for (int j = 0; j < q->na; j++) sum += q->v[j]*pow(fabs(x[j]), q->p);
  for (int j = 0; j < q->ns; j++) sum += q->e[j]*pow(w->unit*x[q->na + j], 2.0);
  for (int i = 0; i < q->n; i++) sum += q->w[i]*pow(x[q->na + q->ns + i], 2.0);
  *out = sum;
  return TRUE;
}

static Bool slopes(Index n, Number *x, Bool is_new, Number *out, UserDataPtr data) {
  (void)n, (void)is_new;
  const view *w = data;
  const ps_share_problem *q = w->q;
  for (int j = 0; j < q->na; j++) out[j] = q->p*q->v[j]*pow(fabs(x[j]), q->p - 1.0);
  for (int j = 0; j < q->ns; j++) out[q->na + j] = 2.0*q->e[j]*w->unit*w->unit*x[q->na + j];
  for (int i = 0; i < q->n; i++) out[q->na + q->ns + i] = 2.0*q->w[i]*x[q->na + q->ns + i];
  return TRUE;
}

static Bool rows(Index n, Number *x, Bool is_new, Index m, Number *out, UserDataPtr data) {
  (void)n, (void)is_new, (void)m;
  const view *w = data;
  const ps_share_problem *q = w->q;
  for (int i = 0; i < q->n; i++) out[i] = x[q->na + q->ns + i] - q->b[i];
  for (int j = 0; j < q->na + q->ns; j++) {
    const double c = j < q->na ? x[j] : w->unit*x[j];
    for (int k = q->col[j]; k < q->col[j + 1]; k++) out[q->row[k]] += c*q->val[k];
  }
  return TRUE;
}

static Bool row_slopes(Index n, Number *x, Bool is_new, Index m, Index nele, Index *row, Index *column, Number *val,
                       UserDataPtr data) {
  (void)n, (void)x, (void)is_new, (void)m, (void)nele;
  const view *w = data;
  const ps_share_problem *q = w->q;
  const int nc = q->na + q->ns, nnz = q->col[nc];
  for (int j = 0; j < nc; j++) {
    for (int k = q->col[j]; k < q->col[j + 1]; k++) {
      if (val) val[k] = (j < q->na ? 1.0 : w->unit)*q->val[k];
      else row[k] = q->row[k], column[k] = j;
    }
  }
  for (int i = 0; i < q->n; i++) {
    if (val) val[nnz + i] = 1.0;
    else row[nnz + i] = i, column[nnz + i] = nc + i;
  }
  return TRUE;
}

static Bool curvature(Index n, Number *x, Bool is_new, Number factor, Index m, Number *lambda, Bool is_new_lambda,
                      Index nele, Index *row, Index *column, Number *val, UserDataPtr data) {
  (void)is_new, (void)m, (void)lambda, (void)is_new_lambda, (void)nele;
  const view *w = data;
  const ps_share_problem *q = w->q;
  for (int j = 0; j < n; j++) {
    if (!val) row[j] = column[j] = j;
    else if (j < q->na) val[j] = factor*q->p*(q->p - 1.0)*q->v[j]*pow(fabs(x[j]), q->p - 2.0);
    else if (j < q->na + q->ns) val[j] = factor*2.0*q->e[j - q->na]*w->unit*w->unit;
    else val[j] = factor*2.0*q->w[j - q->na - q->ns];
  }
  return TRUE;
}

static void set_number(IpoptProblem ip, const char *name, double value) {
  char key[64];
  snprintf(key, sizeof key, "%s", name);
  assert_true(AddIpoptNumOption(ip, key, value));
}

static void set_text(IpoptProblem ip, const char *name, const char *value) {
  char key[64], text[64];
  snprintf(key, sizeof key, "%s", name);
  snprintf(text, sizeof text, "%s", value);
  assert_true(AddIpoptStrOption(ip, key, text));
}

static void set_whole(IpoptProblem ip, const char *name, int value) {
  char key[64];
  snprintf(key, sizeof key, "%s", name);
  assert_true(AddIpoptIntOption(ip, key, value));
}

static double largest(const double *v, int n) {
  double m = 0.0;
  for (int i = 0; i < n; i++) m = fmax(m, fabs(v[i]));
  return m;
}

typedef struct answer { double objective, violation; int code; } answer;

static answer ask_ipopt(const ps_share_problem *q) {
  const int n = variables(q), nc = q->na + q->ns, nnz = q->col[nc];
  view w = {q, 1.0 + largest(q->b, q->n)/10.0};
  double *lo = calloc((size_t)n*3 + (size_t)q->n + 1, sizeof *lo), *up = lo + n, *x = up + n, *zero = x + n;
  assert_non_null(lo);
  for (int j = 0; j < n; j++) {
    lo[j] = j < nc ? 0.0 : -2e19;
    up[j] = j < q->na ? 1.0 : 2e19;
    x[j] = j < q->na ? 0.1 : j < nc ? 0.5 : 0.0;
  }
  IpoptProblem ip = CreateIpoptProblem(n, lo, up, q->n, zero, zero, nnz + q->n, n, 0, objective, rows, slopes, row_slopes,
                                       curvature);
  assert_non_null(ip);
  set_whole(ip, "print_level", 0);
  set_text(ip, "sb", "yes");
  set_number(ip, "tol", 1e-11);
  set_number(ip, "constr_viol_tol", 1e-9);
  set_number(ip, "compl_inf_tol", 1e-11);
  set_number(ip, "dual_inf_tol", 1e-7);
  set_number(ip, "bound_relax_factor", 0.0);
  set_number(ip, "acceptable_tol", 1e-9);
  set_text(ip, "jac_c_constant", "yes");
  set_whole(ip, "max_iter", 1000);
  answer a = {0};
  a.code = (int)IpoptSolve(ip, x, NULL, NULL, NULL, NULL, NULL, &w);
  FreeIpoptProblem(ip);
  for (int j = q->na; j < nc; j++) x[j] *= w.unit;
  a.objective = share_primal(q, x, x + q->na, x + nc, &a.violation);
  free(lo);
  return a;
}

typedef struct tally {
  int count, refused, worse;
  double above;      // ours above Ipopt's, relative
  double below;      // ours below
  double violation;  // ours and theirs
} tally;

// compare the solution in `r` with Ipopt's of the dumped and re-read problem
static void compare(const ps_share_problem *q, const ps_share_result *r, const char *name, tally *t) {
  FILE *f = tmpfile();
  files_share copy;
  assert_non_null(f);
  assert_ok(files_share_write(f, q));
  rewind(f);
  assert_ok(files_share_read(f, name, &copy, NULL));
  fclose(f);

  double violation = 0.0;
  const double ours = share_primal(q, r->a, r->s, r->r, &violation);
  const answer theirs = ask_ipopt(&copy.problem);
  files_share_free(&copy);
  assert_true(violation < 1e-8);
  t->count++;
  // 0 solved, 1 solved to the acceptable level
  if (theirs.code > 1 || theirs.code < 0 || theirs.violation > 1e-8) {
    t->refused++;
    printf("figure: Ipopt stops at %s, p = %g: code %d, rows off by %.0e\n", name, q->p, theirs.code, theirs.violation);
    return;
  }
  const double relative = (ours - theirs.objective)/theirs.objective;
  t->violation = fmax(t->violation, fmax(violation, theirs.violation));
  t->above = fmax(t->above, relative);
  t->below = fmax(t->below, -relative);
  if (relative > 1e-6) fail_msg("%s, p = %g: ours is %.12g, Ipopt's %.12g", name, q->p, ours, theirs.objective);
  if (relative < -1e-6) {
    t->worse++;
    printf("figure: Ipopt is worse at %s, p = %g: %.2e above ours\n", name, q->p, -relative);
  }
}

static void show(const tally *t, const char *what) {
  printf("figure: Ipopt: %d %s: ours at most %.1e above, %.1e below its objective; rows within %.0e; it "
         "failed at %d\n", t->count, what,
         t->above, t->below, t->violation, t->refused);
  assert_true(t->refused <= t->count/20 && t->worse <= t->count/20);
}

static void tasks_of_the_library(void **state) {
  const solved_bench *b = *state;
  tally t = {0};
  for (int k = 0; k < b->ntask; k++) {
    for (double p = 2.0; p <= 3.0; p += 1.0) {
      solved s = solved_new(b->model[SOLVED_MAN], &b->task[k], p);
      compare(&s.recruit->problem, &s.recruit->result, b->task[k].label, &t);
      solved_free(&s);
    }
  }
  show(&t, "task dumps");
}

static void seeded_bodies(void **state) {
  (void)state;
  tally t = {0};
  for (int task = 0; task < SHARE_NTASK; task++) {
    for (double p = 2.0; p <= 3.0; p += 0.5) {
      share_case c = share_case_body(40, (share_task)task, p);
      const ps_share_opts o = ps_share_default();
      assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
      compare(&c.problem, &c.result, share_task_name((share_task)task), &t);
      share_case_free(&c);
    }
  }
  show(&t, "seeded bodies");
}

static void seeded_random(void **state) {
  (void)state;
  tally t = {0};
  for (uint64_t seed = 100; seed < 160; seed++) {
    for (double p = 2.0; p <= 3.0; p += 1.0) {
      share_case c = share_case_random(seed, p);
      const ps_share_opts o = ps_share_default();
      char name[32];
      snprintf(name, sizeof name, "random %d", (int)seed);
      assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
      compare(&c.problem, &c.result, name, &t);
      share_case_free(&c);
    }
  }
  show(&t, "awkward random problems");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tasks_of_the_library),
      cmocka_unit_test(seeded_bodies),
      cmocka_unit_test(seeded_random),
  };
  return cmocka_run_group_tests_name("ipopt", tests, solved_bench_open, solved_bench_close);
}
