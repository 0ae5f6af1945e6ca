// SPDX-License-Identifier: Apache-2.0
#include "app/report/html.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"

static char *text_of(report_html *p) {
  char *data = NULL;
  size_t size = 0;
  assert_ok(report_html_take(p, &data, &size));
  assert_int_equal(strlen(data), size);
  return data;
}

static void arguments_are_escaped_and_the_format_is_not(void **state) {
  (void)state;
  report_html p = {.max = REPORT_PAGE_MAX};
  report_put(&p, "<p title=\"%s\">%d %% %.2f</p>", "a<b> & \"c\" 'd'", -7, 2.385);
  char *got = text_of(&p);
  assert_string_equal(got, "<p title=\"a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\">-7 % 2.38</p>");
  free(got);
}

static void bytes_that_are_no_text_are_replaced(void **state) {
  (void)state;
  report_html p = {.max = REPORT_PAGE_MAX};
  report_put(&p, "%s|%s", "\x01\xC3(\xFF\xF0\x9F", "gr\xC3\xB6\xC3\x9F" "er\n");
  char *got = text_of(&p);
  assert_string_equal(got, "\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|gr\xC3\xB6\xC3\x9F" "er\n");
  free(got);
}

static void no_negative_zero(void **state) {
  (void)state;
  report_html p = {.max = REPORT_PAGE_MAX};
  report_put(&p, "%.1f %.0f %.2f", -0.04, -0.4, -0.006);
  char *got = text_of(&p);
  assert_string_equal(got, "0.0 0 -0.01");
  free(got);
}

static void a_failure_leaves_no_half_page(void **state) {
  (void)state;
  char *data = &(char){0};
  size_t size = 1;
  report_html full = {.max = 70000};
  for (int i = 0; i < 7001; i++) report_put(&full, "%s", "0123456789");
  assert_int_equal(report_html_take(&full, &data, &size), PS_ENOMEM);
  assert_null(data);
  assert_int_equal(size, 0);

  report_html p = {.max = REPORT_PAGE_MAX};
  report_put(&p, "<p>%.1f</p>", (double)NAN);
  assert_int_equal(report_html_take(&p, &data, &size), PS_ENUMERIC);
  assert_null(data);
}

static void numbers_are_rounded_to_their_step(void **state) {
  (void)state;
  static const struct { double value, step; const char *plain, *with_sign; } row[] = {
      {1049.61, 10.0, "1050", "+1050"}, {-58.6, 1.0, "\xE2\x88\x92" "59", "\xE2\x88\x92" "59"},
      {-0.2048, 0.01, "\xE2\x88\x92" "0.20", "\xE2\x88\x92" "0.20"}, {-0.3, 1.0, "0", "0"}, {4.0, 10.0, "0", "0"},
      {0.976, 0.1, "1.0", "+1.0"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    assert_string_equal(report_rounded(row[i].value, row[i].step).text, row[i].plain);
    assert_string_equal(report_signed(row[i].value, row[i].step).text, row[i].with_sign);
  }
}

static void the_step_follows_the_half_width(void **state) {
  (void)state;
  // two digits of the half width up to 35, else one
  static const struct { double half, finest, want; } row[] = {
      {240.8, 1.0, 10.0}, {42.2, 1.0, 10.0}, {34.9, 1.0, 1.0}, {0.0, 1.0, 1.0}, {0.085, 0.01, 0.01}, {0.61, 0.01, 0.1}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++)
    assert_close(report_step(row[i].half, row[i].finest), row[i].want, 1e-12, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arguments_are_escaped_and_the_format_is_not),
      cmocka_unit_test(bytes_that_are_no_text_are_replaced),
      cmocka_unit_test(no_negative_zero),
      cmocka_unit_test(a_failure_leaves_no_half_page),
      cmocka_unit_test(numbers_are_rounded_to_their_step),
      cmocka_unit_test(the_step_follows_the_half_width),
  };
  return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
