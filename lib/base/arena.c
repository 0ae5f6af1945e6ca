/* Scratch arena: bump allocation with marks; no growth, no free list.
 * SPDX-License-Identifier: Apache-2.0 */
#include "psoas/base.h"

#include <string.h>

#define ALIGNMENT 64u

void ps_arena_init(ps_arena *arena, void *mem, size_t size) {
  *arena = (ps_arena){.base = mem, .size = mem ? size : 0};
}

void *ps_arena_take(ps_arena *arena, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX/size) return NULL;
  const size_t bytes = count*size;

  // the base itself may be unaligned, so alignment is of the address
  const uintptr_t at = (uintptr_t)arena->base + arena->used;
  const size_t pad = (size_t)((ALIGNMENT - at % ALIGNMENT) % ALIGNMENT);
  const size_t left = arena->size - arena->used;
  if (pad > left || bytes > left - pad) return NULL;

  unsigned char *mem = arena->base + arena->used + pad;
  arena->used += pad + bytes;
  if (arena->used > arena->peak) arena->peak = arena->used;
  memset(mem, 0, bytes);
  return mem;
}
