/* The JSON of the main analysis. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "app/report/result_json.h"
#include "app/report/assess_words.h"
#include "app/report/charts.h"
#include "app/report/pathway_report.h"
#include "app/report/quantity_report.h"
#include "app/report/sensitivity.h"
#include "psoas/vec.h"

static const char *side_text(ps_side side) {
  return side == PS_LEFT ? "left" : side == PS_RIGHT ? "right" : "both";
}

// what the file states, or what the tests say, with its interval
static json_t *tightness_json(const assess_result *r) {
  json_t *list = json_array();
  for (int e = 0; e < r->ntight; e++) {
    const ps_tightness_entry *t = &r->tight[e];
    double lo = t->shortening, hi = t->shortening;
    const char *source = "stated";
    for (int k = 0; k < 2; k++) {
      const ps_marginal *m = assess_shortening(r, k);
      if (!m || t->side != (k == 0 ? PS_RIGHT : PS_LEFT) || strcmp(t->group, "iliopsoas") != 0) continue;
      lo = m->lo;
      hi = m->hi;
      source = report_tightness_from(r, k);
    }
    json_array_append_new(list, json_pack("{s:s, s:s, s:f, s:f, s:f, s:f, s:f, s:s}", "muscle", t->group, "side",
                                          side_text(t->side), "shortening", t->shortening, "lo", lo, "hi", hi,
                                          "stiffness", t->stiffness, "tone", t->tone, "from", source));
  }
  return list;
}

static json_t *pathways_json(const assess_result *r, const clinic_pathway_rules *rules) {
  json_t *list = json_array();
  for (int id = 0; id < PS_NPATHWAY; id++) {
    const assess_pathway *p = &r->pathway[id];
    const report_pathway_text *t = report_pathway(id);
    json_t *o = json_pack("{s:i, s:s, s:s, s:s, s:s}", "id", id + 1, "title", t->title, "quantity", t->quantity, "task",
                          t->task, "unit", t->unit);
    json_object_set_new(o, "as_is", json_real(t->factor*p->as_is));
    if (p->has) {
      const double effect = p->as_is - p->released;
      json_object_set_new(o, "released", json_real(t->factor*p->released));
      json_object_set_new(o, "effect", json_real(t->factor*effect));
      json_object_set_new(o, "lo", json_real(t->factor*p->lo));
      json_object_set_new(o, "hi", json_real(t->factor*p->hi));
      json_object_set_new(o, "says_nothing", json_boolean(p->lo <= 0.0 && p->hi >= 0.0));
    } else {
      json_object_set_new(o, "released", json_null());
      json_object_set_new(o, "effect", json_null());
      json_object_set_new(o, "lo", json_null());
      json_object_set_new(o, "hi", json_null());
      json_object_set_new(o, "says_nothing", json_true());
      json_object_set_new(o, "why", json_string(p->why));
    }
    json_object_set_new(o, "evidence_words", json_string(report_pathway_evidence(&rules->pathway[id]).text));
    json_object_set_new(o, "quantities", report_quantities_json(r, id));
    json_array_append_new(list, o);
  }
  return list;
}

// null where no interval is kept
static json_t *end_json(const assess_interval *x, bool is_upper) {
  if (!x) return json_null();
  return json_real(is_upper ? x->hi : x->lo);
}

// direct share of the iliopsoas and the change it causes stand side by side, never added
static json_t *comparison_json(const assess_result *r) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  json_t *list = json_array();
  for (int k = 0; k < t->as_is.load->nlevel; k++) {
    const ps_level *a = &t->as_is.load->level[k], *b = &t->released.load->level[k];
    const ps_load_share direct = report_psoas_share(t->as_is.load, k);
    json_array_append_new(
        list, json_pack("{s:s, s:f, s:f, s:f, s:o, s:o, s:f, s:f, s:f}", "level", a->level, "compression_as_is_N",
                        a->total.compression, "compression_released_N", b->total.compression, "change_N",
                        a->total.compression - b->total.compression, "change_lo_N", end_json(assess_level(r, k), false), "change_hi_N",
                        end_json(assess_level(r, k), true), "psoas_direct_N", direct.compression, "anterior_shear_as_is_N",
                        a->total.anterior_shear, "anterior_shear_released_N", b->total.anterior_shear));
  }
  return list;
}

// every task as is and released
static json_t *tasks_json(const assess_result *r) {
  static const char *const side[] = {NULL, "right", "left"};
  json_t *list = json_array();
  for (int k = 0; k < ASSESS_NTASK; k++) {
    const ps_effect_task *t = &r->effect->task[k];
    const ps_level *a = &t->as_is.load->level[CHARTS_L4_L5], *b = &t->released.load->level[CHARTS_L4_L5];
    json_t *o = json_pack("{s:s, s:b, s:b, s:f, s:f, s:f}", "task", r->task[k].name, "held", t->request.is_held ? 1 : 0, "settled",
                          t->as_is.found.outcome != PS_ITERATION_LIMIT && t->released.found.outcome != PS_ITERATION_LIMIT ? 1 : 0,
                          "L4_L5_compression_as_is_N", a->total.compression, "L4_L5_compression_released_N", b->total.compression,
                          "pelvic_tilt_change_deg", ps_deg(t->as_is.found.pelvis_tilt - t->released.found.pelvis_tilt));
    if (k == ASSESS_LATE_STANCE_RIGHT || k == ASSESS_LATE_STANCE_LEFT) json_object_set_new(o, "side", json_string(side[t->request.posture.side]));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *not_measured_json(const assess_result *r) {
  json_t *list = json_array();
  for (int i = 0; report_not_measured(r, i); i++) json_array_append_new(list, json_string(report_not_measured(r, i)));
  return list;
}

static json_t *thomas_json(const assess_result *r) {
  json_t *out = json_object();
  for (int k = 0; k < 2; k++) {
    const files_thomas *t = &r->person.thomas[k];
    json_t *o = json_pack("{s:s, s:f}", "status", report_tightness_from(r, k), "simulated_without_shortening_deg",
                          ps_deg(r->released_hip_angle[k]));
    if (t->has) json_object_set_new(o, "measured_deg", json_real(t->hip_angle_deg));
    json_object_set_new(out, k == 0 ? "right" : "left", o);
  }
  return out;
}

// ---- the posterior -----------------------------------------------------------------------------------------------------

// all that is unknown, told or not; angles in degrees
static json_t *latents_json(const ps_posterior *p) {
  json_t *list = json_array();
  for (int i = 0; i < PS_NLATENT; i++) {
    const ps_marginal *m = &p->latent[i];
    const bool is_angle = i == PS_LATENT_ROLL || i == PS_LATENT_INCIDENCE || i == PS_LATENT_SHAPE || i == PS_LATENT_HABIT;
    const double f = is_angle ? ps_deg(1.0) : 1.0;
    json_array_append_new(
        list, json_pack("{s:s, s:s, s:b, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "latent", ps_latent_text(i), "unit",
                        is_angle ? "deg" : i == PS_LATENT_PUSH ? "Nm" : "1", "prior_like", m->is_prior_like, "prior_mean",
                        f*m->prior_mean, "prior_sd", f*m->prior_sd, "mean", f*m->mean, "sd", f*m->sd, "p05", f*m->lo, "median",
                        f*m->median, "p95", f*m->hi, "rhat", m->rhat, "ess", m->ess));
  }
  return list;
}

static json_t *posterior_json(const ps_posterior *p) {
  if (!p) return json_null();
  json_t *refused = json_array();
  for (int i = 0; i < PS_NREADING; i++)
    if (p->refused >> i & 1u) json_array_append_new(refused, json_string(ps_reading_text(i)));
  return json_pack("{s:i, s:o, s:f, s:f, s:f, s:b, s:o}", "readings", p->nread, "refused", refused, "rhat", p->rhat, "ess", p->ess,
                   "surrogate_share", p->surrogate_share, "simulated_directly", p->is_direct, "latents", latents_json(p));
}

json_t *report_assess_json(const assess_result *r, const report_pathways *pathways) {
  const ps_stance *s = &r->model->stance;
  json_t *root = json_pack("{s:s, s:I, s:s, s:o}", "version", PS_VERSION, "seed", (json_int_t)r->seed, "input_sha256",
                           r->person.sha256, "warnings", report_warnings_json(r->effect->warn));
  if (!root) return NULL;
  json_object_set_new(root, "draws", json_integer(r->ndraw));
  json_object_set_new(root, "stance", json_pack("{s:f, s:f, s:f, s:f, s:f}", "pelvic_incidence_deg", ps_deg(s->incidence),
                                                "pt_deg", ps_deg(s->tilt_radiographic), "sacral_slope_deg",
                                                ps_deg(s->sacral_slope), "lumbar_lordosis_deg", ps_deg(s->lordosis),
                                                "pelvic_tilt_deg", ps_deg(s->asis_psis)));
  json_object_set_new(root, "thomas", thomas_json(r));
  json_object_set_new(root, "tightness", tightness_json(r));
  json_object_set_new(root, "levels", comparison_json(r));
  json_object_set_new(root, "pathways", pathways_json(r, pathways->rules));
  json_object_set_new(root, "tasks", tasks_json(r));
  json_object_set_new(root, "uncertainty", report_uncertainty_json(r));
  json_object_set_new(root, "posterior", posterior_json(r->posterior));
  json_object_set_new(root, "not_measured", not_measured_json(r));
  json_object_set_new(root, "posture_responds", json_boolean(r->pathway[PS_PATHWAY_PELVIS].has));
  if (report_pathways_add_json(root, pathways, NULL) == PS_OK) return root;
  json_decref(root);
  return NULL;
}
