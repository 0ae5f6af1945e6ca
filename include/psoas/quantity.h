/* What the five pathways are read from: numbers of solved postures. Theory: docs/theory/tightness.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/effect.h"
#include "psoas/tightness.h"

#define PS_QUANTITY_MAX 96

typedef enum ps_quantity_kind {  // what is read; `part` of ps_quantity says of what
  PS_QUANTITY_COMPRESSION,     // of a disc                                                                    [N]
  PS_QUANTITY_SHEAR,           // of a disc, upper vertebra forward +                                          [N]
  PS_QUANTITY_MOMENT,          // that disc and ligaments bear, flexing +                                      [N m]
  PS_QUANTITY_FACETS,          // share of the compression that the facet joints carry                         [-]
  PS_QUANTITY_PRESSURE,        // in a disc                                                                    [Pa]
  PS_QUANTITY_FLEXION,         // of a level away from the person's own standing curve, flexion +              [rad]
  PS_QUANTITY_LORDOSIS,        // L1 to S1                                                                     [rad]
  PS_QUANTITY_PSOAS_MOMENT,    // at T12/L1, by the psoas fascicles from `part`, flexing +                     [N m]
  PS_QUANTITY_PSOAS_FORCE,     // of the psoas fascicles from `part`                                           [N]
  PS_QUANTITY_PSOAS_STRESS,    // force over area of the psoas fascicles from `part`                           [Pa]
  PS_QUANTITY_TILT,            // ASIS-PSIS line to the horizontal, anterior +                                 [rad]
  PS_QUANTITY_OBLIQUITY,       // of the pelvis, its right side lower +                                        [rad]
  PS_QUANTITY_ROTATION,        // of the pelvis about the vertical, its right side forward +                   [rad]
  PS_QUANTITY_SI_SHEAR,        // size of the force in the plane of the sacroiliac joint                       [N]
  PS_QUANTITY_SI_MOMENT,       // that the joint returns against nutation of the sacrum, nutating +            [N m]
  PS_QUANTITY_ACTIVATION,      // of a group of muscles, mean weighted by volume, tone included                [-]
  PS_QUANTITY_ENDURANCE        // time that a group can hold this; of the side that works harder               [s]
} ps_quantity_kind;

typedef struct ps_quantity {
  const char *id;            // "L4_L5_compression"
  const char *title;         // "compression of L4/L5"
  const char *unit;          // SI: "N", "N m", "rad", "-", "Pa", "s"
  ps_pathway pathway;
  int task;                  // PS_EFFECT_STANDING; PS_EFFECT_LATE_RIGHT = mean of both late stances
  bool is_primary;           // the one of its pathway that conventions name
  ps_quantity_kind kind;
  const char *part;          // level, vertebra or group of muscles; "" = the only one there is
  ps_side side;              // PS_MIDLINE = both together, or for a sacroiliac joint right minus left
} ps_quantity;

/** The list, the same for every body; *n of them, at most PS_QUANTITY_MAX. The primary quantity of pathway k stands at k. */
const ps_quantity *ps_quantity_list(int *n);

/** Index by id, or -1. */
int ps_quantity_find(const char *id);

/** All quantities of one solution of one task; NaN where it is not read in that task, or where the body lacks the part.
 *  given   solution  state, recruit and load, solved; `found` is not read
 *          task      PS_EFFECT_STANDING, PS_EFFECT_LATE_RIGHT or PS_EFFECT_LATE_LEFT
 *  fills   out (n of the list)
 *  errors  none.  Allocates nothing; deterministic.
 *  checked test/unit/quantity_test.c */
void ps_quantity_read(const ps_solution *solution, int task, double *out);

/** All quantities of a solved effect; NaN where the effect lacks the task. The two late stances count half each.
 *  fills   as_is, released (n of the list each).   Allocates nothing.   checked  test/unit/quantity_test.c */
void ps_quantity_compare(const ps_effect *effect, double *as_is, double *released);

/** How long a muscle holds a constant share of its strength.
 *
 *    t = at_full * max(intensity, least)^-power           docs/theory/tightness.md section 4.4
 *  Below `least` nobody measured: the time at `least` is returned and means "longer than measured".
 *  given   intensity  0..1                              [-]
 *  gives   [s];  NaN for NaN
 *  source  @freylaw2010, trunk.   checked  test/unit/quantity_test.c */
double ps_quantity_endurance(const ps_endurance *endurance, double intensity);
