/* A leg that hangs over the edge of a table: hip and knee at rest under gravity and everything passive. The mechanics of the
 * modified Thomas test. Theory: docs/theory/posture.md section 4. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "internal.h"
#include "psoas/vec.h"

enum { HIP, KNEE };

// passive moment of gravity, muscles, joints and capsule on hip and knee flexion
static void moments(const ps_model *m, ps_state *s, const int coord[2], double out[2]) {
  double gravity[256];
  ps_state_kinematics(s);
  ps_recruit_gravity(s, gravity);
  for (int k = 0; k < 2; k++) {
    ps_state_paths_across(s, coord[k]);
    const double q = s->q[coord[k]];
    out[k] = gravity[coord[k]] - q*(m->coord[coord[k]].linear + m->coord[coord[k]].cubic*q*q);
  }
  out[HIP] += ps_muscle_capsule(m, s->q[coord[HIP]]);
  for (int i = 0; i < m->nmuscle; i++) {
    const int arm[2] = {ps_model_arm(m, i, coord[HIP]), ps_model_arm(m, i, coord[KNEE])};
    if (arm[HIP] < 0 && arm[KNEE] < 0) continue;
    const ps_muscle_force f = ps_muscle_at(&m->muscle[i], s->length[i]);
    const double tension = f.passive + m->muscle[i].tone*f.active;
    for (int k = 0; k < 2; k++)
      if (arm[k] >= 0) out[k] += s->arm[arm[k]]*tension;
  }
}

// Newton step by differences, no longer than 4 degrees a joint
static bool improve(const ps_model *m, ps_state *s, const int coord[2], const double now[2]) {
  static const double H = 1e-5;
  double J[2][2], shifted[2];
  for (int k = 0; k < 2; k++) {
    s->q[coord[k]] += H;
    moments(m, s, coord, shifted);
    s->q[coord[k]] -= H;
    J[HIP][k] = (shifted[HIP] - now[HIP])/H;
    J[KNEE][k] = (shifted[KNEE] - now[KNEE])/H;
  }
  const double det = J[0][0]*J[1][1] - J[0][1]*J[1][0];
  if (!(fabs(det) > 1e-12)) return false;
  double step[2] = {-(J[1][1]*now[0] - J[0][1]*now[1])/det, -(J[0][0]*now[1] - J[1][0]*now[0])/det};

  // a stable rest has falling moments; where they rise, follow the moment itself
  const bool is_stable = J[0][0] < 0.0 && J[1][1] < 0.0 && det > 0.0;
  for (int k = 0; k < 2; k++) {
    if (!is_stable) step[k] = now[k]*0.01;
    step[k] = fmin(ps_rad(4.0), fmax(-ps_rad(4.0), step[k]));
    const ps_coord *c = &m->coord[coord[k]];
    s->q[coord[k]] = fmin(c->max, fmax(c->min, s->q[coord[k]] + step[k]));
  }
  return true;
}

// what is left of the moments at the rest that was found
static void search(const ps_model *m, ps_state *s, const int coord[2], double now[2]) {
  for (int i = 0; i < 200; i++) {
    moments(m, s, coord, now);
    if (fabs(now[HIP]) < 1e-9 && fabs(now[KNEE]) < 1e-9) return;
    if (!improve(m, s, coord, now)) break;
  }
  moments(m, s, coord, now);
}

ps_status ps_posture_hang(const ps_model *m, ps_side side, ps_state *s, ps_error *err) {
  PS_ASSERT(m->ncoord <= 256);
  const int coord[2] = {ps_model_find_coord(m, side == PS_LEFT ? "hip_flexion_left" : "hip_flexion_right"),
                        ps_model_find_coord(m, side == PS_LEFT ? "knee_flexion_left" : "knee_flexion_right")};
  PS_ASSERT(coord[HIP] >= 0 && coord[KNEE] >= 0);
  double now[2];
  search(m, s, coord, now);
  ps_state_paths(s);
  if (fabs(now[HIP]) < 1e-6 && fabs(now[KNEE]) < 1e-6) return PS_OK;
  return ps_error_set(err, PS_ENUMERIC, 0, "hang", "the leg finds no rest: %g N m at the hip, %g N m at the knee are left",
                      now[HIP], now[KNEE]);
}
