/* The differential: worked checks and acceptance tests of the rules, a second implementation, brute-force sampling.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/differential.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/check.h"
#include "support/exam.h"

static files_clinical *clinical;
static const clinic_evidence *evidence;

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

static clinic_differential result;

static const clinic_posterior *run(clinic_exam *e, const char *condition) {
  clinic_exam_derive(e);
  clinic_differential_run(evidence, e, 1, &result);
  for (int i = 0; i < result.nposterior; i++)
    if (strcmp(evidence->node[result.posterior[i].node].id, condition) == 0) return &result.posterior[i];
  fail_msg("no condition %s", condition);
  return NULL;
}

static void triad(clinic_exam *e, int count) {
  exam_word(e, "muscle_tests.resisted_hip_flexion", CLINIC_LEFT, count > 0 ? "familiar_pain" : "none");
  exam_word(e, "movement_tests.hip_extension_stretch", CLINIC_LEFT, count > 1 ? "familiar_pain" : "other_pain");
  exam_word(e, "muscle_tests.psoas_palpation", CLINIC_LEFT, count > 2 ? "familiar_pain" : "tender");
}

// ---- worked checks of the rules ------------------------------------------------------------------------------------

static void the_worked_checks(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  triad(&e, 3);
  exam_answer(&e, "signs.groin_tightness", 0, CLINIC_YES);
  exam_thomas(&e, -18.0, -10.0);
  exam_answer(&e, "signs.groin_pain_stairs_running", 0, CLINIC_YES);
  exam_number(&e, "muscle_tests.retest_before_0_10", 0, 6.0);
  exam_number(&e, "muscle_tests.retest_then_0_10", 0, 4.0);
  const clinic_posterior *p = run(&e, "IP_PAIN");
  assert_close(p->start, 0.10, 1e-12, 0.0);
  const double odds = 0.1/0.9*pow(4.0*1.6*1.6*1.7*1.8, 0.7);
  assert_close(p->before_caps, odds/(1.0 + odds), 1e-9, 0.0);
  assert_close(p->before_caps, 0.55, 0.0, 0.005);
  assert_close(p->shown, 0.55, 1e-12, 0.0);

  static const struct { int count; double want; } alone[] = {{2, 0.16}, {0, 0.05}, {1, 0.10}};
  for (int i = 0; i < 3; i++) {
    clinic_exam t = exam_empty(clinical);
    triad(&t, alone[i].count);
    assert_close(run(&t, "IP_PAIN")->before_caps, alone[i].want, 0.0, 0.005);
  }

  clinic_exam tilt = exam_empty(clinical);
  exam_number(&tilt, "person.asis_psis_tilt", 0, 14.0);
  p = run(&tilt, "IP_PAIN");
  assert_int_equal(p->nargument, 1);
  assert_close(p->before_caps, 0.10, 0.0, 0.005);
}

// ---- acceptance tests ----------------------------------------------------------------------------------------------

static void nothing_found_leaves_every_prior(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  run(&e, "IP_PAIN");
  int n = 0;
  for (int i = 0; i < result.nposterior; i++) {
    const clinic_posterior *p = &result.posterior[i];
    if (p->prior < 0) continue;
    const clinic_spread *prior = &evidence->prior[p->prior].p;
    assert_close(p->median, prior->median, 1e-12, 0.0);
    assert_close(p->p05, prior->p05, 1e-4, 0.0);
    assert_close(p->p95, prior->p95, 1e-4, 0.0);
    assert_true(p->is_untested);
    n++;
  }
  assert_true(n >= 3);   // the others' starting values wait for the pain map, the leg pain or the age
  assert_int_equal(result.ninformative, 0);
  assert_true(result.is_insufficient);
}

// the same for every condition: of each the last row of its starting values, made to hold for everybody
static void nothing_found_leaves_the_prior_of_every_condition(void **state) {
  (void)state;
  clinic_evidence *all = malloc(sizeof *all);
  assert_non_null(all);
  *all = *evidence;
  for (int i = 0; i < all->nprior; i++) all->prior[i].when.n = 0;
  clinic_exam e = exam_empty(clinical);
  clinic_exam_derive(&e);
  clinic_differential_run(all, &e, 3, &result);
  int nestimated = 0;
  for (int i = 0; i < all->nnode; i++) nestimated += all->node[i].kind == CLINIC_ESTIMATED;
  assert_true(nestimated >= 13);
  assert_int_equal(result.nposterior, nestimated);
  for (int i = 0; i < result.nposterior; i++) {
    const clinic_posterior *p = &result.posterior[i];
    assert_true(p->prior >= 0);
    assert_close(p->median, all->prior[p->prior].p.median, 1e-12, 0.0);
    assert_close(p->p05, all->prior[p->prior].p.p05, 1e-4, 0.0);
    assert_close(p->p95, all->prior[p->prior].p.p95, 1e-4, 0.0);
  }
  free(all);
}

static void neutral_findings_leave_every_prior(void **state) {
  (void)state;
  clinic_evidence *neutral = malloc(sizeof *neutral);
  assert_non_null(neutral);
  *neutral = *evidence;
  for (int i = 0; i < neutral->nlikelihood; i++) {
    neutral->likelihood[i].positive = (clinic_spread){1.0, 0.8, 1.25};
    neutral->likelihood[i].negative = (clinic_spread){1.0, 0.8, 1.25};
  }
  clinic_exam e = exam_empty(clinical);
  exam_person(&e, "male", 40.0);
  exam_pain(&e, "low_back", 3.0);
  triad(&e, 2);
  exam_answer(&e, "signs.pain_on_rising", 0, CLINIC_YES);
  exam_answer(&e, "movement_tests.hip_adduction_reduced", EXAM_BOTH, CLINIC_NO);
  clinic_exam_derive(&e);
  clinic_differential_run(neutral, &e, 1, &result);
  int n = 0;
  for (int i = 0; i < result.nposterior; i++) {
    const clinic_posterior *p = &result.posterior[i];
    if (p->prior < 0) continue;
    assert_close(p->median, neutral->prior[p->prior].p.median, 1e-12, 0.0);
    n += p->nargument;
  }
  assert_true(n >= 5);
  assert_int_equal(result.ninformative, 0);
  free(neutral);
}

static void posture_alone_moves_less_than_two_points(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_number(&e, "person.asis_psis_tilt", 0, 17.0);
  exam_word(&e, "posture_findings.lordosis_judged", 0, "increased");
  const clinic_posterior *p = run(&e, "IP_PAIN");
  assert_true(fabs(p->median - 0.10) < 0.02 && p->nargument > 0);
}

static void pain_between_the_shoulder_blades_lowers(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_pain(&e, "between_shoulder_blades", 6.0);
  const clinic_posterior *p = run(&e, "IP_PAIN");
  assert_true(p->start < 0.05);          // the starting value of mid-back pain only
  assert_true(p->median < p->start);     // and the finding lowers it further
  assert_true(run(&e, "THOR_MECH")->prior >= 0);
  exam_pain(&e, "low_back", 3.0);        // both: the ordinary starting value, still lowered
  p = run(&e, "IP_PAIN");
  assert_close(p->start, 0.10, 1e-12, 0.0);
  assert_true(p->median < 0.10);
  exam_answer(&e, "signs.groin_tightness", 0, CLINIC_YES);  // of the same group: what lowers is not hidden
  assert_true(run(&e, "IP_PAIN")->median < 0.10);
}

static void a_free_pelvis_is_no_evidence(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_person(&e, "female", 40.0);
  const double before = run(&e, "IP_PAIN")->median, before_short = run(&e, "IP_SHORT")->median;
  exam_thomas(&e, 12.0, -9.0);
  exam_answer(&e, "person.thomas_pelvis_controlled", EXAM_BOTH, CLINIC_NO);
  assert_close(run(&e, "IP_PAIN")->median, before, 0.0, 0.0);
  assert_close(run(&e, "IP_SHORT")->median, before_short, 0.0, 0.0);
  exam_answer(&e, "person.thomas_pelvis_controlled", EXAM_BOTH, CLINIC_YES);
  assert_true(run(&e, "IP_PAIN")->median > before);
  assert_true(run(&e, "IP_SHORT")->median > before_short + 0.2);
}

static void length_alone_hardly_moves_the_pain(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_person(&e, "male", 40.0);
  exam_thomas(&e, 6.0, 6.0);
  assert_true(fabs(run(&e, "IP_PAIN")->median - 0.10) < 0.05);
  assert_true(run(&e, "IP_SHORT")->median > 0.5);
}

static void the_triad_around_its_prior_and_its_cap(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  triad(&e, 0);
  assert_true(run(&e, "IP_PAIN")->median < 0.10);
  triad(&e, 3);
  exam_answer(&e, "signs.groin_pain_lifting_knee", 0, CLINIC_YES);
  exam_answer(&e, "signs.groin_tightness", 0, CLINIC_YES);
  exam_answer(&e, "signs.groin_pain_stairs_running", 0, CLINIC_YES);
  exam_person(&e, "female", 30.0);
  exam_thomas(&e, 8.0, -8.0);
  exam_number(&e, "muscle_tests.retest_before_0_10", 0, 8.0);
  exam_number(&e, "muscle_tests.retest_then_0_10", 0, 2.0);
  const clinic_posterior *p = run(&e, "IP_PAIN");
  assert_true(p->is_capped);
  assert_close(p->median, 0.25*12.0/(0.25*12.0 + 1.0), 1e-9, 0.0);  // prior 0.20, ratio capped at 12
  assert_true(p->before_caps > p->median && p->median <= 0.75 + 1e-12);
  assert_true(p->shown <= 0.75 + 1e-12 && p->shown_hi <= 0.75 + 1e-12);
}

// no set of findings in the table reaches the lower cap at a dependence of 0.7, so it is tried at 1
static void the_lower_cap_holds_too(void **state) {
  (void)state;
  clinic_evidence *full = malloc(sizeof *full);
  assert_non_null(full);
  *full = *evidence;
  full->rules.dependence = 1.0;
  clinic_exam e = exam_empty(clinical);
  exam_person(&e, "male", 40.0);
  exam_thomas(&e, -14.0, -14.0);
  triad(&e, 0);
  exam_pain(&e, "between_shoulder_blades", 6.0);
  exam_pain(&e, "low_back", 3.0);
  exam_number(&e, "muscle_tests.retest_before_0_10", 0, 6.0);
  exam_number(&e, "muscle_tests.retest_then_0_10", 0, 6.0);
  exam_answer(&e, "signs.groin_pain_stairs_running", 0, CLINIC_NO);
  clinic_exam_derive(&e);
  clinic_differential_run(full, &e, 1, &result);
  const clinic_posterior *p = NULL;
  for (int i = 0; i < result.nposterior; i++)
    if (strcmp(full->node[result.posterior[i].node].id, "IP_PAIN") == 0) p = &result.posterior[i];
  assert_non_null(p);
  assert_true(p->is_capped && p->before_caps < p->median);
  const double odds = 0.10/0.90*0.1;
  assert_close(p->median, odds/(1.0 + odds), 1e-9, 0.0);
  free(full);
}

static void no_percentage_below_five_findings(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_person(&e, "male", 40.0);
  exam_pain(&e, "low_back", 3.0);                                    // not mainly between the shoulder blades: says too little
  triad(&e, 2);                                                      // 1
  exam_answer(&e, "signs.groin_tightness", 0, CLINIC_YES);           // 2
  exam_answer(&e, "signs.pain_on_rising", 0, CLINIC_YES);            // 3: of three conditions, and read as "no pain on rising" too
  exam_word(&e, "posture_findings.lordosis_judged", 0, "increased"); // says nothing
  exam_answer(&e, "movement_tests.slump_leg_pain", EXAM_BOTH, CLINIC_NOT_SURE);
  run(&e, "IP_PAIN");
  assert_int_equal(result.ninformative, 3);
  assert_true(result.is_insufficient);
  exam_answer(&e, "movement_tests.kemp_local_pain", EXAM_BOTH, CLINIC_NO);   // 4
  run(&e, "IP_PAIN");
  assert_true(result.is_insufficient);
  exam_answer(&e, "movement_tests.hip_adduction_reduced", EXAM_BOTH, CLINIC_NO);   // 5
  run(&e, "IP_PAIN");
  assert_int_equal(result.ninformative, 5);
  assert_false(result.is_insufficient);
}

static void a_condition_without_a_starting_value_is_not_estimated(void **state) {
  (void)state;
  clinic_exam e = exam_empty(clinical);
  exam_answer(&e, "movement_tests.slump_leg_pain", EXAM_BOTH, CLINIC_YES);
  const clinic_posterior *p = run(&e, "RAD_LOW");
  assert_int_equal(p->prior, -1);
  assert_true(p->is_open);
  assert_string_equal(p->needs, "leg pain reaches");
  exam_word(&e, "pain.leg_pain", 0, "below_knee");
  p = run(&e, "RAD_LOW");
  assert_close(p->start, 0.55, 1e-12, 0.0);
  assert_true(p->median > 0.55);
  exam_pain(&e, "low_back", 3.0);
  p = run(&e, "DGS");
  assert_true(p->prior < 0 && !p->is_open);   // there is a map, and no buttock pain on it
}

// ---- a second implementation ---------------------------------------------------------------------------------------

// random answers, words and numbers in most fields
static void fill(clinic_exam *e, ps_rng *rng) {
  *e = exam_empty(clinical);
  for (int i = 0; i < e->fields->nfield; i++) {
    const clinic_field *f = &e->fields->field[i];
    for (int side = 0; side < (f->is_sided ? 2 : 1); side++) {
      if (f->is_derived || ps_rng_uniform(rng) > 0.85) continue;
      clinic_value *v = &e->value[i][side];
      *v = (clinic_value){.has = true, .nrepeat = 1, .text = ""};
      v->number = f->lo + (f->hi - f->lo)*ps_rng_uniform(rng);
      if (f->kind == CLINIC_ANSWER) v->choice = 1 + (int)(3.0*ps_rng_uniform(rng));
      else if (f->nchoice > 0) v->choice = (int)(f->nchoice*ps_rng_uniform(rng));
    }
  }
  if (ps_rng_uniform(rng) < 0.7) {
    e->has_pain_map = true;
    for (int r = 0; r < e->fields->nregion; r++)
      if (ps_rng_uniform(rng) < 0.2) exam_pain(e, e->fields->region[r].id, 1.0 + floor(10.0*ps_rng_uniform(rng)));
  }
  clinic_exam_derive(e);
}

// is a finding there? written again: all terms, sides, words
static int presence(const clinic_comparison *t, const clinic_exam *e) {
  int all = 1;
  for (int k = 0; k < t->n; k++) {
    const clinic_field *f = &e->fields->field[t->term[k].field];
    int yes = 0, no = 0, nside = f->is_sided ? 2 : 1;
    for (int s = 0; s < nside; s++) {
      const clinic_value *v = &e->value[t->term[k].field][s];
      if (!v->has) continue;
      bool is_met = false;
      switch (t->term[k].op) {
        case CLINIC_IS: is_met = (t->term[k].words >> v->choice & 1) != 0; break;
        case CLINIC_AT_LEAST: is_met = v->number >= t->term[k].number; break;
        case CLINIC_AT_MOST: is_met = v->number <= t->term[k].number; break;
        case CLINIC_ABOVE: is_met = v->number > t->term[k].number; break;
        case CLINIC_BELOW: is_met = v->number < t->term[k].number; break;
      }
      if (is_met) yes++;
      else if (f->kind != CLINIC_ANSWER || v->choice != CLINIC_NOT_SURE) no++;
    }
    const int term = yes > 0 ? 1 : no == nside ? -1 : 0;
    if (term < 0) return -1;
    if (term == 0) all = 0;
  }
  return all;
}

// log of the product of ratios, before dependence, by going through groups by name
static double sum_again(int node, const clinic_exam *e) {
  double sum = 0.0;
  for (int i = 0; i < evidence->nlikelihood; i++) {
    if (evidence->likelihood[i].node != node) continue;
    bool is_first = true;
    for (int k = 0; k < i; k++)
      is_first &= evidence->likelihood[k].node != node || strcmp(evidence->likelihood[k].group, evidence->likelihood[i].group) != 0;
    if (!is_first) continue;
    double best = 0.0;
    for (int k = i; k < evidence->nlikelihood; k++) {
      const clinic_likelihood *l = &evidence->likelihood[k];
      if (l->node != node || strcmp(l->group, evidence->likelihood[i].group) != 0) continue;
      const int p = presence(&evidence->finding[l->finding].test, e);
      const double x = p > 0 && l->has_positive ? log(l->positive.median) : p < 0 && l->has_negative ? log(l->negative.median) : 0.0;
      if (fabs(x) > fabs(best) || (fabs(x) == fabs(best) && x < best)) best = x;
    }
    sum += best;
  }
  return sum;
}

static void a_second_implementation_agrees(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 31);
  int ncompared = 0, ncapped = 0;
  static clinic_exam e;
  for (int c = 0; c < 200; c++) {
    fill(&e, &rng);
    clinic_differential_run(evidence, &e, 1, &result);
    for (int i = 0; i < result.nposterior; i++) {
      const clinic_posterior *p = &result.posterior[i];
      const clinic_node *node = &evidence->node[p->node];
      if (p->prior < 0) continue;
      const double start = evidence->prior[p->prior].p.median, sum = 0.7*sum_again(p->node, &e);
      const double odds = start/(1.0 - start);
      double ratio = exp(sum);
      assert_close(p->before_caps, odds*ratio/(1.0 + odds*ratio), 1e-9, 0.0);
      ratio = ratio > node->most ? node->most : ratio < node->least ? node->least : ratio;
      assert_close(p->median, odds*ratio/(1.0 + odds*ratio), 1e-9, 0.0);
      double points = 0.0;
      for (int k = 0; k < p->nargument; k++) points += p->argument[k].points;
      assert_close(points, p->before_caps - p->start, 0.0, 1e-12);
      assert_true(p->p05 <= p->median + 0.02 && p->median <= p->p95 + 0.02 && p->p05 < p->p95);
      ncompared += p->nargument;
      ncapped += p->is_capped;
    }
  }
  assert_true(ncompared > 1500 && ncapped > 5);
}

// ---- brute-force sampling ------------------------------------------------------------------------------------------

static double two_piece(ps_rng *rng, double median, double p05, double p95) {
  const double z = ps_rng_normal(rng);
  return median + z*(z < 0.0 ? median - p05 : p95 - median)/1.6448536269514722;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void the_interval_is_that_of_plain_draws(void **state) {
  (void)state;
  enum { N = 200000 };
  double *draw = malloc(N*sizeof *draw);
  assert_non_null(draw);
  static clinic_exam e;
  ps_rng rng;
  ps_rng_init(&rng, 8);
  double worst = 0.0;
  for (int c = 0; c < 3; c++) {
    fill(&e, &rng);
    clinic_differential_run(evidence, &e, 5, &result);
    for (int i = 0; i < result.nposterior; i++) {
      const clinic_posterior *p = &result.posterior[i];
      const clinic_node *node = &evidence->node[p->node];
      if (p->prior < 0) continue;
      const clinic_spread *s = &evidence->prior[p->prior].p;
      for (int k = 0; k < N; k++) {
        double x = 0.0;
        for (int a = 0; a < p->nargument; a++) {
          const clinic_spread *r = &p->argument[a].ratio;
          x += 0.7*two_piece(&rng, log(r->median), log(r->p05), log(r->p95));
        }
        x = x > log(node->most) ? log(node->most) : x < log(node->least) ? log(node->least) : x;
        draw[k] = x + two_piece(&rng, log(s->median/(1.0 - s->median)), log(s->p05/(1.0 - s->p05)), log(s->p95/(1.0 - s->p95)));
      }
      qsort(draw, N, sizeof *draw, ascending);
      assert_close(p->p05, 1.0/(1.0 + exp(-draw[N/20])), 0.0, 0.01);
      assert_close(p->p95, 1.0/(1.0 + exp(-draw[N - N/20])), 0.0, 0.01);
      worst = fmax(worst, fabs(p->median - 1.0/(1.0 + exp(-draw[N/2]))));
    }
  }
  free(draw);
  assert_true(worst < 0.03);   // the value at all medians stands for the median of the draws
}

static void same_seed_same_bits(void **state) {
  (void)state;
  static clinic_exam e;
  static clinic_differential again;
  ps_rng rng;
  ps_rng_init(&rng, 77);
  fill(&e, &rng);
  clinic_differential_run(evidence, &e, 9, &result);
  clinic_differential_run(evidence, &e, 9, &again);
  for (int i = 0; i < result.nposterior; i++) {
    assert_memory_equal(&result.posterior[i].p05, &again.posterior[i].p05, sizeof(double));
    assert_memory_equal(&result.posterior[i].p95, &again.posterior[i].p95, sizeof(double));
  }
}

static void the_words_of_the_bands(void **state) {
  (void)state;
  static const struct { double from; const char *words; } band[] = {{0.0, "unlikely"}, {0.1, "possible, not favoured"}, {0.25, "possible"},
                                                                    {0.45, "plausible contributor"}, {0.65, "leading hypothesis (still unproven)"}};
  assert_int_equal(evidence->rules.nband, 5);
  for (int i = 0; i < 5; i++) {
    assert_close(evidence->rules.band[i].from, band[i].from, 1e-12, 0.0);
    assert_string_equal(evidence->rules.band[i].words, band[i].words);
  }
  clinic_exam e = exam_empty(clinical);
  assert_string_equal(run(&e, "IP_PAIN")->words, "possible, not favoured");   // exactly at 0.10
  triad(&e, 0);
  assert_string_equal(run(&e, "IP_PAIN")->words, "unlikely");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_worked_checks),
      cmocka_unit_test(nothing_found_leaves_every_prior),
      cmocka_unit_test(nothing_found_leaves_the_prior_of_every_condition),
      cmocka_unit_test(neutral_findings_leave_every_prior),
      cmocka_unit_test(posture_alone_moves_less_than_two_points),
      cmocka_unit_test(pain_between_the_shoulder_blades_lowers),
      cmocka_unit_test(a_free_pelvis_is_no_evidence),
      cmocka_unit_test(length_alone_hardly_moves_the_pain),
      cmocka_unit_test(the_triad_around_its_prior_and_its_cap),
      cmocka_unit_test(the_lower_cap_holds_too),
      cmocka_unit_test(no_percentage_below_five_findings),
      cmocka_unit_test(a_condition_without_a_starting_value_is_not_estimated),
      cmocka_unit_test(a_second_implementation_agrees),
      cmocka_unit_test(the_interval_is_that_of_plain_draws),
      cmocka_unit_test(same_seed_same_bits),
      cmocka_unit_test(the_words_of_the_bands),
  };
  return cmocka_run_group_tests(tests, load_tables, free_tables);
}
