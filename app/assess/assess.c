/* The order of the main analysis: tightness, posture, as is against released, intervals. SPDX-License-Identifier: Apache-2.0 */
#include "app/assess/assess_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/task_library.h"
#include "psoas/vec.h"

assess_opts assess_default(void) { return (assess_opts){.seed = 1, .ndraw = 2000, .p = 2.0}; }

void assess_free(assess_result *r) {
  if (!r) return;
  ps_effect_free(r->effect);
  ps_model_free(r->model);
  free(r->posterior);
  free(r);
}

bool assess_is_iliopsoas(const ps_tightness_entry *t) {
  return strcmp(t->group, "iliopsoas") == 0 || strcmp(t->group, "psoas_major") == 0 || strcmp(t->group, "iliacus") == 0;
}

// the tasks, in the order of the enum
typedef struct task_choice { const char *name; ps_side side; bool is_held; } task_choice;
static const task_choice TASK[ASSESS_NTASK] = {[ASSESS_STANDING] = {"standing", PS_RIGHT, false},
                                               [ASSESS_LATE_STANCE_RIGHT] = {"late-stance", PS_RIGHT, true},
                                               [ASSESS_LATE_STANCE_LEFT] = {"late-stance", PS_LEFT, true},
                                               [ASSESS_EXTENDED] = {"standing-extended", PS_RIGHT, false},
                                               [ASSESS_SITTING] = {"sitting-relaxed", PS_RIGHT, false},
                                               [ASSESS_LYING] = {"supine", PS_RIGHT, false}};

static ps_status find_tasks(assess_result *r, ps_error *err) {
  for (int k = 0; k < ASSESS_NTASK; k++) PS_TRY(task_library_find(TASK[k].name, &r->task[k], err));
  return PS_OK;
}

void assess_requests(const assess_result *r, ps_effect_request out[ASSESS_NTASK]) {
  for (int k = 0; k < ASSESS_NTASK; k++)
    out[k] = (ps_effect_request){.posture = {.task = &r->task[k], .side = TASK[k].side, .argument = r->task[k].argument_default},
                                 .is_held = TASK[k].is_held};
}

ps_effect_opts assess_effect_opts(const assess_result *r, double p) {
  ps_effect_opts o = ps_effect_default();
  o.equilibrium.recruit.p = p;
  o.is_measured = r->person.body.has_tilt || r->person.body.has_lordosis;
  return o;
}

// released: the iliopsoas as in typical people; what is stated of other muscles stays
static void release(assess_result *r) {
  for (int i = 0; i < r->ntight; i++)
    if (!assess_is_iliopsoas(&r->tight[i])) r->released[r->nreleased++] = r->tight[i];
}

static ps_status compare(assess_result *r, double p, ps_error *err) {
  ps_effect_request request[ASSESS_NTASK];
  const ps_effect_opts o = assess_effect_opts(r, p);
  release(r);
  const ps_effect_states states = {.as_is = r->tight, .nas_is = r->ntight, .released = r->released, .nreleased = r->nreleased};
  PS_TRY(find_tasks(r, err));
  assess_requests(r, request);
  PS_TRY(ps_effect_new(r->model, request, ASSESS_NTASK, &o, &r->effect, err));
  PS_TRY(ps_effect_solve(r->effect, &states, err));
  ps_quantity_list(&r->nquantity);
  ps_quantity_compare(r->effect, r->as_is, r->was_released);
  for (int k = 0; k < r->nquantity; k++) {
    const double effect = r->as_is[k] - r->was_released[k];
    r->interval[k] = (assess_interval){.lo = effect, .hi = effect, .as_is_lo = r->as_is[k], .as_is_hi = r->as_is[k]};
  }
  return PS_OK;
}

// did both states find a posture?
static bool is_found(const ps_effect_task *t) {
  return t->as_is.found.outcome != PS_ITERATION_LIMIT && t->released.found.outcome != PS_ITERATION_LIMIT;
}

static void fill_pathways(assess_result *r) {
  const ps_quantity *list = ps_quantity_list(&r->nquantity);
  for (int k = 0; k < PS_NPATHWAY; k++) {
    const ps_effect_task *t = &r->effect->task[list[k].task];
    const bool has = assess_is_settled(r) && is_found(t) && (list[k].task != PS_EFFECT_LATE_RIGHT || is_found(t + 1));
    r->pathway[k] = (assess_pathway){.has = has, .why = has ? "" : "no posture was found, or not for more than one drawn body in ten", .as_is = r->as_is[k],
                                     .released = r->was_released[k], .lo = r->interval[k].lo, .hi = r->interval[k].hi};
  }
}

// the quantity "L4_L5_compression" of the level "L4/L5"
static const assess_interval *of_level(const assess_result *r, int ilevel, const char *what) {
  char id[PS_NAME_SIZE + 16];
  snprintf(id, sizeof id, "%s_%s", r->effect->task[ASSESS_STANDING].as_is.load->level[ilevel].level, what);
  *strchr(id, '/') = '_';
  const int i = ps_quantity_find(id);
  return i < 0 ? NULL : &r->interval[i];  // of the thorax there is none
}

const assess_interval *assess_level(const assess_result *r, int ilevel) { return of_level(r, ilevel, "compression"); }
const assess_interval *assess_shear(const assess_result *r, int ilevel) { return of_level(r, ilevel, "shear"); }

static ps_status run(const ps_anatomy *anatomy, const assess_opts *o, assess_result *r, ps_error *err) {
  // this person's body, with the tightness the file states
  PS_TRY(ps_model_new(anatomy, &r->person.body, NULL, &r->model, err));
  r->ntight = r->person.body.ntight;
  memcpy(r->tight, r->person.body.tight, sizeof r->tight);

  // what the tests say about tightness
  ps_state *scratch = NULL;
  PS_TRY(ps_state_new(r->model, &scratch));
  ps_muscle_fit_capsule(r->model, scratch);
  const ps_status status = assess_tightness(r, scratch, err);
  ps_state_free(scratch);
  PS_TRY(status);

  // every task as is and released, and how sure that is
  PS_TRY(compare(r, o->p, err));
  PS_TRY(assess_draw(anatomy, o, r, err));
  fill_pathways(r);
  return PS_OK;
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
  r->uncertainty = o.uncertainty;
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
