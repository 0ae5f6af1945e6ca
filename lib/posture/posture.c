/* From a task to a posture: the order in which its angles, directions and rules are applied, and the lean that brings the
 * centre of mass over the feet. Theory: docs/theory/posture.md section 1. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/posture.h"

#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

// share of the foot, heel to toe, over which quiet standing keeps the centre of mass; assumed, because reports of the
// centre of pressure lie between 0.4 and 0.5 of foot length
static const double FOOT_SHARE = 0.42;

static ps_status check(const ps_posture_request *q, ps_error *err) {
  const ps_task *t = q->task;
  if (t->argument == PS_ARGUMENT_ANGLE && !(q->argument >= t->argument_min && q->argument <= t->argument_max))
    return ps_error_set(err, PS_EINPUT, 0, t->name, "the angle of %s is %g, allowed is %g to %g deg", t->name,
                        ps_deg(q->argument), ps_deg(t->argument_min), ps_deg(t->argument_max));
  if (!(q->hold_kg >= 0.0 && q->hold_kg <= 100.0))
    return ps_error_set(err, PS_EINPUT, 0, "hold", "the load is %g kg, allowed is 0 to 100 kg", q->hold_kg);
  return PS_OK;
}

/* Tilt, list and rotation turn the pelvis in this order. With the list near 90 deg the first and the last turn about the same axis: no
 * force could be balanced about the third, and nothing would say so. Every posture can be told without such a list. */
static ps_status check_turns(const ps_model *m, const ps_task *t, const ps_state *s, ps_error *err) {
  static const double LEAST = 0.1;
  const int list = ps_model_find_coord(m, "pelvis_list");
  PS_ASSERT(list >= 0);
  if (fabs(cos(s->q[list])) > LEAST) return PS_OK;
  return ps_error_set(err, PS_EFORMAT, 0, t->name, "pelvis_list of %s is %.0f deg: lying on the side is pelvis_tilt -90 and "
                      "pelvis_rotation 90 or -90", t->name, ps_deg(s->q[list]));
}

static ps_status arms(const ps_model *m, const ps_posture_request *q, ps_state *s, ps_error *err) {
  if (q->hold_kg > 0.0) return ps__posture_hands(m, q->hold_at, s, err);
  if (q->task->rules & PS_RULE_ARMS_HANG) ps__posture_arms_hang(m, s);
  return PS_OK;
}

// how far the centre of mass, with what is carried, stands ahead of where the feet want it
static double ahead(const ps_model *m, const ps_posture_request *q, const ps_state *s) {
  double com[3], heel[3], toe[3];
  const double mass = ps_state_com(s, com);
  const int iheel = ps_model_find_contact(m, "heel_right"), itoe = ps_model_find_contact(m, "toe_right");
  PS_ASSERT(iheel >= 0 && itoe >= 0);
  ps_state_position(s, m->contact[iheel].body, m->contact[iheel].pos, heel);
  ps_state_position(s, m->contact[itoe].body, m->contact[itoe].pos, toe);
  const double x = (mass*com[0] + q->hold_kg*q->hold_at[0])/(mass + q->hold_kg);
  return x - (heel[0] + FOOT_SHARE*(toe[0] - heel[0]));
}

static ps_status legs_and_arms(const ps_model *m, const ps_posture_request *q, const ps_scene *scene, double lean,
                               ps_state *s, ps_error *err) {
  PS_TRY(ps__posture_pitches(m, q, lean, s, err));
  ps__posture_place(m, scene, s);
  return arms(m, q, s, err);
}

// secant on the lean; the centre of mass moves almost evenly with it
static ps_status balance(const ps_model *m, const ps_posture_request *q, const ps_scene *scene, ps_state *s,
                         ps_error *err) {
  double a = 0.0, b = ps_rad(1.0);
  PS_TRY(legs_and_arms(m, q, scene, a, s, err));
  double fa = ahead(m, q, s);
  for (int i = 0; i < 30; i++) {
    PS_TRY(legs_and_arms(m, q, scene, b, s, err));
    const double fb = ahead(m, q, s);
    if (fabs(fb) < 1e-12) return PS_OK;
    if (!(fabs(b) < ps_rad(45.0)) || fa == fb) break;
    const double next = b - fb*(b - a)/(fb - fa);
    a = b;
    fa = fb;
    b = next;
  }
  if (fabs(ahead(m, q, s)) < 1e-9) return PS_OK;
  return ps_error_set(err, PS_ENUMERIC, 0, q->task->name, "no lean of the legs brings the centre of mass over the feet");
}

// who lies lays the arms down: the bed carries their weight, and nothing of it comes to the shoulders
static void lay_arms(const ps_model *m, ps_scene *scene) {
  static const char *const arm[4] = {"upper_arm_right", "upper_arm_left", "forearm_right", "forearm_left"};
  for (int k = 0; k < 4; k++) {
    const int i = ps_model_find_body(m, arm[k]);
    PS_ASSERT(i >= 0);
    ps_carried *c = &scene->carried[scene->ncarried++];
    *c = (ps_carried){.body = i, .force = {0.0, m->body[i].mass*m->gravity, 0.0}};
    ps_vec_copy(c->pos, m->body[i].com);
  }
}

void ps__posture_hold(const ps_model *m, const ps_posture_request *q, ps_scene *scene) {
  static const char *const grip[2] = {"grip_right", "grip_left"};
  scene->ncarried = 0;
  if (!(q->hold_kg > 0.0)) {
    if (scene->rests) lay_arms(m, scene);
    return;
  }
  for (int k = 0; k < 2; k++) {
    const int i = ps_model_find_landmark(m, grip[k]);
    PS_ASSERT(i >= 0);
    ps_carried *c = &scene->carried[scene->ncarried++];
    *c = (ps_carried){.body = m->landmark[i].body, .force = {0.0, -0.5*q->hold_kg*m->gravity, 0.0}};
    ps_vec_copy(c->pos, m->landmark[i].pos);
  }
}

ps_status ps_posture_apply(const ps_model *m, const ps_posture_request *q, ps_state *s, ps_scene *scene, ps_error *err) {
  PS_TRY(check(q, err));

  // from the person's own standing curve: angles of the task
  memset(s->q, 0, (size_t)m->ncoord*sizeof *s->q);
  PS_TRY(ps__posture_angles(m, q, s, err));
  PS_TRY(check_turns(m, q->task, s, err));
  PS_TRY(ps__posture_supports(m, q, scene, err));

  // legs in the world, arms, and what the task's own rule asks for
  if (q->task->rules & PS_RULE_BALANCE)
    PS_TRY(balance(m, q, scene, s, err));
  else
    PS_TRY(legs_and_arms(m, q, scene, 0.0, s, err));
  if (q->task->rules & PS_RULE_LEG_HANGS) PS_TRY(ps_posture_hang(m, q->side, s, err));

  ps__posture_hold(m, q, scene);
  ps_state_kinematics(s);
  ps_state_paths(s);
  return PS_OK;
}
