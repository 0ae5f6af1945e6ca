/* What each disc bears: from above, from below and by its sources, in every task.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"
#include "support/wrench.h"

enum { NPART = 4 };  // compression, anterior shear, lateral shear, flexion moment
typedef struct part { double v[NPART]; } part;

static part of_share(const ps_load_share *x) {
  return (part){{x->compression, x->anterior_shear, x->lateral_shear, x->flexion_moment}};
}

static double weight_of(const ps_model *m) { return m->mass*m->gravity; }

// the matrix nearest to A that turns: Newton's iteration for the polar factor
static void nearest_rotation(double A[9]) {
  for (int i = 0; i < 30; i++) {
    double cofactor[9], next[9];
    for (int r = 0; r < 3; r++) ps_cross(cofactor + 3*r, A + 3*((r + 1) % 3), A + 3*((r + 2) % 3));
    const double det = ps_dot(A, cofactor);
    for (int k = 0; k < 9; k++) next[k] = 0.5*(A[k] + cofactor[k]/det);
    memcpy(A, next, sizeof next);
  }
}

// half way between two endplates: the rotation nearest to their sum
static void mid_plane(const ps_state *s, const ps_disc *d, double R[9]) {
  const ps_model *m = s->model;
  const double *lower = s->R + 9*d->lower, *upper = s->R + 9*d->upper;
  static const double z[3] = {0.0, 0.0, 1.0};
  double slope[9], endplate[9];
  // standing, the S1 endplate slopes forward by the sacral slope and the sacrum by the pelvis' tilt
  const bool is_s1 = strcmp(m->body[d->lower].name, "sacrum") == 0;
  ps_mat_axis_angle(slope, z, is_s1 ? m->stance.pelvis_tilt - m->stance.sacral_slope : 0.0);
  ps_mat_mul(endplate, lower, slope);
  for (int k = 0; k < 9; k++) R[k] = endplate[k] + upper[k];
  nearest_rotation(R);
}

// a wrench on the part above as compression, shears and moment
static part seen_by_disc(const solved *s, const ps_disc *d, const wrench *w) {
  double R[9], local[3], moment[3];
  mid_plane(s->state, d, R);
  ps_rotate_back(local, R, w->f);
  wrench_moment_about(w, s->state->o + 3*d->upper, moment);
  return (part){{-local[1], local[0], local[2], ps_dot(moment, s->state->w + 3*s->model->body[d->upper].coord)}};
}

static part above(const solved *s, const ps_disc *d, const wrench_set *set) {
  const wrench w = wrench_sum(set, s->model, d->upper, false);
  return seen_by_disc(s, d, &w);
}

static part sum_of_sources(const solved *s, int level) {
  part sum = {{0.0}};
  for (int i = 0; i < s->load->nsource; i++) {
    const part x = of_share(&s->load->split[level*s->load->nsource + i]);
    for (int k = 0; k < NPART; k++) sum.v[k] += x.v[k];
  }
  return sum;
}

// largest of any source or total in a level: what a relative difference is relative to; moments at one metre
static double size_of_level(const solved *s, int level) {
  double size = 0.0;
  for (int i = 0; i < s->load->nsource; i++) {
    const part x = of_share(&s->load->split[level*s->load->nsource + i]);
    for (int k = 0; k < NPART; k++) size = fmax(size, fabs(x.v[k]));
  }
  return size;
}

static void sources_against_total(const solved *s, void *into) {
  double *worst = into;
  for (int level = 0; level < s->load->nlevel; level++) {
    const part sum = sum_of_sources(s, level), total = of_share(&s->load->level[level].total);
    const double size = size_of_level(s, level);
    for (int k = 0; k < NPART; k++) {
      *worst = fmax(*worst, fabs(sum.v[k] - total.v[k])/size);
      assert_close(sum.v[k], total.v[k], 1e-9, 1e-11*size);
    }
    assert_true(s->load->level[level].split_residual < 1e-9);
  }
}

static void sources_add_up_to_the_total(void **state) {
  double worst = 0.0;
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 2.0, sources_against_total, &worst);
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 3.0, sources_against_total, &worst);
  printf("figure: sum of sources against total, all levels, tasks and parts: %.1e of the largest source\n", worst);
}

static void all_forces(const solved *s, wrench_set *set) {
  memset(set, 0, sizeof *set);
  wrench_gravity(set, s->state);
  wrench_outside(set, s->recruit, s->state);
  wrench_fascicles(set, s->recruit, s->state);
}

typedef struct sides { double above, below; } sides;

static void free_bodies(const solved *s, void *into) {
  sides *worst = into;
  static wrench_set set;
  all_forces(s, &set);
  for (int level = 0; level < s->load->nlevel; level++) {
    const ps_disc *d = &s->model->disc[level];
    const part total = of_share(&s->load->level[level].total), top = above(s, d, &set);
    wrench rest = wrench_sum(&set, s->model, d->upper, true);
    ps_scale(rest.f, -1.0, rest.f);
    ps_scale(rest.m, -1.0, rest.m);
    const part bottom = seen_by_disc(s, d, &rest);
    const double reserve = s->recruit->reserve[s->model->body[d->upper].coord];
    for (int k = 0; k < NPART; k++) {
      const double couple = k == 3 ? reserve : 0.0;
      worst->above = fmax(worst->above, fabs(top.v[k] + couple - total.v[k])/weight_of(s->model));
      worst->below = fmax(worst->below, fabs(bottom.v[k] + couple - total.v[k])/weight_of(s->model));
      assert_close(top.v[k] + couple, total.v[k], 1e-9, 1e-10*weight_of(s->model));
      // below the disc the supports come in: as exact as they carry the weight
      assert_close(bottom.v[k] + couple, total.v[k], 0.0, 1e-6*weight_of(s->model));
    }
  }
}

static void above_and_below_agree(void **state) {
  sides worst = {0.0, 0.0};
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 2.0, free_bodies, &worst);
  printf("figure: total against the tests' own sum from above %.1e, from below %.1e of body "
         "weight\n", worst.above, worst.below);
}

// the moment a disc bears is the one its bushing returns
static void borne_by_bushing(const solved *s, void *into) {
  double *worst = into;
  for (int level = 0; level < s->load->nlevel; level++) {
    const int j = s->model->body[s->model->disc[level].upper].coord;
    const ps_coord *c = &s->model->coord[j];
    const double q = s->state->q[j], left = s->load->level[level].total.flexion_moment - q*(c->linear + c->cubic*q*q);
    *worst = fmax(*worst, fabs(left));
    assert_close(left, 0.0, 0.0, 1e-8*weight_of(s->model));
  }
}

static void the_bushing_bears_the_moment(void **state) {
  double worst = 0.0;
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 2.0, borne_by_bushing, &worst);
  printf("figure: flexion moment through a disc against its bushing: %.1e N m\n", worst);
}

static part source_by_wrenches(const solved *s, const ps_disc *d, int isource) {
  static wrench_set set;
  memset(&set, 0, sizeof set);
  ps_recruit only = *s->recruit;
  const int group = (isource - PS_SOURCE_GROUPS)/2;
  const bool is_active = (isource - PS_SOURCE_GROUPS) % 2 == 1;
  if (isource == PS_SOURCE_GRAVITY) wrench_gravity(&set, s->state);
  if (isource == PS_SOURCE_CARRIED) only.scene.nsupport = 0;
  if (isource == PS_SOURCE_CONTACT) only.scene.ncarried = 0;
  if (isource == PS_SOURCE_CARRIED || isource == PS_SOURCE_CONTACT) wrench_outside(&set, &only, s->state);
  for (int i = 0; isource >= PS_SOURCE_GROUPS && i < s->model->nmuscle; i++) {
    if (s->model->muscle[i].igroup != group) continue;
    wrench_add_fascicle(&set, s->state, i, is_active ? s->recruit->active[i] : s->recruit->passive[i]);
  }
  part x = above(s, d, &set);
  if (isource == PS_SOURCE_RESERVE) x.v[3] += s->recruit->reserve[s->model->body[d->upper].coord];
  return x;
}

static void each_source(const solved *s, void *into) {
  double *worst = into;
  for (int level = 0; level < s->load->nlevel; level++) {
    for (int i = 0; i < s->load->nsource; i++) {
      const part got = of_share(&s->load->split[level*s->load->nsource + i]);
      const part want = source_by_wrenches(s, &s->model->disc[level], i);
      for (int k = 0; k < NPART; k++) {
        *worst = fmax(*worst, fabs(got.v[k] - want.v[k])/weight_of(s->model));
        assert_close(got.v[k], want.v[k], 1e-9, 1e-10*weight_of(s->model));
      }
    }
  }
}

// with a load in the hands, so that no kind of source is empty
static solved solve_holding(const ps_model *m, const solved_task *t) {
  solved s = solved_new(m, t, 2.0);
  const ps_posture_request q = {.task = &t->task, .hold_kg = 7.3, .hold_at = {0.31, 1.05, 0.06}};
  ps_error err = {0};
  ps_recruit_free(s.recruit);
  if (ps_posture_apply(m, &q, s.state, &s.scene, &err) != PS_OK) fail_msg("%s: %s", err.where, err.msg);
  assert_ok(ps_recruit_new(m, &s.scene, NULL, &s.recruit));
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  ps_load_compute(s.load, s.recruit, s.state);
  return s;
}

static void no_source_is_a_remainder(void **state) {
  const solved_bench *b = *state;
  double worst = 0.0;
  solved_each(b, SOLVED_MAN, SOLVED_TALL, 2.0, each_source, &worst);
  const solved_task *t = solved_find(b, "standing");
  solved s = solve_holding(b->model[SOLVED_MAN], t);
  const ps_load_share *carried = &s.load->split[1*s.load->nsource + PS_SOURCE_CARRIED];
  assert_true(carried->compression > 30.0 && carried->flexion_moment > 5.0);
  each_source(&s, &worst);
  sources_against_total(&s, &worst);
  solved_free(&s);
  printf("figure: each source alone, by displacements against by wrenches: %.1e of body weight\n", worst);
}

// pressure from compression and area; facets by the published share, which slight flexion takes away
static void pressure_and_facets(const solved *s, void *into) {
  double *range = into;
  for (int level = 0; level < s->load->nlevel; level++) {
    const ps_level *x = &s->load->level[level];
    const ps_disc *d = &s->model->disc[level];
    assert_string_equal(x->level, d->level);
    assert_close(x->pressure*0.66*d->area, x->total.compression, 1e-12, 1e-9);
    const double flexion = ps_deg(s->state->q[s->model->body[d->upper].coord]);
    assert_close(ps_deg(x->angle), flexion, 1e-12, 1e-12);
    const double share = flexion >= 4.0 ? 0.0 : flexion <= -8.5 ? 0.5 : 0.16 - 0.04*flexion;
    assert_close(x->facet_compression, share*fmax(0.0, x->total.compression), 1e-9, 1e-9);
    range[0] = fmin(range[0], flexion);
    range[1] = fmax(range[1], flexion);
  }
}

static void pressure_and_facets_follow_the_compression(void **state) {
  double range[2] = {0.0, 0.0};
  const solved_bench *b = *state;
  solved_each(b, SOLVED_MAN, SOLVED_WOMAN, 2.0, pressure_and_facets, range);
  // bent all the way back
  solved_task back = *solved_find(b, "standing-extended:20");
  back.argument = back.task.argument_max;
  solved s = solved_new(b->model[SOLVED_MAN], &back, 2.0);
  pressure_and_facets(&s, range);
  solved_free(&s);
  printf("figure: flexion of a level from its standing angle, all tasks and bent back by 40 deg: %.1f to %.1f deg\n", range[0], range[1]);
  assert_true(range[0] < -3.0 && range[1] > 4.0);
}

// every fascicle that crosses a disc and pulls is missed when its share is taken away
static void a_dropped_fascicle_is_noticed(void **state) {
  const solved_bench *b = *state;
  const solved_task *t = solved_find(b, "standing");
  solved s = solved_new(b->model[SOLVED_MAN], t, 2.0);
  double weakest = HUGE_VAL;
  int count = 0;
  for (int level = 0; level < s.load->nlevel; level++) {
    const ps_disc *d = &s.model->disc[level];
    const part total = of_share(&s.load->level[level].total);
    for (int i = 0; i < s.model->nmuscle; i++) {
      static wrench_set set;
      memset(&set, 0, sizeof set);
      const double tension = s.recruit->active[i] + s.recruit->passive[i];
      wrench_add_fascicle(&set, s.state, i, tension);
      const part one = above(&s, d, &set);
      const double share = fmax(fabs(one.v[0]), fmax(fabs(one.v[1]), fabs(one.v[2])));
      if (share < 1e-3) continue;
      part sum = sum_of_sources(&s, level);
      double off = 0.0;
      for (int k = 0; k < 3; k++) off = fmax(off, fabs(sum.v[k] - one.v[k] - total.v[k])/weight_of(s.model));
      assert_true(off > 1e-9);
      assert_close(off*weight_of(s.model), share, 1e-6, 1e-9);
      weakest = fmin(weakest, off);
      count++;
    }
  }
  assert_true(count > 300);
  printf("figure: %d fascicle-level pairs dropped one by one: the residual is never below %.1e of body "
         "weight\n", count, weakest);
  solved_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sources_add_up_to_the_total),
      cmocka_unit_test(above_and_below_agree),
      cmocka_unit_test(the_bushing_bears_the_moment),
      cmocka_unit_test(no_source_is_a_remainder),
      cmocka_unit_test(pressure_and_facets_follow_the_compression),
      cmocka_unit_test(a_dropped_fascicle_is_noticed),
  };
  return cmocka_run_group_tests_name("load", tests, solved_bench_open, solved_bench_close);
}
