/* Statics against MuJoCo: gravity on every coordinate, and the reaction at every joint of the spine when the forces of a
 * solved posture act on MuJoCo's bodies. Where MuJoCo can carry a fascicle, its pull is put on the bodies along MuJoCo's own
 * tendon path. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "psoas/vec.h"
#include "referee/mujoco_body.h"
#include "support/solved.h"
#include "support/wrench.h"

static void gravity_agrees(void **state) {
  const solved_bench *b = *state;
  double worst = 0.0;
  for (int i = 0; i < SOLVED_NPERSON; i++) {
    const ps_model *m = b->model[i];
    mujoco_body *x = mujoco_body_new(m);
    for (int k = 0; k < b->ntask; k++) {
      solved s = solved_new(m, &b->task[k], 2.0);
      double force[256];
      ps_recruit_gravity(s.state, force);
      mujoco_body_pose(x, s.state);
      mju_zero(x->d->qacc, x->m->nv);
      mj_inverse(x->m, x->d);
      for (int j = 0; j < m->ncoord; j++) {
        // what holds the body still is the opposite of what gravity does
        const double theirs = -x->d->qfrc_inverse[x->dof[j]];
        worst = fmax(worst, fabs(force[j] - theirs));
        assert_close(force[j], theirs, 1e-9, 1e-6);
        assert_close(x->d->qfrc_bias[x->dof[j]], -theirs, 1e-12, 1e-9);
      }
      solved_free(&s);
    }
    mujoco_body_free(x);
  }
  printf("figure: MuJoCo: gravity on every coordinate within %.0e N or N m, %d tasks of 3 persons\n", worst, b->ntask);
}

// a force at a world point of one of MuJoCo's bodies
static void apply(mujoco_body *x, int id, const double at[3], double factor, const double u[3]) {
  double arm[3], force[3], moment[3];
  double *to = x->d->xfrc_applied + 6*id;
  ps_scale(force, factor, u);
  ps_sub(arm, at, x->d->xipos + 3*id);
  ps_cross(moment, arm, force);
  ps_add(to, to, force);
  ps_add(to + 3, to + 3, moment);
}

/* Pull along MuJoCo's own path: its points come in pairs, each on a site (of the body that carries it) or on a cylinder.
 * Sites follow in the order of the tendon. */
static void pull_along_theirs(mujoco_body *x, int imuscle, double tension) {
  const int t = x->tendon[imuscle], first = x->d->ten_wrapadr[t], count = x->d->ten_wrapnum[t];
  int at_object = x->m->tendon_adr[t];
  int body[64];
  assert_true(count <= 64);
  for (int k = 0; k < count; k++) {
    const int object = x->d->wrap_obj[first + k];
    if (object >= 0) {
      body[k] = x->m->geom_bodyid[object];
      continue;
    }
    while (x->m->wrap_type[at_object] != mjWRAP_SITE) at_object++;
    body[k] = x->m->site_bodyid[x->m->wrap_objid[at_object++]];
  }
  for (int k = 0; k + 1 < count; k++) {
    if (body[k] == body[k + 1]) continue;
    const double *from = x->d->wrap_xpos + 3*(first + k), *to = from + 3;
    double u[3];
    ps_sub(u, to, from);
    ps_normalise(u);
    apply(x, body[k], from, tension, u);
    apply(x, body[k + 1], to, -tension, u);
  }
}

static void pull_along_ours(mujoco_body *x, const ps_state *s, int imuscle, double tension) {
  static wrench_set set;
  static const double origin[3] = {0.0, 0.0, 0.0};
  memset(&set, 0, sizeof set);
  wrench_add_fascicle(&set, s, imuscle, tension);
  for (int i = 0; i < s->model->nbody; i++) {
    apply(x, x->body[i], origin, 1.0, set.body[i].f);
    ps_add(x->d->xfrc_applied + 6*x->body[i] + 3, x->d->xfrc_applied + 6*x->body[i] + 3, set.body[i].m);
  }
}

// every force but gravity; returns how many fascicles pull along MuJoCo's own path
static int apply_all(mujoco_body *x, const solved *s) {
  const ps_recruit *r = s->recruit;
  const ps_model *m = s->model;
  int theirs = 0;
  double at[3];
  mju_zero(x->d->xfrc_applied, 6*x->m->nbody);
  for (int i = 0; i < m->nmuscle; i++) {
    const double tension = r->active[i] + r->passive[i];
    const bool is_same = fabs(x->d->ten_length[x->tendon[i]] - s->state->length[i]) < 1e-9;
    bool is_blended = false;
    for (int k = m->muscle[i].stretch; k < m->muscle[i].stretch + m->muscle[i].nstretch; k++)
      is_blended |= m->point[m->stretch[k].from].body2 >= 0 || m->point[m->stretch[k].to].body2 >= 0;
    if (is_same && !is_blended) pull_along_theirs(x, i, tension);
    else pull_along_ours(x, s->state, i, tension);
    theirs += is_same && !is_blended;
  }
  for (int i = 0; i < r->scene.nsupport; i++) {
    const ps_place *p = &m->contact[r->scene.support[i].contact];
    ps_state_position(s->state, p->body, p->pos, at);
    apply(x, x->body[p->body], at, 1.0, r->contact + 3*i);
  }
  return theirs;
}

// what the parent puts on a body through its joint, at the joint's centre
static void reaction(const mujoco_body *x, int ibody, double force[3], double moment[3]) {
  const int id = x->body[ibody];
  const double *c = x->d->cfrc_int + 6*id, *about = x->d->subtree_com + 3*x->m->body_rootid[id];
  double arm[3], shift[3];
  ps_vec_copy(force, c + 3);
  ps_sub(arm, about, x->d->xpos + 3*id);
  ps_cross(shift, arm, force);
  ps_add(moment, c, shift);
}

typedef struct worst { double force, moment, balance; } worst;

static void look_at_reactions(const mujoco_body *x, const solved *s, worst *w) {
  const ps_model *m = s->model;
  const double weight = m->mass*m->gravity;
  for (int level = 0; level < m->ndisc; level++) {
    const ps_disc *d = &m->disc[level];
    const ps_load_share *t = &s->load->level[level].total;
    double force[3], moment[3];
    reaction(x, d->upper, force, moment);

    // their reaction turned into our frame; the size of the force does not depend on a frame
    const double of_disc[3] = {t->compression, t->anterior_shear, t->lateral_shear}, ours = ps_norm(of_disc);
    w->force = fmax(w->force, fabs(ps_norm(force) - ours));
    assert_close(ours, ps_norm(force), 1e-9, 1e-9*weight);
    const double *z = s->state->R + 9*d->upper;
    const double right[3] = {z[2], z[5], z[8]};
    if (fabs(s->state->q[m->body[d->upper].coord + 1]) + fabs(s->state->q[m->body[d->upper].coord + 2]) < 1e-12)
      assert_close(t->lateral_shear, -ps_dot(force, right), 1e-9, 1e-9*weight);

    const int flexion = m->body[d->upper].coord;
    const double theirs = -ps_dot(moment, s->state->w + 3*flexion) + s->recruit->reserve[flexion];
    w->moment = fmax(w->moment, fabs(t->flexion_moment - theirs));
    assert_close(t->flexion_moment, theirs, 1e-9, 1e-9*weight);
  }
  // every balanced joint: the reaction's part along an axis is what bushing, capsule and reserve give
  for (int j = 0; j < m->ncoord; j++) {
    if (!m->coord[j].is_balanced) continue;
    double force[3], moment[3];
    reaction(x, m->coord[j].body, force, moment);
    const double *axis = s->state->w + 3*j;
    const double through = ps_dot(axis, m->coord[j].is_translation ? force : moment);
    const double left = through - s->recruit->elastic[j] - s->recruit->reserve[j];
    w->balance = fmax(w->balance, fabs(left));
    assert_close(left, 0.0, 0.0, 1e-8*weight);
  }
}

static void look_at_hips(const mujoco_body *x, const solved *s) {
  static const char *const leg[2] = {"thigh_right", "thigh_left"};
  const double weight = s->model->mass*s->model->gravity;
  for (int k = 0; k < 2; k++) {
    double force[3], moment[3], local[3];
    reaction(x, ps_model_find_body(s->model, leg[k]), force, moment);
    // on the pelvis it is the opposite of what the pelvis puts on the thigh
    ps_rotate_back(local, s->state->R, force);
    for (int i = 0; i < 3; i++) assert_close(s->load->hip[k].force[i], -local[i], 1e-9, 1e-9*weight);
    ps_rotate_back(local, s->state->R, moment);
    for (int i = 0; i < 3; i++) assert_close(s->load->hip[k].moment[i], -local[i], 1e-9, 1e-9*weight);
  }
}

static void reactions_agree(void **state) {
  const solved_bench *b = *state;
  worst w = {0.0, 0.0, 0.0};
  int theirs = 0, all = 0;
  for (int i = 0; i < SOLVED_NPERSON; i++) {
    mujoco_body *x = mujoco_body_new(b->model[i]);
    for (int k = 0; k < b->ntask; k++) {
      solved s = solved_new(b->model[i], &b->task[k], 2.0);
      mujoco_body_pose(x, s.state);
      theirs += apply_all(x, &s);
      all += b->model[i]->nmuscle;
      mju_zero(x->d->qacc, x->m->nv);
      mj_rnePostConstraint(x->m, x->d);
      look_at_reactions(x, &s, &w);
      look_at_hips(x, &s);
      solved_free(&s);
    }
    mujoco_body_free(x);
  }
  assert_true(theirs > all*8/10);
  printf("figure: MuJoCo: reactions of %d discs, %d tasks, 3 persons: force within %.0e N, flexion moment "
         "within %.0e N m\n", b->model[0]->ndisc, b->ntask,
         w.force, w.moment);
  printf("figure: MuJoCo: moment left in any balanced joint %.0e N m; %d of %d pulls along MuJoCo's own "
         "paths\n", w.balance, theirs, all);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gravity_agrees),
      cmocka_unit_test(reactions_agree),
  };
  return cmocka_run_group_tests_name("mujoco_static", tests, solved_bench_open, solved_bench_close);
}
