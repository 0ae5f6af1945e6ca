/* Shared by the files of the load sharing solver. Theory and symbols: docs/theory/recruitment.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/optim.h"

/* Muscles and supports are one list of nc = na + ns columns. With x_j the activation, or the support force / force_unit,
 * stationarity of column j is divided by its own cost, so that every number below is of order 1:
 *    f'(x) - zh - lo + up = 0,    f'(x) = x^(p-1) (activation) or x (support),   zh_j = gz_j * (column_j . y)
 * Inside the solver the rows stand in reverse (the problem's row i is row n-1-i; what the trunk and the legs share comes
 * last, so that the factor stays sparse), and their number is made even by a row of zeros. Columns stand in groups of equal
 * pattern, muscles first: column j here is the problem's column order[j].
 */
typedef struct ps__run {     // rows row .. row + len - 1 of a column, both even
  int row, len;
} ps__run;

typedef struct ps__group {   // columns of one pattern; its ranges end where those of the next group begin
  int column, run;           // first column, first run
  int size;                  // values of a column
  double *value;             // of all its columns, one after the other
} ps__group;

typedef struct ps__share {
  const ps_share_problem *q;   // borrowed
  int n, na, nc, ld;           // rows (even), muscles, columns, length of a stored row of h
  double force_unit;           // typical support force                                   [N]
  double b_scale, tolerance;   // 1 + |b|_max; relative residual wanted
  // the columns in groups of equal pattern
  int ngroup;
  int *order;                  // (nc)
  ps__group *group;            // (ngroup + 1)
  ps__run *run;
  double *value;
  // per column (nc)
  double *gz, *unit;           // zh per column.y; row load per x
  double *x, *t, *lo, *up;     // value, distance to the upper bound, multipliers of both bounds
  double *zh, *f1, *theta;     // scaled column.y; f'(x); 1/(scaled stiffness)
  double *dx, *dlo, *dup, *dzh, *work;
  // per row (n)
  double *b, *y, *dy, *rp, *inv2w;
  double *h;                   // Newton matrix, upper triangle, then its factor          (n x ld)
} ps__share;

/** Put all columns into groups, and their values into place. False when the rows of a column are not ascending or outside
 *  the problem. Scratch: `of` (nc), `table` (size, a power of two > nc), `place` (n). */
bool ps__share_pack(ps__share *k, int *of, int *table, unsigned size, int *place);

/** out_j = column_j . y for all columns (nc). */
void ps__share_gather(const ps__share *k, const double *y, double *out);

/** out -= sum_j x_j column_j (n). */
void ps__share_scatter(const ps__share *k, const double *x, double *out);

/** h = diag(inv2w) + sum_j weight_j column_j column_j', upper triangle, then its factor; columns of zero weight are
 *  skipped. False when the matrix is not finite. */
bool ps__share_factor(const ps__share *k, const double *weight);

/** rp = b - A a - G s - y/(2w) for x, y as they stand; uses work. Returns the largest row, relative to b_scale. */
double ps__share_balance(ps__share *k);

/** x of every column at price zh + t dzh, its kinks rounded by `width` (0: not at all), and its slope theta. */
void ps__share_respond(const ps__share *k, double t, double width, double *x, double *theta);

/** Inner product in a fixed order. */
double ps__share_dot(int n, const double *a, const double *b);

/** Smoothed Newton on the dual, at most `limit` steps; fills x, y; true when the tolerance is met. `is_warm`: from k->y. */
bool ps__share_newton(ps__share *k, bool is_warm, int limit, int *iterations);

/** Interior point iterations from a cold start, at most `limit`; fills x, y; true when the tolerance is met. */
bool ps__share_interior(ps__share *k, int limit, int *iterations);
