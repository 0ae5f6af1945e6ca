/* The exam as a form: the empty one reads as an exam in which nothing was recorded, every field has its comment, the page of the
 * fields is what the table makes, and its example reads. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_exam_form.h"

#include <stdlib.h>
#include <string.h>

#include "app/files/files_exam.h"
#include "app/files/files_text.h"
#include "support/check.h"

static files_clinical *clinical;
static files_text page;

static int set_up(void **state) {
  (void)state;
  return files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK ||
         files_text_read("docs/exam-file.md", (size_t)1 << 20, &page, NULL) != PS_OK;
}
static int tear_down(void **state) {
  (void)state;
  files_text_free(&page);
  files_clinical_free(clinical);
  return 0;
}

static const clinic_fields *fields(void) { return &files_clinical_evidence(clinical)->fields; }

static files_exam parse(const char *text, size_t size) {
  files_exam e;
  ps_error err = {PS_OK, 0, "", ""};
  if (files_exam_parse("e.json", text, size, &(files_exam_tables){clinical, NULL}, &e, &err) != PS_OK) fail_msg("%s", err.msg);
  return e;
}

static void the_empty_exam_records_nothing(void **state) {
  (void)state;
  for (int is_full = 0; is_full < 2; is_full++) {
    json_t *root = files_exam_template(clinical, is_full);
    char *text = json_dumps(root, 0);
    files_exam e = parse(text, strlen(text));
    free(text);
    json_decref(root);
    for (int i = 0; i < fields()->nfield; i++) {
      const clinic_field *f = &fields()->field[i];
      const bool is_given = strcmp(f->key, "sex") == 0 || strcmp(f->key, "age_years") == 0 || strcmp(f->key, "exam_version") == 0;
      if (f->is_derived) continue;  // follows from the given ones
      if (clinic_exam_has(&e.exam, i) != is_given) fail_msg("%s.%s", f->section, f->key);
    }
    assert_false(e.exam.has_pain_map);
    for (int i = 0; i < CLINIC_PART_MAX; i++) assert_int_equal(e.screen.part[i], CLINIC_NOT_ASKED);
    for (int i = 0; i < CLINIC_FLAG_MAX; i++) assert_false(e.screen.is_reviewed[i]);
    for (int i = 0; i < CLINIC_CONDITION_MAX; i++) assert_int_equal(e.screen.condition[i], CLINIC_NOT_ASKED);
    assert_false(e.person.tilt.has || e.person.lordosis.has || e.person.thomas[0].has || e.person.thomas[1].has);
    files_exam_close(&e);
  }
}

// the comment beside a field says what to ask and what is written; every answer stands there to be changed
static void every_field_has_its_comment(void **state) {
  (void)state;
  json_t *root = files_exam_template(clinical, false);
  for (int i = 0; i < fields()->nfield; i++) {
    const clinic_field *f = &fields()->field[i];
    if (f->is_derived || strcmp(f->section, "exam") == 0 || strcmp(f->section, "person") == 0) continue;
    char key[96];
    snprintf(key, sizeof key, "//%s", f->key);
    const json_t *section = json_object_get(root, f->section);
    const char *text = json_string_value(json_object_get(section, key));
    if (!text || !strstr(text, f->how)) fail_msg("%s.%s: %s", f->section, f->key, text ? text : "no comment");
    for (int k = 0; k < f->nchoice; k++) assert_non_null(strstr(text, f->choice[k]));
    for (int side = 0; side < 1 + f->is_sided && f->kind == CLINIC_ANSWER; side++) {
      snprintf(key, sizeof key, "%s%s", f->key, !f->is_sided ? "" : side ? "_left" : "_right");
      const char *word = json_string_value(json_object_get(section, key));
      if (!word) fail_msg("%s.%s", f->section, key);
      assert_string_equal(word, "not_asked");
    }
  }
  assert_null(json_object_get(root, "derived"));
  assert_null(json_object_get(root, "exam_date"));
  json_decref(root);
}

static void the_list_is_the_table(void **state) {
  (void)state;
  json_t *list = files_exam_fields_json(fields()), *regions = files_exam_regions_json(fields());
  assert_int_equal(json_array_size(list), fields()->nfield);
  assert_int_equal(json_array_size(regions), fields()->nregion);
  for (int i = 0; i < fields()->nfield; i++) {
    const clinic_field *f = &fields()->field[i];
    const json_t *row = json_array_get(list, (size_t)i);
    assert_string_equal(json_string_value(json_object_get(row, "key")), f->key);
    assert_int_equal(json_array_size(json_object_get(row, "choices")), f->nchoice);
    assert_int_equal(json_array_size(json_object_get(row, "keys")), f->is_derived ? 0 : 1 + f->is_sided);
    const bool is_number = f->kind == CLINIC_NUMBER || f->kind == CLINIC_WHOLE || f->kind == CLINIC_MEASURE;
    assert_int_equal(json_object_get(row, "lo") != NULL, is_number);
    if (is_number) assert_close(json_number_value(json_object_get(row, "hi")), f->hi, 0.0, 0.0);
  }
  json_decref(list);
  json_decref(regions);
}

static void the_page_is_what_the_table_makes(void **state) {
  (void)state;
  char *made = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&made, &size);
  assert_non_null(out);
  files_exam_fields_markdown(out, fields());
  assert_int_equal(fclose(out), 0);
  const char *from = strstr(page.data, "<!-- fields -->\n"), *to = strstr(page.data, "<!-- end of fields -->");
  assert_true(from && to);
  from += strlen("<!-- fields -->\n");
  if ((size_t)(to - from) != size || memcmp(from, made, size) != 0)
    fail_msg("docs/exam-file.md is stale: put the output of psoas exam fields --markdown between its two marks");
  free(made);
}

static void the_example_of_the_page_reads(void **state) {
  (void)state;
  const char *from = strstr(page.data, "```json\n") + strlen("```json\n"), *to = strstr(from, "```");
  files_exam e = parse(from, (size_t)(to - from));
  assert_int_equal(e.exam.npain, 2);
  assert_true(e.person.thomas[1].has);
  const int field = clinic_field_find(e.exam.fields, "movement_tests.hip_internal_rotation");
  assert_close(e.exam.value[field][CLINIC_LEFT].number, 29.5, 0.0, 0.0);
  // untrained hands
  assert_int_equal(e.screen.condition[files_clinical_find_condition(files_clinical_safety(clinical), "CI23")], CLINIC_YES);
  files_exam_close(&e);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_empty_exam_records_nothing),
      cmocka_unit_test(every_field_has_its_comment),
      cmocka_unit_test(the_list_is_the_table),
      cmocka_unit_test(the_page_is_what_the_table_makes),
      cmocka_unit_test(the_example_of_the_page_reads),
  };
  return cmocka_run_group_tests_name("exam_form", tests, set_up, tear_down);
}
