// What holds for every path in every posture: arms are slopes of lengths, sides are mirrors, size and place do not matter.
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

typedef struct bench {  // two states of one body
  person_body body;
  ps_state *other;
} bench;

static int open_bench(void **state) {
  static bench b;
  b.body = person_open_man(1.74);
  if (ps_state_new(b.body.model, &b.other) != PS_OK) return -1;
  *state = &b;
  return 0;
}

static int close_bench(void **state) {
  bench *b = *state;
  ps_state_free(b->other);
  person_close(&b->body);
  return 0;
}

typedef struct worst { double error; int muscle, coord; uint64_t seed; } worst;

// largest |arm + dL/dq| about coordinate j, by a central difference of 2 h, of the fascicles that `counts` marks
static void compare_arms(ps_state *s, ps_state *moved, int j, const bool *counts, worst *w, uint64_t seed) {
  const ps_model *m = s->model;
  const double h = 1e-5;
  static double hi[1024];
  assert_true(m->nmuscle <= 1024);
  memcpy(moved->q, s->q, (size_t)m->ncoord*sizeof *s->q);
  moved->q[j] = s->q[j] + h;
  person_evaluate(moved);
  memcpy(hi, moved->length, (size_t)m->nmuscle*sizeof *hi);
  moved->q[j] = s->q[j] - h;
  person_evaluate(moved);
  for (int i = 0; i < m->nmuscle; i++) {
    if (!counts[i]) continue;
    const double error = fabs(person_arm(s, i, j) + (hi[i] - moved->length[i])/(2.0*h));
    if (!(error <= w->error)) *w = (worst){error, i, j, seed};
  }
}

// over 200 postures, each with a quarter of the coordinates; fascicles with a point inside their cylinder, or only the others
static worst worst_arm(bench *b, bool is_inside) {
  const ps_model *m = b->body.model;
  worst w = {0.0, 0, 0, 0};
  bool counts[1024];
  int n = 0;
  for (uint64_t seed = 1; seed <= 200; seed++) {
    ps_rng rng;
    ps_rng_init(&rng, seed);
    person_random(&rng, seed % 2 ? 1.0 : 0.4, b->body.state);
    person_evaluate(b->body.state);
    for (int i = 0; i < m->nmuscle; i++) {
      counts[i] = (person_clearance(b->body.state, i) < 0.0) == is_inside;
      n += counts[i];
    }
    for (int j = (int)(seed % 4); j < m->ncoord; j += 4) compare_arms(b->body.state, b->other, j, counts, &w, seed);
  }
  printf("figure: |arm + dL/dq| of %d paths in 200 postures%s: at most %.3g mm (%s about %s, seed %d)\n", n,
         is_inside ? " with a point INSIDE its cylinder" : "", 1e3*w.error, m->muscle[w.muscle].name, m->coord[w.coord].name,
         (int)w.seed);
  return w;
}

static void arms_are_slopes_of_lengths(void **state) { assert_true(worst_arm(*state, false).error < 1e-4); }

static void arms_are_slopes_of_lengths_inside_a_cylinder_too(void **state) {
  assert_true(worst_arm(*state, true).error < 1e-4);
}

static void sides_are_mirrors(void **state) {
  bench *b = *state;
  const ps_model *m = b->body.model;
  const ps_state *s = b->body.state;
  double length = 0.0, arm = 0.0, force = 0.0;
  for (uint64_t seed = 1; seed <= 200; seed++) {
    ps_rng rng;
    ps_rng_init(&rng, seed);
    person_random(&rng, 1.0, b->body.state);
    person_evaluate(b->body.state);
    person_mirror(s, b->other);
    person_evaluate(b->other);
    for (int i = 0; i < m->nmuscle; i++) {
      const ps_muscle *p = &m->muscle[i];
      assert_string_equal(p->group, m->muscle[p->mirror].group);
      const double other_length = b->other->length[p->mirror];
      length = fmax(length, fabs(s->length[i] - other_length));
      const ps_muscle_force f = ps_muscle_at(p, s->length[i]), g = ps_muscle_at(&m->muscle[p->mirror], other_length);
      force = fmax(force, fabs(f.passive - g.passive)/p->strength);
      force = fmax(force, fabs(f.active - g.active)/p->strength);
      for (int t = p->arm; t < p->arm + p->narm; t++) {
        const ps_coord *c = &m->coord[m->arm_coord[t]];
        arm = fmax(arm, fabs(s->arm[t] - c->mirror_sign*person_arm(b->other, p->mirror, c->mirror)));
      }
    }
  }
  printf("figure: left against right in 200 postures: lengths %.2g m, arms %.2g m, forces %.2g of strength\n", length, arm,
         force);
  // rounding of sums of some ten terms about 1 m
  assert_true(length < 1e-14);
  assert_true(arm < 1e-13);
  assert_true(force < 1e-11);
}

// coordinates after the pelvis' six
static void moving_the_pelvis_changes_nothing_inside(void **state) {
  bench *b = *state;
  const ps_model *m = b->body.model;
  for (int i = 0; i < m->nmuscle; i++)
    for (int t = m->muscle[i].arm; t < m->muscle[i].arm + m->muscle[i].narm; t++) assert_true(m->arm_coord[t] >= 6);
  for (uint64_t seed = 1; seed <= 200; seed++) {
    ps_rng rng;
    ps_rng_init(&rng, seed);
    person_random(&rng, 1.0, b->body.state);
    memcpy(b->other->q, b->body.state->q, (size_t)m->ncoord*sizeof(double));
    for (int j = 0; j < 6; j++) {
      b->body.state->q[j] = 0.0;
      b->other->q[j] = j < 3 ? 4.0*ps_rng_normal(&rng) : 3.0*ps_rng_normal(&rng);
    }
    person_evaluate(b->body.state);
    person_evaluate(b->other);
    assert_int_equal(b->body.state->warn, b->other->warn);
    for (int i = 0; i < m->nmuscle; i++) assert_close(b->other->length[i], b->body.state->length[i], 0.0, 1e-13);
    for (int t = 0; t < m->narm; t++) assert_close(b->other->arm[t], b->body.state->arm[t], 0.0, 1e-12);
  }
}

static void lengths_scale_with_the_person(void **state) {
  bench *b = *state;
  for (double height = 1.45; height < 2.1; height += 0.30) {
    person_body other = person_open_man(height);
    const double s = height/1.74;
    for (uint64_t seed = 1; seed <= 40; seed++) {
      ps_rng rng;
      ps_rng_init(&rng, seed);
      person_random(&rng, 1.0, b->body.state);
      memcpy(other.state->q, b->body.state->q, (size_t)other.model->ncoord*sizeof(double));
      for (int j = 0; j < 3; j++) other.state->q[j] = s*b->body.state->q[j];
      person_evaluate(b->body.state);
      person_evaluate(other.state);
      for (int i = 0; i < other.model->nmuscle; i++)
        assert_close(other.state->length[i], s*b->body.state->length[i], 0.0, 1e-13);
      for (int t = 0; t < other.model->narm; t++) assert_close(other.state->arm[t], s*b->body.state->arm[t], 0.0, 1e-12);
    }
    for (int i = 0; i < other.model->nmuscle; i++)
      assert_close(other.model->muscle[i].tendon_length, s*b->body.model->muscle[i].tendon_length, 1e-12, 1e-13);
    person_close(&other);
  }
}

// the force of a path is the same whichever of its bodies is asked: energy does not care about the road taken
static void work_along_a_closed_road_is_zero(void **state) {
  bench *b = *state;
  const ps_model *m = b->body.model;
  double sum[1024] = {0.0};
  assert_true(m->nmuscle <= 1024);
  enum { N = 720 };
  for (int k = 0; k < N; k++) {  // midpoint rule on a smooth closed road: exact but for the kinks of contact
    const double phase = 2.0*PS_PI*(k + 0.5)/N;
    for (int j = 6; j < m->ncoord; j++) {
      const double middle = 0.5*(m->coord[j].min + m->coord[j].max), half = 0.25*(m->coord[j].max - m->coord[j].min);
      b->body.state->q[j] = middle + half*sin(phase + j);
      b->other->q[j] = half*cos(phase + j)*2.0*PS_PI/N;  // the step
    }
    person_evaluate(b->body.state);
    for (int i = 0; i < m->nmuscle; i++)
      for (int t = m->muscle[i].arm; t < m->muscle[i].arm + m->muscle[i].narm; t++)
        sum[i] += b->body.state->arm[t]*b->other->q[m->arm_coord[t]];
  }
  for (int i = 0; i < m->nmuscle; i++) assert_close(sum[i], 0.0, 0.0, 2e-5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arms_are_slopes_of_lengths),
      cmocka_unit_test(arms_are_slopes_of_lengths_inside_a_cylinder_too),
      cmocka_unit_test(sides_are_mirrors),
      cmocka_unit_test(moving_the_pelvis_changes_nothing_inside),
      cmocka_unit_test(lengths_scale_with_the_person),
      cmocka_unit_test(work_along_a_closed_road_is_zero),
  };
  return cmocka_run_group_tests_name("path", tests, open_bench, close_bench);
}
