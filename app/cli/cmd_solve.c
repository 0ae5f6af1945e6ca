/* psoas solve: who carries one posture, and what each disc bears. SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/cli/cli.h"
#include "app/files/share_dump.h"
#include "app/report/result_json.h"
#include "psoas/equilibrium.h"
#include "psoas/vec.h"

static const cli_option OPTION[] = {{"hold", "KG@X,Y,Z", "carry a load in both hands, metres from the midpoint between the feet"},
                                    {"p", "P", "exponent of the recruitment cost, 2 to 5 (2)"},
                                    {"settle", NULL, "find the posture that these muscles settle in; tasks that relax are always found"},
                                    {"json", NULL, "the whole result as JSON"},
                                    {"dump-qp", "DIR", "write the recruitment problem to DIR for other solvers"},
                                    {NULL, NULL, NULL}};

static void print_levels(const ps_load *l) {
  const double weight = l->model->mass*l->model->gravity;
  printf("%-9s %11s %8s %11s %11s %8s\n", "level", "compression", "% weight", "ant. shear", "lat. shear", "moment");
  printf("%-9s %11s %8s %11s %11s %8s\n", "", "N", "", "N", "N", "Nm");
  for (int k = l->nlevel - 1; k >= 0; k--) {
    const ps_level *v = &l->level[k];
    printf("%-9s %11.0f %8.0f %11.0f %11.0f %8.1f\n", v->level, v->total.compression,
           100.0*v->total.compression/weight, v->total.anterior_shear, v->total.lateral_shear, v->total.flexion_moment);
  }
}

// the ten sources that put most through L4/L5
static void print_split(const ps_load *l) {
  int level = 0;
  for (int k = 0; k < l->nlevel; k++)
    if (strcmp(l->level[k].level, "L4/L5") == 0) level = k;
  bool is_used[256] = {false};
  printf("\nwho makes the compression of %s:\n", l->level[level].level);
  for (int n = 0; n < 10; n++) {
    int most = -1;
    for (int i = 0; i < l->nsource && i < 256; i++) {
      const double x = fabs(l->split[level*l->nsource + i].compression);
      if (!is_used[i] && x > 0.5 && (most < 0 || x > fabs(l->split[level*l->nsource + most].compression))) most = i;
    }
    if (most < 0) break;
    char name[PS_SOURCE_NAME_SIZE];
    ps_load_source_name(l, most, name);
    is_used[most] = true;
    printf("  %8.0f N  %s\n", l->split[level*l->nsource + most].compression, name);
  }
}

static void print_notes(const ps_recruit *r) {
  double worst = 0.0;
  const char *where = "";
  for (int i = 0; i < r->nrow; i++) {
    const int j = r->row_coord[i];
    if (fabs(r->reserve[j]) <= worst) continue;
    worst = fabs(r->reserve[j]);
    where = r->model->coord[j].name;
  }
  printf("\nlargest reserve %.3g (%s), KKT residual %.1e, %d iterations\n", worst, where, r->result.kkt_residual,
         r->result.iterations);
  for (unsigned bit = 0; ps_warn_text(bit); bit++)
    if (r->warn >> bit & 1u) printf("note: %s\n", ps_warn_text(bit));
}

static ps_status dump(const char *folder, const ps_posture_request *q, const ps_recruit *r, ps_error *err) {
  char path[1024];
  if (mkdir(folder, 0777) != 0 && errno != EEXIST)
    return ps_error_set(err, PS_EIO, 0, folder, "the folder cannot be made: %s", strerror(errno));
  const int n = snprintf(path, sizeof path, "%s/%s.txt", folder, q->task->name);
  if (n < 0 || (size_t)n >= sizeof path) return ps_error_set(err, PS_EINPUT, 0, folder, "the path is too long");
  FILE *f = fopen(path, "w");
  if (!f) return ps_error_set(err, PS_EIO, 0, path, "cannot be written: %s", strerror(errno));
  const bool is_written = files_share_write(f, &r->problem) == PS_OK;
  if (fclose(f) != 0 || !is_written) {
    remove(path);
    return ps_error_set(err, PS_EIO, 0, path, "cannot be written");
  }
  fprintf(stderr, "wrote %s\n", path);
  return PS_OK;
}

typedef struct answer {      // one solved posture, and how it was found when it was not held
  report_solution solution;
  const ps_equilibrium_result *settled;  // NULL = held
  const ps_equilibrium *eq;              // of a settled one
} answer;

static ps_status report_json(const answer *a, ps_error *err) {
  json_t *root = report_solve_json(&a->solution);
  if (root && a->settled) {
    json_object_set_new(root, "settled", json_boolean(a->settled->outcome == PS_CONVERGED));
    json_object_set_new(root, "pelvic_tilt_change_deg", json_real(ps_deg(a->settled->pelvis_tilt)));
    json_object_set_new(root, "lumbar_lordosis_change_deg", json_real(ps_deg(a->settled->lordosis)));
  }
  return cli_print_json(root, 15, err);
}

static void print_settled(const answer *a) {
  const ps_equilibrium_result *r = a->settled;
  const ps_equilibrium *eq = a->eq;
  if (eq->request.task->rules & PS_RULE_RELAXES)
    printf("posture found near the angles of the task: the pelvis stands %+.1f deg from them\n",
           ps_deg(eq->state->q[eq->tilt] - eq->home[eq->tilt]));
  printf("posture solved: pelvic tilt %+.1f deg, lumbar lordosis %+.1f deg against the habitual posture\n",
         ps_deg(r->pelvis_tilt), ps_deg(r->lordosis));
  if (r->limit >= 0) printf("note: %s is at the end of its range\n", a->solution.state->model->coord[r->limit].name);
  if (r->outcome != PS_CONVERGED) printf("note: the posture did not reach its tolerance\n");
  printf("\n");
}

static ps_status report(const cli_call *call, const answer *a, ps_error *err) {
  const report_solution *x = &a->solution;
  if (cli_value(call, "dump-qp")) PS_TRY(dump(cli_value(call, "dump-qp"), x->request, x->recruit, err));
  if (cli_value(call, "json")) return report_json(a, err);
  printf("%s\n\n", x->request->task->title);
  if (a->settled) print_settled(a);
  print_levels(x->load);
  print_split(x->load);
  print_notes(x->recruit);
  return PS_OK;
}

static ps_status options(const cli_call *call, ps_recruit_opts *o, ps_error *err) {
  *o = ps_recruit_default();
  return cli_value(call, "p") ? cli_number(cli_value(call, "p"), "--p", 2.0, 5.0, &o->p, err) : PS_OK;
}

// loads of a solved posture, and the report
static ps_status bear(const cli_call *call, answer *a, const ps_recruit *recruit, ps_error *err) {
  ps_load *load = NULL;
  ps_status status = ps_load_new(recruit->model, &load);
  if (status != PS_OK) return ps_error_set(err, status, 0, "solve", "%s", ps_status_text(status));
  ps_load_compute(load, recruit, a->solution.state);
  a->solution.load = load;
  status = report(call, a, err);
  ps_load_free(load);
  return status;
}

static ps_status solve_held(const cli_call *call, const cli_body *b, const ps_posture_request *q, ps_error *err) {
  ps_scene scene;
  ps_recruit_opts o;
  PS_TRY(ps_posture_apply(b->model, q, b->state, &scene, err));
  PS_TRY(options(call, &o, err));
  ps_recruit *recruit = NULL;
  ps_status status = ps_recruit_new(b->model, &scene, &o, &recruit);
  if (status == PS_OK) status = ps_recruit_solve(recruit, b->state, false);
  if (status == PS_OK) {
    answer a = {.solution = {q, b->state, recruit, NULL, b->person.sha256}};
    status = bear(call, &a, recruit, err);
  } else {
    ps_error_set(err, status, 0, q->task->name, "%s", ps_status_text(status));
  }
  ps_recruit_free(recruit);
  return status;
}

/* The task's posture belongs to this body as it is when it was measured. Otherwise it is the typical one, and belongs to the
 * same body with typical muscles. */
static ps_status open_reference(const cli_body *b, const ps_posture_request *q, const ps_equilibrium_opts *o,
                                ps_equilibrium **eq, ps_error *err) {
  const ps_person *p = &b->model->person;
  if (p->has_tilt || p->has_lordosis) return ps_equilibrium_new(b->model, q, o, eq, err);
  PS_TRY(ps_model_set_tightness(b->model, NULL, 0, err));
  PS_TRY(ps_equilibrium_new(b->model, q, o, eq, err));
  return ps_model_set_tightness(b->model, p->tight, p->ntight, err);
}

static ps_status solve_settled(const cli_call *call, const cli_body *b, const ps_posture_request *q, ps_error *err) {
  ps_equilibrium_opts o = ps_equilibrium_default();
  PS_TRY(options(call, &o.recruit, err));
  ps_equilibrium *eq = NULL;
  ps_equilibrium_result settled;
  ps_status status = open_reference(b, q, &o, &eq, err);
  if (status == PS_OK) {
    status = ps_equilibrium_solve(eq, b->model, &settled);
    if (status != PS_OK) ps_error_set(err, status, 0, q->task->name, "no posture was found");
  }
  if (status == PS_OK) {
    answer a = {.solution = {q, eq->state, eq->recruit, NULL, b->person.sha256}, .settled = &settled, .eq = eq};
    status = bear(call, &a, eq->recruit, err);
  }
  ps_equilibrium_free(eq);
  return status;
}

static ps_status solve(const cli_call *call, const cli_body *b, const ps_posture_request *q, ps_error *err) {
  const bool settles = cli_value(call, "settle") || q->task->rules & PS_RULE_RELAXES;
  const ps_status status = settles ? solve_settled(call, b, q, err) : solve_held(call, b, q, err);
  // a task that does not fit the body is a fault of its file
  if (status == PS_EFORMAT) snprintf(err->where, sizeof err->where, "%s", call->argument[1]);
  return status;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  cli_body b = {.anatomy = NULL};
  ps_task task;
  ps_posture_request q;
  ps_status status = cli_task_parse(call->argument[1], &task, &q, &err);
  if (status == PS_OK && cli_value(call, "hold")) status = cli_hold_parse(cli_value(call, "hold"), &q, &err);
  if (status == PS_OK) status = cli_body_open(call->argument[0], &b, &err);
  if (status == PS_OK) status = solve(call, &b, &q, &err);
  cli_body_close(&b);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_SOLVE = {"solve", "PERSON.json TASK[:ARGUMENT]", "loads of one posture, and who makes them", 2, 2, OPTION, run};
