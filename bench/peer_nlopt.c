/* NLopt on the dual of load sharing problems. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <nlopt.h>
#include <stdlib.h>
#include <string.h>

#include "bench/peer.h"
#include "bench/timing.h"

typedef struct dual {
  const ps_share_problem *q;
  double *scale;          // y = scale * unknown
  double *y;
  ps_share_result r;      // activations, forces and reserves at y
} dual;

static double price(const ps_share_problem *q, int j, const double *y) {
  double sum = 0.0;
  for (int k = q->col[j]; k < q->col[j + 1]; k++) sum += q->val[k]*y[q->row[k]];
  return sum;
}

/* minus the dual: sum of what each column and reserve gains at its price, less y.b; its gradient is what the rows get beyond b */
static double value(unsigned n, const double *u, double *gradient, void *data) {
  dual *d = data;
  const ps_share_problem *q = d->q;
  double sum = 0.0;
  for (unsigned i = 0; i < n; i++) {
    d->y[i] = d->scale[i]*u[i];
    d->r.r[i] = 0.5*d->y[i]/q->w[i];
    sum += d->y[i]*(0.5*d->r.r[i] - q->b[i]);
    if (gradient) gradient[i] = d->r.r[i] - q->b[i];
  }
  for (int j = 0; j < q->na + q->ns; j++) {
    const double c = price(q, j, d->y);
    double x = 0.0;
    if (j < q->na) {
      const double zh = c/(q->p*q->v[j]);
      x = zh <= 0.0 ? 0.0 : zh >= 1.0 ? 1.0 : q->p == 2.0 ? zh : q->p == 3.0 ? sqrt(zh) : pow(zh, 1.0/(q->p - 1.0));
      sum += c*x - q->v[j]*(q->p == 2.0 ? x*x : q->p == 3.0 ? x*x*x : pow(x, q->p));
      d->r.a[j] = x;
    } else {
      x = fmax(0.0, 0.5*c/q->e[j - q->na]);
      sum += c*x - q->e[j - q->na]*x*x;
      d->r.s[j - q->na] = x;
    }
    if (gradient && x != 0.0)
      for (int k = q->col[j]; k < q->col[j + 1]; k++) gradient[q->row[k]] += x*q->val[k];
  }
  for (unsigned i = 0; gradient && i < n; i++) gradient[i] *= d->scale[i];
  return sum;
}

static double primal(const ps_share_problem *q, const ps_share_result *r) {
  double sum = 0.0;
  for (int j = 0; j < q->na; j++) sum += q->v[j]*pow(r->a[j], q->p);
  for (int j = 0; j < q->ns; j++) sum += q->e[j]*r->s[j]*r->s[j];
  for (int i = 0; i < q->n; i++) sum += q->w[i]*r->r[i]*r->r[i];
  return sum;
}

// 1/sqrt of the curvature along each row when everything works
static void fill_scale(const ps_share_problem *q, double *scale) {
  for (int i = 0; i < q->n; i++) scale[i] = 0.5/q->w[i];
  for (int j = 0; j < q->na + q->ns; j++) {
    const double soft = j < q->na ? 1.0/(q->p*q->v[j]) : 0.5/q->e[j - q->na];
    for (int k = q->col[j]; k < q->col[j + 1]; k++) scale[q->row[k]] += soft*q->val[k]*q->val[k];
  }
  for (int i = 0; i < q->n; i++) scale[i] = 1.0/sqrt(scale[i]);
}

peer_answer peer_nlopt_solve(const ps_share_problem *q, double limit_ms, double *y) {
  peer_answer out = {.is_solved = false, .ms = (double)NAN};
  const size_t n = (size_t)q->n;
  double *memory = calloc(4*n + (size_t)q->na + (size_t)q->ns + 1, sizeof *memory);
  nlopt_opt o = nlopt_create(NLOPT_LD_SLSQP, (unsigned)n);
  if (memory && o) {
    double *u = memory + n;
    dual d = {.q = q, .scale = memory, .y = memory + 2*n, .r = {.r = memory + 3*n, .a = memory + 4*n}};
    d.r.s = d.r.a + q->na;
    const double t0 = now_ms();
    fill_scale(q, d.scale);
    for (size_t i = 0; i < n; i++) u[i] = y[i]/d.scale[i];
    double least = 0.0;
    nlopt_set_min_objective(o, value, &d);
    nlopt_set_ftol_rel(o, 1e-16);
    nlopt_set_maxtime(o, 1e-3*limit_ms);
    const nlopt_result result = nlopt_optimize(o, u, &least);
    value((unsigned)n, u, NULL, &d);
    out.ms = now_ms() - t0;
    out.is_solved = result > 0 && result != NLOPT_MAXTIME_REACHED;
    memcpy(y, d.y, n*sizeof *y);
    d.r.y = d.y;
    out.objective = primal(q, &d.r);
    out.kkt = ps_share_kkt(q, &d.r);
  }
  if (o) nlopt_destroy(o);
  free(memory);
  return out;
}
