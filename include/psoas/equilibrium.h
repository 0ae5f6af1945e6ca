/* How a person stands, sits or lies with the body as it is: the posture of least effort near the habitual one.
 * Theory: docs/theory/equilibrium.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/posture.h"

// at most: the posture's own numbers, those that follow so that what stays stays, things that stay
enum { PS_EQUILIBRIUM_SIZE = 27, PS_EQUILIBRIUM_TIED = 17, PS_EQUILIBRIUM_STAY = 4 };

typedef enum ps_posture_kind {  // by the task's supports
  PS_STANDS,                 // both feet stay
  PS_SITS,                   // feet and ischia stay, the pelvis turns about them
  PS_KNEELS,                 // one shank and the other foot stay
  PS_LIES                    // on a bed that gives way a little; where on the bed stays
} ps_posture_kind;

typedef struct ps_equilibrium_opts {  // weights: of a task that takes an effort of 0.1 cm2 m; they grow with it
  ps_recruit_opts recruit;
  double spine_habit;        // of a joint L5/S1 to T12/L1, each axis          [cm2 m/rad2]   default 30
  double leg_habit;          // of hips, knees and ankles, both legs together  [cm2 m/rad2]   default 0.3
  double gaze;               // of the head's turn in the world                [cm2 m/rad2]   default 1
  double balance;            // of the centre of mass, load included, away from its place over the feet, in tasks with
                             // PS_RULE_BALANCE                               [cm2 m/m2]    default 1000
  double cushion;            // of each hard support of one who lies, away from its height    [cm2 m/m2]    default 1000
  double bed;                // stiffness of a mattress under one place of the body; not a weight          [N/m] default 1000
  double step;               // longest step of shortening on the way from the reference to the body asked for    default 0.10
  const struct ps_equilibrium *like;  // an equilibrium of a similar body and the same task, whose curvature starts the way
                             // down; read by ps_equilibrium_new alone          NULL = measured (24 slopes)
  ps_descend_opts descend;   // tolerance 1e-5 cm2 m/rad, steps of at most 0.05 rad, three rounds of at most 60
} ps_equilibrium_opts;

/** The values named above. */
ps_equilibrium_opts ps_equilibrium_default(void);

typedef struct ps_equilibrium_result {
  ps_outcome outcome;        // PS_STALLED: the slope bends and no step goes down any more
  int iterations, evaluations;
  double cost;               // recruitment alone                              [cm2 m]
  double gradient;           // largest component of the slope that is left    [cm2 m/rad]
  int limit;                 // coordinate at the end of its range; -1: none
  double pelvis_tilt;        // change of the coordinate from the reference, forward + (on the side: head up +)    [rad]
  double lordosis;           // change from the reference, L1 to S1            [rad]
} ps_equilibrium_result;

typedef struct ps_equilibrium_starts {  // do other starts end in the same posture?
  int nstart, nsame;         // how many; how many of them end within 0.05 deg in every coordinate
  double difference;         // largest of all                                 [rad]
  int coord;                 // where
  double gain;               // how much lower the lowest other minimum lies than the posture found; 0 when none does
} ps_equilibrium_starts;

typedef struct ps_stay {     // what the supports keep in place
  int body;
  double pos[3];             // in the body
  double at[3], R[9];        // where it stays; the turn of the body there
  int nshift;                // so many of x, y, z stay
  bool turns;                // the turn stays too
} ps_stay;

typedef struct ps_equilibrium {
  ps_model body;             // shares all with the person's model but the fascicles
  ps_posture_request request;
  ps_equilibrium_opts opts;
  ps_state *state;           // the posture                                                    by ps_equilibrium_solve
  ps_recruit *recruit;       // who carries it                                                 by ps_equilibrium_solve
  ps_state *probe;
  double *reference;         // coordinates of the reference posture           (ncoord)        by ps_equilibrium_new
  double *habit;             // weight of each coordinate                      (ncoord)        by ps_equilibrium_new
  double *gradient;          // slope with every coordinate                    (ncoord)
  ps_muscle *tight;          // fascicles of the reference body                (nmuscle)       by ps_equilibrium_new
  double *home;              // coordinates that the task gives: where habit is (ncoord)       by ps_equilibrium_new
  double *start;             // what is found of typical muscles: where a relaxed reference is looked for (ncoord)
  double *arms;              // the task's posture with the load: its arms     (ncoord)        by ps_equilibrium_new
  ps_posture_kind kind;
  ps_side side;              // of the kneeling leg
  int nfree, nbase, ntied, nstay;     // free: nbase of pelvis and legs, then 18 of L5/S1 to T12/L1
  int free[PS_EQUILIBRIUM_SIZE], tied[PS_EQUILIBRIUM_TIED];   // coordinates
  ps_stay stay[PS_EQUILIBRIUM_STAY];
  int tilt, arm[2];          // coordinate; bodies
  double bed[PS_SUPPORT_MAX], head_R[9], centre[3];           // where they stay
  double scale[PS_EQUILIBRIUM_SIZE];  // of each unknown: 1 rad, or metres
  double off[PS_EQUILIBRIUM_SIZE];    // slope at the reference                [cm2 m/rad]    by ps_equilibrium_new
  double h[PS_EQUILIBRIUM_SIZE*PS_EQUILIBRIUM_SIZE];          // inverse Hessian at the reference (nfree x nfree)
  double x[PS_EQUILIBRIUM_SIZE];      // the posture: change of each unknown   [rad]           by ps_equilibrium_solve
  double at[PS_EQUILIBRIUM_SIZE];     // where state and recruit are now
  ps_outcome found;          // of the search for a relaxed reference
  bool is_minimum;           // is the reference one? otherwise habit is too weak to hold it, and small causes move it far
  bool is_warm, is_holding;
  double level, level_of[2]; // factor on all weights: now, empty-handed, with the load           by ps_equilibrium_new
  ps_arena scratch;
  void *memory;              // owns
} ps_equilibrium;

/** Take the posture of a task as this body's own: the reference.
 *
 *    f(x) = C(q(x)) + level (sum_j W_j (q_j - q0_j)^2 + gaze + balance + cushion) + range - off.x,   off = slope of the rest at x = 0
 *  so the reference is stationary for `model` whatever the weights; another tightness, or a load in the hands, moves it.
 *  given    model    the person whose posture is known (as is when it was measured); borrowed until freed
 *           request  a task that stands, sits, half kneels or lies; what it carries is not part of the reference; its task is
 *                    borrowed until freed. A task that relaxes: the reference is found, and off is next to nothing
 *           opts     NULL = ps_equilibrium_default()
 *  fills    eq       allocates; free with ps_equilibrium_free
 *  errors   PS_EINPUT (a task of no such kind, a load out of reach), those of ps_posture_apply, PS_ENOMEM,
 *           PS_ENUMERIC
 *  checked  test/unit/equilibrium_test.c, test/prop/gradient_test.c */
PS_MUST_CHECK ps_status ps_equilibrium_new(const ps_model *model, const ps_posture_request *request,
                                           const ps_equilibrium_opts *opts, ps_equilibrium **eq, ps_error *err);
void ps_equilibrium_free(ps_equilibrium *eq);

/** Take the same reference posture as that of a body with other tightness: what is taken from it (off, weights) is made
 *  anew, at the price of one slope; the curvature stays. The same as ps_equilibrium_new of that body, but for the curvature
 *  from which the way down starts.
 *  given    model    the same body; only the tightness of its fascicles is read, the rest is not borrowed
 *  errors   PS_ENUMERIC, PS_ENOMEM.  Allocates nothing.
 *  checked  test/unit/equilibrium_test.c */
PS_MUST_CHECK ps_status ps_equilibrium_refer(ps_equilibrium *eq, const ps_model *model);

/** The posture of the same person with other tightness and with what the request carries: from the reference, in
 *  steps of both where the way is long, a local minimum near the habitual posture. Never claimed to be the only one.
 *  given    target   the same body as `model` of ps_equilibrium_new; only the tightness of its fascicles is read
 *  fills    eq->state, eq->recruit (of eq->body), eq->x, result
 *  errors   PS_ENUMERIC.  Allocates nothing. */
PS_MUST_CHECK ps_status ps_equilibrium_solve(ps_equilibrium *eq, const ps_model *target, ps_equilibrium_result *result);

/** Start again n times around the posture found, each unknown moved by N(0, sd), and compare the ends. The posture found
 *  stays in eq->state.   given n, sd [rad], seed   fills starts   errors PS_ENUMERIC.  Allocates nothing. */
PS_MUST_CHECK ps_status ps_equilibrium_restart(ps_equilibrium *eq, int n, double sd, uint64_t seed,
                                               ps_equilibrium_starts *starts);

/** f and its slope at x (eq->nfree); infinite where no posture keeps in place what stays. For ps_descend and tests. */
double ps_equilibrium_value(void *eq, const double *x, double *gradient);

/** Put the body into a task as it comes to rest there: where the task relaxes, in the posture that this body finds; with a load,
 *  in the posture that carries it, found from the one with empty hands. Otherwise, and where none is found, as ps_posture_apply.
 *  given    model, request  as for ps_posture_apply
 *  fills    state, scene    as ps_posture_apply; found: is it found, or held by the angles of the task?
 *  errors   those of ps_posture_apply, PS_ENOMEM.  Allocates, and frees all.
 *  checked  test/unit/equilibrium_test.c */
PS_MUST_CHECK ps_status ps_posture_settle(const ps_model *model, const ps_posture_request *request, ps_state *state,
                                          ps_scene *scene, bool *found, ps_error *err);
