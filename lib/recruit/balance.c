/* Balance equations of one posture: gravity, carried loads, elastic joints and passive fibres on the right, muscle and
 * contact columns on the left. Theory: docs/theory/recruitment.md section 1. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

enum { NBODY_MAX = 128 };

// over this height the skin comes to lie on a bed; assumed, so that no force has a kink        [m]
static const double SKIN = 0.005;

// generalised force of world force f at world point x on coordinate j
double ps__generalised(const ps_state *s, int j, const double x[3], const double f[3]) {
  if (s->model->coord[j].is_translation) return ps_dot(s->w + 3*j, f);
  double moment[3];
  ps_cross(moment, x, f);
  return ps_dot(s->w + 3*j, moment) + ps_dot(s->c + 3*j, f);
}

void ps_recruit_gravity(const ps_state *s, double *out) {
  const ps_model *m = s->model;
  double mass[NBODY_MAX], first[NBODY_MAX][3];
  PS_ASSERT(m->nbody <= NBODY_MAX);
  for (int i = 0; i < m->nbody; i++) {
    mass[i] = m->body[i].mass;
    ps_state_position(s, i, m->body[i].com, first[i]);
    ps_scale(first[i], mass[i], first[i]);
  }

  // children stand after their parents: add each to its parent, last first
  for (int i = m->nbody - 1; i > 0; i--) {
    mass[m->body[i].parent] += mass[i];
    ps_add(first[m->body[i].parent], first[m->body[i].parent], first[i]);
  }
  for (int j = 0; j < m->ncoord; j++) {
    const int i = m->coord[j].body;
    const double weight[3] = {0.0, -mass[i]*m->gravity, 0.0};
    double x[3];
    ps_scale(x, mass[i] > 0.0 ? 1.0/mass[i] : 0.0, first[i]);
    out[j] = ps__generalised(s, j, x, weight);
  }
}

static void add_carried(const ps_recruit *r, const ps_state *s, double *force) {
  for (int k = 0; k < r->scene.ncarried; k++) {
    const ps_carried *c = &r->scene.carried[k];
    double x[3];
    ps_state_position(s, c->body, c->pos, x);
    for (int j = 0; j < s->model->ncoord; j++)
      if (ps_model_moves(s->model, c->body, j)) force[j] += ps__generalised(s, j, x, c->force);
  }
}

static double elastic_moment(const ps_model *m, int j, double q) {
  return -q*(m->coord[j].linear + m->coord[j].cubic*q*q);
}

static void add_capsule(const ps_model *m, const ps_state *s, double *moment) {
  static const char *const hip[2] = {"hip_flexion_right", "hip_flexion_left"};
  for (int k = 0; k < 2; k++) {
    const int j = ps_model_find_coord(m, hip[k]);
    if (j >= 0) moment[j] += ps_muscle_capsule(m, s->q[j]);
  }
}

static void fill_elastic(ps_recruit *r, const ps_state *s) {
  const ps_model *m = s->model;
  for (int j = 0; j < m->ncoord; j++) r->elastic[j] = elastic_moment(m, j, s->q[j]);
  add_capsule(m, s, r->elastic);
}

// passive and resting force of each fascicle to the right, its column to the left
static void fill_muscles(ps_recruit *r, const ps_state *s, double *force, double *val) {
  const ps_model *m = s->model;
  int k = 0;
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    r->can[i] = ps_muscle_at(p, s->length[i]);
    r->warn |= r->can[i].warn;
    const double fixed = r->can[i].passive + p->tone*r->can[i].active, free = (1.0 - p->tone)*r->can[i].active;
    for (int t = 0; t < p->narm; t++) {
      const int j = m->arm_coord[p->arm + t];
      const double arm = s->arm[p->arm + t];
      force[j] += fixed*arm;
      if (r->coord_row[j] >= 0) val[k++] = free*arm;
    }
  }
}

int ps__generators(const ps_support *support) { return support->friction > 0.0 ? 4 : 1; }

int ps__directions(const ps_support *p, double d[4][3]) {
  if (ps__generators(p) == 1) {
    ps_vec_copy(d[0], p->normal);
    return 1;
  }
  double t1[3], t2[3], helper[3] = {0.0, 0.0, 0.0};
  helper[fabs(p->normal[0]) < 0.7 ? 0 : 1] = 1.0;
  ps_cross(t2, helper, p->normal);
  ps_normalise(t2);
  ps_cross(t1, p->normal, t2);
  for (int k = 0; k < 4; k++) {
    ps_vec_copy(d[k], p->normal);
    ps_axpy(d[k], k % 2 ? -p->friction : p->friction, k < 2 ? t1 : t2);
  }
  return 4;
}

static void fill_contacts(const ps_recruit *r, const ps_state *s, double *val) {
  const ps_share_problem *q = &r->problem;
  int column = q->na;
  for (int i = 0; i < r->scene.nsupport; i++) {
    const ps_place *place = &s->model->contact[r->scene.support[i].contact];
    double x[3], d[4][3];
    ps_state_position(s, place->body, place->pos, x);
    const int count = ps__directions(&r->scene.support[i], d);
    for (int g = 0; g < count; g++, column++)
      for (int k = q->col[column]; k < q->col[column + 1]; k++)
        val[k] = q->row[k] < r->nrow ? ps__generalised(s, r->row_coord[q->row[k]], x, d[g]) : 1.0;
  }
}

double ps__bed_depth(const ps_support *p, const double x[3], double *slope) {
  const double below = p->surface - ps_dot(x, p->normal), rounded = sqrt(below*below + SKIN*SKIN);
  *slope = 0.5*(1.0 + below/rounded);
  return 0.5*(below + rounded);
}

// what the bed pushes with
static void fill_bed(const ps_recruit *r, const ps_state *s, double *b) {
  for (int i = 0; i < r->scene.nsupport; i++) {
    const ps_support *p = &r->scene.support[i];
    const ps_place *place = &s->model->contact[p->contact];
    double x[3], unused;
    if (!(p->stiffness > 0.0)) continue;
    ps_state_position(s, place->body, place->pos, x);
    *b++ = p->stiffness*ps__bed_depth(p, x, &unused);
  }
}

void ps__balance_fill(ps_recruit *r, const ps_state *s) {
  double force[256];
  PS_ASSERT(s->model == r->model && r->model->ncoord <= 256);
  ps_recruit_gravity(s, force);
  add_carried(r, s, force);
  fill_elastic(r, s);
  for (int j = 0; j < r->model->ncoord; j++) force[j] += r->elastic[j];  // NOLINT: ps_recruit_gravity wrote every one
  fill_muscles(r, s, force, r->val);
  fill_contacts(r, s, r->val);
  for (int i = 0; i < r->nrow; i++) r->b[i] = -force[r->row_coord[i]];
  fill_bed(r, s, r->b + r->nrow);
}

// every force of the last solution but reserves, on every coordinate; the amounts of activation and contact stay as they are
void ps__balance_force(const ps_recruit *r, const ps_state *s, double *force) {
  const ps_model *m = r->model;
  ps_recruit_gravity(s, force);
  add_carried(r, s, force);
  for (int j = 0; j < m->ncoord; j++) force[j] += elastic_moment(m, j, s->q[j]);
  add_capsule(m, s, force);
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    const ps_muscle_force can = ps_muscle_at(p, s->length[i]);
    const double tension = can.passive + (p->tone + (1.0 - p->tone)*r->result.a[i])*can.active;
    if (tension == 0.0) continue;
    for (int t = p->arm; t < p->arm + p->narm; t++) force[m->arm_coord[t]] += tension*s->arm[t];
  }
  for (int i = 0, g = 0; i < r->scene.nsupport; i++) {
    const ps_place *place = &m->contact[r->scene.support[i].contact];
    double x[3], d[4][3], push[3] = {0.0, 0.0, 0.0};
    ps_state_position(s, place->body, place->pos, x);
    const int count = ps__directions(&r->scene.support[i], d);
    for (int k = 0; k < count; k++) ps_axpy(push, r->result.s[g++], d[k]);
    for (int j = 0; j < m->ncoord; j++)
      if (ps_model_moves(m, place->body, j)) force[j] += ps__generalised(s, j, x, push);
  }
}
