/* An exam's report as JSON and as text. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/exam_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/check.h"
#include "support/exam.h"
#include "support/exam_report.h"
#include "support/page.h"

static files_clinical *clinical;
static exam_case made;

static int load_tables(void **state) {
  (void)state;
  clinical = exam_tables();
  return 0;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

static json_t *json_of(int which) {
  exam_case_make(&made, clinical, which);
  json_t *root = report_exam_json(&made.report);
  assert_non_null(root);
  return root;
}

static const json_t *condition(const json_t *root, const char *id) {
  size_t i;
  json_t *row;
  json_array_foreach(json_object_get(root, "differential"), i, row)
    if (strcmp(json_string_value(json_object_get(row, "condition")), id) == 0) return row;
  fail_msg("no condition %s", id);
  return NULL;
}

static double number(const json_t *o, const char *key) {
  const json_t *x = json_object_get(o, key);
  if (!json_is_number(x)) fail_msg("%s is no number", key);
  return json_number_value(x);
}

static double sum_of(const json_t *row, const char *list, int sign) {
  double sum = 0.0;
  size_t i;
  json_t *a;
  json_array_foreach(json_object_get(row, list), i, a) {
    const double x = number(a, "log_odds");
    assert_int_equal((x > 0.0) - (x < 0.0), sign);
    assert_true(number(a, "lo") <= number(a, "ratio") && number(a, "ratio") <= number(a, "hi"));
    assert_true(json_is_string(json_object_get(a, "source")) && json_is_string(json_object_get(a, "grade")));
    assert_true(json_is_boolean(json_object_get(a, "present")));
    sum += number(a, "points");
  }
  return sum;
}

static void shares_add_up_to_the_change(void **state) {
  (void)state;
  for (int which = EXAM_NOTHING; which <= EXAM_HIP; which++) {
    json_t *root = json_of(which);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(root, "differential"), i, row) {
      const double start = number(json_object_get(row, "start"), "median");
      const double sum = sum_of(row, "for", 1) + sum_of(row, "against", -1) + sum_of(row, "neutral", 0);
      assert_close(sum, number(row, "before_caps") - start, 0.0, 1e-9);
      assert_true(json_string_length(json_object_get(row, "against_in_general")) > 0);
    }
    json_decref(root);
  }
}

static void nothing_is_shown_that_may_not_be_told(void **state) {
  (void)state;
  json_t *root = json_of(EXAM_NOTHING);
  assert_true(json_is_true(json_object_get(root, "insufficient")));
  size_t i;
  json_t *row;
  json_array_foreach(json_object_get(root, "differential"), i, row) {
    assert_true(json_is_null(json_object_get(row, "shown")));
    assert_string_equal(json_string_value(json_object_get(row, "words")), "not enough information");
  }
  json_decref(root);

  root = json_of(EXAM_TIGHT);
  const json_t *pain = condition(root, "IP_PAIN");
  assert_true(json_is_false(json_object_get(root, "insufficient")));
  assert_true(json_is_true(json_object_get(pain, "too_wide")));
  assert_true(json_is_null(json_object_get(pain, "shown")));
  assert_true(number(pain, "p95") - number(pain, "p05") > 0.5);
  json_decref(root);
}

static void unrounded_beside_shown(void **state) {
  (void)state;
  json_t *root = json_of(EXAM_HIP);
  const json_t *disc = condition(root, "DISC");
  const double shown = number(disc, "shown"), median = number(disc, "median");
  assert_close(shown, 0.05*round(median/0.05), 0.0, 1e-12);
  assert_true(fabs(shown - median) > 1e-6);
  assert_true(number(disc, "p05") < median && median < number(disc, "p95"));
  assert_true(json_array_size(json_object_get(root, "not_estimated")) > 0);
  json_decref(root);
}

static void a_stop_has_safety_only(void **state) {
  (void)state;
  static const char *const no[] = {"differential", "not_estimated", "next_tests", "insufficient"};
  json_t *root = json_of(EXAM_STOP);
  assert_string_equal(json_string_value(json_object_get(json_object_get(root, "safety"), "status")), "stop");
  assert_int_equal(json_array_size(json_object_get(root, "techniques")), CLINIC_NTECHNIQUE);
  for (size_t k = 0; k < sizeof no/sizeof *no; k++) assert_null(json_object_get(root, no[k]));
  json_decref(root);
}

static void next_tests_with_their_reasons(void **state) {
  (void)state;
  json_t *root = json_of(EXAM_NOTHING);
  const json_t *list = json_object_get(root, "next_tests");
  size_t i;
  json_t *t;
  bool was_mandatory = true;
  assert_int_equal(json_array_size(list), (size_t)made.report.nnext);
  json_array_foreach(list, i, t) {
    const bool is_mandatory = json_is_true(json_object_get(t, "mandatory"));
    assert_true(was_mandatory || !is_mandatory);
    was_mandatory = is_mandatory;
    assert_true(number(t, "gain_bits") >= 0.0 && number(t, "minutes") > 0.0);
    assert_true(json_string_length(json_object_get(t, "why")) > 0);
    assert_int_equal(json_is_string(json_object_get(t, "why_not")), json_is_false(json_object_get(t, "allowed")));
  }
  json_decref(root);
}

// ---- text ----------------------------------------------------------------------------------------------------------

static char *text_of(int which, report_voice voice) {
  char *text = NULL;
  size_t size = 0;
  exam_case_make(&made, clinical, which);
  FILE *out = open_memstream(&text, &size);
  assert_non_null(out);
  report_exam_text(out, &made.report, voice);
  assert_int_equal(fclose(out), 0);
  return text;
}

static void text_in_both_voices(void **state) {
  (void)state;
  static const char *const never[] = {"misaligned", "out of place", "pinpointed", "cause", "causes", "fix", "toxins", "locked", "nan", "inf"};
  for (int which = 0; which < EXAM_NCASE; which++) {
    for (int voice = REPORT_THERAPIST; voice <= REPORT_CLIENT; voice++) {
      char *text = text_of(which, (report_voice)voice);
      for (size_t k = 0; k < sizeof never/sizeof *never; k++)
        if (page_has_word(text, never[k])) fail_msg("the text of case %d says \"%s\"", which, never[k]);
      page_lacks(text, "<");
      if (which == EXAM_STOP) page_lacks(text, "What fits");
      if (voice == REPORT_CLIENT || which == EXAM_NOTHING) page_lacks(text, "%");
      if (voice == REPORT_CLIENT) page_holds(text, "Get emergency help at once if");
      free(text);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shares_add_up_to_the_change),
      cmocka_unit_test(nothing_is_shown_that_may_not_be_told),
      cmocka_unit_test(unrounded_beside_shown),
      cmocka_unit_test(a_stop_has_safety_only),
      cmocka_unit_test(next_tests_with_their_reasons),
      cmocka_unit_test(text_in_both_voices),
  };
  return cmocka_run_group_tests_name("exam_json", tests, load_tables, free_tables);
}
