/* Status and warning texts, error reports, the assert hook.
 * SPDX-License-Identifier: Apache-2.0 */
#include "psoas/base.h"

#include <stdarg.h>
#include <stdio.h>

const char *ps_status_text(ps_status status) {
  switch (status) {
#define PS_STATUS_CASE(name, value, text) \
  case name:                              \
    return text;
    PS_STATUS_LIST(PS_STATUS_CASE)
#undef PS_STATUS_CASE
  }
  return "unknown status";
}

const char *ps_warn_text(unsigned bit) {
  static const char *const text[] = {
#define PS_WARN_TEXT(name, bit, text) [bit] = text,
      PS_WARN_LIST(PS_WARN_TEXT)
#undef PS_WARN_TEXT
  };
  return bit < sizeof text/sizeof *text ? text[bit] : NULL;
}

ps_status ps_error_set(ps_error *err, ps_status code, size_t pos, const char *where, const char *fmt, ...) {
  if (!err) return code;
  err->code = code;
  err->pos = pos;
  snprintf(err->where, sizeof err->where, "%s", where);
  va_list args;
  va_start(args, fmt);
  vsnprintf(err->msg, sizeof err->msg, fmt, args);
  va_end(args);
  return code;
}

static void trap(int result, const char *expression, const char *file, int line) {
  (void)result;
  (void)expression;
  (void)file;
  (void)line;
  __builtin_trap();
}

static ps_assert_hook assert_hook = trap;

void ps_assert_set_hook(ps_assert_hook hook) { assert_hook = hook ? hook : trap; }

void ps__assert_failed(const char *expression, const char *file, int line) {
  assert_hook(0, expression, file, line);
  __builtin_trap();  // a hook that returns breaks its promise
}
