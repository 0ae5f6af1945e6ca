/* Measures that are read off solved postures: pressure, compression, activity, changes of angles.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/validate/validate_internal.h"
#include "psoas/muscle.h"
#include "psoas/vec.h"

static const char HELD[] = "posture held by the angles of its task";

static ps_status level_of(validate_bench *b, const validate_row *row, const char *task, ps_level *out, ps_error *err) {
  const validate_solution *s = NULL;
  PS_TRY(validate_solve(b, row->person, task, &s, err));
  for (int k = 0; k < s->load->nlevel; k++) {
    *out = s->load->level[k];
    if (strcmp(out->level, row->level) == 0) return PS_OK;
  }
  return ps_error_set(err, PS_EFORMAT, 0, row->id, "the body has no level %s", row->level);
}

static ps_status idp(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_level v = {.level = NULL};
  PS_TRY(level_of(b, row, row->task, &v, err));
  out->value = v.pressure*1e-6;
  return PS_OK;
}

static ps_status idp_ratio(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_level v = {.level = NULL}, w = v;
  PS_TRY(level_of(b, row, row->task, &v, err));
  PS_TRY(level_of(b, row, row->baseline, &w, err));
  out->value = v.pressure/w.pressure;
  return PS_OK;
}

static ps_status compression(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_level v = {.level = NULL};
  PS_TRY(level_of(b, row, row->task, &v, err));
  out->value = v.total.compression;
  return PS_OK;
}

// the most that muscles which bend backward can give about a level in this posture: all at full activation, whatever the
// other joints need; discs and ligaments left out [N m]
static ps_status extension_strength(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  const validate_solution *s = NULL;
  ps_name name;
  PS_TRY(validate_solve(b, row->person, row->task, &s, err));
  snprintf(name, sizeof name, "%s_flexion", row->level);
  char *slash = strchr(name, '/');
  if (slash) *slash = '_';
  const ps_model *m = s->recruit->model;
  const int j = ps_model_find_coord(m, name);
  if (j < 0) return ps_error_set(err, PS_EFORMAT, 0, row->id, "the body has no coordinate %s", name);
  out->value = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const int k = ps_model_arm(m, i, j);
    if (k < 0 || m->muscle[i].is_pressure || s->state->arm[k] >= 0.0) continue;
    const ps_muscle_force f = ps_muscle_at(&m->muscle[i], s->state->length[i]);
    out->value -= s->state->arm[k]*(f.active + f.passive);
  }
  return PS_OK;
}

// mean activation of a group on a side (PS_MIDLINE: both), weighted by volume
static double mean_activation(const validate_solution *s, const char *group, ps_side side) {
  const ps_model *m = s->recruit->model;
  double sum = 0.0, volume = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    if (strcmp(m->muscle[i].group, group) != 0 || (side != PS_MIDLINE && m->muscle[i].side != side)) continue;
    sum += m->muscle[i].volume*s->recruit->result.a[i];
    volume += m->muscle[i].volume;
  }
  return volume > 0.0 ? sum/volume : (double)NAN;
}

// of the group in `level`, percent of maximum: task - baseline
static ps_status activation_difference(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  const validate_solution *s = NULL, *t = NULL;
  PS_TRY(validate_solve(b, row->person, row->task, &s, err));
  PS_TRY(validate_solve(b, row->person, row->baseline, &t, err));
  out->value = 100.0*(mean_activation(s, row->level, PS_MIDLINE) - mean_activation(t, row->level, PS_MIDLINE));
  return PS_OK;
}

// left over right, in a task of the right side
static ps_status activation_left_to_right(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  const validate_solution *s = NULL;
  PS_TRY(validate_solve(b, row->person, row->task, &s, err));
  const double right = mean_activation(s, row->level, PS_RIGHT), left = mean_activation(s, row->level, PS_LEFT);
  if (right <= 1e-6) out->why = "the muscle is active on neither side";
  else out->value = left/right;
  return PS_OK;
}

// change of a sum of coordinates whose name ends in `_flexion`, task - baseline [deg]
static ps_status change(validate_bench *b, const validate_row *row, const char *const *name, int n, validate_answer *out,
                        ps_error *err) {
  const validate_solution *s = NULL, *t = NULL;
  PS_TRY(validate_solve(b, row->person, row->task, &s, err));
  PS_TRY(validate_solve(b, row->person, row->baseline, &t, err));
  out->value = 0.0;
  for (int i = 0; i < n; i++) {
    const int j = ps_model_find_coord(s->recruit->model, name[i]);
    if (j < 0) return ps_error_set(err, PS_EFORMAT, 0, row->id, "the body has no coordinate %s", name[i]);
    out->value += ps_deg(s->state->q[j] - t->state->q[j]);
  }
  return PS_OK;
}

static ps_status pelvis_change(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  static const char *const name[] = {"pelvis_tilt"};
  return change(b, row, name, 1, out, err);
}

static ps_status lordosis_change(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  static const char *const name[] = {"L5_S1_flexion", "L4_L5_flexion", "L3_L4_flexion", "L2_L3_flexion", "L1_L2_flexion"};
  PS_TRY(change(b, row, name, 5, out, err));
  out->value = -out->value;
  return PS_OK;
}

const validate_measure VALIDATE_OF_POSTURE[] = {
    {"idp", "MPa", HELD, true, false, true, idp},
    {"idp_ratio", "-", HELD, true, true, true, idp_ratio},
    {"compression", "N", HELD, true, false, true, compression},
    {"extension_strength", "Nm", HELD, true, false, true, extension_strength},
    {"activation_difference", "%", HELD, true, true, true, activation_difference},
    {"activation_left_to_right", "-", HELD, true, false, true, activation_left_to_right},
    {"pelvis_change", "deg", HELD, true, true, false, pelvis_change},
    {"lordosis_change", "deg", HELD, true, true, false, lordosis_change},
};
const int VALIDATE_NPOSTURE = (int)(sizeof VALIDATE_OF_POSTURE/sizeof *VALIDATE_OF_POSTURE);
