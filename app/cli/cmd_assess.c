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

static ps_status report(const cli_call *call, const assess_result *r, ps_error *err) {
  if (cli_value(call, "html")) PS_TRY(write_html(r, cli_value(call, "html"), err));
  if (cli_value(call, "json")) return cli_print_json(report_assess_json(r), 12, err);
  report_assess_text(stdout, r);
  return PS_OK;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  files_anatomy *anatomy = NULL;
  files_person person;
  assess_result *result = NULL;
  assess_opts o;
  ps_status status = read_options(call, &o, &err);
  if (status == PS_OK) status = files_anatomy_load(files_source_packed(), &anatomy, &err);
  if (status == PS_OK) status = files_person_load(call->argument[0], files_anatomy_view(anatomy), &person, &err);
  if (status == PS_OK && person.has_exam_sections)
    fprintf(stderr, "psoas: %s: sections of an exam are not read by this version\n", call->argument[0]);
  if (status == PS_OK) status = assess_run(files_anatomy_view(anatomy), &person, &o, &result, &err);
  if (status == PS_OK) status = report(call, result, &err);
  assess_free(result);
  files_anatomy_free(anatomy);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_ASSESS = {"assess", "PERSON.json [--html FILE]",
                                "estimate iliopsoas shortening; compare loads as is and released", 1, 1, OPTION, run};
