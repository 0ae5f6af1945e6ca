/* The order of the main analysis: tightness, posture, as is against released, intervals. SPDX-License-Identifier: Apache-2.0 */
#include "app/assess/assess_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/task_library.h"
#include "psoas/vec.h"

assess_opts assess_default(void) { return (assess_opts){.seed = 1, .ndraw = 300, .p = 2.0}; }

void assess_free(assess_result *r) {
  if (!r) return;
  for (int i = 0; i < ASSESS_NTASK; i++) {
    assess_task *t = &r->task[i];
    ps_recruit_free(t->as_is.recruit);
    ps_recruit_free(t->released.recruit);
    ps_load_free(t->as_is.load);
    ps_load_free(t->released.load);
    ps_state_free(t->state);
  }
  ps_model_free(r->model);
  free(r->posterior);
  free(r->effect_lo);
  free(r->effect_hi);
  free(r);
}

static ps_status new_solution(const ps_model *m, const ps_scene *scene, double p, assess_solution *out) {
  ps_recruit_opts o = ps_recruit_default();
  o.p = p;
  PS_TRY(ps_recruit_new(m, scene, &o, &out->recruit));
  return ps_load_new(m, &out->load);
}

// with this tightness into `as_is`, without any (NULL) into `released`
static ps_status solve(assess_result *r, assess_task *t, const ps_tightness_entry *tight, int n, bool is_warm, ps_error *err) {
  assess_solution *out = tight ? &t->as_is : &t->released;
  PS_TRY(ps_model_set_tightness(r->model, tight, n, err));
  const ps_status status = ps_recruit_solve(out->recruit, t->state, is_warm);
  if (status != PS_OK) return ps_error_set(err, status, 0, t->name, "%s", ps_status_text(status));
  ps_load_compute(out->load, out->recruit, t->state);
  r->warn |= out->recruit->warn;
  return PS_OK;
}

static ps_status prepare(assess_result *r, int itask, const char *name, ps_side side, double p, ps_error *err) {
  assess_task *t = &r->task[itask];
  t->name = name;
  PS_TRY(task_library_find(name, &t->task, err));
  PS_TRY(ps_state_new(r->model, &t->state));
  const ps_posture_request q = {.task = &t->task, .side = side, .argument = t->task.argument_default};
  PS_TRY(ps_posture_apply(r->model, &q, t->state, &t->scene, err));
  PS_TRY(new_solution(r->model, &t->scene, p, &t->as_is));
  PS_TRY(new_solution(r->model, &t->scene, p, &t->released));
  PS_TRY(solve(r, t, NULL, 0, false, err));
  return solve(r, t, r->tight, r->ntight, false, err);
}

// late stance is looked at on both sides; the pathway takes the mean
static double quantity(const assess_result *r, ps_pathway id, bool is_released) {
  if (id != PS_PATHWAY_NERVE) {
    const assess_task *t = &r->task[ASSESS_STANDING];
    const assess_solution *s = is_released ? &t->released : &t->as_is;
    return ps_tightness_pathway(id, s->recruit, s->load, t->state);
  }
  double sum = 0.0;
  for (int i = ASSESS_LATE_STANCE_RIGHT; i <= ASSESS_LATE_STANCE_LEFT; i++) {
    const assess_task *t = &r->task[i];
    const assess_solution *s = is_released ? &t->released : &t->as_is;
    sum += 0.5*ps_tightness_pathway(id, s->recruit, s->load, t->state);
  }
  return sum;
}

static void fill_pathways(assess_result *r) {
  for (int id = 0; id < PS_NPATHWAY; id++) {
    assess_pathway *p = &r->pathway[id];
    p->has = true;
    p->why = "";
    p->as_is = quantity(r, (ps_pathway)id, false);
    p->released = quantity(r, (ps_pathway)id, true);
    p->lo = p->hi = p->as_is - p->released;
  }
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

void assess_bounds(double *value, int n, double *lo, double *hi) {
  qsort(value, (size_t)n, sizeof *value, ascending);
  *lo = value[(int)floor(0.05*(n - 1))];
  *hi = value[(int)ceil(0.95*(n - 1))];
}

// solve every draw and keep its effects: pathways first, then the compression of each level
static ps_status draw_effects(assess_result *r, double *effect, ps_error *err) {
  const int nlevel = r->model->ndisc, nrow = PS_NPATHWAY + nlevel, n = r->ndraw;
  assess_task *standing = &r->task[ASSESS_STANDING];
  for (int i = 0; i < n; i++) {
    ps_tightness_entry tight[PS_TIGHTNESS_MAX];
    const int ntight = assess_drawn_tightness(r, i, tight);
    for (int t = 0; t < ASSESS_NTASK; t++) PS_TRY(solve(r, &r->task[t], tight, ntight, true, err));
    for (int id = 0; id < PS_NPATHWAY; id++)
      effect[id*n + i] = quantity(r, (ps_pathway)id, false) - quantity(r, (ps_pathway)id, true);
    for (int k = 0; k < nlevel; k++)
      effect[(PS_NPATHWAY + k)*n + i] =
          standing->as_is.load->level[k].total.compression - standing->released.load->level[k].total.compression;
  }
  for (int row = 0; row < nrow; row++) {
    double lo = 0.0, hi = 0.0;
    assess_bounds(effect + row*n, n, &lo, &hi);
    if (row < PS_NPATHWAY) {
      r->pathway[row].lo = lo;
      r->pathway[row].hi = hi;
    } else {
      r->effect_lo[row - PS_NPATHWAY] = lo;
      r->effect_hi[row - PS_NPATHWAY] = hi;
    }
  }

  // the as-is solutions again, as the report shows them: cold, so that they do not depend on the draws
  for (int t = 0; t < ASSESS_NTASK; t++)
    PS_TRY(solve(r, &r->task[t], r->tight, r->ntight, false, err));
  return PS_OK;
}

static ps_status intervals(assess_result *r, ps_error *err) {
  const assess_task *t = &r->task[ASSESS_STANDING];
  for (int k = 0; k < r->model->ndisc; k++)
    r->effect_lo[k] = r->effect_hi[k] =
        t->as_is.load->level[k].total.compression - t->released.load->level[k].total.compression;
  if (!assess_is_drawn(r)) return PS_OK;
  double *effect = calloc((size_t)((PS_NPATHWAY + r->model->ndisc)*r->ndraw), sizeof *effect);
  if (!effect) return PS_ENOMEM;
  const ps_status status = draw_effects(r, effect, err);
  free(effect);
  return status;
}

static ps_status run(const ps_anatomy *anatomy, const assess_opts *o, assess_result *r, ps_error *err) {
  // this person's body, with the tightness the file states
  PS_TRY(ps_model_new(anatomy, &r->person.body, NULL, &r->model, err));
  r->effect_lo = calloc((size_t)r->model->ndisc, sizeof *r->effect_lo);
  r->effect_hi = calloc((size_t)r->model->ndisc, sizeof *r->effect_hi);
  if (!r->effect_lo || !r->effect_hi) return PS_ENOMEM;
  r->ntight = r->person.body.ntight;
  memcpy(r->tight, r->person.body.tight, sizeof r->tight);

  // what the tests say about tightness
  ps_state *scratch = NULL;
  PS_TRY(ps_state_new(r->model, &scratch));
  ps_muscle_fit_capsule(r->model, scratch);
  const ps_status status = assess_tightness(r, scratch, err);
  ps_state_free(scratch);
  PS_TRY(status);

  // the same postures, as is and released
  PS_TRY(prepare(r, ASSESS_STANDING, "standing", PS_RIGHT, o->p, err));
  PS_TRY(prepare(r, ASSESS_LATE_STANCE_RIGHT, "late-stance", PS_RIGHT, o->p, err));
  PS_TRY(prepare(r, ASSESS_LATE_STANCE_LEFT, "late-stance", PS_LEFT, o->p, err));

  // what the difference is worth
  fill_pathways(r);
  PS_TRY(intervals(r, err));
  return assess_settle(r, o->p, err);
}

ps_status assess_run(const ps_anatomy *anatomy, const files_person *person, const assess_opts *opts, assess_result **out,
                     ps_error *err) {
  *out = NULL;
  const assess_opts o = opts ? *opts : assess_default();
  if (o.ndraw < 0 || o.ndraw > PS_DRAW_MAX)
    return ps_error_set(err, PS_EINPUT, 0, "draws", "draws is %d, allowed is 0 to %d", o.ndraw, PS_DRAW_MAX);
  assess_result *r = calloc(1, sizeof *r);
  if (!r) return ps_error_set(err, PS_ENOMEM, 0, "assess", "out of memory");
  r->person = *person;
  r->seed = o.seed;
  r->ndraw = o.ndraw;
  r->safety = CLINIC_INCOMPLETE;
  const ps_status status = run(anatomy, &o, r, err);
  if (status != PS_OK) {
    if (status == PS_ENOMEM) ps_error_set(err, status, 0, "assess", "out of memory");
    assess_free(r);
    return status;
  }
  *out = r;
  return PS_OK;
}
