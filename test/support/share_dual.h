/* The dual of the load sharing problem, written from the problem alone: a lower bound of the objective for any multipliers.
 * Shares no code with the solver. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/optim.h"

/** Value of the dual at y, and its gradient (n) unless NULL: b - A a(y) - G s(y) - y/(2w). */
double share_dual(const ps_share_problem *q, const double *y, double *gradient);

/** Objective of a primal point, and the largest violation of its rows (relative to 1 + |b|_max) and bounds. */
double share_primal(const ps_share_problem *q, const double *a, const double *s, const double *r, double *violation);

/** The worst of: rows over 1 + |b|_max; bounds; |2 w r - y| over 1 + |y|_max; for each activation and support the smaller
 *  of its distance to the bound and the slope (in units of its own cost) that pushes it there. */
double share_kkt_outside(const ps_share_problem *q, const ps_share_result *x);
