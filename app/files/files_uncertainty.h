/* The table of what is not known about the body model: data/anatomy/uncertainty.csv. Columns: data/anatomy/README.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_source.h"
#include "psoas/uncertain.h"

#define FILES_WHAT_SIZE 96

typedef struct files_uncertainty {
  ps_assumption_rows rows;
  char what[PS_NASSUMPTION][FILES_WHAT_SIZE];  // in words, for reports
} files_uncertainty;

/** Read the table.
 *
 *  given    source   where "anatomy/uncertainty.csv" comes from; used during the call only
 *  fills    out      complete; undefined on failure
 *  errors   PS_EFORMAT  a header, row or number malformed, an assumption unknown, there twice or missing, another unit
 *           PS_EINPUT   a distribution or a spread outside what is allowed
 *           PS_EIO, PS_ENOMEM;  err.where is the table, err.pos the line
 *  checked  test/unit/files_uncertainty_test.c, test/fault/files_fault_test.c */
PS_MUST_CHECK ps_status files_uncertainty_load(files_table_source source, files_uncertainty *out, ps_error *err);
