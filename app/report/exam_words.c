/* Words, ranks and rounded numbers of an exam's report. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/exam_words.h"

#include <math.h>
#include <string.h>

// ---- how much may be told ------------------------------------------------------------------------------------------

report_told report_told_of(const report_exam *e, const clinic_posterior *p) {
  return e->differential->is_insufficient ? REPORT_TOLD_NOTHING : p->is_too_wide ? REPORT_TOLD_RANGE : REPORT_TOLD_NUMBER;
}

const char *report_band(const report_exam *e, const clinic_posterior *p) {
  return report_told_of(e, p) == REPORT_TOLD_NUMBER ? p->words : "not enough information";
}

const char *report_lean(const report_exam *e, const clinic_posterior *p) {
  return report_told_of(e, p) == REPORT_TOLD_RANGE ? p->words : "";
}

int report_crowd(const report_exam *e) { return (int)lround(1.0/e->evidence->rules.round_to); }

// "fewer than 1", "3", "more than 19": never none and never all
static report_phrase some_people(double shown, int crowd) {
  report_phrase out;
  const int n = (int)lround(shown*crowd);
  if (n <= 0) snprintf(out.text, sizeof out.text, "fewer than 1");
  else if (n >= crowd) snprintf(out.text, sizeof out.text, "more than %d", crowd - 1);
  else snprintf(out.text, sizeof out.text, "%d", n);
  return out;
}

report_phrase report_count(const report_exam *e, const clinic_posterior *p) {
  report_phrase out = {"no number"};
  const int crowd = report_crowd(e), k = (int)lround(p->shown*crowd), least = (int)lround(p->shown_lo*crowd);
  const report_phrase n = some_people(p->shown, crowd), lo = some_people(p->shown_lo, crowd), hi = some_people(p->shown_hi, crowd);
  const char *about = k > 0 && k < crowd ? "about " : "";
  const report_told told = report_told_of(e, p);
  if (told == REPORT_TOLD_RANGE)
    snprintf(out.text, sizeof out.text, "anything from %.16s to %.16s", lo.text, hi.text);
  else if (told == REPORT_TOLD_NUMBER && lround(p->shown_hi*crowd) <= 0)
    snprintf(out.text, sizeof out.text, "%.16s", n.text);
  else if (told == REPORT_TOLD_NUMBER && least <= 0)
    snprintf(out.text, sizeof out.text, "%s%.16s (at most %.16s)", about, n.text, hi.text);
  else if (told == REPORT_TOLD_NUMBER)
    snprintf(out.text, sizeof out.text, "%s%.16s (%.16s to %.16s)", about, n.text, lo.text, hi.text);
  return out;
}

report_phrase report_people(const report_exam *e, const clinic_posterior *p) {
  report_phrase out = {""};
  if (report_told_of(e, p) != REPORT_TOLD_NOTHING)
    snprintf(out.text, sizeof out.text, "of %d people with findings like these, %.80s", report_crowd(e), report_count(e, p).text);
  return out;
}

static report_phrase percent(double shown, double step) {
  report_phrase out;
  const int n = (int)lround(100.0*shown), edge = (int)lround(100.0*step);
  if (n < edge) snprintf(out.text, sizeof out.text, "under %d", edge);
  else if (n > 100 - edge) snprintf(out.text, sizeof out.text, "over %d", 100 - edge);
  else snprintf(out.text, sizeof out.text, "%d", n);
  return out;
}

report_phrase report_percent(const report_exam *e, const clinic_posterior *p) {
  report_phrase out = {"no percentage"};
  const double step = e->evidence->rules.round_to;
  const report_phrase n = percent(p->shown, step), lo = percent(p->shown_lo, step), hi = percent(p->shown_hi, step);
  if (report_told_of(e, p) != REPORT_TOLD_NUMBER) return out;
  if (lround(p->shown_hi/step) <= 0) snprintf(out.text, sizeof out.text, "%.16s %%", n.text);
  else if (lround(p->shown_lo/step) <= 0) snprintf(out.text, sizeof out.text, "%.16s %% (at most %.16s %%)", n.text, hi.text);
  else snprintf(out.text, sizeof out.text, "%.16s %% (%.16s to %.16s %%)", n.text, lo.text, hi.text);
  return out;
}

report_phrase report_capital(const char *words) {
  report_phrase out;
  snprintf(out.text, sizeof out.text, "%s", words);
  if (out.text[0] >= 'a' && out.text[0] <= 'z') out.text[0] = (char)(out.text[0] - 'a' + 'A');
  return out;
}

// ---- ranks ---------------------------------------------------------------------------------------------------------

const clinic_node *report_node(const report_exam *e, const clinic_posterior *p) { return &e->evidence->node[p->node]; }

report_rank report_ranked(const report_exam *e) {
  report_rank out = {.n = 0};
  const clinic_differential *d = e->differential;
  for (int i = 0; i < d->nposterior; i++) {
    int k = out.n;
    if (d->posterior[i].prior < 0) continue;
    for (; k > 0 && !d->is_insufficient && d->posterior[out.item[k - 1]].median < d->posterior[i].median; k--)
      out.item[k] = out.item[k - 1];
    out.item[k] = i;
    out.n++;
  }
  return out;
}

static bool is_iliopsoas(const clinic_node *node) { return strncmp(node->id, "IP_", 3) == 0; }

report_rank report_alternatives(const report_exam *e, int most) {
  report_rank out = {.n = 0};
  const report_rank all = report_ranked(e);
  for (int i = 0; i < all.n && out.n < most; i++) {
    const clinic_posterior *p = &e->differential->posterior[all.item[i]];
    if (!is_iliopsoas(report_node(e, p)) && !p->is_untested) out.item[out.n++] = all.item[i];
  }
  return out;
}

const clinic_posterior *report_posterior(const report_exam *e, const char *id) {
  for (int i = 0; e->differential && i < e->differential->nposterior; i++) {
    const clinic_posterior *p = &e->differential->posterior[i];
    if (p->prior >= 0 && strcmp(report_node(e, p)->id, id) == 0) return p;
  }
  return NULL;
}

int report_find_node(const report_exam *e, const char *id) {
  for (int i = 0; i < e->evidence->nnode; i++)
    if (strcmp(e->evidence->node[i].id, id) == 0) return i;
  return -1;
}

// ---- arguments -----------------------------------------------------------------------------------------------------

const clinic_finding *report_finding(const report_exam *e, const clinic_argument *a) {
  return &e->evidence->finding[e->evidence->likelihood[a->likelihood].finding];
}

report_phrase report_finding_words(const report_exam *e, const clinic_argument *a) {
  report_phrase out;
  snprintf(out.text, sizeof out.text, "%.140s%s", report_finding(e, a)->words, a->is_present ? "" : ": not found");
  return out;
}

static const clinic_argument *strongest(const clinic_posterior *p, double sign) {
  for (int i = 0; i < p->nargument; i++)
    if (sign*p->argument[i].log_odds > 0.0) return &p->argument[i];  // largest first
  return NULL;
}

const clinic_argument *report_against(const clinic_posterior *p) { return strongest(p, -1.0); }
const clinic_argument *report_for(const clinic_posterior *p) { return strongest(p, 1.0); }

report_phrase report_why_not(const clinic_posterior *p) {
  report_phrase out = {"no starting value was found"};
  if (p->needs && p->is_open)
    snprintf(out.text, sizeof out.text, "not recorded: %.80s, on which its starting value depends", p->needs);
  else if (p->needs)
    snprintf(out.text, sizeof out.text, "this person is not among those with a starting value (it depends on: %.80s)", p->needs);
  return out;
}

// whole points between two running sums, so that the points of all steps add up to the whole way
static void add_step(report_move *step, int n, const clinic_argument *a, const char *words, double to) {
  const double from = n > 0 ? step[n - 1].to : 0.0;
  step[n] = (report_move){.argument = a, .words = words, .to = to, .points = (int)(lround(100.0*to) - lround(100.0*from))};
}

int report_moves(const report_exam *e, const clinic_posterior *p, report_move step[REPORT_MOVE_MAX]) {
  int n = 0;
  const double most = report_node(e, p)->most_shown;
  double at = p->start;
  add_step(step, n++, NULL, "starting value", at);
  for (int i = 0; i < p->nargument; i++) {
    at += p->argument[i].points;
    add_step(step, n++, &p->argument[i], report_finding(e, &p->argument[i])->words, at);
  }
  if (p->is_capped) add_step(step, n++, NULL, "limit on what all findings together may do", p->median);
  if (p->median > most) add_step(step, n++, NULL, "limit on what is shown", most);
  return n;
}

// ---- small words ---------------------------------------------------------------------------------------------------

const char *report_presence(const clinic_argument *a) { return a->is_present ? "found" : "not found"; }

const char *report_grade_meaning(clinic_grade grade) {
  static const char *const text[] = {"several good studies", "a review or a large study, with weaknesses", "one fair study",
                                     "a small or flawed study", "no study: judged by the authors of the tables"};
  return text[grade];
}

const char *report_verdict_words(clinic_verdict verdict) {
  static const char *const text[] = {"allowed", "allowed with changes", "a doctor clears it first", "not allowed"};
  return text[verdict];
}

const char *report_technique_words(clinic_technique technique) {
  static const char *const text[] = {"Pressure on the psoas through the abdomen", "Deep tissue work on back and hip",
                                     "Light myofascial release", "Stretching the hip into extension"};
  return text[technique];
}

const char *report_urgency_words(clinic_urgency urgency) {
  static const char *const text[] = {"emergency, now", "a doctor today", "a doctor within two weeks", "a routine letter to the doctor",
                                     "a precaution", "none"};
  return text[urgency];
}

const char *report_provocation_words(int provocation) {
  return provocation <= 0 ? "none" : provocation == 1 ? "a little" : "may bring on the pain";
}

const char *report_who(const clinic_trial *t) {
  if (!t->is_trained) return "anybody who examines";
  return t->technique == CLINIC_ABDOMINAL_RELEASE ? "only who is trained for the abdomen" : "only who is trained for it";
}

const char *report_pain_side(const clinic_exam *exam, const clinic_pain *p) {
  if (!exam->fields->region[p->region].is_sided) return "middle";
  return p->is_side[CLINIC_RIGHT] && p->is_side[CLINIC_LEFT] ? "both" : p->is_side[CLINIC_LEFT] ? "left" : "right";
}

report_phrase report_bits(const clinic_next *n) {
  report_phrase out;
  if (n->gain_bits < 0.001) snprintf(out.text, sizeof out.text, "under 0.001 bits");
  else snprintf(out.text, sizeof out.text, "%.3f bits", n->gain_bits);
  return out;
}

report_phrase report_minutes(const clinic_trial *t) {
  report_phrase out;
  snprintf(out.text, sizeof out.text, "%.3g", t->minutes);
  return out;
}

report_phrase report_next_why(const report_exam *e, const clinic_next *next) {
  report_phrase out;
  if (next->is_mandatory) snprintf(out.text, sizeof out.text, "asked of every client it applies to");
  else if (next->most >= 0) snprintf(out.text, sizeof out.text, "tells most about: %.100s", e->evidence->node[next->most].words);
  else snprintf(out.text, sizeof out.text, "moves no estimate");
  return out;
}
