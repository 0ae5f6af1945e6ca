/* Load sharing: checks, workspace, the order of the methods, and the KKT residual.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "share_internal.h"

enum { NCOLUMN_ARRAYS = 14, NROW_ARRAYS = 5, NPACK_ARRAYS = 7, ROW_BLOCK = 128, NEWTON_LIMIT = 100 };

ps_share_opts ps_share_default(void) {
  return (ps_share_opts){.tolerance = 1e-9, .max_iterations = 200, .is_warm = false};
}

// rows inside the solver: even
static int row_count(int n) { return (n + 1) & ~1; }

// stored length of a row of the matrix: a multiple of four, not of 32, so that rows do not share cache sets
static int row_length(int n) {
  const int ld = (n + 3) & ~3;
  return ld % 32 == 0 ? ld + 4 : ld;
}

// slots in which patterns are looked up: a power of two, at most half full
static size_t table_size(size_t nc) {
  size_t size = 16;
  while (size < 2*nc) size *= 2;
  return size;
}

size_t ps_share_scratch_size(int n, int na, int ns, int nnz) {
  const size_t nc = (size_t)na + (size_t)ns, rows = (size_t)row_count(n), entries = (size_t)nnz;
  const size_t doubles = NCOLUMN_ARRAYS*nc + NROW_ARRAYS*rows + rows*(size_t)row_length(n) + 2u*entries;
  const size_t narray = NCOLUMN_ARRAYS + NROW_ARRAYS + NPACK_ARRAYS + 1u;
  const size_t ints = 2u*nc + table_size(nc) + rows;
  return doubles*sizeof(double) + ints*sizeof(int) + (nc + 1u)*sizeof(ps__group) + entries*sizeof(ps__run) +
         64u*(narray + 1u);
}

static bool all_finite(const double *v, int n) {
  double zero[4] = {0.0, 0.0, 0.0, 0.0};  // stays zero unless one is infinite or not a number
  int i = 0;
  for (; i + 3 < n; i += 4) {
    for (int q = 0; q < 4; q++) zero[q] += 0.0*v[i + q];
  }
  for (; i < n; i++) zero[0] += 0.0*v[i];
  return (zero[0] + zero[1]) + (zero[2] + zero[3]) == 0.0;
}

static bool all_positive(const double *v, int n) {
  for (int i = 0; i < n; i++) {
    if (!(v[i] > 0.0 && isfinite(v[i]))) return false;
  }
  return true;
}

// the rows are checked where they are packed
static ps_status check_columns(const ps_share_problem *q) {
  if (q->col[0] != 0) return PS_ESHAPE;
  for (int j = 0; j < q->na + q->ns; j++) {
    if (q->col[j + 1] < q->col[j] || q->col[j + 1] - q->col[j] > q->n) return PS_ESHAPE;
  }
  return PS_OK;
}

static ps_status check(const ps_share_problem *q, const ps_share_opts *o) {
  if (q->n < 0 || q->na < 0 || q->ns < 0) return PS_ESHAPE;
  PS_TRY(check_columns(q));
  if (!(q->p >= 2.0 && q->p <= 10.0)) return PS_EINPUT;
  if (!(o->tolerance > 0.0) || o->max_iterations < 0) return PS_EINPUT;
  if (!all_finite(q->val, q->col[q->na + q->ns]) || !all_finite(q->b, q->n)) return PS_EINPUT;
  if (!all_positive(q->v, q->na) || !all_positive(q->e, q->ns) || !all_positive(q->w, q->n)) return PS_EINPUT;
  return PS_OK;
}

static bool take(ps__share *k, ps_arena *scratch) {
  const size_t nc = (size_t)k->nc, n = (size_t)k->n, nnz = (size_t)k->q->col[k->nc];
  double **const columns[NCOLUMN_ARRAYS] = {&k->gz, &k->unit, &k->x,  &k->t,   &k->lo,  &k->up,  &k->zh,
                                            &k->f1, &k->theta, &k->dx, &k->dlo, &k->dup, &k->dzh, &k->work};
  double **const rows[NROW_ARRAYS] = {&k->b, &k->y, &k->dy, &k->rp, &k->inv2w};
  for (int i = 0; i < NCOLUMN_ARRAYS; i++) {
    if (!(*columns[i] = ps_arena_take(scratch, nc, sizeof(double)))) return false;
  }
  for (int i = 0; i < NROW_ARRAYS; i++) {
    if (!(*rows[i] = ps_arena_take(scratch, n, sizeof(double)))) return false;
  }
  k->h = ps_arena_take(scratch, n*(size_t)k->ld, sizeof(double));
  k->order = ps_arena_take(scratch, nc, sizeof(int));
  k->group = ps_arena_take(scratch, nc + 1u, sizeof(ps__group));
  k->run = ps_arena_take(scratch, nnz, sizeof(ps__run));
  k->value = ps_arena_take(scratch, 2u*nnz, sizeof(double));
  return k->h && k->order && k->group && k->run && k->value;
}

static ps_status pack(ps__share *k, ps_arena *scratch) {
  const size_t nc = (size_t)k->nc, size = table_size(nc);
  int *of = ps_arena_take(scratch, nc, sizeof(int));
  int *table = ps_arena_take(scratch, size, sizeof(int));
  int *place = ps_arena_take(scratch, (size_t)k->n, sizeof(int));
  if (!of || !table || !place) return PS_ENOMEM;
  return ps__share_pack(k, of, table, (unsigned)size, place) ? PS_OK : PS_ESHAPE;
}

static double largest(const double *v, int n) {
  double m = 0.0;
  for (int i = 0; i < n; i++) m = fmax(m, fabs(v[i]));
  return m;
}

// scales that make every column's equation of order 1; rows in reverse, and one of zeros when their number is odd
static void scale(ps__share *k) {
  const ps_share_problem *q = k->q;
  const double load = largest(q->b, q->n);
  const int first = q->col[q->na];
  const double entry = largest(q->val + first, q->col[k->nc] - first);
  k->b_scale = 1.0 + load;
  k->force_unit = entry > 0.0 && load > 0.0 ? load/entry : 1.0;
  for (int j = 0; j < k->na; j++) {
    k->gz[j] = 1.0/(q->p*q->v[k->order[j]]);
    k->unit[j] = 1.0;
  }
  for (int j = k->na; j < k->nc; j++) {
    k->gz[j] = 1.0/(2.0*q->e[k->order[j] - k->na]*k->force_unit);
    k->unit[j] = k->force_unit;
  }
  for (int i = 0; i < q->n; i++) {
    k->b[q->n - 1 - i] = q->b[i];
    k->inv2w[q->n - 1 - i] = 0.5/q->w[i];
  }
  if (k->n > q->n) k->inv2w[k->n - 1] = 1.0;
}

static double cost(const ps_share_problem *q, const ps_share_result *r) {
  double sum = 0.0;
  for (int j = 0; j < q->na; j++) {
    const double a = r->a[j];
    sum += q->v[j]*(q->p == 2.0 ? a*a : q->p == 3.0 ? a*a*a : pow(a, q->p));
  }
  for (int j = 0; j < q->ns; j++) sum += q->e[j]*r->s[j]*r->s[j];
  for (int i = 0; i < q->n; i++) sum += q->w[i]*r->r[i]*r->r[i];
  return sum;
}

static void deliver(const ps__share *k, ps_share_result *r) {
  for (int j = 0; j < k->na; j++) r->a[k->order[j]] = fmin(1.0, fmax(0.0, k->x[j]));
  for (int j = k->na; j < k->nc; j++) r->s[k->order[j] - k->na] = fmax(0.0, k->x[j])*k->force_unit;
  const int n = k->q->n;
  for (int i = 0; i < n; i++) {
    r->y[i] = k->y[n - 1 - i];
    r->r[i] = r->y[i]*k->inv2w[n - 1 - i];
  }
  r->objective = cost(k->q, r);
  r->kkt_residual = ps_share_kkt(k->q, r);
}

// Newton on the dual, and when it stalls the interior point method
static ps_outcome run(ps__share *k, const ps_share_opts *o, int *iterations) {
  const int limit = o->max_iterations < NEWTON_LIMIT ? o->max_iterations : NEWTON_LIMIT;
  if (ps__share_newton(k, o->is_warm, limit, iterations)) return PS_CONVERGED;
  if (ps__share_interior(k, o->max_iterations - *iterations, iterations)) return PS_CONVERGED;
  return *iterations >= o->max_iterations ? PS_ITERATION_LIMIT : PS_STALLED;
}

ps_status ps_share_solve(const ps_share_problem *problem, const ps_share_opts *opts, ps_share_result *result,
                         ps_arena *scratch) {
  PS_TRY(check(problem, opts));
  if (opts->is_warm && !all_finite(result->y, problem->n)) return PS_EINPUT;
  const ps_mark mark = ps_arena_mark(scratch);
  ps__share k = {.q = problem, .n = row_count(problem->n), .na = problem->na, .nc = problem->na + problem->ns,
                 .ld = row_length(problem->n), .tolerance = opts->tolerance};
  const ps_status status = take(&k, scratch) ? pack(&k, scratch) : PS_ENOMEM;
  if (status != PS_OK) {
    ps_arena_release(scratch, mark);
    return status;
  }
  scale(&k);
  if (opts->is_warm) {
    for (int i = 0; i < problem->n; i++) k.y[problem->n - 1 - i] = result->y[i];
  }
  result->iterations = 0;
  result->outcome = run(&k, opts, &result->iterations);
  deliver(&k, result);
  ps_arena_release(scratch, mark);
  return PS_OK;
}

// largest |A a + G s + r - b| over rows first .. first + count - 1; count <= ROW_BLOCK
static double row_residual(const ps_share_problem *q, const ps_share_result *r, int first, int count) {
  double sum[ROW_BLOCK];
  for (int i = 0; i < count; i++) sum[i] = r->r[first + i] - q->b[first + i];
  for (int j = 0; j < q->na + q->ns; j++) {
    const double x = j < q->na ? r->a[j] : r->s[j - q->na];
    if (x == 0.0) continue;
    for (int k = q->col[j]; k < q->col[j + 1]; k++) {
      const int i = q->row[k] - first;
      if (i >= 0 && i < count) sum[i] += x*q->val[k];
    }
  }
  double worst = 0.0;
  for (int i = 0; i < count; i++) worst = isnan(sum[i]) ? HUGE_VAL : fmax(worst, fabs(sum[i]));
  return worst;
}

// the larger violation; a NaN is the largest
static double worse(double worst, double x) { return isnan(x) ? HUGE_VAL : fmax(worst, x); }

static double column_dot(const ps_share_problem *q, int j, const double *y) {
  double sum = 0.0, more = 0.0;
  int k = q->col[j];
  for (; k + 1 < q->col[j + 1]; k += 2) {
    sum += q->val[k]*y[q->row[k]];
    more += q->val[k + 1]*y[q->row[k + 1]];
  }
  if (k < q->col[j + 1]) sum += q->val[k]*y[q->row[k]];
  return sum + more;
}

double ps_share_kkt(const ps_share_problem *problem, const ps_share_result *result) {
  const ps_share_problem *q = problem;
  double rows = 0.0, reserves = 0.0, activations = 0.0, supports = 0.0;
  for (int first = 0; first < q->n; first += ROW_BLOCK) {
    const int left = q->n - first;
    rows = fmax(rows, row_residual(q, result, first, left < ROW_BLOCK ? left : ROW_BLOCK));
  }
  for (int i = 0; i < q->n; i++) reserves = worse(reserves, fabs(2.0*q->w[i]*result->r[i] - result->y[i]));
  for (int j = 0; j < q->na; j++) {
    const double a = result->a[j];
    const double power = q->p == 2.0 ? a : q->p == 3.0 ? a*a : pow(a, q->p - 1.0);
    const double to = a - (power - column_dot(q, j, result->y)/(q->v[j]*q->p));
    activations = worse(activations, fabs(a - fmin(1.0, fmax(0.0, to))));
  }
  const double force = largest(result->s, q->ns);
  for (int j = 0; j < q->ns; j++) {
    const double to = column_dot(q, q->na + j, result->y)/(2.0*q->e[j]);
    supports = worse(supports, fabs(result->s[j] - fmax(0.0, to)));
  }
  if (force > 0.0) supports /= force;
  rows /= 1.0 + largest(q->b, q->n);
  reserves /= 1.0 + largest(result->y, q->n);
  return fmax(fmax(rows, reserves), fmax(activations, supports));
}
