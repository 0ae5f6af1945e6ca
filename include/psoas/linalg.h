/* Small dense linear algebra of fixed summation order. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"

/** Factor a symmetric positive definite matrix in place, H = U'U.
 *
 *  given    n       order                                                     n >= 0
 *           ld      length of a stored row                                    ld >= n
 *           h       upper triangle of H, row-major (n x ld); below the diagonal: any finite numbers, may be overwritten
 *           floor   pivots below floor*h_ii are replaced by h_ii (such a row then hardly moves)   0: none is replaced
 *  fills    h       U, with the reciprocal of each pivot on the diagonal
 *  returns  number of pivots replaced; -1 when a pivot is not positive (floor 0) or not a number
 *  Allocates nothing; thread-safe; deterministic.  checked  test/unit/chol_test.c
 */
int ps_chol_factor(int n, int ld, double *h, double floor);

/** Solve U'U x = b in place with the factor above: x comes in as b (n). checked test/unit/chol_test.c */
void ps_chol_solve(int n, int ld, const double *u, double *x);

/** Factor a square matrix in place, rows exchanged for the largest pivot.
 *  given    n, a    matrix (n x n), row-major
 *  fills    a       its factors; order   which row each pivot came from (n)
 *  returns  false when it is singular or not a number.  Allocates nothing.   checked test/unit/lu_test.c */
bool ps_lu_factor(int n, double *a, int *order);

/** Solve A x = b, or A'x = b, in place with the factors above: x comes in as b (n). */
void ps_lu_solve(int n, const double *lu, const int *order, double *x);
void ps_lu_solve_transposed(int n, const double *lu, const int *order, double *x);
