// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "support/check.h"

static void every_status_has_a_text_of_its_own(void **state) {
  (void)state;
  static const ps_status code[] = {PS_OK,     PS_EINPUT,  PS_ESHAPE, PS_ESINGULAR,
                                   PS_ENOMEM, PS_EFORMAT, PS_EIO,    PS_ENUMERIC};
  for (int i = 0; i < 8; i++) {
    assert_int_equal(code[i], -i);
    assert_true(strlen(ps_status_text(code[i])) > 1);
    for (int k = 0; k < i; k++) assert_string_not_equal(ps_status_text(code[i]), ps_status_text(code[k]));
  }
  assert_string_equal(ps_status_text(PS_OK), "ok");
  assert_string_equal(ps_status_text((ps_status)-99), "unknown status");
}

static void every_warning_bit_has_a_text(void **state) {
  (void)state;
  for (unsigned bit = 0; bit < 7; bit++) assert_true(strlen(ps_warn_text(bit)) > 20);
  assert_null(ps_warn_text(7));
  assert_null(ps_warn_text(1000));
  assert_int_equal(PS_WARN_WRAP_INSIDE, 1);
  assert_non_null(strstr(ps_warn_text(0), "wrapping cylinder"));
  assert_int_equal(PS_WARN_UNBALANCED, 64);
  assert_non_null(strstr(ps_warn_text(6), "body weight"));
}

static void an_error_carries_place_and_sentence(void **state) {
  (void)state;
  ps_error err;
  assert_int_equal(ps_error_set(&err, PS_EFORMAT, 12, "bodies.csv", "row %s has %d columns", "L5", 3), PS_EFORMAT);
  assert_int_equal(err.code, PS_EFORMAT);
  assert_int_equal(err.pos, 12);
  assert_string_equal(err.where, "bodies.csv");
  assert_string_equal(err.msg, "row L5 has 3 columns");
  assert_int_equal(ps_error_set(NULL, PS_EIO, 1, "x", "nobody listens"), PS_EIO);
}

static void long_error_texts_are_cut_not_overrun(void **state) {
  (void)state;
  char word[1000];
  memset(word, 'w', sizeof word - 1);
  word[sizeof word - 1] = '\0';
  struct { ps_error err; char guard[8]; } box;
  memset(&box, 0x7E, sizeof box);
  assert_int_equal(ps_error_set(&box.err, PS_EINPUT, 0, word, "%s", word), PS_EINPUT);
  assert_int_equal(strlen(box.err.where), sizeof box.err.where - 1);
  assert_int_equal(strlen(box.err.msg), sizeof box.err.msg - 1);
  for (int i = 0; i < 8; i++) assert_int_equal(box.guard[i], 0x7E);
}

static ps_status fails_when_odd(int n) { return n % 2 ? PS_ESHAPE : PS_OK; }

static ps_status tries_all(int n, int *done) {
  for (*done = 0; *done < n; (*done)++) PS_TRY(fails_when_odd(*done));
  return PS_OK;
}

static void try_returns_at_the_first_failure(void **state) {
  (void)state;
  int done = 0;
  assert_int_equal(tries_all(5, &done), PS_ESHAPE);
  assert_int_equal(done, 1);
  assert_int_equal(tries_all(1, &done), PS_OK);
}

static void to_cmocka(int result, const char *expression, const char *file, int line) {
  mock_assert(result, expression, file, line);
}

static void needs_positive(double x) { PS_ASSERT(x > 0.0); }

static void broken_invariants_reach_the_hook(void **state) {
  (void)state;
  ps_assert_set_hook(to_cmocka);
  needs_positive(2.385);
  expect_assert_failure(needs_positive(-1.5));
  expect_assert_failure(needs_positive((double)NAN));
  ps_assert_set_hook(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_status_has_a_text_of_its_own),
      cmocka_unit_test(every_warning_bit_has_a_text),
      cmocka_unit_test(an_error_carries_place_and_sentence),
      cmocka_unit_test(long_error_texts_are_cut_not_overrun),
      cmocka_unit_test(try_returns_at_the_first_failure),
      cmocka_unit_test(broken_invariants_reach_the_hook),
  };
  return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
