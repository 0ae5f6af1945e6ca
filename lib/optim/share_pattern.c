/* Columns that touch the same rows stand together: fascicles come in mirrored pairs and in bundles, contacts in pyramids,
 * so a body of 500 columns has about 90 patterns. The rows of a pattern are mostly neighbours (a muscle crosses joint after
 * joint), so it is kept as runs of pairs of rows, and a column as values alone, with zeros where a pair is half empty.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "share_internal.h"

static int length(const ps_share_problem *q, int j) { return q->col[j + 1] - q->col[j]; }

static bool rows_ascend(const ps_share_problem *q, int j) {
  for (int e = q->col[j]; e < q->col[j + 1]; e++) {
    if (q->row[e] < 0 || q->row[e] >= q->n) return false;
    if (e > q->col[j] && q->row[e] <= q->row[e - 1]) return false;
  }
  return true;
}

static bool same_rows(const ps_share_problem *q, int i, int j) {
  return (i < q->na) == (j < q->na) && length(q, i) == length(q, j) &&
         memcmp(q->row + q->col[i], q->row + q->col[j], (size_t)length(q, i)*sizeof(int)) == 0;
}

// where in the table a column's pattern may be
static unsigned first_slot(const ps_share_problem *q, int j, unsigned mask) {
  const int n = length(q, j);
  if (n == 0) return 0;
  const unsigned lo = (unsigned)q->row[q->col[j]], hi = (unsigned)q->row[q->col[j + 1] - 1];
  return ((lo*31u + hi)*31u + (unsigned)n) & mask;
}

// group of every column into `of`, its first column into group[].column; false when a column's rows are out of order
static bool find_groups(ps__share *k, int *of, int *table, unsigned size) {
  const ps_share_problem *q = k->q;
  for (unsigned i = 0; i < size; i++) table[i] = -1;
  k->ngroup = 0;
  for (int j = 0; j < k->nc; j++) {
    unsigned slot = first_slot(q, j, size - 1u);
    while (table[slot] >= 0 && !same_rows(q, k->group[table[slot]].column, j)) slot = (slot + 1u) & (size - 1u);
    if (table[slot] < 0) {
      if (!rows_ascend(q, j)) return false;
      table[slot] = k->ngroup;
      k->group[k->ngroup++].column = j;
    }
    of[j] = table[slot];
  }
  return true;
}

// columns in order of their groups; muscles stay before supports since no group holds both
static void sort_columns(ps__share *k, const int *of) {
  for (int g = 0; g <= k->ngroup; g++) k->group[g].column = 0;
  for (int j = 0; j < k->nc; j++) k->group[of[j] + 1].column++;
  for (int g = 0; g < k->ngroup; g++) k->group[g + 1].column += k->group[g].column;
  for (int j = 0; j < k->nc; j++) k->order[k->group[of[j]].column++] = j;
  for (int g = k->ngroup; g > 0; g--) k->group[g].column = k->group[g - 1].column;
  k->group[0].column = 0;
}

// runs of the pattern of the problem's column j, appended; where each of its entries goes; length of a packed column
static int write_runs(ps__share *k, int j, int *nrun, int *place) {
  const ps_share_problem *q = k->q;
  int size = 0, end = -1;  // end: row after the last pair
  for (int e = q->col[j + 1] - 1; e >= q->col[j]; e--) {
    const int row = q->n - 1 - q->row[e], pair = row & ~1;
    if (end < 0 || pair > end) k->run[(*nrun)++] = (ps__run){.row = pair, .len = 0};
    if (pair >= end) {
      k->run[*nrun - 1].len += 2;
      size += 2;
      end = pair + 2;
    }
    place[e - q->col[j]] = size - 2 + (row & 1);
  }
  return size;
}

bool ps__share_pack(ps__share *k, int *of, int *table, unsigned size, int *place) {
  const ps_share_problem *q = k->q;
  if (!find_groups(k, of, table, size)) return false;
  sort_columns(k, of);
  int nrun = 0;
  double *value = k->value;
  for (int g = 0; g < k->ngroup; g++) {
    ps__group *group = &k->group[g];
    const int first = k->order[group->column], n = length(q, first);
    group->run = nrun;
    group->value = value;
    group->size = write_runs(k, first, &nrun, place);
    for (int c = group->column; c < group[1].column; c++, value += group->size) {
      const double *val = q->val + q->col[k->order[c]];
      if (n < group->size) memset(value, 0, (size_t)group->size*sizeof *value);
      for (int i = 0; i < n; i++) value[place[i]] = val[i];
    }
  }
  k->group[k->ngroup].run = nrun;
  return true;
}
