/* As is against released: both really solved, nothing from nothing, through force alone, whoever the reference belongs to.
 * SPDX-License-Identifier: Apache-2.0 */
#include "psoas/effect.h"

#include <string.h>

#include "psoas/quantity.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"

enum { NTASK = 3 };

static ps_effect *open_effect(const solved_bench *b, ps_model *m, const ps_effect_opts *o) {
  static const char *const label[NTASK] = {"standing", "late-stance:right", "late-stance:left"};
  ps_effect_request q[NTASK];
  for (int k = 0; k < NTASK; k++) {
    const solved_task *t = solved_find(b, label[k]);
    q[k] = (ps_effect_request){.posture = {.task = &t->task, .argument = t->argument, .side = t->side}, .is_held = k > 0};
  }
  ps_effect *e = NULL;
  ps_error err = {0};
  assert_ok(ps_effect_new(m, q, NTASK, o, &e, &err));
  return e;
}

static void compare(ps_effect *e, const ps_tightness_entry *as_is, int nas_is, const ps_tightness_entry *released, int nreleased) {
  const ps_effect_states x = {.as_is = as_is, .nas_is = nas_is, .released = released, .nreleased = nreleased};
  ps_error err = {0};
  assert_ok(ps_effect_solve(e, &x, &err));
}

static ps_tightness_entry iliopsoas(ps_side side, double shortening) {
  return (ps_tightness_entry){.group = "iliopsoas", .side = side, .shortening = shortening, .stiffness = 1.0};
}

static double level_compression(const ps_solution *s, const char *level) {
  for (int k = 0; k < s->load->nlevel; k++)
    if (strcmp(s->load->level[k].level, level) == 0) return s->load->level[k].total.compression;
  return (double)NAN;
}

static void assert_same_solution(const ps_model *m, const ps_solution *a, const ps_solution *b) {
  assert_memory_equal(a->state->q, b->state->q, (size_t)m->ncoord*sizeof(double));
  assert_memory_equal(a->recruit->result.a, b->recruit->result.a, (size_t)m->nmuscle*sizeof(double));
  assert_memory_equal(a->load->level, b->load->level, (size_t)a->load->nlevel*sizeof(ps_level));
}

// the same muscles in both: six real solves, the same bits in each pair
static void no_difference_gives_no_effect_through_real_solves(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_WOMAN];
  const ps_tightness_entry t = iliopsoas(PS_LEFT, 0.0865);
  for (int is_measured = 0; is_measured < 2; is_measured++) {
    ps_effect_opts o = ps_effect_default();
    o.is_measured = is_measured;
    ps_effect *e = open_effect(b, m, &o);
    assert_int_equal(e->nsolve, 0);
    compare(e, &t, 1, &t, 1);
    assert_int_equal(e->nsolve, 2*NTASK);
    assert_int_equal(e->nlost, 0);
    for (int k = 0; k < NTASK; k++) assert_same_solution(m, &e->task[k].as_is, &e->task[k].released);
    assert_true(level_compression(&e->task[0].as_is, "L4/L5") > 100.0);
    ps_effect_free(e);
  }
}

// the reference posture is that of the measured state, and of the released one when it is only typical
static void the_measured_state_keeps_its_posture(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  const ps_tightness_entry t = iliopsoas(PS_MIDLINE, 0.10);
  double effect[2], change[2];
  for (int is_measured = 0; is_measured < 2; is_measured++) {
    ps_effect_opts o = ps_effect_default();
    o.is_measured = is_measured;
    ps_effect *e = open_effect(b, m, &o);
    compare(e, &t, 1, NULL, 0);
    const ps_effect_task *standing = &e->task[PS_EFFECT_STANDING];
    const ps_solution *still = is_measured ? &standing->as_is : &standing->released;
    const ps_solution *moved = is_measured ? &standing->released : &standing->as_is;
    assert_memory_equal(still->state->q, standing->equilibrium->reference, (size_t)m->ncoord*sizeof(double));
    assert_true(fabs(moved->found.pelvis_tilt) > ps_rad(0.5));
    const double sign = is_measured ? -1.0 : 1.0;
    effect[is_measured] = sign*moved->found.pelvis_tilt;
    change[is_measured] = level_compression(&standing->as_is, "L4/L5") - level_compression(&standing->released, "L4/L5");
    ps_effect_free(e);
  }
  printf("figure: 10 %% shorter, tilt %+.2f deg from a typical posture, %+.2f deg from a measured one; L4/L5 %+.0f and %+.0f N\n",
         ps_deg(effect[0]), ps_deg(effect[1]), change[0], change[1]);
  assert_true(effect[0] > 0.0 && effect[1] > 0.0 && change[0] > 0.0 && change[1] > 0.0);
}

// loads are those of the posture they stand beside: a held solve there gives the same
static void loads_belong_to_the_settled_posture(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  const ps_tightness_entry t = iliopsoas(PS_RIGHT, 0.12);
  ps_effect *e = open_effect(b, m, NULL);
  compare(e, &t, 1, NULL, 0);
  solved held = solved_new(m, solved_find(b, "standing"), 2.0);  // the model is as is
  const ps_solution *s = &e->task[PS_EFFECT_STANDING].as_is;
  memcpy(held.state->q, s->state->q, (size_t)m->ncoord*sizeof(double));
  ps_state_kinematics(held.state);
  ps_state_paths(held.state);
  assert_ok(ps_recruit_solve(held.recruit, held.state, false));
  ps_load_compute(held.load, held.recruit, held.state);
  for (int k = 0; k < held.load->nlevel; k++)
    assert_close(s->load->level[k].total.compression, held.load->level[k].total.compression, 1e-9, 0.0);
  assert_int_equal(s->recruit->warn & PS_WARN_UNBALANCED, 0);
  solved_free(&held);
  ps_effect_free(e);
}

// how many quantities a tightness of 20 % moves
static int quantities_moved(const ps_effect *e) {
  double as_is[PS_QUANTITY_MAX], released[PS_QUANTITY_MAX];
  int n = 0, moved = 0;
  ps_quantity_list(&n);
  ps_quantity_compare(e, as_is, released);
  for (int k = 0; k < n; k++) {
    assert_true(isfinite(as_is[k]) && isfinite(released[k]));
    moved += memcmp(&as_is[k], &released[k], sizeof as_is[k]) != 0;
  }
  return moved;
}

static void tightness_acts_through_force_alone(void **state) {
  const solved_bench *b = *state;
  const ps_person person = solved_person_of(SOLVED_MAN);
  ps_model *m = solved_model(b->anatomy, &person);
  const ps_tightness_entry t = iliopsoas(PS_MIDLINE, 0.20);
  ps_effect *e = open_effect(b, m, NULL);
  compare(e, &t, 1, NULL, 0);
  assert_true(quantities_moved(e) > 60);
  ps_effect_free(e);
  for (int i = 0; i < m->nmuscle; i++)
    if (strcmp(m->muscle[i].group, "psoas_major") == 0 || strcmp(m->muscle[i].group, "iliacus") == 0) m->muscle[i].strength = 0.0;
  e = open_effect(b, m, NULL);
  compare(e, &t, 1, NULL, 0);
  assert_int_equal(quantities_moved(e), 0);
  for (int k = 0; k < NTASK; k++) {
    assert_memory_equal(e->task[k].as_is.state->q, e->task[k].released.state->q, (size_t)m->ncoord*sizeof(double));
    assert_close(level_compression(&e->task[k].as_is, "L4/L5"), level_compression(&e->task[k].released, "L4/L5"), 0.0, 0.0);
  }
  ps_effect_free(e);
  ps_model_free(m);
}

// seated the muscle is slack, short or not: what a tight iliopsoas does standing it does not do there
static void a_seated_back_is_not_loaded(void **state) {
  const solved_bench *b = *state;
  const solved_task *seat = solved_find(b, "sitting-relaxed"), *floor = solved_find(b, "standing");
  const ps_effect_request q[2] = {{.posture = {.task = &seat->task, .argument = seat->argument, .side = seat->side}},
                                  {.posture = {.task = &floor->task, .argument = floor->argument, .side = floor->side}}};
  const ps_tightness_entry t = iliopsoas(PS_MIDLINE, 0.10);
  for (int i = 0; i < SOLVED_NPERSON; i++) {
    ps_effect *e = NULL;
    ps_error err = {0};
    assert_ok(ps_effect_new(b->model[i], q, 2, NULL, &e, &err));
    compare(e, &t, 1, NULL, 0);
    double change[2];
    for (int k = 0; k < 2; k++) change[k] = level_compression(&e->task[k].as_is, "L4/L5") - level_compression(&e->task[k].released, "L4/L5");
    printf("figure: %s, 10 %% shorter: L4/L5 seated %+.2f N, standing %+.1f N\n", solved_person_name((solved_person)i), change[0], change[1]);
    assert_int_equal(e->nlost, 0);
    assert_close(change[0], 0.0, 0.0, 5.0);
    assert_true(change[1] > 20.0);
    ps_effect_free(e);
  }
}

// a moment of a step is held: the same posture, other forces
static void a_held_task_is_compared_in_its_own_posture(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  const ps_tightness_entry t = iliopsoas(PS_RIGHT, 0.10);
  ps_effect *e = open_effect(b, m, NULL);
  compare(e, &t, 1, NULL, 0);
  solved held = solved_new(m, solved_find(b, "late-stance:right"), 2.0);  // the model is as is
  const ps_effect_task *late = &e->task[PS_EFFECT_LATE_RIGHT];
  assert_memory_equal(late->as_is.state->q, held.state->q, (size_t)m->ncoord*sizeof(double));
  assert_memory_equal(late->released.state->q, held.state->q, (size_t)m->ncoord*sizeof(double));
  assert_close(level_compression(&late->as_is, "L4/L5"), held.load->level[1].total.compression, 1e-9, 0.0);
  assert_true(level_compression(&late->as_is, "L4/L5") > level_compression(&late->released, "L4/L5") + 20.0);
  solved_free(&held);
  ps_effect_free(e);
}

// another body's curvature only shortens the way
static void a_similar_body_lends_its_curvature(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN], *other = b->model[SOLVED_TALL];
  const ps_tightness_entry t = iliopsoas(PS_LEFT, 0.08);
  ps_effect *from = open_effect(b, other, NULL), *own = open_effect(b, m, NULL);
  ps_effect_opts o = ps_effect_default();
  o.like = from;
  ps_effect *lent = open_effect(b, m, &o);
  compare(own, &t, 1, NULL, 0);
  compare(lent, &t, 1, NULL, 0);
  for (int k = 0; k < NTASK; k++) {
    double worst = 0.0;
    for (int j = 0; j < m->ncoord; j++)
      if (m->coord[j].is_balanced) worst = fmax(worst, fabs(own->task[k].as_is.state->q[j] - lent->task[k].as_is.state->q[j]));
    assert_true(ps_deg(worst) < 0.01);
  }
  ps_effect_free(lent);
  ps_effect_free(own);
  ps_effect_free(from);
}

static void the_model_is_as_is_afterwards_and_a_bad_entry_is_refused(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  const ps_tightness_entry good = iliopsoas(PS_RIGHT, 0.05), bad = iliopsoas(PS_RIGHT, 0.5);
  ps_effect *e = open_effect(b, m, NULL);
  compare(e, &good, 1, NULL, 0);
  double most = 0.0;
  for (int i = 0; i < m->nmuscle; i++) most = fmax(most, m->muscle[i].shortening);
  assert_close(most, 0.05, 1e-12, 0.0);
  const ps_effect_states x = {.as_is = &bad, .nas_is = 1};
  ps_error err = {0};
  assert_int_equal(ps_effect_solve(e, &x, &err), PS_EINPUT);
  assert_non_null(strstr(err.msg, "0.5"));
  assert_ok(ps_model_set_tightness(m, NULL, 0, &err));
  ps_effect_free(e);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_difference_gives_no_effect_through_real_solves),
      cmocka_unit_test(the_measured_state_keeps_its_posture),
      cmocka_unit_test(loads_belong_to_the_settled_posture),
      cmocka_unit_test(tightness_acts_through_force_alone),
      cmocka_unit_test(a_seated_back_is_not_loaded),
      cmocka_unit_test(a_held_task_is_compared_in_its_own_posture),
      cmocka_unit_test(a_similar_body_lends_its_curvature),
      cmocka_unit_test(the_model_is_as_is_afterwards_and_a_bad_entry_is_refused),
  };
  return cmocka_run_group_tests(tests, solved_bench_open, solved_bench_close);
}
