/* The assessment page: well formed, needs nothing from outside, holds the result's numbers. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_assess.h"

#include <stdlib.h>
#include <string.h>

#include "app/files/files_anatomy.h"
#include "app/report/charts.h"
#include "app/report/html.h"
#include "app/report/assess_words.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/exam.h"
#include "support/page.h"

// ---- fixtures: three persons, assessed once ------------------------------------------------------------------------

typedef struct sheet { assess_result *result; char *page; size_t size; } sheet;
enum { MEASURED, UNMEASURED, STATED, NSHEET };

static const char *const PERSON[NSHEET] = {
    "{\"sex\":\"male\",\"age_years\":35,\"height_m\":1.74,\"mass_kg\":70,\"note\":\"a <b>& \\\"c\\\" </p>\",\"source\":\"A & B <2020>\","
    "\"thomas_left\":{\"hip_angle_deg\":3,\"knee_flexion_deg\":55,\"pelvis_controlled\":true},"
    "\"thomas_right\":{\"hip_angle_deg\":-8,\"knee_flexion_deg\":55,\"pelvis_controlled\":true}}",
    "{\"sex\":\"female\",\"age_years\":61,\"height_m\":1.58,\"mass_kg\":82,"
    "\"thomas_left\":{\"hip_angle_deg\":3,\"knee_flexion_deg\":55,\"pelvis_controlled\":false}}",
    "{\"sex\":\"male\",\"age_years\":28,\"height_m\":1.91,\"mass_kg\":95,\"pelvic_incidence_deg\":70,"
    "\"tightness\":[{\"muscle\":\"iliopsoas\",\"side\":\"left\",\"shortening\":0.12,\"stiffness\":1.5,\"tone\":0.02}]}"};

static assess_result *assess(const char *person_text) {
  files_anatomy *anatomy = NULL;
  files_person person;
  assess_result *r = NULL;
  const assess_opts o = {.seed = 7, .ndraw = 12, .p = 2.0};
  assert_ok(files_anatomy_load(files_source_packed(), &anatomy, NULL));
  assert_ok(files_person_parse("person", person_text, strlen(person_text), files_anatomy_view(anatomy), &person, NULL));
  assert_ok(assess_run(files_anatomy_view(anatomy), &person, &o, &r, NULL));
  files_anatomy_free(anatomy);
  return r;
}

static files_clinical *clinical;

static clinic_pathways judged;
static report_pathways pathways;

static report_page page_of(const assess_result *r) {
  pathways = (report_pathways){files_clinical_pathways(clinical), &judged};
  assess_judge(r, pathways.rules, NULL, &judged);
  return (report_page){.body = r, .pathways = &pathways};
}

static int make_sheets(void **state) {
  sheet *s = calloc(NSHEET, sizeof *s);
  assert_non_null(s);
  clinical = exam_tables();
  for (int i = 0; i < NSHEET; i++) {
    s[i].result = assess(PERSON[i]);
    const report_page what = page_of(s[i].result);
    assert_ok(report_assess_html(&what, &s[i].page, &s[i].size, NULL));
  }
  *state = s;
  return 0;
}

static int free_sheets(void **state) {
  sheet *s = *state;
  for (int i = 0; i < NSHEET; i++) {
    assess_free(s[i].result);
    free(s[i].page);
  }
  free(s);
  files_clinical_free(clinical);
  return 0;
}

static void assert_holds(const sheet *s, const char *text) {
  if (!strstr(s->page, text)) fail_msg("the page does not hold \"%s\"", text);
}

// ---- form ----------------------------------------------------------------------------------------------------------

static void tags_are_balanced(void **state) {
  const sheet *s = *state;
  for (int i = 0; i < NSHEET; i++) assert_true(page_tags(s[i].page) > 500);
}

static void nothing_is_fetched_and_nothing_runs(void **state) {
  const sheet *s = *state;
  for (int i = 0; i < NSHEET; i++) page_fetches_nothing(s[i].page);
}

static void readable_without_seeing(void **state) {
  const sheet *s = *state;
  for (int i = 0; i < NSHEET; i++) {
    assert_holds(&s[i], "<html lang=\"en\">");
    assert_int_equal(page_count(s[i].page, "<h1>"), 1);
    const int nsvg = page_count(s[i].page, "<svg ");
    assert_int_equal(nsvg, i == UNMEASURED ? 10 : 14);  // four views more where there is a released body to show
    assert_int_equal(page_count(s[i].page, "role=\"img\" aria-label="), nsvg);
    assert_int_equal(page_count(s[i].page, "<caption>"), page_count(s[i].page, "<table>"));
    assert_int_equal(page_count(s[i].page, "<th>"), 0);

    page_headings(s[i].page);
  }
}

static void words_that_are_never_used(void **state) {
  const sheet *s = *state;
  static const char *const never[] = {"misaligned", "pinpointed", "cause", "causes", "fix", "nan", "inf"};
  for (int i = 0; i < NSHEET; i++)
    for (size_t k = 0; k < sizeof never/sizeof *never; k++)
      if (page_has_word(s[i].page, never[k])) fail_msg("the page says \"%s\"", never[k]);
  assert_true(page_has_word(s[0].page, "diagnosis"));
}

// ---- content -------------------------------------------------------------------------------------------------------

static void text_of_the_file_is_escaped(void **state) {
  const sheet *s = *state;
  assert_holds(&s[MEASURED], "a &lt;b&gt;&amp; &quot;c&quot; &lt;/p&gt;");
  assert_holds(&s[MEASURED], "A &amp; B &lt;2020&gt;");
  assert_null(strstr(s[MEASURED].page, "a <b>"));
}

// rounding here is printf's, not the page's
static const char *to_tens(double x, char out[32]) {
  snprintf(out, 32, "%.0f", 10.0*floor(fabs(x)/10.0 + 0.5));
  return out;
}

static void loads_are_those_of_the_result(void **state) {
  const sheet *sheets = *state;
  for (int i = 0; i < NSHEET; i++) {
    const ps_effect_task *t = &sheets[i].result->effect->task[ASSESS_STANDING];
    const double weight = sheets[i].result->model->mass*sheets[i].result->model->gravity;
    for (int k = 0; k < 6; k++) {
      char row[256], a[32], b[32];
      const double x = t->as_is.load->level[k].total.compression, y = t->released.load->level[k].total.compression;
      snprintf(row, sizeof row, "<th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%.0f</td><td class=\"n\">%s</td><td class=\"n\">%.0f</td>",
               t->as_is.load->level[k].level, to_tens(x, a), 100.0*x/weight, to_tens(y, b), 100.0*y/weight);
      assert_holds(&sheets[i], row);
    }
  }
}

static void change_and_its_interval(void **state) {
  const sheet *s = *state;
  const assess_result *r = s->result;
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  const double change = t->as_is.load->level[1].total.compression - t->released.load->level[1].total.compression;
  char text[192], lo[32], hi[32], value[32];
  assert_true(assess_level(r, 1)->lo > 5.0 && assess_level(r, 1)->hi - assess_level(r, 1)->lo > 70.0);  // so that all are shown in tens
  snprintf(text, sizeof text, "a change of <strong>+%s N</strong> (5th to 95th percentile +%s to +%s N)", to_tens(change, value),
           to_tens(assess_level(r, 1)->lo, lo), to_tens(assess_level(r, 1)->hi, hi));
  assert_holds(s, text);
}

static void tightness_of_both_sides(void **state) {
  const sheet *s = *state;
  const char *const side[2] = {"Right", "Left"};
  for (int k = 0; k < 2; k++) {
    char text[128];
    const ps_marginal *e = assess_shortening(s->result, k);
    assert_true(e->mean > 0.01);  // so that a figure is shown
    snprintf(text, sizeof text, "<strong>%s:</strong> the tests fit an iliopsoas about <strong>%.0f %% shorter", side[k], 100.0*e->mean);
    assert_holds(s, text);
    snprintf(text, sizeof text, "<td class=\"n\">%.0f</td><td class=\"n\">%.0f to %.0f</td>", 100.0*e->mean, 100.0*e->lo, 100.0*e->hi);
    assert_holds(s, text);
  }
}

static void sources_add_up_to_the_total(void **state) {
  const sheet *sheets = *state;
  for (int i = 0; i < NSHEET; i++) {
    const ps_load *l = sheets[i].result->effect->task[ASSESS_STANDING].as_is.load;
    const chart_split s = chart_split_of(l, 1);
    double sum = 0.0;
    int npsoas = 0;
    for (int k = 0; k < s.n; k++) {
      sum += s.source[k].compression;
      npsoas += s.source[k].is_psoas;
    }
    assert_close(sum, l->level[1].total.compression, 1e-9, 0.0);
    assert_close(s.sum, l->level[1].total.compression, 1e-9, 0.0);
    assert_int_equal(npsoas, 2);
    assert_string_equal(s.source[0].name, "gravity");
    char text[128];
    snprintf(text, sizeof text, "sum of all sources</th><td class=\"n\">%.1f</td>", l->level[1].total.compression);
    assert_holds(&sheets[i], text);
  }
}

static void direct_share_is_not_the_change(void **state) {
  const sheet *s = *state;
  const ps_effect_task *t = &s->result->effect->task[ASSESS_STANDING];
  char text[192], a[32], b[32];
  snprintf(text, sizeof text, "<th scope=\"row\">L4/L5</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">+",
           to_tens(report_psoas_share(t->as_is.load, 1).compression, a), to_tens(report_psoas_share(t->released.load, 1).compression, b));
  assert_holds(s, text);
}

static void says_what_was_not_measured(void **state) {
  const sheet *s = *state;
  assert_holds(&s[UNMEASURED], "not measured: taken as typical");
  assert_holds(&s[UNMEASURED], "repeat with the pelvis held");
  assert_holds(&s[UNMEASURED], "no change can be shown");
  assert_holds(&s[STATED], "as the file states it");
  for (int i = 0; i < NSHEET; i++)
    for (int k = 0; report_not_measured(s[i].result, k); k++) assert_holds(&s[i], report_not_measured(s[i].result, k));
}

// without a difference every pathway says nothing
static void pathways_say_nothing_where_so(void **state) {
  const sheet *s = *state;
  assert_int_equal(page_count(s[UNMEASURED].page, ": says nothing</span>"), 5);
  assert_int_equal(page_count(s[UNMEASURED].page, "<td><strong>says nothing</strong>"), 0);
  assert_true(page_count(s[MEASURED].page, ": says nothing</span>") < 4);
}

static void names_its_limits(void **state) {
  const sheet *s = *state;
  static const char *const due[] = {"a hypothesis put to numbers, not a diagnosis", "Safety screen incomplete: nothing here clears anybody for treatment.",
                                    "model, not measurement", "The standing posture that is found", "weights of habit are assumed"};
  for (int i = 0; i < NSHEET; i++) {
    for (size_t k = 0; k < sizeof due/sizeof *due; k++) assert_holds(&s[i], due[k]);
    assert_holds(&s[i], s[i].result->person.sha256);
    assert_holds(&s[i], "--draws 12 --seed 7");
    for (unsigned bit = 0; ps_warn_text(bit); bit++)
      assert_int_equal(strstr(s[i].page, ps_warn_text(bit)) != NULL, s[i].result->effect->warn >> bit & 1u);
  }
}

// two fascicles of one side and the arc that both make over the brim
static void drawn_from_the_solved_body(void **state) {
  const sheet *s = *state;
  const ps_model *m = s->result->model;
  const ps_state *x = s->result->effect->task[ASSESS_STANDING].as_is.state;
  int nflexor = 0, nwrapped = 0;
  for (int i = 0; i < m->nmuscle; i++) {
    if (strcmp(m->muscle[i].group, "psoas_major") != 0) continue;
    nflexor++;
    for (int k = m->muscle[i].stretch; k < m->muscle[i].stretch + m->muscle[i].nstretch; k++) nwrapped += x->wrapped[k];
  }
  // as is and released; each side stands in its own picture and in the front one; two lines are the legend's
  assert_int_equal(page_count(s->page, "<path class=\"psoas\""), 2*2*nflexor + 2);
  assert_true(nwrapped > 0);
  assert_int_equal(page_count(s->page, "<polygon class=\"disc\""), 2*3*m->ndisc);
}

static void same_result_same_page(void **state) {
  const sheet *s = *state;
  assess_result *again = assess(PERSON[MEASURED]);
  char *page = NULL;
  size_t size = 0;
  const report_page what = page_of(again);
  assert_ok(report_assess_html(&what, &page, &size, NULL));
  assert_int_equal(size, s[MEASURED].size);
  assert_memory_equal(page, s[MEASURED].page, size);
  free(page);
  assess_free(again);
}

static void no_page_from_a_number_that_is_none(void **state) {
  const sheet *s = *state;
  ps_level *level = &s[STATED].result->effect->task[ASSESS_STANDING].as_is.load->level[1];
  const double kept = level->total.compression;
  char *page = s[STATED].page;
  size_t size = 1;
  ps_error err = {PS_OK, 0, "", ""};
  level->total.compression = (double)NAN;
  const report_page what = page_of(s[STATED].result);
  assert_int_equal(report_assess_html(&what, &page, &size, &err), PS_ENUMERIC);
  level->total.compression = kept;
  assert_null(page);
  assert_int_equal(size, 0);
  assert_string_equal(err.where, "html");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tags_are_balanced),
      cmocka_unit_test(nothing_is_fetched_and_nothing_runs),
      cmocka_unit_test(readable_without_seeing),
      cmocka_unit_test(words_that_are_never_used),
      cmocka_unit_test(text_of_the_file_is_escaped),
      cmocka_unit_test(loads_are_those_of_the_result),
      cmocka_unit_test(change_and_its_interval),
      cmocka_unit_test(tightness_of_both_sides),
      cmocka_unit_test(sources_add_up_to_the_total),
      cmocka_unit_test(direct_share_is_not_the_change),
      cmocka_unit_test(says_what_was_not_measured),
      cmocka_unit_test(pathways_say_nothing_where_so),
      cmocka_unit_test(names_its_limits),
      cmocka_unit_test(drawn_from_the_solved_body),
      cmocka_unit_test(same_result_same_page),
      cmocka_unit_test(no_page_from_a_number_that_is_none),
  };
  return cmocka_run_group_tests_name("html_assess", tests, make_sheets, free_sheets);
}
