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

typedef enum passive { MUSCLES_AT_HIP, ALL_AT_HIP, ALL_AT_KNEE } passive;

static ps_status passive_moment(validate_bench *b, const validate_row *row, passive what, validate_answer *out, ps_error *err) {
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
  const ps_coord *c = &m->coord[knee];
  const double q = s->q[knee];
  out->value = what == ALL_AT_HIP ? ps_muscle_capsule(m, s->q[hip]) : what == ALL_AT_KNEE ? -(c->linear + c->cubic*q*q)*q : 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const int k = ps_model_arm(m, i, what == ALL_AT_KNEE ? knee : hip);
    if (k >= 0) out->value += s->arm[k]*ps_muscle_at(&m->muscle[i], s->length[i]).passive;
  }
  return PS_OK;
}

static ps_status hip_muscles(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  return passive_moment(b, row, MUSCLES_AT_HIP, out, err);
}
static ps_status hip_whole(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  return passive_moment(b, row, ALL_AT_HIP, out, err);
}
static ps_status knee_whole(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  return passive_moment(b, row, ALL_AT_KNEE, out, err);
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

// where a straight piece from a to b passes the height of a joint in its upper body's frame: distance to the side [m]
static bool passes(const ps_state *s, int body, const double *a, const double *b, double *aside) {
  const double *o = s->o + 3*body, *R = s->R + 9*body;
  double height[2] = {0.0, 0.0}, side[2] = {0.0, 0.0};
  for (int c = 0; c < 3; c++) {
    height[0] += (a[c] - o[c])*R[3*c + 1];
    height[1] += (b[c] - o[c])*R[3*c + 1];
    side[0] += (a[c] - o[c])*R[3*c + 2];
    side[1] += (b[c] - o[c])*R[3*c + 2];
  }
  if (!(height[0] > 0.0 && height[1] <= 0.0)) return false;
  *aside = side[0] + height[0]/(height[0] - height[1])*(side[1] - side[0]);
  return true;
}

// how far the middle of the right psoas lies beside a disc in a section through it, as an image shows it, by strength [m]
static double psoas_aside(const ps_model *m, const ps_state *s, int disc) {
  double sum = 0.0, weight = 0.0, aside = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    if (strcmp(p->group, "psoas_major") != 0 || p->side != PS_RIGHT) continue;
    for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
      const double *to = s->wrapped[k] ? s->tangent + 6*k : s->x + 3*m->stretch[k].to;
      if (!passes(s, m->disc[disc].upper, s->x + 3*m->stretch[k].from, to, &aside)) continue;
      sum += p->strength*aside;
      weight += p->strength;
    }
  }
  return weight > 0.0 ? sum/weight : (double)NAN;
}

// from L2/L3 down to L5/S1: at how many of the three steps does the muscle lie further to the side?
static ps_status psoas_lateral_steps(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  static const char *const level[] = {"L2/L3", "L3/L4", "L4/L5", "L5/S1"};
  ps_model *m = NULL;
  ps_state *s = NULL;
  PS_TRY(standing_paths(b, row, &m, &s, err));
  double before = HUGE_VAL;
  out->value = 0.0;
  for (int i = 0; i < 4; i++) {
    int d = 0;
    while (d < m->ndisc && strcmp(m->disc[d].level, level[i]) != 0) d++;
    if (d == m->ndisc) return ps_error_set(err, PS_EFORMAT, 0, row->id, "the body has no level %s", level[i]);
    const double aside = psoas_aside(m, s, d);
    out->value += aside > before;
    before = aside;
  }
  return PS_OK;
}

typedef struct group_at {  // the right fascicles of a group that cross one bent joint, means by strength
  ps_model *m;
  ps_state *s;
  int coord;
  double length, arm, peak;      // peak: the largest arm of any    [m]
} group_at;

// ---- the knee, and arms --------------------------------------------------------------------------------------------

static ps_status bend(validate_bench *b, const validate_row *row, const char *joint, double deg, group_at *g,
                      ps_error *err) {
  PS_TRY(validate_body(b, row->person, &g->m, &g->s, err));
  PS_TRY(find_coord(row, g->m, joint, &g->coord, err));
  memset(g->s->q, 0, (size_t)g->m->ncoord*sizeof *g->s->q);
  g->s->q[g->coord] = ps_rad(deg);
  ps_state_kinematics(g->s);
  ps_state_paths(g->s);
  g->length = g->arm = g->peak = 0.0;
  double weight = 0.0;
  for (int i = 0; i < g->m->nmuscle; i++) {
    const ps_muscle *p = &g->m->muscle[i];
    const int k = ps_model_arm(g->m, i, g->coord);
    if (k < 0 || p->side != PS_RIGHT || strcmp(p->group, row->level) != 0) continue;
    g->length += p->strength*g->s->length[i];
    g->arm += p->strength*fabs(g->s->arm[k]);
    g->peak = fmax(g->peak, fabs(g->s->arm[k]));
    weight += p->strength;
  }
  if (!(weight > 0.0)) return ps_error_set(err, PS_EFORMAT, 0, row->id, "no fascicle of %s crosses it", row->level);
  g->length /= weight;
  g->arm /= weight;
  return PS_OK;
}

// at: knee flexion from and to [deg]
static ps_status knee_excursion(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  group_at from, to;
  PS_TRY(bend(b, row, "knee_flexion_right", row->at[0], &from, err));
  PS_TRY(bend(b, row, "knee_flexion_right", row->at[1], &to, err));
  out->value = 1e3*(to.length - from.length);
  return PS_OK;
}

static ps_status knee_arm(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  group_at g;
  PS_TRY(bend(b, row, "knee_flexion_right", row->at[0], &g, err));
  out->value = 1e3*g.arm;
  return PS_OK;
}

// the largest arm of any fascicle of the group between two hip angles, in steps of 5 deg
static ps_status hip_arm_peak(validate_bench *b, const validate_row *row, validate_answer *out, ps_error *err) {
  out->value = 0.0;
  for (int i = 0; row->at[0] + 5.0*i <= row->at[1]; i++) {
    group_at g;
    PS_TRY(bend(b, row, "hip_flexion_right", row->at[0] + 5.0*i, &g, err));
    out->value = fmax(out->value, 1e3*g.peak);
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
    {"knee_moment_whole", "Nm", GEOMETRY, false, false, false, knee_whole},
    {"knee_excursion", "mm", GEOMETRY, false, false, true, knee_excursion},
    {"knee_arm", "mm", GEOMETRY, false, false, true, knee_arm},
    {"hip_arm_peak", "mm", GEOMETRY, false, false, true, hip_arm_peak},
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
