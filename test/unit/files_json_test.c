// SPDX-License-Identifier: Apache-2.0
#include "app/files/files_json.h"

#include <string.h>

#include "support/check.h"

static json_t *parse(const char *text) {
  json_t *root = NULL;
  ps_error err = {0};
  if (files_json_parse("x.json", text, strlen(text), &root, &err) != PS_OK) fail_msg("%s: %s", text, err.msg);
  return root;
}

static void malformed_text_is_named_by_line_and_column(void **state) {
  (void)state;
  static const struct { const char *text; size_t line; const char *word; } row[] = {
      {"", 1, "ends too early"},
      {"{\n \"a\": 1,\n \"b\" 2}", 3, "column 6"},
      {"{\"a\": 1", 1, "ends too early"},
      {"{\"a\": 1, \"a\": 2}", 1, "duplicate"},
      {"{\"a\": 1} {}", 1, "end of file expected"},
      {"[1]", 1, "one JSON object"},
      {"7", 1, "not valid JSON"},
      {"{\"a\": 1e400}", 1, "not valid JSON"},
      {"{\"a\": \"\x01\"}", 1, "not valid JSON"},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    json_t *root = json_true();  // must become NULL
    ps_error err = {0};
    assert_int_equal(files_json_parse("x.json", row[i].text, strlen(row[i].text), &root, &err), PS_EFORMAT);
    assert_null(root);
    assert_string_equal(err.where, "x.json");
    assert_int_equal(err.pos, row[i].line);
    if (!strstr(err.msg, row[i].word)) fail_msg("\"%s\" is missing in: %s", row[i].word, err.msg);
    for (const char *c = err.msg; *c; c++) assert_true((unsigned char)*c >= 0x20);
  }
  json_t *root = NULL;
  assert_int_equal(files_json_parse("x.json", "{\"a\":1}\0{}", 10, &root, NULL), PS_EFORMAT);
}

static void numbers_keep_their_range(void **state) {
  (void)state;
  json_t *root = parse("{\"a\": 2.385, \"i\": -4, \"s\": \"7\", \"n\": null, \"edge\": 3.5}");
  ps_error err = {0};
  const files_json in = {.file = "x.json", .object = root, .err = &err};
  double x = 0.0;
  assert_ok(files_json_number(&in, &(files_json_range){"a", 1.0, 3.5, "m"}, &x));
  assert_close(x, 2.385, 0.0, 0.0);
  assert_ok(files_json_number(&in, &(files_json_range){"i", -4.0, -4.0, ""}, &x));
  assert_close(x, -4.0, 0.0, 0.0);
  assert_ok(files_json_number(&in, &(files_json_range){"edge", 1.0, 3.5, "m"}, &x));

  x = 42.0;
  assert_int_equal(files_json_number(&in, &(files_json_range){"a", 2.5, 3.5, "m"}, &x), PS_EINPUT);
  assert_string_equal(err.msg, "a is 2.385, allowed is 2.5 to 3.5 m");
  assert_int_equal(files_json_number(&in, &(files_json_range){"s", 0.0, 9.0, "kg"}, &x), PS_EFORMAT);
  assert_string_equal(err.msg, "s is \"7\": a number from 0 to 9 kg is needed");
  assert_int_equal(files_json_number(&in, &(files_json_range){"n", 0.0, 9.0, ""}, &x), PS_EFORMAT);
  assert_string_equal(err.msg, "n is null: a number from 0 to 9 is needed");
  assert_int_equal(files_json_number(&in, &(files_json_range){"z", 0.0, 9.0, ""}, &x), PS_EFORMAT);
  assert_string_equal(err.msg, "z is missing: a number from 0 to 9 is required");
  assert_close(x, 42.0, 0.0, 0.0);
  assert_true(files_json_has(&in, "n"));
  assert_false(files_json_has(&in, "z"));
  json_decref(root);
}

static void words_texts_and_flags(void **state) {
  (void)state;
  static const char *const side[] = {"left", "right"};
  json_t *root = parse("{\"side\": \"rihgt\", \"ok\": \"left\", \"flag\": false, \"one\": 1, \"text\": \"abcd\"}");
  ps_error err = {0};
  const files_json in = {.file = "x.json", .object = root, .err = &err};
  int k = 7;
  assert_int_equal(files_json_choice(&in, "side", side, 2, &k), PS_EINPUT);
  assert_string_equal(err.msg, "side is \"rihgt\", allowed is left, right; did you mean \"right\"?");
  assert_int_equal(files_json_choice(&in, "one", side, 2, &k), PS_EFORMAT);
  assert_string_equal(err.msg, "one is 1, allowed is left, right");
  assert_int_equal(files_json_choice(&in, "z", side, 2, &k), PS_EFORMAT);
  assert_int_equal(k, 7);
  assert_ok(files_json_choice(&in, "ok", side, 2, &k));
  assert_int_equal(k, 0);

  bool flag = true;
  assert_ok(files_json_bool(&in, "flag", &flag));
  assert_false(flag);
  assert_int_equal(files_json_bool(&in, "one", &flag), PS_EFORMAT);
  assert_string_equal(err.msg, "one is 1: true or false is needed");

  char text[5];
  assert_ok(files_json_string(&in, "text", text, sizeof text));
  assert_string_equal(text, "abcd");
  assert_int_equal(files_json_string(&in, "text", text, 4), PS_EINPUT);
  assert_string_equal(err.msg, "text is \"abcd\": 4 bytes long, allowed are 3");
  json_decref(root);
}

static void a_place_inside_is_named_by_its_path(void **state) {
  (void)state;
  static const char *const known[] = {"deg", "method"};
  json_t *root = parse("{\"list\": [{\"deg\": 1, \"mehtod\": 2}, 5], \"inner\": {\"deg\": true}}");
  ps_error err = {0};
  const files_json in = {.file = "x.json", .object = root, .err = &err};
  files_json inner, item;
  const json_t *list = NULL;
  double x = 0.0;
  assert_ok(files_json_object(&in, "inner", &inner));
  assert_int_equal(files_json_number(&inner, &(files_json_range){"deg", 0.0, 1.0, "deg"}, &x), PS_EFORMAT);
  assert_string_equal(err.msg, "inner.deg is true: a number from 0 to 1 deg is needed");
  assert_int_equal(files_json_object(&in, "list", &inner), PS_EFORMAT);
  assert_string_equal(err.msg, "list is a list: an object in braces is needed");
  assert_int_equal(files_json_list(&in, "inner", &list), PS_EFORMAT);

  assert_ok(files_json_list(&in, "list", &list));
  assert_ok(files_json_item(&in, "list", list, 0, &item));
  assert_int_equal(files_json_check_keys(&item, known, 2), PS_EFORMAT);
  assert_string_equal(err.msg, "list[1]: \"mehtod\" is not a known key; did you mean \"method\"?");
  assert_int_equal(files_json_item(&in, "list", list, 1, &item), PS_EFORMAT);
  assert_string_equal(err.msg, "list[2] is 5: an object in braces is needed");

  // without anyone to tell, the status alone
  const files_json quiet = {.file = "x.json", .object = root};
  assert_int_equal(files_json_check_keys(&quiet, known, 2), PS_EFORMAT);
  json_decref(root);
}

static void a_failure_of_a_nested_place_keeps_long_names_apart(void **state) {
  (void)state;
  json_t *root = parse("{\"a_very_long_name_of_an_object_that_holds_another\": {\"another_long_name_of_an_object\": {}}}");
  ps_error err = {0};
  const files_json in = {.file = "x.json", .object = root, .err = &err};
  files_json one, two;
  double x = 0.0;
  assert_ok(files_json_object(&in, "a_very_long_name_of_an_object_that_holds_another", &one));
  assert_ok(files_json_object(&one, "another_long_name_of_an_object", &two));
  assert_int_equal(files_json_number(&two, &(files_json_range){"deg", 0.0, 1.0, ""}, &x), PS_EFORMAT);
  assert_non_null(strstr(err.msg, "deg is missing"));
  assert_true(strlen(two.path) < sizeof two.path);
  json_decref(root);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(malformed_text_is_named_by_line_and_column),
      cmocka_unit_test(numbers_keep_their_range),
      cmocka_unit_test(words_texts_and_flags),
      cmocka_unit_test(a_place_inside_is_named_by_its_path),
      cmocka_unit_test(a_failure_of_a_nested_place_keeps_long_names_apart),
  };
  return cmocka_run_group_tests_name("files_json", tests, NULL, NULL);
}
