// SPDX-License-Identifier: Apache-2.0
#include "app/files/files_suggest.h"

#include <limits.h>
#include <string.h>

#include "support/check.h"

static void distance_counts_single_changes(void **state) {
  (void)state;
  // by hand
  static const struct { const char *a, *b; int want; } row[] = {
      {"", "", 0}, {"psoas", "psoas", 0}, {"", "abc", 3}, {"psoas", "Psoas", 0}, {"psoas", "psaos", 1},
      {"hieght_m", "height_m", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}, {"iliacus", "iliacu", 1},
      {"standing", "siting", 4},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    assert_int_equal(files_suggest_distance(row[i].a, row[i].b), row[i].want);
    assert_int_equal(files_suggest_distance(row[i].b, row[i].a), row[i].want);
  }
}

static void long_words_are_far_from_everything(void **state) {
  (void)state;
  char word[65];
  memset(word, 'x', 64);
  word[64] = '\0';
  assert_int_equal(files_suggest_distance(word, "x"), INT_MAX);
  assert_int_equal(files_suggest_distance("x", word), INT_MAX);
  assert_int_equal(files_suggest_distance(word + 1, word + 1), 0);
}

static void nearest_name_or_none(void **state) {
  (void)state;
  static const char *const names[] = {"standing", "standing-flexed", "sitting-relaxed", "supine", "prone", "stair"};
  static const struct { const char *word, *want; } row[] = {
      {"standng", "standing"}, {"standing-flexd", "standing-flexed"}, {"sitting_relaxed", "sitting-relaxed"},
      {"stiar", "stair"}, {"spuine", "supine"}, {"handstand", NULL}, {"", NULL}, {"x", NULL}, {"deadlift", NULL},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const char *got = files_suggest_from(row[i].word, names, 6);
    if (row[i].want)
      assert_string_equal(got ? got : "nothing", row[i].want);
    else
      assert_null(got);
  }
}

static void hint_is_a_question_or_nothing(void **state) {
  (void)state;
  assert_string_equal(files_suggest_hint("prone").text, "; did you mean \"prone\"?");
  assert_string_equal(files_suggest_hint(NULL).text, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(distance_counts_single_changes),
      cmocka_unit_test(long_words_are_far_from_everything),
      cmocka_unit_test(nearest_name_or_none),
      cmocka_unit_test(hint_is_a_question_or_nothing),
  };
  return cmocka_run_group_tests_name("files_suggest", tests, NULL, NULL);
}
