/* Status codes, error reports, the assert hook, the scratch arena and the seeded generator: what every module stands on.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PS_VERSION "0.1.0"

#if defined(__GNUC__)
#define PS_MUST_CHECK __attribute__((warn_unused_result))
#define PS_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define PS_NORETURN __attribute__((noreturn))
#else
#define PS_MUST_CHECK
#define PS_PRINTF(fmt, args)
#define PS_NORETURN
#endif

// the only list of status codes: name, value, text
#define PS_STATUS_LIST(X)                                      \
  X(PS_OK, 0, "ok")                                            \
  X(PS_EINPUT, -1, "input outside its documented range")       \
  X(PS_ESHAPE, -2, "sizes do not agree")                       \
  X(PS_ESINGULAR, -3, "matrix singular or not positive definite") \
  X(PS_ENOMEM, -4, "out of memory, or arena too small")        \
  X(PS_EFORMAT, -5, "file or message malformed")               \
  X(PS_EIO, -6, "operating system refused a read or write")    \
  X(PS_ENUMERIC, -7, "a computation left the real numbers")

typedef enum ps_status {
#define PS_STATUS_ENUM(name, value, text) name = value,
  PS_STATUS_LIST(PS_STATUS_ENUM)
#undef PS_STATUS_ENUM
} ps_status;

/** Text of a status code; never NULL. */
const char *ps_status_text(ps_status status);

typedef struct ps_error {  // the caller's, last argument, may be NULL
  ps_status code;
  size_t pos;       // line or byte, 1-based; 0 = not applicable
  char where[96];   // file or field
  char msg[256];    // one plain sentence with value and allowed range
} ps_error;

/** Fill `err` (may be NULL) and return `code`, so that a failure is one line: return ps_error_set(...). */
ps_status ps_error_set(ps_error *err, ps_status code, size_t pos, const char *where, const char *fmt, ...)
    PS_PRINTF(5, 6);

// returns from the caller on failure: only where nothing is held
#define PS_TRY(call)                          \
  do {                                        \
    const ps_status status_ = (call);         \
    if (status_ != PS_OK) return status_;     \
  } while (0)

// warnings: bits in a result, each with one text; a report prints every bit that is set
#define PS_WARN_LIST(X)                                                                                  \
  X(PS_WARN_WRAP_INSIDE, 0, "a muscle path point lies inside its wrapping cylinder")                     \
  X(PS_WARN_FIBRE_SLACK, 1, "a muscle is shorter than its tendon: it can make no force")                 \
  X(PS_WARN_STRAIN_EXTRAPOLATED, 2, "a fibre is stretched beyond the measured passive curve")            \
  X(PS_WARN_RESERVE_LARGE, 3, "reserve moments above 1 Nm were needed: the muscles alone do not hold this posture") \
  X(PS_WARN_NOT_CONVERGED, 4, "the recruitment did not reach its tolerance")                             \
  X(PS_WARN_ANGLE_RANGE, 5, "a joint angle is outside its range")                                        \
  X(PS_WARN_UNBALANCED, 6, "the supports of this task cannot carry the body weight")

enum {
#define PS_WARN_ENUM(name, bit, text) name = 1 << (bit),
  PS_WARN_LIST(PS_WARN_ENUM)
#undef PS_WARN_ENUM
};

/** Text of warning bit number `bit` (0..); NULL past the end of the list. */
const char *ps_warn_text(unsigned bit);

/** Called when one of our own invariants is broken. It must not return. Tests replace it (cmocka's mock_assert). */
typedef void (*ps_assert_hook)(int result, const char *expression, const char *file, int line);

/** Set the assert hook; NULL restores the default, which traps. The library's single file-scope variable. */
void ps_assert_set_hook(ps_assert_hook hook);
PS_NORETURN void ps__assert_failed(const char *expression, const char *file, int line);

// our mistakes; always compiled in
#define PS_ASSERT(expression)                                                  \
  do {                                                                         \
    if (!(expression)) ps__assert_failed(#expression, __FILE__, __LINE__);     \
  } while (0)

/** Scratch memory of fixed size. Taken in order, released to a mark, never grown. Belongs to one thread. */
typedef struct ps_arena {
  unsigned char *base;  // borrowed until ps_arena_done
  size_t size;          // bytes
  size_t used;          // bytes
  size_t peak;          // bytes, most ever used
} ps_arena;

/** Wrap memory of the caller. */
void ps_arena_init(ps_arena *arena, void *mem, size_t size);

/** `count` zeroed items of `size` bytes, 64-byte aligned; NULL when full or when count*size overflows. */
void *ps_arena_take(ps_arena *arena, size_t count, size_t size);

/** Where an arena stands now; releasing to the mark gives back all that was taken since. */
typedef size_t ps_mark;
static inline ps_mark ps_arena_mark(const ps_arena *arena) { return arena->used; }
static inline void ps_arena_release(ps_arena *arena, ps_mark mark) { arena->used = mark; }

/** Seeded generator (xoshiro256**, seeded by splitmix64): same seed, same draws, on every machine. */
typedef struct ps_rng { uint64_t s[4]; } ps_rng;
void ps_rng_init(ps_rng *rng, uint64_t seed);
uint64_t ps_rng_next(ps_rng *rng);
/** Uniform in [0, 1). */
double ps_rng_uniform(ps_rng *rng);
/** Standard normal (polar method). */
double ps_rng_normal(ps_rng *rng);

/** Sort n values in place, ascending; allocates nothing.   checked test/unit/sort_test.c */
void ps_sort(double *x, int n);
