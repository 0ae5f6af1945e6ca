/* Clp's barrier method on load sharing problems with p = 2. SPDX-License-Identifier: Apache-2.0 */
#include <coin/Clp_C_Interface.h>
#include <stdlib.h>
#include <string.h>

#include "bench/peer.h"
#include "bench/timing.h"

typedef struct arrays {   // columns: activations, supports, reserves
  int *start, *row, *diagonal_start, *diagonal;
  double *val, *low, *up, *cost, *curvature;
  void *memory;
} arrays;

static bool take(const ps_share_problem *q, int n, arrays *out) {
  const size_t nnz = (size_t)q->col[q->na + q->ns] + (size_t)q->n, columns = (size_t)n;
  double *d = calloc(nnz + 4*columns + (2*(columns + 1) + nnz + columns)/2 + 1, sizeof *d);
  if (!d) return false;
  int *i = (int *)(d + nnz + 4*columns);
  *out = (arrays){.memory = d, .val = d, .low = d + nnz, .up = d + nnz + columns, .cost = d + nnz + 2*columns,
                  .curvature = d + nnz + 3*columns, .start = i, .diagonal_start = i + columns + 1,
                  .diagonal = i + 2*(columns + 1), .row = i + 2*(columns + 1) + columns};
  return true;
}

static void fill(const ps_share_problem *q, int n, arrays *a) {
  const int nc = q->na + q->ns, nnz = q->col[nc];
  memcpy(a->row, q->row, (size_t)nnz*sizeof(int));
  memcpy(a->val, q->val, (size_t)nnz*sizeof(double));
  for (int j = 0; j < n; j++) {
    a->start[j] = j < nc ? q->col[j] : nnz + j - nc;
    a->diagonal_start[j] = a->diagonal[j] = j;
    a->low[j] = j < nc ? 0.0 : -1e30;
    a->up[j] = j < q->na ? 1.0 : 1e30;
    a->curvature[j] = 2.0*(j < q->na ? q->v[j] : j < nc ? q->e[j - q->na] : q->w[j - nc]);
  }
  for (int i = 0; i < q->n; i++) {
    a->row[nnz + i] = i;
    a->val[nnz + i] = 1.0;
  }
  a->start[n] = nnz + q->n;
  a->diagonal_start[n] = n;
}

peer_answer peer_clp_solve(const ps_share_problem *q) {
  peer_answer out = {.is_solved = false};
  const int n = q->na + q->ns + q->n;
  arrays a;
  Clp_Simplex *clp = Clp_newModel();
  if (!clp || !take(q, n, &a)) return out;
  fill(q, n, &a);
  Clp_setLogLevel(clp, 0);
  Clp_setPrimalTolerance(clp, 1e-9);
  Clp_setDualTolerance(clp, 1e-9);
  const double t0 = now_ms();
  Clp_loadProblem(clp, n, q->n, a.start, a.row, a.val, a.low, a.up, a.cost, q->b, q->b);
  Clp_loadQuadraticObjective(clp, n, a.diagonal_start, a.diagonal, a.curvature);
  out.is_solved = Clp_initialBarrierNoCrossSolve(clp) == 0;
  out.ms = now_ms() - t0;

  // its point, and the prices of its rows, in our order; the bounds are held exactly
  double *x = Clp_primalColumnSolution(clp);
  for (int j = 0; j < q->na + q->ns; j++) {
    if (x[j] < 0.0) x[j] = 0.0;
    if (j < q->na && x[j] > 1.0) x[j] = 1.0;
  }
  ps_share_result r = {.a = x, .s = x + q->na, .r = x + q->na + q->ns, .y = Clp_dualRowSolution(clp)};
  for (int j = 0; j < n; j++) out.objective += 0.5*a.curvature[j]*x[j]*x[j];
  out.kkt = ps_share_kkt(q, &r);
  free(a.memory);
  Clp_deleteModel(clp);
  return out;
}
