/* Two doubles at once, element by element: compilers need no permission to reorder sums, so every build gives the same
 * bits. A type of gcc and clang, not of one machine. SPDX-License-Identifier: Apache-2.0 */
#pragma once

typedef double ps__pair __attribute__((vector_size(16), aligned(8), may_alias));

static inline ps__pair ps__pair_load(const double *at) { return *(const ps__pair *)at; }
static inline void ps__pair_store(double *at, ps__pair value) { *(ps__pair *)at = value; }
static inline ps__pair ps__pair_of(double both) { return (ps__pair){both, both}; }
