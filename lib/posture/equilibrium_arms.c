/* Arms follow the trunk: they hang straight down, or the hands stay at the load. Theory: docs/theory/equilibrium.md section 3.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "internal.h"
#include "psoas/equilibrium.h"
#include "psoas/linalg.h"
#include "psoas/vec.h"

enum { NSCREW = 6 };

bool ps__equilibrium_arms(const ps_equilibrium *eq, ps_state *s) {
  if (eq->is_holding) return ps__posture_hands(&eq->body, eq->request.hold_at, s, NULL) == PS_OK;
  if (eq->request.task->rules & PS_RULE_ARMS_HANG) ps__posture_arms_hang(&eq->body, s);
  return true;
}

// does coordinate j move the shoulder of arm k?
static bool carries(const ps_equilibrium *eq, int k, int j) {
  return ps_model_moves(&eq->body, eq->body.body[eq->arm[k]].parent, j);
}

// hanging arms do not turn when the trunk does: sum of dq_j w_j over the upper arm = -(turning of the trunk)
static void hanging(const ps_equilibrium *eq, int k, double *slope) {
  const ps_model *m = &eq->body;
  const ps_state *s = eq->state;
  const int j = m->body[eq->arm[k]].coord;
  const double *w = s->w + 3*j;
  double dual[3][3], t[3] = {0.0, 0.0, 0.0};
  ps_cross(dual[0], w + 3, w + 6);
  ps_cross(dual[1], w + 6, w);
  ps_cross(dual[2], w, w + 3);
  const double det = ps_dot(w, dual[0]);
  for (int i = 0; i < 3; i++) ps_axpy(t, -slope[j + i]/det, dual[i]);
  for (int i = 0; i < m->ncoord; i++)
    if (carries(eq, k, i) && !m->coord[i].is_translation) slope[i] += ps_dot(s->w + 3*i, t);
}

// turning and velocity, at the world's origin, of what coordinate j moves
static void screw(const ps_equilibrium *eq, int j, double out[NSCREW]) {
  const ps_state *s = eq->state;
  const bool is_shift = eq->body.coord[j].is_translation;
  for (int i = 0; i < 3; i++) {
    out[i] = is_shift ? 0.0 : s->w[3*j + i];
    out[3 + i] = is_shift ? s->w[3*j + i] : s->c[3*j + i];
  }
}

// part of the slope that comes through the arms when the whole body is moved by coordinate j of the pelvis
static double through_arms(const ps_equilibrium *eq, int j, const double *slope) {
  static const double STEP = 1e-5;
  const ps_model *m = &eq->body;
  double sum = 0.0;
  for (int side = 0; side < 2; side++) {
    const double h = side == 0 ? STEP : -STEP;
    memcpy(eq->probe->q, eq->state->q, (size_t)m->ncoord*sizeof(double));
    eq->probe->q[j] += h;
    ps_state_kinematics(eq->probe);
    if (ps__posture_hands(m, eq->request.hold_at, eq->probe, NULL) != PS_OK) return (double)NAN;
    // shoulders and elbows are the coordinates that the task holds; the others have not moved but for j, which is balanced
    for (int i = 0; i < m->ncoord; i++)
      if (!m->coord[i].is_balanced) sum += slope[i]*(eq->probe->q[i] - eq->state->q[i])/(2.0*h);
  }
  return sum;
}

/* Hands at a place of the world depend on how the trunk stands there, whatever brought it there. So the six motions of the
 * pelvis are tried, and every other coordinate moves the trunk by a sum of these. */
static bool holding(const ps_equilibrium *eq, double *slope) {
  const ps_model *m = &eq->body;
  double motion[NSCREW*NSCREW], price[NSCREW], c[NSCREW];
  int order[NSCREW];
  for (int i = 0; i < NSCREW; i++) {
    screw(eq, m->body[0].coord + i, motion + NSCREW*i);
    price[i] = through_arms(eq, m->body[0].coord + i, slope);
  }
  if (!ps_lu_factor(NSCREW, motion, order)) return false;
  ps_lu_solve(NSCREW, motion, order, price);
  for (int j = 0; j < m->ncoord; j++) {
    if (!carries(eq, 0, j)) continue;
    screw(eq, j, c);
    for (int i = 0; i < NSCREW; i++) slope[j] += price[i]*c[i];
  }
  return true;
}

bool ps__equilibrium_arms_follow(const ps_equilibrium *eq, double *slope) {
  if (eq->is_holding) return holding(eq, slope);
  if (eq->request.task->rules & PS_RULE_ARMS_HANG)
    for (int k = 0; k < 2; k++) hanging(eq, k, slope);
  return true;
}
