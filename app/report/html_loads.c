/* Middle of the assessment page: loads by level, the sources of one level, direct share beside change.
 * Each chart has a table with its numbers. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "app/report/charts.h"
#include "app/report/html_sections.h"
#include "app/report/assess_words.h"

static int nlevel(const assess_result *r) {
  const int n = r->effect->task[ASSESS_STANDING].as_is.load->nlevel;
  return n < CHARTS_NLEVEL ? n : CHARTS_NLEVEL;
}

static void load_cells(report_html *page, const assess_result *r, double force) {
  report_put(page, "<td class=\"n\">%s</td><td class=\"n\">%s</td>", report_rounded(force, REPORT_LOAD_STEP).text,
             report_rounded(section_percent_weight(r, force), 1.0).text);
}

// ---- by level ------------------------------------------------------------------------------------------------------

static void open_levels(report_html *page, const char *caption) {
  const section_column column[] = {{"Level", false},
                                   {"As is, N", true},
                                   {"% of body weight", true},
                                   {"Released, N", true},
                                   {"% of body weight", true},
                                   {"Change, N", true},
                                   {"5th to 95th percentile, N", true},
                                   {NULL, false}};
  section_open_table(page, caption, column);
}

static void compression_table(report_html *page, const assess_result *r) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  open_levels(page, "Compression, standing");
  for (int k = nlevel(r) - 1; k >= 0; k--) {
    const double a = t->as_is.load->level[k].total.compression, b = t->released.load->level[k].total.compression;
    const report_effect e = report_compression_change(r, k);
    report_put(page, "<tr><th scope=\"row\">%s</th>", t->as_is.load->level[k].level);
    load_cells(page, r, a);
    load_cells(page, r, b);
    report_put(page, "<td class=\"n\">%s</td><td class=\"n\">%s</td></tr>", report_signed(e.value, e.step).text, report_interval(&e).text);
  }
  section_close_table(page);
}

static void shear_table(report_html *page, const assess_result *r) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  open_levels(page, "Anterior shear of the upper vertebra on the lower, standing (forward +)");
  for (int k = nlevel(r) - 1; k >= 0; k--) {
    const double a = t->as_is.load->level[k].total.anterior_shear, b = t->released.load->level[k].total.anterior_shear;
    report_put(page, "<tr><th scope=\"row\">%s</th>", t->as_is.load->level[k].level);
    load_cells(page, r, a);
    load_cells(page, r, b);
    const report_effect e = report_effect_of(r, a - b, assess_shear(r, k)->lo, assess_shear(r, k)->hi, REPORT_LOAD_STEP);
    report_put(page, "<td class=\"n\">%s</td><td class=\"n\">%s</td></tr>", report_signed(e.value, e.step).text, report_interval(&e).text);
  }
  section_close_table(page);
}

void section_levels(report_html *page, const assess_result *r) {
  report_put(page, "<section><h2>Load on each level, as is and released</h2>"
             "<p><strong>As is</strong>: with the tightness above. <strong>Released</strong>: the same person with an iliopsoas of typical "
             "length, stiffness and tone, in the posture that this body finds. Loads are in the disc's own plane. "
             "They are rounded to 10 N, so that a change may differ from its two loads in the last digit. The 90 %% "
             "range goes from the 5th to the 95th percentile.</p>"
             "<div class=\"pair\"><figure><h3>Compression, N</h3>");
  chart_levels(page, r, CHART_COMPRESSION);
  report_put(page, "</figure><figure><h3>Anterior shear, N</h3>");
  chart_levels(page, r, CHART_SHEAR);
  report_put(page, "</figure></div>");
  compression_table(page, r);
  shear_table(page, r);
  report_put(page, "</section>\n");
}

// ---- sources of one level ------------------------------------------------------------------------------------------

static void source_table(report_html *page, const chart_split *s, const ps_level *level, double weight) {
  static const section_column column[] = {
      {"Source", false}, {"Compression, N", true}, {"% of body weight", true}, {"Anterior shear, N", true}, {NULL, false}};
  char caption[64];
  snprintf(caption, sizeof caption, "Sources of the load on %s, as is", level->level);
  section_open_table(page, caption, column);
  double shear = 0.0;
  for (int i = 0; i < s->n; i++) {
    const chart_source *x = &s->source[i];
    shear += x->anterior_shear;
    report_put(page, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>", x->name,
               report_signed(x->compression, 0.1).text, report_signed(100.0*x->compression/weight, 0.1).text,
               report_signed(x->anterior_shear, 0.1).text);
  }
  report_put(page, "<tr class=\"sum\"><th scope=\"row\">sum of all sources</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
             report_rounded(s->sum, 0.1).text, report_rounded(100.0*s->sum/weight, 0.1).text, report_rounded(shear, 0.1).text);
  report_put(page, "<tr><th scope=\"row\">free-body total</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
             report_rounded(level->total.compression, 0.1).text, report_rounded(100.0*level->total.compression/weight, 0.1).text,
             report_rounded(level->total.anterior_shear, 0.1).text);
  section_close_table(page);
}

void section_sources(report_html *page, const assess_result *r) {
  const ps_load *l = r->effect->task[ASSESS_STANDING].as_is.load;
  const ps_level *level = &l->level[CHARTS_L4_L5];
  const double weight = r->model->mass*r->model->gravity;
  const chart_split s = chart_split_of(l, CHARTS_L4_L5);
  char residual[32];
  snprintf(residual, sizeof residual, "%.0e", level->split_residual);
  report_put(page, "<section><h2>Who makes the load on %s</h2><p>The compression as is, source by source. Passive is the pull of a "
             "stretched muscle at rest, active what the nerves add. Sources below %s N are put together; a dashed bar takes load off.</p><div class=\"pair uneven\"><figure>",
             level->level, report_rounded(s.least, 1.0).text);
  chart_waterfall(page, &s, level->level);
  report_put(page, "</figure>");
  source_table(page, &s, level, weight);
  report_put(page, "</div><p class=\"note\">The total comes from a free-body sum that never reads the sources; the largest difference between "
             "the two is %s of body weight. A tenth of a newton is shown so that the sum can be checked, not because it is that "
             "accurate.</p></section>\n", residual);
}

// ---- direct share and change ---------------------------------------------------------------------------------------

void section_share(report_html *page, const assess_result *r) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  report_put(page, "<section><h2>What the psoas puts through a disc, and what its tightness changes</h2>"
             "<p>These are two different questions, so they stand in separate columns and are never added. The <strong>direct share</strong> "
             "is the psoas' own pull through a disc. The <strong>change</strong> is everything that differs between as is and released. They "
             "differ because other muscles answer the pull. The iliacus crosses no disc: what it changes there, it changes through the posture.</p><div class=\"pair uneven\"><figure>");
  chart_share_and_change(page, r);
  report_put(page, "</figure>");
  static const section_column column[] = {{"Level", false},
                                          {"Psoas, direct share as is, N", true},
                                          {"Psoas, direct share released, N", true},
                                          {"Change of the whole load, N", true},
                                          {"5th to 95th percentile of the change, N", true},
                                          {NULL, false}};
  section_open_table(page, "Compression, standing: two questions", column);
  for (int k = nlevel(r) - 1; k >= 0; k--) {
    const report_effect e = report_compression_change(r, k);
    report_put(page, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
               t->as_is.load->level[k].level,
               report_rounded(report_psoas_share(t->as_is.load, k).compression, REPORT_LOAD_STEP).text,
               report_rounded(report_psoas_share(t->released.load, k).compression, REPORT_LOAD_STEP).text,
               report_signed(e.value, e.step).text, report_interval(&e).text);
  }
  section_close_table(page);
  report_put(page, "</div></section>\n");
}
