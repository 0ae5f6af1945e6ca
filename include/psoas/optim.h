/* Load sharing as a convex programme: who carries a set of required moments. Knows no anatomy.
 * Theory: docs/theory/recruitment.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"

/* The problem
 *
 *    min   sum_j v_j a_j^p  +  sum_k e_k s_k^2  +  sum_i w_i r_i^2
 *    s.t.  sum_j a_j A_j  +  sum_k s_k G_k  +  r  =  b            (n rows)
 *          0 <= a_j <= 1,   s_k >= 0,   r free
 *
 * A_j are sparse columns (muscles: moment arms times strength), G_k sparse columns (contact generators), r reserves.
 * Always feasible. Strictly convex when all v, e, w > 0.
 */
typedef struct ps_share_problem {
  int n;               // rows: balanced coordinates
  int na, ns;          // activations, supports
  double p;            // exponent of the activation cost, 2 <= p <= 10 (2 and 3 are the usual ones)
  const int *col;      // column starts of [A | G]                    (na + ns + 1), col[0] = 0
  const int *row;      // row of each entry, ascending in a column    (col[na + ns])
  const double *val;   // value of each entry                         (col[na + ns])
  const double *v;     // cost of activation            > 0           (na)
  const double *e;     // cost of support force squared > 0           (ns)
  const double *w;     // cost of reserve squared       > 0           (n)
  const double *b;     // required right-hand side                    (n)
} ps_share_problem;

typedef enum ps_outcome { PS_CONVERGED = 0, PS_STALLED = 1, PS_ITERATION_LIMIT = 2 } ps_outcome;

typedef struct ps_share_opts {
  double tolerance;      // relative KKT residual at which it stops        default 1e-9
  int max_iterations;    // Newton steps                                   default 200
  bool is_warm;          // start from `y` of the result as it comes in    default false
} ps_share_opts;

typedef struct ps_share_result {   // arrays are the caller's, set before the call
  double *a;             // activations                                (na)
  double *s;             // support forces                             (ns)
  double *r;             // reserves                                   (n)
  double *y;             // multipliers: d(objective)/d(b)             (n)    in: start when is_warm
  double objective;
  double kkt_residual;   // largest relative violation, see ps_share_kkt
  int iterations;
  ps_outcome outcome;
} ps_share_result;

/** Default options. */
ps_share_opts ps_share_default(void);

/** Bytes of scratch that ps_share_solve takes for a problem of this shape (nnz = col[na + ns]). */
size_t ps_share_scratch_size(int n, int na, int ns, int nnz);

/** Solve the load sharing problem. Allocates nothing; deterministic; thread-safe. */
PS_MUST_CHECK ps_status ps_share_solve(const ps_share_problem *problem, const ps_share_opts *opts,
                                       ps_share_result *result, ps_arena *scratch);

/** KKT residual of any candidate, computed from the problem alone: the largest of
 *    |A a + G s + r - b|_i / (1 + |b|_max),
 *    |2 w_i r_i - y_i| / (1 + |y|_max),
 *    projected gradient of each activation |a_j - clip(a_j - (v_j p a_j^(p-1) - A_j'y)/(v_j p), 0, 1)|,
 *    and of each support, scaled by the largest support force.
 *  checked against Ipopt: test/referee/. */
double ps_share_kkt(const ps_share_problem *problem, const ps_share_result *result);

// ---- minimum of a smooth function ----------------------------------------------------------------------------------

typedef struct ps_descend_problem {
  int n;
  // value at x and gradient (n); not a number, or infinite, where there is none
  double (*value)(void *context, const double *x, double *gradient);
  void *context;
} ps_descend_problem;

typedef struct ps_descend_opts {
  double tolerance;      // largest component of the gradient at which it stops   default 1e-6
  double step_max;       // longest component of one step                        default 0.1
  int max_iterations;    //                                                      default 200
} ps_descend_opts;

typedef struct ps_descend_result {
  double value, gradient;    // at the end: value, largest component of the gradient
  int iterations, evaluations;
  ps_outcome outcome;        // PS_STALLED: no step goes down though the gradient is above tolerance (a bend of the slope)
} ps_descend_result;

/** Default options. */
ps_descend_opts ps_descend_default(void);

/** Bytes of scratch that ps_descend takes for n unknowns. */
size_t ps_descend_scratch_size(int n);

/** A local minimum near x, by BFGS.
 *  given    x   start (n);  h   guess of the inverse Hessian, symmetric positive definite (n x n)
 *  fills    x   the point found;  h   the guess as the steps improved it;  result
 *  errors   PS_ENOMEM (scratch), PS_ENUMERIC (no value at the start).  Allocates nothing; deterministic.
 *  source   @nocedal2006 ch. 6; line search by @lewis2013.   checked  test/unit/descend_test.c */
PS_MUST_CHECK ps_status ps_descend(const ps_descend_problem *problem, const ps_descend_opts *opts, double *x, double *h,
                                   ps_descend_result *result, ps_arena *scratch);
