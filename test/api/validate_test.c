/* psoas validate from outside: exit codes, JSON, and docs/validation.md in step with the program. Whether rows are inside is
 * a result and no test's business. SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli/cli.h"
#include "app/files/files_text.h"
#include "support/check.h"
#include "support/program.h"

static files_text page;  // docs/validation.md
static json_t *document; // psoas validate --json; made by the first who asks

static int enter(void **state) {
  if (files_text_read("docs/validation.md", 1 << 20, &page, NULL) != PS_OK) return -1;
  return program_enter(state);
}
static int leave(void **state) {
  files_text_free(&page);
  json_decref(document);
  return program_leave(state);
}

static program_said say(const char *arguments, int code) {
  const program_run run = {arguments, NULL};
  program_said said;
  program_start(&run, &said);
  if (said.code != code) fail_msg("psoas %s: exit code %d; it said: %s", arguments, said.code, said.err);
  return said;
}

static const json_t *said_as_json(void) {
  if (document) return document;
  program_said said = say("validate --json", CLI_DONE);
  document = json_loads(said.out, 0, NULL);
  program_forget(&said);
  assert_non_null(document);
  return document;
}

// the next line of a text that says anything, without blanks beside its cells; false at the end
static bool next_line(const char **text, const char *end, char *line, size_t size) {
  size_t n = 0;
  while (*text < end && n == 0) {
    bool is_after_bar = true;
    for (; *text < end && **text != '\n'; (*text)++) {
      assert_true(n + 1 < size);
      if (**text == ' ' && (is_after_bar || (*text)[1] == '|' || (*text)[1] == ' ' || (*text)[1] == '\n')) continue;
      is_after_bar = **text == '|';
      line[n++] = **text;
    }
    (*text)++;
  }
  line[n] = '\0';
  return n > 0;
}

static void the_page_holds_what_the_program_says(void **state) {
  (void)state;
  program_said said = say("validate --markdown", CLI_DONE);
  const char *begin = strstr(page.data, "<!-- psoas validate --markdown -->"), *end = strstr(page.data, "<!-- end -->");
  assert_non_null(begin);
  assert_non_null(end);
  const char *ours = strchr(begin, '\n'), *theirs = said.out;
  char a[1024], b[1024];
  int n = 0;
  for (;;) {
    const bool has_a = next_line(&ours, end, a, sizeof a), has_b = next_line(&theirs, said.out + said.out_size, b, sizeof b);
    if (!has_a && !has_b) break;
    if (strcmp(a, b) != 0) fail_msg("docs/validation.md says\n  %s\nthe program\n  %s\n(psoas validate --markdown)", a, b);
    n++;
  }
  assert_true(n > 40);
  program_forget(&said);
}

// every row that counts and is missed is discussed below the tables
static void every_miss_is_discussed(void **state) {
  (void)state;
  const json_t *doc = said_as_json();
  const char *below = strstr(page.data, "<!-- end -->");
  const json_t *rows = json_object_get(doc, "rows"), *counts = json_object_get(doc, "counts");
  int ncounted = 0, ninside = 0;
  for (size_t i = 0; i < json_array_size(rows); i++) {
    const json_t *r = json_array_get(rows, i);
    const bool is_ok = json_is_true(json_object_get(r, "ok"));
    if (!json_is_true(json_object_get(r, "counts"))) continue;
    ncounted++;
    ninside += is_ok;
    char name[64];
    snprintf(name, sizeof name, "`%s`", json_string_value(json_object_get(r, "id")));
    if (!is_ok && !strstr(below, name)) fail_msg("docs/validation.md does not discuss %s", name);
  }
  assert_int_equal(json_integer_value(json_object_get(counts, "rows")), json_array_size(rows));
  assert_int_equal(json_integer_value(json_object_get(counts, "predicted_verified")), ncounted);
  assert_int_equal(json_integer_value(json_object_get(counts, "inside")), ninside);
}

static void json_has_every_field(void **state) {
  (void)state;
  static const char *const key[] = {"id", "quantity", "published", "sd", "ours", "distance_sd", "status", "kind", "ok",
                                    "rule", "unit", "source", "used", "not_computed"};
  const json_t *doc = said_as_json();
  assert_string_equal(json_string_value(json_object_get(doc, "version")), PS_VERSION);
  assert_true(json_is_array(json_object_get(doc, "warnings")));
  const json_t *rows = json_object_get(doc, "rows");
  for (size_t i = 0; i < json_array_size(rows); i++) {
    const json_t *r = json_array_get(rows, i);
    for (size_t k = 0; k < sizeof key/sizeof *key; k++)
      if (!json_object_get(r, key[k])) fail_msg("row %zu lacks %s", i, key[k]);
    const bool has_answer = json_is_null(json_object_get(r, "not_computed"));
    assert_int_equal(has_answer, json_is_real(json_object_get(r, "ours")));
    // null and not a number are told apart: a row has a value or a range
    assert_true(json_is_real(json_object_get(r, "published")) || json_is_array(json_object_get(r, "range")));
  }
}

static void the_text_counts_and_lists_misses(void **state) {
  (void)state;
  program_said said = say("validate", CLI_DONE);
  assert_non_null(strstr(said.out, "are predicted and verified"));
  assert_non_null(strstr(said.out, "NOT REPRODUCED"));
  program_forget(&said);
  said = say("validate person.json", CLI_BAD_INPUT);
  program_forget(&said);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_page_holds_what_the_program_says),
      cmocka_unit_test(every_miss_is_discussed),
      cmocka_unit_test(json_has_every_field),
      cmocka_unit_test(the_text_counts_and_lists_misses),
  };
  return cmocka_run_group_tests_name("validate from outside", tests, enter, leave);
}
