/* What cmocka lacks: closeness at full precision, and a status that must be ok. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "psoas/base.h"

// |got - want| <= abs + rel*|want|, so a NaN fails
#define assert_close(got, want, rel, abs)                                                                          \
  do {                                                                                                             \
    const double got_ = (got), want_ = (want);                                                                     \
    if (!(fabs(got_ - want_) <= (abs) + (rel)*fabs(want_)))                                                        \
      fail_msg("%s is %.17g, wanted %.17g (difference %.3g)", #got, got_, want_, got_ - want_);                    \
  } while (0)

#define assert_ok(call)                                                                 \
  do {                                                                                  \
    const ps_status status_ = (call);                                                   \
    if (status_ != PS_OK) fail_msg("%s: %s", #call, ps_status_text(status_));           \
  } while (0)
