/* Answers of a safety screen out of a file: what is silent is not asked, what is unknown is refused with its place.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_exam.h"

#include <string.h>

#include "support/check.h"

#define BODY "\"sex\":\"male\",\"age_years\":44,\"height_m\":1.74,\"mass_kg\":70"

static files_clinical *clinical;

static int load_tables(void **state) {
  (void)state;
  return files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

// sections put behind the four measurements
static ps_status parse(const char *sections, clinic_screen *out, ps_error *err) {
  static files_exam exam;
  char text[1024];
  snprintf(text, sizeof text, "{" BODY "%s%s", *sections ? "," : "}", sections);
  const ps_status status = files_exam_parse("e.json", text, strlen(text), &(files_exam_tables){clinical, NULL}, &exam, err);
  if (status == PS_OK) {
    *out = exam.screen;
    files_exam_close(&exam);
  }
  return status;
}

static clinic_answer answer_of(const clinic_screen *s, const char *flag, const char *part) {
  const clinic_safety_tables *t = files_clinical_safety(clinical);
  return s->part[files_clinical_find_part(t, files_clinical_find_flag(t, flag), part)];
}

static void a_person_file_has_nothing_asked(void **state) {
  (void)state;
  clinic_screen s;
  memset(&s, 0xFF, sizeof s);
  assert_ok(parse("", &s, NULL));
  for (int i = 0; i < CLINIC_PART_MAX; i++) assert_int_equal(s.part[i], CLINIC_NOT_ASKED);
  for (int i = 0; i < CLINIC_CONDITION_MAX; i++) assert_int_equal(s.condition[i], CLINIC_NOT_ASKED);
}

static void comments_stand_anywhere(void **state) {
  (void)state;
  clinic_screen s;
  assert_ok(parse("\"safety\":{\"//\":\"x\",\"answers\":{\"//RF01\":[\"a\",\"b\"],\"RF01\":\"no\",\"RF05\":{\"//\":\"x\",\"main\":\"no\"}}},"
                  "\"contraindications\":{\"//CI03\":\"x\",\"CI03\":\"no\"}}", &s, NULL));
  assert_int_equal(answer_of(&s, "RF01", "main"), CLINIC_NO);
  assert_int_equal(answer_of(&s, "RF05", "main"), CLINIC_NO);
}

static void answers_parts_reviews_and_conditions(void **state) {
  (void)state;
  clinic_screen s;
  assert_ok(parse("\"safety\":{\"answers\":{\"RF01\":\"no\",\"RF05\":{\"main\":\"yes\",\"new_or_spreading\":\"not_sure\"},"
                  "\"RF11\":\"yes\"},\"reviewed\":[\"RF11\"]},\"contraindications\":{\"CI03\":\"yes\",\"CI09\":\"not_asked\"}}", &s, NULL));
  const clinic_safety_tables *t = files_clinical_safety(clinical);
  assert_int_equal(answer_of(&s, "RF01", "main"), CLINIC_NO);
  assert_int_equal(answer_of(&s, "RF05", "main"), CLINIC_YES);
  assert_int_equal(answer_of(&s, "RF05", "new_or_spreading"), CLINIC_NOT_SURE);
  assert_int_equal(answer_of(&s, "RF02", "main"), CLINIC_NOT_ASKED);
  assert_true(s.is_reviewed[files_clinical_find_flag(t, "RF11")]);
  assert_false(s.is_reviewed[files_clinical_find_flag(t, "RF01")]);
  assert_int_equal(s.condition[files_clinical_find_condition(t, "CI03")], CLINIC_YES);
  assert_int_equal(s.condition[files_clinical_find_condition(t, "CI09")], CLINIC_NOT_ASKED);
}

typedef struct refusal { const char *text; ps_status status; const char *word[2]; } refusal;

static void what_is_wrong_is_named(void **state) {
  (void)state;
  static const refusal row[] = {
      {"\"safety\":{\"answers\":{\"RF1\":\"no\"}}}", PS_EFORMAT, {"\"RF1\" is not a known key", "RF01"}},
      {"\"safety\":{\"answers\":{\"RF01\":\"perhaps\"}}}", PS_EINPUT, {"RF01", "not_asked, no, not_sure, yes"}},
      {"\"safety\":{\"answers\":{\"RF01\":true}}}", PS_EFORMAT, {"RF01", "true"}},
      {"\"safety\":{\"answers\":{\"RF05\":{\"main\":\"yes\",\"new\":\"no\"}}}}", PS_EFORMAT, {"\"new\" is not a known key", "RF05"}},
      {"\"safety\":{\"answer\":{}}}", PS_EFORMAT, {"\"answer\" is not a known key", "answers"}},
      {"\"safety\":{\"answers\":[]}}", PS_EFORMAT, {"answers", "a list"}},
      {"\"safety\":3}", PS_EFORMAT, {"safety", "3"}},
      {"\"safety\":{\"reviewed\":[\"RF11\",\"RF99\"]}}", PS_EFORMAT, {"reviewed", "item 2"}},
      {"\"safety\":{\"reviewed\":[7]}}", PS_EFORMAT, {"reviewed", "item 1"}},
      {"\"contraindications\":{\"CI3\":\"no\"}}", PS_EFORMAT, {"\"CI3\" is not a known key", "CI03"}},
      {"\"contraindications\":{\"CI03\":\"maybe\"}}", PS_EINPUT, {"CI03", "maybe"}},
      {"\"safety\":{", PS_EFORMAT, {"not valid JSON", "line 1"}},
      {"\"safety\":{\"answers\":{\"//RF01\":1}}}", PS_EFORMAT, {"\"//RF01\" is a comment", "safety.answers"}},
      {"\"safety\":{\"answers\":{\"RF05\":{\"//main\":null}}}}", PS_EFORMAT, {"\"//main\" is a comment", "RF05"}},
      {"\"contraindications\":{\"//\":[1]}}", PS_EFORMAT, {"\"//\" is a comment", "contraindications"}},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    clinic_screen s = {.part = {CLINIC_NO}};
    ps_error err = {PS_OK, 0, "", ""};
    assert_int_equal(parse(row[i].text, &s, &err), row[i].status);
    assert_string_equal(err.where, "e.json");
    for (int k = 0; k < 2; k++)
      if (!strstr(err.msg, row[i].word[k])) fail_msg("%s: \"%s\" lacks \"%s\"", row[i].text, err.msg, row[i].word[k]);
    assert_int_equal(s.part[0], CLINIC_NO);  // untouched
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_person_file_has_nothing_asked),
      cmocka_unit_test(comments_stand_anywhere),
      cmocka_unit_test(answers_parts_reviews_and_conditions),
      cmocka_unit_test(what_is_wrong_is_named),
  };
  return cmocka_run_group_tests_name("files_exam", tests, load_tables, free_tables);
}
