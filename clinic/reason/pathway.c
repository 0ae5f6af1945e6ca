/* Evidence, probability and gates of the five pathways, and the load node. Theory: docs/theory/pathways.md.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "clinic/reason/pathway_share.h"

// ---- evidence ------------------------------------------------------------------------------------------------------

clinic_grade clinic_pathway_grade(const clinic_pathway_rule *p) {
  clinic_grade weakest = CLINIC_A;
  for (int i = 0; i < p->nclaim; i++)
    if (p->claim[i].is_link && p->claim[i].grade > weakest) weakest = p->claim[i].grade;
  return weakest;
}

bool clinic_pathway_is_hypothesis(const clinic_pathway_rule *p) {
  for (int i = 0; i < p->nclaim; i++)
    if (p->claim[i].is_link && !p->claim[i].is_supported) return true;
  return clinic_pathway_grade(p) > CLINIC_B;
}

// ---- what the exam says --------------------------------------------------------------------------------------------

static clinic_presence any_of(const int *field, int n, const clinic_exam *exam) {
  clinic_presence any = CLINIC_ABSENT;
  for (int i = 0; i < n; i++) {
    const clinic_comparison is_yes = {.n = 1, .term = {{.field = field[i], .op = CLINIC_IS, .words = 1u << CLINIC_YES}}};
    const clinic_presence p = clinic_comparison_presence(&is_yes, exam);
    if (p == CLINIC_PRESENT) return CLINIC_PRESENT;
    if (p == CLINIC_MISSING) any = CLINIC_MISSING;
  }
  return any;
}

static clinic_presence all_of(const clinic_all_of *test, const clinic_exam *exam) {
  clinic_presence all = CLINIC_PRESENT;
  for (int g = 0; g < test->ngroup; g++) {
    const clinic_presence p = any_of(test->field[g], test->n[g], exam);
    if (p == CLINIC_ABSENT) return CLINIC_ABSENT;
    if (p == CLINIC_MISSING) all = CLINIC_MISSING;
  }
  return all;
}

void clinic_pathway_findings(const clinic_pathway_rules *rules, const clinic_exam *exam, clinic_pathway_input *input) {
  for (int i = 0; i < CLINIC_NPATHWAY; i++) {
    input->needs[i] = all_of(&rules->pathway[i].needs, exam);
    input->refers[i] = all_of(&rules->pathway[i].refers, exam);
  }
}

static clinic_gate gate_of(const clinic_pathway_rule *rule, clinic_presence needs, clinic_presence refers) {
  if (rule->refers.ngroup > 0 && refers == CLINIC_PRESENT) return CLINIC_GATE_REFER;
  if (rule->needs.ngroup == 0 || needs == CLINIC_PRESENT) return CLINIC_GATE_OPEN;
  return needs == CLINIC_ABSENT ? CLINIC_GATE_CLOSED : CLINIC_GATE_UNKNOWN;
}

// ---- what the simulation says --------------------------------------------------------------------------------------

static const double Z95 = 1.6448536269514722;  // 95th percentile of the standard normal

// chance of more than x in a two-piece normal whose median and 5th and 95th percentile are given; no spread: a step
static double above(const clinic_effect *e, double x) {
  const double spread = (x >= e->value ? e->hi - e->value : e->value - e->lo)/Z95;
  if (!(spread > 0.0)) return e->value > x ? 1.0 : 0.0;
  return 0.5*erfc((x - e->value)/spread*0.70710678118654752);
}

// chance of less than x
static double below(const clinic_effect *e, double x) {
  const clinic_effect mirror = {.value = -e->value, .lo = -e->hi, .hi = -e->lo};
  return above(&mirror, -x);
}

static clinic_judged change_of(const clinic_effect_rule *rule, const clinic_effect *e) {
  clinic_judged c = {.has = e->has, .says_nothing = true};
  if (!e->has) return c;
  c.has_interval = e->has_interval;
  c.value = e->value;
  c.lo = e->has_interval ? e->lo : e->value;
  c.hi = e->has_interval ? e->hi : e->value;
  c.least = fmax(rule->least, rule->least_share*fabs(e->released));
  c.says_nothing = c.lo <= 0.0 && c.hi >= 0.0;
  if (!e->has_interval) return c;

  double up = above(e, c.least), down = below(e, -c.least);
  if (e->ndraw > 0) {
    int nup = 0, ndown = 0;
    for (int i = 0; i < e->ndraw; i++) {
      nup += e->draw[i] > c.least;
      ndown += e->draw[i] < -c.least;
    }
    up = (double)nup/e->ndraw;
    down = (double)ndown/e->ndraw;
  }
  c.any_way = fmin(up + down, 1.0);
  c.probability = rule->is_either ? c.any_way : up;
  return c;
}

static clinic_load_node load_of(const clinic_pathway_rules *rules, const clinic_judged change[CLINIC_NEFFECT]) {
  clinic_load_node node = {.has = false};
  for (int i = 0; i < CLINIC_NEFFECT; i++) {
    if (!rules->effect[i].is_load || !change[i].has_interval) continue;
    if (!node.has || change[i].any_way > node.probability) {
      node.probability = change[i].any_way;
      node.which = (clinic_effect_id)i;
    }
    node.has = true;
  }
  return node;
}

// a probability of one half says nothing, and neither does none
static double factor_of(const clinic_pathway_rules *rules, clinic_gate gate, const clinic_judged *change) {
  if (gate == CLINIC_GATE_CLOSED || gate == CLINIC_GATE_REFER) return 0.0;
  if (gate == CLINIC_GATE_UNKNOWN || !change->has_interval) return 1.0;
  return rules->floor + (2.0 - 2.0*rules->floor)*change->probability;
}

void clinic_pathways_run(const clinic_pathway_rules *rules, const clinic_pathway_input *input, clinic_pathways *out) {
  *out = (clinic_pathways){.is_simulated = false};
  for (int i = 0; i < CLINIC_NEFFECT; i++) out->change[i] = change_of(&rules->effect[i], &input->effect[i]);
  for (int i = 0; i < CLINIC_NPATHWAY; i++) {
    clinic_pathway *p = &out->pathway[i];
    p->gate = gate_of(&rules->pathway[i], input->needs[i], input->refers[i]);
    p->factor = factor_of(rules, p->gate, &out->change[i]);
    out->is_simulated |= p->gate == CLINIC_GATE_OPEN && out->change[i].has_interval;
  }
  out->load = load_of(rules, out->change);
  clinic_pathway_shares(rules, input->seed, out);
}
