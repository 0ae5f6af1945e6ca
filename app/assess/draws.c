/* Drawn bodies, each solved as is and released, on as many threads as there are cores. A draw depends on its number alone, so
 * the result does not depend on the threads. SPDX-License-Identifier: Apache-2.0 */
#include "app/assess/draws.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assess/assess_internal.h"

enum { NREAD = PS_EFFECT_LATE_LEFT + 1, THREADS_MAX = 8 };

typedef struct worker {
  assess_draws *draws;
  const ps_anatomy *anatomy;
  ps_effect_request request[ASSESS_NTASK];
  const ps_assumption_rows *rows;
  void *storage;             // of changed tables
  size_t storage_size;
  double p;
  int first, step;           // draws first, first + step, ...
  ps_status status;
  ps_error err;
} worker;

// tables, person and options that the assumptions of this draw stand for
static ps_status assume(worker *w, int i, ps_body_case *out) {
  const ps_body_case in = {.anatomy = *w->anatomy, .person = w->draws->result->person.body, .body = ps_body_default(),
                           .equilibrium = assess_effect_opts(w->draws->result, w->p).equilibrium};
  *out = in;
  if (!w->rows) return PS_OK;
  double z[PS_NASSUMPTION];
  ps_assumptions_draw(w->draws->result->seed, i, z);
  const ps_assumptions v = ps_assumptions_at(w->rows, z);
  ps_arena storage;
  ps_arena_init(&storage, w->storage, w->storage_size);
  return ps_assumptions_apply(w->rows, &v, &in, &storage, out, &w->err);
}

static ps_status build(worker *w, const ps_body_case *body, ps_model **model) {
  ps_state *scratch = NULL;
  PS_TRY(ps_model_new(&body->anatomy, &body->person, &body->body, model, &w->err));
  PS_TRY(ps_state_new(*model, &scratch));
  ps_muscle_fit_capsule(*model, scratch);
  ps_state_free(scratch);
  return PS_OK;
}

static ps_status compare(worker *w, int i, const ps_body_case *body, ps_model *model, ps_effect **effect) {
  const assess_result *r = w->draws->result;
  ps_tightness_entry tight[PS_TIGHTNESS_MAX];
  const ps_effect_states states = {.as_is = tight, .nas_is = assess_drawn_tightness(r, i, tight), .released = r->released, .nreleased = r->nreleased};
  ps_effect_opts o = assess_effect_opts(r, w->p);
  o.equilibrium = body->equilibrium;
  o.equilibrium.descend.tolerance = 1e-3;  // 0.001 deg of the posture; a draw needs no more
  o.like = r->effect;
  PS_TRY(ps_effect_new(model, w->request, NREAD, &o, effect, &w->err));
  return ps_effect_solve(*effect, &states, &w->err);
}

// Posture, shape and muscles are drawn each by itself, so that some bodies would stand only with back muscles at work as in lifting.
// People who stand quietly use some percent of their strength; above a tenth a body is left out: assumed, because no
// recording of quiet standing that we know comes near it. In the state to which the standing posture belongs.
static const double QUIET_MAX = 0.10;

static bool is_quiet(const ps_effect *e) {
  const ps_effect_task *t = &e->task[PS_EFFECT_STANDING];
  const ps_solution *standing = e->opts.is_measured ? &t->as_is : &t->released;
  double value[PS_QUANTITY_MAX];
  ps_quantity_read(standing, PS_EFFECT_STANDING, value);
  return value[PS_PATHWAY_COMPENSATION] <= QUIET_MAX && !(standing->recruit->warn & PS_WARN_RESERVE_LARGE);
}

// who was measured in a posture that takes effort does stand so: then effort tells nothing against a drawn body
static assess_fate fate_of(const ps_effect *drawn, const ps_effect *own) {
  if (drawn->nlost > 0) return ASSESS_LOST;
  return is_quiet(drawn) || !is_quiet(own) ? ASSESS_KEPT : ASSESS_RESTLESS;
}

static ps_status solve(worker *w, int i) {
  assess_draws *d = w->draws;
  ps_model *model = NULL;
  ps_effect *effect = NULL;
  ps_body_case body;
  ps_status status = assume(w, i, &body);
  if (status == PS_OK) status = build(w, &body, &model);
  if (status == PS_OK) status = compare(w, i, &body, model, &effect);
  if (status == PS_OK) {
    double released[PS_QUANTITY_MAX], *as_is = d->as_is + i*d->nquantity, *change = d->change + i*d->nquantity;
    ps_quantity_compare(effect, as_is, released);
    for (int k = 0; k < d->nquantity; k++) change[k] = as_is[k] - released[k];
    d->fate[i] = fate_of(effect, d->result->effect);
  } else if (status == PS_ENUMERIC) {  // this body finds no posture: counted, and left out
    d->fate[i] = ASSESS_LOST;
    status = PS_OK;
  }
  ps_effect_free(effect);
  ps_model_free(model);
  return status;
}

static void *work(void *context) {
  worker *w = context;
  for (int i = w->first; i < w->draws->n && w->status == PS_OK; i += w->step) w->status = solve(w, i);
  return NULL;
}

static int thread_count(int asked) {
  const long cores = asked > 0 ? asked : sysconf(_SC_NPROCESSORS_ONLN);
  return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (int)cores;
}

static ps_status run(assess_draws *d, const ps_anatomy *anatomy, const assess_opts *o, ps_error *err) {
  worker w[THREADS_MAX];
  pthread_t thread[THREADS_MAX];
  bool is_running[THREADS_MAX] = {false};
  const int n = thread_count(o->nthread);
  const size_t size = ps_assumptions_storage_size(anatomy);
  d->storage = malloc((size_t)n*size);
  if (!d->storage) return PS_ENOMEM;
  for (int k = 0; k < n; k++) {
    w[k] = (worker){.draws = d, .anatomy = anatomy, .rows = o->uncertainty ? &o->uncertainty->rows : NULL, .p = o->p, .first = k, .step = n, .status = PS_OK,
                    .storage = d->storage + (size_t)k*size, .storage_size = size};
    assess_requests(d->result, w[k].request);
  }
  // a thread that cannot be had is done here
  for (int k = 1; k < n; k++) is_running[k] = pthread_create(&thread[k], NULL, work, &w[k]) == 0;
  for (int k = 0; k < n; k++)
    if (!is_running[k]) work(&w[k]);
  for (int k = 1; k < n; k++)
    if (is_running[k]) pthread_join(thread[k], NULL);
  for (int k = 0; k < n; k++) {
    if (w[k].status == PS_OK) continue;
    if (err) *err = w[k].err;
    return w[k].status;
  }
  return PS_OK;
}

void assess_draws_free(assess_draws *d) {
  if (!d) return;
  free(d->storage);
  free(d->as_is);
  free(d->change);
  free(d->fate);
  free(d);
}

ps_status assess_draws_solve(const ps_anatomy *anatomy, const assess_opts *o, int n, const assess_result *r, assess_draws **out, ps_error *err) {
  *out = NULL;
  assess_draws *d = calloc(1, sizeof *d);
  if (!d) return PS_ENOMEM;
  *d = (assess_draws){.result = r, .n = n, .nquantity = r->nquantity};
  const size_t cells = (size_t)(n*d->nquantity);
  d->as_is = calloc(cells, sizeof *d->as_is);
  d->change = calloc(cells, sizeof *d->change);
  d->fate = calloc((size_t)n, sizeof *d->fate);
  const ps_status status = d->as_is && d->change && d->fate ? run(d, anatomy, o, err) : PS_ENOMEM;
  if (status == PS_OK) *out = d;
  else assess_draws_free(d);
  return status;
}
