// SPDX-License-Identifier: Apache-2.0
#include "app/files/files_task.h"

#include <stdlib.h>
#include <string.h>

#include "app/files/task_library.h"
#include "support/check.h"

// every key that a task file may hold
static const char FULL[] =
    "{\"task\":\"my-task\",\"title\":\"My task\",\"note\":\"n\",\"source\":\"assumed\",\n"
    "\"argument\":{\"kind\":\"angle\",\"default_deg\":12,\"min_deg\":-6,\"max_deg\":30},\n"
    "\"angles\":[{\"coordinate\":\"hip_flexion_left\",\"deg\":18},{\"coordinate\":\"lumbar_flexion\",\"deg\":-9,\"per_deg\":0.25}],\n"
    "\"directions\":[{\"segment\":\"thigh\",\"deg\":36,\"leans\":true},{\"segment\":\"foot_left\",\"per_deg\":-1}],\n"
    "\"supports\":[{\"contact\":\"heel\",\"pushes\":\"up\",\"friction\":0.45},{\"contact\":\"a\",\"pushes\":\"down\",\"soft\":true},\n"
    "{\"contact\":\"b\",\"pushes\":\"forward\"},{\"contact\":\"c\",\"pushes\":\"backward\"},{\"contact\":\"d\",\"pushes\":\"right\"},\n"
    "{\"contact\":\"e\",\"pushes\":\"left\"}],\n"
    "\"rules\":[\"arms_hang\",\"leg_hangs\",\"relaxes\"]}\n";
static const double PI = 3.14159265358979323846;

static void every_field_arrives_in_radians(void **state) {
  (void)state;
  ps_task t;
  ps_error err = {0};
  if (files_task_parse("t.json", FULL, sizeof FULL - 1, &t, &err) != PS_OK) fail_msg("%s", err.msg);
  assert_string_equal(t.name, "my-task");
  assert_string_equal(t.title, "My task");
  assert_int_equal(t.argument, PS_ARGUMENT_ANGLE);
  assert_close(t.argument_default, PI/15.0, 1e-15, 0.0);
  assert_close(t.argument_min, -PI/30.0, 1e-15, 0.0);
  assert_close(t.argument_max, PI/6.0, 1e-15, 0.0);

  assert_int_equal(t.nangle, 2);
  assert_string_equal(t.angle[0].name, "hip_flexion_left");
  assert_close(t.angle[0].base, PI/10.0, 1e-15, 0.0);
  assert_close(t.angle[0].slope, 0.0, 0.0, 0.0);
  assert_close(t.angle[1].base, -PI/20.0, 1e-15, 0.0);
  assert_close(t.angle[1].slope, 0.25, 0.0, 0.0);

  assert_int_equal(t.npitch, 2);
  assert_close(t.pitch[0].base, PI/5.0, 1e-15, 0.0);
  assert_true(t.pitch[0].is_leaning);
  assert_false(t.pitch[1].is_leaning);
  assert_close(t.pitch[1].slope, -1.0, 0.0, 0.0);

  // x forward, y up, z to the right
  static const double way[6][3] = {{0, 1, 0}, {0, -1, 0}, {1, 0, 0}, {-1, 0, 0}, {0, 0, 1}, {0, 0, -1}};
  assert_int_equal(t.nsupport, 6);
  for (int i = 0; i < 6; i++)
    for (int x = 0; x < 3; x++) assert_close(t.support[i].normal[x], way[i][x], 0.0, 0.0);
  assert_close(t.support[0].friction, 0.45, 0.0, 0.0);
  assert_close(t.support[1].friction, 0.0, 0.0, 0.0);
  for (int i = 0; i < 6; i++) assert_int_equal(t.support[i].is_soft, i == 1);
  assert_int_equal(t.rules, PS_RULE_ARMS_HANG | PS_RULE_LEG_HANGS | PS_RULE_RELAXES);
}

static void a_failure_changes_nothing(void **state) {
  (void)state;
  ps_task *t = malloc(sizeof *t), *before = malloc(sizeof *before);
  assert_true(t && before);
  memset(t, 0x5A, sizeof *t);
  memset(before, 0x5A, sizeof *before);
  for (size_t n = 0; n + 2 < sizeof FULL; n++) {
    ps_error err = {0};
    assert_int_equal(files_task_parse("t.json", FULL, n, t, &err), PS_EFORMAT);
    assert_string_equal(err.where, "t.json");
    assert_memory_equal(t, before, sizeof *t);
  }
  free(t);
  free(before);
}

static void one_wrong_byte_anywhere(void **state) {
  (void)state;
  static const char with[] = {'\0', '"', '{', ']', ',', '9', '-', (char)0xFF};
  char text[sizeof FULL];
  int refused = 0;
  for (size_t n = 0; n < sizeof FULL - 1; n++) {
    for (size_t k = 0; k < sizeof with; k++) {
      ps_task t;
      ps_error err = {0};
      memcpy(text, FULL, sizeof text);
      text[n] = with[k];
      const ps_status status = files_task_parse("t.json", text, sizeof FULL - 1, &t, &err);
      assert_true(status == PS_OK || status == PS_EFORMAT || status == PS_EINPUT);
      refused += status != PS_OK;
      if (status != PS_OK) assert_true(strlen(err.msg) > 10);
    }
  }
  assert_true(refused > 4000);
}

// as many items as there is room for, then one more
static void lists_have_a_limit(void **state) {
  (void)state;
  static const struct { const char *key, *item; int most; } row[] = {
      {"angles", "{\"coordinate\":\"a\",\"deg\":1}", PS_TASK_ANGLE_MAX},
      {"directions", "{\"segment\":\"a\",\"deg\":1}", PS_TASK_PITCH_MAX},
      {"supports", "{\"contact\":\"a\",\"pushes\":\"up\"}", PS_SUPPORT_MAX},
  };
  char *text = malloc(20000);
  assert_non_null(text);
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    for (int n = row[i].most; n <= row[i].most + 1; n++) {
      strcpy(text, "{\"task\":\"t\",\"title\":\"T\",\"source\":\"s\"");
      if (strcmp(row[i].key, "supports") != 0) strcat(text, ",\"supports\":[{\"contact\":\"a\",\"pushes\":\"up\"}]");
      sprintf(text + strlen(text), ",\"%s\":[", row[i].key);
      for (int k = 0; k < n; k++) sprintf(text + strlen(text), "%s%s", k ? "," : "", row[i].item);
      strcat(text, "]}");
      ps_task t;
      ps_error err = {0};
      const ps_status status = files_task_parse("t.json", text, strlen(text), &t, &err);
      assert_int_equal(status, n > row[i].most ? PS_EINPUT : PS_OK);
      if (status != PS_OK) assert_non_null(strstr(err.msg, row[i].key));
    }
  }
  free(text);
}

static void every_packed_task_reads_and_is_named_as_its_file(void **state) {
  (void)state;
  ps_name name;
  size_t n = 0;
  for (; task_library_name(n, name); n++) {
    ps_task t;
    ps_error err = {0};
    if (task_library_find(name, &t, &err) != PS_OK) fail_msg("%s: %s", name, err.msg);
    assert_string_equal(t.name, name);
    assert_true(t.title[0] && t.nsupport > 0);
  }
  assert_true(n >= 16);
  ps_task t;
  ps_error err = {0};
  assert_int_equal(task_library_find("sitting-relaxd", &t, &err), PS_EINPUT);
  assert_non_null(strstr(err.msg, "did you mean \"sitting-relaxed\"?"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_field_arrives_in_radians),
      cmocka_unit_test(a_failure_changes_nothing),
      cmocka_unit_test(one_wrong_byte_anywhere),
      cmocka_unit_test(lists_have_a_limit),
      cmocka_unit_test(every_packed_task_reads_and_is_named_as_its_file),
  };
  return cmocka_run_group_tests_name("files_task", tests, NULL, NULL);
}
