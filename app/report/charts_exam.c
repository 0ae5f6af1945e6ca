/* The charts of an exam: probabilities as people of a crowd, and what moved one. Words stand over the bars, so that they keep their
 * size on a narrow page. Each has a table with the same numbers beside it. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "app/report/chart_parts.h"
#include "app/report/html_exam.h"

enum { WIDTH = 420, LABEL_AT = 6 };

// ---- all conditions ------------------------------------------------------------------------------------------------

static void condition_row(report_html *page, const report_exam *e, const clinic_posterior *p, const chart_axis *a, double y) {
  const int crowd = report_crowd(e);
  const bool is_iliopsoas = p == report_posterior(e, "IP_PAIN"), is_number = report_told_of(e, p) == REPORT_TOLD_NUMBER;
  report_put(page, "<text class=\"small over%s\" x=\"%d\" y=\"%.1f\">%s</text>", is_iliopsoas ? " strong" : "", LABEL_AT, y + 10.0,
             report_capital(report_node(e, p)->words).text);
  chart_bar(page, "band", chart_at(a, 0.0), chart_at(a, crowd), y + 15.0, 12.0);
  if (is_number)
    chart_bar(page, p->is_untested ? "released" : is_iliopsoas ? "psoas-bar" : "as-is", chart_at(a, 0.0), chart_at(a, p->shown*crowd), y + 15.0, 12.0);
  chart_whisker(page, chart_at(a, p->shown_lo*crowd), chart_at(a, p->shown_hi*crowd), y + 21.0);
}

static void condition_key(report_html *page, int crowd) {
  char words[64];
  snprintf(words, sizeof words, "people of %d", crowd);
  chart_bar(page, "as-is", 0.0, 22.0, 2.0, 10.0);
  report_put(page, "<text class=\"small\" x=\"27\" y=\"11\">%s</text>", words);
  chart_bar(page, "released", 112.0, 134.0, 2.0, 10.0);
  report_put(page, "<text class=\"small\" x=\"139\" y=\"11\">not tested</text>");
  chart_whisker(page, 212.0, 234.0, 7.0);
  report_put(page, "<text class=\"small\" x=\"239\" y=\"11\">90 %% range</text>");
}

void chart_conditions(report_html *page, const report_exam *e) {
  enum { ROW = 34, TOP = 24 };
  const report_rank rank = report_ranked(e);
  const int crowd = report_crowd(e);
  const chart_axis a = {1.0, WIDTH - 8.0, 0.0, crowd, crowd/4.0};
  const double bottom = TOP + ROW*rank.n + 2.0;
  chart_open(page, WIDTH, bottom + 18.0, "How many people with findings like these would have each condition",
             "One bar a condition, the most probable on top, with its 90 % range. The table holds the same numbers.");
  chart_grid(page, &a, TOP, bottom);
  condition_key(page, crowd);
  for (int i = 0; i < rank.n; i++) condition_row(page, e, &e->differential->posterior[rank.item[i]], &a, TOP + ROW*i);
  report_put(page, "</svg>");
}

// ---- what moved one ------------------------------------------------------------------------------------------------

static void move_row(report_html *page, const report_exam *e, const report_move *m, const chart_axis *a, double y) {
  const int to = (int)lround(100.0*m->to);
  const bool is_start = !m->argument && to == m->points;
  const char *css = is_start ? "as-is" : m->points < 0 ? "minus" : "plus";
  report_put(page, "<text class=\"small over\" x=\"%d\" y=\"%.1f\">%s</text>", LABEL_AT, y + 9.0,
             report_capital(m->argument ? report_finding_words(e, m->argument).text : m->words).text);
  report_put(page, "<text class=\"small end\" x=\"%d\" y=\"%.1f\">%s</text>", WIDTH, y + 25.0,
             is_start ? report_rounded(m->points, 1.0).text : report_signed(m->points, 1.0).text);
  chart_bar(page, css, chart_at(a, to - m->points), chart_at(a, to), y + 14.0, 12.0);
  report_put(page, "<path class=\"leader\" d=\"M%.1f %.1fv20\"/>", chart_at(a, to), y + 14.0);
}

static chart_axis move_axis(const report_move *move, int n) {
  double most = 10.0, step = 5.0;
  for (int i = 0; i < n; i++) most = fmax(most, 100.0*move[i].to);
  if (most > 20.0) step = most > 50.0 ? 20.0 : 10.0;
  return (chart_axis){1.0, WIDTH - 34.0, 0.0, step*ceil(most/step), step};
}

void chart_moves(report_html *page, const report_exam *e, const clinic_posterior *p) {
  enum { ROW = 34 };
  report_move move[REPORT_MOVE_MAX];
  char title[160];
  const int n = report_moves(e, p, move);
  const chart_axis a = move_axis(move, n);
  const double bottom = ROW*(n + 1) + 2.0, y = ROW*n;
  snprintf(title, sizeof title, "What moved it, in points of 100: %.100s", report_node(e, p)->words);
  chart_open(page, WIDTH, bottom + 18.0, title, "Each bar starts where the bar before it ends; the last is where that ends. Solid bars raise, "
             "dashed ones lower. The table holds the same numbers.");
  chart_grid(page, &a, 2.0, bottom);
  for (int i = 0; i < n; i++) move_row(page, e, &move[i], &a, ROW*i + 2.0);
  const double end = (double)lround(100.0*move[n - 1].to);
  report_put(page, "<text class=\"small strong over\" x=\"%d\" y=\"%.1f\">Where that ends</text>", LABEL_AT, y + 11.0);
  report_put(page, "<text class=\"small strong end\" x=\"%d\" y=\"%.1f\">%.0f</text>", WIDTH, y + 27.0, end);
  chart_bar(page, "psoas-bar", chart_at(&a, 0.0), chart_at(&a, end), y + 16.0, 12.0);
  report_put(page, "</svg>");
}
