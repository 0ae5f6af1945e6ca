/* What a muscle or support gives at its price zh, and how steeply that changes: the only place where the exponent of the
 * cost enters the Newton method. Kinks are rounded with a width, see share_newton.c. Written as plain loops over numbers
 * known when compiled, so that they become wide ones. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "lib/linalg/pair.h"
#include "share_internal.h"

static const double SUPPORT_WIDTH = 0.3;    // of a support, relative to that of a muscle
static const double STEEPEST = 1e8;         // slope of x(zh) beside a kink, p > 2
static const double SMALLEST = 1e-18;       // of a rounded corner: rounding could make it zero or less

typedef struct kinks {   // the first is known when compiled
  bool is_rounded;
  double width;
} kinks;

// zh clipped to 0..1; rounded: half the difference of two hyperbolas
PS__INLINE double clip(double zh, kinks k, double *slope) {
  if (!k.is_rounded) {
    *slope = zh > 0.0 && zh < 1.0 ? 1.0 : 0.0;
    return zh > 0.0 ? zh < 1.0 ? zh : 1.0 : 0.0;
  }
  const double below = zh, above = zh - 1.0, ww = k.width*k.width;
  const double r0 = sqrt(below*below + ww), r1 = sqrt(above*above + ww);
  *slope = 0.5*(below*r1 - above*r0)/(r0*r1);
  const double u = 0.5*(1.0 + (below + above)/(r0 + r1));
  return u > SMALLEST ? u : SMALLEST;
}

// u^(1/(p-1)) and the factor it puts on the slope
PS__INLINE double root(double p, double u, double *factor) {
  if (p == 2.0) {
    *factor = 1.0;
    return u;
  }
  const double x = p == 3.0 ? sqrt(u) : pow(u, 1.0/(p - 1.0));
  *factor = p == 3.0 ? 0.5/x : x/((p - 1.0)*u);
  return x;
}

PS__INLINE double support(double zh, kinks k, double *slope) {
  if (!k.is_rounded) {
    *slope = zh > 0.0 ? 1.0 : 0.0;
    return zh > 0.0 ? zh : 0.0;
  }
  const double ww = k.width*k.width, r = sqrt(zh*zh + ww);
  *slope = 0.5*(1.0 + zh/r);
  return zh > 0.0 ? 0.5*(zh + r) : 0.5*ww/(r - zh);
}

PS__INLINE void columns(const ps__share *k, double p, kinks muscle, double t, double *restrict x, double *restrict theta) {
  const double *restrict zh = k->zh, *restrict dzh = k->dzh;
  for (int j = 0; j < k->na; j++) {
    double slope, factor;
    x[j] = root(p, clip(zh[j] + t*dzh[j], muscle, &slope), &factor);
    const double steep = slope*factor;
    theta[j] = slope > 0.0 ? steep < STEEPEST ? steep : STEEPEST : 0.0;
  }
  const kinks lift = {muscle.is_rounded, SUPPORT_WIDTH*muscle.width};
  for (int j = k->na; j < k->nc; j++) x[j] = support(zh[j] + t*dzh[j], lift, &theta[j]);
}

PS__WIDE void ps__share_respond(const ps__share *k, double t, double width, double *x, double *theta) {
  const double p = k->q->p;
  const kinks sharp = {false, 0.0}, rounded = {true, width};
  if (p == 2.0 && width > 0.0) columns(k, 2.0, rounded, t, x, theta);
  else if (p == 2.0) columns(k, 2.0, sharp, t, x, theta);
  else if (p == 3.0 && width > 0.0) columns(k, 3.0, rounded, t, x, theta);
  else if (p == 3.0) columns(k, 3.0, sharp, t, x, theta);
  else columns(k, p, width > 0.0 ? rounded : sharp, t, x, theta);
}

PS__WIDE double ps__share_dot(int n, const double *a, const double *b) {
  ps__quad sum = {0.0, 0.0, 0.0, 0.0}, more = sum;
  int i = 0;
  for (; i + 7 < n; i += 8) {
    sum += *ps__quad_in(a + i)* *ps__quad_in(b + i);
    more += *ps__quad_in(a + i + 4)* *ps__quad_in(b + i + 4);
  }
  sum += more;
  double rest = 0.0;
  for (; i < n; i++) rest += a[i]*b[i];
  return ((sum[0] + sum[2]) + (sum[1] + sum[3])) + rest;
}
