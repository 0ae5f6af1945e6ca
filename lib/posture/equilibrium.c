/* The posture of least effort near the habitual one: reference, slope, steps of tightness, other starts.
 * Theory: docs/theory/equilibrium.md. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/equilibrium.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "psoas/linalg.h"
#include "psoas/vec.h"

enum { NMAX = PS_EQUILIBRIUM_SIZE, ROUNDS = 3, STEPS_MAX = 20 };

// two postures are the same within this                                                       [rad]
static const double SAME = 0.05*(PS_PI/180.0);

ps_equilibrium_opts ps_equilibrium_default(void) {
  return (ps_equilibrium_opts){.recruit = ps_recruit_default(), .spine_habit = 30.0, .leg_habit = 0.3, .gaze = 1.0, .balance = 1000.0, .bed = 1000.0,
                               .step = 0.10, .descend = {.tolerance = 1e-5, .step_max = 0.05, .max_iterations = 60}};
}

double ps_equilibrium_value(void *context, const double *x, double *gradient) {
  ps_equilibrium *eq = context;
  eq->at[0] = (double)NAN;
  if (!ps__equilibrium_place(eq, x)) return HUGE_VAL;
  if (ps_recruit_solve(eq->recruit, eq->state, eq->is_warm) != PS_OK) return HUGE_VAL;
  eq->is_warm = true;
  ps_recruit_gradient(eq->recruit, eq->state, eq->probe, eq->gradient);
  double value = eq->recruit->result.objective + ps__equilibrium_terms(eq, eq->gradient);
  if (!ps__equilibrium_reduce(eq, eq->gradient, gradient)) return HUGE_VAL;
  for (int i = 0; i < eq->nfree; i++) {
    value -= eq->off[i]*x[i];
    gradient[i] -= eq->off[i];
  }
  memcpy(eq->at, x, (size_t)eq->nfree*sizeof *x);
  return value;
}

// weights are given for the cost level of p = 2: with another exponent they follow it
static ps_status cost_level(const ps_equilibrium *eq, double *level) {
  *level = 1.0;
  if (eq->opts.recruit.p == 2.0) return PS_OK;
  ps_recruit_opts square = eq->opts.recruit;
  square.p = 2.0;
  ps_recruit *r;
  PS_TRY(ps_recruit_solve(eq->recruit, eq->state, false));
  PS_TRY(ps_recruit_new(&eq->body, &eq->recruit->scene, &square, &r));
  const ps_status status = ps_recruit_solve(r, eq->state, false);
  if (status == PS_OK && r->result.objective > 0.0) *level = eq->recruit->result.objective/r->result.objective;
  ps_recruit_free(r);
  return status;
}

static void set_habit(ps_equilibrium *eq, double level) {
  const ps_model *m = &eq->body;
  memset(eq->habit, 0, (size_t)m->ncoord*sizeof *eq->habit);
  for (int i = 0; i < eq->nfree; i++) {
    const ps_coord *c = &m->coord[eq->free[i]];
    if (c->body == 0) continue;
    const bool is_leg = m->body[c->body].side != PS_MIDLINE;
    eq->habit[eq->free[i]] = level*(is_leg ? 0.5*eq->opts.leg_habit : eq->opts.spine_habit);
  }
  for (int i = 0; i < eq->ntied; i++)
    if (m->coord[eq->tied[i]].body != 0) eq->habit[eq->tied[i]] = level*0.5*eq->opts.leg_habit;
}

// Hessian at x from differences of the slope
static ps_status measure_curvature(ps_equilibrium *eq, double *h) {
  static const double STEP = 1e-4;
  const int n = eq->nfree;
  double x[NMAX] = {0.0}, g[NMAX], g0[NMAX];
  if (!isfinite(ps_equilibrium_value(eq, x, g0))) return PS_ENUMERIC;
  for (int i = 0; i < n; i++) {
    x[i] = STEP;
    if (!isfinite(ps_equilibrium_value(eq, x, g))) return PS_ENUMERIC;
    for (int k = 0; k < n; k++) h[n*i + k] = (g[k] - g0[k])/STEP;
    x[i] = 0.0;
  }
  for (int i = 0; i < n; i++)
    for (int k = 0; k < i; k++) h[n*i + k] = h[n*k + i] = 0.5*(h[n*i + k] + h[n*k + i]);
  return PS_OK;
}

// its inverse. Where some direction falls away from the reference, that is said, and the diagonal is raised until none does
static ps_status invert_curvature(ps_equilibrium *eq) {
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

// down to a minimum; where the way is long the guess of the Hessian has seen too much, and the reference's is taken again
static ps_status descend(ps_equilibrium *eq, double *x, double *h, ps_descend_result *r) {
  const ps_descend_problem problem = {.n = eq->nfree, .value = ps_equilibrium_value, .context = eq};
  ps_descend_result part;
  *r = (ps_descend_result){.iterations = 0};
  for (int round = 0; round < ROUNDS; round++) {
    PS_TRY(ps_descend(&problem, &eq->opts.descend, x, h, &part, &eq->scratch));
    part.iterations += r->iterations;
    part.evaluations += r->evaluations;
    *r = part;
    if (r->outcome == PS_CONVERGED) break;
    memcpy(h, eq->h, sizeof eq->h);
  }
  return PS_OK;
}

// state and recruitment at x, unless they are there already
static ps_status stand_at(ps_equilibrium *eq, const double *x) {
  double g[NMAX];
  int same = 0;
  for (int i = 0; i < eq->nfree; i++) same += eq->at[i] == x[i];
  if (same == eq->nfree) return PS_OK;
  return isfinite(ps_equilibrium_value(eq, x, g)) ? PS_OK : PS_ENUMERIC;
}

// what a relaxed body finds near the task's posture with no slope added; it becomes the reference
static ps_status relax(ps_equilibrium *eq) {
  double x[NMAX] = {0.0}, h[NMAX*NMAX];
  ps_descend_result r;
  memcpy(h, eq->h, sizeof h);
  eq->is_warm = false;
  PS_TRY(descend(eq, x, h, &r));
  eq->found = r.outcome;
  PS_TRY(stand_at(eq, x));
  memcpy(eq->reference, eq->state->q, (size_t)eq->body.ncoord*sizeof *eq->reference);
  return PS_OK;
}

// weights of the terms beside effort
static ps_status weigh(ps_equilibrium *eq) {
  double level;
  PS_TRY(cost_level(eq, &level));
  set_habit(eq, level);
  eq->opts.gaze *= level/eq->level;
  eq->opts.balance *= level/eq->level;
  eq->opts.bed *= level/eq->level;
  eq->level = level;
  return PS_OK;
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

static ps_status set_up(ps_equilibrium *eq, ps_error *err) {
  ps_scene scene;
  const char *task = eq->request.task->name;
  ps_posture_request empty = eq->request;
  empty.hold_kg = 0.0;
  PS_TRY(ps_posture_apply(&eq->body, &empty, eq->state, &scene, err));
  if (!ps__equilibrium_kind(eq, &scene))
    return ps_error_set(err, PS_EINPUT, 0, task, "a posture is solved standing, sitting with both feet down, half kneeling or lying; "
                        "%s is none of these", task);
  if (!ps__equilibrium_coords(eq))
    return ps_error_set(err, PS_EFORMAT, 0, "coordinates.csv", "a coordinate of pelvis, legs or lumbar spine is missing");
  ps__equilibrium_hold(eq, &scene);
  PS_TRY(ps_recruit_new(&eq->body, &scene, &eq->opts.recruit, &eq->recruit));
  return weigh(eq);
}

// from the posture of the task to the reference, its slope and its curvature
static ps_status find_reference(ps_equilibrium *eq) {
  const ps_equilibrium *like = eq->opts.like;
  const bool relaxes = eq->request.task->rules & PS_RULE_RELAXES;
  PS_ASSERT(!like || like->nfree == eq->nfree);
  eq->opts.like = NULL;
  if (like) {
    memcpy(eq->h, like->h, sizeof eq->h);
    eq->is_minimum = like->is_minimum;
  }
  if (relaxes && !like) PS_TRY(invert_curvature(eq));
  if (relaxes) PS_TRY(relax(eq));
  PS_TRY(take_slope(eq));
  return like ? PS_OK : invert_curvature(eq);
}

static ps_status take_reference(ps_equilibrium *eq, ps_error *err) {
  PS_TRY(set_up(eq, err));
  if (find_reference(eq) != PS_OK) return ps_error_set(err, PS_ENUMERIC, 0, eq->request.task->name, "the effort is not a number");
  return ps__equilibrium_reach(eq, err);
}

static void *take(ps_arena *a, int count, size_t size) { return ps_arena_take(a, (size_t)count, size); }

ps_status ps_equilibrium_new(const ps_model *m, const ps_posture_request *request, const ps_equilibrium_opts *opts,
                             ps_equilibrium **out, ps_error *err) {
  *out = NULL;
  const size_t muscles = (size_t)m->nmuscle*sizeof(ps_muscle), scratch_size = ps_descend_scratch_size(NMAX) + 64u;
  const size_t size = sizeof(ps_equilibrium) + 5u*(size_t)m->ncoord*sizeof(double) + 2u*muscles + scratch_size + 10u*64u;
  void *memory = malloc(size);
  if (!memory) return ps_error_set(err, PS_ENOMEM, 0, "ps_equilibrium_new", "out of memory");
  ps_arena a;
  ps_arena_init(&a, memory, size);
  ps_equilibrium *eq = take(&a, 1, sizeof *eq);
  *eq = (ps_equilibrium){.body = *m, .request = *request, .opts = opts ? *opts : ps_equilibrium_default(), .level = 1.0, .memory = memory};
  eq->reference = take(&a, m->ncoord, sizeof(double));
  eq->home = take(&a, m->ncoord, sizeof(double));
  eq->arms = take(&a, m->ncoord, sizeof(double));
  eq->habit = take(&a, m->ncoord, sizeof(double));
  eq->gradient = take(&a, m->ncoord, sizeof(double));
  eq->tight = take(&a, m->nmuscle, sizeof(ps_muscle));
  eq->body.muscle = take(&a, m->nmuscle, sizeof(ps_muscle));
  memcpy(eq->tight, m->muscle, muscles);
  memcpy(eq->body.muscle, m->muscle, muscles);
  void *scratch = ps_arena_take(&a, 1, scratch_size);
  PS_ASSERT(scratch != NULL);
  ps_arena_init(&eq->scratch, scratch, scratch_size);

  ps_status status = ps_state_new(&eq->body, &eq->state);
  if (status == PS_OK) status = ps_state_new(&eq->body, &eq->probe);
  if (status == PS_OK) status = take_reference(eq, err);
  if (status == PS_OK)
    *out = eq;
  else
    ps_equilibrium_free(eq);
  return status;
}

void ps_equilibrium_free(ps_equilibrium *eq) {
  if (!eq) return;
  ps_recruit_free(eq->recruit);
  ps_state_free(eq->state);
  ps_state_free(eq->probe);
  free(eq->memory);
}

// tightness, and the load in the hands, a share of the way from the reference to the target
static void set_target(ps_equilibrium *eq, const ps_model *target, double share) {
  ps_posture_request carried = eq->request;
  carried.hold_kg *= share;
  eq->is_holding = carried.hold_kg > 0.0;
  ps__posture_hold(&eq->body, &carried, &eq->recruit->scene);
  for (int i = 0; i < eq->body.nmuscle; i++) {
    const ps_muscle *from = &eq->tight[i], *to = &target->muscle[i];
    ps_muscle *now = &eq->body.muscle[i];
    now->shortening = from->shortening + share*(to->shortening - from->shortening);
    now->stiffness = from->stiffness + share*(to->stiffness - from->stiffness);
    now->tone = from->tone + share*(to->tone - from->tone);
  }
}

ps_status ps_equilibrium_refer(ps_equilibrium *eq, const ps_model *model) {
  PS_ASSERT(model->nmuscle == eq->body.nmuscle);
  for (int i = 0; i < model->nmuscle; i++) {
    eq->tight[i].shortening = model->muscle[i].shortening;
    eq->tight[i].stiffness = model->muscle[i].stiffness;
    eq->tight[i].tone = model->muscle[i].tone;
  }
  set_target(eq, model, 0.0);
  memset(eq->off, 0, sizeof eq->off);
  memcpy(eq->state->q, eq->home, (size_t)eq->body.ncoord*sizeof *eq->home);
  ps_state_kinematics(eq->state);
  ps_state_paths(eq->state);
  PS_TRY(weigh(eq));
  if (eq->request.task->rules & PS_RULE_RELAXES) PS_TRY(relax(eq));
  return take_slope(eq);
}

// how many steps the way takes: a twofold stiffness, a tenth of tone or 10 kg count as much as 0.10 of shortening; assumed,
// because all lead to the same posture with a step twice as long
static int steps_to(const ps_equilibrium *eq, const ps_model *target) {
  double longest = 0.01*eq->request.hold_kg;
  for (int i = 0; i < target->nmuscle; i++) {
    const ps_muscle *from = &eq->tight[i], *to = &target->muscle[i];
    longest = fmax(longest, fmax(fabs(to->shortening - from->shortening),
                                 fmax(0.1*fabs(to->stiffness - from->stiffness), fabs(to->tone - from->tone))));
  }
  const double n = ceil(longest/eq->opts.step - 1e-9);
  return n > 1.0 ? (int)fmin(n, STEPS_MAX) : 1;
}

static void summarise(const ps_equilibrium *eq, ps_equilibrium_result *r) {
  enum { LUMBAR = 5 };
  const double *q = eq->state->q, *q0 = eq->reference;
  r->cost = eq->recruit->result.objective;
  r->limit = ps__equilibrium_limit(eq);
  r->pelvis_tilt = q[eq->tilt] - q0[eq->tilt];
  r->lordosis = 0.0;
  for (int k = 0; k < LUMBAR; k++) r->lordosis -= q[eq->free[eq->nbase + 3*k]] - q0[eq->free[eq->nbase + 3*k]];
}

ps_status ps_equilibrium_solve(ps_equilibrium *eq, const ps_model *target, ps_equilibrium_result *result) {
  PS_ASSERT(target->nmuscle == eq->body.nmuscle && target->ncoord == eq->body.ncoord);
  const int steps = steps_to(eq, target);
  double h[NMAX*NMAX];
  memset(eq->x, 0, sizeof eq->x);
  memcpy(h, eq->h, sizeof h);
  memcpy(eq->state->q, eq->reference, (size_t)eq->body.ncoord*sizeof *eq->reference);
  *result = (ps_equilibrium_result){.limit = -1};
  for (int k = 1; k <= steps; k++) {
    ps_descend_result r;
    eq->is_warm = false;
    set_target(eq, target, k == steps ? 1.0 : (double)k/steps);
    PS_TRY(descend(eq, eq->x, h, &r));
    result->iterations += r.iterations;
    result->evaluations += r.evaluations;
    result->outcome = r.outcome;
    result->gradient = r.gradient;
  }
  PS_TRY(stand_at(eq, eq->x));
  summarise(eq, result);
  return PS_OK;
}

ps_status ps_equilibrium_restart(ps_equilibrium *eq, int n, double sd, uint64_t seed, ps_equilibrium_starts *starts) {
  PS_TRY(stand_at(eq, eq->x));
  const int ncoord = eq->body.ncoord;
  double g[NMAX], x[NMAX], h[NMAX*NMAX], found[256];
  PS_ASSERT(ncoord <= 256);
  *starts = (ps_equilibrium_starts){.nstart = n, .coord = -1};
  memcpy(found, eq->state->q, (size_t)ncoord*sizeof *found);
  const double value = ps_equilibrium_value(eq, eq->x, g);
  ps_rng rng;
  ps_rng_init(&rng, seed);
  for (int k = 0; k < n; k++) {
    ps_descend_result r;
    for (int i = 0; i < eq->nfree; i++) x[i] = eq->x[i] + sd*ps_rng_normal(&rng);
    memcpy(h, eq->h, sizeof h);
    if (descend(eq, x, h, &r) != PS_OK || stand_at(eq, x) != PS_OK) continue;
    double most = 0.0;
    for (int j = 0; j < ncoord; j++) {
      const double d = fabs(eq->state->q[j] - found[j]);
      most = fmax(most, d);
      if (d <= starts->difference) continue;
      starts->difference = d;
      starts->coord = j;
    }
    starts->nsame += most <= SAME;
    if (most > SAME) starts->gain = fmax(starts->gain, value - r.value);
  }
  return stand_at(eq, eq->x);
}
