/* The pathways' rules: grades from the claims, probability of a change worth naming, the load node, gates, and shares against a second
 * implementation. Effects are made up; the tables are the product's.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/pathway.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clinic/reason/differential.h"
#include "support/check.h"
#include "support/exam.h"

enum { NDRAW = 400 };

typedef struct bench {
  files_clinical *clinical;
  const clinic_pathway_rules *rules;
  double draw[CLINIC_NEFFECT][NDRAW];
} bench;

static bench begin(void) {
  bench b = {.clinical = exam_tables()};
  b.rules = files_clinical_pathways(b.clinical);
  return b;
}

// a released value and an effect of the size of what is worth naming, so that random ones fall on both sides of it
static double scale_of(const bench *b, int k) { return b->rules->effect[k].least/(b->rules->effect[k].least_share > 0.0 ? 2.0 : 1.0); }

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// draws of an effect around `mean` with spread `sd`, and an input that holds them
static void put_effect(bench *b, clinic_pathway_input *in, int k, double mean, double sd, ps_rng *rng) {
  double sorted[NDRAW];
  for (int i = 0; i < NDRAW; i++) sorted[i] = b->draw[k][i] = mean + sd*ps_rng_normal(rng);
  qsort(sorted, NDRAW, sizeof *sorted, ascending);
  in->effect[k] = (clinic_effect){.has = true, .value = mean, .released = 3.0*scale_of(b, k), .has_interval = true,
                                  .lo = sorted[NDRAW/20], .hi = sorted[NDRAW - 1 - NDRAW/20], .draw = b->draw[k], .ndraw = NDRAW};
}

static clinic_pathway_input random_input(bench *b, ps_rng *rng) {
  clinic_pathway_input in = {.seed = ps_rng_next(rng)};
  for (int k = 0; k < CLINIC_NEFFECT; k++) {
    if (ps_rng_uniform(rng) < 0.2) continue;
    const double s = scale_of(b, k);
    put_effect(b, &in, k, s*(4.0*ps_rng_uniform(rng) - 1.0), s*(0.1 + ps_rng_uniform(rng)), rng);
  }
  for (int i = 0; i < CLINIC_NPATHWAY; i++) {
    in.needs[i] = (clinic_presence)(3.0*ps_rng_uniform(rng));
    in.refers[i] = ps_rng_uniform(rng) < 0.2 ? CLINIC_PRESENT : CLINIC_MISSING;
  }
  return in;
}

// ---- a second implementation, written from docs/theory/pathways.md ---------------------------------------------------

static double probability_again(const clinic_effect_rule *r, const clinic_effect *e) {
  const double least = r->least > r->least_share*fabs(e->released) ? r->least : r->least_share*fabs(e->released);
  int n = 0;
  for (int i = 0; i < e->ndraw; i++) n += (r->is_either ? fabs(e->draw[i]) : e->draw[i]) > least;
  return (double)n/e->ndraw;
}

// shares at given starting values: bisection on the common multiple m of min(cap, m * weight) that makes them add up to one
static void shares_again(const clinic_pathway_rules *r, const double start[6], const double factor[6], double share[6]) {
  double lo = 0.0, hi = 1e6;
  for (int step = 0; step < 200; step++) {
    const double m = 0.5*(lo + hi);
    double sum = 0.0;
    for (int k = 0; k < 6; k++) {
      const double cap = k < 5 ? r->pathway[k].most : 1.0;
      share[k] = fmin(cap, m*start[k]*factor[k]);
      sum += share[k];
    }
    if (sum > 1.0) hi = m;
    else lo = m;
  }
}

static void factors_again(const clinic_pathway_rules *r, const clinic_pathway_input *in, double factor[6]) {
  for (int k = 0; k < 6; k++) {
    factor[k] = 1.0;
    if (k == 5 || !in->effect[k].has) continue;
    const double p = probability_again(&r->effect[k], &in->effect[k]);
    factor[k] = r->floor + (1.0 - r->floor)*2.0*p;
  }
  // the nerves: a doctor first, nothing without symptoms, no change while they are unknown
  if (in->needs[4] == CLINIC_MISSING) factor[4] = 1.0;
  if (in->refers[4] == CLINIC_PRESENT || in->needs[4] == CLINIC_ABSENT) factor[4] = 0.0;
}

static void shares_equal_a_second_implementation(void **state) {
  (void)state;
  bench b = begin();
  ps_rng rng;
  ps_rng_init(&rng, 2385);
  for (int trial = 0; trial < 100; trial++) {
    const clinic_pathway_input in = random_input(&b, &rng);
    clinic_pathways out;
    clinic_pathways_run(b.rules, &in, &out);
    double start[6], factor[6], want[6], plain[6] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0}, want_start[6], sum = out.local.median;
    for (int k = 0; k < 6; k++) start[k] = b.rules->start[k].p.median;
    factors_again(b.rules, &in, factor);
    shares_again(b.rules, start, factor, want);
    shares_again(b.rules, start, plain, want_start);
    for (int k = 0; k < CLINIC_NPATHWAY; k++) {
      const clinic_pathway *p = &out.pathway[k];
      if (in.effect[k].has) assert_close(out.change[k].probability, probability_again(&b.rules->effect[k], &in.effect[k]), 0.0, 1e-12);
      assert_close(p->factor, factor[k], 1e-12, 0.0);
      assert_close(p->share.median, want[k], 1e-9, 1e-12);
      assert_close(p->start, want_start[k], 1e-9, 0.0);
      assert_true(p->share.p05 <= p->share.median && p->share.median <= p->share.p95);
      assert_true(p->share.p95 <= b.rules->pathway[k].most);
      assert_true(p->is_capped == (want[k] >= b.rules->pathway[k].most));
      sum += p->share.median;
    }
    assert_close(out.local.median, want[CLINIC_LOCAL], 1e-9, 0.0);
    assert_close(sum, 1.0, 1e-12, 0.0);
  }
  files_clinical_free(b.clinical);
}

// 40,000 plain draws instead of stratified ones
static void intervals_equal_plain_sampling(void **state) {
  (void)state;
  enum { N = 40000 };
  static double share[6][N];
  bench b = begin();
  ps_rng rng;
  ps_rng_init(&rng, 77);
  clinic_pathway_input in = {.seed = 5};
  in.needs[4] = CLINIC_PRESENT;
  for (int k = 0; k < CLINIC_NPATHWAY; k++) put_effect(&b, &in, k, 1.5*scale_of(&b, k), scale_of(&b, k), &rng);
  clinic_pathways out;
  clinic_pathways_run(b.rules, &in, &out);
  double factor[6];
  factors_again(b.rules, &in, factor);
  for (int i = 0; i < N; i++) {
    double start[6], one[6];
    for (int k = 0; k < 6; k++) {
      const clinic_spread *p = &b.rules->start[k].p;
      const double z = ps_rng_normal(&rng), middle = log(p->median/(1.0 - p->median)), end = z < 0.0 ? p->p05 : p->p95;
      start[k] = 1.0/(1.0 + exp(-middle - z*fabs(log(end/(1.0 - end)) - middle)/1.6448536269514722));
    }
    shares_again(b.rules, start, factor, one);
    for (int k = 0; k < 6; k++) share[k][i] = one[k];
  }
  for (int k = 0; k < 6; k++) {
    const clinic_spread *s = k < 5 ? &out.pathway[k].share : &out.local;
    qsort(share[k], N, sizeof(double), ascending);
    assert_close(s->p05, share[k][N/20], 0.0, 0.006);
    assert_close(s->p95, share[k][N - N/20], 0.0, 0.006);
  }
  files_clinical_free(b.clinical);
}

// ---- properties ------------------------------------------------------------------------------------------------------

static void without_simulation_the_start_stands(void **state) {
  (void)state;
  bench b = begin();
  const clinic_pathway_input in = {.seed = 1};
  clinic_pathways out;
  clinic_pathways_run(b.rules, &in, &out);
  assert_false(out.is_simulated);
  assert_false(out.load.has);
  // 0.40, 0.03, 0.20, 0.30, 0.03 and 0.15 over their sum
  const double want[] = {0.40/1.11, 0.03/1.11, 0.20/1.11, 0.30/1.11, 0.03/1.11};
  for (int k = 0; k < CLINIC_NPATHWAY; k++) {
    assert_close(out.pathway[k].share.median, want[k], 1e-12, 0.0);
    assert_close(out.pathway[k].start, want[k], 1e-12, 0.0);
    assert_true(out.change[k].says_nothing);
  }
  assert_close(out.local.median, 0.15/1.11, 1e-12, 0.0);

  // a value without an interval moves nothing either
  clinic_pathway_input one = in;
  one.effect[0] = (clinic_effect){.has = true, .value = 200.0, .released = 500.0};
  clinic_pathways again;
  clinic_pathways_run(b.rules, &one, &again);
  assert_false(again.is_simulated);
  assert_false(again.change[0].says_nothing);
  assert_close(again.pathway[0].share.median, want[0], 1e-12, 0.0);
  files_clinical_free(b.clinical);
}

static void a_larger_effect_never_lowers_its_own_share(void **state) {
  (void)state;
  bench b = begin();
  ps_rng rng;
  ps_rng_init(&rng, 11);
  for (int trial = 0; trial < 60; trial++) {
    clinic_pathway_input in = random_input(&b, &rng);
    const int k = trial % CLINIC_NPATHWAY;
    if (!in.effect[k].has) continue;
    double before = -1.0, load = -1.0;
    const bool is_either = b.rules->effect[k].is_either;
    for (int step = 0; step < 6; step++) {
      clinic_pathways out;
      clinic_pathways_run(b.rules, &in, &out);
      assert_true(out.pathway[k].share.median >= before);
      if (k == CLINIC_THORACOLUMBAR_MOMENT) assert_true(out.change[k].any_way >= load);
      before = out.pathway[k].share.median;
      load = out.change[k].any_way;
      // in the direction of the claim; where it names none, both ways
      for (int i = 0; i < NDRAW; i++) b.draw[k][i] = is_either ? 1.5*b.draw[k][i] : b.draw[k][i] + 0.7*scale_of(&b, k);
    }
  }
  files_clinical_free(b.clinical);
}

static void the_order_of_draws_does_not_matter(void **state) {
  (void)state;
  bench b = begin();
  ps_rng rng;
  ps_rng_init(&rng, 3);
  const clinic_pathway_input in = random_input(&b, &rng);
  clinic_pathways out, again;
  clinic_pathways_run(b.rules, &in, &out);
  for (int k = 0; k < CLINIC_NEFFECT; k++)
    for (int i = 0; i < NDRAW/2; i++) {
      const double t = b.draw[k][i];
      b.draw[k][i] = b.draw[k][NDRAW - 1 - i];
      b.draw[k][NDRAW - 1 - i] = t;
    }
  clinic_pathways_run(b.rules, &in, &again);
  for (int k = 0; k < CLINIC_NPATHWAY; k++) {
    const clinic_spread *x = &out.pathway[k].share, *y = &again.pathway[k].share;
    assert_true(x->median == y->median && x->p05 == y->p05 && x->p95 == y->p95);
  }
  assert_true(out.load.probability == again.load.probability);
  files_clinical_free(b.clinical);
}

// a model alone makes nothing impossible, and certain of nothing leaves room for muscle and tendon themselves
static void nothing_found_raises_local(void **state) {
  (void)state;
  bench b = begin();
  clinic_pathway_input in = {.seed = 1};
  for (int k = 0; k < CLINIC_NEFFECT; k++)
    in.effect[k] = (clinic_effect){.has = true, .released = 100.0*scale_of(&b, k), .has_interval = true};
  clinic_pathways out;
  clinic_pathways_run(b.rules, &in, &out);
  assert_true(out.is_simulated);
  assert_close(out.load.probability, 0.0, 0.0, 0.0);
  assert_true(out.local.median > 2.0*out.local_start);
  for (int k = 0; k < CLINIC_NPATHWAY; k++) {
    assert_true(out.change[k].says_nothing);
    assert_close(out.change[k].probability, 0.0, 0.0, 0.0);
    if (k != CLINIC_PSOAS_STRESS) assert_close(out.pathway[k].factor, 0.25, 0.0, 0.0);
    assert_true(out.pathway[k].share.median > 0.0);
  }
  files_clinical_free(b.clinical);
}

// even when the model is sure and all others do nothing
static void caps_hold(void **state) {
  (void)state;
  bench b = begin();
  clinic_pathway_rules rules = *b.rules;
  rules.start[1].p = rules.start[4].p = (clinic_spread){0.6, 0.5, 0.7};
  clinic_pathway_input in = {.seed = 1};
  in.needs[4] = CLINIC_PRESENT;
  for (int k = 0; k < CLINIC_NPATHWAY; k++) {
    const double x = k == 1 || k == 4 ? 50.0*scale_of(&b, k) : 0.0;
    in.effect[k] = (clinic_effect){.has = true, .value = x, .has_interval = true, .lo = x, .hi = x};
  }
  clinic_pathways out;
  clinic_pathways_run(&rules, &in, &out);
  double sum = out.local.median;
  for (int k = 0; k < CLINIC_NPATHWAY; k++) sum += out.pathway[k].share.median;
  assert_close(sum, 1.0, 1e-12, 0.0);
  assert_close(out.pathway[1].share.median, 0.10, 1e-12, 0.0);
  assert_close(out.pathway[4].share.median, 0.10, 1e-12, 0.0);
  assert_true(out.pathway[1].is_capped && out.pathway[4].is_capped && !out.pathway[0].is_capped);
  assert_close(out.pathway[1].share.p95, 0.10, 1e-12, 0.0);
  files_clinical_free(b.clinical);
}

// ---- probability and load node ---------------------------------------------------------------------------------------

static void probability_without_draws_is_that_of_the_interval(void **state) {
  (void)state;
  bench b = begin();
  clinic_pathway_input in = {.seed = 1};
  // 10 % of 500 N are worth naming: the upper half reaches 80 N at the 95th percentile, the lower -10 N at the 5th
  in.effect[0] = (clinic_effect){.has = true, .value = 50.0, .released = 500.0, .has_interval = true, .lo = -10.0, .hi = 80.0};
  clinic_pathways out;
  clinic_pathways_run(b.rules, &in, &out);
  assert_close(out.change[0].least, 50.0, 0.0, 0.0);
  assert_close(out.change[0].probability, 0.5, 1e-12, 0.0);
  assert_true(out.change[0].says_nothing);
  in.effect[0].value = 20.0;
  clinic_pathways_run(b.rules, &in, &out);
  assert_close(out.change[0].probability, 0.205417012, 0.0, 1e-8);  // 1 - Phi(30*1.644854/60)
  in.effect[0].lo = 5.0;
  clinic_pathways_run(b.rules, &in, &out);
  assert_false(out.change[0].says_nothing);

  // no spread: a step, and at the limit itself nothing
  in.effect[0] = (clinic_effect){.has = true, .value = 50.0, .released = 500.0, .has_interval = true, .lo = 50.0, .hi = 50.0};
  clinic_pathways_run(b.rules, &in, &out);
  assert_close(out.change[0].probability, 0.0, 0.0, 0.0);
  in.effect[0].value = in.effect[0].lo = in.effect[0].hi = 50.1;
  clinic_pathways_run(b.rules, &in, &out);
  assert_close(out.change[0].probability, 1.0, 0.0, 0.0);

  // a change against the claim counts for the load, not for the pathway
  in.effect[0].value = in.effect[0].lo = in.effect[0].hi = -50.1;
  clinic_pathways_run(b.rules, &in, &out);
  assert_close(out.change[0].probability, 0.0, 0.0, 0.0);
  assert_close(out.change[0].any_way, 1.0, 0.0, 0.0);
  assert_close(out.load.probability, 1.0, 0.0, 0.0);
  files_clinical_free(b.clinical);
}

static void the_load_node_is_the_likeliest_load(void **state) {
  (void)state;
  bench b = begin();
  clinic_pathway_input in = {.seed = 1};
  clinic_pathways out;
  // tilt, activation and stress are no loads of the back
  for (int k = 0; k < CLINIC_NEFFECT; k++) {
    if (b.rules->effect[k].is_load) continue;
    in.effect[k] = (clinic_effect){.has = true, .value = 1e3*scale_of(&b, k), .has_interval = true, .lo = 1e3*scale_of(&b, k), .hi = 1e3*scale_of(&b, k)};
  }
  clinic_pathways_run(b.rules, &in, &out);
  assert_false(out.load.has);
  const double p[] = {0.25, 0.75, 0.5};
  const int which[] = {CLINIC_LUMBAR_COMPRESSION, CLINIC_THORACOLUMBAR_MOMENT, CLINIC_SACROILIAC_SHEAR};
  for (int i = 0; i < 3; i++) {
    const int k = which[i];
    for (int n = 0; n < NDRAW; n++) b.draw[k][n] = n < p[i]*NDRAW ? -1e3*scale_of(&b, k) : 0.0;
    in.effect[k] = (clinic_effect){.has = true, .has_interval = true, .draw = b.draw[k], .ndraw = NDRAW};
  }
  clinic_pathways_run(b.rules, &in, &out);
  assert_true(out.load.has);
  assert_close(out.load.probability, 0.75, 0.0, 0.0);
  assert_int_equal(out.load.which, CLINIC_THORACOLUMBAR_MOMENT);

  // against the claim's direction it is a change of load all the same
  clinic_pathway_rules rules = *b.rules;
  rules.effect[CLINIC_SACROILIAC_SHEAR].is_either = false;
  for (int n = 0; n < NDRAW; n++) b.draw[CLINIC_SACROILIAC_SHEAR][n] = -1e3*scale_of(&b, CLINIC_SACROILIAC_SHEAR);
  clinic_pathways_run(&rules, &in, &out);
  assert_close(out.load.probability, 1.0, 0.0, 0.0);
  assert_int_equal(out.load.which, CLINIC_SACROILIAC_SHEAR);
  files_clinical_free(b.clinical);
}

// ---- gates -----------------------------------------------------------------------------------------------------------

static clinic_pathway fifth(const bench *b, const clinic_exam *exam) {
  clinic_pathway_input in = {.seed = 1};
  const double x = 50.0*scale_of(b, CLINIC_PSOAS_STRESS);
  in.effect[CLINIC_PSOAS_STRESS] = (clinic_effect){.has = true, .value = x, .has_interval = true, .lo = x, .hi = x};
  clinic_pathway_findings(b->rules, exam, &in);
  clinic_pathways out;
  clinic_pathways_run(b->rules, &in, &out);
  double sum = out.local.median;
  for (int k = 0; k < CLINIC_NPATHWAY; k++) sum += out.pathway[k].share.median;
  assert_close(sum, 1.0, 1e-12, 0.0);
  for (int k = 0; k < 4; k++) assert_int_equal(out.pathway[k].gate, CLINIC_GATE_OPEN);
  return out.pathway[4];
}

static void nerves_need_symptoms_and_deficits_a_doctor(void **state) {
  (void)state;
  bench b = begin();
  clinic_exam exam = exam_empty(b.clinical);
  clinic_exam_derive(&exam);
  clinic_pathway p = fifth(&b, &exam);
  assert_int_equal(p.gate, CLINIC_GATE_UNKNOWN);
  assert_close(p.factor, 1.0, 0.0, 0.0);
  assert_close(p.share.median, 0.03/1.11, 1e-12, 0.0);

  // a pain map without groin or thigh, and no numbness there
  exam_pain(&exam, "low_back", 5.0);
  exam_answer(&exam, "signs.numb_front_inner_thigh", 0, CLINIC_NO);
  clinic_exam_derive(&exam);
  p = fifth(&b, &exam);
  assert_int_equal(p.gate, CLINIC_GATE_CLOSED);
  assert_close(p.share.median, 0.0, 0.0, 0.0);
  assert_close(p.share.p95, 0.0, 0.0, 0.0);

  exam_pain(&exam, "groin", 3.0);
  clinic_exam_derive(&exam);
  p = fifth(&b, &exam);
  assert_int_equal(p.gate, CLINIC_GATE_OPEN);
  assert_close(p.factor, 1.75, 0.0, 0.0);

  // numb alone does not refer by this rule, weak alone neither; not sure is no yes
  exam_answer(&exam, "signs.numb_front_inner_thigh", 0, CLINIC_YES);
  clinic_exam_derive(&exam);
  assert_int_equal(fifth(&b, &exam).gate, CLINIC_GATE_OPEN);
  exam_answer(&exam, "muscle_tests.knee_extension_weak", CLINIC_LEFT, CLINIC_NOT_SURE);
  assert_int_equal(fifth(&b, &exam).gate, CLINIC_GATE_OPEN);
  static const char *const numb[] = {"signs.numb_front_inner_thigh", "signs.numb_outer_thigh", "muscle_tests.dermatome_loss"};
  static const char *const weak[] = {"muscle_tests.knee_extension_weak", "muscle_tests.hip_abductor_weak"};
  for (int i = 0; i < 3; i++) {
    for (int k = 0; k < 2; k++) {
      clinic_exam one = exam_empty(b.clinical);
      exam_pain(&one, "groin", 3.0);
      exam_answer(&one, numb[i], EXAM_BOTH, CLINIC_YES);
      exam_answer(&one, weak[k], EXAM_BOTH, CLINIC_YES);
      clinic_exam_derive(&one);
      p = fifth(&b, &one);
      assert_int_equal(p.gate, CLINIC_GATE_REFER);
      assert_close(p.share.median, 0.0, 0.0, 0.0);
    }
  }
  files_clinical_free(b.clinical);
}

// ---- evidence --------------------------------------------------------------------------------------------------------

static void grades_follow_the_claims(void **state) {
  (void)state;
  bench b = begin();
  static const clinic_grade grade[] = {CLINIC_D, CLINIC_X, CLINIC_C, CLINIC_D, CLINIC_D};
  static const char *const verdict[] = {"mixed/weak", "unsupported", "partly supported", "partly plausible", "unproven for tightness"};
  for (int k = 0; k < CLINIC_NPATHWAY; k++) {
    const clinic_pathway_rule *p = &b.rules->pathway[k];
    assert_int_equal(clinic_pathway_grade(p), grade[k]);
    assert_string_equal(p->claim[0].verdict, verdict[k]);
    assert_true(clinic_pathway_is_hypothesis(p));
  }

  // the weakest link decides, what stands beside does not; "hypothesis" falls only when all links are supported by A or B
  clinic_pathway_rule p = b.rules->pathway[2];
  assert_int_equal(p.nclaim, 3);
  assert_false(p.claim[2].is_link);
  p.claim[0].grade = CLINIC_A;
  assert_int_equal(clinic_pathway_grade(&p), CLINIC_B);
  assert_true(clinic_pathway_is_hypothesis(&p));
  p.claim[0].is_supported = true;
  assert_true(clinic_pathway_is_hypothesis(&p));
  p.claim[1].is_supported = true;
  assert_false(clinic_pathway_is_hypothesis(&p));
  p.claim[1].grade = CLINIC_C;
  assert_true(clinic_pathway_is_hypothesis(&p));
  files_clinical_free(b.clinical);
}

// ---- pain ------------------------------------------------------------------------------------------------------------

static double pain_of(const bench *b, const clinic_exam *exam) {
  const clinic_evidence *e = files_clinical_evidence(b->clinical);
  clinic_differential d;
  clinic_differential_run(e, exam, 1, &d);
  for (int i = 0; i < d.nposterior; i++)
    if (strcmp(e->node[d.posterior[i].node].id, "IP_PAIN") == 0) return d.posterior[i].median;
  fail_msg("no IP_PAIN");
  return 0.0;
}

// length, tilt and hollow of the back, and whatever follows from them in the model, leave the pain node where it is
static void loads_and_length_hardly_move_pain(void **state) {
  (void)state;
  bench b = begin();
  ps_rng rng;
  ps_rng_init(&rng, 8);
  clinic_exam typical = exam_empty(b.clinical);
  exam_person(&typical, "female", 40.0);
  exam_pain(&typical, "low_back", 5.0);
  clinic_exam_derive(&typical);
  const double before = pain_of(&b, &typical);
  for (int trial = 0; trial < 40; trial++) {
    clinic_exam exam = typical;
    const double angle = -25.0 + 55.0*ps_rng_uniform(&rng);
    exam_thomas(&exam, angle, angle);
    exam_number(&exam, "person.asis_psis_tilt", 0, 25.0*ps_rng_uniform(&rng));
    exam_number(&exam, "person.lordosis", 0, 20.0 + 60.0*ps_rng_uniform(&rng));
    if (trial % 2) {
      exam_word(&exam, "posture_findings.pelvis_judged", 0, "forward");
      exam_word(&exam, "posture_findings.lordosis_judged", 0, "increased");
    }
    clinic_exam_derive(&exam);
    clinic_pathway_input in = random_input(&b, &rng);
    clinic_pathway_findings(b.rules, &exam, &in);
    clinic_pathways out;
    clinic_pathways_run(b.rules, &in, &out);
    if (fabs(pain_of(&b, &exam) - before) >= 0.02) fail_msg("Thomas %g moved pain from %g to %g", angle, before, pain_of(&b, &exam));
  }
  // and no finding of the tables can be read from a load: a simulated node takes none
  const clinic_evidence *e = files_clinical_evidence(b.clinical);
  for (int i = 0; i < e->nlikelihood; i++) assert_int_not_equal(e->node[e->likelihood[i].node].kind, CLINIC_SIMULATED);
  files_clinical_free(b.clinical);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shares_equal_a_second_implementation),
      cmocka_unit_test(intervals_equal_plain_sampling),
      cmocka_unit_test(without_simulation_the_start_stands),
      cmocka_unit_test(a_larger_effect_never_lowers_its_own_share),
      cmocka_unit_test(the_order_of_draws_does_not_matter),
      cmocka_unit_test(nothing_found_raises_local),
      cmocka_unit_test(caps_hold),
      cmocka_unit_test(probability_without_draws_is_that_of_the_interval),
      cmocka_unit_test(the_load_node_is_the_likeliest_load),
      cmocka_unit_test(nerves_need_symptoms_and_deficits_a_doctor),
      cmocka_unit_test(grades_follow_the_claims),
      cmocka_unit_test(loads_and_length_hardly_move_pain),
  };
  return cmocka_run_group_tests_name("pathway_share", tests, NULL, NULL);
}
