/* Does the posture answer to tightness as it must: nothing from nothing, symmetric from symmetric, mirrored from mirrored, and
 * through forces alone. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/equilibrium.h"

#include <stdlib.h>
#include <string.h>

#include "psoas/load.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"

static ps_status try_open(const ps_model *m, const solved_task *task, const ps_equilibrium_opts *o, ps_equilibrium **eq) {
  const ps_posture_request q = {.task = &task->task, .argument = task->argument, .side = task->side};
  ps_error err = {0};
  return ps_equilibrium_new(m, &q, o, eq, &err);
}

static ps_equilibrium *open_standing(const solved_bench *b, const ps_model *m, const ps_equilibrium_opts *o) {
  ps_equilibrium *eq = NULL;
  assert_ok(try_open(m, solved_find(b, "standing"), o, &eq));
  return eq;
}

static void tighten(ps_model *m, ps_side side, double shortening) {
  const ps_tightness_entry t = {.group = "iliopsoas", .side = side, .shortening = shortening, .stiffness = 1.0};
  ps_error err = {0};
  assert_ok(ps_model_set_tightness(m, &t, 1, &err));
}

static void release(ps_model *m) {
  ps_error err = {0};
  assert_ok(ps_model_set_tightness(m, NULL, 0, &err));
}

static ps_equilibrium_result settle(ps_equilibrium *eq, const ps_model *target) {
  ps_equilibrium_result r;
  assert_ok(ps_equilibrium_solve(eq, target, &r));
  assert_int_equal(r.outcome, PS_CONVERGED);
  return r;
}

static double moved(const ps_equilibrium *eq, const char *name) {
  const int j = ps_model_find_coord(&eq->body, name);
  assert_true(j >= 0);
  return ps_deg(eq->state->q[j] - eq->reference[j]);
}

static double compression(const ps_equilibrium *eq, const char *level) {
  ps_load *l;
  double out = (double)NAN;
  assert_ok(ps_load_new(&eq->body, &l));
  ps_load_compute(l, eq->recruit, eq->state);
  for (int k = 0; k < l->nlevel; k++)
    if (strcmp(l->level[k].level, level) == 0) out = l->level[k].total.compression;
  ps_load_free(l);
  return out;
}

// two real solves of a tight body, one of them through the whole of ps_equilibrium_solve: the same bits
static void no_difference_in_tightness_changes_nothing(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_WOMAN];
  tighten(m, PS_LEFT, 0.0865);
  ps_equilibrium *eq = open_standing(b, m, NULL);
  solved held = solved_new(m, solved_find(b, "standing"), 2.0);
  const ps_equilibrium_result r = settle(eq, m);
  assert_int_equal(r.evaluations, 1);
  assert_int_equal(r.iterations, 0);
  assert_memory_equal(eq->state->q, held.state->q, (size_t)m->ncoord*sizeof(double));
  assert_memory_equal(eq->recruit->result.a, held.recruit->result.a, (size_t)m->nmuscle*sizeof(double));
  assert_close(r.pelvis_tilt, 0.0, 0.0, 0.0);
  assert_close(r.lordosis, 0.0, 0.0, 0.0);
  solved_free(&held);
  ps_equilibrium_free(eq);
  release(m);
}

// the other way round: what was measured tight is predicted released, and back again
static void the_reference_may_be_either_state(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  tighten(m, PS_MIDLINE, 0.10);
  ps_equilibrium *eq = open_standing(b, m, NULL);
  release(m);
  const ps_equilibrium_result r = settle(eq, m);
  assert_true(r.pelvis_tilt < 0.0 && r.lordosis < 0.0);
  tighten(m, PS_MIDLINE, 0.10);
  const ps_equilibrium_result again = settle(eq, m);
  assert_close(again.pelvis_tilt, 0.0, 0.0, 0.0);
  ps_equilibrium_free(eq);
  release(m);
}

static void both_sides_tight_is_symmetric_and_one_side_is_not(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  ps_equilibrium *eq = open_standing(b, m, NULL);
  tighten(m, PS_MIDLINE, 0.10);
  const ps_equilibrium_result both = settle(eq, m);
  assert_true(both.pelvis_tilt > 0.0);
  assert_close(moved(eq, "hip_flexion_right"), moved(eq, "hip_flexion_left"), 0.0, 1e-3);
  assert_close(moved(eq, "knee_flexion_right"), moved(eq, "knee_flexion_left"), 0.0, 1e-3);
  assert_close(moved(eq, "pelvis_rotation"), 0.0, 0.0, 1e-3);
  assert_close(moved(eq, "pelvis_list"), 0.0, 0.0, 1e-3);
  assert_close(moved(eq, "L4_L5_lateral"), 0.0, 0.0, 1e-3);

  tighten(m, PS_RIGHT, 0.10);
  const ps_equilibrium_result one = settle(eq, m);
  assert_true(one.pelvis_tilt > 0.0 && one.pelvis_tilt < both.pelvis_tilt);
  assert_true(moved(eq, "hip_flexion_right") - moved(eq, "hip_flexion_left") > 0.1);
  assert_true(fabs(moved(eq, "pelvis_rotation")) > 0.1);
  ps_equilibrium_free(eq);
  release(m);
}

static void a_mirrored_person_gives_mirrored_results(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_TALL];
  ps_equilibrium *right = open_standing(b, m, NULL), *left = open_standing(b, m, NULL);
  tighten(m, PS_RIGHT, 0.0765);
  settle(right, m);
  tighten(m, PS_LEFT, 0.0765);
  settle(left, m);
  double worst = 0.0, most = 0.0;
  for (int j = 0; j < m->ncoord; j++) {
    const ps_coord *c = &m->coord[j];
    if (!c->is_balanced) continue;
    worst = fmax(worst, fabs(left->state->q[c->mirror] - c->mirror_sign*right->state->q[j]));
    most = fmax(most, fabs(right->state->q[j] - right->reference[j]));
  }
  printf("figure: mirrored tightness, mirrored posture: off by %.1e deg, largest change %.2f deg\n", ps_deg(worst),
         ps_deg(most));
  assert_true(ps_deg(worst) < 2e-3 && ps_deg(most) > 0.5);
  assert_close(compression(left, "L4/L5"), compression(right, "L4/L5"), 1e-4, 0.0);
  ps_equilibrium_free(right);
  ps_equilibrium_free(left);
  release(m);
}

// with no force in the iliopsoas its length is nothing to the posture: no angle is made from shortening
static void tightness_acts_through_force_alone(void **state) {
  const solved_bench *b = *state;
  const ps_person person = solved_person_of(SOLVED_MAN);
  ps_model *m = solved_model(b->anatomy, &person);
  for (int i = 0; i < m->nmuscle; i++)
    if (strcmp(m->muscle[i].group, "psoas_major") == 0 || strcmp(m->muscle[i].group, "iliacus") == 0)
      m->muscle[i].strength = 0.0;
  ps_equilibrium *eq = open_standing(b, m, NULL);
  settle(eq, m);
  const double before = compression(eq, "L4/L5");
  tighten(m, PS_MIDLINE, 0.20);
  const ps_equilibrium_result r = settle(eq, m);
  assert_memory_equal(eq->state->q, eq->reference, (size_t)m->ncoord*sizeof(double));
  assert_close(r.pelvis_tilt, 0.0, 0.0, 0.0);
  assert_close(compression(eq, "L4/L5"), before, 0.0, 0.0);
  ps_equilibrium_free(eq);
  ps_model_free(m);
}

static void feet_stay_and_arms_hang(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  ps_equilibrium *eq = open_standing(b, m, NULL);
  tighten(m, PS_LEFT, 0.15);
  settle(eq, m);
  for (int k = 0; k < eq->nstay; k++)
    for (int i = 0; i < 9; i++) {
      if (i < 3) assert_close(eq->state->o[3*eq->stay[k].body + i], eq->stay[k].at[i], 0.0, 1e-11);
      assert_close(eq->state->R[9*eq->stay[k].body + i], eq->stay[k].R[i], 0.0, 1e-11);
    }
  const int arm = ps_model_find_body(m, "upper_arm_right");
  for (int i = 0; i < 9; i++) assert_close(eq->state->R[9*arm + i], i % 4 == 0 ? 1.0 : 0.0, 0.0, 1e-10);
  assert_int_equal(eq->recruit->warn & PS_WARN_UNBALANCED, 0);
  ps_equilibrium_free(eq);
  release(m);
}

static void other_starts_end_in_the_same_posture(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  ps_equilibrium *eq = open_standing(b, m, NULL);
  static const ps_side side[2] = {PS_MIDLINE, PS_RIGHT};
  for (int k = 0; k < 2; k++) {
    tighten(m, side[k], 0.10);
    settle(eq, m);
    double found[256];
    memcpy(found, eq->state->q, (size_t)m->ncoord*sizeof *found);
    ps_equilibrium_starts s;
    assert_ok(ps_equilibrium_restart(eq, 5, ps_rad(1.0), 2385, &s));
    printf("figure: %d of 5 other starts end within 0.05 deg, the farthest %.4f deg away in %s\n", s.nsame,
           ps_deg(s.difference), m->coord[s.coord].name);
    assert_int_equal(s.nstart, 5);
    assert_int_equal(s.nsame, 5);
    assert_true(s.difference < ps_rad(0.05));
    assert_close(s.gain, 0.0, 0.0, 0.0);
    for (int j = 0; j < m->ncoord; j++) assert_close(eq->state->q[j], found[j], 0.0, 1e-9);
  }
  ps_equilibrium_free(eq);
  release(m);
}

// with nothing that holds the body over the feet, level eyes or the legs' habit there are others; that is told, and the
// posture found stays
static void another_minimum_is_named(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  ps_equilibrium_opts o = ps_equilibrium_default();
  o.balance = o.gaze = 0.0;
  o.leg_habit = 0.03;
  o.spine_habit = 3.0;
  ps_equilibrium *eq = open_standing(b, m, &o);
  tighten(m, PS_MIDLINE, 0.05);
  const ps_equilibrium_result r = settle(eq, m);
  ps_equilibrium_starts s;
  assert_ok(ps_equilibrium_restart(eq, 6, ps_rad(10.0), 7, &s));
  printf("figure: with little to hold it %d of 6 starts end in the same posture, one %.0f deg away in %s\n", s.nsame,
         ps_deg(s.difference), m->coord[s.coord].name);
  assert_true(s.nsame > 0 && s.nsame < s.nstart);
  assert_true(s.difference > ps_rad(5.0) && s.coord >= 0);
  assert_true(s.gain >= 0.0);
  assert_close(ps_deg(eq->state->q[eq->free[2]] - eq->reference[eq->free[2]]), ps_deg(r.pelvis_tilt), 0.0, 1e-9);
  ps_equilibrium_free(eq);
  release(m);
}

static void steps_of_tightness_do_not_change_the_end(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  double tilt[2];
  for (int k = 0; k < 2; k++) {
    ps_equilibrium_opts o = ps_equilibrium_default();
    o.step = k == 0 ? 0.20 : 0.03;
    ps_equilibrium *eq = open_standing(b, m, &o);
    tighten(m, PS_MIDLINE, 0.15);
    tilt[k] = settle(eq, m).pelvis_tilt;
    ps_equilibrium_free(eq);
    release(m);
  }
  assert_close(ps_deg(tilt[0]), ps_deg(tilt[1]), 0.0, 5e-3);
}

static void more_tightness_moves_the_pelvis_further(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  ps_equilibrium *eq = open_standing(b, m, NULL);
  double tilt = 0.0, load = compression(eq, "L4/L5");
  for (int k = 1; k <= 4; k++) {
    tighten(m, PS_MIDLINE, 0.05*k);
    const ps_equilibrium_result r = settle(eq, m);
    const double now = compression(eq, "L4/L5");
    printf("figure: %2d %% shorter on both sides: tilt %+.2f, lordosis %+.2f, hip %+.2f, knee %+.2f deg, L4/L5 %.0f N\n",
           5*k, ps_deg(r.pelvis_tilt), ps_deg(r.lordosis), moved(eq, "hip_flexion_right"), moved(eq, "knee_flexion_right"),
           now);
    assert_true(r.pelvis_tilt > tilt && now > load);
    tilt = r.pelvis_tilt;
    load = now;
  }
  ps_equilibrium_free(eq);
  release(m);
}

// passive and resting moment of the fascicles that cross a hip, where the body stands
static double passive_hip_moment(const ps_model *m, const ps_state *s, const char *coord) {
  const int j = ps_model_find_coord(m, coord);
  double sum = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const int arm = ps_model_arm(m, i, j);
    if (arm >= 0) sum += s->arm[arm]*ps_muscle_at(&m->muscle[i], s->length[i]).passive;
  }
  return sum;
}

static void more_shortening_never_gives_less_passive_hip_moment(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_WOMAN];
  for (int k = 0; k < b->ntask; k++) {
    solved s = solved_new(m, &b->task[k], 2.0);
    double last = -HUGE_VAL;
    for (int i = 0; i <= 20; i++) {
      tighten(m, PS_MIDLINE, 0.01*i);
      const double now = passive_hip_moment(m, s.state, "hip_flexion_left");
      if (!(now >= last)) fail_msg("%s: %g N m at %d %%, %g before", b->task[k].label, now, i, last);
      last = now;
    }
    release(m);
    solved_free(&s);
  }
}

// habit is worth the same share of the effort in every task, whatever the exponent, and whatever the tightness
static void weights_follow_the_effort_of_the_task(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  static const char *const label[] = {"standing", "standing-flexed:36"};
  for (int p = 2; p <= 3; p++)
    for (int k = 0; k < 2; k++) {
      ps_equilibrium_opts o = ps_equilibrium_default();
      o.recruit.p = p;
      solved held = solved_new(m, solved_find(b, label[k]), p);
      double effort = 0.0;
      for (int i = 0; i < m->nmuscle; i++) effort += m->muscle[i].volume*pow(held.recruit->result.a[i], p);
      ps_equilibrium *eq = NULL;
      tighten(m, PS_LEFT, 0.0865);
      assert_ok(try_open(m, held.task, &o, &eq));
      release(m);
      assert_close(eq->level, effort/0.1, 1e-9, 0.0);
      ps_equilibrium_free(eq);
      solved_free(&held);
    }
}

static void a_joint_stops_at_the_end_of_its_range(void **state) {
  const solved_bench *b = *state;
  const ps_person person = solved_person_of(SOLVED_MAN);
  ps_model *m = solved_model(b->anatomy, &person);
  const int hip[2] = {ps_model_find_coord(m, "hip_flexion_right"), ps_model_find_coord(m, "hip_flexion_left")};
  const double end = ps_rad(1.25);  // the hip would reach 3 deg
  for (int k = 0; k < 2; k++) m->coord[hip[k]].max = end;
  ps_equilibrium *eq = open_standing(b, m, NULL);
  assert_int_equal(settle(eq, m).limit, -1);
  tighten(m, PS_MIDLINE, 0.15);
  const ps_equilibrium_result r = settle(eq, m);
  assert_true(r.limit == hip[0] || r.limit == hip[1]);
  assert_true(eq->state->q[hip[0]] <= end && eq->state->q[hip[0]] > end - ps_rad(1.0));
  ps_equilibrium_free(eq);
  ps_model_free(m);
}

// a reference handed to another tightness, or started from another body's curvature, is the reference made anew
static void the_reference_may_change_its_body(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  for (int p = 2; p <= 3; p++) {
    ps_equilibrium_opts o = ps_equilibrium_default();
    o.recruit.p = p;
    ps_equilibrium *eq = open_standing(b, m, &o);
    const double before = eq->off[2];
    tighten(m, PS_LEFT, 0.0865);
    assert_ok(ps_equilibrium_refer(eq, m));
    ps_equilibrium *fresh = open_standing(b, m, &o);
    ps_equilibrium *woman = open_standing(b, b->model[SOLVED_WOMAN], &o);
    o.like = woman;
    ps_equilibrium *like = open_standing(b, m, &o);
    assert_true(fabs(eq->off[2] - before) > 0.01);
    for (int i = 0; i < eq->nfree; i++) {
      assert_close(eq->off[i], fresh->off[i], 1e-6, 1e-6);
      assert_close(like->off[i], fresh->off[i], 0.0, 0.0);
    }
    assert_memory_equal(like->h, woman->h, sizeof like->h);
    assert_close(eq->level, fresh->level, 1e-9, 0.0);
    // the same tightness: not a step; another: the same posture
    assert_int_equal(settle(eq, m).iterations, 0);
    release(m);
    settle(fresh, m);
    settle(eq, m);
    settle(like, m);
    for (int j = 0; j < m->ncoord; j++) {
      assert_close(ps_deg(eq->state->q[j]), ps_deg(fresh->state->q[j]), 0.0, 2e-3);
      assert_close(ps_deg(like->state->q[j]), ps_deg(fresh->state->q[j]), 0.0, 2e-3);
    }
    ps_equilibrium_free(woman);
    ps_equilibrium_free(like);
    ps_equilibrium_free(fresh);
    ps_equilibrium_free(eq);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_difference_in_tightness_changes_nothing),
      cmocka_unit_test(the_reference_may_be_either_state),
      cmocka_unit_test(both_sides_tight_is_symmetric_and_one_side_is_not),
      cmocka_unit_test(a_mirrored_person_gives_mirrored_results),
      cmocka_unit_test(tightness_acts_through_force_alone),
      cmocka_unit_test(feet_stay_and_arms_hang),
      cmocka_unit_test(other_starts_end_in_the_same_posture),
      cmocka_unit_test(another_minimum_is_named),
      cmocka_unit_test(steps_of_tightness_do_not_change_the_end),
      cmocka_unit_test(more_tightness_moves_the_pelvis_further),
      cmocka_unit_test(more_shortening_never_gives_less_passive_hip_moment),
      cmocka_unit_test(weights_follow_the_effort_of_the_task),
      cmocka_unit_test(the_reference_may_change_its_body),
      cmocka_unit_test(a_joint_stops_at_the_end_of_its_range),
  };
  return cmocka_run_group_tests_name("equilibrium", tests, solved_bench_open, solved_bench_close);
}
