/* The next test: gains against an enumeration of condition and outcome, the order, what is done, who may.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/next_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clinic/reason/information.h"
#include "support/check.h"
#include "support/exam.h"

static files_clinical *clinical;
static const clinic_evidence *evidence;
static const clinic_safety CLEAR = {.status = CLINIC_CLEAR, .urgency = CLINIC_NONE};
static const clinic_permission ALL_ALLOWED[CLINIC_NTECHNIQUE] = {{CLINIC_ALLOW, -1}, {CLINIC_ALLOW, -1}, {CLINIC_ALLOW, -1}, {CLINIC_ALLOW, -1}};

static int load_tables(void **state) {
  (void)state;
  clinical = exam_tables();
  evidence = files_clinical_evidence(clinical);
  return 0;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

static clinic_next list[CLINIC_TRIAL_MAX];
static int nlist;

static void run(const clinic_exam *e) { nlist = clinic_next_tests(evidence, e, &CLEAR, ALL_ALLOWED, list); }

// place in the list; -1 when it is not there
static int place(const char *id) {
  for (int i = 0; i < nlist; i++)
    if (strcmp(evidence->trial[list[i].trial].id, id) == 0) return i;
  return -1;
}

static void low_back_pain(clinic_exam *e) {
  *e = exam_empty(clinical);
  exam_person(e, "female", 44.0);
  exam_pain(e, "low_back", 5.0);
  exam_pain(e, "buttock", 3.0);
  exam_pain(e, "calf", 2.0);
  exam_word(e, "role.profession", 0, "physiotherapist");
}

// ---- gains ---------------------------------------------------------------------------------------------------------

static void record(clinic_exam *e, const clinic_outcome *o) {
  for (int i = 0; i < o->n; i++) {
    const clinic_assign *a = &o->assign[i];
    const clinic_field *f = &e->fields->field[a->field];
    for (int side = 0; side < (f->is_sided ? 2 : 1); side++) {
      if (e->value[a->field][side].has || (a->side >= 0 && a->side != side)) continue;
      e->value[a->field][side] = (clinic_value){.has = true, .choice = f->kind == CLINIC_ANSWER || f->kind == CLINIC_CHOICE ? (int)a->value : 0,
                                                .number = a->value, .nrepeat = 1, .text = ""};
    }
  }
  clinic_exam_derive(e);
}

static double probability(const clinic_differential *d, int node) {
  for (int i = 0; i < d->nposterior; i++)
    if (d->posterior[i].node == node) return d->posterior[i].prior < 0 ? NAN : d->posterior[i].before_caps;
  return NAN;
}
static int prior(const clinic_differential *d, int node) {
  for (int i = 0; i < d->nposterior; i++)
    if (d->posterior[i].node == node) return d->posterior[i].prior;
  return -1;
}

// Mutual information of the network "condition -> outcome", every joint state enumerated, from the probabilities that the
// differential itself gives after each of two outcomes a, b: P(a) follows from p = P(a) p_a + P(b) p_b.
static double enumerate(double p, double pa, double pb) {
  const double chance[2] = {(p - pb)/(pa - pb), (pa - p)/(pa - pb)}, given[2] = {pa, pb};
  double bits = 0.0;
  for (int y = 0; y < 2; y++)
    for (int c = 0; c < 2; c++) {
      const double joint = chance[y]*(c ? given[y] : 1.0 - given[y]);
      bits += joint*log2(joint/(chance[y]*(c ? p : 1.0 - p)));
    }
  return bits;
}

static void gains_equal_the_enumerated_network(void **state) {
  (void)state;
  static clinic_exam e, after[2];
  static clinic_differential before, then[2];
  int ncompared = 0;
  low_back_pain(&e);
  exam_answer(&e, "signs.groin_tightness", 0, CLINIC_YES);
  clinic_exam_derive(&e);
  run(&e);
  clinic_differential_run(evidence, &e, 1, &before);
  for (int i = 0; i < nlist; i++) {
    const clinic_trial *t = &evidence->trial[list[i].trial];
    double bits = 0.0;
    bool is_two_sided = t->noutcome == 2;
    for (int y = 0; y < 2 && t->noutcome == 2; y++) {
      after[y] = e;
      record(&after[y], &t->outcome[y]);
      clinic_differential_run(evidence, &after[y], 1, &then[y]);
    }
    for (int node = 0; node < evidence->nnode && is_two_sided; node++) {
      const double p = probability(&before, node), pa = probability(&then[0], node), pb = probability(&then[1], node);
      if (isnan(p) || prior(&then[0], node) != prior(&before, node) || prior(&then[1], node) != prior(&before, node) || fabs(pa - pb) < 1e-12)
        continue;
      if ((pa - p)*(pb - p) >= 0.0) is_two_sided = false;   // one ratio only: its chance is assumed, see below
      else bits += enumerate(p, pa, pb);
    }
    if (!is_two_sided) continue;
    assert_close(list[i].gain_bits, bits, 0.0, 1e-6);
    ncompared += bits > 1e-4;
  }
  assert_true(ncompared >= 8);
}

static void a_one_sided_result_uses_the_published_chance(void **state) {
  (void)state;
  clinic_exam e;
  low_back_pain(&e);
  run(&e);
  const int at = place("osteoarthritis_in_family");   // raises; no ratio for "no"
  assert_true(at >= 0);
  static clinic_exam yes;
  static clinic_differential before, after;
  yes = e;
  exam_answer(&yes, "signs.osteoarthritis_in_family", 0, CLINIC_YES);
  clinic_exam_derive(&yes);
  clinic_exam_derive(&e);
  clinic_differential_run(evidence, &e, 1, &before);
  clinic_differential_run(evidence, &yes, 1, &after);
  const int node = list[at].most;
  const double p = probability(&before, node), q = probability(&after, node), f = evidence->rules.chance_raising;
  const double ratio = q/(1.0 - q)*(1.0 - p)/p;
  const double want = f*(p*ratio + 1.0 - p)*(q*log2(q/p) + (1.0 - q)*log2((1.0 - q)/(1.0 - p)));
  assert_string_equal(evidence->node[node].id, "HIP_OA");
  assert_close(list[at].gain_bits, want, 0.0, 1e-9);
}

// ---- the list ------------------------------------------------------------------------------------------------------

static void what_is_recorded_disappears(void **state) {
  (void)state;
  static clinic_exam e, done;
  low_back_pain(&e);
  exam_person(&e, "female", 66.0);
  exam_pain(&e, "between_shoulder_blades", 2.0);
  exam_pain(&e, "outer_thigh", 2.0);
  exam_pain(&e, "front_thigh", 2.0);
  int n = 0;
  for (int t = 0; t < evidence->ntrial; t++) {
    const clinic_trial *trial = &evidence->trial[t];
    clinic_exam_derive(&e);
    run(&e);
    if (place(trial->id) < 0 || trial->noutcome == 0) continue;
    done = e;
    record(&done, &trial->outcome[0]);
    run(&done);
    if (place(trial->id) >= 0) fail_msg("%s is recorded and still asked for", trial->id);
    n++;
  }
  assert_true(n >= 30);
}

static void mandatory_ones_come_first_then_by_gain(void **state) {
  (void)state;
  clinic_exam e;
  low_back_pain(&e);
  run(&e);
  static const char *const first[] = {"hip_internal_rotation", "fadir", "hip_adduction", "slr_or_slump", "both_legs"};
  for (int i = 0; i < 5; i++) {
    assert_int_equal(place(first[i]), i);
    assert_true(list[i].is_mandatory);
  }
  for (int i = 5; i + 1 < nlist; i++) {
    assert_false(list[i].is_mandatory);
    if (list[i].is_allowed == list[i + 1].is_allowed) assert_true(list[i].gain_bits >= list[i + 1].gain_bits);
    else assert_true(list[i].is_allowed);
  }
}

static void what_is_not_known_yet_is_asked_first(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  run(&e);
  assert_int_equal(place("pain_map"), 0);
  assert_int_equal(place("leg_pain"), 1);
  assert_true(place("slr_or_slump") > 0);     // legs unknown: it may be needed
  exam_pain(&e, "low_back", 4.0);
  clinic_exam_derive(&e);
  run(&e);
  assert_int_equal(place("pain_map"), -1);
  assert_int_equal(place("leg_pain"), -1);    // the map says none
  assert_int_equal(place("slr_or_slump"), -1);
}

static void an_open_safety_screen_stands_above_all(void **state) {
  (void)state;
  static const clinic_safety open = {.status = CLINIC_INCOMPLETE, .urgency = CLINIC_NONE};
  clinic_exam e;
  low_back_pain(&e);
  nlist = clinic_next_tests(evidence, &e, &open, ALL_ALLOWED, list);
  assert_int_equal(place("safety_screen"), 0);
  run(&e);
  assert_int_equal(place("safety_screen"), -1);
}

static void a_free_thomas_test_is_still_to_be_done(void **state) {
  (void)state;
  clinic_exam e;
  low_back_pain(&e);
  exam_thomas(&e, 3.0, 1.0);
  run(&e);
  assert_int_equal(place("thomas"), -1);
  exam_answer(&e, "person.thomas_pelvis_controlled", CLINIC_LEFT, CLINIC_NO);
  run(&e);
  assert_true(place("thomas") >= 0);
}

static void roles_and_contraindications(void **state) {
  (void)state;
  clinic_exam e;
  low_back_pain(&e);
  exam_word(&e, "muscle_tests.resisted_hip_flexion", EXAM_BOTH, "familiar_pain");
  exam_word(&e, "movement_tests.hip_extension_stretch", EXAM_BOTH, "none");
  run(&e);
  int at = place("psoas_palpation");
  assert_true(at >= 0 && !list[at].is_allowed);    // every profession needs its own tick for the abdomen
  assert_true(list[place("achilles_reflex")].is_allowed);
  exam_word(&e, "role.competencies", 0, "abdominal_palpation");
  run(&e);
  assert_true(list[place("psoas_palpation")].is_allowed);
  exam_word(&e, "role.profession", 0, "massage_therapist");
  run(&e);
  assert_false(list[place("achilles_reflex")].is_allowed);
  assert_string_equal(list[place("achilles_reflex")].why_not, "needs training that the exam's role does not name");

  clinic_permission permission[CLINIC_NTECHNIQUE];
  memcpy(permission, ALL_ALLOWED, sizeof permission);
  exam_word(&e, "role.competencies", 0, "abdominal_palpation");
  for (int v = CLINIC_ALLOW; v <= CLINIC_BLOCK; v++) {   // what is only modified may be done
    permission[CLINIC_ABDOMINAL_RELEASE].verdict = (clinic_verdict)v;
    nlist = clinic_next_tests(evidence, &e, &CLEAR, permission, list);
    assert_int_equal(list[place("psoas_palpation")].is_allowed, v < CLINIC_CLEAR_FIRST);
  }
  nlist = clinic_next_tests(evidence, &e, &CLEAR, permission, list);
  at = place("psoas_palpation");
  assert_false(list[at].is_allowed);
  assert_non_null(strstr(list[at].why_not, "forbids"));
}

// resisted flexion was negative: only none or one of two can come out, never two
static void a_partner_test_counts_what_is_there(void **state) {
  (void)state;
  static clinic_exam e, after[2];
  static clinic_differential before, then[2];
  static const char *const stretch[2] = {"none", "familiar_pain"};
  low_back_pain(&e);
  exam_word(&e, "muscle_tests.resisted_hip_flexion", EXAM_BOTH, "none");
  clinic_exam_derive(&e);
  run(&e);
  clinic_differential_run(evidence, &e, 1, &before);
  for (int y = 0; y < 2; y++) {
    after[y] = e;
    exam_word(&after[y], "movement_tests.hip_extension_stretch", EXAM_BOTH, stretch[y]);
    clinic_exam_derive(&after[y]);
    clinic_differential_run(evidence, &after[y], 1, &then[y]);
  }
  const int at = place("psoas_pair"), node = list[at].most;
  assert_string_equal(evidence->node[node].id, "IP_PAIN");
  assert_close(list[at].gain_bits, enumerate(probability(&before, node), probability(&then[0], node), probability(&then[1], node)), 0.0, 1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gains_equal_the_enumerated_network),
      cmocka_unit_test(a_one_sided_result_uses_the_published_chance),
      cmocka_unit_test(what_is_recorded_disappears),
      cmocka_unit_test(mandatory_ones_come_first_then_by_gain),
      cmocka_unit_test(what_is_not_known_yet_is_asked_first),
      cmocka_unit_test(an_open_safety_screen_stands_above_all),
      cmocka_unit_test(a_free_thomas_test_is_still_to_be_done),
      cmocka_unit_test(roles_and_contraindications),
      cmocka_unit_test(a_partner_test_counts_what_is_there),
  };
  return cmocka_run_group_tests(tests, load_tables, free_tables);
}
