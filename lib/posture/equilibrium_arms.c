/* Arms follow the trunk: they hang straight down, or carry a load as if trunk and arms were one. Theory: docs/theory/equilibrium.md
 * section 3. SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"
#include "psoas/equilibrium.h"
#include "psoas/vec.h"

void ps__equilibrium_arms(const ps_equilibrium *eq, ps_state *s) {
  const ps_model *m = &eq->body;
  if (eq->is_holding) {
    // shoulders and elbows are the coordinates that nothing has to balance, and the only ones in which `arms` is another posture
    for (int j = 0; j < m->ncoord; j++)
      if (!m->coord[j].is_balanced) s->q[j] = eq->arms[j];
    ps_state_kinematics(s);
  } else if (eq->request.task->rules & PS_RULE_ARMS_HANG) {
    ps__posture_arms_hang(m, s);
  }
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

void ps__equilibrium_arms_follow(const ps_equilibrium *eq, double *slope) {
  if (eq->is_holding || !(eq->request.task->rules & PS_RULE_ARMS_HANG)) return;
  for (int k = 0; k < 2; k++) hanging(eq, k, slope);
}
