/* Distance and verdict, by hand, with values that are not round. SPDX-License-Identifier: Apache-2.0 */
#include "app/validate/validate.h"
#include "support/check.h"

#define NONE ((double)NAN)

static void each_rule(void **state) {
  (void)state;
  // distance and distance_sd worked out by hand
  static const struct { validate_published p; double ours, distance, distance_sd; bool is_inside; } row[] = {
      // within one standard deviation, above and below
      {{VALIDATE_SD, 2.385, 0.7125, NONE, NONE}, 3.069, 0.96, 0.96, true},
      {{VALIDATE_SD, 2.385, 0.75, NONE, NONE}, 1.26, 1.5, -1.5, false},
      // a quarter of the value; of a negative value its size counts
      {{VALIDATE_RATIO, 0.92, NONE, NONE, NONE}, 1.1477, 0.99, NONE, true},
      {{VALIDATE_RATIO, 4.6, NONE, NONE, NONE}, 3.335, 1.1, NONE, false},
      {{VALIDATE_RATIO, -1.2, NONE, NONE, NONE}, -0.93, 0.9, NONE, true},
      {{VALIDATE_RATIO, -1.2, NONE, NONE, NONE}, 1.2, 8.0, NONE, false},
      // a spread that is known is told also under another rule
      {{VALIDATE_RATIO, 8.0, 1.6, NONE, NONE}, 10.4, 1.2, 1.5, false},
      // five degrees
      {{VALIDATE_ANGLE, -11.9, NONE, NONE, NONE}, -7.15, 0.95, NONE, true},
      {{VALIDATE_ANGLE, -11.9, NONE, NONE, NONE}, -6.15, 1.15, NONE, false},
      {{VALIDATE_ANGLE, 0.0, NONE, NONE, NONE}, 4.9, 0.98, NONE, true},
      // a range: nothing inside, beyond its end in half widths
      {{VALIDATE_RANGE, NONE, NONE, 1.06, 1.3}, 1.06, 0.0, NONE, true},
      {{VALIDATE_RANGE, NONE, NONE, 1.06, 1.3}, 1.36, 0.5, NONE, false},
      {{VALIDATE_RANGE, NONE, NONE, -3.5, -1.5}, -4.25, 0.75, NONE, false},
      // open ends, measured by the end that is given
      {{VALIDATE_RANGE, NONE, NONE, 2.0, NONE}, 1e6, 0.0, NONE, true},
      {{VALIDATE_RANGE, NONE, NONE, 2.0, NONE}, 1.5, 0.25, NONE, false},
      {{VALIDATE_RANGE, NONE, NONE, NONE, 0.0}, 0.375, 0.375, NONE, false},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const validate_verdict v = validate_judge(&row[i].p, row[i].ours);
    assert_close(v.distance, row[i].distance, 1e-12, 1e-14);
    if (isnan(row[i].distance_sd)) assert_true(isnan(v.distance_sd));
    else assert_close(v.distance_sd, row[i].distance_sd, 1e-12, 0.0);
    if (v.is_inside != row[i].is_inside) fail_msg("row %zu: inside is %d", i, v.is_inside);
  }
}

static void no_number_is_never_inside(void **state) {
  (void)state;
  for (int rule = 0; rule < VALIDATE_NRULE; rule++) {
    const validate_published p = {(validate_rule)rule, 2.385, 1.3, 1.1, 3.7};
    assert_false(validate_judge(&p, NONE).is_inside);
    assert_true(isnan(validate_judge(&p, NONE).distance));
  }
}

static void only_predicted_and_verified_count(void **state) {
  (void)state;
  validate_row row[VALIDATE_NKIND][VALIDATE_NSTATUS];
  validate_result r[VALIDATE_NKIND*VALIDATE_NSTATUS + 2];
  int n = 0;
  for (int k = 0; k < VALIDATE_NKIND; k++) {
    for (int s = 0; s < VALIDATE_NSTATUS; s++) {
      row[k][s] = (validate_row){.kind = (validate_kind)k, .status = (validate_status)s};
      r[n++] = (validate_result){.row = &row[k][s], .why = "", .verdict = {.is_inside = true}};
    }
  }
  validate_count c = validate_summary(r, n);
  assert_int_equal(c.nrow, n);
  assert_int_equal(c.ncounted, 1);
  assert_int_equal(c.ninside, 1);

  // one that is missed and one that has no answer: both count against the share
  r[n++] = (validate_result){.row = &row[VALIDATE_PREDICTED][VALIDATE_VERIFIED], .why = ""};
  r[n++] = (validate_result){.row = &row[VALIDATE_PREDICTED][VALIDATE_VERIFIED], .why = "no answer"};
  c = validate_summary(r, n);
  assert_int_equal(c.ncounted, 3);
  assert_int_equal(c.ncomputed, 2);
  assert_int_equal(c.ninside, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_rule),
      cmocka_unit_test(no_number_is_never_inside),
      cmocka_unit_test(only_predicted_and_verified_count),
  };
  return cmocka_run_group_tests_name("validate_judge", tests, NULL, NULL);
}
