/* A sampler for standard normals under a likelihood, and how good a sample is. Knows no anatomy.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"

#define PS__SLICE_MAX 32

typedef double ps__loglik(void *context, const double *z);

/** One step of elliptical slice sampling: z (n standard normals) and its log-likelihood ll to the next.
 *  source @murray2010: a point on the ellipse through z and a fresh normal vector, the arc shrunk until the likelihood is
 *  above a level drawn below the present one; no proposal to tune, and the step always ends.
 *  given n <= PS__SLICE_MAX, ll finite.   checked test/unit/posterior_test.c */
void ps__slice_step(ps__loglik *f, void *context, int n, ps_rng *rng, double *z, double *ll);

/** Split-R-hat and effective size of one quantity.
 *  given   x   (nchain chains of n, the next value `stride` on, chains n*stride apart)  n >= 8
 *  source  @gelman2013 (11.4, 11.8): each chain cut in two, autocorrelation summed while pairs stay positive
 *  fills   rhat 1 when all is constant; ess at most the number of values   checked test/unit/posterior_test.c */
void ps__sample_quality(const double *x, int nchain, int n, int stride, double *rhat, double *ess);
