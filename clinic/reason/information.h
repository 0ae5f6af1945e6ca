/* How much a test is expected to tell about one condition. Theory: docs/theory/differential.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdbool.h>

/** Chances of n different outcomes without the condition: the most even ones (maximum entropy) with sum q_y = 1 and
 *  sum q_y L_y = 1, which keeps the condition's mean probability where it was.
 *  given    ratio (n)  likelihood ratios, all different, n >= 2
 *  fills    chance (n); returns false, and fills nothing, unless the smallest ratio is below 1 and the largest above it
 *  checked  test/unit/information_test.c: two outcomes in closed form, three by brute force */
bool clinic_outcome_chances(const double *ratio, int n, double *chance);

/** Expected information [bit] of a test: sum over y of P(y) times the divergence from p to the probability after y, with
 *  P(y) = q_y (p L_y + 1 - p). When sum q_y L_y = 1 it is the mutual information of condition and outcome.
 *  given    p  0..1 exclusive; ratio, chance (n) */
double clinic_expected_bits(double p, const double *ratio, const double *chance, int n);
