/* The reference tables: the shipped ones load, a row that cannot be computed is refused when it is read.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/validate/validate_internal.h"
#include "support/check.h"
#include "support/reference.h"

#define MAN "man,male,41,1.731,72.5,,assumed,a man\n"
static const char PERSONS[] = REFERENCE_PERSONS MAN "woman,female,33,1.62,58.25,61.5,assumed,a woman\n";

static void a_row_is_read(void **state) {
  (void)state;
  const reference_texts texts = {
      PERSONS, REFERENCE_ROWS
      "flexed,idp_ratio,pressure,woman,standing-flexed:36,standing hold 3@0.3,L4/L5,,,ratio,2.2,0.31,,,-,one man,verified,predicted,x1999,n\n"};
  validate_table *t = NULL;
  ps_error err = {PS_OK, 0, "", ""};
  // a load without its place is no load: the field is named with what is wrong
  assert_int_equal(validate_table_load(reference_source(&texts), &REFERENCE_WORDS, &t, &err), PS_EFORMAT);
  assert_null(t);
  assert_non_null(strstr(err.msg, "baseline"));

  const reference_texts good = {
      PERSONS, REFERENCE_ROWS
      "flexed,idp_ratio,pressure,woman,standing-flexed:36,\"standing hold 3@0.3,1,0\",L4/L5,,,ratio,2.2,0.31,,,-,one man,verified,predicted,x1999,n\n"
      "knee,thomas_knee,knee,man,,,,18.7,2.5,range,,,41.5,,deg,others,memory,tuned,x1999,\n"};
  assert_ok(validate_table_load(reference_source(&good), &REFERENCE_WORDS, &t, &err));
  assert_int_equal(validate_table_count(t), 2);
  const validate_row *r = validate_table_row(t, 0), *k = validate_table_row(t, 1);
  assert_string_equal(r->baseline, "standing hold 3@0.3,1,0");
  assert_string_equal(validate_table_person(t, r->person)->id, "woman");
  assert_close(validate_table_person(t, r->person)->body.incidence_rad, 61.5*3.14159265358979323846/180.0, 1e-14, 0.0);
  assert_false(validate_table_person(t, k->person)->body.has_incidence);
  assert_close(r->published.value, 2.2, 0.0, 0.0);
  assert_close(r->published.sd, 0.31, 0.0, 0.0);
  assert_true(isnan(r->published.lo));
  assert_int_equal(k->kind, VALIDATE_TUNED);
  assert_int_equal(k->status, VALIDATE_MEMORY);
  assert_close(k->at[0], 18.7, 0.0, 0.0);
  assert_close(k->at[1], 2.5, 0.0, 0.0);
  assert_true(isnan(k->published.hi) && isnan(k->published.value));
  validate_table_free(t);
}

// what a row must not say, and what is said of it
static void rows_that_cannot_be_computed_are_refused(void **state) {
  (void)state;
  static const struct { const char *row, *said; } bad[] = {
      {"a,no_such,q,man,standing,,L4/L5,,,ratio,1,,,,N,p,verified,predicted,x1999,\n", "measure is \"no_such\": no measure"},
      {"a,compression,q,man,stading,,L4/L5,,,ratio,1,,,,N,p,verified,predicted,x1999,\n", "task is \"stading\""},
      {"a,compression,q,man,,,L4/L5,,,ratio,1,,,,N,p,verified,predicted,x1999,\n", "needs a task"},
      {"a,compression,q,man,standing,standing,L4/L5,,,ratio,1,,,,N,p,verified,predicted,x1999,\n", "takes no baseline"},
      {"a,idp_ratio,q,man,standing,,L4/L5,,,ratio,1,,,,-,p,verified,predicted,x1999,\n", "needs a baseline"},
      {"a,compression,q,man,standing,,,,,ratio,1,,,,N,p,verified,predicted,x1999,\n", "needs a level"},
      {"a,thomas_knee,q,man,,,L4/L5,,,angle,52,,,,deg,p,verified,predicted,x1999,\n", "takes no level"},
      {"a,compression,q,man,standing,,L4/L5,,,ratio,1,,,,kN,p,verified,predicted,x1999,\n", "unit is \"kN\""},
      {"a,compression,q,child,standing,,L4/L5,,,ratio,1,,,,N,p,verified,predicted,x1999,\n", "not in persons.csv"},
      {"a,compression,q,man,standing,,L4/L5,,,about,1,,,,N,p,verified,predicted,x1999,\n", "rule"},
      {"a,compression,q,man,standing,,L4/L5,,,ratio,,,,,N,p,verified,predicted,x1999,\n", "needs a value"},
      {"a,compression,q,man,standing,,L4/L5,,,ratio,0,,,,N,p,verified,predicted,x1999,\n", "of nothing"},
      {"a,compression,q,man,standing,,L4/L5,,,sd,500,,,,N,p,verified,predicted,x1999,\n", "needs a standard deviation"},
      {"a,compression,q,man,standing,,L4/L5,,,sd,500,-3,,,N,p,verified,predicted,x1999,\n", "not above zero"},
      {"a,compression,q,man,standing,,L4/L5,,,range,500,,,,N,p,verified,predicted,x1999,\n", "needs an end"},
      {"a,compression,q,man,standing,,L4/L5,,,range,,,7,6.5,N,p,verified,predicted,x1999,\n", "lo below hi"},
      {"a,tilt_after_stretch,q,man,standing,,,2.6,8,angle,-1.2,,,,deg,p,verified,predicted,x1999,\n", "also holds zero"},
      {"a,compression,q,man,standing,,L4/L5,,,ratio,1,,,,N,p,likely,predicted,x1999,\n", "status"},
      {"a,compression,q,man,standing,,L4/L5,,,ratio,1,,,,N,p,verified,guessed,x1999,\n", "kind"},
      {"a,compression,q,man,standing,,L4/L5,,,ratio,1,,,,N,p,verified,predicted,,\n", "source"},
      {"a,thomas_knee,q,man,,,,,,angle,52,,,,deg,p,verified,predicted,x1999,\na,thomas_knee,q,man,,,,,,angle,52,,,,deg,p,verified,predicted,"
       "x1999,\n", "twice"},
  };
  for (size_t i = 0; i < sizeof bad/sizeof *bad; i++) {
    char rows[1024];
    snprintf(rows, sizeof rows, "%s%s", REFERENCE_ROWS, bad[i].row);
    const reference_texts texts = {PERSONS, rows};
    validate_table *t = NULL;
    ps_error err = {PS_OK, 0, "", ""};
    if (validate_table_load(reference_source(&texts), &REFERENCE_WORDS, &t, &err) == PS_OK) fail_msg("accepted: %s", bad[i].row);
    assert_null(t);
    if (!strstr(err.msg, bad[i].said)) fail_msg("\"%s\" should say \"%s\"; the row: %s", err.msg, bad[i].said, bad[i].row);
    assert_string_equal(err.where, "reference/measurements.csv");
    assert_true(err.pos >= 2);
  }
}

static void persons_are_checked(void **state) {
  (void)state;
  static const char *const bad[] = {REFERENCE_PERSONS MAN MAN, REFERENCE_PERSONS "a,boy,41,1.7,70,,assumed,\n",
                                    REFERENCE_PERSONS "a,male,41,170,70,,assumed,\n", "person,sex\n", NULL};
  for (int i = 0; i < 5; i++) {
    const reference_texts texts = {bad[i], REFERENCE_ROWS};
    validate_table *t = NULL;
    assert_int_not_equal(validate_table_load(reference_source(&texts), &REFERENCE_WORDS, &t, NULL), PS_OK);
    assert_null(t);
  }
}

static void the_shipped_tables_load(void **state) {
  (void)state;
  validate_table *t = NULL;
  ps_error err = {PS_OK, 0, "", ""};
  if (validate_table_load(files_source_packed(), &REFERENCE_WORDS, &t, &err) != PS_OK)
    fail_msg("%s, line %zu: %s", err.where, err.pos, err.msg);
  int ncounted = 0, nused = 0;
  bool is_used[64] = {false};
  for (int i = 0; i < validate_table_count(t); i++) {
    const validate_row *r = validate_table_row(t, i);
    ncounted += r->kind == VALIDATE_PREDICTED && r->status == VALIDATE_VERIFIED;
    assert_true(r->imeasure < 64);
    nused += !is_used[r->imeasure];
    is_used[r->imeasure] = true;
  }
  assert_true(ncounted >= 25);
  // a measure that no row asks for would be code for nothing
  assert_int_equal(nused, validate_measure_count());
  validate_table_free(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_row_is_read),
      cmocka_unit_test(rows_that_cannot_be_computed_are_refused),
      cmocka_unit_test(persons_are_checked),
      cmocka_unit_test(the_shipped_tables_load),
  };
  return cmocka_run_group_tests_name("validate_table", tests, NULL, NULL);
}
