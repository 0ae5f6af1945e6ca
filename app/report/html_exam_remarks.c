/* What the exam lacks and where it contradicts itself, before anything is read out of it. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/exam_check_text.h"
#include "app/report/html_exam.h"

void section_exam_remarks(report_html *page, const report_exam *e) {
  report_remarks remarks[REPORT_REMARK_KINDS];
  int n = 0;
  if (!e->record) return;
  report_exam_remarks(&(report_exam_check){e->clinical, e->record}, remarks);
  for (int k = 0; k < REPORT_REMARK_METHODS; k++) n += remarks[k].n;  // what methods cost stands in the record
  if (n == 0) return;
  report_put(page, "<section><h2>Before you rely on this</h2>");
  for (int k = 0; k < REPORT_REMARK_METHODS; k++) {
    if (remarks[k].n == 0) continue;
    report_put(page, "<h3>%s</h3><ul>", remarks[k].title);
    for (int i = 0; i < remarks[k].n; i++) report_put(page, "<li>%s</li>", remarks[k].sentence[i].text);
    report_put(page, "</ul>");
  }
  report_put(page, "</section>\n");
}

void section_exam_methods(report_html *page, const report_exam *e) {
  report_remarks remarks[REPORT_REMARK_KINDS];
  if (!e->record) return;
  report_exam_remarks(&(report_exam_check){e->clinical, e->record}, remarks);
  const report_remarks *r = &remarks[REPORT_REMARK_METHODS];
  for (int i = 0; i < r->n; i++) report_put(page, "<p class=\"note\">%s</p>", r->sentence[i].text);
}
