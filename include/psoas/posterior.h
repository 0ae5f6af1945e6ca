/* What bedside tests say about tightness: a posterior over shortening, stiffness and what the tests do not tell, by
 * simulating the tests. Theory: docs/theory/tightness.md sections 6 to 9. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/tightness.h"

typedef struct ps_bedside {  // what was read on one side; an error of 0 takes the one named
  bool has_thomas;           // modified Thomas test
  bool is_controlled;        // with the pelvis held; a test without moves nothing
  double hip_angle, hip_sd;  // thigh above the horizontal +, error 2 deg                 [rad]
  bool has_knee;             // knee flexion in the same test
  double knee, knee_sd;      // error 7 deg                                               [rad]
  bool has_extension;        // passive hip extension, prone or on the side
  double extension, extension_sd;  // error 3 deg                                         [rad]
} ps_bedside;

typedef struct ps_readings { // [0] right, [1] left
  ps_bedside side[2];
  bool has_tilt;             // ASIS-PSIS line, standing
  double tilt, tilt_sd;      // anterior +, error 2 deg                                   [rad]
} ps_readings;

typedef enum ps_reading {    // of the right side; of the left 3 more
  PS_READING_HIP,
  PS_READING_KNEE,
  PS_READING_EXTENSION,
  PS_READING_TILT = 6,
  PS_NREADING
} ps_reading;

/** Name of a reading as in a person file: "thomas_left.hip_angle"; never NULL. */
const char *ps_reading_text(int reading);

typedef enum ps_latent {     // what is not known; those of a side: right, then left
  PS_LATENT_SHORTENING,      // of the iliopsoas                                          [-]
  PS_LATENT_STIFFNESS = 2,   // of the iliopsoas                                          [-]
  PS_LATENT_RECTUS = 4,      // shortening of rectus femoris                              [-]
  PS_LATENT_TENSOR = 6,      // shortening of tensor fasciae latae                        [-]
  PS_LATENT_ROLL = 8,        // of the controlled pelvis, back from typical standing      [rad]
  PS_LATENT_INCIDENCE,       // pelvic incidence                                          [rad]
  PS_LATENT_LEG_MASS,        // factor on the weight of the leg                           [-]
  PS_LATENT_PUSH,            // of the examiner, passive extension                        [N m]
  PS_LATENT_SHAPE,           // ASIS-PSIS line against the pelvis, from the mean shape    [rad]
  PS_LATENT_HABIT,           // standing pelvis from typical for this incidence           [rad]
  PS_LATENT_TONE,            // resting activation: no test here feels it                 [-]
  PS_NLATENT
} ps_latent;

/** Name of a latent with its side: "shortening of the iliopsoas, left"; never NULL. */
const char *ps_latent_text(int latent);

typedef struct ps_prior {    // sources: docs/theory/tightness.md section 7
  double middle[3];          // shortening = 0.20/(1 + exp(-(middle + spread n))), n standard normal; of the iliopsoas, rectus femoris,
  double spread[3];          // tensor fasciae latae; spread 0: not short
  double stiffness_sd;       // of its logarithm
  double alike;              // correlation of right and left, for shortening and stiffness
  double roll, roll_sd;                                             // [rad]
  double incidence_sd, incidence_read_sd;  // of the population, of a radiograph   [rad]
  double tilt_per_incidence; // how far typical standing rolls back for a degree more incidence
  double leg_mass_sd;
  double push, push_sd;                                             // [N m]
  double hold_sd;            // pelvis in passive extension          [rad]
  double shape_sd, habit_sd, tilt_mean;                             // [rad]
} ps_prior;

/** The values of the theory page. */
ps_prior ps_prior_default(void);

typedef struct ps_subject {  // who is tested
  const ps_model *model;     // borrows both until the last inference
  ps_state *state;           // scratch of the simulations
  ps_prior prior;
} ps_subject;

typedef struct ps_latents { double value[PS_NLATENT]; } ps_latents;

/** One person from the prior. */
ps_latents ps_prior_draw(const ps_subject *subject, ps_rng *rng);

typedef struct ps_forward {  // what tests would read on one side, without error  [rad]
  double hip, knee, extension;
} ps_forward;

/** Simulate the tests of one side for such a person: what the posterior is made of.
 *  given   want   Thomas, extension; what is not wanted is 0 in `out`
 *  errors  PS_ENUMERIC when the leg finds no rest.  Changes nothing but `state`. */
PS_MUST_CHECK ps_status ps_latents_simulate(const ps_subject *subject, const ps_latents *latents, int iside,
                                            const bool want[2], ps_forward *out, ps_error *err);

#define PS_SURROGATE_NX 6
#define PS_SURROGATE_TERMS 80

typedef struct ps_surrogate {  // polynomials through simulated tests of one person
  ps_subject subject;
  int nterm;
  unsigned char power[PS_SURROGATE_TERMS][PS_SURROGATE_NX];
  double middle[2][PS_SURROGATE_NX], half[2][PS_SURROGATE_NX];  // [0] Thomas, [1] extension
  double coef[2][3][PS_SURROGATE_TERMS];  // [side][hip, knee, extension]   [rad]
  double rms[3], worst[3];   // error on simulations that were held out     [rad]
  int nfit, nheld;           // simulations of each side
  bool is_symmetric;         // one side was simulated for both
} ps_surrogate;

/** Bytes of scratch that ps_surrogate_fit takes. */
size_t ps_surrogate_scratch_size(void);

/** Fit the surrogate of this person.
 *  given   subject, seed of the points
 *  fills   out   borrows what the subject borrows
 *  errors  PS_ENOMEM (arena), PS_ENUMERIC (too many simulations without a rest), PS_ESINGULAR
 *  checked test/unit/posterior_test.c */
PS_MUST_CHECK ps_status ps_surrogate_fit(const ps_subject *subject, uint64_t seed, ps_arena *arena, ps_surrogate *out,
                                         ps_error *err);

/** What it says instead of ps_latents_simulate, with the same `want`. */
ps_forward ps_surrogate_eval(const ps_surrogate *surrogate, const ps_latents *latents, int iside, const bool want[2]);

typedef struct ps_marginal {
  double prior_mean, prior_sd;
  double mean, sd, lo, median, hi;  // of the posterior; 5th and 95th percentile
  double rhat, ess;          // split-R-hat and effective size of the sample
  bool is_prior_like;        // sd > 0.8 prior_sd, mean within half of it: the tests do not tell
} ps_marginal;

typedef struct ps_infer_opts {
  uint64_t seed;             // default 1
  int nburn, nkeep;          // of each of 4 chains               default 300, 3000
  int ndraw;                 // posterior draws that are kept, 0..PS_DRAW_MAX       default 300
  bool is_direct;            // simulate 240 of the kept bodies, whatever the surrogate's error   default false
} ps_infer_opts;

/** The values named above. */
ps_infer_opts ps_infer_default(void);

typedef struct ps_posterior {
  ps_marginal latent[PS_NLATENT];
  int nread;                 // readings that moved it
  unsigned refused;          // bits 1u << ps_reading: further than 4 errors from every body that was tried, left out
  double ess, rhat;          // worst of the shortenings
  double surrogate_share;    // surrogate's error over the half-width of the shortening's interval, worst side
  bool is_direct;            // weighed by simulations: asked for, or because that share was above 0.10
  int ndraw;
  ps_tightness_draw draw[2][PS_DRAW_MAX];  // of the iliopsoas, [0] right; one draw is one person, and the
                                           // first of them are a sample of all as well
} ps_posterior;

/** Bytes of scratch that ps_posterior_infer takes. */
size_t ps_posterior_scratch_size(const ps_infer_opts *opts);

/** The posterior of one person.
 *
 *  Elliptical slice sampling of 15 standard normals, and steps that exchange muscle for pelvis; 4 chains from the prior. Likelihood: normal errors about the simulated
 *  tests; the surrogate's own error is added to the reading's. Where it matters, fewer
 *  bodies are weighed again by simulations themselves.
 *  given    surrogate of this person, readings, opts (NULL = ps_infer_default())
 *  A reading further than 4 of its errors from each of 4,000 bodies that spread 1.5 times wider than the prior (the same
 *  for every seed) is refused: it
 *  moves nothing, nor does the knee of a thigh that is refused, and `refused` names it.
 *  fills    out
 *  errors   PS_EINPUT  a reading is not a number or its error below zero
 *           PS_ENOMEM  arena
 *  Allocates nothing.  Same seed, same bits. Right and left exchanged in the readings: exchanged in the result.
 *  source   @murray2010 (sampler), @gelman2013 (split-R-hat, effective size)
 *  checked  test/unit/posterior_test.c (brute-force grid), test/slow/coverage_test.c */
PS_MUST_CHECK ps_status ps_posterior_infer(const ps_surrogate *surrogate, const ps_readings *readings,
                                           const ps_infer_opts *opts, ps_arena *arena, ps_posterior *out, ps_error *err);
