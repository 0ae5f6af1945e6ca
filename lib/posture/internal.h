/* What the files of the posture module share. Not for other modules. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/optim.h"
#include "psoas/posture.h"

// the two names that a name without a side stands for; returns 1 when it already has one, or is of the midline
int ps__both_sides(const char *name, ps_side side, ps_name out[2]);

// angles of the task added to the standing posture
ps_status ps__posture_angles(const ps_model *m, const ps_posture_request *q, ps_state *s, ps_error *err);

// leg segments turned to their directions in the world; those that lean, by `lean` more
ps_status ps__posture_pitches(const ps_model *m, const ps_posture_request *q, double lean, ps_state *s, ps_error *err);

// supports of the task
ps_status ps__posture_supports(const ps_model *m, const ps_posture_request *q, ps_scene *scene, ps_error *err);

// move the pelvis so that the lowest support is at height 0 and the midpoint between the feet at x = z = 0
void ps__posture_place(const ps_model *m, const ps_scene *scene, ps_state *s);

// arms straight down
void ps__posture_arms_hang(const ps_model *m, ps_state *s);

// both hands at a place of the world
ps_status ps__posture_hands(const ps_model *m, const double at[3], ps_state *s, ps_error *err);

// what the hands carry: half the load each; with empty hands, the arms of one who rests
void ps__posture_hold(const ps_model *m, const ps_posture_request *q, ps_scene *scene);

// ---- equilibrium ----------------------------------------------------------------------------------------------------
struct ps_equilibrium;

// from the posture of the task to the reference: weights, slope, curvature
ps_status ps__equilibrium_reference(struct ps_equilibrium *eq, ps_error *err);

// tightness of the fascicles, the load in the hands and the level of the weights, a share of the way to the target
void ps__equilibrium_target(struct ps_equilibrium *eq, const ps_muscle *target, double share);

// down to a minimum of ps_equilibrium_value from x, with a guess h of the inverse Hessian
ps_status ps__equilibrium_descend(struct ps_equilibrium *eq, double tolerance, double *x, double *h, ps_descend_result *result);

// state and recruitment at x, unless they are there already
ps_status ps__equilibrium_stand(struct ps_equilibrium *eq, const double *x);

// which kind of posture these supports make; false when it is none that can be solved
bool ps__equilibrium_kind(struct ps_equilibrium *eq, const ps_scene *scene);

// which coordinates are the posture's own, what stays and which coordinates follow; false when the body lacks one
bool ps__equilibrium_coords(struct ps_equilibrium *eq);

// remember where the task puts what stays, the supports and the head; make the bed
void ps__equilibrium_hold(struct ps_equilibrium *eq, ps_scene *scene);

// coordinates, kinematics and paths at x with everything in place that stays; false when the legs do not reach
bool ps__equilibrium_place(struct ps_equilibrium *eq, const double *x);

// arms as the task wants them on this trunk
void ps__equilibrium_arms(const struct ps_equilibrium *eq, ps_state *s);

// the arms' part of the slope goes to the coordinates that move the trunk
void ps__equilibrium_arms_follow(const struct ps_equilibrium *eq, double *slope);

// slope with the unknowns from the slope with every coordinate, which is changed
bool ps__equilibrium_reduce(const struct ps_equilibrium *eq, double *slope, double *out);

// velocity of the world's point x with coordinate j, which moves it
void ps__motion(const ps_state *s, int j, const double x[3], double v[3]);

// habit, gaze, balance, cushions and joint ranges: their value; their slope is added
double ps__equilibrium_terms(const struct ps_equilibrium *eq, double *slope);

// coordinate that is pushed back from the end of its range, or -1
int ps__equilibrium_limit(const struct ps_equilibrium *eq);
