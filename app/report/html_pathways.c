/* The section of the page about the evidence behind the pathways, their shares and the load node. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_sections.h"
#include "app/report/pathway_report.h"

static void pathway_row(report_html *page, const report_pathways *r, int i) {
  const clinic_pathway_rule *p = &r->rules->pathway[i];
  report_put(page, "<tr><th scope=\"row\">%d. %s<span class=\"sub\">%s</span></th>", i + 1, p->title, p->model);
  report_put(page, "<td>%s<span class=\"sub\">%s</span></td>", report_pathway_evidence(p).text, p->studies);
  report_put(page, "<td>%s</td><td>%s</td></tr>\n", report_pathway_sentence(r, i, REPORT_THERAPIST).text, report_pathway_share(r, i).text);
}

void section_pathway_evidence(report_html *page, const report_pathways *r) {
  static const section_column column[] = {
      {"Pathway, and what the model computes", false}, {"Evidence for the claim", false}, {"What the simulation says", false}, {"Share", false}, {NULL, false}};
  report_put(page, "<section><h2>What stands behind the pathways</h2><p>Hypotheses, not findings. The shares answer one question only: "
             "<em>if</em> the iliopsoas takes part in the pain, by which way? They add up to a whole with the last row, and were weighed, not "
             "counted in a study. %s</p><div class=\"broad\">",
             r->result->is_simulated ? "The simulation moved them." : "No simulation moved them: they are starting values.");
  section_open_table(page, "Evidence, simulation and share (steps of 5 %, with 90 % intervals)", column);
  for (int i = 0; i < CLINIC_NPATHWAY; i++) pathway_row(page, r, i);
  report_put(page, "<tr><th scope=\"row\">None of these<span class=\"sub\">%s</span></th><td>%s</td><td>Not simulated.</td><td>%s</td></tr>\n",
             r->rules->start[CLINIC_LOCAL].words, r->rules->start[CLINIC_LOCAL].source, report_pathway_share(r, CLINIC_LOCAL).text);
  section_close_table(page);
  report_put(page, "</div><p><b>Loads on the back.</b> %s</p></section>\n", report_load_sentence(r, REPORT_THERAPIST).text);
}
