/* Measures that are read off the body itself: the hanging leg, passive moments, muscle arms, the standing curve.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/validate/validate_internal.h"
#include "psoas/muscle.h"
#include "psoas/vec.h"

static const char HANGS[] = "leg found at rest, trunk held";
static const char GEOMETRY[] = "paths and curves of muscles, no posture solved";
static const char SHAPE[] = "standing shape as the tables give it";

static ps_status find_coord(const validate_row *row, const ps_model *m, const char *name, int *out, ps_error *err) {
  *out = ps_model_find_coord(m, name);
  return *out >= 0 ? PS_OK : ps_error_set(err, PS_EFORMAT, 0, row->id, "the body has no coordinate %s", name);
}

// coordinate of a level: "L4/L5" and "flexion" give L4_L5_flexion
static ps_status level_coord(const validate_row *row, const ps_model *m, const char *movement, int *out, ps_error *err) {
  ps_name name;
  snprintf(name, sizeof name, "%s_%s", row->level, movement);
  char *slash = strchr(name, '/');
  if (slash) *slash = '_';
  return find_coord(row, m, name, out, err);
}

// ---- the Thomas test -----------------------------------------------------------------------------------------------

// the leg's rest; at: roll of the pelvis back from standing [deg], shortening of the iliopsoas [%]
static ps_status hang(validate_bench *b, const validate_row *row, double roll_deg, double *thigh, double *knee, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  ps_thomas_setup setup = ps_thomas_setup_default();
  setup.pelvis_tilt_back = ps_rad(roll_deg);
  PS_TRY(ps_tightness_thomas(m, PS_RIGHT, &setup, 0.01*row->at[1], s, thigh, knee, err));
  *thigh = ps_deg(*thigh);
  *knee = ps_deg(*knee);
  return PS_OK;
}

static ps_status thomas_thigh(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  double knee = 0.0;
  return hang(b, row, row->at[0], &out->value, &knee, err);
}

static ps_status thomas_knee(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  double thigh = 0.0;
  return hang(b, row, row->at[0], &thigh, &out->value, err);
}

// pelvis free (standing tilt kept) minus pelvis controlled
static ps_status thomas_knee_change(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  double thigh = 0.0, free_knee = 0.0, controlled = 0.0;
  PS_TRY(hang(b, row, 0.0, &thigh, &free_knee, err));
  PS_TRY(hang(b, row, row->at[0], &thigh, &controlled, err));
  out->value = free_knee - controlled;
  return PS_OK;
}

// ---- passive hip moment; at: hip flexion, knee flexion [deg] -------------------------------------------------------

static ps_status hip_moment(validate_bench *b, const validate_row *row, bool has_capsule, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  int hip = 0, knee = 0;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  PS_TRY(find_coord(row, m, "hip_flexion_right", &hip, err));
  PS_TRY(find_coord(row, m, "knee_flexion_right", &knee, err));
  s->q[hip] = ps_rad(row->at[0]);
  s->q[knee] = ps_rad(row->at[1]);
  ps_state_kinematics(s);
  ps_state_paths(s);
  out->value = has_capsule ? ps_muscle_capsule(m, s->q[hip]) : 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const int k = ps_model_arm(m, i, hip);
    if (k >= 0) out->value += s->arm[k]*ps_muscle_at(&m->muscle[i], s->length[i]).passive;
  }
  return PS_OK;
}

static ps_status hip_muscles(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  return hip_moment(b, row, false, out, err);
}
static ps_status hip_whole(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  return hip_moment(b, row, true, out, err);
}

// ---- psoas ---------------------------------------------------------------------------------------------------------

static ps_status standing_paths(validate_bench *b, const validate_row *row, ps_model **m, ps_state **s, ps_error *err) {
  PS_TRY(validate_body(b, row->person, m, s, err));
  ps_state_kinematics(*s);
  ps_state_paths(*s);
  return PS_OK;
}

// moment of both muscles at full activation about a level, bending backward + [N m]
static ps_status psoas_extension(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  int j = 0;
  PS_TRY(standing_paths(b, row, &m, &s, err));
  PS_TRY(level_coord(row, m, "flexion", &j, err));
  out->value = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const int k = ps_model_arm(m, i, j);
    if (k < 0 || strcmp(m->muscle[i].group, "psoas_major") != 0) continue;
    const ps_muscle_force f = ps_muscle_at(&m->muscle[i], s->length[i]);
    out->value -= s->arm[k]*(f.active + f.passive);
  }
  return PS_OK;
}

// mean arm of the right muscle's fascicles in bending sideways, weighted by strength [m]
static ps_status lateral_arm(const validate_row *row, const ps_model *m, const ps_state *s, const char *name, double *out,
                             ps_error *err) {
  int j = 0;
  double sum = 0.0, weight = 0.0;
  PS_TRY(find_coord(row, m, name, &j, err));
  for (int i = 0; i < m->nmuscle; i++) {
    const int k = ps_model_arm(m, i, j);
    if (k < 0 || strcmp(m->muscle[i].group, "psoas_major") != 0 || m->muscle[i].side != PS_RIGHT) continue;
    sum += m->muscle[i].strength*fabs(s->arm[k]);
    weight += m->muscle[i].strength;
  }
  *out = weight > 0.0 ? sum/weight : (double)NAN;
  return PS_OK;
}

// from L2/L3 down to L5/S1: at how many of the three steps does the lateral arm grow?
static ps_status psoas_lateral_steps(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  static const char *const name[] = {"L2_L3_lateral", "L3_L4_lateral", "L4_L5_lateral", "L5_S1_lateral"};
  ps_model *m = NULL;
  ps_state *s = NULL;
  double before = 0.0, arm = 0.0;
  PS_TRY(standing_paths(b, row, &m, &s, err));
  PS_TRY(lateral_arm(row, m, s, name[0], &before, err));
  out->value = 0.0;
  for (int i = 1; i < 4; i++) {
    PS_TRY(lateral_arm(row, m, s, name[i], &arm, err));
    out->value += arm > before;
    before = arm;
  }
  return PS_OK;
}

// fibres of a group in the neutral pose, mean weighted by volume
static ps_status fibre_length(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  double sum = 0.0, volume = 0.0;
  PS_TRY(standing_paths(b, row, &m, &s, err));
  for (int i = 0; i < m->nmuscle; i++) {
    if (strcmp(m->muscle[i].group, row->level) != 0) continue;
    sum += m->muscle[i].volume*ps_muscle_at(&m->muscle[i], s->length[i]).lnorm;
    volume += m->muscle[i].volume;
  }
  out->value = volume > 0.0 ? sum/volume : (double)NAN;
  return PS_OK;
}

// of one side [cm2]
static ps_status group_area(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  out->value = 0.0;
  for (int i = 0; i < m->nmuscle; i++)
    if (strcmp(m->muscle[i].group, row->level) == 0 && m->muscle[i].side == PS_RIGHT)
      out->value += m->muscle[i].volume/m->muscle[i].optimal_length;
  return PS_OK;
}

// ---- the spine: shape and stiffness --------------------------------------------------------------------------------

static ps_status lordosis(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  out->value = ps_deg(m->stance.lordosis);
  return PS_OK;
}
static ps_status pelvic_tilt(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  out->value = ps_deg(m->stance.tilt_radiographic);
  return PS_OK;
}
static ps_status sacral_slope(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  out->value = ps_deg(m->stance.sacral_slope);
  return PS_OK;
}
static ps_status asis_psis(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  out->value = ps_deg(m->stance.asis_psis);
  return PS_OK;
}

// slope of a body's endplate, bending backward +
static double endplate(const ps_model *m, const ps_state *s, int body) {
  const double *R = s->R + 9*body;
  const bool is_sacrum = strcmp(m->body[body].name, "sacrum") == 0;
  return atan2(R[3], R[0]) - (is_sacrum ? m->stance.endplate : 0.0);
}

static ps_status segment_lordosis(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  ps_state_kinematics(s);
  for (int k = 0; k < m->ndisc; k++) {
    if (strcmp(m->disc[k].level, row->level) != 0) continue;
    out->value = ps_deg(endplate(m, s, m->disc[k].upper) - endplate(m, s, m->disc[k].lower));
    return PS_OK;
  }
  return ps_error_set(err, PS_EFORMAT, 0, row->id, "the body has no level %s", row->level);
}

// rotation of the bushing alone under a moment (at1, N m): at2 = 0 flexion, 1 lateral, 2 axial
static ps_status segment_rotation(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  static const char *const movement[] = {"flexion", "lateral", "axial"};
  ps_model *m = NULL;
  ps_state *s = NULL;
  int j = 0;
  PS_TRY(validate_body(b, row->person, &m, &s, err));
  PS_TRY(level_coord(row, m, movement[row->at[1] >= 2.0 ? 2 : row->at[1] >= 1.0 ? 1 : 0], &j, err));
  double lo = 0.0, hi = 1.0;
  for (int i = 0; i < 60; i++) {  // a rising cubic: halving finds its only root
    const double q = 0.5*(lo + hi);
    if (m->coord[j].linear*q + m->coord[j].cubic*q*q*q < row->at[0]) lo = q;
    else hi = q;
  }
  out->value = ps_deg(lo);
  return PS_OK;
}

const validate_measure VALIDATE_OF_BODY[] = {
    {"thomas_thigh", "deg", HANGS, false, false, false, thomas_thigh},
    {"thomas_knee", "deg", HANGS, false, false, false, thomas_knee},
    {"thomas_knee_change", "deg", HANGS, false, false, false, thomas_knee_change},
    {"hip_moment_muscles", "Nm", GEOMETRY, false, false, false, hip_muscles},
    {"hip_moment_whole", "Nm", GEOMETRY, false, false, false, hip_whole},
    {"psoas_extension_moment", "Nm", GEOMETRY, false, false, true, psoas_extension},
    {"psoas_lateral_steps", "-", GEOMETRY, false, false, false, psoas_lateral_steps},
    {"fibre_length", "-", GEOMETRY, false, false, true, fibre_length},
    {"group_area", "cm2", GEOMETRY, false, false, true, group_area},
    {"standing_lordosis", "deg", SHAPE, false, false, false, lordosis},
    {"standing_pelvic_tilt", "deg", SHAPE, false, false, false, pelvic_tilt},
    {"standing_sacral_slope", "deg", SHAPE, false, false, false, sacral_slope},
    {"standing_asis_psis", "deg", SHAPE, false, false, false, asis_psis},
    {"segment_lordosis", "deg", SHAPE, false, false, true, segment_lordosis},
    {"segment_rotation", "deg", "stiffness of the bushing", false, false, true, segment_rotation},
};
const int VALIDATE_NBODY = (int)(sizeof VALIDATE_OF_BODY/sizeof *VALIDATE_OF_BODY);
