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

// slope that may be left at the steps on the way [cm2 m/rad]
static const double ON_THE_WAY = 1e-2;

// two postures are the same within this                                                       [rad]
static const double SAME = 0.05*(PS_PI/180.0);

ps_equilibrium_opts ps_equilibrium_default(void) {
  return (ps_equilibrium_opts){.recruit = ps_recruit_default(), .spine_habit = 30.0, .leg_habit = 0.3, .gaze = 1.0, .balance = 1000.0, .cushion = 1000.0, .bed = 1000.0,
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

// down to a minimum; where the way is long the guess of the Hessian has seen too much, and the reference's is taken again
ps_status ps__equilibrium_descend(ps_equilibrium *eq, double tolerance, double *x, double *h, ps_descend_result *r) {
  const ps_descend_problem problem = {.n = eq->nfree, .value = ps_equilibrium_value, .context = eq};
  ps_descend_opts opts = eq->opts.descend;
  ps_descend_result part;
  opts.tolerance = tolerance;
  *r = (ps_descend_result){.iterations = 0};
  for (int round = 0; round < ROUNDS; round++) {
    PS_TRY(ps_descend(&problem, &opts, x, h, &part, &eq->scratch));
    part.iterations += r->iterations;
    part.evaluations += r->evaluations;
    *r = part;
    if (r->outcome == PS_CONVERGED) break;
    memcpy(h, eq->h, sizeof eq->h);
  }
  return PS_OK;
}

// state and recruitment at x, unless they are there already
ps_status ps__equilibrium_stand(ps_equilibrium *eq, const double *x) {
  double g[NMAX];
  int same = 0;
  for (int i = 0; i < eq->nfree; i++) same += eq->at[i] == x[i];
  if (same == eq->nfree) return PS_OK;
  return isfinite(ps_equilibrium_value(eq, x, g)) ? PS_OK : PS_ENUMERIC;
}

static void *take(ps_arena *a, int count, size_t size) { return ps_arena_take(a, (size_t)count, size); }

ps_status ps_equilibrium_new(const ps_model *m, const ps_posture_request *request, const ps_equilibrium_opts *opts,
                             ps_equilibrium **out, ps_error *err) {
  *out = NULL;
  const size_t muscles = (size_t)m->nmuscle*sizeof(ps_muscle), scratch_size = ps_descend_scratch_size(NMAX) + 64u;
  const size_t size = sizeof(ps_equilibrium) + 6u*(size_t)m->ncoord*sizeof(double) + 2u*muscles + scratch_size + 11u*64u;
  void *memory = malloc(size);
  if (!memory) return ps_error_set(err, PS_ENOMEM, 0, "ps_equilibrium_new", "out of memory");
  ps_arena a;
  ps_arena_init(&a, memory, size);
  ps_equilibrium *eq = take(&a, 1, sizeof *eq);
  *eq = (ps_equilibrium){.body = *m, .request = *request, .opts = opts ? *opts : ps_equilibrium_default(), .memory = memory};
  eq->reference = take(&a, m->ncoord, sizeof(double));
  eq->home = take(&a, m->ncoord, sizeof(double));
  eq->start = take(&a, m->ncoord, sizeof(double));
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
  if (status == PS_OK) status = ps__equilibrium_reference(eq, err);
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

// tightness, the load in the hands and the level of the weights, a share of the way from the reference to the target
void ps__equilibrium_target(ps_equilibrium *eq, const ps_muscle *target, double share) {
  ps_posture_request carried = eq->request;
  carried.hold_kg *= share;
  eq->is_holding = carried.hold_kg > 0.0;
  eq->level = eq->level_of[0] + share*(eq->level_of[1] - eq->level_of[0]);
  ps__posture_hold(&eq->body, &carried, &eq->recruit->scene);
  for (int i = 0; i < eq->body.nmuscle; i++) {
    const ps_muscle *from = &eq->tight[i], *to = &target[i];
    ps_muscle *now = &eq->body.muscle[i];
    now->shortening = from->shortening + share*(to->shortening - from->shortening);
    now->stiffness = from->stiffness + share*(to->stiffness - from->stiffness);
    now->tone = from->tone + share*(to->tone - from->tone);
  }
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
  const double last = eq->opts.descend.tolerance;
  double h[NMAX*NMAX];
  memset(eq->x, 0, sizeof eq->x);
  memcpy(h, eq->h, sizeof h);
  memcpy(eq->state->q, eq->reference, (size_t)eq->body.ncoord*sizeof *eq->reference);
  *result = (ps_equilibrium_result){.limit = -1};
  for (int k = 1; k <= steps; k++) {
    ps_descend_result r;
    eq->is_warm = false;
    ps__equilibrium_target(eq, target->muscle, k == steps ? 1.0 : (double)k/steps);
    const double tolerance = k == steps ? last : fmax(ON_THE_WAY, last);
    ps_status status = ps__equilibrium_descend(eq, tolerance, eq->x, h, &r);
    if (status == PS_ENUMERIC && k > 1) {  // as far again was too far
      for (int i = 0; i < eq->nfree; i++) eq->x[i] *= (k - 1.0)/k;
      status = ps__equilibrium_descend(eq, tolerance, eq->x, h, &r);
    }
    PS_TRY(status);
    result->iterations += r.iterations;
    result->evaluations += r.evaluations;
    result->outcome = r.outcome;
    result->gradient = r.gradient;
    // the next step goes on as far again
    for (int i = 0; i < eq->nfree && k < steps; i++) eq->x[i] *= (k + 1.0)/k;
  }
  PS_TRY(ps__equilibrium_stand(eq, eq->x));
  summarise(eq, result);
  return PS_OK;
}

ps_status ps_equilibrium_restart(ps_equilibrium *eq, int n, double sd, uint64_t seed, ps_equilibrium_starts *starts) {
  PS_TRY(ps__equilibrium_stand(eq, eq->x));
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
    if (ps__equilibrium_descend(eq, eq->opts.descend.tolerance, x, h, &r) != PS_OK || ps__equilibrium_stand(eq, x) != PS_OK) continue;
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
  return ps__equilibrium_stand(eq, eq->x);
}
