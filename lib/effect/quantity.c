/* What the five pathways are read from. The list itself stands in quantity_list.c. Theory: docs/theory/tightness.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#include "psoas/quantity.h"

#include <math.h>
#include <string.h>

#include "quantity_parts.h"

int ps_quantity_find(const char *id) {
  int n = 0;
  const ps_quantity *list = ps_quantity_list(&n);
  for (int i = 0; i < n; i++)
    if (strcmp(list[i].id, id) == 0) return i;
  return -1;
}

double ps_quantity_endurance(const ps_endurance *e, double intensity) {
  if (isnan(intensity)) return intensity;
  return e->at_full*pow(intensity > e->least ? intensity : e->least, -e->power);
}

// ---- discs and the curve of the back -----------------------------------------------------------------------------

static double of_level(const ps_load *load, const ps_quantity *q) {
  const ps_level *at = NULL;
  for (int k = 0; k < load->nlevel && !at; k++)
    if (strcmp(load->level[k].level, q->part) == 0) at = &load->level[k];
  if (!at) return (double)NAN;
  const double compression = at->total.compression;
  if (q->kind == PS_QUANTITY_COMPRESSION) return compression;
  if (q->kind == PS_QUANTITY_SHEAR) return at->total.anterior_shear;
  if (q->kind == PS_QUANTITY_MOMENT) return at->total.flexion_moment;
  if (q->kind == PS_QUANTITY_PRESSURE) return at->pressure;
  if (q->kind == PS_QUANTITY_FLEXION) return at->angle;
  return compression > 0.0 ? at->facet_compression/compression : 0.0;  // a disc that is pulled loads no facet
}

// the neutral posture is the person's own standing curve: what flexes from there flattens it
static double lordosis(const ps_state *s) {
  static const char *const name[] = {"L5_S1_flexion", "L4_L5_flexion", "L3_L4_flexion", "L2_L3_flexion", "L1_L2_flexion"};
  double sum = s->model->stance.lordosis;
  for (size_t k = 0; k < sizeof name/sizeof *name; k++) {
    const int j = ps_model_find_coord(s->model, name[k]);
    if (j < 0) return (double)NAN;
    sum -= s->q[j];
  }
  return sum;
}

// ---- pelvis ------------------------------------------------------------------------------------------------------

// the bedside measure of the person's own stance, and how far the pelvis has turned from there
static double tilt(const ps_state *s) {
  const int j = ps_model_find_coord(s->model, "pelvis_tilt");
  return j < 0 ? (double)NAN : s->model->stance.asis_psis + s->q[j] - s->model->stance.pelvis_tilt;
}

// by the axis of the pelvis that points to the right
static double of_pelvis(const ps_state *s, ps_quantity_kind kind) {
  const double *R = s->R;
  if (kind == PS_QUANTITY_TILT) return tilt(s);
  return kind == PS_QUANTITY_OBLIQUITY ? -asin(fmax(-1.0, fmin(1.0, R[5]))) : atan2(R[2], R[8]);
}

/* The joint surface is taken to stand upright and to face sideways: x and y of the sacrum lie in it. What acts there in a
 * symmetric stance, and the moment about z, do not depend on what the symphysis carries; the rest would. */
static double of_sacroiliac(const ps_load *load, const ps_quantity *q) {
  double value[2];
  for (int k = 0; k < 2; k++) {
    const ps_reaction *x = &load->sacroiliac[k];
    value[k] = q->kind == PS_QUANTITY_SI_SHEAR ? hypot(x->force[0], x->force[1]) : x->moment[2];
  }
  return q->side == PS_RIGHT ? value[0] : q->side == PS_LEFT ? value[1] : value[0] - value[1];
}

// ---- muscles -----------------------------------------------------------------------------------------------------

static double ratio(double over, double under) { return under > 0.0 ? over/under : (double)NAN; }

static double of_psoas(const ps__sums *sums, const ps_quantity *q) {
  const ps__sum x = ps__quantity_psoas(sums, q->part);
  if (!(x.area[q->side] > 0.0)) return (double)NAN;
  if (q->kind == PS_QUANTITY_PSOAS_MOMENT) return x.moment[q->side];
  if (q->kind == PS_QUANTITY_PSOAS_FORCE) return x.force[q->side];
  return x.force[q->side]/x.area[q->side];
}

static double of_group(const ps_model *m, const ps__sums *sums, const ps_quantity *q) {
  const ps__sum *x = ps__quantity_group(sums, q->part);
  PS_ASSERT(x != NULL);
  if (q->kind == PS_QUANTITY_ACTIVATION) return ratio(x->work[q->side], x->volume[q->side]);
  const double right = ratio(x->work[PS_RIGHT], x->volume[PS_RIGHT]), left = ratio(x->work[PS_LEFT], x->volume[PS_LEFT]);
  return ps_quantity_endurance(&m->endurance, right > left ? right : left);
}

// ---- all of them -------------------------------------------------------------------------------------------------

static double read_one(const ps_solution *x, const ps__sums *sums, const ps_quantity *q) {
  switch (q->kind) {
    case PS_QUANTITY_COMPRESSION:
    case PS_QUANTITY_SHEAR:
    case PS_QUANTITY_MOMENT:
    case PS_QUANTITY_FACETS:
    case PS_QUANTITY_PRESSURE:
    case PS_QUANTITY_FLEXION: return of_level(x->load, q);
    case PS_QUANTITY_LORDOSIS: return lordosis(x->state);
    case PS_QUANTITY_PSOAS_MOMENT:
    case PS_QUANTITY_PSOAS_FORCE:
    case PS_QUANTITY_PSOAS_STRESS: return of_psoas(sums, q);
    case PS_QUANTITY_TILT:
    case PS_QUANTITY_OBLIQUITY:
    case PS_QUANTITY_ROTATION: return of_pelvis(x->state, q->kind);
    case PS_QUANTITY_SI_SHEAR:
    case PS_QUANTITY_SI_MOMENT: return of_sacroiliac(x->load, q);
    case PS_QUANTITY_ACTIVATION:
    case PS_QUANTITY_ENDURANCE: return of_group(x->load->model, sums, q);
  }
  PS_ASSERT(false && "no such kind of quantity");
  return 0.0;
}

void ps_quantity_read(const ps_solution *x, int task, double *out) {
  PS_ASSERT(task >= PS_EFFECT_STANDING && task <= PS_EFFECT_LATE_LEFT);
  PS_ASSERT(x->load->model == x->recruit->model && x->state->model == x->recruit->model);
  const int read_in = task == PS_EFFECT_LATE_LEFT ? PS_EFFECT_LATE_RIGHT : task;
  int n = 0;
  const ps_quantity *list = ps_quantity_list(&n);
  ps__sums sums;
  ps__quantity_sum(x->recruit, x->state, ps_model_find_coord(x->state->model, "T12_L1_flexion"), &sums);
  for (int i = 0; i < n; i++) out[i] = list[i].task == read_in ? read_one(x, &sums, &list[i]) : (double)NAN;
}

// one task of one of the two bodies that are compared; late stance on both legs counts half each
static void add_task(const ps_effect *e, int task, bool is_released, double *out) {
  int n = 0;
  const ps_quantity *list = ps_quantity_list(&n);
  double value[PS_QUANTITY_MAX] = {0.0};
  ps_quantity_read(is_released ? &e->task[task].released : &e->task[task].as_is, task, value);
  for (int i = 0; i < n; i++) {
    if (task == PS_EFFECT_STANDING && list[i].task == task) out[i] = value[i];
    if (task == PS_EFFECT_LATE_RIGHT && list[i].task == task) out[i] = 0.5*value[i];
    if (task == PS_EFFECT_LATE_LEFT && list[i].task == PS_EFFECT_LATE_RIGHT) out[i] += 0.5*value[i];
  }
}

static void read_body(const ps_effect *e, bool is_released, double *out) {
  int n = 0;
  ps_quantity_list(&n);
  for (int i = 0; i < n; i++) out[i] = (double)NAN;
  if (e->ntask > PS_EFFECT_STANDING) add_task(e, PS_EFFECT_STANDING, is_released, out);
  if (e->ntask <= PS_EFFECT_LATE_LEFT) return;
  add_task(e, PS_EFFECT_LATE_RIGHT, is_released, out);
  add_task(e, PS_EFFECT_LATE_LEFT, is_released, out);
}

void ps_quantity_compare(const ps_effect *effect, double *as_is, double *released) {
  read_body(effect, false, as_is);
  read_body(effect, true, released);
}
