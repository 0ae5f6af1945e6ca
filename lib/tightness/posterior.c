/* The posterior of one person's tightness: likelihood of the readings, chains, and what they say.
 * Theory: docs/theory/tightness.md sections 6 to 9. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/posterior.h"

#include <math.h>
#include <string.h>

#include "lib/tightness/inference.h"
#include "lib/tightness/slice.h"

// the surrogate is left when its error moves the mean shortening by more than this share of the interval's half-width
static const double SHARE_MAX = 0.10;

// prior-like: hardly narrower, and hardly moved. A sample of a prior with so long a tail knows its own spread to a tenth only
static const double PRIOR_LIKE_SD = 0.80, PRIOR_LIKE_SHIFT = 0.50;

enum { NDIRECT = 240 };  // simulated then, of each side: half a second

ps_infer_opts ps_infer_default(void) { return (ps_infer_opts){.seed = 1, .nburn = 300, .nkeep = 3000, .ndraw = 300}; }

static double percentile(const double *sorted, int n, double share) {
  const double at = share*(n - 1);
  const int i = (int)at;
  return i + 1 < n ? sorted[i] + (at - i)*(sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

static void moments(const double *x, int n, int stride, double *mean, double *sd) {
  double sum = 0.0, square = 0.0;
  for (int i = 0; i < n; i++) sum += x[i*stride];
  *mean = sum/n;
  for (int i = 0; i < n; i++) square += (x[i*stride] - *mean)*(x[i*stride] - *mean);
  *sd = sqrt(square/n);
}

// mean and spread of a latent before any reading: the normal density summed over 2,000 midpoints within 8 deviations
static void prior_moments(const ps_surrogate *g, int latent, ps_marginal *out) {
  enum { N = 2000 };
  double weight = 0.0, sum = 0.0, square = 0.0;
  for (int pass = 0; pass < 2; pass++)
    for (int i = 0; i < N; i++) {
      const double n = -8.0 + 16.0*(i + 0.5)/N, w = exp(-0.5*n*n), x = ps__latent_at(&g->subject, latent, n);
      if (pass == 0) {
        weight += w;
        sum += w*x;
      } else {
        square += w*(x - sum/weight)*(x - sum/weight);
      }
    }
  out->prior_mean = sum/weight;
  out->prior_sd = sqrt(square/weight);
}

// ---- what they say -----------------------------------------------------------------------------------------------------

static void summarise(const ps_surrogate *g, const double *kept, int n, double *sorted, ps_posterior *out) {
  for (int i = 0; i < PS_NLATENT; i++) {
    ps_marginal *m = &out->latent[i];
    prior_moments(g, i, m);
    moments(kept + i, n, PS_NLATENT, &m->mean, &m->sd);
    for (int k = 0; k < n; k++) sorted[k] = kept[k*PS_NLATENT + i];
    ps_sort(sorted, n);
    m->lo = percentile(sorted, n, 0.05);
    m->median = percentile(sorted, n, 0.5);
    m->hi = percentile(sorted, n, 0.95);
    m->is_prior_like = m->sd > PRIOR_LIKE_SD*m->prior_sd && fabs(m->mean - m->prior_mean) < PRIOR_LIKE_SHIFT*m->prior_sd;
  }
}

static void judge_chains(const double *kept, int nkeep, ps_posterior *out) {
  for (int i = 0; i < PS_NLATENT; i++)
    ps__sample_quality(kept + i, PS__NCHAIN, nkeep, PS_NLATENT, &out->latent[i].rhat, &out->latent[i].ess);
  out->ess = fmin(out->latent[0].ess, out->latent[1].ess);
  out->rhat = fmax(out->latent[0].rhat, out->latent[1].rhat);
}

static int common_divisor(int a, int b) { return b == 0 ? a : common_divisor(b, a % b); }

// draws spread evenly over all that is kept: one draw is one person, both sides. What is kept lies chain by chain, so they are taken
// in strides of the golden section: the first hundreds, too, are of all chains from their beginning to their end
static void lay_out_draws(const double *kept, int n, int ndraw, ps_posterior *out) {
  out->ndraw = ndraw < n ? ndraw : n;
  int stride = (int)(0.618034*out->ndraw);
  while (out->ndraw > 0 && common_divisor(out->ndraw, stride) != 1) stride++;
  for (int i = 0; i < out->ndraw; i++) {
    const int64_t at = (int64_t)i*stride % out->ndraw;
    const double *v = kept + (size_t)(at*n/out->ndraw)*PS_NLATENT;
    for (int k = 0; k < 2; k++)
      out->draw[k][i] = (ps_tightness_draw){v[PS_LATENT_SHORTENING + k], v[PS_LATENT_STIFFNESS + k]};
  }
}

// how far an error of one rms in the simulated thigh moves the mean shortening, over the half-width of its interval:
// with normal errors the mean moves by cov(shortening, angle)/variance for each radian
static double surrogate_share(const ps__inference *f, int n, const double *kept, const ps_posterior *out) {
  double worst = 0.0;
  for (int k = 0; k < 2; k++) {
    const ps_marginal *m = &out->latent[PS_LATENT_SHORTENING + k];
    if (!f->r[3*k].has || !(m->hi > m->lo)) continue;
    double cov = 0.0;
    for (int i = 0; i < n; i++) {
      ps_latents l;
      memcpy(l.value, kept + i*PS_NLATENT, sizeof l.value);
      const double simulated = ps_surrogate_eval(f->g, &l, k, f->want[k]).hip;
      cov += (l.value[PS_LATENT_SHORTENING + k] - m->mean)*simulated/n;
    }
    const double variance = f->r[3*k].variance + f->r[3*k].doubt;
    worst = fmax(worst, fabs(cov)/variance*f->g->rms[0]/(0.5*(m->hi - m->lo)));
  }
  return worst;
}

size_t ps_posterior_scratch_size(const ps_infer_opts *opts) {
  const ps_infer_opts o = opts ? *opts : ps_infer_default();
  return sizeof(double)*(size_t)(PS__NCHAIN*o.nkeep)*(PS_NLATENT + 1) + 3*64;
}

// how much likelier a body is by its simulation than the surrogate said; as a logarithm
static double correction(ps__inference *f, const double *latents) {
  ps_latents l;
  memcpy(l.value, latents, sizeof l.value);
  f->is_direct = false;
  const double said = ps__inference_weigh(f, &l);
  f->is_direct = true;
  return ps__inference_weigh(f, &l) - said;
}

/* Put simulations in the place of the surrogate: some of what is kept, weighed again by their own simulation and drawn anew
 * with that weight (systematic resampling). `weight` has room for n. Returns how many are kept now, at the front. */
static int simulate_again(ps__inference *f, double *kept, int n, double *weight, ps_posterior *out) {
  const int m = n/2 < NDIRECT ? n/2 : NDIRECT;
  double largest = -HUGE_VAL, sum = 0.0, square = 0.0;
  for (int i = 0; i < m; i++) {
    memmove(kept + i*PS_NLATENT, kept + (size_t)((int64_t)i*n/m)*PS_NLATENT, sizeof(double)*PS_NLATENT);
    weight[i] = correction(f, kept + i*PS_NLATENT);
    largest = fmax(largest, weight[i]);
  }
  for (int i = 0; i < m; i++) {
    weight[i] = exp(weight[i] - largest);
    sum += weight[i];
    square += weight[i]*weight[i];
  }

  // equal steps along the weights
  double *drawn = kept + m*PS_NLATENT, passed = 0.0;
  int next = 0;
  for (int i = 0; i < m; i++) {
    passed += weight[i];
    for (; next < m && (next + 0.5)*sum/m <= passed; next++)
      memcpy(drawn + next*PS_NLATENT, kept + i*PS_NLATENT, sizeof(double)*PS_NLATENT);
  }
  for (; next < m; next++) memcpy(drawn + next*PS_NLATENT, kept + (m - 1)*PS_NLATENT, sizeof(double)*PS_NLATENT);
  memcpy(kept, drawn, sizeof(double)*PS_NLATENT*(size_t)m);
  for (int i = 0; i < PS_NLATENT; i++) out->latent[i].ess = fmin(out->latent[i].ess, sum*sum/square);
  out->ess = fmin(out->ess, sum*sum/square);
  return m;
}

static void infer(ps__inference *f, unsigned refused, const ps_infer_opts *o, double *kept, double *scratch, ps_posterior *out) {
  int n = PS__NCHAIN*o->nkeep;
  ps__chains_run(f, o, kept);
  *out = (ps_posterior){.refused = refused};
  for (int i = 0; i < PS_NREADING; i++) out->nread += f->r[i].has;
  summarise(f->g, kept, n, scratch, out);
  judge_chains(kept, o->nkeep, out);
  out->surrogate_share = surrogate_share(f, n, kept, out);
  out->is_direct = o->is_direct || out->surrogate_share > SHARE_MAX;
  if (out->is_direct) {
    n = simulate_again(f, kept, n, scratch, out);
    summarise(f->g, kept, n, scratch, out);
  }
  lay_out_draws(kept, n, o->ndraw, out);
}

ps_status ps_posterior_infer(const ps_surrogate *g, const ps_readings *q, const ps_infer_opts *opts, ps_arena *arena,
                             ps_posterior *out, ps_error *err) {
  const ps_infer_opts o = opts ? *opts : ps_infer_default();
  PS_ASSERT(o.nkeep >= 8 && o.nburn >= 0 && o.ndraw >= 0 && o.ndraw <= PS_DRAW_MAX);
  ps__inference f;
  PS_TRY(ps__inference_begin(&f, g, q, err));
  const unsigned refused = ps__inference_refuse(&f);
  const ps_mark mark = ps_arena_mark(arena);
  double *kept = ps_arena_take(arena, (size_t)(PS__NCHAIN*o.nkeep)*PS_NLATENT, sizeof(double));
  double *scratch = ps_arena_take(arena, (size_t)(PS__NCHAIN*o.nkeep), sizeof(double));
  if (kept && scratch) infer(&f, refused, &o, kept, scratch, out);
  ps_arena_release(arena, mark);
  return kept && scratch ? PS_OK : ps_error_set(err, PS_ENOMEM, 0, "posterior", "arena too small");
}
