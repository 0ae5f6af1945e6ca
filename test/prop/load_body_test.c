/* What the body as a whole asks of the loads: the sacrum stands still, no fascicle lifts its owner, a mirror image and
 * another place change nothing, and a case by hand. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"
#include "support/solved.h"
#include "support/wrench.h"

enum { NPART = 4 };  // compression, anterior shear, lateral shear, flexion moment
typedef struct part { double v[NPART]; } part;

static part of_share(const ps_load_share *x) {
  return (part){{x->compression, x->anterior_shear, x->lateral_shear, x->flexion_moment}};
}

static double weight_of(const ps_model *m) { return m->mass*m->gravity; }

static void all_forces(const solved *s, wrench_set *set) {
  memset(set, 0, sizeof *set);
  wrench_gravity(set, s->state);
  wrench_outside(set, s->recruit, s->state);
  wrench_fascicles(set, s->recruit, s->state);
}

static void girdle(const solved *s, void *into) {
  double *worst = into;
  const ps_model *m = s->model;
  const int sacrum = ps_model_find_body(m, "sacrum"), L5 = ps_model_find_body(m, "L5");
  static const char *const joint[2] = {"SI_right", "SI_left"}, *const leg[2] = {"thigh_right", "thigh_left"};
  static wrench_set set;
  all_forces(s, &set);
  wrench sum = wrench_sum(&set, m, L5, false);
  ps_add(sum.f, sum.f, set.body[sacrum].f);
  ps_add(sum.m, sum.m, set.body[sacrum].m);
  for (int k = 0; k < 2; k++) {
    const ps_reaction *x = &s->load->sacroiliac[k], *hip = &s->load->hip[k];
    const int si = ps_model_find_landmark(m, joint[k]), thigh = ps_model_find_body(m, leg[k]);
    double force[3], moment[3], at[3], want[3];
    ps_rotate(force, s->state->R + 9*sacrum, x->force);
    ps_rotate(moment, s->state->R + 9*sacrum, x->moment);
    ps_state_position(s->state, m->landmark[si].body, m->landmark[si].pos, at);
    wrench_push(&sum, at, force);
    ps_add(sum.m, sum.m, moment);

    // the hip: all that acts on the leg
    const wrench limb = wrench_sum(&set, m, thigh, false);
    ps_rotate(force, s->state->R, hip->force);
    ps_rotate(moment, s->state->R, hip->moment);
    wrench_moment_about(&limb, s->state->o + 3*thigh, want);
    for (int i = 0; i < 3; i++) {
      assert_close(force[i], limb.f[i], 1e-9, 1e-10*weight_of(m));
      assert_close(moment[i], want[i], 1e-9, 1e-10*weight_of(m));
    }
  }
  // what comes down the spine and what acts on the sacrum go out through both sacroiliac joints
  for (int i = 0; i < 3; i++) {
    *worst = fmax(*worst, fmax(fabs(sum.f[i]), fabs(sum.m[i]))/weight_of(m));
    assert_close(sum.f[i], 0.0, 0.0, 1e-6*weight_of(m));
    assert_close(sum.m[i], 0.0, 0.0, 1e-6*weight_of(m));
  }
}

static void sacroiliac_joints_carry_the_spine(void **state) {
  double worst = 0.0;
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 2.0, girdle, &worst);
  printf("figure: sacrum between spine and both sacroiliac joints: %.1e of body weight left\n", worst);
}

static double reaction_difference(const ps_reaction *a, const ps_reaction *b) {
  static const double force[3] = {1.0, 1.0, -1.0}, moment[3] = {-1.0, -1.0, 1.0};
  double worst = 0.0;
  for (int i = 0; i < 3; i++) {
    worst = fmax(worst, fabs(a->force[i] - force[i]*b->force[i]));
    worst = fmax(worst, fabs(a->moment[i] - moment[i]*b->moment[i]));
  }
  return worst;
}

// any posture of the joints' ranges, evaluated
static void draw_posture(uint64_t seed, ps_state *s) {
  ps_rng rng;
  ps_rng_init(&rng, seed);
  for (int j = 0; j < s->model->ncoord; j++) {
    const ps_coord *c = &s->model->coord[j];
    s->q[j] = c->min + (c->max - c->min)*ps_rng_uniform(&rng);
  }
  ps_state_kinematics(s);
  ps_state_paths(s);
}

/* Action and reaction: a fascicle that pulls changes neither the force nor the moment on the body as a whole, also where its
 * path winds, is blended, or comes near the cylinder's surface. */
static void a_fascicle_cannot_lift_its_owner(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  solved s = solved_new(m, solved_find(b, "standing"), 2.0);
  memset(s.recruit->active, 0, (size_t)m->nmuscle*sizeof(double));
  memset(s.recruit->passive, 0, (size_t)m->nmuscle*sizeof(double));
  double worst = 0.0;
  for (uint64_t seed = 20260; seed < 20290; seed++) {
    draw_posture(seed, s.state);
    double still[128][6];
    ps_load_compute(s.load, s.recruit, s.state);
    memcpy(still, s.load->wrench, (size_t)m->nbody*sizeof *still);
    for (int i = (int)(seed % 7); i < m->nmuscle; i += 7) {
      s.recruit->active[i] = 100.0;
      ps_load_compute(s.load, s.recruit, s.state);
      s.recruit->active[i] = 0.0;
      wrench sum = {{0.0}, {0.0}};
      double moment[3];
      for (int k = 0; k < m->nbody; k++) {
        for (int c = 0; c < 3; c++) sum.f[c] += s.load->wrench[k][c] - still[k][c];
        for (int c = 0; c < 3; c++) sum.m[c] += s.load->wrench[k][3 + c] - still[k][3 + c];
      }
      wrench_moment_about(&sum, s.state->o, moment);
      for (int c = 0; c < 3; c++) worst = fmax(worst, fmax(fabs(sum.f[c]), fabs(moment[c])));
      if (!(worst < 1e-9)) fail_msg("%s at 100 N leaves %g N or N m on the whole body", m->muscle[i].name, worst);
    }
  }
  printf("figure: a fascicle at 100 N leaves %.0e N or N m on the whole body, 30 postures\n", worst);
  solved_free(&s);
}

// in the air nothing but the reserves of the pelvis holds the body, whatever its axes do; then all forces cancel
static void reserves_of_the_pelvis_hold_a_body_in_the_air(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  solved s = solved_new(m, solved_find(b, "twist:20"), 2.0);
  s.state->q[ps_model_find_coord(m, "pelvis_list")] = 0.4;
  s.state->q[ps_model_find_coord(m, "pelvis_rotation")] = -0.7;
  ps_state_kinematics(s.state);
  ps_state_paths(s.state);
  s.scene.nsupport = 0;
  ps_recruit_free(s.recruit);
  assert_ok(ps_recruit_new(m, &s.scene, NULL, &s.recruit));
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  assert_true(s.recruit->warn & PS_WARN_UNBALANCED);
  ps_load_compute(s.load, s.recruit, s.state);
  wrench sum = {{0.0}, {0.0}};
  double moment[3];
  for (int i = 0; i < m->nbody; i++) {
    ps_add(sum.f, sum.f, s.load->wrench[i]);
    ps_add(sum.m, sum.m, s.load->wrench[i] + 3);
  }
  wrench_moment_about(&sum, s.state->o, moment);
  for (int k = 0; k < 3; k++) {
    assert_close(sum.f[k], 0.0, 0.0, 1e-7*weight_of(m));
    assert_close(moment[k], 0.0, 0.0, 1e-7*weight_of(m));
  }
  solved_free(&s);
}

// largest difference of the loads of one posture from the mirror image of another's
static double mirror_difference(const solved *s, const solved *t) {
  static const double sign[NPART] = {1.0, 1.0, -1.0, 1.0};
  double worst = 0.0;
  for (int level = 0; level < s->load->nlevel; level++) {
    const part a = of_share(&s->load->level[level].total), b = of_share(&t->load->level[level].total);
    for (int k = 0; k < NPART; k++) worst = fmax(worst, fabs(a.v[k] - sign[k]*b.v[k]));
  }
  for (int k = 0; k < 2; k++) {
    worst = fmax(worst, reaction_difference(&s->load->hip[k], &t->load->hip[1 - k]));
    worst = fmax(worst, reaction_difference(&s->load->sacroiliac[k], &t->load->sacroiliac[1 - k]));
  }
  for (int i = 0; i < s->model->nmuscle; i++)
    worst = fmax(worst, fabs(s->recruit->active[i] - t->recruit->active[s->model->muscle[i].mirror]));
  return worst;
}

static bool is_symmetric(const ps_state *s) {
  for (int j = 0; j < s->model->ncoord; j++) {
    const ps_coord *c = &s->model->coord[j];
    if (fabs(s->q[j] - c->mirror_sign*s->q[c->mirror]) > 1e-9) return false;
  }
  return true;
}

static void mirrored_tasks_have_mirrored_loads(void **state) {
  const solved_bench *b = *state;
  double worst = 0.0, lateral = 0.0;
  int nsymmetric = 0, npair = 0;
  for (int k = 0; k < b->ntask; k++) {
    solved s = solved_new(b->model[SOLVED_WOMAN], &b->task[k], 3.0);
    const bool is_pair = k + 1 < b->ntask && strcmp(b->task[k].task.name, b->task[k + 1].task.name) == 0;
    if (is_symmetric(s.state)) {
      nsymmetric++;
      worst = fmax(worst, mirror_difference(&s, &s));
      for (int level = 0; level < s.load->nlevel; level++)
        lateral = fmax(lateral, fabs(s.load->level[level].total.lateral_shear));
    } else if (is_pair) {
      npair++;
      solved t = solved_new(b->model[SOLVED_WOMAN], &b->task[k + 1], 3.0);
      worst = fmax(worst, mirror_difference(&s, &t));
      solved_free(&t);
    }
    solved_free(&s);
  }
  assert_true(nsymmetric >= 8 && npair >= 6);
  assert_close(lateral, 0.0, 0.0, 1e-5);
  assert_close(worst, 0.0, 0.0, 1e-5);
  printf("figure: mirror: lateral shear of %d symmetric postures %.1e N, difference of %d mirrored pairs "
         "%.1e N\n", nsymmetric,
         lateral, npair, worst);
}

// the same body elsewhere, on supports that went with it
static void where_the_body_stands_does_not_matter(void **state) {
  const solved_bench *b = *state;
  double worst = 0.0;
  for (int k = 0; k < b->ntask; k++) {
    solved s = solved_new(b->model[SOLVED_TALL], &b->task[k], 2.0), t = solved_new(b->model[SOLVED_TALL], &b->task[k], 2.0);
    static const double shift[3] = {1.3, -0.7, 2.1};
    for (int i = 0; i < 3; i++) t.state->q[t.model->body[0].coord + i] += shift[i];
    ps_state_kinematics(t.state);
    ps_state_paths(t.state);
    assert_ok(ps_recruit_solve(t.recruit, t.state, false));
    ps_load_compute(t.load, t.recruit, t.state);
    for (int level = 0; level < s.load->nlevel; level++) {
      const part one = of_share(&s.load->level[level].total), other = of_share(&t.load->level[level].total);
      for (int i = 0; i < NPART; i++) worst = fmax(worst, fabs(one.v[i] - other.v[i])/weight_of(s.model));
    }
    solved_free(&s);
    solved_free(&t);
  }
  assert_true(worst < 1e-7);
  printf("figure: the same body 2.6 m away: loads differ by %.0e of body weight\n", worst);
}

// the size of it all, for a man of 70 kg and 1.74 m: 450 to 750 N
static void standing_compression_is_of_the_right_size(void **state) {
  const solved_bench *b = *state;
  for (double p = 2.0; p <= 3.0; p += 1.0) {
    solved s = solved_new(b->model[SOLVED_MAN], solved_find(b, "standing"), p);
    assert_string_equal(s.load->level[1].level, "L4/L5");
    const double compression = s.load->level[1].total.compression;
    printf("figure: standing, p = %g: L4/L5 compression %.0f N\n", p, compression);
    assert_true(compression > 450.0 && compression < 750.0);
    solved_free(&s);
  }
}

/* A case by hand: limp muscles and no supports, the body upright in its standing curve: each disc bears the weight above it,
 * split by the slope of its mid-plane, and the moment of that weight about the joint. */
static void a_limp_body_by_hand(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  const solved_task *t = solved_find(b, "standing");
  solved s = solved_new(m, t, 2.0);
  memset(s.recruit->active, 0, (size_t)m->nmuscle*sizeof(double));
  memset(s.recruit->passive, 0, (size_t)m->nmuscle*sizeof(double));
  memset(s.recruit->reserve, 0, (size_t)m->ncoord*sizeof(double));
  s.recruit->scene.ncarried = 1;
  const int head = ps_model_find_body(m, "head");
  s.recruit->scene.carried[0] = (ps_carried){.body = head, .pos = {0.1, 0.2, 0.0}, .force = {31.0, -47.0, 0.0}};
  double crown[3];
  ps_state_position(s.state, head, s.recruit->scene.carried[0].pos, crown);
  ps_load_compute(s.load, s.recruit, s.state);

  for (int level = 0; level < m->ndisc; level++) {
    const int upper = m->disc[level].upper, lower = m->disc[level].lower;
    const double *joint = s.state->o + 3*upper, *Ru = s.state->R + 9*upper, *Rl = s.state->R + 9*lower;
    double mass = 0.0, first = 0.0;
    for (int i = 0; i < m->nbody; i++) {
      int up = i;
      while (up >= 0 && up != upper) up = m->body[up].parent;
      double x[3];
      ps_state_position(s.state, i, m->body[i].com, x);
      mass += up == upper ? m->body[i].mass : 0.0;
      first += up == upper ? m->body[i].mass*(x[0] - joint[0]) : 0.0;
    }
    // standing straight all turns are about z: slopes of the endplates, and their mean
    const double sacrum = level == 0 ? m->stance.pelvis_tilt - m->stance.sacral_slope : 0.0;
    const double slope = 0.5*(atan2(Ru[3], Ru[0]) + atan2(Rl[3], Rl[0]) + sacrum);
    const double fx = 31.0, fy = -47.0 - mass*m->gravity;
    const ps_load_share *x = &s.load->level[level].total;
    assert_close(x->compression, fx*sin(slope) - fy*cos(slope), 1e-10, 0.0);
    assert_close(x->anterior_shear, fx*cos(slope) + fy*sin(slope), 1e-10, 1e-9);
    const double moment = first*m->gravity + 47.0*(crown[0] - joint[0]) + 31.0*(crown[1] - joint[1]);
    assert_close(x->flexion_moment, moment, 1e-10, 1e-9);
  }
  solved_free(&s);
}

// in a hip posture in which insertions lie inside their cylinders
static void loads_add_up_where_a_cylinder_gives_way(void **state) {
  const solved_bench *b = *state;
  solved s = solved_new(b->model[SOLVED_MAN], solved_find(b, "standing"), 2.0);
  static const char *const side[2] = {"right", "left"};
  for (int k = 0; k < 2; k++) {
    ps_name name;
    snprintf(name, sizeof name, "hip_flexion_%s", side[k]);
    s.state->q[person_coord(s.model, name)] = ps_rad(-34.0);
    snprintf(name, sizeof name, "hip_adduction_%s", side[k]);
    s.state->q[person_coord(s.model, name)] = ps_rad(k ? 27.0 : -28.0);
  }
  person_evaluate(s.state);
  assert_true(person_clearance(s.state, person_muscle(s.model, "psoas_L3_TP_right")) < 0.0);
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  ps_load_compute(s.load, s.recruit, s.state);
  for (int k = 0; k < s.load->nlevel; k++) assert_close(s.load->level[k].split_residual, 0.0, 0.0, 1e-9);

  // every pull has its counter-pull: all wrenches together are in balance, about any point
  double sum[6] = {0.0};
  for (int i = 0; i < s.model->nbody; i++)
    for (int c = 0; c < 6; c++) sum[c] += s.load->wrench[i][c];
  for (int c = 0; c < 6; c++) assert_close(sum[c], 0.0, 0.0, 1e-8);
  solved_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sacroiliac_joints_carry_the_spine),
      cmocka_unit_test(a_fascicle_cannot_lift_its_owner),
      cmocka_unit_test(reserves_of_the_pelvis_hold_a_body_in_the_air),
      cmocka_unit_test(mirrored_tasks_have_mirrored_loads),
      cmocka_unit_test(where_the_body_stands_does_not_matter),
      cmocka_unit_test(standing_compression_is_of_the_right_size),
      cmocka_unit_test(a_limp_body_by_hand),
      cmocka_unit_test(loads_add_up_where_a_cylinder_gives_way),
  };
  return cmocka_run_group_tests_name("load_body", tests, solved_bench_open, solved_bench_close);
}
