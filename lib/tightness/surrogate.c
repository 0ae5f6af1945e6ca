/* The tests of one person as polynomials: least squares through direct simulations, its error on others that were held out.
 * Theory: docs/theory/tightness.md section 8. SPDX-License-Identifier: Apache-2.0 */
#include "lib/tightness/surrogate.h"

#include <math.h>
#include <string.h>

#include "psoas/linalg.h"
#include "psoas/vec.h"

enum { NX = PS_SURROGATE_NX, TERMS = PS_SURROGATE_TERMS, DEGREE = 4, NFIT = 250, NHELD = 64 };

// shortening, stiffness and pelvis bend the answer; rectus, tensor and the leg's weight hardly: they cost two degrees each
static const int COST[NX] = {1, 1, 2, 2, 1, 2};

// beyond this many half-widths an input counts as at the edge: a polynomial runs wild out there
static const double EDGE = 1.5;

static int power_cost(const unsigned char power[NX]) {
  int sum = 0;
  for (int i = 0; i < NX; i++) sum += COST[i]*power[i];
  return sum;
}

// every product of powers that costs at most DEGREE, counted like an odometer
static int list_terms(unsigned char term[TERMS][NX]) {
  unsigned char p[NX] = {0};
  int n = 0, i = 0;
  while (i < NX) {
    if (power_cost(p) <= DEGREE) {
      PS_ASSERT(n < TERMS);
      memcpy(term[n++], p, sizeof p);
      i = 0;
    } else {
      p[i++] = 0;
    }
    if (i < NX) p[i]++;
  }
  return n;
}

// Legendre polynomials of every input, then their products: of a scale, so that the normal equations are well posed
static void terms_at(const ps_surrogate *g, int itest, const double x[NX], double *phi) {
  double leg[NX][DEGREE + 1];
  for (int i = 0; i < NX; i++) {
    const double u = fmax(-EDGE, fmin(EDGE, (x[i] - g->middle[itest][i])/g->half[itest][i]));
    leg[i][0] = 1.0;
    leg[i][1] = u;
    for (int k = 1; k < DEGREE; k++) leg[i][k + 1] = ((2*k + 1)*u*leg[i][k] - k*leg[i][k - 1])/(k + 1);
  }
  for (int t = 0; t < g->nterm; t++) {
    const unsigned char *p = g->power[t];
    phi[t] = leg[0][p[0]]*leg[1][p[1]]*leg[2][p[2]]*leg[3][p[3]]*leg[4][p[4]]*leg[5][p[5]];
  }
}

static double dot(const double *a, const double *b, int n) {
  double sum = 0.0;
  for (int i = 0; i < n; i++) sum += a[i]*b[i];
  return sum;
}

ps_forward ps_surrogate_eval(const ps_surrogate *g, const ps_latents *l, int iside, const bool want[2]) {
  double x[NX], phi[TERMS];
  ps_forward f = {0.0, 0.0, 0.0};
  if (want[0]) {
    ps__latents_inputs(&g->subject, l, iside, 0, x);
    terms_at(g, 0, x, phi);
    f.hip = dot(phi, g->coef[iside][0], g->nterm);
    f.knee = dot(phi, g->coef[iside][1], g->nterm);
  }
  if (want[1]) {
    ps__latents_inputs(&g->subject, l, iside, 1, x);
    terms_at(g, 1, x, phi);
    f.extension = dot(phi, g->coef[iside][2], g->nterm);
  }
  return f;
}

// where the polynomials must hold: every shortening, and 3 standard deviations of the rest
static void span(ps_surrogate *g) {
  const ps_prior *p = &g->subject.prior;
  const double incidence = g->subject.model->person.has_incidence ? p->incidence_read_sd : p->incidence_sd;
  const double pelvis = hypot(p->roll_sd, p->tilt_per_incidence*incidence);
  const double middle[2][NX] = {{0.1, 0.0, 0.1, 0.1, p->roll, 1.0}, {0.1, 0.0, 0.1, 0.1, p->push, 0.0}};
  const double half[2][NX] = {{0.1, 3.0*p->stiffness_sd, 0.1, 0.1, 3.0*pelvis, 3.0*p->leg_mass_sd},
                              {0.1, 3.0*p->stiffness_sd, 0.1, 0.1, fmin(3.0*p->push_sd, 0.9*p->push), 1.0}};
  memcpy(g->middle, middle, sizeof middle);
  memcpy(g->half, half, sizeof half);
  for (int t = 0; t < 2; t++)
    for (int i = 0; i < NX; i++)
      if (!(g->half[t][i] > 0.0)) g->half[t][i] = 1.0;  // known: it stays where it is
}

// a point of the fit spreads wide; one that is held out is a person of the prior, of any shortening
static void point(const ps_surrogate *g, int itest, bool is_held, ps_rng *rng, double x[NX]) {
  const ps_prior *p = &g->subject.prior;
  const ps_latents l = ps_prior_draw(&g->subject, rng);
  ps__latents_inputs(&g->subject, &l, 0, itest, x);
  if (p->spread[0] > 0.0) x[0] = 0.2*ps_rng_uniform(rng);
  if (is_held) return;
  if (p->spread[1] > 0.0) x[2] = 0.2*ps_rng_uniform(rng);
  if (p->spread[2] > 0.0) x[3] = 0.2*ps_rng_uniform(rng);
  for (int i = 0; i < NX; i++) {
    if (i == 0 || i == 2 || i == 3) continue;
    const double wide = 1.2*(x[i] - g->middle[itest][i]), half = g->half[itest][i];
    x[i] = g->middle[itest][i] + fmax(-half, fmin(half, wide));
  }
}

typedef struct normal_equations {
  double *h;                 // (TERMS x TERMS)
  double *b;                 // (2 x TERMS)
  double *phi;               // (TERMS)
} normal_equations;

static void add_point(const ps_surrogate *g, normal_equations *e, const double y[2]) {
  for (int i = 0; i < g->nterm; i++) {
    for (int j = i; j < g->nterm; j++) e->h[i*TERMS + j] += e->phi[i]*e->phi[j];
    e->b[i] += e->phi[i]*y[0];
    e->b[TERMS + i] += e->phi[i]*y[1];
  }
}

// the answers of one test: hip and knee, or extension
static void answers(const ps_forward *f, int itest, double y[2]) {
  y[0] = itest == 0 ? f->hip : f->extension;
  y[1] = itest == 0 ? f->knee : 0.0;
}

// a body at the very edge may find no rest: such points are left out, but not more than one in ten
static ps_status enough(int n, int wanted, ps_error *err) {
  if (n >= wanted - wanted/10) return PS_OK;
  return ps_error_set(err, PS_ENUMERIC, 0, "surrogate", "%d of %d simulated tests found no rest", wanted - n, wanted);
}

// coefficients of one test of one side
static ps_status fit_test(ps_surrogate *g, int iside, int itest, ps_rng *rng, normal_equations *e, ps_error *err) {
  memset(e->h, 0, sizeof(double)*TERMS*TERMS);
  memset(e->b, 0, sizeof(double)*2*TERMS);
  int n = 0;
  for (int i = 0; i < NFIT; i++) {
    double x[NX], y[2];
    ps_forward f = {0.0, 0.0, 0.0};
    point(g, itest, false, rng, x);
    if (ps__simulate(&g->subject, iside, itest, x, &f, NULL) != PS_OK) continue;
    terms_at(g, itest, x, e->phi);
    answers(&f, itest, y);
    add_point(g, e, y);
    n++;
  }
  PS_TRY(enough(n, NFIT, err));

  // a term of something that is known never changes: the ridge leaves it at nothing
  for (int i = 0; i < g->nterm; i++) e->h[i*TERMS + i] += 1e-9*n;
  if (ps_chol_factor(g->nterm, TERMS, e->h, 0.0) < 0)
    return ps_error_set(err, PS_ESINGULAR, 0, "surrogate", "%s", ps_status_text(PS_ESINGULAR));
  for (int k = 0; k < (itest == 0 ? 2 : 1); k++) {
    ps_chol_solve(g->nterm, TERMS, e->h, e->b + k*TERMS);
    memcpy(g->coef[iside][2*itest + k], e->b + k*TERMS, sizeof(double)*(size_t)g->nterm);
  }
  g->nfit += n;
  return PS_OK;
}

// how wrong on simulations it has not seen
static ps_status check_test(ps_surrogate *g, int iside, int itest, ps_rng *rng, double *phi, ps_error *err) {
  double sum[2] = {0.0, 0.0};
  int nheld = 0;
  for (int i = 0; i < NHELD; i++) {
    double x[NX], y[2];
    ps_forward f = {0.0, 0.0, 0.0};
    point(g, itest, true, rng, x);
    if (ps__simulate(&g->subject, iside, itest, x, &f, NULL) != PS_OK) continue;
    terms_at(g, itest, x, phi);
    answers(&f, itest, y);
    nheld++;
    for (int k = 0; k < (itest == 0 ? 2 : 1); k++) {
      const double error = dot(phi, g->coef[iside][2*itest + k], g->nterm) - y[k];
      sum[k] += error*error;
      g->worst[2*itest + k] = fmax(g->worst[2*itest + k], fabs(error));
    }
  }
  PS_TRY(enough(nheld, NHELD, err));
  for (int k = 0; k < (itest == 0 ? 2 : 1); k++)
    g->rms[2*itest + k] = fmax(g->rms[2*itest + k], sqrt(sum[k]/nheld));
  g->nheld += nheld;
  return PS_OK;
}

// do right and left answer alike? Not when the person file states the tightness of another muscle on one side
static bool answers_alike(const ps_surrogate *g) {
  const double x[2][NX] = {{0.05, 0.1, 0.0, 0.0, g->subject.prior.roll, 1.0}, {0.05, 0.1, 0.0, 0.0, g->subject.prior.push, 0.0}};
  ps_forward f[2] = {{0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}};
  for (int k = 0; k < 2; k++)
    for (int t = 0; t < 2; t++)
      if (ps__simulate(&g->subject, k, t, x[t], &f[k], NULL) != PS_OK) return false;
  static const double CLOSE = 1e-9;  // the two sides of one symmetric model differ by rounding alone
  return fabs(f[0].hip - f[1].hip) < CLOSE && fabs(f[0].knee - f[1].knee) < CLOSE &&
         fabs(f[0].extension - f[1].extension) < CLOSE;
}

size_t ps_surrogate_scratch_size(void) { return sizeof(double)*(TERMS*TERMS + 3*TERMS) + 4*64; }

ps_status ps_surrogate_fit(const ps_subject *who, uint64_t seed, ps_arena *arena, ps_surrogate *g, ps_error *err) {
  *g = (ps_surrogate){.subject = *who};
  g->nterm = list_terms(g->power);
  span(g);
  g->is_symmetric = answers_alike(g);
  const ps_mark mark = ps_arena_mark(arena);
  normal_equations e = {.h = ps_arena_take(arena, TERMS*TERMS, sizeof(double)),
                        .b = ps_arena_take(arena, 2*TERMS, sizeof(double)),
                        .phi = ps_arena_take(arena, TERMS, sizeof(double))};
  if (!e.h || !e.b || !e.phi) {
    ps_arena_release(arena, mark);
    return ps_error_set(err, PS_ENOMEM, 0, "surrogate", "arena too small");
  }
  ps_status status = PS_OK;
  for (int k = 0; k < (g->is_symmetric ? 1 : 2); k++)
    for (int t = 0; t < 2 && status == PS_OK; t++) {
      ps_rng rng;
      ps_rng_init(&rng, seed + (uint64_t)t);
      status = fit_test(g, k, t, &rng, &e, err);
      if (status == PS_OK) status = check_test(g, k, t, &rng, e.phi, err);
    }
  if (g->is_symmetric) memcpy(g->coef[1], g->coef[0], sizeof g->coef[0]);
  ps_arena_release(arena, mark);
  return status;
}
