/* Comparisons with an exam: what is not known is neither so nor not so; either side suffices, both are needed against.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/exam/exam.h"

#include "support/check.h"

enum { SURE, SIDED, WORD, WORDS, SIZE, READ };
static const clinic_fields FIELDS = {
    .field = {{.section = "signs", .key = "sure", .kind = CLINIC_ANSWER},
              {.section = "tests", .key = "sided", .kind = CLINIC_ANSWER, .is_sided = true},
              {.section = "tests", .key = "word", .kind = CLINIC_CHOICE, .is_sided = true,
               .choice = {"a", "b", "c"}, .nchoice = 3},
              {.section = "signs", .key = "words", .kind = CLINIC_CHOICES, .choice = {"none", "x", "y"}, .nchoice = 3},
              {.section = "signs", .key = "size", .kind = CLINIC_WHOLE, .lo = 0, .hi = 10},
              {.section = "tests", .key = "read", .kind = CLINIC_MEASURE, .is_sided = true, .lo = -60, .hi = 60}},
    .nfield = 6,
    .region = {{.id = "groin"}, {.id = "low_back"}},
    .nregion = 2};

static clinic_exam empty(void) { return (clinic_exam){.fields = &FIELDS}; }

static clinic_presence ask(const clinic_exam *e, clinic_term t) {
  const clinic_comparison test = {1, {t}};
  return clinic_comparison_presence(&test, e);
}

static void set(clinic_exam *e, int field, int side, int choice) {
  e->value[field][side] = (clinic_value){.has = true, .choice = choice};
}

static void names_are_found(void **state) {
  (void)state;
  assert_int_equal(clinic_field_find(&FIELDS, "tests.word"), WORD);
  assert_int_equal(clinic_field_find(&FIELDS, "signs.word"), -1);
  assert_int_equal(clinic_field_find(&FIELDS, "test.word"), -1);
  assert_int_equal(clinic_field_find(&FIELDS, "tests.wor"), -1);
  assert_int_equal(clinic_field_find(&FIELDS, "word"), -1);
  assert_int_equal(clinic_region_find(&FIELDS, "low_back"), 1);
  assert_int_equal(clinic_region_find(&FIELDS, "back"), -1);
  int n = 0;
  while (CLINIC_QUALITY[n]) n++;
  assert_int_equal(n, 5);
}

static void recorded_on_either_side(void **state) {
  (void)state;
  clinic_exam e = empty();
  assert_false(clinic_exam_has(&e, SIDED));
  set(&e, SIDED, CLINIC_LEFT, CLINIC_NOT_ASKED);
  assert_false(clinic_exam_has(&e, SIDED));
  set(&e, SIDED, CLINIC_LEFT, CLINIC_NOT_SURE);
  assert_true(clinic_exam_has(&e, SIDED));
  set(&e, WORD, CLINIC_LEFT, 0);  // the first word is not "not asked"
  assert_true(clinic_exam_has(&e, WORD));
}

static void no_terms_is_always(void **state) {
  (void)state;
  const clinic_exam e = empty();
  assert_int_equal(clinic_comparison_presence(&(clinic_comparison){0}, &e), CLINIC_PRESENT);
}

static void answers(void **state) {
  (void)state;
  static const struct { unsigned words; int answer; clinic_presence want; } row[] = {
      {1u << CLINIC_YES, CLINIC_YES, CLINIC_PRESENT},          {1u << CLINIC_YES, CLINIC_NO, CLINIC_ABSENT},
      {1u << CLINIC_YES, CLINIC_NOT_SURE, CLINIC_MISSING},     {1u << CLINIC_YES, CLINIC_NOT_ASKED, CLINIC_MISSING},
      {1u << CLINIC_NO, CLINIC_NO, CLINIC_PRESENT},            {1u << CLINIC_NO, CLINIC_YES, CLINIC_ABSENT},
      {1u << CLINIC_NO, CLINIC_NOT_SURE, CLINIC_MISSING},      {1u << CLINIC_NOT_SURE, CLINIC_NOT_SURE, CLINIC_PRESENT},
      {1u << CLINIC_NOT_SURE, CLINIC_YES, CLINIC_ABSENT},      {1u << CLINIC_NOT_SURE, CLINIC_NOT_ASKED, CLINIC_MISSING},
      {1u << CLINIC_YES | 1u << CLINIC_NOT_SURE, CLINIC_NOT_SURE, CLINIC_PRESENT},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    clinic_exam e = empty();
    const clinic_term t = {SURE, CLINIC_IS, row[i].words, 0.0};
    assert_int_equal(ask(&e, t), CLINIC_MISSING);
    set(&e, SURE, 0, row[i].answer);
    if (ask(&e, t) != row[i].want) fail_msg("row %zu", i);
  }
}

// every pair of answers to the two sides: present when one is, absent when both are
static void sides(void **state) {
  (void)state;
  static const clinic_presence alone[] = {CLINIC_MISSING, CLINIC_ABSENT, CLINIC_MISSING, CLINIC_PRESENT};  // of =yes
  for (int right = CLINIC_NOT_ASKED; right <= CLINIC_YES; right++)
    for (int left = CLINIC_NOT_ASKED; left <= CLINIC_YES; left++) {
      clinic_exam e = empty();
      set(&e, SIDED, CLINIC_RIGHT, right);
      set(&e, SIDED, CLINIC_LEFT, left);
      const clinic_presence a = alone[right], b = alone[left];
      const clinic_presence want = a == CLINIC_PRESENT || b == CLINIC_PRESENT ? CLINIC_PRESENT : a == b ? a : CLINIC_MISSING;
      assert_int_equal(ask(&e, (clinic_term){SIDED, CLINIC_IS, 1u << CLINIC_YES, 0.0}), want);
    }

  // a field without sides does not look at the second
  clinic_exam e = empty();
  set(&e, SURE, CLINIC_LEFT, CLINIC_YES);
  assert_int_equal(ask(&e, (clinic_term){SURE, CLINIC_IS, 1u << CLINIC_YES, 0.0}), CLINIC_MISSING);
}

static void words(void **state) {
  (void)state;
  clinic_exam e = empty();
  const clinic_term b_or_c = {WORD, CLINIC_IS, 6u, 0.0}, x = {WORDS, CLINIC_IS, 2u, 0.0};
  set(&e, WORD, CLINIC_RIGHT, 0);
  assert_int_equal(ask(&e, b_or_c), CLINIC_MISSING);  // the left is not known
  set(&e, WORD, CLINIC_LEFT, 0);
  assert_int_equal(ask(&e, b_or_c), CLINIC_ABSENT);
  set(&e, WORD, CLINIC_LEFT, 2);
  assert_int_equal(ask(&e, b_or_c), CLINIC_PRESENT);
  set(&e, WORDS, 0, 4);
  assert_int_equal(ask(&e, x), CLINIC_ABSENT);
  set(&e, WORDS, 0, 4 | 2);
  assert_int_equal(ask(&e, x), CLINIC_PRESENT);
}

static void numbers(void **state) {
  (void)state;
  static const struct { clinic_op op; clinic_presence below, at, above; } row[] = {
      {CLINIC_AT_LEAST, CLINIC_ABSENT, CLINIC_PRESENT, CLINIC_PRESENT},
      {CLINIC_AT_MOST, CLINIC_PRESENT, CLINIC_PRESENT, CLINIC_ABSENT},
      {CLINIC_ABOVE, CLINIC_ABSENT, CLINIC_ABSENT, CLINIC_PRESENT},
      {CLINIC_BELOW, CLINIC_PRESENT, CLINIC_ABSENT, CLINIC_ABSENT},
  };
  for (size_t i = 0; i < 4; i++) {
    const clinic_term t = {SIZE, row[i].op, 0, 7.25};
    clinic_exam e = empty();
    assert_int_equal(ask(&e, t), CLINIC_MISSING);
    const clinic_presence want[] = {row[i].below, row[i].at, row[i].above};
    for (int k = 0; k < 3; k++) {
      e.value[SIZE][0] = (clinic_value){.has = true, .number = 7.25 + 1e-9*(k - 1)};
      assert_int_equal(ask(&e, t), want[k]);
    }
  }

  // of a measure the mean counts, not its method
  clinic_exam e = empty();
  e.value[READ][CLINIC_LEFT] = (clinic_value){.has = true, .choice = 3, .number = -2.5};
  assert_int_equal(ask(&e, (clinic_term){READ, CLINIC_BELOW, 0, 0.0}), CLINIC_PRESENT);
  assert_int_equal(ask(&e, (clinic_term){READ, CLINIC_ABOVE, 0, 0.0}), CLINIC_MISSING);
}

// all nine pairs: one term that is not so decides, whatever is missing; else what is missing does
static void all_terms(void **state) {
  (void)state;
  static const int answer[] = {CLINIC_NOT_SURE, CLINIC_NO, CLINIC_YES};  // MISSING, ABSENT, PRESENT of =yes
  for (int a = 0; a < 3; a++)
    for (int b = 0; b < 3; b++) {
      clinic_exam e = empty();
      set(&e, SURE, 0, answer[a]);
      set(&e, SIDED, 0, answer[b]);
      set(&e, SIDED, 1, answer[b]);
      const clinic_comparison t = {2, {{SURE, CLINIC_IS, 1u << CLINIC_YES, 0.0}, {SIDED, CLINIC_IS, 1u << CLINIC_YES, 0.0}}};
      const bool is_absent = a == CLINIC_ABSENT || b == CLINIC_ABSENT, is_missing = a == CLINIC_MISSING || b == CLINIC_MISSING;
      assert_int_equal(clinic_comparison_presence(&t, &e), is_absent ? CLINIC_ABSENT : is_missing ? CLINIC_MISSING : CLINIC_PRESENT);
    }
}

static void a_word_is_chosen(void **state) {
  (void)state;
  clinic_exam e = empty();
  assert_false(clinic_exam_has_word(&e, "tests.word", "a"));   // nothing recorded: index 0 is no choice
  set(&e, WORD, CLINIC_RIGHT, 1);
  assert_true(clinic_exam_has_word(&e, "tests.word", "b"));
  assert_false(clinic_exam_has_word(&e, "tests.word", "a"));
  assert_false(clinic_exam_has_word(&e, "tests.word", "d"));
  set(&e, WORDS, 0, 6);
  assert_true(clinic_exam_has_word(&e, "signs.words", "x") && clinic_exam_has_word(&e, "signs.words", "y"));
  assert_false(clinic_exam_has_word(&e, "signs.words", "none"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_are_found), cmocka_unit_test(a_word_is_chosen), cmocka_unit_test(recorded_on_either_side), cmocka_unit_test(no_terms_is_always),
      cmocka_unit_test(answers),         cmocka_unit_test(sides),                   cmocka_unit_test(words),
      cmocka_unit_test(numbers),         cmocka_unit_test(all_terms),
  };
  return cmocka_run_group_tests_name("comparison", tests, NULL, NULL);
}
