/* psoas solve: who carries one posture, and what each disc bears. SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/cli/cli.h"
#include "app/files/share_dump.h"
#include "app/report/result_json.h"
#include "psoas/vec.h"

static const cli_option OPTION[] = {{"hold", "KG@X,Y,Z", "carry a load in both hands, metres from the midpoint between the feet"},
                                    {"p", "P", "exponent of the recruitment cost, 2 to 5 (2)"},
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
  for (int i = 0; i < r->problem.n; i++) {
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

static ps_status report(const cli_call *call, const report_solution *x, ps_error *err) {
  if (cli_value(call, "dump-qp")) PS_TRY(dump(cli_value(call, "dump-qp"), x->request, x->recruit, err));
  if (cli_value(call, "json")) return cli_print_json(report_solve_json(x), 15, err);
  printf("%s\n\n", x->request->task->title);
  print_levels(x->load);
  print_split(x->load);
  print_notes(x->recruit);
  return PS_OK;
}

static ps_status solve(const cli_call *call, const cli_body *b, const ps_posture_request *q, ps_error *err) {
  ps_scene scene;
  ps_status status = ps_posture_apply(b->model, q, b->state, &scene, err);
  // a task that does not fit the body is a fault of its file
  if (status == PS_EFORMAT) snprintf(err->where, sizeof err->where, "%s", call->argument[1]);
  PS_TRY(status);
  ps_recruit_opts o = ps_recruit_default();
  if (cli_value(call, "p")) PS_TRY(cli_number(cli_value(call, "p"), "--p", 2.0, 5.0, &o.p, err));
  ps_recruit *recruit = NULL;
  ps_load *load = NULL;
  status = ps_recruit_new(b->model, &scene, &o, &recruit);
  if (status == PS_OK) status = ps_load_new(b->model, &load);
  if (status == PS_OK) status = ps_recruit_solve(recruit, b->state, false);
  if (status != PS_OK) ps_error_set(err, status, 0, q->task->name, "%s", ps_status_text(status));
  if (status == PS_OK) {
    ps_load_compute(load, recruit, b->state);
    const report_solution x = {q, b->state, recruit, load, b->person.sha256};
    status = report(call, &x, err);
  }
  ps_load_free(load);
  ps_recruit_free(recruit);
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
