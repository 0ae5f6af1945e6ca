/* The numbers behind the five pathways: JSON and the section of the page. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/quantity_report.h"

#include <math.h>
#include <string.h>

#include "app/report/assess_effect.h"
#include "app/report/assess_words.h"
#include "app/report/html_sections.h"

report_unit report_quantity_unit(const ps_quantity *q) {
  static const struct { const char *si; report_unit shown; } unit[] = {
      {"N", {"N", 1.0, 1.0}},    {"N m", {"Nm", 1.0, 0.01}}, {"rad", {"deg", 57.29577951308232, 0.1}},
      {"-", {"%", 100.0, 0.1}},  {"Pa", {"kPa", 1e-3, 1.0}}, {"s", {"min", 1.0/60.0, 0.1}}};
  for (size_t k = 0; k < sizeof unit/sizeof *unit; k++)
    if (strcmp(unit[k].si, q->unit) == 0) return unit[k].shown;
  PS_ASSERT(false && "a quantity without a unit to show");
  return unit[0].shown;
}

static bool is_of(const assess_result *r, const ps_quantity *q, int k, int ipathway) {
  return (int)q->pathway == ipathway && isfinite(r->as_is[k]) && isfinite(r->was_released[k]);
}

json_t *report_quantities_json(const assess_result *r, int ipathway) {
  int n = 0;
  const ps_quantity *list = ps_quantity_list(&n);
  json_t *out = json_array();
  for (int k = 0; k < n; k++) {
    if (!is_of(r, &list[k], k, ipathway)) continue;
    const report_unit u = report_quantity_unit(&list[k]);
    const assess_interval *x = &r->interval[k];
    json_t *o = json_pack("{s:s, s:s, s:s, s:f, s:f, s:f, s:f, s:f}", "id", list[k].id, "quantity", list[k].title, "unit", u.text, "as_is",
                          u.factor*r->as_is[k], "as_is_lo", u.factor*x->as_is_lo, "as_is_hi", u.factor*x->as_is_hi, "released",
                          u.factor*r->was_released[k], "effect", u.factor*(r->as_is[k] - r->was_released[k]));
    if (!o) {
      json_decref(out);
      return NULL;
    }
    json_object_set_new(o, "lo", json_real(u.factor*x->lo));
    json_object_set_new(o, "hi", json_real(u.factor*x->hi));
    json_array_append_new(out, o);
  }
  return out;
}

static void quantity_row(report_html *page, const assess_result *r, const ps_quantity *q, int k) {
  const report_unit u = report_quantity_unit(q);
  const assess_interval *x = &r->interval[k];
  const report_effect e = report_effect_of(r, u.factor*(r->as_is[k] - r->was_released[k]), u.factor*x->lo, u.factor*x->hi, u.step);
  const double step = fmax(e.step, u.step);
  report_put(page, "<tr><th scope=\"row\">%s, %s</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
             q->title, u.text, report_rounded(u.factor*r->as_is[k], step).text, report_rounded(u.factor*r->was_released[k], step).text,
             report_signed(e.value, e.step).text, report_interval(&e).text);
}

void section_quantities(report_html *page, const assess_result *r) {
  static const section_column column[] = {{"Quantity", false},  {"As is", true}, {"Released", true}, {"Change", true},
                                          {"5th to 95th percentile of the change", true}, {NULL, false}};
  int n = 0;
  const ps_quantity *list = ps_quantity_list(&n);
  if (!report_has_difference(r)) return;
  report_put(page, "<section><h2>The numbers behind the pathways</h2><p>Everything the model reads for each pathway, standing; the stress around "
             "the plexus is the mean of both late stances. Endurance is how long that effort could be held; 0 change also where both are "
             "longer than was ever measured.</p>");
  for (int id = 0; id < PS_NPATHWAY; id++) {
    report_put(page, "<details><summary>%d. %s</summary>", id + 1, report_pathway(id)->title);
    section_open_table(page, report_pathway(id)->title, column);
    for (int k = 0; k < n; k++)
      if (is_of(r, &list[k], k, id)) quantity_row(page, r, &list[k], k);
    section_close_table(page);
    report_put(page, "</details>");
  }
  report_put(page, "</section>\n");
}
