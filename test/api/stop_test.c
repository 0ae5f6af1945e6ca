/* Every emergency and every same-day rule goes through the program: exit code 3, the urgency written here by hand, a letter, and
 * nothing of a result. So does every "not sure" about an emergency. SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/files/files_clinical.h"
#include "support/check.h"
#include "support/program.h"

typedef struct stop { const char *answers, *urgency; } stop;

// what is not named here is answered "no"
static const stop YES[] = {
    {"{\"RF01\":\"yes\"}", "E0"}, {"{\"RF02\":\"yes\"}", "E0"}, {"{\"RF03\":\"yes\"}", "E0"}, {"{\"RF04\":\"yes\"}", "E0"},
    {"{\"RF05\":{\"main\":\"yes\",\"new_or_spreading\":\"yes\"}}", "E0"}, {"{\"RF05\":{\"main\":\"yes\"}}", "E1"},
    {"{\"RF06\":\"yes\"}", "E1"}, {"{\"RF07\":\"yes\"}", "E0"}, {"{\"RF08\":\"yes\"}", "E1"},
    {"{\"RF09\":{\"main\":\"yes\",\"sudden_severe\":\"yes\"}}", "E1"},
    {"{\"RF11\":{\"main\":\"yes\",\"neurological_signs\":\"yes\"}}", "E1"}, {"{\"RF11\":{\"main\":\"yes\",\"severe_night_pain\":\"yes\"}}", "E1"},
    {"{\"RF12\":{\"main\":\"yes\",\"unwell\":\"yes\",\"weight_loss\":\"yes\"}}", "E1"},
    {"{\"RF12\":{\"main\":\"yes\",\"unwell\":\"yes\",\"sweats\":\"yes\"}}", "E1"},
    {"{\"RF12\":{\"main\":\"yes\",\"unwell\":\"yes\",\"night_pain\":\"yes\"}}", "E1"},
    {"{\"RF11\":{\"main\":\"yes\"},\"RF12\":{\"main\":\"yes\",\"unwell\":\"yes\"}}", "E1"},
    {"{\"RF13\":{\"main\":\"yes\",\"very_unwell\":\"yes\"}}", "E0"}, {"{\"RF13\":{\"main\":\"yes\"}}", "E1"},
    {"{\"RF14\":{\"main\":\"yes\",\"worsening_pain\":\"yes\"}}", "E1"},
    {"{\"RF15\":{\"main\":\"yes\",\"collapsed_or_weak\":\"yes\"}}", "E0"}, {"{\"RF15\":{\"main\":\"yes\",\"fever\":\"yes\"}}", "E1"},
    {"{\"RF15\":{\"main\":\"yes\",\"unwell\":\"yes\"}}", "E1"}, {"{\"RF15\":{\"main\":\"yes\",\"blood_thinner\":\"yes\"}}", "E1"},
    {"{\"RF15\":{\"main\":\"yes\",\"sudden_onset\":\"yes\"}}", "E1"}, {"{\"RF15\":{\"main\":\"yes\"},\"RF16\":{\"main\":\"yes\"}}", "E1"},
    {"{\"RF16\":{\"main\":\"yes\",\"new_pain_or_weakness\":\"yes\"}}", "E0"},
    {"{\"RF17\":{\"main\":\"yes\",\"pain\":\"yes\"}}", "E0"}, {"{\"RF17\":{\"main\":\"yes\"}}", "E1"}, {"{\"RF18\":\"yes\"}", "E0"},
    {"{\"RF19\":{\"main\":\"yes\",\"not_changed_by_movement\":\"yes\"}}", "E1"}, {"{\"RF20\":\"yes\"}", "E1"},
    {"{\"RF21\":\"yes\"}", "E0"}, {"{\"RF22\":\"yes\"}", "E1"}, {"{\"RF23\":\"yes\"}", "E0"}, {"{\"RF24\":\"yes\"}", "E0"},
    {"{\"RF27\":\"yes\"}", "E1"}, {"{\"RF28\":\"yes\"}", "E1"}, {"{\"RF30\":\"yes\"}", "E1"},
    {"{\"RF31\":{\"main\":\"yes\",\"danger_now\":\"yes\"}}", "E0"}, {"{\"RF31\":{\"main\":\"yes\"}}", "E1"}};

// not sure of an emergency item, its follow-ups open; not sure of what would make an item one
static const stop NOT_SURE[] = {
    {"{\"RF01\":\"not_sure\"}", "E0"}, {"{\"RF02\":\"not_sure\"}", "E0"}, {"{\"RF03\":\"not_sure\"}", "E0"}, {"{\"RF04\":\"not_sure\"}", "E0"},
    {"{\"RF05\":{\"main\":\"not_sure\",\"new_or_spreading\":\"not_asked\"}}", "E0"}, {"{\"RF07\":\"not_sure\"}", "E0"},
    {"{\"RF16\":{\"main\":\"not_sure\",\"new_pain_or_weakness\":\"not_asked\"}}", "E0"},
    {"{\"RF17\":{\"main\":\"not_sure\",\"pain\":\"not_asked\"}}", "E0"}, {"{\"RF18\":\"not_sure\"}", "E0"}, {"{\"RF21\":\"not_sure\"}", "E0"},
    {"{\"RF23\":\"not_sure\"}", "E0"}, {"{\"RF24\":\"not_sure\"}", "E0"},
    {"{\"RF05\":{\"main\":\"yes\",\"new_or_spreading\":\"not_sure\"}}", "E0"}, {"{\"RF13\":{\"main\":\"yes\",\"very_unwell\":\"not_sure\"}}", "E0"},
    {"{\"RF13\":{\"main\":\"not_sure\",\"very_unwell\":\"yes\"}}", "E0"}, {"{\"RF15\":{\"main\":\"yes\",\"collapsed_or_weak\":\"not_sure\"}}", "E0"},
    {"{\"RF16\":{\"main\":\"yes\",\"new_pain_or_weakness\":\"not_sure\"}}", "E0"}, {"{\"RF17\":{\"main\":\"yes\",\"pain\":\"not_sure\"}}", "E0"},
    {"{\"RF31\":{\"main\":\"yes\",\"danger_now\":\"not_sure\"}}", "E0"}};

enum { NYES = sizeof YES/sizeof *YES, NNOT_SURE = sizeof NOT_SURE/sizeof *NOT_SURE };

static files_clinical *clinical;
static const clinic_safety_tables *T;

// a person to whom every question was asked, all answered "no" but those of a row
static void write_exam(const char *answers) {
  json_t *all = json_object(), *row = json_loads(answers, 0, NULL);
  assert_non_null(row);
  for (int i = 0; i < T->nflag; i++) {
    json_t *parts = json_object();
    const json_t *said = json_object_get(row, T->flag[i].id);
    for (int k = T->flag[i].part; k < T->flag[i].part + T->flag[i].npart; k++) {
      json_t *one = json_is_string(said) ? json_object_get(row, T->flag[i].id) : json_object_get(said, T->part[k].name);
      json_object_set_new(parts, T->part[k].name, one ? json_incref(one) : json_string("no"));
    }
    json_object_set_new(all, T->flag[i].id, parts);
  }
  json_t *exam = json_pack("{s:s, s:i, s:f, s:i, s:{s:o}}", "sex", "female", "age_years", 38, "height_m", 1.63, "mass_kg", 58, "safety",
                           "answers", all);
  assert_non_null(exam);
  assert_int_equal(json_dump_file(exam, "stop.json", 0), 0);
  json_decref(exam);
  json_decref(row);
}

static program_said say(const char *arguments) {
  const program_run run = {arguments, NULL};
  program_said said;
  program_start(&run, &said);
  return said;
}

static void stops(const stop *row, const char *arguments, const char *const *want, const char *const *never) {
  program_said s = say(arguments);
  if (s.code != 3) fail_msg("%s: %s ended with %d: %s", row->answers, arguments, s.code, s.err);
  for (int i = 0; want[i]; i++)
    if (!strstr(s.out, want[i])) fail_msg("%s: %s lacks \"%s\"", row->answers, arguments, want[i]);
  for (int i = 0; never[i]; i++)
    if (strstr(s.out, never[i])) fail_msg("%s: %s shows \"%s\"", row->answers, arguments, never[i]);
  program_forget(&s);
}

static void each_stops(const stop *row, int n) {
  static const char *const result[] = {"pathways", "differential", "next_tests", "\"tightness\"", "shorten", "L4/L5", "\"verdict\": \"allow\"",
                                       "\"verdict\": \"modify\"", "\"verdict\": \"clear_first\"", NULL};
  for (int i = 0; i < n; i++) {
    char text[48], json[48];
    snprintf(text, sizeof text, "Safety screen: stop, %s\n", row[i].urgency);
    snprintf(json, sizeof json, "\"urgency\": \"%s\"", row[i].urgency);
    char id[8];
    snprintf(id, sizeof id, "%.4s", row[i].answers + 2);  // the flag that stops stands first, or one that it needs
    const char *const said[] = {text, id, "What to do: ", NULL}, *const as_json[] = {"\"status\": \"stop\"", json, id, "\"action\": ", NULL};
    const char *const letter[] = {id, "Our safety table says: ", strcmp(row[i].urgency, "E0") == 0 ? "EMERGENCY: " : "URGENT: medical assessment today", "No treatment was given today.", NULL};
    write_exam(row[i].answers);
    stops(&row[i], "assess stop.json --html page.html", said, result);
    stops(&row[i], "assess stop.json --json --html page.html", as_json, result);
    assert_int_not_equal(access("page.html", F_OK), 0);
    stops(&row[i], "exam check stop.json", said, result);
    stops(&row[i], "exam check stop.json --json", as_json, result);
    stops(&row[i], "exam letter stop.json --html letter.html", letter, result);
    assert_int_equal(unlink("letter.html"), 0);
  }
}

static void each_emergency_and_same_day_rule(void **state) {
  (void)state;
  each_stops(YES, NYES);
}
static void each_not_sure_of_an_emergency(void **state) {
  (void)state;
  each_stops(NOT_SURE, NNOT_SURE);
}

static bool has_row(const stop *row, int n, const char *flag, const char *urgency) {
  for (int i = 0; i < n; i++)
    if (strstr(row[i].answers, flag) && strcmp(row[i].urgency, urgency) == 0) return true;
  return false;
}

// a rule that is added later wants its row here
static void no_rule_is_left_out(void **state) {
  (void)state;
  int nrule = 0;
  for (int i = 0; i < T->nrule; i++) {
    const clinic_rule *r = &T->rule[i];
    const char *id = T->flag[r->flag].id, *urgency = clinic_urgency_text(r->urgency);
    if (r->urgency > CLINIC_E1) continue;
    nrule++;
    if (!has_row(YES, NYES, id, urgency)) fail_msg("%s %s has no row", id, urgency);
    if (r->urgency == CLINIC_E0 && !has_row(NOT_SURE, NNOT_SURE, id, urgency)) fail_msg("%s has no row of \"not sure\"", id);
  }
  assert_int_equal(nrule, 32);
}

static int enter(void **state) {
  if (files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK) return 1;
  T = files_clinical_safety(clinical);
  return program_enter(state);
}
static int leave(void **state) {
  files_clinical_free(clinical);
  return program_leave(state);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_emergency_and_same_day_rule),
      cmocka_unit_test(each_not_sure_of_an_emergency),
      cmocka_unit_test(no_rule_is_left_out),
  };
  return cmocka_run_group_tests_name("stop", tests, enter, leave);
}
