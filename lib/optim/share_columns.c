/* Passes over the sparse columns: the only loops whose cost grows with the number of non-zeros.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "share_internal.h"

void ps__share_gather(const ps_share_problem *q, const double *y, double *out) {
  const int nc = q->na + q->ns;
  for (int j = 0; j < nc; j++) {
    double s0 = 0.0, s1 = 0.0;
    int k = q->col[j];
    const int end = q->col[j + 1];
    for (; k + 1 < end; k += 2) {
      s0 += q->val[k]*y[q->row[k]];
      s1 += q->val[k + 1]*y[q->row[k + 1]];
    }
    if (k < end) s0 += q->val[k]*y[q->row[k]];
    out[j] = s0 + s1;
  }
}

void ps__share_scatter(const ps_share_problem *q, const double *x, double *out) {
  const int nc = q->na + q->ns;
  for (int j = 0; j < nc; j++) {
    const double c = x[j];
    if (c == 0.0) continue;
    for (int k = q->col[j]; k < q->col[j + 1]; k++) out[q->row[k]] -= c*q->val[k];
  }
}

void ps__share_hessian(const ps__share *k, const double *weight) {
  const ps_share_problem *q = k->q;
  memset(k->h, 0, (size_t)k->n*(size_t)k->ld*sizeof(double));
  for (int i = 0; i < k->n; i++) k->h[(size_t)i*(size_t)k->ld + (size_t)i] = k->inv2w[i];
  for (int j = 0; j < k->nc; j++) {
    if (weight[j] == 0.0) continue;
    const int end = q->col[j + 1];
    for (int a = q->col[j]; a < end; a++) {
      const double c = weight[j]*q->val[a];
      double *restrict line = k->h + (size_t)q->row[a]*(size_t)k->ld;
      for (int b = a; b < end; b++) line[q->row[b]] += c*q->val[b];
    }
  }
}
