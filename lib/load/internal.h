/* What the files of the load module share. Not for other modules. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/load.h"

// forces and moments (about the world's origin) on every body by gravity, carried loads, contacts and whole muscle forces
void ps__load_wrenches(ps_load *load, const ps_recruit *r, const ps_state *s);

// the frame half way between the endplates of a disc; columns x forward, y up, z right
void ps__load_disc_frame(const ps_state *s, const ps_disc *disc, double R[9]);

// every source's share at every level, by virtual displacements
void ps__load_split(ps_load *load, const ps_recruit *r, const ps_state *s);

// force on what stands above, as a load on what stands below
ps_load_share ps__load_share(const double force[3], const double frame[9]);
