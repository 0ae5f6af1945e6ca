// SPDX-License-Identifier: Apache-2.0
#include "psoas/posterior.h"

#include <stdlib.h>
#include <string.h>

#include "app/files/files_measure.h"
#include "lib/tightness/slice.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

typedef struct bench {       // one man, his surrogate, scratch
  person_body man;
  ps_surrogate fit;
  ps_surrogate known;        // of one whose pelvis is known, with a smooth prior
  ps_arena arena;
} bench;

static bench the_bench;

static ps_arena open_arena(void) {
  const size_t size = (size_t)4 << 20;
  ps_arena arena;
  ps_arena_init(&arena, malloc(size), size);
  return arena;
}

static int open_bench(void **state) {
  the_bench.man = person_open_man(1.74);
  the_bench.arena = open_arena();
  const ps_subject who = {the_bench.man.model, the_bench.man.state, ps_prior_default()};
  ps_error err = {PS_OK, 0, "", ""};
  if (ps_surrogate_fit(&who, 1, &the_bench.arena, &the_bench.fit, &err) != PS_OK) return -1;
  ps_subject known = who;
  known.prior.roll_sd = known.prior.incidence_sd = ps_rad(1.0);
  known.prior.middle[0] = known.prior.middle[1] = known.prior.middle[2] = -1.0;
  known.prior.spread[0] = 1.5;
  if (ps_surrogate_fit(&known, 1, &the_bench.arena, &the_bench.known, &err) != PS_OK) return -1;
  *state = &the_bench;
  return 0;
}

static int close_bench(void **state) {
  bench *b = *state;
  free(b->arena.base);
  person_close(&b->man);
  return 0;
}

static ps_bedside thomas(double hip_deg) {
  return (ps_bedside){.has_thomas = true, .is_controlled = true, .hip_angle = ps_rad(hip_deg)};
}

static void infer(bench *b, const ps_readings *q, uint64_t seed, ps_posterior *out) {
  ps_infer_opts o = ps_infer_default();
  o.seed = seed;
  ps_error err = {PS_OK, 0, "", ""};
  if (ps_posterior_infer(&b->fit, q, &o, &b->arena, out, &err) != PS_OK) fail_msg("%s: %s", err.where, err.msg);
}

// ---- the surrogate -----------------------------------------------------------------------------------------------------

static void the_surrogate_is_near_simulations_it_has_not_seen(void **state) {
  bench *b = *state;
  const ps_surrogate *g = &b->fit;
  printf("figure: surrogate, %d terms, %d simulations, %d held out; rms (worst) hip %.2f (%.2f), knee %.2f (%.2f), extension "
         "%.2f (%.2f) deg\n", g->nterm, g->nfit, g->nheld, ps_deg(g->rms[0]), ps_deg(g->worst[0]), ps_deg(g->rms[1]),
         ps_deg(g->worst[1]), ps_deg(g->rms[2]), ps_deg(g->worst[2]));
  assert_true(g->nheld >= 2*50);
  assert_true(g->is_symmetric);
  assert_true(g->rms[0] < ps_rad(0.3) && g->rms[1] < ps_rad(0.3) && g->rms[2] < ps_rad(0.6));

  // other persons, other seed, the other side; its own figure must hold for them
  ps_rng rng;
  ps_rng_init(&rng, 4711);
  double square = 0.0;
  enum { N = 50 };
  const bool want[2] = {true, true};
  for (int i = 0; i < N; i++) {
    const ps_latents l = ps_prior_draw(&g->subject, &rng);
    ps_forward truth;
    assert_ok(ps_latents_simulate(&g->subject, &l, 1, want, &truth, NULL));
    const ps_forward said = ps_surrogate_eval(g, &l, 1, want);
    square += (said.hip - truth.hip)*(said.hip - truth.hip)/N;
  }
  assert_true(sqrt(square) < 2.0*g->rms[0]);
}

static void a_body_with_another_incidence_is_a_pelvis_rolled_back(void **state) {
  bench *b = *state;
  const bool want[2] = {true, false};
  ps_rng rng;
  ps_rng_init(&rng, 5);
  ps_latents l = ps_prior_draw(&b->fit.subject, &rng);
  for (int deg = 33; deg <= 73; deg += 20) {
    ps_person p = person_of_height(1.74);
    p.has_incidence = true;
    p.incidence_rad = l.value[PS_LATENT_INCIDENCE] = ps_rad(deg);
    person_body other = person_open(&p, 'A');
    const ps_subject rebuilt = {other.model, other.state, ps_prior_default()};
    ps_forward mine, its;
    assert_ok(ps_latents_simulate(&b->fit.subject, &l, 0, want, &mine, NULL));
    assert_ok(ps_latents_simulate(&rebuilt, &l, 0, want, &its, NULL));
    assert_close(mine.hip, its.hip, 0.0, ps_rad(0.05));
    assert_close(mine.knee, its.knee, 0.0, ps_rad(0.05));
    person_close(&other);
  }
}

static double extension(const bench *b, ps_push push, ps_side side) {
  double angle = 0.0;
  ps_tightness_extension(b->man.model, side, &push, b->man.state, &angle);
  return angle;
}

static void passive_extension_falls_with_tightness_and_grows_with_the_push(void **state) {
  bench *b = *state;
  const ps_push usual = {.torque = 20.0, .stiffness = 1.0};
  const double free = extension(b, usual, PS_RIGHT);
  printf("figure: passive hip extension at 20 Nm, no shortening: %.1f deg\n", ps_deg(free));
  assert_close(extension(b, usual, PS_LEFT), free, 0.0, 1e-11);
  ps_push other = usual;
  other.shortening = 0.05;
  assert_true(extension(b, other, PS_RIGHT) < free - ps_rad(2.0));
  other = usual;
  other.stiffness = 1.5;
  assert_true(extension(b, other, PS_RIGHT) < free - ps_rad(1.0));
  other = usual;
  other.torque = 25.0;
  assert_true(extension(b, other, PS_RIGHT) > free + ps_rad(2.0));

  // the whole hip as published resists with about this torque there
  const double published = ps_hip_passive_published(-free, 0.0);
  assert_true(published > 10.0 && published < 30.0);
}

// ---- the prior ---------------------------------------------------------------------------------------------------------

typedef struct sums { double n, sum, square; } sums;

static void add(sums *s, double x) {
  s->n += 1.0;
  s->sum += x;
  s->square += x*x;
}

static double mean(const sums *s) { return s->sum/s->n; }
static double spread(const sums *s) { return sqrt(s->square/s->n - mean(s)*mean(s)); }

static void predict(const ps_surrogate *g, ps_rng *rng, sums *thigh, sums *difference, sums *extended) {
  const bool want[2] = {true, true};
  for (int i = 0; i < 10000; i++) {
    const ps_latents l = ps_prior_draw(&g->subject, rng);
    double read[2];
    for (int k = 0; k < 2; k++) {
      const ps_forward f = ps_surrogate_eval(g, &l, k, want);
      read[k] = ps_deg(f.hip) + 2.0*ps_rng_normal(rng);
      add(thigh, read[k]);
      add(extended, ps_deg(f.extension) + sqrt(3.0*3.0 + 3.0*3.0)*ps_rng_normal(rng));
    }
    add(difference, fabs(read[0] - read[1]));
  }
}

// the priors but that of the iliopsoas were chosen so that a man and a woman with an iliopsoas of typical length have the mean of the norm NO17 (-10, sd 7; elicited), their sides those
// of NO18 (2.5 apart; elicited). So these are inputs, never predictions; extension is near NO12 to NO15 by the choice of the
// push. The spread is no input any more: that of the roll was measured (decision 0023)
static void people_of_typical_length_read_like_the_norm(void **state) {
  bench *b = *state;
  static ps_surrogate his;
  ps_person she = person_of_height(1.63);
  she.is_female = true;
  person_body woman = person_open(&she, 'A');
  static ps_surrogate hers;
  const ps_subject who = {woman.model, woman.state, ps_prior_default()};
  assert_ok(ps_surrogate_fit(&who, 1, &b->arena, &hers, NULL));
  sums thigh = {0.0, 0.0, 0.0}, apart = thigh, extended = thigh;
  ps_rng rng;
  ps_rng_init(&rng, 17);
  his = b->fit;
  his.subject.prior.spread[0] = hers.subject.prior.spread[0] = 0.0;
  predict(&his, &rng, &thigh, &apart, &extended);
  predict(&hers, &rng, &thigh, &apart, &extended);
  printf("figure: from the prior, none short: thigh %.1f, sd %.1f; sides %.1f apart; extension %.1f, sd %.1f deg\n", mean(&thigh),
         spread(&thigh), mean(&apart), mean(&extended), spread(&extended));
  assert_close(mean(&thigh), -10.0, 0.0, 1.0);  // the norm's own people are not all of typical length
  assert_close(spread(&thigh), 7.0, 0.0, 0.35);
  assert_close(mean(&apart), 2.5, 0.0, 0.25);
  assert_close(mean(&extended), 17.5, 0.0, 1.5);
  person_close(&woman);
}

// the share of clients with a short iliopsoas that the differential starts from (PR20 of the clinical tables), short: by more than 5 %
static void one_client_in_five_is_short(void **state) {
  bench *b = *state;
  ps_rng rng;
  ps_rng_init(&rng, 4);
  int nshort = 0;
  for (int i = 0; i < 20000; i++) nshort += ps_prior_draw(&b->fit.subject, &rng).value[PS_LATENT_SHORTENING] > 0.05;
  assert_close(nshort/20000.0, 0.20, 0.0, 0.01);
}

// ---- a brute-force grid ------------------------------------------------------------------------------------------------

enum { NS = 40, NROLL = 21 };

typedef struct grid { double hip[NS][NROLL], roll[NROLL]; } grid;

static double normal_below(double x) { return 0.5*erfc(-x*sqrt(0.5)); }

// share of the prior between two shortenings
static double prior_mass(const ps_prior *p, double lo, double hi) {
  const double a = lo <= 0.0 ? 0.0 : normal_below((log(lo/(0.2 - lo)) - p->middle[0])/p->spread[0]);
  const double b = hi >= 0.2 ? 1.0 : normal_below((log(hi/(0.2 - hi)) - p->middle[0])/p->spread[0]);
  return b - a;
}

// edges of the cells lie close at no shortening, where the product's prior has most of its mass
static double edge(int i) { return 0.2*i*i/(NS*NS); }
static double centre(int i) { return 0.5*(edge(i) + edge(i + 1)); }

static void simulate_grid(const bench *b, grid *out) {
  const ps_prior p = ps_prior_default();
  for (int j = 0; j < NROLL; j++) {
    out->roll[j] = -4.0 + 8.0*j/(NROLL - 1);
    for (int i = 0; i < NS; i++) {
      const ps_thomas_setup setup = {.pelvis_tilt_back = p.roll + p.roll_sd*out->roll[j], .leg_mass = 1.0, .stiffness = 1.0};
      double knee = 0.0;
      assert_ok(ps_tightness_thomas(b->man.model, PS_RIGHT, &setup, centre(i), b->man.state, &out->hip[i][j], &knee, NULL));
    }
  }
}

typedef struct summary { double mean, sd, lo, hi; } summary;

static summary sum_grid(const grid *g, const ps_prior *p, double hip_deg) {
  double w[NS], total = 0.0;
  for (int i = 0; i < NS; i++) {
    w[i] = 0.0;
    for (int j = 0; j < NROLL; j++) {
      const double d = (ps_rad(hip_deg) - g->hip[i][j])/ps_rad(2.0);
      w[i] += exp(-0.5*d*d - 0.5*g->roll[j]*g->roll[j]);
    }
    w[i] *= prior_mass(p, edge(i), edge(i + 1));
    total += w[i];
  }
  summary s = {0.0, 0.0, -1.0, -1.0};
  for (int i = 0; i < NS; i++) s.mean += w[i]/total*centre(i);
  double below = 0.0;
  for (int i = 0; i < NS; i++) {
    const double d = centre(i) - s.mean, width = edge(i + 1) - edge(i), share = w[i]/total;
    s.sd += share*d*d;
    if (s.lo < 0.0 && below + share >= 0.05) s.lo = edge(i) + width*(0.05 - below)/share;
    if (s.hi < 0.0 && below + share >= 0.95) s.hi = edge(i) + width*(0.95 - below)/share;
    below += share;
  }
  s.sd = sqrt(s.sd);
  return s;
}

static void it_agrees_with_a_brute_force_grid(void **state) {
  bench *b = *state;
  static grid g;
  simulate_grid(b, &g);

  // only shortening and roll unknown; a smooth prior and the product's own
  static const struct { double middle, spread, hip_deg; } row[] = {
      {-1.0, 1.0, -8.3}, {-1.0, 1.0, 3.7}, {-7.8, 3.8, 3.7}, {-7.8, 3.8, 11.9}};
  bench two = *b;
  ps_subject who = b->fit.subject;
  who.prior.spread[1] = who.prior.spread[2] = 0.0;
  who.prior.stiffness_sd = who.prior.incidence_sd = who.prior.leg_mass_sd = 0.0;
  assert_ok(ps_surrogate_fit(&who, 1, &b->arena, &two.fit, NULL));
  for (size_t k = 0; k < sizeof row/sizeof *row; k++) {
    two.fit.subject.prior.middle[0] = row[k].middle;
    two.fit.subject.prior.spread[0] = row[k].spread;
    static ps_posterior post;
    const ps_readings q = {.side = {thomas(row[k].hip_deg)}};
    infer(&two, &q, 3, &post);
    const ps_marginal *m = &post.latent[PS_LATENT_SHORTENING];
    const summary want = sum_grid(&g, &two.fit.subject.prior, row[k].hip_deg);
    printf("figure: thigh at %.1f deg: grid %.2f sd %.2f (%.2f to %.2f), chains %.2f sd %.2f (%.2f to %.2f) %%, size %.0f\n",
           row[k].hip_deg, 100.0*want.mean, 100.0*want.sd, 100.0*want.lo, 100.0*want.hi, 100.0*m->mean, 100.0*m->sd, 100.0*m->lo,
           100.0*m->hi, m->ess);
    assert_true(m->rhat < 1.05);
    assert_close(m->mean, want.mean, 0.0, 4.0*want.sd/sqrt(m->ess) + 0.0015);
    assert_close(m->sd, want.sd, 0.15, 0.0);
    assert_close(m->lo, want.lo, 0.0, 0.01);
    assert_close(m->hi, want.hi, 0.0, 0.01);
  }
}

// pelvic shape and standing habit meet one reading: normal, so the answer is known
static void a_standing_tilt_is_shared_between_shape_and_habit(void **state) {
  bench *b = *state;
  const ps_prior p = ps_prior_default();
  static ps_posterior post;
  const ps_readings q = {.has_tilt = true, .tilt = ps_rad(15.2), .tilt_sd = ps_rad(1.7)};
  infer(b, &q, 1, &post);
  const double shape = p.shape_sd*p.shape_sd, all = shape + p.habit_sd*p.habit_sd + q.tilt_sd*q.tilt_sd;
  const ps_marginal *m = &post.latent[PS_LATENT_SHAPE];
  assert_close(m->mean, (q.tilt - p.tilt_mean)*shape/all, 0.0, 5.0*m->sd/sqrt(m->ess));
  assert_close(m->sd, sqrt(shape*(1.0 - shape/all)), 0.06, 0.0);
  assert_int_equal(post.nread, 1);
  assert_true(post.latent[PS_LATENT_SHORTENING].is_prior_like);
}

// ---- what moves it and what does not -----------------------------------------------------------------------------------

static void a_test_with_the_pelvis_free_moves_nothing(void **state) {
  bench *b = *state;
  static ps_posterior none, free;
  ps_readings q = {.side = {{.has_thomas = false}}};
  infer(b, &q, 1, &none);
  q.side[0] = thomas(14.0);
  q.side[0].is_controlled = false;
  q.side[0].has_knee = true;
  q.side[0].knee = ps_rad(31.0);
  infer(b, &q, 1, &free);
  assert_int_equal(free.nread, 0);
  assert_memory_equal(none.latent, free.latent, sizeof none.latent);
  for (int i = 0; i < PS_NLATENT; i++) {
    if (!none.latent[i].is_prior_like) fail_msg("%s: sd %g of %g", ps_latent_text(i), none.latent[i].sd, none.latent[i].prior_sd);
  }
}

static double sd_with_error(bench *b, double error_deg, uint64_t seed) {
  static ps_posterior post;
  ps_readings q = {.side = {thomas(8.0), thomas(8.0)}};
  for (int k = 0; k < 2; k++) q.side[k].hip_sd = ps_rad(error_deg);
  infer(b, &q, seed, &post);
  return post.latent[PS_LATENT_SHORTENING].sd;
}

// with the pelvis known the error of the reading is what is left; with all unknown it hardly counts
static void more_error_is_wider_and_more_readings_narrower(void **state) {
  bench *b = *state;
  bench known = *b;
  known.fit = b->known;
  const double once = files_thomas_error(FILES_GONIOMETER, 1, 8.0, 0.42), often = files_thomas_error(FILES_GONIOMETER, 6, 8.0, 0.42);
  assert_true(often < once);
  const double sd[3] = {sd_with_error(&known, often, 1), sd_with_error(&known, once, 1), sd_with_error(&known, 9.0, 1)};
  printf("figure: sd of shortening with errors of %.1f, %.1f and 9 deg: %.2f, %.2f, %.2f %%\n", often, once, 100.0*sd[0], 100.0*sd[1],
         100.0*sd[2]);
  assert_true(sd[0] < 0.95*sd[1] && sd[1] < 0.95*sd[2]);
}

static void a_second_side_and_extension_tell_more(void **state) {
  bench *b = *state;
  static ps_posterior one, two, three;
  ps_readings q = {.side = {thomas(9.0)}};
  infer(b, &q, 1, &one);
  q.side[0].has_extension = true;
  q.side[0].extension = 0.0;
  infer(b, &q, 1, &two);
  q.side[0].has_extension = false;
  q.side[1] = thomas(-14.0);
  infer(b, &q, 1, &three);
  const double mean1 = one.latent[0].mean, mean2 = two.latent[0].mean;
  printf("figure: thigh 9 deg up: shortening %.1f %%; extension of 0 deg too: %.1f %%; other thigh 14 deg down: %.1f and %.1f %%\n",
         100.0*mean1, 100.0*mean2, 100.0*three.latent[0].mean, 100.0*three.latent[1].mean);
  assert_true(mean2 > mean1);
  assert_true(three.latent[0].mean > three.latent[1].mean);
  assert_true(one.latent[1].mean < one.latent[0].mean && one.latent[1].mean > one.latent[1].prior_mean);
}

static void exchanged_sides_exchange_the_answer(void **state) {
  bench *b = *state;
  static ps_posterior a, c;
  ps_readings q = {.side = {thomas(-3.7), thomas(6.1)}};
  q.side[1].has_knee = true;
  q.side[1].knee = ps_rad(57.0);
  const ps_readings mirrored = {.side = {q.side[1], q.side[0]}};
  infer(b, &q, 1, &a);
  infer(b, &mirrored, 1, &c);
  for (int i = 0; i < PS_NLATENT; i++) {
    const int other = i < PS_LATENT_ROLL ? i ^ 1 : i;
    assert_memory_equal(&a.latent[i], &c.latent[other], sizeof a.latent[i]);
  }
  assert_memory_equal(a.draw[0], c.draw[1], sizeof *a.draw[0]*(size_t)a.ndraw);
  assert_true(a.latent[1].mean > a.latent[0].mean);
}

static void the_same_seed_gives_the_same_bits(void **state) {
  bench *b = *state;
  static ps_posterior a, c, d;
  const ps_readings q = {.side = {thomas(-3.7), thomas(6.1)}};
  infer(b, &q, 7, &a);
  infer(b, &q, 7, &c);
  infer(b, &q, 8, &d);
  assert_memory_equal(&a, &c, sizeof a);
  assert_memory_not_equal(a.draw[0], d.draw[0], sizeof *a.draw[0]*(size_t)a.ndraw);
  assert_int_equal(a.ndraw, 300);
  assert_true(a.rhat < 1.05 && a.ess > 100.0);
  const ps_marginal *x = &a.latent[1], *y = &d.latent[1];
  assert_close(x->mean, y->mean, 0.0, 5.0*(x->sd/sqrt(x->ess) + y->sd/sqrt(y->ess)));
}

static void what_the_tests_do_not_tell_shows_its_prior(void **state) {
  bench *b = *state;
  static ps_posterior post;
  const ps_readings q = {.side = {thomas(7.0)}};
  infer(b, &q, 1, &post);
  static const int unknown[] = {PS_LATENT_TONE, PS_LATENT_SHAPE, PS_LATENT_HABIT, PS_LATENT_PUSH, PS_LATENT_TENSOR, PS_LATENT_LEG_MASS};
  for (size_t i = 0; i < sizeof unknown/sizeof *unknown; i++) {
    const ps_marginal *m = &post.latent[unknown[i]];
    if (!m->is_prior_like) fail_msg("%s: sd %g of %g", ps_latent_text(unknown[i]), m->sd, m->prior_sd);
  }
  const ps_marginal *k = &post.latent[PS_LATENT_STIFFNESS];
  printf("figure: one angle: sd of stiffness %.2f of its prior's, of the roll %.2f\n", k->sd/k->prior_sd,
         post.latent[PS_LATENT_ROLL].sd/post.latent[PS_LATENT_ROLL].prior_sd);
  assert_true(k->sd > 0.85*k->prior_sd);
}

// ---- refusals, simulation instead of the surrogate -----------------------------------------------------------------------

static unsigned refused(bench *b, const ps_readings *q) {
  static ps_posterior post;
  infer(b, q, 1, &post);
  return post.refused;
}

// draws are tried on the model, which refuses a stiffness outside 0.5 to 4
static void stiffness_stays_in_the_range_of_the_model(void **state) {
  bench *b = *state;
  ps_subject who = b->fit.subject;
  who.prior.stiffness_sd = 1.0;
  ps_rng rng;
  ps_rng_init(&rng, 3);
  for (int i = 0; i < 1000; i++) {
    const ps_latents l = ps_prior_draw(&who, &rng);
    const double *k = l.value + PS_LATENT_STIFFNESS;
    assert_true(k[0] >= 0.5 && k[0] <= 4.0 && k[1] >= 0.5 && k[1] <= 4.0);
  }
}

// what no body gives moves nothing, and is named; the other readings move as if it had not been there
static void a_reading_that_no_body_gives_is_left_out(void **state) {
  bench *b = *state;
  ps_readings q = {.side = {thomas(80.0), thomas(-8.0)}};
  q.side[0].has_knee = true;
  q.side[0].knee = ps_rad(50.0);
  static ps_posterior with, without;
  infer(b, &q, 1, &with);
  assert_int_equal(with.refused, 1u << PS_READING_HIP);
  assert_int_equal(with.nread, 1);
  assert_string_equal(ps_reading_text(PS_READING_HIP), "thomas_right.hip_angle");
  q.side[0] = (ps_bedside){.has_thomas = false};
  infer(b, &q, 1, &without);
  assert_int_equal(without.refused, 0);
  assert_memory_equal(with.latent, without.latent, sizeof with.latent);

  q.side[0] = thomas(-8.0);
  q.side[1] = thomas(-80.0);
  assert_int_equal(refused(b, &q), 1u << (3 + PS_READING_HIP));
  q.side[1] = (ps_bedside){.has_extension = true, .extension = ps_rad(75.0)};
  assert_int_equal(refused(b, &q), 1u << (3 + PS_READING_EXTENSION));
  q = (ps_readings){.has_tilt = true, .tilt = ps_rad(120.0)};
  assert_int_equal(refused(b, &q), 1u << PS_READING_TILT);
}

static void expect_error(bench *b, const ps_readings *q, const char *where) {
  static ps_posterior post;
  ps_error err = {PS_OK, 0, "", ""};
  assert_int_equal(ps_posterior_infer(&b->fit, q, NULL, &b->arena, &post, &err), PS_EINPUT);
  assert_string_equal(err.where, where);
  assert_true(strlen(err.msg) > 10);
}

static void readings_that_are_no_numbers_are_errors(void **state) {
  bench *b = *state;
  ps_readings q = {.side = {thomas(-8.0), thomas((double)NAN)}};
  expect_error(b, &q, "thomas_left.hip_angle");
  q.side[1] = thomas(-8.0);
  q.side[1].hip_sd = -0.01;
  expect_error(b, &q, "thomas_left.hip_angle");
  q = (ps_readings){.has_tilt = true, .tilt = (double)INFINITY};
  expect_error(b, &q, "asis_psis_tilt");
}

// a spread that stays wide is no sign of ignorance when the mean has moved: a bent knee that is far too straight
static void a_mean_that_moved_is_not_like_the_prior(void **state) {
  bench *b = *state;
  static ps_posterior post;
  ps_readings q = {.side = {thomas(-10.0), thomas(-10.0)}};
  for (int k = 0; k < 2; k++) {
    q.side[k].has_knee = true;
    q.side[k].knee = ps_rad(30.0);
  }
  infer(b, &q, 1, &post);
  const ps_marginal *m = &post.latent[PS_LATENT_RECTUS];
  assert_true(m->sd > m->prior_sd && m->mean > 0.10);
  assert_false(m->is_prior_like);
}

static void an_arena_too_small_is_an_error(void **state) {
  bench *b = *state;
  unsigned char few[256];
  ps_arena small;
  ps_arena_init(&small, few, sizeof few);
  static ps_posterior post;
  static ps_surrogate g;
  const ps_readings q = {.side = {thomas(-8.0)}};
  assert_int_equal(ps_posterior_infer(&b->fit, &q, NULL, &small, &post, NULL), PS_ENOMEM);
  assert_int_equal(ps_surrogate_fit(&b->fit.subject, 1, &small, &g, NULL), PS_ENOMEM);
  assert_true(ps_surrogate_scratch_size() < b->arena.size && ps_posterior_scratch_size(NULL) < b->arena.size);
}

static void a_bad_surrogate_is_left_for_simulations(void **state) {
  bench *b = *state;
  static ps_posterior post;
  const ps_readings q = {.side = {thomas(10.0)}};
  ps_infer_opts o = ps_infer_default();
  infer(b, &q, 1, &post);
  printf("figure: the surrogate's error moves the mean by %.3f of the half-width\n", post.surrogate_share);
  assert_false(post.is_direct);
  assert_true(post.surrogate_share > 0.0 && post.surrogate_share < 0.10);
  bench bad = *b;
  bad.fit.rms[0] = ps_rad(4.0);
  static ps_posterior direct;
  assert_ok(ps_posterior_infer(&bad.fit, &q, &o, &b->arena, &direct, NULL));
  assert_true(direct.is_direct && direct.surrogate_share > 0.10);
  assert_int_equal(direct.ndraw, 240);
  assert_true(direct.ess > 20.0 && direct.ess <= 240.0);

  // asked for with a good surrogate: nearly the same answer
  o.is_direct = true;
  assert_ok(ps_posterior_infer(&b->fit, &q, &o, &b->arena, &direct, NULL));
  const ps_marginal *want = &post.latent[0], *got = &direct.latent[0];
  assert_true(direct.is_direct && direct.ess > 150.0);
  assert_close(got->mean, want->mean, 0.0, 4.0*(want->sd/sqrt(want->ess) + want->sd/sqrt(direct.ess)));
}

// with the pelvis known the shortening itself shows it
static void simulations_put_wrong_polynomials_right(void **state) {
  bench *b = *state;
  bench known = *b;
  known.fit = b->known;
  static ps_posterior right, wrong, direct;
  const ps_readings q = {.side = {thomas(3.0)}};
  ps_infer_opts o = ps_infer_default();
  infer(&known, &q, 1, &right);
  for (int k = 0; k < 2; k++) known.fit.coef[k][0][0] += ps_rad(2.0);
  infer(&known, &q, 1, &wrong);
  o.is_direct = true;
  assert_ok(ps_posterior_infer(&known.fit, &q, &o, &b->arena, &direct, NULL));
  const double shifted = wrong.latent[0].mean - right.latent[0].mean, left = direct.latent[0].mean - right.latent[0].mean;
  printf("figure: 2 deg wrong polynomials shift the shortening by %.2f %%, by %.2f after simulations (size %.0f)\n", 100.0*shifted,
         100.0*left, direct.ess);
  assert_true(shifted < -0.01);
  assert_close(left, 0.0, 0.0, 4.0*right.latent[0].sd/sqrt(direct.ess));
  assert_true(fabs(left) < 0.5*fabs(shifted));
}

// ---- sampler and diagnostics alone -----------------------------------------------------------------------------------------

static double known_normal(void *context, const double *z) {
  (void)context;
  const double d = (1.3 - z[0] - 0.5*z[1])/0.4;
  return -0.5*d*d;
}

static void the_sampler_finds_a_posterior_that_is_known(void **state) {
  (void)state;
  enum { N = 20000 };
  static double x[N][2];
  ps_rng rng;
  ps_rng_init(&rng, 3);
  double z[2] = {0.0, 0.0}, ll = known_normal(NULL, z), rhat = 0.0, ess = 0.0;
  sums s = {0.0, 0.0, 0.0};
  for (int i = 0; i < N; i++) {
    ps__slice_step(known_normal, NULL, 2, &rng, z, &ll);
    memcpy(x[i], z, sizeof z);
    add(&s, z[0]);
  }
  ps__sample_quality(&x[0][0], 1, N, 2, &rhat, &ess);
  const double all = 1.0 + 0.25 + 0.16;
  assert_true(rhat < 1.01 && ess > 1000.0 && ess <= N);
  assert_close(mean(&s), 1.3/all, 0.0, 4.0*spread(&s)/sqrt(ess));
  assert_close(spread(&s), sqrt(1.0 - 1.0/all), 0.05, 0.0);
}

static void the_size_of_a_correlated_sample_is_known(void **state) {
  (void)state;
  enum { N = 4000 };
  static double x[4*N];
  ps_rng rng;
  ps_rng_init(&rng, 9);
  double rhat = 0.0, ess = 0.0, last = 0.0;
  for (int i = 0; i < 4*N; i++) x[i] = last = 0.8*last + 0.6*ps_rng_normal(&rng);
  ps__sample_quality(x, 4, N, 1, &rhat, &ess);
  assert_true(rhat < 1.02);
  assert_close(ess, 4.0*N*(1.0 - 0.8)/(1.0 + 0.8), 0.2, 0.0);

  // one chain somewhere else; all values the same
  for (int i = 0; i < N; i++) x[i] += 5.0;
  ps__sample_quality(x, 4, N, 1, &rhat, &ess);
  assert_true(rhat > 1.5 && ess < 50.0);
  memset(x, 0, sizeof x);
  ps__sample_quality(x, 4, N, 1, &rhat, &ess);
  assert_close(rhat, 1.0, 0.0, 0.0);
}

// Neighbours in a chain are alike, neighbours among the draws are not: so the first hundreds are a sample of all, and no chain goes
// before the others.
static void the_first_draws_are_of_all_chains(void **state) {
  bench *b = *state;
  enum { ALL = 2000, FIRST = 300 };
  static ps_posterior post;
  const ps_readings q = {.side = {thomas(14.0), thomas(14.0)}};
  ps_infer_opts o = ps_infer_default();
  o.nkeep = ALL/4;
  o.ndraw = ALL;
  assert_ok(ps_posterior_infer(&b->fit, &q, &o, &b->arena, &post, NULL));
  assert_int_equal(post.ndraw, ALL);
  const ps_marginal *m = &post.latent[0];
  double head = 0.0, alike = 0.0;
  for (int i = 0; i < ALL; i++) {
    const double d = post.draw[0][i].shortening - m->mean;
    head += i < FIRST ? d/FIRST : 0.0;
    alike += d*(post.draw[0][(i + 1) % ALL].shortening - m->mean)/(ALL*m->sd*m->sd);
  }
  printf("figure: neighbouring draws correlate by %.2f, the first %d are %.2f sd off the mean of all\n", alike, FIRST, head/m->sd);
  assert_true(fabs(alike) < 0.10);
  assert_true(fabs(head) < 0.15*m->sd);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_surrogate_is_near_simulations_it_has_not_seen),
      cmocka_unit_test(a_body_with_another_incidence_is_a_pelvis_rolled_back),
      cmocka_unit_test(passive_extension_falls_with_tightness_and_grows_with_the_push),
      cmocka_unit_test(people_of_typical_length_read_like_the_norm),
      cmocka_unit_test(the_first_draws_are_of_all_chains),
      cmocka_unit_test(one_client_in_five_is_short),
      cmocka_unit_test(it_agrees_with_a_brute_force_grid),
      cmocka_unit_test(a_standing_tilt_is_shared_between_shape_and_habit),
      cmocka_unit_test(a_test_with_the_pelvis_free_moves_nothing),
      cmocka_unit_test(more_error_is_wider_and_more_readings_narrower),
      cmocka_unit_test(a_second_side_and_extension_tell_more),
      cmocka_unit_test(exchanged_sides_exchange_the_answer),
      cmocka_unit_test(the_same_seed_gives_the_same_bits),
      cmocka_unit_test(what_the_tests_do_not_tell_shows_its_prior),
      cmocka_unit_test(a_reading_that_no_body_gives_is_left_out),
      cmocka_unit_test(stiffness_stays_in_the_range_of_the_model),
      cmocka_unit_test(readings_that_are_no_numbers_are_errors),
      cmocka_unit_test(a_mean_that_moved_is_not_like_the_prior),
      cmocka_unit_test(an_arena_too_small_is_an_error),
      cmocka_unit_test(a_bad_surrogate_is_left_for_simulations),
      cmocka_unit_test(simulations_put_wrong_polynomials_right),
      cmocka_unit_test(the_sampler_finds_a_posterior_that_is_known),
      cmocka_unit_test(the_size_of_a_correlated_sample_is_known),
  };
  return cmocka_run_group_tests_name("posterior", tests, open_bench, close_bench);
}
