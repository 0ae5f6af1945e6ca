/* What the readers of the clinical tables share: the open tables, fields with a text, lists of source keys. Only for
 * app/files/files_clinical*.c. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_clinical.h"
#include "app/files/files_csv.h"

enum { CLINICAL_TABLE_MAX = 24, CLINICAL_SOURCE_MAX = 256 };

struct files_clinical {
  int ntable;
  files_csv csv[CLINICAL_TABLE_MAX];  // stay open: the texts of the tables lie in their memory
  int nsource;
  files_clinical_source source[CLINICAL_SOURCE_MAX];
  clinic_safety_tables safety;
  clinic_evidence evidence;
  files_clinical_texts texts;
  clinic_change_rules change;
  clinic_pathway_rules pathways;
  int nlikelihood_id;
  const char *likelihood_id[CLINIC_LIKELIHOOD_MAX];  // of all rows, those that are not used too
};

typedef struct clinical_layout { const char *path; const char *const *column; int ncolumn; } clinical_layout;

typedef ps_status (*clinical_add)(files_clinical *clinical, const files_csv *csv, ps_error *err);

/** Open one table and keep it open.  fills csv: lent until files_clinical_free */
PS_MUST_CHECK ps_status clinical_open(files_clinical *clinical, const clinical_layout *layout, files_table_source source,
                                      files_csv **csv, ps_error *err);

/** Open one table and give each row to `add`. */
PS_MUST_CHECK ps_status clinical_read(files_clinical *clinical, const clinical_layout *layout, files_table_source source,
                                      clinical_add add, ps_error *err);

/** A field that may not be empty. */
PS_MUST_CHECK ps_status clinical_text(const files_csv *csv, int column, const char **out, ps_error *err);

/** A list of source keys, parted by `;`: at least one, each a row of sources.csv or ELICITED.  out may be NULL */
PS_MUST_CHECK ps_status clinical_source(const files_clinical *clinical, const files_csv *csv, int column, const char **out,
                                        ps_error *err);

/** The next word of a list whose words are parted by `mark`, copied; NULL at its end. */
const char *clinical_next_word(const char **list, char mark, char word[64]);

/** PS_EFORMAT: more rows than there is room for. */
ps_status clinical_full(const files_csv *csv, ps_error *err);

/** Safety questions, their parts and rules, contraindications. */
PS_MUST_CHECK ps_status clinical_load_safety(files_clinical *clinical, files_table_source source, ps_error *err);

/** Claims, measures, norms: rows to be shown. */
PS_MUST_CHECK ps_status clinical_load_texts(files_clinical *clinical, files_table_source source, ps_error *err);

/** What compare knows of each field.  given  the fields, loaded */
PS_MUST_CHECK ps_status clinical_load_change(files_clinical *clinical, files_table_source source, ps_error *err);

/** The five pathways and the effects they are told by.  given  sources, fields, claims, rules, loaded */
PS_MUST_CHECK ps_status clinical_load_pathways(files_clinical *clinical, files_table_source source, ps_error *err);

/** Where the share of a pathway starts; `column` names it. */
PS_MUST_CHECK ps_status clinical_add_share_start(files_clinical *clinical, const files_csv *csv, int column, const clinic_share_start *start,
                                                 ps_error *err);

/** A grade, A to D or X. */
PS_MUST_CHECK ps_status clinical_grade(const files_csv *csv, int column, clinic_grade *out, ps_error *err);

/** What an exam can record and the body chart, into evidence.fields. Needs the sources. */
PS_MUST_CHECK ps_status clinical_load_fields(files_clinical *clinical, files_table_source source, ps_error *err);

/** Conditions, findings, likelihood ratios, starting values, rules, tests, into evidence. Needs the fields. */
PS_MUST_CHECK ps_status clinical_load_evidence(files_clinical *clinical, files_table_source source, ps_error *err);
PS_MUST_CHECK ps_status clinical_load_rules(files_clinical *clinical, files_table_source source, ps_error *err);
PS_MUST_CHECK ps_status clinical_load_trials(files_clinical *clinical, files_table_source source, ps_error *err);

/** A name of up to 48 letters, digits and `_`. */
PS_MUST_CHECK ps_status clinical_name(const files_csv *csv, int column, const char **out, ps_error *err);

/** A comparison on the fields of an exam, "section.key=word|word & section.key>=number"; empty = always. */
PS_MUST_CHECK ps_status clinical_comparison(const files_clinical *clinical, const files_csv *csv, int column, clinic_comparison *out,
                                      ps_error *err);

/** Fields that are recorded, parted by spaces: at least one.  fills out->field */
PS_MUST_CHECK ps_status clinical_field_list(const files_clinical *clinical, const files_csv *csv, int column, clinic_trial *out,
                                            ps_error *err);

/** What a test can show: outcomes parted by `/`, in each of them `section.key[.left|.right]=WORD or NUMBER` parted by `&`.
 *  fills out->outcome; empty = none */
PS_MUST_CHECK ps_status clinical_outcomes(const files_clinical *clinical, const files_csv *csv, int column, clinic_trial *out,
                                          ps_error *err);
