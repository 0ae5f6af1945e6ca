// SPDX-License-Identifier: Apache-2.0
#include "app/assess/timing.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "app/assess/draws.h"
#include "psoas/vec.h"

enum { NBODY = 40, NCOMPARE = 7, THREADS_MAX = 8 };  // as many threads as assess takes

typedef struct ground {      // what the parts stand on
  const ps_anatomy *anatomy;
  files_person person;       // with both Thomas tests
  assess_opts opts;
} ground;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3*(double)t.tv_sec + 1e-6*(double)t.tv_nsec;
}

static ps_status time_assess(const ground *g, int ndraw, assess_result **result, double *ms, ps_error *err) {
  assess_opts o = g->opts;
  o.ndraw = ndraw;
  const double t0 = now_ms();
  PS_TRY(assess_run(g->anatomy, &g->person, &o, result, err));
  *ms = now_ms() - t0;
  return PS_OK;
}

// the whole comparison again: postures of reference, as is and released
static ps_status time_compare(const assess_result *r, double *ms, ps_error *err) {
  ps_effect_request request[ASSESS_NTASK];
  const ps_effect_states states = {.as_is = r->tight, .nas_is = r->ntight, .released = r->released, .nreleased = r->nreleased};
  for (int k = 0; k < ASSESS_NTASK; k++) request[k] = r->effect->task[k].request;
  const double t0 = now_ms();
  for (int i = 0; i < NCOMPARE; i++) {
    ps_effect *e = NULL;
    PS_TRY(ps_effect_new(r->model, request, ASSESS_NTASK, &r->effect->opts, &e, err));
    const ps_status status = ps_effect_solve(e, &states, err);
    ps_effect_free(e);
    PS_TRY(status);
  }
  *ms = (now_ms() - t0)/NCOMPARE;
  return PS_OK;
}

static ps_status time_draws(const ground *g, const assess_result *r, int n, int nthread, double *ms, ps_error *err) {
  assess_opts o = g->opts;
  assess_draws *d = NULL;
  o.nthread = nthread;
  const double t0 = now_ms();
  PS_TRY(assess_draws_solve(g->anatomy, &o, n, r, &d, err));
  *ms = now_ms() - t0;
  assess_draws_free(d);
  return PS_OK;
}

// the polynomials of the simulated tests, and the chains that ask them
static ps_status time_posterior(const ground *g, assess_result *r, assess_timing *t, ps_error *err) {
  ps_infer_opts o = ps_infer_default();
  o.ndraw = ASSESS_TIMED_DRAWS;
  const size_t fit = ps_surrogate_scratch_size(), chains = ps_posterior_scratch_size(&o), size = fit > chains ? fit : chains;
  ps_state *scratch = NULL;
  ps_readings q = {.has_tilt = false};
  for (int k = 0; k < 2; k++)
    q.side[k] = (ps_bedside){.has_thomas = true, .is_controlled = true, .hip_angle = ps_rad(g->person.thomas[k].hip_angle_deg)};
  void *memory = malloc(size);
  ps_surrogate *s = calloc(1, sizeof *s);
  ps_posterior *out = calloc(1, sizeof *out);
  ps_status status = memory && s && out ? ps_state_new(r->model, &scratch) : PS_ENOMEM;
  if (status == PS_OK) {
    ps_arena arena;
    ps_arena_init(&arena, memory, size);
    const ps_subject who = {r->model, scratch, ps_prior_default()};
    double t0 = now_ms();
    status = ps_surrogate_fit(&who, 1, &arena, s, err);
    t->fit = now_ms() - t0;
    t0 = now_ms();
    if (status == PS_OK) status = ps_posterior_infer(s, &q, &o, &arena, out, err);
    t->chains = now_ms() - t0;
  }
  ps_state_free(scratch);
  free(out);
  free(s);
  free(memory);
  return status;
}

static ps_status time_all(const ground *g, assess_timing *t, ps_error *err) {
  assess_result *r = NULL;
  PS_TRY(time_assess(g, 0, &r, &t->without_draws, err));
  assess_free(r);
  PS_TRY(time_assess(g, ASSESS_TIMED_DRAWS, &r, &t->all, err));
  ps_status status = time_compare(r, &t->compare, err);
  if (status == PS_OK) status = time_draws(g, r, NBODY, 1, &t->body, err);
  t->body /= NBODY;
  if (status == PS_OK) status = time_draws(g, r, ASSESS_SOLVED, g->opts.nthread, &t->draws, err);
  if (status == PS_OK) status = time_posterior(g, r, t, err);
  assess_free(r);
  return status;
}

ps_status assess_time(const ps_anatomy *anatomy, const files_person *person, const files_uncertainty *uncertainty,
                      assess_timing *out, ps_error *err) {
  const long cores = sysconf(_SC_NPROCESSORS_ONLN);
  ground g = {.anatomy = anatomy, .person = *person, .opts = assess_default()};
  g.opts.uncertainty = uncertainty;
  g.opts.nthread = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (int)cores;
  for (int k = 0; k < 2; k++)
    if (!g.person.thomas[k].has)
      g.person.thomas[k] = (files_thomas){.has = true, .hip_angle_deg = 4.0 - 5.0*k, .knee_flexion_deg = 70.0, .pelvis_controlled = true};
  *out = (assess_timing){.nthread = g.opts.nthread};
  return time_all(&g, out, err);
}
