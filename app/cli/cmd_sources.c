/* psoas sources: what the numbers rest on. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "app/cli/cli.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"
#include "app/report/explain.h"

static const cli_option OPTION[] = {{"json", NULL, "the result as JSON"}, {NULL, NULL, NULL}};

static json_t *result(const char *key, json_t *value) {
  return json_pack("{s:s, s:i, s:s, s:[], s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", "", "warnings", key, value);
}

static ps_status list_all(const cli_call *call, json_t *sources, ps_error *err) {
  if (cli_value(call, "json")) return cli_print_json(result("sources", json_incref(sources)), 12, err);
  for (size_t i = 0; i < json_array_size(sources); i++) {
    const char *text = json_string_value(json_object_get(json_array_get(sources, i), "text"));
    if (text) printf("%s\n", text);
  }
  printf("\nV seen in an abstract, table or official page; S through a secondary page; M from memory; E weighed here.\n");
  return PS_OK;
}

static ps_status unknown(const json_t *sources, const char *key, ps_error *err) {
  files_suggestion near = files_suggest_begin(key);
  for (size_t i = 0; i < json_array_size(sources); i++) {
    const char *known = json_string_value(json_object_get(json_array_get(sources, i), "key"));
    if (known) files_suggest_offer(&near, known);
  }
  return ps_error_set(err, PS_EINPUT, 0, "sources", "\"%s\" is not a key%s; psoas sources lists them", files_text_quote(key).text,
                      files_suggest_hint(files_suggest_best(&near)).text);
}

static ps_status show_one(const cli_call *call, const report_explain *e, json_t *sources, ps_error *err) {
  const json_t *source = report_source_find(sources, call->argument[0]);
  json_t *doc = NULL;
  if (!source) return unknown(sources, call->argument[0], err);
  PS_TRY(report_source_json(e, source, &doc, err));
  if (cli_value(call, "json")) return cli_print_json(result("source", doc), 12, err);
  const ps_status status = report_explain_text(stdout, doc, err);
  json_decref(doc);
  return status;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  files_clinical *clinical = NULL;
  json_t *sources = NULL;
  ps_status status = files_clinical_load(files_source_packed(), &clinical, &err);
  const report_explain e = {clinical, NULL, files_source_packed(), NULL};
  if (status == PS_OK) status = report_sources_json(&e, &sources, &err);
  if (status == PS_OK) status = call->nargument ? show_one(call, &e, sources, &err) : list_all(call, sources, &err);
  json_decref(sources);
  files_clinical_free(clinical);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_SOURCES = {"sources", "[KEY]", "what the numbers rest on, and which rows use it", 0, 1, OPTION, run};
