/* Explaining a pathway: what the article says, what studies say, what the model computes, what would change our mind, and the numbers
 * behind its share. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/report/exam_words.h"
#include "app/report/explain_internal.h"
#include "app/report/pathway_report.h"

// "signs.a or signs.b"; groups parted by "; and "
static explain_text fields_text(const clinic_fields *fields, const clinic_all_of *test) {
  explain_text t = explain_format("%s", "");
  for (int g = 0; g < test->ngroup; g++) {
    for (int i = 0; i < test->n[g]; i++) {
      const clinic_field *f = &fields->field[test->field[g][i]];
      const size_t n = strlen(t.text);
      snprintf(t.text + n, sizeof t.text - n, "%s%s.%s", i ? " or " : g ? "; and " : "", f->section, f->key);
    }
  }
  return t;
}

static void put_share(const clinic_pathway_rules *r, int i, json_t *doc) {
  const clinic_share_start *s = &r->start[i];
  json_t *list = json_array();
  json_t *row = json_pack("{s:s, s:f, s:f, s:f, s:s, s:s}", "id", s->id, "median", s->p.median, "p05", s->p.p05, "p95", s->p.p95, "grade",
                          clinic_grade_text(s->grade), "source", s->source);
  explain_add(list, row, explain_format("%s  %g %% (%g to %g %%); %s; grade %s, %s", s->id, 100.0*s->p.median, 100.0*s->p.p05, 100.0*s->p.p95,
                                        s->basis, clinic_grade_text(s->grade), s->source).text);
  explain_put_list(doc, "share_starts_from", list);
}

static void put_effect(const clinic_pathway_rules *r, int i, json_t *doc) {
  const clinic_effect_rule *x = &r->effect[i];
  json_t *list = json_array();
  json_t *row = json_pack("{s:s, s:s, s:f, s:f, s:s, s:s}", "quantity", x->words, "unit", x->unit, "least", x->factor*x->least, "least_share",
                          x->least_share, "source", x->source, "note", x->note);
  explain_add(list, row, explain_format("%s: %s; %s, %s", x->words, report_least_words(x).text, x->note, x->source).text);
  explain_put_list(doc, "smallest_change_worth_naming", list);
}

void explain_pathway(const report_explain *e, int i, json_t *doc) {
  const clinic_pathway_rules *r = files_clinical_pathways(e->clinical);
  const clinic_fields *fields = &files_clinical_evidence(e->clinical)->fields;
  const clinic_pathway_rule *p = &r->pathway[i];
  explain_put(doc, "words", p->title);
  explain_put(doc, "the_article_says", p->article);
  explain_put(doc, "studies_say", p->studies);
  explain_put(doc, "the_model", p->model);
  explain_put(doc, "verdict", report_pathway_evidence(p).text);
  explain_put(doc, "grade", report_grade_meaning(clinic_pathway_grade(p)));
  explain_put(doc, "changes_our_mind", p->change_mind);
  explain_put(doc, "to_a_client", p->plain);
  if (p->most < 1.0) explain_put(doc, "share_at_most", explain_format("%g %%", 100.0*p->most).text);
  if (p->needs.ngroup > 0) explain_put(doc, "share_only_with", fields_text(fields, &p->needs).text);
  if (p->refers.ngroup > 0) explain_put(doc, "a_doctor_first", fields_text(fields, &p->refers).text);
  explain_put(doc, "note", p->note);
  explain_put(doc, "source", p->source);
  put_effect(r, i, doc);
  put_share(r, i, doc);
  explain_claims_about(e, doc, p->id);
}
