/* psoas validate: the body against published measurements. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "app/cli/cli.h"
#include "app/report/validate_report.h"

static const cli_option OPTION[] = {{"json", NULL, "the whole result as JSON"},
                                    {"markdown", NULL, "the tables as docs/validation.md holds them"},
                                    {NULL, NULL, NULL}};

static ps_status report(const cli_call *call, const validate_result *r, int n, ps_error *err) {
  if (cli_value(call, "json")) return cli_print_json(report_validate_json(r, n), 15, err);
  if (cli_value(call, "markdown")) report_validate_markdown(stdout, r, n);
  else report_validate_text(stdout, r, n);
  return PS_OK;
}

// a row that is missed is a result; only a computation that fails is a fault, and it is ours: all input is packed
static int run(const cli_call *call) {
  static const validate_words words = {cli_task_parse, cli_hold_parse};
  ps_error err = {PS_OK, 0, "", ""};
  files_anatomy *anatomy = NULL;
  validate_table *table = NULL;
  validate_result result[VALIDATE_ROW_MAX];
  ps_status status = files_anatomy_load(files_source_packed(), &anatomy, &err);
  if (status == PS_OK) status = validate_table_load(files_source_packed(), &words, &table, &err);
  if (status == PS_OK) status = validate_run(files_anatomy_view(anatomy), table, &words, result, &err);
  if (status == PS_OK) status = report(call, result, validate_table_count(table), &err);
  validate_table_free(table);
  files_anatomy_free(anatomy);
  if (status == PS_OK) return CLI_DONE;
  cli_fail(&err);
  return CLI_OUR_FAULT;
}

const cli_command CLI_VALIDATE = {"validate", "", "the body against published measurements", 0, 0, OPTION, run};
