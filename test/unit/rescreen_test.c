/* The short form beside the full screen: every flag, part and condition with every old and new answer and every answer about
 * health, against rules written down a second time, by hand; and no answer about health may open what "no change" holds.
 * PSOAS_DATA names another data folder, as in safety_test. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app/files/files_clinical.h"
#include "support/check.h"

static files_clinical *clinical;
static const clinic_safety_tables *T;

static int load_tables(void **state) {
  (void)state;
  const char *folder = getenv("PSOAS_DATA");
  if (files_clinical_load(folder ? files_source_folder(folder) : files_source_packed(), &clinical, NULL) != PS_OK) return 1;
  T = files_clinical_safety(clinical);
  return 0;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

enum { NANSWER = 4 };
static const clinic_answer ANSWER[NANSWER] = {CLINIC_NOT_ASKED, CLINIC_NO, CLINIC_NOT_SURE, CLINIC_YES};

// ---- what is expected, by hand -------------------------------------------------------------------------------------

// asked at every visit; and those whose worst is a routine letter or a precaution. All others can hold the hands.
static const char SHORT_FORM[] = "RF01 RF02 RF03 RF04 RF05 RF13 RF16 RF17 RF18 RF32";
static const char HARMLESS[] = "RF26 RF32 RF33";

// one letter an answer: . not asked, n no, u not sure, y yes. Row: the old answer; column: today's.
typedef const char *outcome[NANSWER];
static const outcome OF_SHORT_FORM = {".nuy", ".nuy", ".nuy", ".nuy"};    // today's, whatever it was
static const outcome OF_UNCHANGED = {".nuy", "nnuy", "uuuy", "yyyy"};     // the worse
static const outcome OF_SERIOUS = {".nuy", ".nuy", "uuuy", "yyyy"};       // a "no" is forgotten
static const outcome OF_HARMLESS = {".nuy", ".nuy", ".nuy", ".nuy"};      // all is forgotten

static clinic_answer letter(char c) {
  return c == '.' ? CLINIC_NOT_ASKED : c == 'n' ? CLINIC_NO : c == 'u' ? CLINIC_NOT_SURE : CLINIC_YES;
}

static clinic_screen all(clinic_answer a) {
  clinic_screen s = {.part = {CLINIC_NOT_ASKED}};
  for (int i = 0; i < T->npart; i++) s.part[i] = a;
  for (int i = 0; i < T->ncondition; i++) s.condition[i] = a;
  return s;
}

static void each_answer_of_each_part(void **state) {
  (void)state;
  assert_int_equal(T->nflag, 33);
  for (int i = 0; i < T->npart; i++) {
    const char *id = T->flag[T->part[i].flag].id;
    for (int c = 0; c < NANSWER; c++) {
      const outcome *want = strstr(SHORT_FORM, id)       ? &OF_SHORT_FORM
                            : ANSWER[c] == CLINIC_NO     ? &OF_UNCHANGED
                            : strstr(HARMLESS, id)       ? &OF_HARMLESS
                                                         : &OF_SERIOUS;
      for (int old = 0; old < NANSWER; old++) {
        for (int now = 0; now < NANSWER; now++) {
          // what stands around the part does not matter
          clinic_screen full = all(ANSWER[(old + i) % NANSWER]), today = all(ANSWER[(now + c) % NANSWER]), out;
          full.part[i] = ANSWER[old];
          today.part[i] = ANSWER[now];
          clinic_safety_rescreen(T, &full, &today, ANSWER[c], &out);
          if (out.part[i] != letter((*want)[old][now]))
            fail_msg("%s.%s, change %d: %d then %d gave %d, wanted %c", id, T->part[i].name, c, old, now, out.part[i], (*want)[old][now]);
        }
      }
    }
  }
}

static void each_answer_of_each_condition(void **state) {
  (void)state;
  assert_int_equal(T->ncondition, 23);
  for (int i = 0; i < T->ncondition; i++) {
    for (int k = 0; k < NANSWER*NANSWER*NANSWER; k++) {
      const int c = k/16, old = k/4 % 4, now = k % 4;
      const outcome *want = ANSWER[c] == CLINIC_NO ? &OF_UNCHANGED : &OF_SERIOUS;
      clinic_screen full = all(CLINIC_NO), today = all(CLINIC_NOT_ASKED), out;
      full.condition[i] = ANSWER[old];
      full.refusal = ANSWER[old];
      today.refusal = ANSWER[c];  // consent is of the day
      today.condition[i] = ANSWER[now];
      clinic_safety_rescreen(T, &full, &today, ANSWER[c], &out);
      assert_int_equal(out.refusal, ANSWER[c]);
      if (out.condition[i] != letter((*want)[old][now]))
        fail_msg("%s, change %d: %d then %d gave %d, wanted %c", T->condition[i].id, c, old, now, out.condition[i], (*want)[old][now]);
    }
  }
}

// a review of today counts; one of then only where nothing changed and the question is not asked anew
static void each_review(void **state) {
  (void)state;
  for (int i = 0; i < T->nflag; i++) {
    for (int k = 0; k < NANSWER*4; k++) {
      const bool was = k & 1, is = k & 2;
      clinic_screen full = all(CLINIC_YES), today = all(CLINIC_YES), out;
      full.is_reviewed[i] = was;
      today.is_reviewed[i] = is;
      clinic_safety_rescreen(T, &full, &today, ANSWER[k/4], &out);
      const bool is_kept = was && ANSWER[k/4] == CLINIC_NO && !strstr(SHORT_FORM, T->flag[i].id);
      if (out.is_reviewed[i] != (is || is_kept)) fail_msg("%s: case %d", T->flag[i].id, k);
      for (int other = 0; other < T->nflag; other++)
        if (other != i) assert_false(out.is_reviewed[other]);
    }
  }
}

// ---- what follows from it --------------------------------------------------------------------------------------------

static clinic_safety decide(const clinic_screen *s) {
  clinic_safety out;
  clinic_safety_decide(T, s, &out);
  return out;
}

static clinic_screen short_no(void) {
  clinic_screen s = {.part = {CLINIC_NOT_ASKED}};
  for (int i = 0; i < T->npart; i++)
    if (T->flag[T->part[i].flag].is_short_form) s.part[i] = CLINIC_NO;
  return s;
}

static void a_quiet_visit_stays_clear_and_a_doubt_does_not(void **state) {
  (void)state;
  const clinic_screen full = all(CLINIC_NO), today = short_no(), nothing = {.part = {CLINIC_NOT_ASKED}};
  clinic_screen out;
  clinic_safety_rescreen(T, &full, &today, CLINIC_NO, &out);
  assert_int_equal(decide(&out).status, CLINIC_CLEAR);
  static const clinic_answer doubt[] = {CLINIC_YES, CLINIC_NOT_SURE, CLINIC_NOT_ASKED};
  for (int i = 0; i < 3; i++) {
    clinic_safety_rescreen(T, &full, &today, doubt[i], &out);
    assert_int_equal(decide(&out).status, CLINIC_INCOMPLETE);
  }
  // a short form that nobody asked clears nothing, although everything was "no" then
  clinic_safety_rescreen(T, &full, &nothing, CLINIC_NO, &out);
  assert_int_equal(decide(&out).status, CLINIC_INCOMPLETE);
}

static clinic_screen random_screen(ps_rng *rng) {
  clinic_screen s = {.part = {CLINIC_NOT_ASKED}};
  for (int i = 0; i < T->npart; i++) s.part[i] = ps_rng_uniform(rng) < 0.85 ? CLINIC_NO : (clinic_answer)(ps_rng_next(rng) % 4);
  for (int i = 0; i < T->nflag; i++) s.is_reviewed[i] = ps_rng_uniform(rng) < 0.3;
  for (int i = 0; i < T->ncondition; i++) s.condition[i] = ps_rng_uniform(rng) < 0.85 ? CLINIC_NO : (clinic_answer)(ps_rng_next(rng) % 4);
  return s;
}

// health that may have changed never opens what "no change" holds, for the gate and for every technique
static void a_change_never_opens_anything(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 11);
  long nblock = 0;
  for (int i = 0; i < 3000; i++) {
    const clinic_screen full = random_screen(&rng), today = i % 2 ? random_screen(&rng) : short_no();
    clinic_screen same, out;
    clinic_safety_rescreen(T, &full, &today, CLINIC_NO, &same);
    const clinic_safety before = decide(&same);
    for (int c = 0; c < NANSWER; c++) {
      clinic_safety_rescreen(T, &full, &today, ANSWER[c], &out);
      const clinic_safety after = decide(&out);
      if (after.status < before.status) fail_msg("case %d, change %d: %s", i, c, clinic_status_text(after.status));
      for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
        const clinic_verdict was = clinic_technique_decide(T, &same, &before, (clinic_technique)k).verdict;
        const clinic_verdict is = clinic_technique_decide(T, &out, &after, (clinic_technique)k).verdict;
        nblock += was == CLINIC_BLOCK && before.status != CLINIC_STOP;
        if (is < was) fail_msg("case %d, change %d, %s: %s", i, c, clinic_technique_text((clinic_technique)k), clinic_verdict_text(is));
      }
    }
  }
  assert_true(nblock > 500);
}

static void the_result_may_replace_an_input(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 5);
  for (int i = 0; i < 100; i++) {
    clinic_screen full = random_screen(&rng), today = random_screen(&rng), out, copy = today;
    clinic_safety_rescreen(T, &full, &today, ANSWER[i % NANSWER], &out);
    clinic_safety_rescreen(T, &full, &copy, ANSWER[i % NANSWER], &copy);
    assert_memory_equal(&copy, &out, sizeof out);
    clinic_safety_rescreen(T, &full, &today, ANSWER[i % NANSWER], &full);
    assert_memory_equal(&full, &out, sizeof out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_answer_of_each_part),
      cmocka_unit_test(each_answer_of_each_condition),
      cmocka_unit_test(each_review),
      cmocka_unit_test(a_quiet_visit_stays_clear_and_a_doubt_does_not),
      cmocka_unit_test(a_change_never_opens_anything),
      cmocka_unit_test(the_result_may_replace_an_input),
  };
  return cmocka_run_group_tests_name("rescreen", tests, load_tables, free_tables);
}
