/* psoas exam: what the safety gate says of an exam, what it asks, an empty exam. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/cli/cmd_exam_letter.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"

static const cli_option OPTION[] = {{"json", NULL, "the result as JSON (check)"},
                                    {"since", "FULL", "file of the full screen before a short form (check, letter)"},
                                    {"short", NULL, "the short form of later visits only (questions)"},
                                    {"html", "FILE", "write the letter as one page to print (letter)"},
                                    {"name", "TEXT", "the person's name (letter; else a blank line)"},
                                    {"born", "DATE", "date of birth, YYYY-MM-DD (letter; else a blank line)"},
                                    {"to", "TEXT", "whom the letter goes to (letter; else a blank line)"},
                                    {"from", "TEXT", "who writes it (letter; else a blank line)"},
                                    {NULL, NULL, NULL}};

static ps_status print_json(const cli_gate *gate, const char *sha256, ps_error *err) {
  const report_safety r = cli_gate_report(gate);
  json_t *root = json_pack("{s:s, s:i, s:s, s:s*, s:[], s:o, s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", sha256,
                           "since_sha256", gate->since_sha256[0] ? gate->since_sha256 : NULL, "warnings", "safety", report_safety_json(&r), "techniques", report_techniques_json(&r));
  return cli_print_json(root, 12, err);
}

static ps_status check(const cli_call *call, cli_gate *gate, ps_error *err) {
  files_anatomy *anatomy = NULL;
  files_person person;
  ps_status status = files_anatomy_load(files_source_packed(), &anatomy, err);
  if (status == PS_OK) status = cli_gate_open(call->argument[1], files_anatomy_view(anatomy), &person, gate, err);
  files_anatomy_free(anatomy);
  if (status == PS_OK) status = cli_gate_since(call->argument[1], cli_value(call, "since"), &person, gate, err);
  if (status != PS_OK) return status;
  if (strcmp(call->argument[0], "letter") == 0) return cli_exam_letter(call, &person, gate, err);
  if (cli_value(call, "json")) return print_json(gate, person.sha256, err);
  const report_safety r = cli_gate_report(gate);
  report_safety_text(stdout, &r);
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

// an exam in which nothing was asked, to be filled in; the four measurements are an invented person's
static json_t *template_json(const clinic_safety_tables *t) {
  json_t *answers = json_object(), *conditions = json_object();
  for (int i = 0; i < t->nflag; i++) {
    const clinic_flag *f = &t->flag[i];
    if (f->npart == 1) {
      json_object_set_new(answers, f->id, json_string("not_asked"));
      continue;
    }
    json_t *parts = json_object();
    for (int k = f->part; k < f->part + f->npart; k++) json_object_set_new(parts, t->part[k].name, json_string("not_asked"));
    json_object_set_new(answers, f->id, parts);
  }
  for (int i = 0; i < t->ncondition; i++) json_object_set_new(conditions, t->condition[i].id, json_string("not_asked"));
  return json_pack("{s:s, s:s, s:i, s:f, s:i, s:{s:o, s:[]}, s:o}", "note",
                   "psoas exam questions lists what RF01 and CI01 ask; replace the four measurements", "sex", "female", "age_years",
                   40, "height_m", 1.68, "mass_kg", 65, "safety", "answers", answers, "reviewed", "contraindications", conditions);
}

static ps_status show(bool is_template, bool is_short, ps_error *err) {
  files_clinical *clinical = NULL;
  PS_TRY(files_clinical_load(files_source_packed(), &clinical, err));
  ps_status status = PS_OK;
  if (is_template)
    status = cli_print_json(template_json(files_clinical_safety(clinical)), 12, err);
  else
    print_questions(files_clinical_safety(clinical), is_short);
  files_clinical_free(clinical);
  return status;
}

static int refuse(const cli_call *call) {
  static const char *const word[] = {"check", "questions", "template", "letter"};
  ps_error err = {PS_OK, 0, "", ""};
  files_suggestion s = files_suggest_begin(call->argument[0]);
  for (int i = 0; i < 4; i++) files_suggest_offer(&s, word[i]);
  ps_error_set(&err, PS_EINPUT, 0, "exam", "\"%s\" is unknown, or its file is missing or too much; allowed are check FILE, letter FILE, questions, template%s",
               files_text_quote(call->argument[0]).text, files_suggest_hint(files_suggest_best(&s)).text);
  return cli_fail(&err);
}

// an option that this word does not look at is a mistake: --html with check would write no page
static ps_status check_options(const cli_call *call, ps_error *err) {
  static const struct { const char *what, *option; } own[] = {
      {"check", " json since "}, {"letter", " since html name born to from "}, {"questions", " short "}, {"template", " "}};
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
  const bool is_template = strcmp(what, "template") == 0;
  if (call->nargument == 1 && (is_template || strcmp(what, "questions") == 0))
    return show(is_template, cli_value(call, "short") != NULL, &err) == PS_OK ? CLI_DONE : cli_fail(&err);
  if (call->nargument != 2 || (strcmp(what, "check") != 0 && strcmp(what, "letter") != 0)) return refuse(call);
  cli_gate gate = {.clinical = NULL};
  const ps_status status = check(call, &gate, &err);
  const bool is_stop = status == PS_OK && gate.safety.status == CLINIC_STOP;
  cli_gate_close(&gate);
  return status != PS_OK ? cli_fail(&err) : is_stop ? CLI_STOP : CLI_DONE;
}

const cli_command CLI_EXAM = {"exam", "check FILE.json | letter FILE.json | questions | template",
                              "the safety screen of an exam: what the gate says, a letter to hand over, what it asks",
                              1, 2, OPTION, run};
