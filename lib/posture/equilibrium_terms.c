/* What holds a posture beside effort: habit, a level gaze, balance over the feet, cushions, the ends of the joints. Theory:
 * docs/theory/equilibrium.md section 1. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "internal.h"
#include "psoas/equilibrium.h"
#include "psoas/vec.h"

enum { NBODY_MAX = 128 };

// the end of a range begins MARGIN before it and is this steep: 8 cm2 m/rad reach the middle of the margin
// assumed, because it only has to be steeper than effort is (1 to 10 cm2 m/rad)
static const double RANGE_WEIGHT = 500.0;
static const double RANGE_MARGIN = 0.0174532925199433;  // 1 deg

// how far a coordinate is into the margin at the end of its range, signed
static double into_margin(const ps_coord *c, double q) {
  if (q > c->max - RANGE_MARGIN) return q - (c->max - RANGE_MARGIN);
  if (q < c->min + RANGE_MARGIN) return q - (c->min + RANGE_MARGIN);
  return 0.0;
}

// w (3 - trace(R0'R)): about w times the square of the head's turn
static double gaze(const ps_equilibrium *eq, double *slope) {
  if (eq->opts.gaze == 0.0 || eq->kind == PS_LIES) return 0.0;
  const ps_model *m = &eq->body;
  const int head = ps_model_find_body(m, "head");
  const double *R = eq->state->R + 9*head, *R0 = eq->head_R;
  double trace = 0.0, turn[3] = {0.0, 0.0, 0.0};
  for (int k = 0; k < 3; k++) {
    const double a[3] = {R[k], R[3 + k], R[6 + k]}, b[3] = {R0[k], R0[3 + k], R0[6 + k]};
    double c[3];
    ps_cross(c, b, a);
    ps_add(turn, turn, c);
    trace += ps_dot(a, b);
  }
  for (int j = 0; j < m->ncoord; j++)
    if (ps_model_moves(m, head, j) && !m->coord[j].is_translation)
      slope[j] += eq->level*eq->opts.gaze*ps_dot(eq->state->w + 3*j, turn);
  return eq->level*eq->opts.gaze*(3.0 - trace);
}

/* w (p - p0)^2, horizontal: p the common centre of mass of body and load.
 * d(mass x centre)/dq_j = w x first + mass c over what the joint carries. */
static double balance(const ps_equilibrium *eq, double *slope) {
  if (!(eq->request.task->rules & PS_RULE_BALANCE)) return 0.0;
  const ps_model *m = &eq->body;
  const ps_state *s = eq->state;
  const ps_scene *scene = &eq->recruit->scene;
  double mass[NBODY_MAX], first[NBODY_MAX][3];
  PS_ASSERT(m->nbody > 0 && m->nbody <= NBODY_MAX);
  for (int i = 0; i < m->nbody; i++) {
    mass[i] = m->body[i].mass;
    ps_state_position(s, i, m->body[i].com, first[i]);
    ps_scale(first[i], mass[i], first[i]);
  }
  for (int k = 0; k < scene->ncarried; k++) {
    const ps_carried *c = &scene->carried[k];
    double x[3];
    ps_state_position(s, c->body, c->pos, x);
    ps_axpy(first[c->body], -c->force[1]/m->gravity, x);
    mass[c->body] -= c->force[1]/m->gravity;
  }
  for (int i = m->nbody - 1; i > 0; i--) {
    mass[m->body[i].parent] += mass[i];
    ps_add(first[m->body[i].parent], first[m->body[i].parent], first[i]);
  }
  double away[3] = {0.0, 0.0, 0.0}, moving[3];
  for (int k = 0; k < 3; k += 2) away[k] = first[0][k]/mass[0] - eq->centre[k];
  for (int j = 0; j < m->ncoord; j++) {
    const int i = m->coord[j].body;
    const double *w = s->w + 3*j;
    if (m->coord[j].is_translation) {
      ps_scale(moving, mass[i], w);
    } else {
      ps_cross(moving, w, first[i]);
      ps_axpy(moving, mass[i], s->c + 3*j);
    }
    slope[j] += 2.0*eq->level*eq->opts.balance*ps_dot(away, moving)/mass[0];
  }
  return eq->level*eq->opts.balance*ps_dot(away, away);
}

// w d^2 of each hard support: d how far it is from the height that the task gives it. A mattress pushes by itself (lib/recruit)
static double cushion(const ps_equilibrium *eq, double *slope) {
  if (eq->kind != PS_LIES) return 0.0;
  const ps_model *m = &eq->body;
  const ps_scene *scene = &eq->recruit->scene;
  double sum = 0.0;
  for (int k = 0; k < scene->nsupport; k++) {
    const ps_place *p = &m->contact[scene->support[k].contact];
    const double *normal = scene->support[k].normal;
    double x[3], v[3];
    if (scene->support[k].stiffness > 0.0) continue;
    ps_state_position(eq->state, p->body, p->pos, x);
    const double d = ps_dot(x, normal) - eq->bed[k];
    sum += eq->level*eq->opts.cushion*d*d;
    for (int j = 0; j < m->ncoord; j++) {
      if (!ps_model_moves(m, p->body, j)) continue;
      ps__motion(eq->state, j, x, v);
      slope[j] += 2.0*eq->level*eq->opts.cushion*d*ps_dot(v, normal);
    }
  }
  return sum;
}

double ps__equilibrium_terms(const ps_equilibrium *eq, double *slope) {
  const ps_model *m = &eq->body;
  double sum = 0.0;
  for (int j = 0; j < m->ncoord; j++) {
    const double w = eq->level*eq->habit[j], d = eq->state->q[j] - eq->home[j];
    sum += w*d*d;
    slope[j] += 2.0*w*d;
    if (!m->coord[j].is_balanced || m->coord[j].body == 0) continue;
    const double over = into_margin(&m->coord[j], eq->state->q[j]);
    sum += RANGE_WEIGHT*over*over;
    slope[j] += 2.0*RANGE_WEIGHT*over;
  }
  return sum + gaze(eq, slope) + balance(eq, slope) + cushion(eq, slope);
}

int ps__equilibrium_limit(const ps_equilibrium *eq) {
  const ps_model *m = &eq->body;
  int worst = -1;
  double most = 0.0;
  for (int j = 0; j < m->ncoord; j++) {
    if (!m->coord[j].is_balanced || m->coord[j].body == 0) continue;
    const double over = fabs(into_margin(&m->coord[j], eq->state->q[j]));
    if (over <= most) continue;
    most = over;
    worst = j;
  }
  return worst;
}
