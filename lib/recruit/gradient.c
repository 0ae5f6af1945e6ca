/* How the least cost of a posture changes with the posture: the envelope theorem, and one difference along the multipliers.
 * Theory: docs/theory/equilibrium.md section 2. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"

// largest change of a coordinate in the difference [rad], [m]: the error is 1e-9 of the slope from the third derivative and
// 1e-10 from rounding
static const double REACH = 2e-5;

// forces at the posture moved by `step` along the multipliers
static void force_along(const ps_recruit *r, const ps_state *s, double step, ps_state *probe, double *force) {
  memcpy(probe->q, s->q, (size_t)s->model->ncoord*sizeof *s->q);
  for (int i = 0; i < r->problem.n; i++) probe->q[r->row_coord[i]] += step*r->result.y[i];
  ps_state_kinematics(probe);
  ps_state_paths(probe);
  ps__balance_force(r, probe, force);
}

void ps_recruit_gradient(const ps_recruit *r, const ps_state *s, ps_state *probe, double *out) {
  double behind[256], most = 0.0;
  const int n = r->model->ncoord;
  PS_ASSERT(n <= 256 && s->model == r->model && probe->model == r->model);
  for (int i = 0; i < r->problem.n; i++) most = fmax(most, fabs(r->result.y[i]));
  if (most == 0.0) {
    memset(out, 0, (size_t)n*sizeof *out);
    return;
  }
  const double step = REACH/most;
  force_along(r, s, step, probe, out);
  force_along(r, s, -step, probe, behind);
  for (int j = 0; j < n; j++) out[j] = -(out[j] - behind[j])/(2.0*step);
}
