/* What the safety gate says. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/safety_report.h"

bool report_is_reason(const clinic_flag_state *s) { return s->truth == CLINIC_TRUE || s->truth == CLINIC_UNSURE; }

bool report_is_missing(const clinic_flag_state *s) { return s->truth == CLINIC_OPEN && s->urgency <= CLINIC_E1; }

const char *report_state_text(const clinic_flag_state *s) {
  return s->truth == CLINIC_TRUE ? "yes" : s->truth == CLINIC_UNSURE ? "not sure" : "not answered";
}

const char *report_technique_why(const report_safety *r, const clinic_permission *p) {
  if (p->condition >= 0) return r->tables->condition[p->condition].words;
  if (p->condition == CLINIC_BY_REFUSAL)
    return p->verdict == CLINIC_BLOCK ? "treatment was refused or consent withdrawn" : "consent to treatment is not sure";
  if (r->safety->status == CLINIC_STOP) return "the safety screen stops";
  if (p->verdict == CLINIC_BLOCK || r->safety->is_review_due) return "a medical review is due";
  return r->safety->status == CLINIC_INCOMPLETE ? "the safety screen is incomplete" : "nothing stands against it";
}

static void put_reasons(FILE *out, const report_safety *r) {
  for (int i = 0; i < r->tables->nflag; i++) {
    const clinic_flag_state *s = &r->safety->flag[i];
    const clinic_flag *f = &r->tables->flag[i];
    if (!report_is_reason(s)) continue;
    fprintf(out, "  %s %s: %s\n    answer: %s. Suspect: %s. What to do: %s\n    source: %s\n", clinic_urgency_text(s->urgency), f->id,
            f->question, report_state_text(s), f->suspects, f->action, f->source);
  }
}

static void put_missing(FILE *out, const report_safety *r) {
  bool has_title = false;
  for (int i = 0; i < r->tables->nflag; i++) {
    const clinic_flag *f = &r->tables->flag[i];
    if (!report_is_missing(&r->safety->flag[i])) continue;
    if (!has_title) fprintf(out, "Not answered, and needed before any plan:\n");
    has_title = true;
    for (int k = f->part; k < f->part + f->npart; k++)
      if (r->screen->part[k] == CLINIC_NOT_ASKED && (k == f->part || r->screen->part[f->part] == CLINIC_YES))
        fprintf(out, "  %s %s.%s: %s\n", clinic_urgency_text(r->safety->flag[i].urgency), f->id, r->tables->part[k].name,
                r->tables->part[k].question);
  }
}

void report_safety_text(FILE *out, const report_safety *r) {
  fprintf(out, "Safety screen: %s", clinic_status_text(r->safety->status));
  if (r->safety->urgency != CLINIC_NONE) fprintf(out, ", %s", clinic_urgency_text(r->safety->urgency));
  fprintf(out, "\n");
  put_reasons(out, r);
  if (r->safety->status != CLINIC_STOP) put_missing(out, r);
  fprintf(out, "Techniques:\n");
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
    const clinic_permission p = clinic_technique_decide(r->tables, r->screen, r->safety, (clinic_technique)k);
    fprintf(out, "  %-24s %-11s  %s\n", clinic_technique_text((clinic_technique)k), clinic_verdict_text(p.verdict), report_technique_why(r, &p));
  }
}

json_t *report_safety_json(const report_safety *r) {
  json_t *reasons = json_array(), *unanswered = json_array();
  for (int i = 0; i < r->tables->nflag; i++) {
    const clinic_flag_state *s = &r->safety->flag[i];
    const clinic_flag *f = &r->tables->flag[i];
    if (report_is_reason(s))
      json_array_append_new(reasons, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "id", f->id, "urgency",
                                               clinic_urgency_text(s->urgency), "question", f->question, "answer",
                                               report_state_text(s), "action", f->action, "source", f->source));
    if (report_is_missing(s)) json_array_append_new(unanswered, json_string(f->id));
  }
  return json_pack("{s:s, s:s, s:o, s:o}", "status", clinic_status_text(r->safety->status), "urgency",
                   clinic_urgency_text(r->safety->urgency), "reasons", reasons, "unanswered", unanswered);
}

json_t *report_techniques_json(const report_safety *r) {
  json_t *list = json_array();
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
    const clinic_permission p = clinic_technique_decide(r->tables, r->screen, r->safety, (clinic_technique)k);
    json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "id", clinic_technique_text((clinic_technique)k), "verdict",
                                          clinic_verdict_text(p.verdict), "why", report_technique_why(r, &p)));
  }
  return list;
}
