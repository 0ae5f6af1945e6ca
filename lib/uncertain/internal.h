/* What the files of this module share. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/uncertain.h"

// terms stand in this order: constant, d linear, d squares, products of i < j row by row
static inline int ps__chaos_nterm(int d) { return 1 + 2*d + d*(d - 1)/2; }

// all terms at x; 0 where an input does not vary
void ps__chaos_terms(const ps_chaos_input *input, int d, const double *x, double *phi);
