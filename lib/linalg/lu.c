/* Small square systems by elimination with row exchanges. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "psoas/linalg.h"

bool ps_lu_factor(int n, double *a, int *order) {
  for (int k = 0; k < n; k++) {
    int best = k;
    for (int i = k + 1; i < n; i++)
      if (fabs(a[i*n + k]) > fabs(a[best*n + k])) best = i;
    if (!(fabs(a[best*n + k]) > 0.0)) return false;
    order[k] = best;
    for (int j = 0; j < n; j++) {
      const double t = a[k*n + j];
      a[k*n + j] = a[best*n + j];
      a[best*n + j] = t;
    }
    for (int i = k + 1; i < n; i++) {
      const double c = a[i*n + k] /= a[k*n + k];
      for (int j = k + 1; j < n; j++) a[i*n + j] -= c*a[k*n + j];
    }
  }
  return true;
}

static void exchange(double *x, int i, int k) {
  const double t = x[i];
  x[i] = x[k];
  x[k] = t;
}

void ps_lu_solve(int n, const double *lu, const int *order, double *x) {
  for (int k = 0; k < n; k++) exchange(x, k, order[k]);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++) x[i] -= lu[i*n + j]*x[j];
  for (int i = n - 1; i >= 0; i--) {
    for (int j = i + 1; j < n; j++) x[i] -= lu[i*n + j]*x[j];
    x[i] /= lu[i*n + i];
  }
}

void ps_lu_solve_transposed(int n, const double *lu, const int *order, double *x) {
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < i; j++) x[i] -= lu[j*n + i]*x[j];
    x[i] /= lu[i*n + i];
  }
  for (int i = n - 1; i >= 0; i--)
    for (int j = i + 1; j < n; j++) x[i] -= lu[j*n + i]*x[j];
  for (int k = n - 1; k >= 0; k--) exchange(x, k, order[k]);
}
