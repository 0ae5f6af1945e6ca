/* The clinical tables of data/clinical/: safety questions, their rules, contraindications, sources; read and checked. Nothing
 * without a source can be loaded. Columns: data/clinical/README.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_source.h"
#include "clinic/reason/evidence.h"
#include "clinic/safety/safety.h"

typedef struct files_clinical files_clinical;

typedef struct files_clinical_source { const char *key, *citation, *url, *verification; } files_clinical_source;

/** Read all tables.
 *
 *  fills    out      allocates; free with files_clinical_free. Untouched on failure.
 *  errors   PS_EFORMAT  a header or row malformed, a name used twice or unknown, a row without a known source
 *           PS_EINPUT   a word or number outside what is allowed
 *           PS_EIO, PS_ENOMEM;  err.where is the table, err.pos the line
 *  checked  test/unit/files_clinical_test.c
 */
PS_MUST_CHECK ps_status files_clinical_load(files_table_source source, files_clinical **out, ps_error *err);
void files_clinical_free(files_clinical *clinical);

/** Lent until files_clinical_free. */
const clinic_safety_tables *files_clinical_safety(const files_clinical *clinical);
const clinic_evidence *files_clinical_evidence(const files_clinical *clinical);

/** A row of sources.csv; NULL when there is none of that key. Lent until files_clinical_free. */
const files_clinical_source *files_clinical_find_source(const files_clinical *clinical, const char *key);

/** Index of a flag, a condition, a part of a flag; -1 when there is none. */
int files_clinical_find_flag(const clinic_safety_tables *tables, const char *id);
int files_clinical_find_condition(const clinic_safety_tables *tables, const char *id);
int files_clinical_find_part(const clinic_safety_tables *tables, int iflag, const char *name);
