/* The letter as one page to print: black on white, nothing told by colour, the person's part below a thick line.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/report/html.h"
#include "app/report/letter.h"

static const char STYLE[] =
    "*{box-sizing:border-box}body{margin:0;background:#fff;color:#000;font:17px/1.4 system-ui,-apple-system,\"Segoe UI\",Roboto,"
    "\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif;overflow-wrap:anywhere}"
    "main{max-width:784px;margin:0 auto;padding:20px 16px}h1{font-size:30px;line-height:1.15;margin:0 0 10px}"
    "h2{font-size:18px;margin:14px 0 4px}p,ul,ol{margin:4px 0}ul,ol{padding-left:24px}"
    ".urgent{border:3px solid #000;padding:8px 12px;font-size:21px;line-height:1.3;font-weight:700;margin:0 0 10px}"
    "dl{display:grid;grid-template-columns:1fr 1fr;gap:0 28px;margin:0}dl div{display:flex;gap:8px;align-items:flex-end;padding-top:.5em}dl .has{align-items:baseline}"
    "dt{white-space:nowrap}dd{margin:0;font-weight:600;flex:1;min-width:0}dd.line{border-bottom:1px solid #000;height:1.2em}"
    ".wide{grid-column:1/-1}"
    ".reason{border:1.5px solid #000;padding:6px 12px;margin:6px 0}.reason p{margin:2px 0}.asked{font-weight:600}"
    ".small{font-size:15px}.many{columns:2;column-gap:28px}"
    ".keep{border-top:3px solid #000;margin-top:18px;padding-top:4px}.keep h2{font-size:21px;margin:8px 0 4px}.keep p{font-size:18px;margin:5px 0}"
    "@media(max-width:560px){dl{grid-template-columns:1fr}}"
    "@media print{body{font-size:11pt;line-height:1.3}main{max-width:none;padding:0 2px}h1{font-size:19pt;margin-bottom:5pt}"
    "h2{font-size:11.5pt;margin:7pt 0 2pt;break-after:avoid}p,ul,ol{margin:2pt 0}.urgent{font-size:13.5pt;padding:4pt 8pt;margin-bottom:5pt}"
    ".small{font-size:9.5pt}.reason{padding:3pt 8pt;margin:3pt 0}.keep{margin-top:9pt;padding-top:0}.keep h2{font-size:13.5pt;margin:5pt 0 2pt}.keep p{font-size:12pt;margin:3pt 0}"
    ".reason,.keep,.not-done,dl{break-inside:avoid}p,li{orphans:3;widows:3}dl{grid-template-columns:1fr 1fr}}"
    "@page{margin:12mm 14mm 14mm;@bottom-right{content:\"Page \" counter(page) \" of \" counter(pages);font:9pt sans-serif}"
    "@bottom-left{content:\"%s\";font:9pt sans-serif}}";

// a value, or a line to write on
static void field(report_html *page, const char *name, const char *value, bool is_wide) {
  const bool has = value && *value;
  report_put(page, "<div class=\"%s%s\"><dt>%s</dt>", is_wide ? "wide " : "", has ? "has" : "", name);
  report_put(page, has ? "<dd>" : "<dd class=\"line\">");
  report_put(page, "%s</dd></div>", has ? value : "");
}

static void head(report_html *page, const report_letter *l) {
  const report_letter_head *h = &l->head;
  report_put(page, "<header><h1>%s</h1>\n<p class=\"urgent\">%s</p>\n<dl>", report_letter_title(l), report_letter_urgency(l));
  field(page, "To", report_letter_to(l), true);
  field(page, "From", h->from, true);
  field(page, "Date", report_letter_day(h->date).text, false);
  if (l->urgency <= CLINIC_E1) field(page, "Time", NULL, false);
  else report_put(page, "<div></div>");
  field(page, "Person", h->name, true);
  field(page, "Date of birth", report_letter_day(h->born).text, false);
  report_put(page, "<div class=\"has\"><dt>Sex and age</dt><dd>%s, %.0f years</dd></div></dl></header>\n", h->is_female ? "female" : "male", floor(h->age_years));
}

static void reason(report_html *page, const report_letter *l, int iflag) {
  const clinic_flag *f = &l->safety.tables->flag[iflag];
  report_put(page, "<div class=\"reason\"><p class=\"asked\">%s</p><p>Answer: <strong>%s</strong></p>", f->question, report_letter_answer(l, iflag));
  if (f->npart > 1) report_put(page, f->npart > 4 ? "<ul class=\"many\">" : "<ul>");
  for (int k = f->part + 1; k < f->part + f->npart; k++)
    report_put(page, "<li>%s <strong>%s</strong></li>", l->safety.tables->part[k].question, report_letter_word(l->safety.screen->part[k]));
  if (f->npart > 1) report_put(page, "</ul>");
  report_put(page, "<p>May point to: <strong>%s</strong></p><p>Our safety table says: %s</p><p class=\"small\">Question %s, source %s</p></div>\n",
             f->suspects, f->action, f->id, f->source);
}

static void rest(report_html *page, const report_letter *l) {
  int also[CLINIC_FLAG_MAX];
  const int nalso = report_letter_also(l, also);
  if (nalso) report_put(page, "<h2>Also answered yes or not sure</h2><ul class=\"small\">");
  for (int i = 0; i < nalso; i++) {
    const clinic_flag *f = &l->safety.tables->flag[also[i]];
    report_put(page, "<li>%s <strong>%s</strong> (%s)</li>", f->question, report_letter_word(l->safety.screen->part[f->part]), f->id);
  }
  if (nalso) report_put(page, "</ul>");
  const report_list open = report_letter_not_asked(l);
  report_put(page, "<p class=\"small\"><strong>Safety questions not asked:</strong> %s</p>\n", open.text[0] ? open.text : "none");
}

static void ending(report_html *page, const report_letter *l) {
  const report_lines not_done = report_letter_not_done(l), person = report_letter_person(l);
  report_put(page, "<div class=\"not-done\"><h2>Done and not done</h2><ul>");
  for (int i = 0; not_done.line[i]; i++) report_put(page, "<li>%s</li>", not_done.line[i]);
  report_put(page, "</ul></div>\n<dl>");
  field(page, "Signature", NULL, false);
  field(page, "Phone", NULL, false);
  field(page, "Name and role", NULL, false);
  field(page, "Handed to", NULL, false);
  report_put(page, "</dl>\n<section class=\"keep\"><h2>For %s: what to do now</h2>", l->head.name && *l->head.name ? l->head.name : "the person");
  for (int i = 0; person.line[i]; i++) report_put(page, "<p>%s</p>", person.line[i]);
  report_put(page, "</section>\n");
}

ps_status report_letter_html(const report_letter *l, char **data, size_t *size, ps_error *err) {
  report_html page = {.max = REPORT_PAGE_MAX};
  report_put(&page, "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"generator\" content=\"psoas %s\">"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
             "<title>%s</title><style>", PS_VERSION, report_letter_title(l));
  report_put(&page, STYLE, report_letter_title(l));
  report_put(&page, "</style></head>\n<body><main>\n");
  head(&page, l);
  report_put(&page, "<h2>What was asked and answered</h2>\n");
  for (int i = 0; i < l->nreason; i++) reason(&page, l, l->reason[i]);
  rest(&page, l);
  ending(&page, l);
  report_put(&page, "</main></body></html>\n");
  const ps_status status = report_html_take(&page, data, size);
  return status == PS_OK ? PS_OK : ps_error_set(err, status, 0, "html", "the letter could not be written: %s", ps_status_text(status));
}
