/* Explaining what is recorded, asked and claimed: fields, regions, flags, contraindications, techniques, claims, measures, norms.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/report/explain_internal.h"

// ---- rows about a name ---------------------------------------------------------------------------------------------

// does a list name one of these?
static bool is_about(const char *list, const char *names) {
  char words[512], *rest = NULL;
  snprintf(words, sizeof words, "%s", names);
  for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
    if (files_clinical_lists(list, ' ', word)) return true;
  return false;
}

static void add_claim(json_t *list, const files_claim *c) {
  json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "id", c->id, "says", c->words, "verdict", c->verdict, "evidence", c->evidence,
                          "confidence", c->confidence, "source", c->source);
  const explain_text grade = explain_format("%s%s", c->has_grade ? ", grade " : "", c->has_grade ? clinic_grade_text(c->grade) : "");
  if (c->has_grade) explain_put(row, "grade", clinic_grade_text(c->grade));
  explain_add(list, row, explain_format("%s  \"%s\": %s%s. %s", c->id, c->words, c->verdict, grade.text, c->evidence).text);
}

void explain_claims_about(const report_explain *e, json_t *doc, const char *names) {
  const files_clinical_texts *t = files_clinical_texts_of(e->clinical);
  json_t *list = json_array();
  for (int i = 0; i < t->nclaim; i++)
    if (is_about(t->claim[i].about, names)) add_claim(list, &t->claim[i]);
  explain_put_list(doc, "claims", list);
}

void explain_measures_about(const report_explain *e, json_t *doc, const char *names) {
  const files_clinical_texts *t = files_clinical_texts_of(e->clinical);
  json_t *list = json_array();
  for (int i = 0; i < t->nmeasure; i++) {
    const files_measure *m = &t->measure[i];
    if (!is_about(m->about, names)) continue;
    explain_add(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", m->id, "words", m->words, "reliability", m->reliability, "verification",
                                m->verification, "source", m->source),
                explain_format("%s  %s%s%s", m->id, m->words, m->reliability[0] ? ": " : "", m->reliability).text);
  }
  explain_put_list(doc, "measures", list);
}

static explain_text norm_text(const files_norm *n) {
  const explain_text people = n->n > 0 ? explain_format(", n %d", n->n) : explain_format("%s", "");
  return explain_format("%g, SD %g %s%s; %s, %s, %g to %g years", n->mean, n->sd, n->unit, people.text, n->method,
                        strcmp(n->sex, "any") == 0 ? "both sexes" : n->sex, n->age_lo, n->age_hi);
}

static json_t *norm_row(const files_norm *n) {
  return json_pack("{s:s, s:s, s:s, s:s, s:f, s:f, s:f, s:f, s:s, s:i, s:s, s:s}", "id", n->id, "measure", n->measure, "method", n->method,
                   "sex", n->sex, "age_lo", n->age_lo, "age_hi", n->age_hi, "mean", n->mean, "sd", n->sd, "unit", n->unit, "n", n->n,
                   "verification", n->verification, "source", n->source);
}

void explain_norms_about(const report_explain *e, json_t *doc, const char *names) {
  const files_clinical_texts *t = files_clinical_texts_of(e->clinical);
  json_t *list = json_array();
  for (int i = 0; i < t->nnorm; i++)
    if (is_about(t->norm[i].about, names))
      explain_add(list, norm_row(&t->norm[i]), explain_format("%s  %s; %s, %s", t->norm[i].id, norm_text(&t->norm[i]).text,
                                                              t->norm[i].verification, t->norm[i].source).text);
  explain_put_list(doc, "what_is_typical", list);
}

// ---- fields --------------------------------------------------------------------------------------------------------

static void put_choices(const clinic_field *f, json_t *doc) {
  explain_text t = explain_format("%s", "");
  for (int i = 0; i < f->nchoice; i++) {
    const size_t n = strlen(t.text);
    snprintf(t.text + n, sizeof t.text - n, "%s%s", i ? ", " : "", f->choice[i]);
  }
  explain_put(doc, f->kind == CLINIC_MEASURE ? "methods" : "words_allowed", t.text);
}

// what compare knows of it
static void put_change(const report_explain *e, int field, json_t *doc) {
  static const char *const better[] = {"lower is better", "higher is better", "neither direction is better"};
  const clinic_change_rules *rules = files_clinical_change(e->clinical);
  const clinic_fields *fields = &files_clinical_evidence(e->clinical)->fields;
  json_t *list = json_array();
  for (int i = 0; i < rules->n; i++) {
    const clinic_change_rule *r = &rules->rule[i];
    if (r->field != field) continue;
    const clinic_field *f = &fields->field[field];
    const char *unit = r->is_relative ? "%" : f->unit, *method = r->method >= 0 ? f->choice[r->method] : "any method";
    const explain_text sem = r->sem > 0.0 ? explain_format("SEM %g %s", r->sem, unit) : explain_format("no published SEM");
    const explain_text mdc = r->mdc95 > 0.0 ? explain_format(", MDC95 %g %s", r->mdc95, unit) : explain_format("%s", "");
    const explain_text mic = r->mic > 0.0 ? explain_format(", important from %g", r->mic) : explain_format("%s", "");
    const explain_text share = r->mic_fraction > 0.0 ? explain_format(" or %g %% of the first", 100.0*r->mic_fraction) : explain_format("%s", "");
    json_t *row = json_pack("{s:s, s:f, s:f, s:f, s:f, s:b, s:s, s:s, s:s}", "method", method, "sem", r->sem, "mdc95", r->mdc95, "mic", r->mic,
                            "mic_fraction", r->mic_fraction, "is_relative", r->is_relative, "better", better[r->better], "source", r->source,
                            "note", r->note);
    explain_add(list, row, explain_format("%s: %s%s%s%s; %s (%s; %s)", method, sem.text, mdc.text, mic.text, share.text, better[r->better],
                                          r->source, r->note).text);
  }
  explain_put_list(doc, "between_two_visits", list);
}

// the findings and tests that look at it
static void put_users(const report_explain *e, int field, json_t *doc) {
  const clinic_evidence *v = files_clinical_evidence(e->clinical);
  json_t *findings = json_array(), *tests = json_array();
  for (int i = 0; i < v->nfinding; i++)
    if (explain_test_uses(&v->finding[i].test, field))
      explain_add(findings, json_pack("{s:s, s:s}", "id", v->finding[i].id, "words", v->finding[i].words),
                  explain_format("%s  %s", v->finding[i].id, v->finding[i].words).text);
  for (int i = 0; i < v->ntrial; i++) {
    bool uses = false;
    for (int k = 0; k < v->trial[i].nfield; k++) uses |= v->trial[i].field[k] == field;
    if (uses)
      explain_add(tests, json_pack("{s:s, s:s}", "id", v->trial[i].id, "words", v->trial[i].words),
                  explain_format("%s  %s", v->trial[i].id, v->trial[i].words).text);
  }
  explain_put_list(doc, "findings", findings);
  explain_put_list(doc, "tests", tests);
}

void explain_field(const report_explain *e, int i, json_t *doc) {
  static const char *const kind[] = {"an answer: not_asked, no, not_sure, yes", "one word of a list", "some words of a list", "a number",
                                     "a whole number", "a measure: number, method, repeats", "a text", "a date"};
  const clinic_field *f = &files_clinical_evidence(e->clinical)->fields.field[i];
  const bool is_number = f->kind == CLINIC_NUMBER || f->kind == CLINIC_WHOLE || f->kind == CLINIC_MEASURE;
  explain_put(doc, "words", f->words);
  explain_put(doc, "how", f->how);
  explain_put(doc, "recorded_as", explain_format("%s%s%s", kind[f->kind], f->is_sided ? ", left and right apart" : "",
                                                 f->is_derived ? "; computed, never read" : "").text);
  if (is_number) explain_put(doc, "range", explain_format("%g to %g%s%s", f->lo, f->hi, f->unit[0] ? " " : "", f->unit).text);
  put_choices(f, doc);
  explain_put(doc, "source", f->source);
  const explain_text name = explain_field_name(f);
  put_users(e, i, doc);
  explain_measures_about(e, doc, name.text);
  explain_norms_about(e, doc, name.text);
  put_change(e, i, doc);
  explain_claims_about(e, doc, name.text);
}

void explain_region(const report_explain *e, int i, json_t *doc) {
  const clinic_region *r = &files_clinical_evidence(e->clinical)->fields.region[i];
  explain_put(doc, "words", r->words);
  explain_put(doc, "seen_from", r->view == CLINIC_FRONT ? "the front" : "the back");
  explain_put(doc, "sides", r->is_sided ? "left and right apart" : "across the midline");
}

// ---- safety --------------------------------------------------------------------------------------------------------

// "main and 2 of: new_or_spreading, fever"
static explain_text rule_text(const clinic_safety_tables *t, const clinic_rule *r) {
  explain_text x = explain_format("%s when yes to ", clinic_urgency_text(r->urgency));
  for (int k = 0; k < r->nall + r->nany; k++) {
    const int part = k < r->nall ? r->all[k] : r->any[k - r->nall];
    const size_t n = strlen(x.text);
    const char *mark = k == 0 ? "" : k < r->nall ? " and " : k > r->nall ? ", " : "";
    if (k == r->nall) snprintf(x.text + n, sizeof x.text - n, " and at least %d of: %s", r->least, t->part[part].name);
    else snprintf(x.text + n, sizeof x.text - n, "%s%s", mark, t->part[part].name);
  }
  return x;
}

void explain_flag(const report_explain *e, int i, json_t *doc) {
  const clinic_safety_tables *t = files_clinical_safety(e->clinical);
  const clinic_flag *f = &t->flag[i];
  json_t *parts = json_array(), *rules = json_array();
  explain_put(doc, "question", f->question);
  explain_put(doc, "group", f->group);
  explain_put(doc, "suspect", f->suspects);
  explain_put(doc, "what_to_do", f->action);
  explain_put(doc, "urgency", clinic_urgency_text(f->urgency));
  explain_put(doc, "every_visit", f->is_short_form ? "asked again at every visit" : "");
  explain_put(doc, "source", f->source);
  for (int k = f->part + 1; k < f->part + f->npart; k++)
    explain_add(parts, json_pack("{s:s, s:s}", "part", t->part[k].name, "question", t->part[k].question),
                explain_format("%s: %s", t->part[k].name, t->part[k].question).text);
  for (int k = 0; k < t->nrule; k++)
    if (t->rule[k].flag == i)
      explain_add(rules, json_pack("{s:s}", "urgency", clinic_urgency_text(t->rule[k].urgency)), rule_text(t, &t->rule[k]).text);
  explain_put_list(doc, "further_questions", parts);
  explain_put_list(doc, "rules", rules);
}

void explain_contraindication(const report_explain *e, int i, json_t *doc) {
  const clinic_condition *c = &files_clinical_safety(e->clinical)->condition[i];
  explain_put(doc, "words", c->words);
  explain_put(doc, "why", c->why);
  explain_put(doc, "source", c->source);
  json_t *list = json_array();
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
    const char *technique = clinic_technique_text((clinic_technique)k), *verdict = clinic_verdict_text(c->verdict[k]);
    explain_add(list, json_pack("{s:s, s:s}", "technique", technique, "verdict", verdict), explain_format("%s: %s", technique, verdict).text);
  }
  explain_put_list(doc, "techniques", list);
}

void explain_technique(const report_explain *e, int i, json_t *doc) {
  const clinic_safety_tables *t = files_clinical_safety(e->clinical);
  json_t *list = json_array();
  for (int v = CLINIC_BLOCK; v > CLINIC_ALLOW; v--)
    for (int k = 0; k < t->ncondition; k++)
      if ((int)t->condition[k].verdict[i] == v)
        explain_add(list, json_pack("{s:s, s:s, s:s}", "id", t->condition[k].id, "verdict", clinic_verdict_text((clinic_verdict)v), "source",
                                    t->condition[k].source),
                    explain_format("%s: %s %s", clinic_verdict_text((clinic_verdict)v), t->condition[k].id, t->condition[k].words).text);
  explain_put(doc, "words", "a technique; the strictest of these that a person has decides");
  explain_put_list(doc, "contraindications", list);
  explain_claims_about(e, doc, clinic_technique_text((clinic_technique)i));
}

// ---- claims, measures, norms ---------------------------------------------------------------------------------------

void explain_claim(const report_explain *e, int i, json_t *doc) {
  const files_claim *c = &files_clinical_texts_of(e->clinical)->claim[i];
  explain_put(doc, "section", c->section);
  explain_put(doc, "the_article_says", c->words);
  explain_put(doc, "verdict", c->verdict);
  explain_put(doc, "evidence", c->evidence);
  explain_put(doc, "confidence", c->confidence);
  if (c->has_grade) explain_put(doc, "grade", clinic_grade_text(c->grade));
  explain_put(doc, "here", c->software);
  explain_put(doc, "about", c->about);
  explain_put(doc, "source", c->source);
}

void explain_measure(const report_explain *e, int i, json_t *doc) {
  const files_measure *m = &files_clinical_texts_of(e->clinical)->measure[i];
  explain_put(doc, "words", m->words);
  explain_put(doc, "how", m->how);
  explain_put(doc, "unit", m->unit);
  explain_put(doc, "typical", m->typical);
  explain_put(doc, "group", m->group);
  explain_put(doc, "sem", m->sem);
  explain_put(doc, "mdc95", m->mdc95);
  explain_put(doc, "reliability", m->reliability);
  explain_put(doc, "about", m->about);
  explain_put(doc, "verification", m->verification);
  explain_put(doc, "meaning", report_verification(m->verification).text);
  explain_put(doc, "note", m->note);
  explain_put(doc, "source", m->source);
}

void explain_norm(const report_explain *e, int i, json_t *doc) {
  const files_norm *n = &files_clinical_texts_of(e->clinical)->norm[i];
  json_t *row = norm_row(n);
  json_object_update_missing(doc, row);
  json_decref(row);
  explain_put(doc, "typical", norm_text(n).text);
  explain_put(doc, "about", n->about);
  explain_put(doc, "meaning", report_verification(n->verification).text);
  explain_put(doc, "note", n->note);
}
