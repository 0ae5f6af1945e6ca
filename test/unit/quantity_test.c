// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "app/files/task_library.h"
#include "psoas/tightness.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

typedef struct solved {  // the reference man standing, with a shortening of the iliopsoas on both sides
  person_body body;
  ps_recruit *recruit;
  ps_load *load;
} solved;

static solved stand(double shortening) {
  solved s = {.body = person_open_man(1.74)};
  const ps_tightness_entry t = {.group = "iliopsoas", .side = PS_MIDLINE, .shortening = shortening, .stiffness = 1.0};
  assert_ok(ps_model_set_tightness(s.body.model, &t, 1, NULL));
  ps_task task;
  ps_scene scene;
  assert_ok(task_library_find("standing", &task, NULL));
  const ps_posture_request q = {.task = &task};
  assert_ok(ps_posture_apply(s.body.model, &q, s.body.state, &scene, NULL));
  assert_ok(ps_recruit_new(s.body.model, &scene, NULL, &s.recruit));
  assert_ok(ps_load_new(s.body.model, &s.load));
  assert_ok(ps_recruit_solve(s.recruit, s.body.state, false));
  ps_load_compute(s.load, s.recruit, s.body.state);
  return s;
}

static void sit_down(solved *s) {
  ps_load_free(s->load);
  ps_recruit_free(s->recruit);
  person_close(&s->body);
}

static double value(const solved *s, ps_pathway id) { return ps_tightness_pathway(id, s->recruit, s->load, s->body.state); }

static void each_number_is_what_its_name_says(void **state) {
  (void)state;
  solved s = stand(0.085);
  const ps_model *m = s.body.model;
  assert_string_equal(s.load->level[1].level, "L4/L5");
  assert_close(value(&s, PS_PATHWAY_COMPRESSION), s.load->level[1].total.compression, 0.0, 0.0);
  assert_close(value(&s, PS_PATHWAY_PELVIS), m->stance.asis_psis, 0.0, 0.0);

  // the two T12 fascicles by name
  const int j = person_coord(m, "T12_L1_flexion");
  double moment = 0.0;
  static const char *const name[2] = {"psoas_T12_L1_disc_right", "psoas_T12_L1_disc_left"};
  for (int k = 0; k < 2; k++) {
    const int i = person_muscle(m, name[k]);
    moment += person_arm(s.body.state, i, j)*(s.recruit->active[i] + s.recruit->passive[i]);
  }
  assert_close(value(&s, PS_PATHWAY_THORACIC), moment, 1e-12, 0.0);

  // stress = force over area; strength = 80 N/cm2 times area
  double force = 0.0, area = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const char *origin = person_origin(m, &m->muscle[i]);
    if (!person_is_group(&m->muscle[i], "psoas_major") || strcmp(origin, "T12") == 0 || strcmp(origin, "L1") == 0) continue;
    force += s.recruit->active[i] + s.recruit->passive[i];
    area += m->muscle[i].strength/80e4;
  }
  assert_close(value(&s, PS_PATHWAY_NERVE), force/area, 1e-12, 0.0);
  sit_down(&s);
}

static void shortening_raises_load_stress_and_work_of_the_back(void **state) {
  (void)state;
  solved loose = stand(0.0), tight = stand(0.10);
  assert_true(value(&tight, PS_PATHWAY_COMPRESSION) > value(&loose, PS_PATHWAY_COMPRESSION) + 10.0);
  assert_true(value(&tight, PS_PATHWAY_NERVE) > 1.5*value(&loose, PS_PATHWAY_NERVE));
  assert_true(fabs(value(&tight, PS_PATHWAY_THORACIC)) > fabs(value(&loose, PS_PATHWAY_THORACIC)));
  assert_close(value(&tight, PS_PATHWAY_PELVIS), value(&loose, PS_PATHWAY_PELVIS), 0.0, 0.0);  // the posture is held
  const double work = value(&loose, PS_PATHWAY_COMPENSATION);
  assert_true(work > 0.0 && work < 1.0);
  sit_down(&loose);
  sit_down(&tight);
}

// in a hip posture in which insertions lie inside their cylinders
static void loads_add_up_where_a_cylinder_gives_way(void **state) {
  (void)state;
  solved s = stand(0.05);
  const ps_model *m = s.body.model;
  static const char *const side[2] = {"right", "left"};
  for (int k = 0; k < 2; k++) {
    ps_name name;
    snprintf(name, sizeof name, "hip_flexion_%s", side[k]);
    s.body.state->q[person_coord(m, name)] = ps_rad(-34.0);
    snprintf(name, sizeof name, "hip_adduction_%s", side[k]);
    s.body.state->q[person_coord(m, name)] = ps_rad(k ? 27.0 : -28.0);
  }
  person_evaluate(s.body.state);
  assert_true(person_clearance(s.body.state, person_muscle(m, "psoas_L3_TP_right")) < 0.0);
  assert_ok(ps_recruit_solve(s.recruit, s.body.state, false));
  ps_load_compute(s.load, s.recruit, s.body.state);
  for (int k = 0; k < s.load->nlevel; k++) assert_close(s.load->level[k].split_residual, 0.0, 0.0, 1e-9);

  // every pull has its counter-pull: all wrenches together are in balance, about any point
  double sum[6] = {0.0};
  for (int i = 0; i < m->nbody; i++)
    for (int c = 0; c < 6; c++) sum[c] += s.load->wrench[i][c];
  for (int c = 0; c < 6; c++) assert_close(sum[c], 0.0, 0.0, 1e-8);
  sit_down(&s);
}

static void a_body_without_the_level_has_no_number(void **state) {
  (void)state;
  solved s = stand(0.0);
  const int nlevel = s.load->nlevel;
  s.load->nlevel = 1;
  assert_true(isnan(value(&s, PS_PATHWAY_COMPRESSION)));
  s.load->nlevel = nlevel;
  sit_down(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_number_is_what_its_name_says),
      cmocka_unit_test(shortening_raises_load_stress_and_work_of_the_back),
      cmocka_unit_test(loads_add_up_where_a_cylinder_gives_way),
      cmocka_unit_test(a_body_without_the_level_has_no_number),
  };
  return cmocka_run_group_tests_name("pathways", tests, NULL, NULL);
}
