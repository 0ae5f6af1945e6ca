/* Measures of a stretching session: how standing answers when the iliopsoas becomes longer. The session is given by what it did to
 * the hip in the study; the shortening before it is assumed (column at2), because the study measured none. The posture before is
 * the measured one, the posture after is found (docs/theory/equilibrium.md). SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/validate/validate_internal.h"
#include "psoas/equilibrium.h"
#include "psoas/vec.h"

static const char FOUND[] = "posture found: least effort near the standing posture before the session";

// a body of its own, with this shortening of both iliopsoas
static ps_status short_body(validate_bench *b, int person, double shortening, ps_model **out, ps_error *err) {
  const ps_tightness_entry tight = {.group = "iliopsoas", .side = PS_MIDLINE, .shortening = shortening, .stiffness = 1.0};
  ps_state *state = NULL;
  PS_TRY(ps_model_new(b->anatomy, &validate_table_person(b->table, person)->body, NULL, out, err));
  if (ps_state_new(*out, &state) != PS_OK) return ps_error_set(err, PS_ENOMEM, 0, "validate", "out of memory");
  ps_muscle_fit_capsule(*out, state);
  ps_state_free(state);
  return ps_model_set_tightness(*out, &tight, 1, err);
}

// the shortening that lets the simulated leg hang lower by `gain`
static ps_status after_session(validate_bench *b, const validate_row *row, double *shortening, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  double thigh = 0.0, knee = 0.0;
  const ps_thomas_setup setup = ps_thomas_setup_default();
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  PS_TRY(ps_tightness_thomas(m, PS_RIGHT, &setup, 0.01*row->at[1], s, &thigh, &knee, err));
  return ps_tightness_invert(m, PS_RIGHT, &setup, thigh - ps_rad(row->at[0]), s, shortening, err);
}

static ps_status settle(const ps_model *before, const ps_model *after, const ps_task *task, ps_equilibrium_result *out, ps_error *err) {
  const ps_posture_request request = {.task = task, .argument = task->argument_default, .side = PS_RIGHT};
  ps_equilibrium *eq = NULL;
  PS_TRY(ps_equilibrium_new(before, &request, NULL, &eq, err));
  ps_status status = ps_equilibrium_solve(eq, after, out);
  if (status == PS_OK && out->outcome != PS_CONVERGED)
    status = ps_error_set(err, PS_ENUMERIC, 0, task->name, "no posture was found after the session");
  ps_equilibrium_free(eq);
  return status;
}

static ps_status stretch(validate_bench *b, const validate_row *row, ps_equilibrium_result *out, ps_error *err) {
  ps_model *before = NULL, *after = NULL;
  ps_task task;
  ps_posture_request request;
  double shortening = 0.0;
  PS_TRY(validate_task_parse(b->words, row->task, &task, &request, err));
  PS_TRY(after_session(b, row, &shortening, err));
  ps_status status = short_body(b, row->person, 0.01*row->at[1], &before, err);
  if (status == PS_OK) status = short_body(b, row->person, shortening, &after, err);
  if (status == PS_OK) status = settle(before, after, &task, out, err);
  ps_model_free(after);
  ps_model_free(before);
  return status;
}

static ps_status tilt_after_stretch(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_equilibrium_result r;
  PS_TRY(stretch(b, row, &r, err));
  out->value = ps_deg(r.pelvis_tilt);
  return PS_OK;
}

static ps_status lordosis_after_stretch(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_equilibrium_result r;
  PS_TRY(stretch(b, row, &r, err));
  out->value = ps_deg(r.lordosis);
  return PS_OK;
}

const validate_measure VALIDATE_OF_STRETCH[] = {
    {"tilt_after_stretch", "deg", FOUND, true, false, false, tilt_after_stretch},
    {"lordosis_after_stretch", "deg", FOUND, true, false, false, lordosis_after_stretch},
};
const int VALIDATE_NSTRETCH = (int)(sizeof VALIDATE_OF_STRETCH/sizeof *VALIDATE_OF_STRETCH);
