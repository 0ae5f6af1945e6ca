/* The document that explains one item: what its parts share, and the sources it rests on. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/explain.h"

#include <stdarg.h>
#include <string.h>

#include "app/files/files_json.h"
#include "app/report/explain_internal.h"

// ---- parts ---------------------------------------------------------------------------------------------------------

explain_text explain_format(const char *format, ...) {
  explain_text t;
  va_list list;
  va_start(list, format);
  vsnprintf(t.text, sizeof t.text, format, list);
  va_end(list);
  return t;
}

explain_text explain_field_name(const clinic_field *f) { return explain_format("%s.%s", f->section, f->key); }

// the words of a choice whose bits are set: "reduced or absent"
static void add_choices(const clinic_field *f, unsigned bits, char *out, size_t size) {
  static const char *const answer[] = {"not asked", "no", "not sure", "yes"};
  const bool is_answer = f->kind == CLINIC_ANSWER;
  bool has_one = false;
  for (int i = 0; i < (is_answer ? 4 : f->nchoice); i++) {
    if (!(bits >> i & 1u)) continue;
    const size_t n = strlen(out);
    snprintf(out + n, size - n, "%s%s", has_one ? " or " : " is ", is_answer ? answer[i] : f->choice[i]);
    has_one = true;
  }
}

explain_text explain_test_words(const clinic_fields *fields, const clinic_comparison *test) {
  static const char *const op[] = {"", "at least", "at most", "above", "below"};
  explain_text t = explain_format("%s", test->n == 0 ? "always" : "");
  for (int i = 0; i < test->n; i++) {
    const clinic_term *term = &test->term[i];
    const clinic_field *f = &fields->field[term->field];
    size_t n = strlen(t.text);
    snprintf(t.text + n, sizeof t.text - n, "%s%s.%s", i ? ", and " : "", f->section, f->key);
    n = strlen(t.text);
    if (term->op == CLINIC_IS) add_choices(f, term->words, t.text, sizeof t.text);
    else snprintf(t.text + n, sizeof t.text - n, " %s %g%s%s", op[term->op], term->number, f->unit[0] ? " " : "", f->unit);
  }
  return t;
}

bool explain_test_uses(const clinic_comparison *test, int field) {
  for (int i = 0; i < test->n; i++)
    if (test->term[i].field == field) return true;
  return false;
}

void explain_put(json_t *doc, const char *key, const char *text) {
  if (text && text[0]) json_object_set_new(doc, key, json_string(text));
}

void explain_put_list(json_t *doc, const char *key, json_t *list) {
  if (json_array_size(list) > 0) json_object_set(doc, key, list);
  json_decref(list);
}

void explain_add(json_t *list, json_t *row, const char *text) {
  json_object_set_new(row, "text", json_string(text));
  json_array_append_new(list, row);
}

void explain_fault(const report_explain *e, const ps_error *err) {
  if (e->fault) *e->fault = *err;
}

// ---- sources -------------------------------------------------------------------------------------------------------

explain_verification report_verification(const char *verification) {
  static const struct { char letter; const char *words; } row[] = {
      {'V', "seen in an abstract, table or official page"}, {'S', "seen through a secondary page"}, {'M', "from memory, not checked"},
      {'E', "weighed here, no study"}, {'X', "weighed here, no study"}};
  explain_verification v = {""};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    // the letter alone, not one inside a word
    for (const char *at = strchr(verification, row[i].letter); at; at = strchr(at + 1, row[i].letter)) {
      const bool begins = at == verification || strchr(" ;/,(+", at[-1]), ends = at[1] == '\0' || strchr(" ;/,()+", at[1]);
      const size_t n = strlen(v.text);
      if (!begins || !ends) continue;
      snprintf(v.text + n, sizeof v.text - n, "%s%c: %s", n ? "; " : "", row[i].letter, row[i].words);
      break;
    }
  }
  return v;
}

// every key under "source", wherever it stands in the document
static void gather_keys(json_t *at, json_t *keys) {
  for (size_t i = 0; i < json_array_size(at); i++) gather_keys(json_array_get(at, i), keys);
  for (void *iter = json_object_iter(at); iter; iter = json_object_iter_next(at, iter)) {
    json_t *value = json_object_iter_value(iter);
    if (strcmp(json_object_iter_key(iter), "source") != 0 || !json_is_string(value)) {
      gather_keys(value, keys);
      continue;
    }
    char list[256];
    snprintf(list, sizeof list, "%s", json_string_value(value));
    char *rest = NULL;
    for (char *key = strtok_r(list, ";", &rest); key; key = strtok_r(NULL, ";", &rest)) json_object_set_new(keys, key, json_true());
  }
}

static void put_sources(const report_explain *e, json_t *doc) {
  json_t *keys = json_object(), *list = json_array(), *all = NULL;
  gather_keys(doc, keys);
  ps_error err = {PS_OK, 0, "", ""};
  if (report_sources_json(e, &all, &err) != PS_OK) explain_fault(e, &err);
  for (size_t i = 0; i < json_array_size(all); i++) {
    json_t *source = json_array_get(all, i);
    const char *key = json_string_value(json_object_get(source, "key"));
    if (key && json_object_get(keys, key)) json_array_append(list, source);
  }
  json_decref(keys);
  json_decref(all);
  explain_put_list(doc, "sources", list);
}

// ---- the document --------------------------------------------------------------------------------------------------

ps_status report_explain_json(const report_explain *e, const explain_item *item, json_t **out, ps_error *err) {
  static void (*const fill[EXPLAIN_NKIND])(const report_explain *, int, json_t *) = {
      [EXPLAIN_CONDITION] = explain_condition, [EXPLAIN_CLAIM] = explain_claim, [EXPLAIN_PATHWAY] = explain_pathway,
      [EXPLAIN_MUSCLE] = explain_muscle, [EXPLAIN_FLAG] = explain_flag, [EXPLAIN_CONTRAINDICATION] = explain_contraindication,
      [EXPLAIN_TECHNIQUE] = explain_technique, [EXPLAIN_MEASURE] = explain_measure, [EXPLAIN_NORM] = explain_norm,
      [EXPLAIN_FINDING] = explain_finding, [EXPLAIN_TEST] = explain_trial, [EXPLAIN_LIKELIHOOD] = explain_likelihood,
      [EXPLAIN_PRIOR] = explain_prior, [EXPLAIN_FIELD] = explain_field, [EXPLAIN_REGION] = explain_region, [EXPLAIN_GRADE] = explain_grade,
      [EXPLAIN_FASCICLE] = explain_fascicle, [EXPLAIN_ROW] = explain_row};
  json_t *doc = json_pack("{s:s, s:s}", "kind", report_explain_kind_text(item->kind), "id", item->id);
  ps_error fault = {PS_OK, 0, "", ""};
  const report_explain mine = {e->clinical, e->anatomy, e->source, &fault};
  fill[item->kind](&mine, item->index, doc);
  put_sources(&mine, doc);
  if (fault.code == PS_OK && !files_json_is_whole()) ps_error_set(&fault, PS_ENOMEM, 0, "explain", "out of memory");
  if (fault.code == PS_OK) *out = doc;
  else json_decref(doc);
  if (err && fault.code != PS_OK) *err = fault;
  return fault.code;
}

// ---- text ----------------------------------------------------------------------------------------------------------

enum { WIDTH = 100 };

// a paragraph from column `at` on; the first line has begun there
static void put_wrapped(FILE *out, const char *text, int at) {
  int column = at;
  while (*text) {
    const int n = (int)strcspn(text, " ");
    if (column > at && column + 1 + n > WIDTH) {
      fprintf(out, "\n%*s", at, "");
      column = at;
    } else if (column > at) {
      fputc(' ', out);
      column++;
    }
    fprintf(out, "%.*s", n, text);
    column += n;
    text += n + (text[n] == ' ');
  }
  fputc('\n', out);
}

static void put_title(FILE *out, const char *key) {
  static const struct { const char *key, *title; } row[] = {
      {"findings_for", "Findings for it, strongest first"}, {"findings_against", "Findings against it, strongest first"},
      {"findings_of_no_weight", "Findings that say nothing"}, {"claims", "What the article says, and what was found"},
      {"smallest_change_worth_naming", "Smallest change worth naming"},
      {"share_starts_from", "Where its share starts, given that the iliopsoas contributes"},
      {"rules", "Rules, never probabilities"}, {"fascicles", "Fascicles of the right side"},
      {"sources", "Sources (V seen in an abstract, table or official page; S through a secondary page; M from memory; E weighed here)"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    if (strcmp(key, row[i].key) != 0) continue;
    fprintf(out, "\n%s:\n", row[i].title);
    return;
  }
  // "starting_values": as it stands
  fprintf(out, "\n");
  for (const char *c = key; *c; c++) fputc(*c == '_' ? ' ' : c == key && *c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, out);
  fprintf(out, ":\n");
}

ps_status report_explain_text(FILE *out, json_t *doc, ps_error *err) {
  if (!files_json_is_whole() || !doc) return ps_error_set(err, PS_ENOMEM, 0, "explain", "out of memory");
  fprintf(out, "%s (%s)\n", json_string_value(json_object_get(doc, "id")), json_string_value(json_object_get(doc, "kind")));
  for (void *iter = json_object_iter(doc); iter; iter = json_object_iter_next(doc, iter)) {
    const char *key = json_object_iter_key(iter);
    const json_t *value = json_object_iter_value(iter);
    if (strcmp(key, "id") == 0 || strcmp(key, "kind") == 0 || strcmp(key, "text") == 0) continue;
    if (json_is_string(value)) {
      char label[32];
      snprintf(label, sizeof label, "%s", key);
      for (char *c = label; *c; c++)
        if (*c == '_') *c = ' ';
      fprintf(out, "  %-18s ", label);
      put_wrapped(out, json_string_value(value), 21);
    } else if (json_is_array(value)) {
      put_title(out, key);
      for (size_t i = 0; i < json_array_size(value); i++) {
        fprintf(out, "  ");
        put_wrapped(out, json_string_value(json_object_get(json_array_get(value, i), "text")), 4);
      }
    }
  }
  return PS_OK;
}
