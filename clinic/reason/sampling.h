/* Stratified draws of a sum of independent quantities, each known by its median, 5th and 95th percentile. Internal to
 * clinic/reason. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/reason/differential.h"

typedef struct sampling {    // about 100 kB: lives on the stack of its caller
  ps_rng rng;
  double normal[CLINIC_DRAWS];   // the normal's quantiles at (i + 1/2)/CLINIC_DRAWS
  double sum[CLINIC_DRAWS];
  int order[CLINIC_DRAWS];
} sampling;

void sampling_begin(sampling *s, uint64_t seed);

/** Add `factor` times draws of a two-piece normal: below its median it has the spread that gives p05, above it the one that gives
 *  p95. Each stratum is drawn once, in an order of its own (Latin hypercube), so the middle draw of one quantity is its
 *  median. */
void sampling_add(sampling *s, const clinic_spread *spread, double factor);

/** 5th and 95th percentile of the sum. Sorts it. */
void sampling_percentiles(sampling *s, double *p05, double *p95);
