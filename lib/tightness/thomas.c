/* The modified Thomas test, simulated and inverted. Theory: docs/theory/tightness.md sections 1 and 2.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "psoas/tightness.h"
#include "psoas/vec.h"

static const double SHORTENING_MAX = 0.20;

// how far the pelvis rolls back when the back is made flat on the table; assumed, because the back flattens as much as in
// sitting down, where it was measured     @endo2012
static const double ROLL_DEG = 18.7;

// spread of what a test does not tell (docs/theory/tightness.md section 3)
static const double TILT_SD_DEG = 5.0, GONIOMETER_SD_DEG = 2.0, LEG_MASS_SD = 0.05, STIFFNESS_LOG_SD = 0.3;

ps_thomas_setup ps_thomas_setup_default(void) {
  return (ps_thomas_setup){.pelvis_tilt_back = ps_rad(ROLL_DEG), .leg_mass = 1.0, .stiffness = 1.0};
}

typedef struct leg { int hip, knee, thigh; } leg;

static leg leg_of(const ps_model *m, ps_side side) {
  const bool is_left = side == PS_LEFT;
  const leg l = {ps_model_find_coord(m, is_left ? "hip_flexion_left" : "hip_flexion_right"),
                 ps_model_find_coord(m, is_left ? "knee_flexion_left" : "knee_flexion_right"),
                 ps_model_find_body(m, is_left ? "thigh_left" : "thigh_right")};
  PS_ASSERT(l.hip >= 0 && l.knee >= 0 && l.thigh >= 0);
  return l;
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

static bool is_iliopsoas(const ps_muscle *p) {
  return strcmp(p->group, "psoas_major") == 0 || strcmp(p->group, "iliacus") == 0;
}

// passive moment of everything on coordinate j with the iliopsoas of that side `shortening` short
static double moment(const ps_model *m, ps_side side, const ps_thomas_setup *setup, double shortening, const ps_state *s,
                     int j) {
  double gravity[256];
  PS_ASSERT(m->ncoord <= 256);
  ps_recruit_gravity(s, gravity);
  const double q = s->q[j];
  double sum = setup->leg_mass*gravity[j] - q*(m->coord[j].linear + m->coord[j].cubic*q*q);
  if (j == leg_of(m, side).hip) sum += ps_muscle_capsule(m, q);
  for (int i = 0; i < m->nmuscle; i++) {
    ps_muscle p = m->muscle[i];
    if (p.side != side) continue;
    for (int t = p.arm; t < p.arm + p.narm; t++) {
      if (m->arm_coord[t] != j) continue;
      if (is_iliopsoas(&p)) {
        p.shortening = shortening;
        p.stiffness = setup->stiffness;
        p.tone = 0.0;
      }
      const ps_muscle_force f = ps_muscle_at(&p, s->length[i]);
      sum += s->arm[t]*(f.passive + p.tone*f.active);
    }
  }
  return sum;
}

// the knee's own rest at the hip angle of `state`: its moment falls with flexion, so bisect
static void rest_knee(const ps_model *m, ps_side side, const ps_thomas_setup *setup, ps_state *s) {
  const int knee = leg_of(m, side).knee;
  double lo = m->coord[knee].min, hi = m->coord[knee].max;
  for (int i = 0; i < 40; i++) {
    s->q[knee] = 0.5*(lo + hi);
    ps_state_kinematics(s);
    ps_state_paths(s);
    if (moment(m, side, setup, 0.0, s, knee) > 0.0)
      lo = s->q[knee];
    else
      hi = s->q[knee];
  }
}

// hip moment left when the hip is at `angle` and the knee at its rest there
static double unbalance(const ps_model *m, ps_side side, const ps_thomas_setup *setup, double shortening, double angle,
                        ps_state *s) {
  const int hip = leg_of(m, side).hip;
  s->q[hip] = angle;
  rest_knee(m, side, setup, s);
  return moment(m, side, setup, shortening, s, hip);
}

ps_status ps_tightness_thomas(const ps_model *m, ps_side side, const ps_thomas_setup *setup, double shortening,
                              ps_state *s, double *hip_angle, double *knee_flexion, ps_error *err) {
  const leg l = leg_of(m, side);
  PS_TRY(lie_down(m, setup, s, err));

  // gravity opens the hip until what is passive holds it: the moment falls with flexion
  double lo = m->coord[l.hip].min, hi = ps_rad(90.0);
  if (unbalance(m, side, setup, shortening, lo, s) < 0.0 || unbalance(m, side, setup, shortening, hi, s) > 0.0)
    return ps_error_set(err, PS_ENUMERIC, 0, "thomas", "the leg finds no rest between %g and %g deg of hip flexion",
                        ps_deg(lo), ps_deg(hi));
  for (int i = 0; i < 45; i++) {
    const double middle = 0.5*(lo + hi);
    if (unbalance(m, side, setup, shortening, middle, s) > 0.0)
      lo = middle;
    else
      hi = middle;
  }
  *hip_angle = ps_posture_pitch(s, l.thigh) - 0.5*PS_PI;
  *knee_flexion = s->q[l.knee];
  return PS_OK;
}

ps_status ps_tightness_invert(const ps_model *m, ps_side side, const ps_thomas_setup *setup, double hip_angle,
                              ps_state *s, double *shortening, ps_error *err) {
  const leg l = leg_of(m, side);
  PS_TRY(lie_down(m, setup, s, err));

  // put the thigh where it was measured, let the knee rest
  s->q[l.hip] += hip_angle + 0.5*PS_PI - ps_posture_pitch(s, l.thigh);
  rest_knee(m, side, setup, s);

  // the shortening that balances the hip there: its flexing moment grows with it
  double lo = 0.0, hi = SHORTENING_MAX;
  if (moment(m, side, setup, lo, s, l.hip) >= 0.0)
    hi = lo;
  else if (moment(m, side, setup, hi, s, l.hip) <= 0.0)
    lo = hi;
  for (int i = 0; i < 45 && hi > lo; i++) {
    const double middle = 0.5*(lo + hi);
    if (moment(m, side, setup, middle, s, l.hip) < 0.0)
      lo = middle;
    else
      hi = middle;
  }
  *shortening = 0.5*(lo + hi);
  return PS_OK;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double percentile(const double *sorted, int n, double share) {
  const double at = share*(n - 1);
  const int i = (int)at;
  return i + 1 < n ? sorted[i] + (at - i)*(sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

ps_status ps_tightness_estimate_side(const ps_model *m, ps_side side, const ps_thomas *test, uint64_t seed, int ndraw,
                                     ps_state *s, ps_tightness_estimate *out, ps_error *err) {
  PS_ASSERT(ndraw >= 0 && ndraw <= PS_DRAW_MAX);
  *out = (ps_tightness_estimate){.has = test->has};
  if (!test->has) return PS_OK;
  const ps_thomas_setup middle = ps_thomas_setup_default();
  PS_TRY(ps_tightness_invert(m, side, &middle, test->hip_angle, s, &out->shortening, err));
  out->lo = out->hi = out->shortening;

  // both legs hang from one pelvis of one person: they share the first stream, each reading has an error of its own
  double sorted[PS_DRAW_MAX];
  ps_rng rng, reading;
  ps_rng_init(&rng, seed);
  ps_rng_init(&reading, seed ^ (side == PS_LEFT ? 0x6c656674u : 0x7269676874u));
  for (int i = 0; i < ndraw; i++) {
    const ps_thomas_setup setup = {
        .pelvis_tilt_back = middle.pelvis_tilt_back + ps_rad(TILT_SD_DEG)*ps_rng_normal(&rng),
        .leg_mass = fmax(0.5, 1.0 + LEG_MASS_SD*ps_rng_normal(&rng)),
        .stiffness = fmin(4.0, fmax(0.5, exp(STIFFNESS_LOG_SD*ps_rng_normal(&rng))))};
    const double angle = test->hip_angle + ps_rad(GONIOMETER_SD_DEG)*ps_rng_normal(&reading);
    PS_TRY(ps_tightness_invert(m, side, &setup, angle, s, &sorted[i], err));
    out->draw[i] = (ps_tightness_draw){.shortening = sorted[i], .stiffness = setup.stiffness};
  }
  out->ndraw = ndraw;
  if (ndraw == 0) return PS_OK;
  qsort(sorted, (size_t)ndraw, sizeof *sorted, ascending);
  out->lo = percentile(sorted, ndraw, 0.05);
  out->hi = percentile(sorted, ndraw, 0.95);
  return PS_OK;
}
