/* psoas muscles, psoas coords, psoas tasks: what there is. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "app/cli/cli.h"
#include "app/files/task_library.h"
#include "psoas/muscle.h"
#include "psoas/vec.h"

static const cli_option OPTION[] = {{"json", NULL, "as JSON"}, {NULL, NULL, NULL}};

// print and release a list under a key, with what every result carries
static int print_json(const char *input_sha256, const char *key, json_t *list) {
  ps_error err = {PS_OK, 0, "", ""};
  json_t *root = json_pack("{s:s, s:i, s:s, s:[], s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", input_sha256,
                           "warnings", key, list);
  return cli_print_json(root, 12, &err) == PS_OK ? CLI_DONE : cli_fail(&err);
}

static json_t *muscle_json(const ps_muscle *p) {
  return json_pack("{s:s, s:s, s:s, s:f, s:f, s:f, s:f, s:f}", "name", p->name, "group", p->group, "side",
                   p->side == PS_LEFT ? "left" : "right", "strength_N", p->strength, "optimal_length_m",
                   p->optimal_length, "tendon_length_m", p->tendon_length, "neutral_length_m", p->neutral_length,
                   "neutral_fibre_length", p->is_pressure ? 1.0 : ps_muscle_at(p, p->neutral_length).lnorm);
}

static int list_muscles(const cli_call *call, const cli_body *b) {
  const ps_model *m = b->model;
  if (cli_value(call, "json")) {
    json_t *list = json_array();
    for (int i = 0; i < m->nmuscle; i++) json_array_append_new(list, muscle_json(&m->muscle[i]));
    return print_json(b->person.sha256, "muscles", list);
  }
  printf("%-40s %-28s %10s %8s %8s %6s\n", "fascicle", "group", "strength_N", "l_opt_m", "l_mt_m", "fibre");
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    printf("%-40s %-28s %10.1f %8.4f %8.4f %6.3f\n", p->name, p->group, p->strength, p->optimal_length,
           p->neutral_length, p->is_pressure ? 1.0 : ps_muscle_at(p, p->neutral_length).lnorm);
  }
  printf("%d fascicles in %d groups\n", m->nmuscle, m->ngroup);
  return CLI_DONE;
}

static int list_coords(const cli_call *call, const cli_body *b) {
  const ps_model *m = b->model;
  json_t *list = json_array();
  const bool is_json = cli_value(call, "json") != NULL;
  if (!is_json) printf("%-28s %-16s %9s %9s  %s\n", "coordinate", "moves", "min", "max", "balanced by muscles");
  for (int j = 0; j < m->ncoord; j++) {
    const ps_coord *c = &m->coord[j];
    const double unit = c->is_translation ? 1.0 : ps_deg(1.0);
    if (is_json)
      json_array_append_new(list, json_pack("{s:s, s:s, s:f, s:f, s:s, s:b}", "name", c->name, "body",
                                            m->body[c->body].name, "min", unit*c->min, "max", unit*c->max, "unit",
                                            c->is_translation ? "m" : "deg", "balanced", c->is_balanced));
    else
      printf("%-28s %-16s %9.1f %9.1f  %s\n", c->name, m->body[c->body].name, unit*c->min, unit*c->max,
             c->is_balanced ? "yes" : "held by the task");
  }
  if (is_json) return print_json(b->person.sha256, "coordinates", list);
  json_decref(list);
  return CLI_DONE;
}

static int with_body(const cli_call *call, int (*list)(const cli_call *, const cli_body *)) {
  ps_error err = {PS_OK, 0, "", ""};
  cli_body b;
  const ps_status status = cli_body_open(call->nargument ? call->argument[0] : NULL, &b, &err);
  const int code = status == PS_OK ? list(call, &b) : cli_fail(&err);
  cli_body_close(&b);
  return code;
}

static int run_muscles(const cli_call *call) { return with_body(call, list_muscles); }
static int run_coords(const cli_call *call) { return with_body(call, list_coords); }

static const char *argument_text(const ps_task *t, char *out, size_t size) {
  if (t->argument == PS_ARGUMENT_SIDE) return ":left or :right";
  if (t->argument == PS_ARGUMENT_NONE) return "";
  snprintf(out, size, ":%g..%g (%g)", ps_deg(t->argument_min), ps_deg(t->argument_max), ps_deg(t->argument_default));
  return out;
}

static int run_tasks(const cli_call *call) {
  json_t *list = json_array();
  const bool is_json = cli_value(call, "json") != NULL;
  ps_name name;
  for (size_t i = 0; task_library_name(i, name); i++) {
    ps_error err = {PS_OK, 0, "", ""};
    ps_task task;
    char text[64];
    if (task_library_find(name, &task, &err) != PS_OK) {
      json_decref(list);
      return cli_fail(&err);
    }
    const char *argument = argument_text(&task, text, sizeof text);
    if (is_json)
      json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "name", task.name, "title", task.title, "argument", argument));
    else
      printf("%-22s %-18s %s\n", task.name, argument, task.title);
  }
  if (is_json) return print_json("", "tasks", list);
  json_decref(list);
  return CLI_DONE;
}

const cli_command CLI_MUSCLES = {"muscles", "[PERSON.json]", "list the fascicles of a body", 0, 1, OPTION, run_muscles};
const cli_command CLI_COORDS = {"coords", "[PERSON.json]", "list the joint coordinates", 0, 1, OPTION, run_coords};
const cli_command CLI_TASKS = {"tasks", "", "list the postures and activities", 0, 0, OPTION, run_tasks};
