/* How the least cost of a posture changes with the posture: the envelope theorem, and one difference along the multipliers.
 * Theory: docs/theory/equilibrium.md section 2. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

// largest change of a coordinate in the difference [rad], [m]: truncation and rounding then each leave about 1e-7 of the
// slope; a central difference would be better by two digits and cost a third more time
static const double REACH = 1e-7;

// a bed pushes less as the place rises
static void add_bed(const ps_recruit *r, const ps_state *s, double *out) {
  const ps_model *m = r->model;
  const double *y = r->result.y + r->nrow;
  for (int i = 0; i < r->scene.nsupport; i++) {
    const ps_support *p = &r->scene.support[i];
    const ps_place *place = &m->contact[p->contact];
    double x[3], slope;
    if (!(p->stiffness > 0.0)) continue;
    ps_state_position(s, place->body, place->pos, x);
    ps__bed_depth(p, x, &slope);
    const double price = p->stiffness*slope**y++;
    for (int j = 0; j < m->ncoord; j++)
      if (ps_model_moves(m, place->body, j)) out[j] -= price*ps__generalised(s, j, x, p->normal);
  }
}

void ps_recruit_gradient(const ps_recruit *r, const ps_state *s, ps_state *probe, double *out) {
  double here[256], most = 0.0;
  const int n = r->model->ncoord;
  PS_ASSERT(n <= 256 && s->model == r->model && probe->model == r->model);
  for (int i = 0; i < r->nrow; i++) most = fmax(most, fabs(r->result.y[i]));
  if (most == 0.0) {
    memset(out, 0, (size_t)n*sizeof *out);
    add_bed(r, s, out);
    return;
  }

  // the posture moved along the multipliers, the amounts of activation and contact as they are
  const double step = REACH/most;
  memcpy(probe->q, s->q, (size_t)n*sizeof *s->q);
  for (int i = 0; i < r->nrow; i++) probe->q[r->row_coord[i]] += step*r->result.y[i];
  ps_state_kinematics(probe);
  ps_state_paths(probe);
  ps__balance_force(r, s, here);
  ps__balance_force(r, probe, out);
  for (int j = 0; j < n; j++) out[j] = -(out[j] - here[j])/step;
  add_bed(r, s, out);
}
