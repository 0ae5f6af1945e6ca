/* The pathways in words. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/pathway_report.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const double FINEST[CLINIC_NEFFECT] = {1.0, 0.01, 0.1, 0.1, 1.0, 1.0};  // in the unit that is shown

static report_passage PS_PRINTF(1, 2) passage(const char *format, ...) {
  report_passage p;
  va_list list;
  va_start(list, format);
  vsnprintf(p.text, sizeof p.text, format, list);
  va_end(list);
  return p;
}

// ---- evidence ------------------------------------------------------------------------------------------------------

report_passage report_pathway_evidence(const clinic_pathway_rule *p) {
  char claims[80] = "";
  int nlink = 0;
  for (int i = 0; i < p->nclaim; i++) {
    const size_t n = strlen(claims);
    if (!p->claim[i].is_link) continue;
    snprintf(claims + n, sizeof claims - n, "%s%s", nlink++ ? ", " : "", p->claim[i].id);
  }
  return passage("%sevidence grade %s: %s (claim%s %s)", clinic_pathway_is_hypothesis(p) ? "hypothesis, " : "",
                 clinic_grade_text(clinic_pathway_grade(p)), p->verdict, nlink > 1 ? "s" : "", claims);
}

report_passage report_least_words(const clinic_effect_rule *x) {
  const char *unit = x->unit;
  if (x->least_share > 0.0)
    return passage("%.4g %s, and at least %.4g %% of the released value", x->factor*x->least, unit, 100.0*x->least_share);
  return passage("%.4g %s%s", x->factor*x->least, unit, strcmp(unit, "%") == 0 ? " of the maximum" : "");
}

// ---- numbers -------------------------------------------------------------------------------------------------------

// steps of 5 %, never 0 or 100 %
static report_passage chance(double p) {
  const double percent = 5.0*round(20.0*p);
  if (percent < 5.0) return passage("under 5 %%");
  if (percent > 95.0) return passage("over 95 %%");
  return passage("%.0f %%", percent);
}

static report_passage change_words(const report_pathways *r, int i) {
  const clinic_judged *c = &r->result->change[i];
  const clinic_effect_rule *x = &r->rules->effect[i];
  const double step = c->has_interval ? report_step(0.5*x->factor*(c->hi - c->lo), FINEST[i]) : FINEST[i];
  const report_number value = report_signed(x->factor*c->value, step), lo = report_signed(x->factor*c->lo, step),
                      hi = report_signed(x->factor*c->hi, step);
  if (!c->has_interval) return passage("%s %s", value.text, x->unit);
  return passage("%s %s (%s to %s)", value.text, x->unit, lo.text, hi.text);
}

report_passage report_pathway_share(const report_pathways *r, int i) {
  const clinic_spread *s = i == CLINIC_LOCAL ? &r->result->local : &r->result->pathway[i].share;
  if (s->p95 <= 0.0) return passage("none");
  const int lo = (int)(5.0*round(20.0*s->p05)), hi = (int)(5.0*round(20.0*s->p95));
  if (hi < 5) return passage("%s", chance(s->median).text);
  return passage("%s%s (%d to %d %%)", s->median >= 0.025 ? "about " : "", chance(s->median).text, lo, hi);
}

// ---- what the simulation says --------------------------------------------------------------------------------------

static report_passage to_therapist(const report_pathways *r, int i) {
  const clinic_judged *c = &r->result->change[i];
  const clinic_effect_rule *x = &r->rules->effect[i];
  const report_passage change = change_words(r, i), sure = chance(c->probability);
  const char *way = x->is_either ? "either way" : "upwards";
  if (!c->has) return passage("Not simulated: its share is the starting value.");
  if (!c->has_interval) return passage("Simulated change of the %s: %s, without an interval, so its share is the starting value.", x->words, change.text);
  const report_number least = report_rounded(x->factor*c->least, FINEST[i]);
  if (c->says_nothing)
    return passage("Says nothing: the simulated change of the %s is %s, and that interval holds zero. The chance of a change worth naming "
                   "(more than %s %s %s) is %s.", x->words, change.text, least.text, x->unit, way, sure.text);
  return passage("Simulated change of the %s: %s. The chance of a change worth naming (more than %s %s %s) is %s%s", x->words, change.text,
                 least.text, x->unit, way, sure.text, c->probability >= 0.5 ? ": this could be one way in which the tightness acts. It is not pain."
                                                                       : ", so it may be too small to matter.");
}

static report_passage to_client(const report_pathways *r, int i) {
  const clinic_judged *c = &r->result->change[i];
  const char *plain = r->rules->pathway[i].plain;
  if (!c->has_interval) return passage("%s", plain);
  if (c->says_nothing || c->probability < 0.5) return passage("%s On a computer body like yours we saw no change big enough to speak of.", plain);
  return passage("%s On a computer body like yours there could be such a change. It cannot show whether that hurts.", plain);
}

static report_passage closed_words(clinic_gate gate, report_voice voice) {
  const bool is_client = voice == REPORT_CLIENT;
  if (gate == CLINIC_GATE_REFER)
    return is_client ? passage("You told us about numbness, and a muscle was weak. Please let a doctor look at that first.")
                     : passage("Numbness with weakness was recorded: a doctor looks at the nerves first. Nothing is put down to this pathway.");
  return is_client ? passage("You have no pain or numbness where these nerves run, so this does not fit.")
                   : passage("No symptom of groin or front thigh: nothing is put down to this pathway.");
}

report_passage report_pathway_sentence(const report_pathways *r, int i, report_voice voice) {
  const clinic_gate gate = r->result->pathway[i].gate;
  if (gate == CLINIC_GATE_REFER || gate == CLINIC_GATE_CLOSED) return closed_words(gate, voice);
  if (voice == REPORT_CLIENT) return to_client(r, i);
  if (gate == CLINIC_GATE_UNKNOWN && r->result->change[i].has_interval)
    return passage("%s Symptoms of groin and front thigh are not known, so its share is the starting value.", to_therapist(r, i).text);
  return to_therapist(r, i);
}

report_passage report_load_sentence(const report_pathways *r, report_voice voice) {
  const clinic_load_node *n = &r->result->load;
  const bool is_likely = n->has && n->probability >= 0.5;
  if (voice == REPORT_CLIENT)
    return !n->has ? passage("What a tight muscle does to the loads on your back was not worked out.")
           : is_likely ? passage("On a computer body like yours, a tight hip muscle could change the loads on the back. A change of load is not pain.")
                       : passage("On a computer body like yours, the loads on the back hardly change.");
  if (!n->has) return passage("Nothing can be said: no load was simulated with an interval.");
  return passage("Simulated: the chance that a standing load of the back changes by more than is worth naming is %s; the likeliest is the %s. A "
                 "change of load is not pain, and moves no probability of pain.", chance(n->probability).text, r->rules->effect[n->which].words);
}
