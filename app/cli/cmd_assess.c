/* psoas assess: the main command. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "app/assess/assess.h"
#include "app/cli/cli.h"
#include "app/files/files_text.h"
#include "app/report/html_assess.h"
#include "app/report/result_json.h"
#include "app/report/text_assess.h"

static const cli_option OPTION[] = {{"html", "FILE", "write the report as one self-contained page"},
                                    {"json", NULL, "the result as JSON"},
                                    {"draws", "N", "draws of the intervals, 0 to 2000 (300)"},
                                    {"seed", "N", "seed of the draws (1)"},
                                    {"since", "FULL", "file of the full safety screen before a short form"},
                                    {"p", "P", "exponent of the recruitment cost, 2 to 5 (2)"},
                                    {NULL, NULL, NULL}};

static ps_status write_html(const assess_result *r, const char *path, ps_error *err) {
  char *page = NULL;
  size_t size = 0;
  PS_TRY(report_assess_html(r, &page, &size, err));
  const ps_status status = files_text_write(path, page, size, err);
  free(page);
  return status;
}

static ps_status read_options(const cli_call *call, assess_opts *o, ps_error *err) {
  double x = 0.0;
  *o = assess_default();
  if (cli_value(call, "draws")) {
    PS_TRY(cli_whole(cli_value(call, "draws"), "--draws", PS_DRAW_MAX, &x, err));
    o->ndraw = (int)x;
  }
  if (cli_value(call, "seed")) {
    PS_TRY(cli_whole(cli_value(call, "seed"), "--seed", 9e15, &x, err));
    o->seed = (uint64_t)x;
  }
  if (cli_value(call, "p")) PS_TRY(cli_number(cli_value(call, "p"), "--p", 2.0, 5.0, &o->p, err));
  return PS_OK;
}

// what the gate says goes before all else
static ps_status report(const cli_call *call, const assess_result *r, const cli_gate *gate, ps_error *err) {
  const report_safety safety = cli_gate_report(gate);
  if (cli_value(call, "html")) PS_TRY(write_html(r, cli_value(call, "html"), err));
  if (cli_value(call, "json")) {
    json_t *root = report_assess_json(r);
    if (root) {
      json_object_set_new(root, "safety", report_safety_json(&safety));
      json_object_set_new(root, "techniques", report_techniques_json(&safety));
      if (gate->since_sha256[0]) json_object_set_new(root, "since_sha256", json_string(gate->since_sha256));
    }
    return cli_print_json(root, 12, err);
  }
  report_assess_text(stdout, r);
  return PS_OK;
}

// a stop: the reasons and what to do, and nothing else
static ps_status report_stop(const cli_call *call, const files_person *person, const cli_gate *gate, ps_error *err) {
  const report_safety safety = cli_gate_report(gate);
  if (cli_value(call, "html")) fprintf(stderr, "psoas: the safety screen stops: no page was written\n");
  if (cli_value(call, "json"))
    return cli_print_json(json_pack("{s:s, s:i, s:s, s:s*, s:[], s:o, s:o}", "version", PS_VERSION, "seed", 0, "input_sha256",
                                    person->sha256, "since_sha256", gate->since_sha256[0] ? gate->since_sha256 : NULL, "warnings",
                                    "safety", report_safety_json(&safety), "techniques", report_techniques_json(&safety)), 12, err);
  report_safety_text(stdout, &safety);
  return PS_OK;
}

static ps_status analyse(const cli_call *call, const ps_anatomy *anatomy, const assess_opts *o, cli_gate *gate, ps_error *err) {
  files_person person;
  PS_TRY(cli_gate_open(call->argument[0], anatomy, &person, gate, err));
  PS_TRY(cli_gate_since(call->argument[0], cli_value(call, "since"), &person, gate, err));
  if (gate->safety.status == CLINIC_STOP) return report_stop(call, &person, gate, err);
  if (person.has_exam_sections)
    fprintf(stderr, "psoas: %s: of an exam only the safety screen is read by this version\n", call->argument[0]);
  assess_result *result = NULL;
  PS_TRY(assess_run(anatomy, &person, o, &result, err));
  result->safety = gate->safety.status;
  const ps_status status = report(call, result, gate, err);
  assess_free(result);
  return status;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  files_anatomy *anatomy = NULL;
  assess_opts o;
  cli_gate gate = {.clinical = NULL};
  ps_status status = read_options(call, &o, &err);
  if (status == PS_OK) status = files_anatomy_load(files_source_packed(), &anatomy, &err);
  if (status == PS_OK) status = analyse(call, files_anatomy_view(anatomy), &o, &gate, &err);
  const bool is_stop = status == PS_OK && gate.safety.status == CLINIC_STOP;
  cli_gate_close(&gate);
  files_anatomy_free(anatomy);
  return status != PS_OK ? cli_fail(&err) : is_stop ? CLI_STOP : CLI_DONE;
}

const cli_command CLI_ASSESS = {"assess", "PERSON.json [--html FILE]",
                                "estimate iliopsoas shortening; compare loads as is and released", 1, 1, OPTION, run};
