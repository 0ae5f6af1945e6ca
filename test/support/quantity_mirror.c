// SPDX-License-Identifier: Apache-2.0
#include "support/quantity_mirror.h"

#include <stdio.h>
#include <string.h>

#include "psoas/quantity.h"

static bool ends_with(const char *text, const char *tail) {
  const size_t n = strlen(text), k = strlen(tail);
  return n >= k && strcmp(text + n - k, tail) == 0;
}

int quantity_mirror(int index, double *sign) {
  int n = 0;
  const ps_quantity *q = &ps_quantity_list(&n)[index];
  const bool turns = q->kind == PS_QUANTITY_OBLIQUITY || q->kind == PS_QUANTITY_ROTATION;
  *sign = turns || ends_with(q->id, "_difference") ? -1.0 : 1.0;
  char id[96];
  snprintf(id, sizeof id, "%s", q->id);
  char *tail = strrchr(id, '_');
  if (q->side == PS_RIGHT) strcpy(tail, "_left");
  if (q->side == PS_LEFT) strcpy(tail, "_right");
  return ps_quantity_find(id);
}
