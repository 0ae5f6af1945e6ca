// SPDX-License-Identifier: Apache-2.0
#include "support/solved.h"

#include <stdlib.h>
#include <string.h>

#include "app/files/task_library.h"
#include "psoas/vec.h"
#include "support/check.h"

files_anatomy *solved_anatomy(void) {
  files_anatomy *a = NULL;
  ps_error err = {0};
  if (files_anatomy_load(files_source_packed(), &a, &err) != PS_OK) fail_msg("%s:%zu: %s", err.where, err.pos, err.msg);
  return a;
}

ps_model *solved_model(const files_anatomy *anatomy, const ps_person *person) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  ps_error err = {0};
  if (ps_model_new(files_anatomy_view(anatomy), person, NULL, &m, &err) != PS_OK) fail_msg("%s: %s", err.where, err.msg);
  assert_ok(ps_state_new(m, &s));
  ps_muscle_fit_capsule(m, s);
  ps_state_free(s);
  return m;
}

ps_person solved_person_of(solved_person which) {
  static const ps_person person[SOLVED_NPERSON] = {
      [SOLVED_MAN] = {.age_years = 40.0, .height_m = 1.74, .mass_kg = 70.0},
      [SOLVED_WOMAN] = {.is_female = true, .age_years = 33.0, .height_m = 1.58, .mass_kg = 55.0},
      [SOLVED_TALL] = {.age_years = 52.0, .height_m = 1.95, .mass_kg = 110.0}};
  return person[which];
}

const char *solved_person_name(solved_person which) {
  static const char *const name[SOLVED_NPERSON] = {"man 1.74 m 70 kg", "woman 1.58 m 55 kg", "man 1.95 m 110 kg"};
  return name[which];
}

static int variants(const ps_task *t) {
  if (t->argument == PS_ARGUMENT_NONE) return 1;
  if (t->argument == PS_ARGUMENT_SIDE) return 2;
  return t->argument_min < 0.0 ? 2 : 1;
}

static void set_variant(solved_task *t, int which) {
  t->side = PS_RIGHT;
  t->argument = t->task.argument_default;
  if (t->task.argument == PS_ARGUMENT_SIDE && which == 1) t->side = PS_LEFT;
  if (t->task.argument == PS_ARGUMENT_ANGLE && which == 1) t->argument = -t->task.argument_default;
  if (t->task.argument == PS_ARGUMENT_NONE)
    snprintf(t->label, sizeof t->label, "%s", t->task.name);
  else if (t->task.argument == PS_ARGUMENT_SIDE)
    snprintf(t->label, sizeof t->label, "%s:%s", t->task.name, which ? "left" : "right");
  else
    snprintf(t->label, sizeof t->label, "%s:%.0f", t->task.name, ps_deg(t->argument));
}

solved_task *solved_tasks(int *count) {
  ps_name name;
  size_t n = 0;
  while (task_library_name(n, name)) n++;
  assert_true(n > 0);
  solved_task *list = calloc(2*n, sizeof *list);
  assert_non_null(list);
  *count = 0;
  for (size_t i = 0; i < n; i++) {
    ps_error err = {0};
    ps_task task;
    if (task_library_find(task_library_name(i, name), &task, &err) != PS_OK) fail_msg("%s: %s", err.where, err.msg);
    for (int k = 0; k < variants(&task); k++) {
      solved_task *t = &list[(*count)++];
      t->task = task;
      set_variant(t, k);
    }
  }
  return list;
}

solved solved_new(const ps_model *m, const solved_task *task, double p) {
  solved s = {.model = m, .task = task};
  const ps_posture_request q = {.task = &task->task, .argument = task->argument, .side = task->side};
  ps_recruit_opts o = ps_recruit_default();
  ps_error err = {0};
  o.p = p;
  assert_ok(ps_state_new(m, &s.state));
  if (ps_posture_apply(m, &q, s.state, &s.scene, &err) != PS_OK) fail_msg("%s: %s: %s", task->label, err.where, err.msg);
  assert_ok(ps_recruit_new(m, &s.scene, &o, &s.recruit));
  assert_ok(ps_load_new(m, &s.load));
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  ps_load_compute(s.load, s.recruit, s.state);
  return s;
}

void solved_free(solved *s) {
  ps_load_free(s->load);
  ps_recruit_free(s->recruit);
  ps_state_free(s->state);
  *s = (solved){.model = NULL};
}

int solved_bench_open(void **state) {
  solved_bench *b = calloc(1, sizeof *b);
  assert_non_null(b);
  b->anatomy = solved_anatomy();
  b->task = solved_tasks(&b->ntask);
  for (int i = 0; i < SOLVED_NPERSON; i++) {
    const ps_person p = solved_person_of((solved_person)i);
    b->model[i] = solved_model(b->anatomy, &p);
  }
  *state = b;
  return 0;
}

int solved_bench_close(void **state) {
  solved_bench *b = *state;
  for (int i = 0; i < SOLVED_NPERSON; i++) ps_model_free(b->model[i]);
  free(b->task);
  files_anatomy_free(b->anatomy);
  free(b);
  return 0;
}

const solved_task *solved_find(const solved_bench *b, const char *label) {
  for (int k = 0; k < b->ntask; k++)
    if (strcmp(b->task[k].label, label) == 0) return &b->task[k];
  fail_msg("no task is labelled %s", label);
  return NULL;
}

void solved_each(const solved_bench *b, solved_person first, solved_person last, double p, solved_look fn, void *into) {
  for (int i = (int)first; i <= (int)last; i++) {
    for (int k = 0; k < b->ntask; k++) {
      solved s = solved_new(b->model[i], &b->task[k], p);
      fn(&s, into);
      solved_free(&s);
    }
  }
}
