/* Elliptical slice sampling and the diagnostics of its chains. Theory: docs/theory/tightness.md section 9.
 * SPDX-License-Identifier: Apache-2.0 */
#include "lib/tightness/slice.h"

#include <math.h>

#include "psoas/vec.h"

void ps__slice_step(ps__loglik *f, void *context, int n, ps_rng *rng, double *z, double *ll) {
  PS_ASSERT(n <= PS__SLICE_MAX);
  double other[PS__SLICE_MAX], next[PS__SLICE_MAX];
  for (int i = 0; i < n; i++) other[i] = ps_rng_normal(rng);
  const double level = *ll + log(1.0 - ps_rng_uniform(rng));
  double angle = 2.0*PS_PI*ps_rng_uniform(rng), lo = angle - 2.0*PS_PI, hi = angle;

  // the arc shrinks towards where z is, so this ends; 200 halvings are beyond what a double tells apart
  for (int k = 0; k < 200; k++) {
    const double c = cos(angle), s = sin(angle);
    for (int i = 0; i < n; i++) next[i] = c*z[i] + s*other[i];
    const double there = f(context, next);
    if (there > level) {
      for (int i = 0; i < n; i++) z[i] = next[i];
      *ll = there;
      return;
    }
    if (angle < 0.0) lo = angle;
    else hi = angle;
    angle = lo + (hi - lo)*ps_rng_uniform(rng);
  }
}

static double mean_of(const double *x, int n, int stride) {
  double sum = 0.0;
  for (int i = 0; i < n; i++) sum += x[i*stride];
  return sum/n;
}

// mean product of deviations `lag` apart
static double autocovariance(const double *x, int n, int stride, double mean, int lag) {
  double sum = 0.0;
  for (int i = 0; i + lag < n; i++) sum += (x[i*stride] - mean)*(x[(i + lag)*stride] - mean);
  return sum/n;
}

void ps__sample_quality(const double *x, int nchain, int n, int stride, double *rhat, double *ess) {
  enum { HALF_MAX = 16 };
  PS_ASSERT(2*nchain <= HALF_MAX && n >= 8);
  const int m = 2*nchain, half = n/2;
  double mean[HALF_MAX], within = 0.0, between = 0.0, grand = 0.0;
  const double *start[HALF_MAX];
  for (int j = 0; j < m; j++) {
    start[j] = x + (j/2*n + j%2*(n - half))*stride;
    mean[j] = mean_of(start[j], half, stride);
    grand += mean[j]/m;
    within += autocovariance(start[j], half, stride, mean[j], 0)*half/(half - 1)/m;
  }
  for (int j = 0; j < m; j++) between += (mean[j] - grand)*(mean[j] - grand)/(m - 1);
  const double total = within*(half - 1)/half + between;
  const int nall = m*half;
  *rhat = within > 0.0 ? sqrt(total/within) : 1.0;
  *ess = nall;
  if (!(within > 0.0)) return;

  // correlation at lag t over all chains; neighbours summed in pairs while they stay positive
  double sum = 0.0, before = 1.0;
  for (int t = 1; t + 1 < half; t += 2) {
    double rho[2] = {0.0, 0.0};
    for (int k = 0; k < 2; k++) {
      double cov = 0.0;
      for (int j = 0; j < m; j++) cov += autocovariance(start[j], half, stride, mean[j], t + k)/m;
      rho[k] = 1.0 - (within - cov)/total;
    }
    if (!(before + rho[0] > 0.0)) break;
    sum += rho[0];
    if (!(rho[0] + rho[1] > 0.0)) break;
    sum += rho[1];
    before = rho[1];
  }
  *ess = fmin(nall, nall/(1.0 + 2.0*sum));
}
