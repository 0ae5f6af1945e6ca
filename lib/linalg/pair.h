/* Two and four doubles at once, element by element: compilers need no permission to reorder sums, so every build and
 * every processor gives the same bits. Types of gcc and clang, not of one machine. SPDX-License-Identifier: Apache-2.0 */
#pragma once

typedef double ps__pair __attribute__((vector_size(16), aligned(8), may_alias));
typedef double ps__quad __attribute__((vector_size(32), aligned(8), may_alias));

/* In front of a function whose time is spent on quads: compiled twice on x86, and the processor's own width is taken when
 * the program starts. No fused multiply-add (-ffp-contract=off), so both give the same bits. Not with clang: version 14 names
 * the copies so that other files do not find them; not under a sanitizer of threads, which is not ready when the choice is made. */
#if defined(__x86_64__) && defined(__ELF__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define PS__WIDE __attribute__((target_clones("avx2", "default")))
#else
#define PS__WIDE
#endif
// of helpers of such functions: a helper that is not inlined would stay narrow
#define PS__INLINE static inline __attribute__((always_inline))

PS__INLINE ps__pair ps__pair_load(const double *at) { return *(const ps__pair *)at; }
PS__INLINE void ps__pair_store(double *at, ps__pair value) { *(ps__pair *)at = value; }
// pointers, since a quad may not be passed by value where registers are narrow
PS__INLINE const ps__quad *ps__quad_in(const double *at) { return (const ps__quad *)at; }
PS__INLINE ps__quad *ps__quad_at(double *at) { return (ps__quad *)at; }
PS__INLINE ps__pair ps__pair_of(double both) { return (ps__pair){both, both}; }
