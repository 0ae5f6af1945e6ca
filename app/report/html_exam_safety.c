/* Top of the page of an exam: who, the safety screen, the short answer. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "app/report/charts.h"
#include "app/report/html_exam.h"

// ---- head ----------------------------------------------------------------------------------------------------------

static void fact(report_html *page, const char *title, const char *text) {
  if (text[0]) report_put(page, "<div><dt>%s</dt><dd>%s</dd></div>", title, text);
}

void section_exam_head(report_html *page, const report_exam *e) {
  const files_person *p = e->person;
  report_put(page, "<header><p class=\"kicker\">psoas %s, report of an exam, to the therapist</p><h1>The exam: %s</h1><dl class=\"facts\">", PS_VERSION,
             e->differential ? "what fits, and what to test next" : "stop, and what to do");
  fact(page, "Date of the exam", report_value_of(e, "exam.exam_date").text);
  fact(page, "Sex", report_value_of(e, "person.sex").text);
  fact(page, "Age", report_value_of(e, "person.age_years").text);
  if (p) {
    report_put(page, "<div><dt>Height</dt><dd>%s m</dd></div>", report_rounded(p->body.height_m, 0.01).text);
    report_put(page, "<div><dt>Mass</dt><dd>%s kg</dd></div>", report_rounded(p->body.mass_kg, 0.1).text);
  }
  fact(page, "Examined by", report_value_of(e, "role.profession").text);
  report_put(page, "</dl>");
  if (p && p->note[0]) report_put(page, "<p class=\"note\"><b>Note in the file:</b> %s</p>", p->note);
  if (p && p->source[0]) report_put(page, "<p class=\"note\"><b>Source of the values:</b> %s</p>", p->source);
  report_put(page, "</header>\n");
}

// ---- safety --------------------------------------------------------------------------------------------------------

static void put_status(report_html *page, const report_safety *s) {
  switch (s->safety->status) {
    case CLINIC_STOP:
      report_put(page, "<div class=\"box mind\"><p><strong>Stop: %s.</strong> No treatment today, and no estimates below. What to do stands beside each "
                 "answer.</p></div>", report_urgency_words(s->safety->urgency));
      break;
    case CLINIC_INCOMPLETE:
      report_put(page, "<div class=\"box mind\"><p><strong>Safety screen incomplete: nothing here clears anybody for treatment.</strong> Ask what is open "
                 "first.</p></div>");
      break;
    case CLINIC_CLEAR:
      report_put(page, "<div class=\"box\"><p><strong>Safety screen: clear when it was asked.</strong> Ask again at every visit.%s</p></div>",
                 s->safety->is_review_due ? " A medical review is due before any work with the hands." : "");
      break;
  }
}

// groups of questions that are open, each named once
static void put_open(report_html *page, const report_safety *s) {
  const char *group = NULL;
  int n = 0;
  for (int i = 0; i < s->tables->nflag; i++) {
    const clinic_flag *f = &s->tables->flag[i];
    if (!report_is_missing(&s->safety->flag[i])) continue;
    if (n++ == 0) report_put(page, "<p><strong>Open, and needed before any plan:</strong> ");
    if (group && strcmp(group, f->group) == 0) report_put(page, ", %s", f->id);
    else report_put(page, "%s%s %s", group ? "; " : "", f->group, f->id);
    group = f->group;
  }
  if (n > 0) report_put(page, ". The questions stand at the end, under what was recorded.</p>");
}

static void put_reasons(report_html *page, const report_safety *s) {
  static const section_column column[] = {{"Question", false}, {"Answer", false}, {"Suspect", false}, {"What to do", false}, {NULL, false}};
  int n = 0;
  for (int i = 0; i < s->tables->nflag; i++) {
    const clinic_flag_state *state = &s->safety->flag[i];
    const clinic_flag *f = &s->tables->flag[i];
    if (!report_is_reason(state)) continue;
    if (n++ == 0) {
      report_put(page, "<div class=\"broad\">");
      section_open_table(page, "Answers to act on or to clear up, the most urgent rule of each", column);
    }
    report_put(page, "<tr><th scope=\"row\">%s<span class=\"sub\">%s %s: %s</span></th><td>%s</td><td>%s</td><td>%s<span class=\"sub\">%s</span></td></tr>",
               f->question, f->id, clinic_urgency_text(state->urgency), report_urgency_words(state->urgency), report_state_text(state),
               f->suspects, f->action, f->source);
  }
  if (n == 0) return;
  section_close_table(page);
  report_put(page, "</div>");
}

static void put_techniques(report_html *page, const report_safety *s) {
  static const section_column column[] = {{"Technique", false}, {"Verdict", false}, {"Why", false}, {NULL, false}};
  section_open_table(page, "What may be done with the hands", column);
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
    const clinic_technique t = (clinic_technique)k;
    const clinic_permission p = clinic_technique_decide(s->tables, s->screen, s->safety, t);
    report_put(page, "<tr><th scope=\"row\">%s</th><td><strong>%s</strong></td><td>%s</td></tr>", report_technique_words(t),
               report_verdict_words(p.verdict), report_technique_why(s, &p));
  }
  section_close_table(page);
}

void section_exam_safety(report_html *page, const report_exam *e) {
  report_put(page, "<section><h2>Safety first</h2>");
  put_status(page, &e->safety);
  if (e->safety.safety->status != CLINIC_STOP) put_open(page, &e->safety);
  put_reasons(page, &e->safety);
  put_techniques(page, &e->safety);
  report_put(page, "</section>\n");
}

// ---- the short answer ----------------------------------------------------------------------------------------------

static void answer_arguments(report_html *page, const report_exam *e, const clinic_posterior *p) {
  const clinic_argument *for_it = report_for(p), *against = report_against(p);
  if (for_it) report_put(page, "Most for it: %s. ", report_finding_words(e, for_it).text);
  if (against) report_put(page, "Most against it: %s. ", report_finding_words(e, against).text);
  else report_put(page, "No finding speaks against it. In general: %s ", report_node(e, p)->against);
}

static void answer_pain(report_html *page, const report_exam *e) {
  const clinic_posterior *p = report_posterior(e, "IP_PAIN");
  if (!p) {
    report_put(page, "<p class=\"lead\">That the iliopsoas takes part in this pain: <strong>not estimated</strong>.</p>");
    return;
  }
  report_put(page, "<p class=\"lead\">That the iliopsoas takes part in this pain: <strong>%s</strong>", report_band(e, p));
  if (e->differential->is_insufficient)
    report_put(page, ". Findings that tell something: %d; %d are needed before any percentage", e->differential->ninformative,
               e->evidence->rules.enough_findings);
  else
    report_put(page, "; %s", report_people(e, p).text);
  if (report_lean(e, p)[0]) report_put(page, "; leaning towards: %s", report_lean(e, p));
  report_put(page, ".</p><p>");
  answer_arguments(page, e, p);
  report_put(page, "</p>");
}

static void answer_others(report_html *page, const report_exam *e) {
  const report_rank other = report_alternatives(e, 3);
  if (e->differential->is_insufficient) {
    report_put(page, "<p>What else could fit: too little was recorded to put conditions in an order.</p>");
    return;
  }
  if (other.n == 0) {
    report_put(page, "<p>What else could fit: nothing was recorded that bears on another condition.</p>");
    return;
  }
  report_put(page, "<p>What else could fit: ");
  for (int i = 0; i < other.n; i++) {
    const clinic_posterior *p = &e->differential->posterior[other.item[i]];
    report_put(page, "%s<strong>%s</strong>, %s", i > 0 ? "; " : "", report_node(e, p)->words, report_band(e, p));
  }
  report_put(page, ". Several may be true at once.</p>");
}

static void answer_next(report_html *page, const report_exam *e) {
  for (int i = 0; i < e->nnext; i++) {
    const clinic_trial *t = &e->evidence->trial[e->next[i].trial];
    if (!e->next[i].is_allowed) continue;
    report_put(page, "<p>Next: <strong>%s</strong> (%s min; %s).</p>", t->words, report_minutes(t).text,
               report_next_why(e, &e->next[i]).text);
    return;
  }
}

// what the body part says, in one sentence
static void answer_body(report_html *page, const assess_result *r) {
  if (!r) return;
  if (!report_has_difference(r)) {
    report_put(page, "<p>The model of the body: nothing that was measured tells how long the iliopsoas is, so no change of load can be shown.</p>");
    return;
  }
  const report_effect c = report_compression_change(r, CHARTS_L4_L5);
  report_put(page, "<p>The model of the body: tightness as measured changes the compression of L4/L5, standing, by "
             "<strong>%s N</strong>", report_signed(c.value, c.step).text);
  if (c.has_interval) report_put(page, " (5th to 95th percentile %s N)", report_interval(&c).text);
  report_put(page, "%s. That a load of this size hurts is unproven.</p>", report_says_nothing(&c) ? "; that range holds zero: it says nothing" : "");
}

void section_exam_answer(report_html *page, const report_exam *e, const assess_result *body) {
  report_put(page, "<section><h2>In short</h2><p><span class=\"pill\">a graded hypothesis, not a diagnosis</span></p>");
  answer_pain(page, e);
  answer_others(page, e);
  answer_next(page, e);
  answer_body(page, body);
  report_put(page, "</section>\n");
}
