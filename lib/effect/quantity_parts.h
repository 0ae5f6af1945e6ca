/* What the files of the quantities share: groups of muscles, and sums over their fascicles. Not for other modules.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/recruit.h"

enum { PS__GROUP_HEADS = 6, PS__NGROUP = 11, PS__PSOAS_LEVELS = 6, PS__NSIDE = 3 };

typedef struct ps__sum {       // over fascicles; [PS_MIDLINE] both sides together, [PS_RIGHT], [PS_LEFT]
  double work[PS__NSIDE];      // volume x activation                                [cm2 m]
  double volume[PS__NSIDE];    //                                                    [cm2 m]
  double force[PS__NSIDE];     // active and passive                                 [N]
  double area[PS__NSIDE];      //                                                    [m2]
  double moment[PS__NSIDE];    // about T12/L1, flexing +                            [N m]
} ps__sum;

typedef struct ps__sums {
  ps__sum group[PS__NGROUP];   // in the order of the table
  ps__sum psoas[PS__PSOAS_LEVELS], psoas_posterior[PS__PSOAS_LEVELS];  // by origin T12, L1 .. L5; from transverse processes
} ps__sums;

/** One pass over all fascicles.  given recruit solved on state, flexion coordinate of T12/L1 or -1   fills sums */
void ps__quantity_sum(const ps_recruit *recruit, const ps_state *state, int icoord, ps__sums *sums);

/** Sums of a group by its name in the list of quantities; NULL: no such name. */
const ps__sum *ps__quantity_group(const ps__sums *sums, const char *name);

/** Sums of the psoas fascicles of a vertebra "T12", "L1" .. "L5", of "L2-L5", or of "L2-L5 posterior". */
ps__sum ps__quantity_psoas(const ps__sums *sums, const char *part);
