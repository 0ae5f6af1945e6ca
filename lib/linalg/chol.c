/* Dense Cholesky for matrices of some ten to some hundred rows. Four pivot rows at a time and two rows of the rest, so
 * that what is loaded is used several times; pivots that do not reach a row are skipped, which makes banded matrices
 * cheap. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/linalg.h"

#include <math.h>

#include "lib/linalg/pair.h"

// row[from..n-1] -= c*u[from..n-1]; may begin one column early, below the diagonal
PS__INLINE void subtract(int n, int from, double *restrict row, const double *restrict u, double c) {
  int j = from & ~1;
  for (; j + 3 < n; j += 4) *ps__quad_at(row + j) -= c* *ps__quad_in(u + j);
  for (; j < n; j++) row[j] -= c*u[j];
}

// one pivot row: scaled, with 1/pivot left on the diagonal; returns 1 when replaced, -1 when impossible
PS__INLINE int pivot_row(int n, int k, double *restrict row, double original, double floor) {
  double d = row[k];
  int replaced = 0;
  if (floor > 0.0 && !(d > floor*original)) {
    d = original;
    replaced = 1;
  }
  if (!(d > 0.0 && isfinite(d))) return -1;
  const double inv = 1.0/sqrt(d);
  row[k] = inv;
  int j = k + 1;
  for (; j + 3 < n; j += 4) *ps__quad_at(row + j) *= inv;
  for (; j < n; j++) row[j] *= inv;
  return replaced;
}

// rows k..end-1, of which there are at most four, among themselves; number of pivots replaced, -1 when impossible
PS__INLINE int panel(int n, int ld, int k, int end, double *h, double floor) {
  int replaced = 0;
  double original[4];
  for (int i = k; i < end; i++) original[i - k] = h[(size_t)i*(size_t)ld + (size_t)i];
  for (int i = k; i < end; i++) {
    double *row = h + (size_t)i*(size_t)ld;
    for (int q = k; q < i; q++) {
      const double *u = h + (size_t)q*(size_t)ld;
      if (u[i] != 0.0) subtract(n, i, row, u, u[i]);
    }
    const int did = pivot_row(n, i, row, original[i - k], floor);
    if (did < 0) return -1;
    replaced += did;
  }
  return replaced;
}

// rows i and i + 1 minus their shares of the four pivot rows u; the last column of an odd n is the caller's
PS__INLINE void update_two(int n, int ld, int i, double *restrict h, const double *restrict u) {
  const double *restrict u1 = u + ld, *restrict u2 = u1 + ld, *restrict u3 = u2 + ld;
  const double a0 = u[i], a1 = u1[i], a2 = u2[i], a3 = u3[i];
  const double b0 = u[i + 1], b1 = u1[i + 1], b2 = u2[i + 1], b3 = u3[i + 1];
  double *restrict row = h + (size_t)i*(size_t)ld, *restrict next = row + ld;
  int j = i & ~1;
  for (; j + 3 < n; j += 4) {
    const ps__quad v0 = *ps__quad_in(u + j), v1 = *ps__quad_in(u1 + j), v2 = *ps__quad_in(u2 + j), v3 = *ps__quad_in(u3 + j);
    *ps__quad_at(row + j) -= a0*v0 + a1*v1 + (a2*v2 + a3*v3);
    *ps__quad_at(next + j) -= b0*v0 + b1*v1 + (b2*v2 + b3*v3);
  }
  for (; j + 1 < n; j += 2) {
    const ps__pair v0 = ps__pair_load(u + j), v1 = ps__pair_load(u1 + j);
    const ps__pair v2 = ps__pair_load(u2 + j), v3 = ps__pair_load(u3 + j);
    ps__pair_store(row + j, ps__pair_load(row + j) - (a0*v0 + a1*v1 + (a2*v2 + a3*v3)));
    ps__pair_store(next + j, ps__pair_load(next + j) - (b0*v0 + b1*v1 + (b2*v2 + b3*v3)));
  }
}

PS__INLINE bool reaches(const double *u, int ld, int i) {
  return u[i] != 0.0 || u[ld + i] != 0.0 || u[2*ld + i] != 0.0 || u[3*ld + i] != 0.0;
}

// all rows from `first` on minus their shares of the four pivot rows u
PS__INLINE void update_rest(int n, int ld, int first, double *h, const double *u) {
  int i = first;
  for (; i + 1 < n; i += 2) {
    if (!reaches(u, ld, i) && !reaches(u, ld, i + 1)) continue;
    update_two(n, ld, i, h, u);
    if (n % 2 == 0) continue;
    double *last = h + (size_t)i*(size_t)ld + (n - 1);
    for (int q = 0; q < 4; q++) {
      last[0] -= u[q*ld + i]*u[q*ld + n - 1];
      last[ld] -= u[q*ld + i + 1]*u[q*ld + n - 1];
    }
  }
  if (i >= n) return;
  for (int q = 0; q < 4; q++) h[(size_t)i*(size_t)ld + (size_t)i] -= u[q*ld + i]*u[q*ld + i];
}

PS__WIDE int ps_chol_factor(int n, int ld, double *h, double floor) {
  int replaced = 0;
  for (int k = 0; k < n; k += 4) {
    const int end = k + 4 < n ? k + 4 : n;
    const int did = panel(n, ld, k, end, h, floor);
    if (did < 0) return -1;
    replaced += did;
    if (end < n) update_rest(n, ld, end, h, h + (size_t)k*(size_t)ld);
  }
  return replaced;
}

PS__WIDE void ps_chol_solve(int n, int ld, const double *u, double *x) {
  // U' z = b
  for (int i = 0; i < n; i++) {
    const double *row = u + (size_t)i*(size_t)ld;
    const double z = x[i]*row[i];
    x[i] = z;
    int j = i + 1;
    for (; j + 3 < n; j += 4) *ps__quad_at(x + j) -= z* *ps__quad_in(row + j);
    for (; j < n; j++) x[j] -= row[j]*z;
  }

  // U x = z; partial sums in a fixed order
  for (int i = n - 1; i >= 0; i--) {
    const double *row = u + (size_t)i*(size_t)ld;
    ps__quad s = {0.0, 0.0, 0.0, 0.0}, t = s;
    int j = i + 1;
    for (; j + 7 < n; j += 8) {
      s += *ps__quad_in(row + j)* *ps__quad_in(x + j);
      t += *ps__quad_in(row + j + 4)* *ps__quad_in(x + j + 4);
    }
    double rest = 0.0;
    for (; j < n; j++) rest += row[j]*x[j];
    s += t;
    x[i] = (x[i] - (((s[0] + s[2]) + (s[1] + s[3])) + rest))*row[i];
  }
}
