/* How likely the readings are for one body: normal errors about the simulated tests. Theory: docs/theory/tightness.md section
 * 6. SPDX-License-Identifier: Apache-2.0 */
#include "lib/tightness/inference.h"

#include <math.h>

#include "psoas/vec.h"

// errors where none is named: docs/theory/tightness.md section 7
static const double HIP_SD_DEG = 2.0, KNEE_SD_DEG = 7.0, EXTENSION_SD_DEG = 3.0, TILT_SD_DEG = 2.0;

// a reading further than this many of its errors from each of so many bodies is one that no body gives; the bodies spread
// wider than the prior, because a very short muscle is rare in it and still a muscle, but not beyond where the surrogate was
// fitted. Always the same bodies: whether a reading can be is no matter of the seed
static const double FAR = 4.0, WIDER = 1.5, EDGE = 3.0;
enum { NTRIED = 4000, TRIED_SEED = 1 };

const char *ps_reading_text(int reading) {
  static const char *const text[PS_NREADING] = {"thomas_right.hip_angle", "thomas_right.knee_flexion", "hip_extension_right",
                                                "thomas_left.hip_angle",  "thomas_left.knee_flexion",  "hip_extension_left",
                                                "asis_psis_tilt"};
  PS_ASSERT(reading >= 0 && reading < PS_NREADING);
  return text[reading];
}

// ---- likelihood ------------------------------------------------------------------------------------------------------

// the side that was read higher sits first, so that exchanged readings are answered by exchanged chains
ps_latents ps__inference_latents(const ps__inference *f, const double *z) {
  ps_latents l = ps__latents_from_normal(&f->g->subject, z);
  for (int i = 0; f->is_swapped && i < PS_LATENT_ROLL; i += 2) {
    const double right = l.value[i];
    l.value[i] = l.value[i + 1];
    l.value[i + 1] = right;
  }
  return l;
}

static double distance(ps__reading *r, double simulated, bool is_direct) {
  if (!r->has) return 0.0;
  const double d = r->value - simulated, square = d*d/(r->variance + (is_direct ? 0.0 : r->doubt));
  r->nearest = fmin(r->nearest, square);
  return -0.5*square;
}

static double side_loglik(ps__inference *f, const ps_latents *l, int k) {
  if (!f->want[k][0] && !f->want[k][1]) return 0.0;
  const ps_surrogate *g = f->g;
  ps_forward y;
  if (!f->is_direct) y = ps_surrogate_eval(g, l, k, f->want[k]);
  else if (ps_latents_simulate(&g->subject, l, k, f->want[k], &y, NULL) != PS_OK) return -1e300;
  ps__reading *r = f->r + 3*k;
  return distance(&r[0], y.hip, f->is_direct) + distance(&r[1], y.knee, f->is_direct) +
         distance(&r[2], y.extension, f->is_direct);
}

double ps__inference_weigh(ps__inference *f, const ps_latents *l) {
  const double right = side_loglik(f, l, 0), left = side_loglik(f, l, 1);
  const double tilt = f->g->subject.prior.tilt_mean + l->value[PS_LATENT_SHAPE] + l->value[PS_LATENT_HABIT];
  return f->weight*(right + left + distance(&f->r[PS_READING_TILT], tilt, f->is_direct));
}

double ps__inference_loglik(void *context, const double *z) {
  const ps_latents l = ps__inference_latents(context, z);
  return ps__inference_weigh(context, &l);
}

// ---- readings ----------------------------------------------------------------------------------------------------------

static ps_status take(ps__inference *f, int i, double value, double sd, double doubt, ps_error *err) {
  if (!isfinite(value) || !(sd > 0.0 && isfinite(sd)))
    return ps_error_set(err, PS_EINPUT, 0, ps_reading_text(i), "the reading or its error is not a number above zero: %g, %g", value, sd);
  f->r[i] = (ps__reading){.has = true, .value = value, .variance = sd*sd, .doubt = doubt*doubt, .nearest = HUGE_VAL};
  return PS_OK;
}

static double named(double sd, double usual_deg) { return sd != 0.0 ? sd : ps_rad(usual_deg); }

static ps_status take_side(ps__inference *f, int k, const ps_bedside *b, ps_error *err) {
  const ps_surrogate *g = f->g;
  const bool is_held = b->has_thomas && b->is_controlled;
  if (is_held) PS_TRY(take(f, 3*k, b->hip_angle, named(b->hip_sd, HIP_SD_DEG), g->rms[0], err));
  if (is_held && b->has_knee) PS_TRY(take(f, 3*k + 1, b->knee, named(b->knee_sd, KNEE_SD_DEG), g->rms[1], err));
  if (b->has_extension)
    PS_TRY(take(f, 3*k + 2, b->extension, hypot(named(b->extension_sd, EXTENSION_SD_DEG), g->subject.prior.hold_sd), g->rms[2], err));
  return PS_OK;
}

// is the left side read higher? Decided by the first test that tells
static bool left_is_first(const ps__inference *f) {
  for (int i = 0; i < 3; i++) {
    const ps__reading *r = &f->r[i], *l = &f->r[3 + i];
    if (r->has != l->has) return l->has;
    if (r->has && r->value != l->value) return l->value > r->value;
    if (r->has && r->variance != l->variance) return l->variance > r->variance;
  }
  return false;
}

// what there is to simulate, and who sits first
static void settle_seats(ps__inference *f) {
  for (int k = 0; k < 2; k++) {
    f->want[k][0] = f->r[3*k].has;
    f->want[k][1] = f->r[3*k + 2].has;
  }
  f->is_swapped = left_is_first(f);
}

ps_status ps__inference_begin(ps__inference *f, const ps_surrogate *g, const ps_readings *q, ps_error *err) {
  *f = (ps__inference){.g = g, .weight = 1.0};
  for (int k = 0; k < 2; k++) PS_TRY(take_side(f, k, &q->side[k], err));
  if (q->has_tilt) PS_TRY(take(f, PS_READING_TILT, q->tilt, named(q->tilt_sd, TILT_SD_DEG), 0.0, err));
  settle_seats(f);
  return PS_OK;
}

unsigned ps__inference_refuse(ps__inference *f) {
  ps_rng rng;
  ps_rng_init(&rng, TRIED_SEED);
  for (int i = 0; i < NTRIED; i++) {
    double z[PS_NLATENT];
    for (int k = 0; k < PS_NLATENT; k++) z[k] = fmax(-EDGE, fmin(EDGE, WIDER*ps_rng_normal(&rng)));
    ps__inference_loglik(f, z);
  }
  unsigned refused = 0;
  for (int i = 0; i < PS_NREADING; i++)
    if (f->r[i].has && f->r[i].nearest > FAR*FAR) refused |= 1u << i;
  for (int i = 0; i < PS_NREADING; i++)
    if (refused >> i & 1u) f->r[i].has = false;

  // the knee of a test whose thigh cannot be is no better known
  for (int k = 0; k < 2; k++)
    if (!f->r[3*k].has) f->r[3*k + 1].has = false;
  settle_seats(f);
  return refused;
}
