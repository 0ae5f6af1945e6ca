/* Stratified draws. Source of the scheme: McKay, Beckman, Conover 1979, Technometrics 21:239 (Latin hypercube); of the two-piece
 * normal: Wallis 2014, Statistical Science 29:106. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/sampling.h"

#include <math.h>
#include <stdlib.h>

static const double Z95 = 1.6448536269514722;  // 95th percentile of the standard normal

// Newton on the distribution function, from the quantile before it
static double quantile(double p, double from) {
  double z = from;
  for (int i = 0; i < 60; i++) {
    const double step = (0.5*erfc(-z*0.70710678118654752) - p)/(0.39894228040143268*exp(-0.5*z*z));
    z -= fmax(fmin(step, 0.5), -0.5);
    if (fabs(step) < 1e-14) break;
  }
  return z;
}

void sampling_begin(sampling *s, uint64_t seed) {
  const int half = CLINIC_DRAWS/2;
  ps_rng_init(&s->rng, seed);
  s->normal[half] = 0.0;
  for (int i = half + 1; i < CLINIC_DRAWS; i++) {
    s->normal[i] = quantile((i + 0.5)/CLINIC_DRAWS, s->normal[i - 1]);
    s->normal[CLINIC_DRAWS - 1 - i] = -s->normal[i];
  }
  for (int i = 0; i < CLINIC_DRAWS; i++) {
    s->sum[i] = 0.0;
    s->order[i] = i;
  }
}

static void shuffle(sampling *s) {
  for (int i = CLINIC_DRAWS - 1; i > 0; i--) {
    const int k = (int)(ps_rng_uniform(&s->rng)*(i + 1));
    const int t = s->order[i];
    s->order[i] = s->order[k];
    s->order[k] = t;
  }
}

void sampling_add(sampling *s, const clinic_spread *spread, double factor) {
  const double below = factor*(spread->median - spread->p05)/Z95, above = factor*(spread->p95 - spread->median)/Z95;
  shuffle(s);
  for (int i = 0; i < CLINIC_DRAWS; i++) {
    const double z = s->normal[s->order[i]];
    s->sum[i] += factor*spread->median + z*(z < 0.0 ? below : above);
  }
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// linear between the draws, which stand at (i + 1/2)/CLINIC_DRAWS
static double percentile(const sampling *s, double p) {
  const double at = p*CLINIC_DRAWS - 0.5;
  const int i = (int)at;
  return s->sum[i] + (at - i)*(s->sum[i + 1] - s->sum[i]);
}

void sampling_percentiles(sampling *s, double *p05, double *p95) {
  qsort(s->sum, CLINIC_DRAWS, sizeof *s->sum, compare);
  *p05 = percentile(s, 0.05);
  *p95 = percentile(s, 0.95);
}
