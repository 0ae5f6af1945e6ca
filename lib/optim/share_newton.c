/* Smoothed Newton method on the dual of the load sharing problem. The dual is a convex, once differentiable function of
 * the multipliers alone, smooth between kinks (a muscle or support that starts or stops working). The kinks are rounded
 * with a width that shrinks as the steps succeed, and is zero in the end. docs/theory/recruitment.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "psoas/linalg.h"
#include "share_internal.h"

// widths are in units of zh. Chosen on the seeded instances of test/support/share_case.c: fewest steps in all
static const double WARM_WIDTH = 0.02;      // a neighbouring posture moves zh by about this
static const double SUPPORT_WIDTH = 0.3;    // of a support, relative to that of a muscle
static const double NARROW = 0.1, WIDEN = 2.0;     // after a step of more than HALF, of less than SHORT
static const double HALF = 0.5, SHORT = 0.1;
static const double ZERO_WIDTH = 1e-7;      // below it the kinks are no longer rounded
static const double WIDEST = 100.0;
static const double STEEPEST = 1e8;         // slope of x(zh) beside a kink, p > 2
static const double SEARCH = 0.2;           // directional derivative left by the line search
enum { SEARCH_LIMIT = 25 };

// zh clipped to 0..1 with both corners rounded: half the difference of two hyperbolas
static inline double rounded_clip(double zh, double width, double *slope) {
  const double below = zh, above = zh - 1.0, ww = width*width;
  const double r0 = sqrt(below*below + ww), r1 = sqrt(above*above + ww);
  *slope = 0.5*(below*r1 - above*r0)/(r0*r1);
  return fmax(0.5*(1.0 + (below + above)/(r0 + r1)), 1e-18);
}

// activation and its slope
static inline double activation(double p, double zh, double width, double *slope) {
  double u, du;
  if (width > 0.0) {
    u = rounded_clip(zh, width, &du);
  } else {
    u = fmin(1.0, fmax(0.0, zh));
    du = zh > 0.0 && zh < 1.0 ? 1.0 : 0.0;
  }
  if (p == 2.0) {
    *slope = du;
    return u;
  }
  const double x = p == 3.0 ? sqrt(u) : pow(u, 1.0/(p - 1.0));
  *slope = du > 0.0 ? fmin(STEEPEST, du*x/((p - 1.0)*u)) : 0.0;
  return x;
}

static inline double support(double zh, double width, double *slope) {
  if (!(width > 0.0)) {
    *slope = zh > 0.0 ? 1.0 : 0.0;
    return fmax(0.0, zh);
  }
  const double r = sqrt(zh*zh + width*width);
  *slope = 0.5*(1.0 + zh/r);
  return zh > 0.0 ? 0.5*(zh + r) : 0.5*width*width/(r - zh);
}

// x and its slope theta at zh
static void respond(ps__share *k, double width) {
  const double p = k->q->p;
  for (int j = 0; j < k->na; j++) k->x[j] = activation(p, k->zh[j], width, &k->theta[j]);
  for (int j = k->na; j < k->nc; j++) k->x[j] = support(k->zh[j], SUPPORT_WIDTH*width, &k->theta[j]);
}

static void scaled_gather(ps__share *k, const double *y, double *zh) {
  ps__share_gather(k, y, zh);
  for (int j = 0; j < k->nc; j++) zh[j] *= k->gz[j];
}

// the direction, from the matrix at theta; leaves dlo = change of the objective's slope per x
static bool direction(ps__share *k) {
  for (int j = 0; j < k->nc; j++) k->work[j] = k->theta[j]*k->gz[j]*k->unit[j];
  if (!ps__share_factor(k, k->work)) return false;
  memcpy(k->dy, k->rp, (size_t)k->n*sizeof(double));
  ps_chol_solve(k->n, k->ld, k->h, k->dy);
  ps__share_gather(k, k->dy, k->dzh);
  for (int j = 0; j < k->nc; j++) {
    k->dlo[j] = k->dzh[j]*k->unit[j];
    k->dzh[j] *= k->gz[j];
  }
  return true;
}

typedef struct line {   // the dual along dy: slope c0 + c1 t + sum of the columns
  double c0, c1, width;
} line;

static double slope_at(const ps__share *k, const line *l, double t) {
  const double p = k->q->p;
  double sum = l->c0 + t*l->c1, unused;
  for (int j = 0; j < k->na; j++) sum += k->dlo[j]*activation(p, k->zh[j] + t*k->dzh[j], l->width, &unused);
  for (int j = k->na; j < k->nc; j++) {
    sum += k->dlo[j]*support(k->zh[j] + t*k->dzh[j], SUPPORT_WIDTH*l->width, &unused);
  }
  return sum;
}

// step length at which the slope along dy has all but vanished: regula falsi with halving (Illinois)
static double search(const ps__share *k, double width) {
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
  double width = is_warm ? WARM_WIDTH : mean_size(k->zh, k->nc);
  for (int i = 0;; i++) {
    respond(k, width);
    const double now = ps__share_balance(k);
    if (!(now < HUGE_VAL)) return false;
    if (width == 0.0 && now <= k->tolerance) return true;
    if (i >= limit) return false;
    (*iterations)++;

    if (!direction(k)) return false;
    const double t = search(k, width);
    for (int j = 0; j < k->nc; j++) k->zh[j] += t*k->dzh[j];
    for (int r = 0; r < k->n; r++) k->y[r] += t*k->dy[r];
    if (t > HALF) width *= NARROW;
    else if (t < SHORT) width = fmin(WIDEN*width, WIDEST);
    if (width < ZERO_WIDTH) width = 0.0;
  }
}
