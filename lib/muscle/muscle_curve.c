/* Force-length curves of a fibre. Theory: docs/theory/muscle.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "psoas/muscle.h"

// defaults of @millard2013: low stiffness, end stiffness x range, curviness 0.75 scaled to 0.1 + 0.8*0.75
static const double LOW_SLOPE = 0.2, END_SLOPE = 2.0, CORNER = 0.7;
// the low part begins 5 % of the range above strain_zero, its line crosses zero half way there
static const double TOE = 0.05, TOE_FOOT = 0.025;

typedef struct corner {  // quintic Bezier with doubled inner points
  double x[6], y[6];
} corner;

static corner make_corner(double x0, double y0, double slope0, double x1, double y1, double slope1) {
  const double xc = (y1 - y0 - x1*slope1 + x0*slope0)/(slope0 - slope1);
  const double yc = (xc - x1)*slope1 + y1;
  corner c = {.x = {x0, x0 + CORNER*(xc - x0), 0, x1 + CORNER*(xc - x1), 0, x1},
              .y = {y0, y0 + CORNER*(yc - y0), 0, y1 + CORNER*(yc - y1), 0, y1}};
  c.x[2] = c.x[1];
  c.y[2] = c.y[1];
  c.x[4] = c.x[3];
  c.y[4] = c.y[3];
  return c;
}

static double bezier(const double p[6], double u) {
  const double v = 1.0 - u;
  return v*v*v*v*v*p[0] + 5.0*u*v*v*v*v*p[1] + 10.0*u*u*v*v*v*p[2] + 10.0*u*u*u*v*v*p[3] + 5.0*u*u*u*u*v*p[4] +
         u*u*u*u*u*p[5];
}

static double bezier_slope(const double p[6], double u) {
  const double v = 1.0 - u;
  return 5.0*(v*v*v*v*(p[1] - p[0]) + 4.0*u*v*v*v*(p[2] - p[1]) + 6.0*u*u*v*v*(p[3] - p[2]) +
              4.0*u*u*u*v*(p[4] - p[3]) + u*u*u*u*(p[5] - p[4]));
}

// x(u) is increasing: Newton, kept inside a shrinking bracket
static ps_curve_value on_corner(const corner *c, double x) {
  double lo = 0.0, hi = 1.0, u = (x - c->x[0])/(c->x[5] - c->x[0]);
  for (int i = 0; i < 60; i++) {
    const double error = bezier(c->x, u) - x;
    if (error > 0.0)
      hi = u;
    else
      lo = u;
    const double next = u - error/bezier_slope(c->x, u);
    const double step = next > lo && next < hi ? next - u : 0.5*(lo + hi) - u;
    u += step;
    if (fabs(step) < 1e-15) break;
  }
  return (ps_curve_value){.f = bezier(c->y, u), .slope = bezier_slope(c->y, u)/bezier_slope(c->x, u)};
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
