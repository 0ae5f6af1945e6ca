/* The body against published measurements: a table of rows, a function for each measure, a verdict for each row.
 * A row that the model misses is a result and stays in the table. Columns: data/reference/README.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_source.h"
#include "psoas/tightness.h"

enum { VALIDATE_ROW_MAX = 160 };  // most rows of a table

typedef enum validate_status { VALIDATE_VERIFIED, VALIDATE_SECONDARY, VALIDATE_MEMORY, VALIDATE_NSTATUS } validate_status;
typedef enum validate_kind { VALIDATE_PREDICTED, VALIDATE_INPUT, VALIDATE_TUNED, VALIDATE_NKIND } validate_kind;

typedef enum validate_rule {
  VALIDATE_SD,              // within one published standard deviation
  VALIDATE_RANGE,           // within the published range; an end that is not given is open
  VALIDATE_RATIO,           // within 25 % of the value: ratios and forces without a published spread
  VALIDATE_ANGLE,           // within 5 deg of the value: angles without a published spread
  VALIDATE_NRULE
} validate_rule;

extern const char *const VALIDATE_STATUS_WORD[VALIDATE_NSTATUS];
extern const char *const VALIDATE_KIND_WORD[VALIDATE_NKIND];
extern const char *const VALIDATE_RULE_WORD[VALIDATE_NRULE];

typedef struct validate_published {  // numbers in the unit of the row; NaN = not given
  validate_rule rule;
  double value, sd, lo, hi;
} validate_published;

typedef struct validate_row {  // texts are lent by the table
  const char *id, *quantity, *unit, *population, *source, *note;
  const char *task, *baseline;   // as on the command line, "standing-flexed:36"; "" = the measure needs none
  const char *level;             // of the spine, or a muscle group; "" = none
  double at[2];                  // what the measure calls its numbers; 0 when not given
  validate_published published;
  validate_status status;
  validate_kind kind;
  int person;                    // index in validate_table.person
  int imeasure;                  // index in the list of measures
} validate_row;

typedef struct validate_person { const char *id; ps_person body; } validate_person;

typedef struct validate_table validate_table;

/** How a posture is written is the command line's business: "standing-flexed:36", and what it holds, "20@0.25,1,0". */
typedef struct validate_words {
  ps_status (*task)(const char *text, ps_task *task, ps_posture_request *request, ps_error *err);
  ps_status (*hold)(const char *text, ps_posture_request *request, ps_error *err);
} validate_words;

/** Read reference/persons.csv and reference/measurements.csv.
 *  fills   out     allocates; free with validate_table_free. Untouched on failure.
 *  errors  PS_EFORMAT  a header, row or number malformed; an id used twice; an unknown person, measure or task; a rule
 *                      without the numbers it needs, or so wide that it would also accept nothing at all
 *          PS_EINPUT   a number or word outside what is allowed;   PS_EIO, PS_ENOMEM
 *  checked test/unit/validate_table_test.c */
PS_MUST_CHECK ps_status validate_table_load(files_table_source source, const validate_words *words, validate_table **out,
                                            ps_error *err);
void validate_table_free(validate_table *table);
int validate_table_count(const validate_table *table);
const validate_row *validate_table_row(const validate_table *table, int i);
const validate_person *validate_table_person(const validate_table *table, int i);

typedef struct validate_verdict {
  double distance;           // from the value (or the nearest end of the range, 0 inside), over what the rule allows
  double distance_sd;        // signed, in published standard deviations; NaN without one
  bool is_inside;
} validate_verdict;

/** Compare. A result that is not a number is never inside.   checked test/unit/validate_judge_test.c */
validate_verdict validate_judge(const validate_published *published, double ours);

/** What a rule allows to either side of the value, in the unit of the row; NaN for a range. */
double validate_tolerance(const validate_published *published);

typedef struct validate_result {
  const validate_row *row;
  double ours;               // NaN = not computed
  const char *why;           // not computed: why; "" otherwise
  const char *used;          // what the number rests on: a posture that was held, a leg that hangs, ...
  validate_verdict verdict;
  double reserve;            // largest moment that no muscle gave in the postures used  [N m]
  unsigned warn;             // PS_WARN_* of the solves
} validate_result;

typedef struct validate_count {
  int nrow;                  // all rows
  int ncounted;              // predicted and verified
  int ncomputed;             // of these, the model has an answer
  int ninside;               // of these, inside
} validate_count;

/** Compute every row.
 *  given   result  (validate_table_count)
 *  errors  those of ps_model_new, ps_posture_apply, ps_recruit_solve, with the id of the row in err->where; PS_ENUMERIC when
 *          a measure gives no number though it could be computed
 *  checked test/unit/validate_test.c */
PS_MUST_CHECK ps_status validate_run(const ps_anatomy *anatomy, const validate_table *table, const validate_words *words,
                                     validate_result *result, ps_error *err);

/** Only rows that are predicted and verified count; one that is not computed counts as not inside. */
validate_count validate_summary(const validate_result *result, int n);
