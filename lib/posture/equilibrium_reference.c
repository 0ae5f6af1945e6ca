/* Where a posture is looked for: the reference, the weights that belong to it, its slope and its curvature. Theory:
 * docs/theory/equilibrium.md section 4. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/equilibrium.h"
#include "psoas/linalg.h"

enum { NMAX = PS_EQUILIBRIUM_SIZE, LEVELS_MAX = 8 };

// the weights are given for a task that takes this much effort: about what standing takes of the reference man   [cm2 m]
static const double EFFORT = 0.1;

// weights of habit at EFFORT
static void set_habit(ps_equilibrium *eq) {
  const ps_model *m = &eq->body;
  memset(eq->habit, 0, (size_t)m->ncoord*sizeof *eq->habit);
  for (int i = 0; i < eq->nfree + eq->ntied; i++) {
    const int j = i < eq->nfree ? eq->free[i] : eq->tied[i - eq->nfree], body = m->coord[j].body;
    if (body == 0) continue;
    eq->habit[j] = m->body[body].side != PS_MIDLINE ? 0.5*eq->opts.leg_habit : eq->opts.spine_habit;
  }
}

// Hessian at x from differences of the slope
static ps_status measure_curvature(ps_equilibrium *eq, double *h) {
  static const double STEP = 1e-4;
  const int n = eq->nfree;
  const double zero[NMAX] = {0.0};
  double g[NMAX], g0[NMAX];
  if (!isfinite(ps_equilibrium_value(eq, zero, g0))) return PS_ENUMERIC;
  for (int i = 0; i < n; i++) {
    double x[NMAX] = {0.0};
    x[i] = STEP;
    if (!isfinite(ps_equilibrium_value(eq, x, g))) return PS_ENUMERIC;
    for (int k = 0; k < n; k++) h[n*i + k] = (g[k] - g0[k])/STEP;
  }
  for (int i = 0; i < n; i++)
    for (int k = 0; k < i; k++) h[n*i + k] = h[n*k + i] = 0.5*(h[n*i + k] + h[n*k + i]);
  return PS_OK;
}

// its inverse. Where some direction falls away from the reference, that is said, and the diagonal is raised until none does
static ps_status take_curvature(ps_equilibrium *eq) {
  const int n = eq->nfree;
  double h[NMAX*NMAX], factor[NMAX*NMAX], raised = 0.0;
  PS_TRY(measure_curvature(eq, h));
  for (int i = 0; i < 20; i++) {
    memcpy(factor, h, (size_t)(n*n)*sizeof *h);
    for (int k = 0; k < n; k++) factor[n*k + k] += raised;
    if (ps_chol_factor(n, n, factor, 0.0) == 0) break;
    if (i == 19) return PS_ENUMERIC;
    raised = raised > 0.0 ? 2.0*raised : 1.0;
  }
  eq->is_minimum = raised == 0.0;
  for (int i = 0; i < n; i++) {
    double *row = eq->h + n*i;
    memset(row, 0, (size_t)n*sizeof *row);
    row[i] = 1.0;
    ps_chol_solve(n, n, factor, row);
  }
  return PS_OK;
}

// what a relaxed body finds near the reference with no slope added; it becomes the reference. h: inverse Hessian, improved
static ps_status relax(ps_equilibrium *eq, double *h) {
  double x[NMAX] = {0.0};
  ps_descend_result r;
  memset(eq->off, 0, sizeof eq->off);
  memcpy(eq->state->q, eq->reference, (size_t)eq->body.ncoord*sizeof *eq->reference);
  eq->is_warm = false;
  PS_TRY(ps__equilibrium_descend(eq, eq->opts.descend.tolerance, x, h, &r));
  eq->found = r.outcome;
  PS_TRY(ps__equilibrium_stand(eq, x));
  memcpy(eq->reference, eq->state->q, (size_t)eq->body.ncoord*sizeof *eq->reference);
  return PS_OK;
}

// effort of the muscles in the posture that `state` has; what reserves stand in for is no measure of habit
static ps_status level_here(ps_equilibrium *eq, double *level) {
  const ps_share_problem *share = &eq->recruit->problem;
  double effort = 0.0;
  PS_TRY(ps_recruit_solve(eq->recruit, eq->state, false));
  for (int i = 0; i < share->na; i++) effort += share->v[i]*pow(eq->recruit->result.a[i], share->p);
  *level = effort/EFFORT;
  return PS_OK;
}

// the reference with the load in the hands
static ps_status level_with_load(ps_equilibrium *eq) {
  const double zero[NMAX] = {0.0};
  eq->level_of[1] = eq->level_of[0];
  if (!(eq->request.hold_kg > 0.0)) return PS_OK;
  eq->is_holding = true;
  ps__posture_hold(&eq->body, &eq->request, &eq->recruit->scene);
  return ps__equilibrium_place(eq, zero) ? level_here(eq, &eq->level_of[1]) : PS_ENUMERIC;
}

/* All weights grow with the effort that the posture takes of typical muscles: habit is worth the same share of it in every task,
 * with every load, exponent and body, and with every tightness the same. A relaxed posture is looked for with the weights of the
 * posture that is found. */
static ps_status weigh(ps_equilibrium *eq) {
  for (int i = 0; i < eq->body.nmuscle; i++) {
    ps_muscle *now = &eq->body.muscle[i];
    now->shortening = now->tone = 0.0;
    now->stiffness = 1.0;
  }
  ps_state_paths(eq->state);
  PS_TRY(level_here(eq, &eq->level));
  if (eq->request.task->rules & PS_RULE_RELAXES) {
    if (!eq->opts.like) PS_TRY(take_curvature(eq));
    double h[NMAX*NMAX];
    memcpy(h, eq->h, sizeof h);
    for (int i = 0; i < LEVELS_MAX; i++) {
      const double before = eq->level;
      PS_TRY(relax(eq, h));
      PS_TRY(level_here(eq, &eq->level));
      if (fabs(eq->level - before) <= 1e-3*before) break;
    }
  }
  eq->level_of[0] = eq->level;
  memcpy(eq->start, eq->reference, (size_t)eq->body.ncoord*sizeof *eq->start);
  return level_with_load(eq);
}

// the slope that makes the reference stationary for the body as it is now, from a cold start as ps_equilibrium_solve will make it
static ps_status take_slope(ps_equilibrium *eq) {
  double off[NMAX];
  memset(eq->off, 0, sizeof eq->off);
  memset(eq->x, 0, sizeof eq->x);
  eq->is_warm = false;
  memcpy(eq->state->q, eq->reference, (size_t)eq->body.ncoord*sizeof *eq->reference);
  if (!isfinite(ps_equilibrium_value(eq, eq->x, off))) return PS_ENUMERIC;
  memcpy(eq->off, off, (size_t)eq->nfree*sizeof *off);
  return PS_OK;
}

// the reference of the body that `tight` tells, looked for from the same place whatever was there before
static ps_status refer(ps_equilibrium *eq) {
  ps__equilibrium_target(eq, eq->tight, 0.0);
  if (eq->request.task->rules & PS_RULE_RELAXES) {
    double h[NMAX*NMAX];
    memcpy(h, eq->h, sizeof h);
    memcpy(eq->reference, eq->start, (size_t)eq->body.ncoord*sizeof *eq->start);
    PS_TRY(relax(eq, h));
  }
  return take_slope(eq);
}

ps_status ps_equilibrium_refer(ps_equilibrium *eq, const ps_model *model) {
  PS_ASSERT(model->nmuscle == eq->body.nmuscle);
  for (int i = 0; i < model->nmuscle; i++) {
    eq->tight[i].shortening = model->muscle[i].shortening;
    eq->tight[i].stiffness = model->muscle[i].stiffness;
    eq->tight[i].tone = model->muscle[i].tone;
  }
  return refer(eq);
}

static ps_status set_up(ps_equilibrium *eq, ps_error *err) {
  ps_scene scene;
  const char *task = eq->request.task->name;
  ps_posture_request empty = eq->request;
  empty.hold_kg = 0.0;
  // with the load once, for how the arms hold it
  if (eq->request.hold_kg > 0.0) {
    PS_TRY(ps_posture_apply(&eq->body, &eq->request, eq->state, &scene, err));
    memcpy(eq->arms, eq->state->q, (size_t)eq->body.ncoord*sizeof *eq->arms);
  }
  PS_TRY(ps_posture_apply(&eq->body, &empty, eq->state, &scene, err));
  if (!ps__equilibrium_kind(eq, &scene))
    return ps_error_set(err, PS_EINPUT, 0, task, "a posture is solved standing, sitting with both feet down, half kneeling or lying; "
                        "%s is none of these", task);
  if (!ps__equilibrium_coords(eq))
    return ps_error_set(err, PS_EFORMAT, 0, "coordinates.csv", "a coordinate of pelvis, legs or spine is missing");
  ps__equilibrium_hold(eq, &scene);
  ps__posture_hold(&eq->body, &empty, &scene);
  set_habit(eq);
  return ps_recruit_new(&eq->body, &scene, &eq->opts.recruit, &eq->recruit);
}

ps_status ps__equilibrium_reference(ps_equilibrium *eq, ps_error *err) {
  PS_TRY(set_up(eq, err));
  const ps_equilibrium *like = eq->opts.like;
  if (like) {
    PS_ASSERT(like->kind == eq->kind);
    memcpy(eq->h, like->h, sizeof eq->h);
    eq->is_minimum = like->is_minimum;
  }
  ps_status status = weigh(eq);
  if (status == PS_OK) status = refer(eq);
  if (status == PS_OK && !like) status = take_curvature(eq);
  eq->opts.like = NULL;
  if (status == PS_ENUMERIC) return ps_error_set(err, status, 0, eq->request.task->name, "no posture is found: the effort is not a number");
  return status;
}

// the posture of an equilibrium, when one is found
static ps_status settle(ps_equilibrium *eq, const ps_model *m, ps_state *state, ps_scene *scene, bool *found) {
  ps_equilibrium_result r;
  PS_TRY(ps_equilibrium_solve(eq, m, &r));
  *found = r.outcome == PS_CONVERGED && eq->found == PS_CONVERGED;
  if (!*found) return PS_OK;
  memcpy(state->q, eq->state->q, (size_t)m->ncoord*sizeof *state->q);
  ps_state_kinematics(state);
  ps_state_paths(state);
  *scene = eq->recruit->scene;
  return PS_OK;
}

ps_status ps_posture_settle(const ps_model *m, const ps_posture_request *request, ps_state *state, ps_scene *scene, bool *found,
                            ps_error *err) {
  *found = false;
  PS_TRY(ps_posture_apply(m, request, state, scene, err));
  if (!(request->task->rules & PS_RULE_RELAXES) && !(request->hold_kg > 0.0)) return PS_OK;
  ps_equilibrium *eq = NULL;
  ps_status status = ps_equilibrium_new(m, request, NULL, &eq, err);
  if (status == PS_OK) status = settle(eq, m, state, scene, found);
  ps_equilibrium_free(eq);
  if (status == PS_EINPUT || status == PS_ENUMERIC) return ps_posture_apply(m, request, state, scene, err);
  return status;
}
