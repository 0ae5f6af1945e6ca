// SPDX-License-Identifier: Apache-2.0
#include "support/share_dual.h"

#include <math.h>
#include <stdlib.h>

#include "support/check.h"

static double column_price(const ps_share_problem *q, int j, const double *y) {
  double sum = 0.0;
  for (int k = q->col[j]; k < q->col[j + 1]; k++) sum += q->val[k]*y[q->row[k]];
  return sum;
}

static double largest(const double *v, int n) {
  double m = 0.0;
  for (int i = 0; i < n; i++) m = fmax(m, fabs(v[i]));
  return m;
}

static void take_column(const ps_share_problem *q, int j, double x, double *gradient) {
  for (int k = q->col[j]; gradient && k < q->col[j + 1]; k++) gradient[q->row[k]] -= x*q->val[k];
}

double share_dual(const ps_share_problem *q, const double *y, double *gradient) {
  double sum = 0.0;
  for (int i = 0; i < q->n; i++) {
    sum += q->b[i]*y[i] - y[i]*y[i]/(4.0*q->w[i]);
    if (gradient) gradient[i] = q->b[i] - y[i]/(2.0*q->w[i]);
  }
  for (int j = 0; j < q->na; j++) {
    const double price = column_price(q, j, y);
    if (!(price > 0.0)) continue;
    const double a = fmin(1.0, pow(price/(q->p*q->v[j]), 1.0/(q->p - 1.0)));
    sum += q->v[j]*pow(a, q->p) - price*a;
    take_column(q, j, a, gradient);
  }
  for (int j = 0; j < q->ns; j++) {
    const double price = column_price(q, q->na + j, y);
    if (!(price > 0.0)) continue;
    const double s = price/(2.0*q->e[j]);
    sum -= price*s/2.0;
    take_column(q, q->na + j, s, gradient);
  }
  return sum;
}

double share_primal(const ps_share_problem *q, const double *a, const double *s, const double *r, double *violation) {
  double *left = calloc((size_t)q->n + 1, sizeof *left), sum = 0.0, worst = 0.0;
  assert_non_null(left);
  for (int i = 0; i < q->n; i++) {
    left[i] = q->b[i] - r[i];
    sum += q->w[i]*r[i]*r[i];
  }
  for (int j = 0; j < q->na; j++) {
    sum += q->v[j]*pow(fmax(a[j], 0.0), q->p);
    worst = fmax(worst, fmax(-a[j], a[j] - 1.0));
    take_column(q, j, a[j], left);
  }
  const double force = 1.0 + largest(s, q->ns);
  for (int j = 0; j < q->ns; j++) {
    sum += q->e[j]*s[j]*s[j];
    worst = fmax(worst, -s[j]/force);
    take_column(q, q->na + j, s[j], left);
  }
  *violation = fmax(worst, largest(left, q->n)/(1.0 + largest(q->b, q->n)));
  free(left);
  return sum;
}

// how far a value and its slope are from what the bounds ask: one of them is zero, and the slope pushes against the bound
static double off(double x, double upper, double slope) { return slope > 0.0 ? fmin(slope, x) : fmin(-slope, upper - x); }

double share_kkt_outside(const ps_share_problem *q, const ps_share_result *x) {
  double worst = 0.0;
  share_primal(q, x->a, x->s, x->r, &worst);
  const double price_scale = 1.0 + largest(x->y, q->n);
  for (int i = 0; i < q->n; i++) worst = fmax(worst, fabs(2.0*q->w[i]*x->r[i] - x->y[i])/price_scale);
  for (int j = 0; j < q->na; j++) {
    const double unit = q->p*q->v[j], cost = pow(x->a[j], q->p - 1.0);
    worst = fmax(worst, off(x->a[j], 1.0, cost - column_price(q, j, x->y)/unit));
  }
  const double force = 1.0 + largest(x->s, q->ns);
  for (int j = 0; j < q->ns; j++) {
    const double to = column_price(q, q->na + j, x->y)/(2.0*q->e[j]);
    worst = fmax(worst, off(x->s[j], HUGE_VAL, x->s[j] - to)/force);
  }
  return worst;
}
