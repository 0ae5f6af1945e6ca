/* The order of the assessment page: what it is and who it is about, the short answer, the body, findings, loads, pathways,
 * what is missing, how to replay it. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_assess.h"

#include <math.h>
#include <stdio.h>

#include "app/report/html_sections.h"

section_effect section_effect_of(const assess_result *r, double value, double lo, double hi, double finest) {
  const bool is_drawn = r->ndraw > 0 && (r->source[0] == ASSESS_THOMAS || r->source[1] == ASSESS_THOMAS);
  if (fabs(value) >= 100.0) finest = fmax(finest, 10.0);  // three digits are more than a body model knows
  const double step = is_drawn ? report_step(0.5*fabs(hi - lo), finest) : finest;
  return (section_effect){.value = value, .lo = lo, .hi = hi, .has_interval = is_drawn, .step = step};
}

section_effect section_compression_change(const assess_result *r, int k) {
  const assess_task *t = &r->task[ASSESS_STANDING];
  const double change = t->as_is.load->level[k].total.compression - t->released.load->level[k].total.compression;
  return section_effect_of(r, change, r->effect_lo[k], r->effect_hi[k], 1.0);
}

bool section_says_nothing(const section_effect *e) {
  const double lo = e->has_interval ? e->lo : e->value, hi = e->has_interval ? e->hi : e->value;
  return round(lo/e->step) <= 0.0 && round(hi/e->step) >= 0.0;
}

section_text section_interval(const section_effect *e) {
  section_text out;
  if (e->has_interval)
    snprintf(out.text, sizeof out.text, "%s to %s", report_signed(e->lo, e->step).text, report_signed(e->hi,
             e->step).text);
  else
    snprintf(out.text, sizeof out.text, "no interval");
  return out;
}

bool section_has_difference(const assess_result *r) {
  for (int i = 0; i < r->ntight; i++) {
    const ps_tightness_entry *t = &r->tight[i];
    if (t->shortening > 0.0 || t->stiffness < 1.0 || t->stiffness > 1.0 || t->tone > 0.0) return true;
  }
  return r->source[0] == ASSESS_THOMAS || r->source[1] == ASSESS_THOMAS;
}

double section_percent_weight(const assess_result *r, double force) {
  return 100.0*force/(r->model->mass*r->model->gravity);
}

void section_open_table(report_html *page, const char *caption, const section_column *column) {
  report_put(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table><caption>%s</caption>"
             "<thead><tr>", caption, caption);
  for (const section_column *c = column; c->words; c++)
    report_put(page, "<th scope=\"col\" class=\"%s\">%s</th>", c->is_number ? "n" : "w", c->words);
  report_put(page, "</tr></thead><tbody>\n");
}

void section_close_table(report_html *page) { report_put(page, "</tbody></table></div>"); }

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
  report_put(&page, "</main>\n<footer><p>For the education and records of trained manual therapists. It does not "
             "diagnose and is "
             "not a certified medical device.</p></footer>\n</body></html>\n");
  const ps_status status = report_html_take(&page, data, size);
  return status == PS_OK ? PS_OK : ps_error_set(err, status, 0, "html", "the page could not be written: %s",
               ps_status_text(status));
}
