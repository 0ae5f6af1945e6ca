/* What can still be tested: those that everybody gets first, then by what they are expected to tell. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_exam.h"

enum { MOST_SHOWN = 8 };  // of those that are not for everybody: the rest tells less

static void test_row(report_html *page, const report_exam *e, const clinic_next *n) {
  const clinic_trial *t = &e->evidence->trial[n->trial];
  report_put(page, "<tr><th scope=\"row\">%s<span class=\"sub\">%s</span></th><td>%s", report_capital(t->words).text, t->how, report_next_why(e, n).text);
  if (!n->is_mandatory) report_put(page, "<span class=\"sub\">%s expected</span>", report_bits(n).text);
  report_put(page, "</td><td class=\"n\">%s</td><td>%s</td><td>%s", report_minutes(t).text, report_provocation_words(t->provocation),
             report_who(t));
  if (!n->is_allowed) report_put(page, "<span class=\"sub\"><b>not now:</b> %s</span>", n->why_not);
  report_put(page, "</td></tr>\n");
}

static int count_of(const report_exam *e, bool is_mandatory) {
  int n = 0;
  for (int i = 0; i < e->nnext; i++) n += e->next[i].is_mandatory == is_mandatory;
  return n;
}

static void test_table(report_html *page, const report_exam *e, bool is_mandatory, const char *caption) {
  static const section_column column[] = {{"Test", false}, {"Why", false}, {"Minutes", true}, {"Provocation", false}, {"Who may do it", false}, {NULL, false}};
  int n = 0;
  if (count_of(e, is_mandatory) == 0) return;
  section_open_table(page, caption, column);
  for (int i = 0; i < e->nnext; i++) {
    if (e->next[i].is_mandatory != is_mandatory || (!is_mandatory && n >= MOST_SHOWN)) continue;
    test_row(page, e, &e->next[i]);
    n++;
  }
  section_close_table(page);
}

void section_exam_next(report_html *page, const report_exam *e) {
  const int nother = count_of(e, false);
  report_put(page, "<section><h2>What to test next</h2>");
  if (e->nnext == 0) report_put(page, "<p>Every test of the list that applies was done.</p>");
  report_put(page, "<div class=\"broad\">");
  test_table(page, e, true, "First: what everybody is asked, as far as it applies");
  test_table(page, e, false, count_of(e, true) ? "Then: by what they are expected to tell about all conditions together"
                                             : "By what they are expected to tell about all conditions together");
  report_put(page, "</div>");
  if (nother > MOST_SHOWN) report_put(page, "<p class=\"note\">%d more tests are expected to tell less, or may not be done now.</p>", nother - MOST_SHOWN);
  report_put(page, "</section>\n");
}
