/* What the five pathways are read from: numbers of solved postures. Theory: docs/theory/tightness.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/effect.h"
#include "psoas/tightness.h"

#define PS_QUANTITY_MAX 96

typedef struct ps_quantity {
  const char *id;            // "L4_L5_compression"
  const char *title;         // "compression of L4/L5"
  const char *unit;          // SI: "N", "N m", "rad", "-", "Pa", "s"
  ps_pathway pathway;
  int task;                  // PS_EFFECT_STANDING; PS_EFFECT_LATE_RIGHT = mean of both late stances
  bool is_primary;           // the one of its pathway that conventions name
} ps_quantity;

/** The list, the same for every body; *n of them, at most PS_QUANTITY_MAX. The primary quantity of pathway k stands at k. */
const ps_quantity *ps_quantity_list(int *n);

/** All quantities of one solution of one task; NaN where it is not read in that task.          out (n of the list) */
void ps_quantity_read(const ps_solution *solution, int task, double *out);

/** All quantities of a solved effect.                                as_is, released (n of the list each) */
void ps_quantity_compare(const ps_effect *effect, double *as_is, double *released);
