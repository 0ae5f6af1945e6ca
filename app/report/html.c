/* The escaping writer. It grows one block of memory and keeps its first failure, so that callers need not look at each line.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/report/html.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_room(report_html *p, size_t more) {
  if (p->status != PS_OK) return false;
  if (more > p->max - p->size) {
    p->status = PS_ENOMEM;
    return false;
  }
  if (more <= p->room - p->size) return true;
  size_t room = p->room ? p->room : 1 << 16;
  while (room - p->size < more) room *= 2;
  char *data = realloc(p->data, room);
  if (!data) {
    p->status = PS_ENOMEM;
    return false;
  }
  p->data = data;
  p->room = room;
  return true;
}

static void append(report_html *p, const char *text, size_t n) {
  if (n == 0 || !has_room(p, n)) return;
  memcpy(p->data + p->size, text, n);
  p->size += n;
}

// bytes of the UTF-8 character at `s`, 0 when it is none
static size_t character(const unsigned char *s) {
  if (s[0] < 0x80) return 1;
  const size_t n = s[0] >= 0xC2 && s[0] < 0xE0 ? 2 : s[0] >= 0xE0 && s[0] < 0xF0 ? 3 : s[0] >= 0xF0 && s[0] < 0xF5 ? 4 : 0;
  for (size_t i = 1; i < n; i++)
    if ((s[i] & 0xC0) != 0x80) return 0;
  return n;
}

static void append_escaped(report_html *p, const char *text) {
  const unsigned char *s = (const unsigned char *)text;
  while (*s) {
    const size_t n = character(s);
    const char *entity = *s == '&'    ? "&amp;"
                         : *s == '<'  ? "&lt;"
                         : *s == '>'  ? "&gt;"
                         : *s == '"'  ? "&quot;"
                         : *s == '\'' ? "&#39;"
                         : n == 0 || *s == 0x7F || (*s < 0x20 && *s != '\n' && *s != '\t') ? "\xEF\xBF\xBD"
                                                                                           : NULL;
    if (entity)
      append(p, entity, strlen(entity));
    else
      append(p, (const char *)s, n);
    s += n ? n : 1;
  }
}

// "-0.00" is 0.00
static const char *without_negative_zero(const char *text) {
  return text[0] == '-' && text[strspn(text, "-0.")] == '\0' ? text + 1 : text;
}

static void append_double(report_html *p, double value, int decimals) {
  if (!isfinite(value)) {
    if (p->status == PS_OK) p->status = PS_ENUMERIC;
    return;
  }
  char text[340];
  snprintf(text, sizeof text, "%.*f", decimals, value);
  const char *shown = without_negative_zero(text);
  append(p, shown, strlen(shown));
}

void report_put(report_html *p, const char *format, ...) {
  va_list args;
  va_start(args, format);
  for (const char *f = format; *f;) {
    const size_t plain = strcspn(f, "%");
    append(p, f, plain);
    f += plain;
    if (!*f) break;
    if (f[1] == '%') {
      append(p, "%", 1);
      f += 2;
    } else if (f[1] == 's') {
      append_escaped(p, va_arg(args, const char *));
      f += 2;
    } else if (f[1] == 'd') {
      char text[16];
      const int n = snprintf(text, sizeof text, "%d", va_arg(args, int));
      append(p, text, (size_t)n);
      f += 2;
    } else {
      PS_ASSERT(f[1] == '.' && f[2] >= '0' && f[2] <= '9' && f[3] == 'f');
      append_double(p, va_arg(args, double), f[2] - '0');
      f += 4;
    }
  }
  va_end(args);
}

ps_status report_html_take(report_html *p, char **data, size_t *size) {
  append(p, "", 1);
  const ps_status status = p->status;
  *data = NULL;
  *size = 0;
  if (status == PS_OK) {
    *data = p->data;
    *size = p->size - 1;
  } else {
    free(p->data);
  }
  *p = (report_html){.max = p->max};
  return status;
}

static report_number number(double value, double step, bool is_signed) {
  report_number out;
  if (!isfinite(value)) {
    snprintf(out.text, sizeof out.text, "not computed");
    return out;
  }
  const double rounded = step*round(value/step);
  const int decimals = step < 1.0 ? (int)round(-log10(step)) : 0;
  char text[32];
  snprintf(text, sizeof text, "%.*f", decimals, fabs(rounded));
  const bool is_zero = text[strspn(text, "0.")] == '\0';
  const char *sign = is_zero ? "" : value < 0.0 ? "\xE2\x88\x92" : is_signed ? "+" : "";
  snprintf(out.text, sizeof out.text, "%s%.24s", sign, text);
  return out;
}

report_number report_rounded(double value, double step) { return number(value, step, false); }
report_number report_signed(double value, double step) { return number(value, step, true); }

double report_step(double half_width, double finest) {
  double step = finest;
  // step, 10 step, ... while the half width still has more digits than it deserves
  while (half_width > 35.0*step) step *= 10.0;
  return step;
}
