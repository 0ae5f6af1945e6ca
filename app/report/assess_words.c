/* Words of the assessment.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/report/assess_words.h"

#include <string.h>

static const report_pathway_text PATHWAY[PS_NPATHWAY] = {
    {"Compression of the lower back", "compression of L4/L5", "standing", "N", "standing", 1.0, 1.0, 10.0},
    {"Pull on the mid back", "moment at T12/L1 made by the fascicles from T12", "standing", "Nm", "standing", 1.0, 0.01, 0.01},
    {"Pelvis tilted forward", "ASIS-PSIS tilt", "standing", "deg", "standing", 57.29577951308232, 1.0, 1.0},
    {"Other muscles compensate", "mean activation of erectors, multifidus and quadratus lumborum", "standing", "%", "standing", 100.0, 0.1, 0.1},
    {"Stress around the lumbar plexus", "mean stress in the psoas fascicles from L2 to L5", "late-stance", "kPa", "late stance", 1e-3, 1.0, 10.0}};

const report_pathway_text *report_pathway(int id) {
  PS_ASSERT(id >= 0 && id < PS_NPATHWAY);
  return &PATHWAY[id];
}

const char *report_tightness_remark(const assess_result *r, int k) {
  const ps_tightness_estimate *e = &r->side[k];
  switch (r->source[k]) {
    case ASSESS_NOT_MEASURED: return "not measured: taken as typical";
    case ASSESS_STATED:
      return r->person.thomas[k].has ? "as the file states it, which goes before the test" : "as the file states it";
    case ASSESS_UNCONTROLLED: return "pelvis free in the test: moves no estimate; repeat with the pelvis held";
    case ASSESS_THOMAS: break;
  }
  if (e->shortening <= 0.0) return "estimated from the test; the thigh hangs as low as without shortening, or lower: none found";
  if (r->ndraw > 0 && e->hi > 0.2 - 1e-9) return "estimated from the test; the search ends at 20 %, so it may be more";
  return "estimated from the test";
}

const char *report_safety_words(const assess_result *r) {
  PS_ASSERT(r->safety != CLINIC_STOP);  // a stop has no results
  return r->safety == CLINIC_CLEAR
             ? "Safety screen: clear when it was asked. Ask again at every visit."
             : "Safety screen incomplete: nothing here clears anybody for treatment. Ask the safety questions first.";
}

typedef struct sentence { bool is_due; const char *text; } sentence;

const char *report_not_measured(const assess_result *r, int i) {
  const ps_person *p = &r->person.body;
  const sentence all[] = {
      {!p->has_incidence, "Pelvic incidence was not measured: the published mean of 53 deg stands in for it (it varies by 10 deg)."},
      {!p->has_lordosis && !r->person.lordosis.has,
       "Lordosis was not measured: the typical curve for this pelvic incidence and age stands in for it."},
      {!p->has_lordosis && r->person.lordosis.has,
       "Lordosis was measured by another method than a radiograph from L1 to S1: that is another quantity and is not "
       "converted, so the typical curve stands in for it."},
      {!p->has_tilt, "The tilt of the pelvis (ASIS-PSIS line) was not measured: the typical stance stands in for it."},
      {r->source[0] == ASSESS_NOT_MEASURED,
       "Right hip: no modified Thomas test, so the right iliopsoas is taken as typical."},
      {r->source[1] == ASSESS_NOT_MEASURED,
       "Left hip: no modified Thomas test, so the left iliopsoas is taken as typical."},
      {r->source[0] == ASSESS_UNCONTROLLED,
       "Right hip: the pelvis was free in the test, so it moves no estimate. Repeat it with the pelvis held."},
      {r->source[1] == ASSESS_UNCONTROLLED,
       "Left hip: the pelvis was free in the test, so it moves no estimate. Repeat it with the pelvis held."},
      {r->source[0] == ASSESS_STATED && r->person.thomas[0].has,
       "Right hip: the file states the tightness itself, so its Thomas test moves no estimate."},
      {r->source[1] == ASSESS_STATED && r->person.thomas[1].has,
       "Left hip: the file states the tightness itself, so its Thomas test moves no estimate."},
      {r->person.hip_extension[0].has || r->person.hip_extension[1].has,
       "Hip extension is kept and shown, but another method than the Thomas test moves no estimate in this version."},
      {true, "Muscle strength and size were not measured: they follow height, mass and sex."},
      {true, "How firmly a person holds on to a habitual posture was not measured: the weights of habit are assumed, and drawn over a wide range."},
      {true, "The model of the body knows no pain and no other condition: it cannot say what hurts."}};
  for (size_t k = 0; k < sizeof all/sizeof *all; k++)
    if (all[k].is_due && i-- == 0) return all[k].text;
  return NULL;
}

ps_load_share report_psoas_share(const ps_load *load, int ilevel) {
  ps_load_share sum = {0};
  for (int g = 0; g < load->model->ngroup; g++) {
    if (strcmp(load->model->group[g], "psoas_major") != 0) continue;
    for (int k = 0; k < 2; k++) {
      const ps_load_share *x = &load->split[ilevel*load->nsource + PS_SOURCE_GROUPS + 2*g + k];
      sum.compression += x->compression;
      sum.anterior_shear += x->anterior_shear;
      sum.lateral_shear += x->lateral_shear;
      sum.flexion_moment += x->flexion_moment;
    }
  }
  return sum;
}
