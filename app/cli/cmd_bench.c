/* psoas bench: how long the stages of one posture, and an assessment, take on this machine. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/assess/timing.h"
#include "app/cli/cli.h"
#include "psoas/equilibrium.h"
#include "psoas/load.h"
#include "psoas/vec.h"

static const cli_option OPTION[] = {{"p", "P", "exponent of the recruitment cost, 2 to 5 (both 2 and 3)"}, {NULL, NULL, NULL}};

enum { NREPEAT = 301, NPOSTURE = 31 };

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3*(double)t.tv_sec + 1e-6*(double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *x, int n) {
  qsort(x, (size_t)n, sizeof *x, ascending);
  return x[n/2];
}

static void print_row(const char *what, double ms, double target) {
  if (target > 0.0)
    printf("%-44s %9.4f ms   target %6.2f   x %.2f\n", what, ms, target, ms/target);
  else
    printf("%-44s %9.4f ms\n", what, ms);
}

static void bench_paths(ps_state *s) {
  double kinematics[NREPEAT], paths[NREPEAT];
  for (int i = 0; i < NREPEAT; i++) {
    const double t0 = now_ms();
    ps_state_kinematics(s);
    const double t1 = now_ms();
    ps_state_paths(s);
    kinematics[i] = t1 - t0;
    paths[i] = now_ms() - t1;
  }
  const double k = median(kinematics, NREPEAT), p = median(paths, NREPEAT);
  print_row("kinematics", k, 0.0);
  print_row("kinematics, paths and arms", k + p, 0.1);
}

// warm: the next posture of a slow forward bend, with its own arms and loads
static ps_status bench_recruit(const cli_body *b, ps_posture_request *q, double p, ps_error *err) {
  double cold[NREPEAT], warm[NREPEAT], load[NREPEAT];
  ps_scene scene;
  ps_recruit_opts o = ps_recruit_default();
  ps_recruit *r = NULL;
  ps_load *l = NULL;
  o.p = p;
  PS_TRY(ps_posture_apply(b->model, q, b->state, &scene, err));
  ps_status status = ps_recruit_new(b->model, &scene, &o, &r);
  if (status == PS_OK) status = ps_load_new(b->model, &l);
  for (int i = 0; i < NREPEAT && status == PS_OK; i++) {
    q->argument = ps_rad(5.0 + 0.1*i);
    status = ps_posture_apply(b->model, q, b->state, &scene, err);
    double t0 = now_ms();
    if (status == PS_OK && i > 0) status = ps_recruit_solve(r, b->state, true);
    warm[i] = now_ms() - t0;
    t0 = now_ms();
    if (status == PS_OK) status = ps_recruit_solve(r, b->state, false);
    cold[i] = now_ms() - t0;
    t0 = now_ms();
    if (status == PS_OK) ps_load_compute(l, r, b->state);
    load[i] = now_ms() - t0;
  }
  if (status == PS_OK) {
    char text[64];
    snprintf(text, sizeof text, "recruitment cold, p = %g", p);
    print_row(text, median(cold, NREPEAT), 1.0);
    snprintf(text, sizeof text, "recruitment warm (next 0.1 deg), p = %g", p);
    print_row(text, median(warm + 1, NREPEAT - 1), 0.2);
    print_row("loads with their split", median(load, NREPEAT), 0.0);
  }
  ps_load_free(l);
  ps_recruit_free(r);
  return status;
}

// standing with the iliopsoas of both sides, or of one, 5 to 15 % shorter, each from the released posture
static ps_status bench_equilibrium(const cli_body *b, double p, ps_error *err) {
  double reference[NPOSTURE], settle[2][NPOSTURE];  // settle: both sides, one
  ps_task task;
  ps_posture_request q;
  ps_equilibrium_result r;
  ps_equilibrium_opts o = ps_equilibrium_default();
  o.recruit.p = p;
  PS_TRY(cli_task_parse("standing", &task, &q, err));
  for (int i = 0; i < NPOSTURE; i++) {
    ps_equilibrium *eq = NULL;
    ps_tightness_entry t = {.group = "iliopsoas", .shortening = 0.05 + 0.10*i/(NPOSTURE - 1), .stiffness = 1.0};
    PS_TRY(ps_model_set_tightness(b->model, NULL, 0, err));
    double t0 = now_ms();
    PS_TRY(ps_equilibrium_new(b->model, &q, &o, &eq, err));
    reference[i] = now_ms() - t0;
    ps_status status = PS_OK;
    for (int k = 0; k < 2 && status == PS_OK; k++) {
      t.side = k == 0 ? PS_MIDLINE : PS_RIGHT;
      status = ps_model_set_tightness(b->model, &t, 1, err);
      t0 = now_ms();
      if (status == PS_OK) status = ps_equilibrium_solve(eq, b->model, &r);
      settle[k][i] = now_ms() - t0;
    }
    ps_equilibrium_free(eq);
    PS_TRY(status);
  }
  printf("posture, p = %g, medians of %d\n", p, NPOSTURE);
  print_row("reference posture with its curvature", median(reference, NPOSTURE), 0.0);
  print_row("equilibrium, both sides 5 to 15 % shorter", median(settle[0], NPOSTURE), 10.0);
  print_row("equilibrium, one side 5 to 15 % shorter", median(settle[1], NPOSTURE), 10.0);
  return ps_model_set_tightness(b->model, b->model->person.tight, b->model->person.ntight, err);
}

static ps_status bench_assess(const cli_body *b, ps_error *err) {
  char text[64];
  files_uncertainty uncertainty;
  assess_timing t;
  PS_TRY(files_uncertainty_load(files_source_packed(), &uncertainty, err));
  PS_TRY(assess_time(files_anatomy_view(b->anatomy), &b->person, &uncertainty, &t, err));
  printf("assessment with both Thomas tests, p = 2\n");
  print_row("as is and released, six tasks", t.compare, 200.0);
  print_row("one drawn body", t.body, 0.0);
  print_row("assessment without draws", t.without_draws, 0.0);
  snprintf(text, sizeof text, "assessment, %d draws, %d thread%s", ASSESS_TIMED_DRAWS, t.nthread, t.nthread > 1 ? "s" : "");
  print_row(text, t.all, 5000.0);
  print_row("  polynomials of the simulated tests", t.fit, 0.0);
  print_row("  chains", t.chains, 0.0);
  print_row("  as is and released, six tasks", t.compare, 0.0);
  snprintf(text, sizeof text, "  %d drawn bodies", ASSESS_SOLVED);
  print_row(text, t.draws, 0.0);
  print_row("  polynomial of the draws, and the rest", t.all - t.fit - t.chains - t.compare - t.draws, 0.0);
  return PS_OK;
}

static ps_status bench(const cli_call *call, const cli_body *b, ps_error *err) {
  ps_task task;
  ps_posture_request q;
  PS_TRY(cli_task_parse("standing-flexed:5", &task, &q, err));
  ps_scene scene;
  double p = 0.0;
  if (cli_value(call, "p")) PS_TRY(cli_number(cli_value(call, "p"), "--p", 2.0, 5.0, &p, err));
  PS_TRY(ps_posture_apply(b->model, &q, b->state, &scene, err));
  printf("%d fascicles, %d coordinates, medians of %d\n", b->model->nmuscle, b->model->ncoord, NREPEAT);
  bench_paths(b->state);
  for (int k = 2; k <= 3; k++)
    if (p == 0.0 || k == 2) PS_TRY(bench_recruit(b, &q, p > 0.0 ? p : k, err));
  for (int k = 2; k <= 3; k++)
    if (p == 0.0 || k == 2) PS_TRY(bench_equilibrium(b, p > 0.0 ? p : k, err));
  return p > 0.0 ? PS_OK : bench_assess(b, err);
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  cli_body b;
  ps_status status = cli_body_open(call->nargument ? call->argument[0] : NULL, &b, &err);
  if (status == PS_OK) status = bench(call, &b, &err);
  cli_body_close(&b);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_BENCH = {"bench", "[PERSON.json]", "time the stages of one posture and an assessment on this machine", 0, 1, OPTION, run};
