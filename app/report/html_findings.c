/* Sections of the assessment page about findings: tightness, pathways, what was not measured, how to replay.
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/report/html_sections.h"
#include "app/report/assess_words.h"
#include "app/report/pathway_report.h"
#include "psoas/vec.h"

// ---- tightness -----------------------------------------------------------------------------------------------------

static void share_cells(report_html *page, const ps_marginal *e) {
  if (!e) {
    report_put(page, "<td class=\"n\">no estimate</td><td class=\"n\">no interval</td></tr>\n");
    return;
  }
  const double step = report_step(50.0*(e->hi - e->lo), 1.0);
  report_put(page, "<td class=\"n\">%s</td><td class=\"n\">%s to %s</td></tr>\n", report_rounded(100.0*e->mean, step).text,
             report_rounded(100.0*e->lo, step).text, report_rounded(100.0*e->hi, step).text);
}

static void tightness_row(report_html *page, const assess_result *r, int k) {
  const files_thomas *t = &r->person.thomas[k];
  const files_angle *x = &r->person.hip_extension[k];
  report_put(page, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>",
             k == 0 ? "Right" : "Left", t->has ? report_signed(t->hip_angle_deg, 1.0).text : "not measured",
             report_signed(ps_deg(r->released_hip_angle[k]), 1.0).text, x->has ? report_signed(x->deg, 1.0).text : "not measured");
  share_cells(page, assess_shortening(r, k));
}

// what the tests tell of other muscles; what they do not tell is no finding
static void other_muscles(report_html *page, const assess_result *r) {
  static const struct { int latent; const char *name; } muscle[] = {{PS_LATENT_RECTUS, "Rectus femoris"},
                                                                    {PS_LATENT_TENSOR, "Tensor fasciae latae"}};
  static const section_column column[] = {
      {"Muscle", false}, {"Side", false}, {"Shorter than typical, mean, % of fibre length", true}, {"5th to 95th percentile, %", true}, {NULL, false}};
  bool is_open = false;
  for (int i = 0; i < 2; i++)
    for (int k = 0; k < 2; k++) {
      if (!report_is_told(r, muscle[i].latent, k)) continue;
      if (!is_open) section_open_table(page, "Other muscles of which the tests tell (they stay typical in the loads below)", column);
      is_open = true;
      report_put(page, "<tr><th scope=\"row\">%s</th><td>%s</td>", muscle[i].name, k == 0 ? "right" : "left");
      share_cells(page, &r->posterior->latent[muscle[i].latent + k]);
    }
  if (is_open) section_close_table(page);
}

static void stated_table(report_html *page, const ps_person *p) {
  static const char *const side[] = {"both", "right", "left"};
  if (p->ntight == 0) return;
  static const section_column column[] = {{"Muscle", false},
                                          {"Side", false},
                                          {"Shortening, % of fibre length", true},
                                          {"Stiffness, times typical", true},
                                          {"Resting tone, %", true},
                                          {NULL, false}};
  section_open_table(page, "Tightness as the file states it (no interval)", column);
  for (int i = 0; i < p->ntight; i++) {
    const ps_tightness_entry *t = &p->tight[i];
    report_put(page, "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
               t->group, side[t->side], report_rounded(100.0*t->shortening, 0.1).text, report_rounded(t->stiffness, 0.01).text,
               report_rounded(100.0*t->tone, 0.1).text);
  }
  section_close_table(page);
}

void section_tightness(report_html *page, const assess_result *r) {
  report_put(page, "<section><h2>How tight the iliopsoas may be</h2><p>The tests are simulated on many bodies of this person: with "
             "muscles of different length and stiffness, a pelvis that rolled back more or less, a heavier or lighter leg. Each body "
             "counts as far as its simulated tests fit what was read. What is shown is the mean and the spread of what is left: "
             "one angle cannot tell a short muscle from a stiff one, or from a pelvis that rolled back less.</p>");
  static const section_column column[] = {{"Side", false},
                                          {"Thigh, Thomas test, above the horizontal +, deg", true},
                                          {"Simulated without shortening, deg", true},
                                          {"Hip extension, deg", true},
                                          {"Shorter than typical, mean, % of fibre length", true},
                                          {"5th to 95th percentile, %", true},
                                          {NULL, false}};
  section_open_table(page, "Tests of the hips, and what they say about the iliopsoas", column);
  for (int k = 0; k < 2; k++) tightness_row(page, r, k);
  section_close_table(page);
  report_put(page, "<p class=\"note\"><b>Right:</b> %s. <b>Left:</b> %s.</p>", report_tightness_remark(r, 0), report_tightness_remark(r, 1));
  if (report_what_would_tell(r)) report_put(page, "<p class=\"note\">%s</p>", report_what_would_tell(r));
  other_muscles(page, r);
  stated_table(page, &r->person.body);
  report_put(page, "</section>\n");
}

// ---- pathways ------------------------------------------------------------------------------------------------------

static void pathway_row(report_html *page, const assess_result *r, const clinic_pathway_rules *rules, int id) {
  const assess_pathway *p = &r->pathway[id];
  const report_pathway_text *t = report_pathway(id);
  report_put(page, "<tr><th scope=\"row\">%d. %s<span class=\"sub\">%s, %s, %s</span></th>", id + 1, t->title, t->quantity,
             t->posture, t->unit);
  report_put(page, "<td class=\"n\">%s</td>", report_rounded(t->factor*p->as_is, t->level_step).text);
  if (!p->has) {
    report_put(page, "<td class=\"n\">not found</td><td><strong>says nothing</strong><span class=\"sub\">%s</span></td>", p->why);
  } else {
    const report_effect e = report_pathway_effect(r, id);
    report_put(page, "<td class=\"n\">%s</td><td>%s %s<span class=\"sub\">%s%s</span></td>",
               report_rounded(t->factor*p->released, t->level_step).text, report_signed(e.value, e.step).text, t->unit,
               report_interval(&e).text, report_says_nothing(&e) ? ": says nothing" : "");
  }
  report_put(page, "<td>%s</td></tr>", report_pathway_evidence(&rules->pathway[id]).text);
}

void section_pathways(report_html *page, const assess_result *r, const clinic_pathway_rules *rules) {
  report_put(page, "<section><h2>The five pathways</h2><p>The idea behind a tight iliopsoas and back pain, cut into five claims that can be put to "
             "numbers. A pathway <strong>says nothing</strong> when the interval of its change holds zero or when this version "
             "cannot compute it.</p><div class=\"broad\">");
  static const section_column column[] = {
      {"Pathway", false}, {"As is", true}, {"Released", true}, {"Change", false}, {"Evidence for the claim", false}, {NULL, false}};
  section_open_table(page, "As is, released, and the change with its 5th to 95th percentile", column);
  for (int id = 0; id < PS_NPATHWAY; id++) pathway_row(page, r, rules, id);
  section_close_table(page);
  report_put(page, "</div><p class=\"note\">What is behind a claim: psoas explain, and its name.</p></section>\n");
}

// ---- what is missing, how to replay --------------------------------------------------------------------------------

void section_not_measured(report_html *page, const assess_result *r, bool is_part) {
  report_put(page, "<section><h2>What was not measured, and what stands in for it</h2><ul>");
  for (int i = 0; report_not_measured(r, i); i++) report_put(page, "<li>%s</li>", report_not_measured(r, i));
  report_put(page, "</ul><h3>What this version does not do</h3><ul>"
             "<li>The thorax above T12 and the neck do not bend when the posture answers.</li>");
  if (!is_part) report_put(page, "<li>It reads no pain and weighs no other explanation.</li>");
  report_put(page, "<li>Its intervals span what is listed under \"How sure this is\", and nothing else: not an error in the model's own rules.</li></ul></section>\n");
}

void section_replay(report_html *page, const assess_result *r) {
  char seed[24];
  snprintf(seed, sizeof seed, "%" PRIu64, r->seed);
  const report_number p = report_rounded(r->effect->task[ASSESS_STANDING].as_is.recruit->opts.p, 0.1);
  report_put(page, "<section><h2>How to get this page again</h2><p>The same program and the same file give the same page, byte for byte.</p>"
             "<dl class=\"facts\"><div><dt>Version</dt><dd>psoas %s</dd></div><div><dt>Seed</dt><dd>%s</dd></div>"
             "<div><dt>Draws</dt><dd>%d</dd></div><div><dt>Exponent of the recruitment</dt><dd>%s</dd></div>"
             "<div><dt>SHA-256 of the input</dt><dd class=\"mono\">%s</dd></div></dl>", PS_VERSION, seed, r->ndraw,
             p.text, r->person.sha256);
  report_put(page, "<p class=\"mono\">psoas assess PERSON.json --draws %d --seed %s --p %s --html FILE</p></section>\n", r->ndraw, seed,
             p.text);
}
