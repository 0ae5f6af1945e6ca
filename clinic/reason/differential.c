/* Starting odds, arguments and intervals of the conditions. Theory: docs/theory/differential.md.
 * SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/differential.h"

#include <math.h>
#include <string.h>

#include "clinic/reason/sampling.h"

static double logit(double p) { return log(p/(1.0 - p)); }
static double logistic(double x) { return 1.0/(1.0 + exp(-x)); }

// ---- which prior and which findings count --------------------------------------------------------------------------

static int prior_of(const clinic_evidence *e, const clinic_exam *exam, int node) {
  for (int i = 0; i < e->nprior; i++)
    if (e->prior[i].node == node && clinic_comparison_presence(&e->prior[i].when, exam) == CLINIC_PRESENT) return i;
  return -1;
}

// the field on which the starting values of a node depend
static void tell_missing_prior(const clinic_evidence *e, const clinic_exam *exam, clinic_posterior *out) {
  for (int i = 0; i < e->nprior; i++) {
    const clinic_comparison *when = &e->prior[i].when;
    if (e->prior[i].node != out->node || when->n == 0) continue;
    if (!out->needs) out->needs = e->fields.field[when->term[0].field].words;
    out->is_open |= clinic_comparison_presence(when, exam) == CLINIC_MISSING;
  }
}

// what one row says of this person; false when it says nothing
static bool ratio_of(const clinic_evidence *e, const clinic_exam *exam, int row, clinic_argument *out) {
  const clinic_likelihood *l = &e->likelihood[row];
  const clinic_presence p = clinic_comparison_presence(&e->finding[l->finding].test, exam);
  if (p == CLINIC_MISSING || (p == CLINIC_PRESENT ? !l->has_positive : !l->has_negative)) return false;
  *out = (clinic_argument){.likelihood = row, .is_present = p == CLINIC_PRESENT,
                           .ratio = p == CLINIC_PRESENT ? l->positive : l->negative};
  out->log_odds = e->rules.dependence*log(out->ratio.median);
  return true;
}

// of two findings of a group the one that says more; on a tie the one that speaks against
static bool says_more(const clinic_argument *a, const clinic_argument *b) {
  const double x = fabs(a->log_odds), y = fabs(b->log_odds);
  return x > y || (x == y && a->log_odds < b->log_odds);
}

int clinic_node_arguments(const clinic_evidence *e, const clinic_exam *exam, int node, clinic_argument out[CLINIC_ARGUMENT_MAX]) {
  int n = 0;
  for (int row = 0; row < e->nlikelihood; row++) {
    clinic_argument a;
    int same = 0;
    if (e->likelihood[row].node != node || !ratio_of(e, exam, row, &a)) continue;
    while (same < n && strcmp(e->likelihood[out[same].likelihood].group, e->likelihood[row].group) != 0) same++;
    PS_ASSERT(same < CLINIC_ARGUMENT_MAX);
    if (same == n) out[n++] = a;
    else if (says_more(&a, &out[same])) out[same] = a;
  }
  return n;
}

bool clinic_node_log_odds(const clinic_evidence *e, const clinic_exam *exam, int node, int *prior, double *log_odds) {
  clinic_argument argument[CLINIC_ARGUMENT_MAX];
  *prior = prior_of(e, exam, node);
  if (*prior < 0) return false;
  *log_odds = logit(e->prior[*prior].p.median);
  const int n = clinic_node_arguments(e, exam, node, argument);
  for (int i = 0; i < n; i++) *log_odds += argument[i].log_odds;
  return true;
}

// ---- one condition -------------------------------------------------------------------------------------------------

static double capped(const clinic_node *node, double sum) { return fmin(fmax(sum, log(node->least)), log(node->most)); }

// Each argument's share of the change in probability: along the straight path from the prior's log odds a to a + S every
// argument w moves p by w times the mean slope, which is (p(a + S) - p(a))/S. The shares add up whatever the signs.
static void share_out(clinic_posterior *out, double a, double sum) {
  const double slope = fabs(sum) > 1e-9 ? (logistic(a + sum) - logistic(a))/sum : out->start*(1.0 - out->start);
  for (int i = 0; i < out->nargument; i++) out->argument[i].points = out->argument[i].log_odds*slope;
}

static void sort_arguments(clinic_posterior *out) {
  for (int i = 1; i < out->nargument; i++) {
    const clinic_argument a = out->argument[i];
    int k = i;
    for (; k > 0 && fabs(out->argument[k - 1].log_odds) < fabs(a.log_odds); k--) out->argument[k] = out->argument[k - 1];
    out->argument[k] = a;
  }
}

static void find_interval(const clinic_evidence *e, uint64_t seed, clinic_posterior *out) {
  const clinic_node *node = &e->node[out->node];
  sampling s;
  sampling_begin(&s, seed + (uint64_t)out->node);
  for (int i = 0; i < out->nargument; i++) {
    const clinic_spread *r = &out->argument[i].ratio;
    sampling_add(&s, &(clinic_spread){log(r->median), log(r->p05), log(r->p95)}, e->rules.dependence);
  }
  for (int i = 0; i < CLINIC_DRAWS; i++) s.sum[i] = capped(node, s.sum[i]);
  const clinic_spread *p = &e->prior[out->prior].p;
  sampling_add(&s, &(clinic_spread){logit(p->median), logit(p->p05), logit(p->p95)}, 1.0);
  sampling_percentiles(&s, &out->p05, &out->p95);
  out->p05 = logistic(out->p05);
  out->p95 = logistic(out->p95);
}

static double rounded(double p, double step, double most) { return step*round(fmin(p, most)/step); }

static const char *words_of(const clinic_rules *rules, double p) {
  const double eps = 1e-9;  // a starting value of exactly 0.10 went through a logarithm and back
  int k = 0;
  while (k + 1 < rules->nband && p + eps >= rules->band[k + 1].from) k++;
  return rules->nband > 0 ? rules->band[k].words : "";
}

static void show(const clinic_evidence *e, clinic_posterior *out) {
  const clinic_rules *r = &e->rules;
  const double most = e->node[out->node].most_shown;
  out->shown = rounded(out->median, r->round_to, most);
  out->shown_lo = rounded(out->p05, r->round_to, most);
  out->shown_hi = rounded(out->p95, r->round_to, most);
  out->words = words_of(r, fmin(out->median, most));
  out->is_too_wide = out->p95 - out->p05 > r->too_wide;
}

static void estimate(const clinic_evidence *e, const clinic_exam *exam, uint64_t seed, clinic_posterior *out) {
  double sum = 0.0;
  out->prior = prior_of(e, exam, out->node);
  if (out->prior < 0) {
    tell_missing_prior(e, exam, out);
    return;
  }
  const double a = logit(e->prior[out->prior].p.median);
  out->start = e->prior[out->prior].p.median;
  out->nargument = clinic_node_arguments(e, exam, out->node, out->argument);
  for (int i = 0; i < out->nargument; i++) sum += out->argument[i].log_odds;
  out->before_caps = logistic(a + sum);
  out->median = logistic(a + capped(&e->node[out->node], sum));
  out->is_capped = capped(&e->node[out->node], sum) != sum;
  out->is_untested = out->nargument == 0;
  share_out(out, a, sum);
  sort_arguments(out);
  find_interval(e, seed, out);
  show(e, out);
}

// ---- all conditions ------------------------------------------------------------------------------------------------

// fields that moved at least one condition; one that moved two, or is read in two ways, counts once
static int count_informative(const clinic_evidence *e, const clinic_differential *d) {
  bool is_counted[CLINIC_FIELD_MAX] = {false};
  int n = 0;
  for (int k = 0; k < d->nposterior; k++) {
    for (int i = 0; i < d->posterior[k].nargument; i++) {
      const clinic_argument *a = &d->posterior[k].argument[i];
      const int field = e->finding[e->likelihood[a->likelihood].finding].test.term[0].field;
      if (is_counted[field] || fabs(log(a->ratio.median)) < e->rules.informative) continue;
      is_counted[field] = true;
      n++;
    }
  }
  return n;
}

void clinic_differential_run(const clinic_evidence *e, const clinic_exam *exam, uint64_t seed, clinic_differential *out) {
  *out = (clinic_differential){.nposterior = 0};
  for (int node = 0; node < e->nnode; node++) {
    if (e->node[node].kind != CLINIC_ESTIMATED) continue;
    clinic_posterior *p = &out->posterior[out->nposterior++];
    *p = (clinic_posterior){.node = node};
    estimate(e, exam, seed, p);
  }
  out->ninformative = count_informative(e, out);
  out->is_insufficient = out->ninformative < e->rules.enough_findings;
}
