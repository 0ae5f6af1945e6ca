/* Shared by the files of the load sharing solver. Theory and symbols: docs/theory/recruitment.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/optim.h"

/* Muscles and supports are one list of nc = na + ns columns. With x_j the activation, or the support force / force_unit,
 * stationarity of column j is divided by its own cost, so that every number below is of order 1:
 *    f'(x) - zh - lo + up = 0,    f'(x) = x^(p-1) (activation) or x (support),   zh_j = gz_j * (column_j . y)
 */
typedef struct ps__share {
  const ps_share_problem *q;   // borrowed
  int n, na, nc, ld;           // rows, muscles, columns, length of a stored row of h
  double force_unit;           // typical support force                                   [N]
  double b_scale, tolerance;   // 1 + |b|_max; relative residual wanted
  // per column (nc)
  double *gz, *unit;           // zh per column.y; row load per x
  double *x, *t, *lo, *up;     // value, distance to the upper bound, multipliers of both bounds
  double *zh, *f1, *theta;     // scaled column.y; f'(x); 1/(scaled stiffness)
  double *dx, *dlo, *dup, *dzh, *work;
  // per row (n)
  double *y, *dy, *rp, *rhs, *inv2w, *best_y;
  double *h;                   // Newton matrix, upper triangle, then its factor          (n x ld)
} ps__share;

/** out_j = column_j . y for all columns (nc). */
void ps__share_gather(const ps_share_problem *q, const double *y, double *out);

/** out -= sum_j x_j column_j (n). */
void ps__share_scatter(const ps_share_problem *q, const double *x, double *out);

/** h = diag(inv2w) + sum_j weight_j column_j column_j', upper triangle; columns of zero weight are skipped. */
void ps__share_hessian(const ps__share *k, const double *weight);

/** Interior point iterations from a cold start, at most `limit`; fills x, y; true when the tolerance is met. */
bool ps__share_interior(ps__share *k, int limit, int *iterations);

/** Newton on the dual from k->y, at most `limit` steps; fills x, y; true when the tolerance is met. */
bool ps__share_newton(ps__share *k, int limit, int *iterations);

/** Activation x in 0..1 at scaled multiplier zh, and dx/dzh. */
double ps__share_activation(double p, double zh, double *slope);
