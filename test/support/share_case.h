/* Load sharing instances for tests, referees and benchmarks: a made-up lumbar spine, pelvis and legs of realistic size.
 * No anatomy: arms and strengths are drawn from a seeded generator. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"
#include "psoas/optim.h"

typedef enum share_task {
  SHARE_STAND,     // upright, both feet: small moments
  SHARE_FLEXED,    // leaning forward: large extension moments
  SHARE_LATERAL,   // bent sideways and twisted
  SHARE_HEAVY,     // more than the muscles can hold: many saturated, reserves used
  SHARE_ONE_LEG,   // one foot on the ground: 16 generators
  SHARE_SIT,       // seat and feet: 60 generators
  SHARE_NTASK
} share_task;

typedef struct share_case {   // owns its arrays; share_case_free releases them
  ps_share_problem problem;   // points into the arrays below
  int *col, *row;
  double *val, *v, *e, *w, *b;
  ps_share_result result;     // arrays of the right sizes, zeroed
  ps_arena arena;             // enough for one solve
  void *memory;               // of the arena
} share_case;

/** Body-like instance: 69 rows, 350..450 muscles, 16..60 contact generators. Never fails: aborts when out of memory. */
share_case share_case_body(uint64_t seed, share_task task, double p);

/** Small random instance with awkward columns (zero, duplicated, badly scaled), 3..24 rows. */
share_case share_case_random(uint64_t seed, double p);

/** Next pose of a motion: every entry (but the force rows of contacts) and b changed by about `amount` (0.01 = 1 %). */
void share_case_move(share_case *c, uint64_t seed, double amount);

/** Empty case with room for these sizes; values are zero. */
share_case share_case_new(int n, int na, int ns, int nnz, double p);

/** Independent copy. */
share_case share_case_copy(const share_case *c);

void share_case_free(share_case *c);

/** Name of a task, for tables. */
const char *share_task_name(share_task task);
