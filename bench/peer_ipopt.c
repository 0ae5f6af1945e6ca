/* Ipopt on load sharing problems. SPDX-License-Identifier: Apache-2.0 */
#include <coin/IpStdCInterface.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/peer.h"
#include "bench/timing.h"

static char *option(const char *text) { return (char *)(size_t)text; }  // its interface wants no const, and changes nothing

struct peer_ipopt {
  const ps_share_problem *q;       // of the solve under way
  IpoptProblem cold, warm;
  int n;                           // unknowns: activations, supports, reserves
  double *z, *lambda, *low, *up;   // where it stopped, with the multipliers of rows and bounds
  ps_share_result result;
};

static double to_power(double a, double power) {
  return power == 0.0 ? 1.0 : power == 1.0 ? a : power == 2.0 ? a*a : power == 3.0 ? a*a*a : pow(a, power);
}

// the interface of its callbacks is its own
static Bool eval_f(Index n, Number *z, Bool is_new, Number *f, UserDataPtr user) {
  const ps_share_problem *q = ((peer_ipopt *)user)->q;
  (void)is_new;
  double sum = 0.0;
  for (int j = 0; j < q->na; j++) sum += q->v[j]*to_power(z[j], q->p);
  for (int j = 0; j < q->ns; j++) sum += q->e[j]*z[q->na + j]*z[q->na + j];
  const double *r = z + (n - q->n);
  for (int i = 0; i < q->n; i++) sum += q->w[i]*r[i]*r[i];
  *f = sum;
  return TRUE;
}

static Bool eval_grad(Index n, Number *z, Bool is_new, Number *g, UserDataPtr user) {
  const ps_share_problem *q = ((peer_ipopt *)user)->q;
  (void)is_new;
  for (int j = 0; j < q->na; j++) g[j] = q->p*q->v[j]*to_power(z[j], q->p - 1.0);
  for (int j = 0; j < q->ns; j++) g[q->na + j] = 2.0*q->e[j]*z[q->na + j];
  for (int i = 0; i < q->n; i++) g[n - q->n + i] = 2.0*q->w[i]*z[n - q->n + i];
  return TRUE;
}

static Bool eval_g(Index n, Number *z, Bool is_new, Index m, Number *g, UserDataPtr user) {
  const ps_share_problem *q = ((peer_ipopt *)user)->q;
  (void)is_new;
  for (int i = 0; i < m; i++) g[i] = z[n - m + i] - q->b[i];
  for (int j = 0; j < q->na + q->ns; j++)
    for (int k = q->col[j]; k < q->col[j + 1]; k++) g[q->row[k]] += q->val[k]*z[j];
  return TRUE;
}

static Bool eval_jac(Index n, Number *z, Bool is_new, Index m, Index count, Index *row, Index *column, Number *value,
                     UserDataPtr user) {
  const ps_share_problem *q = ((peer_ipopt *)user)->q;
  (void)z;
  (void)is_new;
  int k = 0;
  for (int j = 0; j < q->na + q->ns; j++)
    for (; k < q->col[j + 1]; k++) {
      if (value) value[k] = q->val[k];
      else row[k] = q->row[k], column[k] = j;
    }
  for (int i = 0; i < m; i++, k++) {
    if (value) value[k] = 1.0;
    else row[k] = i, column[k] = n - m + i;
  }
  return k == count;
}

static Bool eval_h(Index n, Number *z, Bool is_new, Number factor, Index m, Number *lambda, Bool is_new_lambda, Index count,
                   Index *row, Index *column, Number *value, UserDataPtr user) {
  const ps_share_problem *q = ((peer_ipopt *)user)->q;
  (void)is_new;
  (void)m;
  (void)lambda;
  (void)is_new_lambda;
  for (int j = 0; j < n; j++) {
    if (!value) row[j] = column[j] = j;
    else if (j < q->na) value[j] = factor*q->p*(q->p - 1.0)*q->v[j]*to_power(z[j], q->p - 2.0);
    else if (j < q->na + q->ns) value[j] = factor*2.0*q->e[j - q->na];
    else value[j] = factor*2.0*q->w[j - q->na - q->ns];
  }
  return count == n;
}

static IpoptProblem create(const ps_share_problem *q, int n, bool is_warm) {
  double *lo = calloc((size_t)n, sizeof *lo), *hi = calloc((size_t)n, sizeof *hi), *zero = calloc((size_t)q->n + 1, sizeof *zero);
  IpoptProblem p = NULL;
  if (lo && hi && zero) {
    for (int j = 0; j < n; j++) {
      lo[j] = j < q->na + q->ns ? 0.0 : -2e19;
      hi[j] = j < q->na ? 1.0 : 2e19;
    }
    p = CreateIpoptProblem(n, lo, hi, q->n, zero, zero, q->col[q->na + q->ns] + q->n, n, 0, eval_f, eval_g, eval_grad, eval_jac,
                           eval_h);
  }
  free(lo);
  free(hi);
  free(zero);
  if (!p) return NULL;
  AddIpoptIntOption(p, option("print_level"), 0);
  AddIpoptStrOption(p, option("sb"), option("yes"));
  AddIpoptStrOption(p, option("jac_c_constant"), option("yes"));
  if (q->p == 2.0) AddIpoptStrOption(p, option("hessian_constant"), option("yes"));
  // found the fastest of those tried that bring its objective as near to the optimum as ours; an interior point leaves idle
  // muscles slightly active, so its KKT residual stays above that of an active set
  AddIpoptStrOption(p, option("mu_strategy"), option("monotone"));
  AddIpoptStrOption(p, option("nlp_scaling_method"), option("none"));
  AddIpoptNumOption(p, option("bound_relax_factor"), 0.0);
  AddIpoptNumOption(p, option("tol"), 1e-12);
  AddIpoptNumOption(p, option("constr_viol_tol"), 1e-7);
  AddIpoptNumOption(p, option("compl_inf_tol"), 1e-12);
  if (!is_warm) return p;
  AddIpoptStrOption(p, option("warm_start_init_point"), option("yes"));
  AddIpoptNumOption(p, option("mu_init"), 1e-10);
  static const char *const push[] = {"warm_start_bound_push", "warm_start_bound_frac", "warm_start_slack_bound_push",
                                     "warm_start_slack_bound_frac", "warm_start_mult_bound_push"};
  for (size_t i = 0; i < sizeof push/sizeof *push; i++) AddIpoptNumOption(p, option(push[i]), 1e-9);
  return p;
}

peer_ipopt *peer_ipopt_new(const ps_share_problem *q) {
  peer_ipopt *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->n = q->na + q->ns + q->n;
  const size_t n = (size_t)p->n;
  p->z = calloc(4*n, sizeof(double));
  p->result.y = calloc((size_t)q->n + 1, sizeof(double));
  p->lambda = calloc((size_t)q->n + 1, sizeof(double));
  p->cold = create(q, p->n, false);
  p->warm = create(q, p->n, true);
  if (!p->z || !p->result.y || !p->lambda || !p->cold || !p->warm) {
    peer_ipopt_free(p);
    return NULL;
  }
  p->low = p->z + n;
  p->up = p->low + n;
  p->result.a = p->z + 3*n;
  return p;
}

// our residual of its point; activations and forces are within their bounds already
static void judge(peer_ipopt *p, peer_answer *out) {
  const ps_share_problem *q = p->q;
  memcpy(p->result.a, p->z, (size_t)p->n*sizeof(double));
  p->result.s = p->result.a + q->na;
  p->result.r = p->result.s + q->ns;
  for (int i = 0; i < q->n; i++) p->result.y[i] = -p->lambda[i];
  out->kkt = ps_share_kkt(q, &p->result);
}

peer_answer peer_ipopt_solve(peer_ipopt *p, const ps_share_problem *q, bool is_warm) {
  peer_answer out = {.is_solved = false};
  p->q = q;
  const double t0 = now_ms();
  if (!is_warm)
    for (int j = 0; j < p->n; j++) p->z[j] = j < q->na ? 0.1 : j < q->na + q->ns ? 10.0 : 0.0;
  const enum ApplicationReturnStatus status =
      IpoptSolve(is_warm ? p->warm : p->cold, p->z, NULL, &out.objective, p->lambda, p->low, p->up, p);
  out.ms = now_ms() - t0;
  out.is_solved = status == Solve_Succeeded;
  judge(p, &out);
  return out;
}

void peer_ipopt_free(peer_ipopt *p) {
  if (!p) return;
  if (p->cold) FreeIpoptProblem(p->cold);
  if (p->warm) FreeIpoptProblem(p->warm);
  free(p->z);
  free(p->lambda);
  free(p->result.y);
  free(p);
}
