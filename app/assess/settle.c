/* The pathway that needs a posture which answers: how far the pelvis tilts with the tightness and without, standing. Both are
 * solved (docs/theory/equilibrium.md); loads elsewhere in the analysis are compared at the posture that is held.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "app/assess/assess_internal.h"
#include "psoas/equilibrium.h"

enum { SETTLE_DRAWS = 60 };  // of the draws: each costs a solved posture, which is some milliseconds

typedef struct settler {
  assess_result *r;
  ps_posture_request request;
  ps_equilibrium_opts opts;
  bool is_measured;          // this person's own posture is the reference, as is; else the typical one, released
  ps_equilibrium *eq;        // of the released body, kept for all draws; NULL when is_measured
} settler;

static ps_status reference(settler *s, const ps_tightness_entry *tight, int n, ps_equilibrium **eq, ps_error *err) {
  PS_TRY(ps_model_set_tightness(s->r->model, tight, n, err));
  return ps_equilibrium_new(s->r->model, &s->request, &s->opts, eq, err);
}

// tilt as is minus released; *found is false where no posture was reached
static ps_status tilt_effect(settler *s, const ps_tightness_entry *tight, int n, double *effect, bool *found, ps_error *err) {
  ps_equilibrium *eq = s->eq;
  ps_equilibrium_result out;
  if (s->is_measured) PS_TRY(reference(s, tight, n, &eq, err));
  ps_status status = ps_model_set_tightness(s->r->model, s->is_measured ? NULL : tight, s->is_measured ? 0 : n, err);
  if (status == PS_OK) status = ps_equilibrium_solve(eq, s->r->model, &out);
  if (s->is_measured) ps_equilibrium_free(eq);
  if (status != PS_OK) return ps_error_set(err, status, 0, "standing", "%s", ps_status_text(status));
  *effect = s->is_measured ? -out.pelvis_tilt : out.pelvis_tilt;
  *found = out.outcome != PS_ITERATION_LIMIT;
  return PS_OK;
}

// percentiles of solved draws, spread evenly over those there are
static ps_status tilt_interval(settler *s, assess_pathway *p, ps_error *err) {
  assess_result *r = s->r;
  const int ndraw = r->ndraw < SETTLE_DRAWS ? r->ndraw : SETTLE_DRAWS;
  double effect[SETTLE_DRAWS];
  int n = 0;
  for (int i = 0; i < ndraw; i++) {
    ps_tightness_entry tight[PS_TIGHTNESS_MAX];
    const int ntight = assess_drawn_tightness(r, i*r->ndraw/ndraw, tight);
    bool found = false;
    PS_TRY(tilt_effect(s, tight, ntight, &effect[n], &found, err));
    n += found;
  }
  if (10*n < 9*ndraw) {
    p->has = false;
    p->why = "the posture did not settle in more than one draw of ten";
  }
  if (n > 0) assess_bounds(effect, n, &p->lo, &p->hi);
  return PS_OK;
}

static ps_status fill(settler *s, ps_error *err) {
  assess_result *r = s->r;
  assess_pathway *p = &r->pathway[PS_PATHWAY_PELVIS];
  const double stance = r->model->stance.asis_psis;
  double effect = 0.0;
  bool found = false;
  if (!s->is_measured) PS_TRY(reference(s, NULL, 0, &s->eq, err));
  PS_TRY(tilt_effect(s, r->tight, r->ntight, &effect, &found, err));
  *p = (assess_pathway){.has = found, .why = found ? "" : "the posture did not settle"};
  p->as_is = s->is_measured ? stance : stance + effect;
  p->released = p->as_is - effect;
  p->lo = p->hi = effect;
  return found && assess_is_drawn(r) ? tilt_interval(s, p, err) : PS_OK;
}

ps_status assess_settle(assess_result *r, double p, ps_error *err) {
  settler s = {.r = r, .opts = ps_equilibrium_default(), .is_measured = r->person.body.has_tilt || r->person.body.has_lordosis};
  const ps_task *task = &r->task[ASSESS_STANDING].task;
  s.request = (ps_posture_request){.task = task, .argument = task->argument_default, .side = PS_RIGHT};
  s.opts.recruit.p = p;
  ps_status status = fill(&s, err);
  ps_equilibrium_free(s.eq);
  if (status == PS_OK) status = ps_model_set_tightness(r->model, r->tight, r->ntight, err);
  return status;
}
