/* psoas compare: what changed between two exams of one person, and what is only the error of measuring.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/cli/cli.h"
#include "app/report/change_report.h"

static const cli_option OPTION[] = {{"json", NULL, "the result as JSON"}, {NULL, NULL, NULL}};

enum { BEFORE, AFTER };

static const double HEIGHT_SLACK_M = 0.05;  // assumed, because a tape, shoes and a day make less than that

// ---- are these two exams of one person? ----------------------------------------------------------------------------

static const clinic_value *value_of(const cli_gate *g, const char *name) {
  const clinic_exam *exam = &g->exam.exam;
  const int field = clinic_field_find(exam->fields, name);
  return field >= 0 && exam->value[field][0].has ? &exam->value[field][0] : NULL;
}

static const char *date_of(const cli_gate *g) {
  const clinic_value *v = value_of(g, "exam.exam_date");
  return v ? v->text : "";
}

static json_t *warnings_json(const cli_gate gate[2]) {
  const ps_person *was = &gate[BEFORE].exam.person.body, *is = &gate[AFTER].exam.person.body;
  const char *date[2] = {date_of(&gate[BEFORE]), date_of(&gate[AFTER])};
  json_t *list = json_array();
  if (was->is_female != is->is_female) json_array_append_new(list, json_string("the two files differ in sex: are they one person?"));
  if (fabs(is->height_m - was->height_m) > HEIGHT_SLACK_M)
    json_array_append_new(list, json_sprintf("the two files differ in height by %.0f cm: are they one person?",
                                             100.0*fabs(is->height_m - was->height_m)));
  if (is->age_years < was->age_years)
    json_array_append_new(list, json_string("the person is younger in the second file: are they in order, and one person?"));
  if (date[BEFORE][0] && date[AFTER][0] && strcmp(date[AFTER], date[BEFORE]) < 0)
    json_array_append_new(list, json_string("the second exam is dated before the first: are they in order?"));
  return list;
}

// ---- output --------------------------------------------------------------------------------------------------------

static json_t *safety_json(const cli_gate gate[2]) {
  const report_safety before = cli_gate_report(&gate[BEFORE]), after = cli_gate_report(&gate[AFTER]);
  return json_pack("[o, o]", report_safety_json(&before), report_safety_json(&after));
}

static json_t *result_json(const cli_gate gate[2]) {
  return json_pack("{s:s, s:i, s:[s, s], s:o, s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", gate[BEFORE].exam.person.sha256,
                   gate[AFTER].exam.person.sha256, "warnings", warnings_json(gate), "safety", safety_json(gate));
}

// a stop in either file: what to do, and no comparison
static ps_status report_stop(const cli_call *call, const cli_gate gate[2], ps_error *err) {
  if (cli_value(call, "json")) return cli_print_json(result_json(gate), 12, err);
  for (int i = 0; i < 2; i++) {
    if (gate[i].safety.status != CLINIC_STOP) continue;
    const report_safety r = cli_gate_report(&gate[i]);
    printf("%s:\n", call->argument[i]);
    report_safety_text(stdout, &r);
  }
  return PS_OK;
}

static void print_head(const cli_call *call, const cli_gate gate[2]) {
  json_t *warnings = warnings_json(gate);
  for (int i = 0; i < 2; i++) {
    const char *date = date_of(&gate[i]);
    printf("%-7s %s%s%s%s\n", i ? "after" : "before", call->argument[i], date[0] ? ", " : "", date,
           gate[i].safety.status == CLINIC_INCOMPLETE ? ": safety screen incomplete" : "");
  }
  for (size_t i = 0; i < json_array_size(warnings); i++) printf("Warning: %s\n", json_string_value(json_array_get(warnings, i)));
  json_decref(warnings);
  printf("\n");
}

static ps_status report(const cli_call *call, cli_gate gate[2], ps_error *err) {
  clinic_change change[CLINIC_CHANGE_MAX];
  const clinic_change_rules *rules = files_clinical_change(gate[BEFORE].clinical);
  const int n = clinic_change_compare(rules, &gate[BEFORE].exam.exam, &gate[AFTER].exam.exam, change);
  const report_change r = {rules, gate[BEFORE].exam.exam.fields, change, n};
  if (cli_value(call, "json")) {
    json_t *root = result_json(gate);
    if (root) json_object_set_new(root, "changes", report_change_json(&r));
    return cli_print_json(root, 12, err);
  }
  print_head(call, gate);
  report_change_text(stdout, &r);
  return PS_OK;
}

static ps_status compare(const cli_call *call, const ps_anatomy *anatomy, cli_gate gate[2], bool *is_stop, ps_error *err) {
  for (int i = 0; i < 2; i++) PS_TRY(cli_gate_open(call->argument[i], anatomy, &gate[i], err));
  *is_stop = gate[BEFORE].safety.status == CLINIC_STOP || gate[AFTER].safety.status == CLINIC_STOP;
  return *is_stop ? report_stop(call, gate, err) : report(call, gate, err);
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  files_anatomy *anatomy = NULL;
  cli_gate gate[2] = {{.clinical = NULL}, {.clinical = NULL}};
  bool is_stop = false;
  ps_status status = files_anatomy_load(files_source_packed(), &anatomy, &err);
  if (status == PS_OK) status = compare(call, files_anatomy_view(anatomy), gate, &is_stop, &err);
  for (int i = 0; i < 2; i++) cli_gate_close(&gate[i]);
  files_anatomy_free(anatomy);
  return status != PS_OK ? cli_fail(&err) : is_stop ? CLI_STOP : CLI_DONE;
}

const cli_command CLI_COMPARE = {"compare", "BEFORE.json AFTER.json", "what changed between two exams, and what is only the error of measuring",
                                 2, 2, OPTION, run};
