/* Data tables from a folder on disk. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_source.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/files/files_text.h"

void files_bytes_free(files_bytes *bytes) {
  free(bytes->owned);
  *bytes = (files_bytes){0};
}

static ps_status read_folder(const void *ctx, const char *path, files_bytes *out, ps_error *err) {
  const char *folder = ctx;
  char full[4096];
  const int n = snprintf(full, sizeof full, "%s/%s", folder, path);
  if (n < 0 || (size_t)n >= sizeof full) return ps_error_set(err, PS_EINPUT, 0, path, "the name of the folder is too long");
  files_text text;
  PS_TRY(files_text_read(full, FILES_TABLE_SIZE_MAX, &text, err));
  *out = (files_bytes){.data = text.data, .size = text.size, .owned = text.data};
  return PS_OK;
}

files_table_source files_source_folder(const char *folder) {
  return (files_table_source){.read = read_folder, .ctx = folder};
}
