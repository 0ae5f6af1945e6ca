/* The body in one posture: memory, and where every body, joint centre and joint axis is.
 * Theory: docs/theory/body.md section 3. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "psoas/model.h"
#include "psoas/vec.h"

static void *take(ps_arena *arena, int count) { return ps_arena_take(arena, (size_t)count, sizeof(double)); }

ps_status ps_state_new(const ps_model *m, ps_state **state) {
  *state = NULL;
  const int doubles = m->ncoord*7 + m->nbody*12 + m->npoint*3 + m->nstretch*13 + m->nmuscle + m->narm;
  const size_t size = sizeof(ps_state) + (size_t)doubles*sizeof(double) + (size_t)m->nstretch + 14u*64u;
  void *memory = malloc(size);
  if (!memory) return PS_ENOMEM;

  ps_arena arena;
  ps_arena_init(&arena, memory, size);
  ps_state *s = ps_arena_take(&arena, 1, sizeof *s);
  s->model = m;
  s->memory = memory;
  s->q = take(&arena, m->ncoord);
  s->R = take(&arena, m->nbody*9);
  s->o = take(&arena, m->nbody*3);
  s->w = take(&arena, m->ncoord*3);
  s->c = take(&arena, m->ncoord*3);
  s->x = take(&arena, m->npoint*3);
  s->u = take(&arena, m->nstretch*6);
  s->tangent = take(&arena, m->nstretch*6);
  s->length = take(&arena, m->nmuscle);
  s->arm = take(&arena, m->narm);
  s->wrapped = ps_arena_take(&arena, (size_t)m->nstretch, 1);
  PS_ASSERT(s->wrapped != NULL);
  *state = s;
  return PS_OK;
}

void ps_state_free(ps_state *state) {
  if (state) free(state->memory);
}

void ps_state_kinematics(ps_state *s) {
  const ps_model *m = s->model;
  for (int i = 0; i < m->nbody; i++) {
    const ps_body *b = &m->body[i];
    double *o = s->o + 3*i, *R = s->R + 9*i;

    // where the joint is and how the body stands in it when its coordinates are zero
    double A[9], B[9];
    if (b->parent >= 0) {
      ps_rotate(o, s->R + 9*b->parent, b->origin);
      ps_add(o, o, s->o + 3*b->parent);
      ps_mat_mul(A, s->R + 9*b->parent, b->R0);
    } else {
      ps_vec_copy(o, b->origin);
      for (int k = 0; k < 9; k++) A[k] = b->R0[k];
    }

    // turn about each axis in order; a later axis is carried by the earlier turns
    for (int j = b->coord; j < b->coord + b->ncoord; j++) {
      const ps_coord *c = &m->coord[j];
      double *w = s->w + 3*j;
      ps_rotate(w, A, c->axis);
      if (c->is_translation) {
        ps_axpy(o, s->q[j], w);
        continue;
      }
      double turn[9];
      ps_mat_axis_angle(turn, c->axis, s->q[j]);
      ps_mat_mul(B, A, turn);
      for (int k = 0; k < 9; k++) A[k] = B[k];
    }
    for (int k = 0; k < 9; k++) R[k] = A[k];
    for (int j = b->coord; j < b->coord + b->ncoord; j++) {
      if (m->coord[j].is_translation)
        ps_vec_set(s->c + 3*j, 0.0, 0.0, 0.0);
      else
        ps_cross(s->c + 3*j, o, s->w + 3*j);
    }
  }
}

void ps_state_position(const ps_state *s, int ibody, const double local[3], double world[3]) {
  ps_rotate(world, s->R + 9*ibody, local);
  ps_add(world, world, s->o + 3*ibody);
}

double ps_state_com(const ps_state *s, double com[3]) {
  double mass = 0.0;
  ps_vec_set(com, 0.0, 0.0, 0.0);
  for (int i = 0; i < s->model->nbody; i++) {
    double x[3];
    ps_state_position(s, i, s->model->body[i].com, x);
    ps_axpy(com, s->model->body[i].mass, x);
    mass += s->model->body[i].mass;
  }
  ps_scale(com, 1.0/mass, com);
  return mass;
}
