/* Reading the clinical tables: the order of reading, what all readers share, the sources. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_clinical_table.h"

#include <stdlib.h>
#include <string.h>

static const char *const OF_SOURCES[] = {"key", "citation", "url", "verification"};
static const clinical_layout SOURCES = {"clinical/sources.csv", OF_SOURCES, 4};

// ---- what all readers share ----------------------------------------------------------------------------------------

ps_status clinical_text(const files_csv *csv, int column, const char **out, ps_error *err) {
  if (!csv->field[column][0]) return files_csv_fail(csv, column, PS_EFORMAT, "a text is needed", err);
  *out = csv->field[column];
  return PS_OK;
}

const char *clinical_next_word(const char **list, char mark, char word[64]) {
  while (**list == mark) (*list)++;
  size_t n = 0;
  while ((*list)[n] && (*list)[n] != mark) n++;
  if (n == 0 || n >= 64) return NULL;
  memcpy(word, *list, n);
  word[n] = '\0';
  *list += n;
  return word;
}

ps_status clinical_source(const files_clinical *c, const files_csv *csv, int column, const char **out, ps_error *err) {
  const char *list = csv->field[column];
  char word[64];
  int n = 0;
  while (clinical_next_word(&list, ';', word)) {
    if (strcmp(word, "ELICITED") != 0 && !files_clinical_find_source(c, word))
      return files_csv_fail(csv, column, PS_EFORMAT, "not a key of clinical/sources.csv", err);
    n++;
  }
  if (n == 0 || *list) return files_csv_fail(csv, column, PS_EFORMAT, "a source key is needed", err);
  if (out) *out = csv->field[column];
  return PS_OK;
}

ps_status clinical_full(const files_csv *csv, ps_error *err) {
  return ps_error_set(err, PS_EFORMAT, csv->line, csv->file, "more rows than the program has room for");
}

ps_status clinical_open(files_clinical *c, const clinical_layout *l, files_table_source source, files_csv **csv, ps_error *err) {
  PS_ASSERT(c->ntable < CLINICAL_TABLE_MAX);
  files_bytes bytes = {NULL, 0, NULL};
  PS_TRY(source.read(source.ctx, l->path, &bytes, err));
  *csv = &c->csv[c->ntable++];
  (*csv)->column = l->column;
  (*csv)->ncolumn = l->ncolumn;
  const ps_status status = files_csv_open(*csv, l->path, bytes.data, bytes.size, err);
  files_bytes_free(&bytes);
  return status;
}

ps_status clinical_read(files_clinical *c, const clinical_layout *l, files_table_source source, clinical_add add, ps_error *err) {
  files_csv *csv = NULL;
  PS_TRY(clinical_open(c, l, source, &csv, err));
  for (;;) {
    bool has_row = false;
    PS_TRY(files_csv_next(csv, &has_row, err));
    if (!has_row) return PS_OK;
    PS_TRY(add(c, csv, err));
  }
}

// ---- sources -------------------------------------------------------------------------------------------------------

const files_clinical_source *files_clinical_find_source(const files_clinical *c, const char *key) {
  for (int i = 0; i < c->nsource; i++)
    if (strcmp(c->source[i].key, key) == 0) return &c->source[i];
  return NULL;
}

static ps_status add_source(files_clinical *c, const files_csv *csv, ps_error *err) {
  if (c->nsource == CLINICAL_SOURCE_MAX) return clinical_full(csv, err);
  if (files_clinical_find_source(c, csv->field[0])) return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
  files_clinical_source *s = &c->source[c->nsource];
  PS_TRY(clinical_text(csv, 0, &s->key, err));
  PS_TRY(clinical_text(csv, 1, &s->citation, err));
  s->url = csv->field[2];
  s->verification = csv->field[3];
  c->nsource++;
  return PS_OK;
}

// ---- all tables ----------------------------------------------------------------------------------------------------

static ps_status load(files_clinical *c, files_table_source source, ps_error *err) {
  PS_TRY(clinical_read(c, &SOURCES, source, add_source, err));
  PS_TRY(clinical_load_safety(c, source, err));
  PS_TRY(clinical_load_fields(c, source, err));
  PS_TRY(clinical_load_evidence(c, source, err));
  PS_TRY(clinical_load_texts(c, source, err));
  PS_TRY(clinical_load_change(c, source, err));
  PS_TRY(clinical_load_pathways(c, source, err));
  const char *missing = clinic_derive_missing(&c->evidence.fields);
  if (missing) return ps_error_set(err, PS_EFORMAT, 0, "clinical/exam_fields.csv", "the rules need %s, which is no field and no region", missing);
  return PS_OK;
}

ps_status files_clinical_load(files_table_source source, files_clinical **out, ps_error *err) {
  files_clinical *c = calloc(1, sizeof *c);
  if (!c) return ps_error_set(err, PS_ENOMEM, 0, "clinical tables", "out of memory");
  const ps_status status = load(c, source, err);
  if (status != PS_OK) {
    files_clinical_free(c);
    return status;
  }
  *out = c;
  return PS_OK;
}

void files_clinical_free(files_clinical *c) {
  if (!c) return;
  for (int i = 0; i < c->ntable; i++) files_csv_close(&c->csv[i]);
  free(c);
}

const clinic_safety_tables *files_clinical_safety(const files_clinical *c) { return &c->safety; }
const clinic_evidence *files_clinical_evidence(const files_clinical *c) { return &c->evidence; }
