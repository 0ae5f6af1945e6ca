/* Postures of every kind: standing, sitting, kneeling, lying, with a load, relaxed. What stays, that one posture is found, and that it
 * is found and not held where it should be. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "psoas/equilibrium.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"

// which tasks a posture can be solved for, and how each is held up
static const struct { const char *label; ps_posture_kind kind; } SOLVABLE[] = {
    {"standing", PS_STANDS}, {"standing-flexed:36", PS_STANDS}, {"standing-extended:20", PS_STANDS}, {"stair:left", PS_STANDS},
    {"late-stance:right", PS_STANDS}, {"lateral-bend:20", PS_STANDS}, {"twist:-20", PS_STANDS}, {"squat", PS_STANDS},
    {"sitting-relaxed", PS_SITS}, {"sitting-upright", PS_SITS}, {"sitting-slouched", PS_SITS}, {"sitting-flexed", PS_SITS},
    {"half-kneeling-lunge:right", PS_KNEELS}, {"half-kneeling-lunge:left", PS_KNEELS}, {"supine", PS_LIES}, {"prone", PS_LIES},
    {"prone-hips-flexed:28", PS_LIES}, {"side-lying:right", PS_LIES}};
enum { NSOLVABLE = (int)(sizeof SOLVABLE/sizeof *SOLVABLE) };

static ps_status try_open(const ps_model *m, const solved_task *task, ps_equilibrium **eq) {
  const ps_posture_request q = {.task = &task->task, .argument = task->argument, .side = task->side};
  ps_error err = {0};
  return ps_equilibrium_new(m, &q, NULL, eq, &err);
}

// no entry with shortening 0: released
static void tighten(ps_model *m, ps_side side, double shortening) {
  const ps_tightness_entry t = {.group = "iliopsoas", .side = side, .shortening = shortening, .stiffness = 1.0};
  ps_error err = {0};
  assert_ok(ps_model_set_tightness(m, &t, shortening > 0.0, &err));
}

static ps_equilibrium_result settle(ps_equilibrium *eq, const ps_model *target) {
  ps_equilibrium_result r;
  assert_ok(ps_equilibrium_solve(eq, target, &r));
  if (r.outcome != PS_CONVERGED) fail_msg("%s did not converge", eq->request.task->name);
  return r;
}

static void check_stays(const ps_equilibrium *eq) {
  for (int k = 0; k < eq->nstay; k++) {
    const ps_stay *stay = &eq->stay[k];
    double x[3];
    ps_state_position(eq->state, stay->body, stay->pos, x);
    for (int i = 0; i < stay->nshift; i++) assert_close(x[i], stay->at[i], 0.0, 1e-9);
    for (int i = 0; i < 9 && stay->turns; i++) assert_close(eq->state->R[9*stay->body + i], stay->R[i], 0.0, 1e-9);
  }
}

typedef struct lying { double cushion, misfit, deepest; } lying;  // [m], [N], [m]

// hard supports stay about where the task put them; the mattress pushes by its stiffness and how deep each place lies in it, and bed,
// cushions and what the arms lie on carry the body
static void check_bed(const ps_equilibrium *eq, lying *worst) {
  const ps_recruit *r = eq->recruit;
  double up = 0.0;
  if (eq->kind != PS_LIES) return;
  for (int k = 0; k < r->scene.nsupport; k++) {
    const ps_support *p = &r->scene.support[k];
    const ps_place *place = &eq->body.contact[p->contact];
    double x[3];
    ps_state_position(eq->state, place->body, place->pos, x);
    up += r->contact[3*k + 1];
    if (!p->is_soft) {
      worst->cushion = fmax(worst->cushion, fabs(x[1] - eq->bed[k]));
      continue;
    }
    // the skin rounds the corner at the surface: at most half of 5 mm, or 2.5 N
    const double deep = fmax(0.0, p->surface - x[1]);
    worst->deepest = fmax(worst->deepest, deep);
    worst->misfit = fmax(worst->misfit, fabs(r->contact[3*k + 1] - eq->opts.bed*deep) - 2.5);
  }
  for (int k = 0; k < r->scene.ncarried; k++) up += r->scene.carried[k].force[1];
  assert_close(up, eq->body.mass*eq->body.gravity, 1e-4, 0.0);
}

// nothing from nothing, to the bit; one posture from every start; what the supports hold stays
static void every_kind_of_posture_settles(void **state) {
  const solved_bench *b = *state;
  lying worst = {0.0, 0.0, 0.0};
  for (int i = 0; i < SOLVED_NPERSON; i++)
    for (int k = 0; k < NSOLVABLE; k++) {
      ps_model *m = b->model[i];
      const solved_task *task = solved_find(b, SOLVABLE[k].label);
      ps_equilibrium *eq = NULL;
      tighten(m, PS_LEFT, 0.02);
      assert_ok(try_open(m, task, &eq));
      assert_int_equal(eq->kind, SOLVABLE[k].kind);
      if (!eq->is_minimum || eq->found != PS_CONVERGED) fail_msg("%s, person %d: the reference is no minimum", task->label, i);
      assert_int_equal(settle(eq, m).evaluations, 1);
      assert_memory_equal(eq->state->q, eq->reference, (size_t)m->ncoord*sizeof(double));
      tighten(m, PS_RIGHT, 0.0865);
      settle(eq, m);
      check_stays(eq);
      check_bed(eq, &worst);
      ps_equilibrium_starts s;
      assert_ok(ps_equilibrium_restart(eq, 2, ps_rad(1.0), 2385, &s));
      if (s.nsame != s.nstart) fail_msg("%s, person %d: another start ends %.3f deg away", task->label, i, ps_deg(s.difference));
      ps_equilibrium_free(eq);
      tighten(m, PS_MIDLINE, 0.0);
    }
  printf("figure: %d tasks, 3 persons: every reference a minimum, every start one posture; cushions at most %.1f mm off, the mattress "
         "at most %.1f N off what its depth says, deepest %.0f mm\n", NSOLVABLE, 1e3*worst.cushion, worst.misfit, 1e3*worst.deepest);
  assert_true(worst.cushion > 0.0 && worst.cushion < 0.02);
  assert_true(worst.misfit < 5.0);
  assert_true(worst.deepest > 0.02 && worst.deepest < 0.15);
}

static void mirrored_tightness_mirrors_every_kind_of_posture(void **state) {
  const solved_bench *b = *state;
  static const char *const label[][2] = {{"sitting-relaxed", "sitting-relaxed"}, {"supine", "supine"}, {"prone", "prone"},
                                         {"half-kneeling-lunge:right", "half-kneeling-lunge:left"},
                                         {"side-lying:right", "side-lying:left"}};
  ps_model *m = b->model[SOLVED_WOMAN];
  double worst = 0.0;
  for (size_t k = 0; k < sizeof label/sizeof *label; k++) {
    double moved[2][256];
    for (int side = 0; side < 2; side++) {
      ps_equilibrium *eq = NULL;
      assert_ok(try_open(m, solved_find(b, label[k][side]), &eq));
      tighten(m, side == 0 ? PS_RIGHT : PS_LEFT, 0.0765);
      settle(eq, m);
      for (int j = 0; j < m->ncoord; j++) moved[side][j] = eq->state->q[j] - eq->reference[j];
      ps_equilibrium_free(eq);
      tighten(m, PS_MIDLINE, 0.0);
    }
    for (int j = 0; j < m->ncoord; j++) {
      const ps_coord *c = &m->coord[j];
      if (c->is_balanced) worst = fmax(worst, fabs(moved[1][c->mirror] - c->mirror_sign*moved[0][j]));
    }
  }
  printf("figure: mirrored tightness sitting, kneeling and lying: off by %.1e deg\n", ps_deg(worst));
  assert_true(ps_deg(worst) < 2e-3);
}

static void both_sides_tight_is_symmetric_sitting_and_lying(void **state) {
  const solved_bench *b = *state;
  static const char *const label[] = {"sitting-relaxed", "sitting-slouched", "supine", "prone"};
  ps_model *m = b->model[SOLVED_MAN];
  for (size_t k = 0; k < sizeof label/sizeof *label; k++) {
    ps_equilibrium *eq = NULL;
    tighten(m, PS_MIDLINE, 0.0);
    assert_ok(try_open(m, solved_find(b, label[k]), &eq));
    tighten(m, PS_MIDLINE, 0.10);
    settle(eq, m);
    for (int j = 0; j < m->ncoord; j++) {
      const ps_coord *c = &m->coord[j];
      if (c->is_balanced && m->body[c->body].ncoord > 0 && c->body != 0)
        assert_close(ps_deg(eq->state->q[c->mirror]), ps_deg(c->mirror_sign*eq->state->q[j]), 0.0, 1e-3);
    }
    ps_equilibrium_free(eq);
  }
  tighten(m, PS_MIDLINE, 0.0);
}

// stationary with no slope added, near the task's angles but not at them, and with less effort; whoever's reference it is
static void a_relaxed_posture_is_found(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  const solved_task *task = solved_find(b, "sitting-relaxed");
  solved held = solved_new(m, task, 2.0);
  ps_equilibrium *eq = NULL, *tight = NULL;
  assert_ok(try_open(m, task, &eq));
  for (int i = 0; i < eq->nfree; i++) assert_true(fabs(eq->off[i]) <= 1e-5);
  const double turned = ps_deg(eq->reference[eq->tilt] - eq->home[eq->tilt]);
  settle(eq, m);
  printf("figure: sitting relaxed: pelvis %+.1f deg from the task's angle, effort %.3f instead of %.3f cm2 m\n", turned,
         eq->recruit->result.objective, held.recruit->result.objective);
  assert_true(fabs(turned) > 0.5 && fabs(turned) < 15.0);
  assert_true(eq->recruit->result.objective < 0.9*held.recruit->result.objective);

  // solved from this reference, found as another's own, or handed over: one posture
  tighten(m, PS_RIGHT, 0.0865);
  assert_ok(try_open(m, task, &tight));
  settle(eq, m);
  for (int j = 0; j < m->ncoord; j++) assert_close(ps_deg(eq->state->q[j]), ps_deg(tight->reference[j]), 0.0, 2e-3);
  assert_ok(ps_equilibrium_refer(eq, m));
  for (int j = 0; j < m->ncoord; j++) assert_close(ps_deg(eq->reference[j]), ps_deg(tight->reference[j]), 0.0, 2e-3);

  // whatever was asked before: the same bits
  double first[256], off[PS_EQUILIBRIUM_SIZE];
  memcpy(first, eq->reference, (size_t)m->ncoord*sizeof *first);
  memcpy(off, eq->off, sizeof off);
  tighten(m, PS_MIDLINE, 0.15);
  assert_ok(ps_equilibrium_refer(eq, m));
  tighten(m, PS_RIGHT, 0.0865);
  assert_ok(ps_equilibrium_refer(eq, m));
  assert_memory_equal(eq->reference, first, (size_t)m->ncoord*sizeof *first);
  assert_memory_equal(eq->off, off, sizeof off);
  tighten(m, PS_MIDLINE, 0.0);
  ps_equilibrium_free(tight);
  ps_equilibrium_free(eq);
  solved_free(&held);
}

// the body as a whole goes back, the load stays about where it was asked for, the arms keep their angles to the trunk
static void a_load_is_carried_leaning_back(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  const ps_posture_request q = {.task = &solved_find(b, "standing")->task, .side = PS_RIGHT, .hold_kg = 10.0,
                                .hold_at = {0.28, 1.05, 0.0}};
  ps_equilibrium *eq = NULL;
  ps_error err = {0};
  assert_ok(ps_equilibrium_new(m, &q, NULL, &eq, &err));
  double hand[3];
  const int chest = ps_model_find_body(m, "T1"), grip = ps_model_find_landmark(m, "grip_right"), hips = ps_model_find_coord(m, "pelvis_tx");
  memcpy(eq->probe->q, eq->reference, (size_t)m->ncoord*sizeof(double));
  ps_state_kinematics(eq->probe);
  const double start = eq->probe->o[3*chest];
  const ps_equilibrium_result r = settle(eq, m);
  const double pelvis = eq->state->q[hips] - eq->reference[hips], shoulders = eq->state->o[3*chest] - start;
  ps_state_position(eq->state, m->landmark[grip].body, m->landmark[grip].pos, hand);
  printf("figure: 10 kg held at 0.28 m: hips %+.0f mm, shoulders %+.0f mm, tilt %+.2f deg, hands at %.3f and %.3f m\n", 1e3*pelvis,
         1e3*shoulders, ps_deg(r.pelvis_tilt), hand[0], hand[1]);
  assert_true(pelvis < -0.02 && shoulders < -0.02 && fabs(ps_deg(r.pelvis_tilt)) < 3.0);
  assert_close(hand[0], 0.28, 0.0, 0.02);
  assert_close(hand[1], 1.05, 0.0, 0.02);
  assert_true(eq->level_of[1] > eq->level_of[0]);
  for (int j = 0; j < m->ncoord; j++)
    if (!m->coord[j].is_balanced) assert_close(eq->state->q[j], eq->arms[j], 0.0, 0.0);
  ps_equilibrium_free(eq);
}

typedef struct settling { const char *label; double kg; bool found; } settling;

static void check_settling(const ps_model *m, const solved_task *task, const settling *want) {
  const ps_posture_request q = {.task = &task->task, .argument = task->argument, .side = task->side, .hold_kg = want->kg,
                                .hold_at = {0.28, 1.0, 0.0}};
  ps_state *held, *s;
  ps_scene scene, held_scene;
  ps_error err = {0};
  bool found = !want->found;
  assert_ok(ps_state_new(m, &held));
  assert_ok(ps_state_new(m, &s));
  assert_ok(ps_posture_apply(m, &q, held, &held_scene, &err));
  assert_ok(ps_posture_settle(m, &q, s, &scene, &found, &err));
  if (found != want->found) fail_msg("%s with %g kg: %s", want->label, want->kg, found ? "found" : "held");
  assert_int_equal(memcmp(s->q, held->q, (size_t)m->ncoord*sizeof(double)) == 0, !found);
  assert_int_equal(scene.nsupport, held_scene.nsupport);
  assert_int_equal(scene.ncarried, want->kg > 0.0 ? 2 : scene.rests ? 4 : 0);
  assert_int_equal(scene.rests, strcmp(want->label, "supine") == 0);
  assert_true(s->length[0] > 0.0);
  ps_state_free(held);
  ps_state_free(s);
}

static void settling_finds_what_is_relaxed_or_carries(void **state) {
  const solved_bench *b = *state;
  static const settling row[] = {{"standing", 0.0, false}, {"sitting-upright", 0.0, false}, {"supine", 0.0, true},
                                 {"standing", 5.0, true}, {"modified-thomas:right", 0.0, false}};
  for (size_t k = 0; k < sizeof row/sizeof *row; k++)
    check_settling(b->model[SOLVED_MAN], solved_find(b, row[k].label), &row[k]);
  // what cannot be applied cannot be settled
  const ps_model *m = b->model[SOLVED_MAN];
  const ps_posture_request far = {.task = &solved_find(b, "standing")->task, .side = PS_RIGHT, .hold_kg = 5.0,
                                  .hold_at = {2.385, 0.9, 0.0}};
  ps_state *s;
  ps_scene scene;
  ps_error err = {0};
  bool found;
  assert_ok(ps_state_new(m, &s));
  assert_int_equal(ps_posture_settle(m, &far, s, &scene, &found, &err), PS_EINPUT);
  ps_state_free(s);
}

static void refuses_a_leg_that_nothing_holds(void **state) {
  const solved_bench *b = *state;
  static const char *const label[] = {"modified-thomas:right", "straight-leg-raise:left"};
  ps_equilibrium *eq = NULL;
  for (size_t k = 0; k < sizeof label/sizeof *label; k++) {
    assert_int_equal(try_open(b->model[0], solved_find(b, label[k]), &eq), PS_EINPUT);
    assert_null(eq);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_of_posture_settles),
      cmocka_unit_test(mirrored_tightness_mirrors_every_kind_of_posture),
      cmocka_unit_test(both_sides_tight_is_symmetric_sitting_and_lying),
      cmocka_unit_test(a_relaxed_posture_is_found),
      cmocka_unit_test(a_load_is_carried_leaning_back),
      cmocka_unit_test(settling_finds_what_is_relaxed_or_carries),
      cmocka_unit_test(refuses_a_leg_that_nothing_holds),
  };
  return cmocka_run_group_tests_name("equilibrium_kinds", tests, solved_bench_open, solved_bench_close);
}
