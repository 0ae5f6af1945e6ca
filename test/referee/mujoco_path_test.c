/* Bodies, lengths and moment arms against MuJoCo on the exported body. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "psoas/vec.h"
#include "referee/mujoco_body.h"
#include "support/solved.h"

enum { NPERSON = 3, NPOSTURE = 40 };

typedef struct set {
  files_anatomy *anatomy;
  ps_model *model[NPERSON];
  mujoco_body *referee[NPERSON];
  ps_state *state[NPERSON];
} set;

static int open_set(void **state) {
  static const double height[NPERSON] = {1.45, 1.74, 2.05}, mass[NPERSON] = {45.0, 70.0, 120.0};
  set *x = calloc(1, sizeof *x);
  assert_non_null(x);
  x->anatomy = solved_anatomy();
  for (int i = 0; i < NPERSON; i++) {
    const ps_person p = {.is_female = i == 0, .age_years = 40.0, .height_m = height[i], .mass_kg = mass[i]};
    x->model[i] = solved_model(x->anatomy, &p);
    x->referee[i] = mujoco_body_new(x->model[i]);
    assert_ok(ps_state_new(x->model[i], &x->state[i]));
  }
  *state = x;
  return 0;
}

static int close_set(void **state) {
  set *x = *state;
  for (int i = 0; i < NPERSON; i++) {
    ps_state_free(x->state[i]);
    mujoco_body_free(x->referee[i]);
    ps_model_free(x->model[i]);
  }
  files_anatomy_free(x->anatomy);
  free(x);
  return 0;
}

// posture 0 is neutral; the others fill the joint ranges; the pelvis is anywhere
static void draw_posture(const ps_model *m, int number, ps_state *s) {
  ps_rng rng;
  ps_rng_init(&rng, 20260u + (uint64_t)number);
  for (int j = 0; j < m->ncoord; j++) {
    const ps_coord *c = &m->coord[j];
    const double u = ps_rng_uniform(&rng);
    s->q[j] = number == 0 ? 0.0 : c->min + (c->max - c->min)*u;
  }
  ps_state_kinematics(s);
  ps_state_paths(s);
}

static void bodies_stand_where_MuJoCo_has_them(void **state) {
  const set *x = *state;
  double position = 0.0, turn = 0.0;
  for (int i = 0; i < NPERSON; i++) {
    for (int n = 0; n < NPOSTURE; n++) {
      const ps_state *s = x->state[i];
      draw_posture(x->model[i], n, x->state[i]);
      mujoco_body_pose(x->referee[i], s);
      for (int b = 0; b < x->model[i]->nbody; b++) {
        const int id = x->referee[i]->body[b];
        for (int k = 0; k < 3; k++) position = fmax(position, fabs(x->referee[i]->d->xpos[3*id + k] - s->o[3*b + k]));
        for (int k = 0; k < 9; k++) turn = fmax(turn, fabs(x->referee[i]->d->xmat[9*id + k] - s->R[9*b + k]));
        assert_close(x->referee[i]->m->body_mass[id], x->model[i]->body[b].mass, 1e-12, 1e-8);
      }
    }
  }
  assert_close(position, 0.0, 0.0, 1e-12);
  assert_close(turn, 0.0, 0.0, 1e-12);
  printf("figure: MuJoCo: body origins within %.0e m, orientations within %.0e, %d postures of %d "
         "persons\n", position, turn, NPOSTURE,
         NPERSON);
}

typedef enum kind { STRAIGHT, WRAPPED, BLENDED, NKIND } kind;

static kind kind_of(const ps_model *m, const ps_muscle *p) {
  kind k = STRAIGHT;
  for (int i = p->stretch; i < p->stretch + p->nstretch; i++) {
    const ps_stretch *st = &m->stretch[i];
    if (m->point[st->from].body2 >= 0 || m->point[st->to].body2 >= 0) return BLENDED;
    if (st->wrap >= 0) k = WRAPPED;
  }
  return k;
}

typedef struct difference { double length, arm; } difference;

static difference compare(const mujoco_body *b, const ps_state *s, int imuscle) {
  const ps_model *m = s->model;
  const ps_muscle *p = &m->muscle[imuscle];
  difference d = {.length = fabs(b->d->ten_length[b->tendon[imuscle]] - s->length[imuscle])};
  int t = p->arm;
  for (int j = 0; j < m->ncoord; j++) {
    const bool is_crossed = t < p->arm + p->narm && m->arm_coord[t] == j;
    const double arm = is_crossed ? s->arm[t++] : 0.0;
    d.arm = fmax(d.arm, fabs(arm + mujoco_slope(b, imuscle, j)));
  }
  return d;
}

static bool agrees(const difference *d) { return d->length < 1e-6 && d->arm < 1e-6; }

static void straight_paths_agree(void **state) {
  const set *x = *state;
  difference worst = {0.0, 0.0};
  int count = 0;
  for (int i = 0; i < NPERSON; i++) {
    for (int n = 0; n < NPOSTURE; n++) {
      draw_posture(x->model[i], n, x->state[i]);
      mujoco_body_pose(x->referee[i], x->state[i]);
      for (int k = 0; k < x->model[i]->nmuscle; k++) {
        const bool is_exact = files_mjcf_is_exact(x->model[i], k);
        assert_int_equal(is_exact, kind_of(x->model[i], &x->model[i]->muscle[k]) == STRAIGHT);
        if (!is_exact) continue;
        const difference d = compare(x->referee[i], x->state[i], k);
        worst.length = fmax(worst.length, d.length);
        worst.arm = fmax(worst.arm, d.arm);
        if (!agrees(&d)) fail_msg("%s: length off by %g m, arm by %g m", x->model[i]->muscle[k].name, d.length, d.arm);
        count++;
      }
    }
  }
  assert_true(count > 200*NPERSON*NPOSTURE);
  printf("figure: MuJoCo: %d paths without wrap or blend: lengths within %.0e m, arms within %.0e "
         "m\n", count, worst.length, worst.arm);
}

// distance from the axis, in radii, of the nearest point beside a cylinder of the path
static double nearest_point(const ps_state *s, int imuscle) {
  const ps_model *m = s->model;
  const ps_muscle *p = &m->muscle[imuscle];
  double nearest = HUGE_VAL;
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
    const ps_stretch *st = &m->stretch[k];
    if (st->wrap < 0) continue;
    const ps_wrap *w = &m->wrap[st->wrap];
    for (int end = 0; end < 2; end++) {
      double centre[3], from_centre[3], local[3], x[3];
      ps_state_position(s, w->body, w->centre, centre);
      ps_sub(from_centre, s->x + 3*(end ? st->to : st->from), centre);
      ps_rotate_back(local, s->R + 9*w->body, from_centre);
      ps_rotate_back(x, w->frame, local);
      nearest = fmin(nearest, hypot(x[0], x[1])/w->radius);
    }
  }
  return nearest;
}

static bool is_winding(const ps_state *s, int imuscle) {
  const ps_muscle *p = &s->model->muscle[imuscle];
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++)
    if (s->wrapped[k]) return true;
  return false;
}

// how near to the surface, in radii, a point must come before a path may differ: what it does there to stay smooth
static const double SURFACE = 1.02;

typedef struct tally { int all, winding, inside, near; difference agreed, inside_by; } tally;

static void look_at_wrapped(const mujoco_body *b, const ps_state *s, tally *n) {
  const ps_model *m = s->model;
  for (int k = 0; k < m->nmuscle; k++) {
    if (kind_of(m, &m->muscle[k]) != WRAPPED) continue;
    const difference d = compare(b, s, k);
    n->all++;
    n->winding += is_winding(s, k);
    // where a point lies inside its cylinder ours still winds and warns; MuJoCo's goes straight through
    const double nearest = nearest_point(s, k);
    if (nearest < 1.0) assert_true(s->warn & PS_WARN_WRAP_INSIDE);
    if (nearest < SURFACE) {
      n->inside += nearest < 1.0;
      n->near += nearest >= 1.0;
      n->inside_by.length = fmax(n->inside_by.length, d.length);
      // inside, MuJoCo takes the short cut
      if (nearest < 1.0) assert_true(b->d->ten_length[b->tendon[k]] <= s->length[k] + 1e-9);
      continue;
    }
    if (!agrees(&d)) fail_msg("%s winds: length off by %g m, arm by %g m", m->muscle[k].name, d.length, d.arm);
    n->agreed.length = fmax(n->agreed.length, d.length);
    n->agreed.arm = fmax(n->agreed.arm, d.arm);
  }
}

static void winding_paths_agree_outside_their_cylinder(void **state) {
  const set *x = *state;
  tally n = {0};
  for (int i = 0; i < NPERSON; i++) {
    for (int k = 0; k < NPOSTURE; k++) {
      draw_posture(x->model[i], k, x->state[i]);
      mujoco_body_pose(x->referee[i], x->state[i]);
      look_at_wrapped(x->referee[i], x->state[i], &n);
    }
  }
  assert_true(n.winding > 1000*NPERSON);
  assert_true(n.inside < n.all/20);
  printf("figure: MuJoCo: %d paths with a cylinder (%d wind): lengths within %.0e m, arms within %.0e "
         "m\n", n.all - n.inside - n.near, n.winding,
         n.agreed.length, n.agreed.arm);
  printf("figure: MuJoCo: %d more have a point inside the cylinder, which MuJoCo does not wrap, and %d one "
         "at its surface: up to %.0f mm apart\n", n.inside,
         n.near,
         1e3*n.inside_by.length);
}

// length when every blended point follows the body that carries more of it, as the export says
static double unblended_length(const ps_state *s, int imuscle) {
  const ps_model *m = s->model;
  const ps_muscle *p = &m->muscle[imuscle];
  double length = 0.0, last[3] = {0.0}, x[3], d[3];
  for (int k = p->stretch - 1; k < p->stretch + p->nstretch; k++) {
    const ps_point *point = &m->point[k < p->stretch ? m->stretch[p->stretch].from : m->stretch[k].to];
    const bool is_second = point->body2 >= 0 && point->weight2 > 0.5;
    ps_state_position(s, is_second ? point->body2 : point->body, is_second ? point->pos2 : point->pos, x);
    ps_sub(d, x, last);
    if (k >= p->stretch) length += ps_norm(d);
    ps_vec_copy(last, x);
  }
  return length;
}

static void blended_paths_differ_by_their_blend(void **state) {
  const set *x = *state;
  int count = 0;
  double neutral = 0.0, worst = 0.0;
  for (int i = 0; i < NPERSON; i++) {
    for (int n = 0; n < NPOSTURE; n++) {
      draw_posture(x->model[i], n, x->state[i]);
      mujoco_body_pose(x->referee[i], x->state[i]);
      for (int k = 0; k < x->model[i]->nmuscle; k++) {
        if (kind_of(x->model[i], &x->model[i]->muscle[k]) != BLENDED) continue;
        const double theirs = x->referee[i]->d->ten_length[x->referee[i]->tendon[k]];
        assert_close(theirs, unblended_length(x->state[i], k), 0.0, 1e-9);
        const double by = fabs(theirs - x->state[i]->length[k]);
        if (n == 0) neutral = fmax(neutral, by);
        worst = fmax(worst, by);
        count++;
      }
    }
  }
  assert_true(count > 0);
  assert_close(neutral, 0.0, 0.0, 1e-9);
  printf("figure: MuJoCo: %d paths with a blended point, which MuJoCo cannot carry: equal in the neutral posture,"
         " up to %.0f mm apart elsewhere,"
         " all of it the blend\n", count, 1e3*worst);
}

// the export asks for no more memory than its few megabytes
static void the_export_is_light(void **state) {
  const set *x = *state;
  const mjData *d = x->referee[1]->d;
  assert_true((double)d->nbuffer + 8.0*(double)d->nstack < 50e6);
  assert_true(x->referee[1]->m->nsite > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bodies_stand_where_MuJoCo_has_them),
      cmocka_unit_test(straight_paths_agree),
      cmocka_unit_test(winding_paths_agree_outside_their_cylinder),
      cmocka_unit_test(blended_paths_differ_by_their_blend),
      cmocka_unit_test(the_export_is_light),
  };
  return cmocka_run_group_tests_name("mujoco_path", tests, open_set, close_set);
}
