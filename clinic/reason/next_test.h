/* Which test tells most of those not yet done. Theory: docs/theory/differential.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/reason/differential.h"

typedef struct clinic_next {  // a test not yet done
  int trial;
  bool is_mandatory;
  double gain_bits;          // expected information about all conditions together
  int most;                  // the condition it tells most about; -1 = none
  bool is_allowed;           // by role, competency and contraindications; the reason stands in why_not
  const char *why_not;
} clinic_next;

/** Every test that was not done and applies, mandatory ones first, then by expected information.
 *
 *  Each outcome is tried on a copy of the exam: L_y is the ratio by which it would move the odds of a condition. The chances q_y
 *  of the outcomes without the condition are the most even ones (maximum entropy) that keep its mean probability in place, sum
 *  q_y L_y = 1; with two outcomes there is only one such pair. Where the table has a ratio for one answer only, the chance of that
 *  answer is the one of clinic_rules. The gain is the mean Kullback-Leibler divergence from before to after, summed over
 *  conditions. An outcome that would change a condition's starting value is left out of that condition's sum.
 *  given    safety      the trial without fields stands for its open questions
 *           permission  verdict of each technique
 *  fills    next (CLINIC_TRIAL_MAX); returns how many
 *  checked  test/unit/next_test_test.c: equals the mutual information of an enumerated network to 1e-6 */
int clinic_next_tests(const clinic_evidence *evidence, const clinic_exam *exam, const clinic_safety *safety,
                      const clinic_permission permission[CLINIC_NTECHNIQUE], clinic_next next[CLINIC_TRIAL_MAX]);
