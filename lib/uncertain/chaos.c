/* A polynomial of degree 2 in independent inputs of any shape: its terms, its value, and the shares of its variance that can
 * be read off its coefficients. Theory: docs/theory/uncertainty.md sections 4 and 6. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lib/uncertain/internal.h"

// below this an input has no square of its own (two values): its square is a straight line of itself
static const double SQUARE_MIN = 1e-6;

ps_chaos_input ps_chaos_input_of(const double *value, int n, int stride) {
  double mean = 0.0, m[5] = {0.0};
  for (int i = 0; i < n; i++) mean += value[(size_t)i*(size_t)stride];
  mean /= n > 0 ? n : 1;
  for (int i = 0; i < n; i++) {
    const double t = value[(size_t)i*(size_t)stride] - mean, tt = t*t;
    m[2] += tt;
    m[3] += tt*t;
    m[4] += tt*tt;
  }
  const double sd = n > 0 ? sqrt(m[2]/n) : 0.0;
  // equal values differ from their mean by rounding alone
  if (!(sd > 1e-14*fabs(mean))) return (ps_chaos_input){.mean = mean, .kurtosis = 3.0};
  return (ps_chaos_input){.mean = mean, .sd = sd, .skew = m[3]/(n*sd*sd*sd), .kurtosis = m[4]/(n*sd*sd*sd*sd)};
}

void ps__chaos_terms(const ps_chaos_input *input, int d, const double *x, double *phi) {
  double *linear = phi + 1, *square = linear + d, *product = square + d;
  phi[0] = 1.0;
  for (int i = 0; i < d; i++) {
    const ps_chaos_input *in = &input[i];
    const double left = in->kurtosis - in->skew*in->skew - 1.0;
    linear[i] = in->sd > 0.0 ? (x[i] - in->mean)/in->sd : 0.0;
    square[i] = in->sd > 0.0 && left > SQUARE_MIN ? (linear[i]*(linear[i] - in->skew) - 1.0)/sqrt(left) : 0.0;
  }
  for (int i = 0; i < d; i++)
    for (int j = i + 1; j < d; j++) *product++ = linear[i]*linear[j];
}

void ps_chaos_eval(const ps_chaos *fit, const double *x, double *phi, double *y) {
  ps__chaos_terms(fit->input, fit->d, x, phi);
  for (int q = 0; q < fit->nq; q++) {
    const double *coef = fit->coef + (size_t)q*(size_t)fit->nterm;
    double sum = 0.0;
    for (int t = 0; t < fit->nterm; t++) sum += coef[t]*phi[t];
    y[q] = sum;
  }
}

// variance with input i alone, and with it in any way; terms are orthonormal, so squares of coefficients add up
static void add_shares(const ps_chaos *fit, const double *coef, double *first, double *total) {
  const int d = fit->d;
  const double *product = coef + 1 + 2*d;
  double all = 0.0;
  for (int t = 1; t < fit->nterm; t++) all += coef[t]*coef[t];
  for (int i = 0; i < d; i++) {
    const double alone = coef[1 + i]*coef[1 + i] + coef[1 + d + i]*coef[1 + d + i];
    first[i] += alone;
    total[i] += alone;
    for (int j = i + 1; j < d; j++) {
      const double both = *product * *product;
      total[i] += both;
      total[j] += both;
      product++;
    }
  }
  for (int i = 0; i < d; i++) {
    first[i] = all > 0.0 ? first[i]/all : 0.0;
    total[i] = all > 0.0 ? total[i]/all : 0.0;
  }
}

void ps_chaos_shares(const ps_chaos *fit, double *first, double *total) {
  const size_t d = (size_t)fit->d;
  memset(first, 0, sizeof *first*d*(size_t)fit->nq);
  memset(total, 0, sizeof *total*d*(size_t)fit->nq);
  for (int q = 0; q < fit->nq; q++)
    add_shares(fit, fit->coef + (size_t)q*(size_t)fit->nterm, first + (size_t)q*d, total + (size_t)q*d);
}

// the group of the inputs of a term, -1 when they are of two
static int group_of(const int *group, int d, int term) {
  if (term <= d) return group[term - 1];
  if (term <= 2*d) return group[term - d - 1];
  int at = 1 + 2*d;
  for (int i = 0; i < d; i++) {
    if (term < at + d - 1 - i) return group[i] == group[i + 1 + term - at] ? group[i] : -1;
    at += d - 1 - i;
  }
  return -1;
}

static double spread_of(double sum, double square, int n) { return square - sum*sum/n; }

ps_status ps_chaos_group_shares(const ps_chaos *fit, const ps_chaos_data *draws, const int *group, int ngroup, ps_arena *arena,
                                double *share) {
  const size_t nq = (size_t)fit->nq, npart = (size_t)ngroup + 1;
  const ps_mark mark = ps_arena_mark(arena);
  double *phi = ps_arena_take(arena, (size_t)fit->nterm, sizeof *phi);
  double *sum = ps_arena_take(arena, nq*npart, sizeof *sum);
  double *square = ps_arena_take(arena, nq*npart, sizeof *square);
  double *part = ps_arena_take(arena, npart, sizeof *part);
  int *of = ps_arena_take(arena, (size_t)fit->nterm, sizeof *of);
  if (!phi || !sum || !square || !part || !of) {
    ps_arena_release(arena, mark);
    return PS_ENOMEM;
  }

  // one part a group, the last is all
  for (int t = 1; t < fit->nterm; t++) of[t] = group_of(group, fit->d, t);
  for (int i = 0; i < draws->n; i++) {
    ps__chaos_terms(fit->input, fit->d, draws->x + (size_t)i*(size_t)fit->d, phi);
    for (size_t q = 0; q < nq; q++) {
      const double *coef = fit->coef + q*(size_t)fit->nterm;
      memset(part, 0, sizeof *part*npart);
      for (int t = 1; t < fit->nterm; t++) {
        if (of[t] >= 0) part[of[t]] += coef[t]*phi[t];
        part[ngroup] += coef[t]*phi[t];
      }
      for (size_t g = 0; g < npart; g++) {
        sum[q*npart + g] += part[g];
        square[q*npart + g] += part[g]*part[g];
      }
    }
  }
  for (size_t q = 0; q < nq; q++) {
    const double all = spread_of(sum[q*npart + npart - 1], square[q*npart + npart - 1], draws->n);
    for (size_t g = 0; g + 1 < npart; g++)
      share[q*(npart - 1) + g] = all > 0.0 ? spread_of(sum[q*npart + g], square[q*npart + g], draws->n)/all : 0.0;
  }
  ps_arena_release(arena, mark);
  return PS_OK;
}
