/* A source and every row that rests on it; rows that no structure holds. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <strings.h>

#include "app/files/files_bib.h"
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
  const int source = column_of(row, "source"), note = column_of(row, "note");
  const bool is_named = source >= 0 && files_clinical_lists(row->field[source], ';', u->key);
  // a key of one letter stands in many notes by chance
  const bool is_noted = note >= 0 && strlen(u->key) > 2 && strstr(row->field[note], u->key) != NULL;
  if (!is_named && !is_noted) return;
  // the first two fields name most rows: "RF09 midline", "person thomas_hip_angle"
  explain_add(u->list, json_pack("{s:s, s:I, s:s}", "table", row->file, "line", (json_int_t)row->line, "row", row->field[0]),
              explain_format("%s, line %zu: %s  %s%s", row->file, row->line, row->field[0], row->field[1], is_named ? "" : " (in its note)").text);
}

// tables of the body; their rows name keys of SOURCES.bib
static const char *const BODY[] = {"anatomy/bodies.csv", "anatomy/coordinates.csv", "anatomy/stiffness.csv", "anatomy/muscles.csv",
                                   "anatomy/paths.csv", "anatomy/wraps.csv", "anatomy/contacts.csv", "anatomy/landmarks.csv",
                                   "anatomy/discs.csv", "anatomy/parameters.csv"};
static const char BIB[] = "anatomy/SOURCES.bib";

static ps_status find_uses(const report_explain *e, uses *u, ps_error *err) {
  PS_TRY(files_clinical_each_row(e->clinical, e->source, add_use, u, err));
  for (size_t i = 0; i < sizeof BODY/sizeof *BODY; i++) PS_TRY(files_each_row(e->source, BODY[i], add_use, u, err));
  return PS_OK;
}

ps_status report_source_json(const report_explain *e, const json_t *source, json_t **out, ps_error *err) {
  static const char *const copied[] = {"citation", "url", "verification"};
  const char *key = json_string_value(json_object_get(source, "key"));
  json_t *doc = json_pack("{s:s, s:s}", "kind", "source", "id", key);
  for (int i = 0; i < 3; i++) explain_put(doc, copied[i], json_string_value(json_object_get(source, copied[i])));
  const char *verification = json_string_value(json_object_get(source, "verification"));
  if (verification) explain_put(doc, "meaning", report_verification(verification).text);
  uses u = {key, json_array()};
  const ps_status status = find_uses(e, &u, err);
  explain_put_list(doc, "used_by", u.list);
  if (status == PS_OK) *out = doc;
  else json_decref(doc);
  return status;
}

// ---- all sources ---------------------------------------------------------------------------------------------------

static void add_entry(void *ctx, const files_bib_entry *entry) {
  explain_add(ctx, json_pack("{s:s, s:s, s:s}", "key", entry->key, "citation", entry->citation, "url", ""),
              explain_format("%s  %s", entry->key, entry->citation).text);
}

ps_status report_sources_json(const report_explain *e, json_t **out, ps_error *err) {
  const files_clinical_source *s = NULL;
  json_t *list = json_array();
  for (int i = 0; (s = files_clinical_source_at(e->clinical, i)) != NULL; i++)
    explain_add(list, json_pack("{s:s, s:s, s:s, s:s}", "key", s->key, "citation", s->citation, "url", s->url, "verification", s->verification),
                explain_format("%s  %s [%s]", s->key, s->citation, s->verification).text);
  const ps_status status = files_bib_each(e->source, BIB, add_entry, list, err);
  if (status == PS_OK) *out = list;
  else json_decref(list);
  return status;
}

json_t *report_source_find(json_t *sources, const char *key) {
  for (size_t i = 0; i < json_array_size(sources); i++) {
    json_t *source = json_array_get(sources, i);
    const char *known = json_string_value(json_object_get(source, "key"));
    if (known && strcasecmp(known, key) == 0) return source;
  }
  return NULL;
}

// ---- sources of a muscle -------------------------------------------------------------------------------------------

typedef struct muscle_sources { const char *group; const ps_anatomy *anatomy; char keys[400]; } muscle_sources;

static void add_key(void *ctx, const files_csv *row) {
  muscle_sources *m = ctx;
  const int source = column_of(row, "source");
  bool is_mine = false;
  for (int i = 0; i < m->anatomy->nmuscle && !is_mine; i++)
    is_mine = strcmp(m->anatomy->muscle[i].name, row->field[0]) == 0 && strcmp(m->anatomy->muscle[i].group, m->group) == 0;
  const size_t n = strlen(m->keys);
  if (is_mine && source >= 0 && !files_clinical_lists(m->keys, ';', row->field[source]))
    snprintf(m->keys + n, sizeof m->keys - n, "%s%s", n ? ";" : "", row->field[source]);
}

void explain_put_muscle_sources(const report_explain *e, const char *group, json_t *doc) {
  static const char *const table[] = {"anatomy/muscles.csv", "anatomy/paths.csv"};
  muscle_sources m = {group, e->anatomy, ""};
  ps_error err = {PS_OK, 0, "", ""};
  for (int i = 0; i < 2; i++)
    if (files_each_row(e->source, table[i], add_key, &m, &err) != PS_OK) explain_fault(e, &err);
  explain_put(doc, "source", m.keys);
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
  if (files_clinical_each_row(e->clinical, e->source, match_row, &r, &err) == PS_OK) return r.n;
  explain_fault(e, &err);
  return 0;
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
  if (files_clinical_each_row(e->clinical, e->source, fill_row, &r, &err) != PS_OK) explain_fault(e, &err);
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
