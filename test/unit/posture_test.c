// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "app/files/task_library.h"
#include "psoas/posture.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

typedef struct bench {
  person_body body;
  ps_state *other;
} bench;

static int open_bench(void **state) {
  static bench b;
  b.body = person_open_man(1.74);
  if (ps_state_new(b.body.model, &b.other) != PS_OK) return -1;
  *state = &b;
  return 0;
}

static int close_bench(void **state) {
  bench *b = *state;
  ps_state_free(b->other);
  person_close(&b->body);
  return 0;
}

static ps_task find(const char *name) {
  ps_task task;
  ps_error err;
  if (task_library_find(name, &task, &err) != PS_OK) fail_msg("%s", err.msg);
  return task;
}

static ps_scene put(const bench *b, const ps_posture_request *q, ps_state *s) {
  ps_scene scene;
  ps_error err = {PS_OK, 0, "", ""};
  if (ps_posture_apply(b->body.model, q, s, &scene, &err) != PS_OK) fail_msg("%s: %s", q->task->name, err.msg);
  return scene;
}

// every request worth trying: each task of the library at three arguments or both sides
typedef void (*request_check)(const bench *b, const ps_posture_request *q);

static void for_all_tasks(const bench *b, request_check check) {
  ps_name name;
  int n = 0;
  for (size_t i = 0; task_library_name(i, name); i++, n++) {
    const ps_task task = find(name);
    ps_posture_request q = {.task = &task, .argument = task.argument_default, .side = PS_RIGHT};
    check(b, &q);
    if (task.argument == PS_ARGUMENT_SIDE) {
      q.side = PS_LEFT;
      check(b, &q);
    }
    if (task.argument != PS_ARGUMENT_ANGLE) continue;
    q.argument = task.argument_min;
    check(b, &q);
    q.argument = task.argument_max;
    check(b, &q);
  }
  assert_int_equal(n, 19);
}

static void on_side(const char *name, bool is_left, ps_name out) {
  snprintf(out, sizeof(ps_name), "%s", name);
  char *right = strstr(out, "_right"), *left = strstr(out, "_left");
  if (is_left && right) strcpy(right, "_left");
  if (is_left && left) strcpy(left, "_right");
}

// each segment points as the task says; all that lean, by the same angle
static void check_directions(const bench *b, const ps_posture_request *q) {
  ps_state *s = b->body.state;
  const ps_scene scene = put(b, q, s);
  (void)scene;
  static const char *const end[3] = {"", "_right", "_left"};
  const bool is_left = q->task->argument == PS_ARGUMENT_SIDE && q->side == PS_LEFT;
  double lean = (double)NAN;
  for (int k = 0; k < q->task->npitch; k++) {
    const ps_task_pitch *p = &q->task->pitch[k];
    int found = 0;
    const bool has_side = strstr(p->name, "_right") || strstr(p->name, "_left");
    for (int e = has_side ? 0 : 1; e < (has_side ? 1 : 3); e++) {
      ps_name asked, name;
      snprintf(asked, sizeof asked, "%.30s%s", p->name, end[e]);
      on_side(asked, is_left, name);
      const int body = ps_model_find_body(b->body.model, name);
      assert_true(body >= 0);
      found++;
      const double off = ps_posture_pitch(s, body) - (p->base + p->slope*q->argument);
      const double want = !p->is_leaning ? 0.0 : isnan(lean) ? off : lean;
      if (p->is_leaning) lean = want;
      assert_close(remainder(off - want, 2.0*PS_PI), 0.0, 0.0, 1e-9);
    }
    assert_int_equal(found, has_side ? 1 : 2);
  }
  if (q->task->rules & PS_RULE_BALANCE) assert_true(fabs(lean) > 1e-4 && fabs(lean) < ps_rad(25.0));
}

static void every_task_puts_the_legs_where_it_says(void **state) { for_all_tasks(*state, check_directions); }

// pitch by another road: where the joint below a segment is
static void a_direction_is_where_the_next_joint_is(void **state) {
  bench *b = *state;
  const ps_task task = find("half-kneeling-lunge");
  const ps_posture_request q = {.task = &task, .side = PS_RIGHT};
  put(b, &q, b->body.state);
  const ps_model *m = b->body.model;
  const double *knee = b->body.state->o + 3*person_segment(m, "shank_right");
  const double *ankle = b->body.state->o + 3*person_segment(m, "foot_right");
  // the shank's axis leaves knee and ankle by a fraction of a degree
  assert_close(ps_deg(atan2(ankle[0] - knee[0], knee[1] - ankle[1])), -92.0, 0.0, 0.5);
}

static void check_place(const bench *b, const ps_posture_request *q) {
  const ps_model *m = b->body.model;
  ps_state *s = b->body.state;
  const ps_scene scene = put(b, q, s);
  assert_true(scene.nsupport > 0);
  double lowest = HUGE_VAL, middle[3] = {0.0, 0.0, 0.0}, x[3];
  for (int k = 0; k < scene.nsupport; k++) {
    const ps_place *p = &m->contact[scene.support[k].contact];
    ps_state_position(s, p->body, p->pos, x);
    lowest = fmin(lowest, x[1]);
    assert_close(ps_norm(scene.support[k].normal), 1.0, 0.0, 1e-12);
  }
  static const char *const foot[4] = {"heel_right", "toe_right", "heel_left", "toe_left"};
  for (int k = 0; k < 4; k++) {
    const ps_place *p = &m->contact[ps_model_find_contact(m, foot[k])];
    ps_state_position(s, p->body, p->pos, x);
    ps_axpy(middle, 0.25, x);
  }
  if (q->task->rules & PS_RULE_LEG_HANGS) return;  // its foot swings after it was placed
  assert_close(lowest, 0.0, 0.0, 1e-12);
  assert_close(middle[0], 0.0, 0.0, 1e-12);
  assert_close(middle[2], 0.0, 0.0, 1e-12);
}

static void every_task_stands_on_the_ground_about_the_feet(void **state) { for_all_tasks(*state, check_place); }

static void check_balance(const bench *b, const ps_posture_request *q) {
  if (!(q->task->rules & PS_RULE_BALANCE)) return;
  const ps_model *m = b->body.model;
  put(b, q, b->body.state);
  double com[3], heel[3], toe[3];
  ps_state_com(b->body.state, com);
  const ps_place *h = &m->contact[ps_model_find_contact(m, "heel_left")], *t = &m->contact[ps_model_find_contact(m, "toe_left")];
  ps_state_position(b->body.state, h->body, h->pos, heel);
  ps_state_position(b->body.state, t->body, t->pos, toe);
  // 42 % of the way from heel to toe
  assert_close((com[0] - heel[0])/(toe[0] - heel[0]), 0.42, 0.0, 1e-8);
}

static void balance_puts_the_centre_of_mass_over_the_feet(void **state) { for_all_tasks(*state, check_balance); }

static void check_arms(const bench *b, const ps_posture_request *q) {
  if (!(q->task->rules & PS_RULE_ARMS_HANG)) return;
  put(b, q, b->body.state);
  static const char *const arm[4] = {"upper_arm_right", "upper_arm_left", "forearm_right", "forearm_left"};
  for (int k = 0; k < 4; k++) {
    const double *R = b->body.state->R + 9*person_segment(b->body.model, arm[k]);
    for (int i = 0; i < 9; i++) assert_close(R[i], i % 4 == 0 ? 1.0 : 0.0, 0.0, 1e-9);
  }
}

static void arms_hang_straight_down(void **state) { for_all_tasks(*state, check_arms); }

static void check_mirror(const bench *b, const ps_posture_request *q) {
  const ps_model *m = b->body.model;
  ps_posture_request other = *q;
  if (q->task->argument == PS_ARGUMENT_SIDE)
    other.side = q->side == PS_LEFT ? PS_RIGHT : PS_LEFT;
  else if (strcmp(q->task->name, "lateral-bend") == 0 || strcmp(q->task->name, "twist") == 0)
    other.argument = -q->argument;
  const ps_scene scene = put(b, q, b->body.state), mirrored = put(b, &other, b->other);
  double want[256];
  for (int j = 0; j < m->ncoord; j++) want[m->coord[j].mirror] = m->coord[j].mirror_sign*b->body.state->q[j];
  for (int j = 0; j < m->ncoord; j++) assert_close(b->other->q[j], want[j], 0.0, 1e-9);

  // supports pair off, with the sideways push turned round
  assert_int_equal(scene.nsupport, mirrored.nsupport);
  for (int k = 0; k < scene.nsupport; k++) {
    const ps_support *u = &scene.support[k];
    ps_name name;
    on_side(m->contact[u->contact].name, true, name);
    int found = 0;
    for (int i = 0; i < mirrored.nsupport; i++) {
      const ps_support *v = &mirrored.support[i];
      found += strcmp(m->contact[v->contact].name, name) == 0 && v->friction == u->friction &&
               v->normal[0] == u->normal[0] && v->normal[1] == u->normal[1] && v->normal[2] == -u->normal[2];
    }
    assert_int_equal(found, 1);
  }
}

static void left_is_the_mirror_of_right(void **state) { for_all_tasks(*state, check_mirror); }

static void a_sideways_push_turns_round_with_the_side(void **state) {
  bench *b = *state;
  const ps_task task = {.name = "t", .argument = PS_ARGUMENT_SIDE, .nsupport = 2,
                        .support = {{"heel_right", {0.0, 0.8, 0.6}, 0.37, false}, {"toe_left", {0.0, 1.0, 0.0}, 0.0, false}}};
  const ps_posture_request q = {.task = &task, .side = PS_LEFT};
  const ps_scene scene = put(b, &q, b->body.state);
  const ps_model *m = b->body.model;
  assert_string_equal(m->contact[scene.support[0].contact].name, "heel_left");
  assert_string_equal(m->contact[scene.support[1].contact].name, "toe_right");
  assert_close(scene.support[0].normal[2], -0.6, 0.0, 0.0);
  assert_close(scene.support[0].normal[1], 0.8, 0.0, 0.0);
  assert_close(scene.support[0].friction, 0.37, 0.0, 0.0);
}

static void angles_share_over_a_region_and_add_up(void **state) {
  bench *b = *state;
  const ps_model *m = b->body.model;
  const ps_task task = find("standing-flexed");
  const ps_posture_request q = {.task = &task, .argument = ps_rad(50.0)};
  put(b, &q, b->body.state);
  static const char *const level[5] = {"L5_S1_flexion", "L4_L5_flexion", "L3_L4_flexion", "L2_L3_flexion", "L1_L2_flexion"};
  double sum = 0.0;
  for (int k = 0; k < 5; k++) sum += b->body.state->q[person_coord(m, level[k])];
  assert_close(ps_deg(sum), 0.6*50.0, 1e-9, 0.0);
  assert_close(b->body.state->q[person_coord(m, "L5_S1_flexion")], 0.125*sum, 1e-9, 0.0);
  assert_close(ps_deg(b->body.state->q[person_coord(m, "pelvis_tilt")] - m->stance.pelvis_tilt), 0.4*50.0, 1e-9, 0.0);
}

static void a_held_load_is_in_both_hands(void **state) {
  bench *b = *state;
  const ps_model *m = b->body.model;
  const ps_task task = find("standing");
  const ps_posture_request q = {.task = &task, .hold_kg = 12.7, .hold_at = {0.33, 1.07, 0.0}};
  const ps_scene scene = put(b, &q, b->body.state);
  assert_int_equal(scene.ncarried, 2);
  double force[3] = {0.0, 0.0, 0.0};
  for (int k = 0; k < 2; k++) {
    double hand[3];
    ps_state_position(b->body.state, scene.carried[k].body, scene.carried[k].pos, hand);
    assert_close(hand[0], 0.33, 0.0, 1e-9);
    assert_close(hand[1], 1.07, 0.0, 1e-9);
    assert_close(fabs(hand[2]), 0.15, 0.0, 1e-9);
    ps_add(force, force, scene.carried[k].force);
  }
  assert_close(force[1], -12.7*m->gravity, 1e-14, 0.0);

  // body and load together stand over the feet
  double com[3], heel[3], toe[3];
  const double mass = ps_state_com(b->body.state, com);
  const ps_place *h = &m->contact[ps_model_find_contact(m, "heel_left")], *t = &m->contact[ps_model_find_contact(m, "toe_left")];
  ps_state_position(b->body.state, h->body, h->pos, heel);
  ps_state_position(b->body.state, t->body, t->pos, toe);
  const double x = (mass*com[0] + 12.7*0.33)/(mass + 12.7);
  assert_close((x - heel[0])/(toe[0] - heel[0]), 0.42, 0.0, 1e-8);
}

static void assert_refused(const bench *b, const ps_posture_request *q, ps_status want) {
  ps_scene scene;
  ps_error err = {PS_OK, 0, "", ""};
  assert_int_equal(ps_posture_apply(b->body.model, q, b->body.state, &scene, &err), want);
  assert_int_equal(err.code, want);
  assert_true(strlen(err.msg) > 10);
}

static void impossible_requests_are_refused(void **state) {
  bench *b = *state;
  ps_task task = find("standing-flexed");
  const double bad[4] = {ps_rad(90.01), ps_rad(-0.01), (double)NAN, HUGE_VAL};
  for (int k = 0; k < 4; k++) assert_refused(b, &(ps_posture_request){.task = &task, .argument = bad[k]}, PS_EINPUT);
  task = find("standing");
  const double kg[3] = {-1.0, 100.5, (double)NAN};
  for (int k = 0; k < 3; k++)
    assert_refused(b, &(ps_posture_request){.task = &task, .hold_kg = kg[k], .hold_at = {0.3, 1.0, 0.0}}, PS_EINPUT);
  assert_refused(b, &(ps_posture_request){.task = &task, .hold_kg = 5.0, .hold_at = {1.9, 1.0, 0.0}}, PS_EINPUT);
  assert_refused(b, &(ps_posture_request){.task = &task, .hold_kg = 5.0, .hold_at = {(double)NAN, 1.0, 0.0}}, PS_EINPUT);

  const ps_task coordinate = {.name = "t", .nangle = 1, .angle = {{"hip_flection", 0.1, 0.0}}};
  const ps_task segment = {.name = "t", .npitch = 1, .pitch = {{"thy", 0.1, 0.0, false}}};
  const ps_task contact = {.name = "t", .nsupport = 1, .support = {{"heal", {0, 1, 0}, 0.5, false}}};
  assert_refused(b, &(ps_posture_request){.task = &coordinate}, PS_EFORMAT);
  assert_refused(b, &(ps_posture_request){.task = &segment}, PS_EFORMAT);
  assert_refused(b, &(ps_posture_request){.task = &contact}, PS_EFORMAT);
}

// moment on a flexion coordinate of the hanging leg, term by term and not as the library sums it      [N m]
static double leg_moment(ps_state *s, const char *joint, const char *side, double hip_rad, double knee_rad) {
  const ps_model *m = s->model;
  ps_name name[2];
  snprintf(name[0], sizeof name[0], "hip_flexion_%s", side);
  snprintf(name[1], sizeof name[1], "knee_flexion_%s", side);
  const int hip = person_coord(m, name[0]), knee = person_coord(m, name[1]);
  const int j = strcmp(joint, "hip") == 0 ? hip : knee;
  const double h = 1e-5, at[2] = {hip_rad, knee_rad};
  double com[2][3];
  for (int k = 0; k < 2; k++) {  // gravity from the height of the centre of mass
    s->q[hip] = at[0];
    s->q[knee] = at[1];
    s->q[j] += k ? -h : h;
    ps_state_kinematics(s);
    ps_state_com(s, com[k]);
  }
  s->q[hip] = at[0];
  s->q[knee] = at[1];
  person_evaluate(s);
  double sum = -m->mass*m->gravity*(com[0][1] - com[1][1])/(2.0*h);
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle_force f = ps_muscle_at(&m->muscle[i], s->length[i]);
    sum += person_arm(s, i, j)*f.passive;
  }
  sum -= m->coord[j].linear*s->q[j] + m->coord[j].cubic*pow(s->q[j], 3.0);
  return j == hip ? sum + ps_muscle_capsule(m, at[0]) : sum;
}

// listed by 90 deg the pelvis could not be balanced about one axis, and no residual would show it
static void a_pelvis_on_its_side_is_told_by_tilt_and_rotation(void **state) {
  const bench *b = *state;
  ps_task t = find("side-lying");
  t.nangle = 1;
  t.angle[0] = (ps_task_angle){.name = "pelvis_list", .base = ps_rad(90.0)};
  assert_refused(b, &(ps_posture_request){.task = &t, .side = PS_RIGHT}, PS_EFORMAT);
  assert_refused(b, &(ps_posture_request){.task = &t, .side = PS_LEFT}, PS_EFORMAT);
  t.angle[0].base = ps_rad(-86.0);
  assert_refused(b, &(ps_posture_request){.task = &t, .side = PS_RIGHT}, PS_EFORMAT);
  t.angle[0].base = ps_rad(75.0);
  put(b, &(ps_posture_request){.task = &t, .side = PS_RIGHT}, b->other);
}

static void a_hanging_leg_is_at_a_stable_rest(void **state) {
  bench *b = *state;
  static const char *const name[2] = {"right", "left"};
  const ps_task task = find("modified-thomas");
  for (int k = 0; k < 2; k++) {
    const ps_posture_request q = {.task = &task, .side = k ? PS_LEFT : PS_RIGHT};
    ps_state *s = b->body.state;
    put(b, &q, s);
    const double hip = s->q[person_coord(s->model, k ? "hip_flexion_left" : "hip_flexion_right")];
    const double knee = s->q[person_coord(s->model, k ? "knee_flexion_left" : "knee_flexion_right")];
    printf("figure: hanging leg (%s): hip flexion %.2f, knee %.2f deg, thigh %.2f deg to the horizontal\n", name[k], ps_deg(hip),
           ps_deg(knee), ps_deg(ps_posture_pitch(s, person_segment(s->model, k ? "thigh_left" : "thigh_right"))) - 90.0);
    assert_close(leg_moment(s, "hip", name[k], hip, knee), 0.0, 0.0, 1e-6);
    assert_close(leg_moment(s, "knee", name[k], hip, knee), 0.0, 0.0, 1e-6);

    // pushed away it comes back: the stiffness matrix is positive definite
    const double d = ps_rad(0.1);
    const double hh = leg_moment(s, "hip", name[k], hip + d, knee)/d, hk = leg_moment(s, "hip", name[k], hip, knee + d)/d;
    const double kh = leg_moment(s, "knee", name[k], hip + d, knee)/d, kk = leg_moment(s, "knee", name[k], hip, knee + d)/d;
    assert_true(hh < 0.0 && kk < 0.0 && hh*kk - hk*kh > 0.0);
  }
}

static void a_leg_without_a_rest_is_said(void **state) {
  bench *b = *state;
  const ps_task task = find("standing");
  const ps_posture_request q = {.task = &task};
  put(b, &q, b->body.state);
  const int tilt = person_coord(b->body.model, "pelvis_tilt");
  b->body.state->q[tilt] = (double)NAN;
  ps_error err;
  assert_int_equal(ps_posture_hang(b->body.model, PS_RIGHT, b->body.state, &err), PS_ENUMERIC);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_task_puts_the_legs_where_it_says),
      cmocka_unit_test(a_direction_is_where_the_next_joint_is),
      cmocka_unit_test(every_task_stands_on_the_ground_about_the_feet),
      cmocka_unit_test(balance_puts_the_centre_of_mass_over_the_feet),
      cmocka_unit_test(arms_hang_straight_down),
      cmocka_unit_test(left_is_the_mirror_of_right),
      cmocka_unit_test(a_sideways_push_turns_round_with_the_side),
      cmocka_unit_test(angles_share_over_a_region_and_add_up),
      cmocka_unit_test(a_held_load_is_in_both_hands),
      cmocka_unit_test(impossible_requests_are_refused),
      cmocka_unit_test(a_pelvis_on_its_side_is_told_by_tilt_and_rotation),
      cmocka_unit_test(a_hanging_leg_is_at_a_stable_rest),
      cmocka_unit_test(a_leg_without_a_rest_is_said),
  };
  return cmocka_run_group_tests_name("posture", tests, open_bench, close_bench);
}
