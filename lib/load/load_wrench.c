/* Every force of a solved posture put on the body it acts on, at the place where it acts: the free-body side of the loads.
 * Theory: docs/theory/load.md section 1. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

static void push(double wrench[6], const double x[3], double factor, const double u[3]) {
  double moment[3];
  ps_cross(moment, x, u);
  ps_axpy(wrench, factor, u);
  ps_axpy(wrench + 3, factor, moment);
}

// a pull at a path point; a blended point hands it to its two bodies by their shares
static void pull_point(ps_load *l, const ps_state *s, int ipoint, double tension, const double u[3]) {
  const ps_point *p = &l->model->point[ipoint];
  double x[3];
  ps_state_position(s, p->body, p->pos, x);
  push(l->wrench[p->body], x, p->body2 < 0 ? tension : (1.0 - p->weight2)*tension, u);
  if (p->body2 < 0) return;
  ps_state_position(s, p->body2, p->pos2, x);
  push(l->wrench[p->body2], x, p->weight2*tension, u);
}

// a tendon pulls each end towards the other; a cylinder is pressed along the two lines that leave it
static void add_muscle(ps_load *l, const ps_state *s, int imuscle, double tension) {
  const ps_muscle *p = &l->model->muscle[imuscle];
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
    const ps_stretch *st = &l->model->stretch[k];
    const double *first = s->u + 6*k, *last = s->wrapped[k] ? first + 3 : first;
    pull_point(l, s, st->from, tension, first);
    pull_point(l, s, st->to, -tension, last);
    if (!s->wrapped[k]) continue;
    double *on_bone = l->wrench[l->model->wrap[st->wrap].body];
    push(on_bone, s->x + 3*st->from, -tension, first);
    push(on_bone, s->x + 3*st->to, tension, last);
  }
}

/* What the supports could not give, at the pelvis. A reserve is the force or moment along one coordinate, and the axes of
 * successive turns are not at right angles: the couple is the vector whose part along each axis is that axis' reserve. */
static void add_world_reserves(ps_load *l, const ps_recruit *r, const ps_state *s) {
  const int first = l->model->body[0].coord;
  PS_ASSERT(l->model->body[0].ncoord == 6);
  for (int j = first; j < first + 3; j++) push(l->wrench[0], s->o, r->reserve[j], s->w + 3*j);
  const double *reserve = r->reserve + first + 3, *w = s->w + 3*(first + 3);
  double across[3][3];
  for (int k = 0; k < 3; k++) ps_cross(across[k], w + 3*((k + 1) % 3), w + 3*((k + 2) % 3));
  const double volume = ps_dot(w, across[0]);
  // lying on the side, the first and last axis are one: then their own directions serve
  const bool is_flat = fabs(volume) < 1e-3;
  for (int k = 0; k < 3; k++) ps_axpy(l->wrench[0] + 3, is_flat ? reserve[k] : reserve[k]/volume, is_flat ? w + 3*k : across[k]);
}

static void add_outside(ps_load *l, const ps_recruit *r, const ps_state *s) {
  const ps_model *m = l->model;
  static const double down[3] = {0.0, -1.0, 0.0};
  double x[3];
  for (int i = 0; i < m->nbody; i++) {
    ps_state_position(s, i, m->body[i].com, x);
    push(l->wrench[i], x, m->body[i].mass*m->gravity, down);
  }
  for (int i = 0; i < r->scene.ncarried; i++) {
    const ps_carried *c = &r->scene.carried[i];
    ps_state_position(s, c->body, c->pos, x);
    push(l->wrench[c->body], x, 1.0, c->force);
  }
  for (int i = 0; i < r->scene.nsupport; i++) {
    const ps_place *place = &m->contact[r->scene.support[i].contact];
    ps_state_position(s, place->body, place->pos, x);
    push(l->wrench[place->body], x, 1.0, r->contact + 3*i);
  }

  add_world_reserves(l, r, s);
}

void ps__load_wrenches(ps_load *l, const ps_recruit *r, const ps_state *s) {
  memset(l->wrench, 0, (size_t)l->model->nbody*sizeof *l->wrench);
  add_outside(l, r, s);
  for (int i = 0; i < l->model->nmuscle; i++) add_muscle(l, s, i, r->active[i] + r->passive[i]);
}
