/* The unknowns of a standing posture. Both feet stay: with pelvis and knees given, pelvis height, list, hips and ankles
 * follow. Theory: docs/theory/equilibrium.md section 3. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/equilibrium.h"
#include "psoas/linalg.h"
#include "psoas/vec.h"

enum { NFREE = PS_EQUILIBRIUM_SIZE, NTIED = PS_EQUILIBRIUM_FEET, NPELVIS = 6 };

static const char *const FREE[NFREE] = {
    "pelvis_tx",      "pelvis_tz",      "pelvis_tilt",   "pelvis_rotation", "knee_flexion_right", "knee_flexion_left",
    "L5_S1_flexion",  "L5_S1_lateral",  "L5_S1_axial",   "L4_L5_flexion",   "L4_L5_lateral",      "L4_L5_axial",
    "L3_L4_flexion",  "L3_L4_lateral",  "L3_L4_axial",   "L2_L3_flexion",   "L2_L3_lateral",      "L2_L3_axial",
    "L1_L2_flexion",  "L1_L2_lateral",  "L1_L2_axial",   "T12_L1_flexion",  "T12_L1_lateral",     "T12_L1_axial"};
static const char *const TIED[NTIED] = {
    "pelvis_ty",           "pelvis_list",           "hip_flexion_right",     "hip_adduction_right",
    "hip_rotation_right",  "ankle_flexion_right",   "ankle_inversion_right", "hip_flexion_left",
    "hip_adduction_left",  "hip_rotation_left",     "ankle_flexion_left",    "ankle_inversion_left"};
static const char *const FOOT[2] = {"foot_right", "foot_left"}, *const ARM[2] = {"upper_arm_right", "upper_arm_left"};

// a shift of the pelvis by this many metres counts as one radian: about the length of a leg, so that both turn the hip alike
static const double METRES = 0.8;

// the feet are in place [rad], [m]
static const double CLOSE = 1e-13, NEAR = 1e-10;

bool ps__equilibrium_coords(ps_equilibrium *eq) {
  const ps_model *m = &eq->body;
  bool has_all = ps_model_find_body(m, "head") >= 0;
  for (int i = 0; i < NFREE; i++) {
    eq->free[i] = ps_model_find_coord(m, FREE[i]);
    has_all = has_all && eq->free[i] >= 0;
    if (has_all) eq->scale[i] = m->coord[eq->free[i]].is_translation ? METRES*m->scale : 1.0;
  }
  for (int i = 0; i < NTIED; i++) {
    eq->tied[i] = ps_model_find_coord(m, TIED[i]);
    has_all = has_all && eq->tied[i] >= 0;
  }
  for (int k = 0; k < 2; k++) {
    eq->foot[k] = ps_model_find_body(m, FOOT[k]);
    eq->arm[k] = ps_model_find_body(m, ARM[k]);
    has_all = has_all && eq->foot[k] >= 0 && eq->arm[k] >= 0;
  }
  return has_all;
}

void ps__equilibrium_hold(ps_equilibrium *eq) {
  const ps_state *s = eq->state;
  memcpy(eq->reference, s->q, (size_t)eq->body.ncoord*sizeof *s->q);
  for (int k = 0; k < 2; k++) {
    memcpy(eq->foot_o[k], s->o + 3*eq->foot[k], sizeof eq->foot_o[k]);
    memcpy(eq->foot_R[k], s->R + 9*eq->foot[k], sizeof eq->foot_R[k]);
  }
  ps_state_com(s, eq->centre);
  memcpy(eq->head_R, s->R + 9*ps_model_find_body(&eq->body, "head"), sizeof eq->head_R);
}

// how far the feet are from their places: shift and turn of each
static double away(const ps_equilibrium *eq, double c[NTIED]) {
  const ps_state *s = eq->state;
  double most = 0.0;
  for (int k = 0; k < 2; k++) {
    const double *R = s->R + 9*eq->foot[k], *want = eq->foot_R[k];
    double turn[3] = {0.0, 0.0, 0.0};
    ps_sub(c + 6*k, s->o + 3*eq->foot[k], eq->foot_o[k]);
    for (int i = 0; i < 3; i++) {
      const double a[3] = {want[i], want[3 + i], want[6 + i]}, b[3] = {R[i], R[3 + i], R[6 + i]};
      double half[3];
      ps_cross(half, a, b);
      ps_axpy(turn, 0.5, half);
    }
    ps_vec_copy(c + 6*k + 3, turn);
  }
  for (int i = 0; i < NTIED; i++) most = fabs(c[i]) > most || isnan(c[i]) ? fabs(c[i]) : most;
  return most;
}

// velocity and turning of both feet with coordinate j
static void column(const ps_equilibrium *eq, int j, double out[NTIED]) {
  const ps_state *s = eq->state;
  memset(out, 0, NTIED*sizeof *out);
  const double *w = s->w + 3*j;
  for (int k = 0; k < 2; k++) {
    if (!ps_model_moves(&eq->body, eq->foot[k], j)) continue;
    if (eq->body.coord[j].is_translation) {
      ps_vec_copy(out + 6*k, w);
      continue;
    }
    ps_cross(out + 6*k, w, s->o + 3*eq->foot[k]);
    ps_add(out + 6*k, out + 6*k, s->c + 3*j);
    ps_vec_copy(out + 6*k + 3, w);
  }
}

// how the feet move with the coordinates that follow, factored
static bool factor_tied(const ps_equilibrium *eq, double lu[NTIED*NTIED], int order[NTIED]) {
  for (int j = 0; j < NTIED; j++) {
    double c[NTIED];
    column(eq, eq->tied[j], c);
    for (int i = 0; i < NTIED; i++) lu[NTIED*i + j] = c[i];
  }
  return ps_lu_factor(NTIED, lu, order);
}

// Newton on the coordinates that follow, at most 0.2 rad a step
static bool feet_in_place(ps_equilibrium *eq) {
  double c[NTIED], lu[NTIED*NTIED];
  int order[NTIED];
  for (int i = 0; i < 20; i++) {
    ps_state_kinematics(eq->state);
    const double most = away(eq, c);
    if (most <= CLOSE) return true;
    if (!isfinite(most) || !factor_tied(eq, lu, order)) return false;
    ps_lu_solve(NTIED, lu, order, c);
    double longest = 0.0;
    for (int k = 0; k < NTIED; k++) longest = fmax(longest, fabs(c[k]));
    const double damping = fmin(1.0, 0.2/longest);
    for (int k = 0; k < NTIED; k++) eq->state->q[eq->tied[k]] -= damping*c[k];
  }
  ps_state_kinematics(eq->state);
  return away(eq, c) <= NEAR;
}

bool ps__equilibrium_place(ps_equilibrium *eq, const double *x) {
  ps_state *s = eq->state;
  for (int i = 0; i < NFREE; i++) {
    if (!(fabs(x[i]) < 2.0)) return false;
    s->q[eq->free[i]] = eq->reference[eq->free[i]] + eq->scale[i]*x[i];
  }
  if (!feet_in_place(eq)) {
    // next time from where the legs are known to reach
    for (int i = 0; i < NTIED; i++) s->q[eq->tied[i]] = eq->reference[eq->tied[i]];
    return false;
  }
  if (!ps__equilibrium_arms(eq, s)) return false;
  ps_state_paths(s);
  return true;
}

bool ps__equilibrium_reduce(const ps_equilibrium *eq, double *slope, double *out) {
  double lu[NTIED*NTIED], price[NTIED];
  int order[NTIED];
  if (!ps__equilibrium_arms_follow(eq, slope) || !factor_tied(eq, lu, order)) return false;
  for (int i = 0; i < NTIED; i++) price[i] = slope[eq->tied[i]];
  ps_lu_solve_transposed(NTIED, lu, order, price);

  // only pelvis and knees move the feet
  for (int i = 0; i < NFREE; i++) {
    double sum = slope[eq->free[i]];
    if (i < NPELVIS) {
      double c[NTIED];
      column(eq, eq->free[i], c);
      for (int k = 0; k < NTIED; k++) sum -= price[k]*c[k];
    }
    out[i] = eq->scale[i]*sum;
  }
  return true;
}
