/* Bodies, joints, coordinates and named places of both sides at the person's size. The left side is the mirror
 * z -> -z of the right. Theory: docs/theory/body.md section 2. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

static ps_status missing(ps_error *err, const char *table, const char *row, const char *name) {
  return ps_error_set(err, PS_EFORMAT, 0, table, "row %s names \"%s\", which no table defines", row, name);
}

static void copy_scaled(double out[3], const double in[3], double scale, bool is_left) {
  ps_vec_set(out, scale*in[0], scale*in[1], is_left ? -scale*in[2] : scale*in[2]);
}

// one side of one row
static ps_status add_body(const ps_anat_body *row, bool is_left, ps_model *m, ps_error *err) {
  ps_body *b = &m->body[m->nbody];
  ps_name parent;
  memcpy(b->name, row->name, sizeof b->name);
  memcpy(parent, row->parent, sizeof parent);
  b->side = ps__mirror_name(row->name, b->name) ? PS_RIGHT : PS_MIDLINE;
  if (is_left) {
    b->side = PS_LEFT;
    ps__mirror_name(row->parent, parent);
  } else {
    memcpy(b->name, row->name, sizeof b->name);
  }

  b->parent = -1;
  if (m->nbody > 0) {
    b->parent = ps_model_find_body(m, parent);
    if (b->parent < 0) return missing(err, "bodies.csv", row->name, parent);
  }
  copy_scaled(b->origin, row->origin_m, m->scale, is_left);
  copy_scaled(b->com, row->com_m, m->scale, is_left);
  static const double z[3] = {0.0, 0.0, 1.0};
  ps_mat_axis_angle(b->R0, z, row->tilt_rad);
  b->mass = row->mass_fraction[m->person.is_female]*m->person.mass_kg;
  m->nbody++;
  return PS_OK;
}

static ps_status add_coord(const ps_anat_coord *row, bool is_left, ps_model *m, ps_error *err) {
  ps_coord *c = &m->coord[m->ncoord];
  ps_name body;
  memcpy(c->name, row->name, sizeof c->name);
  memcpy(body, row->body, sizeof body);
  ps_vec_copy(c->axis, row->axis);
  if (is_left) {
    ps__mirror_name(row->name, c->name);
    ps__mirror_name(row->body, body);
    // a rotation axis is a pseudo-vector: the same value must be the mirrored movement
    ps_vec_set(c->axis, -row->axis[0], -row->axis[1], row->axis[2]);
  }
  if (!(ps_normalise(c->axis) > 0.0))
    return ps_error_set(err, PS_EFORMAT, 0, "coordinates.csv", "row %s has no axis", row->name);
  c->body = ps_model_find_body(m, body);
  if (c->body < 0) return missing(err, "coordinates.csv", row->name, body);
  c->min = row->min_rad;
  c->max = row->max_rad;
  c->is_balanced = row->is_balanced;
  c->is_translation = c->body == 0 && m->body[0].ncoord < 3;

  ps_body *b = &m->body[c->body];
  if (b->ncoord == 0) b->coord = m->ncoord;
  if (b->coord + b->ncoord != m->ncoord)
    return ps_error_set(err, PS_EFORMAT, 0, "coordinates.csv", "the rows of body %s are not together", body);
  b->ncoord++;
  m->ncoord++;
  return PS_OK;
}

// bodies and coordinates that are each other's mirror image
static void pair_sides(ps_model *m) {
  for (int i = 0; i < m->nbody; i++) {
    ps_name left;
    m->body[i].mirror = i;
    if (m->body[i].side != PS_RIGHT || !ps__mirror_name(m->body[i].name, left)) continue;
    const int k = ps_model_find_body(m, left);
    m->body[i].mirror = k;
  }
  for (int i = 0; i < m->nbody; i++)
    if (m->body[i].side == PS_RIGHT) m->body[m->body[i].mirror].mirror = i;

  for (int i = 0; i < m->ncoord; i++) {
    ps_coord *c = &m->coord[i];
    const ps_body *b = &m->body[c->body];
    c->mirror = m->body[b->mirror].coord + (i - b->coord);
    c->mirror_sign = 1.0;
    if (b->side != PS_MIDLINE) continue;
    const bool is_odd = fabs(c->axis[2]) < 0.5;
    c->mirror_sign = is_odd == !c->is_translation ? -1.0 : 1.0;
  }
}

static void fill_moves(ps_model *m) {
  for (int i = 0; i < m->nbody; i++) {
    uint64_t *set = m->moves + i*m->nword;
    const ps_body *b = &m->body[i];
    if (b->parent >= 0) memcpy(set, m->moves + b->parent*m->nword, (size_t)m->nword*sizeof *set);
    for (int j = b->coord; j < b->coord + b->ncoord; j++) set[j/64] |= (uint64_t)1 << (j % 64);
  }
}

static ps_status add_places(const ps_anat_place *row, int n, ps_model *m, ps_place *out, int *nout, ps_error *err) {
  for (int i = 0; i < n; i++) {
    ps_name left;
    const bool is_paired = ps__mirror_name(row[i].name, left);
    for (int k = 0; k < (is_paired ? 2 : 1); k++) {
      ps_place *p = &out[*nout];
      ps_name body;
      memcpy(p->name, k ? left : row[i].name, sizeof p->name);
      memcpy(body, row[i].body, sizeof body);
      if (k) ps__mirror_name(row[i].body, body);
      p->body = ps_model_find_body(m, body);
      if (p->body < 0) return missing(err, "contacts.csv or landmarks.csv", row[i].name, body);
      copy_scaled(p->pos, row[i].pos_m, m->scale, k == 1);
      (*nout)++;
    }
  }
  return PS_OK;
}

static ps_status add_stiffness(const ps_anatomy *a, ps_model *m, ps_error *err) {
  for (int i = 0; i < a->nstiffness; i++) {
    const ps_anat_stiffness *row = &a->stiffness[i];
    const int k = ps_model_find_coord(m, row->coord);
    if (k < 0) return missing(err, "stiffness.csv", row->coord, row->coord);
    m->coord[k].linear = row->linear_Nm;
    m->coord[k].cubic = row->cubic_Nm;
    m->coord[m->coord[k].mirror].linear = row->linear_Nm;
    m->coord[m->coord[k].mirror].cubic = row->cubic_Nm;
  }
  return PS_OK;
}

ps_status ps__build_bodies(const ps_anatomy *a, ps_model *m, ps_error *err) {
  double reference = 0.0;
  PS_TRY(ps__param(a, "reference_height", &reference, err));
  PS_TRY(ps__param(a, "gravity", &m->gravity, err));
  m->scale = m->person.height_m/reference;

  ps_name left;
  for (int i = 0; i < a->nbody; i++) {
    PS_TRY(add_body(&a->body[i], false, m, err));
    if (ps__mirror_name(a->body[i].name, left)) PS_TRY(add_body(&a->body[i], true, m, err));
  }
  m->mass = 0.0;
  for (int i = 0; i < m->nbody; i++) m->mass += m->body[i].mass;

  // the rows of a body stand together, so the left rows follow once the body changes
  for (int i = 0; i < a->ncoord;) {
    int end = i;
    while (end < a->ncoord && strcmp(a->coord[end].body, a->coord[i].body) == 0) end++;
    for (int k = i; k < end; k++) PS_TRY(add_coord(&a->coord[k], false, m, err));
    if (ps__mirror_name(a->coord[i].body, left))
      for (int k = i; k < end; k++) PS_TRY(add_coord(&a->coord[k], true, m, err));
    i = end;
  }
  pair_sides(m);
  fill_moves(m);
  PS_TRY(add_stiffness(a, m, err));

  PS_TRY(add_places(a->contact, a->ncontact, m, m->contact, &m->ncontact, err));
  PS_TRY(add_places(a->landmark, a->nlandmark, m, m->landmark, &m->nlandmark, err));
  for (int i = 0; i < a->ndisc; i++) {
    const ps_anat_disc *row = &a->disc[i];
    ps_disc *d = &m->disc[m->ndisc++];
    memcpy(d->level, row->level, sizeof d->level);
    d->lower = ps_model_find_body(m, row->lower);
    d->upper = ps_model_find_body(m, row->upper);
    if (d->lower < 0 || d->upper < 0) return missing(err, "discs.csv", row->level, d->lower < 0 ? row->lower : row->upper);
    d->area = row->area_m2*m->scale*m->scale;
    d->pressure_factor = row->pressure_factor;
  }
  return PS_OK;
}
