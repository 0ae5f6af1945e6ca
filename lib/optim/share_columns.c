/* Passes over the sparse columns: the only loops whose cost grows with the number of non-zeros. The rows of a column are
 * mostly neighbours (a muscle crosses joint after joint), so a column is kept as runs of pairs of rows, with zeros where a
 * pair is half empty: no index is read inside a run. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lib/linalg/pair.h"
#include "psoas/linalg.h"
#include "share_internal.h"

// pivots below this fraction of their diagonal are rounding; a real one is at worst about e*w ~ 1e-11 of it
static const double PIVOT_FLOOR = 1e-14;

void ps__share_pack(ps__share *k) {
  const ps_share_problem *q = k->q;
  int nrun = 0, nvalue = 0;
  for (int j = 0; j < k->nc; j++) {
    k->first_run[j] = nrun;
    k->first_value[j] = nvalue;
    int end = -1;  // row after the last pair of this column
    for (int e = q->col[j + 1] - 1; e >= q->col[j]; e--) {
      const int row = q->n - 1 - q->row[e], pair = row & ~1;
      if (end < 0 || pair > end) k->run[nrun++] = (ps__run){.row = pair, .len = 0};
      if (pair >= end) {
        k->run[nrun - 1].len += 2;
        k->value[nvalue] = k->value[nvalue + 1] = 0.0;
        nvalue += 2;
        end = pair + 2;
      }
      k->value[nvalue - 2 + (row & 1)] = q->val[e];
    }
  }
  k->first_run[k->nc] = nrun;
  k->first_value[k->nc] = nvalue;
}

void ps__share_gather(const ps__share *k, const double *y, double *out) {
  for (int j = 0; j < k->nc; j++) {
    const double *v = k->value + k->first_value[j];
    ps__pair sum = ps__pair_of(0.0);
    for (int r = k->first_run[j]; r < k->first_run[j + 1]; r++) {
      const double *at = y + k->run[r].row;
      for (int i = 0; i < k->run[r].len; i += 2, v += 2) sum += ps__pair_load(v)*ps__pair_load(at + i);
    }
    out[j] = sum[0] + sum[1];
  }
}

void ps__share_scatter(const ps__share *k, const double *x, double *out) {
  for (int j = 0; j < k->nc; j++) {
    if (x[j] == 0.0) continue;
    const ps__pair c = ps__pair_of(x[j]);
    const double *v = k->value + k->first_value[j];
    for (int r = k->first_run[j]; r < k->first_run[j + 1]; r++) {
      double *at = out + k->run[r].row;
      for (int i = 0; i < k->run[r].len; i += 2, v += 2) ps__pair_store(at + i, ps__pair_load(at + i) - c*ps__pair_load(v));
    }
  }
}

// two rows of h += the rows' coefficients times a run of values
static inline void add_two(double *restrict h0, double *restrict h1, const double *restrict v, int len,
                           const ps__pair c[2]) {
  for (int i = 0; i < len; i += 2) {
    const ps__pair u = ps__pair_load(v + i);
    ps__pair_store(h0 + i, ps__pair_load(h0 + i) + c[0]*u);
    ps__pair_store(h1 + i, ps__pair_load(h1 + i) + c[1]*u);
  }
}

// h += weight column_j column_j', upper triangle
static void add_column(const ps__share *k, int j, double weight) {
  const double *v = k->value + k->first_value[j];
  const int last = k->first_run[j + 1];
  for (int r = k->first_run[j]; r < last; r++) {
    for (int left = k->run[r].len; left > 0; left -= 2, v += 2) {
      const ps__pair c[2] = {ps__pair_of(weight*v[0]), ps__pair_of(weight*v[1])};
      const int row = k->run[r].row + k->run[r].len - left;
      double *h0 = k->h + (size_t)row*(size_t)k->ld, *h1 = h0 + k->ld;
      add_two(h0 + row, h1 + row, v, left, c);
      const double *u = v + left;
      for (int s = r + 1; s < last; u += k->run[s].len, s++) add_two(h0 + k->run[s].row, h1 + k->run[s].row, u, k->run[s].len, c);
    }
  }
}

bool ps__share_factor(const ps__share *k, const double *weight) {
  memset(k->h, 0, (size_t)k->n*(size_t)k->ld*sizeof(double));
  for (int i = 0; i < k->n; i++) k->h[(size_t)i*(size_t)k->ld + (size_t)i] = k->inv2w[i];
  for (int j = 0; j < k->nc; j++) {
    if (weight[j] != 0.0) add_column(k, j, weight[j]);
  }
  return ps_chol_factor(k->n, k->ld, k->h, PIVOT_FLOOR) >= 0;
}

double ps__share_balance(ps__share *k) {
  for (int j = 0; j < k->nc; j++) k->work[j] = k->unit[j]*k->x[j];
  for (int i = 0; i < k->n; i++) k->rp[i] = k->b[i] - k->y[i]*k->inv2w[i];
  ps__share_scatter(k, k->work, k->rp);
  double worst = 0.0;
  for (int i = 0; i < k->n; i++) worst = isnan(k->rp[i]) ? HUGE_VAL : fmax(worst, fabs(k->rp[i]));
  return worst/k->b_scale;
}
