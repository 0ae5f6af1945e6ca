/* Load sharing from the multipliers of a neighbour, and columns in any order. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app/files/files_anatomy.h"
#include "app/files/task_library.h"
#include "psoas/posture.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/share_case.h"

enum { NPOSE = 12 };

// a bend in steps of `step_deg`: every pose from the one before, and again from nothing
static void bend(const ps_model *m, ps_state *s, double p, double step_deg) {
  ps_task task;
  ps_scene scene;
  ps_recruit *r = NULL;
  ps_error err;
  ps_recruit_opts o = ps_recruit_default();
  o.p = p;
  assert_ok(task_library_find("standing-flexed", &task, &err));
  ps_posture_request q = {.task = &task, .side = PS_RIGHT, .argument = ps_rad(7.7)};
  assert_ok(ps_posture_apply(m, &q, s, &scene, &err));
  assert_ok(ps_recruit_new(m, &scene, &o, &r));
  double *y = calloc((size_t)r->problem.n, sizeof *y);
  assert_non_null(y);
  int warm = 0, cold = 0;
  for (int i = 0; i < NPOSE; i++) {
    q.argument = ps_rad(7.7 + i*step_deg);
    assert_ok(ps_posture_apply(m, &q, s, &scene, &err));
    assert_ok(ps_recruit_solve(r, s, i > 0));
    assert_int_equal(r->result.outcome, PS_CONVERGED);
    assert_true(ps_share_kkt(&r->problem, &r->result) < 1e-8);
    const double objective = r->result.objective;
    memcpy(y, r->result.y, (size_t)r->problem.n*sizeof *y);
    if (i > 0) warm += r->result.iterations;
    assert_ok(ps_recruit_solve(r, s, false));
    assert_close(objective, r->result.objective, 2e-9, 0.0);
    if (i > 0) cold += r->result.iterations;
    memcpy(r->result.y, y, (size_t)r->problem.n*sizeof *y);
  }
  assert_true(3*warm < 2*cold);
  free(y);
  ps_recruit_free(r);
}

static void next_pose_of_a_motion(void **state) {
  (void)state;
  const ps_person person = {.is_female = true, .age_years = 33.0, .height_m = 1.66, .mass_kg = 61.0};
  files_anatomy *anatomy = NULL;
  ps_model *m = NULL;
  ps_state *s = NULL;
  ps_error err;
  assert_ok(files_anatomy_load(files_source_packed(), &anatomy, &err));
  assert_ok(ps_model_new(files_anatomy_view(anatomy), &person, NULL, &m, &err));
  assert_ok(ps_state_new(m, &s));
  for (double p = 2.0; p <= 3.0; p += 1.0) {
    bend(m, s, p, 0.1);
    bend(m, s, p, 1.0);
  }
  ps_state_free(s);
  ps_model_free(m);
  files_anatomy_free(anatomy);
}

// a start that is no neighbour at all costs steps, not the answer
static void from_a_foreign_start(void **state) {
  (void)state;
  for (double p = 2.0; p <= 3.0; p += 1.0) {
    for (int task = 0; task < SHARE_NTASK; task++) {
      share_case c = share_case_body(11, (share_task)task, p);
      ps_share_opts o = ps_share_default();
      assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
      const double objective = c.result.objective;
      for (int i = 0; i < c.problem.n; i++) c.result.y[i] = (i % 3 - 1)*40.0 - 3.0*c.result.y[i];
      o.is_warm = true;
      assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
      assert_int_equal(c.result.outcome, PS_CONVERGED);
      assert_close(c.result.objective, objective, 1e-8, 0.0);
      share_case_free(&c);
    }
  }
}

// column j of the copy is column to[j] of the original, of the same kind
static void copy_column(share_case *out, const share_case *in, int j, int from) {
  const int start = in->col[from], n = in->col[from + 1] - start, na = in->problem.na;
  out->col[j + 1] = out->col[j] + n;
  memcpy(out->row + out->col[j], in->row + start, (size_t)n*sizeof(int));
  memcpy(out->val + out->col[j], in->val + start, (size_t)n*sizeof(double));
  if (j < na) out->v[j] = in->v[from];
  else out->e[j - na] = in->e[from - na];
}

static void order_of_columns_does_not_matter(void **state) {
  (void)state;
  share_case c = share_case_body(5, SHARE_SIT, 3.0), d = share_case_copy(&c);
  const int na = c.problem.na, ns = c.problem.ns;
  for (int j = 0; j < na; j++) copy_column(&d, &c, j, (int)((long)j*7 % na));
  for (int j = 0; j < ns; j++) copy_column(&d, &c, na + j, na + ns - 1 - j);
  assert_int_not_equal(na % 7, 0);

  const ps_share_opts o = ps_share_default();
  assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
  assert_ok(ps_share_solve(&d.problem, &o, &d.result, &d.arena));
  assert_close(d.result.objective, c.result.objective, 1e-9, 0.0);
  for (int j = 0; j < na; j++) assert_close(d.result.a[j], c.result.a[(long)j*7 % na], 0.0, 1e-7);
  share_case_free(&c);
  share_case_free(&d);
}

// a pattern is looked at once, wherever its first column stands
static void rows_out_of_order_are_refused(void **state) {
  (void)state;
  const ps_share_opts o = ps_share_default();
  for (int which = 0; which < 3; which++) {
    share_case c = share_case_body(5, SHARE_STAND, 2.0);
    const int last = c.problem.na + c.problem.ns - 1, j = which == 0 ? 0 : which == 1 ? c.problem.na/2 : last;
    int *row = c.row + c.col[j + 1] - 1;
    const int before = *row;
    *row = c.problem.n;
    assert_int_equal(ps_share_solve(&c.problem, &o, &c.result, &c.arena), PS_ESHAPE);
    *row = before;
    row[0] = row[-1];
    assert_int_equal(ps_share_solve(&c.problem, &o, &c.result, &c.arena), PS_ESHAPE);
    row[0] = before;
    assert_ok(ps_share_solve(&c.problem, &o, &c.result, &c.arena));
    share_case_free(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(next_pose_of_a_motion),
      cmocka_unit_test(from_a_foreign_start),
      cmocka_unit_test(order_of_columns_does_not_matter),
      cmocka_unit_test(rows_out_of_order_are_refused),
  };
  return cmocka_run_group_tests_name("share_warm", tests, NULL, NULL);
}
