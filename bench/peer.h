/* Other people's programs on the same work. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/model.h"
#include "psoas/optim.h"

typedef struct peer_answer {
  bool is_solved;      // by its own account
  double ms;
  double objective, kkt;   // both by our functions, from its activations and multipliers
} peer_answer;

/** Ipopt with exact derivatives on the problem as it stands: activations, support forces and reserves under the row
 *  equations. `z` holds where it stopped; a warm solve starts there. */
typedef struct peer_ipopt peer_ipopt;
peer_ipopt *peer_ipopt_new(const ps_share_problem *problem);
peer_answer peer_ipopt_solve(peer_ipopt *peer, const ps_share_problem *problem, bool is_warm);
void peer_ipopt_free(peer_ipopt *peer);

/** Clp's barrier method, p = 2 only; it has no warm start. Its point is put within its bounds before it is judged. */
peer_answer peer_clp_solve(const ps_share_problem *problem);

/** NLopt's SLSQP on the dual: one unknown per row, no constraint, each scaled by its own curvature. On the problem as it stands
 *  it needs minutes (it keeps a dense matrix of all unknowns). Stops after `limit_ms`. `y` (n) is start and end. */
peer_answer peer_nlopt_solve(const ps_share_problem *problem, double limit_ms, double *y);

/** The exported body in MuJoCo. */
typedef struct peer_mujoco peer_mujoco;
peer_mujoco *peer_mujoco_new(const ps_model *model);     // NULL when it does not load
double peer_mujoco_time(peer_mujoco *peer, const ps_state *state);   // [ms] mj_kinematics, mj_comPos, mj_tendon
double peer_mujoco_difference(const peer_mujoco *peer, const ps_state *state, int *ncompared);  // worst length [m], straight paths
const char *peer_mujoco_version(void);
void peer_mujoco_free(peer_mujoco *peer);
