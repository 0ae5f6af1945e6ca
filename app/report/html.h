/* Writing a page into memory: the format is our markup, every argument is escaped. The only way to HTML and SVG.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdarg.h>

#include "psoas/base.h"

#define REPORT_PAGE_MAX ((size_t)8 << 20)  // a page is about 0.3 MB; more is a mistake of ours

typedef struct report_html {  // page being written; starts as {.max = REPORT_PAGE_MAX}
  char *data;                 // owns; no terminator                         by report_put
  size_t size, room;          // bytes written, bytes allocated
  size_t max;                 // most bytes it may grow to
  ps_status status;           // first failure; after it nothing is written
} report_html;

/** Append markup. `format` is ours and goes out as it stands, but for these conversions: %s text, escaped for both text and
 *  quoted attributes (bytes that are no UTF-8 and control codes become U+FFFD); %d int; %.2f double with that many decimals (0
 *  to 9, never "-0"); %% a per cent sign. Failures are kept in `status`: PS_ENOMEM, PS_ENUMERIC for a double that is no
 *  number.
 *  checked test/unit/html_test.c */
void report_put(report_html *page, const char *format, ...) PS_PRINTF(2, 3);

/** Give the page away with a terminator, or free it and say what failed.
 *  fills  data  allocates; NULL on failure */
PS_MUST_CHECK ps_status report_html_take(report_html *page, char **data, size_t *size);

typedef struct report_number { char text[32]; } report_number;

/** A number as it stands in a sentence or a cell: rounded to a multiple of `step` (a power of ten), a true minus sign. */
report_number report_rounded(double value, double step);
/** The same with its sign shown, "0" without one. */
report_number report_signed(double value, double step);

/** The step to which a value is rounded when it is known to +- `half_width`: two digits of the half width when they are 35
 *  or less, else one, and never finer than `finest`. */
double report_step(double half_width, double finest);
