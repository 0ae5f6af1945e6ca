/* What the sections of the assessment page share: tables and shares of body weight. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_sections.h"

double section_percent_weight(const assess_result *r, double force) {
  return 100.0*force/(r->model->mass*r->model->gravity);
}

void section_open_table(report_html *page, const char *caption, const section_column *column) {
  report_put(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table><caption>%s</caption><thead><tr>", caption, caption);
  for (const section_column *c = column; c->words; c++)
    report_put(page, "<th scope=\"col\" class=\"%s\">%s</th>", c->is_number ? "n" : "w", c->words);
  report_put(page, "</tr></thead><tbody>\n");
}

void section_close_table(report_html *page) { report_put(page, "</tbody></table></div>"); }
