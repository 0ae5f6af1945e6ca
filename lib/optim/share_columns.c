/* Passes over the sparse columns: the only loops whose cost grows with the number of non-zeros. Up to four columns of one
 * pattern go together, so that what is loaded of rows and matrix is used several times; no index is read inside a run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lib/linalg/pair.h"
#include "psoas/linalg.h"
#include "share_internal.h"

// pivots below this fraction of their diagonal are rounding; a real one is at worst about e*w ~ 1e-11 of it
static const double PIVOT_FLOOR = 1e-14;

enum { WIDTH = 4 };

typedef struct block {  // columns of one pattern that take part, and their weights
  const double *v[WIDTH];
  double weight[WIDTH];
} block;

// the next columns of a group whose weight is not zero, from *j on; how many. Three are made four, the last of weight zero
PS__INLINE int next_block(const ps__group *g, const double *weight, int *j, block *b) {
  int n = 0;
  for (; *j < g[1].column && n < WIDTH; ++*j) {
    if (weight[*j] == 0.0) continue;
    b->v[n] = g->value + (ptrdiff_t)(*j - g->column)*g->size;
    b->weight[n++] = weight[*j];
  }
  if (n != 3) return n;
  b->v[3] = b->v[0];
  b->weight[3] = 0.0;
  return 4;
}

// n = 1, 2 or 4 is known to the compiler in each use below: the sums are written out
PS__INLINE void add_quad(double *out, int n, const double c[WIDTH], const double *const v[WIDTH], int at) {
  ps__quad sum = c[0]* *ps__quad_in(v[0] + at);
  if (n > 1) sum += c[1]* *ps__quad_in(v[1] + at);
  if (n > 2) sum += c[2]* *ps__quad_in(v[2] + at) + c[3]* *ps__quad_in(v[3] + at);
  *ps__quad_at(out) += sum;
}

PS__INLINE void add_pair(double *out, int n, const double c[WIDTH], const double *const v[WIDTH], int at) {
  ps__pair sum = c[0]*ps__pair_load(v[0] + at);
  if (n > 1) sum += c[1]*ps__pair_load(v[1] + at);
  if (n > 2) sum += c[2]*ps__pair_load(v[2] + at) + c[3]*ps__pair_load(v[3] + at);
  ps__pair_store(out, ps__pair_load(out) + sum);
}

typedef struct two_rows {  // of the matrix: their coefficients for each column of a block
  double c0[WIDTH], c1[WIDTH];
  int ld;                  // from the first to the second
} two_rows;

// two rows of h += the rows' coefficients times `len` values from `at` on
PS__INLINE void add_two(double *h, const two_rows *t, int n, const double *const v[WIDTH], int at, int len) {
  double *next = h + t->ld;
  int i = 0;
  for (; i + 3 < len; i += 4) {
    add_quad(h + i, n, t->c0, v, at + i);
    add_quad(next + i, n, t->c1, v, at + i);
  }
  if (i < len) {
    add_pair(h + i, n, t->c0, v, at + i);
    add_pair(next + i, n, t->c1, v, at + i);
  }
}

// h += sum of weight column column', upper triangle
PS__INLINE void add_products(const ps__share *k, const ps__group *g, int n, const block *b) {
  const ps__run *end = k->run + g[1].run;
  two_rows t = {.ld = k->ld};
  int at = 0;
  for (const ps__run *r = k->run + g->run; r < end; r++) {
    for (int left = r->len; left > 0; left -= 2, at += 2) {
      for (int q = 0; q < n; q++) {
        t.c0[q] = b->weight[q]*b->v[q][at];
        t.c1[q] = b->weight[q]*b->v[q][at + 1];
      }
      const int row = r->row + r->len - left;
      double *h = k->h + (size_t)row*(size_t)k->ld;
      add_two(h + row, &t, n, b->v, at, left);
      int next = at + left;
      for (const ps__run *s = r + 1; s < end; next += s->len, s++) add_two(h + s->row, &t, n, b->v, next, s->len);
    }
  }
}

PS__WIDE static void add_group(const ps__share *k, const ps__group *g, const double *weight) {
  block b;
  for (int j = g->column, n; (n = next_block(g, weight, &j, &b)) > 0;) {
    if (n == 1) add_products(k, g, 1, &b);
    else if (n == 2) add_products(k, g, 2, &b);
    else add_products(k, g, 4, &b);
  }
}

bool ps__share_factor(const ps__share *k, const double *weight) {
  for (int i = 0; i < k->n; i++) {
    double *row = k->h + (size_t)i*(size_t)k->ld;
    memset(row + (i & ~1), 0, (size_t)(k->n - (i & ~1))*sizeof *row);
    row[i] = k->inv2w[i];
  }
  for (int g = 0; g < k->ngroup; g++) add_group(k, &k->group[g], weight);
  return ps_chol_factor(k->n, k->ld, k->h, PIVOT_FLOOR) >= 0;
}

PS__INLINE double dot(const ps__share *k, const ps__group *g, const double *v, const double *y) {
  ps__quad sum = {0.0, 0.0, 0.0, 0.0};
  ps__pair rest = {0.0, 0.0};
  for (const ps__run *r = k->run + g->run; r < k->run + g[1].run; r++) {
    const double *at = y + r->row;
    int i = 0;
    for (; i + 3 < r->len; i += 4) sum += *ps__quad_in(v + i)* *ps__quad_in(at + i);
    if (i < r->len) rest += ps__pair_load(v + i)*ps__pair_load(at + i);
    v += r->len;
  }
  return ((sum[0] + sum[2]) + (sum[1] + sum[3])) + (rest[0] + rest[1]);
}

PS__WIDE void ps__share_gather(const ps__share *k, const double *y, double *out) {
  for (const ps__group *g = k->group; g < k->group + k->ngroup; g++)
    for (int j = g->column; j < g[1].column; j++) out[j] = dot(k, g, g->value + (ptrdiff_t)(j - g->column)*g->size, y);
}

PS__INLINE void add_columns(const ps__share *k, const ps__group *g, int n, const block *b, double *out) {
  int at = 0;
  for (const ps__run *r = k->run + g->run; r < k->run + g[1].run; at += r->len, r++) {
    int i = 0;
    for (; i + 3 < r->len; i += 4) add_quad(out + r->row + i, n, b->weight, b->v, at + i);
    if (i < r->len) add_pair(out + r->row + i, n, b->weight, b->v, at + i);
  }
}

PS__WIDE void ps__share_scatter(const ps__share *k, const double *x, double *out) {
  block b;
  for (const ps__group *g = k->group; g < k->group + k->ngroup; g++) {
    for (int j = g->column, n; (n = next_block(g, x, &j, &b)) > 0;) {
      for (int q = 0; q < n; q++) b.weight[q] = -b.weight[q];
      if (n == 1) add_columns(k, g, 1, &b, out);
      else if (n == 2) add_columns(k, g, 2, &b, out);
      else add_columns(k, g, 4, &b, out);
    }
  }
}

double ps__share_balance(ps__share *k) {
  for (int j = 0; j < k->nc; j++) k->work[j] = k->unit[j]*k->x[j];
  for (int i = 0; i < k->n; i++) k->rp[i] = k->b[i] - k->y[i]*k->inv2w[i];
  ps__share_scatter(k, k->work, k->rp);
  double worst = 0.0;
  for (int i = 0; i < k->n; i++) worst = isnan(k->rp[i]) ? HUGE_VAL : fmax(worst, fabs(k->rp[i]));
  return worst/k->b_scale;
}
