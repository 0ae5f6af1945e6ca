/* Poses of a slow motion through a library task, and the load sharing problem of each. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/posture.h"

#define MOTION_POSES 64

typedef struct motion {
  const char *name;
  double step_deg;
  ps_scene scene;
  ps_state *state[MOTION_POSES];
  ps_recruit *recruit;           // of the scene, for p
  double *val[MOTION_POSES];     // matrix and right-hand side of each pose
  double *b[MOTION_POSES];
} motion;

/** Poses deg[0], deg[0] + deg[1], ... of a task, each with the problem that its own lengths and arms give. */
PS_MUST_CHECK ps_status motion_new(const ps_model *model, const char *task, const double deg[2], double p, motion *out,
                                   ps_error *err);
void motion_free(motion *m);

/** The problem of pose i; borrows until motion_free. */
ps_share_problem motion_problem(const motion *m, int i);
