// Any bytes as a dumped load sharing problem; what is accepted is written and read again. SPDX-License-Identifier: Apache-2.0
#include "app/files/share_dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *memory(const uint8_t *data, size_t size) {
  FILE *f = tmpfile();
  if (!f || fwrite(data, 1, size, f) != size) __builtin_trap();
  rewind(f);
  return f;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  files_share one, two;
  ps_error err = {PS_OK, 0, "", ""};
  FILE *in = memory(data, size), *out = memory(data, 0);
  const ps_status status = files_share_read(in, "fuzz", &one, &err);
  if (status == PS_OK) {
    if (files_share_write(out, &one.problem) != PS_OK) __builtin_trap();
    rewind(out);
    if (files_share_read(out, "again", &two, &err) != PS_OK || two.problem.n != one.problem.n) __builtin_trap();
    files_share_free(&one);
    files_share_free(&two);
  } else if (err.code != status || !err.where[0] || !err.msg[0]) {
    __builtin_trap();
  }
  fclose(in);
  fclose(out);
  return 0;
}
