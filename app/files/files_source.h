/* Where data tables come from: a folder on disk, or the copies packed into the program.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"

typedef struct files_bytes {
  const void *data;   // borrowed from `owned`, or for ever
  size_t size;
  void *owned;        // freed by files_bytes_free; NULL = nothing to free
} files_bytes;

void files_bytes_free(files_bytes *bytes);

typedef struct files_table_source {
  /** The bytes of `path` ("anatomy/bodies.csv", relative to data/). errors PS_EIO not there, PS_ENOMEM. */
  ps_status (*read)(const void *ctx, const char *path, files_bytes *out, ps_error *err);
  const void *ctx;    // borrowed as long as the source is used
} files_table_source;

#define FILES_TABLE_SIZE_MAX ((size_t)8 << 20)

/** Tables below a folder on disk; `folder` is borrowed. */
files_table_source files_source_folder(const char *folder);

/** Tables packed into the program (asset_find). Lives in files_source_packed.c. */
files_table_source files_source_packed(void);
