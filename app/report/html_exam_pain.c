/* The pain map: drawing and table. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_exam.h"

static void put_qualities(report_html *page, unsigned quality) {
  int n = 0;
  for (int q = 0; CLINIC_QUALITY[q]; q++)
    if (quality >> q & 1u) report_put(page, "%s%s", n++ > 0 ? ", " : "", report_plain_word(CLINIC_QUALITY[q]).text);
  if (n == 0) report_put(page, "not told");
}

static void pain_table(report_html *page, const clinic_exam *exam) {
  static const section_column column[] = {{"Region", false}, {"Side", false}, {"Intensity, 0 to 10", true}, {"Quality", false}, {NULL, false}};
  section_open_table(page, "Painful regions", column);
  for (int i = 0; i < exam->npain; i++) {
    const clinic_pain *p = &exam->pain[i];
    report_put(page, "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"n\">%s</td><td>", report_capital(exam->fields->region[p->region].words).text, report_pain_side(exam, p),
               report_rounded(p->intensity, 1.0).text);
    put_qualities(page, p->quality);
    report_put(page, "</td></tr>\n");
  }
  section_close_table(page);
}

void section_exam_pain(report_html *page, const report_exam *e) {
  report_put(page, "<section><h2>Where it hurts</h2>");
  if (!e->exam->has_pain_map) {
    report_put(page, "<p><strong>No pain map was drawn.</strong> That is not the same as no pain: several starting values depend on it.</p></section>\n");
    return;
  }
  const bool has_zoom = draw_pain_needs_zoom(e->exam);
  report_put(page, "<figure><div class=\"maps\">");
  draw_pain(page, e->exam, has_zoom);
  if (has_zoom) draw_pain_zoom(page, e->exam);
  report_put(page, "</div><figcaption>R and L are the person's own sides.</figcaption></figure><div class=\"pair wide\"><div>");
  if (e->exam->npain > 0) pain_table(page, e->exam);
  else report_put(page, "<p>A map was drawn, and no region hurts.</p>");
  report_put(page, "</div><div>");
  draw_pain_legend(page);
  report_put(page, "</div></div></section>\n");
}
