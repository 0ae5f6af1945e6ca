/* Sorting in place, against the sort of the C library. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "psoas/base.h"
#include "support/check.h"

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// every length up to 200, with and without values that are equal
static void sorts_as_the_c_library_does(void **state) {
  (void)state;
  enum { MOST = 200 };
  double ours[MOST + 1], theirs[MOST + 1];
  ps_rng rng;
  ps_rng_init(&rng, 8);
  for (int n = 0; n <= MOST; n++)
    for (int is_coarse = 0; is_coarse < 2; is_coarse++) {
      for (int i = 0; i <= n; i++) ours[i] = is_coarse ? (double)(ps_rng_next(&rng) % 5) : ps_rng_normal(&rng);
      memcpy(theirs, ours, sizeof ours);
      ps_sort(ours, n);
      qsort(theirs, (size_t)n, sizeof *theirs, ascending);
      assert_memory_equal(ours, theirs, (size_t)(n + 1)*sizeof *ours);  // and what lies behind is not touched
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(sorts_as_the_c_library_does)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
