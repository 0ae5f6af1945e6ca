/* Strict reader of comma-separated tables with a known header. SPDX-License-Identifier: Apache-2.0
 *
 * Text is UTF-8 (a byte order mark is skipped). The first row that is neither a comment nor empty must be exactly the
 * expected columns, in order. Lines that start with `#` are comments, empty lines are skipped. A field may be quoted, with
 * "" for a quote inside; a quoted field ends on its line. Lines end in LF or CR LF; the last may lack it. No NUL anywhere. */
#pragma once
#include "psoas/base.h"

#define FILES_CSV_COLUMN_MAX 32

typedef struct files_csv {
  const char *file;              // name for messages                           borrowed until files_csv_close
  const char *const *column;     // expected header                             borrowed until files_csv_close
  int ncolumn;
  char *memory;                  // owns: copy of the text, unquoted in place
  char *next;                    // rest of the text
  size_t next_line;              // its line, 1-based
  size_t line;                   // line of the current row                     by files_csv_next
  const char *field[FILES_CSV_COLUMN_MAX];  // of the current row              by files_csv_next
} files_csv;

/** Start reading `size` bytes: copies them and checks the header.
 *
 *  given    csv            column and ncolumn (1..FILES_CSV_COLUMN_MAX) set by the caller, the rest zero
 *           file           name for messages, borrowed until files_csv_close
 *  fills    csv            allocates; safe to close also after a failure
 *  errors   PS_EFORMAT  no header, another header, a NUL byte; err has file, line, column
 *           PS_ENOMEM
 *  checked  test/unit/files_csv_test.c, test/fuzz/fuzz_csv.c
 */
PS_MUST_CHECK ps_status files_csv_open(files_csv *csv, const char *file, const void *data, size_t size, ps_error *err);
void files_csv_close(files_csv *csv);

/** Next row; *has_row is false at the end. errors PS_EFORMAT: wrong number of fields, a stray or unclosed quote. */
PS_MUST_CHECK ps_status files_csv_next(files_csv *csv, bool *has_row, ps_error *err);

typedef struct files_csv_range {
  double lo, hi;
  const char *unit;              // for messages; "" = none
} files_csv_range;

/** Field `icolumn` of the current row as a number: plain decimal, the whole field, finite, in range.
 *  errors PS_EFORMAT not a number, PS_EINPUT outside its range; `out` is then untouched. */
PS_MUST_CHECK ps_status files_csv_number(const files_csv *csv, int icolumn, const files_csv_range *range, double *out,
                                         ps_error *err);

/** Field `icolumn` as one of `choice`: its index. errors PS_EINPUT naming what is allowed. */
PS_MUST_CHECK ps_status files_csv_choice(const files_csv *csv, int icolumn, const char *const *choice, int nchoice,
                                         int *out, ps_error *err);

/** Fill err for field `icolumn` of the current row: "COLUMN is "VALUE": WHAT". */
ps_status files_csv_fail(const files_csv *csv, int icolumn, ps_status code, const char *what, ps_error *err);
