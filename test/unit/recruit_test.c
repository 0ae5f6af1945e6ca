/* Recruitment and loads at their borders: what is refused, what is warned of, what a source is called.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"

static void impossible_scenes_and_options_are_refused(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  solved s = solved_new(m, solved_find(b, "standing"), 2.0);
  ps_recruit *r = (ps_recruit *)8;

  ps_scene scene[8];
  for (int i = 0; i < 8; i++) scene[i] = s.scene;
  scene[0].nsupport = -1;
  scene[1].nsupport = PS_SUPPORT_MAX + 1;
  scene[2].ncarried = PS_CARRIED_MAX + 1;
  scene[3].support[1].contact = m->ncontact;
  scene[4].support[1].contact = -1;
  scene[5].support[2].normal[1] = 1.01;
  scene[6].support[2].friction = -0.1;
  scene[7].support[2].normal[0] = (double)NAN;
  for (int i = 0; i < 8; i++) {
    assert_int_equal(ps_recruit_new(m, &scene[i], NULL, &r), PS_EINPUT);
    assert_null(r);
  }

  static const ps_recruit_opts opts[] = {
      {.p = 1.9, .reserve_cost = 1.0, .support_cost = 1e-9, .tolerance = 1e-9},
      {.p = 10.1, .reserve_cost = 1.0, .support_cost = 1e-9, .tolerance = 1e-9},
      {.p = (double)NAN, .reserve_cost = 1.0, .support_cost = 1e-9, .tolerance = 1e-9},
      {.p = 2.0, .reserve_cost = 0.0, .support_cost = 1e-9, .tolerance = 1e-9},
      {.p = 2.0, .reserve_cost = 1.0, .support_cost = 0.0, .tolerance = 1e-9},
      {.p = 2.0, .reserve_cost = (double)INFINITY, .support_cost = 1e-9, .tolerance = 1e-9},
      {.p = 2.0, .reserve_cost = 1.0, .support_cost = (double)INFINITY, .tolerance = 1e-9},
      {.p = 2.0, .reserve_cost = 1.0, .support_cost = 1e-9, .tolerance = 0.0},
      {.p = 2.0, .reserve_cost = 1.0, .support_cost = 1e-9, .tolerance = (double)NAN},
  };
  for (size_t i = 0; i < sizeof opts/sizeof *opts; i++) {
    if (ps_recruit_new(m, &s.scene, &opts[i], &r) != PS_EINPUT) fail_msg("options %zu are taken", i);
    assert_null(r);
  }
  solved_free(&s);
}

static void a_posture_that_is_no_number_is_said(void **state) {
  const solved_bench *b = *state;
  solved s = solved_new(b->model[SOLVED_MAN], solved_find(b, "standing"), 2.0);
  s.state->q[ps_model_find_coord(s.model, "L4_L5_flexion")] = (double)NAN;
  ps_state_kinematics(s.state);
  ps_state_paths(s.state);
  assert_int_equal(ps_recruit_solve(s.recruit, s.state, false), PS_ENUMERIC);
  solved_free(&s);
}

// a foot that is smooth cannot be pushed along; the workspace has one column for it, not four
static void smooth_supports_push_along_their_normal(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_WOMAN];
  solved s = solved_new(m, solved_find(b, "standing"), 2.0);
  assert_int_equal(s.recruit->problem.ns, 4*s.scene.nsupport);
  for (int i = 0; i < s.scene.nsupport; i++) s.scene.support[i].friction = 0.0;
  ps_recruit_free(s.recruit);
  assert_ok(ps_recruit_new(m, &s.scene, NULL, &s.recruit));
  assert_int_equal(s.recruit->problem.ns, s.scene.nsupport);
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  double sum = 0.0;
  for (int i = 0; i < s.scene.nsupport; i++) {
    assert_close(s.recruit->contact[3*i], 0.0, 0.0, 0.0);
    assert_close(s.recruit->contact[3*i + 2], 0.0, 0.0, 0.0);
    sum += s.recruit->contact[3*i + 1];
  }
  assert_close(sum, m->mass*m->gravity, 1e-6, 0.0);
  solved_free(&s);
}

static void what_cannot_be_held_is_warned_of(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  solved s = solved_new(m, solved_find(b, "standing"), 2.0);
  assert_int_equal(s.recruit->warn & (PS_WARN_RESERVE_LARGE | PS_WARN_UNBALANCED | PS_WARN_NOT_CONVERGED), 0);

  // 300 kg pulling the head forward: no neck holds that, no foot is under it
  const int head = ps_model_find_body(m, "head");
  s.scene.ncarried = 1;
  s.scene.carried[0] = (ps_carried){.body = head, .pos = {0.5, 0.0, 0.0}, .force = {0.0, -3000.0, 0.0}};
  ps_recruit_free(s.recruit);
  assert_ok(ps_recruit_new(m, &s.scene, NULL, &s.recruit));
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  assert_true(s.recruit->warn & PS_WARN_RESERVE_LARGE);
  assert_true(s.recruit->warn & PS_WARN_UNBALANCED);

  // the next solve starts without old warnings; its forces may be changed in place
  s.recruit->scene.carried[0].force[1] = -1.0;
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  assert_int_equal(s.recruit->warn & (PS_WARN_RESERVE_LARGE | PS_WARN_UNBALANCED), 0);

  // a tolerance beyond rounding is not reached, and that is said
  s.recruit->opts.tolerance = 1e-30;
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  assert_true(s.recruit->warn & PS_WARN_NOT_CONVERGED);
  solved_free(&s);
}

// resting tone pulls even where nothing is asked, and never more than all there is
static void tone_is_part_of_the_active_force(void **state) {
  const solved_bench *b = *state;
  ps_person p = solved_person_of(SOLVED_MAN);
  p.ntight = 1;
  p.tight[0] = (ps_tightness_entry){.group = "iliopsoas", .side = PS_RIGHT, .stiffness = 1.0, .tone = 0.08};
  ps_model *m = solved_model(b->anatomy, &p);
  solved s = solved_new(m, solved_find(b, "supine"), 2.0);
  int count = 0;
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *f = &m->muscle[i];
    const bool is_toned = f->side == PS_RIGHT && (strcmp(f->group, "psoas_major") == 0 || strcmp(f->group, "iliacus") == 0);
    assert_close(f->tone, is_toned ? 0.08 : 0.0, 0.0, 0.0);
    if (!is_toned) continue;
    assert_true(s.recruit->active[i] >= 0.08*s.recruit->can[i].active*(1.0 - 1e-12));
    assert_true(s.recruit->active[i] <= s.recruit->can[i].active*(1.0 + 1e-12));
    count++;
  }
  assert_true(count >= 15);
  assert_true(s.load->level[1].split_residual < 1e-9);
  solved_free(&s);
  ps_model_free(m);
}

static void every_source_has_its_own_name(void **state) {
  const solved_bench *b = *state;
  ps_load *load = NULL;
  assert_ok(ps_load_new(b->model[SOLVED_MAN], &load));
  char (*name)[PS_SOURCE_NAME_SIZE] = calloc((size_t)load->nsource, sizeof *name);
  assert_non_null(name);
  assert_int_equal(load->nsource, PS_SOURCE_GROUPS + 2*b->model[SOLVED_MAN]->ngroup);
  bool has_psoas = false;
  for (int i = 0; i < load->nsource; i++) {
    ps_load_source_name(load, i, name[i]);
    assert_true(name[i][0] != '\0');
    for (int k = 0; k < i; k++) assert_string_not_equal(name[i], name[k]);
    has_psoas |= strcmp(name[i], "psoas_major passive") == 0;
  }
  assert_string_equal(name[PS_SOURCE_GRAVITY], "gravity");
  assert_true(has_psoas);
  free(name);
  ps_load_free(load);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(impossible_scenes_and_options_are_refused),
      cmocka_unit_test(a_posture_that_is_no_number_is_said),
      cmocka_unit_test(smooth_supports_push_along_their_normal),
      cmocka_unit_test(what_cannot_be_held_is_warned_of),
      cmocka_unit_test(tone_is_part_of_the_active_force),
      cmocka_unit_test(every_source_has_its_own_name),
  };
  return cmocka_run_group_tests_name("recruit", tests, solved_bench_open, solved_bench_close);
}
