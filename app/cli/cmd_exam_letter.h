/* psoas exam letter, called by psoas exam. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/cli/cli.h"

/** Print the letter that the gate's answer calls for, and write its page when --html names a file.
 *  errors  PS_EINPUT when nothing calls for one, or an option is no line of text or no date;  checked test/api/letter_test.c */
PS_MUST_CHECK ps_status cli_exam_letter(const cli_call *call, const cli_gate *gate, ps_error *err);
