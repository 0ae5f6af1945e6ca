/* Seeded load sharing instances. See share_case.h. SPDX-License-Identifier: Apache-2.0 */
#include "support/share_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// rows: pelvis force 0..2 [N], pelvis moment 3..5, 17 spine joints x 3 (flexion, side, twist), two legs x 6
enum { NSPINE = 17, SPINE0 = 6, LEG0 = SPINE0 + 3*NSPINE, NROW = LEG0 + 12, MAXNA = 450, MAXNS = 60 };

static void *need(void *p) {
  if (!p) abort();
  return p;
}

share_case share_case_new(int n, int na, int ns, int nnz, double p) {
  share_case c = {0};
  const size_t nc = (size_t)(na + ns);
  c.col = need(calloc(nc + 1, sizeof(int)));
  c.row = need(calloc((size_t)nnz + 1, sizeof(int)));
  c.val = need(calloc((size_t)nnz + 1, sizeof(double)));
  c.v = need(calloc((size_t)na + 1, sizeof(double)));
  c.e = need(calloc((size_t)ns + 1, sizeof(double)));
  c.w = need(calloc((size_t)n + 1, sizeof(double)));
  c.b = need(calloc((size_t)n + 1, sizeof(double)));
  c.result.a = need(calloc((size_t)na + 1, sizeof(double)));
  c.result.s = need(calloc((size_t)ns + 1, sizeof(double)));
  c.result.r = need(calloc((size_t)n + 1, sizeof(double)));
  c.result.y = need(calloc((size_t)n + 1, sizeof(double)));
  const size_t size = ps_share_scratch_size(n, na, ns, nnz);
  c.memory = need(malloc(size + 1));
  ps_arena_init(&c.arena, c.memory, size);
  c.problem = (ps_share_problem){.n = n, .na = na, .ns = ns, .p = p, .col = c.col, .row = c.row, .val = c.val,
                                 .v = c.v, .e = c.e, .w = c.w, .b = c.b};
  return c;
}

void share_case_free(share_case *c) {
  free(c->col); free(c->row); free(c->val); free(c->v); free(c->e); free(c->w); free(c->b);
  free(c->result.a); free(c->result.s); free(c->result.r); free(c->result.y);
  free(c->memory);
  *c = (share_case){0};
}

share_case share_case_copy(const share_case *c) {
  const ps_share_problem *q = &c->problem;
  const int nc = q->na + q->ns;
  const int nnz = q->col[nc];
  share_case d = share_case_new(q->n, q->na, q->ns, nnz, q->p);
  memcpy(d.col, c->col, ((size_t)nc + 1)*sizeof(int));
  memcpy(d.row, c->row, (size_t)nnz*sizeof(int));
  memcpy(d.val, c->val, (size_t)nnz*sizeof(double));
  memcpy(d.v, c->v, (size_t)q->na*sizeof(double));
  memcpy(d.e, c->e, (size_t)q->ns*sizeof(double));
  memcpy(d.w, c->w, (size_t)q->n*sizeof(double));
  memcpy(d.b, c->b, (size_t)q->n*sizeof(double));
  memcpy(d.result.y, c->result.y, (size_t)q->n*sizeof(double));
  return d;
}

// a builder that appends columns in order
typedef struct builder {
  share_case *c;
  ps_rng rng;
  int na, ns, nnz;
} builder;

static double between(ps_rng *rng, double lo, double hi) { return lo + (hi - lo)*ps_rng_uniform(rng); }

static double log_between(ps_rng *rng, double lo, double hi) { return lo*exp(ps_rng_uniform(rng)*log(hi/lo)); }

static void put(builder *k, int row, double val) {
  k->c->row[k->nnz] = row;
  k->c->val[k->nnz] = val;
  k->nnz++;
}

static void end_muscle(builder *k, double cost) {
  k->c->v[k->na] = cost;
  k->na++;
  k->c->col[k->na] = k->nnz;
}

// one fascicle over spine joints lo..hi-1; `back` is its distance behind the joints [m], `side` +1 left, -1 right
static void spine_rows(builder *k, int lo, int hi, double back, double off, double strength) {
  for (int i = lo; i < hi; i++) {
    const double f = 1.0 + 0.1*ps_rng_normal(&k->rng);
    put(k, SPINE0 + 3*i, strength*back*f);
    put(k, SPINE0 + 3*i + 1, strength*off*f);
    put(k, SPINE0 + 3*i + 2, strength*0.25*off*ps_rng_normal(&k->rng));
  }
}

static void leg_rows(builder *k, int leg, int lo, int hi, double strength) {
  for (int i = lo; i < hi; i++) put(k, LEG0 + 6*leg + i, strength*0.04*ps_rng_normal(&k->rng));
}

// trunk fascicles in left and right pairs, mirrored up to a little noise
static void add_trunk(builder *k, int npair) {
  for (int i = 0; i < npair; i++) {
    const double kind = ps_rng_uniform(&k->rng);
    const int span = kind < 0.55 ? 1 + (int)between(&k->rng, 0, 3) : kind < 0.9 ? 3 + (int)between(&k->rng, 0, 4)
                                                                 : 8 + (int)between(&k->rng, 0, 6);
    const int lo = (int)between(&k->rng, 0, NSPINE - span + 1);
    const double level = 1.0 - 0.6*lo/(double)NSPINE;
    const double strength = level*log_between(&k->rng, 30.0, span > 6 ? 1000.0 : 500.0);
    const bool is_flexor = ps_rng_uniform(&k->rng) < 0.25;
    const double back = is_flexor ? -between(&k->rng, 0.02, 0.10) : between(&k->rng, 0.02, 0.06);
    const double off = between(&k->rng, 0.005, is_flexor ? 0.10 : 0.04);
    for (int side = 1; side >= -1; side -= 2) {
      spine_rows(k, lo, lo + span, back, side*off, strength);
      end_muscle(k, strength*span*0.04/100.0);
    }
  }
}

// psoas-like: from a lumbar level over the hip; leg-like: hip, knee, ankle of one side
static void add_legs(builder *k, int npsoas, int nleg) {
  for (int leg = 0; leg < 2; leg++) {
    for (int i = 0; i < npsoas; i++) {
      const double strength = between(&k->rng, 40.0, 120.0);
      const int top = 1 + i%5;
      spine_rows(k, 0, top, -between(&k->rng, -0.005, 0.02), (leg ? -1 : 1)*0.04, strength);
      leg_rows(k, leg, 0, 3, strength);
      end_muscle(k, strength*0.2/100.0);
    }
    for (int i = 0; i < nleg; i++) {
      const double strength = log_between(&k->rng, 100.0, 2500.0);
      const double kind = ps_rng_uniform(&k->rng);
      if (kind < 0.6) leg_rows(k, leg, 0, 3, strength);
      else if (kind < 0.85) leg_rows(k, leg, 0, 4, strength);
      else leg_rows(k, leg, 3, 6, strength);
      end_muscle(k, strength*0.12/100.0);
    }
  }
}

// one contact point with four pyramid generators; leg = 0, 1, or -1 for a seat that loads the pelvis only
static void add_contact(builder *k, const double at[3], int leg, double softness) {
  static const double hip[3] = {0.0, 0.85, 0.09}, knee[3] = {0.02, 0.45, 0.09}, ankle[3] = {-0.05, 0.07, 0.09};
  static const double mu = 0.6;
  static const double dir[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
  for (int g = 0; g < 4; g++) {
    const double f[3] = {mu*dir[g][0], 1.0, mu*dir[g][1]};
    for (int i = 0; i < 3; i++) if (f[i] != 0.0) put(k, i, f[i]);
    // moment about the pelvis origin at height 0.95 m
    const double d[3] = {at[0], at[1] - 0.95, at[2]};
    const double m[3] = {d[1]*f[2] - d[2]*f[1], d[2]*f[0] - d[0]*f[2], d[0]*f[1] - d[1]*f[0]};
    for (int i = 0; i < 3; i++) put(k, 3 + i, m[i]);
    if (leg >= 0) {
      const double z = leg ? -1.0 : 1.0;
      const double h[3] = {at[0] - hip[0], at[1] - hip[1], at[2] - z*hip[2]};
      put(k, LEG0 + 6*leg, h[0]*f[1] - h[1]*f[0]);
      put(k, LEG0 + 6*leg + 1, h[1]*f[2] - h[2]*f[1]);
      put(k, LEG0 + 6*leg + 2, h[2]*f[0] - h[0]*f[2]);
      put(k, LEG0 + 6*leg + 3, (at[0] - knee[0])*f[1] - (at[1] - knee[1])*f[0]);
      put(k, LEG0 + 6*leg + 4, (at[0] - ankle[0])*f[1] - (at[1] - ankle[1])*f[0]);
      put(k, LEG0 + 6*leg + 5, (at[1] - ankle[1])*f[2] - (at[2] - z*ankle[2])*f[1]);
    }
    k->c->e[k->ns] = softness;
    k->ns++;
    k->c->col[k->na + k->ns] = k->nnz;
  }
}

static void add_supports(builder *k, share_task task) {
  static const double corner[4][2] = {{0.14, 0.03}, {0.12, -0.04}, {-0.09, 0.03}, {-0.09, -0.03}};
  const double softness = log_between(&k->rng, 1e-9, 1e-7);
  for (int leg = 0; leg < (task == SHARE_ONE_LEG ? 1 : 2); leg++) {
    for (int i = 0; i < 4; i++) {
      const double at[3] = {corner[i][0], 0.0, (leg ? -1.0 : 1.0)*(0.11 + corner[i][1])};
      add_contact(k, at, leg, softness);
    }
  }
  if (task != SHARE_SIT) return;
  for (int i = 0; i < 7; i++) {
    const double at[3] = {-0.05 + 0.04*(i/2), 0.85, (i % 2 ? -1.0 : 1.0)*0.06};
    add_contact(k, at, -1, softness);
  }
}

// what a person of 70 kg needs: supports carry the weight, joints carry gravity moments that shrink upwards
static void set_demand(builder *k, share_task task) {
  share_case *c = k->c;
  static const double lean[SHARE_NTASK][3] = {
      {6, 1, 0.5}, {90, 3, 2}, {25, 30, 8}, {260, 20, 10}, {10, 8, 2}, {14, 1, 0.5}};
  const int nsup = k->ns;
  const double share = 690.0/(double)nsup;
  for (int j = k->na; j < k->na + nsup; j++) {
    const double s = share*between(&k->rng, 0.6, 1.4);
    for (int q = c->col[j]; q < c->col[j + 1]; q++) c->b[c->row[q]] += s*c->val[q];
  }
  for (int i = 0; i < NSPINE; i++) {
    const double h = (1.0 - i/(double)NSPINE)*(1.0 - i/(double)NSPINE);
    for (int q = 0; q < 3; q++) {
      c->b[SPINE0 + 3*i + q] = lean[task][q]*h*between(&k->rng, 0.8, 1.2) + 0.3*h*ps_rng_normal(&k->rng);
    }
  }
  for (int i = LEG0; i < NROW; i++) c->b[i] += between(&k->rng, -15.0, 15.0);
  for (int i = 0; i < NROW; i++) c->w[i] = i < 3 ? 10.0 : 1.0;
}

share_case share_case_body(uint64_t seed, share_task task, double p) {
  builder k = {.c = NULL};
  ps_rng_init(&k.rng, seed*7919u + (uint64_t)task*31u + 1u);
  share_case c = share_case_new(NROW, MAXNA, MAXNS, 45*(MAXNA + MAXNS), p);
  k.c = &c;
  add_trunk(&k, 130 + (int)between(&k.rng, 0, 40));
  add_legs(&k, 12, 35);
  add_supports(&k, task);
  set_demand(&k, task);
  c.problem.na = k.na;
  c.problem.ns = k.ns;
  return c;
}

// the columns of the random case: kinds are ordinary, zero, duplicate of the one before, badly scaled
static void random_column(builder *k, int n, bool is_muscle) {
  const int nc = k->na + k->ns;
  const double kind = ps_rng_uniform(&k->rng);
  const double scale = kind > 0.92 ? log_between(&k->rng, 1e-3, 1e3) : 1.0;
  if (nc > 0 && kind < 0.1) {
    const int from = k->c->col[nc - 1], to = k->c->col[nc];
    for (int q = from; q < to; q++) put(k, k->c->row[q], k->c->val[q]);
  } else if (kind > 0.15) {
    const double density = between(&k->rng, 0.1, 0.9);
    for (int i = 0; i < n; i++) {
      if (ps_rng_uniform(&k->rng) < density) put(k, i, scale*(is_muscle ? 20.0 : 1.0)*ps_rng_normal(&k->rng));
    }
  }
}

share_case share_case_random(uint64_t seed, double p) {
  builder k = {.c = NULL};
  ps_rng_init(&k.rng, seed);
  const int n = 3 + (int)between(&k.rng, 0, 22);
  const int na = (int)between(&k.rng, 0, 5.0*n);
  const int ns = (int)between(&k.rng, 0, 1.5*n);
  share_case c = share_case_new(n, na, ns, n*(na + ns), p);
  k.c = &c;
  const bool is_muscle = true;
  for (int j = 0; j < na; j++) {
    random_column(&k, n, is_muscle);
    end_muscle(&k, log_between(&k.rng, 0.01, 3.0));
  }
  for (int j = 0; j < ns; j++) {
    random_column(&k, n, false);
    c.e[k.ns] = log_between(&k.rng, 1e-7, 1e-2);
    k.ns++;
    c.col[na + k.ns] = k.nnz;
  }
  const double load = log_between(&k.rng, 1.0, 300.0);
  for (int i = 0; i < n; i++) {
    c.b[i] = load*ps_rng_normal(&k.rng);
    c.w[i] = log_between(&k.rng, 0.1, 10.0);
  }
  return c;
}

void share_case_move(share_case *c, uint64_t seed, double amount) {
  ps_rng rng;
  ps_rng_init(&rng, seed);
  const ps_share_problem *q = &c->problem;
  const int nmuscle_entries = q->col[q->na], nnz = q->col[q->na + q->ns];
  for (int k = 0; k < nnz; k++) {
    const double f = 1.0 + amount*ps_rng_normal(&rng);
    if (k < nmuscle_entries || c->row[k] > 2) c->val[k] *= f;
  }
  for (int i = 0; i < q->n; i++) c->b[i] *= 1.0 + amount*ps_rng_normal(&rng);
}

const char *share_task_name(share_task task) {
  static const char *const name[SHARE_NTASK] = {"stand", "flexed", "lateral", "heavy", "one-leg", "sit"};
  return (int)task >= 0 && task < SHARE_NTASK ? name[task] : "?";
}
