/* Intervals: percentiles of draws, and whose draws count. Theory: docs/theory/uncertainty.md section 5.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "lib/uncertain/internal.h"

ps_interval ps_interval_of(double *value, int n) {
  if (n <= 0) return (ps_interval){.is_solved = true};
  ps_sort(value, n);
  // outwards to the next draw: few draws make an interval wider, never narrower
  return (ps_interval){.lo = value[(int)floor(0.05*(n - 1))], .hi = value[(int)ceil(0.95*(n - 1))], .is_solved = true, .n = n};
}

ps_status ps_chaos_intervals(const ps_chaos *fit, const ps_chaos_data *solved, const double *x, int ndraw, ps_arena *arena,
                             ps_interval *out) {
  const int n = ndraw > solved->n ? ndraw : solved->n, nq = fit->nq;
  const ps_mark mark = ps_arena_mark(arena);
  double *phi = ps_arena_take(arena, (size_t)fit->nterm, sizeof *phi);
  double *y = ps_arena_take(arena, (size_t)nq, sizeof *y);
  double *column = ps_arena_take(arena, (size_t)n*(size_t)nq, sizeof *column);
  if (!phi || !y || !column) {
    ps_arena_release(arena, mark);
    return PS_ENOMEM;
  }
  for (int i = 0; i < ndraw; i++) {
    ps_chaos_eval(fit, x + (size_t)i*(size_t)fit->d, phi, y);
    for (int q = 0; q < nq; q++) column[(size_t)q*(size_t)n + (size_t)i] = y[q];
  }
  for (int q = 0; q < nq; q++) {
    double *values = column + (size_t)q*(size_t)n;
    const bool is_good = fit->error[q].share <= PS_CHAOS_SHARE_MAX && ndraw > 0;  // written so that a NaN is not
    for (int i = 0; i < solved->n && !is_good; i++) values[i] = solved->y[(size_t)i*(size_t)nq + (size_t)q];
    out[q] = ps_interval_of(values, is_good ? ndraw : solved->n);
    out[q].is_solved = !is_good;
  }
  ps_arena_release(arena, mark);
  return PS_OK;
}
