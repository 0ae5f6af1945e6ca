/* Measures against what other parts of the program say of the same body; a computation that fails names its row.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "psoas/muscle.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/reference.h"
#include "support/solved.h"

#define REST ",p,verified,predicted,x1999,\n"
#define PERSONS REFERENCE_PERSONS "man,male,40,1.74,70,,assumed,the man of support/solved.h\n" \
                                  "tall,male,52,1.95,110,,assumed,the tall man of support/solved.h\n"

// compute the rows of a table; the result is lent until the next call
static validate_table *table;
static const validate_result *compute(const solved_bench *b, const char *rows) {
  static validate_result result[VALIDATE_ROW_MAX];
  validate_table_free(table);
  table = NULL;
  const reference_texts texts = {PERSONS, rows};
  ps_error err = {PS_OK, 0, "", ""};
  if (validate_table_load(reference_source(&texts), &REFERENCE_WORDS, &table, &err) != PS_OK) fail_msg("%s", err.msg);
  assert_ok(validate_run(files_anatomy_view(b->anatomy), table, &REFERENCE_WORDS, result, &err));
  return result;
}

static double level_of(const solved *s, const char *name, bool is_pressure) {
  for (int k = 0; k < s->load->nlevel; k++)
    if (strcmp(s->load->level[k].level, name) == 0)
      return is_pressure ? s->load->level[k].pressure : s->load->level[k].total.compression;
  return (double)NAN;
}

static void loads_are_those_of_a_solve(void **state) {
  const solved_bench *b = *state;
  const validate_result *r = compute(b, REFERENCE_ROWS
      "a,compression,q,man,sitting-upright,,L3/L4,,,ratio,1,,,,N" REST
      "b,idp,q,man,sitting-upright,,L4/L5,,,ratio,1,,,,MPa" REST
      "c,idp_ratio,q,man,sitting-upright,standing,L4/L5,,,ratio,1,,,,-" REST);
  solved sitting = solved_new(b->model[SOLVED_MAN], solved_find(b, "sitting-upright"), 2.0);
  solved standing = solved_new(b->model[SOLVED_MAN], solved_find(b, "standing"), 2.0);
  assert_close(r[0].ours, level_of(&sitting, "L3/L4", false), 1e-9, 0.0);
  assert_close(r[1].ours, 1e-6*level_of(&sitting, "L4/L5", true), 1e-9, 0.0);
  assert_close(r[2].ours, level_of(&sitting, "L4/L5", true)/level_of(&standing, "L4/L5", true), 1e-9, 0.0);
  solved_free(&sitting);
  solved_free(&standing);
}

static void each_person_has_an_own_body(void **state) {
  const solved_bench *b = *state;
  const validate_result *r = compute(b, REFERENCE_ROWS
      "a,compression,q,man,standing,,L4/L5,,,ratio,1,,,,N" REST
      "b,compression,q,tall,standing,,L4/L5,,,ratio,1,,,,N" REST);
  solved tall = solved_new(b->model[SOLVED_TALL], solved_find(b, "standing"), 2.0);
  assert_close(r[1].ours, level_of(&tall, "L4/L5", false), 1e-9, 0.0);
  assert_true(r[1].ours > 1.3*r[0].ours);
  solved_free(&tall);
}

static void changes_are_what_the_task_says(void **state) {
  const validate_result *r = compute(*state, REFERENCE_ROWS
      "a,pelvis_change,q,man,sitting-upright,standing,,,,angle,-30,,,,deg" REST
      "b,lordosis_change,q,man,sitting-upright,standing,,,,angle,-30,,,,deg" REST
      "c,pelvis_change,q,man,sitting-relaxed,standing,,,,angle,-30,,,,deg" REST);
  assert_close(r[0].ours, -8.0, 0.0, 1e-9);
  assert_close(r[1].ours, -10.0, 0.0, 1e-9);
  // a relaxed posture is found near the angles of its task, not at them, and the row says so
  assert_true(fabs(r[2].ours + 18.7) > 0.5 && fabs(r[2].ours + 18.7) < 15.0);
  assert_non_null(strstr(r[0].used, "held"));
  assert_non_null(strstr(r[2].used, "found"));
}

static void activity_has_a_side_and_a_sign(void **state) {
  const validate_result *r = compute(*state, REFERENCE_ROWS
      "a,activation_left_to_right,q,man,straight-leg-raise:right,,psoas_major,,,ratio,1,,,,-" REST
      "b,activation_left_to_right,q,man,straight-leg-raise:left,,psoas_major,,,ratio,1,,,,-" REST
      "c,activation_left_to_right,q,man,supine,,gracilis,,,ratio,1,,,,-" REST
      "d,activation_difference,q,man,standing-flexed:36,standing,multifidus,,,ratio,1,,,,%" REST
      "e,activation_difference,q,man,standing,standing-flexed:36,multifidus,,,ratio,1,,,,%" REST);
  // raising the other leg mirrors the muscle
  assert_close(r[0].ours*r[1].ours, 1.0, 1e-6, 0.0);
  assert_true(r[0].ours < 1.0);
  // active on neither side is no ratio, and said
  assert_true(isnan(r[2].ours));
  assert_non_null(strstr(r[2].why, "neither side"));
  assert_true(r[3].ours > 0.5);
  assert_close(r[4].ours, -r[3].ours, 1e-12, 0.0);
}

static void hip_moment_with_its_capsule_is_the_published_one(void **state) {
  const solved_bench *b = *state;
  const validate_result *r = compute(b, REFERENCE_ROWS
      "a,hip_moment_whole,q,man,,,,12.5,0,ratio,1,,,,Nm" REST
      "b,hip_moment_muscles,q,man,,,,12.5,0,ratio,1,,,,Nm" REST
      "c,thomas_thigh,q,man,,,,18.7,0,angle,9,,,,deg" REST
      "d,thomas_thigh,q,man,,,,18.7,10,angle,9,,,,deg" REST
      "e,thomas_thigh,q,man,,,,17.7,0,angle,9,,,,deg" REST
      "f,thomas_knee,q,man,,,,0,10,angle,9,,,,deg" REST
      "g,thomas_knee,q,man,,,,18.7,10,angle,9,,,,deg" REST
      "h,thomas_knee_change,q,man,,,,18.7,10,angle,9,,,,deg" REST);
  const double size = 70.0*1.74/(76.0*1.77);
  assert_close(r[0].ours, size*ps_hip_passive_published(ps_rad(12.5), 0.0), 1e-6, 0.0);
  assert_close(r[0].ours - r[1].ours, ps_muscle_capsule(b->model[SOLVED_MAN], ps_rad(12.5)), 1e-9, 0.0);
  // docs/theory/tightness.md section 1, and one degree of roll
  assert_close(r[2].ours, -10.2, 0.0, 0.06);
  assert_close(r[3].ours, -3.8, 0.0, 0.06);
  assert_close(r[2].ours - r[4].ours, 0.9, 0.0, 0.06);
  assert_close(r[7].ours, r[5].ours - r[6].ours, 0.0, 1e-12);
}

static void knee_moment_and_arms(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  const validate_result *r = compute(b, REFERENCE_ROWS
      "a,knee_excursion,q,man,,,vasti,20,60,ratio,1,,,,mm" REST
      "b,knee_arm,q,man,,,vasti,40,,ratio,1,,,,mm" REST
      "c,hip_arm_peak,q,man,,,psoas_major,0,55,ratio,1,,,,mm" REST
      "d,hip_arm_peak,q,man,,,psoas_major,0,20,ratio,1,,,,mm" REST
      "e,knee_moment_whole,q,man,,,,0,60,ratio,1,,,,Nm" REST
      "f,knee_arm,q,man,,,vasti,20,,ratio,1,,,,mm" REST
      "g,knee_arm,q,man,,,vasti,60,,ratio,1,,,,mm" REST);
  // the arm falls smoothly, and the excursion is its integral: Simpson's rule
  assert_true(r[5].ours > r[1].ours && r[1].ours > r[6].ours);
  assert_close(r[0].ours, (r[5].ours + 4.0*r[1].ours + r[6].ours)/6.0*ps_rad(40.0), 1e-4, 0.0);
  assert_true(r[2].ours > r[3].ours && r[3].ours > 20.0);

  // the moment is the slope of what muscles and joint store
  const int knee = ps_model_find_coord(m, "knee_flexion_right");
  ps_state *s = NULL;
  assert_ok(ps_state_new(m, &s));
  double stored[2];
  for (int k = 0; k < 2; k++) {
    const double q = ps_rad(60.0) + (k == 0 ? -1e-5 : 1e-5);
    s->q[knee] = q;
    ps_state_kinematics(s);
    ps_state_paths(s);
    stored[k] = 0.5*m->coord[knee].linear*q*q + 0.25*m->coord[knee].cubic*q*q*q*q;
    for (int i = 0; i < m->nmuscle; i++) stored[k] += ps_muscle_energy(&m->muscle[i], s->length[i]);
  }
  assert_close(r[4].ours, -(stored[1] - stored[0])/2e-5, 1e-3, 1e-3);
  ps_state_free(s);
}

static void shape_and_stiffness(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  const validate_result *r = compute(b, REFERENCE_ROWS
      "a,segment_lordosis,q,man,,,L5/S1,,,angle,9,,,,deg" REST
      "b,segment_lordosis,q,man,,,L4/L5,,,angle,9,,,,deg" REST
      "c,segment_lordosis,q,man,,,L3/L4,,,angle,9,,,,deg" REST
      "d,segment_lordosis,q,man,,,L2/L3,,,angle,9,,,,deg" REST
      "e,segment_lordosis,q,man,,,L1/L2,,,angle,9,,,,deg" REST
      "f,standing_lordosis,q,man,,,,,,angle,9,,,,deg" REST
      "g,segment_rotation,q,man,,,L4/L5,7.5,2,ratio,1,,,,deg" REST
      "h,standing_pelvic_tilt,q,man,,,,,,angle,9,,,,deg" REST
      "i,standing_sacral_slope,q,man,,,,,,angle,9,,,,deg" REST);
  assert_close(r[0].ours + r[1].ours + r[2].ours + r[3].ours + r[4].ours, r[5].ours, 0.0, 1e-9);
  assert_close(r[7].ours + r[8].ours, ps_deg(m->stance.incidence), 0.0, 1e-9);
  const int j = ps_model_find_coord(m, "L4_L5_axial");
  const double q = ps_rad(r[6].ours);
  assert_close(m->coord[j].linear*q + m->coord[j].cubic*q*q*q, 7.5, 1e-9, 0.0);
}

static void psoas_bends_by_its_arms(void **state) {
  const solved_bench *b = *state;
  const validate_result *r = compute(b, REFERENCE_ROWS
      "a,psoas_extension_moment,q,man,,,L1/L2,,,ratio,1,,,,Nm" REST
      "b,group_area,q,man,,,psoas_major,,,ratio,1,,,,cm2" REST
      "c,fibre_length,q,man,,,psoas_major,,,ratio,1,,,,-" REST
      "d,psoas_lateral_steps,q,man,,,,,,range,,,3,,-" REST);
  // by a difference of lengths, both sides alike
  const ps_model *m = b->model[SOLVED_MAN];
  const int j = ps_model_find_coord(m, "L1_L2_flexion");
  const double h = 1e-6;
  ps_state *s = NULL;
  assert_ok(ps_state_new(m, &s));
  double want = 0.0, force[1024];
  assert_true(m->nmuscle <= 1024);
  ps_state_kinematics(s);
  ps_state_paths(s);
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle_force f = ps_muscle_at(&m->muscle[i], s->length[i]);
    force[i] = strcmp(m->muscle[i].group, "psoas_major") == 0 ? f.active + f.passive : 0.0;
  }
  for (int sign = -1; sign <= 1; sign += 2) {
    s->q[j] = sign*h;
    ps_state_kinematics(s);
    ps_state_paths(s);
    for (int i = 0; i < m->nmuscle; i++) want += sign*force[i]*s->length[i]/(2.0*h);
  }
  ps_state_free(s);
  assert_close(r[0].ours, want, 1e-5, 1e-5);
  assert_close(r[1].ours, 14.63, 1e-3, 0.0);   // docs/anatomy.md
  assert_close(r[2].ours, 1.126, 1e-3, 0.0);   // docs/anatomy.md
  assert_true(r[3].ours >= 0.0 && r[3].ours <= 3.0);
}

// by a difference of lengths: only what a bend forward stretches counts, and no pressure
static void strength_is_of_what_bending_forward_stretches(void **state) {
  const solved_bench *b = *state;
  const validate_result *r = compute(b, REFERENCE_ROWS
      "a,extension_strength,q,man,standing-flexed:36,,T8/T9,,,ratio,1,,,,Nm" REST);
  const ps_model *m = b->model[SOLVED_MAN];
  const int j = ps_model_find_coord(m, "T8_T9_flexion");
  const double h = 1e-6;
  solved bent = solved_new(m, solved_find(b, "standing-flexed:36"), 2.0);
  ps_state *s = bent.state;
  double length[2][1024], want = 0.0;
  assert_true(m->nmuscle <= 1024);
  const double q = s->q[j];
  for (int k = 0; k < 2; k++) {
    s->q[j] = k == 0 ? q - h : q + h;
    ps_state_kinematics(s);
    ps_state_paths(s);
    memcpy(length[k], s->length, (size_t)m->nmuscle*sizeof(double));
  }
  for (int i = 0; i < m->nmuscle; i++) {
    const double arm = (length[1][i] - length[0][i])/(2.0*h);
    const ps_muscle_force f = ps_muscle_at(&m->muscle[i], 0.5*(length[0][i] + length[1][i]));
    if (arm > 1e-7 && !m->muscle[i].is_pressure) want += arm*(f.active + f.passive);
  }
  assert_close(r[0].ours, want, 1e-5, 1e-5);
  solved_free(&bent);
}

// 20 kg against the trunk: nothing but muscles holds any joint
static void the_thorax_holds_a_crate(void **state) {
  const validate_result *r = compute(*state, REFERENCE_ROWS
      "a,compression,q,man,\"standing hold 20@0.2,1,0\",,L4/L5,,,ratio,1,,,,N" REST);
  assert_true(r[0].reserve < 1.0);
}

static void a_computation_that_fails_names_its_row(void **state) {
  const solved_bench *b = *state;
  static const char *const bad[] = {
      REFERENCE_ROWS "lost,compression,q,man,standing,,L9/S7,,,ratio,1,,,,N" REST,
      REFERENCE_ROWS "lost,segment_lordosis,q,man,,,L9/S7,,,angle,9,,,,deg" REST,
      REFERENCE_ROWS "lost,group_area,q,man,,,psoas_major,,,ratio,1,,,,cm2" REST
                     "far,compression,q,man,\"standing hold 5@1.9,1,0\",,L4/L5,,,ratio,1,,,,N" REST,
      REFERENCE_ROWS "lost,fibre_length,q,man,,,no_muscle,,,ratio,1,,,,-" REST};
  static const char *const where[] = {"lost", "lost", "far", "lost"};
  for (int i = 0; i < 4; i++) {
    const reference_texts texts = {PERSONS, bad[i]};
    validate_table *t = NULL;
    validate_result result[VALIDATE_ROW_MAX];
    ps_error err = {PS_OK, 0, "", ""};
    assert_ok(validate_table_load(reference_source(&texts), &REFERENCE_WORDS, &t, &err));
    assert_int_not_equal(validate_run(files_anatomy_view(b->anatomy), t, &REFERENCE_WORDS, result, &err), PS_OK);
    assert_string_equal(err.where, where[i]);
    assert_true(err.msg[0] != '\0');
    validate_table_free(t);
  }
}

static void reserves_are_told(void **state) {
  const validate_result *r = compute(*state, REFERENCE_ROWS
      "a,compression,q,man,standing,,L4/L5,,,ratio,1,,,,N" REST
      "b,compression,q,man,\"standing-flexed:70 hold 20@0.34,0.62,0\",,L4/L5,,,ratio,1,,,,N" REST
      "c,group_area,q,man,,,psoas_major,,,ratio,1,,,,cm2" REST);
  assert_true(r[0].reserve < 0.1 && r[1].reserve > 1.0);
  assert_true(r[1].warn & PS_WARN_RESERVE_LARGE);
  assert_close(r[2].reserve, 0.0, 0.0, 0.0);
}

static int close_all(void **state) {
  validate_table_free(table);
  return solved_bench_close(state);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(loads_are_those_of_a_solve),
      cmocka_unit_test(each_person_has_an_own_body),
      cmocka_unit_test(changes_are_what_the_task_says),
      cmocka_unit_test(activity_has_a_side_and_a_sign),
      cmocka_unit_test(hip_moment_with_its_capsule_is_the_published_one),
      cmocka_unit_test(knee_moment_and_arms),
      cmocka_unit_test(shape_and_stiffness),
      cmocka_unit_test(psoas_bends_by_its_arms),
      cmocka_unit_test(strength_is_of_what_bending_forward_stretches),
      cmocka_unit_test(the_thorax_holds_a_crate),
      cmocka_unit_test(a_computation_that_fails_names_its_row),
      cmocka_unit_test(reserves_are_told),
  };
  return cmocka_run_group_tests_name("validate", tests, solved_bench_open, close_all);
}
