/* What is not known about a person on the table: its prior, and the tests simulated for it. Theory: docs/theory/tightness.md
 * sections 6 and 7. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "lib/tightness/surrogate.h"
#include "psoas/vec.h"

static const double SHORTENING_MAX = 0.20, TONE_MAX = 0.10, STIFFNESS_MIN = 0.5, STIFFNESS_MAX = 4.0;  // as in the model

const char *ps_latent_text(int latent) {
  static const char *const text[PS_NLATENT] = {
      "shortening of the iliopsoas, right", "shortening of the iliopsoas, left",
      "stiffness of the iliopsoas, right", "stiffness of the iliopsoas, left",
      "shortening of rectus femoris, right", "shortening of rectus femoris, left",
      "shortening of tensor fasciae latae, right", "shortening of tensor fasciae latae, left",
      "roll of the controlled pelvis", "pelvic incidence", "weight of the leg", "push of the examiner",
      "shape of the pelvis", "standing pelvis, from typical", "resting tone"};
  PS_ASSERT(latent >= 0 && latent < PS_NLATENT);
  return text[latent];
}

// sources and reasons: docs/theory/tightness.md section 7
ps_prior ps_prior_default(void) {
  return (ps_prior){
      // the iliopsoas of a client: one in five short by more than 5 %, PR20 of the clinical tables. The others: chosen so that people
      // with a typical iliopsoas read like the norm NO17: an input, not a finding
      .middle = {-4.3, -7.8, -7.8}, .spread = {3.8, 3.8, 3.8},
      // 4 of 19 kPa between people, NO21
      .stiffness_sd = 0.21,
      // chosen so that their sides are as far apart as in NO18
      .alike = 0.9,
      // @endo2012 stands behind the roll, @takenaka2017 behind its spread
      .roll = ps_thomas_setup_default().pelvis_tilt_back, .roll_sd = ps_rad(6.0),
      // @macthiong2011; the error of a radiograph is assumed
      .incidence_sd = ps_rad(10.0), .incidence_read_sd = ps_rad(3.0),
      // slope between the classes of pmc4303780
      .tilt_per_incidence = 0.4,
      // assumed: legs of one mass and height differ little
      .leg_mass_sd = 0.05,
      // assumed: the norms NO12 to NO15 of passive extension are then met
      .push = 18.0, .push_sd = 3.0, .hold_sd = ps_rad(3.0),
      // @preece2008; @macthiong2011 (standing pelvis), which together give the body's share of 0.65; @herrington2011
      .shape_sd = ps_rad(5.0), .habit_sd = ps_rad(6.8), .tilt_mean = ps_rad(6.7)};
}

static double shortening(const ps_prior *p, int muscle, double n) {
  if (p->spread[muscle] == 0.0) return 0.0;
  return SHORTENING_MAX/(1.0 + exp(-(p->middle[muscle] + p->spread[muscle]*n)));
}

double ps__latent_at(const ps_subject *who, int latent, double n) {
  const ps_prior *p = &who->prior;
  switch (latent) {
    case PS_LATENT_SHORTENING: case PS_LATENT_SHORTENING + 1: return shortening(p, 0, n);
    case PS_LATENT_STIFFNESS: case PS_LATENT_STIFFNESS + 1: 
      return fmax(STIFFNESS_MIN, fmin(STIFFNESS_MAX, exp(p->stiffness_sd*n)));
    case PS_LATENT_RECTUS: case PS_LATENT_RECTUS + 1: return shortening(p, 1, n);
    case PS_LATENT_TENSOR: case PS_LATENT_TENSOR + 1: return shortening(p, 2, n);
    case PS_LATENT_ROLL: return p->roll + p->roll_sd*n;
    case PS_LATENT_INCIDENCE:
      return who->model->stance.incidence + (who->model->person.has_incidence ? p->incidence_read_sd : p->incidence_sd)*n;
    case PS_LATENT_LEG_MASS: return exp(p->leg_mass_sd*n);
    case PS_LATENT_PUSH: return p->push*exp(p->push_sd/p->push*n);
    case PS_LATENT_SHAPE: return p->shape_sd*n;
    case PS_LATENT_HABIT: return p->habit_sd*n;
    case PS_LATENT_TONE: return 0.5*TONE_MAX*erfc(-n*sqrt(0.5));
    default: PS_ASSERT(false && "a latent"); return 0.0;
  }
}

ps_latents ps__latents_from_normal(const ps_subject *who, const double *z) {
  // the two sides of one muscle: what they have in common, and what sets them apart
  const double common = sqrt(0.5*(1.0 + who->prior.alike)), apart = sqrt(0.5*(1.0 - who->prior.alike));
  ps_latents l;
  for (int i = 0; i < PS_LATENT_ROLL; i += 2) {
    l.value[i] = ps__latent_at(who, i, common*z[i] + apart*z[i + 1]);
    l.value[i + 1] = ps__latent_at(who, i + 1, common*z[i] - apart*z[i + 1]);
  }
  for (int i = PS_LATENT_ROLL; i < PS_NLATENT; i++) l.value[i] = ps__latent_at(who, i, z[i]);
  return l;
}

ps_latents ps_prior_draw(const ps_subject *who, ps_rng *rng) {
  double z[PS_NLATENT];
  for (int i = 0; i < PS_NLATENT; i++) z[i] = ps_rng_normal(rng);
  return ps__latents_from_normal(who, z);
}

void ps__latents_inputs(const ps_subject *who, const ps_latents *l, int iside, int itest, double x[PS_SURROGATE_NX]) {
  const double *v = l->value;
  x[0] = v[PS_LATENT_SHORTENING + iside];
  x[1] = log(v[PS_LATENT_STIFFNESS + iside]);
  x[2] = v[PS_LATENT_RECTUS + iside];
  x[3] = v[PS_LATENT_TENSOR + iside];

  // typical standing rolls back with incidence, and the roll of the test counts from there
  const double typical = who->prior.tilt_per_incidence*(v[PS_LATENT_INCIDENCE] - who->model->stance.incidence);
  x[4] = itest == 0 ? v[PS_LATENT_ROLL] + typical : v[PS_LATENT_PUSH];
  x[5] = itest == 0 ? v[PS_LATENT_LEG_MASS] : 0.0;
}

ps_status ps__simulate(const ps_subject *who, int iside, int itest, const double x[PS_SURROGATE_NX], ps_forward *out,
                       ps_error *err) {
  const ps_side side = iside == 0 ? PS_RIGHT : PS_LEFT;
  if (itest == 0) {
    const ps_thomas_setup setup = {.pelvis_tilt_back = x[4], .leg_mass = x[5], .stiffness = exp(x[1]), .rectus = x[2],
                                   .tensor = x[3]};
    return ps_tightness_thomas(who->model, side, &setup, x[0], who->state, &out->hip, &out->knee, err);
  }
  const ps_push push = {.torque = x[4], .shortening = x[0], .stiffness = exp(x[1]), .rectus = x[2], .tensor = x[3]};
  ps_tightness_extension(who->model, side, &push, who->state, &out->extension);
  return PS_OK;
}

ps_status ps_latents_simulate(const ps_subject *who, const ps_latents *l, int iside, const bool want[2], ps_forward *out,
                              ps_error *err) {
  *out = (ps_forward){0.0, 0.0, 0.0};
  for (int itest = 0; itest < 2; itest++) {
    double x[PS_SURROGATE_NX];
    if (!want[itest]) continue;
    ps__latents_inputs(who, l, iside, itest, x);
    PS_TRY(ps__simulate(who, iside, itest, x, out, err));
  }
  return PS_OK;
}
