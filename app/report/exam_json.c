/* An exam's report as JSON, with the names of docs/conventions.md. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/exam_check_text.h"
#include "app/report/exam_words.h"

static json_t *argument_json(const report_exam *e, const clinic_argument *a) {
  const clinic_likelihood *l = &e->evidence->likelihood[a->likelihood];
  const clinic_finding *f = report_finding(e, a);
  return json_pack("{s:s, s:s, s:b, s:f, s:f, s:f, s:f, s:f, s:s, s:s}", "finding", f->id, "words", f->words, "present", a->is_present,
                   "ratio", a->ratio.median, "lo", a->ratio.p05, "hi", a->ratio.p95, "log_odds", a->log_odds, "points", a->points,
                   "grade", clinic_grade_text(l->grade), "source", l->source);
}

// arguments of one sign; 0: those that say nothing
static json_t *arguments_json(const report_exam *e, const clinic_posterior *p, int sign) {
  json_t *list = json_array();
  for (int i = 0; i < p->nargument; i++) {
    const double x = p->argument[i].log_odds;
    if ((x > 0.0) - (x < 0.0) == sign) json_array_append_new(list, argument_json(e, &p->argument[i]));
  }
  return list;
}

static json_t *start_json(const report_exam *e, const clinic_posterior *p) {
  const clinic_prior *r = &e->evidence->prior[p->prior];
  return json_pack("{s:f, s:f, s:f, s:s, s:s, s:s, s:s}", "median", r->p.median, "p05", r->p.p05, "p95", r->p.p95, "population",
                   r->population, "basis", r->basis, "grade", clinic_grade_text(r->grade), "source", r->source);
}

static json_t *shown_json(const report_exam *e, const clinic_posterior *p, double shown) {
  return report_told_of(e, p) == REPORT_TOLD_NUMBER ? json_real(shown) : json_null();
}

static json_t *condition_json(const report_exam *e, const clinic_posterior *p) {
  const clinic_node *node = report_node(e, p);
  json_t *o = json_pack("{s:s, s:s, s:f, s:f, s:f}", "condition", node->id, "name", node->words, "median", p->median, "p05", p->p05,
                        "p95", p->p95);
  if (!o) return NULL;
  json_object_set_new(o, "shown", shown_json(e, p, p->shown));
  json_object_set_new(o, "shown_lo", shown_json(e, p, p->shown_lo));
  json_object_set_new(o, "shown_hi", shown_json(e, p, p->shown_hi));
  json_object_set_new(o, "words", json_string(report_band(e, p)));
  json_object_set_new(o, "leaning", json_string(report_lean(e, p)));
  json_object_set_new(o, "start", start_json(e, p));
  json_object_set_new(o, "before_caps", json_real(p->before_caps));
  json_object_set_new(o, "capped", json_boolean(p->is_capped));
  json_object_set_new(o, "untested", json_boolean(p->is_untested));
  json_object_set_new(o, "too_wide", json_boolean(p->is_too_wide));
  json_object_set_new(o, "for", arguments_json(e, p, 1));
  json_object_set_new(o, "against", arguments_json(e, p, -1));
  json_object_set_new(o, "neutral", arguments_json(e, p, 0));
  json_object_set_new(o, "against_in_general", json_string(node->against));
  return o;
}

static json_t *differential_json(const report_exam *e) {
  const report_rank rank = report_ranked(e);
  json_t *list = json_array();
  for (int i = 0; i < rank.n; i++) json_array_append_new(list, condition_json(e, &e->differential->posterior[rank.item[i]]));
  return list;
}

static json_t *not_estimated_json(const report_exam *e) {
  json_t *list = json_array();
  for (int i = 0; i < e->differential->nposterior; i++) {
    const clinic_posterior *p = &e->differential->posterior[i];
    if (p->prior < 0)
      json_array_append_new(list, json_pack("{s:s, s:s}", "condition", report_node(e, p)->id, "why", report_why_not(p).text));
  }
  for (int i = 0; i < e->evidence->nnode; i++)
    if (e->evidence->node[i].kind == CLINIC_IN_WORDS)
      json_array_append_new(list, json_pack("{s:s, s:s}", "condition", e->evidence->node[i].id, "why", "no starting value was found"));
  return list;
}

static json_t *next_json(const report_exam *e) {
  json_t *list = json_array();
  for (int i = 0; i < e->nnext; i++) {
    const clinic_next *n = &e->next[i];
    const clinic_trial *t = &e->evidence->trial[n->trial];
    json_t *o = json_pack("{s:s, s:s, s:f, s:f, s:s, s:i, s:b, s:b, s:s}", "test", t->id, "words", t->words, "gain_bits", n->gain_bits,
                          "minutes", t->minutes, "why", report_next_why(e, n).text, "provocation", t->provocation, "mandatory",
                          n->is_mandatory, "allowed", n->is_allowed, "source", t->source);
    if (o && !n->is_allowed) json_object_set_new(o, "why_not", json_string(n->why_not));
    json_array_append_new(list, o);
  }
  return list;
}

json_t *report_exam_json(const report_exam *e) {
  json_t *root = json_pack("{s:s, s:I, s:s, s:[], s:o, s:o}", "version", PS_VERSION, "seed", (json_int_t)e->seed, "input_sha256",
                           e->sha256, "warnings", "safety", report_safety_json(&e->safety), "techniques",
                           report_techniques_json(&e->safety));
  if (!root || !e->differential) return root;
  json_object_set_new(root, "insufficient", json_boolean(e->differential->is_insufficient));
  json_object_set_new(root, "informative_findings", json_integer(e->differential->ninformative));
  json_object_set_new(root, "differential", differential_json(e));
  json_object_set_new(root, "not_estimated", not_estimated_json(e));
  json_object_set_new(root, "next_tests", next_json(e));
  if (e->record) report_exam_check_json(root, &(report_exam_check){e->clinical, e->record});
  return root;
}
