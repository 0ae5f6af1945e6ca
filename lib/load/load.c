/* Loads of discs, hips and sacroiliac joints from free-body sums. Theory: docs/theory/load.md section 1.
 * SPDX-License-Identifier: Apache-2.0 */
#include "psoas/load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

ps_status ps_load_new(const ps_model *m, ps_load **load) {
  *load = NULL;
  const int nsource = PS_SOURCE_GROUPS + 2*m->ngroup;
  const size_t size = sizeof(ps_load) + (size_t)m->ndisc*sizeof(ps_level) +
                      (size_t)(m->ndisc*nsource)*sizeof(ps_load_share) + (size_t)m->nbody*6*sizeof(double) + 5u*64u;
  void *memory = malloc(size);
  if (!memory) return PS_ENOMEM;
  ps_arena a;
  ps_arena_init(&a, memory, size);
  ps_load *l = ps_arena_take(&a, 1, sizeof *l);
  *l = (ps_load){.model = m, .nlevel = m->ndisc, .nsource = nsource, .memory = memory};
  l->level = ps_arena_take(&a, (size_t)m->ndisc, sizeof *l->level);
  l->split = ps_arena_take(&a, (size_t)(m->ndisc*nsource), sizeof *l->split);
  l->wrench = ps_arena_take(&a, (size_t)m->nbody, sizeof *l->wrench);
  PS_ASSERT(l->wrench != NULL);
  *load = l;
  return PS_OK;
}

void ps_load_free(ps_load *load) {
  if (load) free(load->memory);
}

void ps_load_source_name(const ps_load *load, int i, char out[PS_SOURCE_NAME_SIZE]) {
  static const char *const fixed[PS_SOURCE_GROUPS] = {"gravity", "carried load", "contacts", "bushings and capsules",
                                                      "reserves"};
  PS_ASSERT(i >= 0 && i < load->nsource);
  const bool is_muscle = i >= PS_SOURCE_GROUPS;
  const char *name = is_muscle ? load->model->group[(i - PS_SOURCE_GROUPS)/2] : fixed[i];
  const char *tail = !is_muscle ? "" : (i - PS_SOURCE_GROUPS) % 2 ? " active" : " passive";
  PS_ASSERT(strlen(name) + strlen(tail) < PS_SOURCE_NAME_SIZE);
  strcpy(out, name);
  strcat(out, tail);
}

static void add_wrench(double sum[6], double factor, const double wrench[6]) {
  for (int k = 0; k < 6; k++) sum[k] += factor*wrench[k];
}

// everything that acts on the bodies that coordinate j moves
static void sum_moved(const ps_load *l, int j, double sum[6]) {
  memset(sum, 0, 6*sizeof *sum);
  for (int i = 0; i < l->model->nbody; i++)
    if (ps_model_moves(l->model, i, j)) add_wrench(sum, 1.0, l->wrench[i]);
}

// moment about a point from the moment about the origin
static void moment_about(double out[3], const double wrench[6], const double x[3]) {
  double shift[3];
  ps_cross(shift, x, wrench);
  ps_sub(out, wrench + 3, shift);
}

// facets carry 16 % of the compression in the lordotic standing curve, none once slightly flexed    @adams1980
static double facet_share(double flexion) {
  static const double STANDING = 0.16, FREE_AT_DEG = 4.0;
  const double share = STANDING*(1.0 - ps_deg(flexion)/FREE_AT_DEG);
  return fmin(0.5, fmax(0.0, share));
}

// the moment is what bushing and ligaments bear: all that turns the part above, with the couple that no muscle gave
static void fill_levels(ps_load *l, const ps_recruit *r, const ps_state *s) {
  const ps_model *m = l->model;
  for (int k = 0; k < l->nlevel; k++) {
    const ps_disc *d = &m->disc[k];
    const int flexion = m->body[d->upper].coord;
    double sum[6], frame[9], moment[3];
    sum_moved(l, flexion, sum);
    ps__load_disc_frame(s, d, frame);
    moment_about(moment, sum, s->o + 3*d->upper);
    ps_level *out = &l->level[k];
    out->level = d->level;
    out->angle = s->q[flexion];
    out->total = ps__load_share(sum, frame);
    out->total.flexion_moment = ps_dot(s->w + 3*flexion, moment) + r->reserve[flexion];
    out->facet_compression = facet_share(out->angle)*fmax(0.0, out->total.compression);
    out->pressure = out->total.compression/(d->pressure_factor*d->area);
  }
}

static void to_frame(ps_reaction *out, const ps_state *s, int ibody, const double wrench[6], const double centre[3]) {
  double moment[3];
  moment_about(moment, wrench, centre);
  ps_rotate_back(out->force, s->R + 9*ibody, wrench);
  ps_rotate_back(out->moment, s->R + 9*ibody, moment);
}

// hips: the whole leg; sacroiliac joints: the leg with its ilium and half of what hangs on the middle of the pelvis
static void fill_girdle(ps_load *l, const ps_state *s) {
  static const char *const thigh[2] = {"thigh_right", "thigh_left"}, *const ilium[2] = {"ilium_right", "ilium_left"};
  static const char *const joint[2] = {"SI_right", "SI_left"};
  const ps_model *m = l->model;
  const int sacrum = ps_model_find_body(m, "sacrum");
  for (int k = 0; k < 2; k++) {
    const int leg = ps_model_find_body(m, thigh[k]), side = ps_model_find_body(m, ilium[k]);
    const int si = ps_model_find_landmark(m, joint[k]);
    PS_ASSERT(leg >= 0 && side >= 0 && sacrum >= 0 && si >= 0);
    double sum[6], centre[3];
    sum_moved(l, m->body[leg].coord, sum);
    to_frame(&l->hip[k], s, 0, sum, s->o + 3*leg);
    add_wrench(sum, 1.0, l->wrench[side]);
    add_wrench(sum, 0.5, l->wrench[0]);
    ps_state_position(s, m->landmark[si].body, m->landmark[si].pos, centre);
    to_frame(&l->sacroiliac[k], s, sacrum, sum, centre);
  }
}

static void fill_residuals(ps_load *l) {
  const double weight = l->model->mass*l->model->gravity;
  for (int k = 0; k < l->nlevel; k++) {
    ps_load_share sum = {0};
    for (int i = 0; i < l->nsource; i++) {
      const ps_load_share *x = &l->split[k*l->nsource + i];
      sum.compression += x->compression;
      sum.anterior_shear += x->anterior_shear;
      sum.lateral_shear += x->lateral_shear;
    }
    const ps_load_share *t = &l->level[k].total;
    l->level[k].split_residual = fmax(fabs(sum.compression - t->compression),
                                      fmax(fabs(sum.anterior_shear - t->anterior_shear),
                                           fabs(sum.lateral_shear - t->lateral_shear)))/weight;
  }
}

void ps_load_compute(ps_load *load, const ps_recruit *recruit, const ps_state *state) {
  PS_ASSERT(load->model == recruit->model && load->model == state->model);

  // forces on every body, then sums over what each joint carries
  ps__load_wrenches(load, recruit, state);
  fill_levels(load, recruit, state);
  fill_girdle(load, state);

  // who makes them, by another road
  ps__load_split(load, recruit, state);
  fill_residuals(load);
}
