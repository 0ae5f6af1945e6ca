/* Task files: a posture to hold, as data. Format: docs/tasks.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/posture.h"

#define FILES_TASK_SIZE_MAX ((size_t)1 << 18)

/** Read a task from the bytes of a file.
 *  given    file   name for messages
 *  fills    out    untouched on failure
 *  errors   PS_EFORMAT (not JSON, an unknown, missing or doubled key, a wrong type), PS_EINPUT (a value outside its range
 *           or list), PS_ENOMEM; err.where is the file, err.msg has field, value and what is allowed
 *  checked  test/unit/files_task_test.c, test/fuzz/fuzz_task.c */
PS_MUST_CHECK ps_status files_task_parse(const char *file, const void *data, size_t size, ps_task *out, ps_error *err);
