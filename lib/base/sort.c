/* A sort that takes no memory of its own, as that of the C library may. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/base.h"

// let x[root] sink until it is no smaller than its children
static void sink(double *x, int root, int n) {
  const double value = x[root];
  for (int child = 2*root + 1; child < n; child = 2*root + 1) {
    if (child + 1 < n && x[child + 1] > x[child]) child++;
    if (x[child] <= value) break;
    x[root] = x[child];
    root = child;
  }
  x[root] = value;
}

// a heap
void ps_sort(double *x, int n) {
  for (int i = n/2 - 1; i >= 0; i--) sink(x, i, n);
  for (int last = n - 1; last > 0; last--) {
    const double largest = x[0];
    x[0] = x[last];
    x[last] = largest;
    sink(x, 0, last);
  }
}
