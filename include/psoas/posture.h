/* Tasks: a posture to hold, told as angles, as segment directions in the world, or by a rule, with its supports.
 * Theory: docs/theory/posture.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/recruit.h"

#define PS_TASK_ANGLE_MAX 48
#define PS_TASK_PITCH_MAX 16

typedef enum ps_rule {
  PS_RULE_BALANCE = 1,       // the legs lean about the ankles until the centre of mass stands over the feet
  PS_RULE_ARMS_HANG = 2,     // upper arms and forearms point straight down
  PS_RULE_RELAXES = 8,       // angles are where to look from: the posture is what a relaxed body finds (ps_posture_settle)
  PS_RULE_LEG_HANGS = 4      // the tested leg finds its own rest: gravity against passive hip and knee (Thomas test)
} ps_rule;

typedef enum ps_argument { PS_ARGUMENT_NONE, PS_ARGUMENT_ANGLE, PS_ARGUMENT_SIDE } ps_argument;

typedef struct ps_task_angle {
  ps_name name;              // a coordinate; without its side = both; "lumbar_flexion" ... = shared over the region
  double base, slope;        // base + slope x argument, added to standing                [rad], [-]
} ps_task_angle;

typedef struct ps_task_pitch {
  ps_name name;              // thigh, shank or foot, with a side or without (both)
  double base, slope;        // direction in the world: straight down 0, forward +; a level foot 0    [rad], [-]
  bool is_leaning;           // takes part in the lean of PS_RULE_BALANCE
} ps_task_pitch;

typedef struct ps_task_support {
  ps_name contact;           // with a side or without (both)
  double normal[3];          // unit, world
  double friction;
  bool is_soft;              // on a mattress that gives way
} ps_task_support;

typedef struct ps_task {     // written for the right side when the argument is a side
  ps_name name;
  char title[96];
  ps_argument argument;
  double argument_default, argument_min, argument_max;                                  // [rad]
  unsigned rules;            // PS_RULE_*
  int nangle, npitch, nsupport;
  ps_task_angle angle[PS_TASK_ANGLE_MAX];
  ps_task_pitch pitch[PS_TASK_PITCH_MAX];
  ps_task_support support[PS_SUPPORT_MAX];
} ps_task;

typedef struct ps_posture_request {
  const ps_task *task;       // borrows
  double argument;           // [rad], within the task's range
  ps_side side;              // PS_RIGHT or PS_LEFT, for tasks with a side
  double hold_kg;            // carried in both hands; 0 = nothing
  double hold_at[3];         // from the midpoint between the feet                      [m]
} ps_posture_request;

/** Put the body into a task.
 *  given   model, request
 *  fills   state   coordinates, kinematics and paths of the posture
 *          scene   supports and carried load, ready for ps_recruit_new
 *  errors  PS_EINPUT (an argument outside its range, a load out of reach), PS_EFORMAT (the task names a coordinate,
 *          segment or contact that does not exist, or lists the pelvis by 84 to 96 deg), PS_ENUMERIC (a rule found no posture).  Allocates nothing.
 *  checked test/unit/posture_test.c */
PS_MUST_CHECK ps_status ps_posture_apply(const ps_model *model, const ps_posture_request *request, ps_state *state,
                                         ps_scene *scene, ps_error *err);

/** Let one leg hang: hip flexion and knee flexion at rest under gravity, passive muscles and capsule, the rest held.
 *  given   state   a posture with the leg free of supports; its coordinates are the start
 *  fills   state   hip and knee flexion of that side, kinematics and paths
 *  errors  PS_ENUMERIC when no rest is found within the joint ranges.   checked  test/unit/posture_test.c */
PS_MUST_CHECK ps_status ps_posture_hang(const ps_model *model, ps_side side, ps_state *state, ps_error *err);

/** Direction of a leg segment in the world [rad]: straight down 0, forward +; for a foot level 0, toes up +. */
double ps_posture_pitch(const ps_state *state, int ibody);
