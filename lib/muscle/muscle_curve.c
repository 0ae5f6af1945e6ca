/* Force-length curves of a fibre. Theory: docs/theory/muscle.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "psoas/muscle.h"

// defaults of @millard2013: low stiffness, end stiffness x range, curviness 0.75 scaled to 0.1 + 0.8*0.75
static const double LOW_SLOPE = 0.2, END_SLOPE = 2.0, CORNER = 0.7;
// the low part begins 5 % of the range above strain_zero, its line crosses zero half way there
static const double TOE = 0.05, TOE_FOOT = 0.025;

typedef struct corner {  // quintic Bezier with doubled inner points: where it starts, and its three moves
  double x0, dx[3], y0, dy[3];
} corner;

static corner make_corner(double x0, double y0, double slope0, double x1, double y1, double slope1) {
  const double xc = (y1 - y0 - x1*slope1 + x0*slope0)/(slope0 - slope1);
  const double yc = (xc - x1)*slope1 + y1;
  const double ax = CORNER*(xc - x0), bx = CORNER*(x1 - xc), ay = CORNER*(yc - y0), by = CORNER*(y1 - yc);
  return (corner){.x0 = x0, .dx = {ax, x1 - x0 - ax - bx, bx}, .y0 = y0, .dy = {ay, y1 - y0 - ay - by, by}};
}

static double bezier(double p0, const double d[3], double u) {
  const double v = 1.0 - u, uuu = u*u*u;
  return p0 + d[0]*u*(1.0 + v*(1.0 + v*(1.0 + v*(1.0 + v)))) + uuu*(d[1]*(10.0 - u*(15.0 - 6.0*u)) + d[2]*u*u);
}

static double bezier_slope(const double d[3], double u) {
  const double v = 1.0 - u, uu = u*u, vv = v*v;
  return 5.0*(vv*vv*d[0] + 6.0*uu*vv*d[1] + uu*uu*d[2]);
}

// x(u) is increasing: Newton, kept inside a shrinking bracket; its error after a step is about the step squared
static ps_curve_value on_corner(const corner *c, double x) {
  double lo = 0.0, hi = 1.0, u = (x - c->x0)/(c->dx[0] + c->dx[1] + c->dx[2]);
  for (int i = 0; i < 60; i++) {
    const double error = bezier(c->x0, c->dx, u) - x;
    if (error > 0.0)
      hi = u;
    else
      lo = u;
    const double next = u - error/bezier_slope(c->dx, u);
    const bool is_newton = next >= lo && next <= hi;
    const double step = is_newton ? next - u : 0.5*(lo + hi) - u;
    u += step;
    if (fabs(step) < (is_newton ? 1e-9 : 1e-15)) break;
  }
  return (ps_curve_value){.f = bezier(c->y0, c->dy, u), .slope = bezier_slope(c->dy, u)/bezier_slope(c->dx, u)};
}

ps_curve_value ps_muscle_passive(double strain, double strain_zero, double strain_one) {
  const double range = strain_one - strain_zero;
  const double x = (strain - strain_zero)/range;  // 0 at no force, 1 at f = 1
  const double low = LOW_SLOPE*range;              // slopes are per x from here on
  if (x <= 0.0) return (ps_curve_value){0};

  ps_curve_value v;
  if (x < TOE) {
    const corner toe = make_corner(0.0, 0.0, 0.0, TOE, low*(TOE - TOE_FOOT), low);
    v = on_corner(&toe, x);
  } else if (x < 1.0) {
    const corner main = make_corner(TOE, low*(TOE - TOE_FOOT), low, 1.0, 1.0, END_SLOPE);
    v = on_corner(&main, x);
  } else {
    v = (ps_curve_value){.f = 1.0 + END_SLOPE*(x - 1.0), .slope = END_SLOPE};
    if (x > 1.0) v.warn = PS_WARN_STRAIN_EXTRAPOLATED;
  }
  v.slope /= range;
  return v;
}

ps_curve_value ps_muscle_active(double lnorm) {
  const double d = lnorm - 1.0, f = exp(-d*d/0.45);
  return (ps_curve_value){.f = f, .slope = -2.0*d/0.45*f};
}
