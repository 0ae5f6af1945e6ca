/* The tasks that come with the program, by name. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/posture.h"

/** The packed task of that name ("standing").
 *  errors PS_EINPUT: no such task; the message suggests the nearest name. */
PS_MUST_CHECK ps_status task_library_find(const char *name, ps_task *out, ps_error *err);

/** Name of packed task number `i`, or NULL past the last. */
const char *task_library_name(size_t i, ps_name out);
