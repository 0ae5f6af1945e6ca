/* An exam as the clinical rules see it: a list of fields that data/clinical/exam_fields.csv describes, a value for each of them
 * and side, the pain map, and comparisons on them that a table can write down. Knows no files and no bodies.
 * Fields: docs/exam-file.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/safety/safety.h"

enum { CLINIC_FIELD_MAX = 224, CLINIC_CHOICE_MAX = 16, CLINIC_REPEAT_MAX = 10, CLINIC_REGION_MAX = 32, CLINIC_PAIN_MAX = 40,
       CLINIC_TERM_MAX = 4, CLINIC_NORM_MAX = 32 };

// ---- what can be recorded ------------------------------------------------------------------------------------------

typedef enum clinic_kind {
  CLINIC_ANSWER,             // not_asked, no, not_sure, yes: a clinic_answer
  CLINIC_CHOICE,             // one word of a list
  CLINIC_CHOICES,            // some words of a list
  CLINIC_NUMBER,
  CLINIC_WHOLE,              // a number without decimals
  CLINIC_MEASURE,            // a number read once or more often, with method and device
  CLINIC_TEXT,
  CLINIC_DATE                // YYYY-MM-DD
} clinic_kind;

typedef struct clinic_field {
  const char *section, *key; // "movement_tests", "slump"
  const char *words;         // short name on a page
  const char *how;           // what to ask, or how to do it
  clinic_kind kind;
  bool is_sided;             // left and right apart
  bool is_derived;           // computed from other fields by clinic_exam_derive, never read
  double lo, hi;             // of numbers
  const char *unit;          // "deg", "N", "h"; "" = none
  const char *choice[CLINIC_CHOICE_MAX];  // words of the list; methods of a measure
  int nchoice;
  const char *source;
} clinic_field;

typedef enum clinic_view { CLINIC_FRONT, CLINIC_BACK } clinic_view;

typedef struct clinic_region {  // of the body chart
  const char *id, *words;       // "groin", "groin"
  clinic_view view;
  bool is_sided;                // one on each side; else across the midline
  const char *outline;          // of the person's left or of the whole, as in data/clinical/README.md
} clinic_region;

typedef struct clinic_norm {     // of people without pain; the first row that fits counts
  const char *measure, *method;  // "hip_extension_passive", "goniometer"
  char sex;                      // 'F', 'M', 'X' both
  double age_lo, age_hi;         // [years], both included
  double mean, sd;
  const char *unit, *source;
} clinic_norm;

typedef struct clinic_fields {
  clinic_field field[CLINIC_FIELD_MAX];     int nfield;
  clinic_region region[CLINIC_REGION_MAX];  int nregion;
  clinic_norm norm[CLINIC_NORM_MAX];        int nnorm;
} clinic_fields;

// ---- what was recorded ---------------------------------------------------------------------------------------------

enum { CLINIC_RIGHT, CLINIC_LEFT };  // index of a side; a field without sides uses 0

typedef struct clinic_value {
  bool has;
  int choice;                         // a clinic_answer; index of the word; bits of the words; index of the method
  double number;                      // mean of the repeats
  int nrepeat;
  double repeat[CLINIC_REPEAT_MAX];
  const char *text;                   // text, date, device of a measure; "" = none       borrowed from the exam's owner
} clinic_value;

typedef struct clinic_pain {          // one painful region
  int region;
  bool is_side[2];                    // [CLINIC_RIGHT], [CLINIC_LEFT]; both true for a region across the midline
  double intensity;                   // 0..10
  unsigned quality;                   // bits of CLINIC_QUALITY
} clinic_pain;

/** Words of the qualities, in the order of their bits; ends with NULL. */
extern const char *const CLINIC_QUALITY[];

typedef struct clinic_exam {
  const clinic_fields *fields;        // borrowed
  clinic_value value[CLINIC_FIELD_MAX][2];
  bool has_pain_map;                  // false: nobody drew one, which is not "no pain"
  int npain;
  clinic_pain pain[CLINIC_PAIN_MAX];
} clinic_exam;

/** Index of a field by its full name "section.key"; -1 when there is none. */
int clinic_field_find(const clinic_fields *fields, const char *name);
int clinic_region_find(const clinic_fields *fields, const char *id);

/** Was this field recorded, on either side? An answer "not_asked" is none. */
bool clinic_exam_has(const clinic_exam *exam, int ifield);

/** Was this word chosen, of one or of several? The right side of a field with sides.
 *  given name, word  of the table of fields: another name is our own mistake   checked test/unit/comparison_test.c */
bool clinic_exam_has_word(const clinic_exam *exam, const char *name, const char *word);

/** Compute the fields of section `derived`: counts, differences, what the pain map says. A part that is missing leaves what
 *  needs it missing. Their definitions stand in exam_fields.csv.
 *  fills    exam->value of the derived fields
 *  checked  test/unit/exam_derive_test.c */
void clinic_exam_derive(clinic_exam *exam);

/** Are all fields that clinic_exam_derive names in the table? NULL, or the name of one that is missing. */
const char *clinic_derive_missing(const clinic_fields *fields);

// ---- comparisons that a table can write down -----------------------------------------------------------------------

typedef enum clinic_op { CLINIC_IS, CLINIC_AT_LEAST, CLINIC_AT_MOST, CLINIC_ABOVE, CLINIC_BELOW } clinic_op;

typedef struct clinic_term {          // "movement_tests.slump=yes", "derived.asymmetry_deg>=7"
  int field;
  clinic_op op;
  unsigned words;                     // CLINIC_IS: bits of the words that count
  double number;                      // the others
} clinic_term;

typedef struct clinic_comparison { int n; clinic_term term[CLINIC_TERM_MAX]; } clinic_comparison;  // all terms; none = always

typedef enum clinic_presence { CLINIC_MISSING, CLINIC_ABSENT, CLINIC_PRESENT } clinic_presence;

/** Is it so? Of a sided field either side suffices for PRESENT and both are needed for ABSENT. "Not sure" and what was not
 *  recorded are MISSING, unless another term is ABSENT.
 *  checked  test/unit/comparison_test.c */
clinic_presence clinic_comparison_presence(const clinic_comparison *test, const clinic_exam *exam);
