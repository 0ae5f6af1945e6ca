/* psoas exam: what the safety gate says of an exam and what it lacks, what it asks, an empty one, its fields. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/cli/cmd_exam_letter.h"
#include "app/files/files_exam_form.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"
#include "app/report/exam_check_text.h"

static const cli_option OPTION[] = {{"json", NULL, "check, fields: the result as JSON"},
                                    {"since", "FULL", "check, letter: file of the full screen before a short form"},
                                    {"short", NULL, "questions: the short form of later visits only"},
                                    {"full", NULL, "template: with the source of each field"},
                                    {"markdown", NULL, "fields: the tables of docs/exam-file.md"},
                                    {"html", "FILE", "letter: write it as one page to print"},
                                    {"name", "TEXT", "letter: the person's name, else a blank line"},
                                    {"born", "DATE", "letter: date of birth, YYYY-MM-DD, else a blank line"},
                                    {"to", "TEXT", "letter: whom it goes to, else a blank line"},
                                    {"from", "TEXT", "letter: who writes it, else a blank line"},
                                    {NULL, NULL, NULL}};

static ps_status print_json(const cli_gate *gate, ps_error *err) {
  const report_safety r = cli_gate_report(gate);
  json_t *root = json_pack("{s:s, s:i, s:s, s:s*, s:[], s:o, s:o}", "version", PS_VERSION, "seed", 0, "input_sha256",
                           gate->exam.person.sha256, "since_sha256", gate->since_sha256[0] ? gate->since_sha256 : NULL, "warnings", "safety", report_safety_json(&r), "techniques",
                           report_techniques_json(&r));
  // a stop: the reasons and what to do, and nothing else
  if (root && gate->safety.status != CLINIC_STOP) report_exam_check_json(root, &(report_exam_check){gate->clinical, &gate->exam});
  return cli_print_json(root, 12, err);
}

static ps_status check(const cli_call *call, cli_gate *gate, ps_error *err) {
  files_anatomy *anatomy = NULL;
  ps_status status = files_anatomy_load(files_source_packed(), &anatomy, err);
  if (status == PS_OK) status = cli_gate_open(call->argument[1], files_anatomy_view(anatomy), gate, err);
  files_anatomy_free(anatomy);
  if (status == PS_OK) status = cli_gate_since(call->argument[1], cli_value(call, "since"), gate, err);
  if (status != PS_OK) return status;
  if (strcmp(call->argument[0], "letter") == 0) return cli_exam_letter(call, gate, err);
  if (cli_value(call, "json")) return print_json(gate, err);
  const report_safety r = cli_gate_report(gate);
  report_safety_text(stdout, &r);
  if (gate->safety.status != CLINIC_STOP) report_exam_check_text(stdout, &(report_exam_check){gate->clinical, &gate->exam});
  return PS_OK;
}

// every question of the safety screen or of its short form, with the parts that its rule needs
static void print_questions(const clinic_safety_tables *t, bool is_short) {
  for (int i = 0; i < t->nflag; i++) {
    const clinic_flag *f = &t->flag[i];
    if (is_short && !f->is_short_form) continue;
    printf("%-4s %-2s %s\n", f->id, clinic_urgency_text(f->urgency), f->question);
    for (int k = f->part + 1; k < f->part + f->npart; k++) printf("        .%s: %s\n", t->part[k].name, t->part[k].question);
  }
  if (is_short) {
    printf("\nchange_in_health: Any change in health or medicines since the last full screen?\n");
    return;
  }
  printf("\nContraindications:\n");
  for (int i = 0; i < t->ncondition; i++) printf("%-7s %s\n", t->condition[i].id, t->condition[i].words);
}

static ps_status show_fields(const cli_call *call, const clinic_fields *fields, ps_error *err) {
  if (cli_value(call, "json"))
    return cli_print_json(json_pack("{s:s, s:i, s:s, s:[], s:i, s:o, s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", "",
                                    "warnings", "exam_version", 1, "fields", files_exam_fields_json(fields), "regions",
                                    files_exam_regions_json(fields)), 12, err);
  if (cli_value(call, "markdown")) files_exam_fields_markdown(stdout, fields);
  else files_exam_fields_text(stdout, fields);
  return PS_OK;
}

static ps_status show(const cli_call *call, ps_error *err) {
  const char *what = call->argument[0];
  files_clinical *clinical = NULL;
  PS_TRY(files_clinical_load(files_source_packed(), &clinical, err));
  ps_status status = PS_OK;
  if (strcmp(what, "template") == 0)
    status = cli_print_json(files_exam_template(clinical, cli_value(call, "full") != NULL), 12, err);
  else if (strcmp(what, "fields") == 0)
    status = show_fields(call, &files_clinical_evidence(clinical)->fields, err);
  else
    print_questions(files_clinical_safety(clinical), cli_value(call, "short") != NULL);
  files_clinical_free(clinical);
  return status;
}

static int refuse(const cli_call *call) {
  static const char *const word[] = {"check", "letter", "questions", "template", "fields"};
  ps_error err = {PS_OK, 0, "", ""};
  files_suggestion s = files_suggest_begin(call->argument[0]);
  for (int i = 0; i < 5; i++) files_suggest_offer(&s, word[i]);
  ps_error_set(&err, PS_EINPUT, 0, "exam", "\"%s\" is unknown, or its file is missing or too much; allowed are check FILE, letter FILE, questions, template, fields%s",
               files_text_quote(call->argument[0]).text, files_suggest_hint(files_suggest_best(&s)).text);
  return cli_fail(&err);
}

// an option that this word does not look at is a mistake: --html with check would write no page
static ps_status check_options(const cli_call *call, ps_error *err) {
  static const struct { const char *what, *option; } own[] = {{"check", " json since "}, {"letter", " since html name born to from "},
                                                              {"questions", " short "}, {"template", " full "}, {"fields", " json markdown "}};
  for (size_t i = 0; i < sizeof own/sizeof *own; i++) {
    if (strcmp(own[i].what, call->argument[0]) != 0) continue;
    for (int k = 0; OPTION[k].name; k++) {
      char word[16];
      snprintf(word, sizeof word, " %s ", OPTION[k].name);
      if (call->value[k] && !strstr(own[i].option, word))
        return ps_error_set(err, PS_EINPUT, 0, "exam", "--%s does nothing with %s", OPTION[k].name, own[i].what);
    }
  }
  return PS_OK;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  const char *what = call->argument[0];
  if (check_options(call, &err) != PS_OK) return cli_fail(&err);
  const bool is_shown = strcmp(what, "template") == 0 || strcmp(what, "questions") == 0 || strcmp(what, "fields") == 0;
  if (call->nargument == 1 && is_shown) return show(call, &err) == PS_OK ? CLI_DONE : cli_fail(&err);
  if (call->nargument != 2 || (strcmp(what, "check") != 0 && strcmp(what, "letter") != 0)) return refuse(call);
  cli_gate gate = {.clinical = NULL};
  const ps_status status = check(call, &gate, &err);
  const bool is_stop = status == PS_OK && gate.safety.status == CLINIC_STOP;
  cli_gate_close(&gate);
  return status != PS_OK ? cli_fail(&err) : is_stop ? CLI_STOP : CLI_DONE;
}

const cli_command CLI_EXAM = {"exam", "check FILE.json | letter FILE.json | questions | template | fields",
                              "an exam: what the gate says, what is missing, a letter to hand over; an empty one; its fields", 1, 2, OPTION, run};
