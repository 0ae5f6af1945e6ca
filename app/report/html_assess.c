/* The order of the assessment page: safety and the short answer, what was found at the exam, the body with its loads and pathways, what
 * is missing, how to replay it. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_assess.h"

#include "app/report/html_exam.h"
#include "app/report/quantity_report.h"
#include "app/report/sensitivity.h"

static void open_page(report_html *page, const char *title, const char *foot, const char *sha256) {
  report_put(page, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
             "<meta name=\"generator\" content=\"psoas %s\">"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
             "<title>%s</title>", PS_VERSION, title);
  section_style(page, foot, sha256);
  report_put(page, "</head>\n<body>\n");
}

// what was found in the body, and what follows from it in the model
static void put_body(report_html *page, const report_page *what, bool is_part) {
  const assess_result *r = what->body;
  section_summary(page, r, is_part);
  section_figures(page, r);
  section_tightness(page, r);
  section_levels(page, r);
  section_sources(page, r);
  section_share(page, r);
  section_tasks(page, r);
  section_pathways(page, r, what->pathways->rules);
  section_pathway_evidence(page, what->pathways);
  section_quantities(page, r);
  section_uncertainty(page, r);
  section_not_measured(page, r, is_part);
}

// after a stop nothing is estimated: what to do and what was answered
static void put_exam(report_html *page, const report_page *what) {
  const report_exam *e = what->exam;
  const assess_result *body = what->body;
  section_exam_safety(page, e);
  if (!e->differential) {
    section_exam_record(page, e);
    section_exam_sources(page, e);
    return;
  }
  section_exam_answer(page, e, body);
  section_exam_remarks(page, e);
  section_exam_pain(page, e);
  section_exam_differential(page, e, body, what->pathways);
  section_exam_moved(page, e);
  section_exam_next(page, e);
  if (body) put_body(page, what, true);
  section_exam_claims(page, e);
  section_exam_record(page, e);
  section_exam_sources(page, e);
}

static void put_therapist(report_html *page, const report_page *what) {
  if (what->exam) section_exam_head(page, what->exam);
  else section_head(page, what->body);
  report_put(page, "<main>\n");
  if (what->exam) put_exam(page, what);
  else put_body(page, what, false);
  if (what->body) section_replay(page, what->body);
  else section_exam_replay(page, what->exam);
  report_put(page, "</main>\n<footer><p>For the education and records of trained manual therapists. It does not diagnose and is "
             "not a certified medical device.</p></footer>\n");
}

ps_status report_assess_html(const report_page *what, char **data, size_t *size, ps_error *err) {
  PS_ASSERT(!what->body || what->pathways);
  PS_ASSERT(what->exam || (what->body && what->voice == REPORT_THERAPIST));
  report_html page = {.max = REPORT_PAGE_MAX};
  const bool is_stop = what->exam && !what->exam->differential;
  report_page shown = *what;
  if (is_stop) shown.body = NULL;  // a stop has no results
  if (what->voice == REPORT_CLIENT) {
    open_page(&page, "Your back: after the exam", "An explanation, not a diagnosis", what->exam->sha256);
    section_client(&page, shown.exam, shown.body);
  } else {
    open_page(&page, what->exam ? "Report of an exam: psoas assess"
                                : "Iliopsoas and the loads on the back: psoas assess",
              what->exam ? "psoas assess: a hypothesis, not a diagnosis" : "psoas assess: model, not measurement",
              what->exam ? what->exam->sha256 : what->body->person.sha256);
    put_therapist(&page, &shown);
  }
  report_put(&page, "</body></html>\n");
  const ps_status status = report_html_take(&page, data, size);
  return status == PS_OK ? PS_OK : ps_error_set(err, status, 0, "html", "the page could not be written: %s", ps_status_text(status));
}
