/* The people of examples/persons: each file loads, says what is published and what is assumed, is assessed without complaint,
 * and the table of README.md is what the program says now. SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_person.h"
#include "support/check.h"

static const char FOLDER[] = "examples/persons";

static void load(const char *path, files_person *p) {
  ps_error err = {PS_OK, 0, "", ""};
  if (files_person_load(path, NULL, p, &err) != PS_OK) fail_msg("%s: %s", path, err.msg);
}

// path of the next person file, or NULL; the caller closes the folder
static const char *next_person(DIR *folder, char path[300]) {
  for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
    const char *dot = strrchr(e->d_name, '.');
    if (!dot || strcmp(dot, ".json") != 0) continue;
    snprintf(path, 300, "%s/%s", FOLDER, e->d_name);
    return path;
  }
  return NULL;
}

static void every_file_says_what_is_published_and_what_assumed(void **state) {
  (void)state;
  DIR *folder = opendir(FOLDER);
  assert_non_null(folder);
  char path[300];
  int n = 0;
  for (; next_person(folder, path); n++) {
    files_person p;
    load(path, &p);
    if (!strstr(p.note, "Published: ") || !strstr(p.note, "Assumed")) fail_msg("%s: note lacks Published or Assumed", path);
    if (!p.source[0]) fail_msg("%s: no source", path);
  }
  closedir(folder);
  assert_in_range(n, 3, 100);
}

static void only_the_published_difference_lies_between_the_two_of_a_pair(void **state) {
  (void)state;
  static const struct { const char *from, *to; double deg; } pair[] = {
      {"stretching-men", "stretching-men-after", -2.6}, {"active", "long-sitters", 6.1}};
  for (size_t i = 0; i < sizeof pair/sizeof *pair; i++) {
    files_person p[2];
    char path[300];
    for (int k = 0; k < 2; k++) {
      snprintf(path, sizeof path, "%s/%s.json", FOLDER, k ? pair[i].to : pair[i].from);
      load(path, &p[k]);
    }
    for (int side = 0; side < 2; side++) {
      assert_close(p[1].thomas[side].hip_angle_deg - p[0].thomas[side].hip_angle_deg, pair[i].deg, 0, 1e-9);
      assert_close(p[1].thomas[side].knee_flexion_deg, p[0].thomas[side].knee_flexion_deg, 0, 0);
    }
    assert_int_equal(p[0].body.is_female, p[1].body.is_female);
    assert_close(p[0].body.age_years, p[1].body.age_years, 0, 0);
    assert_close(p[0].body.height_m, p[1].body.height_m, 0, 0);
    assert_close(p[0].body.mass_kg, p[1].body.mass_kg, 0, 0);
  }
}

// one assessment of each: it ends with 0, says nothing on standard error, and gives the numbers of the table
static void every_person_is_assessed_without_complaint_and_as_the_table_says(void **state) {
  (void)state;
  assert_int_equal(system("said=$(examples/persons/compare --check points 2>&1) && test -z \"$said\" || { echo \"$said\"; false; }"), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_file_says_what_is_published_and_what_assumed),
      cmocka_unit_test(only_the_published_difference_lies_between_the_two_of_a_pair),
      cmocka_unit_test(every_person_is_assessed_without_complaint_and_as_the_table_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
