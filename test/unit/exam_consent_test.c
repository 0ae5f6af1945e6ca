/* What role and consent say about CI19 and CI23: every combination against a second statement of the rule.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/exam/exam_consent.h"

#include <string.h>

#include "app/files/files_clinical.h"
#include "support/check.h"

static files_clinical *clinical;
static clinic_exam exam;
static clinic_screen screen;
static clinic_overruled over;

static int load_tables(void **state) {
  (void)state;
  return files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

static void begin(void) {
  exam = (clinic_exam){.fields = &files_clinical_evidence(clinical)->fields};
  screen = (clinic_screen){.part = {CLINIC_NOT_ASKED}};
}

static clinic_value *value(const char *name) {
  const int field = clinic_field_find(exam.fields, name);
  assert_true(field >= 0);
  return &exam.value[field][0];
}

static void answer(const char *name, clinic_answer a) { *value(name) = (clinic_value){.has = a != CLINIC_NOT_ASKED, .choice = (int)a}; }
static void date(const char *name, const char *day) {
  if (day) *value(name) = (clinic_value){.has = true, .text = day};
}

static void competencies(const char *words) {
  if (!words) return;
  const clinic_field *f = &exam.fields->field[clinic_field_find(exam.fields, "role.competencies")];
  unsigned bits = 0;
  for (int i = 0; i < f->nchoice; i++)
    if (strstr(words, f->choice[i])) bits |= 1u << i;
  assert_true(bits != 0);
  *value("role.competencies") = (clinic_value){.has = true, .choice = (int)bits};
}

static clinic_answer *condition(const char *id) {
  const int i = files_clinical_find_condition(files_clinical_safety(clinical), id);
  assert_true(i >= 0);
  return &screen.condition[i];
}

static void decide(void) { clinic_exam_consent(files_clinical_safety(clinical), &exam, &screen, &over); }

static void nothing_recorded_changes_nothing(void **state) {
  (void)state;
  for (int a = CLINIC_NOT_ASKED; a <= CLINIC_YES; a++) {
    begin();
    for (int i = 0; i < CLINIC_CONDITION_MAX; i++) screen.condition[i] = (clinic_answer)a;
    const clinic_screen before = screen;
    decide();
    assert_memory_equal(&screen, &before, sizeof screen);
    assert_false(over.is_consent || over.is_competency);
  }
}

static bool any(const clinic_answer a[3], const clinic_answer want[3]) { return a[0] == want[0] || a[1] == want[1] || a[2] == want[2]; }

// treatment, abdominal work, withdrawn, the condition itself: all 256
static void no_consent_is_a_contraindication(void **state) {
  (void)state;
  static const clinic_answer refused[3] = {CLINIC_NO, CLINIC_NO, CLINIC_YES}, doubted[3] = {CLINIC_NOT_SURE, CLINIC_NOT_SURE, CLINIC_NOT_SURE};
  for (int i = 0; i < 256; i++) {
    const clinic_answer a[3] = {(clinic_answer)(i & 3), (clinic_answer)(i >> 2 & 3), (clinic_answer)(i >> 4 & 3)};
    const clinic_answer stated = (clinic_answer)(i >> 6);
    begin();
    answer("consent.treatment", a[0]);
    answer("consent.abdominal_work", a[1]);
    answer("consent.withdrawn", a[2]);
    *condition("CI19") = stated;
    decide();
    // yes where anything is refused; doubt where anything is doubtful and nobody said yes; never turned to no
    const clinic_answer want = any(a, refused) ? CLINIC_YES : any(a, doubted) && stated != CLINIC_YES ? CLINIC_NOT_SURE : stated;
    assert_int_equal(*condition("CI19"), want);
    assert_int_equal(over.is_consent, stated != CLINIC_NOT_ASKED && stated != want);
    assert_int_equal(*condition("CI23"), CLINIC_NOT_ASKED);
    // all treatment: the abdomen has no say in it
    const clinic_answer refusal = a[0] == CLINIC_NO || a[2] == CLINIC_YES ? CLINIC_YES
                                  : a[0] == CLINIC_NOT_SURE || a[2] == CLINIC_NOT_SURE ? CLINIC_NOT_SURE
                                  : a[0] == CLINIC_YES ? CLINIC_NO : CLINIC_NOT_ASKED;
    assert_int_equal(screen.refusal, refusal);
  }
}

static void training_and_cover(void **state) {
  (void)state;
  static const struct { const char *words, *until, *day; clinic_answer want; } row[] = {
      {NULL, NULL, NULL, CLINIC_NOT_ASKED},
      {"none", NULL, NULL, CLINIC_YES},
      {"joint_tests reflex_testing", "2030-01-01", "2026-03-01", CLINIC_YES},
      {"abdominal_palpation", NULL, NULL, CLINIC_NOT_ASKED},
      {"abdominal_palpation", "2030-01-01", NULL, CLINIC_NOT_ASKED},
      {"abdominal_palpation", NULL, "2026-03-01", CLINIC_NOT_ASKED},
      {"abdominal_palpation joint_tests", "2030-01-01", "2026-03-01", CLINIC_NO},
      {"abdominal_palpation", "2026-03-01", "2026-03-01", CLINIC_NO},
      {"abdominal_palpation", "2026-02-28", "2026-03-01", CLINIC_YES},
      {"abdominal_palpation", "2025-12-31", "2026-01-01", CLINIC_YES},
      {NULL, "2026-02-28", "2026-03-01", CLINIC_YES},
      {NULL, "2026-03-02", "2026-03-01", CLINIC_NOT_ASKED},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++)
    for (int stated = CLINIC_NOT_ASKED; stated <= CLINIC_YES; stated++) {
      begin();
      competencies(row[i].words);
      date("role.insured_until", row[i].until);
      date("exam.exam_date", row[i].day);
      *condition("CI23") = (clinic_answer)stated;
      decide();
      const int want = row[i].want == CLINIC_YES ? CLINIC_YES : stated != CLINIC_NOT_ASKED ? stated : (int)row[i].want;
      assert_int_equal(*condition("CI23"), want);
      assert_int_equal(over.is_competency, row[i].want == CLINIC_YES && (stated == CLINIC_NO || stated == CLINIC_NOT_SURE));
      assert_int_equal(*condition("CI19"), CLINIC_NOT_ASKED);
    }
}

static void tables_without_these_conditions_are_left_alone(void **state) {
  (void)state;
  static clinic_safety_tables none;
  begin();
  answer("consent.abdominal_work", CLINIC_NO);
  const clinic_screen before = screen;
  clinic_exam_consent(&none, &exam, &screen, &over);
  assert_memory_equal(&screen, &before, sizeof screen);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_recorded_changes_nothing),
      cmocka_unit_test(no_consent_is_a_contraindication),
      cmocka_unit_test(training_and_cover),
      cmocka_unit_test(tables_without_these_conditions_are_left_alone),
  };
  return cmocka_run_group_tests_name("exam_consent", tests, load_tables, free_tables);
}
