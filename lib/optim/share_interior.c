/* Primal-dual interior point method with predictor and corrector for the load sharing problem: takes over when
 * Newton on the dual stalls.
 * Its work does not depend on how many muscles saturate or supports lift off. docs/theory/recruitment.md section 3.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "psoas/linalg.h"
#include "share_internal.h"

// f'(x) and the scaled stiffness without bounds, f''(x), into f1 and theta
static void curve(ps__share *k) {
  const double p = k->q->p;
  for (int j = 0; j < k->nc; j++) {
    const double x = k->x[j];
    if (j >= k->na || p == 2.0) {
      k->f1[j] = x;
      k->theta[j] = 1.0;
    } else if (p == 3.0) {
      k->f1[j] = x*x;
      k->theta[j] = 2.0*x;
    } else {
      const double power = pow(x, p - 2.0);
      k->f1[j] = power*x;
      k->theta[j] = (p - 1.0)*power;
    }
  }
}

// KKT residual of x, y as they stand
static double residual(ps__share *k) {
  const double rp = ps__share_balance(k);
  double ra = 0.0, rs = 0.0, xs = 0.0;
  for (int j = 0; j < k->nc; j++) {
    const double to = fmax(0.0, k->x[j] - (k->f1[j] - k->zh[j]));
    if (j < k->na) ra = fmax(ra, fabs(k->x[j] - fmin(1.0, to)));
    else rs = fmax(rs, fabs(k->x[j] - to)), xs = fmax(xs, k->x[j]);
  }
  if (xs > 0.0) rs /= xs;
  return fmax(rp, fmax(ra, rs));
}

// theta = 1/(f'' + lo/x + up/t), and the matrix of the step
static bool factor(ps__share *k) {
  for (int j = 0; j < k->nc; j++) {
    k->theta[j] = 1.0/(k->theta[j] + k->lo[j]/k->x[j] + k->up[j]/k->t[j]);
    k->work[j] = k->theta[j]*k->gz[j]*k->unit[j];
  }
  return ps__share_factor(k, k->work);
}

// dy, dzh, dx for the right-hand sides held in work (columns) and rp (rows)
static void step(ps__share *k) {
  for (int j = 0; j < k->nc; j++) k->dx[j] = k->unit[j]*k->theta[j]*k->work[j];
  memcpy(k->dy, k->rp, (size_t)k->n*sizeof(double));
  ps__share_scatter(k, k->dx, k->dy);
  ps_chol_solve(k->n, k->ld, k->h, k->dy);
  ps__share_gather(k, k->dy, k->dzh);
  for (int j = 0; j < k->nc; j++) {
    k->dzh[j] *= k->gz[j];
    k->dx[j] = k->theta[j]*(k->dzh[j] + k->work[j]);
  }
}

// longest step that keeps everything positive
static double reach(const ps__share *k) {
  double inv = 1.0;
  for (int j = 0; j < k->nc; j++) {
    const double a = -k->dx[j]/k->x[j], b = -k->dlo[j]/k->lo[j];
    inv = fmax(inv, fmax(a, b));
    if (j < k->na) inv = fmax(inv, fmax(k->dx[j]/k->t[j], -k->dup[j]/k->up[j]));
  }
  return 1.0/inv;
}

// mean product of value and multiplier after a step
static double gap(const ps__share *k, double step_length) {
  double sum = 0.0;
  for (int j = 0; j < k->nc; j++) {
    const double dx = step_length*k->dx[j];
    sum += (k->x[j] + dx)*(k->lo[j] + step_length*k->dlo[j]);
    if (j < k->na) sum += (k->t[j] - dx)*(k->up[j] + step_length*k->dup[j]);
  }
  return sum/(double)(k->nc + k->na);
}

// the step that would close the gap at once; shows how far one can go
static double predictor(ps__share *k) {
  for (int j = 0; j < k->nc; j++) k->work[j] = k->zh[j] - k->f1[j];
  step(k);
  for (int j = 0; j < k->nc; j++) {
    k->dlo[j] = -k->lo[j] - k->lo[j]/k->x[j]*k->dx[j];
    k->dup[j] = -k->up[j] + k->up[j]/k->t[j]*k->dx[j];
  }
  return gap(k, reach(k));
}

// the step taken: aims at gap `target`, with the second order terms of the predictor
static void corrector(ps__share *k, double target) {
  for (int j = 0; j < k->nc; j++) {
    const double rlo = target - k->dx[j]*k->dlo[j];
    const double rup = j < k->na ? target + k->dx[j]*k->dup[j] : 0.0;
    k->dlo[j] = rlo/k->x[j];
    k->dup[j] = rup/k->t[j];
    k->work[j] = k->zh[j] - k->f1[j] + k->dlo[j] - k->dup[j];
  }
  step(k);
  for (int j = 0; j < k->nc; j++) {
    k->dlo[j] += -k->lo[j] - k->lo[j]/k->x[j]*k->dx[j];
    k->dup[j] += -k->up[j] + k->up[j]/k->t[j]*k->dx[j];
  }
}

static void advance(ps__share *k, double length) {
  for (int j = 0; j < k->nc; j++) {
    k->x[j] += length*k->dx[j];
    k->lo[j] += length*k->dlo[j];
    k->zh[j] += length*k->dzh[j];
    if (j >= k->na) continue;
    k->t[j] -= length*k->dx[j];
    k->up[j] += length*k->dup[j];
  }
  for (int i = 0; i < k->n; i++) k->y[i] += length*k->dy[i];
}

static void start(ps__share *k) {
  for (int j = 0; j < k->nc; j++) {
    const bool is_muscle = j < k->na;
    k->x[j] = is_muscle ? 0.2 : 0.1;
    k->t[j] = is_muscle ? 0.8 : 1.0;
    k->lo[j] = 0.1;
    k->up[j] = is_muscle ? 0.1 : 0.0;
    k->zh[j] = 0.0;
  }
  memset(k->y, 0, (size_t)k->n*sizeof(double));
}

bool ps__share_interior(ps__share *k, int limit, int *iterations) {
  start(k);
  for (int i = 0;; i++) {
    curve(k);
    const double now = residual(k);
    if (!(now < HUGE_VAL)) return false;
    if (now <= k->tolerance) return true;
    if (i >= limit) return false;
    (*iterations)++;

    // two solves with one factor
    const double mu = gap(k, 0.0);
    if (!factor(k)) return false;
    const double ratio = predictor(k)/mu;
    corrector(k, mu*ratio*ratio*ratio);
    const double length = fmin(1.0, 0.995*reach(k));
    if (!(length > 1e-12)) return false;
    advance(k, length);
  }
}
