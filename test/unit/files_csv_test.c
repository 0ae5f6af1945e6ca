// SPDX-License-Identifier: Apache-2.0
#include "app/files/files_csv.h"

#include <string.h>

#include "support/check.h"

static const char *const columns[] = {"name", "x_m", "note"};

static files_csv begin(const char *text, size_t size) {
  files_csv csv = {.column = columns, .ncolumn = 3};
  assert_ok(files_csv_open(&csv, "t.csv", text, size, NULL));
  return csv;
}

static void reads_quotes_comments_and_line_ends(void **state) {
  (void)state;
  static const char text[] = "\xEF\xBB\xBF# comment\n\nname,x_m,note\r\n"
                             "a,1.5,plain\n"
                             "# between\r\n"
                             "\"b, \"\"c\"\"\",-2e-3,\"\"\n"
                             "\r\n"
                             "d,.25,# no comment here";
  files_csv csv = begin(text, sizeof text - 1);
  static const struct { size_t line; const char *name, *note; double x; } want[] = {
      {4, "a", "plain", 1.5}, {6, "b, \"c\"", "", -2e-3}, {8, "d", "# no comment here", 0.25}};
  static const files_csv_range range = {-10.0, 10.0, "m"};
  bool has_row = false;
  for (size_t i = 0; i < 3; i++) {
    double x = 0.0;
    assert_ok(files_csv_next(&csv, &has_row, NULL));
    assert_true(has_row);
    assert_int_equal(csv.line, want[i].line);
    assert_string_equal(csv.field[0], want[i].name);
    assert_string_equal(csv.field[2], want[i].note);
    assert_ok(files_csv_number(&csv, 1, &range, &x, NULL));
    assert_close(x, want[i].x, 0.0, 0.0);
  }
  assert_ok(files_csv_next(&csv, &has_row, NULL));
  assert_false(has_row);
  files_csv_close(&csv);
}

static void wrong_headers_are_named(void **state) {
  (void)state;
  static const struct { const char *text; size_t line; const char *says; } row[] = {
      {"", 0, "header row is missing"},
      {"# only a comment\n", 0, "header row is missing"},
      {"name,x_m\n", 1, "lacks column 3, \"note\""},
      {"name,x_m,note,more\n", 1, "4 columns, expected are 3"},
      {"\nname,x_mm,note\n", 2, "column 2 of the header is \"x_mm\", expected is \"x_m\""},
      {"Name,x_m,note\n", 1, "\"Name\", expected is \"name\""},
      {"name;x_m;note\n", 1, "\"name;x_m;note\", expected is \"name\""},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    files_csv csv = {.column = columns, .ncolumn = 3};
    ps_error err;
    assert_int_equal(files_csv_open(&csv, "t.csv", row[i].text, strlen(row[i].text), &err), PS_EFORMAT);
    assert_string_equal(err.where, "t.csv");
    assert_int_equal(err.pos, row[i].line);
    if (!strstr(err.msg, row[i].says)) fail_msg("\"%s\" does not say \"%s\"", err.msg, row[i].says);
    files_csv_close(&csv);
  }
}

static void nul_byte_is_refused_with_its_line(void **state) {
  (void)state;
  static const char text[] = "name,x_m,note\na,1,b\nc,\0002,d\n";
  files_csv csv = {.column = columns, .ncolumn = 3};
  ps_error err;
  assert_int_equal(files_csv_open(&csv, "t.csv", text, sizeof text - 1, &err), PS_EFORMAT);
  assert_int_equal(err.pos, 3);
  assert_non_null(strstr(err.msg, "NUL"));
  files_csv_close(&csv);
}

static void broken_rows_are_named(void **state) {
  (void)state;
  static const struct { const char *row, *says; } row[] = {
      {"a,1", "2 fields, the header has 3"},
      {"a,1,b,c", "4 fields, the header has 3"},
      {"a,1,\"b", "field 3: a quoted field does not end"},
      {"a,\"1\"2,b", "field 2: text after a closing quote"},
      {"a,1\"2,b", "field 2: a quote inside"},
      {"a,1\r2,b", "carriage return"},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    char text[128];
    snprintf(text, sizeof text, "name,x_m,note\n%s\n", row[i].row);
    files_csv csv = begin(text, strlen(text));
    bool has_row = false;
    ps_error err;
    assert_int_equal(files_csv_next(&csv, &has_row, &err), PS_EFORMAT);
    assert_int_equal(err.pos, 2);
    if (!strstr(err.msg, row[i].says)) fail_msg("\"%s\" does not say \"%s\"", err.msg, row[i].says);
    files_csv_close(&csv);
  }
}

static void numbers_are_whole_plain_finite_and_in_range(void **state) {
  (void)state;
  static const struct { const char *value; ps_status want; } row[] = {
      {"2.385", PS_OK},       {"-3", PS_OK},         {"+1e-3", PS_OK},    {"3.0000001", PS_EINPUT}, {"-17", PS_EINPUT},
      {"", PS_EFORMAT},       {" 1", PS_EFORMAT},    {"1 ", PS_EFORMAT},  {"1m", PS_EFORMAT},       {"0x1", PS_EFORMAT},
      {"nan", PS_EFORMAT},    {"inf", PS_EFORMAT},   {"1e999", PS_EFORMAT}, {"1.2.3", PS_EFORMAT},  {"e", PS_EFORMAT},
      {"--1", PS_EFORMAT},    {"\"1,5\"", PS_EFORMAT},
  };
  static const files_csv_range range = {-3.0, 3.0, "m"};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    char text[128];
    snprintf(text, sizeof text, "name,x_m,note\na,%s,b\n", row[i].value);
    files_csv csv = begin(text, strlen(text));
    bool has_row = false;
    assert_ok(files_csv_next(&csv, &has_row, NULL));
    double x = 42.0;
    ps_error err = {0};
    assert_int_equal(files_csv_number(&csv, 1, &range, &x, &err), row[i].want);
    if (row[i].want != PS_OK) {
      assert_close(x, 42.0, 0.0, 0.0);
      assert_string_equal(err.where, "t.csv");
      assert_int_equal(err.pos, 2);
      assert_non_null(strstr(err.msg, "x_m is \""));
    }
    if (row[i].want == PS_EINPUT) assert_non_null(strstr(err.msg, "allowed is -3 to 3 m"));
    files_csv_close(&csv);
  }
}

static void unknown_word_lists_the_allowed_ones(void **state) {
  (void)state;
  static const char text[] = "name,x_m,note\na,1,yes\n";
  static const char *const choice[] = {"", "A", "B"};
  files_csv csv = begin(text, sizeof text - 1);
  bool has_row = false;
  assert_ok(files_csv_next(&csv, &has_row, NULL));
  int got = 7;
  ps_error err;
  assert_int_equal(files_csv_choice(&csv, 2, choice, 3, &got, &err), PS_EINPUT);
  assert_int_equal(got, 7);
  assert_string_equal(err.msg, "note is \"yes\": allowed is (empty), A, B");
  files_csv_close(&csv);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_quotes_comments_and_line_ends),
      cmocka_unit_test(wrong_headers_are_named),
      cmocka_unit_test(nul_byte_is_refused_with_its_line),
      cmocka_unit_test(broken_rows_are_named),
      cmocka_unit_test(numbers_are_whole_plain_finite_and_in_range),
      cmocka_unit_test(unknown_word_lists_the_allowed_ones),
  };
  return cmocka_run_group_tests_name("files_csv", tests, NULL, NULL);
}
