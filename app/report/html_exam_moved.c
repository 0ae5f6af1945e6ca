/* What moved a condition and by how much, and what speaks against it. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/report/html_exam.h"

static bool has_points(const report_exam *e) { return !e->differential->is_insufficient; }

static void argument_cells(report_html *page, const report_exam *e, const clinic_argument *a) {
  const clinic_likelihood *l = &e->evidence->likelihood[a->likelihood];
  report_put(page, "<td>%s</td><td class=\"n\">%s<span class=\"sub\">%s to %s</span></td><td>%s<span class=\"sub\">%s</span></td>", report_presence(a),
             report_rounded(a->ratio.median, 0.01).text, report_rounded(a->ratio.p05, 0.01).text, report_rounded(a->ratio.p95, 0.01).text,
             clinic_grade_text(l->grade), l->source);
}

static void start_cells(report_html *page, const report_exam *e, const clinic_posterior *p) {
  const clinic_prior *r = &e->evidence->prior[p->prior];
  report_put(page, "<td colspan=\"2\">%s", r->population);
  if (has_points(e)) report_put(page, "<span class=\"sub\">%s</span>", r->basis);  // it speaks in per cents
  report_put(page, "</td><td>%s<span class=\"sub\">%s</span></td>", clinic_grade_text(r->grade), r->source);
}

static void move_row(report_html *page, const report_exam *e, const clinic_posterior *p, const report_move *m, bool is_first) {
  if (!m->argument && !is_first && !has_points(e)) return;
  report_put(page, "<tr><th scope=\"row\">%s</th>", report_capital(m->words).text);
  if (m->argument) argument_cells(page, e, m->argument);
  else if (is_first) start_cells(page, e, p);
  else report_put(page, "<td colspan=\"2\">rule</td><td></td>");
  if (has_points(e))
    report_put(page, "<td class=\"n\">%s</td>", is_first ? report_rounded(m->points, 1.0).text : report_signed(m->points, 1.0).text);
  report_put(page, "</tr>\n");
}

static void move_table(report_html *page, const report_exam *e, const clinic_posterior *p) {
  report_move move[REPORT_MOVE_MAX];
  const int n = report_moves(e, p, move);
  const section_column column[] = {{"What", false}, {"Found", false}, {"Odds times", true}, {"Grade, source", false},
                                   {has_points(e) ? "Points" : NULL, true}, {NULL, false}};
  section_open_table(page, has_points(e) ? "From the starting value to where it ends" : "Its starting value and what would move it", column);
  for (int i = 0; i < n; i++) move_row(page, e, p, &move[i], i == 0);
  if (has_points(e))
    report_put(page, "<tr class=\"sum\"><th scope=\"row\">Where that ends</th><td colspan=\"3\">%s</td><td class=\"n\">%d</td></tr>",
               report_told_of(e, p) == REPORT_TOLD_RANGE ? "middle of a range too wide to be told" : "exact; told in steps above",
               (int)lround(100.0*move[n - 1].to));
  section_close_table(page);
}

static void speaks_against(report_html *page, const report_exam *e, const clinic_posterior *p) {
  const clinic_argument *a = report_against(p);
  report_put(page, "<p><b>Strongest argument against.</b> ");
  if (a) report_put(page, "%s. ", report_capital(report_finding_words(e, a).text).text);
  else report_put(page, "No recorded finding lowers it. ");
  report_put(page, "In general: %s</p>", report_node(e, p)->against);
}

static void limit(report_html *page, const clinic_node *node) {
  if (node->most_shown < 1.0)
    report_put(page, "<p class=\"note\">It is never shown above %s %%: no reference standard exists for it (%s).</p>",
               report_rounded(100.0*node->most_shown, 1.0).text, node->source);
}

// the iliopsoas: drawing beside what speaks against it, then the table
static void moved_pain(report_html *page, const report_exam *e, const clinic_posterior *p) {
  report_put(page, "<h3>%s</h3>", report_capital(report_node(e, p)->words).text);
  if (has_points(e)) {
    report_put(page, "<div class=\"pair wide\"><figure>");
    chart_moves(page, e, p);
    report_put(page, "<figcaption>Points of 100. Solid raises, dashed lowers; each bar starts where the one above it ends.</figcaption></figure><div>");
  }
  speaks_against(page, e, p);
  if (has_points(e)) limit(page, report_node(e, p));
  if (has_points(e)) report_put(page, "</div></div>");
  report_put(page, "<div class=\"broad\">");
  move_table(page, e, p);
  report_put(page, "</div>");
}

static void moved(report_html *page, const report_exam *e, const clinic_posterior *p) {
  report_put(page, "<h3>%s</h3><div class=\"broad\">", report_capital(report_node(e, p)->words).text);
  move_table(page, e, p);
  report_put(page, "</div>");
  speaks_against(page, e, p);
  report_put(page, "<p><b>What tells it from a painful iliopsoas.</b> %s</p>", report_node(e, p)->tell_apart);
}

void section_exam_moved(report_html *page, const report_exam *e) {
  const clinic_posterior *pain = report_posterior(e, "IP_PAIN");
  const report_rank other = report_alternatives(e, 3);
  const int node = report_find_node(e, "IP_PAIN");
  report_put(page, "<section><h2>What moved it, and what speaks against it</h2><p>Ratios below 1 lower, above 1 raise. Before they count they were pulled "
             "towards 1 by the quality of their source, and once more because findings say partly the same thing.");
  if (has_points(e))
    report_put(page, " Points are whole and add up; each is within one of its exact value.");
  report_put(page, "</p>");
  if (pain) moved_pain(page, e, pain);
  else if (node >= 0)
    report_put(page, "<h3>%s</h3><p>Not estimated.</p><p><b>Strongest argument against.</b> In general: %s</p>",
               report_capital(e->evidence->node[node].words).text, e->evidence->node[node].against);
  for (int i = 0; i < other.n; i++) moved(page, e, &e->differential->posterior[other.item[i]]);
  report_put(page, "</section>\n");
}
