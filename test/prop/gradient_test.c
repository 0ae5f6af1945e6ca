/* The slope of the least cost against differences of the cost, each difference two recruitments of its own.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "psoas/equilibrium.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"

enum { N = PS_EQUILIBRIUM_SIZE, NPOSTURE = 20, NOTHER = 6 };

static ps_equilibrium *open_at(ps_model *m, const solved_task *task, double p, double hold_kg) {
  const ps_posture_request q = {.task = &task->task, .argument = task->argument, .side = task->side, .hold_kg = hold_kg,
                                .hold_at = {0.28, 1.05, 0.03}};
  ps_equilibrium_opts o = ps_equilibrium_default();
  o.recruit.p = p;
  o.recruit.tolerance = 1e-12;
  ps_equilibrium *eq = NULL;
  ps_error err = {0};
  if (ps_equilibrium_new(m, &q, &o, &eq, &err) != PS_OK) fail_msg("%s: %s", err.where, err.msg);
  return eq;
}

// around the reference: pelvis and legs by `wide`, levels of the spine by `narrow` [rad]
static void draw(const ps_equilibrium *eq, ps_rng *rng, double wide, double narrow, double *x) {
  for (int i = 0; i < eq->nfree; i++) x[i] = (i < eq->nbase ? wide : narrow)*ps_rng_normal(rng);
}

static double norm(const double *a, int n) {
  double sum = 0.0;
  for (int i = 0; i < n; i++) sum += a[i]*a[i];
  return sqrt(sum);
}

// error of the whole slope relative to its size
static double reduced_error(ps_equilibrium *eq, double *x, double step) {
  double g[N], unused[N], error[N];
  assert_true(isfinite(ps_equilibrium_value(eq, x, g)));
  for (int i = 0; i < eq->nfree; i++) {
    const double at = x[i];
    x[i] = at + step;
    const double ahead = ps_equilibrium_value(eq, x, unused);
    x[i] = at - step;
    const double behind = ps_equilibrium_value(eq, x, unused);
    x[i] = at;
    error[i] = (ahead - behind)/(2.0*step) - g[i];
  }
  return norm(error, eq->nfree)/norm(g, eq->nfree);
}

static double worst_error(ps_equilibrium *eq, const char *label, int n, double wide) {
  ps_rng rng;
  ps_rng_init(&rng, 2385);
  double worst = 0.0;
  for (int k = 0; k < n; k++) {
    double x[N];
    draw(eq, &rng, ps_rad(wide), ps_rad(0.25*wide), x);
    const double e = reduced_error(eq, x, 2e-6);
    worst = fmax(worst, e);
    if (!(e < 1e-5)) fail_msg("%s, posture %d of seed 2385: the slope is off by %.2e of its size", label, k, e);
  }
  return worst;
}

static void slope_of_everything_is_the_difference_of_the_cost(void **state) {
  const solved_bench *b = *state;
  for (int p = 2; p <= 3; p++) {
    ps_equilibrium *eq = open_at(b->model[SOLVED_MAN], solved_find(b, "standing"), p, 0.0);
    printf("figure: slope of effort, habit and gaze against differences of solved costs: off by %.1e at worst, %d postures, "
           "p = %d\n", worst_error(eq, "standing", NPOSTURE, 2.0), NPOSTURE, p);
    ps_equilibrium_free(eq);
  }
}

// what stays and what follows, the bed, relaxed references: every kind of posture
static void slope_of_every_kind_of_posture(void **state) {
  const solved_bench *b = *state;
  static const char *const label[] = {"sitting-relaxed", "sitting-upright", "sitting-slouched", "half-kneeling-lunge:left",
                                      "supine", "prone", "prone-hips-flexed:28", "side-lying:right"};
  double worst = 0.0;
  for (size_t k = 0; k < sizeof label/sizeof *label; k++) {
    ps_equilibrium *eq = open_at(b->model[SOLVED_WOMAN], solved_find(b, label[k]), 2.0, 0.0);
    worst = fmax(worst, worst_error(eq, label[k], NOTHER, 1.0));
    ps_equilibrium_free(eq);
  }
  printf("figure: the same sitting, kneeling and lying, 8 tasks: off by %.1e at worst, %d postures each\n", worst, NOTHER);
}

// a load that moves with the trunk
static void slope_with_a_load_in_the_hands(void **state) {
  const solved_bench *b = *state;
  ps_equilibrium *eq = open_at(b->model[SOLVED_MAN], solved_find(b, "standing"), 2.0, 12.385);
  ps_equilibrium_result r;
  assert_ok(ps_equilibrium_solve(eq, b->model[SOLVED_MAN], &r));
  assert_int_equal(r.outcome, PS_CONVERGED);
  assert_true(eq->recruit->scene.ncarried == 2);
  ps_rng rng;
  ps_rng_init(&rng, 35);
  double worst = 0.0;
  for (int k = 0; k < 5; k++) {
    double x[N];
    draw(eq, &rng, ps_rad(1.0), ps_rad(0.3), x);
    for (int i = 0; i < eq->nfree; i++) x[i] += eq->x[i];
    worst = fmax(worst, reduced_error(eq, x, 2e-6));
  }
  printf("figure: the same with 12.4 kg in the hands: off by %.1e at worst, 5 postures\n", worst);
  assert_true(worst < 1e-5);
  ps_equilibrium_free(eq);
}

// every coordinate of the body by itself, the held arms and thorax included, on a posture bent forward and to one side
static void slope_with_every_coordinate(void **state) {
  const solved_bench *b = *state;
  ps_equilibrium *eq = open_at(b->model[SOLVED_WOMAN], solved_find(b, "standing-flexed:36"), 2.0, 0.0);
  ps_rng rng;
  ps_rng_init(&rng, 7);
  double x[N], unused[N], slope[256], error[256];
  draw(eq, &rng, ps_rad(2.0), ps_rad(0.5), x);
  assert_true(isfinite(ps_equilibrium_value(eq, x, unused)));
  ps_recruit_gradient(eq->recruit, eq->state, eq->probe, slope);
  const int n = eq->body.ncoord;
  for (int j = 0; j < n; j++) {
    double cost[2];
    const double at = eq->state->q[j], step = 2e-6;
    for (int k = 0; k < 2; k++) {
      eq->state->q[j] = at + (k == 0 ? step : -step);
      ps_state_kinematics(eq->state);
      ps_state_paths(eq->state);
      assert_ok(ps_recruit_solve(eq->recruit, eq->state, true));
      cost[k] = eq->recruit->result.objective;
    }
    eq->state->q[j] = at;
    error[j] = (cost[0] - cost[1])/(2.0*step) - slope[j];
  }
  const double e = norm(error, n)/norm(slope, n);
  printf("figure: slope of the least cost with each of %d coordinates: off by %.1e of its size\n", n, e);
  assert_true(e < 1e-5);
  ps_equilibrium_free(eq);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(slope_of_everything_is_the_difference_of_the_cost),
      cmocka_unit_test(slope_of_every_kind_of_posture),
      cmocka_unit_test(slope_with_a_load_in_the_hands),
      cmocka_unit_test(slope_with_every_coordinate),
  };
  return cmocka_run_group_tests_name("gradient", tests, solved_bench_open, solved_bench_close);
}
