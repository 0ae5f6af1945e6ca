// SPDX-License-Identifier: Apache-2.0
#include "support/wrench.h"

#include "psoas/vec.h"
#include "support/check.h"

void wrench_push(wrench *w, const double at[3], const double force[3]) {
  double moment[3];
  ps_cross(moment, at, force);
  ps_add(w->f, w->f, force);
  ps_add(w->m, w->m, moment);
}

// a blended point is a lever between two bodies: by virtual work each takes its share where its own part of it is
static void push_point(wrench_set *set, const ps_state *s, int ipoint, const double force[3]) {
  const ps_point *p = &s->model->point[ipoint];
  const double share = p->body2 < 0 ? 0.0 : p->weight2;
  double at[3], part[3];
  ps_state_position(s, p->body, p->pos, at);
  ps_scale(part, 1.0 - share, force);
  wrench_push(&set->body[p->body], at, part);
  if (p->body2 < 0) return;
  ps_state_position(s, p->body2, p->pos2, at);
  ps_scale(part, share, force);
  wrench_push(&set->body[p->body2], at, part);
}

static void pull_between(const double a[3], const double b[3], double tension, double out[3]) {
  ps_sub(out, b, a);
  ps_scale(out, tension/ps_norm(out), out);
}

void wrench_add_fascicle(wrench_set *set, const ps_state *s, int imuscle, double tension) {
  const ps_model *m = s->model;
  const ps_muscle *p = &m->muscle[imuscle];
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
    const ps_stretch *st = &m->stretch[k];
    const double *from = s->x + 3*st->from, *to = s->x + 3*st->to;
    double first[3], last[3], back[3];
    if (!s->wrapped[k]) {
      pull_between(from, to, tension, first);
      push_point(set, s, st->from, first);
      ps_scale(back, -1.0, first);
      push_point(set, s, st->to, back);
      continue;
    }
    const double *meet = s->tangent + 6*k, *leave = meet + 3;
    wrench *bone = &set->body[m->wrap[st->wrap].body];
    pull_between(from, meet, tension, first);
    push_point(set, s, st->from, first);
    ps_scale(back, -1.0, first);
    wrench_push(bone, meet, back);
    pull_between(leave, to, tension, last);
    wrench_push(bone, leave, last);
    ps_scale(back, -1.0, last);
    push_point(set, s, st->to, back);
  }
}

void wrench_gravity(wrench_set *set, const ps_state *s) {
  assert_true(s->model->nbody <= WRENCH_BODY_MAX);
  for (int i = 0; i < s->model->nbody; i++) {
    const double weight[3] = {0.0, -s->model->body[i].mass*s->model->gravity, 0.0};
    double at[3];
    ps_state_position(s, i, s->model->body[i].com, at);
    wrench_push(&set->body[i], at, weight);
  }
}

void wrench_outside(wrench_set *set, const ps_recruit *r, const ps_state *s) {
  double at[3];
  for (int i = 0; i < r->scene.ncarried; i++) {
    const ps_carried *c = &r->scene.carried[i];
    ps_state_position(s, c->body, c->pos, at);
    wrench_push(&set->body[c->body], at, c->force);
  }
  for (int i = 0; i < r->scene.nsupport; i++) {
    const ps_place *p = &s->model->contact[r->scene.support[i].contact];
    ps_state_position(s, p->body, p->pos, at);
    wrench_push(&set->body[p->body], at, r->contact + 3*i);
  }
}

void wrench_fascicles(wrench_set *set, const ps_recruit *r, const ps_state *s) {
  for (int i = 0; i < s->model->nmuscle; i++) wrench_add_fascicle(set, s, i, r->active[i] + r->passive[i]);
}

static bool is_on(const ps_model *m, int ibody, int root) {
  while (ibody >= 0 && ibody != root) ibody = m->body[ibody].parent;
  return ibody == root;
}

wrench wrench_sum(const wrench_set *set, const ps_model *m, int ibody, bool is_below) {
  wrench sum = {{0.0}, {0.0}};
  for (int i = 0; i < m->nbody; i++) {
    if (is_on(m, i, ibody) == is_below) continue;
    ps_add(sum.f, sum.f, set->body[i].f);
    ps_add(sum.m, sum.m, set->body[i].m);
  }
  return sum;
}

void wrench_moment_about(const wrench *w, const double at[3], double out[3]) {
  double shift[3];
  ps_cross(shift, at, w->f);
  ps_sub(out, w->m, shift);
}
