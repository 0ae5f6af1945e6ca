/* Poses of a slow motion through a library task, and the load sharing problem of each. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/posture.h"

#define MOTION_POSES 64

typedef struct motion_plan {
  const char *task;              // of the library
  double from_deg, step_deg;     // its argument
  double p;                      // exponent of the recruitment
} motion_plan;

typedef struct motion {
  ps_scene scene;
  ps_state *state[MOTION_POSES];
  ps_recruit *recruit;           // of the scene, for p
  double *val[MOTION_POSES];     // matrix and right-hand side of each pose
  double *b[MOTION_POSES];
} motion;

/** The poses of a plan, each with the problem that its own lengths and arms give. Free it also after a failure. */
PS_MUST_CHECK ps_status motion_new(const ps_model *model, const motion_plan *plan, motion *out, ps_error *err);
void motion_free(motion *m);

/** The problem of pose i; borrows until motion_free. */
ps_share_problem motion_problem(const motion *m, int i);
