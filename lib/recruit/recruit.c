/* Workspace of one scene and the order of a solve. The convex programme itself is module optim's.
 * Theory: docs/theory/recruitment.md sections 1 and 2. SPDX-License-Identifier: Apache-2.0 */
#include "psoas/recruit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

// nothing outside the supports holds the pelvis, so a reserve there costs much more than one in a joint
static const double WORLD_RESERVE = 1e3;

// a rib cage at rest takes moments at this share of what a reserve costs: next to nothing
static const double RIBS = 1e-6;

ps_recruit_opts ps_recruit_default(void) {
  return (ps_recruit_opts){.p = 2.0, .reserve_cost = 1.0, .support_cost = 1e-9, .bed_cost = 1e-4, .tolerance = 1e-9};
}

static bool is_cost(double x) { return x > 0.0 && isfinite(x); }

static bool is_valid(const ps_model *m, const ps_scene *s, const ps_recruit_opts *o) {
  if (!(o->p >= 2.0 && o->p <= 10.0) || !is_cost(o->reserve_cost) || !is_cost(o->support_cost) || !is_cost(o->bed_cost)) return false;
  if (!(o->tolerance > 0.0)) return false;
  if (s->nsupport < 0 || s->nsupport > PS_SUPPORT_MAX || s->ncarried < 0 || s->ncarried > PS_CARRIED_MAX) return false;
  for (int i = 0; i < s->nsupport; i++) {
    const ps_support *p = &s->support[i];
    if (p->contact < 0 || p->contact >= m->ncontact) return false;
    if (!(fabs(ps_norm(p->normal) - 1.0) < 1e-9) || !(p->friction >= 0.0 && p->friction <= 2.0)) return false;
    if (!(p->stiffness >= 0.0 && p->stiffness <= 1e6) || !isfinite(p->surface)) return false;
  }
  return true;
}

typedef struct shape { int nrow, nbed, ncolumn, nsupport, nnz; } shape;

/* Who lies rests on ribs: the joints T1/T2 to T11/T12 then take what moment they are given. That bends them by up to 5 deg lying on the
 * front, less otherwise, which the posture leaves out, since above T12 it does not bend: docs/theory/equilibrium.md section 7. */
static bool is_carried_by_ribs(const ps_recruit *r, int coord) {
  const char *body = r->model->body[r->model->coord[coord].body].name;
  return r->scene.rests && body[0] == 'T' && strcmp(body, "T12") != 0;
}

// sizes of the balance equations: every balanced coordinate a row, then every place on a bed; every fascicle and contact generator a column
static shape measure(const ps_model *m, const ps_scene *s) {
  shape n = {0, 0, m->nmuscle, 0, 0};
  for (int j = 0; j < m->ncoord; j++) n.nrow += m->coord[j].is_balanced;
  for (int k = 0; k < m->narm; k++) n.nnz += m->coord[m->arm_coord[k]].is_balanced;
  for (int i = 0; i < s->nsupport; i++) {
    const int body = m->contact[s->support[i].contact].body, count = ps__generators(&s->support[i]);
    const bool is_soft = s->support[i].stiffness > 0.0;
    n.nsupport += count;
    n.nbed += is_soft;
    n.nnz += is_soft ? count : 0;
    for (int j = 0; j < m->ncoord; j++) n.nnz += count*(m->coord[j].is_balanced && ps_model_moves(m, body, j));
  }
  n.ncolumn += n.nsupport;
  return n;
}

static void *take(ps_arena *a, int count, size_t size) { return ps_arena_take(a, (size_t)count, size); }

typedef struct sparse { int *col, *row; double *val, *v, *e, *w, *b; } sparse;

// arrays of the convex programme; the pattern of the matrix never changes afterwards
static sparse take_problem(ps_recruit *r, ps_arena *a, const shape *n) {
  const sparse q = {take(a, n->ncolumn + 1, sizeof(int)), take(a, n->nnz, sizeof(int)),
                    take(a, n->nnz, sizeof(double)),      take(a, r->model->nmuscle, sizeof(double)),
                    take(a, n->nsupport, sizeof(double)), take(a, n->nrow + n->nbed, sizeof(double)),
                    take(a, n->nrow + n->nbed, sizeof(double))};
  r->val = q.val;
  r->b = q.b;
  r->result.a = take(a, r->model->nmuscle, sizeof(double));
  r->result.s = take(a, n->nsupport, sizeof(double));
  r->result.r = take(a, n->nrow + n->nbed, sizeof(double));
  r->result.y = take(a, n->nrow + n->nbed, sizeof(double));
  r->problem = (ps_share_problem){.n = n->nrow + n->nbed, .na = r->model->nmuscle, .ns = n->nsupport, .p = r->opts.p,
                                  .col = q.col, .row = q.row, .val = q.val, .v = q.v, .e = q.e, .w = q.w, .b = q.b};
  return q;
}

static void write_pattern(const ps_recruit *r, const sparse *q) {
  const ps_model *m = r->model;
  int k = 0, column = 0, bed = r->nrow;
  for (int i = 0; i < m->nmuscle; i++) {
    q->col[column++] = k;
    for (int t = 0; t < m->muscle[i].narm; t++) {
      const int row = r->coord_row[m->arm_coord[m->muscle[i].arm + t]];
      if (row >= 0) q->row[k++] = row;
    }
  }
  for (int i = 0; i < r->scene.nsupport; i++) {
    const int body = m->contact[r->scene.support[i].contact].body;
    const bool is_soft = r->scene.support[i].stiffness > 0.0;
    for (int g = 0; g < ps__generators(&r->scene.support[i]); g++) {
      q->col[column++] = k;
      for (int row = 0; row < r->nrow; row++)
        if (ps_model_moves(m, body, r->row_coord[row])) q->row[k++] = row;
      if (is_soft) q->row[k++] = bed;
    }
    bed += is_soft;
  }
  q->col[column] = k;
  for (int i = 0; i < m->nmuscle; i++) q->v[i] = m->muscle[i].volume;
  for (int i = 0; i < r->problem.ns; i++) q->e[i] = r->opts.support_cost;
  for (int i = 0; i < r->nrow; i++) {
    const int j = r->row_coord[i];
    q->w[i] = r->opts.reserve_cost*(m->coord[j].body == 0 ? WORLD_RESERVE : is_carried_by_ribs(r, j) ? RIBS : 1.0);
  }
  for (int i = r->nrow; i < r->problem.n; i++) q->w[i] = r->opts.bed_cost;
}

static void number_rows(ps_recruit *r) {
  int n = 0;
  for (int j = 0; j < r->model->ncoord; j++) {
    r->coord_row[j] = r->model->coord[j].is_balanced ? n : -1;
    if (r->model->coord[j].is_balanced) r->row_coord[n++] = j;
  }
}

ps_status ps_recruit_new(const ps_model *m, const ps_scene *scene, const ps_recruit_opts *opts, ps_recruit **recruit) {
  *recruit = NULL;
  const ps_recruit_opts o = opts ? *opts : ps_recruit_default();
  if (!is_valid(m, scene, &o)) return PS_EINPUT;
  const shape n = measure(m, scene);
  const size_t scratch_size = ps_share_scratch_size(n.nrow + n.nbed, m->nmuscle, n.nsupport, n.nnz);
  const size_t size = sizeof(ps_recruit) + (size_t)m->nmuscle*(4*sizeof(double) + sizeof(ps_muscle_force)) +
                      (size_t)m->ncoord*(2*sizeof(double) + sizeof(int)) + (size_t)n.nnz*(sizeof(double) + sizeof(int)) +
                      (size_t)(n.ncolumn + 1)*sizeof(int) + (size_t)n.nsupport*2*sizeof(double) +
                      (size_t)(n.nrow + n.nbed)*(4*sizeof(double) + sizeof(int)) + PS_SUPPORT_MAX*3*sizeof(double) + scratch_size +
                      24u*64u;
  void *memory = malloc(size);
  if (!memory) return PS_ENOMEM;

  ps_arena a;
  ps_arena_init(&a, memory, size);
  ps_recruit *r = take(&a, 1, sizeof *r);
  *r = (ps_recruit){.model = m, .scene = *scene, .opts = o, .nrow = n.nrow, .memory = memory};
  r->coord_row = take(&a, m->ncoord, sizeof(int));
  r->row_coord = take(&a, n.nrow, sizeof(int));
  r->can = take(&a, m->nmuscle, sizeof *r->can);
  r->active = take(&a, m->nmuscle, sizeof(double));
  r->passive = take(&a, m->nmuscle, sizeof(double));
  r->elastic = take(&a, m->ncoord, sizeof(double));
  r->reserve = take(&a, m->ncoord, sizeof(double));
  r->contact = take(&a, PS_SUPPORT_MAX*3, sizeof(double));
  number_rows(r);
  const sparse q = take_problem(r, &a, &n);
  void *scratch = ps_arena_take(&a, 1, scratch_size);
  PS_ASSERT(scratch != NULL);
  write_pattern(r, &q);
  ps_arena_init(&r->scratch, scratch, scratch_size);
  *recruit = r;
  return PS_OK;
}

void ps_recruit_free(ps_recruit *recruit) {
  if (recruit) free(recruit->memory);
}

// forces of every fascicle and contact from the solution
static void deliver(ps_recruit *r) {
  const ps_model *m = r->model;
  for (int i = 0; i < m->nmuscle; i++) {
    const double tone = m->muscle[i].tone;
    r->active[i] = (tone + (1.0 - tone)*r->result.a[i])*r->can[i].active;
    r->passive[i] = r->can[i].passive;
  }
  int g = 0;
  for (int i = 0; i < r->scene.nsupport; i++) {
    double *f = r->contact + 3*i, d[4][3];
    ps_vec_set(f, 0.0, 0.0, 0.0);
    const int count = ps__directions(&r->scene.support[i], d);
    for (int k = 0; k < count; k++) ps_axpy(f, r->result.s[g++], d[k]);
  }
  memset(r->reserve, 0, (size_t)m->ncoord*sizeof *r->reserve);
  for (int i = 0; i < r->nrow; i++) {
    const int j = r->row_coord[i];
    if (is_carried_by_ribs(r, j)) {
      r->elastic[j] += r->result.r[i];
      continue;
    }
    r->reserve[j] = r->result.r[i];
    const bool is_world = m->coord[j].body == 0;
    if (is_world && fabs(r->reserve[j]) > 1e-3*m->mass*m->gravity) r->warn |= PS_WARN_UNBALANCED;
    if (!is_world && fabs(r->reserve[j]) > 1.0) r->warn |= PS_WARN_RESERVE_LARGE;
  }
  if (r->result.outcome != PS_CONVERGED) r->warn |= PS_WARN_NOT_CONVERGED;
}

ps_status ps_recruit_solve(ps_recruit *r, const ps_state *s, bool is_warm) {
  r->warn = s->warn;

  // what the joints need, and what each fascicle and contact can give
  ps__balance_fill(r, s);

  // who gives it
  ps_share_opts o = ps_share_default();
  o.tolerance = r->opts.tolerance;
  o.is_warm = is_warm;
  const ps_status status = ps_share_solve(&r->problem, &o, &r->result, &r->scratch);
  if (status != PS_OK) return status == PS_EINPUT ? PS_ENUMERIC : status;

  deliver(r);
  return PS_OK;
}
