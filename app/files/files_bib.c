/* Entries of a BibTeX list as plain citations; rows of a table whose header is not known beforehand.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_bib.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- entries -------------------------------------------------------------------------------------------------------

// the value of a field of one entry, without braces, "--" as one dash; empty when the entry has none
static void value_of(const char *entry, const char *end, const char *name, char *out, size_t size) {
  char mark[32];
  size_t n = 0;
  snprintf(mark, sizeof mark, "\n  %s = {", name);
  const char *at = strstr(entry, mark);
  if (at && at < end) {
    for (at += strlen(mark); at < end && *at != '\n' && n + 1 < size; at++) {
      const bool is_last = *at == '}' && (at[1] == '\n' || (at[1] == ',' && at[2] == '\n'));
      if (is_last) break;
      if (*at != '{' && *at != '}' && !(at[0] == '-' && at[1] == '-')) out[n++] = *at;
    }
  }
  out[n] = '\0';
}

// the entry at or behind `at`; returns what stands behind it, NULL when there is none
static const char *next_entry(const char *at, files_bib_entry *out) {
  // an entry begins a line
  while (*at && *at != '@') {
    at = strchr(at, '\n');
    if (!at) return NULL;
    at++;
  }
  const char *open = *at ? strchr(at, '{') : NULL, *comma = open ? strchr(open, ',') : NULL, *end = comma ? strstr(comma, "\n}") : NULL;
  if (!end || (size_t)(comma - open) > sizeof out->key) return NULL;
  snprintf(out->key, sizeof out->key, "%.*s", (int)(comma - open - 1), open + 1);
  static const struct { const char *before, *name; } part[] = {{"", "author"}, {" ", "year"}, {": ", "title"}, {". ", "journal"}, {". ", "booktitle"},
                                                             {" ", "volume"}, {":", "pages"}, {" (", "note"}};
  out->citation[0] = '\0';
  for (size_t i = 0; i < sizeof part/sizeof *part; i++) {
    char value[300];
    const size_t n = strlen(out->citation);
    value_of(comma, end, part[i].name, value, sizeof value);
    if (value[0]) snprintf(out->citation + n, sizeof out->citation - n, "%s%s%s", n ? part[i].before : "", value, strcmp(part[i].name, "note") == 0 ? ")" : "");
  }
  return end + 2;
}

ps_status files_bib_each(files_table_source source, const char *path, void (*visit)(void *ctx, const files_bib_entry *entry), void *ctx,
                         ps_error *err) {
  files_bytes bytes = {NULL, 0, NULL};
  PS_TRY(source.read(source.ctx, path, &bytes, err));
  char *text = malloc(bytes.size + 1);
  if (text) {
    memcpy(text, bytes.data, bytes.size);
    text[bytes.size] = '\0';
  }
  files_bytes_free(&bytes);
  if (!text) return ps_error_set(err, PS_ENOMEM, 0, path, "out of memory");
  files_bib_entry entry;
  for (const char *at = next_entry(text, &entry); at; at = next_entry(at, &entry)) visit(ctx, &entry);
  free(text);
  return PS_OK;
}

// ---- rows ----------------------------------------------------------------------------------------------------------

// the names in the first line that is neither a comment nor empty; false when it is too long or has too many
static bool read_header(const char *text, size_t size, char header[1024], const char *column[FILES_CSV_COLUMN_MAX], int *ncolumn) {
  const char *end = text + size;
  while (text < end && (*text == '#' || *text == '\n' || *text == '\r')) {
    const char *line = memchr(text, '\n', (size_t)(end - text));
    text = line ? line + 1 : end;
  }
  size_t n = 0;
  while (text + n < end && text[n] != '\n' && text[n] != '\r') n++;
  if (n == 0 || n >= 1024) return false;
  memcpy(header, text, n);
  header[n] = '\0';
  *ncolumn = 0;
  char *rest = NULL;
  for (char *name = strtok_r(header, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
    if (*ncolumn == FILES_CSV_COLUMN_MAX) return false;
    column[(*ncolumn)++] = name;
  }
  return true;
}

ps_status files_each_row(files_table_source source, const char *path, void (*visit)(void *ctx, const files_csv *row), void *ctx,
                         ps_error *err) {
  files_bytes bytes = {NULL, 0, NULL};
  char header[1024];
  const char *column[FILES_CSV_COLUMN_MAX];
  files_csv csv = {.column = column};
  PS_TRY(source.read(source.ctx, path, &bytes, err));
  ps_status status = read_header(bytes.data, bytes.size, header, column, &csv.ncolumn)
                         ? files_csv_open(&csv, path, bytes.data, bytes.size, err)
                         : ps_error_set(err, PS_EFORMAT, 0, path, "no header, or too many columns");
  bool has_row = status == PS_OK;
  while (has_row) {
    status = files_csv_next(&csv, &has_row, err);
    has_row = has_row && status == PS_OK;
    if (has_row) visit(ctx, &csv);
  }
  files_csv_close(&csv);
  files_bytes_free(&bytes);
  return status;
}
