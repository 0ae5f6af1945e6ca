/* Motions of the benchmarks. SPDX-License-Identifier: Apache-2.0 */
#include "bench/motion.h"

#include <stdlib.h>
#include <string.h>

#include "app/files/task_library.h"
#include "psoas/vec.h"

static double *copy(const double *x, int n) {
  double *out = malloc((size_t)(n + 1)*sizeof *out);
  if (out) memcpy(out, x, (size_t)n*sizeof *out);
  return out;
}

// the problem as ps_recruit_solve leaves it
static ps_status keep(motion *out, int i) {
  const ps_share_problem *q = &out->recruit->problem;
  PS_TRY(ps_recruit_solve(out->recruit, out->state[i], i > 0));
  out->val[i] = copy(q->val, q->col[q->na + q->ns]);
  out->b[i] = copy(q->b, q->n);
  return out->val[i] && out->b[i] ? PS_OK : PS_ENOMEM;
}

ps_status motion_new(const ps_model *model, const motion_plan *plan, motion *out, ps_error *err) {
  *out = (motion){.recruit = NULL};
  ps_task task;
  PS_TRY(task_library_find(plan->task, &task, err));
  ps_posture_request q = {.task = &task, .side = PS_RIGHT};
  ps_recruit_opts o = ps_recruit_default();
  o.p = plan->p;
  for (int i = 0; i < MOTION_POSES; i++) {
    q.argument = ps_rad(plan->from_deg + i*plan->step_deg);
    PS_TRY(ps_state_new(model, &out->state[i]));
    PS_TRY(ps_posture_apply(model, &q, out->state[i], &out->scene, err));
    if (i == 0) PS_TRY(ps_recruit_new(model, &out->scene, &o, &out->recruit));
    PS_TRY(keep(out, i));
  }
  return PS_OK;
}

void motion_free(motion *m) {
  for (int i = 0; i < MOTION_POSES; i++) {
    ps_state_free(m->state[i]);
    free(m->val[i]);
    free(m->b[i]);
  }
  ps_recruit_free(m->recruit);
}

ps_share_problem motion_problem(const motion *m, int i) {
  ps_share_problem q = m->recruit->problem;
  q.val = m->val[i];
  q.b = m->b[i];
  return q;
}
