/* The pathways in words, as JSON and as a section of the page, with made-up effects: what could be, never what is; nothing said of
 * what was not simulated; titles of the tables and of the page agree.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/report/pathway_report.h"

#include <stdlib.h>
#include <string.h>

#include "app/report/assess_words.h"
#include "support/check.h"
#include "support/exam.h"
#include "support/page.h"

typedef struct bench {
  files_clinical *clinical;
  const clinic_pathway_rules *rules;
  clinic_pathway_input in;
  clinic_pathways out;
  report_pathways r;
} bench;

static void begin(bench *b) {
  *b = (bench){.clinical = exam_tables(), .in = {.seed = 1}};
  b->rules = files_clinical_pathways(b->clinical);
}

static void run(bench *b) {
  clinic_pathways_run(b->rules, &b->in, &b->out);
  b->r = (report_pathways){b->rules, &b->out};
}

// in the unit that is shown
static void put(bench *b, int k, double value, double lo, double hi) {
  const double f = b->rules->effect[k].factor;
  b->in.effect[k] = (clinic_effect){.has = true, .value = value/f, .released = 400.0/f, .has_interval = true, .lo = lo/f, .hi = hi/f};
}

static void holds(const char *text, const char *part) {
  if (!strstr(text, part)) fail_msg("\"%s\" lacks \"%s\"", text, part);
}

static void nothing_simulated_says_so(void **state) {
  (void)state;
  bench b;
  begin(&b);
  run(&b);
  for (int i = 0; i < CLINIC_NPATHWAY; i++)
    holds(report_pathway_sentence(&b.r, i, REPORT_THERAPIST).text, "Not simulated: its share is the starting value");
  assert_string_equal(report_pathway_sentence(&b.r, 0, REPORT_CLIENT).text, b.rules->pathway[0].plain);
  holds(report_load_sentence(&b.r, REPORT_THERAPIST).text, "Nothing can be said");
  assert_string_equal(report_pathway_share(&b.r, 0).text, "about 35 % (20 to 50 %)");
  files_clinical_free(b.clinical);
}

static void sentences_follow_the_effects(void **state) {
  (void)state;
  bench b;
  begin(&b);
  put(&b, 0, 120.0, 60.0, 190.0);
  put(&b, 1, 0.4, -0.3, 1.2);
  put(&b, 2, 1.2, 0.6, 1.8);
  b.in.effect[3] = (clinic_effect){.has = true, .value = 0.02, .released = 0.1};
  put(&b, 4, 30.0, 10.0, 50.0);
  put(&b, 5, -12.0, -20.0, -4.0);
  run(&b);
  report_passage s = report_pathway_sentence(&b.r, 0, REPORT_THERAPIST);
  holds(s.text, "Simulated change of the compression of L4/L5, standing: +120 N (+60 to +190)");
  holds(s.text, "more than 40 N upwards) is over 95 %: this could be one way in which the tightness acts. It is not pain.");
  s = report_pathway_sentence(&b.r, 1, REPORT_THERAPIST);
  holds(s.text, "Says nothing:");
  holds(s.text, "that interval holds zero");
  holds(s.text, "more than 1.00 Nm either way");
  s = report_pathway_sentence(&b.r, 2, REPORT_THERAPIST);
  holds(s.text, "more than 2.0 deg upwards) is under 5 %, so it may be too small to matter.");
  s = report_pathway_sentence(&b.r, 3, REPORT_THERAPIST);
  holds(s.text, "+2.0 %, without an interval");
  s = report_pathway_sentence(&b.r, 4, REPORT_THERAPIST);
  holds(s.text, "Symptoms of groin and front thigh are not known");

  // to a client: no letter, no number of the model
  s = report_pathway_sentence(&b.r, 0, REPORT_CLIENT);
  holds(s.text, "could be such a change");
  holds(report_pathway_sentence(&b.r, 1, REPORT_CLIENT).text, "no change big enough");
  for (int i = 0; i < CLINIC_NPATHWAY; i++) {
    s = report_pathway_sentence(&b.r, i, REPORT_CLIENT);
    if (strpbrk(s.text, "0123456789%")) fail_msg("a number to a client: %s", s.text);
  }
  s = report_load_sentence(&b.r, REPORT_THERAPIST);
  holds(s.text, "over 95 %; the likeliest is the compression of L4/L5");
  holds(s.text, "moves no probability of pain");
  holds(report_load_sentence(&b.r, REPORT_CLIENT).text, "could change the loads");
  files_clinical_free(b.clinical);
}

static void gates_have_their_words(void **state) {
  (void)state;
  bench b;
  begin(&b);
  put(&b, 4, 90.0, 50.0, 130.0);
  b.in.needs[4] = CLINIC_ABSENT;
  run(&b);
  holds(report_pathway_sentence(&b.r, 4, REPORT_THERAPIST).text, "nothing is put down to this pathway");
  assert_string_equal(report_pathway_share(&b.r, 4).text, "none");
  b.in.needs[4] = CLINIC_PRESENT;
  run(&b);
  holds(report_pathway_sentence(&b.r, 4, REPORT_THERAPIST).text, "Simulated change of the mean stress");
  b.in.refers[4] = CLINIC_PRESENT;
  run(&b);
  holds(report_pathway_sentence(&b.r, 4, REPORT_THERAPIST).text, "a doctor looks at the nerves first");
  holds(report_pathway_sentence(&b.r, 4, REPORT_CLIENT).text, "let a doctor look at that first");
  files_clinical_free(b.clinical);
}

static void evidence_stands_in_words(void **state) {
  (void)state;
  bench b;
  begin(&b);
  assert_string_equal(report_pathway_evidence(&b.rules->pathway[0]).text,
                      "hypothesis, evidence grade D: the force is real; that it hurts is unproven (claims P1a, P1b, P1c)");
  assert_string_equal(report_pathway_evidence(&b.rules->pathway[1]).text, "hypothesis, evidence grade X: no study supports it (claim P2)");
  clinic_pathway_rule known = b.rules->pathway[1];
  known.claim[0].grade = CLINIC_A;
  known.claim[0].is_supported = true;
  assert_string_equal(report_pathway_evidence(&known).text, "evidence grade A: no study supports it (claim P2)");
  assert_string_equal(report_least_words(&b.rules->effect[0]).text, "10 N, and at least 10 % of the released value");
  assert_string_equal(report_least_words(&b.rules->effect[3]).text, "1 % of the maximum");

  // one pathway, one name and one unit
  for (int i = 0; i < CLINIC_NPATHWAY; i++) {
    assert_string_equal(report_pathway(i)->title, b.rules->pathway[i].title);
    assert_string_equal(report_pathway(i)->unit, b.rules->effect[i].unit);
    assert_close(report_pathway(i)->factor, b.rules->effect[i].factor, 0.0, 0.0);
  }
  static const char *const never[] = {"misaligned", "pinpointed", "cause", "fix"};
  for (int i = 0; i < CLINIC_NPATHWAY; i++) {
    const clinic_pathway_rule *p = &b.rules->pathway[i];
    const char *const text[] = {p->title, p->verdict, p->article, p->studies, p->model, p->plain, p->change_mind};
    for (size_t k = 0; k < sizeof text/sizeof *text; k++)
      for (size_t w = 0; w < sizeof never/sizeof *never; w++)
        if (page_has_word(text[k], never[w])) fail_msg("%s: %s", never[w], text[k]);
  }
  files_clinical_free(b.clinical);
}

static double real_of(const json_t *o, const char *key) {
  const json_t *v = json_object_get(o, key);
  if (!json_is_real(v)) fail_msg("%s is no number", key);
  return json_real_value(v);
}

static void json_holds_the_result(void **state) {
  (void)state;
  bench b;
  begin(&b);
  put(&b, 0, 120.0, 60.0, 190.0);
  put(&b, 5, 30.0, 10.0, 50.0);
  run(&b);
  json_t *root = json_pack("{s:[{s:i},{s:i},{s:i},{s:i},{s:i}]}", "pathways", "id", 1, "id", 2, "id", 3, "id", 4, "id", 5);
  assert_ok(report_pathways_add_json(root, &b.r, NULL));
  double sum = real_of(json_object_get(root, "local_share"), "median");
  for (int i = 0; i < CLINIC_NPATHWAY; i++) {
    const json_t *o = json_array_get(json_object_get(root, "pathways"), (size_t)i), *share = json_object_get(o, "share");
    assert_int_equal(json_integer_value(json_object_get(o, "id")), i + 1);
    assert_close(real_of(share, "median"), b.out.pathway[i].share.median, 0.0, 0.0);
    assert_close(real_of(share, "p05"), b.out.pathway[i].share.p05, 0.0, 0.0);
    assert_close(real_of(share, "p95"), b.out.pathway[i].share.p95, 0.0, 0.0);
    sum += real_of(share, "median");
    assert_true(json_is_true(json_object_get(o, "hypothesis")));
    assert_int_equal(json_array_size(json_object_get(o, "claims")), b.rules->pathway[i].nclaim);
    assert_true(json_is_true(json_object_get(share, "simulated")) == (i == 0));
    if (i > 0) assert_true(json_is_null(json_object_get(o, "does_something")) && json_is_null(json_object_get(o, "least")));
  }
  assert_close(sum, 1.0, 1e-12, 0.0);
  const json_t *first = json_array_get(json_object_get(root, "pathways"), 0);
  assert_close(real_of(first, "least"), 40.0, 1e-12, 0.0);
  assert_close(real_of(first, "does_something"), b.out.change[0].probability, 0.0, 0.0);
  assert_string_equal(json_string_value(json_object_get(first, "evidence")), "D");
  assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(first, "claims"), 2), "verdict")), "contradicted");
  const json_t *load = json_object_get(root, "ip_load");
  assert_close(real_of(load, "probability"), b.out.load.probability, 0.0, 0.0);
  assert_int_equal(json_array_size(json_object_get(load, "loads")), 2);
  assert_true(json_is_true(json_object_get(load, "simulated")));
  json_decref(root);
  files_clinical_free(b.clinical);
}

static void the_section_is_sound_markup(void **state) {
  (void)state;
  bench b;
  begin(&b);
  for (int simulated = 0; simulated < 2; simulated++) {
    if (simulated) put(&b, 0, 120.0, 60.0, 190.0);
    run(&b);
    report_html page = {.max = REPORT_PAGE_MAX};
    report_put(&page, "<!DOCTYPE html>");
    section_pathway_evidence(&page, &b.r);
    char *text = NULL;
    size_t size = 0;
    assert_ok(report_html_take(&page, &text, &size));
    assert_true(page_tags(text) > 30);
    page_holds(text, simulated ? "The simulation moved them." : "they are starting values");
    page_holds(text, "hypothesis, evidence grade D");
    page_holds(text, "None of these");
    assert_int_equal(page_count(text, "Not simulated: its share"), simulated ? 4 : 5);
    free(text);
  }
  files_clinical_free(b.clinical);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_simulated_says_so),      cmocka_unit_test(sentences_follow_the_effects),
      cmocka_unit_test(gates_have_their_words),         cmocka_unit_test(evidence_stands_in_words),
      cmocka_unit_test(json_holds_the_result),          cmocka_unit_test(the_section_is_sound_markup),
  };
  return cmocka_run_group_tests_name("pathway_report", tests, NULL, NULL);
}
