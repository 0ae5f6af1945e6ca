/* The pathways' evidence, shares and load node as JSON, with the names of docs/conventions.md. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_json.h"
#include "app/report/pathway_report.h"

static json_t *claims_json(const clinic_pathway_rule *p) {
  json_t *list = json_array();
  for (int i = 0; i < p->nclaim; i++) {
    const clinic_claim *c = &p->claim[i];
    json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:b, s:s}", "id", c->id, "says", c->words, "verdict", c->verdict, "grade",
                                          clinic_grade_text(c->grade), "link", c->is_link, "source", c->source));
  }
  return list;
}

static json_t *spread_json(const clinic_spread *s, double start) {
  return json_pack("{s:f, s:f, s:f, s:f}", "median", s->median, "p05", s->p05, "p95", s->p95, "start", start);
}

json_t *report_pathway_json(const report_pathways *r, int i) {
  static const char *const gate[] = {"open", "unknown", "closed", "refer"};
  const clinic_pathway_rule *rule = &r->rules->pathway[i];
  const clinic_pathway *p = &r->result->pathway[i];
  const clinic_judged *c = &r->result->change[i];
  json_t *share = spread_json(&p->share, p->start);
  json_object_set_new(share, "capped", json_boolean(p->is_capped));
  json_object_set_new(share, "simulated", json_boolean(p->gate == CLINIC_GATE_OPEN && c->has_interval));
  json_t *o = json_pack("{s:s, s:b, s:s, s:o, s:o}", "evidence", clinic_grade_text(clinic_pathway_grade(rule)), "hypothesis",
                        clinic_pathway_is_hypothesis(rule), "verdict", rule->verdict, "claims", claims_json(rule), "share", share);
  json_object_set_new(o, "least", c->has ? json_real(r->rules->effect[i].factor*c->least) : json_null());
  json_object_set_new(o, "does_something", c->has_interval ? json_real(c->probability) : json_null());
  json_object_set_new(o, "gate", json_string(gate[p->gate]));
  json_object_set_new(o, "sentence", json_string(report_pathway_sentence(r, i, REPORT_THERAPIST).text));
  return o;
}

json_t *report_load_json(const report_pathways *r) {
  const clinic_load_node *n = &r->result->load;
  json_t *list = json_array();
  for (int k = 0; k < CLINIC_NEFFECT; k++) {
    const clinic_effect_rule *x = &r->rules->effect[k];
    const clinic_judged *c = &r->result->change[k];
    if (!x->is_load || !c->has_interval) continue;
    json_array_append_new(list, json_pack("{s:s, s:s, s:f, s:f}", "quantity", x->words, "unit", x->unit, "least", x->factor*c->least,
                                          "probability", c->any_way));
  }
  json_t *o = json_pack("{s:s, s:b, s:o, s:s}", "condition", "IP_LOAD", "simulated", 1, "loads", list, "words",
                        report_load_sentence(r, REPORT_THERAPIST).text);
  json_object_set_new(o, "probability", n->has ? json_real(n->probability) : json_null());
  json_object_set_new(o, "largest", n->has ? json_string(r->rules->effect[n->which].words) : json_null());
  return o;
}

ps_status report_pathways_add_json(json_t *root, const report_pathways *r, ps_error *err) {
  if (!files_json_is_whole()) return ps_error_set(err, PS_ENOMEM, 0, "json", "out of memory");  // the list may be short
  json_t *list = json_object_get(root, "pathways");
  PS_ASSERT(json_array_size(list) == CLINIC_NPATHWAY);
  for (int i = 0; i < CLINIC_NPATHWAY; i++) {
    json_t *more = report_pathway_json(r, i);
    json_object_update(json_array_get(list, (size_t)i), more);
    json_decref(more);
  }
  json_object_set_new(root, "local_share", spread_json(&r->result->local, r->result->local_start));
  json_object_set_new(root, "ip_load", report_load_json(r));
  return files_json_is_whole() ? PS_OK : ps_error_set(err, PS_ENOMEM, 0, "json", "out of memory");
}
