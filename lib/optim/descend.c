/* Minimum of a smooth function of some ten numbers: quasi-Newton steps (BFGS) with a line search that also works where the
 * slope bends. Knows no anatomy. Theory: docs/theory/equilibrium.md section 5. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "psoas/optim.h"

// sufficient decrease and curvature of the weak Wolfe conditions                                  @nocedal2006 3.1
static const double DECREASE = 1e-4, CURVATURE = 0.9;
// a rise of this share of the value is rounding, not a rise
static const double ROUNDING = 1e-11;

enum { TRIALS_MAX = 40 };

ps_descend_opts ps_descend_default(void) {
  return (ps_descend_opts){.tolerance = 1e-6, .step_max = 0.1, .max_iterations = 200};
}

static double dot(int n, const double *a, const double *b) {
  double sum = 0.0;
  for (int i = 0; i < n; i++) sum += a[i]*b[i];
  return sum;
}

static double largest(int n, const double *a) {
  double most = 0.0;
  for (int i = 0; i < n; i++) most = fabs(a[i]) > most || isnan(a[i]) ? fabs(a[i]) : most;
  return most;
}

typedef struct point { double value; double *x, *g; } point;

// d = -H g, turned to steepest descent when H has lost its sign, no component longer than step_max
static void direction(int n, const double *h, const double *g, double step_max, double *d) {
  for (int i = 0; i < n; i++) d[i] = -dot(n, h + n*i, g);
  if (!(dot(n, d, g) < 0.0))
    for (int i = 0; i < n; i++) d[i] = -g[i];
  const double most = largest(n, d);
  if (most > step_max)
    for (int i = 0; i < n; i++) d[i] *= step_max/most;
}

// a step along d that meets the weak Wolfe conditions, by doubling and halving; false when there is none
static bool search(const ps_descend_problem *p, const point *from, const double *d, point *to, int *evaluations) {
  const double slope = dot(p->n, d, from->g);
  double lo = 0.0, hi = HUGE_VAL, t = 1.0;
  for (int k = 0; k < TRIALS_MAX; k++) {
    for (int i = 0; i < p->n; i++) to->x[i] = from->x[i] + t*d[i];
    to->value = p->value(p->context, to->x, to->g);
    ++*evaluations;
    if (!(to->value <= from->value + DECREASE*t*slope + ROUNDING*fabs(from->value)))
      hi = t;
    else if (dot(p->n, d, to->g) < CURVATURE*slope)
      lo = t;
    else
      return true;
    t = hi < HUGE_VAL ? 0.5*(lo + hi) : 2.0*t;
  }
  return false;
}

// inverse Hessian after a step s with change of gradient y; left as it is when the curvature along s is not positive
static void update(int n, double *h, const double *s, const double *y, double *hy) {
  const double sy = dot(n, s, y);
  if (!(sy > 1e-12*sqrt(dot(n, s, s)*dot(n, y, y)))) return;
  for (int i = 0; i < n; i++) hy[i] = dot(n, h + n*i, y);
  const double scale = (1.0 + dot(n, y, hy)/sy)/sy;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) h[n*i + j] += scale*s[i]*s[j] - (hy[i]*s[j] + s[i]*hy[j])/sy;
}

size_t ps_descend_scratch_size(int n) { return 6u*((size_t)n*sizeof(double) + 64u); }

ps_status ps_descend(const ps_descend_problem *p, const ps_descend_opts *o, double *x, double *h,
                     ps_descend_result *result, ps_arena *scratch) {
  const ps_mark mark = ps_arena_mark(scratch);
  const size_t n = (size_t)p->n;
  double *take[6];
  for (int k = 0; k < 6; k++) take[k] = ps_arena_take(scratch, n, sizeof(double));
  if (!take[5]) {
    ps_arena_release(scratch, mark);
    return PS_ENOMEM;
  }
  point now = {.x = take[0], .g = take[1]}, next = {.x = take[2], .g = take[3]};
  double *d = take[4], *work = take[5];
  *result = (ps_descend_result){.outcome = PS_ITERATION_LIMIT};

  memcpy(now.x, x, n*sizeof *x);
  now.value = p->value(p->context, now.x, now.g);
  result->evaluations = 1;
  for (;;) {
    if (largest(p->n, now.g) <= o->tolerance) result->outcome = PS_CONVERGED;
    if (result->outcome == PS_CONVERGED || result->iterations == o->max_iterations) break;
    direction(p->n, h, now.g, o->step_max, d);
    if (!search(p, &now, d, &next, &result->evaluations)) {
      result->outcome = PS_STALLED;
      break;
    }
    result->iterations++;
    for (int i = 0; i < p->n; i++) {
      d[i] = next.x[i] - now.x[i];
      now.g[i] = next.g[i] - now.g[i];
    }
    update(p->n, h, d, now.g, work);
    const point swap = now;
    now = next;
    next = swap;
  }
  memcpy(x, now.x, n*sizeof *x);
  result->value = now.value;
  result->gradient = largest(p->n, now.g);
  ps_arena_release(scratch, mark);
  return isfinite(result->value) ? PS_OK : PS_ENUMERIC;
}
