/* Bodies drawn from what is not known, each solved. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"

typedef enum assess_fate {
  ASSESS_KEPT,
  ASSESS_LOST,                  // a posture of this body was not found
  ASSESS_RESTLESS               // it would stand with an effort that nobody stands with
} assess_fate;

typedef struct assess_draws {
  const assess_result *result;  // borrows
  int n, nquantity;
  double *as_is;                // (n x nquantity), SI
  double *change;               // as is - released (n x nquantity)
  assess_fate *fate;            // (n)
  unsigned char *storage;       // tables of the threads
} assess_draws;

/** Solve `n` drawn bodies.
 *  fills   draws  allocates; free with assess_draws_free
 *  errors  those of ps_model_new and ps_effect_solve, of the first thread that met one
 *  Same seed, same bits, whatever the number of threads. */
PS_MUST_CHECK ps_status assess_draws_solve(const ps_anatomy *anatomy, const assess_opts *opts, int n, const assess_result *result,
                                           assess_draws **draws, ps_error *err);
void assess_draws_free(assess_draws *draws);
