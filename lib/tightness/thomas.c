/* The modified Thomas test, simulated and inverted. Theory: docs/theory/tightness.md sections 1 and 2.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "psoas/tightness.h"
#include "psoas/vec.h"

static const double SHORTENING_MAX = 0.20;

// how far the pelvis rolls back when the back is made flat on the table: as in sitting down, where it was measured
// (@endo2012), and between the two Thomas positions of @takenaka2017
static const double ROLL_DEG = 18.7;

ps_thomas_setup ps_thomas_setup_default(void) {
  return (ps_thomas_setup){.pelvis_tilt_back = ps_rad(ROLL_DEG), .leg_mass = 1.0, .stiffness = 1.0};
}

// on the back, pelvis rolled back from the typical standing tilt, the lumbar spine flat between it and the table
static ps_status lie_down(const ps_model *m, const ps_thomas_setup *setup, ps_state *s, ps_error *err) {
  const double roll = setup->pelvis_tilt_back + m->stance.pelvis_tilt - m->stance.pelvis_tilt_typical;
  const ps_task task = {.name = "modified-thomas",
                        .nangle = 2,
                        .angle = {{"pelvis_tilt", -0.5*PS_PI - roll, 0.0}, {"lumbar_flexion", roll, 0.0}}};
  const ps_posture_request q = {.task = &task, .side = PS_RIGHT};
  ps_scene none;
  return ps_posture_apply(m, &q, s, &none, err);
}

typedef struct table {       // one person on the table and the leg that is tested
  const ps_model *m;
  const ps_thomas_setup *setup;
  ps_side side;
  int hip, knee, thigh;      // flexion coordinates, body
  double shortening;         // of the iliopsoas of that side
  double push;               // extending, on the hip                                     [N m]
  ps_state *s;
} table;

static table lay(const ps_model *m, ps_side side, const ps_thomas_setup *setup, ps_state *s) {
  const bool is_left = side == PS_LEFT;
  const table t = {.m = m, .setup = setup, .side = side, .s = s,
                   .hip = ps_model_find_coord(m, is_left ? "hip_flexion_left" : "hip_flexion_right"),
                   .knee = ps_model_find_coord(m, is_left ? "knee_flexion_left" : "knee_flexion_right"),
                   .thigh = ps_model_find_body(m, is_left ? "thigh_left" : "thigh_right")};
  PS_ASSERT(t.hip >= 0 && t.knee >= 0 && t.thigh >= 0);
  return t;
}

static bool is_iliopsoas(const ps_muscle *p) {
  return strcmp(p->group, "psoas_major") == 0 || strcmp(p->group, "iliacus") == 0;
}

// tension of a muscle at rest, the iliopsoas as short and stiff as the test supposes
static double tension(const table *t, int imuscle) {
  const double length = t->s->length[imuscle];
  ps_muscle p = t->m->muscle[imuscle];
  if (is_iliopsoas(&p)) {
    p.shortening = t->shortening;
    p.stiffness = t->setup->stiffness;
    p.tone = 0.0;
  } else if (strcmp(p.group, "rectus_femoris") == 0) {
    p.shortening += t->setup->rectus;
  } else if (strcmp(p.group, "tensor_fasciae_latae") == 0) {
    p.shortening += t->setup->tensor;
  }
  const ps_muscle_force f = ps_muscle_at(&p, length);
  return f.passive + p.tone*f.active;
}

// moment of gravity and of everything passive on coordinate j; paths of the muscles that cross it are up to date
static double moment(const table *t, int j) {
  const ps_model *m = t->m;
  double gravity[256];
  PS_ASSERT(m->ncoord <= 256);
  ps_recruit_gravity(t->s, gravity);
  const double q = t->s->q[j];
  double sum = t->setup->leg_mass*gravity[j] - q*(m->coord[j].linear + m->coord[j].cubic*q*q);
  if (j == t->hip) sum += ps_muscle_capsule(m, q);
  for (int i = 0; i < m->nmuscle; i++) {
    if (m->muscle[i].side != t->side) continue;
    const int arm = ps_model_arm(m, i, j);
    if (arm >= 0) sum += t->s->arm[arm]*tension(t, i);
  }
  return sum;
}

static void move(const table *t, int j, double angle) {
  t->s->q[j] = angle;
  ps_state_kinematics(t->s);
  ps_state_paths_across(t->s, j);
}

typedef double falling(table *t, double x);  // a moment that falls as its unknown grows

// where it crosses zero between lo and hi, or the end that is nearer to it: regula falsi with halving (Illinois)
static double root(falling *f, table *t, double lo, double hi) {
  static const double CLOSE = 1e-13;  // steps this short change nothing that is shown
  double flo = f(t, lo);
  if (flo <= 0.0) return lo;
  double fhi = f(t, hi), last = lo;
  if (fhi >= 0.0) return hi;
  int side = 0;
  for (int i = 0; i < 100; i++) {
    const double x = lo + (hi - lo)*flo/(flo - fhi), fx = f(t, x);
    if (fx == 0.0 || fabs(x - last) < CLOSE) return x;
    last = x;
    if (fx > 0.0) {
      lo = x;
      flo = fx;
      if (side > 0) fhi *= 0.5;
      side = 1;
    } else {
      hi = x;
      fhi = fx;
      if (side < 0) flo *= 0.5;
      side = -1;
    }
  }
  return last;
}

static double knee_moment(table *t, double angle) {
  move(t, t->knee, angle);
  return moment(t, t->knee);
}

// the knee's own rest at the hip angle of the state; it does not feel the iliopsoas
static void rest_knee(table *t) {
  const ps_coord *c = &t->m->coord[t->knee];
  move(t, t->knee, root(knee_moment, t, c->min, c->max));
}

// hip moment left when the hip is at `angle` and the knee at its rest there
static double hip_moment(table *t, double angle) {
  t->s->q[t->hip] = angle;
  rest_knee(t);
  ps_state_paths_across(t->s, t->hip);
  return moment(t, t->hip);
}

// of a muscle that is longer by x of its optimal length than with the largest shortening: less short, less flexing moment
static double longer_moment(table *t, double x) {
  t->shortening = SHORTENING_MAX - x;
  return moment(t, t->hip);
}

ps_status ps_tightness_thomas(const ps_model *m, ps_side side, const ps_thomas_setup *setup, double shortening,
                              ps_state *s, double *hip_angle, double *knee_flexion, ps_error *err) {
  table t = lay(m, side, setup, s);
  t.shortening = shortening;
  PS_TRY(lie_down(m, setup, s, err));

  // gravity opens the hip until what is passive holds it: the moment falls with flexion
  const double lo = m->coord[t.hip].min, hi = ps_rad(90.0);
  const double rest = root(hip_moment, &t, lo, hi);
  if (!(rest > lo && rest < hi))
    return ps_error_set(err, PS_ENUMERIC, 0, "thomas", "the leg finds no rest between %g and %g deg of hip flexion",
                        ps_deg(lo), ps_deg(hi));
  s->q[t.hip] = rest;
  rest_knee(&t);
  ps_state_paths(s);
  *hip_angle = ps_posture_pitch(s, t.thigh) - 0.5*PS_PI;
  *knee_flexion = s->q[t.knee];
  return PS_OK;
}

ps_status ps_tightness_invert(const ps_model *m, ps_side side, const ps_thomas_setup *setup, double hip_angle,
                              ps_state *s, double *shortening, ps_error *err) {
  table t = lay(m, side, setup, s);
  PS_TRY(lie_down(m, setup, s, err));

  // put the thigh where it was measured, let the knee rest
  s->q[t.hip] += hip_angle + 0.5*PS_PI - ps_posture_pitch(s, t.thigh);
  rest_knee(&t);
  ps_state_paths(s);

  // the shortening that balances the hip there
  *shortening = SHORTENING_MAX - root(longer_moment, &t, 0.0, SHORTENING_MAX);
  return PS_OK;
}

// hip moment left when the straight leg is pushed back to `angle`
static double pushed_moment(table *t, double angle) {
  move(t, t->hip, angle);
  return moment(t, t->hip) - t->push;
}

void ps_tightness_extension(const ps_model *m, ps_side side, const ps_push *push, ps_state *s, double *extension) {
  // the examiner carries the leg, so its weight is out of the balance
  const ps_thomas_setup setup = {.leg_mass = 0.0, .stiffness = push->stiffness, .rectus = push->rectus, .tensor = push->tensor};
  table t = lay(m, side, &setup, s);
  t.shortening = push->shortening;
  t.push = push->torque;
  for (int j = 0; j < m->ncoord; j++) s->q[j] = 0.0;
  const int tilt = ps_model_find_coord(m, "pelvis_tilt");
  PS_ASSERT(tilt >= 0);
  s->q[tilt] = m->stance.pelvis_tilt;
  const double rest = root(pushed_moment, &t, m->coord[t.hip].min, ps_rad(90.0));
  move(&t, t.hip, rest);
  *extension = -ps_posture_pitch(s, t.thigh);
}
