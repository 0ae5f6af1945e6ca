/* Tightness of the iliopsoas from what was read at the bedside: the readings of a person file for the posterior of
 * docs/theory/tightness.md section 6, and what the analysis takes from it. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app/assess/assess_internal.h"
#include "psoas/vec.h"

enum { FIT_SEED = 1 };  // of the points of the surrogate: whether a reading can be is no matter of the seed of the draws

static const ps_side SIDE[2] = {PS_RIGHT, PS_LEFT};

const ps_marginal *assess_shortening(const assess_result *r, int k) {
  return r->is_estimated[k] ? &r->posterior->latent[PS_LATENT_SHORTENING + k] : NULL;
}

bool assess_is_drawn(const assess_result *r) { return r->ndraw > 0 && (r->is_estimated[0] || r->is_estimated[1]); }

// tightness that the file states for the iliopsoas of a side
static bool is_stated(const ps_person *p, ps_side side) {
  for (int i = 0; i < p->ntight; i++) {
    const ps_tightness_entry *t = &p->tight[i];
    if (assess_is_iliopsoas(t) && (t->side == side || t->side == PS_MIDLINE)) return true;
  }
  return false;
}

// ---- readings ----------------------------------------------------------------------------------------------------------

// lying prone or on the side, the knee straight: what the model simulates. In the Thomas position it is another test
static bool is_passive_extension(const files_angle *a) {
  return a->has && (a->method == FILES_PRONE_GONIOMETER || a->method == FILES_PRONE_INCLINOMETER ||
                    a->method == FILES_SIDE_LYING_INCLINOMETER);
}

static ps_bedside side_readings(const files_person *p, int k) {
  const files_thomas *t = &p->thomas[k];
  const files_angle *e = &p->hip_extension[k];
  ps_bedside b = {.has_thomas = false};
  if (is_stated(&p->body, SIDE[k])) return b;
  if (t->has)
    b = (ps_bedside){.has_thomas = true, .is_controlled = t->pelvis_controlled,
                     .hip_angle = ps_rad(t->hip_angle_deg), .hip_sd = ps_rad(t->error_deg),
                     .has_knee = true, .knee = ps_rad(t->knee_flexion_deg), .knee_sd = ps_rad(files_knee_error(t))};
  if (is_passive_extension(e)) {
    b.has_extension = true;
    b.extension = ps_rad(e->deg);
    b.extension_sd = ps_rad(files_angle_error(e));
  }
  return b;
}

static ps_readings readings(const files_person *p) {
  ps_readings q = {.side = {side_readings(p, 0), side_readings(p, 1)}, .has_tilt = p->tilt.has};
  if (q.has_tilt) {
    q.tilt = ps_rad(p->tilt.deg);
    q.tilt_sd = ps_rad(files_angle_error(&p->tilt));
  }
  return q;
}

static bool counts(const ps_bedside *b) { return (b->has_thomas && b->is_controlled) || b->has_extension; }

// ---- the posterior -----------------------------------------------------------------------------------------------------

static ps_status infer(assess_result *r, const ps_readings *q, ps_state *scratch, ps_error *err) {
  ps_infer_opts o = ps_infer_default();
  o.seed = r->seed;
  o.ndraw = r->ndraw;
  const size_t fit = ps_surrogate_scratch_size(), chains = ps_posterior_scratch_size(&o), size = fit > chains ? fit : chains;
  void *mem = malloc(size);
  ps_surrogate *g = calloc(1, sizeof *g);
  r->posterior = calloc(1, sizeof *r->posterior);
  ps_status status = mem && g && r->posterior ? PS_OK : PS_ENOMEM;
  if (status == PS_OK) {
    ps_arena arena;
    ps_arena_init(&arena, mem, size);
    const ps_subject who = {r->model, scratch, ps_prior_default()};
    status = ps_surrogate_fit(&who, FIT_SEED, &arena, g, err);
    if (status == PS_OK) status = ps_posterior_infer(g, q, &o, &arena, r->posterior, err);
  }
  free(g);
  free(mem);
  return status;
}

// what a side's own tests are worth, once it is known which of them are refused
static assess_source source_of(const assess_result *r, const ps_readings *q, int k) {
  const ps_bedside *b = &q->side[k];
  const unsigned refused = r->posterior ? r->posterior->refused >> 3*k : 0;
  const bool has_thomas = b->has_thomas && b->is_controlled;
  if (is_stated(&r->person.body, SIDE[k])) return ASSESS_STATED;
  if (has_thomas && !(refused >> PS_READING_HIP & 1u)) return ASSESS_THOMAS;
  if (b->has_extension && !(refused >> PS_READING_EXTENSION & 1u)) return ASSESS_EXTENSION;
  if (has_thomas || b->has_extension) return ASSESS_REFUSED;
  return b->has_thomas ? ASSESS_UNCONTROLLED : ASSESS_NOT_MEASURED;
}

// as is: the mean shortening, because effects grow about evenly with it, and the median stiffness, which is typical where the
// tests do not tell
static ps_status add_entry(assess_result *r, int k, ps_error *err) {
  const ps_marginal *latent = r->posterior->latent + k;
  if (r->ntight == PS_TIGHTNESS_MAX)
    return ps_error_set(err, PS_EINPUT, 0, "tightness", "more than %d entries", PS_TIGHTNESS_MAX - 2);
  r->tight[r->ntight++] = (ps_tightness_entry){.group = "iliopsoas", .side = SIDE[k],
                                               .shortening = latent[PS_LATENT_SHORTENING].mean,
                                               .stiffness = latent[PS_LATENT_STIFFNESS].median};
  return PS_OK;
}

ps_status assess_tightness(assess_result *r, ps_state *scratch, ps_error *err) {
  const ps_readings q = readings(&r->person);
  const ps_thomas_setup setup = ps_thomas_setup_default();
  double knee = 0.0;
  for (int k = 0; k < 2; k++)
    PS_TRY(ps_tightness_thomas(r->model, SIDE[k], &setup, 0.0, scratch, &r->released_hip_angle[k], &knee, err));
  if (counts(&q.side[0]) || counts(&q.side[1])) PS_TRY(infer(r, &q, scratch, err));

  // one test is enough for both sides, because those of one person are alike; a side that is stated needs none
  for (int k = 0; k < 2; k++) r->source[k] = source_of(r, &q, k);
  bool has_test = false;
  for (int k = 0; k < 2; k++) has_test |= r->source[k] == ASSESS_THOMAS || r->source[k] == ASSESS_EXTENSION;
  if (!has_test) return PS_OK;
  r->ndraw = r->posterior->ndraw;
  for (int k = 0; k < 2; k++) {
    r->is_estimated[k] = r->source[k] != ASSESS_STATED;
    if (r->is_estimated[k]) PS_TRY(add_entry(r, k, err));
  }
  return PS_OK;
}

int assess_drawn_tightness(const assess_result *r, int i, ps_tightness_entry out[PS_TIGHTNESS_MAX]) {
  memcpy(out, r->tight, sizeof r->tight);
  for (int e = 0; e < r->ntight; e++)
    for (int k = 0; k < 2; k++) {
      if (!r->is_estimated[k] || out[e].side != SIDE[k] || strcmp(out[e].group, "iliopsoas") != 0) continue;
      out[e].shortening = r->posterior->draw[k][i].shortening;
      out[e].stiffness = r->posterior->draw[k][i].stiffness;
    }
  return r->ntight;
}
