/* What the client is told. Safety lines are the rows RF01 to RF08, RF13, RF18 and RF23 of red_flags.csv in plain words; "time and
 * activity", six weeks: NG59, COSTA12, KONG of sources.csv. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/exam_client.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const char MUSCLE[] = "the muscle at the front of your hip (the iliopsoas)";

static void PS_PRINTF(2, 3) say(client_part *part, const char *format, ...) {
  va_list args;
  if (part->n == CLIENT_LINE_MAX) return;
  va_start(args, format);
  vsnprintf(part->line[part->n++].text, sizeof part->line[0].text, format, args);
  va_end(args);
}

// 0, 1, ... of the bands of the rules
static int band_of(const report_exam *e, const clinic_posterior *p) {
  const clinic_rules *r = &e->evidence->rules;
  for (int i = 0; i < r->nband; i++)
    if (strcmp(r->band[i].words, p->words) == 0) return i;
  return 0;
}

// ---- what was found ------------------------------------------------------------------------------------------------

static void say_band(const report_exam *e, const clinic_posterior *p, client_part *out) {
  const int band = band_of(e, p), last = e->evidence->rules.nband - 1;
  if (band == 0)
    say(out, "It does not look as if %s plays much of a part in your pain.", MUSCLE);
  else if (band < last - 1)
    say(out, "It is possible that %s plays a part in your pain. Other explanations may fit just as well.", MUSCLE);
  else if (band < last)
    say(out, "Some of your tests fit with the idea that %s plays a part in your pain.", MUSCLE);
  else
    say(out, "Of all we looked at, your tests fit best with the idea that %s plays a part in your pain.", MUSCLE);
}

static void say_people(const report_exam *e, const clinic_posterior *p, client_part *out) {
  const int crowd = report_crowd(e), n = (int)lround(p->shown*crowd);
  const int lo = (int)lround(p->shown_lo*crowd), hi = (int)lround(p->shown_hi*crowd);
  if (n == 0)
    say(out, "Think of %d people with tests like yours. It would play a part in fewer than one of them.", crowd);
  else if (lo == 0)
    say(out, "Think of %d people with tests like yours. It may play a part in about %d of them. It could be none. It could be %d.", crowd, n, hi);
  else
    say(out, "Think of %d people with tests like yours. It may play a part in about %d of them. It could be %d. It could be %d.", crowd, n, lo, hi);
}

static void say_finding(const report_exam *e, const clinic_argument *a, const char *title, client_part *out) {
  if (a) say(out, "%s %s%s", title, a->is_present ? "" : "we looked for this and did not find it: ", report_finding(e, a)->plain);
}

static void found(const report_exam *e, client_part *out) {
  const clinic_posterior *p = report_posterior(e, "IP_PAIN");
  out->title = "What we found";
  if (e->differential->is_insufficient || !p) {
    say(out, "We do not know enough yet to say what plays a part in your pain. That is not bad news. It means that more needs to be asked "
        "and tested first.");
    return;
  }
  if (p->is_too_wide)
    say(out, "We cannot say yet how much %s has to do with your pain. It could be a little or a lot.", MUSCLE);
  else
    say_band(e, p, out);
  if (!p->is_too_wide) say_people(e, p, out);
  say_finding(e, report_for(p), "What speaks for it:", out);
  say_finding(e, report_against(p), "What speaks against it:", out);
  say(out, "No test can prove this idea, in you or in anybody else. Evidence for it in back pain is limited.");
}

// ---- what else, what not, what next --------------------------------------------------------------------------------

static void what_else(const report_exam *e, client_part *out) {
  enum { MOST = 3 };
  const report_rank other = report_alternatives(e, CLINIC_NODE_MAX);
  out->title = "What else could fit";
  out->is_list = true;
  for (int i = 0; i < other.n && out->n < MOST && !e->differential->is_insufficient; i++) {
    const clinic_posterior *p = &e->differential->posterior[other.item[i]];
    const bool fits_well = !p->is_too_wide && band_of(e, p) >= e->evidence->rules.nband - 2;
    if (p->is_too_wide || band_of(e, p) > 0) say(out, "%s%s", fits_well ? "Fits well so far: " : "", report_node(e, p)->plain);
  }
  // what is left when nothing else fits belongs to every list
  const int rest = report_find_node(e, "NSLBP");
  if (out->n > 0 && rest >= 0) say(out, "%s", e->evidence->node[rest].plain);
  if (out->n > 0) return;
  out->is_list = false;
  say(out, e->differential->is_insufficient ? "Too little was tested to say."
                                             : "Nothing else stood out in the tests we did. Many were not done.");
}

static void not_checked(const report_exam *e, client_part *out) {
  enum { MOST = 5 };
  int nmore = 0;
  out->title = "What we did not check yet";
  out->is_list = true;
  if (e->safety.safety->status == CLINIC_INCOMPLETE) say(out, "Some safety questions are still open. Please let us ask them before any treatment.");
  if (!e->exam->has_pain_map) say(out, "You have not drawn where it hurts.");
  for (int i = 0; i < e->nnext; i++) {
    const clinic_trial *t = &e->evidence->trial[e->next[i].trial];
    if (!e->next[i].is_mandatory || t->nfield == 0) continue;
    if (out->n < MOST) say(out, "Not done: %s", t->plain);
    else nmore++;
  }
  if (nmore > 0) say(out, "and %d more", nmore);
  if (out->n > 0) return;
  out->is_list = false;
  say(out, "All the questions and tests that everybody gets were done today.");
}

static void what_next(const report_exam *e, client_part *out) {
  out->title = "What happens next";
  for (int i = 0; i < e->nnext; i++) {
    const clinic_trial *t = &e->evidence->trial[e->next[i].trial];
    if (!e->next[i].is_allowed || t->nfield == 0) continue;
    say(out, "Next we would like to ask or test (%d minute%s): %s", (int)ceil(t->minutes), ceil(t->minutes) > 1.0 ? "s" : "", t->plain);
    break;
  }
  say(out, "Until then, keep moving as much as feels all right. Most back pain gets better with time and activity.");
  say(out, "If it is no better after six weeks, or gets worse, we look again and ask your doctor to look too.");
}

static void uncertain(client_part *out) {
  out->title = "What \"not sure\" means here";
  out->is_aside = true;
  say(out, "Back pain often has more than one reason. Tests for it can be wrong. So we tell you how sure we are, and we change our mind when "
      "something new turns up. You did nothing wrong, and how you sit or stand is not to blame.");
}

// ---- when to get help ----------------------------------------------------------------------------------------------

static void get_help(client_part *out) {
  out->title = "Get emergency help at once if";
  out->is_list = out->is_safety = true;
  say(out, "you have new trouble passing or holding urine, or lose control of your bowels");
  say(out, "you feel numb between your legs or around your bottom");
  say(out, "both legs hurt, feel numb or are weak, and this is new or spreading");
  say(out, "a sudden, tearing pain comes in your back or belly, or you feel faint");
  say(out, "your mid-back hurts and you are short of breath or your chest is tight");
}

static void get_doctor(client_part *out) {
  out->title = "See a doctor the same day if";
  out->is_list = out->is_safety = true;
  say(out, "you have a fever or feel ill with the pain");
  say(out, "a leg or foot gets weaker");
  say(out, "you had a bad fall or a crash");
}

static void stop_now(const report_exam *e, client_part *out) {
  const report_safety *s = &e->safety;
  out->title = s->safety->urgency == CLINIC_E0 ? "Please go to the emergency department now" : "Please see a doctor today";
  out->is_safety = true;
  say(out, "One of your answers has to be looked at by a doctor before anything else. It may turn out to be nothing serious. "
      "There is no treatment today.");
  for (int i = 0; i < s->tables->nflag; i++)
    if (report_is_reason(&s->safety->flag[i]) && s->safety->flag[i].urgency <= CLINIC_E1)
      say(out, "We asked: %s You said: %s.", s->tables->flag[i].question, report_state_text(&s->safety->flag[i]));
  say(out, "Take this page with you.");
}

int client_parts(const report_exam *e, client_part part[CLIENT_PART_MAX]) {
  int n = 0;
  for (int i = 0; i < CLIENT_PART_MAX; i++) part[i] = (client_part){.title = ""};
  if (e->safety.safety->status == CLINIC_STOP || !e->differential) {
    stop_now(e, &part[n++]);
    get_help(&part[n++]);
    get_doctor(&part[n++]);
    return n;
  }
  found(e, &part[n++]);
  what_else(e, &part[n++]);
  get_help(&part[n++]);
  get_doctor(&part[n++]);
  not_checked(e, &part[n++]);
  what_next(e, &part[n++]);
  uncertain(&part[n++]);
  return n;
}
