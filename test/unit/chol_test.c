// SPDX-License-Identifier: Apache-2.0
#include <float.h>
#include <string.h>

#include "psoas/linalg.h"
#include "support/check.h"

enum { MAX = 41, LD = 48 };

typedef struct matrix { double a[MAX*LD]; } matrix;

// H = B'B + shift, with bands of zeros when band > 0; the lower triangle holds rubbish
static void make(ps_rng *rng, int n, int ld, int band, double shift, matrix *h) {
  static double b[MAX][MAX];
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      const double x = ps_rng_normal(rng);
      b[i][j] = band == 0 || (j >= i && j - i <= band) ? x : 0.0;
    }
  for (int i = 0; i < n; i++)
    for (int j = 0; j < ld; j++) {
      double sum = i == j ? shift : 0.0;
      for (int k = 0; k < n && j < n; k++) sum += b[k][i]*b[k][j];
      h->a[i*ld + j] = j < i || j >= n ? 1e3*ps_rng_normal(rng) : sum;
    }
}

static double full(const matrix *h, int ld, int i, int j) { return i <= j ? h->a[i*ld + j] : h->a[j*ld + i]; }

// textbook factor, row by row, in long double
static void naive(const matrix *h, int n, int ld, long double u[MAX][MAX]) {
  for (int i = 0; i < n; i++)
    for (int j = i; j < n; j++) {
      long double sum = h->a[i*ld + j];
      for (int k = 0; k < i; k++) sum -= u[k][i]*u[k][j];
      u[i][j] = i == j ? sqrtl(sum) : sum/u[i][i];
    }
}

static void factor_equals_the_textbook(void **state) {
  (void)state;
  static long double u[MAX][MAX];
  ps_rng rng;
  ps_rng_init(&rng, 7u);
  for (int n = 0; n <= MAX; n++) {
    for (int form = 0; form < 4; form++) {
      const int ld = form % 2 ? LD : n, band = form < 2 ? 0 : 1 + n/5;
      matrix h, was;
      make(&rng, n, ld, band, 0.5*n, &h);
      was = h;
      assert_int_equal(ps_chol_factor(n, ld, h.a, 0.0), 0);
      naive(&was, n, ld, u);
      for (int i = 0; i < n; i++)
        for (int j = i; j < n; j++) {
          const double want = (double)(i == j ? 1.0L/u[i][i] : u[i][j]);
          assert_close(h.a[i*ld + j], want, 1e-11, 1e-12);
        }
    }
  }
}

static void solve_leaves_no_residual(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 8u);
  for (int n = 1; n <= MAX; n++) {
    const int ld = n + n % 3, band = n % 4 == 0 ? 3 : 0;
    matrix h, was;
    make(&rng, n, ld, band, 2.0, &h);
    was = h;
    double x[MAX + 1], b[MAX];
    for (int i = 0; i < n; i++) b[i] = x[i] = ps_rng_normal(&rng);
    x[n] = 42.0;
    assert_int_equal(ps_chol_factor(n, ld, h.a, 0.0), 0);
    ps_chol_solve(n, ld, h.a, x);
    assert_close(x[n], 42.0, 0.0, 0.0);

    // backward stable: |Hx - b| of the size of rounding in |H||x|
    for (int i = 0; i < n; i++) {
      double r = -b[i], size = fabs(b[i]);
      for (int j = 0; j < n; j++) {
        r += full(&was, ld, i, j)*x[j];
        size += fabs(full(&was, ld, i, j)*x[j]);
      }
      assert_close(r, 0.0, 0.0, 8.0*n*DBL_EPSILON*size);
    }
  }
}

static void an_impossible_matrix_is_refused(void **state) {
  (void)state;
  double indefinite[9] = {4, 2, 1, 0, 1, 3, 0, 0, 2};  // second pivot 1 - 1 = 0
  assert_int_equal(ps_chol_factor(3, 3, indefinite, 0.0), -1);
  double negative[1] = {-2.385};
  assert_int_equal(ps_chol_factor(1, 1, negative, 0.0), -1);
  double bad[4] = {2.0, 0.5, 0.0, (double)NAN};
  assert_int_equal(ps_chol_factor(2, 2, bad, 0.0), -1);
  double huge[4] = {2.0, 0.5, 0.0, HUGE_VAL};
  assert_int_equal(ps_chol_factor(2, 2, huge, 0.0), -1);
}

static void a_dead_pivot_is_replaced_and_counted(void **state) {
  (void)state;
  // rows 2 and 3 equal to row 1: rank one
  double h[9] = {4, 4, 4, 0, 4, 4, 0, 0, 4};
  assert_int_equal(ps_chol_factor(3, 3, h, 1e-10), 2);
  assert_close(h[0], 0.5, 1e-15, 0.0);
  assert_close(h[4], 0.5, 1e-15, 0.0);  // its own diagonal, 4, stands for the pivot
  assert_close(h[8], 0.5, 1e-15, 0.0);
  double x[3] = {1.0, 1.0, 1.0};
  ps_chol_solve(3, 3, h, x);
  for (int i = 0; i < 3; i++) assert_true(isfinite(x[i]));

  double zero[4] = {3.0, 1.0, 0.0, 0.0};
  assert_int_equal(ps_chol_factor(2, 2, zero, 1e-10), -1);  // nothing to replace it with
}

static void a_stored_row_may_be_longer_than_the_matrix(void **state) {
  (void)state;
  ps_rng rng;
  ps_rng_init(&rng, 9u);
  for (int n = 1; n < 14; n++) {
    matrix wide, narrow;
    make(&rng, n, LD, 0, 1.0, &wide);
    for (int i = 0; i < n; i++) memcpy(narrow.a + i*n, wide.a + i*LD, (size_t)n*sizeof(double));
    double beyond[MAX];
    for (int i = 0; i < n; i++) beyond[i] = wide.a[i*LD + n];
    assert_int_equal(ps_chol_factor(n, LD, wide.a, 0.0), 0);
    assert_int_equal(ps_chol_factor(n, n, narrow.a, 0.0), 0);
    for (int i = 0; i < n; i++) {
      assert_close(wide.a[i*LD + n], beyond[i], 0.0, 0.0);
      for (int j = i; j < n; j++) assert_close(wide.a[i*LD + j], narrow.a[i*n + j], 0.0, 0.0);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(factor_equals_the_textbook),
      cmocka_unit_test(solve_leaves_no_residual),
      cmocka_unit_test(an_impossible_matrix_is_refused),
      cmocka_unit_test(a_dead_pivot_is_replaced_and_counted),
      cmocka_unit_test(a_stored_row_may_be_longer_than_the_matrix),
  };
  return cmocka_run_group_tests_name("chol", tests, NULL, NULL);
}
