/* What the files of the recruit module share. Not for other modules. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/recruit.h"

// number of non-negative generators of a contact: 4 edges of its friction pyramid, or its normal alone
int ps__generators(const ps_support *support);

// their directions in the world; returns how many
int ps__directions(const ps_support *support, double d[4][3]);

// generalised force of world force f at world point x on coordinate j, which moves it
double ps__generalised(const ps_state *s, int j, const double x[3], const double f[3]);

// how deep the world's point x lies in the bed, never quite 0, and how that falls with its height
double ps__bed_depth(const ps_support *support, const double x[3], double *slope);

// right-hand side and matrix values of this posture
void ps__balance_fill(ps_recruit *r, const ps_state *s);

// generalised force of everything but reserves at the amounts of the last solution                     (ncoord)
void ps__balance_force(const ps_recruit *r, const ps_state *s, double *force);
