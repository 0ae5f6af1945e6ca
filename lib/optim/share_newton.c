/* Smoothed Newton method on the dual of the load sharing problem. The dual is a convex, once differentiable function of
 * the multipliers alone, smooth between kinks (a muscle or support that starts or stops working). The kinks are rounded
 * with a width that shrinks as the steps succeed, and is zero in the end. docs/theory/recruitment.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "psoas/linalg.h"
#include "share_internal.h"

// widths are in units of zh. Chosen on the seeded instances of test/support/share_case.c: fewest steps in all
static const double RETRY_WIDTH = 0.02;     // when a warm start was no neighbour after all
static const double NARROW = 0.1, WIDEN = 2.0;     // after a step of more than HALF, of less than SHORT
static const double HALF = 0.5, SHORT = 0.1;
static const double ZERO_WIDTH = 1e-7;      // below it the kinks are no longer rounded
static const double WIDEST = 100.0;
static const double CONTRACTION = 0.1;      // of a step whose matrix may serve again
static const double POLISH = 0.01;          // of the tolerance
static const double SEARCH = 0.2;           // directional derivative left by the line search
enum { SEARCH_LIMIT = 25, SHARP_LIMIT = 20 };

static void scaled_gather(ps__share *k, const double *y, double *zh) {
  ps__share_gather(k, y, zh);
  for (int j = 0; j < k->nc; j++) zh[j] *= k->gz[j];
}

static bool factor(ps__share *k) {
  for (int j = 0; j < k->nc; j++) k->work[j] = k->theta[j]*k->gz[j]*k->unit[j];
  return ps__share_factor(k, k->work);
}

// the direction for the rows left over; leaves dlo = change of the objective's slope per x
static void direction(ps__share *k) {
  memcpy(k->dy, k->rp, (size_t)k->n*sizeof(double));
  ps_chol_solve(k->n, k->ld, k->h, k->dy);
  ps__share_gather(k, k->dy, k->dzh);
  for (int j = 0; j < k->nc; j++) {
    k->dlo[j] = k->dzh[j]*k->unit[j];
    k->dzh[j] *= k->gz[j];
  }
}

typedef struct line {   // the dual along dy: slope c0 + c1 t + sum of the columns
  double c0, c1, width;
} line;

// uses work and t
static double slope_at(ps__share *k, const line *l, double t) {
  ps__share_respond(k, t, l->width, k->work, k->t);
  return l->c0 + t*l->c1 + ps__share_dot(k->nc, k->dlo, k->work);
}

// step length at which the slope along dy has all but vanished: regula falsi with halving (Illinois)
static double search(ps__share *k, double width) {
  line l = {.width = width};
  double s0 = 0.0;
  for (int i = 0; i < k->n; i++) {
    s0 -= k->dy[i]*k->rp[i];
    l.c0 += k->dy[i]*(k->y[i]*k->inv2w[i] - k->b[i]);
    l.c1 += k->dy[i]*k->dy[i]*k->inv2w[i];
  }
  double lo = 0.0, slo = s0, hi = HUGE_VAL, shi = 0.0, t = 1.0;
  int side = 0;
  for (int i = 0; i < SEARCH_LIMIT; i++) {
    const double s = slope_at(k, &l, t);
    if (fabs(s) <= -SEARCH*s0) break;
    if (s > 0.0) {
      hi = t;
      shi = s;
      if (side > 0) slo *= 0.5;
      side = 1;
    } else {
      lo = t;
      slo = s;
      if (side < 0) shi *= 0.5;
      side = -1;
    }
    t = hi < HUGE_VAL ? lo + (hi - lo)*slo/(slo - shi) : 2.0*t;
  }
  return t;
}

// y and width to begin with: as if no bound existed
static bool start(ps__share *k) {
  for (int j = 0; j < k->nc; j++) k->work[j] = k->gz[j]*k->unit[j];
  if (!ps__share_factor(k, k->work)) return false;
  memcpy(k->y, k->b, (size_t)k->n*sizeof(double));
  ps_chol_solve(k->n, k->ld, k->h, k->y);
  return true;
}

static double mean_size(const double *v, int n) {
  double sum = 0.0;
  for (int i = 0; i < n; i++) sum += fabs(v[i]);
  return n > 0 ? sum/(double)n : 0.0;
}

bool ps__share_newton(ps__share *k, bool is_warm, int limit, int *iterations) {
  if (!is_warm && !start(k)) return false;
  scaled_gather(k, k->y, k->zh);

  // near the solution most of what works keeps working: no rounding, and nothing idle enters the matrix
  double width = is_warm ? 0.0 : mean_size(k->zh, k->nc), before = 0.0;
  for (int i = 0;; i++) {
    ps__share_respond(k, 0.0, width, k->x, k->theta);
    const double now = ps__share_balance(k);
    if (!(now < HUGE_VAL)) return false;

    // the last matrix once more when what it did would suffice again, and to polish what has converged
    const bool is_sharp = width == 0.0, again = is_sharp && now < CONTRACTION*before && now*now <= k->tolerance*before;
    if (is_sharp && now <= k->tolerance*(again ? POLISH : 1.0)) return true;
    if (i >= limit) return false;
    (*iterations)++;
    if (!again && !factor(k)) return false;
    direction(k);
    const double t = search(k, width);
    for (int j = 0; j < k->nc; j++) k->zh[j] += t*k->dzh[j];
    for (int r = 0; r < k->n; r++) k->y[r] += t*k->dy[r];
    before = is_sharp && t == 1.0 ? now : 0.0;  // 0: a matrix of no further use
    if (t > HALF) width *= NARROW;
    else if (t < SHORT) width = fmin(WIDEN*width, WIDEST);
    if (width < ZERO_WIDTH) width = 0.0;
    if (is_warm && i + 1 == SHARP_LIMIT) width = RETRY_WIDTH;
  }
}
