/* Files of data/ packed into the program by tools/pack-assets. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stddef.h>

typedef struct asset {
  const char *path;            // below data/: "anatomy/bodies.csv"
  const unsigned char *data;
  size_t size;                 // bytes
} asset;

/** By path, or NULL. */
const asset *asset_find(const char *path);

/** All of them, in the order of their paths. */
size_t asset_count(void);
const asset *asset_at(size_t i);
