/* psoas sources: what the clinical numbers rest on. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <strings.h>

#include "app/cli/cli.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"
#include "app/report/explain.h"

static const cli_option OPTION[] = {{"json", NULL, "the result as JSON"}, {NULL, NULL, NULL}};

static json_t *result(const char *key, json_t *value) {
  return json_pack("{s:s, s:i, s:s, s:[], s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", "", "warnings", key, value);
}

static ps_status list_all(const cli_call *call, const files_clinical *clinical, ps_error *err) {
  const bool is_json = cli_value(call, "json") != NULL;
  const files_clinical_source *s = NULL;
  json_t *list = json_array();
  for (int i = 0; (s = files_clinical_source_at(clinical, i)) != NULL; i++) {
    if (is_json)
      json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "key", s->key, "citation", s->citation, "url", s->url, "verification",
                                            s->verification));
    else
      printf("%-11s %s\n", s->key, s->citation);
  }
  if (is_json) return cli_print_json(result("sources", list), 12, err);
  json_decref(list);
  printf("\nThe body's own are in data/anatomy/SOURCES.bib.\n");
  return PS_OK;
}

static ps_status unknown(const files_clinical *clinical, const char *key, ps_error *err) {
  const files_clinical_source *s = NULL;
  files_suggestion near = files_suggest_begin(key);
  for (int i = 0; (s = files_clinical_source_at(clinical, i)) != NULL; i++) files_suggest_offer(&near, s->key);
  return ps_error_set(err, PS_EINPUT, 0, "sources", "\"%s\" is not a key%s; psoas sources lists them", files_text_quote(key).text,
                      files_suggest_hint(files_suggest_best(&near)).text);
}

static ps_status show(const cli_call *call, const files_clinical *clinical, ps_error *err) {
  if (call->nargument == 0) return list_all(call, clinical, err);
  const files_clinical_source *s = NULL;
  for (int i = 0; (s = files_clinical_source_at(clinical, i)) != NULL; i++)
    if (strcasecmp(s->key, call->argument[0]) == 0) break;
  if (!s) return unknown(clinical, call->argument[0], err);
  json_t *doc = NULL;
  PS_TRY(report_source_json(&(report_explain){clinical, NULL, files_source_packed()}, s->key, &doc, err));
  if (cli_value(call, "json")) return cli_print_json(result("source", doc), 12, err);
  const ps_status status = report_explain_text(stdout, doc, err);
  json_decref(doc);
  return status;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  files_clinical *clinical = NULL;
  ps_status status = files_clinical_load(files_source_packed(), &clinical, &err);
  if (status == PS_OK) status = show(call, clinical, &err);
  files_clinical_free(clinical);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_SOURCES = {"sources", "[KEY]", "what the clinical numbers rest on, and which rows use it", 0, 1, OPTION, run};
