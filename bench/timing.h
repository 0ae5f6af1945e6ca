/* Clock and medians of the benchmarks. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdlib.h>
#include <time.h>

static inline double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3*(double)t.tv_sec + 1e-6*(double)t.tv_nsec;
}

static inline int timing_ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// sorts x
static inline double median(double *x, int n) {
  qsort(x, (size_t)n, sizeof *x, timing_ascending);
  return x[n/2];
}
