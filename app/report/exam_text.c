/* An exam's report as plain text, to the therapist and to the client. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/report/exam_check_text.h"
#include "app/report/exam_words.h"
#include "app/report/exam_client.h"
#include "app/report/html.h"

static void put_condition(FILE *out, const report_exam *e, const clinic_posterior *p) {
  const clinic_node *node = report_node(e, p);
  fprintf(out, "  %s: %s%s\n", node->words, report_band(e, p), p->is_untested ? " (starting value: nothing about it was recorded)" : "");
  if (report_lean(e, p)[0]) fprintf(out, "    leaning towards: %s\n", report_lean(e, p));
  if (report_told_of(e, p) != REPORT_TOLD_NOTHING) fprintf(out, "    %s; %s\n", report_people(e, p).text, report_percent(e, p).text);
}

static void put_differential(FILE *out, const report_exam *e) {
  const report_rank rank = report_ranked(e);
  fprintf(out, "\nWhat fits (several may be true at once):\n");
  if (e->differential->is_insufficient)
    fprintf(out, "  Not enough information: %d informative findings, %d are needed before any percentage.\n", e->differential->ninformative,
            e->evidence->rules.enough_findings);
  for (int i = 0; i < rank.n; i++) put_condition(out, e, &e->differential->posterior[rank.item[i]]);
  for (int i = 0; i < e->differential->nposterior; i++) {
    const clinic_posterior *p = &e->differential->posterior[i];
    if (p->prior < 0) fprintf(out, "  %s: not estimated; %s\n", report_node(e, p)->words, report_why_not(p).text);
  }
}

static void put_moved(FILE *out, const report_exam *e, const clinic_posterior *p) {
  report_move step[REPORT_MOVE_MAX];
  const int n = report_moves(e, p, step);
  fprintf(out, "\nWhat moved it: %s\n", report_node(e, p)->words);
  for (int i = 0; i < n; i++) {
    const clinic_argument *a = step[i].argument;
    fprintf(out, "  ");
    if (!e->differential->is_insufficient) fprintf(out, "%+4d  ", step[i].points);
    if (!a && e->differential->is_insufficient) fprintf(out, "%s\n", step[i].words);
    else if (!a) fprintf(out, "%s, points\n", step[i].words);
    else
      fprintf(out, "%s: %s; odds times %s (%s to %s); grade %s; %s\n", step[i].words, report_presence(a),
              report_rounded(a->ratio.median, 0.01).text, report_rounded(a->ratio.p05, 0.01).text,
              report_rounded(a->ratio.p95, 0.01).text, clinic_grade_text(e->evidence->likelihood[a->likelihood].grade),
              e->evidence->likelihood[a->likelihood].source);
  }
  if (!e->differential->is_insufficient && n > 0) fprintf(out, "  %4.0f  where that ends, %%\n", 100.0*step[n - 1].to);
  const clinic_argument *against = report_against(p);
  if (against) fprintf(out, "Strongest finding against: %s\n", report_finding_words(e, against).text);
  fprintf(out, "Against it in general: %s\n", report_node(e, p)->against);
}

static void put_next(FILE *out, const report_exam *e) {
  fprintf(out, "\nWhat to test next:\n");
  if (e->nnext == 0) fprintf(out, "  nothing of the list is left\n");
  for (int i = 0; i < e->nnext; i++) {
    const clinic_next *n = &e->next[i];
    const clinic_trial *t = &e->evidence->trial[n->trial];
    fprintf(out, "  %s%s: %s; %s min; provocation: %s; %s", n->is_mandatory ? "first: " : "", t->words, report_next_why(e, n).text,
            report_minutes(t).text, report_provocation_words(t->provocation), report_who(t));
    if (!n->is_mandatory) fprintf(out, "; expected information %s", report_bits(n).text);
    fprintf(out, "%s%s\n", n->is_allowed ? "" : "; not now: ", n->is_allowed ? "" : n->why_not);
  }
}

static void put_pain(FILE *out, const report_exam *e) {
  if (!e->exam->has_pain_map) return;
  fprintf(out, "\nWhere it hurts (0 to 10):%s\n", e->exam->npain ? "" : " nowhere on the map");
  for (int i = 0; i < e->exam->npain; i++) {
    const clinic_pain *p = &e->exam->pain[i];
    fprintf(out, "  %s, %s: %s", e->exam->fields->region[p->region].words, report_pain_side(e->exam, p), report_rounded(p->intensity, 1.0).text);
    for (int q = 0, n = 0; CLINIC_QUALITY[q]; q++)
      if (p->quality >> q & 1u) fprintf(out, "%s%s", n++ ? ", " : "; ", CLINIC_QUALITY[q]);
    fprintf(out, "\n");
  }
}

static void put_therapist(FILE *out, const report_exam *e) {
  report_safety_text(out, &e->safety);
  if (!e->differential) return;
  if (e->record) report_exam_remarks_text(out, &(report_exam_check){e->clinical, e->record});
  put_pain(out, e);
  put_differential(out, e);
  const clinic_posterior *pain = report_posterior(e, "IP_PAIN");
  if (pain) put_moved(out, e, pain);
  const report_rank other = report_alternatives(e, 3);
  for (int i = 0; i < other.n; i++) put_moved(out, e, &e->differential->posterior[other.item[i]]);
  put_next(out, e);
  fprintf(out, "\nA graded hypothesis, not a diagnosis. There is no reference standard for back pain from a tight psoas.\n");
}

static void put_client(FILE *out, const report_exam *e) {
  client_part part[CLIENT_PART_MAX];
  const int n = client_parts(e, part);
  for (int i = 0; i < n; i++) {
    fprintf(out, "%s%s\n", i > 0 ? "\n" : "", part[i].title);
    for (int k = 0; k < part[i].n; k++) fprintf(out, "  %s%s\n", part[i].is_list ? "- " : "", part[i].line[k].text);
  }
}

void report_exam_text(FILE *out, const report_exam *e, report_voice voice) {
  if (voice == REPORT_CLIENT) put_client(out, e);
  else put_therapist(out, e);
}
