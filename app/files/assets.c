/* The packed files, looked up by path. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/assets.h"

#include <string.h>

extern const asset ASSET_TABLE[];    // build/assets.c, by tools/pack-assets
extern const size_t ASSET_TABLE_SIZE;

size_t asset_count(void) { return ASSET_TABLE_SIZE; }
const asset *asset_at(size_t i) { return &ASSET_TABLE[i]; }

const asset *asset_find(const char *path) {
  for (size_t i = 0; i < ASSET_TABLE_SIZE; i++)
    if (strcmp(ASSET_TABLE[i].path, path) == 0) return &ASSET_TABLE[i];
  return NULL;
}
