/* Bodies and solved postures, each made once. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app/validate/validate_internal.h"
#include "psoas/equilibrium.h"
#include "psoas/muscle.h"

ps_status validate_body(validate_bench *b, int person, ps_model **model, ps_state **state, ps_error *err) {
  if (!b->model[person]) {
    PS_TRY(ps_model_new(b->anatomy, &validate_table_person(b->table, person)->body, NULL, &b->model[person], err));
    if (ps_state_new(b->model[person], &b->state[person]) != PS_OK)
      return ps_error_set(err, PS_ENOMEM, 0, "validate", "out of memory");
    ps_muscle_fit_capsule(b->model[person], b->state[person]);
  }
  *model = b->model[person];
  *state = b->state[person];
  memset((*state)->q, 0, (size_t)(*model)->ncoord*sizeof *(*state)->q);
  return PS_OK;
}

ps_status validate_task_parse(const validate_words *words, const char *text, ps_task *task, ps_posture_request *request,
                              ps_error *err) {
  static const char HOLD[] = " hold ";
  char name[VALIDATE_TASK_SIZE];
  const char *hold = strstr(text, HOLD);
  const size_t length = hold ? (size_t)(hold - text) : strlen(text);
  if (length >= sizeof name) return ps_error_set(err, PS_EFORMAT, 0, "task", "longer than %d letters", VALIDATE_TASK_SIZE - 1);
  memcpy(name, text, length);
  name[length] = '\0';
  PS_TRY(words->task(name, task, request, err));
  return hold ? words->hold(hold + sizeof HOLD - 1, request, err) : PS_OK;
}

static ps_status solve(validate_bench *b, const ps_model *model, validate_solution *s, ps_error *err) {
  ps_posture_request request;
  PS_TRY(validate_task_parse(b->words, s->task, &s->storage, &request, err));
  PS_TRY(ps_state_new(model, &s->state));
  PS_TRY(ps_posture_settle(model, &request, s->state, &s->scene, &s->is_found, err));
  PS_TRY(ps_recruit_new(model, &s->scene, NULL, &s->recruit));
  PS_TRY(ps_load_new(model, &s->load));
  PS_TRY(ps_recruit_solve(s->recruit, s->state, false));
  ps_load_compute(s->load, s->recruit, s->state);
  return PS_OK;
}

ps_status validate_solve(validate_bench *b, int person, const char *task, const validate_solution **out, ps_error *err) {
  for (int i = 0; i < b->nsolution; i++) {
    *out = &b->solution[i];
    if (b->solution[i].person == person && strcmp(b->solution[i].task, task) == 0) return PS_OK;
  }
  if (b->nsolution == VALIDATE_SOLUTION_MAX)
    return ps_error_set(err, PS_EFORMAT, 0, "validate", "more than %d postures", VALIDATE_SOLUTION_MAX);
  ps_model *model = NULL;
  ps_state *scratch = NULL;
  PS_TRY(validate_body(b, person, &model, &scratch, err));
  validate_solution *s = &b->solution[b->nsolution++];
  *s = (validate_solution){.person = person, .task = task};
  *out = s;
  const ps_status status = solve(b, model, s, err);
  // stages that give a bare status
  if (status != PS_OK && err && err->code != status) ps_error_set(err, status, 0, task, "%s", ps_status_text(status));
  return status;
}

void validate_bench_close(validate_bench *b) {
  for (int i = 0; i < b->nsolution; i++) {
    ps_load_free(b->solution[i].load);
    ps_recruit_free(b->solution[i].recruit);
    ps_state_free(b->solution[i].state);
  }
  for (int i = 0; i < VALIDATE_PERSON_MAX; i++) {
    ps_state_free(b->state[i]);
    ps_model_free(b->model[i]);
  }
}
