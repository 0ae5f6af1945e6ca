/* Who carries a posture: balance equations of every joint, contacts that only push, and the activations that share the work.
 * Theory: docs/theory/recruitment.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/muscle.h"
#include "psoas/optim.h"

#define PS_SUPPORT_MAX 64
#define PS_CARRIED_MAX 8

typedef struct ps_support {  // a contact that can push but not pull
  int contact;               // index in ps_model.contact
  double normal[3];          // unit, world: the direction in which it pushes the body
  double friction;           // coefficient of a four-sided friction pyramid; 0 = smooth     [-]
  bool is_soft;              // on a mattress: ps_equilibrium_new sets the next two
  double stiffness;          // of a bed that gives way: it pushes by this times how deep the place lies in it; 0: hard, it pushes
                             // as much as is asked for                                      [N/m]
  double surface;            // place of the bed's surface along the normal                  [m]
} ps_support;

typedef struct ps_carried {  // a force from outside at a place of a body
  int body;
  double pos[3];             // in the body                                      [m]
  double force[3];           // in the world                                     [N]
} ps_carried;

typedef struct ps_scene {    // what holds the body up, and what it holds
  bool rests;                // lies: between T1 and T12 the rib cage carries, and not muscles
  int nsupport;
  ps_support support[PS_SUPPORT_MAX];
  int ncarried;
  ps_carried carried[PS_CARRIED_MAX];
} ps_scene;

typedef struct ps_recruit_opts {
  double p;                  // exponent of the cost sum V a^p                               default 2
  double reserve_cost;       // of a reserve moment squared, cost unit (cm2 m) per (N m)^2   default 1
  double support_cost;       // of a contact force squared, cost unit per N^2                default 1e-9
  double bed_cost;           // of a bed pushing otherwise than its depth says, squared, cost unit per N^2   default 1e-4
  double tolerance;          // relative KKT residual                                        default 1e-9
} ps_recruit_opts;

/** The values named above. */
ps_recruit_opts ps_recruit_default(void);

typedef struct ps_recruit {
  const ps_model *model;     // borrows
  ps_scene scene;            // copied; ps_recruit_new fixes the contacts, forces may be changed between solves
  int nrow;                  // balance equations; after them, in `problem`, one row for each place on a bed
  ps_recruit_opts opts;
  int *coord_row;            // row of a coordinate, -1 when the task holds it    (ncoord)          by ps_recruit_new
  int *row_coord;            // coordinate of a row                               (nrow)            by ps_recruit_new
  ps_muscle_force *can;      // what each fascicle can do here                    (nmuscle)         by ps_recruit_solve
  double *active;            // force by activation and tone                      [N] (nmuscle)     by ps_recruit_solve
  double *passive;           // force without                                     [N] (nmuscle)     by ps_recruit_solve
  double *elastic;           // moment of bushing, capsule and resting rib cage   [N m] (ncoord)    by ps_recruit_solve
  double *reserve;           // moment or force that nothing else could give      [N m], [N] (ncoord) by ps_recruit_solve
  double *contact;           // contact forces on the body, world                 [N] (nsupport x 3)  by ps_recruit_solve
  double *val, *b;           // the two parts of `problem` that follow the posture                  by ps_recruit_solve
  ps_share_problem problem;  // the convex programme
  ps_share_result result;    // activations, multipliers, residual
  unsigned warn;             // PS_WARN_*                                                           by ps_recruit_solve
  ps_arena scratch;
  void *memory;              // owns
} ps_recruit;

/** Workspace for one scene.
 *  given   model, scene  supports name contacts of the model; normals are unit vectors
 *          opts          NULL = ps_recruit_default()
 *  fills   recruit       allocates; free with ps_recruit_free
 *  errors  PS_EINPUT (a support or option outside its range), PS_ENOMEM */
PS_MUST_CHECK ps_status ps_recruit_new(const ps_model *model, const ps_scene *scene, const ps_recruit_opts *opts,
                                       ps_recruit **recruit);
void ps_recruit_free(ps_recruit *recruit);

/** Share the work of one posture.
 *
 *    min  sum V a^p + reserves + contacts   s.t.  sum (F_passive + a F_active) arm + elastic + gravity + loads
 *                                                 + contacts + reserve = 0   in every balanced coordinate
 *  given   state    after ps_state_kinematics and ps_state_paths
 *          is_warm  start from the multipliers of the solve before (a neighbouring posture)
 *  warns   PS_WARN_RESERVE_LARGE, PS_WARN_NOT_CONVERGED, PS_WARN_UNBALANCED and those of the fascicles
 *  errors  PS_ENUMERIC when the posture holds a NaN.  Allocates nothing.
 *  checked test/prop/balance_test.c (residual from wrenches), test/referee (Ipopt) */
PS_MUST_CHECK ps_status ps_recruit_solve(ps_recruit *recruit, const ps_state *state, bool is_warm);

/** Generalised force of gravity on coordinate j [N m] or [N], for all j.      (ncoord) */
void ps_recruit_gravity(const ps_state *state, double *out);

/** Slope of the least cost with every coordinate, the held ones included: d(objective)/dq.            (ncoord)
 *
 *    dC/dq_k = -sum_j y_j dQ_j/dq_k = -sum_j dQ_k/dq_j y_j
 *  Q: generalised forces at the amounts of activation and contact that were found, y: their multipliers (envelope theorem).
 *  At fixed amounts every force has a potential, so dQ/dq is symmetric and one difference of Q along y, on paths alone,
 *  gives the slope with all coordinates. No recruitment is solved.   docs/theory/equilibrium.md section 2
 *  given    recruit  solved on `state`;   probe  another state of the same model
 *  fills    out; changes probe.   Allocates nothing.
 *  checked  test/prop/gradient_test.c against differences of the solved cost */
void ps_recruit_gradient(const ps_recruit *recruit, const ps_state *state, ps_state *probe, double *out);
