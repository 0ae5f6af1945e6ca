/* Intervals of all quantities: bodies are drawn and solved, a polynomial through most of them is held against the rest, and where
 * it is good enough, it stands for many more. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/assess/assess_internal.h"
#include "app/assess/draws.h"

enum { HELD = 60, LOST_MAX_PERCENT = 10 };

const char *assess_input_id(int input) {
  static const char *const id[] = {"mean_shortening", "side_shortening", "mean_stiffness", "side_stiffness"};
  PS_ASSERT(input >= 0 && input < ASSESS_NINPUT);
  return input < PS_NASSUMPTION ? ps_assumption_id((ps_assumption)input) : id[input - PS_NASSUMPTION];
}

const char *assess_input_words(const files_uncertainty *uncertainty, int input) {
  static const char *const words[] = {"shortening of the iliopsoas, mean of both sides", "shortening of the iliopsoas, right against left",
                                      "stiffness of the iliopsoas, mean of both sides", "stiffness of the iliopsoas, right against left"};
  PS_ASSERT(input >= 0 && input < ASSESS_NINPUT);
  if (input >= PS_NASSUMPTION) return words[input - PS_NASSUMPTION];
  return uncertainty ? uncertainty->what[input] : ps_assumption_id((ps_assumption)input);
}

static const ps_assumption_rows *rows_of(const assess_opts *o) { return o->uncertainty ? &o->uncertainty->rows : NULL; }

// what the polynomial sees of draw i
static void inputs(const assess_result *r, const ps_assumption_rows *rows, int i, double *x) {
  double z[PS_NASSUMPTION], s[2], k[2];
  ps_assumptions_draw(r->seed, i, z);
  for (int a = 0; a < PS_NASSUMPTION; a++) x[a] = rows ? ps_assumptions_x(rows, (ps_assumption)a, z[a]) : 0.0;
  for (int side = 0; side < 2; side++) {
    s[side] = r->is_estimated[side] ? r->posterior->draw[side][i].shortening : 0.0;
    k[side] = r->is_estimated[side] ? log(r->posterior->draw[side][i].stiffness) : 0.0;
  }
  x[ASSESS_MEAN_SHORTENING] = 0.5*(s[0] + s[1]);
  x[ASSESS_SIDE_SHORTENING] = 0.5*(s[0] - s[1]);
  x[ASSESS_MEAN_STIFFNESS] = 0.5*(k[0] + k[1]);
  x[ASSESS_SIDE_STIFFNESS] = 0.5*(k[0] - k[1]);
}

// the solved draws that found a posture: all changes, then all values as is; a quantity that this body lacks counts as 0
static ps_chaos_data gather(const assess_draws *d, const ps_assumption_rows *rows, double *x, double *y) {
  const int nq = d->nquantity;
  int n = 0;
  for (int i = 0; i < d->n; i++) {
    if (d->fate[i] != ASSESS_KEPT) continue;
    inputs(d->result, rows, i, x + n*ASSESS_NINPUT);
    for (int k = 0; k < nq; k++) {
      const double change = d->change[i*nq + k], as_is = d->as_is[i*nq + k];
      y[n*2*nq + k] = isfinite(change) ? change : 0.0;
      y[n*2*nq + nq + k] = isfinite(as_is) ? as_is : 0.0;
    }
    n++;
  }
  return (ps_chaos_data){.n = n, .d = ASSESS_NINPUT, .nq = 2*nq, .x = x, .y = y};
}

static void keep(assess_result *r, const ps_chaos_data *data) {
  r->nkept = data->n;
  for (int k = 0; k < ASSESS_NKEPT; k++)
    for (int i = 0; i < data->n; i++) r->kept[k][i] = data->y[i*data->nq + assess_kept_quantity(r, k)];
}

static void take(assess_result *r, const ps_interval *of, const ps_chaos *fit) {
  const int nq = r->nquantity;
  for (int k = 0; k < nq; k++) {
    if (!isfinite(r->as_is[k])) continue;
    r->interval[k] = (assess_interval){.lo = of[k].lo, .hi = of[k].hi, .as_is_lo = of[nq + k].lo, .as_is_hi = of[nq + k].hi,
                                       .is_solved = of[k].is_solved, .share = fit ? fit->error[k].share : 0.0};
  }
}

static void solved_intervals(const ps_chaos_data *data, double *column, ps_interval *out) {
  for (int k = 0; k < data->nq; k++) {
    for (int i = 0; i < data->n; i++) column[i] = data->y[i*data->nq + k];
    out[k] = ps_interval_of(column, data->n);
    out[k].is_solved = true;
  }
}

static void shares(assess_result *r, const ps_chaos *fit, double *scratch) {
  double *first = scratch, *total = scratch + fit->nq*fit->d;
  ps_chaos_shares(fit, first, total);
  memcpy(r->spread.first, first, sizeof r->spread.first);   // the primary quantities stand first
  memcpy(r->spread.total, total, sizeof r->spread.total);
}

// moments of what goes in: exact for assumptions, of the draws for the tightness
static void moments(const assess_result *r, const assess_opts *o, const double *x, ps_chaos_input input[ASSESS_NINPUT]) {
  for (int a = 0; a < PS_NASSUMPTION; a++)
    input[a] = o->uncertainty ? ps_assumptions_input(&o->uncertainty->rows, &r->person.body, (ps_assumption)a) : (ps_chaos_input){.sd = 0.0};
  for (int a = PS_NASSUMPTION; a < ASSESS_NINPUT; a++) input[a] = ps_chaos_input_of(x + a, r->ndraw, ASSESS_NINPUT);
}

static ps_status fit_and_draw(assess_result *r, const assess_opts *o, const ps_chaos_data *data, ps_interval *of, ps_error *err) {
  const size_t size = ps_chaos_scratch_size(data->n, data->d, data->nq) +
                      ((size_t)(r->ndraw*(data->nq + ASSESS_NINPUT)) + 2u*(size_t)(data->nq*data->d) + 1024u)*sizeof(double);
  unsigned char *memory = malloc(size);
  if (!memory) return PS_ENOMEM;
  ps_arena arena;
  ps_arena_init(&arena, memory, size);
  double *x = ps_arena_take(&arena, (size_t)(r->ndraw*ASSESS_NINPUT), sizeof *x);
  double *scratch = ps_arena_take(&arena, 2u*(size_t)(data->nq*data->d), sizeof *scratch);
  ps_status status = x && scratch ? PS_OK : PS_ENOMEM;
  ps_chaos fit = {.nfit = 0};
  if (status == PS_OK) {
    ps_chaos_input input[ASSESS_NINPUT];
    for (int i = 0; i < r->ndraw; i++) inputs(r, rows_of(o), i, x + i*ASSESS_NINPUT);
    moments(r, o, x, input);
    status = ps_chaos_fit(data, input, HELD, &arena, &fit, err);
  }
  if (status == PS_OK) status = ps_chaos_intervals(&fit, data, x, r->ndraw, &arena, of);
  if (status == PS_OK) {
    r->spread.nfit = fit.nfit;
    r->spread.nheld = fit.nheld;
    r->spread.ndraw = r->ndraw;
    shares(r, &fit, scratch);
    take(r, of, &fit);
  }
  free(memory);
  return status;
}

static ps_status fill(assess_result *r, const assess_opts *o, const assess_draws *d, ps_error *err) {
  const int nq = r->nquantity, width = ASSESS_NINPUT + 2*nq + 1;
  double *memory = calloc((size_t)(d->n*width), sizeof *memory);
  ps_interval *of = calloc((size_t)(2*nq), sizeof *of);
  ps_status status = memory && of ? PS_OK : PS_ENOMEM;
  if (status == PS_OK) {
    double *x = memory, *y = x + d->n*ASSESS_NINPUT, *column = y + d->n*2*nq;
    const ps_chaos_data data = gather(d, rows_of(o), x, y);
    keep(r, &data);
    r->spread.nsolved = d->n;
    for (int i = 0; i < d->n; i++) {
      r->spread.nlost += d->fate[i] == ASSESS_LOST;
      r->spread.nrestless += d->fate[i] == ASSESS_RESTLESS;
    }
    if (r->ndraw > d->n && data.n > 2*HELD) {
      status = fit_and_draw(r, o, &data, of, err);
    } else if (data.n > 0) {
      solved_intervals(&data, column, of);
      take(r, of, NULL);
    }
  }
  free(of);
  free(memory);
  return status;
}

ps_status assess_draw(const ps_anatomy *anatomy, const assess_opts *o, assess_result *r, ps_error *err) {
  if (r->ndraw == 0 || (!o->uncertainty && !assess_is_drawn(r))) return PS_OK;
  assess_draws *d = NULL;
  PS_TRY(assess_draws_solve(anatomy, o, r->ndraw < ASSESS_SOLVED ? r->ndraw : ASSESS_SOLVED, r, &d, err));
  const ps_status status = fill(r, o, d, err);
  assess_draws_free(d);
  return status;
}

bool assess_is_settled(const assess_result *r) {
  const assess_spread *s = &r->spread;
  return s->nsolved == 0 || (r->nkept > 0 && 100*s->nlost <= LOST_MAX_PERCENT*s->nsolved);
}
