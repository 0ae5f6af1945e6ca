/* What the article claims beside what the evidence says, as far as it bears on this exam. The article's words stand in quotation marks:
 * they are not ours. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/report/html_exam.h"

// is any of the names that a claim is about recorded here, or a node of the iliopsoas?
static bool bears_on(const report_exam *e, const files_claim *c) {
  const clinic_fields *f = e->exam->fields;
  for (const char *s = c->about; *s;) {
    char name[96];
    const size_t n = strcspn(s, " ");
    snprintf(name, sizeof name, "%.*s", (int)n, s);
    s += n + (s[n] == ' ');
    const int field = clinic_field_find(f, name);
    if (strncmp(name, "IP_", 3) == 0 || (field >= 0 && clinic_exam_has(e->exam, field))) return true;
  }
  return false;
}

bool report_shows_claim(const report_exam *e, const files_claim *claim) { return e->differential && bears_on(e, claim); }

void section_exam_claims(report_html *page, const report_exam *e) {
  static const section_column column[] = {{"The article says", false}, {"Verdict", false}, {"What the evidence says", false}, {NULL, false}};
  if (!e->clinical) return;
  const files_clinical_texts *t = files_clinical_texts_of(e->clinical);
  report_put(page, "<section><h2>What the article claims, and what the evidence says</h2><p>Claims that bear on what was recorded at this exam, in "
             "the article's words, shortened. The evidence speaks of groups of people, not of this person.</p><div class=\"broad\">");
  section_open_table(page, "Claims beside evidence", column);
  for (int i = 0; i < t->nclaim; i++) {
    const files_claim *c = &t->claim[i];
    if (!report_shows_claim(e, c)) continue;
    report_put(page, "<tr><th scope=\"row\"><q>%s</q><span class=\"sub\">%s</span></th><td><strong>%s</strong><span class=\"sub\">confidence: %s</span></td>", c->words,
               c->id, c->verdict, c->confidence);
    report_put(page, "<td>%s<span class=\"sub\">%s</span></td></tr>\n", c->evidence, c->source);
  }
  section_close_table(page);
  report_put(page, "</div></section>\n");
}
