/* psoas exam letter at the command line: exit codes, the page, options; and the short form beside the full screen.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/files/files_clinical.h"
#include "support/check.h"
#include "support/program.h"

static void file(const char *name, const char *text) { program_file(name, text, strlen(text)); }

static program_said say(const char *arguments) {
  const program_run run = {arguments, NULL};
  program_said said;
  program_start(&run, &said);
  return said;
}

// the program ends with this code and says this where it belongs
static void says(const char *arguments, int code, const char *out, const char *err) {
  program_said s = say(arguments);
  if (s.code != code) fail_msg("%s: ended with %d: %s", arguments, s.code, s.err);
  if (out && !strstr(s.out, out)) fail_msg("%s: lacks \"%s\"", arguments, out);
  if (!out) assert_int_equal(s.out_size, 0);
  if (err ? !strstr(s.err, err) : s.err[0] != '\0') fail_msg("%s: said \"%s\", wanted \"%s\"", arguments, s.err, err ? err : "nothing");
  program_forget(&s);
}

static const char BODY[] = "\"sex\":\"female\",\"age_years\":44,\"height_m\":1.66,\"mass_kg\":61";

// a person file with these answers and these other members of `safety`; all other questions get `rest`, "" = not named
static void exam(const char *name, const char *answers, const char *rest, const char *members) {
  char text[8192];
  files_clinical *clinical = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &clinical, NULL));
  const clinic_safety_tables *t = files_clinical_safety(clinical);
  int n = snprintf(text, sizeof text, "{%s,\"safety\":{%s\"answers\":{%s", BODY, members, answers);
  bool has_one = *answers;
  for (int i = 0; i < t->nflag && *rest; i++) {
    if (strstr(answers, t->flag[i].id)) continue;
    n += snprintf(text + n, sizeof text - (size_t)n, "%s\"%s\":\"%s\"", has_one ? "," : "", t->flag[i].id, rest);
    has_one = true;
  }
  n += snprintf(text + n, sizeof text - (size_t)n, "}}}");
  assert_true(n < (int)sizeof text);
  file(name, text);
  files_clinical_free(clinical);
}

static void exit_codes_of_the_letter(void **state) {
  (void)state;
  exam("stop.json", "\"RF03\":\"yes\"", "", "");
  exam("weeks.json", "\"RF25\":\"yes\"", "no", "");
  exam("routine.json", "\"RF32\":\"yes\"", "no", "");
  exam("clear.json", "", "no", "");
  exam("reviewed.json", "\"RF25\":\"yes\"", "no", "\"reviewed\":[\"RF25\"],");
  exam("nothing.json", "", "", "");
  says("exam letter stop.json --html page.html", 3, "EMERGENCY: go to the emergency department now", NULL);
  assert_int_equal(access("page.html", F_OK), 0);
  assert_int_equal(unlink("page.html"), 0);
  says("exam letter weeks.json", 0, "within two weeks", NULL);
  says("exam letter routine.json", 0, "ROUTINE", NULL);
  says("exam letter clear.json --html page.html", 2, NULL, "no safety question of E0 to E3 is positive");
  says("exam letter reviewed.json --html page.html", 2, NULL, "a medical review of every positive answer is on record");
  says("exam letter nothing.json --html page.html", 2, NULL, "the safety screen is incomplete");
  assert_int_not_equal(access("page.html", F_OK), 0);
  says("exam check stop.json --html page.html", 2, NULL, "--html does nothing with check");
  says("exam letter stop.json --json", 2, NULL, "--json does nothing with letter");
  says("exam questions --name=A", 2, NULL, "--name does nothing with questions");
  says("exam template --short", 2, NULL, "--short does nothing with template");
  says("exam letter", 2, NULL, "check FILE, letter FILE, questions, template");
  says("exam letter missing.json", 2, NULL, "missing.json");
  says("exam letter stop.json --html no-such-folder/page.html", 2, NULL, "no-such-folder");
}

static void what_the_letter_is_told(void **state) {
  (void)state;
  exam("stop.json", "\"RF08\":\"yes\"", "", "\"asked_on\":\"2026-03-09\",");
  says("exam letter stop.json --name=Ann --born 1981-12-03 --to=Dr.Gray --from=Z --html=page.html", 3, "Person:           Ann\nDate of birth:    3 December 1981\n", NULL);
  says("exam letter stop.json", 3, "Date:             9 March 2026\n", NULL);
  says("exam letter stop.json --born 1981-02-30", 2, NULL, "--born: \"1981-02-30\" is no date");
  says("exam letter stop.json --name=A\tB", 2, NULL, "--name: must be one line");
  says("exam letter stop.json --to=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 2, NULL,
       "--to: is 121 bytes long, allowed are 120");

  char page[32768];
  FILE *f = fopen("page.html", "rb");
  assert_non_null(f);
  page[fread(page, 1, sizeof page - 1, f)] = '\0';
  fclose(f);
  assert_non_null(strstr(page, "<dt>Person</dt><dd>Ann</dd>"));
  assert_non_null(strstr(page, "<dt>To</dt><dd>Dr.Gray</dd>"));
  assert_non_null(strstr(page, "9 March 2026"));
  assert_int_equal(unlink("page.html"), 0);

  // the date of the exam goes before that of the screen
  char text[400];
  snprintf(text, sizeof text, "{%s,\"exam_date\":\"2026-03-10\",\"safety\":{\"asked_on\":\"2026-03-09\",\"answers\":{\"RF08\":\"yes\"}}}", BODY);
  file("dated.json", text);
  says("exam letter dated.json", 3, "Date:             10 March 2026\n", NULL);
}

// ---- the short form --------------------------------------------------------------------------------------------------

static const char SHORT_NO[] = "\"RF01\":\"no\",\"RF02\":\"no\",\"RF03\":\"no\",\"RF04\":\"no\",\"RF05\":\"no\",\"RF13\":\"no\",\"RF16\":\"no\",\"RF17\":\"no\","
                               "\"RF18\":\"no\",\"RF32\":\"no\"";

static void a_later_visit(void **state) {
  (void)state;
  exam("full.json", "", "no", "");
  exam("quiet.json", SHORT_NO, "", "\"form\":\"short\",\"change_in_health\":\"no\",");
  exam("changed.json", SHORT_NO, "", "\"form\":\"short\",\"change_in_health\":\"yes\",");
  exam("unasked.json", SHORT_NO, "", "\"form\":\"short\",");
  says("exam check quiet.json --since full.json", 0, "Safety screen: clear\n", NULL);
  says("exam check quiet.json --since full.json --json", 0, "\"since_sha256\": ", NULL);
  says("exam check quiet.json", 0, "Safety screen: incomplete\n", "every other question counts as not asked");
  says("exam check changed.json --since full.json", 0, "Safety screen: incomplete\n", "ask the full screen again");
  says("exam check unasked.json --since full.json", 0, "Safety screen: incomplete\n", "nobody asked whether health or medicines changed");
  says("assess quiet.json --draws 0", 0, "Safety screen incomplete", "every other question counts as not asked");
  program_said s = say("assess quiet.json --draws 0 --json --since full.json");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "\"status\": \"clear\""));
  assert_non_null(strstr(s.out, "\"since_sha256\": "));
  program_forget(&s);
}

static void an_old_yes_still_stops(void **state) {
  (void)state;
  exam("full.json", "\"RF28\":\"yes\",\"RF18\":\"yes\"", "no", "");
  exam("today.json", SHORT_NO, "", "\"form\":\"short\",\"change_in_health\":\"yes\",");
  says("exam check today.json --since full.json", 3, "Safety screen: stop, E1\n", "ask the full screen again");
  says("exam letter today.json --since full.json", 3, "Calf swelling, warmth, pain", "ask the full screen again");
  says("assess today.json --since full.json --json", 3, "\"since_sha256\": ", "ask the full screen again");
  exam("new.json", "\"RF18\":\"yes\"", "", "\"form\":\"short\",\"change_in_health\":\"no\",");
  exam("full.json", "", "no", "");
  says("assess new.json --since full.json", 3, "Safety screen: stop, E0\n", NULL);
}

static void files_in_the_wrong_place(void **state) {
  (void)state;
  exam("full.json", "", "no", "");
  exam("short.json", SHORT_NO, "", "\"form\":\"short\",\"change_in_health\":\"no\",");
  static const char *const command[] = {"exam check", "exam letter", "assess"};
  for (int i = 0; i < 3; i++) {
    char text[80];
    snprintf(text, sizeof text, "%s full.json --since short.json", command[i]);
    says(text, 2, NULL, "full.json: this is a full screen");
    snprintf(text, sizeof text, "%s short.json --since short.json", command[i]);
    says(text, 2, NULL, "short.json: this is a short form");
    snprintf(text, sizeof text, "%s short.json --since missing.json", command[i]);
    says(text, 2, NULL, "missing.json");
  }
  exam("bad.json", "", "", "\"form\":\"brief\",");
  says("exam check bad.json", 2, NULL, "full, short");
}

static void questions_of_the_short_form(void **state) {
  (void)state;
  program_said s = say("exam questions --short");
  assert_int_equal(s.code, 0);
  static const char *const yes[] = {"RF01 ", "RF02 ", "RF03 ", "RF04 ", "RF05 ", ".new_or_spreading: ", "RF13 ", "RF16 ", "RF17 ", "RF18 ", "RF32 ",
                                    "change_in_health: Any change in health or medicines"};
  static const char *const no[] = {"RF06", "RF15", "RF33", "CI01", "Contraindications"};
  for (size_t i = 0; i < sizeof yes/sizeof *yes; i++) assert_non_null(strstr(s.out, yes[i]));
  for (size_t i = 0; i < sizeof no/sizeof *no; i++) assert_null(strstr(s.out, no[i]));
  program_forget(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exit_codes_of_the_letter), cmocka_unit_test(what_the_letter_is_told),   cmocka_unit_test(a_later_visit),
      cmocka_unit_test(an_old_yes_still_stops),   cmocka_unit_test(files_in_the_wrong_place), cmocka_unit_test(questions_of_the_short_form),
  };
  return cmocka_run_group_tests_name("letter", tests, program_enter, program_leave);
}
