/* psoas exam check: what the safety gate says of an exam. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/cli/cli.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"

static const cli_option OPTION[] = {{"json", NULL, "the result as JSON"}, {NULL, NULL, NULL}};

static ps_status print_json(const cli_gate *gate, const char *sha256, ps_error *err) {
  const report_safety r = cli_gate_report(gate);
  json_t *root = json_pack("{s:s, s:i, s:s, s:[], s:o, s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", sha256,
                           "warnings", "safety", report_safety_json(&r), "techniques", report_techniques_json(&r));
  return cli_print_json(root, 12, err);
}

static ps_status check(const cli_call *call, cli_gate *gate, ps_error *err) {
  files_anatomy *anatomy = NULL;
  files_person person;
  ps_status status = files_anatomy_load(files_source_packed(), &anatomy, err);
  if (status == PS_OK) status = cli_gate_open(call->argument[1], files_anatomy_view(anatomy), &person, gate, err);
  files_anatomy_free(anatomy);
  if (status != PS_OK) return status;
  if (cli_value(call, "json")) return print_json(gate, person.sha256, err);
  const report_safety r = cli_gate_report(gate);
  report_safety_text(stdout, &r);
  return PS_OK;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  if (strcmp(call->argument[0], "check") != 0) {
    files_suggestion s = files_suggest_begin(call->argument[0]);
    files_suggest_offer(&s, "check");
    ps_error_set(&err, PS_EINPUT, 0, "exam", "\"%s\" is unknown, allowed is check%s", files_text_quote(call->argument[0]).text,
                 files_suggest_hint(files_suggest_best(&s)).text);
    return cli_fail(&err);
  }
  cli_gate gate = {.clinical = NULL};
  const ps_status status = check(call, &gate, &err);
  const bool is_stop = status == PS_OK && gate.safety.status == CLINIC_STOP;
  cli_gate_close(&gate);
  return status != PS_OK ? cli_fail(&err) : is_stop ? CLI_STOP : CLI_DONE;
}

const cli_command CLI_EXAM = {"exam", "check FILE.json", "what the safety gate says of an exam, and what is missing", 2, 2, OPTION,
                              run};
