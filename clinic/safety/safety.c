/* The gate itself: rules over answers. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/safety/safety.h"

typedef struct tally { int yes, unsure, open; } tally;

static tally count(const clinic_screen *s, const int *part, int n) {
  tally out = {0, 0, 0};
  for (int i = 0; i < n; i++) {
    const clinic_answer a = s->part[part[i]];
    out.yes += a == CLINIC_YES;
    out.unsure += a == CLINIC_NOT_SURE;
    out.open += a == CLINIC_NOT_ASKED;
  }
  return out;
}

// at least `least` of what was counted are yes?
static clinic_truth reaches(tally n, int least) {
  if (n.yes >= least) return CLINIC_TRUE;
  if (n.yes + n.unsure >= least) return CLINIC_UNSURE;
  return n.yes + n.unsure + n.open >= least ? CLINIC_OPEN : CLINIC_FALSE;
}

clinic_truth clinic_rule_truth(const clinic_rule *rule, const clinic_screen *s) {
  const clinic_truth all = reaches(count(s, rule->all, rule->nall), rule->nall);
  const clinic_truth any = reaches(count(s, rule->any, rule->nany), rule->least);
  return all < any ? all : any;  // both must hold: the less certain of the two
}

static clinic_flag_state judge(const clinic_safety_tables *t, const clinic_screen *s, int iflag) {
  clinic_flag_state out = {CLINIC_FALSE, CLINIC_NONE};
  for (int i = 0; i < t->nrule; i++) {
    if (t->rule[i].flag != iflag) continue;
    const clinic_truth truth = clinic_rule_truth(&t->rule[i], s);
    if (truth == CLINIC_FALSE) continue;
    if (t->rule[i].urgency < out.urgency) out.urgency = t->rule[i].urgency;
    if (truth > out.truth) out.truth = truth;
  }
  return out;
}

// what one rule does to the whole
static clinic_status weigh(clinic_urgency urgency, clinic_truth truth) {
  if (truth == CLINIC_TRUE) return urgency <= CLINIC_E1 ? CLINIC_STOP : CLINIC_CLEAR;
  if (truth == CLINIC_UNSURE) {
    if (urgency == CLINIC_E0) return CLINIC_STOP;
    return urgency <= CLINIC_E2 ? CLINIC_INCOMPLETE : CLINIC_CLEAR;
  }
  return truth == CLINIC_OPEN && urgency <= CLINIC_E1 ? CLINIC_INCOMPLETE : CLINIC_CLEAR;
}

void clinic_safety_decide(const clinic_safety_tables *t, const clinic_screen *s, clinic_safety *out) {
  *out = (clinic_safety){.status = CLINIC_CLEAR, .urgency = CLINIC_NONE};
  bool is_stopping[CLINIC_FLAG_MAX] = {false};
  for (int i = 0; i < t->nflag; i++) out->flag[i] = judge(t, s, i);
  for (int i = 0; i < t->nrule; i++) {
    const clinic_rule *r = &t->rule[i];
    clinic_truth truth = clinic_rule_truth(r, s);
    const clinic_flag *f = &t->flag[r->flag];
    const bool is_doubted = f->urgency == CLINIC_E0 && s->part[f->part] == CLINIC_NOT_SURE;
    if (truth == CLINIC_OPEN && r->urgency == CLINIC_E0 && is_doubted) {
      truth = CLINIC_UNSURE;
      out->flag[r->flag].truth = CLINIC_UNSURE;  // so that a stop has its reason; with a main question in doubt none is TRUE
    }
    const clinic_status status = weigh(r->urgency, truth);
    if (status > out->status) out->status = status;
    is_stopping[r->flag] |= status == CLINIC_STOP;
    out->is_review_due |= r->urgency == CLINIC_E2 && truth == CLINIC_TRUE && !s->is_reviewed[r->flag];
  }

  // how urgent: of the flags that stop, or of those that are positive
  for (int i = 0; i < t->nflag; i++) {
    const bool counts = out->status == CLINIC_STOP ? is_stopping[i] : out->flag[i].truth == CLINIC_TRUE;
    if (counts && out->flag[i].urgency < out->urgency) out->urgency = out->flag[i].urgency;
  }
}

const char *clinic_urgency_text(clinic_urgency urgency) {
  static const char *const text[] = {"E0", "E1", "E2", "E3", "P", "none"};
  return text[urgency];
}
const char *clinic_status_text(clinic_status status) {
  static const char *const text[] = {"clear", "incomplete", "stop"};
  return text[status];
}
