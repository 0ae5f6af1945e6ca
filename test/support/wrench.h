/* Forces on every body of a solved posture, put together by the tests from where the bodies and path points are and how
 * hard each fascicle pulls: nothing is taken from the balance equations or from the loads.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/recruit.h"

enum { WRENCH_BODY_MAX = 128 };

typedef struct wrench { double f[3], m[3]; } wrench;  // force [N]; moment about the world's origin [N m]

typedef struct wrench_set { wrench body[WRENCH_BODY_MAX]; } wrench_set;

void wrench_push(wrench *w, const double at[3], const double force[3]);

/** One fascicle pulling with `tension`: what its path does to each body it touches. */
void wrench_add_fascicle(wrench_set *set, const ps_state *s, int imuscle, double tension);

/** Gravity, carried loads, contacts, fascicles: everything but couples between neighbours and reserves. */
void wrench_gravity(wrench_set *set, const ps_state *s);
void wrench_outside(wrench_set *set, const ps_recruit *r, const ps_state *s);
void wrench_fascicles(wrench_set *set, const ps_recruit *r, const ps_state *s);

/** Sum over a body and all its descendants; with `is_below`, over all the others. */
wrench wrench_sum(const wrench_set *set, const ps_model *m, int ibody, bool is_below);

/** Moment about a point. */
void wrench_moment_about(const wrench *w, const double at[3], double out[3]);
