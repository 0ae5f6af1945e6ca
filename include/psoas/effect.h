/* What tightness changes: the same person as is and released, each in the posture that it settles in, task by task.
 * Theory: docs/theory/tightness.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/equilibrium.h"
#include "psoas/load.h"

enum { PS_EFFECT_STANDING, PS_EFFECT_LATE_RIGHT, PS_EFFECT_LATE_LEFT,  // the tasks that quantities are read in come first
       PS_EFFECT_TASKS_MAX = 8 };

typedef struct ps_solution { // one posture, who carries it, and what each joint bears
  ps_state *state;
  ps_recruit *recruit;
  ps_load *load;
  ps_equilibrium_result found;  // how the posture was found; zeros when held
} ps_solution;

typedef struct ps_effect_request {
  ps_posture_request posture;   // borrows its task
  bool is_held;                 // a moment of a motion, in which nobody comes to rest: both states are solved in the task's posture
} ps_effect_request;

typedef struct ps_effect_task {
  ps_effect_request request;
  ps_equilibrium *equilibrium;  // NULL when held
  ps_solution as_is, released;
} ps_effect_task;

typedef struct ps_effect_opts {
  ps_equilibrium_opts equilibrium;
  bool is_measured;          // the standing posture is this person's own, so it belongs to the body as is; else it is the
                             // typical one, and belongs to the released body        default false
  const struct ps_effect *like;  // the same tasks first, of a similar body: its curvature starts the way down; NULL = measured
} ps_effect_opts;

/** ps_equilibrium_default(), typical, NULL. */
ps_effect_opts ps_effect_default(void);

typedef struct ps_effect {
  ps_model *model;           // borrows; holds the tightness as is after ps_effect_solve
  ps_effect_opts opts;
  int ntask;
  ps_effect_task task[PS_EFFECT_TASKS_MAX];
  int nsolve;                // postures that were solved, ever
  int nlost;                 // of the last ps_effect_solve, those that found no posture, did not converge, or do not rest
                             // on their supports where a posture was found
  unsigned warn;             // PS_WARN_* of the last ps_effect_solve
} ps_effect;

/** Prepare the comparison.
 *  given   model     one person; its tightness is changed by ps_effect_solve
 *          request   the tasks, at most PS_EFFECT_TASKS_MAX
 *          opts      NULL = ps_effect_default()
 *  fills   effect    allocates; free with ps_effect_free
 *  errors  those of ps_equilibrium_new */
PS_MUST_CHECK ps_status ps_effect_new(ps_model *model, const ps_effect_request *request, int ntask, const ps_effect_opts *opts,
                                      ps_effect **effect, ps_error *err);
void ps_effect_free(ps_effect *effect);

typedef struct ps_effect_states {  // the two tightnesses that are compared
  const ps_tightness_entry *as_is, *released;
  int nas_is, nreleased;
} ps_effect_states;

/** Solve every task twice: with the muscles as they are, and released. Both are real solves, in the posture that each finds
 *  (or, when held, in the task's); the same entries in both give the same bits in both.
 *  given   states
 *  fills   effect->task[].as_is and .released
 *  errors  those of ps_model_set_tightness; PS_ENUMERIC.   A posture that is not found is counted (nlost), not refused.
 *  checked test/unit/effect_test.c */
PS_MUST_CHECK ps_status ps_effect_solve(ps_effect *effect, const ps_effect_states *states, ps_error *err);
