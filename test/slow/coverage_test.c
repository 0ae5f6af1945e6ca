/* Is the posterior of tightness honest and of use? Simulated persons, tested by direct simulation, inferred by the product.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "app/files/files_measure.h"
#include "psoas/posterior.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

enum { NPERSON = 200, NPAIR = 100 };

typedef struct ground {
  person_body man;
  ps_surrogate fit;
  ps_arena arena;
} ground;

static ground the_ground;

static int open_ground(void **state) {
  const size_t size = (size_t)4 << 20;
  the_ground.man = person_open_man(1.74);
  ps_arena_init(&the_ground.arena, malloc(size), size);
  *state = &the_ground;
  return 0;
}

static int close_ground(void **state) {
  ground *g = *state;
  free(g->arena.base);
  person_close(&g->man);
  return 0;
}

// two controlled readings a side with an inclinometer, hip and knee, by direct simulation
static ps_readings test_person(const ps_subject *who, const ps_latents *truth, ps_rng *rng) {
  const double sd = ps_rad(files_thomas_error(FILES_INCLINOMETER, 2, -10.0, 0.42));
  const bool want[2] = {true, false};
  ps_readings q = {.has_tilt = false};
  for (int k = 0; k < 2; k++) {
    ps_forward f;
    assert_ok(ps_latents_simulate(who, truth, k, want, &f, NULL));
    q.side[k] = (ps_bedside){.has_thomas = true, .is_controlled = true, .hip_sd = sd, .has_knee = true};
    q.side[k].hip_angle = f.hip + sd*ps_rng_normal(rng);
    q.side[k].knee = f.knee + ps_rad(7.0)*ps_rng_normal(rng);
  }
  return q;
}

static void infer(ground *g, const ps_readings *q, uint64_t seed, ps_posterior *out) {
  ps_infer_opts o = ps_infer_default();
  o.seed = seed;
  ps_error err = {PS_OK, 0, "", ""};
  if (ps_posterior_infer(&g->fit, q, &o, &g->arena, out, &err) != PS_OK) fail_msg("%s: %s", err.where, err.msg);
}

typedef struct study {
  int ncover, nlow, nhigh, n, ndirect;
  double sd, square, prior_sd, error, ess, rhat, share;
} study;

static void add_side(study *s, const ps_posterior *post, double truth, int k) {
  const ps_marginal *m = &post->latent[PS_LATENT_SHORTENING + k];
  s->ncover += truth >= m->lo && truth <= m->hi;
  s->nlow += truth < m->lo;
  s->nhigh += truth > m->hi;
  s->n++;
  s->sd += m->sd;
  s->square += m->sd*m->sd;
  s->error += fabs(m->mean - truth);
  s->prior_sd = m->prior_sd;
}

static study run_study(ground *g, const ps_prior *prior, const char *name, int nperson) {
  const ps_subject who = {g->man.model, g->man.state, *prior};
  assert_ok(ps_surrogate_fit(&who, 1, &g->arena, &g->fit, NULL));
  study s = {.ess = HUGE_VAL};
  static ps_posterior post;
  ps_rng rng;
  ps_rng_init(&rng, 20240607);
  for (int i = 0; i < nperson; i++) {
    const ps_latents truth = ps_prior_draw(&who, &rng);
    const ps_readings q = test_person(&who, &truth, &rng);
    infer(g, &q, (uint64_t)i + 1, &post);
    for (int k = 0; k < 2; k++) add_side(&s, &post, truth.value[PS_LATENT_SHORTENING + k], k);
    s.ess = fmin(s.ess, post.ess);
    s.rhat = fmax(s.rhat, post.rhat);
    s.share = fmax(s.share, post.surrogate_share);
    s.ndirect += post.is_direct;
  }
  s.sd /= s.n;
  s.square = sqrt(s.square/s.n);
  s.error /= s.n;
  printf("figure: %s: %d persons; 90 %% intervals cover %.1f %% (%d below, %d above, of %d sides); sd of shortening %.2f %% before, "
         "%.2f after on average (cut %.0f %%), root mean square %.2f (cut %.0f %%); mean error %.2f; least effective size %.0f, "
         "largest split-R-hat %.3f, surrogate's share at most %.3f, simulated instead %d\n",
         name, nperson, 100.0*s.ncover/s.n, s.nlow, s.nhigh, s.n, 100.0*s.prior_sd, 100.0*s.sd, 100.0*(1.0 - s.sd/s.prior_sd),
         100.0*s.square, 100.0*(1.0 - s.square/s.prior_sd), 100.0*s.error, s.ess, s.rhat, s.share, s.ndirect);
  return s;
}

static void intervals_cover_and_two_readings_tell(void **state) {
  ground *g = *state;
  const ps_prior prior = ps_prior_default();
  const study s = run_study(g, &prior, "the product's prior", NPERSON);
  assert_true(s.ncover >= 0.85*s.n && s.ncover <= 0.95*s.n);
  assert_true(s.sd <= 0.70*s.prior_sd);
  assert_true(s.rhat < 1.1 && s.share < 0.10);
}

// figures only: how much of the answer is the choice of the prior
static void other_priors_for_comparison(void **state) {
  ground *g = *state;
  ps_prior p = ps_prior_default();
  p.incidence_sd = p.incidence_read_sd;
  run_study(g, &p, "incidence measured", 60);
  p = ps_prior_default();
  p.middle[0] = p.middle[1] = p.middle[2] = -1.83;
  p.spread[0] = p.spread[1] = p.spread[2] = 0.8;
  run_study(g, &p, "thigh of the prior at -8.4, sd 7", 60);
  p.middle[0] = p.middle[1] = p.middle[2] = 0.0;
  p.spread[0] = p.spread[1] = p.spread[2] = 1.5;
  run_study(g, &p, "wide, against the norm", 60);
}

// two persons, alike but for shortening of both sides, 20 % against none; everything else from the prior, each their own
static void twenty_percent_is_told_from_none(void **state) {
  ground *g = *state;
  const ps_subject who = {g->man.model, g->man.state, ps_prior_default()};
  assert_ok(ps_surrogate_fit(&who, 1, &g->arena, &g->fit, NULL));
  static ps_posterior post[2];
  ps_rng rng;
  ps_rng_init(&rng, 99);
  int nordered = 0, nsure = 0, none_sided = 0, nrefused = 0;
  for (int i = 0; i < NPAIR; i++) {
    for (int j = 0; j < 2; j++) {
      ps_latents truth = ps_prior_draw(&who, &rng);
      truth.value[PS_LATENT_SHORTENING] = truth.value[PS_LATENT_SHORTENING + 1] = j == 0 ? 0.0 : 0.20;
      const ps_readings q = test_person(&who, &truth, &rng);
      infer(g, &q, (uint64_t)(2*i + j + 1), &post[j]);
      nrefused += post[j].refused != 0;
    }
    int nabove = 0;
    for (int k = 0; k < post[0].ndraw; k++) nabove += post[1].draw[0][k].shortening > post[0].draw[0][k].shortening;
    nordered += post[1].latent[0].mean > post[0].latent[0].mean;
    nsure += nabove >= 0.9*post[0].ndraw;

    // the same within one person: left 20 %, right none
    ps_latents truth = ps_prior_draw(&who, &rng);
    truth.value[PS_LATENT_SHORTENING] = 0.0;
    truth.value[PS_LATENT_SHORTENING + 1] = 0.20;
    const ps_readings q = test_person(&who, &truth, &rng);
    infer(g, &q, (uint64_t)i + 1, &post[0]);
    none_sided += post[0].latent[1].mean > post[0].latent[0].mean;
  }
  printf("figure: 20 %% against 0 in %d pairs: right order by the mean %d, with 90 %% posterior probability %d; left against right "
         "of one person %d; refused %d\n", NPAIR, nordered, nsure, none_sided, nrefused);
  assert_int_equal(nrefused, 0);
  assert_true(nordered >= 0.9*NPAIR);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(intervals_cover_and_two_readings_tell),
      cmocka_unit_test(other_priors_for_comparison),
      cmocka_unit_test(twenty_percent_is_told_from_none),
  };
  return cmocka_run_group_tests_name("coverage", tests, open_ground, close_ground);
}
