/* A person's body for tests. See person.h. SPDX-License-Identifier: Apache-2.0 */
#include "support/person.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "psoas/vec.h"

static void need(bool is_there, const char *what) {
  if (is_there) return;
  fprintf(stderr, "test set-up: %s\n", what);
  abort();
}

ps_person person_of_height(double height_m) {
  return (ps_person){.age_years = 40.0, .height_m = height_m, .mass_kg = 70.0/(1.74*1.74)*height_m*height_m};
}

person_body person_open(const ps_person *person, char area_set) {
  person_body b = {.anatomy = NULL};
  ps_error err = {PS_OK, 0, "", ""};
  need(files_anatomy_load(files_source_packed(), &b.anatomy, &err) == PS_OK, err.msg);
  b.tables = files_anatomy_view(b.anatomy);
  const ps_body_opts opts = {.area_set = area_set};
  need(ps_model_new(b.tables, person, &opts, &b.model, &err) == PS_OK, err.msg);
  need(ps_state_new(b.model, &b.state) == PS_OK, "out of memory");
  ps_muscle_fit_capsule(b.model, b.state);
  person_neutral(b.state);
  return b;
}

person_body person_open_man(double height_m) {
  const ps_person man = person_of_height(height_m);
  return person_open(&man, 'A');
}

void person_close(person_body *b) {
  ps_state_free(b->state);
  ps_model_free(b->model);
  files_anatomy_free(b->anatomy);
  *b = (person_body){.anatomy = NULL};
}

int person_coord(const ps_model *model, const char *name) {
  const int i = ps_model_find_coord(model, name);
  need(i >= 0, name);
  return i;
}

int person_segment(const ps_model *model, const char *name) {
  const int i = ps_model_find_body(model, name);
  need(i >= 0, name);
  return i;
}

int person_muscle(const ps_model *model, const char *name) {
  const int i = ps_model_find_muscle(model, name);
  need(i >= 0, name);
  return i;
}

void person_evaluate(ps_state *state) {
  ps_state_kinematics(state);
  ps_state_paths(state);
}

void person_neutral(ps_state *state) {
  memset(state->q, 0, (size_t)state->model->ncoord*sizeof *state->q);
  person_evaluate(state);
}

void person_random(ps_rng *rng, double share, ps_state *state) {
  const ps_model *m = state->model;
  for (int j = 0; j < m->ncoord; j++) {
    const ps_coord *c = &m->coord[j];
    const double middle = 0.5*(c->min + c->max), half = 0.5*(c->max - c->min);
    state->q[j] = middle + share*half*(2.0*ps_rng_uniform(rng) - 1.0);
  }
}

void person_mirror(const ps_state *from, ps_state *to) {
  for (int j = 0; j < from->model->ncoord; j++) {
    const ps_coord *c = &from->model->coord[j];
    to->q[c->mirror] = c->mirror_sign*from->q[j];
  }
}

double person_arm(const ps_state *state, int imuscle, int icoord) {
  const ps_muscle *p = &state->model->muscle[imuscle];
  for (int t = p->arm; t < p->arm + p->narm; t++)
    if (state->model->arm_coord[t] == icoord) return state->arm[t];
  return 0.0;
}

// distance of a world point from the axis of a wrap
static double from_axis(const ps_state *s, const ps_wrap *w, const double x[3]) {
  double centre[3], axis[3], d[3], across[3];
  const double local[3] = {w->frame[2], w->frame[5], w->frame[8]};
  ps_state_position(s, w->body, w->centre, centre);
  ps_rotate(axis, s->R + 9*w->body, local);
  ps_sub(d, x, centre);
  ps_cross(across, axis, d);
  return ps_norm(across);
}

double person_clearance(const ps_state *state, int imuscle) {
  const ps_model *m = state->model;
  const ps_muscle *p = &m->muscle[imuscle];
  double least = HUGE_VAL;
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
    const ps_stretch *st = &m->stretch[k];
    if (st->wrap < 0) continue;
    const ps_wrap *w = &m->wrap[st->wrap];
    least = fmin(least, from_axis(state, w, state->x + 3*st->from) - w->radius);
    least = fmin(least, from_axis(state, w, state->x + 3*st->to) - w->radius);
  }
  return least;
}

bool person_is_group(const ps_muscle *muscle, const char *group) { return strcmp(muscle->group, group) == 0; }

const char *person_origin(const ps_model *model, const ps_muscle *muscle) {
  return model->body[model->point[model->stretch[muscle->stretch].from].body].name;
}
