/* Muscle lengths and moment arms of one posture. A path is a chain of straight lines, some with one cylinder between
 * them round which it winds in a fixed direction; length is once differentiable, arms continuous.
 * Theory: docs/theory/muscle.md sections 2 and 3. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "psoas/model.h"
#include "psoas/vec.h"

static void place_point(ps_state *s, int i) {
  const ps_point *p = &s->model->point[i];
  double *x = s->x + 3*i;
  ps_state_position(s, p->body, p->pos, x);
  if (p->body2 < 0) return;
  double y[3];
  ps_state_position(s, p->body2, p->pos2, y);
  for (int k = 0; k < 3; k++) x[k] += p->weight2*(y[k] - x[k]);
}

// unit direction from a to b and the distance
static double straight(const double a[3], const double b[3], double u[3]) {
  ps_sub(u, b, a);
  return ps_normalise(u);
}

typedef struct winding {  // a path round a cylinder, in the cylinder's frame
  double angle;           // > 0: the path touches the cylinder             [rad]
  double meet[3], leave[3];
  double push[2];         // how much the length grows as the start, the end, moves away from the axis   [-]
  double arc;             // length on the cylinder, along the helix        [m]
  bool is_inside;
} winding;

// a cylinder gives way to a point that comes nearer to its surface than MARGIN: its radius then stays below the point's
// distance and the length once differentiable. Shares of the radius; no path comes so near over -35 to 125 deg of hip flexion
static const double MARGIN = 0.02, GIVING_WAY = 0.03;

typedef struct soft_radius { double r, by_r, by_a; } soft_radius;  // value and slopes

// radius r as a point at distance a from the axis leaves it: r beyond the margin, just below a deep inside, a parabola between
static soft_radius give_way(double r, double a) {
  const double near = r*(1.0 + MARGIN) - a, width = r*GIVING_WAY;
  if (near <= 0.0) return (soft_radius){r, 1.0, 0.0};
  const double t = near/width;
  if (t >= 1.0) return (soft_radius){a - r*(MARGIN - 0.5*GIVING_WAY), -(MARGIN - 0.5*GIVING_WAY), 1.0};
  // r - width t^2/2
  return (soft_radius){r - 0.5*near*t, 1.0 - t*(1.0 + MARGIN) + 0.5*GIVING_WAY*t*t, t};
}

/* The path from a to b (in the cylinder's frame, axis z) that winds right-handed round radius r.
 * Seen along the axis it is tangent, arc, tangent; unrolled it is one straight line, so z grows evenly along it.
 * The length grows by angle*cos(slope of the helix) with the radius. */
static winding wind(const double a[3], const double b[3], double radius) {
  const double ra = hypot(a[0], a[1]), rb = hypot(b[0], b[1]);
  winding w = {.is_inside = ra < radius || rb < radius};
  const soft_radius at_a = give_way(radius, ra), at_b = give_way(at_a.r, rb);
  const double r = at_b.r;

  // turn from a to b, unwrapped to (-pi/4, 7pi/4] so that a path more than half way round stays on its side: over all
  // joint ranges the paths turn by -10 deg (gluteus maximus) to 286 deg (rectus femoris in deep knee flexion)
  double turn = atan2(a[0]*b[1] - a[1]*b[0], a[0]*b[0] + a[1]*b[1]);
  if (turn < -0.25*PS_PI) turn += 2.0*PS_PI;
  w.angle = turn - acos(r/ra) - acos(r/rb);
  if (!(w.angle > 0.0)) return w;

  const double ta = sqrt(ra*ra - r*r), tb = sqrt(rb*rb - r*r), total = ta + r*w.angle + tb;
  const double dz = b[2] - a[2], stretch = sqrt(1.0 + (dz/total)*(dz/total));
  // a turned by +acos(r/ra), b turned back by acos(r/rb), both on the surface
  const double ca = r/ra, sa = ta/ra, cb = r/rb, sb = tb/rb;
  const double fa = r/ra, fb = r/rb;
  ps_vec_set(w.meet, fa*(ca*a[0] - sa*a[1]), fa*(ca*a[1] + sa*a[0]), a[2] + dz*ta/total);
  ps_vec_set(w.leave, fb*(cb*b[0] + sb*b[1]), fb*(cb*b[1] - sb*b[0]), b[2] - dz*tb/total);
  w.arc = r*w.angle*stretch;
  w.push[0] = w.angle/stretch*at_b.by_r*at_a.by_a;
  w.push[1] = w.angle/stretch*at_b.by_a;
  return w;
}

// cylinder coordinates of a world point
static void to_cylinder(const ps_wrap *w, const double R[9], const double o[3], const double x[3], double out[3]) {
  double d[3], local[3];
  ps_sub(d, x, o);
  ps_rotate_back(local, R, d);
  ps_sub(local, local, w->centre);
  ps_rotate_back(out, w->frame, local);
}

static void to_world(const ps_wrap *w, const double R[9], const double o[3], const double x[3], double out[3]) {
  double local[3];
  ps_rotate(local, w->frame, x);
  ps_add(local, local, w->centre);
  ps_rotate(out, R, local);
  ps_add(out, out, o);
}

// what a cylinder that gives way adds to the pull along u on the point p (in its frame): away from its axis, `push` as strong
static void add_push(const ps_wrap *w, const double R[9], const double p[3], double push, double u[3]) {
  if (push == 0.0) return;
  double local[3], world[3];
  const double away[3] = {p[0]/hypot(p[0], p[1]), p[1]/hypot(p[0], p[1]), 0.0};
  ps_rotate(local, w->frame, away);
  ps_rotate(world, R, local);
  ps_axpy(u, push, world);
}

/* Arms of one straight line: pulling on a point x of an end with direction u turns coordinate j by
 * w.(x-o) x u = w.(x x u) + u.(o x w). The line is the same at both ends unless an end is blended. */
static void add_terms(const ps_state *s, const ps_term *term, int n, const double moment[4][3], const double u[3],
                      double *arm) {
  for (int k = 0; k < n; k++) {
    const ps_term *t = &term[k];
    const double *w = s->w + 3*t->coord, *c = s->c + 3*t->coord;
    arm[t->slot] -= t->weight*(ps_dot(w, moment[t->end]) + ps_dot(c, u));
  }
}

static void line_moments(const ps_state *s, const ps_point *p, const double x[3], const double u[3], double moment[2][3]) {
  if (!p || p->body2 < 0) {
    ps_cross(moment[0], x, u);
    return;
  }
  double y[3];
  ps_state_position(s, p->body, p->pos, y);
  ps_cross(moment[0], y, u);
  ps_state_position(s, p->body2, p->pos2, y);
  ps_cross(moment[1], y, u);
}

static void add_line(const ps_state *s, const ps_stretch *st, int kind, const double *const end[2], const double u[3],
                     double *arm) {
  const ps_model *m = s->model;
  double moment[4][3];
  line_moments(s, kind == 2 ? NULL : &m->point[st->from], end[0], u, moment);
  line_moments(s, kind == 1 ? NULL : &m->point[st->to], end[1], u, moment + 2);
  add_terms(s, m->term + st->term[kind], st->nterm[kind], (const double(*)[3])moment, u, arm);
}

static double add_stretch(ps_state *s, int i, double *arm) {
  const ps_model *m = s->model;
  const ps_stretch *st = &m->stretch[i];
  const double *from = s->x + 3*st->from, *to = s->x + 3*st->to;
  double *u = s->u + 6*i;
  s->wrapped[i] = 0;

  if (st->wrap >= 0) {
    const ps_wrap *w = &m->wrap[st->wrap];
    const double *R = s->R + 9*w->body, *o = s->o + 3*w->body;
    double a[3], b[3], *meet = s->tangent + 6*i, *leave = meet + 3;
    to_cylinder(w, R, o, from, a);
    to_cylinder(w, R, o, to, b);
    const winding path = wind(a, b, w->radius);
    if (path.is_inside) s->warn |= PS_WARN_WRAP_INSIDE;
    if (path.angle > 0.0) {
      s->wrapped[i] = 1;
      to_world(w, R, o, path.meet, meet);
      to_world(w, R, o, path.leave, leave);
      const double la = straight(from, meet, u), lb = straight(leave, to, u + 3);
      add_push(w, R, a, -path.push[0], u);
      add_push(w, R, b, path.push[1], u + 3);
      add_line(s, st, 1, (const double *const[2]){from, meet}, u, arm);
      add_line(s, st, 2, (const double *const[2]){leave, to}, u + 3, arm);
      return la + path.arc + lb;
    }
  }
  const double length = straight(from, to, u);
  add_line(s, st, 0, (const double *const[2]){from, to}, u, arm);
  return length;
}

static void add_path(ps_state *s, int imuscle) {
  const ps_model *m = s->model;
  const ps_muscle *p = &m->muscle[imuscle];
  double *arm = s->arm + p->arm;
  for (int k = 0; k < p->narm; k++) arm[k] = 0.0;
  double length = 0.0;
  if (p->nstretch > 0) place_point(s, m->stretch[p->stretch].from);
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
    place_point(s, m->stretch[k].to);
    length += add_stretch(s, k, arm);
  }
  s->length[imuscle] = length;
}

void ps_state_paths(ps_state *s) {
  s->warn = 0;
  for (int i = 0; i < s->model->nmuscle; i++) add_path(s, i);
}

void ps_state_paths_across(ps_state *s, int icoord) {
  const ps_model *m = s->model;
  s->warn = 0;
  for (int i = 0; i < m->nmuscle; i++)
    if (ps_model_arm(m, i, icoord) >= 0) add_path(s, i);
}
