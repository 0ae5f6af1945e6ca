/* The gate at the command line: a stop ends with exit code 3 and shows no result; an incomplete screen marks the result.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/check.h"
#include "support/program.h"

#define BODY "\"sex\":\"male\",\"age_years\":44,\"height_m\":1.74,\"mass_kg\":70"

static void file(const char *name, const char *text) { program_file(name, text, strlen(text)); }

static program_said say(const char *arguments) {
  const program_run run = {arguments, NULL};
  program_said said;
  program_start(&run, &said);
  return said;
}

static void a_stop_shows_no_result(void **state) {
  (void)state;
  file("stop.json", "{" BODY ",\"safety\":{\"answers\":{\"RF03\":\"yes\"}}}");
  program_said s = say("assess stop.json --draws 0 --html page.html");
  assert_int_equal(s.code, 3);
  assert_non_null(strstr(s.out, "Safety screen: stop, E0"));
  assert_non_null(strstr(s.out, "Emergency department"));
  assert_null(strstr(s.out, "L4/L5"));
  assert_int_not_equal(access("page.html", F_OK), 0);
  program_forget(&s);

  s = say("assess stop.json --json");
  assert_int_equal(s.code, 3);
  assert_non_null(strstr(s.out, "\"status\": \"stop\""));
  assert_null(strstr(s.out, "pathways"));
  assert_null(strstr(s.out, "tightness"));
  program_forget(&s);

  s = say("exam check stop.json");
  assert_int_equal(s.code, 3);
  assert_non_null(strstr(s.out, "abdominal_psoas_release  block"));
  program_forget(&s);
}

static void not_sure_of_an_emergency_stops(void **state) {
  (void)state;
  file("unsure.json", "{" BODY ",\"safety\":{\"answers\":{\"RF01\":\"not_sure\"}}}");
  program_said s = say("exam check unsure.json --json");
  assert_int_equal(s.code, 3);
  assert_non_null(strstr(s.out, "\"answer\": \"not sure\""));
  program_forget(&s);
}

static void an_incomplete_screen_marks_the_result(void **state) {
  (void)state;
  file("p.json", "{" BODY "}");
  program_said s = say("assess p.json --draws 0");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "Safety screen incomplete"));
  program_forget(&s);

  s = say("assess p.json --draws 0 --json");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "\"status\": \"incomplete\""));
  assert_non_null(strstr(s.out, "\"verdict\": \"clear_first\""));
  assert_null(strstr(s.out, "\"verdict\": \"allow\""));
  program_forget(&s);

  s = say("exam check p.json");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "RF01.main"));
  program_forget(&s);
}

// the empty exam is a valid exam in which nothing was asked
static void the_template_is_an_exam(void **state) {
  (void)state;
  program_said s = say("exam template");
  assert_int_equal(s.code, 0);
  program_file("empty.json", s.out, s.out_size);
  program_forget(&s);
  s = say("exam check empty.json --json");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "\"status\": \"incomplete\""));
  program_forget(&s);

  s = say("exam questions");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "RF33"));
  assert_non_null(strstr(s.out, ".new_or_spreading: "));
  assert_non_null(strstr(s.out, "CI23"));
  program_forget(&s);
}

static void wrong_answers_are_refused(void **state) {
  (void)state;
  static const struct { const char *text, *word; } row[] = {
      {"{" BODY ",\"safety\":{\"answers\":{\"RF01\":\"nope\"}}}", "not_asked, no, not_sure, yes"},
      {"{" BODY ",\"safety\":{\"answers\":{\"RF001\":\"no\"}}}", "RF001"},
      {"{" BODY ",\"contraindications\":{\"CI99\":\"no\"}}", "CI99"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    file("bad.json", row[i].text);
    static const char *const command[] = {"exam check bad.json", "assess bad.json --draws 0"};
    for (int k = 0; k < 2; k++) {
      program_said s = say(command[k]);
      assert_int_equal(s.code, 2);
      assert_non_null(strstr(s.err, "bad.json"));
      assert_non_null(strstr(s.err, row[i].word));
      assert_int_equal(s.out_size, 0);
      program_forget(&s);
    }
  }
  static const char *const wrong[] = {"exam chekc bad.json", "exam check", "exam template bad.json"};
  for (int k = 0; k < 3; k++) {
    program_said s = say(wrong[k]);
    assert_int_equal(s.code, 2);
    assert_non_null(strstr(s.err, "check FILE, letter FILE, questions, template"));
    program_forget(&s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_stop_shows_no_result),
      cmocka_unit_test(not_sure_of_an_emergency_stops),
      cmocka_unit_test(an_incomplete_screen_marks_the_result),
      cmocka_unit_test(the_template_is_an_exam),
      cmocka_unit_test(wrong_answers_are_refused),
  };
  return cmocka_run_group_tests_name("gate", tests, program_enter, program_leave);
}
