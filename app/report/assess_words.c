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

// ---- tightness -----------------------------------------------------------------------------------------------------

// where a length is called typical or short; chosen: 5 % moves the thigh by 4 deg, twice the error of a reading
static const double SHORT_FROM = 0.05, TYPICAL_TO = 0.01;

// a thigh up to one sd above the mean of the norm NO17 hangs as in most people
static const double USUAL_TO_DEG = -3.0;

report_length report_length_of(const assess_result *r, int k) {
  const ps_marginal *e = assess_shortening(r, k);
  if (!e) return REPORT_LENGTH_UNKNOWN;
  if (e->hi < SHORT_FROM) return REPORT_LENGTH_TYPICAL;
  return e->lo >= TYPICAL_TO ? REPORT_LENGTH_SHORT : REPORT_LENGTH_OPEN;
}

// a side without a test of its own that counts
static const char *borrowed_remark(assess_source source) {
  if (source == ASSESS_UNCONTROLLED)
    return "pelvis free in the test, which moves no estimate: repeat with the pelvis held; the figure is what the other side tells of this one";
  if (source == ASSESS_REFUSED)
    return "no body of the model gives the reading of this side, so it was left out; the figure is what the other side tells of this one";
  return "no test of its own: the figure is what the other side tells of this one, as the sides of one person are alike";
}

static const char *unestimated_remark(assess_source source) {
  if (source == ASSESS_UNCONTROLLED) return "pelvis free in the test: moves no estimate; repeat with the pelvis held";
  if (source == ASSESS_REFUSED) return "no body of the model gives this reading: it moves no estimate; was it read as the file means it?";
  return "not measured: taken as typical";
}

static const char *tested_remark(const assess_result *r, int k) {
  const report_length length = report_length_of(r, k);
  if (length == REPORT_LENGTH_TYPICAL) return "the tests fit an iliopsoas of typical length";
  if (length == REPORT_LENGTH_SHORT) return "hardly any body with an iliopsoas of typical length fits the tests";
  if (r->source[k] == ASSESS_THOMAS && r->person.thomas[k].hip_angle_deg < USUAL_TO_DEG)
    return "the thigh hangs as in most people; that the other one is higher makes a short iliopsoas possible here too";
  return r->source[k] == ASSESS_THOMAS
             ? "the thigh is higher than in most people; a short iliopsoas explains it, and so does a pelvis that rolled back less"
             : "the hip extends less than in most people; a short iliopsoas explains it, and so does a softer push";
}

const char *report_tightness_remark(const assess_result *r, int k) {
  const assess_source source = r->source[k];
  if (source == ASSESS_STATED)
    return r->person.thomas[k].has ? "as the file states it, which goes before the test" : "as the file states it";
  if (!r->is_estimated[k]) return unestimated_remark(source);
  return source == ASSESS_THOMAS || source == ASSESS_EXTENSION ? tested_remark(r, k) : borrowed_remark(source);
}

const char *report_what_would_tell(const assess_result *r) {
  bool is_open = false, has_extension = true;
  for (int k = 0; k < 2; k++) {
    is_open |= report_length_of(r, k) == REPORT_LENGTH_OPEN;
    has_extension &= r->person.hip_extension[k].has;
  }
  if (!is_open) return NULL;
  return has_extension ? "What would tell more: the Thomas test again with the pelvis seen to be held just flat (hand or pressure cuff)."
                       : "What would tell more: passive hip extension of both sides, prone with a straight knee, and the Thomas test "
                         "again with the pelvis seen to be held just flat (hand or pressure cuff).";
}

bool report_is_told(const assess_result *r, int latent, int k) {
  static const char *const muscle[] = {
      [PS_LATENT_SHORTENING] = "iliopsoas", [PS_LATENT_STIFFNESS] = "iliopsoas", [PS_LATENT_RECTUS] = "rectus_femoris",
      [PS_LATENT_TENSOR] = "tensor_fasciae_latae"};
  if (!r->is_estimated[k] || r->posterior->latent[latent + k].is_prior_like) return false;
  for (int i = 0; i < r->person.body.ntight; i++)
    if (strcmp(r->person.body.tight[i].group, muscle[latent]) == 0) return false;
  return true;
}

const char *report_tightness_from(const assess_result *r, int k) {
  static const char *const word[] = {"not_measured", "modified_thomas", "pelvis_not_controlled", "stated", "passive_extension",
                                     "refused"};
  const bool is_own = r->source[k] == ASSESS_THOMAS || r->source[k] == ASSESS_EXTENSION;
  return r->is_estimated[k] && !is_own ? "other_side" : word[r->source[k]];
}

const char *report_safety_words(const assess_result *r) {
  PS_ASSERT(r->safety != CLINIC_STOP);  // a stop has no results
  return r->safety == CLINIC_CLEAR
             ? "Safety screen: clear when it was asked. Ask again at every visit."
             : "Safety screen incomplete: nothing here clears anybody for treatment. Ask the safety questions first.";
}

typedef struct sentence { bool is_due; const char *text; } sentence;

// the usual limit of split-R-hat, and the size at which a mean is known to a seventh of its spread
static const double RHAT_MAX = 1.1, ESS_MIN = 50.0;

static bool is_refused(const assess_result *r, int reading) {
  return r->posterior != NULL && (r->posterior->refused >> reading & 1u);
}

static bool is_other_extension(const files_angle *a) {
  return a->has && (a->method == FILES_MODIFIED_THOMAS || a->method == FILES_MOTION_CAPTURE);
}

const char *report_not_measured(const assess_result *r, int i) {
  const ps_person *p = &r->person.body;
  const bool has_estimate = r->is_estimated[0] || r->is_estimated[1];
  const sentence all[] = {
      {!p->has_incidence, "Pelvic incidence was not measured: the published mean of 53 deg stands in for it (it varies by 10 deg)."},
      {!p->has_lordosis && !r->person.lordosis.has,
       "Lordosis was not measured: the typical curve for this pelvic incidence and age stands in for it."},
      {!p->has_lordosis && r->person.lordosis.has,
       "Lordosis was measured by another method than a radiograph from L1 to S1: that is another quantity and is not "
       "converted, so the typical curve stands in for it."},
      {!p->has_tilt, "The tilt of the pelvis (ASIS-PSIS line) was not measured: the typical stance stands in for it."},
      {r->source[0] == ASSESS_NOT_MEASURED && !r->is_estimated[0],
       "Right hip: no test that counts, so the right iliopsoas is taken as typical."},
      {r->source[1] == ASSESS_NOT_MEASURED && !r->is_estimated[1],
       "Left hip: no test that counts, so the left iliopsoas is taken as typical."},
      {r->source[0] == ASSESS_NOT_MEASURED && r->is_estimated[0],
       "Right hip: no test of its own. Its estimate comes from the left, as far as the sides of one person are alike."},
      {r->source[1] == ASSESS_NOT_MEASURED && r->is_estimated[1],
       "Left hip: no test of its own. Its estimate comes from the right, as far as the sides of one person are alike."},
      {r->source[0] == ASSESS_UNCONTROLLED,
       "Right hip: the pelvis was free in the test, so it moves no estimate. Repeat it with the pelvis held."},
      {r->source[1] == ASSESS_UNCONTROLLED,
       "Left hip: the pelvis was free in the test, so it moves no estimate. Repeat it with the pelvis held."},
      {r->source[0] == ASSESS_STATED && r->person.thomas[0].has,
       "Right hip: the file states the tightness itself, so its Thomas test moves no estimate."},
      {r->source[1] == ASSESS_STATED && r->person.thomas[1].has,
       "Left hip: the file states the tightness itself, so its Thomas test moves no estimate."},
      {is_refused(r, PS_READING_HIP),
       "Right hip: a thigh as in this Thomas test is further than four of its errors from every body of the model. It was left out: was it read "
       "against the horizontal, above it positive?"},
      {is_refused(r, 3 + PS_READING_HIP),
       "Left hip: a thigh as in this Thomas test is further than four of its errors from every body of the model. It was left out: was it read "
       "against the horizontal, above it positive?"},
      {is_refused(r, PS_READING_KNEE) && !is_refused(r, PS_READING_HIP),
       "Right knee: no body of the model bends it so in the Thomas test (further than four errors). It was left out: a straight knee is 0."},
      {is_refused(r, 3 + PS_READING_KNEE) && !is_refused(r, 3 + PS_READING_HIP),
       "Left knee: no body of the model bends it so in the Thomas test (further than four errors). It was left out: a straight knee is 0."},
      {is_refused(r, PS_READING_EXTENSION),
       "Right hip extension is further than four of its errors from every body of the model. It was left out: behind the line of the body is positive."},
      {is_refused(r, 3 + PS_READING_EXTENSION),
       "Left hip extension is further than four of its errors from every body of the model. It was left out: behind the line of the body is positive."},
      {is_refused(r, PS_READING_TILT),
       "The ASIS-PSIS line is further than four of its errors from every pelvis tried: is it against the horizontal, anterior positive?"},
      {is_other_extension(&r->person.hip_extension[0]) || is_other_extension(&r->person.hip_extension[1]),
       "Hip extension that was not read lying prone or on the side, with a straight knee, is kept and shown, but moves no estimate."},
      {has_estimate && r->posterior->latent[PS_LATENT_STIFFNESS].is_prior_like && r->posterior->latent[PS_LATENT_STIFFNESS + 1].is_prior_like,
       "Stiffness of the iliopsoas: the tests do not tell. It is taken as about typical; that people differ in it (by 21 %) is in the intervals."},
      {has_estimate, "Resting tone of the iliopsoas: no test here feels it. It is taken as none."},
      {has_estimate && (r->posterior->rhat > RHAT_MAX || r->posterior->ess < ESS_MIN),
       "The sampling behind the shortening is rough for these readings (its diagnostics are in the JSON): mind that a few points of percent mean little."},
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
