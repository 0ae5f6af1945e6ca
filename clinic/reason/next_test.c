/* Which test tells most. Theory: docs/theory/differential.md. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/next_test.h"

#include <math.h>
#include <string.h>

#include "clinic/reason/information.h"

// ---- what is done and what applies ---------------------------------------------------------------------------------

static bool is_recorded(const clinic_exam *exam, int field) {
  const clinic_value *v = exam->value[field];
  if (!exam->fields->field[field].is_sided) return v[0].has;
  return v[CLINIC_RIGHT].has && v[CLINIC_LEFT].has;
}

static bool is_done(const clinic_trial *t, const clinic_exam *exam, const clinic_safety *safety) {
  int n = 0;
  if (t->nfield == 0) return safety->status == CLINIC_CLEAR;
  for (int i = 0; i < t->nfield; i++) n += is_recorded(exam, t->field[i]);
  return t->is_any ? n > 0 : n == t->nfield;
}

static bool applies(const clinic_trial *t, const clinic_exam *exam) {
  const clinic_presence p = clinic_comparison_presence(&t->when, exam);
  return p == CLINIC_PRESENT || (p == CLINIC_MISSING && t->is_mandatory);
}

// a Thomas test with the pelvis free moves no estimate: it is still to be done
static void forget_uncontrolled(clinic_exam *exam) {
  const int angle = clinic_field_find(exam->fields, "person.thomas_hip_angle");
  const int control = clinic_field_find(exam->fields, "person.thomas_pelvis_controlled");
  for (int side = 0; side < 2 && angle >= 0 && control >= 0; side++) {
    const clinic_value *c = &exam->value[control][side];
    if (c->has && c->choice == CLINIC_YES) continue;
    exam->value[angle][side].has = exam->value[control][side].has = false;
  }
}

// ---- what it would tell --------------------------------------------------------------------------------------------

static void assign(clinic_exam *exam, const clinic_assign *a) {
  const clinic_field *f = &exam->fields->field[a->field];
  const bool is_number = f->kind == CLINIC_NUMBER || f->kind == CLINIC_WHOLE || f->kind == CLINIC_MEASURE;
  for (int side = 0; side < 2; side++) {
    clinic_value *v = &exam->value[a->field][side];
    if (v->has || (a->side >= 0 && side != a->side) || (!f->is_sided && side > 0)) continue;
    *v = (clinic_value){.has = true, .choice = is_number ? 0 : (int)a->value, .number = a->value, .nrepeat = 1,
                        .repeat = {a->value}, .text = ""};
  }
}

// log odds of every node after one outcome; NaN where its starting value is not the one of before
static void imagine(const clinic_evidence *e, const clinic_exam *exam, const clinic_outcome *outcome, const int *prior,
                    double log_odds[CLINIC_NODE_MAX]) {
  clinic_exam after = *exam;
  for (int i = 0; i < outcome->n; i++) assign(&after, &outcome->assign[i]);
  clinic_exam_derive(&after);
  for (int node = 0; node < e->nnode; node++) {
    int now = -1;
    log_odds[node] = NAN;
    if (prior[node] < 0) continue;
    if (!clinic_node_log_odds(e, &after, node, &now, &log_odds[node]) || now != prior[node]) log_odds[node] = NAN;
  }
}

// the outcomes whose ratios differ; returns how many, 0 when one is unknown
static int distinct(const double *ratio, int n, double out[CLINIC_OUTCOME_MAX]) {
  int m = 0;
  for (int i = 0; i < n; i++) {
    int k = 0;
    if (!isfinite(ratio[i])) return 0;
    while (k < m && fabs(out[k] - ratio[i]) > 1e-9*ratio[i]) k++;
    if (k == m) out[m++] = ratio[i];
  }
  return m;
}

// Results that only raise, or only lower: the table has a ratio for one answer and none for the other. Their chance in people
// without the condition is then not fixed by the ratios and is taken from the rules.
static void one_sided_chances(const clinic_rules *rules, const double *ratio, int n, double *chance) {
  double rest = 1.0;
  int none = -1;
  for (int i = 0; i < n; i++) {
    if (fabs(ratio[i] - 1.0) < 1e-9) {
      none = i;
      continue;
    }
    chance[i] = (ratio[i] > 1.0 ? rules->chance_raising : rules->chance_lowering)/(n - 1);
    rest -= chance[i];
  }
  if (none >= 0) chance[none] = rest;
}

static double gain_of_node(const clinic_rules *rules, double before, const double *after, int n) {
  double ratio[CLINIC_OUTCOME_MAX], r[CLINIC_OUTCOME_MAX], chance[CLINIC_OUTCOME_MAX];
  for (int i = 0; i < n; i++) ratio[i] = exp(after[i] - before);
  const int m = distinct(ratio, n, r);
  if (m < 2) return 0.0;
  if (!clinic_outcome_chances(r, m, chance)) one_sided_chances(rules, r, m, chance);
  return clinic_expected_bits(1.0/(1.0 + exp(-before)), r, chance, m);
}

typedef struct gain_base {  // every node before the test
  int prior[CLINIC_NODE_MAX];
  double log_odds[CLINIC_NODE_MAX];
} gain_base;

static void find_gain(const clinic_evidence *e, const clinic_exam *exam, const gain_base *base, clinic_next *out) {
  const clinic_trial *t = &e->trial[out->trial];
  double after[CLINIC_OUTCOME_MAX][CLINIC_NODE_MAX], most = 0.0;
  for (int y = 0; y < t->noutcome; y++) imagine(e, exam, &t->outcome[y], base->prior, after[y]);
  for (int node = 0; node < e->nnode; node++) {
    double of_node[CLINIC_OUTCOME_MAX];
    if (base->prior[node] < 0 || t->noutcome < 2) continue;
    for (int y = 0; y < t->noutcome; y++) of_node[y] = after[y][node];
    const double bits = gain_of_node(&e->rules, base->log_odds[node], of_node, t->noutcome);
    out->gain_bits += bits;
    if (bits > most) {
      most = bits;
      out->most = node;
    }
  }
}

// professions whose training covers nerves and joints; hands on the abdomen need their own tick from everybody
static bool is_trained(const clinic_exam *exam, const char *competency) {
  static const char *const profession[] = {"physiotherapist", "osteopath", "chiropractor", "doctor"};
  if (clinic_exam_has_word(exam, "role.competencies", competency)) return true;
  if (strcmp(competency, "abdominal_palpation") == 0) return false;
  for (int i = 0; i < 4; i++)
    if (clinic_exam_has_word(exam, "role.profession", profession[i])) return true;
  return false;
}

static void find_permission(const clinic_trial *t, const clinic_exam *exam, const clinic_permission *permission, clinic_next *out) {
  out->is_allowed = true;
  if (t->is_trained && !is_trained(exam, t->competency)) out->why_not = "needs training that the exam's role does not name";
  else if (t->technique >= 0 && permission[t->technique].verdict >= CLINIC_CLEAR_FIRST)
    out->why_not = permission[t->technique].verdict == CLINIC_BLOCK ? "a contraindication or the safety screen forbids it"
                                                                    : "safety questions about it are open";
  if (out->why_not) out->is_allowed = false;
}

// ---- the list ------------------------------------------------------------------------------------------------------

// mandatory ones first in the order of the table, then what may be done, then by gain
static bool goes_before(const clinic_next *a, const clinic_next *b) {
  if (a->is_mandatory != b->is_mandatory) return a->is_mandatory;
  if (a->is_mandatory) return a->trial < b->trial;
  if (a->is_allowed != b->is_allowed) return a->is_allowed;
  return a->gain_bits > b->gain_bits || (a->gain_bits == b->gain_bits && a->trial < b->trial);
}

static void insert(clinic_next *list, int n, const clinic_next *item) {
  int k = n;
  for (; k > 0 && goes_before(item, &list[k - 1]); k--) list[k] = list[k - 1];
  list[k] = *item;
}

int clinic_next_tests(const clinic_evidence *e, const clinic_exam *recorded, const clinic_safety *safety,
                      const clinic_permission permission[CLINIC_NTECHNIQUE], clinic_next next[CLINIC_TRIAL_MAX]) {
  int n = 0;
  gain_base base = {.prior = {0}};
  clinic_exam exam = *recorded;
  forget_uncontrolled(&exam);
  clinic_exam_derive(&exam);
  for (int node = 0; node < e->nnode; node++) {
    base.prior[node] = -1;
    if (e->node[node].kind == CLINIC_ESTIMATED) clinic_node_log_odds(e, &exam, node, &base.prior[node], &base.log_odds[node]);
  }
  for (int i = 0; i < e->ntrial; i++) {
    const clinic_trial *t = &e->trial[i];
    clinic_next item = {.trial = i, .is_mandatory = t->is_mandatory, .most = -1};
    if (is_done(t, &exam, safety) || !applies(t, &exam)) continue;
    find_gain(e, &exam, &base, &item);
    find_permission(t, &exam, permission, &item);
    if (!item.is_mandatory && item.gain_bits < 1e-6) continue;  // it would move nothing
    insert(next, n++, &item);
  }
  return n;
}
