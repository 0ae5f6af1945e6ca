/* The solved body of the assessment page: figures of standing as is and released, their angles and forces, and what
 * other tasks say. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "app/report/assess_words.h"
#include "app/report/charts.h"
#include "app/report/draw.h"
#include "app/report/html_sections.h"
#include "psoas/vec.h"

// ---- pictures ------------------------------------------------------------------------------------------------------

static void views(report_html *page, const ps_solution *s, const ps_solution *other, const char *name) {
  const draw_body body = {.state = s->state, .recruit = s->recruit, .load = s->load, .other = other ? other->state : NULL, .name = name};
  report_put(page, "<div class=\"views\">");
  draw_whole(page, &body);
  draw_figure(page, &body, DRAW_FROM_RIGHT);
  draw_figure(page, &body, DRAW_FROM_FRONT);
  draw_figure(page, &body, DRAW_FROM_LEFT);
  report_put(page, "</div>");
}

// ---- tables --------------------------------------------------------------------------------------------------------

static void force_table(report_html *page, const assess_result *r) {
  static const char *const group[2] = {"psoas_major", "iliacus"}, *const name[2] = {"Psoas", "Iliacus"};
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  static const section_column column[] = {
      {"Muscle", false}, {"Side", false}, {"As is, N", true}, {"Released, N", true}, {"As is, % of body weight", true}, {NULL, false}};
  section_open_table(page, "Force of the hip flexors, standing", column);
  for (int g = 0; g < 2; g++)
    for (int k = 0; k < 2; k++) {
      const ps_side side = k == 0 ? PS_RIGHT : PS_LEFT;
      const double a = draw_group_force(t->as_is.recruit, group[g], side), b = draw_group_force(t->released.recruit, group[g], side);
      report_put(page, "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
                 name[g], k == 0 ? "right" : "left", report_rounded(a, REPORT_LOAD_STEP).text,
                 report_rounded(b, REPORT_LOAD_STEP).text, report_rounded(section_percent_weight(r, a), 1.0).text);
    }
  section_close_table(page);
}

static void angle_row(report_html *page, const char *name, double as_is, double released, const char *from) {
  report_put(page, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td></tr>", name,
             report_rounded(ps_deg(as_is), 1.0).text, report_rounded(ps_deg(released), 1.0).text,
             report_signed(ps_deg(as_is - released), 0.1).text, from);
}

static void coordinate_row(report_html *page, const ps_effect_task *t, const char *coord, const char *name) {
  const int j = ps_model_find_coord(t->as_is.state->model, coord);
  if (j >= 0) angle_row(page, name, t->as_is.state->q[j], t->released.state->q[j], "found");
}

static void posture_table(report_html *page, const assess_result *r) {
  const ps_stance *s = &r->model->stance;
  const ps_person *p = &r->person.body;
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  const double tilt = t->as_is.found.pelvis_tilt, tilt_released = t->released.found.pelvis_tilt;
  static const section_column column[] = {{"Angle, deg", false}, {"As is", true}, {"Released", true}, {"Change", true}, {"Reference", false}, {NULL, false}};
  section_open_table(page, "The standing posture that is found", column);
  angle_row(page, "Pelvic incidence", s->incidence, s->incidence, p->has_incidence ? "measured" : "typical");
  angle_row(page, "ASIS-PSIS line, anterior +", s->asis_psis + tilt, s->asis_psis + tilt_released, p->has_tilt ? "measured" : "typical");
  angle_row(page, "Lumbar lordosis, L1 to S1", s->lordosis + t->as_is.found.lordosis, s->lordosis + t->released.found.lordosis,
            p->has_lordosis ? "measured" : "typical");
  coordinate_row(page, t, "hip_flexion_right", "Right hip, flexion +");
  coordinate_row(page, t, "hip_flexion_left", "Left hip, flexion +");
  coordinate_row(page, t, "knee_flexion_right", "Right knee, flexion +");
  coordinate_row(page, t, "knee_flexion_left", "Left knee, flexion +");
  section_close_table(page);
}

void section_figures(report_html *page, const assess_result *r) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  const bool has_difference = report_has_difference(r);
  report_put(page, "<section><h2>The model of this person, standing</h2><figure>");
  views(page, &t->as_is, has_difference ? &t->released : NULL, "as is");
  if (has_difference) views(page, &t->released, &t->as_is, "released");
  report_put(page, "<div class=\"under\"><div>");
  draw_legend(page);
  report_put(page, "</div><figcaption><span class=\"pill\">model, not measurement</span> Drawn from the solved body. ");
  if (has_difference)
    report_put(page, "Above as the muscle is, below with it released. <strong>Both postures are found</strong>: the body stands where effort "
               "is least near its habit. The dashed line is the other posture; it lies close, because the change is small. ");
  report_put(page, "Numbers beside the spine: compression in N (from the right) and in %% of body weight (from the left). R and L are the "
             "person's own sides. Psoas and iliacus run over the front of the pelvic brim; bones are sketches.</figcaption></div></figure>");
  report_put(page, "<div class=\"pair\">");
  force_table(page, r);
  posture_table(page, r);
  report_put(page, "</div></section>\n");
}

// ---- other tasks ---------------------------------------------------------------------------------------------------

static void task_row(report_html *page, const assess_result *r, int itask) {
  static const char *const words[ASSESS_NTASK] = {"Standing", "Walking, right leg behind", "Walking, left leg behind",
                                                  "Standing, bent backward", "Sitting, relaxed", "Lying on the back, legs straight"};
  const ps_effect_task *t = &r->effect->task[itask];
  const double a = t->as_is.load->level[CHARTS_L4_L5].total.compression, b = t->released.load->level[CHARTS_L4_L5].total.compression;
  double force[2] = {0.0, 0.0};
  for (int k = 0; k < 2; k++) {
    const ps_side of = k == 0 ? PS_RIGHT : PS_LEFT;
    force[k] = draw_group_force(t->as_is.recruit, "psoas_major", of) - draw_group_force(t->released.recruit, "psoas_major", of);
  }
  report_put(page, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>", words[itask],
             report_rounded(a, REPORT_LOAD_STEP).text, report_rounded(b, REPORT_LOAD_STEP).text,
             report_signed(a - b, REPORT_LOAD_STEP).text);
  report_put(page, "<td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>", report_signed(force[0], REPORT_LOAD_STEP).text,
             report_signed(force[1], REPORT_LOAD_STEP).text,
             t->request.is_held ? "held" : report_signed(ps_deg(t->as_is.found.pelvis_tilt - t->released.found.pelvis_tilt), 0.1).text);
}

void section_tasks(report_html *page, const assess_result *r) {
  if (!report_has_difference(r)) return;
  report_put(page, "<section><h2>In which positions the muscle matters</h2><p>The same two bodies in %d positions, each found with the muscle as it "
             "is and released; a moment of a step is held, because nobody comes to rest in it. A short muscle pulls where the hip is straight "
             "or behind the body; with the hip bent it hangs loose.</p>"
             "<div class=\"broad\">", ASSESS_NTASK);
  static const section_column column[] = {{"Position", false},       {"L4/L5 as is, N", true},       {"Released, N", true},
                                          {"Change, N", true},       {"Right psoas, change, N", true}, {"Left psoas, change, N", true},
                                          {"Pelvic tilt, change, deg", true}, {NULL, false}};
  section_open_table(page, "Compression of L4/L5 and pull of the psoas by position", column);
  for (int k = 0; k < ASSESS_NTASK; k++) task_row(page, r, k);
  section_close_table(page);
  report_put(page, "</div></section>\n");
}
