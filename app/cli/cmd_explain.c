/* psoas explain: what the tables know of one word. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/cli/cli.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"
#include "app/report/explain.h"

static const cli_option OPTION[] = {{"json", NULL, "the result as JSON"}, {NULL, NULL, NULL}};

static json_t *result(const char *key, json_t *list) {
  return json_pack("{s:s, s:i, s:s, s:[], s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", "", "warnings", key, list);
}

// without a word: everything that has a name
static ps_status list_all(const cli_call *call, const report_explain *e, ps_error *err) {
  const bool is_json = cli_value(call, "json") != NULL;
  json_t *list = json_array();
  explain_item item;
  for (int kind = 0; kind < EXPLAIN_NKIND; kind++) {
    const char *text = report_explain_kind_text((explain_kind)kind);
    const bool is_shown = !is_json && kind != EXPLAIN_FASCICLE && report_explain_at(e, (explain_kind)kind, 0, &item);
    if (is_shown) printf("%s%s:\n", kind ? "\n" : "", text);
    for (int i = 0; report_explain_at(e, (explain_kind)kind, i, &item); i++) {
      if (is_shown) printf("  %-44s %s\n", item.id, item.words);
      if (is_json) json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "kind", text, "id", item.id, "words", item.words));
    }
  }
  if (is_json) return cli_print_json(result("items", list), 12, err);
  json_decref(list);
  printf("\npsoas muscles lists the fascicles, psoas sources the sources.\n");
  return PS_OK;
}

static ps_status unknown(const report_explain *e, const char *word, ps_error *err) {
  explain_item near;
  const bool has_one = report_explain_nearest(e, word, &near);
  return ps_error_set(err, PS_EINPUT, 0, "explain", "\"%s\" is not known%s; psoas explain lists what is", files_text_quote(word).text,
                      files_suggest_hint(has_one ? near.id : NULL).text);
}

// every item the word names
static ps_status explain_items(const cli_call *call, const report_explain *e, const explain_item *item, int n, ps_error *err) {
  json_t *list = json_array();
  ps_status status = PS_OK;
  for (int i = 0; i < n && status == PS_OK; i++) {
    json_t *doc = NULL;
    status = report_explain_json(e, &item[i], &doc, err);
    json_array_append_new(list, doc);
  }
  if (status == PS_OK && cli_value(call, "json")) return cli_print_json(result("explained", list), 12, err);
  for (int i = 0; i < n && status == PS_OK; i++) {
    if (i) printf("\n");
    status = report_explain_text(stdout, json_array_get(list, (size_t)i), err);
  }
  json_decref(list);
  return status;
}

// the word stands inside of several names: say which
static ps_status list_matches(const cli_call *call, const char *word, const explain_item *item, int n, ps_error *err) {
  json_t *list = json_array();
  if (!cli_value(call, "json")) printf("\"%s\" stands in several names; explain one of them:\n", files_text_quote(word).text);
  for (int i = 0; i < n; i++) {
    const char *kind = report_explain_kind_text(item[i].kind);
    if (cli_value(call, "json")) json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "kind", kind, "id", item[i].id, "words", item[i].words));
    else printf("  %-44s %s: %s\n", item[i].id, kind, item[i].words);
  }
  if (cli_value(call, "json")) return cli_print_json(result("items", list), 12, err);
  json_decref(list);
  return PS_OK;
}

// a source, when the word is a key of one
static ps_status explain_source(const cli_call *call, const report_explain *e, const char *key, bool *is_source, ps_error *err) {
  json_t *sources = NULL, *doc = NULL;
  PS_TRY(report_sources_json(e, &sources, err));
  const json_t *source = report_source_find(sources, key);
  *is_source = source != NULL;
  ps_status found = PS_OK;
  if (source) found = report_source_json(e, source, &doc, err);
  json_decref(sources);
  if (!source || found != PS_OK) return found;
  if (cli_value(call, "json")) return cli_print_json(result("explained", json_pack("[o]", doc)), 12, err);
  const ps_status status = report_explain_text(stdout, doc, err);
  json_decref(doc);
  return status;
}

static ps_status explain(const cli_call *call, const report_explain *e, ps_error *err) {
  if (call->nargument == 0) return list_all(call, e, err);
  char word[256] = "";
  for (int i = 0; i < call->nargument; i++) {
    const size_t n = strlen(word);
    snprintf(word + n, sizeof word - n, "%s%s", i ? " " : "", call->argument[i]);
  }
  explain_item item[EXPLAIN_MATCH_MAX];
  bool is_exact = false;
  const int n = report_explain_find(e, word, item, &is_exact);
  bool is_source = false;
  if (!(n > 0 && is_exact)) PS_TRY(explain_source(call, e, word, &is_source, err));
  if (is_source) return PS_OK;
  if (n == 0) return unknown(e, word, err);
  return is_exact || n == 1 ? explain_items(call, e, item, n, err) : list_matches(call, word, item, n, err);
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  files_anatomy *anatomy = NULL;
  files_clinical *clinical = NULL;
  ps_status status = files_anatomy_load(files_source_packed(), &anatomy, &err);
  if (status == PS_OK) status = files_clinical_load(files_source_packed(), &clinical, &err);
  if (status == PS_OK)
    status = explain(call, &(report_explain){clinical, files_anatomy_view(anatomy), files_source_packed(), NULL}, &err);
  files_clinical_free(clinical);
  files_anatomy_free(anatomy);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_EXPLAIN = {"explain", "[WORD]", "what is known of a condition, finding, field, claim, muscle, flag, number", 0, 4, OPTION, run};
