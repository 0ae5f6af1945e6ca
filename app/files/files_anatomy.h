/* The ten anatomy tables of data/anatomy/, read, checked and converted to SI. Columns: data/anatomy/README.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_source.h"
#include "psoas/anatomy.h"

typedef struct files_anatomy files_anatomy;

/** Read all tables.
 *
 *  given    source   where "anatomy/bodies.csv" and the others come from; used during the call only
 *  fills    out      allocates; free with files_anatomy_free. Untouched on failure.
 *  errors   PS_EFORMAT  a header, row, name or number malformed, a name used twice, a path of no fascicle, two fascicles
 *                       with the same origin and insertion
 *           PS_EINPUT   a number or a word outside what is allowed
 *           PS_EIO, PS_ENOMEM;  err.where is the table, err.pos the line, err.msg column, value and what is allowed
 *  checked  test/unit/files_anatomy_test.c, test/fault/files_fault_test.c
 */
PS_MUST_CHECK ps_status files_anatomy_load(files_table_source source, files_anatomy **out, ps_error *err);

/** The tables, lent until files_anatomy_free. */
const ps_anatomy *files_anatomy_view(const files_anatomy *anatomy);

void files_anatomy_free(files_anatomy *anatomy);
