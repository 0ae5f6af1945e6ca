/* What stays and what follows in each kind of posture: its unknowns, the conditions that the supports set, and the coordinates that
 * meet them. Theory: docs/theory/equilibrium.md section 3. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/equilibrium.h"
#include "psoas/linalg.h"
#include "psoas/vec.h"

enum { NTIED = PS_EQUILIBRIUM_TIED, NSTAY = PS_EQUILIBRIUM_STAY, NSPINE = 18 };

// a body with a place and a turn, or a contact point of which the first `nshift` components stay
typedef struct stay_row { const char *name; int nshift; bool turns; } stay_row;

// written for the right side where it has one; the spine is free in every kind and comes last
typedef struct kind_row {
  const char *free[PS_EQUILIBRIUM_SIZE - NSPINE + 1], *tied[NTIED + 1];
  stay_row stay[NSTAY + 1];
} kind_row;

static const kind_row KIND[] = {
    [PS_STANDS] = {
        {"pelvis_tx", "pelvis_tz", "pelvis_tilt", "pelvis_rotation", "knee_flexion_right", "knee_flexion_left"},
        {"pelvis_ty", "pelvis_list",
         "hip_flexion_right", "hip_adduction_right", "hip_rotation_right", "ankle_flexion_right", "ankle_inversion_right",
         "hip_flexion_left", "hip_adduction_left", "hip_rotation_left", "ankle_flexion_left", "ankle_inversion_left"},
        {{"foot_right", 3, true}, {"foot_left", 3, true}}},
    // the pelvis turns about the line through the ischia
    [PS_SITS] = {
        {"pelvis_tilt"},
        {"pelvis_tx", "pelvis_ty", "pelvis_tz", "pelvis_list", "pelvis_rotation",
         "hip_flexion_right", "hip_adduction_right", "hip_rotation_right", "knee_flexion_right", "ankle_flexion_right",
         "ankle_inversion_right",
         "hip_flexion_left", "hip_adduction_left", "hip_rotation_left", "knee_flexion_left", "ankle_flexion_left",
         "ankle_inversion_left"},
        {{"foot_right", 3, true}, {"foot_left", 3, true}, {"ischium_right", 3, false}, {"ischium_left", 2, false}}},
    // on the right shank and the left foot
    [PS_KNEELS] = {
        {"pelvis_tx", "pelvis_tilt", "pelvis_list", "pelvis_rotation"},
        {"pelvis_ty", "pelvis_tz", "hip_flexion_right", "hip_adduction_right", "hip_rotation_right", "knee_flexion_right",
         "hip_flexion_left", "hip_adduction_left", "hip_rotation_left", "knee_flexion_left", "ankle_flexion_left",
         "ankle_inversion_left"},
        {{"shank_right", 3, true}, {"foot_left", 3, true}}},
    // nothing stays exactly: the bed gives way (equilibrium_terms.c). Where on the bed is nothing to the body.
    [PS_LIES] = {
        {"pelvis_ty", "pelvis_tilt", "pelvis_rotation", "hip_flexion_right", "hip_adduction_right", "knee_flexion_right",
         "hip_flexion_left", "hip_adduction_left", "knee_flexion_left"},
        {NULL}, {{NULL, 0, false}}}};
static const char *const SPINE[NSPINE] = {
    "L5_S1_flexion",  "L5_S1_lateral",  "L5_S1_axial",   "L4_L5_flexion",   "L4_L5_lateral",      "L4_L5_axial",
    "L3_L4_flexion",  "L3_L4_lateral",  "L3_L4_axial",   "L2_L3_flexion",   "L2_L3_lateral",      "L2_L3_axial",
    "L1_L2_flexion",  "L1_L2_lateral",  "L1_L2_axial",   "T12_L1_flexion",  "T12_L1_lateral",     "T12_L1_axial"};

// a shift of the pelvis by this many metres counts as one radian: about the length of a leg, so that both turn the hip alike
static const double METRES = 0.8;

// what stays is in place [rad], [m]
static const double CLOSE = 1e-13, NEAR = 1e-10;

typedef struct pushed_up { bool trunk, pelvis, shank[2], leg[2], foot[2]; } pushed_up;

// which parts of the body something pushes up
static pushed_up look(const ps_model *m, const ps_scene *scene) {
  pushed_up on = {.trunk = false};
  const int L5 = ps_model_find_body(m, "L5");
  for (int k = 0; k < scene->nsupport; k++) {
    if (!(scene->support[k].normal[1] > 0.5)) continue;
    const int body = m->contact[scene->support[k].contact].body, side = m->body[body].side == PS_LEFT;
    const char *name = m->body[body].name;
    if (L5 >= 0 && ps_model_moves(m, body, m->body[L5].coord)) {
      on.trunk = true;
    } else if (m->body[body].ncoord == 0 || body == 0) {
      on.pelvis = true;  // ilia and sacrum, welded to it
    } else {
      on.leg[side] = true;
      on.shank[side] = on.shank[side] || strncmp(name, "shank", 5) == 0;
      on.foot[side] = on.foot[side] || strncmp(name, "foot", 4) == 0;
    }
  }
  return on;
}

bool ps__equilibrium_kind(ps_equilibrium *eq, const ps_scene *scene) {
  const pushed_up on = look(&eq->body, scene);
  if (eq->request.task->rules & PS_RULE_LEG_HANGS) return false;
  eq->side = PS_RIGHT;
  if (on.trunk) {
    eq->kind = PS_LIES;
    return on.leg[0] && on.leg[1];
  }
  if (on.shank[0] != on.shank[1] && !on.pelvis) {
    eq->kind = PS_KNEELS;
    eq->side = on.shank[1] ? PS_LEFT : PS_RIGHT;
    return on.foot[on.shank[1] ? 0 : 1];
  }
  eq->kind = on.pelvis ? PS_SITS : PS_STANDS;
  return on.foot[0] && on.foot[1] && !on.shank[0];
}

// the coordinate with this name, on the side that the kind is written for
static bool add(const ps_equilibrium *eq, const char *name, int list[], int *n) {
  list[*n] = ps_model_find_coord(&eq->body, name);
  if (list[*n] >= 0 && eq->body.body[eq->body.coord[list[*n]].body].side != PS_MIDLINE) {
    ps_name own[2];
    ps__both_sides(name, eq->side, own);
    list[*n] = ps_model_find_coord(&eq->body, own[0]);
  }
  return list[(*n)++] >= 0;
}

static bool add_stay(ps_equilibrium *eq, const stay_row *row) {
  ps_name own[2];
  ps_stay *stay = &eq->stay[eq->nstay++];
  ps__both_sides(row->name, eq->side, own);
  *stay = (ps_stay){.nshift = row->nshift, .turns = row->turns};
  if (row->turns) {
    stay->body = ps_model_find_body(&eq->body, own[0]);
  } else {
    const int i = ps_model_find_contact(&eq->body, own[0]);
    if (i < 0) return false;
    stay->body = eq->body.contact[i].body;
    ps_vec_copy(stay->pos, eq->body.contact[i].pos);
  }
  return stay->body >= 0;
}

bool ps__equilibrium_coords(ps_equilibrium *eq) {
  const ps_model *m = &eq->body;
  const kind_row *kind = &KIND[eq->kind];
  bool has_all = ps_model_find_body(m, "head") >= 0;
  eq->tilt = ps_model_find_coord(m, "pelvis_tilt");
  for (int k = 0; k < 2; k++) {
    eq->arm[k] = ps_model_find_body(m, k == 0 ? "upper_arm_right" : "upper_arm_left");
    has_all = has_all && eq->arm[k] >= 0;
  }
  eq->nfree = eq->ntied = eq->nstay = 0;
  for (int i = 0; kind->free[i]; i++) has_all = add(eq, kind->free[i], eq->free, &eq->nfree) && has_all;
  eq->nbase = eq->nfree;
  for (int i = 0; i < NSPINE; i++) has_all = add(eq, SPINE[i], eq->free, &eq->nfree) && has_all;
  for (int i = 0; kind->tied[i]; i++) has_all = add(eq, kind->tied[i], eq->tied, &eq->ntied) && has_all;
  for (int i = 0; kind->stay[i].name; i++) has_all = add_stay(eq, &kind->stay[i]) && has_all;
  for (int i = 0; i < eq->nfree && has_all; i++) eq->scale[i] = m->coord[eq->free[i]].is_translation ? METRES*m->scale : 1.0;
  return has_all;
}

// what the mattress would carry with its surface there
static double carried_by_bed(const ps_equilibrium *eq, const ps_scene *scene, double surface) {
  double sum = 0.0;
  for (int k = 0; k < scene->nsupport; k++)
    if (scene->support[k].is_soft) sum += eq->opts.bed*fmax(0.0, surface - eq->bed[k]);
  return sum;
}

// so high that the mattress would carry the body as the task lays it. The body then sinks and turns as it will: a start only
static double surface_of_bed(const ps_equilibrium *eq, const ps_scene *scene) {
  const double weight = eq->body.mass*eq->body.gravity;
  double low = HUGE_VAL;
  for (int k = 0; k < scene->nsupport; k++)
    if (scene->support[k].is_soft) low = fmin(low, eq->bed[k]);
  double high = low + weight/eq->opts.bed;
  for (int i = 0; i < 60; i++) {
    const double middle = 0.5*(low + high);
    *(carried_by_bed(eq, scene, middle) < weight ? &low : &high) = middle;
  }
  return high;
}

// a mattress has one flat surface under all that lies on it; a backrest has the shape of the back that the task leans on it
static void make_bed(const ps_equilibrium *eq, ps_scene *scene) {
  const double bed = eq->kind == PS_LIES ? surface_of_bed(eq, scene) : 0.0;
  for (int k = 0; k < scene->nsupport; k++) {
    if (!scene->support[k].is_soft) continue;
    scene->support[k].stiffness = eq->opts.bed;
    scene->support[k].surface = eq->kind == PS_LIES ? bed : eq->bed[k];
  }
}

void ps__equilibrium_hold(ps_equilibrium *eq, ps_scene *scene) {
  const ps_state *s = eq->state;
  double x[3];
  memcpy(eq->reference, s->q, (size_t)eq->body.ncoord*sizeof *s->q);
  memcpy(eq->home, s->q, (size_t)eq->body.ncoord*sizeof *s->q);
  for (int k = 0; k < eq->nstay; k++) {
    ps_stay *stay = &eq->stay[k];
    ps_state_position(s, stay->body, stay->pos, stay->at);
    memcpy(stay->R, s->R + 9*stay->body, sizeof stay->R);
  }
  for (int k = 0; k < scene->nsupport; k++) {
    const ps_place *p = &eq->body.contact[scene->support[k].contact];
    ps_state_position(s, p->body, p->pos, x);
    eq->bed[k] = ps_dot(x, scene->support[k].normal);
  }
  scene->rests = eq->kind == PS_LIES;
  make_bed(eq, scene);
  ps_state_com(s, eq->centre);
  memcpy(eq->head_R, s->R + 9*ps_model_find_body(&eq->body, "head"), sizeof eq->head_R);
}

// half of what turns the columns of `from` into those of `to`
static void turn_between(const double from[9], const double to[9], double turn[3]) {
  ps_vec_set(turn, 0.0, 0.0, 0.0);
  for (int i = 0; i < 3; i++) {
    const double a[3] = {from[i], from[3 + i], from[6 + i]}, b[3] = {to[i], to[3 + i], to[6 + i]};
    double half[3];
    ps_cross(half, a, b);
    ps_axpy(turn, 0.5, half);
  }
}

// how far what stays is from its place: shift and turn of each
static double away(const ps_equilibrium *eq, double c[NTIED]) {
  const ps_state *s = eq->state;
  double most = 0.0;
  int n = 0;
  for (int k = 0; k < eq->nstay; k++) {
    const ps_stay *stay = &eq->stay[k];
    double x[3], turn[3];
    ps_state_position(s, stay->body, stay->pos, x);
    for (int i = 0; i < stay->nshift; i++) c[n++] = x[i] - stay->at[i];
    if (!stay->turns) continue;
    turn_between(stay->R, s->R + 9*stay->body, turn);
    for (int i = 0; i < 3; i++) c[n++] = turn[i];
  }
  PS_ASSERT(n == eq->ntied);
  for (int i = 0; i < n; i++) most = fabs(c[i]) > most || isnan(c[i]) ? fabs(c[i]) : most;
  return most;
}

// velocity and turning of what stays with coordinate j
static void column(const ps_equilibrium *eq, int j, double out[NTIED]) {
  const ps_state *s = eq->state;
  const double *w = s->w + 3*j;
  int n = 0;
  for (int k = 0; k < eq->nstay; k++) {
    const ps_stay *stay = &eq->stay[k];
    double v[3] = {0.0, 0.0, 0.0}, turn[3] = {0.0, 0.0, 0.0};
    if (ps_model_moves(&eq->body, stay->body, j)) {
      double x[3] = {0.0, 0.0, 0.0};
      ps_state_position(s, stay->body, stay->pos, x);
      ps__motion(s, j, x, v);
      if (!eq->body.coord[j].is_translation) ps_vec_copy(turn, w);
    }
    for (int i = 0; i < 3 && i < stay->nshift; i++) out[n++] = v[i];
    for (int i = 0; i < 3 && stay->turns; i++) out[n++] = turn[i];
  }
}

void ps__motion(const ps_state *s, int j, const double x[3], double v[3]) {
  if (s->model->coord[j].is_translation) {
    ps_vec_copy(v, s->w + 3*j);
    return;
  }
  ps_cross(v, s->w + 3*j, x);
  ps_add(v, v, s->c + 3*j);
}

// how what stays moves with the coordinates that follow, factored
static bool factor_tied(const ps_equilibrium *eq, double lu[NTIED*NTIED], int order[NTIED]) {
  const int n = eq->ntied;
  for (int j = 0; j < n; j++) {
    double c[NTIED] = {0.0};
    column(eq, eq->tied[j], c);
    for (int i = 0; i < n; i++) lu[n*i + j] = c[i];
  }
  return n == 0 || ps_lu_factor(n, lu, order);
}

// Newton on the coordinates that follow, at most 0.2 rad a step
static bool put_in_place(ps_equilibrium *eq) {
  double c[NTIED], lu[NTIED*NTIED];
  int order[NTIED];
  for (int i = 0; i < 20; i++) {
    ps_state_kinematics(eq->state);
    const double most = away(eq, c);
    if (most <= CLOSE) return true;
    if (!isfinite(most) || !factor_tied(eq, lu, order)) return false;
    ps_lu_solve(eq->ntied, lu, order, c);
    double longest = 0.0;
    for (int k = 0; k < eq->ntied; k++) longest = fmax(longest, fabs(c[k]));
    const double damping = fmin(1.0, 0.2/longest);
    for (int k = 0; k < eq->ntied; k++) eq->state->q[eq->tied[k]] -= damping*c[k];
  }
  ps_state_kinematics(eq->state);
  return away(eq, c) <= NEAR;
}

bool ps__equilibrium_place(ps_equilibrium *eq, const double *x) {
  ps_state *s = eq->state;
  for (int i = 0; i < eq->nfree; i++) {
    if (!(fabs(x[i]) < 2.0)) return false;
    s->q[eq->free[i]] = eq->reference[eq->free[i]] + eq->scale[i]*x[i];
  }
  if (!put_in_place(eq)) {
    // next time from where the legs are known to reach
    for (int i = 0; i < eq->ntied; i++) s->q[eq->tied[i]] = eq->reference[eq->tied[i]];
    return false;
  }
  ps__equilibrium_arms(eq, s);
  ps_state_paths(s);
  return true;
}

bool ps__equilibrium_reduce(const ps_equilibrium *eq, double *slope, double *out) {
  double lu[NTIED*NTIED], price[NTIED];
  int order[NTIED] = {0};
  ps__equilibrium_arms_follow(eq, slope);
  if (!factor_tied(eq, lu, order)) return false;
  for (int i = 0; i < eq->ntied; i++) price[i] = slope[eq->tied[i]];
  if (eq->ntied > 0) ps_lu_solve_transposed(eq->ntied, lu, order, price);

  // the spine moves nothing that stays
  for (int i = 0; i < eq->nfree; i++) {
    double sum = slope[eq->free[i]];
    if (i < eq->nbase) {
      double c[NTIED] = {0.0};
      column(eq, eq->free[i], c);
      for (int k = 0; k < eq->ntied; k++) sum -= price[k]*c[k];
    }
    out[i] = eq->scale[i]*sum;
  }
  return true;
}
