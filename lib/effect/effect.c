/* The same person as is and released: two solved postures for every task, with their forces and loads.
 * Theory: docs/theory/tightness.md. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/effect.h"

#include <stdlib.h>
#include <string.h>

ps_effect_opts ps_effect_default(void) { return (ps_effect_opts){.equilibrium = ps_equilibrium_default()}; }

static void solution_free(ps_solution *s) {
  ps_load_free(s->load);
  ps_recruit_free(s->recruit);
  ps_state_free(s->state);
}

void ps_effect_free(ps_effect *e) {
  if (!e) return;
  for (int k = 0; k < e->ntask; k++) {
    solution_free(&e->task[k].as_is);
    solution_free(&e->task[k].released);
    ps_equilibrium_free(e->task[k].equilibrium);
  }
  free(e);
}

static ps_status solution_new(const ps_effect *e, const ps_scene *scene, ps_solution *s) {
  PS_TRY(ps_recruit_new(e->model, scene, &e->opts.equilibrium.recruit, &s->recruit));
  return ps_load_new(e->model, &s->load);
}

// what holds the body up: from the equilibrium, or from the posture that is held
static ps_status find_scene(ps_effect *e, int k, ps_scene *scene, ps_error *err) {
  ps_effect_task *t = &e->task[k];
  const ps_posture_request *posture = &t->request.posture;
  if (t->request.is_held) return ps_posture_apply(e->model, posture, t->as_is.state, scene, err);
  ps_equilibrium_opts o = e->opts.equilibrium;
  o.like = e->opts.like ? e->opts.like->task[k].equilibrium : NULL;
  PS_TRY(ps_equilibrium_new(e->model, posture, &o, &t->equilibrium, err));
  *scene = t->equilibrium->recruit->scene;
  return PS_OK;
}

static ps_status task_new(ps_effect *e, int k, const ps_effect_request *request, ps_error *err) {
  ps_effect_task *t = &e->task[k];
  ps_scene scene;
  t->request = *request;
  ps_status status = ps_state_new(e->model, &t->as_is.state);
  if (status == PS_OK) status = ps_state_new(e->model, &t->released.state);
  if (status == PS_OK) PS_TRY(find_scene(e, k, &scene, err));
  if (status == PS_OK) status = solution_new(e, &scene, &t->as_is);
  if (status == PS_OK) status = solution_new(e, &scene, &t->released);
  return status == PS_OK ? PS_OK : ps_error_set(err, status, 0, request->posture.task->name, "%s", ps_status_text(status));
}

ps_status ps_effect_new(ps_model *model, const ps_effect_request *request, int ntask, const ps_effect_opts *opts,
                        ps_effect **out, ps_error *err) {
  PS_ASSERT(ntask >= 0 && ntask <= PS_EFFECT_TASKS_MAX);
  *out = NULL;
  ps_effect *e = calloc(1, sizeof *e);
  if (!e) return ps_error_set(err, PS_ENOMEM, 0, "ps_effect_new", "out of memory");
  e->model = model;
  e->opts = opts ? *opts : ps_effect_default();
  PS_ASSERT(!e->opts.like || e->opts.like->ntask >= ntask);
  ps_status status = PS_OK;
  for (; e->ntask < ntask && status == PS_OK; e->ntask++) status = task_new(e, e->ntask, &request[e->ntask], err);
  if (status == PS_OK)
    *out = e;
  else
    ps_effect_free(e);
  return status;
}

// find the posture of one state, or take the one that is held
static ps_status place(ps_effect *e, ps_effect_task *t, ps_solution *s) {
  const size_t size = (size_t)e->model->ncoord*sizeof *s->state->q;
  if (t->request.is_held) {
    if (s != &t->as_is) memcpy(s->state->q, t->as_is.state->q, size);
    s->found = (ps_equilibrium_result){.limit = -1};
    return PS_OK;
  }
  PS_TRY(ps_equilibrium_solve(t->equilibrium, e->model, &s->found));
  memcpy(s->state->q, t->equilibrium->state->q, size);
  s->recruit->scene = t->equilibrium->recruit->scene;
  return PS_OK;
}

// a solve of its own that no neighbour warmed
static ps_status bear(ps_effect *e, ps_solution *s) {
  ps_state_kinematics(s->state);
  ps_state_paths(s->state);
  PS_TRY(ps_recruit_solve(s->recruit, s->state, false));
  ps_load_compute(s->load, s->recruit, s->state);
  e->warn |= s->recruit->warn;
  return PS_OK;
}

// A posture that was found must rest on its supports. A moment of a motion need not: what they cannot carry is the motion's own
// inertia, which no task holds; that stays a warning
static bool is_lost(const ps_solution *s, bool is_held) {
  const unsigned fault = PS_WARN_NOT_CONVERGED | (is_held ? 0u : PS_WARN_UNBALANCED);
  return s->found.outcome == PS_ITERATION_LIMIT || (s->recruit->warn & fault) != 0;
}

// one state of the muscles, in every task
static ps_status settle(ps_effect *e, bool is_released, ps_error *err) {
  for (int k = 0; k < e->ntask; k++) {
    ps_effect_task *t = &e->task[k];
    ps_solution *s = is_released ? &t->released : &t->as_is;
    ps_status status = place(e, t, s);
    if (status == PS_OK) status = bear(e, s);
    if (status != PS_OK) return ps_error_set(err, status, 0, t->request.posture.task->name, "%s", ps_status_text(status));
    e->nsolve++;
    e->nlost += is_lost(s, t->request.is_held);
  }
  return PS_OK;
}

// the body to which the reference postures belong
static ps_status refer(ps_effect *e, const ps_effect_states *x, ps_error *err) {
  PS_TRY(ps_model_set_tightness(e->model, e->opts.is_measured ? x->as_is : x->released, e->opts.is_measured ? x->nas_is : x->nreleased, err));
  for (int k = 0; k < e->ntask; k++) {
    if (e->task[k].request.is_held) continue;
    const ps_status status = ps_equilibrium_refer(e->task[k].equilibrium, e->model);
    if (status != PS_OK) return ps_error_set(err, status, 0, e->task[k].request.posture.task->name, "%s", ps_status_text(status));
  }
  return PS_OK;
}

ps_status ps_effect_solve(ps_effect *e, const ps_effect_states *x, ps_error *err) {
  e->warn = 0;
  e->nlost = 0;
  PS_TRY(refer(e, x, err));
  PS_TRY(ps_model_set_tightness(e->model, x->released, x->nreleased, err));
  PS_TRY(settle(e, true, err));
  PS_TRY(ps_model_set_tightness(e->model, x->as_is, x->nas_is, err));
  return settle(e, false, err);
}
