// Arms may bend but not jump while a joint turns: steps of 0.25 deg, small to tall persons, both psoas area sets.
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

static const double HEIGHT[5] = {1.45, 1.60, 1.74, 1.90, 2.05};
static const double STEP_DEG = 0.25;

typedef struct jump {  // the largest change of an arm in one step, of one fascicle
  double size;         // [m]
  int arm_coord;       // the arm's coordinate
  int turned;          // the coordinate that was turned
  double at;           // [rad]
} jump;

typedef struct sweep {
  ps_state *state;
  int coord;
  double from_deg, to_deg, step_deg;
  unsigned warn;       // all bits seen
  double push;         // most that the pull at an end differs from a unit vector: 0 unless a cylinder gives way
  jump *jump;          // (nmuscle), kept over sweeps
  double *before;      // (narm)
} sweep;

static void note_jumps(sweep *w, double at) {
  const ps_model *m = w->state->model;
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    for (int t = p->arm; t < p->arm + p->narm; t++) {
      const double size = fabs(w->state->arm[t] - w->before[t]);
      if (!(size <= w->jump[i].size)) w->jump[i] = (jump){size, m->arm_coord[t], w->coord, at};
    }
  }
}

// one coordinate turned over its range from where the state is; it is put back
static void run(sweep *w) {
  ps_state *s = w->state;
  const int n = (int)floor((w->to_deg - w->from_deg)/w->step_deg + 1e-9);
  const double was = s->q[w->coord];
  for (int k = 0; k <= n; k++) {
    s->q[w->coord] = ps_rad(w->from_deg + k*w->step_deg);
    person_evaluate(s);
    w->warn |= s->warn;
    for (int i = 0; i < 2*s->model->nstretch; i++)
      if (s->wrapped[i/2]) w->push = fmax(w->push, fabs(ps_norm(s->u + 3*i) - 1.0));
    if (k > 0) note_jumps(w, s->q[w->coord]);
    memcpy(w->before, s->arm, (size_t)s->model->narm*sizeof *s->arm);
  }
  s->q[w->coord] = was;
}

static sweep begin(ps_state *state) {
  sweep w = {.state = state,
             .step_deg = STEP_DEG,
             .jump = calloc((size_t)state->model->nmuscle, sizeof *w.jump),
             .before = calloc((size_t)state->model->narm, sizeof *w.before)};
  assert_true(w.jump && w.before);
  return w;
}

static void end(sweep *w) {
  free(w->jump);
  free(w->before);
}

static void turn(sweep *w, int coord, double from_deg, double to_deg) {
  w->coord = coord;
  w->from_deg = from_deg;
  w->to_deg = to_deg;
  run(w);
}

static void turn_named(sweep *w, const char *name, double from_deg, double to_deg) {
  turn(w, person_coord(w->state->model, name), from_deg, to_deg);
}

static bool is_lumbar(const char *name) {
  static const char *const level[5] = {"L5_S1_", "L4_L5_", "L3_L4_", "L2_L3_", "L1_L2_"};
  for (int k = 0; k < 5; k++)
    if (strncmp(name, level[k], 6) == 0) return true;
  return false;
}

static void turn_lumbar(sweep *w) {
  const ps_model *m = w->state->model;
  for (int j = 0; j < m->ncoord; j++)
    if (is_lumbar(m->coord[j].name)) turn(w, j, ps_deg(m->coord[j].min), ps_deg(m->coord[j].max));
}

static void turn_hips(sweep *w) {
  turn_named(w, "hip_flexion_right", -30.0, 120.0);
  turn_named(w, "hip_flexion_left", -30.0, 120.0);
}

static bool is_iliopsoas(const ps_muscle *p) { return person_is_group(p, "psoas_major") || person_is_group(p, "iliacus"); }

static void iliopsoas_arms_never_jump(void **state) {
  (void)state;
  jump worst = {0.0, 0, 0, 0.0};
  char where[256] = "nowhere";
  int seen = 0;
  for (int h = 0; h < 5; h++)
    for (char set = 'A'; set <= 'B'; set++) {
      const ps_person man = person_of_height(HEIGHT[h]);
      person_body b = person_open(&man, set);
      sweep w = begin(b.state);
      turn_hips(&w);
      turn_lumbar(&w);
      for (int i = 0; i < b.model->nmuscle; i++) {
        if (!is_iliopsoas(&b.model->muscle[i])) continue;
        seen++;
        if (w.jump[i].size <= worst.size) continue;
        worst = w.jump[i];
        snprintf(where, sizeof where, "%s about %s, %s at %.2f deg, %.2f m", b.model->muscle[i].name,
                 b.model->coord[worst.arm_coord].name, b.model->coord[worst.turned].name, ps_deg(worst.at), HEIGHT[h]);
      }
      end(&w);
      person_close(&b);
    }
  printf("figure: largest step of a psoas or iliacus arm in 0.25 deg: %.3f mm (%s)\n", 1e3*worst.size, where);
  assert_int_equal(seen, 5*2*2*(12 + 3));
  assert_true(worst.size < 0.3e-3);
}

// pairs of joints away from neutral: the hip while the spine is bent, the spine while the hip is
static void iliopsoas_arms_never_jump_in_bent_bodies(void **state) {
  (void)state;
  person_body b = person_open_man(1.74);
  const ps_model *m = b.model;
  sweep w = begin(b.state);
  for (uint64_t seed = 1; seed <= 4; seed++) {
    ps_rng rng;
    ps_rng_init(&rng, seed);
    for (int j = 0; j < m->ncoord; j++) {
      const ps_coord *c = &m->coord[j];
      if (is_lumbar(c->name)) b.state->q[j] = c->min + (c->max - c->min)*ps_rng_uniform(&rng);
    }
    turn_named(&w, "hip_flexion_right", -30.0, 120.0);
    b.state->q[person_coord(m, "hip_flexion_right")] = ps_rad(-30.0 + 150.0*ps_rng_uniform(&rng));
    turn_lumbar(&w);
  }
  jump worst = {0.0, 0, 0, 0.0};
  int muscle = 0;
  for (int i = 0; i < m->nmuscle; i++)
    if (is_iliopsoas(&m->muscle[i]) && w.jump[i].size > worst.size) {
      worst = w.jump[i];
      muscle = i;
    }
  printf("figure: the same from bent postures: %.3f mm (%s about %s, %s at %.2f deg)\n", 1e3*worst.size,
         m->muscle[muscle].name, m->coord[worst.arm_coord].name, m->coord[worst.turned].name, ps_deg(worst.at));
  assert_true(worst.size < 0.3e-3);
  end(&w);
  person_close(&b);
}

// largest change of that arm in a 64th of the step in which it changed most
static double in_a_part(ps_state *s, int imuscle, const jump *x) {
  enum { PARTS = 64 };
  double last = 0.0, size = 0.0;
  person_neutral(s);
  for (int k = 0; k <= PARTS; k++) {
    s->q[x->turned] = x->at - ps_rad(STEP_DEG)*(1.0 - (double)k/PARTS);
    person_evaluate(s);
    const double now = person_arm(s, imuscle, x->arm_coord);
    if (k > 0) size = fmax(size, fabs(now - last));
    last = now;
  }
  return size;
}

// steps of more than 1 mm: steep ones get smaller with the step, true jumps do not
static void no_arm_jumps_anywhere(void **state) {
  (void)state;
  person_body b = person_open_man(2.05);
  const ps_model *m = b.model;
  sweep w = begin(b.state);
  for (int j = 6; j < m->ncoord; j++) {
    const ps_coord *c = &m->coord[j];
    const bool is_hip_flexion = strncmp(c->name, "hip_flexion", 11) == 0;
    if (m->body[c->body].side == PS_LEFT) continue;  // the mirror of what the right side shows
    turn(&w, j, is_hip_flexion ? -30.0 : ps_deg(c->min), is_hip_flexion ? 120.0 : ps_deg(c->max));
  }
  // of each group the worst fascicle
  int jumps = 0;
  for (int g = 0; g < m->ngroup; g++) {
    int steep = 0, worst = -1;
    for (int i = 0; i < m->nmuscle; i++) {
      if (m->muscle[i].igroup != g || m->muscle[i].side == PS_LEFT || w.jump[i].size <= 1e-3) continue;
      steep++;
      if (worst < 0 || w.jump[i].size > w.jump[worst].size) worst = i;
      if (in_a_part(b.state, i, &w.jump[i]) <= w.jump[i].size/8.0) continue;
      jumps++;
      printf("figure: JUMP %s\n", m->muscle[i].name);
    }
    if (worst < 0) continue;
    const jump *x = &w.jump[worst];
    printf("figure: steep arms of %s: %d fascicles, at most %.1f mm in 0.25 deg, %.2f in 1/64 of it (%s about %s, %s at %.2f deg)\n",
           m->group[g], steep, 1e3*x->size, 1e3*in_a_part(b.state, worst, x), m->muscle[worst].name,
           m->coord[x->arm_coord].name, m->coord[x->turned].name, ps_deg(x->at));
  }
  end(&w);
  person_close(&b);
  assert_int_equal(jumps, 0);
}

// nor so near that the cylinder gives way
static void no_point_lies_inside_its_cylinder(void **state) {
  (void)state;
  int inside = 0;
  double push = 0.0;
  for (int h = 0; h < 5; h++) {
    person_body b = person_open_man(HEIGHT[h]);
    sweep w = begin(b.state);
    w.step_deg = 2.5;  // what matters is how deep, not how fast
    for (int hip = -30; hip <= 120; hip += 10) {
      b.state->q[person_coord(b.model, "hip_flexion_right")] = ps_rad(hip);
      turn_named(&w, "knee_flexion_right", 0.0, 120.0);
    }
    b.state->q[person_coord(b.model, "hip_flexion_right")] = 0.0;
    turn_hips(&w);
    turn_lumbar(&w);
    for (int k = 0; k <= 120; k += 40) {
      b.state->q[person_coord(b.model, "knee_flexion_right")] = ps_rad(k);
      turn_named(&w, "ankle_flexion_right", -50.0, 35.0);
      turn_named(&w, "ankle_inversion_right", -35.0, 35.0);
    }
    inside += (w.warn & PS_WARN_WRAP_INSIDE) != 0;
    push = fmax(push, w.push);
    end(&w);
    person_close(&b);
  }
  assert_int_equal(inside, 0);
  assert_true(push < 1e-14);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(iliopsoas_arms_never_jump),
      cmocka_unit_test(iliopsoas_arms_never_jump_in_bent_bodies),
      cmocka_unit_test(no_arm_jumps_anywhere),
      cmocka_unit_test(no_point_lies_inside_its_cylinder),
  };
  return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
