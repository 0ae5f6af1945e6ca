/* Top of the assessment page: who, the short answer, what to mind. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/report/charts.h"
#include "app/report/assess_words.h"
#include "app/report/html_sections.h"
#include "psoas/vec.h"

void section_head(report_html *page, const assess_result *r) {
  const ps_person *p = &r->person.body;
  report_put(page, "<header><p class=\"kicker\">psoas %s, assessment report</p><h1>Iliopsoas and the loads on the back</h1>", PS_VERSION);
  report_put(page, "<dl class=\"facts\"><div><dt>Sex</dt><dd>%s</dd></div>", p->is_female ? "female" : "male");
  report_put(page, "<div><dt>Age</dt><dd>%s years</dd></div>", report_rounded(p->age_years, 1.0).text);
  report_put(page, "<div><dt>Height</dt><dd>%s m</dd></div>", report_rounded(p->height_m, 0.01).text);
  report_put(page, "<div><dt>Mass</dt><dd>%s kg</dd></div>", report_rounded(p->mass_kg, 0.1).text);
  report_put(page, "<div><dt>Body weight</dt><dd>%s N</dd></div></dl>", report_rounded(r->model->mass*r->model->gravity, 1.0).text);
  if (r->person.note[0]) report_put(page, "<p class=\"note\"><b>Note in the file:</b> %s</p>", r->person.note);
  if (r->person.source[0]) report_put(page, "<p class=\"note\"><b>Source of the values:</b> %s</p>", r->person.source);
  report_put(page, "</header>\n");
}

// ---- the short answer ----------------------------------------------------------------------------------------------

static void estimated_side(report_html *page, const assess_result *r, int k) {
  const ps_marginal *e = assess_shortening(r, k);
  const double step = report_step(50.0*(e->hi - e->lo), 1.0);
  if (round(100.0*e->mean/step) <= 0.0)
    report_put(page, "the tests fit an iliopsoas of <strong>typical length</strong>");
  else
    report_put(page, "the tests fit an iliopsoas about <strong>%s %% shorter</strong> than typical", report_rounded(100.0*e->mean, step).text);
  report_put(page, " (5th to 95th percentile %s to %s %%)", report_rounded(100.0*e->lo, step).text, report_rounded(100.0*e->hi, step).text);
  report_put(page, "%s. ", report_length_of(r, k) == REPORT_LENGTH_OPEN ? "; a typical length fits too" : "");
}

static void summary_side(report_html *page, const assess_result *r, int k) {
  report_put(page, "<strong>%s:</strong> ", k == 0 ? "Right" : "Left");
  if (r->is_estimated[k]) {
    estimated_side(page, r, k);
    return;
  }
  if (r->source[k] == ASSESS_STATED)
    report_put(page, "taken as the file states it, without an interval. ");
  else
    report_put(page, "%s. ", report_tightness_remark(r, k));
}

static void summary_load(report_html *page, const assess_result *r) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  const int k = CHARTS_L4_L5;
  const double a = t->as_is.load->level[k].total.compression, b = t->released.load->level[k].total.compression;
  const report_effect e = report_compression_change(r, k);
  report_put(page, "Standing, the model puts <strong>%s N</strong> (%s %% of body weight) through %s with the "
             "muscle as it is and <strong>%s N</strong> (%s %%) with it released: a change of <strong>%s N</strong>",
             report_rounded(a, REPORT_LOAD_STEP).text, report_rounded(section_percent_weight(r, a), 1.0).text,
             t->as_is.load->level[k].level, report_rounded(b, REPORT_LOAD_STEP).text,
             report_rounded(section_percent_weight(r, b), 1.0).text, report_signed(e.value, e.step).text);
  if (e.has_interval) report_put(page, " (5th to 95th percentile %s N)", report_interval(&e).text);
  report_put(page, report_says_nothing(&e) ? ". That range holds zero: it says nothing. " : ". ");
}

static void summary_warnings(report_html *page, const assess_result *r, bool is_part) {
  const bool has_unread = r->person.has_exam_sections && !is_part;
  if (r->effect->warn == 0 && !has_unread) return;
  report_put(page, "<div class=\"box mind\"><p><strong>Mind with these numbers</strong></p><ul>");
  for (unsigned bit = 0; ps_warn_text(bit); bit++)
    if (r->effect->warn >> bit & 1u) report_put(page, "<li>%s</li>", ps_warn_text(bit));
  if (has_unread) report_put(page, "<li>the file holds sections of an exam of which this version reads the safety screen only</li>");
  report_put(page, "</ul></div>");
}

void section_summary(report_html *page, const assess_result *r, bool is_part) {
  report_put(page, "<section><h2>%s</h2><p><span class=\"pill\">a hypothesis put to numbers, not a diagnosis</span></p><p class=\"lead\">",
             is_part ? "The model of the body, in short" : "In short");
  for (int k = 0; k < 2; k++) summary_side(page, r, k);
  report_put(page, "</p><p class=\"lead\">");
  if (report_has_difference(r)) {
    summary_load(page, r);
    report_put(page, "</p><p>The iliopsoas <em>could</em> be one contributor. That a load of this size hurts is unproven, and "
               "evidence for the idea in back pain is limited. ");
    if (report_compression_change(r, CHARTS_L4_L5).has_interval)
      report_put(page, "The interval spans the error of the tests and what is not known about this body, not an error in the "
                 "model's own rules.</p>");
    else
      report_put(page, "No interval was drawn, so the error of this change is not known.</p>");
  } else {
    const ps_level *l4 = &r->effect->task[ASSESS_STANDING].as_is.load->level[CHARTS_L4_L5];
    report_put(page, "Nothing that was measured tells how long this person's iliopsoas is. What follows is a typical body of this size: "
               "as is and released are the same, and <strong>no change can be shown</strong>. Standing, the model puts %s N (%s %% of body "
               "weight) through %s.</p><p>To compare, measure both hips with the modified Thomas test, the pelvis held.</p>",
               report_rounded(l4->total.compression, REPORT_LOAD_STEP).text,
               report_rounded(section_percent_weight(r, l4->total.compression), 1.0).text, l4->level);
  }
  if (!is_part)
    report_put(page, "<div class=\"box mind\"><p><strong>%s</strong> Refer when an answer calls for it.</p></div>", report_safety_words(r));
  summary_warnings(page, r, is_part);
  report_put(page, "</section>\n");
}
