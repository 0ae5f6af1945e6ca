// SPDX-License-Identifier: Apache-2.0
#include "app/files/files_anatomy.h"

#include <stdlib.h>
#include <string.h>

#include "app/files/files_text.h"
#include "support/check.h"

#define FOLDER "test/fixture"
#define PI 3.14159265358979323846

static void tables_become_structs_in_SI(void **state) {
  (void)state;
  files_anatomy *a = NULL;
  ps_error err = {0};
  const ps_status status = files_anatomy_load(files_source_folder(FOLDER), &a, &err);
  if (status != PS_OK) fail_msg("%s:%zu: %s", err.where, err.pos, err.msg);
  const ps_anatomy *v = files_anatomy_view(a);
  const int want[] = {3, 6, 1, 4, 8, 1, 1, 2, 1, 2};
  const int got[] = {v->nbody, v->ncoord, v->nstiffness, v->nmuscle, v->npoint, v->nwrap, v->ncontact, v->nlandmark, v->ndisc, v->nparam};
  assert_memory_equal(got, want, sizeof want);

  assert_string_equal(v->body[1].name, "L5");
  assert_string_equal(v->body[1].parent, "pelvis");
  assert_int_equal(v->body[1].joint, PS_JOINT_BALL);
  assert_close(v->body[1].origin_m[1], 0.0413, 0.0, 0.0);
  assert_close(v->body[0].mass_fraction[1], 0.1247, 0.0, 0.0);
  assert_close(v->body[2].com_m[1], -0.17, 0.0, 0.0);

  // metres stay metres, degrees become radians
  assert_close(v->coord[0].max_rad, 5.5, 0.0, 0.0);
  assert_close(v->coord[3].max_rad, PI/2.0, 1e-15, 0.0);
  assert_close(v->coord[5].min_rad, -PI/6.0, 1e-15, 0.0);
  assert_true(v->coord[3].is_balanced);
  assert_false(v->coord[5].is_balanced);
  assert_close(v->stiffness[0].cubic_Nm, 1200.0, 0.0, 0.0);

  assert_int_equal(v->muscle[1].area_set, 'B');
  assert_int_equal(v->muscle[2].area_set, 0);
  assert_close(v->muscle[0].area_m2, 1.91e-4, 1e-15, 0.0);
  assert_true(v->muscle[0].is_trunk);
  assert_false(v->muscle[2].is_trunk);
  assert_false(v->muscle[3].is_trunk);
  assert_close(v->muscle[0].strain_zero, -0.076, 0.0, 0.0);

  assert_int_equal(v->point[1].kind, PS_POINT_WRAP);
  assert_string_equal(v->point[1].wrap, "brim_right");
  assert_int_equal(v->point[7].kind, PS_POINT_BLEND);
  assert_close(v->point[7].weight2, 0.3, 0.0, 0.0);
  assert_int_equal(v->point[2].index, 3);
  assert_close(v->wrap[0].winding, -1.0, 0.0, 0.0);
  assert_close(v->landmark[1].pos_m[2], 0.045, 0.0, 0.0);
  assert_close(v->disc[0].area_m2, 17.5e-4, 1e-15, 0.0);
  assert_close(v->param[1].value, 80.0, 0.0, 0.0);
  assert_close(v->param[0].sd, 0.0, 0.0, 0.0);
  files_anatomy_free(a);
}

typedef struct edit {  // one table of the fixture with one line replaced
  const char *table;
  size_t line;         // 1-based
  const char *text;    // new line
  ps_status status;
  const char *says;
  size_t nmore;        // how many lines after it go too
} edit;

static ps_status read_edited(const void *ctx, const char *path, files_bytes *out, ps_error *err) {
  const edit *e = ctx;
  const files_table_source folder = files_source_folder(FOLDER);
  PS_TRY(folder.read(folder.ctx, path, out, err));
  if (strcmp(strrchr(path, '/') + 1, e->table) != 0) return PS_OK;
  const char *start = out->data, *end = start;
  for (size_t i = 1; i < e->line; i++) start = strchr(start, '\n') + 1;
  end = start + strcspn(start, "\n");
  for (size_t i = 0; i < e->nmore; i++) end += 1 + strcspn(end + 1, "\n");
  char *text = malloc(out->size + strlen(e->text) + 1);
  const int n = sprintf(text, "%.*s%s%s", (int)(start - (const char *)out->data), (const char *)out->data, e->text, end);
  files_bytes_free(out);
  *out = (files_bytes){.data = text, .size = (size_t)n, .owned = text};
  return PS_OK;
}

static void each_fault_is_named_with_table_line_and_value(void **state) {
  (void)state;
  static const edit edits[] = {
      {"bodies.csv", 2, "body,parent", PS_EFORMAT, "lacks column 3, \"joint\"", 0},
      {"bodies.csv", 4, "L5,pelvis,bal,0,0,0,0,0,0,0,0,0,s,", PS_EINPUT, "joint is \"bal\": allowed is free, ball", 0},
      {"bodies.csv", 4, "L5,pelvis,ball,17,0,0,0,0,0,0,0,0,s,", PS_EINPUT, "x_m is \"17\": allowed is -3 to 3 m", 0},
      {"bodies.csv", 4, "L5,pelvis,ball,abc,0,0,0,0,0,0,0,0,s,", PS_EFORMAT, "x_m is \"abc\": a number", 0},
      {"bodies.csv", 4, "L5,pelvis,ball,0,0,0,0,0,0,0,0,0,,", PS_EFORMAT, "source is \"\": a source key", 0},
      {"bodies.csv", 4, "L 5,pelvis,ball,0,0,0,0,0,0,0,0,0,s,", PS_EFORMAT, "body is \"L 5\": a name has only", 0},
      {"bodies.csv", 4, ",pelvis,ball,0,0,0,0,0,0,0,0,0,s,", PS_EFORMAT, "body is \"\": a name is needed", 0},
      {"bodies.csv", 4, "a23456789012345678901234567890123456789012345678,pelvis,ball,0,0,0,0,0,0,0,0,0,s,", PS_EFORMAT, "longer than 47", 0},
      {"bodies.csv", 4, "L5,,ball,0,0,0,0,0,0,0,0,0,s,", PS_EFORMAT, "\"L5\": the first body has no parent", 0},
      {"bodies.csv", 5, "L5,pelvis,ball,0,0,0,0,0,0,0,0,0,s,", PS_EFORMAT, "\"L5\" stands already in line 4", 0},
      {"bodies.csv", 5, "femur_right,pelvis,ball,0,0,0,0,1.1,0,0,0,0,s,", PS_EINPUT, "mass_fraction_male is \"1.1\": allowed is 0 to 1", 0},
      {"coordinates.csv", 5, "pelvis_tilt,pelvis,0,0,0,-90,90,1,s,", PS_EFORMAT, "\"pelvis_tilt\": its axis is 0, 0, 0", 0},
      {"coordinates.csv", 5, "pelvis_tilt,pelvis,0,0,1,90,-90,1,s,", PS_EFORMAT, "min_deg is not below max_deg", 0},
      {"coordinates.csv", 5, "pelvis_tilt,pelvis,0,0,1,-900,90,1,s,", PS_EINPUT, "min_deg is \"-900\": allowed is -360 to 360", 0},
      {"coordinates.csv", 5, "pelvis_tilt,pelvis,0,0,1,-90,90,yes,s,", PS_EINPUT, "is_balanced is \"yes\": allowed is 0, 1, false, true", 0},
      {"coordinates.csv", 5, "pelvis_tx,pelvis,0,0,1,-90,90,1,s,", PS_EFORMAT, "\"pelvis_tx\" stands already in line 2", 0},
      {"stiffness.csv", 2, "L5_S1_flexion,-1,0,s,", PS_EINPUT, "linear_Nm_per_rad is \"-1\"", 0},
      {"muscles.csv", 2, "psoas_L5_body,psoas_major,C,1,trunk,0.1,1,0,0,0.5,s,", PS_EINPUT, "area_set is \"C\": allowed is (empty), A, B", 0},
      {"muscles.csv", 3, "psoas_L5_body,psoas_major,A,1,trunk,0.1,1,0,0,0.5,s,", PS_EFORMAT, "stands already in line 2", 0},
      {"muscles.csv", 3, "psoas_L5_body,psoas_major,,1,trunk,0.1,1,0,0,0.5,s,", PS_EFORMAT, "stands already in line 2", 0},
      {"muscles.csv", 2, "psoas_L5_body,psoas_major,A,1,arm,0.1,1,0,0,0.5,s,", PS_EINPUT, "specific_tension is \"arm\": allowed is trunk, leg, pressure", 0},
      {"muscles.csv", 2, "psoas_L5_body,psoas_major,A,0,trunk,0.1,1,0,0,0.5,s,", PS_EFORMAT, "area_cm2 must be above 0", 0},
      {"muscles.csv", 2, "psoas_L5_body,psoas_major,A,1,trunk,0,1,0,0,0.5,s,", PS_EFORMAT, "optimal_length_m must be above 0", 0},
      {"muscles.csv", 2, "psoas_L5_body,psoas_major,A,1,trunk,0.1,1,0,0.5,0.5,s,", PS_EFORMAT, "passive_strain_one must be above", 0},
      {"paths.csv", 2, "psoas_L5_bod,1,point,L5,0,0,0,,,,s,", PS_EFORMAT, "no such fascicle; did you mean \"psoas_L5_body\"?", 0},
      {"paths.csv", 2, "psoas_L5_body,1.5,point,L5,0,0,0,,,,s,", PS_EFORMAT, "index is \"1.5\": a whole number", 0},
      {"paths.csv", 3, "psoas_L5_body,1,wrap,,,,,,,brim_right,s,", PS_EFORMAT, "index does not grow", 0},
      {"paths.csv", 2, "psoas_L5_body,1,via,L5,0,0,0,,,,s,", PS_EINPUT, "kind is \"via\": allowed is point, blend, wrap", 0},
      {"paths.csv", 2, "psoas_L5_body,1,point,L5,0,0,0,,,brim_right,s,", PS_EFORMAT, "a point has a body, no body2 and no wrap", 0},
      {"paths.csv", 2, "psoas_L5_body,1,blend,L5,0,0,0,,,,s,", PS_EFORMAT, "a blend has body and body2", 0},
      {"paths.csv", 3, "psoas_L5_body,2,wrap,L5,0,0,0,,,brim_right,s,", PS_EFORMAT, "a wrap names a wrap and no body", 0},
      {"paths.csv", 9, "psoas_L5_body,4,point,L5,0,0,0,,,,s,", PS_EFORMAT, "do not stand together, see line 2", 0},
      {"wraps.csv", 2, "brim_right,pelvis,0,0,0,0,0,0,0.05,1,s,", PS_EFORMAT, "its axis is 0, 0, 0", 0},
      {"wraps.csv", 2, "brim_right,pelvis,0,0,0,0,0,1,0.05,0,s,", PS_EFORMAT, "winding must be 1 or -1", 0},
      {"wraps.csv", 2, "brim_right,pelvis,0,0,0,0,0,1,53,1,s,", PS_EINPUT, "radius_m is \"53\": allowed is 0.001 to 0.3 m", 0},
      {"landmarks.csv", 3, "asis_right,pelvis,0,0,0,s,", PS_EFORMAT, "stands already in line 2", 0},
      {"discs.csv", 2, "L5/S1,pelvis,L5,17.5,6.6,s,", PS_EINPUT, "pressure_factor is \"6.6\": allowed is 0.1 to 2", 0},
      {"parameters.csv", 3, "gravity,80,N,,s,", PS_EFORMAT, "\"gravity\" stands already in line 2", 0},
      {"parameters.csv", 3, "x,80,N,-1,s,", PS_EINPUT, "sd is \"-1\"", 0},
  };
  for (size_t i = 0; i < sizeof edits/sizeof *edits; i++) {
    const edit *e = &edits[i];
    files_anatomy *a = NULL;
    ps_error err = {0};
    const ps_status status = files_anatomy_load((files_table_source){.read = read_edited, .ctx = e}, &a, &err);
    if (status != e->status || !strstr(err.msg, e->says) || !strstr(err.where, e->table))
      fail_msg("edit %zu of %s gives %d \"%s:%zu: %s\", wanted \"%s\"", i, e->table, (int)status, err.where, err.pos, err.msg, e->says);
    assert_int_equal(err.pos, e->line);
    assert_null(a);
  }
}

static void two_fascicles_may_not_share_both_ends(void **state) {
  (void)state;
  // the iliacus moved onto the psoas: one differing end is enough to be allowed
  edit e = {"paths.csv", 5, "iliacus_1,1,point,L5,0.012,0.015,0.021,,,,s,", PS_OK, "", 0};
  const files_table_source source = {.read = read_edited, .ctx = &e};
  files_anatomy *a = NULL;
  ps_error err = {0};
  assert_ok(files_anatomy_load(source, &a, &err));
  files_anatomy_free(a);

  e.text = "iliacus_1,1,point,L5,0.012,0.015,0.021,,,,s,\niliacus_1,2,point,femur_right,-0.0188,-0.0597,0.0104,,,,s,";
  e.nmore = 2;
  a = NULL;
  assert_int_equal(files_anatomy_load(source, &a, &err), PS_EFORMAT);
  assert_int_equal(err.pos, 5);
  assert_string_equal(err.msg, "\"iliacus_1\" has the same origin and insertion as \"psoas_L5_body\"");
  assert_null(a);
}

static void missing_table_is_named(void **state) {
  (void)state;
  files_anatomy *a = NULL;
  ps_error err = {0};
  assert_int_equal(files_anatomy_load(files_source_folder("test/no_such_folder"), &a, &err), PS_EIO);
  assert_non_null(strstr(err.where, "anatomy/bodies.csv"));
  assert_null(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tables_become_structs_in_SI),
      cmocka_unit_test(each_fault_is_named_with_table_line_and_value),
      cmocka_unit_test(two_fascicles_may_not_share_both_ends),
      cmocka_unit_test(missing_table_is_named),
  };
  return cmocka_run_group_tests_name("files_anatomy", tests, NULL, NULL);
}
