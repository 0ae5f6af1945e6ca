/* What the exam lacks and where it contradicts itself, before anything is read out of it. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/exam_check_text.h"
#include "app/report/html_exam.h"

void section_exam_remarks(report_html *page, const report_exam *e) {
  report_remarks remarks[REPORT_REMARK_KINDS];
  int n = 0;
  if (!e->record) return;
  report_exam_remarks(&(report_exam_check){e->clinical, e->record}, remarks);
  for (int k = 0; k < REPORT_REMARK_KINDS; k++) n += remarks[k].n;
  if (n == 0) return;
  report_put(page, "<section><h2>Before you rely on this</h2>");
  for (int k = 0; k < REPORT_REMARK_KINDS; k++) {
    if (remarks[k].n == 0) continue;
    report_put(page, "<h3>%s</h3><ul>", remarks[k].title);
    for (int i = 0; i < remarks[k].n; i++) report_put(page, "<li>%s</li>", remarks[k].sentence[i].text);
    report_put(page, "</ul>");
  }
  report_put(page, "</section>\n");
}
