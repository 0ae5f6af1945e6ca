/* docs/person-file.md says what the reader does: its example loads, every message in its table is the message, and the ends of its
 * ranges are accepted. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app/files/files_anatomy.h"
#include "app/files/files_json.h"
#include "app/files/files_person.h"
#include "app/files/files_source.h"
#include "app/files/files_text.h"
#include "support/check.h"

static const char REQUIRED[] = "{\"sex\": \"female\", \"age_years\": 40, \"height_m\": 1.7, \"mass_kg\": 65}";

typedef struct page { files_text text; files_anatomy *anatomy; } page;

static int open_page(void **state) {
  static page p;
  ps_error err;
  if (files_text_read("docs/person-file.md", (size_t)1 << 20, &p.text, &err) != PS_OK) return -1;
  if (files_anatomy_load(files_source_packed(), &p.anatomy, &err) != PS_OK) return -1;
  *state = &p;
  return 0;
}

static int close_page(void **state) {
  page *p = *state;
  files_text_free(&p->text);
  files_anatomy_free(p->anatomy);
  return 0;
}

static ps_status parse(const page *p, const char *text, ps_error *err) {
  files_person person;
  *err = (ps_error){PS_OK, 0, "", ""};
  return files_person_parse("person.json", text, strlen(text), files_anatomy_view(p->anatomy), &person, err);
}

// the required fields with `fields` put in, or without the one that `missing` names
static char *person_with(const char *fields, const char *missing) {
  json_t *person = json_loads(REQUIRED, 0, NULL);
  assert_non_null(person);
  if (missing) {
    assert_int_equal(json_object_del(person, missing), 0);
  } else {
    char text[640];
    snprintf(text, sizeof text, "{%s}", fields);
    json_t *more = json_loads(text, 0, NULL);
    if (!more) fail_msg("not JSON: %s", fields);
    json_object_update(person, more);
    json_decref(more);
  }
  char *text = json_dumps(person, 0);
  json_decref(person);
  return text;
}

// the text between the next two back-quotes; returns what stands behind, or NULL
static const char *quoted(const char *at, const char *end, char out[600]) {
  const char *from = memchr(at, '`', (size_t)(end - at));
  const char *to = from ? memchr(from + 1, '`', (size_t)(end - from - 1)) : NULL;
  if (!to || to - from > 599) return NULL;
  snprintf(out, 600, "%.*s", (int)(to - from - 1), from + 1);
  return to + 1;
}

static void check_row(const page *p, const char *line, const char *end) {
  char cell[600], message[600];
  const char *rest = quoted(line, end, cell);
  if (!rest || !quoted(rest, end, message)) fail_msg("no two cells in: %.*s", (int)(end - line), line);
  char *text = person_with(cell, strncmp(line, "| no ", 5) == 0 ? cell : NULL);
  ps_error err;
  const ps_status status = parse(p, text, &err);
  if (status != PS_EFORMAT && status != PS_EINPUT) fail_msg("accepted: %s", text);
  free(text);
  assert_string_equal(err.msg, message);
}

static void every_message_of_the_table_is_the_message(void **state) {
  const page *p = *state;
  const char *line = strstr(p->text.data, "| in the file | message |");
  assert_non_null(line);
  line = strchr(strchr(line, '\n') + 1, '\n') + 1;  // behind the head and its rule
  int n = 0;
  for (; *line == '|'; n++) {
    const char *end = strchr(line, '\n');
    check_row(p, line, end);
    line = end + 1;
  }
  assert_in_range(n, 40, 500);
}

static void the_example_loads(void **state) {
  const page *p = *state;
  const char *from = strstr(p->text.data, "```json\n");
  assert_non_null(from);
  from += strlen("```json\n");
  const char *to = strstr(from, "```");
  files_person person;
  ps_error err = {PS_OK, 0, "", ""};
  if (files_person_parse("example", from, (size_t)(to - from), files_anatomy_view(p->anatomy), &person, &err) != PS_OK)
    fail_msg("%s", err.msg);
  assert_true(person.has_exam_sections == false && person.thomas[0].has && person.thomas[1].has && person.tilt.has);
  assert_true(person.lordosis.has && person.hip_extension[0].has && person.hip_extension[1].has && person.body.has_incidence);
  assert_int_equal(person.body.ntight, 1);
  assert_true(person.note[0] && person.source[0]);
}

// the ranges that the page gives, end by end
static const char *const BORDER[] = {
    "\"age_years\": 16",
    "\"age_years\": 100",
    "\"height_m\": 1.3",
    "\"height_m\": 2.2",
    "\"mass_kg\": 35",
    "\"mass_kg\": 200",
    "\"pelvic_incidence_deg\": 20",
    "\"pelvic_incidence_deg\": 95",
    "\"lordosis\": {\"deg\": 5, \"method\": \"radiograph_L1_S1\"}",
    "\"lordosis\": {\"deg\": 100, \"method\": \"radiograph_L1_S1\"}",
    "\"lordosis\": {\"deg\": -20, \"method\": \"skin_T12_S1\"}",
    "\"asis_psis_tilt\": {\"deg\": -20, \"method\": \"inclinometer\"}",
    "\"asis_psis_tilt\": {\"deg\": 40, \"method\": \"photo\"}",
    "\"asis_psis_tilt\": {\"deg\": 7, \"method\": \"calliper\"}",
    "\"thomas_left\": {\"hip_angle_deg\": -60, \"knee_flexion_deg\": 0, \"pelvis_controlled\": true}",
    "\"thomas_left\": {\"hip_angle_deg\": 90, \"knee_flexion_deg\": 150, \"pelvis_controlled\": true}",
    "\"thomas_left\": {\"knee_above_hip_m\": 0.25, \"thigh_length_m\": 0.25, \"knee_flexion_deg\": 0, \"pelvis_controlled\": true}",
    "\"thomas_left\": {\"knee_above_hip_m\": -0.56, \"thigh_length_m\": 0.65, \"knee_flexion_deg\": 0, \"pelvis_controlled\": true}",
    "\"thomas_left\": {\"hip_angle_deg\": [-60, 90, 0, 0, 0, 0, 0, 0, 0, 0], \"method\": \"motion_capture\", \"knee_flexion_deg\": [0], \"pelvis_controlled\": true}",
    "\"//anything\": [\"a\", \"b\"], \"exam_version\": 1",
    "\"hip_extension_left\": {\"deg\": 60, \"method\": \"prone_goniometer\"}",
    "\"hip_extension_left\": {\"deg\": -60, \"method\": \"modified_thomas\"}",
    "\"tightness\": [{\"muscle\": \"iliopsoas\", \"side\": \"left\", \"shortening\": 0.2, \"stiffness\": 4, \"tone\": 0.1}]",
    "\"tightness\": [{\"muscle\": \"iliopsoas\", \"side\": \"left\", \"shortening\": 0, \"stiffness\": 0.5, \"tone\": 0}]",
    "\"tightness\": [{\"muscle\": \"iliopsoas\", \"side\": \"left\", \"shortening\": 0.1}, {\"muscle\": \"iliopsoas\", \"side\": \"right\", \"shortening\": 0.05}]",
    "\"sex\": \"male\"",
    "\"lordosis\": {\"deg\": 100, \"method\": \"skin_T12_S1\"}",
    "\"hip_extension_right\": {\"deg\": 60, \"method\": \"side_lying_inclinometer\"}",
    "\"hip_extension_left\": {\"deg\": -60, \"method\": \"motion_capture\"}",
    "\"asis_psis_tilt\": {\"deg\": 7, \"method\": \"phone\"}",
    "\"tightness\": [{\"muscle\": \"psoas_major\", \"side\": \"right\", \"tone\": 0.1}, {\"muscle\": \"iliacus\", \"side\": \"right\", \"tone\": 0.1}]",
    "\"tightness\": [{\"muscle\": \"rectus_femoris\", \"side\": \"left\", \"stiffness\": 4}]",
};

static void the_ends_of_the_ranges_are_accepted(void **state) {
  const page *p = *state;
  for (size_t i = 0; i < sizeof BORDER/sizeof *BORDER; i++) {
    char *text = person_with(BORDER[i], NULL);
    ps_error err;
    if (parse(p, text, &err) != PS_OK) fail_msg("%s: %s", BORDER[i], err.msg);
    free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_message_of_the_table_is_the_message),
      cmocka_unit_test(the_example_loads),
      cmocka_unit_test(the_ends_of_the_ranges_are_accepted),
  };
  return cmocka_run_group_tests(tests, open_page, close_page);
}
