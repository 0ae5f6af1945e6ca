/* Dense Cholesky for matrices of some ten to some hundred rows. Four pivot rows at a time, so that each row of the
 * rest is loaded and stored once per four updates; inner loops run along rows, where compilers vectorise them
 * without changing any sum. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/linalg.h"

#include <math.h>

// one pivot row: scaled, with 1/pivot left on the diagonal; returns 1 when replaced, -1 when impossible
static int pivot_row(int n, int k, double *restrict row, double original, double floor) {
  double d = row[k];
  int replaced = 0;
  if (floor > 0.0 && !(d > floor*original)) {
    d = original;
    replaced = 1;
  }
  if (!(d > 0.0 && isfinite(d))) return -1;
  const double inv = 1.0/sqrt(d);
  row[k] = inv;
  for (int j = k + 1; j < n; j++) row[j] *= inv;
  return replaced;
}

// row i of the rest minus its share of one pivot row
static void update_one(int n, int from, double *restrict row, const double *restrict u, double c) {
  for (int j = from; j < n; j++) row[j] -= c*u[j];
}

// row i of the rest minus its share of four pivot rows
static void update_four(int n, int ld, int k, int i, double *restrict h) {
  const double *restrict u0 = h + (size_t)k*(size_t)ld;
  const double *restrict u1 = u0 + ld;
  const double *restrict u2 = u1 + ld;
  const double *restrict u3 = u2 + ld;
  double *restrict row = h + (size_t)i*(size_t)ld;
  const double c0 = u0[i], c1 = u1[i], c2 = u2[i], c3 = u3[i];
  for (int j = i; j < n; j++) row[j] -= c0*u0[j] + c1*u1[j] + (c2*u2[j] + c3*u3[j]);
}

int ps_chol_factor(int n, int ld, double *h, double floor) {
  int replaced = 0;
  for (int k = 0; k < n; k += 4) {
    const int end = k + 4 < n ? k + 4 : n;

    // the panel itself, row by row
    double original[4];
    for (int i = k; i < end; i++) original[i - k] = h[(size_t)i*(size_t)ld + (size_t)i];
    for (int i = k; i < end; i++) {
      double *row = h + (size_t)i*(size_t)ld;
      for (int q = k; q < i; q++) {
        const double *u = h + (size_t)q*(size_t)ld;
        update_one(n, i, row, u, u[i]);
      }
      const int did = pivot_row(n, i, row, original[i - k], floor);
      if (did < 0) return -1;
      replaced += did;
    }

    // the rows below
    for (int i = end; i < n; i++) update_four(n, ld, k, i, h);
  }
  return replaced;
}

void ps_chol_solve(int n, int ld, const double *u, double *x) {
  // U' z = b
  for (int i = 0; i < n; i++) {
    const double *row = u + (size_t)i*(size_t)ld;
    const double z = x[i]*row[i];
    x[i] = z;
    for (int j = i + 1; j < n; j++) x[j] -= row[j]*z;
  }

  // U x = z; four partial sums in a fixed order
  for (int i = n - 1; i >= 0; i--) {
    const double *row = u + (size_t)i*(size_t)ld;
    double s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0;
    int j = i + 1;
    for (; j + 3 < n; j += 4) {
      s0 += row[j]*x[j];
      s1 += row[j + 1]*x[j + 1];
      s2 += row[j + 2]*x[j + 2];
      s3 += row[j + 3]*x[j + 3];
    }
    for (; j < n; j++) s0 += row[j]*x[j];
    x[i] = (x[i] - ((s0 + s1) + (s2 + s3)))*row[i];
  }
}
