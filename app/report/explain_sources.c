/* A source and every row that rests on it; rows that no structure holds. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <strings.h>

#include "app/report/explain_internal.h"

static int column_of(const files_csv *row, const char *name) {
  for (int i = 0; i < row->ncolumn; i++)
    if (strcmp(row->column[i], name) == 0) return i;
  return -1;
}

// ---- who uses a source ---------------------------------------------------------------------------------------------

typedef struct uses { const char *key; json_t *list; } uses;

static void add_use(void *ctx, const files_csv *row) {
  uses *u = ctx;
  const int column = column_of(row, "source");
  if (column < 0 || !files_clinical_lists(row->field[column], ';', u->key)) return;
  // the first two fields name most rows: "RF09 midline", "person thomas_hip_angle"
  explain_add(u->list, json_pack("{s:s, s:I, s:s}", "table", row->file, "line", (json_int_t)row->line, "row", row->field[0]),
              explain_format("%s, line %zu: %s  %s", row->file, row->line, row->field[0], row->field[1]).text);
}

ps_status report_source_json(const report_explain *e, const char *key, json_t **out, ps_error *err) {
  const files_clinical_source *s = files_clinical_find_source(e->clinical, key);
  PS_ASSERT(s != NULL);
  json_t *doc = json_pack("{s:s, s:s, s:s}", "kind", "source", "id", s->key, "citation", s->citation);
  uses u = {s->key, json_array()};
  const ps_status status = files_clinical_each_row(e->clinical, e->source, add_use, &u, err);
  explain_put(doc, "url", s->url);
  explain_put(doc, "verification", s->verification);
  explain_put(doc, "meaning", report_verification(s->verification).text);
  explain_put_list(doc, "used_by", u.list);
  if (status == PS_OK) *out = doc;
  else json_decref(doc);
  return status;
}

// ---- rows without a structure --------------------------------------------------------------------------------------

typedef struct rows {  // a walk over all rows
  int at;              // of the row that comes next
  const char *id;      // looked for, in any letter case; NULL = the row `wanted`
  int wanted, n;
  explain_item *out;
  json_t *doc;
} rows;

// tables that give every row a name of its own: likelihood ratios and starting values that are not used, rules
static bool has_name(const files_csv *row) { return strcmp(row->column[0], "id") == 0 || strcmp(row->column[0], "name") == 0; }

static void match_row(void *ctx, const files_csv *row) {
  rows *r = ctx;
  const int at = r->at++;
  if (!has_name(row) || strcasecmp(row->field[0], r->id) != 0 || r->n == EXPLAIN_MATCH_MAX) return;
  explain_item *item = &r->out[r->n++];
  *item = (explain_item){.kind = EXPLAIN_ROW, .index = at};
  snprintf(item->id, sizeof item->id, "%s", row->field[0]);
  snprintf(item->words, sizeof item->words, "%s", row->file);
}

int explain_find_rows(const report_explain *e, const char *id, explain_item out[EXPLAIN_MATCH_MAX]) {
  rows r = {.id = id, .out = out};
  ps_error err = {PS_OK, 0, "", ""};
  return files_clinical_each_row(e->clinical, e->source, match_row, &r, &err) == PS_OK ? r.n : 0;
}

static void fill_row(void *ctx, const files_csv *row) {
  rows *r = ctx;
  if (r->at++ != r->wanted) return;
  explain_put(r->doc, "table", row->file);
  for (int i = 1; i < row->ncolumn; i++) explain_put(r->doc, row->column[i], row->field[i]);
}

void explain_row(const report_explain *e, int i, json_t *doc) {
  rows r = {.wanted = i, .doc = doc};
  ps_error err = {PS_OK, 0, "", ""};
  if (files_clinical_each_row(e->clinical, e->source, fill_row, &r, &err) != PS_OK) explain_put(doc, "error", err.msg);
}

// "LR+ 7.6 (1.2 to 47), LR- 0.06 (0.02 to 0.25), sensitivity 0.94, ...; takes the reference
static void put_published(json_t *doc, json_t *published) {
  static const struct { const char *before, *key; } part[] = {{"LR+ ", "lr_pos"}, {" from ", "lr_pos_lo"}, {" to ", "lr_pos_hi"}, {"; LR- ", "lr_neg"},
      {" from ", "lr_neg_lo"}, {" to ", "lr_neg_hi"}, {"; sensitivity ", "sens"}, {"; specificity ", "spec"}, {"; n ", "n"},
      {"; against ", "reference"}};
  explain_text t = explain_format("%s", "");
  for (size_t i = 0; i < sizeof part/sizeof *part; i++) {
    const char *value = json_string_value(json_object_get(published, part[i].key));
    const size_t n = strlen(t.text);
    if (value) snprintf(t.text + n, sizeof t.text - n, "%s%s", n ? part[i].before : part[i].before + strspn(part[i].before, "; "), value);
  }
  explain_put(doc, "published", t.text);
  json_decref(published);
}

void explain_columns(const report_explain *e, const char *id, json_t *doc) {
  static const char *const kept[] = {"reference", "n", "sens", "spec", "lr_pos", "lr_pos_lo", "lr_pos_hi", "lr_neg", "lr_neg_lo", "lr_neg_hi",
                                     "verification", "note"};
  explain_item item[EXPLAIN_MATCH_MAX];
  if (explain_find_rows(e, id, item) == 0) return;
  json_t *row = json_object(), *published = json_object();
  explain_row(e, item[0].index, row);
  for (size_t i = 0; i < sizeof kept/sizeof *kept; i++)
    if (!json_object_get(doc, kept[i])) explain_put(i < 10 ? published : doc, kept[i], json_string_value(json_object_get(row, kept[i])));
  put_published(doc, published);
  json_decref(row);
}
