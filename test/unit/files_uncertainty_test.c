// SPDX-License-Identifier: Apache-2.0
#include "app/files/files_uncertainty.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"

static void the_shipped_table_is_complete(void **state) {
  (void)state;
  files_uncertainty u;
  ps_error err = {0};
  if (files_uncertainty_load(files_source_packed(), &u, &err) != PS_OK) fail_msg("%s:%zu: %s", err.where, err.pos, err.msg);
  assert_int_equal(u.rows.row[PS_ASSUME_TRUNK_TENSION].distribution, PS_DIST_LOGNORMAL);
  assert_close(u.rows.row[PS_ASSUME_TRUNK_TENSION].centre, 80.0, 0.0, 0.0);
  assert_close(u.rows.row[PS_ASSUME_INCIDENCE].spread, 10.0, 0.0, 0.0);
  assert_int_equal(u.rows.row[PS_ASSUME_TRUNK_START].distribution, PS_DIST_UNIFORM);
  assert_int_equal(u.rows.row[PS_ASSUME_AREA_SET].distribution, PS_DIST_CHOICE);
  assert_string_equal(u.what[PS_ASSUME_INCIDENCE], "pelvic incidence when it was not measured");
  for (int i = 0; i < PS_NASSUMPTION; i++) assert_true(strlen(u.what[i]) > 3);
}

typedef struct edit {
  const char *row;     // the row that begins like this
  const char *text;    // is replaced by this
  ps_status status;
  const char *says;
} edit;

static ps_status read_edited(const void *ctx, const char *path, files_bytes *out, ps_error *err) {
  const edit *e = ctx;
  const files_table_source packed = files_source_packed();
  PS_TRY(packed.read(packed.ctx, path, out, err));
  const size_t size = out->size + strlen(e->text) + 1;
  char *whole = calloc(1, size), *text = calloc(1, size);
  memcpy(whole, out->data, out->size);
  char *start = strstr(whole, e->row);
  assert_non_null(start);
  char *end = start + strcspn(start, "\n");
  *start = '\0';
  const int n = snprintf(text, size, "%s%s%s", whole, e->text, *end ? end + (e->text[0] == '\0') : end);
  free(whole);
  files_bytes_free(out);
  *out = (files_bytes){.data = text, .size = (size_t)n, .owned = text};
  return PS_OK;
}

static void each_fault_is_named_with_its_value(void **state) {
  (void)state;
  static const edit edits[] = {
      {"psoas_area,", "psoas_aera,a,lognormal,1,1.2,x,s,", PS_EINPUT, "assumption is \"psoas_aera\": allowed is trunk_tension"},
      {"psoas_area,", "iliacus_area,a,lognormal,1,1.2,x,s,", PS_EFORMAT, "assumption is \"iliacus_area\": this assumption stands there twice"},
      {"psoas_area,", "", PS_EFORMAT, "assumption psoas_area is missing"},
      {"psoas_area,", "psoas_area,a,lognormal,1,1.2,cm2,s,", PS_EFORMAT, "unit is \"cm2\": this assumption has another unit"},
      {"psoas_area,", "psoas_area,a,lognormal,1,0.9,x,s,", PS_EINPUT, "spread is \"0.9\": allowed is 1 to 10 (a factor)"},
      {"psoas_area,", "psoas_area,a,lognormal,0,1.2,x,s,", PS_EINPUT, "centre is \"0\""},
      {"psoas_area,", "psoas_area,a,lognormal,2,1.2,x,s,", PS_EINPUT, "centre is \"2\": the centre of a factor is 1"},
      {"psoas_area,", "psoas_area,a,gamma,1,1.2,x,s,", PS_EINPUT, "distribution is \"gamma\": allowed is normal, lognormal, uniform, choice"},
      {"psoas_area,", "psoas_area,a,choice,0,0.5,x,s,", PS_EINPUT, "psoas_area_set is a choice, and nothing else is"},
      {"psoas_area,", "psoas_area,a,lognormal,1,1.2,x,,", PS_EFORMAT, "source is \"\": a source key is needed"},
      {"psoas_area,", "psoas_area,,lognormal,1,1.2,x,s,", PS_EFORMAT, "what is \"\": 1 to 95 letters"},
      {"psoas_area_set,", "psoas_area_set,a,choice,0,0.6,set,s,", PS_EINPUT, "spread is \"0.6\": allowed is 0 to 0.5 (a probability)"},
      {"psoas_area_set,", "psoas_area_set,a,normal,0,0.5,set,s,", PS_EINPUT, "psoas_area_set is a choice"},
      {"pelvic_incidence,", "pelvic_incidence,a,normal,53,-10,deg,s,", PS_EINPUT, "spread is \"-10\""},
      {"pelvic_incidence,", "pelvic_incidence,a,normal,5e,10,deg,s,", PS_EFORMAT, "centre is \"5e\": a number"},
      {"assumption,what", "assumption,which", PS_EFORMAT, "column 2"},
  };
  for (size_t i = 0; i < sizeof edits/sizeof *edits; i++) {
    files_uncertainty u;
    ps_error err = {0};
    const files_table_source source = {.read = read_edited, .ctx = &edits[i]};
    const ps_status status = files_uncertainty_load(source, &u, &err);
    if (status != edits[i].status || !strstr(err.msg, edits[i].says))
      fail_msg("\"%s\" gives %s, \"%s\"", edits[i].text, ps_status_text(status), err.msg);
    assert_string_equal(err.where, "anatomy/uncertainty.csv");
    assert_true(err.pos > 1 || edits[i].text[0] == '\0');
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_shipped_table_is_complete),
      cmocka_unit_test(each_fault_is_named_with_its_value),
  };
  return cmocka_run_group_tests_name("files_uncertainty", tests, NULL, NULL);
}
