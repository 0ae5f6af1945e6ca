/* The page of an exam, to the therapist and to the client: well formed, honest about what may be told, sums that add up, words that are
 * never used. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html_assess.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/report/exam_words.h"
#include "app/report/html.h"
#include "app/report/html_exam.h"
#include "support/check.h"
#include "support/exam.h"
#include "support/exam_report.h"
#include "support/page.h"

static files_clinical *clinical;

static int load_tables(void **state) {
  (void)state;
  clinical = exam_tables();
  return 0;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

static exam_case made;  // large

static char *page_of(const report_exam *e, report_voice voice) {
  char *page = NULL;
  size_t size = 0;
  assert_ok(report_assess_html(&(report_page){.exam = e, .voice = voice}, &page, &size, NULL));
  return page;
}

static char *page_of_case(int which, report_voice voice) {
  exam_case_make(&made, clinical, which);
  return page_of(&made.report, voice);
}

static clinic_posterior *posterior(const char *id) {
  for (int i = 0; i < made.differential.nposterior; i++)
    if (strcmp(made.report.evidence->node[made.differential.posterior[i].node].id, id) == 0) return &made.differential.posterior[i];
  fail_msg("no condition %s", id);
  return NULL;
}

// ---- form ----------------------------------------------------------------------------------------------------------

// every id once
static void ids_are_unique(const char *page) {
  for (const char *p = page; (p = strstr(p, " id=\"")) != NULL; p++) {
    char id[80];
    snprintf(id, sizeof id, "%.*s", (int)strcspn(p + 5, "\"") + 6, p);
    assert_int_equal(page_count(page, id), 1);
  }
}

static void form_of_every_page(void **state) {
  (void)state;
  for (int i = 0; i < EXAM_NCASE; i++) {
    for (int voice = REPORT_THERAPIST; voice <= REPORT_CLIENT; voice++) {
      char *page = page_of_case(i, (report_voice)voice);
      assert_true(page_tags(page) > (voice == REPORT_CLIENT ? 20 : 200));
      page_fetches_nothing(page);
      page_headings(page);
      ids_are_unique(page);
      page_holds(page, "<html lang=\"en\">");
      page_lacks(page, "&lt;/");  // markup that went through the escape
      page_lacks(page, "class=&quot;");
      assert_int_equal(page_count(page, "<svg class"), page_count(page, "role=\"img\" aria-label="));
      assert_int_equal(page_count(page, "<svg class"), page_count(page, "</title><desc>"));
      assert_int_equal(page_count(page, "<caption>"), page_count(page, "<table>"));
      free(page);
    }
  }
}

static void text_is_escaped(void **state) {
  (void)state;
  exam_case_make(&made, clinical, EXAM_TIGHT);
  const int field = clinic_field_find(made.exam.fields, "role.qualification");
  made.exam.value[field][0] = (clinic_value){.has = true, .text = "a <b>& \"c\" </p>"};
  char *page = page_of(&made.report, REPORT_THERAPIST);
  page_holds(page, "a &lt;b&gt;&amp; &quot;c&quot; &lt;/p&gt;");
  page_lacks(page, "a <b>&");
  free(page);
}

static void no_page_from_a_number_that_is_none(void **state) {
  (void)state;
  exam_case_make(&made, clinical, EXAM_TIGHT);
  made.exam.pain[0].intensity = (double)NAN;
  char *page = &(char){0};
  size_t size = 1;
  assert_int_equal(report_assess_html(&(report_page){.exam = &made.report}, &page, &size, NULL), PS_ENUMERIC);
  assert_null(page);
}

// ---- words that are never used -------------------------------------------------------------------------------------

// the article's words and titles of sources are not ours
static char *own_words(const char *page) {
  char *style = page_without(page, "style"), *quoted = page_without(style, "q"), *out = page_without(quoted, "cite");
  free(style);
  free(quoted);
  return out;
}

static void uses_no_forbidden_word(const char *page, const char *what) {
  static const char *const never[] = {"misaligned", "out of place", "pinpointed", "cause", "causes", "fix", "fixes", "toxins", "locked", "nan", "inf"};
  char *text = own_words(page);
  for (size_t k = 0; k < sizeof never/sizeof *never; k++)
    if (page_has_word(text, never[k])) fail_msg("%s says \"%s\"", what, never[k]);
  free(text);
}

static void forbidden_words_of_made_exams(void **state) {
  (void)state;
  for (int i = 0; i < EXAM_NCASE; i++) {
    for (int voice = REPORT_THERAPIST; voice <= REPORT_CLIENT; voice++) {
      char *page = page_of_case(i, (report_voice)voice);
      uses_no_forbidden_word(page, voice == REPORT_CLIENT ? "the client's page" : "the therapist's page");
      assert_true(page_has_word(page, "diagnosis") || i == EXAM_STOP);
      free(page);
    }
  }
}

static void forbidden_words_of_the_examples(void **state) {
  (void)state;
  static const char *const name[] = {"tight-psoas", "hip-osteoarthritis", "radiculopathy", "sacroiliac", "facet",
                                     "stenosis", "thoracic", "non-specific", "contradictory", "almost-empty"};
  for (size_t i = 0; i < sizeof name/sizeof *name; i++) {
    char path[80];
    snprintf(path, sizeof path, "examples/exams/%s.json", name[i]);
    exam_case_file(&made, clinical, path);
    for (int voice = REPORT_THERAPIST; voice <= REPORT_CLIENT; voice++) {
      char *page = page_of(&made.report, (report_voice)voice);
      page_tags(page);
      uses_no_forbidden_word(page, path);
      free(page);
    }
    files_exam_close(&made.file);
  }
}

// ---- what may be told ----------------------------------------------------------------------------------------------

static void no_percentage_from_too_little(void **state) {
  (void)state;
  char *page = page_of_case(EXAM_NOTHING, REPORT_THERAPIST);
  assert_true(made.differential.is_insufficient);
  char *part = page_part(page, "<h2>In short", "<h2>What to test next");
  page_holds(part, "not enough information");
  page_lacks(part, "%");
  page_lacks(part, " of 20 ");
  page_lacks(part, "<th scope=\"col\" class=\"n\">Points");
  free(part);
  free(page);
}

static void a_wide_range_is_words_first(void **state) {
  (void)state;
  char *page = page_of_case(EXAM_TIGHT, REPORT_THERAPIST);
  const clinic_posterior *p = posterior("IP_PAIN");
  assert_true(p->is_too_wide && !made.differential.is_insufficient);
  assert_string_equal(report_band(&made.report, p), "not enough information");
  assert_string_equal(report_percent(&made.report, p).text, "no percentage");
  page_holds(page, "takes part in this pain: <strong>not enough information</strong>; of 20 people with findings like these, anything from ");
  page_holds(page, "leaning towards: ");
  free(page);
}

static void words_numbers_and_interval_of_the_others(void **state) {
  (void)state;
  char *page = page_of_case(EXAM_HIP, REPORT_THERAPIST);
  const clinic_posterior *p = posterior("DISC");
  char row[256];
  assert_true(report_told_of(&made.report, p) == REPORT_TOLD_NUMBER && p->shown > 0.0 && p->shown_lo > 0.0);
  snprintf(row, sizeof row, "<strong>%s</strong></td><td class=\"whole\">about %.0f (%.0f to %.0f)</td><td class=\"n\">%.0f %% (%.0f to %.0f %%)</td>", p->words,
           20.0*p->shown, 20.0*p->shown_lo, 20.0*p->shown_hi, 100.0*p->shown, 100.0*p->shown_lo, 100.0*p->shown_hi);
  page_holds(page, row);
  free(page);
}

static void never_none_and_never_all(void **state) {
  (void)state;
  exam_case_make(&made, clinical, EXAM_HIP);
  clinic_posterior p = *posterior("DISC");
  p.shown = p.shown_lo = 0.0;
  p.shown_hi = 0.1;
  assert_string_equal(report_count(&made.report, &p).text, "fewer than 1 (at most 2)");
  assert_string_equal(report_percent(&made.report, &p).text, "under 5 % (at most 10 %)");
  p.shown_hi = 0.0;
  assert_string_equal(report_count(&made.report, &p).text, "fewer than 1");
  p.shown = p.shown_hi = 1.0;
  p.shown_lo = 0.85;
  assert_string_equal(report_count(&made.report, &p).text, "more than 19 (17 to more than 19)");
  assert_string_equal(report_percent(&made.report, &p).text, "over 95 % (85 to over 95 %)");
}

static void the_display_cap_is_a_step(void **state) {
  (void)state;
  exam_case_make(&made, clinical, EXAM_TIGHT);
  clinic_posterior *p = posterior("IP_PAIN");
  assert_close(made.report.evidence->node[p->node].most_shown, 0.75, 0.0, 1e-12);
  // as if the findings had brought it to 0.874
  p->is_too_wide = p->is_capped = false;
  for (int i = 0; i < p->nargument; i++) p->argument[i].points *= (0.874 - p->start)/(p->before_caps - p->start);
  p->median = p->before_caps = 0.874;
  p->shown = p->shown_hi = 0.75;
  p->shown_lo = 0.6;
  char *page = page_of(&made.report, REPORT_THERAPIST);
  page_holds(page, "<td class=\"whole\">about 15 (12 to 15)</td><td class=\"n\">75 % (60 to 75 %)</td>");
  page_holds(page, "<th scope=\"row\">Limit on what is shown</th><td colspan=\"2\">rule</td><td></td><td class=\"n\">\xE2\x88\x92" "12</td>");
  page_holds(page, "never shown above 75 %");
  char *part = page_part(page, "<h2>In short", "<h2>What to test next");
  page_lacks(part, "<td class=\"n\">87</td>");
  free(part);
  free(page);
}

static void a_stop_estimates_nothing(void **state) {
  (void)state;
  static const char *const no[] = {"What fits", "What moved it", "What to test next", "What else could fit", "In short", "of 20 people"};
  for (int voice = REPORT_THERAPIST; voice <= REPORT_CLIENT; voice++) {
    char *page = page_of_case(EXAM_STOP, (report_voice)voice);
    assert_int_equal(made.safety.status, CLINIC_STOP);
    for (size_t k = 0; k < sizeof no/sizeof *no; k++) page_lacks(page, no[k]);
    page_holds(page, voice == REPORT_CLIENT ? "Please go to the emergency department now" : "Stop: emergency, now.");
    page_holds(page, "Any new change in bladder");
    free(page);
  }
}

static void an_open_screen_is_said_first(void **state) {
  (void)state;
  char *page = page_of_case(EXAM_NOTHING, REPORT_THERAPIST);
  const char *open = strstr(page, "Safety screen incomplete: nothing here clears anybody for treatment.");
  const char *answer = strstr(page, "<h2>In short");
  assert_non_null(open);
  assert_non_null(answer);
  assert_true(open < answer);
  page_holds(page, "Cauda equina RF01, RF02");
  free(page);
  page = page_of_case(EXAM_NOTHING, REPORT_CLIENT);
  page_holds(page, "Some safety questions are still open.");
  free(page);
}

// ---- what moved it -------------------------------------------------------------------------------------------------

// the last number of a row: "+18", "−3", "57"
static int last_number(const char *row) {
  const char *cell = NULL;
  for (const char *p = row; (p = strstr(p, "<td class=\"n\">")) != NULL; p++) cell = p + strlen("<td class=\"n\">");
  if (!cell) fail_msg("a row without a number: %s", row);
  const bool is_minus = cell && strncmp(cell, "\xE2\x88\x92", 3) == 0;
  return cell ? (is_minus ? -1 : 1)*atoi(cell + (is_minus ? 3 : cell[0] == '+')) : 0;
}

static int sum_of_table(const char *table) {
  int sum = 0, nrow = 0;
  for (const char *p = strstr(table, "<tbody>"); p && (p = strstr(p, "<tr")) != NULL; p++) {
    char *row = page_part(p, "<tr", "</tr>");
    if (strstr(row, "class=\"sum\"")) {
      assert_int_equal(last_number(row), sum);
      assert_true(nrow > 1);
      free(row);
      return nrow;
    }
    sum += last_number(row);
    nrow++;
    free(row);
  }
  fail_msg("a table without its sum: %.200s", table);
  return 0;
}

static void contributions_add_up(void **state) {
  (void)state;
  static const int which[] = {EXAM_TIGHT, EXAM_HIP};
  for (size_t i = 0; i < 2; i++) {
    char *page = page_of_case(which[i], REPORT_THERAPIST);
    int ntable = 0;
    for (const char *p = page; (p = strstr(p, "<caption>From the starting value")) != NULL; p++, ntable++) sum_of_table(p);
    assert_in_range(ntable, 2, 4);
    free(page);
  }
}

static void every_move_is_near_its_share(void **state) {
  (void)state;
  for (int i = EXAM_TIGHT; i <= EXAM_HIP; i++) {
    exam_case_make(&made, clinical, i);
    for (int k = 0; k < made.differential.nposterior; k++) {
      const clinic_posterior *p = &made.differential.posterior[k];
      report_move move[REPORT_MOVE_MAX];
      if (p->prior < 0) continue;
      const int n = report_moves(&made.report, p, move);
      int sum = 0;
      for (int m = 0; m < n; m++) {
        sum += move[m].points;
        if (move[m].argument) assert_true(fabs(move[m].points - 100.0*move[m].argument->points) < 1.0 + 1e-9);
      }
      assert_int_equal(sum, lround(100.0*fmin(p->median, made.report.evidence->node[p->node].most_shown)));
    }
  }
}

static void what_speaks_against_is_always_there(void **state) {
  (void)state;
  for (int i = EXAM_NOTHING; i <= EXAM_HIP; i++) {
    char *page = page_of_case(i, REPORT_THERAPIST);
    char *part = page_part(page, "<h2>What moved it", "<h2>What to test next");
    page_holds(part, "<b>Strongest argument against.</b>");
    page_holds(part, "No reference standard, no prevalence study and no accuracy study in people with back pain exists.");
    free(part);
    free(page);
  }
}

// neither hidden nor forced to the top
static void the_iliopsoas_stands_where_it_belongs(void **state) {
  (void)state;
  exam_case_make(&made, clinical, EXAM_HIP);
  const report_rank rank = report_ranked(&made.report);
  int at = -1;
  for (int i = 0; i < rank.n; i++) {
    const clinic_posterior *p = &made.differential.posterior[rank.item[i]];
    if (i > 0) assert_true(made.differential.posterior[rank.item[i - 1]].median >= p->median);
    if (p == posterior("IP_PAIN")) at = i;
  }
  assert_in_range(at, 1, rank.n - 1);
}

// ---- next tests, record, pain map ----------------------------------------------------------------------------------

static void first_what_everybody_gets(void **state) {
  (void)state;
  char *page = page_of_case(EXAM_NOTHING, REPORT_THERAPIST);
  const char *first = strstr(page, "First: what everybody is asked"), *then = strstr(page, "Then: by what they are expected to tell");
  assert_non_null(first);
  assert_non_null(then);
  assert_true(first < then);
  page_holds(page, "FADIR");
  page_holds(page, "<b>not now:</b> ");
  free(page);
}

static void everything_recorded_is_on_the_page(void **state) {
  (void)state;
  exam_case_make(&made, clinical, EXAM_TIGHT);
  const int field = clinic_field_find(made.exam.fields, "movement_tests.hip_internal_rotation");
  made.exam.value[field][CLINIC_LEFT] =
      (clinic_value){.has = true, .choice = 1, .number = 31.25, .nrepeat = 2, .repeat = {30.0, 32.5}, .text = "invented device"};
  char *page = page_of(&made.report, REPORT_THERAPIST);
  page_holds(page, "<td>not recorded</td><td>31.3 deg (30, 32.5; inclinometer, invented device)</td>");
  char *record = page_part(page, "<h2>Everything that was recorded", "<h2>Where the numbers");
  for (int i = 0; i < made.exam.fields->nfield; i++) {
    char row[256], *words = NULL;
    if (!clinic_exam_has(&made.exam, i)) continue;
    report_html cell = {.max = REPORT_PAGE_MAX};
    size_t size = 0;
    report_put(&cell, "<th scope=\"row\">%s</th>", report_capital(made.exam.fields->field[i].words).text);
    assert_ok(report_html_take(&cell, &words, &size));
    snprintf(row, sizeof row, "%s", words);
    page_holds(record, row);
    free(words);
  }
  free(record);
  free(page);
}

static void the_pain_map_and_its_table(void **state) {
  (void)state;
  char *page = page_of_case(EXAM_TIGHT, REPORT_THERAPIST);
  page_holds(page, "<th scope=\"row\">Groin</th><td>left</td><td class=\"n\">4</td><td>ache, sharp</td>");
  page_holds(page, "<th scope=\"row\">Low back</th><td>middle</td><td class=\"n\">5</td><td>not told</td>");
  // two regions on the whole person and again on the larger part, each with its number once; five squares of the legend
  assert_int_equal(page_count(page, "class=\"pain-edge\""), 2 + 2 + 5);
  assert_int_equal(page_count(page, "<circle class=\"mark\""), 2);
  free(page);
  page = page_of_case(EXAM_NOTHING, REPORT_THERAPIST);
  page_holds(page, "No pain map was drawn.</strong> That is not the same as no pain");
  free(page);
}

// where the number of one painful region stands in the larger part, whose midline is at 105
static double drawn_at(const char *region, int side) {
  clinic_exam e = exam_empty(clinical);
  report_html page = {.max = REPORT_PAGE_MAX};
  char *text = NULL;
  size_t size = 0;
  double x = 0.0;
  exam_pain(&e, region, 5.0);
  e.pain[0].is_side[1 - side] = false;
  draw_pain_zoom(&page, &e);
  assert_ok(report_html_take(&page, &text, &size));
  const char *mark = strstr(text, "<circle class=\"mark\" cx=\"");
  assert_int_equal(page_count(text, "<circle"), 1);
  if (mark) x = atof(mark + strlen("<circle class=\"mark\" cx=\""));
  free(text);
  return x;
}

// seen from the front the person's left is on the right of the picture, seen from behind on the left
static void left_is_drawn_left(void **state) {
  (void)state;
  const double left = drawn_at("groin", CLINIC_LEFT), behind = drawn_at("buttock", CLINIC_LEFT);
  assert_true(left > 110.0 && behind < 95.0 && behind > 0.0);
  assert_close(drawn_at("groin", CLINIC_RIGHT), 210.0 - left, 0.0, 0.11);
  assert_close(drawn_at("buttock", CLINIC_RIGHT), 210.0 - behind, 0.0, 0.11);
  assert_close(drawn_at("low_back", CLINIC_LEFT), 105.0, 0.0, 0.11);
}

// left is where the table says it is, and every region can be drawn
static void outlines_of_the_regions(void **state) {
  (void)state;
  const clinic_fields *f = &files_clinical_evidence(clinical)->fields;
  assert_true(f->nregion >= 20);
  for (int i = 0; i < f->nregion; i++) {
    double sum = 0.0;
    int n = 0;
    for (const char *s = f->region[i].outline; *s; n++) {
      double x = 0.0, y = 0.0;
      int used = 0;
      if (sscanf(s, "%lf,%lf%n", &x, &y, &used) != 2) fail_msg("%s: %s", f->region[i].id, s);
      assert_true(x >= 0.0 && x <= 100.0 && y >= 0.0 && y <= 220.0);
      if (f->region[i].is_sided) assert_true(f->region[i].view == CLINIC_FRONT ? x > 50.0 : x < 50.0);
      sum += x;
      s += used + (s[used] == ' ');
    }
    assert_true(n >= 4 && n <= 16);
    if (!f->region[i].is_sided) assert_close(sum/n, 50.0, 0.0, 1e-9);
  }
}

// ---- the client ----------------------------------------------------------------------------------------------------

static void no_percentage_and_no_list_of_odds_to_the_client(void **state) {
  (void)state;
  for (int i = 0; i < EXAM_NCASE; i++) {
    char *page = page_of_case(i, REPORT_CLIENT), *text = own_words(page);
    page_lacks(text, "%");
    page_lacks(text, "<table");
    page_lacks(text, "HIP_OA");
    page_holds(text, "Get emergency help at once if");
    page_holds(text, "See a doctor the same day if");
    if (i != EXAM_STOP) page_holds(text, "is not to blame");
    free(text);
    free(page);
  }
}

static void alternatives_in_plain_words(void **state) {
  (void)state;
  char *page = page_of_case(EXAM_HIP, REPORT_CLIENT);
  char *part = page_part(page, "<h2>What else could fit", "</section>");
  page_holds(part, made.report.evidence->node[posterior("HIP_OA")->node].plain);
  char line[200];
  assert_string_equal(posterior("DISC")->words, "plausible contributor");
  snprintf(line, sizeof line, "<li>Fits well so far: %s</li>", made.report.evidence->node[posterior("DISC")->node].plain);
  page_holds(part, line);
  assert_in_range(page_count(part, "<li>"), 2, 4);
  free(part);
  free(page);
}

// a small gain is not "0.000"
static void next_tests_in_words(void **state) {
  (void)state;
  const clinic_next small = {.gain_bits = 0.0004}, large = {.gain_bits = 0.0166};
  assert_string_equal(report_bits(&small).text, "under 0.001 bits");
  assert_string_equal(report_bits(&large).text, "0.017 bits");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(next_tests_in_words),
      cmocka_unit_test(form_of_every_page),
      cmocka_unit_test(text_is_escaped),
      cmocka_unit_test(no_page_from_a_number_that_is_none),
      cmocka_unit_test(forbidden_words_of_made_exams),
      cmocka_unit_test(forbidden_words_of_the_examples),
      cmocka_unit_test(no_percentage_from_too_little),
      cmocka_unit_test(a_wide_range_is_words_first),
      cmocka_unit_test(words_numbers_and_interval_of_the_others),
      cmocka_unit_test(never_none_and_never_all),
      cmocka_unit_test(the_display_cap_is_a_step),
      cmocka_unit_test(a_stop_estimates_nothing),
      cmocka_unit_test(an_open_screen_is_said_first),
      cmocka_unit_test(contributions_add_up),
      cmocka_unit_test(every_move_is_near_its_share),
      cmocka_unit_test(what_speaks_against_is_always_there),
      cmocka_unit_test(the_iliopsoas_stands_where_it_belongs),
      cmocka_unit_test(first_what_everybody_gets),
      cmocka_unit_test(everything_recorded_is_on_the_page),
      cmocka_unit_test(the_pain_map_and_its_table),
      cmocka_unit_test(left_is_drawn_left),
      cmocka_unit_test(outlines_of_the_regions),
      cmocka_unit_test(no_percentage_and_no_list_of_odds_to_the_client),
      cmocka_unit_test(alternatives_in_plain_words),
  };
  return cmocka_run_group_tests_name("html_exam", tests, load_tables, free_tables);
}
