/* Every id of every clinical table is explained by the program. SPDX-License-Identifier: Apache-2.0 */
#include "support/check.h"
#include "support/explain.h"
#include "support/program.h"

static void every_id_is_known(void **state) {
  (void)state;
  files_clinical *clinical = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &clinical, NULL));
  assert_true(explain_ids(clinical, 1) > 600);
  files_clinical_free(clinical);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_id_is_known)};
  return cmocka_run_group_tests_name("explain_ids", tests, program_enter, program_leave);
}
