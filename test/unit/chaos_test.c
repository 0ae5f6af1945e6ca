/* The polynomial through solved draws, its error, shares of variance, and intervals. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "psoas/uncertain.h"
#include "support/check.h"

enum { D = 6, N = 160, NHELD = 60, NQ = 5, NTERM = 1 + 2*D + D*(D - 1)/2 };

typedef struct bench {
  double x[N*D], y[N*NQ];
  ps_chaos_data data;
  ps_chaos_input input[D];
  void *memory;
  ps_arena arena;
  ps_chaos fit;
} bench;

// inputs of all shapes: normals cut at 3, uniform, two values, a skewed one, one that stays where it is
static const ps_distribution SHAPE[3] = {PS_DIST_NORMAL, PS_DIST_UNIFORM, PS_DIST_CHOICE};

static ps_assumption_rows rows_of_shapes(void) {
  ps_assumption_rows r;
  for (int i = 0; i < PS_NASSUMPTION; i++)
    r.row[i] = (ps_assumption_row){.distribution = i < 3 ? SHAPE[i] : PS_DIST_NORMAL, .spread = i == 2 ? 0.3 : 1.0};
  return r;
}

static void draw(uint64_t seed, int i, double x[D]) {
  const ps_assumption_rows r = rows_of_shapes();
  double z[PS_NASSUMPTION];
  ps_assumptions_draw(seed, i, z);
  for (int k = 0; k < 4; k++) x[k] = ps_assumptions_x(&r, (ps_assumption)k, z[k]);
  x[4] = exp(0.6*z[4]);
  x[5] = 4.2;
}

// [0] a polynomial of degree 2; [1] the same with what no polynomial of degree 2 can say; [2] a kink; [3] never changes; [4] -[0]
static void quantities(const double x[D], double y[NQ]) {
  y[0] = 3.7 + 2.1*x[0] - 1.3*x[1] + 0.8*x[2] + 0.25*x[4] + 0.9*x[0]*x[0] + 1.7*x[1]*x[1] - 0.4*x[4]*x[4] + 1.1*x[0]*x[2] -
         0.6*x[1]*x[3] + 0.3*x[3]*x[4];
  y[1] = y[0] + 0.35*sin(2.3*x[0])*x[1] + 0.2*cos(3.1*x[3]);
  y[2] = fmax(0.0, x[0] + x[3] - 1.0)*exp(0.5*x[3]);
  y[3] = 5.3;
  y[4] = -y[0];
}

static void fill(bench *b, uint64_t seed) {
  for (int i = 0; i < N; i++) {
    draw(seed, i, b->x + i*D);
    quantities(b->x + i*D, b->y + i*NQ);
  }
  b->data = (ps_chaos_data){.n = N, .d = D, .nq = NQ, .x = b->x, .y = b->y};
  const ps_assumption_rows r = rows_of_shapes();
  static const ps_person nobody = {0};
  for (int k = 0; k < 4; k++) b->input[k] = ps_assumptions_input(&r, &nobody, (ps_assumption)k);
  for (int k = 4; k < D; k++) b->input[k] = ps_chaos_input_of(b->x + k, N, D);
}

static int open_bench(void **state) {
  bench *b = calloc(1, sizeof *b);
  const size_t size = ps_chaos_scratch_size(N, D, NQ);
  b->memory = aligned_alloc(64, (size + 63)/64*64);
  ps_arena_init(&b->arena, b->memory, size);
  fill(b, 11);
  assert_ok(ps_chaos_fit(&b->data, b->input, NHELD, &b->arena, &b->fit, NULL));
  *state = b;
  return 0;
}

static int close_bench(void **state) {
  bench *b = *state;
  free(b->memory);
  free(b);
  return 0;
}

static double *row(double *coef, int q) { return coef + q*NTERM; }

// ---- the fit -----------------------------------------------------------------------------------------------------

static void inputs_are_described_by_their_moments(void **state) {
  const bench *b = *state;
  static const double few[] = {1.0, 9.0, 2.0, 9.0, 6.0, 9.0};
  const ps_chaos_input in = ps_chaos_input_of(few, 3, 2);
  assert_close(in.mean, 3.0, 1e-15, 0.0);
  assert_close(in.sd, sqrt(14.0/3.0), 1e-15, 0.0);
  assert_close(in.skew, 6.0/pow(14.0/3.0, 1.5), 1e-14, 0.0);
  assert_close(in.kurtosis, 98.0/3.0/(14.0/3.0*14.0/3.0), 1e-14, 0.0);
  assert_close(b->input[5].sd, 0.0, 0.0, 0.0);
  assert_close(ps_chaos_input_of(few, 0, 1).sd, 0.0, 0.0, 0.0);
}

static void a_polynomial_is_found_again(void **state) {
  bench *b = *state;
  for (int q = 0; q < NQ; q += 4) {
    assert_true(b->fit.error[q].rms < 1e-12 && b->fit.error[q].worst < 1e-11);
    assert_true(b->fit.error[q].half_width > 1.0 && b->fit.error[q].share < 1e-12);
  }
  // 1, five linear terms, four squares (two values have none; one input stands still), three products
  assert_int_equal(b->fit.error[0].nterm, 1 + 5 + 4 + 3);
  for (int i = 0; i < 500; i++) {
    double x[D], want[NQ], got[NQ], phi[NTERM];
    draw(77, i, x);
    quantities(x, want);
    ps_chaos_eval(&b->fit, x, phi, got);
    assert_close(got[0], want[0], 1e-11, 1e-11);
    assert_close(got[4], -got[0], 1e-12, 1e-12);
    assert_close(got[3], 5.3, 0.0, 0.0);
  }
}

// terms written out once more, and least squares by Householder reflections in long double
static long double square_of(const ps_chaos_input *in, long double t) {
  return (t*t - in->skew*t - 1.0L)/sqrtl((long double)in->kurtosis - (long double)in->skew*in->skew - 1.0L);
}

static long double term_of(const bench *b, const double *x, int term) {
  long double t[D];
  for (int i = 0; i < D; i++) t[i] = b->input[i].sd > 0.0 ? ((long double)x[i] - b->input[i].mean)/b->input[i].sd : 0.0L;
  if (term == 0) return 1.0L;
  if (term <= D) return t[term - 1];
  if (term <= 2*D) return square_of(&b->input[term - D - 1], t[term - D - 1]);
  int at = 2*D + 1;
  for (int i = 0; i < D; i++)
    for (int j = i + 1; j < D; j++)
      if (at++ == term) return t[i]*t[j];
  return 0.0L;
}

static void reflect(long double *a, long double *y, int n, int m) {
  for (int k = 0; k < m; k++) {
    long double norm = 0.0L, v[N], vv = 0.0L;
    for (int i = k; i < n; i++) norm += a[i*m + k]*a[i*m + k];
    norm = a[k*m + k] > 0.0L ? -sqrtl(norm) : sqrtl(norm);
    for (int i = k; i < n; i++) v[i] = a[i*m + k] - (i == k ? norm : 0.0L);
    for (int i = k; i < n; i++) vv += v[i]*v[i];
    for (int j = k; j <= m; j++) {
      long double c = 0.0L;
      for (int i = k; i < n; i++) c += v[i]*(j < m ? a[i*m + j] : y[i]);
      for (int i = k; i < n; i++) *(j < m ? &a[i*m + j] : &y[i]) -= 2.0L*c/vv*v[i];
    }
  }
}

static void coefficients_agree_with_a_second_method(void **state) {
  bench *b = *state;
  static long double a[(N - NHELD)*NTERM], y[N];
  for (int q = 1; q <= 2; q++) {
    int term[NTERM], m = 0;
    const double *coef = row(b->fit.coef, q);
    for (int t = 0; t < NTERM; t++)
      if (coef[t] != 0.0) term[m++] = t;
    assert_int_equal(m, b->fit.error[q].nterm);
    for (int i = 0; i < N - NHELD; i++) {
      for (int k = 0; k < m; k++) a[i*m + k] = term_of(b, b->x + i*D, term[k]);
      y[i] = b->y[i*NQ + q];
    }
    reflect(a, y, N - NHELD, m);
    for (int k = m - 1; k >= 0; k--) {
      for (int j = k + 1; j < m; j++) y[k] -= a[k*m + j]*y[j];
      y[k] /= a[k*m + k];
    }
    for (int k = 0; k < m; k++) assert_close(coef[term[k]], (double)y[k], 1e-11, 1e-12);
  }
}

// only what is held out tells the error, and nothing that is held out moves the fit
static void held_out_draws_are_held_out(void **state) {
  bench *b = *state;
  bench *c = calloc(1, sizeof *c);
  memcpy(c, b, sizeof *c);
  const size_t size = ps_chaos_scratch_size(N, D, NQ);
  c->memory = aligned_alloc(64, (size + 63)/64*64);
  ps_arena_init(&c->arena, c->memory, size);
  c->data.x = c->x;
  c->data.y = c->y;
  const double shift = 3.1;
  for (int i = N - NHELD; i < N; i++) c->y[i*NQ] += shift;
  assert_ok(ps_chaos_fit(&c->data, c->input, NHELD, &c->arena, &c->fit, NULL));
  assert_memory_equal(c->fit.coef, b->fit.coef, sizeof(double)*NQ*NTERM);
  assert_close(c->fit.error[0].rms, shift, 1e-12, 0.0);
  assert_close(c->fit.error[0].worst, shift, 1e-12, 0.0);
  assert_close(c->fit.error[0].share, shift/c->fit.error[0].half_width, 1e-12, 0.0);
  free(c->memory);
  free(c);
}

// and that error is what fresh draws have
static void the_error_is_honest(void **state) {
  bench *b = *state;
  enum { FRESH = 20000 };
  double sum[NQ] = {0.0}, fourth[NQ] = {0.0};
  for (int i = 0; i < FRESH; i++) {
    double x[D], want[NQ], got[NQ], phi[NTERM];
    draw(1234, i, x);
    quantities(x, want);
    ps_chaos_eval(&b->fit, x, phi, got);
    for (int q = 0; q < NQ; q++) {
      const double e = (got[q] - want[q])*(got[q] - want[q]);
      sum[q] += e/FRESH;
      fourth[q] += e*e/FRESH;
    }
  }
  // 4 standard errors of a mean square over the draws held out
  for (int q = 1; q <= 2; q++) {
    const double held = b->fit.error[q].rms*b->fit.error[q].rms;
    assert_close(held, sum[q], 0.0, 4.0*sqrt((fourth[q] - sum[q]*sum[q])/NHELD));
    assert_true(held > 0.3*sum[q]);
  }
}

// useless products stay out: noise on 6 inputs has 10 products that could be taken for something
static void noise_is_not_taken_for_products(void **state) {
  bench *b = *state;
  static double y[N*40];
  ps_rng rng;
  ps_rng_init(&rng, 99);
  for (int i = 0; i < N*40; i++) y[i] = ps_rng_normal(&rng);
  ps_chaos_data data = b->data;
  data.nq = 40;
  data.y = y;
  const size_t size = ps_chaos_scratch_size(N, D, 40);
  void *memory = aligned_alloc(64, (size + 63)/64*64);
  ps_arena arena;
  ps_arena_init(&arena, memory, size);
  ps_chaos fit;
  assert_ok(ps_chaos_fit(&data, b->input, NHELD, &arena, &fit, NULL));
  int taken = 0;
  for (int q = 0; q < 40; q++) taken += fit.error[q].nterm - (1 + 5 + 4);
  if (taken > 40/2) fail_msg("%d products in 40 quantities that are noise", taken);
  free(memory);
}

static void same_draws_same_bits_in_the_room_that_was_asked(void **state) {
  bench *b = *state;
  const size_t size = ps_chaos_scratch_size(N, D, NQ);
  void *memory = aligned_alloc(64, (size + 63)/64*64);
  ps_arena arena;
  ps_chaos fit;
  ps_arena_init(&arena, memory, size);
  assert_ok(ps_chaos_fit(&b->data, b->input, NHELD, &arena, &fit, NULL));
  assert_memory_equal(fit.coef, b->fit.coef, sizeof(double)*NQ*NTERM);
  assert_memory_equal(fit.error, b->fit.error, sizeof *fit.error*NQ);
  assert_true(arena.used <= ps_chaos_kept_size(D, NQ));
  const size_t need = arena.peak;
  ps_error err = {0};
  for (size_t room = 0; room < need; room += need/13) {
    ps_arena_init(&arena, memory, room);
    assert_int_equal(ps_chaos_fit(&b->data, b->input, NHELD, &arena, &fit, &err), PS_ENOMEM);
    assert_int_equal(arena.used, 0);
  }
  free(memory);
}

static void refuses_too_few_draws_and_what_is_no_number(void **state) {
  bench *b = *state;
  bench *c = calloc(1, sizeof *c);
  memcpy(c, b, sizeof *c);
  ps_arena_init(&c->arena, b->memory, 0);
  c->data.x = c->x;
  c->data.y = c->y;
  c->data.n = 2*(1 + 2*D) + 59;
  ps_error err = {0};
  assert_int_equal(ps_chaos_fit(&c->data, c->input, 60, &c->arena, &c->fit, &err), PS_EINPUT);
  assert_non_null(strstr(err.msg, "at least 26"));
  c->data.n = N;
  assert_int_equal(ps_chaos_fit(&c->data, c->input, 1, &c->arena, &c->fit, &err), PS_EINPUT);
  c->y[17] = (double)NAN;
  assert_int_equal(ps_chaos_fit(&c->data, c->input, NHELD, &c->arena, &c->fit, &err), PS_EINPUT);
  c->y[17] = 0.0;
  c->x[17] = HUGE_VAL;
  assert_int_equal(ps_chaos_fit(&c->data, c->input, NHELD, &c->arena, &c->fit, &err), PS_EINPUT);
  free(c);
}

// ---- shares ------------------------------------------------------------------------------------------------------

// fresh inputs of the shapes the polynomial was told of; the skewed one from its own sample, so that its moments hold
static void draw_again(const bench *b, uint64_t seed, int i, double x[D]) {
  draw(seed, i, x);
  ps_rng rng;
  ps_rng_init(&rng, seed + 1000003u*(uint64_t)i);
  x[4] = b->x[(ps_rng_next(&rng) % N)*D + 4];
}

// pick and freeze: the same draw but for one input, @saltelli2010 (first: their (b), total: Jansen's (f))
static void shares_agree_with_sampling(void **state) {
  bench *b = *state;
  enum { M = 20000 };
  double first[NQ*D], total[NQ*D], phi[NTERM];
  ps_chaos_shares(&b->fit, first, total);
  double mean[NQ] = {0.0}, square[NQ] = {0.0}, one[NQ*D] = {0.0}, any[NQ*D] = {0.0};
  for (int i = 0; i < M; i++) {
    double p[D], r[D], mixed[D], fp[NQ], fr[NQ], fm[NQ];
    draw_again(b, 501, i, p);
    draw_again(b, 502, i, r);
    ps_chaos_eval(&b->fit, p, phi, fp);
    ps_chaos_eval(&b->fit, r, phi, fr);
    for (int q = 0; q < NQ; q++) {
      mean[q] += fp[q]/M;
      square[q] += fp[q]*fp[q]/M;
    }
    for (int k = 0; k < D; k++) {
      memcpy(mixed, p, sizeof mixed);
      mixed[k] = r[k];
      ps_chaos_eval(&b->fit, mixed, phi, fm);
      for (int q = 0; q < NQ; q++) {
        one[q*D + k] += fr[q]*(fm[q] - fp[q])/M;
        any[q*D + k] += 0.5*(fp[q] - fm[q])*(fp[q] - fm[q])/M;
      }
    }
  }
  for (int q = 0; q < 3; q++)
    for (int k = 0; k < D; k++) {
      const double variance = square[q] - mean[q]*mean[q];
      // about 4 standard errors of M products with heavy tails
      assert_close(first[q*D + k], one[q*D + k]/variance, 0.0, 0.04);
      assert_close(total[q*D + k], any[q*D + k]/variance, 0.0, 0.04);
      assert_true(total[q*D + k] >= first[q*D + k]);
    }
  for (int q = 0; q < NQ; q++) assert_close(first[q*D + 5] + total[q*D + 5], 0.0, 0.0, 0.0);
  for (int k = 0; k < D; k++) assert_close(first[3*D + k] + total[3*D + k], 0.0, 0.0, 0.0);
}

// by hand: y = 2a + b^2 + 3ab of two uniform inputs in -1..1: variances 4/3, 4/45, 9/9
static void shares_worked_out_by_hand(void **state) {
  (void)state;
  static double x[200*2], y[200];
  ps_rng rng;
  ps_rng_init(&rng, 5);
  for (int i = 0; i < 200; i++) {
    x[2*i] = 2.0*ps_rng_uniform(&rng) - 1.0;
    x[2*i + 1] = 2.0*ps_rng_uniform(&rng) - 1.0;
    y[i] = 2.0*x[2*i] + x[2*i + 1]*x[2*i + 1] + 3.0*x[2*i]*x[2*i + 1];
  }
  const ps_chaos_input uniform[2] = {{.sd = sqrt(1.0/3.0), .kurtosis = 1.8}, {.sd = sqrt(1.0/3.0), .kurtosis = 1.8}};
  const ps_chaos_data data = {.n = 200, .d = 2, .nq = 1, .x = x, .y = y};
  static _Alignas(64) char memory[200000];
  ps_arena arena;
  ps_arena_init(&arena, memory, sizeof memory);
  ps_chaos fit;
  assert_ok(ps_chaos_fit(&data, uniform, 50, &arena, &fit, NULL));
  double first[2], total[2], group[2];
  ps_chaos_shares(&fit, first, total);
  const double a = 4.0/3.0, b = 4.0/45.0, ab = 1.0, all = a + b + ab;
  assert_close(first[0], a/all, 1e-10, 0.0);
  assert_close(first[1], b/all, 1e-10, 0.0);
  assert_close(total[0], (a + ab)/all, 1e-10, 0.0);
  assert_close(total[1], (b + ab)/all, 1e-10, 0.0);

  // in one group everything is of that group; in two, the sample's own variances
  static const int together[2] = {0, 0}, apart[2] = {1, 0};
  assert_ok(ps_chaos_group_shares(&fit, &data, together, 1, &arena, group));
  assert_close(group[0], 1.0, 1e-12, 0.0);
  assert_ok(ps_chaos_group_shares(&fit, &data, apart, 2, &arena, group));
  double m[3] = {0.0}, s[3] = {0.0};
  for (int i = 0; i < 200; i++) {
    const double part[3] = {x[2*i + 1]*x[2*i + 1], 2.0*x[2*i], y[i]};
    for (int k = 0; k < 3; k++) {
      m[k] += part[k]/200.0;
      s[k] += part[k]*part[k]/200.0;
    }
  }
  for (int k = 0; k < 2; k++) assert_close(group[k], (s[k] - m[k]*m[k])/(s[2] - m[2]*m[2]), 1e-9, 0.0);
}

// two inputs that hang together: as one group they make what their sum makes, which their own shares cannot say
static void a_group_of_inputs_that_hang_together(void **state) {
  (void)state;
  enum { M = 4000 };
  static double x[M*3], y[M];
  ps_rng rng;
  ps_rng_init(&rng, 6);
  for (int i = 0; i < M; i++) {
    const double a = ps_rng_normal(&rng), b = 0.9*a + sqrt(1.0 - 0.81)*ps_rng_normal(&rng), c = ps_rng_normal(&rng);
    x[3*i] = a;
    x[3*i + 1] = b;
    x[3*i + 2] = c;
    y[i] = a - b + c;
  }
  ps_chaos_input input[3];
  for (int k = 0; k < 3; k++) input[k] = ps_chaos_input_of(x + k, M, 3);
  const ps_chaos_data data = {.n = 300, .d = 3, .nq = 1, .x = x, .y = y}, draws = {.n = M, .d = 3, .nq = 1, .x = x};
  const size_t size = ps_chaos_scratch_size(300, 3, 1) + 4096;
  void *memory = aligned_alloc(64, (size + 63)/64*64);
  ps_arena arena;
  ps_arena_init(&arena, memory, size);
  ps_chaos fit;
  assert_ok(ps_chaos_fit(&data, input, 50, &arena, &fit, NULL));
  static const int group[3] = {0, 0, 1};
  double share[2];
  const ps_mark mark = ps_arena_mark(&arena);
  assert_ok(ps_chaos_group_shares(&fit, &draws, group, 2, &arena, share));
  assert_int_equal(ps_arena_mark(&arena), mark);
  // var(a - b) = 2 - 1.8 = 0.2 beside 1; 4 standard errors of the sample
  assert_close(share[0], 0.2/1.2, 0.0, 0.03);
  assert_close(share[1], 1.0/1.2, 0.0, 0.03);
  ps_arena none;
  ps_arena_init(&none, memory, 64);
  assert_int_equal(ps_chaos_group_shares(&fit, &draws, group, 2, &none, share), PS_ENOMEM);
  free(memory);
}

// ---- intervals ---------------------------------------------------------------------------------------------------

// how many of the values lie below
static int below(const double *value, int n, double at) {
  int count = 0;
  for (int i = 0; i < n; i++) count += value[i] < at;
  return count;
}

static void percentiles_are_of_the_draws(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 8);
  for (int n = 1; n <= 250; n += n < 30 ? 1 : 44) {
    double value[250], sorted[250];
    for (int i = 0; i < n; i++) value[i] = sorted[i] = floor(20.0*ps_rng_normal(&rng));
    const ps_interval v = ps_interval_of(sorted, n);
    for (int i = 1; i < n; i++) assert_true(sorted[i - 1] <= sorted[i]);
    assert_int_equal(v.n, n);
    // outwards: at most 5 % lie below, at most 5 % above
    assert_true(below(value, n, v.lo) <= 0.05*n && n - below(value, n, v.hi + 0.5) <= 0.05*n);
    assert_true(below(value, n, v.lo + 0.5) > 0.05*(n - 1) - 1e-9 || n < 2);
  }
  const ps_interval none = ps_interval_of(NULL, 0);
  assert_true(none.lo == 0.0 && none.hi == 0.0 && none.n == 0);
}

static void a_bad_polynomial_makes_no_interval(void **state) {
  bench *b = *state;
  enum { M = 2000 };
  static double x[M*D], column[M];
  for (int i = 0; i < M; i++) draw(900, i, x + i*D);
  const size_t size = sizeof(double)*((M + 1)*NQ + NTERM) + 192;
  void *memory = aligned_alloc(64, (size + 63)/64*64);
  ps_arena arena;
  ps_arena_init(&arena, memory, size);
  ps_interval got[NQ];
  assert_ok(ps_chaos_intervals(&b->fit, &b->data, x, M, &arena, got));
  assert_int_equal(arena.used, 0);

  // good: the draws' own quantities, worked out without the polynomial
  for (int i = 0; i < M; i++) {
    double y[NQ];
    quantities(x + i*D, y);
    column[i] = y[0];
  }
  const ps_interval want = ps_interval_of(column, M);
  assert_false(got[0].is_solved);
  assert_int_equal(got[0].n, M);
  assert_close(got[0].lo, want.lo, 1e-10, 1e-10);
  assert_close(got[0].hi, want.hi, 1e-10, 1e-10);
  assert_close(got[4].lo, -want.hi, 1e-10, 1e-10);

  // bad: the solved draws, and it says so
  assert_true(b->fit.error[2].share > PS_CHAOS_SHARE_MAX);
  assert_true(got[2].is_solved);
  assert_int_equal(got[2].n, N);
  for (int i = 0; i < N; i++) column[i] = b->y[i*NQ + 2];
  const ps_interval solved = ps_interval_of(column, N);
  assert_true(got[2].lo == solved.lo && got[2].hi == solved.hi);

  // what never changes has no width
  assert_true(got[3].lo == 5.3 && got[3].hi == 5.3);

  // no draws for the polynomial: all of the solved ones
  assert_ok(ps_chaos_intervals(&b->fit, &b->data, NULL, 0, &arena, got));
  for (int q = 0; q < NQ; q++) assert_true(got[q].is_solved && got[q].n == N);
  ps_arena_init(&arena, memory, 64);
  assert_int_equal(ps_chaos_intervals(&b->fit, &b->data, x, M, &arena, got), PS_ENOMEM);
  free(memory);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(inputs_are_described_by_their_moments),
      cmocka_unit_test(a_polynomial_is_found_again),
      cmocka_unit_test(coefficients_agree_with_a_second_method),
      cmocka_unit_test(held_out_draws_are_held_out),
      cmocka_unit_test(the_error_is_honest),
      cmocka_unit_test(noise_is_not_taken_for_products),
      cmocka_unit_test(same_draws_same_bits_in_the_room_that_was_asked),
      cmocka_unit_test(refuses_too_few_draws_and_what_is_no_number),
      cmocka_unit_test(shares_agree_with_sampling),
      cmocka_unit_test(shares_worked_out_by_hand),
      cmocka_unit_test(a_group_of_inputs_that_hang_together),
      cmocka_unit_test(percentiles_are_of_the_draws),
      cmocka_unit_test(a_bad_polynomial_makes_no_interval),
  };
  return cmocka_run_group_tests_name("chaos", tests, open_bench, close_bench);
}
