/* How sure the differences are: text, JSON and the section of the page. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/sensitivity.h"

#include "app/report/assess_words.h"
#include "app/report/html_sections.h"

enum { PAGE_ROWS = 4 };

// below, an input is as good as silent                                    share of the variance
static const double SILENT = 0.01;

// inputs of a pathway in falling order of their total share; returns how many are not silent
static int order_inputs(const assess_result *r, int id, int out[ASSESS_NINPUT]) {
  const double *total = r->spread.total[id];
  int n = 0;
  for (int i = 0; i < ASSESS_NINPUT; i++) {
    if (total[i] < SILENT) continue;
    int at = n++;
    for (; at > 0 && total[out[at - 1]] < total[i]; at--) out[at] = out[at - 1];
    out[at] = i;
  }
  return n;
}

report_spread_words report_spread(const assess_result *r) {
  const assess_spread *s = &r->spread;
  report_spread_words w = {""};
  int n = 0;
  if (s->nsolved == 0) {
    snprintf(w.text, sizeof w.text, "No body was drawn, so nothing here has an interval.");
    return w;
  }
  n = snprintf(w.text, sizeof w.text, "%d bodies were drawn from what is not known and solved as is and released", s->nsolved);
  if (s->nlost > 0) n += snprintf(w.text + n, sizeof w.text - (size_t)n, "; %d found no posture and are left out", s->nlost);
  if (s->nrestless > 0)
    n += snprintf(w.text + n, sizeof w.text - (size_t)n, "; %d would stand with an effort that nobody stands with and are left out",
                  s->nrestless);
  if (r->nkept == 0) {
    snprintf(w.text + n, sizeof w.text - (size_t)n, ". None is left, so nothing here has an interval.");
    return w;
  }
  if (s->nheld == 0) {
    snprintf(w.text + n, sizeof w.text - (size_t)n, ". The intervals are percentiles of these.");
    return w;
  }
  int good = 0;
  for (int k = 0; k < r->nquantity; k++) good += !r->interval[k].is_solved;
  snprintf(w.text + n, sizeof w.text - (size_t)n, ". A polynomial through %d of them, held against the other %d, is good enough (error below a "
           "tenth of the half-width) for %d of %d changes: there it stands for %d draws. The other intervals are percentiles of the "
           "solved bodies.", s->nfit, s->nheld, good, r->nquantity, s->ndraw);
  return w;
}

// ---- text ----------------------------------------------------------------------------------------------------------

static void pathway_text(FILE *out, const assess_result *r, int id) {
  int input[ASSESS_NINPUT];
  const int n = order_inputs(r, id, input);
  const assess_interval *x = &r->interval[id];
  fprintf(out, "  %d %s\n", id + 1, report_pathway(id)->title);
  fprintf(out, "    error of the polynomial %s %% of the interval's half-width%s\n", report_rounded(100.0*x->share, 0.1).text,
          x->is_solved ? ": too much, so the interval is of the solved draws" : "");
  if (n == 0) fprintf(out, "    nothing moves it\n");
  for (int k = 0; k < n; k++)
    fprintf(out, "    %5s %%  %5s %%  %s\n", report_rounded(100.0*r->spread.first[id][input[k]], 1.0).text,
            report_rounded(100.0*r->spread.total[id][input[k]], 1.0).text, assess_input_words(r->uncertainty, input[k]));
}

void report_sensitivity_text(FILE *out, const assess_result *r) {
  fprintf(out, "\nWhat the intervals hang on: share of the variance of each change (as is minus released), alone and together with others\n");
  fprintf(out, "%s\nShares come from the polynomial: the larger its error, the rougher they are.\n", report_spread(r).text);
  if (r->spread.nheld == 0) {
    fprintf(out, "  Shares need a polynomial, and that more than 300 draws and some hundred bodies that are left.\n");
    return;
  }
  for (int id = 0; id < PS_NPATHWAY; id++) pathway_text(out, r, id);
}

// ---- JSON ----------------------------------------------------------------------------------------------------------

static json_t *pathway_json(const assess_result *r, int id) {
  int input[ASSESS_NINPUT];
  const int n = order_inputs(r, id, input);
  json_t *list = json_array();
  for (int k = 0; k < n; k++)
    json_array_append_new(list, json_pack("{s:s, s:s, s:f, s:f}", "assumption", assess_input_id(input[k]), "what",
                                          assess_input_words(r->uncertainty, input[k]), "alone", r->spread.first[id][input[k]],
                                          "with_others", r->spread.total[id][input[k]]));
  return json_pack("{s:i, s:f, s:b, s:o}", "id", id + 1, "polynomial_error_share", r->interval[id].share, "of_solved_draws",
                   r->interval[id].is_solved ? 1 : 0, "inputs", list);
}

json_t *report_uncertainty_json(const assess_result *r) {
  const assess_spread *s = &r->spread;
  json_t *list = json_array();
  for (int id = 0; id < PS_NPATHWAY && s->nheld > 0; id++) json_array_append_new(list, pathway_json(r, id));
  return json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:o}", "bodies_solved", s->nsolved, "without_posture", s->nlost, "restless", s->nrestless, "fitted", s->nfit, "held_out",
                   s->nheld, "draws", s->ndraw, "sensitivity", list);
}

// ---- page ----------------------------------------------------------------------------------------------------------

void section_uncertainty(report_html *page, const assess_result *r) {
  report_put(page, "<section><h2>How sure this is</h2><p>%s</p>", report_spread(r).text);
  if (r->spread.nheld > 0 && report_has_difference(r)) {
    static const section_column column[] = {{"Pathway", false}, {"What widens it most", false}, {"Share of its variance, %", true},
                                            {"Error of the polynomial, % of half-width", true}, {NULL, false}};
    section_open_table(page, "What the intervals hang on", column);
    for (int id = 0; id < PS_NPATHWAY; id++) {
      int input[ASSESS_NINPUT];
      const int n = order_inputs(r, id, input), shown = n < PAGE_ROWS ? n : PAGE_ROWS;
      report_put(page, "<tr><th scope=\"row\">%d. %s</th><td>", id + 1, report_pathway(id)->title);
      for (int k = 0; k < shown; k++) report_put(page, "%s%s", k ? "<br>" : "", assess_input_words(r->uncertainty, input[k]));
      report_put(page, "</td><td class=\"n\">");
      for (int k = 0; k < shown; k++) report_put(page, "%s%s", k ? "<br>" : "", report_rounded(100.0*r->spread.total[id][input[k]], 1.0).text);
      report_put(page, "</td><td class=\"n\">%s%s</td></tr>", report_rounded(100.0*r->interval[id].share, 1.0).text,
                 r->interval[id].is_solved ? "<span class=\"sub\">interval of solved draws</span>" : "");
    }
    section_close_table(page);
    report_put(page, "<p class=\"note\">A share counts an assumption alone and together with others, so shares of one pathway may add up to "
               "more than 100 %%. Shares come from the polynomial: the larger its error, the rougher they are. Assumptions and their sources: <span class=\"mono\">data/anatomy/uncertainty.csv</span>.</p>");
  }
  report_put(page, "</section>\n");
}
