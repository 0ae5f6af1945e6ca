/* What changed between two exams: every verdict, every reason, the own error against a second computation.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/change/change.h"

#include <string.h>

#include "support/check.h"

enum { THOMAS, HELD, EXTENSION, ASYMMETRY, TILT, STRENGTH, PAIN, ROTATION, SHARE, NFIELD };

static const clinic_fields FIELDS = {
    .nfield = NFIELD,
    .field = {{.section = "person", .key = "thomas_hip_angle", .kind = CLINIC_MEASURE, .is_sided = true},
              {.section = "person", .key = "thomas_pelvis_controlled", .kind = CLINIC_ANSWER, .is_sided = true},
              {.section = "person", .key = "hip_extension", .kind = CLINIC_MEASURE, .is_sided = true},
              {.section = "derived", .key = "hip_extension_asymmetry_deg", .kind = CLINIC_NUMBER, .is_derived = true},
              {.section = "person", .key = "asis_psis_tilt", .kind = CLINIC_MEASURE},
              {.section = "muscle_tests", .key = "hip_flexion_strength", .kind = CLINIC_MEASURE, .is_sided = true},
              {.section = "pain", .key = "now_0_10", .kind = CLINIC_WHOLE},
              {.section = "movement_tests", .key = "hip_internal_rotation", .kind = CLINIC_MEASURE, .is_sided = true},
              {.section = "outcomes", .key = "share", .kind = CLINIC_MEASURE}}};

static const clinic_change_rules RULES = {
    .n = 10,
    .rule = {{.field = THOMAS, .method = -1, .is_same_method = true, .needs = HELD, .better = CLINIC_LOWER, .sem = 2.5, .mdc95 = 7.0},
             {.field = EXTENSION, .method = -1, .is_same_method = true, .needs = -1, .better = CLINIC_HIGHER, .sem = 2.5, .mdc95 = 7.0},
             {.field = ASYMMETRY, .method = -1, .is_same_method = true, .needs = -1, .npart = 2, .part = {THOMAS, EXTENSION},
              .better = CLINIC_LOWER, .sem = 3.5, .mdc95 = 7.0},
             {.field = TILT, .method = 2, .is_same_method = true, .needs = -1, .better = CLINIC_NEITHER, .sem = 2.13},
             {.field = TILT, .method = -1, .is_same_method = true, .needs = -1, .better = CLINIC_NEITHER, .mdc95 = 6.0},
             {.field = STRENGTH, .method = -1, .is_same_method = true, .needs = -1, .better = CLINIC_HIGHER, .sem = 8.0, .mdc95 = 20.0,
              .is_relative = true},
             {.field = PAIN, .method = -1, .needs = -1, .better = CLINIC_LOWER, .sem = 1.02, .mic = 2.0, .mic_fraction = 0.3},
             {.field = ROTATION, .method = -1, .is_same_method = true, .needs = -1, .better = CLINIC_HIGHER},
             {.field = ROTATION, .method = 1, .is_same_method = true, .needs = -1, .better = CLINIC_HIGHER, .sem = 3.0},
             {.field = SHARE, .method = -1, .needs = -1, .better = CLINIC_HIGHER, .sem = 0.7, .mic_fraction = 0.25}}};

typedef struct pair { clinic_exam before, after; } pair;

static pair *both(void) {
  static pair p;
  p = (pair){.before = {.fields = &FIELDS}, .after = {.fields = &FIELDS}};
  return &p;
}

static void set(clinic_exam *exam, int field, int side, double number) {
  exam->value[field][side] = (clinic_value){.has = true, .number = number, .nrepeat = 1, .repeat = {number}, .text = ""};
}

// a set of readings by a method; the number is their mean
static void repeats(clinic_exam *exam, int field, int side, int n, const double *reading) {
  clinic_value *v = &exam->value[field][side];
  *v = (clinic_value){.has = true, .nrepeat = n, .text = ""};
  for (int i = 0; i < n; i++) {
    v->repeat[i] = reading[i];
    v->number += reading[i]/n;
  }
}

static void hold(pair *p, clinic_answer before, clinic_answer after, int side) {
  p->before.value[HELD][side] = (clinic_value){.has = before != CLINIC_NOT_ASKED, .choice = (int)before};
  p->after.value[HELD][side] = (clinic_value){.has = after != CLINIC_NOT_ASKED, .choice = (int)after};
}

// the only row that compare returns
static clinic_change only(const pair *p) {
  clinic_change c[CLINIC_CHANGE_MAX];
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 1);
  return c[0];
}

static clinic_change numbers(int field, double before, double after) {
  pair *p = both();
  set(&p->before, field, 0, before);
  set(&p->after, field, 0, after);
  if (field == THOMAS) hold(p, CLINIC_YES, CLINIC_YES, 0);
  return only(p);
}

static void each_verdict(void **state) {
  (void)state;
  static const struct { int field; double before, after; clinic_change_verdict verdict; clinic_change_why why; } row[] = {
      {EXTENSION, 11.3, 14.3, CLINIC_SAME, CLINIC_COMPARED},      // 3 deg of hip extension: within the error of 7
      {EXTENSION, 11.3, 18.3, CLINIC_SAME, CLINIC_COMPARED},      // exactly 7
      {EXTENSION, 1.3, 8.3, CLINIC_SAME, CLINIC_COMPARED},        // 7 in decimals, more in doubles
      {EXTENSION, 11.3, 18.31, CLINIC_BETTER, CLINIC_COMPARED},
      {EXTENSION, 18.31, 11.3, CLINIC_WORSE, CLINIC_COMPARED},
      {THOMAS, 6.2, -1.85, CLINIC_BETTER, CLINIC_COMPARED},
      {THOMAS, -1.85, 6.2, CLINIC_WORSE, CLINIC_COMPARED},
      {TILT, 14.2, 7.9, CLINIC_CHANGED, CLINIC_COMPARED},
      {TILT, 7.9, 14.2, CLINIC_CHANGED, CLINIC_COMPARED},
      {TILT, 7.9, 13.9, CLINIC_SAME, CLINIC_COMPARED},
      {PAIN, 7.0, 5.0, CLINIC_SAME, CLINIC_COMPARED},             // 2.83 between two readings
      {PAIN, 7.0, 4.0, CLINIC_BETTER, CLINIC_COMPARED},
      {STRENGTH, 60.5, 72.6, CLINIC_SAME, CLINIC_COMPARED},       // exactly 20 %
      {STRENGTH, 60.5, 72.7, CLINIC_BETTER, CLINIC_COMPARED},
      {STRENGTH, 0.0, 31.0, CLINIC_NOT_COMPARABLE, CLINIC_SHARE_OF_ZERO},
      {ROTATION, 20.5, 61.0, CLINIC_NOT_COMPARABLE, CLINIC_NO_ERROR}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const clinic_change c = numbers(row[i].field, row[i].before, row[i].after);
    if (c.verdict != row[i].verdict || c.why != row[i].why)
      fail_msg("row %zu: %s (%s)", i, clinic_change_verdict_text(c.verdict), clinic_change_why_text(c.why));
    assert_close(c.change, row[i].after - row[i].before, 1e-15, 0.0);
  }
}

static void errors_follow_from_each_other(void **state) {
  (void)state;
  clinic_change c = numbers(PAIN, 7.0, 5.0);
  assert_close(c.mdc95, 2.827297, 1e-6, 0.0);   // 1.02 * 2.771859 by hand
  c = numbers(TILT, 14.2, 7.9);
  assert_close(c.published, 2.164612, 1e-6, 0.0);  // 6 / 2.771859
  assert_close(c.mdc95, 6.0, 0.0, 0.0);
  c = numbers(STRENGTH, 60.5, 72.6);
  assert_close(c.published, 4.84, 1e-14, 0.0);
  assert_close(c.mdc95, 12.1, 1e-14, 0.0);
}

static void what_matters_is_asked_apart(void **state) {
  (void)state;
  static const struct { int field; double before, after; clinic_matters matters; } row[] = {
      {PAIN, 7.0, 5.0, CLINIC_MATTERS},       // exactly 2, and inside the error
      {PAIN, 2.3, 0.3, CLINIC_MATTERS},       // 2 in decimals, less in doubles; 87 % anyway
      {PAIN, 8.5, 6.6, CLINIC_MATTERS_NOT},   // 1.9 and 22 %
      {PAIN, 3.0, 2.0, CLINIC_MATTERS},       // 33 %
      {PAIN, 0.0, 1.0, CLINIC_MATTERS_NOT},   // no share of zero; less than 2
      {PAIN, 0.0, 2.0, CLINIC_MATTERS},
      {SHARE, 0.0, 9.0, CLINIC_CANNOT_SAY},
      {SHARE, -8.4, -6.3, CLINIC_MATTERS},    // exactly a quarter
      {SHARE, -8.4, -6.4, CLINIC_MATTERS_NOT},
      {EXTENSION, 2.0, 30.0, CLINIC_CANNOT_SAY}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const clinic_change c = numbers(row[i].field, row[i].before, row[i].after);
    if (c.matters != row[i].matters) fail_msg("row %zu: %s", i, clinic_matters_text(c.matters));
  }
}

static void only_like_with_like(void **state) {
  (void)state;
  pair *p = both();
  set(&p->before, EXTENSION, 1, 12.5);
  clinic_change c = only(p);
  assert_int_equal(c.why, CLINIC_NOT_IN_BOTH);
  assert_int_equal(c.side, CLINIC_LEFT);
  assert_true(c.has_before && !c.has_after);

  set(&p->after, EXTENSION, 1, 25.0);
  p->after.value[EXTENSION][1].choice = 3;
  c = only(p);
  assert_int_equal(c.verdict, CLINIC_NOT_COMPARABLE);
  assert_int_equal(c.why, CLINIC_OTHER_METHOD);
  p->before.value[EXTENSION][1].choice = 3;
  assert_int_equal(only(p).verdict, CLINIC_BETTER);

  // where methods agree well enough, two of them are compared
  p = both();
  set(&p->before, SHARE, 0, 2.5);
  set(&p->after, SHARE, 0, 5.0);
  p->after.value[SHARE][0].choice = 1;
  assert_int_equal(only(p).verdict, CLINIC_BETTER);

  // the Thomas test counts with the pelvis held, both times, on this side
  static const clinic_answer no[] = {CLINIC_NO, CLINIC_NOT_SURE, CLINIC_NOT_ASKED};
  for (int i = 0; i < 6; i++) {
    p = both();
    set(&p->before, THOMAS, 1, 9.0);
    set(&p->after, THOMAS, 1, -9.0);
    hold(p, CLINIC_YES, CLINIC_YES, 0);
    hold(p, i < 3 ? no[i] : CLINIC_YES, i < 3 ? CLINIC_YES : no[i - 3], 1);
    assert_int_equal(only(p).why, CLINIC_NEED_UNMET);
  }
  hold(p, CLINIC_YES, CLINIC_YES, 1);
  assert_int_equal(only(p).verdict, CLINIC_BETTER);
}

static void a_method_may_have_its_own_error(void **state) {
  (void)state;
  pair *p = both();
  set(&p->before, TILT, 0, 14.2);
  set(&p->after, TILT, 0, 8.25);
  assert_int_equal(only(p).verdict, CLINIC_SAME);      // 5.95 of 6
  p->before.value[TILT][0].choice = p->after.value[TILT][0].choice = 2;
  const clinic_change c = only(p);
  assert_int_equal(c.verdict, CLINIC_CHANGED);         // 5.95 of 5.904
  assert_close(c.mdc95, 5.904060, 1e-6, 0.0);
  assert_int_equal(clinic_change_find(&RULES, ROTATION, 1), 8);
  assert_int_equal(clinic_change_find(&RULES, ROTATION, 0), 7);
  assert_int_equal(clinic_change_find(&RULES, HELD, 0), -1);
}

// half the mean squared difference of two readings of a pair is their variance: another road to the same number
static void own_error_from_pairs(void **state) {
  (void)state;
  static const double reading[4][2] = {{3.7, 11.2}, {6.4, -1.3}, {2.9, 8.8}, {5.5, 14.1}};
  double squares = 0.0;
  for (int k = 0; k < 4; k++) squares += (reading[k][0] - reading[k][1])*(reading[k][0] - reading[k][1]);
  pair *p = both();
  for (int k = 0; k < 4; k++) repeats(k < 2 ? &p->before : &p->after, EXTENSION, k % 2, 2, reading[k]);
  clinic_change c[CLINIC_CHANGE_MAX];
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 2);
  for (int side = 0; side < 2; side++) {
    assert_int_equal(c[side].own_freedom, 4);
    assert_close(c[side].own, sqrt(squares/8.0), 1e-14, 0.0);
    assert_close(c[side].published, 2.5, 0.0, 0.0);
    assert_true(c[side].is_own);
    assert_close(c[side].mdc95, 1.96*sqrt(2.0)*sqrt(squares/8.0), 1e-14, 0.0);
    assert_int_equal(c[side].verdict, CLINIC_SAME);
  }
}

static void own_error_needs_enough_and_must_be_larger(void **state) {
  (void)state;
  static const double wide[3] = {1.0, 9.5, 22.0}, flat[4] = {8.25, 8.25, 8.25, 8.25}, near[4] = {7.9, 8.1, 8.4, 8.0};
  pair *p = both();
  repeats(&p->before, EXTENSION, 0, 3, wide);          // two degrees of freedom: too few, however wide
  set(&p->after, EXTENSION, 0, 30.0);
  clinic_change c = only(p);
  assert_int_equal(c.own_freedom, 2);
  assert_close(c.own, 0.0, 0.0, 0.0);
  assert_false(c.is_own);
  assert_int_equal(c.verdict, CLINIC_BETTER);

  static const double two[2] = {29.0, 31.0};
  repeats(&p->after, EXTENSION, 0, 2, two);            // with a third one it counts
  c = only(p);
  assert_int_equal(c.own_freedom, 3);
  assert_true(c.is_own);
  assert_close(c.own, sqrt(((1.0 - 65.0/6.0)*(1.0 - 65.0/6.0) + (9.5 - 65.0/6.0)*(9.5 - 65.0/6.0) +
                            (22.0 - 65.0/6.0)*(22.0 - 65.0/6.0) + 2.0)/3.0), 1e-14, 0.0);
  assert_int_equal(c.verdict, CLINIC_SAME);

  p->after.value[EXTENSION][0].choice = 1;             // a set by another method does not count
  p->before.value[EXTENSION][0].choice = 1;
  repeats(&p->after, EXTENSION, 1, 2, two);
  repeats(&p->before, EXTENSION, 1, 2, two);
  clinic_change all[CLINIC_CHANGE_MAX];
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, all), 2);
  assert_int_equal(all[0].own_freedom, 3);
  assert_int_equal(all[1].own_freedom, 2);

  p = both();
  repeats(&p->before, EXTENSION, 0, 4, flat);          // readings all alike: the published error stays
  set(&p->after, EXTENSION, 0, 14.0);
  c = only(p);
  assert_int_equal(c.own_freedom, 3);
  assert_close(c.own, 0.0, 0.0, 0.0);
  assert_false(c.is_own);
  assert_close(c.mdc95, 7.0, 0.0, 0.0);
  repeats(&p->before, EXTENSION, 0, 4, near);          // smaller: shown, not used
  c = only(p);
  assert_close(c.own, 0.21602468994692867, 1e-12, 0.0);
  assert_false(c.is_own);

  p = both();
  repeats(&p->before, ROTATION, 0, 4, near);           // none published: not judged by the own one alone
  set(&p->after, ROTATION, 0, 60.0);
  c = only(p);
  assert_int_equal(c.why, CLINIC_NO_ERROR);
  assert_true(c.own > 0.0 && !c.is_own);
}

// a spread of 2.52 beside 2.5: 1.96 sqrt(2) 2.52 is 6.99, and the published 7 was rounded up
static void the_larger_limit_counts(void **state) {
  (void)state;
  static const double reading[4] = {4.9107, 8.0, 8.0, 11.0893};
  pair *p = both();
  repeats(&p->before, EXTENSION, 0, 4, reading);
  set(&p->after, EXTENSION, 0, 15.0);
  const clinic_change c = only(p);
  assert_true(c.is_own);
  assert_true(c.own > 2.5 && 1.96*sqrt(2.0)*c.own < 7.0);
  assert_close(c.mdc95, 7.0, 0.0, 0.0);
}

// repeats of a test that does not count are no repeats of one that does
static void own_error_wants_what_the_test_needs(void **state) {
  (void)state;
  static const double wide[4] = {-9.0, 2.0, 16.0, 5.0}, pair_of[2] = {3.0, 4.0};
  pair *p = both();
  repeats(&p->before, THOMAS, 0, 2, pair_of);
  repeats(&p->after, THOMAS, 0, 2, pair_of);
  repeats(&p->after, THOMAS, 1, 4, wide);
  hold(p, CLINIC_YES, CLINIC_YES, 0);
  hold(p, CLINIC_NOT_ASKED, CLINIC_NO, 1);
  clinic_change c[CLINIC_CHANGE_MAX];
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 2);
  assert_int_equal(c[0].own_freedom, 2);
  hold(p, CLINIC_NOT_ASKED, CLINIC_YES, 1);
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 2);
  assert_int_equal(c[0].own_freedom, 5);
}

static void asymmetry_needs_one_origin(void **state) {
  (void)state;
  pair *p = both();
  for (int side = 0; side < 2; side++) {
    set(&p->before, EXTENSION, side, 10.0);
    set(&p->after, EXTENSION, side, 10.0);
  }
  set(&p->before, ASYMMETRY, 0, 11.4);
  set(&p->after, ASYMMETRY, 0, 4.3);
  clinic_change c[CLINIC_CHANGE_MAX];
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 3);
  assert_int_equal(c[2].verdict, CLINIC_BETTER);       // 7.1 of 7
  assert_close(c[2].published, 3.5, 0.0, 0.0);

  // readings that scatter: the error of a difference is sqrt 2 times that of each
  static const double wide[4] = {2.0, 9.0, 16.0, 12.0};
  repeats(&p->before, EXTENSION, 0, 4, wide);
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 3);
  assert_true(c[2].is_own);
  assert_close(c[2].own, sqrt(2.0)*c[0].own, 1e-14, 0.0);
  assert_int_equal(c[2].verdict, CLINIC_SAME);

  // the second time from the Thomas test: a held pelvis on both sides makes it the origin
  for (int side = 0; side < 2; side++) {
    set(&p->after, THOMAS, side, -4.0);
    hold(p, CLINIC_NOT_ASKED, CLINIC_YES, side);
  }
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 5);
  assert_int_equal(c[4].why, CLINIC_OTHER_METHOD);
  for (int side = 0; side < 2; side++) {
    hold(p, CLINIC_NOT_ASKED, CLINIC_YES, 1 - side);
    hold(p, CLINIC_NOT_ASKED, CLINIC_NO, side);
    assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 5);
    assert_int_equal(c[4].verdict, CLINIC_SAME);
  }
  p->after.value[EXTENSION][1].choice = 2;             // two methods in one exam: no origin at all
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 5);
  assert_int_equal(c[4].why, CLINIC_OTHER_METHOD);
  p->before.value[EXTENSION][1].choice = 2;            // nor twice none
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, c), 5);
  assert_int_equal(c[4].why, CLINIC_OTHER_METHOD);
}

// worse and better change places when the exams do; an own error does not
static void the_order_only_turns_the_sign(void **state) {
  (void)state;
  static const double one[3] = {2.1, 4.4, 3.0}, other[3] = {12.9, 14.0, 11.1};
  pair *p = both();
  repeats(&p->before, EXTENSION, 1, 3, one);
  repeats(&p->after, EXTENSION, 1, 3, other);
  clinic_change there[CLINIC_CHANGE_MAX], back[CLINIC_CHANGE_MAX];
  assert_int_equal(clinic_change_compare(&RULES, &p->before, &p->after, there), 1);
  assert_int_equal(clinic_change_compare(&RULES, &p->after, &p->before, back), 1);
  assert_int_equal(there[0].verdict, CLINIC_BETTER);
  assert_int_equal(back[0].verdict, CLINIC_WORSE);
  assert_close(there[0].change, -back[0].change, 0.0, 0.0);
  assert_close(there[0].own, back[0].own, 1e-15, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_verdict),
      cmocka_unit_test(errors_follow_from_each_other),
      cmocka_unit_test(what_matters_is_asked_apart),
      cmocka_unit_test(only_like_with_like),
      cmocka_unit_test(a_method_may_have_its_own_error),
      cmocka_unit_test(own_error_from_pairs),
      cmocka_unit_test(own_error_needs_enough_and_must_be_larger),
      cmocka_unit_test(the_larger_limit_counts),
      cmocka_unit_test(own_error_wants_what_the_test_needs),
      cmocka_unit_test(asymmetry_needs_one_origin),
      cmocka_unit_test(the_order_only_turns_the_sign),
  };
  return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
