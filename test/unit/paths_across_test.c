/* Paths of the muscles that cross one coordinate. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/files/files_anatomy.h"
#include "psoas/model.h"
#include "psoas/vec.h"
#include "support/check.h"

typedef struct fixture {
  files_anatomy *anatomy;
  ps_model *model;
  ps_state *part, *whole;
} fixture;

static int build(void **state) {
  static fixture f;
  const ps_person person = {.age_years = 41.0, .height_m = 1.71, .mass_kg = 68.5};
  ps_error err;
  *state = &f;
  assert_ok(files_anatomy_load(files_source_packed(), &f.anatomy, &err));
  assert_ok(ps_model_new(files_anatomy_view(f.anatomy), &person, NULL, &f.model, &err));
  assert_ok(ps_state_new(f.model, &f.part));
  assert_ok(ps_state_new(f.model, &f.whole));
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  ps_state_free(f->part);
  ps_state_free(f->whole);
  ps_model_free(f->model);
  files_anatomy_free(f->anatomy);
  return 0;
}

static void arm_is_found_where_it_stands(void **state) {
  const ps_model *m = ((fixture *)*state)->model;
  int crossings = 0;
  for (int i = 0; i < m->nmuscle; i++) {
    for (int j = 0; j < m->ncoord; j++) {
      const int k = ps_model_arm(m, i, j);
      if (k < 0) continue;
      crossings++;
      assert_int_equal(m->arm_coord[k], j);
      assert_in_range(k, m->muscle[i].arm, m->muscle[i].arm + m->muscle[i].narm - 1);
    }
  }
  assert_int_equal(crossings, m->narm);
}

static void same_bits_as_all_paths(void **state) {
  const fixture *f = *state;
  const ps_model *m = f->model;
  const int hip = ps_model_find_coord(m, "hip_flexion_left"), knee = ps_model_find_coord(m, "knee_flexion_left");
  ps_state_kinematics(f->part);
  ps_state_paths(f->part);
  for (int i = 0; i < m->nmuscle; i++) f->part->length[i] = -1.0;

  f->part->q[hip] = f->whole->q[hip] = ps_rad(37.3);
  f->part->q[knee] = f->whole->q[knee] = ps_rad(61.9);
  ps_state_kinematics(f->whole);
  ps_state_paths(f->whole);
  ps_state_kinematics(f->part);
  ps_state_paths_across(f->part, knee);

  int across = 0;
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    if (ps_model_arm(m, i, knee) < 0) {
      assert_true(f->part->length[i] == -1.0);
      continue;
    }
    across++;
    assert_true(p->side == PS_LEFT);
    assert_memory_equal(&f->part->length[i], &f->whole->length[i], sizeof(double));
    assert_memory_equal(f->part->arm + p->arm, f->whole->arm + p->arm, (size_t)p->narm*sizeof(double));
  }
  assert_in_range(across, 8, 40);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arm_is_found_where_it_stands),
      cmocka_unit_test(same_bits_as_all_paths),
  };
  return cmocka_run_group_tests_name("paths_across", tests, build, tear_down);
}
