/* The order of the assessment page: what it is and who it is about, the short answer, the body, findings, loads, pathways,
 * what is missing, how to replay it. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_assess.h"

#include "app/report/html_sections.h"

ps_status report_assess_html(const assess_result *r, char **data, size_t *size, ps_error *err) {
  report_html page = {.max = REPORT_PAGE_MAX};
  report_put(&page, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
             "<meta name=\"generator\" content=\"psoas %s\">"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
             "<title>Iliopsoas and the loads on the back: psoas assess</title>", PS_VERSION);
  section_style(&page, r);
  report_put(&page, "</head>\n<body>\n");

  // the answer first
  section_head(&page, r);
  report_put(&page, "<main>\n");
  section_summary(&page, r);
  section_figures(&page, r);

  // what was found, and what follows from it in the model
  section_tightness(&page, r);
  section_levels(&page, r);
  section_sources(&page, r);
  section_share(&page, r);
  section_pathways(&page, r);

  // what stands behind it
  section_not_measured(&page, r);
  section_replay(&page, r);
  report_put(&page, "</main>\n<footer><p>For the education and records of trained manual therapists. It does not diagnose and is "
             "not a certified medical device.</p></footer>\n</body></html>\n");
  const ps_status status = report_html_take(&page, data, size);
  return status == PS_OK ? PS_OK : ps_error_set(err, status, 0, "html", "the page could not be written: %s", ps_status_text(status));
}
