/* The posterior of one person's tightness: likelihood of the readings, chains, and what they say.
 * Theory: docs/theory/tightness.md sections 6 to 9. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/posterior.h"

#include <math.h>
#include <string.h>

#include "lib/tightness/inference.h"
#include "lib/tightness/slice.h"

// the surrogate is left when its error moves the mean shortening by more than this share of the interval's half-width
static const double SHARE_MAX = 0.10;
static const double PRIOR_LIKE = 0.95;

ps_infer_opts ps_infer_default(void) { return (ps_infer_opts){.seed = 1, .nburn = 300, .nkeep = 1500, .ndraw = 300}; }

// let x[root] sink until it is no smaller than its children
static void sink(double *x, int root, int n) {
  const double value = x[root];
  for (int child = 2*root + 1; child < n; child = 2*root + 1) {
    if (child + 1 < n && x[child + 1] > x[child]) child++;
    if (x[child] <= value) break;
    x[root] = x[child];
    root = child;
  }
  x[root] = value;
}

// a heap, because the sort of the C library takes memory of its own
static void sort(double *x, int n) {
  for (int i = n/2 - 1; i >= 0; i--) sink(x, i, n);
  for (int last = n - 1; last > 0; last--) {
    const double largest = x[0];
    x[0] = x[last];
    x[last] = largest;
    sink(x, 0, last);
  }
}

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

static void summarise(const ps_surrogate *g, const ps_infer_opts *o, const double *kept, double *sorted, ps_posterior *out) {
  const int n = PS__NCHAIN*o->nkeep;
  for (int i = 0; i < PS_NLATENT; i++) {
    ps_marginal *m = &out->latent[i];
    prior_moments(g, i, m);
    moments(kept + i, n, PS_NLATENT, &m->mean, &m->sd);
    ps__sample_quality(kept + i, PS__NCHAIN, o->nkeep, PS_NLATENT, &m->rhat, &m->ess);
    for (int k = 0; k < n; k++) sorted[k] = kept[k*PS_NLATENT + i];
    sort(sorted, n);
    m->lo = percentile(sorted, n, 0.05);
    m->median = percentile(sorted, n, 0.5);
    m->hi = percentile(sorted, n, 0.95);
    m->is_prior_like = m->sd > PRIOR_LIKE*m->prior_sd;
  }
  out->ess = fmin(out->latent[0].ess, out->latent[1].ess);
  out->rhat = fmax(out->latent[0].rhat, out->latent[1].rhat);

  // draws spread evenly over all chains: one draw is one person, both sides
  out->ndraw = o->ndraw < n ? o->ndraw : n;
  for (int i = 0; i < out->ndraw; i++) {
    const double *v = kept + (size_t)((int64_t)i*n/out->ndraw)*PS_NLATENT;
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
    worst = fmax(worst, fabs(cov)/f->r[3*k].variance*f->g->rms[0]/(0.5*(m->hi - m->lo)));
  }
  return worst;
}

size_t ps_posterior_scratch_size(const ps_infer_opts *opts) {
  const ps_infer_opts o = opts ? *opts : ps_infer_default();
  return sizeof(double)*(size_t)(PS__NCHAIN*o.nkeep)*(PS_NLATENT + 1) + 3*64;
}

// with simulations themselves there is time for few steps only
static ps_infer_opts fewer(const ps_infer_opts *o) {
  enum { BURN = 20, KEEP = 30 };
  ps_infer_opts few = *o;
  few.nburn = o->nburn < BURN ? o->nburn : BURN;
  few.nkeep = o->nkeep < KEEP ? o->nkeep : KEEP;
  return few;
}

static ps_status infer(const ps_surrogate *g, const ps_readings *q, const ps_infer_opts *o, double *kept, ps_posterior *out,
                       ps_error *err) {
  ps__inference f;
  const int n = PS__NCHAIN*o->nkeep;
  PS_TRY(ps__inference_begin(&f, g, q, o->is_direct, err));
  PS_TRY(ps__inference_refuse(&f, o->seed, err));
  ps__chains_run(&f, o, kept);
  *out = (ps_posterior){.is_direct = o->is_direct};
  for (int i = 0; i < PS__NREADING; i++) out->nread += f.r[i].has;
  summarise(g, o, kept, kept + (size_t)n*PS_NLATENT, out);
  if (!o->is_direct) out->surrogate_share = surrogate_share(&f, n, kept, out);
  return PS_OK;
}

ps_status ps_posterior_infer(const ps_surrogate *g, const ps_readings *q, const ps_infer_opts *opts, ps_arena *arena,
                             ps_posterior *out, ps_error *err) {
  ps_infer_opts o = opts ? *opts : ps_infer_default();
  if (o.is_direct) o = fewer(&o);
  PS_ASSERT(o.nkeep >= 8 && o.nburn >= 0 && o.ndraw >= 0 && o.ndraw <= PS_DRAW_MAX);
  const ps_mark mark = ps_arena_mark(arena);
  double *kept = ps_arena_take(arena, (size_t)(PS__NCHAIN*o.nkeep)*(PS_NLATENT + 1), sizeof(double));
  ps_status status = kept ? PS_OK : ps_error_set(err, PS_ENOMEM, 0, "posterior", "arena too small");
  if (status == PS_OK) status = infer(g, q, &o, kept, out, err);
  if (status == PS_OK && !o.is_direct && out->surrogate_share > SHARE_MAX) {
    const double share = out->surrogate_share;
    ps_infer_opts direct = fewer(&o);
    direct.is_direct = true;
    status = infer(g, q, &direct, kept, out, err);
    out->surrogate_share = share;
  }
  ps_arena_release(arena, mark);
  return status;
}
