/* The ratios that are used follow from the published ones by the rule of rules.csv, and those from sensitivity and specificity:
 * every row of grade A to D, used or not. SPDX-License-Identifier: Apache-2.0
 *
 * Rows that do not reproduce are named here, with the reason; a row that is named and does reproduce fails too. The only
 * tolerance is the rounding of the table, carried through: the extremes over all corners of the rounded inputs, plus the
 * rounding of the result. Sensitivity, specificity and what is compared with them: half of the last printed digit. Ratios that
 * are used, and those worked out here (`verification` says derived) that they come from: half of the second decimal, below 0.1
 * half of the third digit (trailing zeros are not printed). Ratios quoted from a publication were used as printed: exact. */
#include <stdlib.h>
#include <string.h>

#include "app/files/files_clinical.h"
#include "app/files/files_csv.h"
#include "support/check.h"

enum { ID, USE, SENS = 6, SPEC, POS = 10, NEG = 13, ENGINE_POS = 16, ENGINE_NEG = 19, GRADE = 22, VERIFICATION,
       NCOLUMN = 26, NROW = 94 };
static const char *const COLUMN[NCOLUMN] = {
    "id", "use", "condition", "finding", "words", "group", "sens", "spec", "n", "reference", "lr_pos", "lr_pos_lo", "lr_pos_hi",
    "lr_neg", "lr_neg_lo", "lr_neg_hi", "engine_lr_pos", "engine_lr_pos_p05", "engine_lr_pos_p95", "engine_lr_neg",
    "engine_lr_neg_p05", "engine_lr_neg_p95", "grade", "verification", "source", "note"};
#define Z95 1.96   // published intervals hold 95 %; both figures are the rule's own
#define Z90 1.645

typedef struct table {
  files_csv csv;
  files_clinical *clinical;
  const char *row[NROW][NCOLUMN];
} table;

typedef struct range { double lo, hi; } range;

static range widen(range r, double x) { return (range){fmin(r.lo, x), fmax(r.hi, x)}; }
static const range NOTHING = {INFINITY, -INFINITY};

// half of the last printed digit
static double half_digit(const char *text) {
  const char *dot = strchr(text, '.');
  return 0.5*pow(10.0, dot ? -(double)strspn(dot + 1, "0123456789") : 0.0);
}

// half of the second decimal, below 0.1 of the third digit
static double half_unit(double x) { return x >= 0.1 ? 0.005 : 0.5*pow(10.0, floor(log10(x)) - 2.0); }

static bool is_in(range r, double x) { return x >= r.lo - 1e-12 && x <= r.hi + 1e-12; }

// "0.89", "0.89 (0.80-0.94)", "0.89*" (a number that a second source gives otherwise); not "~0.5", "0.18-0.27"
static bool is_single(const char *text) {
  const size_t n = strspn(text, "0123456789.");
  return n > 0 && (text[n] == '\0' || strcmp(text + n, "*") == 0 || strncmp(text + n, " (", 2) == 0);
}

static const char *const *find(const table *t, const char *id) {
  for (int i = 0; i < NROW; i++)
    if (strcmp(t->row[i][ID], id) == 0) return t->row[i];
  fail_msg("no row %s", id);
  return NULL;
}

// ---- a: ratios from sensitivity and specificity --------------------------------------------------------------------

static bool ratio_reproduces(const char *const *row, int column) {
  range r = NOTHING;
  for (int a = -1; a <= 1; a++)
    for (int b = -1; b <= 1; b++) {
      const double sens = atof(row[SENS]) + a*half_digit(row[SENS]), spec = atof(row[SPEC]) + b*half_digit(row[SPEC]);
      r = widen(r, column == POS ? sens/(1.0 - spec) : (1.0 - sens)/spec);
    }
  const double h = half_digit(row[column]);
  return is_in((range){r.lo - h, r.hi + h}, atof(row[column]));
}

// Rows whose ratio is not that of the two printed numbers. With counts: the table of the study as it was rebuilt, from which
// ratio and interval follow; 0.89, 0.81 and 0.80 cannot come from 8 people without the condition, so that study's printed
// numbers have another origin. LR039: 31 of 37 is 0.838, which was cut to 0.83, not rounded. LR043 adds
// 0.5 to each count, because one is zero. Without counts: the review pooled the ratio apart from sensitivity and specificity.
static const struct exception { const char *id; int column; double tp, n1, fp, n2; } EXCEPTION[] = {
    {"LR017", POS, 34.0, 36.0, 1.0, 8.0}, {"LR018", POS, 35.0, 36.0, 2.0, 8.0}, {"LR018", NEG, 35.0, 36.0, 2.0, 8.0},
    {"LR019", POS, 28.0, 36.0, 2.0, 8.0}, {"LR043", POS, 4.5, 5.0, 2.5, 13.0},  {"LR043", NEG, 4.5, 5.0, 2.5, 13.0},
    {"LR039", POS, 32.0, 38.0, 6.0, 37.0},
    {"LR065", NEG, 0.0, 0.0, 0.0, 0.0},
};
enum { NEXCEPTION = sizeof EXCEPTION/sizeof *EXCEPTION };

static bool is_exception(const char *id, int column) {
  for (int i = 0; i < NEXCEPTION; i++)
    if (strcmp(EXCEPTION[i].id, id) == 0 && EXCEPTION[i].column == column) return true;
  return false;
}

static void ratios_follow_from_sensitivity_and_specificity(void **state) {
  const table *t = *state;
  int n = 0;
  for (int i = 0; i < NROW; i++) {
    const char *const *row = t->row[i];
    if (!is_single(row[SENS]) || !is_single(row[SPEC])) continue;
    for (int column = POS; column <= NEG; column += NEG - POS) {
      if (!row[column][0]) continue;
      n++;
      // what is named as an exception is one
      if (ratio_reproduces(row, column) == is_exception(row[ID], column))
        fail_msg("%s %s: %s from sens %s, spec %s", row[ID], COLUMN[column], row[column], row[SENS], row[SPEC]);
    }
  }
  assert_int_equal(n, 51);
}

static void exceptions_follow_from_counts(void **state) {
  const table *t = *state;
  for (int i = 0; i < NEXCEPTION; i++) {
    const struct exception x = EXCEPTION[i];
    if (x.n1 == 0.0) continue;
    const char *const *row = find(t, x.id);
    const double a = x.column == POS ? x.tp : x.n1 - x.tp, b = x.column == POS ? x.fp : x.n2 - x.fp;
    const double ratio = a/x.n1/(b/x.n2), se = sqrt(1.0/a - 1.0/x.n1 + 1.0/b - 1.0/x.n2);
    const double want[] = {ratio, ratio*exp(-Z95*se), ratio*exp(Z95*se)};
    for (int k = 0; k < 3; k++) {
      const char *text = row[x.column + k];
      assert_close(want[k], atof(text), 0.0, half_digit(text));
    }
  }
}

// ---- b: the standard error of a ratio ------------------------------------------------------------------------------

// of its logarithm, half of the published interval
static double standard_error(double lo, double hi) { return log(hi/lo)/(2.0*Z95); }

// the upper and the lower half of the interval give the same error, as a normal ln LR has it
static bool is_symmetric(const char *const *text) {
  range upper = NOTHING, lower = NOTHING;
  for (int a = -1; a <= 1; a++)
    for (int b = -1; b <= 1; b++) {
      const double x = atof(text[0]) + a*half_digit(text[0]);
      if (!(x > 0.0)) continue;
      upper = widen(upper, log((atof(text[2]) + b*half_digit(text[2]))/x));
      lower = widen(lower, log(x/fmax(atof(text[1]) + b*half_digit(text[1]), 1e-9)));
    }
  return upper.hi >= lower.lo && lower.hi >= upper.lo;
}

// Intervals that are not: worked out from the ends of the intervals of sensitivity and specificity (LR031, LR036, LR040),
// pooled by a review's own model or a point within a range (LR048, LR063), set by hand or capped (LR037, LR077, LR085, LR087,
// LR091). Their error is half of the whole width all the same.
static const struct { const char *id; int column; } LOPSIDED[] = {
    {"LR031", POS}, {"LR031", NEG}, {"LR036", POS}, {"LR037", POS}, {"LR040", POS}, {"LR048", NEG},
    {"LR063", NEG}, {"LR077", POS}, {"LR085", POS}, {"LR087", POS}, {"LR091", NEG},
};

static void intervals_are_symmetric_on_the_log_scale(void **state) {
  const table *t = *state;
  for (int i = 0; i < NROW; i++)
    for (int column = POS; column <= NEG; column += NEG - POS) {
      const char *const *row = t->row[i];
      if (!row[column][0] || row[GRADE][0] == 'X') continue;
      bool is_named = false;
      for (size_t k = 0; k < sizeof LOPSIDED/sizeof *LOPSIDED; k++)
        is_named |= strcmp(LOPSIDED[k].id, row[ID]) == 0 && LOPSIDED[k].column == column;
      if (is_symmetric(row + column) == is_named)
        fail_msg("%s: %s (%s to %s)", row[ID], row[column], row[column + 1], row[column + 2]);
    }
}

// ---- c: the ratios that are used -----------------------------------------------------------------------------------

// point, p05 and p95 at one corner of the rounded inputs
static void shrink(const clinic_rules *r, clinic_grade grade, const double published[3], double out[3]) {
  const clinic_shrink s = r->shrink[grade];
  const double mu = s.k*log(published[0]), sd = hypot(s.k*standard_error(published[1], published[2]), s.tau);
  out[0] = exp(mu);
  out[1] = exp(mu - Z90*sd);
  out[2] = exp(mu + Z90*sd);
}

static void check_used(const clinic_rules *rules, const char *const *row, int from, int to) {
  const double x[3] = {atof(row[from]), atof(row[from + 1]), atof(row[from + 2])};
  const bool is_rounded = strstr(row[VERIFICATION], "derived") != NULL;
  range want[3] = {NOTHING, NOTHING, NOTHING};
  for (int corner = 0; corner < 27; corner++) {
    const int sign[3] = {corner % 3 - 1, corner/3 % 3 - 1, corner/9 - 1};
    double at[3], out[3];
    for (int k = 0; k < 3; k++) at[k] = x[k] + (is_rounded ? sign[k]*half_unit(x[k]) : 0.0);
    shrink(rules, (clinic_grade)(row[GRADE][0] - 'A'), at, out);
    for (int k = 0; k < 3; k++) want[k] = widen(want[k], out[k]);
  }

  // next to nothing counts as nothing
  static const double none[3] = {1.0, 0.8, 1.25};
  if (fabs(log(x[0])) < rules->informative)
    for (int k = 0; k < 3; k++) want[k] = (range){none[k], none[k]};
  for (int k = 0; k < 3; k++) {
    const double got = atof(row[to + k]), h = half_unit(got);
    if (!is_in((range){want[k].lo - h, want[k].hi + h}, got))
      fail_msg("%s %s is %s, wanted %.4g to %.4g", row[ID], COLUMN[to + k], row[to + k], want[k].lo, want[k].hi);
  }
}

static void used_ratios_follow_from_the_published(void **state) {
  const table *t = *state;
  const clinic_rules *rules = &files_clinical_evidence(t->clinical)->rules;
  int nshrunk = 0, ngiven = 0;
  for (int i = 0; i < NROW; i++)
    for (int side = 0; side < 2; side++) {
      const char *const *row = t->row[i];
      const int from = side ? NEG : POS, to = side ? ENGINE_NEG : ENGINE_POS;
      if (!row[from][0]) continue;
      if (row[GRADE][0] != 'X') {
        check_used(rules, row, from, to);
        nshrunk++;
        continue;
      }
      for (int k = 0; k < 3; k++) assert_string_equal(row[to + k], row[from + k]);  // weighed here: as given
      ngiven++;
    }
  assert_int_equal(nshrunk, 90);
  assert_int_equal(ngiven, 69);
}

// ---- the table -----------------------------------------------------------------------------------------------------

// what the program works with is what stands in the table, and rows that are not used stay out
static void used_rows_are_loaded_as_they_stand(void **state) {
  const table *t = *state;
  const clinic_evidence *e = files_clinical_evidence(t->clinical);
  int n = 0;
  for (int i = 0; i < NROW; i++) {
    const char *const *row = t->row[i];
    if (strcmp(row[USE], "1") != 0) continue;
    const clinic_likelihood *l = &e->likelihood[n++];
    assert_string_equal(l->id, row[ID]);
    assert_int_equal(l->has_positive, row[ENGINE_POS][0] != '\0');
    assert_int_equal(l->has_negative, row[ENGINE_NEG][0] != '\0');
    const clinic_spread got[2] = {l->positive, l->negative};
    for (int side = 0; side < 2; side++) {
      const char *const *text = row + (side ? ENGINE_NEG : ENGINE_POS);
      if (!text[0][0]) continue;
      assert_close(got[side].median, atof(text[0]), 0.0, 0.0);
      assert_close(got[side].p05, atof(text[1]), 0.0, 0.0);
      assert_close(got[side].p95, atof(text[2]), 0.0, 0.0);
    }
    assert_close(l->specificity, is_single(row[SPEC]) ? atof(row[SPEC]) : 0.0, 0.0, 0.0);
  }
  assert_int_equal(n, e->nlikelihood);
}

static int set_up(void **state) {
  table *t = calloc(1, sizeof *t);
  *state = t;
  if (!t || files_clinical_load(files_source_packed(), &t->clinical, NULL) != PS_OK) return -1;
  const files_table_source packed = files_source_packed();
  files_bytes bytes = {NULL, 0, NULL};
  if (packed.read(packed.ctx, "clinical/likelihoods.csv", &bytes, NULL) != PS_OK) return -1;
  t->csv = (files_csv){.column = COLUMN, .ncolumn = NCOLUMN};
  ps_status status = files_csv_open(&t->csv, "likelihoods.csv", bytes.data, bytes.size, NULL);
  files_bytes_free(&bytes);
  bool has_row = true;
  int n = 0;
  for (; status == PS_OK; n++) {
    status = files_csv_next(&t->csv, &has_row, NULL);
    if (status != PS_OK || !has_row || n == NROW) break;
    for (int k = 0; k < NCOLUMN; k++) t->row[n][k] = t->csv.field[k];
  }
  return status == PS_OK && !has_row && n == NROW ? 0 : -1;
}

static int tear_down(void **state) {
  table *t = *state;
  files_csv_close(&t->csv);
  files_clinical_free(t->clinical);
  free(t);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ratios_follow_from_sensitivity_and_specificity), cmocka_unit_test(exceptions_follow_from_counts),
      cmocka_unit_test(intervals_are_symmetric_on_the_log_scale),       cmocka_unit_test(used_ratios_follow_from_the_published),
      cmocka_unit_test(used_rows_are_loaded_as_they_stand),
  };
  return cmocka_run_group_tests_name("likelihood_arithmetic", tests, set_up, tear_down);
}
