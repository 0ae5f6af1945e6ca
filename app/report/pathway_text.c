/* Words of the assessment. Verdicts on the claims are those of the clinical evidence table, in plain words.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/report/pathway_text.h"

#include <string.h>

static const report_pathway_text PATHWAY[PS_NPATHWAY] = {
    {"Compression of the lower back", "compression of L4/L5", "standing", "N", 1.0,
     "hypothesis; the force is real, that it hurts is unproven (bogduk1992; laird2014)"},
    {"Pull on the mid back", "moment at T12/L1 made by the fascicles from T12", "standing", "Nm", 1.0,
     "hypothesis; no study found that supports it"},
    {"Pelvis tilted forward", "ASIS-PSIS tilt", "standing", "deg", 57.29577951308232,
     "hypothesis; partly supported, small effect (preece2021)"},
    {"Other muscles compensate", "mean activation of erectors, multifidus and quadratus lumborum", "standing", "%", 100.0,
     "hypothesis; partly plausible"},
    {"Stress around the lumbar plexus", "mean stress in the psoas fascicles from L2 to L5", "late-stance", "kPa", 1e-3,
     "hypothesis; unproven for ordinary tightness"}};

const report_pathway_text *report_pathway(int id) {
  PS_ASSERT(id >= 0 && id < PS_NPATHWAY);
  return &PATHWAY[id];
}

typedef struct sentence { bool is_due; const char *text; } sentence;

const char *report_not_measured(const assess_result *r, int i) {
  const ps_person *p = &r->person.body;
  const sentence all[] = {
      {!p->has_incidence, "Pelvic incidence was not measured: the published mean of 53 deg stands in for it (it varies by 10 deg)."},
      {!p->has_lordosis && !r->person.lordosis.has,
       "Lordosis was not measured: the typical curve for this pelvic incidence and age stands in for it."},
      {!p->has_lordosis && r->person.lordosis.has,
       "Lordosis was measured on the skin: that is another quantity than on a radiograph and is not converted, so the "
       "typical curve stands in for it."},
      {!p->has_tilt, "The tilt of the pelvis (ASIS-PSIS line) was not measured: the typical stance stands in for it."},
      {r->source[0] == ASSESS_NOT_MEASURED,
       "Right hip: no modified Thomas test, so the right iliopsoas is taken as typical."},
      {r->source[1] == ASSESS_NOT_MEASURED,
       "Left hip: no modified Thomas test, so the left iliopsoas is taken as typical."},
      {r->source[0] == ASSESS_UNCONTROLLED,
       "Right hip: the pelvis was free in the test, so it moves no estimate. Repeat it with the pelvis held."},
      {r->source[1] == ASSESS_UNCONTROLLED,
       "Left hip: the pelvis was free in the test, so it moves no estimate. Repeat it with the pelvis held."},
      {true, "Muscle strength and size were not measured: they follow height, mass and sex."},
      {true, "How the posture itself would change with a released muscle is not computed in this version: the posture is held."},
      {true, "Pain, safety questions and other conditions are not part of this version: it cannot say what hurts."}};
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
