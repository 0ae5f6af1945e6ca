/* How long an assessment takes, and where its time goes. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"

enum { ASSESS_TIMED_DRAWS = 2000 };

typedef struct assess_timing {  // [ms]
  double without_draws, all;    // whole assessments of a person with both Thomas tests
  double compare;               // every task as is and released
  double body;                  // one drawn body, on one thread
  double fit, chains, draws;    // other parts of `all`: polynomials of the simulated tests, chains, ASSESS_SOLVED bodies
  int nthread;
} assess_timing;

/** Time it on this machine, p = 2. A Thomas test that the person lacks is put in.
 *  given   anatomy, person, uncertainty
 *  fills   out
 *  errors  those of assess_run */
PS_MUST_CHECK ps_status assess_time(const ps_anatomy *anatomy, const files_person *person, const files_uncertainty *uncertainty,
                                    assess_timing *out, ps_error *err);
