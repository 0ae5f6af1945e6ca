/* Claims, measures, norms and the rows of compare: the packed ones load whole; each broken row is refused with its place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/files/files_clinical.h"
#include "support/check.h"

typedef struct table { const char *path, *text; } table;  // one table in place of the packed one

static ps_status read_one(const void *ctx, const char *path, files_bytes *out, ps_error *err) {
  const table *t = ctx;
  const files_table_source packed = files_source_packed();
  if (strcmp(path, t->path) != 0) return packed.read(packed.ctx, path, out, err);
  *out = (files_bytes){t->text, strlen(t->text), NULL};
  return PS_OK;
}

static int field_of(const files_clinical *c, const char *name) {
  const int i = clinic_field_find(&files_clinical_evidence(c)->fields, name);
  if (i < 0) fail_msg("no field %s", name);
  return i;
}

static void packed_tables_load(void **state) {
  (void)state;
  files_clinical *c = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &c, NULL));
  const files_clinical_texts *t = files_clinical_texts_of(c);
  assert_int_equal(t->nclaim, 48);
  assert_int_equal(t->nmeasure, 21);
  assert_int_equal(t->nnorm, 21);

  // the numbers that acceptance rests on
  const clinic_change_rules *r = files_clinical_change(c);
  const int thomas = clinic_change_find(r, field_of(c, "person.thomas_hip_angle"), 0);
  assert_true(thomas >= 0);
  assert_close(r->rule[thomas].sem, 2.5, 0.0, 0.0);
  assert_close(r->rule[thomas].mdc95, 7.0, 0.0, 0.0);
  assert_int_equal(r->rule[thomas].needs, field_of(c, "person.thomas_pelvis_controlled"));
  const int rmdq = clinic_change_find(r, field_of(c, "outcomes.rmdq"), -1);
  assert_close(r->rule[rmdq].mic, 5.0, 0.0, 0.0);
  assert_close(r->rule[rmdq].mic_fraction, 0.3, 0.0, 0.0);
  const int strength = clinic_change_find(r, field_of(c, "muscle_tests.hip_flexion_strength"), 1);
  assert_true(r->rule[strength].is_relative && r->rule[strength].is_same_method);

  // lordosis: phone and skin have their own error, radiographs none
  const int lordosis = field_of(c, "person.lordosis");
  const double sem[] = {0.0, 0.0, 0.0, 2.58, 2.13};
  for (int method = 0; method < 5; method++)
    assert_close(r->rule[clinic_change_find(r, lordosis, method)].sem, sem[method], 0.0, 0.0);
  files_clinical_free(c);
}

#define CLAIM "claim,section,words,verdict,evidence,software,confidence,grade,about,source\n"
#define MEASURE "measure,words,how,unit,typical,group,sem,mdc95,reliability,about,verification,source,note\n"
#define NORM "norm,measure,method,sex,age_lo,age_hi,mean,sd,unit,n,about,verification,source,note\n"
#define CHANGE "field,method,same_method,needs,parts,better,sem,mdc95,mic,mic_fraction,relative,words,source,note\n"

static void broken_rows_are_refused_with_their_place(void **state) {
  (void)state;
  static const char claims[] = "clinical/claims.csv", measures[] = "clinical/measures.csv", norms[] = "clinical/norms.csv",
                    change[] = "clinical/change.csv";
  static const struct { table table; size_t line; const char *word; } row[] = {
      {{claims, CLAIM "A1,s,w,v,e,p,high,,x,\n"}, 2, "source"},
      {{claims, CLAIM "A1,s,w,v,e,p,high,,x,NOBODY\n"}, 2, "not a key"},
      {{claims, CLAIM "A1,s,w,v,e,p,high,E,x,HERR11\n"}, 2, "grade is \"E\": allowed is A, B, C, D, X"},
      {{claims, CLAIM "A1,s,w,v,,p,high,,x,HERR11\n"}, 2, "evidence"},
      {{claims, CLAIM "A1,s,w,v,e,p,high,,x,HERR11\nA1,s,w,v,e,p,high,,x,HERR11\n"}, 3, "twice"},
      {{measures, MEASURE "ME01,w,h,deg,,,,,,,V,NOBODY,\n"}, 2, "not a key"},
      {{measures, MEASURE "ME01,w,,deg,,,,,,,V,HERR11,\n"}, 2, "how"},
      {{measures, MEASURE "ME01,w,h,deg,,,,,,,,HERR11,\n"}, 2, "verification"},
      {{measures, MEASURE "ME01,w,h,deg,,,,,,,V,HERR11,\nME01,w,h,deg,,,,,,,V,HERR11,\n"}, 3, "twice"},
      {{norms, NORM "NO01,m,x,F,18,35,6,4,deg,,,V,HERR11,\n"}, 2, "sex"},
      {{norms, NORM "NO01,m,x,female,18,35,6,-4,deg,,,V,HERR11,\n"}, 2, "sd"},
      {{norms, NORM "NO01,m,x,female,36,35,6,4,deg,,,V,HERR11,\n"}, 2, "age_hi"},
      {{norms, NORM "NO01,m,x,female,18,35,many,4,deg,,,V,HERR11,\n"}, 2, "mean"},
      {{norms, NORM "NO01,m,x,female,18,35,6,4,deg,2.5e9,,V,HERR11,\n"}, 2, "n is"},
      {{norms, NORM "NO01,m,x,female,18,35,6,4,deg,,,V,,\n"}, 2, "source"},
      {{change, CHANGE "person.lordosys,,1,,,neither,2,,,,0,w,HERR11,\n"}, 2, "not a field"},
      {{change, CHANGE "person.lordosis,skin,1,,,neither,2,,,,0,w,HERR11,\n"}, 2, "method"},
      {{change, CHANGE "pain.now_0_10,goniometer,1,,,lower,2,,,,0,w,HERR11,\n"}, 2, "without methods"},
      {{change, CHANGE "person.lordosis,,2,,,neither,2,,,,0,w,HERR11,\n"}, 2, "same_method"},
      {{change, CHANGE "person.lordosis,,1,person.lordosis,,neither,2,,,,0,w,HERR11,\n"}, 2, "not an answer"},
      {{change, CHANGE "person.lordosis,,1,,person.hip_extension,neither,2,,,,0,w,HERR11,\n"}, 2, "a row of its own"},
      {{change, CHANGE "person.lordosis,,1,,,up,2,,,,0,w,HERR11,\n"}, 2, "better"},
      {{change, CHANGE "person.lordosis,,1,,,neither,0,,,,0,w,HERR11,\n"}, 2, "sem"},
      {{change, CHANGE "person.lordosis,,1,,,neither,,-7,,,0,w,HERR11,\n"}, 2, "mdc95"},
      {{change, CHANGE "person.lordosis,,1,,,neither,,,x,,0,w,HERR11,\n"}, 2, "mic"},
      {{change, CHANGE "person.lordosis,,1,,,neither,,,,1.5,0,w,HERR11,\n"}, 2, "mic_fraction"},
      {{change, CHANGE "person.lordosis,,1,,,neither,,,,,1,w,HERR11,\n"}, 2, "a share of nothing"},
      {{change, CHANGE "person.lordosis,,1,,,neither,2,,,,0,,HERR11,\n"}, 2, "words"},
      {{change, CHANGE "person.lordosis,,1,,,neither,2,,,,0,w,,\n"}, 2, "source"},
      {{change, CHANGE "person.lordosis,,1,,,neither,2,,,,0,w,HERR11,\nperson.lordosis,,1,,,neither,2,,,,0,w,HERR11,\n"}, 3, "twice"},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    files_clinical *c = NULL;
    ps_error err = {PS_OK, 0, "", ""};
    const ps_status status = files_clinical_load((files_table_source){read_one, &row[i].table}, &c, &err);
    if (status != PS_EFORMAT && status != PS_EINPUT) fail_msg("row %zu: %s", i, ps_status_text(status));
    assert_null(c);
    assert_string_equal(err.where, row[i].table.path);
    assert_int_equal(err.pos, row[i].line);
    if (!strstr(err.msg, row[i].word)) fail_msg("row %zu: \"%s\" lacks \"%s\"", i, err.msg, row[i].word);
  }
}

// a number without a source is not in the product, and what is assumed says why
static void every_number_has_its_reason(void **state) {
  (void)state;
  files_clinical *c = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &c, NULL));
  const clinic_change_rules *r = files_clinical_change(c);
  for (int i = 0; i < r->n; i++) {
    const clinic_change_rule *x = &r->rule[i];
    const bool has_number = x->sem > 0.0 || x->mdc95 > 0.0 || x->mic > 0.0 || x->mic_fraction > 0.0;
    const bool is_weighed = files_clinical_lists(x->source, ';', "ELICITED");
    if (has_number && is_weighed && !strstr(x->note, "because") && !strstr(x->note, "weighed here") && !strstr(x->note, "measure ME"))
      fail_msg("%s: %s", x->words, x->note);
    if (!has_number && !x->note[0]) fail_msg("%s: nothing, and no word about it", x->words);
  }
  files_clinical_free(c);
}

static void rows_and_lists(void **state) {
  (void)state;
  assert_true(files_clinical_lists("HERR11;DPI16", ';', "DPI16"));
  assert_false(files_clinical_lists("HERR11;DPI16", ';', "DPI1"));
  assert_false(files_clinical_lists("", ';', "DPI16"));
  files_clinical *c = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &c, NULL));
  assert_null(files_clinical_source_at(c, -1));
  assert_non_null(files_clinical_source_at(c, 0));
  assert_null(files_clinical_source_at(c, 10000));
  files_clinical_free(c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(packed_tables_load),
      cmocka_unit_test(broken_rows_are_refused_with_their_place),
      cmocka_unit_test(every_number_has_its_reason),
      cmocka_unit_test(rows_and_lists),
  };
  return cmocka_run_group_tests_name("files_clinical_texts", tests, NULL, NULL);
}
