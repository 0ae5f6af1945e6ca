// The properties of paths on bodies of many shapes: longer than test/prop allows. SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

// heights, incidences and lordoses from end to end of what is allowed
static person_body open_shape(ps_rng *rng) {
  ps_person p = person_of_height(1.45 + 0.60*ps_rng_uniform(rng));
  p.is_female = ps_rng_uniform(rng) < 0.5;
  p.has_incidence = p.has_lordosis = true;
  p.incidence_rad = ps_rad(25.0 + 65.0*ps_rng_uniform(rng));
  p.lordosis_rad = ps_rad(10.0 + 80.0*ps_rng_uniform(rng));
  return person_open(&p, ps_rng_uniform(rng) < 0.5 ? 'A' : 'B');
}

typedef struct worst { double size; ps_name muscle, coord; int seed; } worst;

static void note(worst *w, double size, const ps_model *m, int imuscle, int icoord, int seed) {
  if (size <= w->size) return;
  w->size = size;
  w->seed = seed;
  memcpy(w->muscle, m->muscle[imuscle].name, sizeof w->muscle);
  memcpy(w->coord, m->coord[icoord].name, sizeof w->coord);
}

static void arms_are_slopes_of_lengths_on_every_shape(void **state) {
  (void)state;
  const double h = 1e-5;
  static double arm_hi[1024];
  worst w = {0.0, "", "", 0};
  for (int seed = 1; seed <= 40; seed++) {
    ps_rng rng;
    ps_rng_init(&rng, (uint64_t)seed);
    person_body b = open_shape(&rng);
    const ps_model *m = b.model;
    ps_state *moved = NULL;
    assert_ok(ps_state_new(m, &moved));
    for (int k = 0; k < 10; k++) {
      person_random(&rng, 1.0, b.state);
      person_evaluate(b.state);
      for (int j = 0; j < m->ncoord; j++) {
        memcpy(moved->q, b.state->q, (size_t)m->ncoord*sizeof(double));
        moved->q[j] += h;
        person_evaluate(moved);
        memcpy(arm_hi, moved->length, (size_t)m->nmuscle*sizeof(double));
        moved->q[j] = b.state->q[j] - h;
        person_evaluate(moved);
        for (int i = 0; i < m->nmuscle; i++)
          note(&w, fabs(person_arm(b.state, i, j) + (arm_hi[i] - moved->length[i])/(2.0*h)), m, i, j, seed);
      }
    }
    ps_state_free(moved);
    person_close(&b);
  }
  printf("figure: |arm + dL/dq| on 40 shapes, 400 postures: at most %.3g mm (%s about %s, seed %d)\n", 1e3*w.size, w.muscle,
         w.coord, w.seed);
  assert_true(w.size < 1e-4);
}

static bool is_lumbar(const char *name) {
  return strncmp(name, "L5_S1", 5) == 0 || (name[0] == 'L' && name[2] == '_' && name[3] == 'L');
}

// the hip turned over -30 to 120 deg and each lumbar coordinate over its range, from bent spines
static void sweep(person_body *b, int j, double from_deg, double to_deg, worst *w, int seed) {
  const ps_model *m = b->model;
  static double before[16384];
  assert_true(m->narm <= 16384);
  const double was = b->state->q[j];
  const int n = (int)((to_deg - from_deg)/0.25 + 1e-9);
  for (int k = 0; k <= n; k++) {
    b->state->q[j] = ps_rad(from_deg + 0.25*k);
    person_evaluate(b->state);
    for (int i = 0; k > 0 && i < m->nmuscle; i++) {
      const ps_muscle *p = &m->muscle[i];
      if (!person_is_group(p, "psoas_major") && !person_is_group(p, "iliacus")) continue;
      for (int t = p->arm; t < p->arm + p->narm; t++)
        note(w, fabs(b->state->arm[t] - before[t]), m, i, m->arm_coord[t], seed);
    }
    memcpy(before, b->state->arm, (size_t)m->narm*sizeof *before);
  }
  b->state->q[j] = was;
}

static void iliopsoas_arms_never_jump_on_any_shape(void **state) {
  (void)state;
  worst w = {0.0, "", "", 0};
  for (int seed = 1; seed <= 40; seed++) {
    ps_rng rng;
    ps_rng_init(&rng, (uint64_t)seed);
    person_body b = open_shape(&rng);
    const ps_model *m = b.model;
    const int hip = person_coord(m, "hip_flexion_right");
    for (int j = 0; j < m->ncoord && seed % 2; j++)
      if (is_lumbar(m->coord[j].name))
        b.state->q[j] = m->coord[j].min + (m->coord[j].max - m->coord[j].min)*ps_rng_uniform(&rng);
    sweep(&b, hip, -30.0, 120.0, &w, seed);
    b.state->q[hip] = ps_rad(-30.0 + 150.0*ps_rng_uniform(&rng));
    for (int j = 0; j < m->ncoord; j++)
      if (is_lumbar(m->coord[j].name)) sweep(&b, j, ps_deg(m->coord[j].min), ps_deg(m->coord[j].max), &w, seed);
    person_close(&b);
  }
  printf("figure: largest step of a psoas or iliacus arm on 40 shapes, bent spines: %.3f mm (%s about %s, seed %d)\n",
         1e3*w.size, w.muscle, w.coord, w.seed);
  assert_true(w.size < 0.3e-3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arms_are_slopes_of_lengths_on_every_shape),
      cmocka_unit_test(iliopsoas_arms_never_jump_on_any_shape),
  };
  return cmocka_run_group_tests_name("path_shapes", tests, NULL, NULL);
}
