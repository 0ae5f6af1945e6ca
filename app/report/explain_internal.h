/* Shared by the files that explain one word. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/report/explain.h"

typedef struct explain_text { char text[1000]; } explain_text;

explain_text explain_format(const char *format, ...) PS_PRINTF(1, 2);

/** "movement_tests.slump_leg_pain is yes, and derived.asymmetry_deg at least 7"; "always" without terms. */
explain_text explain_test_words(const clinic_fields *fields, const clinic_comparison *test);
explain_text explain_field_name(const clinic_field *field);

/** Keep what went wrong while a document was made. */
void explain_fault(const report_explain *e, const ps_error *err);

/** Does a test look at this field? */
bool explain_test_uses(const clinic_comparison *test, int field);

/** Put a text under a key, unless it is empty. */
void explain_put(json_t *doc, const char *key, const char *text);

/** Put a list under a key, unless it is empty; takes the reference. */
void explain_put_list(json_t *doc, const char *key, json_t *list);

/** Add a row: its sentence stands under "text"; takes the reference. */
void explain_add(json_t *list, json_t *row, const char *text);

// rows that several kinds list: all about any of the names, which blanks part
void explain_claims_about(const report_explain *e, json_t *doc, const char *names);
void explain_measures_about(const report_explain *e, json_t *doc, const char *names);
void explain_norms_about(const report_explain *e, json_t *doc, const char *names);
json_t *explain_likelihood_row(const report_explain *e, int i);
json_t *explain_prior_row(const report_explain *e, int i);

// one kind each: fill the document of row i
void explain_condition(const report_explain *e, int i, json_t *doc);
void explain_finding(const report_explain *e, int i, json_t *doc);
void explain_likelihood(const report_explain *e, int i, json_t *doc);
void explain_prior(const report_explain *e, int i, json_t *doc);
void explain_trial(const report_explain *e, int i, json_t *doc);
void explain_grade(const report_explain *e, int i, json_t *doc);
void explain_field(const report_explain *e, int i, json_t *doc);
void explain_region(const report_explain *e, int i, json_t *doc);
void explain_flag(const report_explain *e, int i, json_t *doc);
void explain_contraindication(const report_explain *e, int i, json_t *doc);
void explain_technique(const report_explain *e, int i, json_t *doc);
void explain_claim(const report_explain *e, int i, json_t *doc);
void explain_measure(const report_explain *e, int i, json_t *doc);
void explain_norm(const report_explain *e, int i, json_t *doc);
void explain_pathway(const report_explain *e, int i, json_t *doc);
void explain_muscle(const report_explain *e, int i, json_t *doc);
void explain_fascicle(const report_explain *e, int i, json_t *doc);
void explain_row(const report_explain *e, int i, json_t *doc);

/** The columns of the row of this id that its structure does not keep (as published, verification), where they have a text and
 *  the document has no such key yet. */
void explain_columns(const report_explain *e, const char *id, json_t *doc);

/** The keys that the rows of a muscle group and its paths name, under "source". */
void explain_put_muscle_sources(const report_explain *e, const char *group, json_t *doc);

/** Rows of named tables whose id is the word. */
int explain_find_rows(const report_explain *e, const char *id, explain_item out[EXPLAIN_MATCH_MAX]);

/** The first row of the i-th group of the anatomy tables; -1 behind the last. */
int explain_group(const ps_anatomy *anatomy, int i);
/** The i-th fascicle (rows of one name count once). */
int explain_fascicle_row(const ps_anatomy *anatomy, int i);
