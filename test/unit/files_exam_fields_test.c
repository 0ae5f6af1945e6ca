/* The sections of an exam: each kind of field read, refused at both ends and by word; sides, dates, the pain map; the person's
 * own measurements among them. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/files/files_exam.h"
#include "support/check.h"

#define BODY "\"sex\":\"male\",\"age_years\":44.5,\"height_m\":1.74,\"mass_kg\":70"

static files_clinical *clinical;
static files_exam exam;

static int load_tables(void **state) {
  (void)state;
  return files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

static ps_status parse(const char *sections, ps_error *err) {
  char text[4096];
  snprintf(text, sizeof text, "{" BODY ",%s}", sections);
  *err = (ps_error){PS_OK, 0, "", ""};
  return files_exam_parse("e.json", text, strlen(text), &(files_exam_tables){clinical, NULL}, &exam, err);
}

static void read(const char *sections) {
  ps_error err;
  if (parse(sections, &err) != PS_OK) fail_msg("%s: %s", sections, err.msg);
}

static const clinic_value *value(const char *name, int side) {
  const int field = clinic_field_find(exam.exam.fields, name);
  assert_true(field >= 0);
  return &exam.exam.value[field][side];
}

// word that a choice or a measure's method stands for
static const char *word(const char *name, int side) {
  return exam.exam.fields->field[clinic_field_find(exam.exam.fields, name)].choice[value(name, side)->choice];
}

// recorded fields; what follows from them is tested elsewhere
static int count(void) {
  int n = 0;
  for (int i = 0; i < exam.exam.fields->nfield; i++)
    n += !exam.exam.fields->field[i].is_derived && clinic_exam_has(&exam.exam, i);
  return n;
}

static void a_person_file_has_only_its_person(void **state) {
  (void)state;
  read("\"note\":\"x\"");
  assert_int_equal(count(), 2);  // sex, age
  assert_string_equal(word("person.sex", 0), "male");
  assert_close(value("person.age_years", 0)->number, 44.5, 0.0, 0.0);
  assert_false(exam.exam.has_pain_map);
  assert_int_equal(exam.exam.npain, 0);
  files_exam_close(&exam);
}

static void each_kind_arrives(void **state) {
  (void)state;
  read("\"exam_version\":1,\"exam_date\":\"2024-02-29\","
       "\"pain\":{\"//onset\":\"asked twice\",\"onset\":\"injury\",\"onset_age_years\":38.5,\"now_0_10\":3.0,\"leg_worse_than_back\":\"not_sure\"},"
       "\"causes\":{\"sports\":[\"cycling\",\"running\"],\"injuries\":[\"none\"]},"
       "\"movement_tests\":{\"hip_internal_rotation_left\":{\"deg\":[31,33.5],\"method\":\"inclinometer\",\"device\":\"round one\",\"//\":\"x\"},"
       "\"slr_leg_pain_right\":\"yes\",\"slr_leg_pain_left\":\"not_asked\",\"trunk_extension\":{\"deg\":20,\"method\":\"phone\"}},"
       "\"role\":{\"qualification\":\"Heilpraktikerin, 12 Jahre\"},\"outcomes\":{\"groc\":-2}");
  assert_int_equal(count(), 2 + 2 + 4 + 2 + 3 + 1 + 1);
  assert_string_equal(value("exam.exam_date", 0)->text, "2024-02-29");
  assert_string_equal(word("pain.onset", 0), "injury");
  assert_close(value("pain.onset_age_years", 0)->number, 38.5, 0.0, 0.0);
  assert_close(value("pain.now_0_10", 0)->number, 3.0, 0.0, 0.0);
  assert_int_equal(value("pain.leg_worse_than_back", 0)->choice, CLINIC_NOT_SURE);
  assert_int_equal(value("causes.sports", 0)->choice, 1 << 1 | 1 << 2);
  assert_int_equal(value("causes.injuries", 0)->choice, 1);
  const clinic_value *v = value("movement_tests.hip_internal_rotation", CLINIC_LEFT);
  assert_true(v->has && !value("movement_tests.hip_internal_rotation", CLINIC_RIGHT)->has);
  assert_close(v->number, 32.25, 0.0, 0.0);
  assert_int_equal(v->nrepeat, 2);
  assert_close(v->repeat[1], 33.5, 0.0, 0.0);
  assert_string_equal(v->text, "round one");
  assert_string_equal(word("movement_tests.hip_internal_rotation", CLINIC_LEFT), "inclinometer");
  assert_int_equal(value("movement_tests.slr_leg_pain", CLINIC_RIGHT)->choice, CLINIC_YES);
  assert_false(value("movement_tests.slr_leg_pain", CLINIC_LEFT)->has);
  assert_string_equal(value("movement_tests.trunk_extension", 0)->text, "");
  assert_string_equal(value("role.qualification", 0)->text, "Heilpraktikerin, 12 Jahre");
  assert_close(value("outcomes.groc", 0)->number, -2.0, 0.0, 0.0);
  assert_false(exam.person.has_exam_sections);
  files_exam_close(&exam);
}

static void the_person_is_part_of_the_exam(void **state) {
  (void)state;
  read("\"thomas_left\":{\"knee_above_hip_m\":[-0.07,-0.05],\"thigh_length_m\":0.42,\"knee_flexion_deg\":58,\"pelvis_controlled\":false},"
       "\"thomas_right\":{\"hip_angle_deg\":4.5,\"knee_flexion_deg\":61,\"pelvis_controlled\":true,\"method\":\"goniometer\"},"
       "\"hip_extension_left\":{\"deg\":8.5,\"method\":\"prone_inclinometer\"},\"asis_psis_tilt\":{\"deg\":9,\"method\":\"photo\"},"
       "\"lordosis\":{\"deg\":33,\"method\":\"skin_T12_S1\"}");
  assert_int_equal(count(), 2 + 3 + 1 + 2);
  const clinic_value *v = value("person.thomas_hip_angle", CLINIC_LEFT);
  assert_close(v->number, -8.2156047, 1e-7, 0.0);  // mean of asin of both
  assert_int_equal(v->nrepeat, 2);
  assert_string_equal(word("person.thomas_hip_angle", CLINIC_LEFT), "height_length");
  assert_string_equal(word("person.thomas_hip_angle", CLINIC_RIGHT), "goniometer");
  assert_int_equal(value("person.thomas_pelvis_controlled", CLINIC_LEFT)->choice, CLINIC_NO);
  assert_int_equal(value("person.thomas_pelvis_controlled", CLINIC_RIGHT)->choice, CLINIC_YES);
  assert_close(value("person.thomas_knee_flexion", CLINIC_RIGHT)->number, 61.0, 0.0, 0.0);
  assert_string_equal(word("person.hip_extension", CLINIC_LEFT), "prone_inclinometer");
  assert_false(value("person.hip_extension", CLINIC_RIGHT)->has);
  assert_string_equal(word("person.asis_psis_tilt", 0), "photo");
  assert_string_equal(word("person.lordosis", 0), "skin_T12_S1");
  files_exam_close(&exam);
}

typedef struct refusal { const char *sections; ps_status status; const char *message; } refusal;

static void refuse(const refusal *row, size_t n) {
  for (size_t i = 0; i < n; i++) {
    ps_error err;
    memset(&exam, 0x5A, sizeof exam);
    const ps_status status = parse(row[i].sections, &err);
    if (status == PS_OK) fail_msg("accepted: %s", row[i].sections);
    if (!strstr(err.msg, row[i].message)) fail_msg("%s: \"%s\" lacks \"%s\"", row[i].sections, err.msg, row[i].message);
    assert_int_equal(status, row[i].status);
    assert_int_equal(err.code, status);
    assert_string_equal(err.where, "e.json");
    assert_int_equal(((const unsigned char *)&exam)[sizeof exam/2], 0x5A);  // untouched
  }
}

static void what_is_wrong_is_refused(void **state) {
  (void)state;
  static const refusal row[] = {
      // answers
      {"\"signs\":{\"groin_tightness\":\"maybe\"}", PS_EINPUT, "signs.groin_tightness is \"maybe\", allowed is not_asked, no, not_sure, yes"},
      {"\"signs\":{\"groin_tightness\":true}", PS_EFORMAT, "signs.groin_tightness is true"},
      {"\"signs\":{\"groin_tightness\":null}", PS_EFORMAT, "signs.groin_tightness is null"},
      // a word
      {"\"pain\":{\"onset\":\"gradul\"}", PS_EINPUT, "pain.onset is \"gradul\", allowed is sudden, gradual, injury, unknown; did you mean \"gradual\"?"},
      {"\"pain\":{\"onset\":[\"gradual\"]}", PS_EFORMAT, "pain.onset is a list"},
      // words
      {"\"causes\":{\"sports\":\"running\"}", PS_EFORMAT, "causes.sports is \"running\": a list in brackets is needed"},
      {"\"causes\":{\"sports\":[]}", PS_EINPUT, "causes.sports is an empty list: write [\"none\"], or leave it out"},
      {"\"causes\":{\"sports\":[\"none\",\"running\"]}", PS_EINPUT, "causes.sports has \"none\" and something else"},
      {"\"causes\":{\"sports\":[\"running\",\"running\"]}", PS_EINPUT, "causes.sports has \"running\" twice"},
      {"\"causes\":{\"sports\":[\"running\",\"swiming\"]}", PS_EINPUT, "causes.sports[2] is \"swiming\""},
      {"\"causes\":{\"sports\":[\"swiming\"]}", PS_EINPUT, "did you mean \"swimming\"?"},
      {"\"causes\":{\"sports\":[3]}", PS_EFORMAT, "causes.sports[1] is 3"},
      // numbers
      {"\"causes\":{\"sitting_h_per_day\":-0.1}", PS_EINPUT, "causes.sitting_h_per_day is -0.1, allowed is 0 to 24 h"},
      {"\"causes\":{\"sitting_h_per_day\":24.1}", PS_EINPUT, "causes.sitting_h_per_day is 24.1, allowed is 0 to 24 h"},
      {"\"causes\":{\"sitting_h_per_day\":\"8\"}", PS_EFORMAT, "causes.sitting_h_per_day is \"8\": a number from 0 to 24 h is needed"},
      {"\"outcomes\":{\"groc\":-6}", PS_EINPUT, "outcomes.groc is -6, allowed is -5 to 5"},
      {"\"outcomes\":{\"groc\":6}", PS_EINPUT, "outcomes.groc is 6, allowed is -5 to 5"},
      {"\"outcomes\":{\"groc\":1.5}", PS_EINPUT, "outcomes.groc is 1.5: a whole number is needed"},
      // measures
      {"\"movement_tests\":{\"slr_left\":40}", PS_EFORMAT, "movement_tests.slr_left is 40: an object in braces is needed"},
      {"\"movement_tests\":{\"slr_left\":{\"deg\":40}}", PS_EFORMAT, "movement_tests.slr_left.method is missing: one of goniometer, inclinometer, phone is required"},
      {"\"movement_tests\":{\"slr_left\":{\"method\":\"phone\"}}", PS_EFORMAT, "movement_tests.slr_left.deg is missing: a number from 0 to 120 deg is required"},
      {"\"movement_tests\":{\"slr_left\":{\"deg\":40,\"method\":\"photo\"}}", PS_EINPUT, "movement_tests.slr_left.method is \"photo\""},
      {"\"movement_tests\":{\"slr_left\":{\"deg\":-1,\"method\":\"phone\"}}", PS_EINPUT, "movement_tests.slr_left.deg is -1, allowed is 0 to 120 deg"},
      {"\"movement_tests\":{\"slr_left\":{\"deg\":[40,121],\"method\":\"phone\"}}", PS_EINPUT, "movement_tests.slr_left.deg[2] is 121, allowed is 0 to 120 deg"},
      {"\"movement_tests\":{\"slr_left\":{\"deg\":[],\"method\":\"phone\"}}", PS_EINPUT, "is a list of 0 readings, allowed are 1 to 10"},
      {"\"movement_tests\":{\"slr_left\":{\"deg\":[1,2,3,4,5,6,7,8,9,10,11],\"method\":\"phone\"}}", PS_EINPUT, "is a list of 11 readings, allowed are 1 to 10"},
      {"\"movement_tests\":{\"slr_left\":{\"deg\":4,\"method\":\"phone\",\"device\":4}}", PS_EFORMAT, "movement_tests.slr_left.device is 4: a text is needed"},
      {"\"muscle_tests\":{\"hip_flexion_strength_left\":{\"deg\":40,\"method\":\"dynamometer_belt\"}}", PS_EFORMAT, "muscle_tests.hip_flexion_strength_left: \"deg\" is not a known key"},
      // keys
      {"\"movement_tests\":{\"slr\":{\"deg\":4,\"method\":\"phone\"}}", PS_EFORMAT, "movement_tests: \"slr\" is not a known key"},
      {"\"movement_tests\":{\"fadir_pain\":\"yes\"}", PS_EFORMAT, "\"fadir_pain\" is not a known key"},
      {"\"movement_tests\":{\"fadir_pain_lft\":\"yes\"}", PS_EFORMAT, "did you mean \"fadir_pain_left\"?"},
      {"\"movement_tests\":{\"sij_compression_left\":\"yes\"}", PS_EFORMAT, "\"sij_compression_left\" is not a known key"},
      {"\"pain\":{\"mapp\":[]}", PS_EFORMAT, "did you mean \"map\"?"},
      {"\"signs\":{\"map\":[]}", PS_EFORMAT, "\"map\" is not a known key"},
      {"\"signs\":[]", PS_EFORMAT, "signs is a list: an object in braces is needed"},
      {"\"sign\":{}", PS_EFORMAT, "\"sign\" is not a known key; did you mean \"signs\"?"},
      {"\"exam\":{}", PS_EFORMAT, "\"exam\" is not a known key"},
      {"\"derived\":{\"groin_pain\":\"yes\"}", PS_EFORMAT, "derived is computed from the other sections and never read"},
      {"\"signs\":{\"//x\":2}", PS_EFORMAT, "signs: \"//x\" is a comment"},
      {"\"exam_version\":2,\"future\":1", PS_EINPUT, "exam_version is 2: this program reads version 1"},
  };
  refuse(row, sizeof row/sizeof *row);
}

// the ends of every range of the table are accepted, what lies beyond is not
static void the_ends_of_the_ranges(void **state) {
  (void)state;
  const clinic_fields *t = &files_clinical_evidence(clinical)->fields;
  int n = 0;
  for (int i = 0; i < t->nfield; i++) {
    const clinic_field *f = &t->field[i];
    if (f->is_derived || strcmp(f->section, "person") == 0 || strcmp(f->section, "exam") == 0) continue;
    if (f->kind != CLINIC_NUMBER && f->kind != CLINIC_WHOLE && f->kind != CLINIC_MEASURE) continue;
    const double step = f->kind == CLINIC_WHOLE ? 1.0 : 0.001;
    const struct { double x; bool is_good; } row[] = {{f->lo, true}, {f->hi, true}, {f->lo - step, false}, {f->hi + step, false}};
    for (int k = 0; k < 4; k++) {
      char number[160], text[256];
      snprintf(number, sizeof number, "%.10g", row[k].x);
      if (f->kind == CLINIC_MEASURE) snprintf(number, sizeof number, "{\"%s\":%.10g,\"method\":\"%s\"}", f->unit, row[k].x, f->choice[0]);
      snprintf(text, sizeof text, "\"%s\":{\"%s%s\":%s}", f->section, f->key, f->is_sided ? "_left" : "", number);
      ps_error err;
      const ps_status status = parse(text, &err);
      if (status != (row[k].is_good ? PS_OK : PS_EINPUT)) fail_msg("%s: %s", text, err.msg);
      if (status == PS_OK) {
        assert_int_equal(count(), 3);
        files_exam_close(&exam);
      }
      n++;
    }
  }
  assert_in_range(n, 100, 400);
}

// every section of the table may stand in a file, every word of every list is one
static void every_section_and_word_of_the_table(void **state) {
  (void)state;
  const clinic_fields *t = &files_clinical_evidence(clinical)->fields;
  for (int i = 0; i < t->nfield; i++) {
    const clinic_field *f = &t->field[i];
    if (f->is_derived || strcmp(f->section, "person") == 0 || (f->kind != CLINIC_CHOICE && f->kind != CLINIC_CHOICES)) continue;
    for (int k = 0; k < f->nchoice; k++) {
      char text[256];
      const bool is_list = f->kind == CLINIC_CHOICES;
      snprintf(text, sizeof text, "\"%s\":{\"%s%s\":%s\"%s\"%s}", f->section, f->key, f->is_sided ? "_right" : "", is_list ? "[" : "",
               f->choice[k], is_list ? "]" : "");
      read(text);
      assert_int_equal(exam.exam.value[i][0].choice, is_list ? 1 << k : k);
      files_exam_close(&exam);
    }
  }
}

static void days_of_the_calendar(void **state) {
  (void)state;
  static const struct { const char *day; bool is_good; } row[] = {
      {"2024-02-29", true},  {"2022-02-29", false}, {"2000-02-29", true},  {"1900-02-29", false}, {"2100-02-28", true},
      {"2100-02-29", false}, {"1900-01-01", true},  {"1899-12-31", false}, {"2100-12-31", true},  {"2101-01-01", false},
      {"2026-04-30", true},  {"2026-04-31", false}, {"2026-13-01", false}, {"2026-00-10", false}, {"2026-01-00", false},
      {"2026-1-01", false},  {"26-01-01", false},   {"2026/01/01", false}, {"2026-01-0a", false}, {"2026-01-01 ", false},
      {"", false},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    char text[96];
    ps_error err;
    snprintf(text, sizeof text, "\"exam_date\":\"%s\"", row[i].day);
    const ps_status status = parse(text, &err);
    if (status != (row[i].is_good ? PS_OK : PS_EINPUT)) fail_msg("%s: %d %s", text, status, err.msg);
    if (status == PS_OK) files_exam_close(&exam);
    else assert_string_equal(err.msg, "exam_date is not a day from 1900-01-01 to 2100-12-31, written YYYY-MM-DD");
  }
}

static void texts_have_a_limit(void **state) {
  (void)state;
  for (int n = 500; n <= 501; n++) {
    char text[640];
    ps_error err;
    snprintf(text, sizeof text, "\"role\":{\"qualification\":\"%0*d\"}", n, 7);
    assert_int_equal(parse(text, &err), n == 500 ? PS_OK : PS_EINPUT);
    if (n == 500) files_exam_close(&exam);
    else assert_non_null(strstr(err.msg, "501 bytes long, allowed are 500"));
  }
}

static void the_pain_map(void **state) {
  (void)state;
  read("\"pain\":{\"map\":[{\"region\":\"groin\",\"side\":\"left\",\"intensity_0_10\":6.5,\"quality\":[\"burning\",\"ache\"]},"
       "{\"region\":\"low_back\",\"intensity_0_10\":10},{\"region\":\"groin\",\"side\":\"right\",\"intensity_0_10\":0,\"//\":\"x\"},"
       "{\"region\":\"knee\",\"side\":\"both\",\"intensity_0_10\":2}]}");
  const clinic_exam *e = &exam.exam;
  assert_true(e->has_pain_map);
  assert_int_equal(e->npain, 4);
  assert_int_equal(e->pain[0].region, clinic_region_find(e->fields, "groin"));
  assert_true(e->pain[0].is_side[CLINIC_LEFT] && !e->pain[0].is_side[CLINIC_RIGHT]);
  assert_close(e->pain[0].intensity, 6.5, 0.0, 0.0);
  assert_int_equal(e->pain[0].quality, 1 | 1 << 2);
  assert_true(e->pain[1].is_side[0] && e->pain[1].is_side[1]);
  assert_true(e->pain[2].is_side[CLINIC_RIGHT] && !e->pain[2].is_side[CLINIC_LEFT]);
  assert_true(e->pain[3].is_side[0] && e->pain[3].is_side[1]);
  files_exam_close(&exam);
  read("\"pain\":{\"map\":[]}");  // drawn, and nothing hurts
  assert_true(exam.exam.has_pain_map);
  assert_int_equal(exam.exam.npain, 0);
  files_exam_close(&exam);
}

#define GROIN "{\"region\":\"groin\",\"side\":\"left\",\"intensity_0_10\":3}"

static void wrong_pain_maps_are_refused(void **state) {
  (void)state;
  static const refusal row[] = {
      {"\"pain\":{\"map\":{}}", PS_EFORMAT, "pain.map is an object: a list in brackets is needed"},
      {"\"pain\":{\"map\":[3]}", PS_EFORMAT, "pain.map[1] is 3: an object in braces is needed"},
      {"\"pain\":{\"map\":[{\"side\":\"left\",\"intensity_0_10\":3}]}", PS_EFORMAT, "pain.map[1].region is missing"},
      {"\"pain\":{\"map\":[{\"region\":\"grion\",\"side\":\"left\",\"intensity_0_10\":3}]}", PS_EINPUT, "pain.map[1].region is \"grion\": the body chart has no region of this name; did you mean \"groin\"?"},
      {"\"pain\":{\"map\":[{\"region\":\"groin\",\"intensity_0_10\":3}]}", PS_EFORMAT, "pain.map[1].side is missing: one of left, right, both is required"},
      {"\"pain\":{\"map\":[{\"region\":\"groin\",\"side\":\"middle\",\"intensity_0_10\":3}]}", PS_EINPUT, "pain.map[1].side is \"middle\""},
      {"\"pain\":{\"map\":[{\"region\":\"low_back\",\"side\":\"left\",\"intensity_0_10\":3}]}", PS_EFORMAT, "pain.map[1].side is not for \"low_back\", which lies across the midline"},
      {"\"pain\":{\"map\":[{\"region\":\"low_back\"}]}", PS_EFORMAT, "pain.map[1].intensity_0_10 is missing"},
      {"\"pain\":{\"map\":[{\"region\":\"low_back\",\"intensity_0_10\":-0.1}]}", PS_EINPUT, "pain.map[1].intensity_0_10 is -0.1, allowed is 0 to 10"},
      {"\"pain\":{\"map\":[{\"region\":\"low_back\",\"intensity_0_10\":10.1}]}", PS_EINPUT, "pain.map[1].intensity_0_10 is 10.1, allowed is 0 to 10"},
      {"\"pain\":{\"map\":[{\"region\":\"low_back\",\"intensity_0_10\":1,\"quality\":[\"dull\"]}]}", PS_EINPUT, "pain.map[1].quality[1] is \"dull\", allowed is ache, sharp, burning, pins_and_needles, numb"},
      {"\"pain\":{\"map\":[{\"region\":\"low_back\",\"intensity_0_10\":1,\"quality\":\"ache\"}]}", PS_EFORMAT, "pain.map[1].quality is \"ache\": a list in brackets is needed"},
      {"\"pain\":{\"map\":[{\"region\":\"low_back\",\"intensity\":1}]}", PS_EFORMAT, "pain.map[1]: \"intensity\" is not a known key"},
      {"\"pain\":{\"map\":[" GROIN "," GROIN "]}", PS_EINPUT, "pain.map[2].region is \"groin\": entry 1 already has it on this side"},
      {"\"pain\":{\"map\":[{\"region\":\"groin\",\"side\":\"both\",\"intensity_0_10\":3}," GROIN "]}", PS_EINPUT, "entry 1 already has it"},
      {"\"pain\":{\"map\":[{\"region\":\"knee\",\"side\":\"right\",\"intensity_0_10\":3},{\"region\":\"knee\",\"side\":\"both\",\"intensity_0_10\":3}]}", PS_EINPUT, "entry 1 already has it"},
      {"\"pain\":{\"map\":[{\"region\":\"sacrum\",\"intensity_0_10\":3},{\"region\":\"sacrum\",\"intensity_0_10\":4}]}", PS_EINPUT, "entry 1 already has it"},
      {"\"pain\":{\"map\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}", PS_EINPUT, "pain.map has 41 regions, allowed are 40"},
  };
  refuse(row, sizeof row/sizeof *row);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_person_file_has_only_its_person),
      cmocka_unit_test(each_kind_arrives),
      cmocka_unit_test(the_person_is_part_of_the_exam),
      cmocka_unit_test(what_is_wrong_is_refused),
      cmocka_unit_test(the_ends_of_the_ranges),
      cmocka_unit_test(every_section_and_word_of_the_table),
      cmocka_unit_test(days_of_the_calendar),
      cmocka_unit_test(texts_have_a_limit),
      cmocka_unit_test(the_pain_map),
      cmocka_unit_test(wrong_pain_maps_are_refused),
  };
  return cmocka_run_group_tests_name("files_exam_fields", tests, load_tables, free_tables);
}
