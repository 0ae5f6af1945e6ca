/* The dual of the load sharing problem, written from the problem alone: a lower bound of the objective for any multipliers.
 * Shares no code with the solver. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/optim.h"

/** Value of the dual at y, and its gradient (n) unless NULL: b - A a(y) - G s(y) - y/(2w). */
double share_dual(const ps_share_problem *q, const double *y, double *gradient);

/** Objective of a primal point, and the largest violation of its rows (relative to 1 + |b|_max) and bounds. */
double share_primal(const ps_share_problem *q, const double *a, const double *s, const double *r, double *violation);

/** KKT conditions one by one, dense and unscaled by the solver's own measure: the worst of
 *    rows over 1 + |b|_max,   bounds of a and s,   |2 w r - y| over 1 + |y|_max,
 *    slope of the Lagrangian over the column's own terms (cost slope and column'y), where the bounds let it act. */
double share_kkt_outside(const ps_share_problem *q, const ps_share_result *x);
