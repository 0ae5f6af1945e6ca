/* The assessment as plain text for a terminal. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdio.h>

#include "app/assess/assess.h"

/** Write the whole text; the caller looks at ferror(out). */
void report_assess_text(FILE *out, const assess_result *result);
