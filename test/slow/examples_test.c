/* The intervals in examples/persons/README.md are those of the program: eight people with 300 draws each take 15 s, so they
 * stand here and not in test/unit. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "support/check.h"

static void the_intervals_of_the_readme_are_what_the_program_says(void **state) {
  (void)state;
  assert_int_equal(system("examples/persons/compare --check sure"), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_intervals_of_the_readme_are_what_the_program_says)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
