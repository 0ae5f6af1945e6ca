/* The sources of the body: data/anatomy/SOURCES.bib, and every row of a table as it stands there. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_csv.h"
#include "app/files/files_source.h"

typedef struct files_bib_entry { char key[48], citation[600]; } files_bib_entry;

/** Every entry of a list: "@type{key," and lines "  name = {value}". The citation is authors, year, title and where it stands, as
 *  far as given, cut when longer.
 *  errors   PS_EIO not there; PS_ENOMEM
 *  checked  test/unit/files_bib_test.c */
PS_MUST_CHECK ps_status files_bib_each(files_table_source source, const char *path, void (*visit)(void *ctx, const files_bib_entry *entry),
                                       void *ctx, ps_error *err);

/** Every row of one table, with the columns that its header names.
 *  given    visit   called with the row, lent during the call
 *  errors   PS_EIO not there; PS_EFORMAT no header, too many columns, a row malformed; PS_ENOMEM
 *  checked  test/unit/files_bib_test.c */
PS_MUST_CHECK ps_status files_each_row(files_table_source source, const char *path, void (*visit)(void *ctx, const files_csv *row),
                                       void *ctx, ps_error *err);
