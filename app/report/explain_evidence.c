/* Explaining the tables of the differential: conditions, findings, likelihood ratios, starting values, tests, grades.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app/report/explain_internal.h"

static const clinic_evidence *evidence_of(const report_explain *e) { return files_clinical_evidence(e->clinical); }

static json_t *spread_json(clinic_spread s) { return json_pack("{s:f, s:f, s:f}", "median", s.median, "p05", s.p05, "p95", s.p95); }

static explain_text ratio_text(clinic_spread s) { return explain_format("%.3g (%.3g to %.3g)", s.median, s.p05, s.p95); }

// ---- rows ----------------------------------------------------------------------------------------------------------

json_t *explain_likelihood_row(const report_explain *e, int i) {
  const clinic_evidence *v = evidence_of(e);
  const clinic_likelihood *l = &v->likelihood[i];
  json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "id", l->id, "condition", v->node[l->node].id, "finding",
                          v->finding[l->finding].id, "words", v->finding[l->finding].words, "grade", clinic_grade_text(l->grade), "source",
                          l->source);
  if (l->has_positive) json_object_set_new(row, "positive", spread_json(l->positive));
  if (l->has_negative) json_object_set_new(row, "negative", spread_json(l->negative));
  return row;
}

json_t *explain_prior_row(const report_explain *e, int i) {
  const clinic_evidence *v = evidence_of(e);
  const clinic_prior *p = &v->prior[i];
  return json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:s}", "id", p->id, "condition", v->node[p->node].id, "population", p->population, "when",
                   explain_test_words(&v->fields, &p->when).text, "p", spread_json(p->p), "grade", clinic_grade_text(p->grade), "source",
                   p->source);
}

static explain_text prior_text(const clinic_prior *p) {
  return explain_format("%.3g %% (%.3g to %.3g)  %s; %s, grade %s, %s", 100.0*p->p.median, 100.0*p->p.p05, 100.0*p->p.p95, p->population,
                        p->id, clinic_grade_text(p->grade), p->source);
}

typedef struct side { int likelihood; bool is_present; double ratio; } side;  // what one finding is worth when there, or when not

static int stronger(const void *a, const void *b) {
  const side *x = a, *y = b;
  const double sx = x->ratio > 1.0 ? x->ratio : 1.0/x->ratio, sy = y->ratio > 1.0 ? y->ratio : 1.0/y->ratio;
  return sx > sy ? -1 : sx < sy ? 1 : x->likelihood - y->likelihood;
}

static int sides_of(const clinic_evidence *v, int node, side out[2*CLINIC_LIKELIHOOD_MAX]) {
  int n = 0;
  for (int i = 0; i < v->nlikelihood; i++) {
    const clinic_likelihood *l = &v->likelihood[i];
    if (l->node != node) continue;
    if (l->has_positive) out[n++] = (side){i, true, l->positive.median};
    if (l->has_negative) out[n++] = (side){i, false, l->negative.median};
  }
  qsort(out, (size_t)n, sizeof *out, stronger);
  return n;
}

static void put_sides(const report_explain *e, const side *s, int n, json_t *doc) {
  const clinic_evidence *v = evidence_of(e);
  json_t *list[3] = {json_array(), json_array(), json_array()};
  for (int i = 0; i < n; i++) {
    const clinic_likelihood *l = &v->likelihood[s[i].likelihood];
    const clinic_finding *f = &v->finding[l->finding];
    const int which = s[i].ratio > 1.0 ? 0 : s[i].ratio < 1.0 ? 1 : 2;
    json_t *row = explain_likelihood_row(e, s[i].likelihood);
    json_object_set_new(row, "is_present", json_boolean(s[i].is_present));
    explain_add(list[which], row, explain_format("x %-22s %s: %s; %s, grade %s, %s", ratio_text(s[i].is_present ? l->positive : l->negative).text,
                                                 s[i].is_present ? "present" : "absent", f->words, l->id, clinic_grade_text(l->grade),
                                                 l->source).text);
  }
  explain_put_list(doc, "findings_for", list[0]);
  explain_put_list(doc, "findings_against", list[1]);
  explain_put_list(doc, "findings_of_no_weight", list[2]);
}

// ---- kinds ---------------------------------------------------------------------------------------------------------

void explain_condition(const report_explain *e, int i, json_t *doc) {
  static const char *const kind[] = {"starting value and findings give a probability", "simulated on the body: the chance that a load changes, no probability of pain",
                                     "in words only: no starting value was found"};
  const clinic_evidence *v = evidence_of(e);
  const clinic_node *n = &v->node[i];
  explain_put(doc, "words", n->words);
  explain_put(doc, "to_a_client", n->plain);
  explain_put(doc, "estimated", kind[n->kind]);
  explain_put(doc, "against_in_general", n->against);
  explain_put(doc, "tells_apart", n->tell_apart);
  if (n->kind == CLINIC_ESTIMATED) {
    explain_put(doc, "limits", explain_format("all findings together move the odds by %g to %g at most%s", n->least, n->most,
                                              n->most_shown < 1.0 ? explain_format("; shown up to %g %%", 100.0*n->most_shown).text : "").text);
    json_object_set_new(doc, "least", json_real(n->least));
    json_object_set_new(doc, "most", json_real(n->most));
  }
  explain_put(doc, "source", n->source);
  json_t *start = json_array();
  for (int k = 0; k < v->nprior; k++)
    if (v->prior[k].node == i) explain_add(start, explain_prior_row(e, k), prior_text(&v->prior[k]).text);
  explain_put_list(doc, "starting_values", start);
  side s[2*CLINIC_LIKELIHOOD_MAX];
  put_sides(e, s, sides_of(v, i, s), doc);
  explain_claims_about(e, doc, n->id);
  explain_measures_about(e, doc, n->id);
}

static void add_likelihood(const report_explain *e, json_t *list, int i) {
  const clinic_evidence *v = evidence_of(e);
  const clinic_likelihood *l = &v->likelihood[i];
  const explain_text yes = l->has_positive ? explain_format("present x %s", ratio_text(l->positive).text) : explain_format("%s", "");
  const explain_text no = l->has_negative ? explain_format("absent x %s", ratio_text(l->negative).text) : explain_format("%s", "");
  explain_add(list, explain_likelihood_row(e, i),
              explain_format("%s  %s%s%s; %s, grade %s, %s", v->node[l->node].id, yes.text, l->has_positive && l->has_negative ? ", " : "",
                             no.text, l->id, clinic_grade_text(l->grade), l->source).text);
}

// the fields a test looks at, each once
static void put_fields(const clinic_fields *fields, const clinic_comparison *test, json_t *doc) {
  json_t *list = json_array();
  for (int i = 0; i < test->n; i++) {
    const clinic_field *f = &fields->field[test->term[i].field];
    bool is_known = false;
    for (int k = 0; k < i; k++) is_known |= test->term[k].field == test->term[i].field;
    if (is_known) continue;
    const explain_text name = explain_field_name(f);
    explain_add(list, json_pack("{s:s, s:s}", "field", name.text, "how", f->how), explain_format("%s: %s", name.text, f->how).text);
  }
  explain_put_list(doc, "fields", list);
}

void explain_finding(const report_explain *e, int i, json_t *doc) {
  const clinic_evidence *v = evidence_of(e);
  const clinic_finding *f = &v->finding[i];
  explain_put(doc, "words", f->words);
  explain_put(doc, "to_a_client", f->plain);
  explain_put(doc, "present_when", explain_test_words(&v->fields, &f->test).text);
  explain_put(doc, "source", f->source);
  put_fields(&v->fields, &f->test, doc);
  json_t *list = json_array();
  for (int k = 0; k < v->nlikelihood; k++)
    if (v->likelihood[k].finding == i) add_likelihood(e, list, k);
  explain_put_list(doc, "what_it_is_worth", list);
  explain_text names = explain_format("%s", "");
  for (int k = 0; k < f->test.n; k++) {
    const size_t n = strlen(names.text);
    snprintf(names.text + n, sizeof names.text - n, "%.90s ", explain_field_name(&v->fields.field[f->test.term[k].field]).text);
  }
  explain_claims_about(e, doc, names.text);
}

void explain_likelihood(const report_explain *e, int i, json_t *doc) {
  const clinic_evidence *v = evidence_of(e);
  const clinic_likelihood *l = &v->likelihood[i];
  json_t *row = explain_likelihood_row(e, i);
  json_object_update_missing(doc, row);
  json_decref(row);
  if (l->has_positive) explain_put(doc, "when_present", explain_format("odds x %s, shrunk by grade", ratio_text(l->positive).text).text);
  if (l->has_negative) explain_put(doc, "when_absent", explain_format("odds x %s, shrunk by grade", ratio_text(l->negative).text).text);
  explain_columns(e, l->id, doc);
  explain_put(doc, "group", explain_format("%s: of one group and condition one finding counts", l->group).text);
  explain_put(doc, "present_when", explain_test_words(&v->fields, &v->finding[l->finding].test).text);
  explain_put(doc, "note", l->note);
}

void explain_prior(const report_explain *e, int i, json_t *doc) {
  const clinic_prior *p = &evidence_of(e)->prior[i];
  json_t *row = explain_prior_row(e, i);
  json_object_update_missing(doc, row);
  json_decref(row);
  explain_put(doc, "probability", explain_format("%.3g %% (%.3g to %.3g)", 100.0*p->p.median, 100.0*p->p.p05, 100.0*p->p.p95).text);
  explain_put(doc, "basis", p->basis);
  explain_columns(e, p->id, doc);
}

void explain_trial(const report_explain *e, int i, json_t *doc) {
  static const char *const provocation[] = {"none", "a little", "may bring on the pain"};
  const clinic_evidence *v = evidence_of(e);
  const clinic_trial *t = &v->trial[i];
  explain_put(doc, "words", t->words);
  explain_put(doc, "how", t->how);
  json_object_set_new(doc, "minutes", json_real(t->minutes));
  explain_put(doc, "takes", explain_format("%g minutes", t->minutes).text);
  explain_put(doc, "provocation", provocation[t->provocation >= 0 && t->provocation < 3 ? t->provocation : 2]);
  explain_put(doc, "who", t->is_trained ? explain_format("trained; competency %s", t->competency).text : "any");
  if (t->technique >= 0) explain_put(doc, "technique", clinic_technique_text((clinic_technique)t->technique));
  explain_put(doc, "of_every_client", t->is_mandatory ? "yes" : "no");
  explain_put(doc, "applies", explain_test_words(&v->fields, &t->when).text);
  explain_put(doc, "source", t->source);
  json_t *list = json_array();
  for (int k = 0; k < t->nfield; k++) {
    const clinic_field *f = &v->fields.field[t->field[k]];
    const explain_text name = explain_field_name(f);
    explain_add(list, json_pack("{s:s, s:s}", "field", name.text, "how", f->how), explain_format("%s: %s", name.text, f->how).text);
  }
  explain_put_list(doc, "fields", list);
}

void explain_grade(const report_explain *e, int i, json_t *doc) {
  // the words are those of the dossier the tables come from; X is its E
  static const char *const words[] = {"several sound studies that agree", "a review or a large study whose people differ from clients",
                                      "one adequate study, or a pooled one that is biased", "small, case-control, circular, or seen only through a secondary page",
                                      "weighed here: no study was found"};
  const clinic_evidence *v = evidence_of(e);
  int nlikelihood = 0, nprior = 0;
  for (int k = 0; k < v->nlikelihood; k++) nlikelihood += (int)v->likelihood[k].grade == i;
  for (int k = 0; k < v->nprior; k++) nprior += (int)v->prior[k].grade == i;
  explain_put(doc, "words", words[i]);
  explain_put(doc, "used_by", explain_format("%d likelihood ratios, %d starting values", nlikelihood, nprior).text);
  explain_put(doc, "source", "ELICITED");
}
