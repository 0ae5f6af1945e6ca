// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "support/check.h"

static void hands_out_aligned_zeroed_memory_in_order(void **state) {
  (void)state;
  unsigned char mem[1024];
  memset(mem, 0xA5, sizeof mem);
  ps_arena a;
  ps_arena_init(&a, mem + 3, sizeof mem - 3);
  unsigned char *last = mem;
  for (int i = 0; i < 5; i++) {
    unsigned char *p = ps_arena_take(&a, 7, 3);
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % 64, 0);
    assert_true(p >= last && p + 21 <= mem + sizeof mem);
    for (int k = 0; k < 21; k++) assert_int_equal(p[k], 0);
    memset(p, 0x5A, 21);
    last = p + 21;
  }
}

static void a_full_arena_says_so_and_stays_as_it_is(void **state) {
  (void)state;
  _Alignas(64) unsigned char mem[256];
  ps_arena a;
  ps_arena_init(&a, mem, sizeof mem);
  assert_non_null(ps_arena_take(&a, 100, 1));
  const size_t used = a.used;
  assert_int_equal(used, 100);
  assert_null(ps_arena_take(&a, 129, 1));  // 128 are left after the padding to 64
  assert_int_equal(a.used, used);
  assert_non_null(ps_arena_take(&a, 128, 1));
  assert_null(ps_arena_take(&a, 1, 1));
  assert_int_equal(a.peak, 256);
}

static void a_size_that_overflows_is_refused(void **state) {
  (void)state;
  _Alignas(64) unsigned char mem[256];
  ps_arena a;
  ps_arena_init(&a, mem, sizeof mem);
  assert_null(ps_arena_take(&a, SIZE_MAX/2 + 2, 2));  // wraps round to 2
  assert_null(ps_arena_take(&a, SIZE_MAX, SIZE_MAX));
  assert_null(ps_arena_take(&a, SIZE_MAX, 1));
  assert_int_equal(a.used, 0);
  assert_non_null(ps_arena_take(&a, 0, 8));
}

static void release_goes_back_to_the_mark(void **state) {
  (void)state;
  _Alignas(64) unsigned char mem[512];
  ps_arena a;
  ps_arena_init(&a, mem, sizeof mem);
  const double *first = ps_arena_take(&a, 5, sizeof *first);
  const ps_mark mark = ps_arena_mark(&a);
  double *second = ps_arena_take(&a, 11, sizeof *second);
  second[3] = 2.385;
  const size_t peak = a.peak;
  ps_arena_release(&a, mark);
  double *again = ps_arena_take(&a, 11, sizeof *again);
  assert_ptr_equal(again, second);
  assert_close(again[3], 0.0, 0.0, 0.0);
  assert_int_equal(a.peak, peak);
  assert_true((const void *)first != (const void *)again);
}

static void no_memory_is_an_empty_arena(void **state) {
  (void)state;
  ps_arena a;
  ps_arena_init(&a, NULL, 4096);
  assert_int_equal(a.size, 0);
  assert_null(ps_arena_take(&a, 1, 1));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(hands_out_aligned_zeroed_memory_in_order),
      cmocka_unit_test(a_full_arena_says_so_and_stays_as_it_is),
      cmocka_unit_test(a_size_that_overflows_is_refused),
      cmocka_unit_test(release_goes_back_to_the_mark),
      cmocka_unit_test(no_memory_is_an_empty_arena),
  };
  return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
