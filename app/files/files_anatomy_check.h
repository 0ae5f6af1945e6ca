/* Inside files_anatomy only: the tables as read, and the checks that need more than one column or row.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/anatomy.h"

typedef enum files_table_id {
  FILES_BODIES, FILES_COORDINATES, FILES_STIFFNESS, FILES_MUSCLES, FILES_PATHS, FILES_WRAPS, FILES_CONTACTS, FILES_LANDMARKS,
  FILES_DISCS, FILES_PARAMETERS, FILES_TABLE_COUNT
} files_table_id;

typedef struct files_table {
  const char *path;   // "anatomy/bodies.csv"
  void *row;          // owns: structs of psoas/anatomy.h
  size_t row_size;    // bytes
  size_t *line;       // owns: line of each row, for messages
  int nrow;
} files_table;

/** Names used twice, axes without length, ranges upside down, paths without a fascicle, fascicles with the same ends.
 *  The struct arrays of `view` are the rows of `table`. errors PS_EFORMAT, PS_EINPUT with table, line and value. */
PS_MUST_CHECK ps_status files_anatomy_check(const files_table table[FILES_TABLE_COUNT], const ps_anatomy *view,
                                            ps_error *err);
