/* Opening a person's body, reading a task argument, saying errors. SPDX-License-Identifier: Apache-2.0 */
#include "app/cli/cli.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_json.h"
#include "app/files/files_task.h"
#include "app/files/files_text.h"
#include "app/files/task_library.h"
#include "psoas/muscle.h"
#include "psoas/vec.h"

const char CLI_GATE[] = "the safety gate";

int cli_fail(const ps_error *err) {
  const char *text = err->msg[0] ? err->msg : ps_status_text(err->code);
  fprintf(stderr, "psoas: ");
  if (err->where[0] && err->pos) fprintf(stderr, "%s, line %zu: ", err->where, err->pos);
  else if (err->where[0]) fprintf(stderr, "%s: ", err->where);
  fprintf(stderr, "%s\n", text);
  if (strcmp(err->where, CLI_GATE) == 0) return CLI_STOP;
  const bool is_input = err->code == PS_EINPUT || err->code == PS_EFORMAT || err->code == PS_EIO || err->code == PS_ENUMERIC;
  return is_input ? CLI_BAD_INPUT : CLI_OUR_FAULT;
}

const char *cli_value(const cli_call *call, const char *name) {
  for (int i = 0; call->command->option[i].name; i++)
    if (strcmp(call->command->option[i].name, name) == 0) return call->value[i];
  PS_ASSERT(false && "the command declares its options");
  return NULL;
}

ps_status cli_print_json(json_t *root, size_t digits, ps_error *err) {
  const bool is_whole = files_json_is_whole();
  if (root && is_whole) {
    json_dumpf(root, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(digits));
    putchar('\n');
  }
  json_decref(root);
  return root && is_whole ? PS_OK : ps_error_set(err, PS_ENOMEM, 0, "result", "out of memory");
}

ps_status cli_number(const char *text, const char *name, double lo, double hi, double *out, ps_error *err) {
  // strtod also takes blanks, hexadecimal, "inf" and "nan"
  const bool is_plain = *text && text[strspn(text, "+-.0123456789eE")] == '\0';
  char *end = NULL;
  const double x = is_plain ? strtod(text, &end) : 0.0;
  if (!is_plain || *end != '\0')
    return ps_error_set(err, PS_EINPUT, 0, name, "\"%s\" is not a number; allowed is %.10g to %.10g",
                        files_text_quote(text).text, lo, hi);
  if (!(x >= lo && x <= hi))
    return ps_error_set(err, PS_EINPUT, 0, name, "%.10g is outside %.10g to %.10g", x, lo, hi);
  *out = x;
  return PS_OK;
}

ps_status cli_whole(const char *text, const char *name, double hi, double *out, ps_error *err) {
  double x = 0.0;
  PS_TRY(cli_number(text, name, 0.0, hi, &x, err));
  if (x != floor(x)) return ps_error_set(err, PS_EINPUT, 0, name, "%.10g is not a whole number", x);
  *out = x;
  return PS_OK;
}

static files_person reference_man(void) {
  files_person p = {.body = {.age_years = 40.0, .height_m = 1.74, .mass_kg = 70.0}};
  snprintf(p.note, sizeof p.note, "reference man");
  return p;
}

// whatever is computed of a person goes through the gate first
static ps_status open_person(const char *path, const ps_anatomy *tables, files_person *out, ps_error *err) {
  cli_gate gate;
  ps_status status = cli_gate_open(path, tables, &gate, err);
  if (status == PS_OK && gate.safety.status == CLINIC_STOP)
    status = ps_error_set(err, PS_EINPUT, 0, CLI_GATE, "the safety screen of %s stops: psoas exam check says why, psoas exam letter "
                          "writes what to hand over", files_text_quote(path).text);
  if (status == PS_OK) *out = gate.exam.person;
  cli_gate_close(&gate);
  return status;
}

ps_status cli_body_open(const char *person_path, cli_body *b, ps_error *err) {
  *b = (cli_body){.anatomy = NULL};
  PS_TRY(files_anatomy_load(files_source_packed(), &b->anatomy, err));
  const ps_anatomy *tables = files_anatomy_view(b->anatomy);
  b->person = reference_man();
  if (person_path) PS_TRY(open_person(person_path, tables, &b->person, err));
  PS_TRY(ps_model_new(tables, &b->person.body, NULL, &b->model, err));
  if (ps_state_new(b->model, &b->state) != PS_OK) return ps_error_set(err, PS_ENOMEM, 0, "body", "out of memory");
  ps_muscle_fit_capsule(b->model, b->state);
  return PS_OK;
}

void cli_body_close(cli_body *b) {
  ps_state_free(b->state);
  ps_model_free(b->model);
  files_anatomy_free(b->anatomy);
}

ps_status cli_gate_open(const char *path, const ps_anatomy *anatomy, cli_gate *g, ps_error *err) {
  *g = (cli_gate){.clinical = NULL};
  PS_TRY(files_clinical_load(files_source_packed(), &g->clinical, err));
  PS_TRY(files_exam_load(path, &(files_exam_tables){g->clinical, anatomy}, &g->exam, err));
  clinic_safety_decide(files_clinical_safety(g->clinical), &g->exam.screen, &g->safety);
  return PS_OK;
}

void cli_gate_close(cli_gate *g) {
  files_exam_close(&g->exam);
  files_clinical_free(g->clinical);
}

report_safety cli_gate_report(const cli_gate *g) {
  return (report_safety){files_clinical_safety(g->clinical), &g->exam.screen, &g->safety};
}

// a task of the library, or a task file when the name ends in .json
static ps_status find_task(const char *name, ps_task *task, ps_error *err) {
  const size_t length = strlen(name);
  if (length < 5 || strcmp(name + length - 5, ".json") != 0) return task_library_find(name, task, err);
  files_text text;
  PS_TRY(files_text_read(name, FILES_TASK_SIZE_MAX, &text, err));
  const ps_status status = files_task_parse(name, text.data, text.size, task, err);
  files_text_free(&text);
  return status;
}

static ps_status read_argument(const char *text, const ps_task *task, ps_posture_request *q, ps_error *err) {
  if (task->argument == PS_ARGUMENT_SIDE) {
    const bool is_left = strcmp(text, "left") == 0;
    if (!is_left && strcmp(text, "right") != 0)
      return ps_error_set(err, PS_EINPUT, 0, task->name, "the side is \"%s\", allowed is left or right",
                          files_text_quote(text).text);
    q->side = is_left ? PS_LEFT : PS_RIGHT;
    return PS_OK;
  }
  if (task->argument == PS_ARGUMENT_NONE)
    return ps_error_set(err, PS_EINPUT, 0, task->name, "task %s takes no argument, but has \"%s\"", task->name,
                        files_text_quote(text).text);
  double deg = 0.0;
  PS_TRY(cli_number(text, task->name, round(ps_deg(task->argument_min)*1e9)/1e9, round(ps_deg(task->argument_max)*1e9)/1e9, &deg, err));
  q->argument = fmin(task->argument_max, fmax(task->argument_min, ps_rad(deg)));
  return PS_OK;
}

ps_status cli_task_parse(const char *text, ps_task *task, ps_posture_request *q, ps_error *err) {
  char name[1024];
  const char *colon = strrchr(text, ':');
  const size_t length = colon ? (size_t)(colon - text) : strlen(text);
  if (length == 0 || length >= sizeof name)
    return ps_error_set(err, PS_EINPUT, 0, "task", "a task's name has 1 to %zu letters", sizeof name - 1);
  memcpy(name, text, length);
  name[length] = '\0';
  PS_TRY(find_task(name, task, err));
  *q = (ps_posture_request){.task = task, .argument = task->argument_default, .side = PS_RIGHT};
  return colon ? read_argument(colon + 1, task, q, err) : PS_OK;
}

ps_status cli_hold_parse(const char *text, ps_posture_request *q, ps_error *err) {
  static const char *const name[4] = {"--hold KG", "--hold X", "--hold Y", "--hold Z"};
  static const double lo[4] = {0.0, -2.0, -1.0, -2.0}, hi[4] = {100.0, 2.0, 3.0, 2.0};
  static const char mark[] = "@,,";
  double value[4];
  char part[64];
  for (int i = 0; i < 4; i++) {
    const char *end = i < 3 ? strchr(text, mark[i]) : text + strlen(text);
    const size_t length = end ? (size_t)(end - text) : 0;
    if (!end || length == 0 || length >= sizeof part)
      return ps_error_set(err, PS_EINPUT, 0, "--hold", "write it as KG@X,Y,Z, for example 10@0.35,1.0,0");
    memcpy(part, text, length);
    part[length] = '\0';
    PS_TRY(cli_number(part, name[i], lo[i], hi[i], &value[i], err));
    text = end + 1;
  }
  q->hold_kg = value[0];
  ps_vec_copy(q->hold_at, value + 1);
  return PS_OK;
}
