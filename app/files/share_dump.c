/* Load sharing problems as text: sizes first, then every array under its name, one value a line.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/share_dump.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_text.h"

static const char TITLE[] = "share problem 1";

static void write_integers(FILE *out, const char *name, const int *v, int n) {
  fprintf(out, "%s %d\n", name, n);
  for (int i = 0; i < n; i++) fprintf(out, "%d\n", v[i]);
}

static void write_reals(FILE *out, const char *name, const double *v, int n) {
  fprintf(out, "%s %d\n", name, n);
  for (int i = 0; i < n; i++) fprintf(out, "%.17g\n", v[i]);
}

ps_status files_share_write(FILE *out, const ps_share_problem *q) {
  const int nc = q->na + q->ns;
  fprintf(out, "%s\nn %d\nna %d\nns %d\nnnz %d\np %.17g\n", TITLE, q->n, q->na, q->ns, q->col[nc], q->p);
  write_integers(out, "col", q->col, nc + 1);
  write_integers(out, "row", q->row, q->col[nc]);
  write_reals(out, "val", q->val, q->col[nc]);
  write_reals(out, "v", q->v, q->na);
  write_reals(out, "e", q->e, q->ns);
  write_reals(out, "w", q->w, q->n);
  write_reals(out, "b", q->b, q->n);
  fputs("end\n", out);
  return ferror(out) || fflush(out) != 0 ? PS_EIO : PS_OK;
}

typedef struct reader {
  FILE *in;
  const char *name;
  ps_error *err;
  size_t line;     // 1-based number of `text`
  char text[128];  // the line, without its end
} reader;

static ps_status wrong(reader *r, const char *wanted) {
  ps_error_set(r->err, PS_EFORMAT, r->line, r->name, "\"%s\" stands where %s should", files_text_quote(r->text).text, wanted);
  return PS_EFORMAT;
}

static ps_status next_line(reader *r, const char *wanted) {
  r->line++;
  r->text[0] = '\0';
  if (!fgets(r->text, (int)sizeof r->text, r->in)) {
    if (ferror(r->in)) return ps_error_set(r->err, PS_EIO, r->line, r->name, "cannot be read: %s", strerror(errno));
    return ps_error_set(r->err, PS_EFORMAT, r->line, r->name, "the file ends before %s", wanted);
  }
  const size_t n = strcspn(r->text, "\n");
  if (r->text[n] != '\n') return wrong(r, wanted);
  r->text[n] = '\0';
  return PS_OK;
}

// plain decimal: no blanks, no hexadecimal, no "inf"
static bool parse_real(const char *text, double *out) {
  char *end;
  if (text[0] == '\0' || strspn(text, "+-.0123456789eE") != strlen(text)) return false;
  *out = strtod(text, &end);
  return *end == '\0' && isfinite(*out);
}

static bool parse_integer(const char *text, int *out) {
  double v;
  if (strspn(text, "0123456789") != strlen(text) || !parse_real(text, &v) || v > 2e9) return false;
  *out = (int)v;
  return true;
}

// what follows "NAME " on the next line, NULL when the line is another
static ps_status named(reader *r, const char *name, const char **rest) {
  PS_TRY(next_line(r, name));
  const size_t n = strlen(name);
  if (strncmp(r->text, name, n) != 0 || r->text[n] != ' ') return wrong(r, name);
  *rest = r->text + n + 1;
  return PS_OK;
}

static ps_status read_size(reader *r, const char *name, int *out) {
  const char *rest = NULL;
  PS_TRY(named(r, name, &rest));
  if (!parse_integer(rest, out)) return wrong(r, name);
  if (*out <= FILES_SHARE_MAX) return PS_OK;
  return ps_error_set(r->err, PS_EINPUT, r->line, r->name, "%s is %d; at most %d is read", name, *out, FILES_SHARE_MAX);
}

static ps_status array_header(reader *r, const char *name, int n) {
  int count = -1;
  PS_TRY(read_size(r, name, &count));
  if (count == n) return PS_OK;
  return ps_error_set(r->err, PS_EFORMAT, r->line, r->name, "%s announces %d values; the sizes above need %d", name,
                      count, n);
}

static ps_status read_integers(reader *r, const char *name, int *v, int n) {
  PS_TRY(array_header(r, name, n));
  for (int i = 0; i < n; i++) {
    PS_TRY(next_line(r, name));
    if (!parse_integer(r->text, &v[i])) return wrong(r, "a whole number");
  }
  return PS_OK;
}

static ps_status read_reals(reader *r, const char *name, double *v, int n) {
  PS_TRY(array_header(r, name, n));
  for (int i = 0; i < n; i++) {
    PS_TRY(next_line(r, name));
    if (!parse_real(r->text, &v[i])) return wrong(r, "a finite number");
  }
  return PS_OK;
}

static ps_status read_sizes(reader *r, ps_share_problem *q, int *nnz) {
  const char *rest = NULL;
  PS_TRY(next_line(r, TITLE));
  if (strcmp(r->text, TITLE) != 0) return wrong(r, TITLE);
  PS_TRY(read_size(r, "n", &q->n));
  PS_TRY(read_size(r, "na", &q->na));
  PS_TRY(read_size(r, "ns", &q->ns));
  PS_TRY(read_size(r, "nnz", nnz));
  PS_TRY(named(r, "p", &rest));
  return parse_real(rest, &q->p) ? PS_OK : wrong(r, "p, a finite number");
}

// columns start at 0, follow each other and end at nnz; rows exist and ascend
static ps_status check_columns(reader *r, const ps_share_problem *q, int nnz) {
  const int nc = q->na + q->ns;
  bool is_good = q->col[0] == 0 && q->col[nc] == nnz;
  for (int j = 0; is_good && j < nc; j++) is_good = q->col[j + 1] >= q->col[j] && q->col[j + 1] <= nnz;
  if (!is_good) return ps_error_set(r->err, PS_EFORMAT, 0, r->name, "col does not rise from 0 to nnz = %d", nnz);
  for (int j = 0; j < nc; j++) {
    for (int k = q->col[j]; k < q->col[j + 1]; k++) {
      if (q->row[k] < q->n && (k == q->col[j] || q->row[k] > q->row[k - 1])) continue;
      return ps_error_set(r->err, PS_EFORMAT, 0, r->name, "row entry %d: row %d of column %d is too large or not ascending",
                          k, q->row[k], j);
    }
  }
  return PS_OK;
}

static ps_status read_end(reader *r) {
  PS_TRY(next_line(r, "end"));
  if (strcmp(r->text, "end") != 0) return wrong(r, "end");
  if (fgetc(r->in) == EOF) return PS_OK;
  return ps_error_set(r->err, PS_EFORMAT, r->line + 1, r->name, "text after the last line");
}

static ps_status read_arrays(reader *r, files_share *s, int nnz) {
  ps_share_problem *q = &s->problem;
  const int nc = q->na + q->ns;
  s->integers = calloc((size_t)(nc + 1 + nnz), sizeof(int));
  s->reals = calloc((size_t)nnz + (size_t)nc + 2u*(size_t)q->n + 1u, sizeof(double));
  if (!s->integers || !s->reals) return ps_error_set(r->err, PS_ENOMEM, 0, r->name, "out of memory");
  int *const col = s->integers, *const row = col + nc + 1;
  double *const val = s->reals, *const v = val + nnz, *const e = v + q->na, *const w = e + q->ns, *const b = w + q->n;
  q->col = col, q->row = row, q->val = val, q->v = v, q->e = e, q->w = w, q->b = b;
  PS_TRY(read_integers(r, "col", col, nc + 1));
  PS_TRY(read_integers(r, "row", row, nnz));
  PS_TRY(check_columns(r, q, nnz));
  PS_TRY(read_reals(r, "val", val, nnz));
  PS_TRY(read_reals(r, "v", v, q->na));
  PS_TRY(read_reals(r, "e", e, q->ns));
  PS_TRY(read_reals(r, "w", w, q->n));
  PS_TRY(read_reals(r, "b", b, q->n));
  return read_end(r);
}

ps_status files_share_read(FILE *in, const char *name, files_share *out, ps_error *err) {
  reader r = {.in = in, .name = name, .err = err};
  files_share s = {.integers = NULL};
  int nnz = 0;
  ps_status status = read_sizes(&r, &s.problem, &nnz);
  if (status == PS_OK) status = read_arrays(&r, &s, nnz);
  if (status == PS_OK)
    *out = s;
  else
    files_share_free(&s);
  return status;
}

void files_share_free(files_share *share) {
  free(share->integers);
  free(share->reals);
  *share = (files_share){.integers = NULL};
}
