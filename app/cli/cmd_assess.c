/* psoas assess: the main command. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/assess/assess.h"
#include "app/cli/cli.h"
#include "app/files/files_text.h"
#include "app/files/files_uncertainty.h"
#include "app/report/html_assess.h"
#include "app/report/result_json.h"
#include "app/report/sensitivity.h"
#include "app/report/text_assess.h"
#include "clinic/reason/next_test.h"

static const cli_option OPTION[] = {{"html", "FILE", "write the report as one self-contained page"},
                                    {"json", NULL, "the result as JSON"},
                                    {"voice", "WHO", "whom the report speaks to: therapist or client (therapist)"},
                                    {"no-body", NULL, "the exam only, without simulating the body"},
                                    {"since", "FULL", "file of the full safety screen before a short form"},
                                    {"draws", "N", "draws of the body's intervals, 0 to 2000 (2000)"},
                                    {"sensitivity", NULL, "what each pathway's interval hangs on"},
                                    {"seed", "N", "seed of the draws (1)"},
                                    {"p", "P", "exponent of the recruitment cost, 2 to 5 (2)"},
                                    {NULL, NULL, NULL}};

typedef struct request {
  assess_opts body;
  bool has_body;
  report_voice voice;
} request;

typedef struct reasoning {  // what follows from the exam
  clinic_permission permission[CLINIC_NTECHNIQUE];
  clinic_differential differential;
  clinic_next next[CLINIC_TRIAL_MAX];
  int nnext;
} reasoning;

static ps_status read_voice(const char *text, report_voice *out, ps_error *err) {
  if (!text || strcmp(text, "therapist") == 0) *out = REPORT_THERAPIST;
  else if (strcmp(text, "client") == 0) *out = REPORT_CLIENT;
  else return ps_error_set(err, PS_EINPUT, 0, "--voice", "is \"%s\", allowed are therapist and client", files_text_quote(text).text);
  return PS_OK;
}

static ps_status read_options(const cli_call *call, request *q, ps_error *err) {
  double x = 0.0;
  *q = (request){.body = assess_default(), .has_body = !cli_value(call, "no-body")};
  if (cli_value(call, "draws")) {
    PS_TRY(cli_whole(cli_value(call, "draws"), "--draws", PS_DRAW_MAX, &x, err));
    q->body.ndraw = (int)x;
  }
  if (cli_value(call, "seed")) {
    PS_TRY(cli_whole(cli_value(call, "seed"), "--seed", 9e15, &x, err));
    q->body.seed = (uint64_t)x;
  }
  if (cli_value(call, "p")) PS_TRY(cli_number(cli_value(call, "p"), "--p", 2.0, 5.0, &q->body.p, err));
  return read_voice(cli_value(call, "voice"), &q->voice, err);
}

// what the findings say and what to test next; after a stop nothing
static void reason(const cli_gate *gate, uint64_t seed, reasoning *out) {
  const clinic_evidence *evidence = files_clinical_evidence(gate->clinical);
  const clinic_safety_tables *tables = files_clinical_safety(gate->clinical);
  *out = (reasoning){.nnext = 0};
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++)
    out->permission[k] = clinic_technique_decide(tables, &gate->exam.screen, &gate->safety, (clinic_technique)k);
  clinic_differential_run(evidence, &gate->exam.exam, seed, &out->differential);
  out->nnext = clinic_next_tests(evidence, &gate->exam.exam, &gate->safety, out->permission, out->next);
}

static report_exam exam_of(const cli_gate *gate, const reasoning *r, uint64_t seed) {
  report_exam e = {.evidence = files_clinical_evidence(gate->clinical), .exam = &gate->exam.exam, .safety = cli_gate_report(gate),
                   .sha256 = gate->exam.person.sha256, .seed = seed, .clinical = gate->clinical, .person = &gate->exam.person, .record = &gate->exam};
  if (gate->safety.status == CLINIC_STOP) return e;
  e.differential = &r->differential;
  e.next = r->next;
  e.nnext = r->nnext;
  return e;
}

static ps_status write_html(const cli_call *call, const report_page *what, ps_error *err) {
  char *page = NULL;
  size_t size = 0;
  PS_TRY(report_assess_html(what, &page, &size, err));
  const ps_status status = files_text_write(cli_value(call, "html"), page, size, err);
  free(page);
  return status;
}

// one object of both: the body's keys, and the exam's beside them
static ps_status print_json(const report_page *what, const cli_gate *gate, ps_error *err) {
  json_t *root = report_exam_json(what->exam);
  json_t *body = what->body ? report_assess_json(what->body, what->pathways) : NULL;
  bool is_whole = root && (!what->body || body);
  if (is_whole && body) is_whole = json_object_update(root, body) == 0;
  if (is_whole && gate->since_sha256[0]) json_object_set_new(root, "since_sha256", json_string(gate->since_sha256));
  json_decref(body);
  if (!is_whole) {
    json_decref(root);
    root = NULL;
  }
  return cli_print_json(root, 12, err);
}

// a person file alone is reported by its body; what the gate says goes before all else
static ps_status report(const cli_call *call, report_page *what, const cli_gate *gate, ps_error *err) {
  if (cli_value(call, "json")) PS_TRY(print_json(what, gate, err));
  const report_exam *exam = what->exam;
  const bool is_exam = gate->exam.is_exam || !what->body || what->voice == REPORT_CLIENT;
  if (!is_exam) what->exam = NULL;
  if (cli_value(call, "html")) PS_TRY(write_html(call, what, err));
  if (cli_value(call, "json")) return PS_OK;
  if (is_exam) report_exam_text(stdout, exam, what->voice);
  if (is_exam && what->body && what->voice == REPORT_THERAPIST) printf("\n");
  if (what->body && what->voice == REPORT_THERAPIST) report_assess_text(stdout, what->body);
  if (what->body && cli_value(call, "sensitivity")) report_sensitivity_text(stdout, what->body);
  return PS_OK;
}

// a stop: the reasons and what to do, and nothing else
static ps_status report_stop(const cli_call *call, const cli_gate *gate, ps_error *err) {
  const report_exam exam = exam_of(gate, NULL, 0);
  if (cli_value(call, "html")) fprintf(stderr, "psoas: the safety screen stops: no page was written; psoas exam letter writes one to hand over\n");
  if (cli_value(call, "json")) return print_json(&(report_page){.exam = &exam}, gate, err);
  report_safety_text(stdout, &exam.safety);
  return PS_OK;
}

static ps_status analyse(const cli_call *call, const ps_anatomy *anatomy, const request *q, cli_gate *gate, ps_error *err) {
  PS_TRY(cli_gate_open(call->argument[0], anatomy, gate, err));
  PS_TRY(cli_gate_since(call->argument[0], cli_value(call, "since"), gate, err));
  if (gate->safety.status == CLINIC_STOP) return report_stop(call, gate, err);
  reasoning reasons;
  reason(gate, q->body.seed, &reasons);
  const report_exam exam = exam_of(gate, &reasons, q->body.seed);
  assess_result *body = NULL;
  if (q->has_body) PS_TRY(assess_run(anatomy, &gate->exam.person, &q->body, &body, err));
  clinic_pathways judged;
  const report_pathways pathways = {files_clinical_pathways(gate->clinical), &judged};
  if (body) {
    body->safety = gate->safety.status;
    assess_judge(body, pathways.rules, &gate->exam.exam, &judged);
  }
  report_page what = {.body = body, .pathways = &pathways, .exam = &exam, .voice = q->voice};
  const ps_status status = report(call, &what, gate, err);
  assess_free(body);
  return status;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  files_anatomy *anatomy = NULL;
  request q;
  cli_gate gate = {.clinical = NULL};
  files_uncertainty uncertainty;
  ps_status status = read_options(call, &q, &err);
  if (status == PS_OK) status = files_uncertainty_load(files_source_packed(), &uncertainty, &err);
  q.body.uncertainty = &uncertainty;
  if (status == PS_OK) status = files_anatomy_load(files_source_packed(), &anatomy, &err);
  if (status == PS_OK) status = analyse(call, files_anatomy_view(anatomy), &q, &gate, &err);
  const bool is_stop = status == PS_OK && gate.safety.status == CLINIC_STOP;
  cli_gate_close(&gate);
  files_anatomy_free(anatomy);
  return status != PS_OK ? cli_fail(&err) : is_stop ? CLI_STOP : CLI_DONE;
}

const cli_command CLI_ASSESS = {"assess", "FILE.json [--html FILE]",
                                "a person or an exam: what fits, what to test next, the loads as is and released", 1, 1, OPTION, run};
