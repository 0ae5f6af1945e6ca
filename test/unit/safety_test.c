/* The safety gate: every rule against a second evaluation, every flag positive, missing and unsure, every condition with every
 * technique. What is expected stands here by hand, from the published table, not from the rules under test.
 * PSOAS_DATA names another data folder: tools/mutate-safety breaks its rules one by one and wants this test to fail.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app/files/files_clinical.h"
#include "support/check.h"

static files_clinical *clinical;
static const clinic_safety_tables *T;

static int load_tables(void **state) {
  (void)state;
  const char *folder = getenv("PSOAS_DATA");
  ps_error err = {PS_OK, 0, "", ""};
  if (files_clinical_load(folder ? files_source_folder(folder) : files_source_packed(), &clinical, &err) != PS_OK) {
    print_error("%s, line %zu: %s\n", err.where, err.pos, err.msg);
    return 1;
  }
  T = files_clinical_safety(clinical);
  return 0;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

static clinic_screen all_no(void) {
  clinic_screen s = {.part = {CLINIC_NOT_ASKED}};
  for (int i = 0; i < T->npart; i++) s.part[i] = CLINIC_NO;
  for (int i = 0; i < T->ncondition; i++) s.condition[i] = CLINIC_NO;
  return s;
}

static int part_of(const char *name) {  // "RF05" or "RF05.new_or_spreading"
  char flag[64];
  const char *dot = strchr(name, '.');
  snprintf(flag, sizeof flag, "%.*s", dot ? (int)(dot - name) : (int)strlen(name), name);
  const int iflag = files_clinical_find_flag(T, flag);
  const int part = iflag < 0 ? -1 : files_clinical_find_part(T, iflag, dot ? dot + 1 : "main");
  if (part < 0) fail_msg("no part is named %s", name);
  return part;
}

// everything "no" but the parts of a list, which get `answer`
static clinic_safety decide(const char *list, clinic_answer answer) {
  clinic_screen s = all_no();
  char copy[256];
  snprintf(copy, sizeof copy, "%s", list);
  for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) s.part[part_of(word)] = answer;
  clinic_safety out;
  clinic_safety_decide(T, &s, &out);
  return out;
}

// ---- the flags, by hand --------------------------------------------------------------------------------------------

typedef struct expected { const char *yes; clinic_status status; clinic_urgency urgency; } expected;

static const expected POSITIVE[] = {
    {"RF01", CLINIC_STOP, CLINIC_E0}, {"RF02", CLINIC_STOP, CLINIC_E0}, {"RF03", CLINIC_STOP, CLINIC_E0},
    {"RF04", CLINIC_STOP, CLINIC_E0},
    // both legs: an emergency when new or spreading, the same day when long-standing
    {"RF05 RF05.new_or_spreading", CLINIC_STOP, CLINIC_E0}, {"RF05", CLINIC_STOP, CLINIC_E1},
    {"RF06", CLINIC_STOP, CLINIC_E1}, {"RF07", CLINIC_STOP, CLINIC_E0}, {"RF08", CLINIC_STOP, CLINIC_E1},
    // weak bones alone are not a fracture
    {"RF09 RF09.sudden_severe", CLINIC_STOP, CLINIC_E1}, {"RF09 RF09.midline", CLINIC_CLEAR, CLINIC_E2},
    {"RF09", CLINIC_CLEAR, CLINIC_NONE},
    {"RF10 RF10.over_3_weeks", CLINIC_CLEAR, CLINIC_E2}, {"RF10", CLINIC_CLEAR, CLINIC_NONE},
    {"RF11", CLINIC_CLEAR, CLINIC_E2}, {"RF11 RF11.neurological_signs", CLINIC_STOP, CLINIC_E1},
    {"RF11 RF11.severe_night_pain", CLINIC_STOP, CLINIC_E1},
    // two of four, or one with a history of cancer
    {"RF12 RF12.weight_loss", CLINIC_CLEAR, CLINIC_NONE}, {"RF12 RF12.unwell", CLINIC_CLEAR, CLINIC_NONE},
    {"RF12 RF12.weight_loss RF12.sweats", CLINIC_CLEAR, CLINIC_E2},
    {"RF12 RF12.night_pain RF12.sweats", CLINIC_CLEAR, CLINIC_E2},
    {"RF12 RF12.weight_loss RF12.night_pain", CLINIC_CLEAR, CLINIC_E2},
    {"RF12 RF12.unwell RF12.weight_loss", CLINIC_STOP, CLINIC_E1}, {"RF12 RF12.unwell RF12.sweats", CLINIC_STOP, CLINIC_E1},
    {"RF12 RF12.unwell RF12.night_pain", CLINIC_STOP, CLINIC_E1}, {"RF11 RF12 RF12.unwell", CLINIC_STOP, CLINIC_E1},
    {"RF13", CLINIC_STOP, CLINIC_E1}, {"RF13 RF13.very_unwell", CLINIC_STOP, CLINIC_E0},
    {"RF14", CLINIC_CLEAR, CLINIC_NONE}, {"RF14 RF14.worsening_pain", CLINIC_STOP, CLINIC_E1},
    // a hip that hurts to straighten is a flag only with fever, illness, blood thinners or a sudden start
    {"RF15", CLINIC_CLEAR, CLINIC_NONE}, {"RF15 RF15.fever", CLINIC_STOP, CLINIC_E1}, {"RF15 RF15.unwell", CLINIC_STOP, CLINIC_E1},
    {"RF15 RF15.blood_thinner", CLINIC_STOP, CLINIC_E1}, {"RF15 RF15.sudden_onset", CLINIC_STOP, CLINIC_E1},
    {"RF15 RF16", CLINIC_STOP, CLINIC_E1}, {"RF15 RF15.collapsed_or_weak", CLINIC_STOP, CLINIC_E0},
    {"RF16", CLINIC_CLEAR, CLINIC_NONE}, {"RF16 RF16.new_pain_or_weakness", CLINIC_STOP, CLINIC_E0},
    {"RF17", CLINIC_STOP, CLINIC_E1}, {"RF17 RF17.pain", CLINIC_STOP, CLINIC_E0}, {"RF18", CLINIC_STOP, CLINIC_E0},
    {"RF19", CLINIC_CLEAR, CLINIC_NONE}, {"RF19 RF19.not_changed_by_movement", CLINIC_STOP, CLINIC_E1},
    {"RF20", CLINIC_STOP, CLINIC_E1}, {"RF21", CLINIC_STOP, CLINIC_E0}, {"RF22", CLINIC_STOP, CLINIC_E1},
    {"RF23", CLINIC_STOP, CLINIC_E0}, {"RF24", CLINIC_STOP, CLINIC_E0}, {"RF25", CLINIC_CLEAR, CLINIC_E2},
    {"RF26 RF26.before_35 RF26.family", CLINIC_CLEAR, CLINIC_NONE},
    {"RF26 RF26.before_35 RF26.wakes_second_half RF26.buttock_pain", CLINIC_CLEAR, CLINIC_E3},
    {"RF26 RF26.better_moving RF26.nsaid_helps RF26.family", CLINIC_CLEAR, CLINIC_E3},
    {"RF26 RF26.arthritis RF26.enthesitis RF26.psoriasis", CLINIC_CLEAR, CLINIC_E3},
    {"RF27", CLINIC_STOP, CLINIC_E1}, {"RF28", CLINIC_STOP, CLINIC_E1}, {"RF29", CLINIC_CLEAR, CLINIC_E2},
    {"RF30", CLINIC_STOP, CLINIC_E1}, {"RF31", CLINIC_STOP, CLINIC_E1}, {"RF31 RF31.danger_now", CLINIC_STOP, CLINIC_E0},
    {"RF32", CLINIC_CLEAR, CLINIC_E3}, {"RF33", CLINIC_CLEAR, CLINIC_P}};

static void each_flag_positive(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof POSITIVE/sizeof *POSITIVE; i++) {
    const clinic_safety got = decide(POSITIVE[i].yes, CLINIC_YES);
    if (got.status != POSITIVE[i].status || got.urgency != POSITIVE[i].urgency)
      fail_msg("%s: %s %s, wanted %s %s", POSITIVE[i].yes, clinic_status_text(got.status), clinic_urgency_text(got.urgency),
               clinic_status_text(POSITIVE[i].status), clinic_urgency_text(POSITIVE[i].urgency));
    const bool is_due = POSITIVE[i].status == CLINIC_CLEAR && POSITIVE[i].urgency == CLINIC_E2;
    if (is_due) assert_true(got.is_review_due);
  }
  assert_int_equal(decide("", CLINIC_YES).status, CLINIC_CLEAR);
  assert_int_equal(T->nflag, 33);

  // several at once: the most urgent counts; only what is due within two weeks waits for a review
  assert_int_equal(decide("RF01 RF08", CLINIC_YES).urgency, CLINIC_E0);
  assert_int_equal(decide("RF32 RF25", CLINIC_YES).urgency, CLINIC_E2);
  assert_false(decide("RF32 RF33", CLINIC_YES).is_review_due);
}

// E0 items; items that can come to E0 or E1; items that can come to E2 at most
static const char E0_ITEM[] = "RF01 RF02 RF03 RF04 RF05 RF07 RF16 RF17 RF18 RF21 RF23 RF24";
static const char E1_ITEM[] = "RF06 RF08 RF09 RF11 RF12 RF13 RF14 RF15 RF19 RF20 RF22 RF27 RF28 RF30 RF31";
static const char E2_ITEM[] = "RF10 RF25 RF29";

static void each_missing_answer(void **state) {
  (void)state;
  for (int i = 0; i < T->nflag; i++) {
    clinic_screen s = all_no();
    clinic_safety got;
    for (int k = 0; k < T->flag[i].npart; k++) s.part[T->flag[i].part + k] = CLINIC_NOT_ASKED;
    clinic_safety_decide(T, &s, &got);
    const bool is_needed = strstr(E0_ITEM, T->flag[i].id) || strstr(E1_ITEM, T->flag[i].id);
    if (got.status != (is_needed ? CLINIC_INCOMPLETE : CLINIC_CLEAR))
      fail_msg("%s missing: %s", T->flag[i].id, clinic_status_text(got.status));
  }
}

static void each_not_sure(void **state) {
  (void)state;
  for (int i = 0; i < T->nflag; i++) {
    clinic_screen s = all_no();
    clinic_safety got;
    s.part[T->flag[i].part] = CLINIC_NOT_SURE;
    for (int k = 1; k < T->flag[i].npart; k++) s.part[T->flag[i].part + k] = CLINIC_NOT_ASKED;
    clinic_safety_decide(T, &s, &got);
    const bool is_E0 = strstr(E0_ITEM, T->flag[i].id) != NULL;
    const bool is_needed = strstr(E1_ITEM, T->flag[i].id) != NULL;
    // an E2 item whose further question is still open is not unsure yet
    const bool is_E2 = strstr(E2_ITEM, T->flag[i].id) && T->flag[i].npart == 1;
    const clinic_status want = is_E0 ? CLINIC_STOP : is_needed || is_E2 ? CLINIC_INCOMPLETE : CLINIC_CLEAR;
    if (got.status != want) fail_msg("%s not sure: %s", T->flag[i].id, clinic_status_text(got.status));
    // what stops can be named as the reason
    if (is_E0) assert_int_equal(got.flag[i].truth, CLINIC_UNSURE);
  }
  assert_int_equal(decide("RF10 RF10.over_3_weeks", CLINIC_NOT_SURE).status, CLINIC_INCOMPLETE);
  assert_int_equal(decide("RF13 RF13.very_unwell", CLINIC_NOT_SURE).status, CLINIC_STOP);
  assert_int_equal(decide("RF12 RF12.sweats RF12.weight_loss", CLINIC_NOT_SURE).status, CLINIC_INCOMPLETE);
  assert_int_equal(decide("RF32 RF33", CLINIC_NOT_SURE).status, CLINIC_CLEAR);
}

// a follow-up that nobody asked: the stop is as urgent as it may be
static void missing_follow_up_is_the_worse_case(void **state) {
  (void)state;
  clinic_screen s = all_no();
  clinic_safety got;
  s.part[part_of("RF05")] = CLINIC_YES;
  s.part[part_of("RF05.new_or_spreading")] = CLINIC_NOT_ASKED;
  clinic_safety_decide(T, &s, &got);
  assert_int_equal(got.status, CLINIC_STOP);
  assert_int_equal(got.urgency, CLINIC_E0);

  // a history of cancer whose follow-ups are open could be E1: not clear yet
  s = all_no();
  s.part[part_of("RF11")] = CLINIC_YES;
  s.part[part_of("RF11.severe_night_pain")] = CLINIC_NOT_ASKED;
  clinic_safety_decide(T, &s, &got);
  assert_int_equal(got.status, CLINIC_INCOMPLETE);

  // a flag is positive as soon as one of its rules is
  s = all_no();
  s.part[part_of("RF09")] = s.part[part_of("RF09.sudden_severe")] = CLINIC_YES;
  s.part[part_of("RF09.midline")] = CLINIC_NOT_ASKED;
  clinic_safety_decide(T, &s, &got);
  assert_int_equal(got.flag[files_clinical_find_flag(T, "RF09")].truth, CLINIC_TRUE);

  // a stop of one flag is not made more urgent by what is merely open elsewhere
  s = all_no();
  s.part[part_of("RF08")] = CLINIC_YES;
  s.part[part_of("RF01")] = CLINIC_NOT_ASKED;
  clinic_safety_decide(T, &s, &got);
  assert_int_equal(got.status, CLINIC_STOP);
  assert_int_equal(got.urgency, CLINIC_E1);
}

static void main_no_answers_the_rest(void **state) {
  (void)state;
  clinic_screen s = all_no();
  clinic_safety got;
  for (int i = 0; i < T->nflag; i++)
    for (int k = 1; k < T->flag[i].npart; k++) s.part[T->flag[i].part + k] = CLINIC_NOT_ASKED;
  clinic_safety_decide(T, &s, &got);
  assert_int_equal(got.status, CLINIC_CLEAR);
  assert_int_equal(got.urgency, CLINIC_NONE);
}

static void nothing_asked_is_incomplete(void **state) {
  (void)state;
  const clinic_screen s = {.part = {CLINIC_NOT_ASKED}};
  clinic_safety got;
  clinic_safety_decide(T, &s, &got);
  assert_int_equal(got.status, CLINIC_INCOMPLETE);
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++)
    assert_true(clinic_technique_decide(T, &s, &got, (clinic_technique)k).verdict >= CLINIC_CLEAR_FIRST);
}

// ---- the rules against a second evaluation ---------------------------------------------------------------------------

// is the rule met when every unclear answer is taken as said here?
static bool is_met(const clinic_rule *r, const clinic_answer *a, bool unsure_is_yes, bool open_is_yes) {
  int any = 0;
  bool all = true;
  for (int i = 0; i < r->nall + r->nany; i++) {
    const clinic_answer x = a[i];
    const bool yes = x == CLINIC_YES || (x == CLINIC_NOT_SURE && unsure_is_yes) || (x == CLINIC_NOT_ASKED && open_is_yes);
    if (i < r->nall) all &= yes;
    else any += yes;
  }
  return all && any >= r->least;
}

static void each_rule_in_every_combination(void **state) {
  (void)state;
  long seen = 0;
  for (int k = 0; k < T->nrule; k++) {
    const clinic_rule *r = &T->rule[k];
    const int n = r->nall + r->nany;
    long combinations = 1;
    for (int i = 0; i < n; i++) combinations *= 4;
    for (long c = 0; c < combinations; c++) {
      clinic_answer a[2*CLINIC_NEED_MAX];
      clinic_screen s = all_no();
      long rest = c;
      for (int i = 0; i < n; i++, rest /= 4) {
        a[i] = (clinic_answer)(rest % 4);
        s.part[i < r->nall ? r->all[i] : r->any[i - r->nall]] = a[i];
      }
      const clinic_truth want = is_met(r, a, false, false)  ? CLINIC_TRUE
                                : is_met(r, a, true, false) ? CLINIC_UNSURE
                                : is_met(r, a, true, true)  ? CLINIC_OPEN
                                                            : CLINIC_FALSE;
      if (clinic_rule_truth(r, &s) != want) fail_msg("rule %d of %s, combination %ld", k, T->flag[r->flag].id, c);
      seen++;
    }
  }
  assert_true(seen > 100000);
}

// no "yes" ever makes the gate milder than the "no" it replaces
static void more_yes_is_never_milder(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 7);
  for (int i = 0; i < 2000; i++) {
    clinic_screen s = all_no();
    for (int k = 0; k < T->npart; k++) s.part[k] = ps_rng_uniform(&rng) < 0.9 ? CLINIC_NO : (clinic_answer)(ps_rng_next(&rng) % 4);
    const int part = (int)(ps_rng_next(&rng) % (uint64_t)T->npart);
    clinic_safety before, after;
    s.part[part] = CLINIC_NO;
    clinic_safety_decide(T, &s, &before);
    s.part[part] = CLINIC_YES;
    clinic_safety_decide(T, &s, &after);
    assert_true(after.status >= before.status);
  }
}

// ---- techniques ------------------------------------------------------------------------------------------------------

// one letter a technique, in the order of clinic_technique: b block, c clear first, m modify, a allow
static const char *const CONDITION[] = {
    "CI01 bcmm", "CI02 bmmm", "CI03 bcma", "CI04 bmmm", "CI05 bmma", "CI06 bcmc", "CI07 bccc", "CI08 bmma",
    "CI09 maaa", "CI10 mmam", "CI11 bbbb", "CI12 bbcm", "CI13 bmbm", "CI14 bbbb", "CI15 bmmm", "CI16 mmac",
    "CI17 mmam", "CI18 bmma", "CI19 baaa", "CI20 bccm", "CI21 bmaa", "CI22 bmmm", "CI23 baaa"};

static clinic_verdict verdict_of(char letter) {
  return letter == 'b' ? CLINIC_BLOCK : letter == 'c' ? CLINIC_CLEAR_FIRST : letter == 'm' ? CLINIC_MODIFY : CLINIC_ALLOW;
}

static void nobody_is_treated_against_their_will(void **state) {
  (void)state;
  const clinic_safety clear = decide("", CLINIC_YES);
  static const clinic_verdict want[] = {CLINIC_ALLOW, CLINIC_ALLOW, CLINIC_CLEAR_FIRST, CLINIC_BLOCK};  // by clinic_answer
  for (int a = CLINIC_NOT_ASKED; a <= CLINIC_YES; a++)
    for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
      clinic_screen s = all_no();
      s.refusal = (clinic_answer)a;
      const clinic_permission p = clinic_technique_decide(T, &s, &clear, (clinic_technique)k);
      assert_int_equal(p.verdict, want[a]);
      assert_int_equal(p.condition, want[a] == CLINIC_ALLOW ? CLINIC_BY_GATE : CLINIC_BY_REFUSAL);
      s.condition[files_clinical_find_condition(T, "CI11")] = CLINIC_YES;  // a block of its own is not softened
      assert_int_equal(clinic_technique_decide(T, &s, &clear, (clinic_technique)k).verdict, CLINIC_BLOCK);
    }
}

static void each_condition_with_each_technique(void **state) {
  (void)state;
  const int n = (int)(sizeof CONDITION/sizeof *CONDITION);
  assert_int_equal(T->ncondition, n);
  clinic_safety clear = decide("", CLINIC_YES);
  for (int i = 0; i < n; i++) {
    const char *row = CONDITION[i];
    assert_int_equal(strncmp(T->condition[i].id, row, 4), 0);
    for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
      const clinic_verdict want = verdict_of(row[5 + k]);
      const clinic_verdict open = want >= CLINIC_CLEAR_FIRST ? CLINIC_CLEAR_FIRST : CLINIC_ALLOW;
      clinic_screen s = all_no();
      assert_int_equal(clinic_technique_decide(T, &s, &clear, (clinic_technique)k).verdict, CLINIC_ALLOW);
      s.condition[i] = CLINIC_YES;
      const clinic_permission p = clinic_technique_decide(T, &s, &clear, (clinic_technique)k);
      if (p.verdict != want) fail_msg("%.4s, %s: %s", row, clinic_technique_text((clinic_technique)k), clinic_verdict_text(p.verdict));
      assert_int_equal(p.condition, want == CLINIC_ALLOW ? -1 : i);
      s.condition[i] = CLINIC_NOT_SURE;
      assert_int_equal(clinic_technique_decide(T, &s, &clear, (clinic_technique)k).verdict, open);
      s.condition[i] = CLINIC_NOT_ASKED;
      assert_int_equal(clinic_technique_decide(T, &s, &clear, (clinic_technique)k).verdict, open);
    }
  }
}

static void gate_goes_before_techniques(void **state) {
  (void)state;
  clinic_screen s = all_no();
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
    const clinic_technique technique = (clinic_technique)k;
    const clinic_safety stop = decide("RF01", CLINIC_YES), due = decide("RF25", CLINIC_YES);
    const clinic_safety incomplete = decide("RF08", CLINIC_NOT_ASKED);
    assert_int_equal(clinic_technique_decide(T, &s, &stop, technique).verdict, CLINIC_BLOCK);
    assert_int_equal(clinic_technique_decide(T, &s, &incomplete, technique).verdict, CLINIC_CLEAR_FIRST);
    assert_int_equal(clinic_technique_decide(T, &s, &due, technique).verdict,
                     technique == CLINIC_EXTENSION_STRETCH ? CLINIC_CLEAR_FIRST : CLINIC_BLOCK);
  }

  // a review on record lifts what waited for it, and only that
  s.part[part_of("RF25")] = CLINIC_YES;
  s.is_reviewed[files_clinical_find_flag(T, "RF25")] = true;
  clinic_safety got;
  clinic_safety_decide(T, &s, &got);
  assert_false(got.is_review_due);
  assert_int_equal(clinic_technique_decide(T, &s, &got, CLINIC_DEEP_TISSUE).verdict, CLINIC_ALLOW);
  s.part[part_of("RF01")] = CLINIC_YES;
  s.is_reviewed[files_clinical_find_flag(T, "RF01")] = true;
  clinic_safety_decide(T, &s, &got);
  assert_int_equal(got.status, CLINIC_STOP);
}

// ---- the short form --------------------------------------------------------------------------------------------------

static void short_form_of_every_visit(void **state) {
  (void)state;
  static const char list[] = "RF01 RF02 RF03 RF04 RF05 RF13 RF16 RF17 RF18 RF32";
  for (int i = 0; i < T->nflag; i++) assert_int_equal(T->flag[i].is_short_form, strstr(list, T->flag[i].id) != NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_flag_positive),
      cmocka_unit_test(each_missing_answer),
      cmocka_unit_test(each_not_sure),
      cmocka_unit_test(missing_follow_up_is_the_worse_case),
      cmocka_unit_test(main_no_answers_the_rest),
      cmocka_unit_test(nothing_asked_is_incomplete),
      cmocka_unit_test(each_rule_in_every_combination),
      cmocka_unit_test(more_yes_is_never_milder),
      cmocka_unit_test(nobody_is_treated_against_their_will), cmocka_unit_test(each_condition_with_each_technique),
      cmocka_unit_test(gate_goes_before_techniques),
      cmocka_unit_test(short_form_of_every_visit),
  };
  return cmocka_run_group_tests_name("safety", tests, load_tables, free_tables);
}
