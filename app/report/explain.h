/* Everything the tables know about one word: a condition, finding, field, claim, muscle, flag, contraindication, likelihood ratio,
 * measure, grade ... Looked up, gathered as JSON, printed from that. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "app/files/files_clinical.h"
#include "psoas/anatomy.h"

typedef struct report_explain {  // borrows all
  const files_clinical *clinical;
  const ps_anatomy *anatomy;
  files_table_source source;       // of the tables
  ps_error *fault;                 // of a document that is being made              by report_explain_json
} report_explain;

typedef enum explain_kind {      // in the order in which a word is looked up
  EXPLAIN_CONDITION, EXPLAIN_CLAIM, EXPLAIN_PATHWAY, EXPLAIN_MUSCLE, EXPLAIN_FLAG, EXPLAIN_CONTRAINDICATION, EXPLAIN_TECHNIQUE,
  EXPLAIN_MEASURE, EXPLAIN_NORM, EXPLAIN_FINDING, EXPLAIN_TEST, EXPLAIN_LIKELIHOOD, EXPLAIN_PRIOR, EXPLAIN_FIELD, EXPLAIN_REGION,
  EXPLAIN_GRADE, EXPLAIN_FASCICLE,
  EXPLAIN_ROW,                   // of a table, known by its id only: not listed
  EXPLAIN_NKIND
} explain_kind;

typedef struct explain_item {
  explain_kind kind;
  int index;                     // row of its table
  char id[64];                   // "IP_PAIN", "person.lordosis"
  char words[96];                // cut when longer
} explain_item;

enum { EXPLAIN_MATCH_MAX = 64 };

/** "condition", ..., and the title of the list of all of them. */
const char *report_explain_kind_text(explain_kind kind);

/** Item `i` of a kind; false behind the last. */
bool report_explain_at(const report_explain *e, explain_kind kind, int i, explain_item *out);

/** What a word may mean: every id that is the word; without one, the last part of a field's name or words that are the word;
 *  without one, ids and words in which it stands. Letter case ignored.
 *  fills    out, *is_exact   false: only found inside;  returns how many
 *  checked  test/api/explain_test.c */
int report_explain_find(const report_explain *e, const char *word, explain_item out[EXPLAIN_MATCH_MAX], bool *is_exact);

/** The id nearest to a word, for a message; false when none is near. */
bool report_explain_nearest(const report_explain *e, const char *word, explain_item *out);

/** All that the tables know of one item. Numbers stand with interval, grade, verification and source; lists of rows carry a
 *  sentence `text` each; `sources` has the citations.
 *  fills out: a new reference;  errors PS_ENOMEM, or what the tables say when they are read again */
PS_MUST_CHECK ps_status report_explain_json(const report_explain *e, const explain_item *item, json_t **out, ps_error *err);

/** The same for a reader at a terminal.  errors PS_ENOMEM: the document is not whole; nothing is then printed */
PS_MUST_CHECK ps_status report_explain_text(FILE *out, json_t *doc, ps_error *err);

/** What the letter of a verification means: "V", "S", "M", "E"; "V (mean); M" names both. */
typedef struct explain_verification { char text[160]; } explain_verification;
explain_verification report_verification(const char *verification);

/** All sources, the clinical ones and the body's: [{"key", "citation", "url", "verification", "text"}]; the body's have no verification.
 *  fills out: a new reference */
PS_MUST_CHECK ps_status report_sources_json(const report_explain *e, json_t **out, ps_error *err);

/** The source of a key, letter case ignored; lent by the list; NULL when there is none. */
json_t *report_source_find(json_t *sources, const char *key);

/** One of these with every row of every table that names it.  fills out: a new reference */
PS_MUST_CHECK ps_status report_source_json(const report_explain *e, const json_t *source, json_t **out, ps_error *err);
