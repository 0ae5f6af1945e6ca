/* The person's own standing shape: how the pelvis stands, the lumbar curve level by level, and a thoracic curve that
 * puts the trunk's mass over the sacrum. It becomes the neutral posture (every spine coordinate zero).
 * Theory: docs/theory/body.md section 4. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

enum { NLUMBAR = 5, NTHORACIC = 11 };

typedef struct stance_table {  // published values, see parameters.csv                [rad]
  double incidence_mean, tilt_mean, tilt_per_incidence;
  double asis_psis_mean, asis_psis_share;
  double lordosis_at_zero, lordosis_per_incidence, lordosis_per_year;
  double level[3][NLUMBAR];    // L1/L2 .. L5/S1 for low, middle and high incidence
  double level_incidence[3];
  double trunk_ahead;          // centre of mass above L5/S1, in front of that joint  [m] at reference size
} stance_table;

static ps_status read_deg(const ps_anatomy *a, const char *name, double *rad, ps_error *err) {
  PS_TRY(ps__param(a, name, rad, err));
  *rad = ps_rad(*rad);
  return PS_OK;
}

static ps_status read_table(const ps_anatomy *a, stance_table *t, ps_error *err) {
  static const char *const level[3][NLUMBAR] = {
      {"lordosis_low_PI_L1_L2", "lordosis_low_PI_L2_L3", "lordosis_low_PI_L3_L4", "lordosis_low_PI_L4_L5",
       "lordosis_low_PI_L5_S1"},
      {"lordosis_mid_PI_L1_L2", "lordosis_mid_PI_L2_L3", "lordosis_mid_PI_L3_L4", "lordosis_mid_PI_L4_L5",
       "lordosis_mid_PI_L5_S1"},
      {"lordosis_high_PI_L1_L2", "lordosis_high_PI_L2_L3", "lordosis_high_PI_L3_L4", "lordosis_high_PI_L4_L5",
       "lordosis_high_PI_L5_S1"}};
  static const char *const group[3] = {"low_PI_centre", "mid_PI_centre", "high_PI_centre"};
  for (int g = 0; g < 3; g++) {
    PS_TRY(read_deg(a, group[g], &t->level_incidence[g], err));
    for (int k = 0; k < NLUMBAR; k++) PS_TRY(read_deg(a, level[g][k], &t->level[g][k], err));
  }
  PS_TRY(read_deg(a, "pelvic_incidence_mean", &t->incidence_mean, err));
  PS_TRY(read_deg(a, "pelvic_tilt_mean", &t->tilt_mean, err));
  PS_TRY(ps__param(a, "pelvic_tilt_per_incidence", &t->tilt_per_incidence, err));
  PS_TRY(read_deg(a, "asis_psis_mean", &t->asis_psis_mean, err));
  PS_TRY(ps__param(a, "asis_psis_posture_share", &t->asis_psis_share, err));
  PS_TRY(read_deg(a, "lordosis_regression_constant", &t->lordosis_at_zero, err));
  PS_TRY(ps__param(a, "lordosis_regression_per_incidence", &t->lordosis_per_incidence, err));
  PS_TRY(read_deg(a, "lordosis_regression_per_year", &t->lordosis_per_year, err));
  return ps__param(a, "trunk_mass_ahead_of_L5_S1", &t->trunk_ahead, err);
}

// lordosis of each level for this incidence: straight lines between the published groups, flat outside
static void level_profile(const stance_table *t, double incidence, double out[NLUMBAR]) {
  const double *x = t->level_incidence;
  const int g = incidence < x[1] ? 0 : 1;
  double share = (incidence - x[g])/(x[g + 1] - x[g]);
  share = fmin(1.0, fmax(0.0, share));
  for (int k = 0; k < NLUMBAR; k++) out[k] = (1.0 - share)*t->level[g][k] + share*t->level[g + 1][k];
}

static void set_tilt(ps_body *b, double tilt) {
  static const double z[3] = {0.0, 0.0, 1.0};
  ps_mat_axis_angle(b->R0, z, tilt);
}

static double tilt_of(const double R[9]) { return atan2(R[3], R[0]); }

// centre of mass of what hangs above L5/S1, ahead of that joint, with arms hanging straight down      [m]
static double mass_ahead(const ps_model *m, int L5, double pelvis_tilt) {
  double R[128][9] = {{0.0}}, o[128][3], mass = 0.0, moment = 0.0;
  static const double minus_z[3] = {0.0, 0.0, -1.0};
  PS_ASSERT(m->nbody <= 128);
  for (int i = 0; i < m->nbody; i++) {
    const ps_body *b = &m->body[i];
    if (i == 0) {
      ps_mat_axis_angle(R[0], minus_z, pelvis_tilt);
      ps_vec_set(o[0], 0.0, 0.0, 0.0);
      continue;
    }
    ps_rotate(o[i], R[b->parent], b->origin);
    ps_add(o[i], o[i], o[b->parent]);
    ps_mat_mul(R[i], R[b->parent], b->R0);
    if (b->ncoord > 0 && !m->coord[b->coord].is_balanced) ps_mat_identity(R[i]);
    if (!ps_model_moves(m, i, m->body[L5].coord)) continue;
    double x[3];
    ps_rotate(x, R[i], b->com);
    mass += b->mass;
    moment += b->mass*(x[0] + o[i][0]);
  }
  return moment/mass - o[L5][0];
}

// world tilt of body i in the neutral posture with the pelvis turned
static double neutral_tilt(const ps_model *m, int i, double pelvis_tilt) {
  double sum = -pelvis_tilt;
  for (; i >= 0; i = m->body[i].parent) sum += tilt_of(m->body[i].R0);
  return sum;
}

// bend the thoracic curve evenly until the trunk's mass stands where the source has it
static ps_status balance_thorax(ps_model *m, const stance_table *t, int L5, double pelvis_tilt, ps_error *err) {
  static const char *const name[NTHORACIC] = {"T11", "T10", "T9", "T8", "T7", "T6", "T5", "T4", "T3", "T2", "T1"};
  int body[NTHORACIC];
  double tilt[NTHORACIC];
  for (int k = 0; k < NTHORACIC; k++) {
    body[k] = ps_model_find_body(m, name[k]);
    if (body[k] < 0) return ps_error_set(err, PS_EFORMAT, 0, "bodies.csv", "body %s is missing", name[k]);
    tilt[k] = tilt_of(m->body[body[k]].R0);
  }
  const double target = t->trunk_ahead*m->scale;

  // more extension moves the mass back: bisect within +-20 deg in all
  double lo = -ps_rad(20.0), hi = ps_rad(20.0);
  for (int i = 0; i < 60; i++) {
    const double bend = 0.5*(lo + hi);
    for (int k = 0; k < NTHORACIC; k++) set_tilt(&m->body[body[k]], tilt[k] + bend/NTHORACIC);
    if (mass_ahead(m, L5, pelvis_tilt) > target)
      lo = bend;
    else
      hi = bend;
  }
  m->stance.kyphosis = neutral_tilt(m, ps_model_find_body(m, "T12"), 0.0) -
                       neutral_tilt(m, ps_model_find_body(m, "T4"), 0.0);

  // the head looks straight ahead
  const int head = ps_model_find_body(m, "head");
  if (head < 0) return ps_error_set(err, PS_EFORMAT, 0, "bodies.csv", "body head is missing");
  set_tilt(&m->body[head], -neutral_tilt(m, m->body[head].parent, pelvis_tilt));
  return PS_OK;
}

// pelvic incidence is how the sacrum stands in the pelvis: turn it about the middle of its S1 endplate
static void turn_sacrum(ps_body *sacrum, const double s1[3], double angle) {
  double moved[3];
  set_tilt(sacrum, angle);
  ps_rotate(moved, sacrum->R0, s1);
  for (int k = 0; k < 3; k++) sacrum->origin[k] += s1[k] - moved[k];
}

ps_status ps__build_stance(const ps_anatomy *a, ps_model *m, ps_error *err) {
  stance_table t;
  PS_TRY(read_table(a, &t, err));
  const ps_person *p = &m->person;
  ps_stance *s = &m->stance;

  // hip axis against the middle of the S1 endplate fixes how pelvic tilt reads in the pelvis frame
  static const char *const name[NLUMBAR] = {"L1", "L2", "L3", "L4", "L5"};
  const int thigh = ps_model_find_body(m, "thigh_right"), L5 = ps_model_find_body(m, "L5");
  const int sacrum = ps_model_find_body(m, "sacrum");
  if (thigh < 0 || L5 < 0 || sacrum < 0 || m->body[L5].parent != sacrum)
    return ps_error_set(err, PS_EFORMAT, 0, "bodies.csv", "thigh_right, L5 and its parent sacrum are needed");
  const double *hip = m->body[thigh].origin, *s1 = m->body[L5].origin;
  const double tilt_in_frame = atan2(hip[0] - s1[0], s1[1] - hip[1]);

  // incidence = tilt + slope, exactly
  s->incidence = p->has_incidence ? p->incidence_rad : t.incidence_mean;
  s->endplate = t.incidence_mean - tilt_in_frame;
  turn_sacrum(&m->body[sacrum], s1, t.incidence_mean - s->incidence);
  const double typical = t.tilt_mean + t.tilt_per_incidence*(s->incidence - t.incidence_mean);
  s->pelvis_tilt_typical = tilt_in_frame - typical;
  s->asis_psis = p->has_tilt ? p->tilt_rad : t.asis_psis_mean;
  s->pelvis_tilt = s->pelvis_tilt_typical + t.asis_psis_share*(s->asis_psis - t.asis_psis_mean);
  s->tilt_radiographic = tilt_in_frame - s->pelvis_tilt;
  s->sacral_slope = s->incidence - s->tilt_radiographic;

  // lumbar curve: published profile over the levels, scaled to this person's lordosis
  s->lordosis = p->has_lordosis ? p->lordosis_rad
                                : t.lordosis_at_zero + t.lordosis_per_incidence*s->incidence -
                                      t.lordosis_per_year*p->age_years;
  double level[NLUMBAR], sum = 0.0;
  level_profile(&t, s->incidence, level);
  for (int k = 0; k < NLUMBAR; k++) sum += level[k];
  for (int k = 0; k < NLUMBAR; k++) {
    const int i = ps_model_find_body(m, name[k]);
    if (i < 0) return ps_error_set(err, PS_EFORMAT, 0, "bodies.csv", "body %s is missing", name[k]);
    const double from_sacrum = k == NLUMBAR - 1 ? -s->endplate : 0.0;
    set_tilt(&m->body[i], level[k]*s->lordosis/sum + from_sacrum);
  }
  return balance_thorax(m, &t, L5, s->pelvis_tilt, err);
}
