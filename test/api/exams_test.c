/* The ten exams of examples/exams through the program: what README.md there says of each. SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "support/check.h"
#include "support/program.h"

typedef struct expectation {
  const char *file;
  const char *leads;         // the most probable condition besides IP_SHORT and what starts in injection clinics; NULL: no percentage
  double at_least, at_most;  // of its median
  const char *psoas;         // words of IP_PAIN; "leaning" when too wide
  const char *next;          // first test that is not for everybody
} expectation;

static const expectation EXAM[] = {
    {"tight-psoas", "IP_PAIN", 0.50, 0.62, "plausible contributor", "walking"},
    {"hip-osteoarthritis", "HIP_OA", 0.70, 0.90, "possible", "retest"},
    {"radiculopathy", "RAD_LOW", 0.80, 0.92, "unlikely", "thomas"},
    {"sacroiliac", "SIJ", 0.20, 0.30, "unlikely", "repeated_movements"},
    {"facet", "FACET", 0.15, 0.25, "unlikely", "repeated_movements"},
    {"stenosis", "RAD_LOW", 0.50, 0.70, "possible, not favoured", "slump"},
    {"thoracic", "THOR_MECH", 0.70, 0.90, "unlikely", "inflammatory"},
    {"non-specific", "SIJ", 0.05, 0.20, "unlikely", "retest"},
    {"contradictory", "THOR_MECH", 0.45, 0.65, "possible, not favoured", "thomas"},
    {"almost-empty", NULL, 0.0, 0.0, NULL, "thomas"},
};
enum { NEXAM = sizeof EXAM/sizeof *EXAM };

static json_t *assess(const char *file) {
  char words[128];
  program_said s;
  snprintf(words, sizeof words, "assess examples/exams/%s.json --no-body --json", file);
  program_start(&(program_run){.arguments = words}, &s);
  if (s.code != 0) fail_msg("%s: %d: %s", file, s.code, s.err);
  json_t *root = json_loads(s.out, 0, NULL);
  assert_non_null(root);
  program_forget(&s);
  return root;
}

static const char *text(const json_t *o, const char *key) {
  const char *t = json_string_value(json_object_get(o, key));
  return t ? t : "";
}
static double number(const json_t *o, const char *key) { return json_number_value(json_object_get(o, key)); }

static const json_t *condition(const json_t *root, const char *id) {
  size_t i = 0;
  json_t *c = NULL;
  json_array_foreach(json_object_get(root, "differential"), i, c)
    if (strcmp(text(c, "condition"), id) == 0) return c;
  fail_msg("no %s", id);
  return NULL;
}

// the most probable of those that say something about this person
static const json_t *leading(const json_t *root) {
  size_t i = 0;
  json_t *c = NULL;
  const json_t *best = NULL;
  json_array_foreach(json_object_get(root, "differential"), i, c) {
    if (strcmp(text(c, "condition"), "IP_SHORT") == 0 || strcmp(text(c, "condition"), "DISC") == 0) continue;
    if (!best || number(c, "median") > number(best, "median")) best = c;
  }
  return best;
}

static const char *first_free_test(const json_t *root) {
  size_t i = 0;
  json_t *t = NULL;
  json_array_foreach(json_object_get(root, "next_tests"), i, t)
    if (!json_is_true(json_object_get(t, "mandatory"))) return text(t, "test");
  return "";
}

static void each_exam_says_what_its_page_says(void **state) {
  (void)state;
  for (int i = 0; i < NEXAM; i++) {
    const expectation *x = &EXAM[i];
    json_t *root = assess(x->file);
    assert_string_equal(text(json_object_get(root, "safety"), "status"), "clear");
    assert_int_equal(json_is_true(json_object_get(root, "insufficient")), x->leads == NULL);
    if (strcmp(first_free_test(root), x->next) != 0) fail_msg("%s: next is %s", x->file, first_free_test(root));
    if (x->leads) {
      const json_t *lead = leading(root), *psoas = condition(root, "IP_PAIN");
      if (strcmp(text(lead, "condition"), x->leads) != 0) fail_msg("%s: %s leads", x->file, text(lead, "condition"));
      assert_true(number(lead, "median") > x->at_least && number(lead, "median") < x->at_most);
      const char *words = text(psoas, "leaning")[0] ? text(psoas, "leaning") : text(psoas, "words");
      if (strcmp(words, x->psoas) != 0) fail_msg("%s: psoas is %s", x->file, words);
    }
    json_decref(root);
  }
}

static void the_top_test_differs_among_them(void **state) {
  (void)state;
  const char *seen[NEXAM];
  int n = 0;
  for (int i = 0; i < NEXAM; i++) {
    int k = 0;
    while (k < n && strcmp(seen[k], EXAM[i].next) != 0) k++;
    if (k == n) seen[n++] = EXAM[i].next;
  }
  assert_true(n >= 5);   // the test above holds EXAM to what the program says
}

// the contributions of the conventions' `for` and `against`, with what is neutral, are the change before caps
static void contributions_add_up(void **state) {
  (void)state;
  for (int i = 0; i < NEXAM; i++) {
    json_t *root = assess(EXAM[i].file);
    size_t k = 0;
    json_t *c = NULL;
    json_array_foreach(json_object_get(root, "differential"), k, c) {
      static const char *const list[] = {"for", "against", "neutral"};
      double points = 0.0, log_odds = 0.0;
      for (int l = 0; l < 3; l++) {
        size_t a = 0;
        json_t *argument = NULL;
        json_array_foreach(json_object_get(c, list[l]), a, argument) {
          points += number(argument, "points");
          log_odds += number(argument, "log_odds");
        }
      }
      const double start = number(json_object_get(c, "start"), "median"), end = number(c, "before_caps");
      assert_close(points, end - start, 0.0, 1e-9);
      assert_close(log_odds, log(end/(1.0 - end)) - log(start/(1.0 - start)), 0.0, 1e-8);
    }
    json_decref(root);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_exam_says_what_its_page_says), cmocka_unit_test(the_top_test_differs_among_them),
                                     cmocka_unit_test(contributions_add_up)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
