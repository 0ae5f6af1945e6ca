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

// every command that computes anything of a person, and every voice
static void no_road_leads_past_a_stop(void **state) {
  (void)state;
  static const char *const road[] = {"solve stop.json standing", "solve stop.json standing --json", "path psoas_T12_L1_disc_right --sweep hip_flexion_right=0:10:5 --person stop.json",
                                     "muscles stop.json", "coords stop.json --json", "export mjcf stop.json body.xml", "bench stop.json",
                                     "compare stop.json p.json", "compare p.json stop.json"};
  file("p.json", "{" BODY "}");
  file("stop.json", "{" BODY ",\"safety\":{\"answers\":{\"RF03\":\"yes\"}}}");
  for (size_t i = 0; i < sizeof road/sizeof *road; i++) {
    program_said s = say(road[i]);
    if (s.code != 3) fail_msg("%s ended with %d: %s", road[i], s.code, s.err);
    assert_null(strstr(s.out, "L4"));
    program_forget(&s);
  }
  assert_int_not_equal(access("body.xml", F_OK), 0);
  static const char *const voice[] = {"assess stop.json --voice client", "assess stop.json --no-body", "assess stop.json --no-body --voice client --html c.html"};
  for (int i = 0; i < 3; i++) {
    program_said s = say(voice[i]);
    assert_int_equal(s.code, 3);
    assert_null(strstr(s.out, "What else could fit"));
    assert_null(strstr(s.out, "What fits"));
    program_forget(&s);
  }
  assert_int_not_equal(access("c.html", F_OK), 0);
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
  static const char *const command[] = {"exam template", "exam template --full"};
  for (int k = 0; k < 2; k++) {
    program_said s = say(command[k]);
    assert_int_equal(s.code, 0);
    program_file("empty.json", s.out, s.out_size);
    program_forget(&s);
    s = say("exam check empty.json --json");
    assert_int_equal(s.code, 0);
    assert_string_equal(s.err, "");
    assert_non_null(strstr(s.out, "\"status\": \"incomplete\""));
    assert_non_null(strstr(s.out, "No pain map was drawn"));
    program_forget(&s);
  }

  program_said s = say("exam questions");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "RF33"));
  assert_non_null(strstr(s.out, ".new_or_spreading: "));
  assert_non_null(strstr(s.out, "CI23"));
  program_forget(&s);
}

static void check_says_what_is_missing_and_what_the_method_costs(void **state) {
  (void)state;
  file("exam.json", "{" BODY ",\"thomas_left\":{\"knee_above_hip_m\":0.02,\"thigh_length_m\":0.42,\"knee_flexion_deg\":60,"
                    "\"pelvis_controlled\":true},\"thomas_right\":{\"hip_angle_deg\":[3,4],\"knee_flexion_deg\":60,"
                    "\"pelvis_controlled\":false},\"pain\":{\"now_0_10\":7,\"worst_0_10\":6,\"map\":[]},"
                    "\"role\":{\"competencies\":[\"none\"]},\"contraindications\":{\"CI23\":\"no\"}}");
  static const char *const word[] = {
      "Hip screen: FADIR is missing.", "Right: The modified Thomas test was done without holding the pelvis.",
      "The pain now is above the worst pain of this week", "CI23 is answered",
      "Modified Thomas test, left, by height and length, 1 reading: about ± 1.9 deg (1 SD). One reading with an inclinometer: ± 2.0 deg.",
      "Modified Thomas test, right, by inclinometer, 2 readings: about ± 1.8 deg (1 SD)."};
  static const char *const command[] = {"exam check exam.json", "exam check exam.json --json"};
  for (int k = 0; k < 2; k++) {
    program_said s = say(command[k]);
    assert_int_equal(s.code, 0);
    for (size_t i = 0; i < sizeof word/sizeof *word; i++)
      if (!strstr(s.out, word[i])) fail_msg("\"%s\" is not in:\n%s", word[i], s.out);
    // the role decides: untrained hands
    assert_non_null(strstr(s.out, k ? "\"id\": \"abdominal_psoas_release\",\n   \"verdict\": \"block\"" : "abdominal_psoas_release  block"));
    program_forget(&s);
  }

  // behind a stop nothing of this is said
  file("stop.json", "{" BODY ",\"safety\":{\"answers\":{\"RF03\":\"yes\"}}}");
  static const char *const stop[] = {"exam check stop.json", "exam check stop.json --json"};
  for (int k = 0; k < 2; k++) {
    program_said s = say(stop[k]);
    assert_int_equal(s.code, 3);
    assert_null(strstr(s.out, "pain map"));
    program_forget(&s);
  }
}

static void the_fields_are_listed(void **state) {
  (void)state;
  static const struct { const char *command, *word; } row[] = {
      {"exam fields", "fadir_pain_left, fadir_pain_right: FADIR brings on groin pain"},
      {"exam fields --json", "\"exam_version\": 1"},
      {"exam fields --json", "\"thomas_left.hip_angle_deg\""},
      {"exam fields", "thomas_left.pelvis_controlled, thomas_right.pelvis_controlled"},
      {"exam fields --json", "\"slump_leg_pain_right\""},
      {"exam fields --markdown", "| `fadir_pain` | left, right |"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    program_said s = say(row[i].command);
    assert_int_equal(s.code, 0);
    if (!strstr(s.out, row[i].word)) fail_msg("%s lacks %s", row[i].command, row[i].word);
    program_forget(&s);
  }
}

static void wrong_answers_are_refused(void **state) {
  (void)state;
  static const struct { const char *text, *word; } row[] = {
      {"{" BODY ",\"safety\":{\"answers\":{\"RF01\":\"nope\"}}}", "not_asked, no, not_sure, yes"},
      {"{" BODY ",\"safety\":{\"answers\":{\"RF001\":\"no\"}}}", "RF001"},
      {"{" BODY ",\"contraindications\":{\"CI99\":\"no\"}}", "CI99"},
      {"{" BODY ",\"exam_version\":2,\"new\":{}}", "this program reads version 1"},
      {"{" BODY ",\"signs\":{\"groin_tightnes\":\"no\"}}", "did you mean \"groin_tightness\"?"}};
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
    assert_non_null(strstr(s.err, "check FILE, letter FILE, questions, template, fields"));
    program_forget(&s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_stop_shows_no_result),
      cmocka_unit_test(no_road_leads_past_a_stop),
      cmocka_unit_test(not_sure_of_an_emergency_stops),
      cmocka_unit_test(an_incomplete_screen_marks_the_result),
      cmocka_unit_test(the_template_is_an_exam),
      cmocka_unit_test(check_says_what_is_missing_and_what_the_method_costs),
      cmocka_unit_test(the_fields_are_listed),
      cmocka_unit_test(wrong_answers_are_refused),
  };
  return cmocka_run_group_tests_name("gate", tests, program_enter, program_leave);
}
