/* The assessment as one self-contained HTML page with drawings. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"

/** Write the page into memory.
 *  fills   page  allocates; free() it. NULL on failure, never half a page.
 *  errors  PS_ENOMEM.   checked  test/unit/html_assess_test.c, and by looking at it */
PS_MUST_CHECK ps_status report_assess_html(const assess_result *result, char **page, size_t *size, ps_error *err);
