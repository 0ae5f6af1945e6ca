/* Data tables packed into the program. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/assets.h"
#include "app/files/files_source.h"

static ps_status read_packed(const void *ctx, const char *path, files_bytes *out, ps_error *err) {
  (void)ctx;
  const asset *found = asset_find(path);
  if (!found) return ps_error_set(err, PS_EIO, 0, path, "the table is not packed into this program");
  *out = (files_bytes){.data = found->data, .size = found->size};
  return PS_OK;
}

files_table_source files_source_packed(void) { return (files_table_source){.read = read_packed}; }
