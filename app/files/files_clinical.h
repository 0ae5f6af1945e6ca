/* The clinical tables of data/clinical/: safety questions, their rules, contraindications, sources; read and checked. Nothing
 * without a source can be loaded. Columns: data/clinical/README.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_csv.h"
#include "app/files/files_source.h"
#include "clinic/change/change.h"
#include "clinic/reason/pathway.h"
#include "clinic/safety/safety.h"

typedef struct files_clinical files_clinical;

enum { FILES_CLAIM_MAX = 64, FILES_MEASURE_MAX = 40, FILES_NORM_MAX = 48 };

// `about` is a list of names parted by blanks: conditions, fields, muscle groups, techniques, pathway_1 to pathway_5
typedef struct files_claim {   // what the article says, and what was found about it
  const char *id, *section, *words, *verdict, *evidence, *software, *confidence, *about, *source;
  bool has_grade;              // of those behind a pathway
  clinic_grade grade;
} files_claim;

typedef struct files_measure { // how something is measured, in words; numbers to compute with stand in change.csv
  const char *id, *words, *how, *unit, *typical, *group, *sem, *mdc95, *reliability, *about, *verification, *source, *note;
} files_measure;

typedef struct files_norm {    // what is typical
  const char *id, *measure, *method, *sex, *unit, *about, *verification, *source, *note;
  double age_lo, age_hi, mean, sd;
  int n;                       // people; 0 = not known
} files_norm;

typedef struct files_clinical_texts {
  files_claim claim[FILES_CLAIM_MAX];        int nclaim;
  files_measure measure[FILES_MEASURE_MAX];  int nmeasure;
  files_norm norm[FILES_NORM_MAX];           int nnorm;
} files_clinical_texts;

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
const files_clinical_texts *files_clinical_texts_of(const files_clinical *clinical);
const clinic_change_rules *files_clinical_change(const files_clinical *clinical);
const clinic_pathway_rules *files_clinical_pathways(const files_clinical *clinical);

/** A row of sources.csv; NULL when there is none of that key. Lent until files_clinical_free. */
const files_clinical_source *files_clinical_find_source(const files_clinical *clinical, const char *key);

/** The rows of sources.csv in their order; NULL behind the last. */
const files_clinical_source *files_clinical_source_at(const files_clinical *clinical, int i);

/** Is `word` in a list whose words are parted by `mark`? */
bool files_clinical_lists(const char *list, char mark, const char *word);

/** Every row of every clinical table, in the order of the tables: who uses a source, what has no structure of its own.
 *  given    visit   called with the row; lent during the call */
PS_MUST_CHECK ps_status files_clinical_each_row(const files_clinical *clinical, files_table_source source,
                                                void (*visit)(void *ctx, const files_csv *row), void *ctx, ps_error *err);

/** Index of a flag, a condition, a part of a flag; -1 when there is none. */
int files_clinical_find_flag(const clinic_safety_tables *tables, const char *id);
int files_clinical_find_condition(const clinic_safety_tables *tables, const char *id);
int files_clinical_find_part(const clinic_safety_tables *tables, int iflag, const char *name);
