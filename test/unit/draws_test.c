/* The intervals of the main analysis: percentiles of solved bodies. No spread, no width; more spread, more width; the same bits on
 * any number of threads. SPDX-License-Identifier: Apache-2.0 */
#include "app/assess/assess.h"

#include <string.h>

#include "app/files/files_anatomy.h"
#include "app/files/files_uncertainty.h"
#include "app/report/assess_effect.h"
#include "app/report/sensitivity.h"
#include "psoas/vec.h"
#include "support/check.h"

static files_anatomy *anatomy;
static files_uncertainty table;

static int load_tables(void **state) {
  (void)state;
  return files_anatomy_load(files_source_packed(), &anatomy, NULL) != PS_OK || files_uncertainty_load(files_source_packed(), &table, NULL) != PS_OK;
}
static int free_tables(void **state) {
  (void)state;
  files_anatomy_free(anatomy);
  return 0;
}

// stated tightness: no draw of it, so that what spreads is the body alone
static files_person stated_man(double shortening) {
  files_person p = {.body = {.age_years = 35.0, .height_m = 1.74, .mass_kg = 70.0, .ntight = 1}};
  p.body.tight[0] = (ps_tightness_entry){.group = "iliopsoas", .side = PS_MIDLINE, .shortening = shortening, .stiffness = 1.0};
  return p;
}

static assess_result *run(const files_person *p, const files_uncertainty *uncertainty, int ndraw, int nthread) {
  assess_opts o = assess_default();
  o.ndraw = ndraw;
  o.uncertainty = uncertainty;
  o.nthread = nthread;
  assess_result *r = NULL;
  assert_ok(assess_run(files_anatomy_view(anatomy), p, &o, &r, NULL));
  return r;
}

static void no_spread_gives_no_width(void **state) {
  (void)state;
  files_uncertainty none = table;
  for (int a = 0; a < PS_NASSUMPTION; a++) ps_assumptions_stretch(&none.rows, (ps_assumption)a, 0.0);
  const files_person p = stated_man(0.08);
  assess_result *r = run(&p, &none, 4, 1);
  assert_int_equal(r->spread.nsolved, 4);
  assert_int_equal(r->spread.nlost, 0);
  for (int k = 0; k < r->nquantity; k++) {
    if (!isfinite(r->as_is[k])) continue;
    // equal draws: no width at all; and where the report's own solve stands, within its coarser tolerance
    assert_close(r->interval[k].hi - r->interval[k].lo, 0.0, 0.0, 0.0);
    assert_close(r->interval[k].as_is_hi - r->interval[k].as_is_lo, 0.0, 0.0, 0.0);
    assert_close(r->interval[k].as_is_lo, r->as_is[k], 1e-4, 1e-3);
  }
  assess_free(r);
}

static double width(const assess_result *r) {
  const assess_interval *x = &r->interval[PS_PATHWAY_COMPRESSION];
  return x->as_is_hi - x->as_is_lo;
}

// the compression as is and its change both widen
static void more_spread_of_specific_tension_widens_compression(void **state) {
  (void)state;
  files_uncertainty once = table, twice;
  for (int a = 0; a < PS_NASSUMPTION; a++)
    if (a != PS_ASSUME_TRUNK_TENSION) ps_assumptions_stretch(&once.rows, (ps_assumption)a, 0.0);
  twice = once;
  ps_assumptions_stretch(&twice.rows, PS_ASSUME_TRUNK_TENSION, 2.0);
  const files_person p = stated_man(0.08);
  assess_result *a = run(&p, &once, 24, 0), *b = run(&p, &twice, 24, 0);
  const assess_interval *x = &a->interval[PS_PATHWAY_COMPRESSION], *y = &b->interval[PS_PATHWAY_COMPRESSION];
  printf("figure: specific tension spread once %.0f N, twice %.0f N wide; the change %.0f and %.0f N\n", width(a), width(b), x->hi - x->lo, y->hi - y->lo);
  assert_true(x->hi - x->lo > 5.0);
  assert_true(y->hi - y->lo > 1.5*(x->hi - x->lo));
  assert_true(width(b) > 1.2*width(a));
  assess_free(a);
  assess_free(b);
}

static void threads_do_not_change_a_bit(void **state) {
  (void)state;
  const files_person p = stated_man(0.06);
  assess_result *a = run(&p, &table, 12, 1), *b = run(&p, &table, 12, 2), *c = run(&p, &table, 12, 5);
  assert_memory_equal(a->interval, b->interval, sizeof a->interval);
  assert_memory_equal(a->interval, c->interval, sizeof a->interval);
  assert_true(width(a) > 20.0);
  assess_free(a);
  assess_free(b);
  assess_free(c);
}

// nothing drawn of the tightness: as is and released of every drawn body are the same
static void a_typical_person_has_loads_with_an_interval_and_no_change(void **state) {
  (void)state;
  const files_person p = stated_man(0.0);
  assess_result *r = run(&p, &table, 10, 0);
  for (int k = 0; k < PS_NPATHWAY; k++) {
    assert_close(r->pathway[k].lo, 0.0, 0.0, 0.0);
    assert_close(r->pathway[k].hi, 0.0, 0.0, 0.0);
  }
  assert_true(width(r) > 20.0);
  assess_free(r);
}

// a curve and a tilt that do not go together make the back work as in lifting: such bodies are counted and left out
static void bodies_that_cannot_stand_quietly_are_left_out(void **state) {
  (void)state;
  files_uncertainty wild = table;
  ps_assumptions_stretch(&wild.rows, PS_ASSUME_LORDOSIS, 3.0);
  ps_assumptions_stretch(&wild.rows, PS_ASSUME_TILT, 3.0);
  const files_person p = stated_man(0.08);
  assess_result *r = run(&p, &wild, 24, 0);
  printf("figure: of 24 bodies with wild postures %d found none, %d could not stand quietly\n", r->spread.nlost, r->spread.nrestless);
  assert_true(r->spread.nrestless > 0);
  assert_int_equal(r->nkept, 24 - r->spread.nlost - r->spread.nrestless);
  assert_true(r->interval[PS_PATHWAY_COMPENSATION].as_is_lo < 0.10);
  assess_free(r);
}

// a flat back and a forward pelvis, measured: it takes effort and late stance does not rest on its feet, and the person stands so
static void a_posture_that_was_measured_is_not_held_against_the_person(void **state) {
  (void)state;
  files_person p = stated_man(0.08);
  p.body.has_lordosis = p.body.has_tilt = true;
  p.body.lordosis_rad = ps_rad(30.0);
  p.body.tilt_rad = ps_rad(14.0);
  assess_result *r = run(&p, &table, 12, 0);
  assert_true(r->effect->warn & PS_WARN_UNBALANCED);
  assert_true(r->as_is[PS_PATHWAY_COMPENSATION] > 0.10);
  assert_int_equal(r->nkept, 12);
  for (int k = 0; k < PS_NPATHWAY; k++) assert_true(r->pathway[k].has);
  assert_true(r->pathway[PS_PATHWAY_COMPRESSION].hi - r->pathway[PS_PATHWAY_COMPRESSION].lo > 10.0);
  assess_free(r);
}

static void no_body_that_is_left_means_no_interval(void **state) {
  (void)state;
  const files_person p = stated_man(0.08);
  assess_result *r = run(&p, &table, 4, 0);
  assert_true(report_effect_of(r, 1.0, 0.0, 2.0, 1.0).has_interval);
  r->nkept = 0;
  r->spread.nrestless = r->spread.nsolved;
  assert_false(report_effect_of(r, 1.0, 0.0, 2.0, 1.0).has_interval);
  assert_non_null(strstr(report_spread(r).text, "None is left"));
  assess_free(r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_spread_gives_no_width),
      cmocka_unit_test(more_spread_of_specific_tension_widens_compression),
      cmocka_unit_test(threads_do_not_change_a_bit),
      cmocka_unit_test(bodies_that_cannot_stand_quietly_are_left_out),
      cmocka_unit_test(a_posture_that_was_measured_is_not_held_against_the_person),
      cmocka_unit_test(no_body_that_is_left_means_no_interval),
      cmocka_unit_test(a_typical_person_has_loads_with_an_interval_and_no_change),
  };
  return cmocka_run_group_tests(tests, load_tables, free_tables);
}
