/* psoas explain and psoas sources from outside: what the tables name is known, nothing unknown is.
 * SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <string.h>

#include "app/files/files_anatomy.h"
#include "app/report/explain.h"
#include "support/check.h"
#include "support/explain.h"
#include "support/program.h"

static files_anatomy *anatomy;
static files_clinical *clinical;
static report_explain tables;

static int enter(void **state) {
  if (files_anatomy_load(files_source_packed(), &anatomy, NULL) != PS_OK) return -1;
  if (files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK) return -1;
  tables = (report_explain){clinical, files_anatomy_view(anatomy), files_source_packed(), NULL};
  return program_enter(state);
}

static int leave(void **state) {
  files_clinical_free(clinical);
  files_anatomy_free(anatomy);
  return program_leave(state);
}

static program_said say(const char *arguments) {
  const program_run run = {arguments, NULL};
  program_said said;
  program_start(&run, &said);
  return said;
}

static const char *text_of(const json_t *doc, const char *key) {
  const char *text = json_string_value(json_object_get(doc, key));
  if (!text) fail_msg("%s has no %s", json_string_value(json_object_get(doc, "id")), key);
  return text;
}

// the row of a list with this id
static const json_t *row_of(const json_t *doc, const char *list, const char *id) {
  const json_t *rows = json_object_get(doc, list);
  for (size_t i = 0; i < json_array_size(rows); i++)
    if (strcmp(text_of(json_array_get(rows, i), "id"), id) == 0) return json_array_get(rows, i);
  fail_msg("%s lacks %s", list, id);
  return NULL;
}

// through the program: some of them here, all of them in test/slow
static void ids_are_known(void **state) {
  (void)state;
  assert_true(explain_ids(clinical, 9) > 50);
}

// every item, in this process: a document with its id, a source or where one stands, and a text of it
static void every_item_has_a_document(void **state) {
  (void)state;
  explain_item item;
  int n = 0;
  for (int kind = 0; kind < EXPLAIN_ROW; kind++) {
    for (int i = 0; report_explain_at(&tables, (explain_kind)kind, i, &item); i++) {
      json_t *doc = NULL;
      assert_ok(report_explain_json(&tables, &item, &doc, NULL));
      assert_string_equal(text_of(doc, "id"), item.id);
      assert_true(json_object_size(doc) > 2);
      FILE *out = tmpfile();
      assert_non_null(out);
      assert_ok(report_explain_text(out, doc, NULL));
      assert_true(ftell(out) > 20);
      fclose(out);
      json_decref(doc);
      n++;
    }
  }
  assert_true(n > 600);
}

// what a claim and a measure are about exists: a condition, field, muscle, technique or pathway
static void what_rows_are_about_is_known(void **state) {
  (void)state;
  const files_clinical_texts *t = files_clinical_texts_of(clinical);
  const char *list[FILES_CLAIM_MAX + FILES_MEASURE_MAX + FILES_NORM_MAX];
  int n = 0;
  for (int i = 0; i < t->nclaim; i++) list[n++] = t->claim[i].about;
  for (int i = 0; i < t->nmeasure; i++) list[n++] = t->measure[i].about;
  for (int i = 0; i < t->nnorm; i++) list[n++] = t->norm[i].about;
  for (int i = 0; i < n; i++) {
    char words[512], *rest = NULL;
    snprintf(words, sizeof words, "%s", list[i]);
    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
      explain_item item[EXPLAIN_MATCH_MAX];
      bool is_exact = false;
      if (report_explain_find(&tables, word, item, &is_exact) < 1 || !is_exact || strcmp(item[0].id, word) != 0)
        fail_msg("nothing is named %s", word);
    }
  }
}

static void a_condition_shows_both_sides(void **state) {
  (void)state;
  json_t *doc = explain_word("IP_PAIN");
  assert_non_null(strstr(text_of(doc, "against_in_general"), "No reference standard"));
  const json_t *start = row_of(doc, "starting_values", "PR21");
  assert_close(json_real_value(json_object_get(json_object_get(start, "p"), "p95")), 0.25, 1e-12, 0.0);
  assert_string_equal(text_of(start, "grade"), "X");
  // 4.0 when all three are positive is the strongest for it, 0.35 when none is the strongest against
  const json_t *most = json_array_get(json_object_get(doc, "findings_for"), 0), *least = json_array_get(json_object_get(doc, "findings_against"), 0);
  assert_string_equal(text_of(most, "id"), "LR015");
  assert_non_null(strstr(text_of(most, "text"), "x 4 (1.5 to 10)"));
  assert_string_equal(text_of(least, "id"), "LR012");
  row_of(doc, "claims", "A5");
  json_decref(doc);

  doc = explain_word("HIP_OA");
  double last = 1e9;
  for (size_t i = 0; i < json_array_size(json_object_get(doc, "findings_for")); i++) {
    const json_t *row = json_array_get(json_object_get(doc, "findings_for"), i);
    const char *which = json_is_true(json_object_get(row, "is_present")) ? "positive" : "negative";
    const double ratio = json_real_value(json_object_get(json_object_get(row, which), "median"));
    assert_true(ratio > 1.0 && ratio <= last);
    last = ratio;
  }
  assert_true(last < 1e9);
  assert_non_null(json_object_get(doc, "tells_apart"));
  json_decref(doc);
}

static void words_find_what_they_name(void **state) {
  (void)state;
  static const struct { const char *word, *kind, *id; } row[] = {
      {"facet", "condition", "FACET"}, {"p2", "claim", "P2"}, {"psoas_major", "muscle", "psoas_major"}, {"psoas major", "muscle", "psoas_major"},
      {"psoas_T12_L1_disc_left", "fascicle", "psoas_T12_L1_disc_right"}, {"rf01", "red flag", "RF01"}, {"CI03", "contraindication", "CI03"},
      {"me07", "measure", "ME07"}, {"X", "grade", "X"}, {"lordosis", "field", "person.lordosis"}, {"LR012", "likelihood ratio", "LR012"},
      {"lumbar lordosis", "field", "person.lordosis"}, {"abdominal_psoas_release", "technique", "abdominal_psoas_release"},
      {"PR01", "row of a table", "PR01"}, {"HERR11", "source", "HERR11"}, {"fight or flight", "claim", "C4"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    json_t *doc = explain_word(row[i].word);
    assert_string_equal(text_of(doc, "kind"), row[i].kind);
    assert_string_equal(text_of(doc, "id"), row[i].id);
    json_decref(doc);
  }
  program_said s = say("explain psoas");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "stands in several names"));
  assert_non_null(strstr(s.out, "IP_SHORT"));
  program_forget(&s);
}

static void numbers_stand_with_their_source(void **state) {
  (void)state;
  program_said s = say("explain LR060");
  assert_non_null(strstr(s.out, "grade              B"));
  assert_non_null(strstr(s.out, "LR+ 7.8 from 1.7 to 37"));
  assert_non_null(strstr(s.out, "Metcalfe et al. 2019"));
  program_forget(&s);
  s = say("explain P2");
  assert_non_null(strstr(s.out, "T12 pull gives a knot between the shoulder blades"));
  assert_non_null(strstr(s.out, "unsupported"));
  assert_non_null(strstr(s.out, "No study found."));
  program_forget(&s);
  s = say("explain psoas_major");
  assert_non_null(strstr(s.out, "psoas_T12_L1_disc_right: T12 to thigh_right, 1.05 cm2, fibre 117 mm"));
  assert_non_null(strstr(s.out, "christophy2012  Christophy, M. and others 2012"));
  program_forget(&s);
  s = say("explain person.hip_extension");
  assert_non_null(strstr(s.out, "MDC95 7 deg; higher is better"));
  assert_non_null(strstr(s.out, "NO12  18.1, SD 6.5 deg; goniometer, female, 20 to 44 years"));
  program_forget(&s);
}

// therapist and client, studies and model, and the numbers behind the share; P1 for short
static void a_pathway_shows_what_is_behind_it(void **state) {
  (void)state;
  static const char *const key[] = {"words", "the_article_says", "studies_say", "the_model", "verdict", "grade", "changes_our_mind", "to_a_client"};
  for (int i = 1; i <= 5; i++) {
    char word[32], id[16];
    snprintf(word, sizeof word, "pathway_%d", i);
    snprintf(id, sizeof id, "PR%d", (int[]){24, 28, 25, 26, 27}[i - 1]);
    json_t *doc = explain_word(word);
    for (size_t k = 0; k < sizeof key/sizeof *key; k++) assert_true(strlen(text_of(doc, key[k])) > 10);
    assert_non_null(strstr(text_of(doc, "verdict"), "hypothesis"));
    assert_non_null(row_of(doc, "share_starts_from", id));
    assert_int_equal(json_array_size(json_object_get(doc, "smallest_change_worth_naming")), 1);
    json_decref(doc);
  }
  program_said s = say("explain P1");
  assert_non_null(strstr(s.out, "pathway_1 (pathway)"));
  assert_non_null(strstr(s.out, "P1c  \"More lordosis causes back pain\": contradicted, grade B."));
  program_forget(&s);
  s = say("explain p5");                               // the claim and the pathway
  assert_non_null(strstr(s.out, "P5 (claim)"));
  assert_non_null(strstr(s.out, "pathway_5 (pathway)"));
  assert_non_null(strstr(s.out, "signs.numb_front_inner_thigh or signs.numb_outer_thigh"));
  program_forget(&s);
  s = say("explain lumbar_compression");
  assert_non_null(strstr(s.out, "clinical/effects.csv"));
  assert_non_null(strstr(s.out, "WILKE99"));
  program_forget(&s);
}

static void nothing_unknown_is_explained(void **state) {
  (void)state;
  static const struct { const char *arguments, *word; } row[] = {
      {"explain IP_PAIM", "did you mean \"IP_PAIN\""}, {"explain lordossis", "did you mean \"person.lordosis\""},
      {"explain RF99", "did you mean \"RF0"}, {"explain qqqqqqqq", "\"qqqqqqqq\" is not known; psoas explain lists"},
      {"explain zz --json", "is not known"}, {"sources HERR12", "did you mean \"HERR11\""}, {"sources qqqqqqqq", "is not a key; psoas sources lists"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    program_said s = say(row[i].arguments);
    assert_int_equal(s.code, 2);
    if (!strstr(s.err, row[i].word)) fail_msg("%s: %s", row[i].arguments, s.err);
    assert_int_equal(s.out_size, 0);
    program_forget(&s);
  }
}

static void a_source_names_its_rows(void **state) {
  (void)state;
  program_said s = say("sources HERR11");
  assert_int_equal(s.code, 0);
  assert_non_null(strstr(s.out, "Herrington 2011"));
  assert_non_null(strstr(s.out, "V: seen in an abstract, table or official page"));
  static const char *const table[] = {"claims.csv", "measures.csv", "norms.csv", "change.csv", "exam_fields.csv", "conditions.csv"};
  for (size_t i = 0; i < sizeof table/sizeof *table; i++)
    if (!strstr(s.out, table[i])) fail_msg("%s is not named", table[i]);
  program_forget(&s);
  s = say("sources CESBMJ");
  assert_non_null(strstr(s.out, "clinical/red_flag_rules.csv, line "));
  program_forget(&s);
  s = say("sources Ward2009");                          // of the body, named in notes
  assert_non_null(strstr(s.out, "Ward, S. R. and others 2009"));
  assert_non_null(strstr(s.out, "anatomy/muscles.csv, line "));
  assert_non_null(strstr(s.out, "(in its note)"));
  program_forget(&s);
  s = say("sources --json");
  json_t *root = json_loads(s.out, 0, NULL);
  assert_true(json_array_size(json_object_get(root, "sources")) > 150);
  json_decref(root);
  program_forget(&s);

  assert_string_equal(report_verification("V (existence, caution); M").text,
                      "V: seen in an abstract, table or official page; M: from memory, not checked");
  assert_string_equal(report_verification("S/M").text, "S: seen through a secondary page; M: from memory, not checked");
  assert_string_equal(report_verification("derived (Mean of SD)").text, "");
}

static void without_a_word_all_is_listed(void **state) {
  (void)state;
  program_said s = say("explain");
  assert_int_equal(s.code, 0);
  static const char *const id[] = {"IP_PAIN", "AS4", "pathway_5", "psoas_major", "RF33", "CI23", "ME21", "person.lordosis", "PR21", "LR012"};
  for (size_t i = 0; i < sizeof id/sizeof *id; i++)
    if (!strstr(s.out, id[i])) fail_msg("%s is not listed", id[i]);
  program_forget(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ids_are_known),
      cmocka_unit_test(every_item_has_a_document),
      cmocka_unit_test(what_rows_are_about_is_known),
      cmocka_unit_test(a_condition_shows_both_sides),
      cmocka_unit_test(words_find_what_they_name),
      cmocka_unit_test(numbers_stand_with_their_source),
      cmocka_unit_test(a_pathway_shows_what_is_behind_it),
      cmocka_unit_test(nothing_unknown_is_explained),
      cmocka_unit_test(a_source_names_its_rows),
      cmocka_unit_test(without_a_word_all_is_listed),
  };
  return cmocka_run_group_tests_name("explain", tests, enter, leave);
}
