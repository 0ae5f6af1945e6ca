/* Conditions side by side: bars, table, the three nodes of the iliopsoas, what has no estimate. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/charts.h"
#include "app/report/html_exam.h"

static void condition_row(report_html *page, const report_exam *e, const clinic_posterior *p) {
  const clinic_prior *prior = &e->evidence->prior[p->prior];
  report_put(page, "<tr><th scope=\"row\">%s<span class=\"sub\">starts from: %s (grade %s, %s)</span></th>", report_capital(report_node(e, p)->words).text,
             prior->population, clinic_grade_text(prior->grade), prior->source);
  report_put(page, "<td><strong>%s</strong>", report_band(e, p));
  if (p->is_untested) report_put(page, "<span class=\"sub\">not tested: the starting value</span>");
  if (report_lean(e, p)[0]) report_put(page, "<span class=\"sub\">leaning towards: %s</span>", report_lean(e, p));
  report_put(page, "</td>");
  if (!e->differential->is_insufficient)
    report_put(page, "<td class=\"whole\">%s</td><td class=\"n\">%s</td>", report_count(e, p).text, report_percent(e, p).text);
  report_put(page, "</tr>\n");
}

static void condition_table(report_html *page, const report_exam *e) {
  char people[48];
  const report_rank rank = report_ranked(e);
  const bool is_told = !e->differential->is_insufficient;
  snprintf(people, sizeof people, "Of %d people like this", report_crowd(e));
  const section_column column[] = {{"Condition", false}, {"In words", false}, {is_told ? people : NULL, false}, {"Rounded", true}, {NULL, false}};
  report_put(page, "<div class=\"broad\">");
  section_open_table(page, is_told ? "Conditions, the most probable first, with 90 % intervals" : "Conditions, in no order", column);
  for (int i = 0; i < rank.n; i++) condition_row(page, e, &e->differential->posterior[rank.item[i]]);
  section_close_table(page);
  report_put(page, "</div>");
}

// ---- the nodes of the iliopsoas ------------------------------------------------------------------------------------

static void band_of_node(report_html *page, const report_exam *e, const char *id) {
  const clinic_posterior *p = report_posterior(e, id);
  report_put(page, "<strong>%s</strong>", p ? report_band(e, p) : "not estimated");
  if (p && !e->differential->is_insufficient) report_put(page, ", %s", report_people(e, p).text);
  report_put(page, ".");
}

static void load_node(report_html *page, const assess_result *body, const report_pathways *pathways) {
  if (!body || !report_has_difference(body)) {
    report_put(page, "<strong>nothing can be said</strong>: the body part computed no change.");
    return;
  }
  const report_effect c = report_compression_change(body, CHARTS_L4_L5);
  report_put(page, "compression of L4/L5, standing, changes by <strong>%s N</strong>", report_signed(c.value, c.step).text);
  if (c.has_interval) report_put(page, " (%s N)%s", report_interval(&c).text, report_says_nothing(&c) ? ", which says nothing" : "");
  report_put(page, ". %s", report_load_sentence(pathways, REPORT_THERAPIST).text);
}

static void three_nodes(report_html *page, const report_exam *e, const assess_result *body, const report_pathways *pathways) {
  report_put(page, "<h3>Three questions about the iliopsoas, kept apart</h3><ul><li><b>Is it short or stiff?</b> Length decides: ");
  band_of_node(page, e, "IP_SHORT");
  report_put(page, "</li><li><b>What would that do to the loads on the back?</b> The model of the body: ");
  load_node(page, body, pathways);
  report_put(page, "</li><li><b>Does it take part in the pain?</b> Bringing on the familiar pain decides; length hardly counts: ");
  band_of_node(page, e, "IP_PAIN");
  report_put(page, "</li></ul>");
}

// ---- without an estimate -------------------------------------------------------------------------------------------

static void no_estimate_row(report_html *page, const clinic_node *node, const char *why) {
  report_put(page, "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>", report_capital(node->words).text, report_capital(why).text, node->tell_apart);
}

static bool has_no_estimate(const report_exam *e) {
  for (int i = 0; i < e->differential->nposterior; i++)
    if (e->differential->posterior[i].prior < 0) return true;
  for (int i = 0; i < e->evidence->nnode; i++)
    if (e->evidence->node[i].kind == CLINIC_IN_WORDS) return true;
  return false;
}

static void no_estimate(report_html *page, const report_exam *e) {
  static const section_column column[] = {{"Condition", false}, {"What is missing", false}, {"What tells it from a painful iliopsoas", false}, {NULL, false}};
  if (!has_no_estimate(e)) return;
  report_put(page, "<div class=\"broad\">");
  section_open_table(page, "Not estimated, which is not the same as excluded", column);
  for (int i = 0; i < e->differential->nposterior; i++) {
    const clinic_posterior *p = &e->differential->posterior[i];
    if (p->prior < 0) no_estimate_row(page, report_node(e, p), report_why_not(p).text);
  }
  for (int i = 0; i < e->evidence->nnode; i++)
    if (e->evidence->node[i].kind == CLINIC_IN_WORDS) no_estimate_row(page, &e->evidence->node[i], "no starting value was found in any study");
  section_close_table(page);
  report_put(page, "</div>");
}

// ---- the section ---------------------------------------------------------------------------------------------------

static bool any_too_wide(const report_exam *e) {
  for (int i = 0; i < e->differential->nposterior; i++)
    if (e->differential->posterior[i].prior >= 0 && e->differential->posterior[i].is_too_wide) return true;
  return false;
}

static void introduction(report_html *page, const report_exam *e) {
  const clinic_rules *r = &e->evidence->rules;
  if (e->differential->is_insufficient) {
    report_put(page, "<div class=\"box mind\"><p><strong>Not enough information.</strong> Findings that tell something: %d. Below %d no number is told. "
               "What was not recorded is not a negative finding.</p></div>", e->differential->ninformative, r->enough_findings);
    return;
  }
  report_put(page, "<p>Each condition is a question of its own; several may be true at once, so the numbers do not add up to 100. They rest on %d findings "
             "that tell something.", e->differential->ninformative);
  if (any_too_wide(e))
    report_put(page, " Where the range spans more than %s of 100 points, its middle means nothing and is not told.",
               report_rounded(100.0*r->too_wide, 1.0).text);
  report_put(page, "</p>");
}

void section_exam_differential(report_html *page, const report_exam *e, const assess_result *body, const report_pathways *pathways) {
  report_put(page, "<section><h2>What fits: conditions side by side</h2>");
  introduction(page, e);
  if (e->differential->is_insufficient) {
    three_nodes(page, e, body, pathways);
  } else {
    report_put(page, "<div class=\"pair wide\"><figure>");
    chart_conditions(page, e);
    report_put(page, "<figcaption>Bars: people of %d with findings like these. Outlined: nothing was tested, so it is the starting value. Lines: "
               "90 %% range. Dangerous conditions are not among these; the safety questions deal with them by rules.</figcaption></figure><div>", report_crowd(e));
    three_nodes(page, e, body, pathways);
    report_put(page, "</div></div>");
  }
  condition_table(page, e);
  no_estimate(page, e);
  report_put(page, "</section>\n");
}
