/* What changed between two exams. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/change/change.h"

#include <math.h>

static const double MDC_OF_SEM = 1.96*1.4142135623730951;  // 95 % of the differences of two readings
static const double SLACK = 1e-9;  // differences of decimals: 8.3 - 1.3 is not more than 7

// ---- words ---------------------------------------------------------------------------------------------------------

const char *clinic_change_verdict_text(clinic_change_verdict verdict) {
  static const char *const text[] = {"no real change", "better", "worse", "changed", "not comparable"};
  return text[verdict];
}

const char *clinic_change_why_text(clinic_change_why why) {
  static const char *const text[] = {"", "not in both", "other method", "pelvis not held", "no published error: not judged",
                                     "error is a share of zero"};
  return text[why];
}

const char *clinic_matters_text(clinic_matters matters) {
  static const char *const text[] = {"cannot be said", "no", "yes"};
  return text[matters];
}

// ---- one field of one exam -----------------------------------------------------------------------------------------

static bool is_met(const clinic_change_rule *r, const clinic_exam *exam, int side) {
  if (r->needs < 0) return true;
  const clinic_value *v = &exam->value[r->needs][exam->fields->field[r->needs].is_sided ? side : 0];
  return v->has && v->choice == CLINIC_YES;
}

static int method_of(const clinic_exam *exam, int field, int side) {
  return exam->fields->field[field].kind == CLINIC_MEASURE ? exam->value[field][side].choice : -1;
}

int clinic_change_find(const clinic_change_rules *rules, int field, int method) {
  int any = -1;
  for (int i = 0; i < rules->n; i++) {
    const clinic_change_rule *r = &rules->rule[i];
    if (r->field != field) continue;
    if (r->method >= 0 && r->method == method) return i;
    if (r->method < 0) any = i;
  }
  return any;
}

typedef struct origin { int field, method; } origin;  // what a value was read or computed from; field -1: unknown

// of a difference: the first part that both sides have by one method and that counts
static origin origin_of(const clinic_change_rules *rules, const clinic_change_rule *r, const clinic_exam *exam, int side) {
  if (r->npart == 0) return (origin){r->field, method_of(exam, r->field, side)};
  for (int k = 0; k < r->npart; k++) {
    const int field = r->part[k], method = method_of(exam, field, CLINIC_RIGHT);
    const int row = clinic_change_find(rules, field, method);
    if (row < 0 || !exam->value[field][CLINIC_RIGHT].has || !exam->value[field][CLINIC_LEFT].has) continue;
    const clinic_change_rule *part = &rules->rule[row];
    const bool is_one = method == method_of(exam, field, CLINIC_LEFT);
    if (is_one && is_met(part, exam, CLINIC_RIGHT) && is_met(part, exam, CLINIC_LEFT)) return (origin){field, method};
  }
  return (origin){-1, -1};
}

// ---- errors --------------------------------------------------------------------------------------------------------

typedef struct pool { double squares; int freedom; } pool;

static void add_set(pool *p, const clinic_value *v) {
  double mean = 0.0;
  for (int i = 0; i < v->nrepeat; i++) mean += v->repeat[i]/v->nrepeat;
  for (int i = 0; i < v->nrepeat; i++) p->squares += (v->repeat[i] - mean)*(v->repeat[i] - mean);
  p->freedom += v->nrepeat - 1;
}

// all sets of repeats of what the value comes from
static pool own_error(const clinic_change_rules *rules, origin from, const clinic_exam *const exam[2]) {
  pool p = {0.0, 0};
  const int row = from.field < 0 ? -1 : clinic_change_find(rules, from.field, from.method);
  if (row < 0) return p;
  for (int e = 0; e < 2; e++) {
    for (int side = 0; side < (exam[e]->fields->field[from.field].is_sided ? 2 : 1); side++) {
      const clinic_value *v = &exam[e]->value[from.field][side];
      const bool counts = v->nrepeat >= 2 && method_of(exam[e], from.field, side) == from.method;
      if (counts && is_met(&rules->rule[row], exam[e], side)) add_set(&p, v);
    }
  }
  return p;
}

// published and own error, and which of them counts
static void find_error(const clinic_change_rule *r, const pool *p, clinic_change *c) {
  const double unit = r->is_relative ? fabs(c->before)/100.0 : 1.0;
  c->published = unit*(r->sem > 0.0 ? r->sem : r->mdc95/MDC_OF_SEM);
  c->mdc95 = unit*(r->mdc95 > 0.0 ? r->mdc95 : MDC_OF_SEM*r->sem);
  c->own_freedom = p->freedom;
  if (p->freedom < CLINIC_OWN_FREEDOM) return;
  c->own = sqrt((r->npart ? 2.0 : 1.0)*p->squares/p->freedom);
  c->is_own = c->published > 0.0 && c->own > c->published;
  if (c->is_own) c->mdc95 = fmax(c->mdc95, MDC_OF_SEM*c->own);
}

// ---- verdicts ------------------------------------------------------------------------------------------------------

static clinic_matters does_it_matter(const clinic_change_rule *r, const clinic_change *c) {
  const double share = r->mic_fraction*fabs(c->before), size = fabs(c->change) + SLACK;
  if (!(r->mic > 0.0) && !(share > 0.0)) return CLINIC_CANNOT_SAY;
  return (r->mic > 0.0 && size >= r->mic) || (share > 0.0 && size >= share) ? CLINIC_MATTERS : CLINIC_MATTERS_NOT;
}

static clinic_change_verdict judge(const clinic_change_rule *r, const clinic_change *c) {
  if (fabs(c->change) <= c->mdc95 + SLACK) return CLINIC_SAME;
  if (r->better == CLINIC_NEITHER) return CLINIC_CHANGED;
  return (c->change > 0.0) == (r->better == CLINIC_HIGHER) ? CLINIC_BETTER : CLINIC_WORSE;
}

static void compare_one(const clinic_change_rules *rules, const clinic_exam *const exam[2], clinic_change *c) {
  const clinic_change_rule *r = &rules->rule[c->rule];
  c->verdict = CLINIC_NOT_COMPARABLE;
  if (!c->has_before || !c->has_after) {
    c->why = CLINIC_NOT_IN_BOTH;
    return;
  }
  const origin was = origin_of(rules, r, exam[0], c->side), is = origin_of(rules, r, exam[1], c->side);
  if (r->is_same_method && (was.field < 0 || was.field != is.field || was.method != is.method)) {
    c->why = CLINIC_OTHER_METHOD;
    return;
  }
  if (!is_met(r, exam[0], c->side) || !is_met(r, exam[1], c->side)) {
    c->why = CLINIC_NEED_UNMET;
    return;
  }
  const pool p = own_error(rules, is, exam);
  c->change = c->after - c->before;
  find_error(r, &p, c);
  c->matters = does_it_matter(r, c);
  if (c->mdc95 > 0.0) c->verdict = judge(r, c);
  else c->why = r->is_relative ? CLINIC_SHARE_OF_ZERO : CLINIC_NO_ERROR;
}

int clinic_change_compare(const clinic_change_rules *rules, const clinic_exam *before, const clinic_exam *after,
                          clinic_change out[CLINIC_CHANGE_MAX]) {
  const clinic_exam *const exam[2] = {before, after};
  int n = 0;
  for (int i = 0; i < rules->n; i++) {
    const int field = rules->rule[i].field;
    for (int side = 0; side < (before->fields->field[field].is_sided ? 2 : 1); side++) {
      const clinic_value *was = &before->value[field][side], *is = &after->value[field][side];
      const int method = is->has ? method_of(after, field, side) : method_of(before, field, side);
      // a field has several rows when its methods differ in error: that of the reading counts
      if ((!was->has && !is->has) || clinic_change_find(rules, field, method) != i) continue;
      clinic_change *c = &out[n++];
      *c = (clinic_change){.rule = i, .side = side, .has_before = was->has, .has_after = is->has, .before = was->number, .after = is->number};
      compare_one(rules, exam, c);
    }
  }
  return n;
}
