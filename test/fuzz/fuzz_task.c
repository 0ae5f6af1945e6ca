// Any bytes as a task file. SPDX-License-Identifier: Apache-2.0
#include <math.h>

#include "app/files/files_task.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ps_task t;
  ps_error err = {PS_OK, 0, "", ""};
  const ps_status status = files_task_parse("fuzz", data, size, &t, &err);
  if (status != PS_OK) {
    if (err.code != status || !err.where[0] || !err.msg[0]) __builtin_trap();
    return 0;
  }
  if (t.nangle > PS_TASK_ANGLE_MAX || t.npitch > PS_TASK_PITCH_MAX || t.nsupport < 1 || t.nsupport > PS_SUPPORT_MAX) __builtin_trap();
  for (int i = 0; i < t.nangle; i++)
    if (!isfinite(t.angle[i].base) || !isfinite(t.angle[i].slope)) __builtin_trap();
  if (!(t.argument_min <= t.argument_max)) __builtin_trap();
  return 0;
}
