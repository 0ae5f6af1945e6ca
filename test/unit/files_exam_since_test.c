/* The form of a safety screen out of a file, and two files of one person put together. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_exam_since.h"

#include <string.h>

#include "app/files/files_exam.h"
#include "support/check.h"

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

// a file with these keys beside a person's
static ps_status parse(const char *text, files_form *out, ps_error *err) {
  static files_exam exam;
  char whole[600];
  snprintf(whole, sizeof whole, "{\"sex\":\"male\",\"age_years\":40,\"height_m\":1.8,\"mass_kg\":80%s%s", text[1] == '}' ? "" : ",", text + 1);
  const ps_status status = files_exam_parse("e.json", whole, strlen(whole), &(files_exam_tables){clinical, NULL}, &exam, err);
  if (status != PS_OK) return status;
  *out = exam.form;
  files_exam_close(&exam);
  return PS_OK;
}

static void a_file_without_a_form_is_full(void **state) {
  (void)state;
  static const char *const text[] = {"{}", "{\"safety\":{}}", "{\"safety\":{\"answers\":{\"RF01\":\"no\"},\"form\":\"full\"}}"};
  for (int i = 0; i < 3; i++) {
    files_form f;
    memset(&f, 0x7F, sizeof f);
    assert_ok(parse(text[i], &f, NULL));
    assert_false(f.is_short);
    assert_int_equal(f.change_in_health, CLINIC_NOT_ASKED);
    assert_string_equal(f.asked_on, "");
    assert_string_equal(f.exam_date, "");
  }
}

static void all_keys_are_read(void **state) {
  (void)state;
  static const char *const word[] = {"not_asked", "no", "not_sure", "yes"};
  for (int i = 0; i < 4; i++) {
    char text[200];
    snprintf(text, sizeof text, "{\"exam_date\":\"2026-03-09\",\"safety\":{\"form\":\"short\",\"asked_on\":\"2026-03-08\",\"change_in_health\":\"%s\"}}", word[i]);
    files_form f;
    assert_ok(parse(text, &f, NULL));
    assert_true(f.is_short);
    assert_int_equal(f.change_in_health, i);
    assert_string_equal(f.asked_on, "2026-03-08");
    assert_string_equal(f.exam_date, "2026-03-09");
  }
}

static void what_is_wrong_is_named(void **state) {
  (void)state;
  static const struct { const char *text; ps_status status; const char *word[2]; } row[] = {
      {"{\"safety\":{\"form\":\"shrt\"}}", PS_EINPUT, {"form", "full, short"}},
      {"{\"safety\":{\"form\":1}}", PS_EFORMAT, {"form", "full, short"}},
      {"{\"safety\":{\"change_in_health\":\"maybe\"}}", PS_EINPUT, {"change_in_health", "not_asked, no, not_sure, yes"}},
      {"{\"safety\":{\"change_in_health\":false}}", PS_EFORMAT, {"change_in_health", "false"}},
      {"{\"safety\":{\"asked_on\":\"2026-02-29\"}}", PS_EINPUT, {"asked_on", "YYYY-MM-DD"}},
      {"{\"safety\":{\"asked_on\":\"2026-02-29T10:00\"}}", PS_EINPUT, {"asked_on", "bytes long"}},
      {"{\"safety\":{\"asked_on\":20260228}}", PS_EFORMAT, {"asked_on", "20260228"}},
      {"{\"exam_date\":\"9.3.2026\"}", PS_EINPUT, {"exam_date", "YYYY-MM-DD"}},
      {"{\"safety\":[]}", PS_EFORMAT, {"safety", "a list"}},
      {"{\"safety\":", PS_EFORMAT, {"not valid JSON", "line 1"}}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    files_form f = {.is_short = true};
    ps_error err = {PS_OK, 0, "", ""};
    assert_int_equal(parse(row[i].text, &f, &err), row[i].status);
    assert_string_equal(err.where, "e.json");
    for (int k = 0; k < 2; k++)
      if (!strstr(err.msg, row[i].word[k])) fail_msg("%s: \"%s\" lacks \"%s\"", row[i].text, err.msg, row[i].word[k]);
    assert_true(f.is_short);  // untouched
  }
}

static void dates_of_the_calendar(void **state) {
  (void)state;
  static const char *const good[] = {"2026-11-24", "2024-02-29", "2000-02-29", "1999-12-31", "2026-01-01", "2026-04-30"};
  static const char *const bad[] = {"",           "2026-11-31", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-10-00",
                                    "2026-1-010", "26-11-2024", "2026/11/24", "2026-11-24 ", "2026-11-2", "2026-11-2x", "-026-11-24"};
  for (size_t i = 0; i < sizeof good/sizeof *good; i++) assert_true(files_is_date(good[i]));
  for (size_t i = 0; i < sizeof bad/sizeof *bad; i++)
    if (files_is_date(bad[i])) fail_msg("\"%s\" is no date", bad[i]);
}

// ---- two files -------------------------------------------------------------------------------------------------------

static void read_visit(const char *text, files_exam *v) {
  assert_ok(files_exam_parse("e.json", text, strlen(text), &(files_exam_tables){clinical, NULL}, v, NULL));
}

static ps_status combine(const char *full, const char *later, clinic_screen *out, ps_error *err) {
  static files_exam a, b;
  read_visit(full, &a);
  read_visit(later, &b);
  const files_screen before = {"full.json", &a.person, &a.form, &a.screen}, now = {"short.json", &b.person, &b.form, &b.screen};
  const ps_status status = files_exam_since(files_clinical_safety(clinical), &before, &now, out, err);
  files_exam_close(&a);
  files_exam_close(&b);
  return status;
}

#define BODY "\"height_m\":1.74,\"mass_kg\":70,\"sex\":"

static void the_later_visit_stands_on_the_full_screen(void **state) {
  (void)state;
  const clinic_safety_tables *t = files_clinical_safety(clinical);
  const int short_one = t->flag[files_clinical_find_flag(t, "RF18")].part, other = t->flag[files_clinical_find_flag(t, "RF08")].part;
  static const char full[] = "{" BODY "\"male\",\"age_years\":44,\"safety\":{\"asked_on\":\"2026-01-05\",\"answers\":{\"RF18\":\"no\",\"RF08\":\"no\"}}}";
  clinic_screen out;
  assert_ok(combine(full, "{" BODY "\"male\",\"age_years\":44.2,\"safety\":{\"form\":\"short\",\"asked_on\":\"2026-01-05\",\"change_in_health\":\"no\"}}", &out, NULL));
  assert_int_equal(out.part[short_one], CLINIC_NOT_ASKED);
  assert_int_equal(out.part[other], CLINIC_NO);
  assert_ok(combine(full, "{" BODY "\"male\",\"age_years\":44,\"safety\":{\"form\":\"short\",\"change_in_health\":\"yes\",\"answers\":{\"RF18\":\"yes\"}}}", &out, NULL));
  assert_int_equal(out.part[short_one], CLINIC_YES);
  assert_int_equal(out.part[other], CLINIC_NOT_ASKED);
}

static void files_that_do_not_belong_together(void **state) {
  (void)state;
  static const char full[] = "{" BODY "\"male\",\"age_years\":44,\"exam_date\":\"2026-05-05\"}";
  static const struct { const char *full, *later, *where, *word; } row[] = {
      {full, "{" BODY "\"male\",\"age_years\":44}", "short.json", "full screen"},
      {"{" BODY "\"male\",\"age_years\":44,\"safety\":{\"form\":\"short\"}}", "{" BODY "\"male\",\"age_years\":44,\"safety\":{\"form\":\"short\"}}", "full.json", "must hold the full screen"},
      {full, "{" BODY "\"female\",\"age_years\":44,\"safety\":{\"form\":\"short\"}}", "full.json", "of one person"},
      {full, "{" BODY "\"male\",\"age_years\":43.5,\"safety\":{\"form\":\"short\"}}", "full.json", "43.5"},
      {full, "{" BODY "\"male\",\"age_years\":44,\"safety\":{\"form\":\"short\",\"asked_on\":\"2026-05-04\"}}", "full.json", "in this order"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    clinic_screen out = {.part = {CLINIC_NOT_SURE}};
    ps_error err = {PS_OK, 0, "", ""};
    assert_int_equal(combine(row[i].full, row[i].later, &out, &err), PS_EINPUT);
    assert_string_equal(err.where, row[i].where);
    if (!strstr(err.msg, row[i].word)) fail_msg("\"%s\" lacks \"%s\"", err.msg, row[i].word);
    assert_int_equal(out.part[0], CLINIC_NOT_SURE);
  }
}

static void a_form_that_leaves_something_open_says_so(void **state) {
  (void)state;
  files_form f = {.is_short = false};
  assert_null(files_form_note(&f, false));
  f.is_short = true;
  assert_non_null(strstr(files_form_note(&f, false), "--since"));
  for (int i = 0; i < 4; i++) {
    f.change_in_health = (clinic_answer)i;
    assert_true((files_form_note(&f, true) == NULL) == (i == CLINIC_NO));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_without_a_form_is_full),        cmocka_unit_test(all_keys_are_read),
      cmocka_unit_test(what_is_wrong_is_named),               cmocka_unit_test(dates_of_the_calendar),
      cmocka_unit_test(the_later_visit_stands_on_the_full_screen), cmocka_unit_test(files_that_do_not_belong_together),
      cmocka_unit_test(a_form_that_leaves_something_open_says_so),
  };
  return cmocka_run_group_tests_name("files_exam_since", tests, load_tables, free_tables);
}
