/* Chains through what is not known about one person. Theory: docs/theory/tightness.md section 9.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lib/tightness/inference.h"
#include "lib/tightness/slice.h"

enum { ROUNDS = 2 };  // for each step that is kept

// rise of the thigh with the roll of the pelvis: any value near the truth serves, it only steers     [-]
static const double THIGH_PER_ROLL = 0.9;

// of the readings at the start of a chain: a thigh 40 deg from the usual is then 2 errors away, not 20
static const double FIRST_WEIGHT = 0.01;

// the simulated thigh at the usual roll, mean of the sides that were tested
static double thigh_at_usual_roll(const ps__inference *f, const double *z) {
  ps_latents l = ps__inference_latents(f, z);
  l.value[PS_LATENT_ROLL] = f->g->subject.prior.roll;
  const bool want[2] = {true, false};
  double sum = 0.0;
  int n = 0;
  for (int k = 0; k < 2; k++) {
    if (!f->r[3*k].has) continue;
    sum += ps_surrogate_eval(f->g, &l, k, want).hip;
    n++;
  }
  return sum/n;
}

typedef struct part {        // normals that a step draws anew
  int first, count;
  double fresh;
} part;

/* Muscle and pelvis explain a raised thigh equally well, so a chain that moves one alone goes nowhere. Here z[first] .. of
 * `count` normals are drawn anew (fresh 1: wherever they were; less: near it), and the roll of the pelvis gives way until
 * the thigh is where it was. A shear: it keeps volumes, so the step is taken with the ratio of likelihoods and of the roll's
 * prior. */
static void exchange_step(ps__inference *f, const part *p, ps_rng *rng, double *z, double *ll) {
  const double stay = sqrt(1.0 - p->fresh*p->fresh);
  double next[PS_NLATENT];
  memcpy(next, z, sizeof next);
  for (int i = p->first; i < p->first + p->count; i++) next[i] = stay*z[i] + p->fresh*ps_rng_normal(rng);
  const double rise = thigh_at_usual_roll(f, next) - thigh_at_usual_roll(f, z);
  next[PS_LATENT_ROLL] -= rise/(THIGH_PER_ROLL*f->g->subject.prior.roll_sd);
  const double there = ps__inference_loglik(f, next);
  const double roll = 0.5*(z[PS_LATENT_ROLL]*z[PS_LATENT_ROLL] - next[PS_LATENT_ROLL]*next[PS_LATENT_ROLL]);
  if (log(1.0 - ps_rng_uniform(rng)) >= there - *ll + roll) return;
  memcpy(z, next, sizeof next);
  *ll = there;
}

// one round: everything at once along an ellipse, then muscle against pelvis, part by part
static void step(ps__inference *f, ps_rng *rng, double *z, double *ll) {
  ps__slice_step(ps__inference_loglik, f, PS_NLATENT, rng, z, ll);
  if (!(f->g->subject.prior.roll_sd > 0.0) || (!f->r[0].has && !f->r[3].has)) return;
  static const part order[] = {{PS_LATENT_SHORTENING, 2, 1.0}, {PS_LATENT_SHORTENING, 1, 0.3}, {PS_LATENT_SHORTENING, 1, 1.0},
                               {PS_LATENT_STIFFNESS, 2, 0.5},  {PS_LATENT_INCIDENCE, 1, 1.0}};
  for (size_t i = 0; i < sizeof order/sizeof *order; i++) exchange_step(f, &order[i], rng, z, ll);
}

// the readings count for little at first, so that a chain is not caught where it happened to start; in full from the middle
// of the burn-in on
static double weight_at(int step, int nburn) { return fmin(1.0, pow(FIRST_WEIGHT, 1.0 - 2.0*step/(nburn > 0 ? nburn : 1))); }

void ps__chains_run(ps__inference *f, const ps_infer_opts *o, double *kept) {
  for (int c = 0; c < PS__NCHAIN; c++) {
    ps_rng rng;
    double z[PS_NLATENT];
    ps_rng_init(&rng, o->seed*PS__NCHAIN + (uint64_t)c);
    for (int i = 0; i < PS_NLATENT; i++) z[i] = ps_rng_normal(&rng);
    double ll = 0.0;
    for (int k = -o->nburn; k < o->nkeep; k++) {
      const double weight = k < 0 ? weight_at(k + o->nburn, o->nburn) : 1.0;
      if (k == -o->nburn || weight != f->weight) {
        f->weight = weight;
        ll = ps__inference_loglik(f, z);
      }
      for (int i = 0; i < ROUNDS; i++) step(f, &rng, z, &ll);
      if (k < 0) continue;
      const ps_latents l = ps__inference_latents(f, z);
      memcpy(kept + ((size_t)c*(size_t)o->nkeep + (size_t)k)*PS_NLATENT, l.value, sizeof l.value);
    }
  }
}
