/* The assessment as plain text. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/text_assess.h"

#include "app/report/assess_effect.h"
#include "app/report/assess_words.h"
#include "app/report/html.h"
#include "psoas/vec.h"

static void put_side(FILE *out, const assess_result *r, int k) {
  const ps_marginal *e = assess_shortening(r, k);
  fprintf(out, "  %-5s  ", k == 0 ? "right" : "left");
  if (e) {
    fprintf(out, "%s %% (5th to 95th percentile %s to %s %%)", report_rounded(100.0*e->mean, 1.0).text,
            report_rounded(100.0*e->lo, 1.0).text, report_rounded(100.0*e->hi, 1.0).text);
    if (r->source[k] == ASSESS_THOMAS)
      fprintf(out, "; thigh %s deg, simulated without shortening %s deg", report_signed(r->person.thomas[k].hip_angle_deg, 1.0).text,
              report_signed(ps_deg(r->released_hip_angle[k]), 1.0).text);
    fprintf(out, "\n         ");
  }
  fprintf(out, "%s\n", report_tightness_remark(r, k));
}

static void put_other_muscle(FILE *out, const assess_result *r, int latent, const char *name) {
  for (int k = 0; k < 2; k++) {
    if (!report_is_told(r, latent, k)) continue;
    const ps_marginal *m = &r->posterior->latent[latent + k];
    fprintf(out, "  %s, %s: shorter by %s %% (%s to %s %%)\n", name, k == 0 ? "right" : "left", report_rounded(100.0*m->mean, 1.0).text,
            report_rounded(100.0*m->lo, 1.0).text, report_rounded(100.0*m->hi, 1.0).text);
  }
}

static void put_tightness(FILE *out, const assess_result *r) {
  fprintf(out, "Iliopsoas, from the tests (mean share of fibre length by which it is shorter than typical):\n");
  for (int k = 0; k < 2; k++) put_side(out, r, k);
  put_other_muscle(out, r, PS_LATENT_RECTUS, "rectus femoris");
  put_other_muscle(out, r, PS_LATENT_TENSOR, "tensor fasciae latae");
  if (report_what_would_tell(r)) fprintf(out, "  %s\n", report_what_would_tell(r));
}

static void put_levels(FILE *out, const assess_result *r) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  fprintf(out, "\nStanding, both postures found. Compression in N (change: 5th to 95th percentile):\n%-8s %7s %9s   %-26s %16s\n", "level",
          "as is", "released", "change", "psoas' own share");
  for (int k = 5; k >= 0; k--) {
    if (k >= t->as_is.load->nlevel) continue;
    const ps_level *a = &t->as_is.load->level[k], *b = &t->released.load->level[k];
    const report_effect e = report_compression_change(r, k);
    char change[160];
    snprintf(change, sizeof change, "%s (%s)", report_signed(e.value, e.step).text, report_interval(&e).text);
    fprintf(out, "%-8s %7s %9s   %-26s %16s\n", a->level, report_rounded(a->total.compression, REPORT_LOAD_STEP).text,
            report_rounded(b->total.compression, REPORT_LOAD_STEP).text, change,
            report_rounded(report_psoas_share(t->as_is.load, k).compression, REPORT_LOAD_STEP).text);
  }
}

static void put_pathway(FILE *out, const assess_result *r, int id) {
  const assess_pathway *p = &r->pathway[id];
  const report_pathway_text *t = report_pathway(id);
  fprintf(out, "  %d %s: ", id + 1, t->title);
  if (!p->has) {
    fprintf(out, "says nothing: %s\n", p->why);
    return;
  }
  const report_effect e = report_pathway_effect(r, id);
  fprintf(out, "%s%s %s (%s), %s in %s\n", report_says_nothing(&e) ? "says nothing: " : "", report_signed(e.value, e.step).text,
          t->unit, report_interval(&e).text, t->quantity, t->posture);
}

void report_assess_text(FILE *out, const assess_result *r) {
  fprintf(out, "%s\n\n", report_safety_words(r));
  put_tightness(out, r);
  put_levels(out, r);
  fprintf(out, "\nThe five pathways (as is minus released):\n");
  for (int id = 0; id < PS_NPATHWAY; id++) put_pathway(out, r, id);
  fprintf(out, "\nNot measured:\n");
  for (int i = 0; report_not_measured(r, i); i++) fprintf(out, "  - %s\n", report_not_measured(r, i));
  for (unsigned bit = 0; ps_warn_text(bit); bit++)
    if (r->effect->warn >> bit & 1u) fprintf(out, "note: %s\n", ps_warn_text(bit));
  fprintf(out, "\nA hypothesis put to numbers, not a diagnosis.\n");
}
