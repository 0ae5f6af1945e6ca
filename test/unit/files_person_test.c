// SPDX-License-Identifier: Apache-2.0
#include "app/files/files_person.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"

#define BODY "\"sex\":\"female\",\"age_years\":47.5,\"height_m\":1.632,\"mass_kg\":61.25"

// every key that a person file may hold
static const char FULL[] =
    "{" BODY ",\n\"pelvic_incidence_deg\":51.5,\"lordosis\":{\"deg\":43.25,\"method\":\"radiograph_L1_S1\"},\n"
    "\"asis_psis_tilt\":{\"deg\":11.5,\"method\":\"calliper\"},\n"
    "\"thomas_left\":{\"hip_angle_deg\":-3.5,\"knee_flexion_deg\":58,\"pelvis_controlled\":false},\n"
    "\"thomas_right\":{\"hip_angle_deg\":7.25,\"knee_flexion_deg\":61.5,\"pelvis_controlled\":true},\n"
    "\"hip_extension_left\":{\"deg\":8.5,\"method\":\"prone_goniometer\"},\n"
    "\"hip_extension_right\":{\"deg\":-2.5,\"method\":\"modified_thomas\"},\n"
    "\"tightness\":[{\"muscle\":\"iliopsoas\",\"side\":\"left\",\"shortening\":0.085,\"stiffness\":1.5,\"tone\":0.02},\n"
    "{\"muscle\":\"psoas_major\",\"side\":\"right\",\"tone\":0.01}],\n"
    "\"note\":\"a note\",\"source\":\"a source\",\"pain\":{\"any\":[1,2]}}\n";

static ps_status read(const char *text, files_person *out, ps_error *err) {
  return files_person_parse("p.json", text, strlen(text), NULL, out, err);
}

static void every_field_arrives_in_SI(void **state) {
  (void)state;
  files_person p;
  ps_error err = {0};
  if (read(FULL, &p, &err) != PS_OK) fail_msg("%s", err.msg);
  assert_true(p.body.is_female);
  assert_close(p.body.age_years, 47.5, 0.0, 0.0);
  assert_close(p.body.height_m, 1.632, 0.0, 0.0);
  assert_close(p.body.mass_kg, 61.25, 0.0, 0.0);
  assert_true(p.body.has_incidence && p.body.has_lordosis && p.body.has_tilt);
  assert_close(p.body.incidence_rad, 0.8988445647770797, 1e-14, 0.0);  // 51.5 deg
  assert_close(p.body.lordosis_rad, 0.7548549014875475, 1e-14, 0.0);   // 43.25 deg
  assert_close(p.body.tilt_rad, 0.2007128639793479, 1e-14, 0.0);       // 11.5 deg
  assert_string_equal(files_method_text(p.tilt.method), "calliper");

  // [0] is the right side
  assert_close(p.thomas[0].hip_angle_deg, 7.25, 0.0, 0.0);
  assert_close(p.thomas[1].hip_angle_deg, -3.5, 0.0, 0.0);
  assert_true(p.thomas[0].has && p.thomas[0].pelvis_controlled);
  assert_true(p.thomas[1].has && !p.thomas[1].pelvis_controlled);
  assert_close(p.thomas[1].knee_flexion_deg, 58.0, 0.0, 0.0);
  assert_close(p.hip_extension[0].deg, -2.5, 0.0, 0.0);
  assert_int_equal(p.hip_extension[1].method, FILES_PRONE_GONIOMETER);

  assert_int_equal(p.body.ntight, 2);
  assert_string_equal(p.body.tight[0].group, "iliopsoas");
  assert_int_equal(p.body.tight[0].side, PS_LEFT);
  assert_close(p.body.tight[0].shortening, 0.085, 0.0, 0.0);
  assert_close(p.body.tight[0].stiffness, 1.5, 0.0, 0.0);
  assert_close(p.body.tight[1].shortening, 0.0, 0.0, 0.0);
  assert_close(p.body.tight[1].stiffness, 1.0, 0.0, 0.0);
  assert_close(p.body.tight[1].tone, 0.01, 0.0, 0.0);
  assert_string_equal(p.note, "a note");
  assert_string_equal(p.source, "a source");
  assert_true(p.has_exam_sections);
}

static void what_is_not_there_is_not_there(void **state) {
  (void)state;
  files_person p;
  assert_ok(read("{" BODY "}", &p, NULL));
  assert_false(p.body.has_incidence || p.body.has_lordosis || p.body.has_tilt || p.has_exam_sections);
  assert_false(p.thomas[0].has || p.thomas[1].has || p.hip_extension[0].has || p.hip_extension[1].has);
  assert_false(p.lordosis.has || p.tilt.has);
  assert_int_equal(p.body.ntight, 0);
  assert_string_equal(p.note, "");
}

static void other_definitions_of_lordosis_do_not_enter_the_model(void **state) {
  (void)state;
  static const char *const method[] = {"radiograph_T12_S1", "skin_L1_S1", "skin_T12_S1", "phone_T12_S1"};
  for (size_t i = 0; i < sizeof method/sizeof *method; i++) {
    char text[256];
    files_person p;
    snprintf(text, sizeof text, "{" BODY ",\"lordosis\":{\"deg\":2.5,\"method\":\"%s\"}}", method[i]);
    assert_ok(read(text, &p, NULL));
    assert_true(p.lordosis.has);
    assert_false(p.body.has_lordosis);
    assert_string_equal(files_method_text(p.lordosis.method), method[i]);
  }
  // the model's own definition has the model's range
  files_person p;
  ps_error err = {0};
  assert_int_equal(read("{" BODY ",\"lordosis\":{\"deg\":2.5,\"method\":\"radiograph_L1_S1\"}}", &p, &err), PS_EINPUT);
  assert_string_equal(err.msg, "lordosis.deg is 2.5, allowed is 5 to 100 deg");
}

static void the_digest_is_that_of_the_bytes(void **state) {
  (void)state;
  files_person p;
  // sha256sum of this text
  assert_ok(read("{" BODY "}", &p, NULL));
  assert_string_equal(p.sha256, "5e694df3c008e91f45fbc93cc63743c7634a70802173102f098594585a54886b");
}

static void a_failure_changes_nothing(void **state) {
  (void)state;
  files_person p, before;
  memset(&p, 0x5A, sizeof p);
  before = p;
  char *cut = malloc(sizeof FULL);
  assert_non_null(cut);
  // cut at every byte: the last line break alone may go
  for (size_t n = 0; n + 2 < sizeof FULL; n++) {
    ps_error err = {0};
    memcpy(cut, FULL, n);
    assert_int_equal(files_person_parse("p.json", cut, n, NULL, &p, &err), PS_EFORMAT);
    assert_string_equal(err.where, "p.json");
    assert_true(err.pos >= 1 && strlen(err.msg) > 10);
    assert_memory_equal(&p, &before, sizeof p);
  }
  free(cut);
}

// one byte replaced: refused or read, but never beyond the text and never half
static void one_wrong_byte_anywhere(void **state) {
  (void)state;
  static const char with[] = {'\0', '"', '{', ']', ',', '9', '-', (char)0x80, (char)0xFF};
  char text[sizeof FULL];
  int refused = 0;
  for (size_t n = 0; n < sizeof FULL - 1; n++) {
    for (size_t k = 0; k < sizeof with; k++) {
      files_person p;
      ps_error err = {0};
      memcpy(text, FULL, sizeof text);
      text[n] = with[k];
      const ps_status status = files_person_parse("p.json", text, sizeof FULL - 1, NULL, &p, &err);
      assert_true(status == PS_OK || status == PS_EFORMAT || status == PS_EINPUT);
      if (status == PS_OK) continue;
      refused++;
      assert_int_equal(err.code, status);
      assert_true(strlen(err.msg) > 10);
    }
  }
  assert_true(refused > 4000);
}

static void entries_may_not_overwrite_each_other(void **state) {
  (void)state;
  static const struct { const char *one, *two; bool is_good; } row[] = {
      {"iliopsoas\",\"side\":\"left", "iliopsoas\",\"side\":\"right", true},
      {"iliopsoas\",\"side\":\"left", "iliopsoas\",\"side\":\"left", false},
      {"iliopsoas\",\"side\":\"both", "iliopsoas\",\"side\":\"left", false},
      {"iliopsoas\",\"side\":\"left", "psoas_major\",\"side\":\"left", false},
      {"iliacus\",\"side\":\"both", "iliopsoas\",\"side\":\"right", false},
      {"iliacus\",\"side\":\"left", "psoas_major\",\"side\":\"left", true},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    char text[512];
    files_person p;
    ps_error err = {0};
    snprintf(text, sizeof text, "{" BODY ",\"tightness\":[{\"muscle\":\"%s\",\"tone\":0.01},{\"muscle\":\"%s\",\"tone\":0.02}]}",
             row[i].one, row[i].two);
    const ps_status status = read(text, &p, &err);
    if (status != (row[i].is_good ? PS_OK : PS_EINPUT)) fail_msg("%s: %d %s", text, status, err.msg);
    if (!row[i].is_good) assert_non_null(strstr(err.msg, "tightness[2].muscle is"));
  }
  files_person p;
  ps_error err = {0};
  assert_int_equal(read("{" BODY ",\"tightness\":[{\"muscle\":\"iliopsoas\",\"side\":\"left\"}]}", &p, &err), PS_EFORMAT);
  assert_non_null(strstr(err.msg, "says nothing"));
}

static void too_many_entries(void **state) {
  (void)state;
  char text[8192] = "{" BODY ",\"tightness\":[";
  for (int i = 0; i <= PS_TIGHTNESS_MAX; i++)
    sprintf(text + strlen(text), "%s{\"muscle\":\"m%d\",\"side\":\"left\",\"tone\":0.01}", i ? "," : "", i);
  strcat(text, "]}");
  files_person p;
  ps_error err = {0};
  assert_int_equal(read(text, &p, &err), PS_EINPUT);
  assert_non_null(strstr(err.msg, "tightness has"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_field_arrives_in_SI),
      cmocka_unit_test(what_is_not_there_is_not_there),
      cmocka_unit_test(other_definitions_of_lordosis_do_not_enter_the_model),
      cmocka_unit_test(the_digest_is_that_of_the_bytes),
      cmocka_unit_test(a_failure_changes_nothing),
      cmocka_unit_test(one_wrong_byte_anywhere),
      cmocka_unit_test(entries_may_not_overwrite_each_other),
      cmocka_unit_test(too_many_entries),
  };
  return cmocka_run_group_tests_name("files_person", tests, NULL, NULL);
}
