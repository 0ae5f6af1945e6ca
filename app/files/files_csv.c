/* Strict reader of comma-separated tables: rows are cut in place in one copy of the text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_text.h"

ps_status files_csv_fail(const files_csv *csv, int icolumn, ps_status code, const char *what, ps_error *err) {
  return ps_error_set(err, code, csv->line, csv->file, "%s is \"%s\": %s", csv->column[icolumn],
                      files_text_quote(csv->field[icolumn]).text, what);
}

// the next line that is neither empty nor a comment, ended by NUL; NULL at the end of the text
static char *next_line(files_csv *csv) {
  while (*csv->next) {
    char *line = csv->next;
    csv->line = csv->next_line++;
    const size_t n = strcspn(line, "\n");
    csv->next = line + n + (line[n] == '\n');
    line[n] = '\0';
    if (n > 0 && line[n - 1] == '\r') line[n - 1] = '\0';
    if (line[0] != '\0' && line[0] != '#') return line;
  }
  return NULL;
}

// unquote one field in place; on success *rest is what stands after its comma, NULL after the last field
static const char *take_field(char *at, char **rest) {
  if (*at != '"') {
    const size_t n = strcspn(at, ",\"\r");
    if (at[n] == '"') return "a quote inside a field that does not start with one";
    if (at[n] == '\r') return "a carriage return inside a line";
    *rest = at[n] ? at + n + 1 : NULL;
    at[n] = '\0';
    return NULL;
  }

  // out never overtakes in: the opening quote is dropped
  char *out = at;
  const char *in = at + 1;
  while (*in && !(in[0] == '"' && in[1] != '"')) {
    if (*in == '"') in++;
    *out++ = *in++;
  }
  if (!*in) return "a quoted field does not end on its line";
  if (in[1] != ',' && in[1] != '\0') return "text after a closing quote";
  *rest = in[1] ? at + (in - at) + 2 : NULL;
  *out = '\0';
  return NULL;
}

// cut the current line into fields; *n is how many there are, of which FILES_CSV_COLUMN_MAX are kept
static ps_status cut(files_csv *csv, char *line, int *n, ps_error *err) {
  *n = 0;
  while (line) {
    char *rest = NULL;
    const char *fault = take_field(line, &rest);
    if (fault) return ps_error_set(err, PS_EFORMAT, csv->line, csv->file, "field %d: %s", *n + 1, fault);
    if (*n < FILES_CSV_COLUMN_MAX) csv->field[*n] = line;
    (*n)++;
    line = rest;
  }
  return PS_OK;
}

static ps_status check_header(files_csv *csv, ps_error *err) {
  char *line = next_line(csv);
  if (!line) return ps_error_set(err, PS_EFORMAT, 0, csv->file, "the table is empty: its header row is missing");
  int n = 0;
  PS_TRY(cut(csv, line, &n, err));
  for (int i = 0; i < csv->ncolumn && i < n; i++) {
    if (strcmp(csv->field[i], csv->column[i]) == 0) continue;
    return ps_error_set(err, PS_EFORMAT, csv->line, csv->file, "column %d of the header is \"%s\", expected is \"%s\"", i + 1,
                        files_text_quote(csv->field[i]).text, csv->column[i]);
  }
  if (n < csv->ncolumn)
    return ps_error_set(err, PS_EFORMAT, csv->line, csv->file, "the header lacks column %d, \"%s\"", n + 1, csv->column[n]);
  if (n > csv->ncolumn)
    return ps_error_set(err, PS_EFORMAT, csv->line, csv->file, "the header has %d columns, expected are %d", n, csv->ncolumn);
  return PS_OK;
}

ps_status files_csv_open(files_csv *csv, const char *file, const void *data, size_t size, ps_error *err) {
  PS_ASSERT(csv->ncolumn >= 1 && csv->ncolumn <= FILES_CSV_COLUMN_MAX);
  csv->file = file;
  csv->memory = malloc(size + 1);
  if (!csv->memory) return ps_error_set(err, PS_ENOMEM, 0, file, "out of memory");
  if (size > 0) memcpy(csv->memory, data, size);
  csv->memory[size] = '\0';
  csv->next_line = 1;
  csv->next = csv->memory;
  if (strlen(csv->memory) != size) {
    for (const char *c = csv->memory; *c; c++) csv->next_line += *c == '\n';
    return ps_error_set(err, PS_EFORMAT, csv->next_line, file, "a NUL byte stands in the text");
  }
  if (strncmp(csv->next, "\xEF\xBB\xBF", 3) == 0) csv->next += 3;
  return check_header(csv, err);
}

void files_csv_close(files_csv *csv) {
  free(csv->memory);
  csv->memory = csv->next = NULL;
}

ps_status files_csv_next(files_csv *csv, bool *has_row, ps_error *err) {
  char *line = next_line(csv);
  *has_row = line != NULL;
  if (!line) return PS_OK;
  int n = 0;
  PS_TRY(cut(csv, line, &n, err));
  if (n == csv->ncolumn) return PS_OK;
  return ps_error_set(err, PS_EFORMAT, csv->line, csv->file, "the row has %d fields, the header has %d", n, csv->ncolumn);
}

ps_status files_csv_number(const files_csv *csv, int icolumn, const files_csv_range *range, double *out, ps_error *err) {
  const char *text = csv->field[icolumn];
  // strtod also takes spaces, hexadecimal, "inf" and "nan": none of them is a number of a table. The program never calls
  // setlocale, and with a decimal comma in force the whole-field check would refuse, not misread.
  const bool is_plain = *text && text[strspn(text, "+-.0123456789eE")] == '\0';
  char *end = NULL;
  const double value = is_plain ? strtod(text, &end) : 0.0;
  if (!is_plain || *end || !isfinite(value)) return files_csv_fail(csv, icolumn, PS_EFORMAT, "a number is needed", err);
  if (value >= range->lo && value <= range->hi) {
    *out = value;
    return PS_OK;
  }
  char what[96];
  snprintf(what, sizeof what, "allowed is %g to %g%s%s", range->lo, range->hi, *range->unit ? " " : "", range->unit);
  return files_csv_fail(csv, icolumn, PS_EINPUT, what, err);
}

ps_status files_csv_choice(const files_csv *csv, int icolumn, const char *const *choice, int nchoice, int *out,
                           ps_error *err) {
  const char *text = csv->field[icolumn];
  for (int i = 0; i < nchoice; i++) {
    if (strcmp(text, choice[i]) != 0) continue;
    *out = i;
    return PS_OK;
  }

  // the allowed words, as many as fit
  char what[160];
  int n = snprintf(what, sizeof what, "allowed is");
  for (int i = 0; i < nchoice && n < (int)sizeof what; i++)
    n += snprintf(what + n, sizeof what - (size_t)n, "%s %s", i ? "," : "", *choice[i] ? choice[i] : "(empty)");
  return files_csv_fail(csv, icolumn, PS_EINPUT, what, err);
}
