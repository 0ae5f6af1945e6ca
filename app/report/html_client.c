/* The page to the client: what was found in plain words, where it hurts, when to get help, what comes next. One sheet of paper.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/report/exam_client.h"
#include "app/report/html_exam.h"

static void put_part(report_html *page, const client_part *p) {
  if (p->is_safety) report_put(page, "<section class=\"box mind\"><h2>%s</h2>", p->title);
  else report_put(page, "<section><h2>%s</h2>", p->title);
  if (p->is_list) report_put(page, "<ul>");
  for (int i = 0; i < p->n; i++) {
    if (p->is_list) report_put(page, "<li>%s</li>", p->line[i].text);
    else report_put(page, "<p>%s</p>", p->line[i].text);
  }
  if (p->is_list) report_put(page, "</ul>");
  report_put(page, "</section>\n");
}

static void put_map(report_html *page, const report_exam *e) {
  if (!e->exam->has_pain_map) return;
  report_put(page, "<section><h2>Where it hurts</h2><figure>");
  draw_pain(page, e->exam, false);
  report_put(page, "</figure><ul class=\"regions\">");
  for (int i = 0; i < e->exam->npain; i++) {
    const clinic_pain *p = &e->exam->pain[i];
    const clinic_region *r = &e->exam->fields->region[p->region];
    const bool is_both = p->is_side[CLINIC_RIGHT] && p->is_side[CLINIC_LEFT];
    report_put(page, "<li>%s%s: %s of 10</li>", !r->is_sided ? "" : is_both ? "both sides, " : p->is_side[CLINIC_LEFT] ? "left " : "right ", r->words,
               report_rounded(p->intensity, 1.0).text);
  }
  report_put(page, "</ul></section>\n");
}

static void put_body(report_html *page, const assess_result *body) {
  if (body && report_has_difference(body))
    report_put(page, "<p class=\"note\">We also worked out, in a computer model of a body of your size, how this muscle could load your back. It is a model, not a "
               "measurement of you. Your therapist has the numbers.</p>");
}

void section_client(report_html *page, const report_exam *e, const assess_result *body) {
  client_part part[CLIENT_PART_MAX];
  const int n = client_parts(e, part);
  const report_recorded date = report_value_of(e, "exam.exam_date");
  const bool is_stop = e->safety.safety->status == CLINIC_STOP || !e->differential;
  report_put(page, "<header><p class=\"kicker\">For you to keep%s%s</p><h1>Your back: %s</h1></header>\n<main class=\"client\">\n",
             date.text[0] ? ", exam of " : "", date.text, is_stop ? "please read this now" : "what we found and what comes next");
  if (is_stop) {
    for (int i = 0; i < n; i++) put_part(page, &part[i]);
  } else {
    report_put(page, "<div class=\"columns\"><div>");
    for (int i = 0; i < n; i++)
      if (!part[i].is_safety && !part[i].is_aside) put_part(page, &part[i]);
    report_put(page, "</div><div>");
    put_map(page, e);
    for (int i = 0; i < n; i++)
      if (part[i].is_aside) put_part(page, &part[i]);
    put_body(page, body);
    report_put(page, "</div></div><div class=\"columns help\">");
    for (int i = 0; i < n; i++)
      if (part[i].is_safety) put_part(page, &part[i]);
    report_put(page, "</div>");
  }
  report_put(page, "</main>\n<footer><p>This page explains. It is not a diagnosis. It was made with psoas, which is not a certified medical device.</p></footer>\n");
}
