/* Least squares through solved draws: all linear terms and squares, then those products that pay; and how wrong it is on draws
 * that were held out. Theory: docs/theory/uncertainty.md section 4. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lib/uncertain/internal.h"
#include "psoas/linalg.h"

// a column that has lost all but this share of its length to others says nothing new
static const double NEW_MIN = 1e-6;

typedef struct fitter {
  const ps_chaos_data *solved;
  int n, nterm, nproduct;    // draws of the fit; terms; products, which are the last terms
  int nbase;                 // columns of `q`
  double *term;              // every term at every draw                          (nterm x n)
  double *q;                 // orthonormal columns of constant, linear, squares  (nbase x n)
  double *fresh, *left;      // products without what the columns above say: of all quantities, of this one (nproduct x n)
  double *y, *rest, *lever;  // of one quantity: values, what is left, leverage   (n)
  double *base_lever;        // of the columns of q                               (n)
  double *h, *b;             // normal equations of the terms chosen              (most x most), (most)
  int *chosen;               // terms                                             (most)
  int most, nchosen, nstart; // room, half as many as draws; how many; how many of them are no products
} fitter;

static double dot(const double *a, const double *b, int n) {
  double sum = 0.0;
  for (int i = 0; i < n; i++) sum += a[i]*b[i];
  return sum;
}

static void subtract(double *a, double c, const double *b, int n) {
  for (int i = 0; i < n; i++) a[i] -= c*b[i];
}

static double *column(double *block, int i, int n) { return block + (size_t)i*(size_t)n; }

// ---- once for all quantities -------------------------------------------------------------------------------------

// every term at every draw; then orthonormal columns of those that are always there, and the products without them
static void prepare(fitter *f, const ps_chaos *fit, double *phi) {
  const int n = f->n, d = fit->d;
  for (int i = 0; i < n; i++) {
    ps__chaos_terms(fit->input, d, f->solved->x + (size_t)i*(size_t)d, phi);
    for (int t = 0; t < f->nterm; t++) column(f->term, t, n)[i] = phi[t];
  }
  f->nbase = f->nstart = 0;
  memset(f->base_lever, 0, sizeof(double)*(size_t)n);
  for (int t = 0; t < f->nterm; t++) {
    const bool is_product = t > 2*d;
    double *to = is_product ? column(f->fresh, t - 2*d - 1, n) : column(f->q, f->nbase, n);
    memcpy(to, column(f->term, t, n), sizeof(double)*(size_t)n);
    const double before = dot(to, to, n);
    for (int k = 0; k < f->nbase; k++) subtract(to, dot(to, column(f->q, k, n), n), column(f->q, k, n), n);
    const double after = dot(to, to, n);
    if (!(after > NEW_MIN*before)) {
      memset(to, 0, sizeof(double)*(size_t)n);
      continue;
    }
    if (is_product) continue;
    for (int i = 0; i < n; i++) {
      to[i] /= sqrt(after);
      f->base_lever[i] += to[i]*to[i];
    }
    f->nbase++;
    f->chosen[f->nstart++] = t;
  }
}

// ---- one quantity ------------------------------------------------------------------------------------------------

// squared error when each draw is told by the others
static double left_out(const fitter *f) {
  double sum = 0.0;
  for (int i = 0; i < f->n; i++) {
    const double e = f->rest[i]/(1.0 - f->lever[i]);
    sum += e*e;
  }
  return sum;
}

// the product that explains most of what is left, -1 when there is none; *explained: of its sum of squares
static int best_product(const fitter *f, double *explained) {
  int best = -1;
  *explained = 0.0;
  for (int p = 0; p < f->nproduct; p++) {
    const double *c = column(f->left, p, f->n);
    const double length = dot(c, c, f->n), along = dot(c, f->rest, f->n);
    if (!(length > NEW_MIN*f->n) || !(along*along > *explained*length)) continue;
    *explained = along*along/length;
    best = p;
  }
  return best;
}

static void take_product(fitter *f, int product) {
  double *c = column(f->left, product, f->n);
  const double length = sqrt(dot(c, c, f->n));
  for (int i = 0; i < f->n; i++) {
    c[i] /= length;
    f->lever[i] += c[i]*c[i];
  }
  subtract(f->rest, dot(f->rest, c, f->n), c, f->n);
  for (int p = 0; p < f->nproduct; p++) {
    double *other = column(f->left, p, f->n);
    if (p != product) subtract(other, dot(other, c, f->n), c, f->n);
  }
  memset(c, 0, sizeof(double)*(size_t)f->n);
}

// products one by one, as long as the best explains more than the best of as many useless ones would, and draws that are
// left out are told better with it
static void choose(fitter *f) {
  static const double EXACT = 1e-24;
  const double whole = dot(f->y, f->y, f->n);
  memcpy(f->rest, f->y, sizeof(double)*(size_t)f->n);
  for (int k = 0; k < f->nbase; k++) subtract(f->rest, dot(f->rest, column(f->q, k, f->n), f->n), column(f->q, k, f->n), f->n);
  memcpy(f->lever, f->base_lever, sizeof(double)*(size_t)f->n);
  memcpy(f->left, f->fresh, sizeof(double)*(size_t)f->nproduct*(size_t)f->n);
  f->nchosen = f->nstart;
  double error = left_out(f);
  while (f->nchosen < f->most) {
    double explained = 0.0;
    const double rest = dot(f->rest, f->rest, f->n);
    const int best = best_product(f, &explained);
    const double chance = 2.0*log(f->nproduct)/(f->n - f->nchosen);
    if (best < 0 || !(rest > EXACT*whole) || !(explained > chance*rest)) return;
    take_product(f, best);
    const double with_it = left_out(f);
    if (!(with_it < error)) return;
    error = with_it;
    f->chosen[f->nchosen++] = f->nterm - f->nproduct + best;
  }
}

// coefficients of the terms chosen
static bool solve(fitter *f, double *coef) {
  const int m = f->nchosen;
  for (int i = 0; i < m; i++) {
    const double *a = column(f->term, f->chosen[i], f->n);
    for (int j = i; j < m; j++) f->h[(size_t)i*(size_t)m + (size_t)j] = dot(a, column(f->term, f->chosen[j], f->n), f->n);
    f->b[i] = dot(a, f->y, f->n);
  }
  if (ps_chol_factor(m, m, f->h, 0.0) < 0) return false;
  ps_chol_solve(m, m, f->h, f->b);
  memset(coef, 0, sizeof *coef*(size_t)f->nterm);
  for (int i = 0; i < m; i++) coef[f->chosen[i]] = f->b[i];
  return true;
}

static bool fit_quantity(fitter *f, int iq, double *coef, int *nterm) {
  const ps_chaos_data *s = f->solved;
  bool is_constant = true;
  for (int i = 0; i < s->n; i++) is_constant = is_constant && s->y[(size_t)i*(size_t)s->nq + (size_t)iq] == s->y[iq];
  if (is_constant) {
    memset(coef, 0, sizeof *coef*(size_t)f->nterm);
    coef[0] = s->y[iq];
    *nterm = 1;
    return true;
  }
  for (int i = 0; i < f->n; i++) f->y[i] = s->y[(size_t)i*(size_t)s->nq + (size_t)iq];
  choose(f);
  *nterm = f->nchosen;
  return solve(f, coef);
}

// ---- the error ---------------------------------------------------------------------------------------------------

static void measure_error(const ps_chaos *fit, const ps_chaos_data *s, double *phi, double *y, double *values) {
  for (int q = 0; q < fit->nq; q++) fit->error[q].rms = fit->error[q].worst = 0.0;
  for (int i = fit->nfit; i < s->n; i++) {
    ps_chaos_eval(fit, s->x + (size_t)i*(size_t)s->d, phi, y);
    for (int q = 0; q < fit->nq; q++) {
      const double e = y[q] - s->y[(size_t)i*(size_t)s->nq + (size_t)q];
      fit->error[q].rms += e*e;
      fit->error[q].worst = fmax(fit->error[q].worst, fabs(e));
    }
  }
  for (int q = 0; q < fit->nq; q++) {
    ps_chaos_error *e = &fit->error[q];
    for (int i = 0; i < s->n; i++) values[i] = s->y[(size_t)i*(size_t)s->nq + (size_t)q];
    const ps_interval all = ps_interval_of(values, s->n);
    e->rms = sqrt(e->rms/fit->nheld);
    e->half_width = 0.5*(all.hi - all.lo);
    e->share = e->rms == 0.0 ? 0.0 : e->half_width > 0.0 ? e->rms/e->half_width : HUGE_VAL;
  }
}

// ---- all ---------------------------------------------------------------------------------------------------------

size_t ps_chaos_kept_size(int d, int nq) {
  return (size_t)d*sizeof(ps_chaos_input) + (size_t)nq*((size_t)ps__chaos_nterm(d)*sizeof(double) + sizeof(ps_chaos_error)) + 4*64;
}

size_t ps_chaos_scratch_size(int n, int d, int nq) {
  const size_t nterm = (size_t)ps__chaos_nterm(d), nproduct = nterm - 1 - 2*(size_t)d, m = (size_t)n;
  const size_t columns = nterm + 1 + 2*(size_t)d + 2*nproduct + 4;
  const size_t numbers = columns*m + (m/2)*(m/2) + m/2 + nterm + (size_t)nq + m;
  return ps_chaos_kept_size(d, nq) + numbers*sizeof(double) + m/2*sizeof(int) + 16*64;
}

static ps_status check(const ps_chaos_data *s, int nheld, ps_error *err) {
  const int least = 2*(1 + 2*s->d);
  if (nheld < 2 || s->n - nheld < least)
    return ps_error_set(err, PS_EINPUT, 0, "chaos", "%d solved draws with %d held out, at least %d and 2 are needed", s->n, nheld,
                        least);
  for (size_t i = 0; i < (size_t)s->n*(size_t)s->nq; i++)
    if (!isfinite(s->y[i])) return ps_error_set(err, PS_EINPUT, 0, "chaos", "a solved quantity is not a number");
  for (size_t i = 0; i < (size_t)s->n*(size_t)s->d; i++)
    if (!isfinite(s->x[i])) return ps_error_set(err, PS_EINPUT, 0, "chaos", "an input of a solved draw is not a number");
  return PS_OK;
}

static bool take_scratch(fitter *f, int d, ps_arena *arena) {
  const size_t n = (size_t)f->n, real = sizeof(double), nproduct = (size_t)f->nproduct;
  f->term = ps_arena_take(arena, (size_t)f->nterm*n, real);
  f->q = ps_arena_take(arena, (1 + 2*(size_t)d)*n, real);
  f->fresh = ps_arena_take(arena, nproduct*n, real);
  f->left = ps_arena_take(arena, nproduct*n, real);
  f->y = ps_arena_take(arena, n, real);
  f->rest = ps_arena_take(arena, n, real);
  f->lever = ps_arena_take(arena, n, real);
  f->base_lever = ps_arena_take(arena, n, real);
  f->h = ps_arena_take(arena, (size_t)f->most*(size_t)f->most, real);
  f->b = ps_arena_take(arena, (size_t)f->most, real);
  f->chosen = ps_arena_take(arena, (size_t)f->most, sizeof(int));
  return f->term && f->q && f->fresh && f->left && f->y && f->rest && f->lever && f->base_lever && f->h && f->b && f->chosen;
}

static ps_status fit_all(const ps_chaos_data *s, ps_arena *arena, ps_chaos *out, ps_error *err) {
  fitter f = {.solved = s, .n = out->nfit, .nterm = out->nterm, .nproduct = s->d*(s->d - 1)/2, .most = out->nfit/2};
  double *phi = ps_arena_take(arena, (size_t)out->nterm, sizeof *phi);
  double *y = ps_arena_take(arena, (size_t)s->nq, sizeof *y);
  double *values = ps_arena_take(arena, (size_t)s->n, sizeof *values);
  if (!phi || !y || !values || !take_scratch(&f, s->d, arena))
    return ps_error_set(err, PS_ENOMEM, 0, "chaos", "arena too small");
  prepare(&f, out, phi);
  for (int q = 0; q < s->nq; q++)
    if (!fit_quantity(&f, q, out->coef + (size_t)q*(size_t)out->nterm, &out->error[q].nterm))
      return ps_error_set(err, PS_ESINGULAR, 0, "chaos", "the terms of quantity %d cannot be told apart", q);
  measure_error(out, s, phi, y, values);
  return PS_OK;
}

ps_status ps_chaos_fit(const ps_chaos_data *solved, const ps_chaos_input *input, int nheld, ps_arena *arena, ps_chaos *out,
                       ps_error *err) {
  PS_TRY(check(solved, nheld, err));
  const ps_mark before = ps_arena_mark(arena);
  *out = (ps_chaos){.d = solved->d, .nq = solved->nq, .nterm = ps__chaos_nterm(solved->d), .nfit = solved->n - nheld, .nheld = nheld};
  out->input = ps_arena_take(arena, (size_t)out->d, sizeof *out->input);
  out->coef = ps_arena_take(arena, (size_t)out->nq*(size_t)out->nterm, sizeof *out->coef);
  out->error = ps_arena_take(arena, (size_t)out->nq, sizeof *out->error);
  ps_status status = PS_OK;
  if (!out->input || !out->coef || !out->error) {
    status = ps_error_set(err, PS_ENOMEM, 0, "chaos", "arena too small");
  } else {
    memcpy(out->input, input, sizeof *input*(size_t)out->d);
    const ps_mark kept = ps_arena_mark(arena);
    status = fit_all(solved, arena, out, err);
    ps_arena_release(arena, kept);
  }
  if (status != PS_OK) ps_arena_release(arena, before);
  return status;
}
