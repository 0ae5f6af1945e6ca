/* Muscles of both sides: points, wraps, stretches, strengths, and tendon lengths from the neutral posture.
 * Theory: docs/theory/muscle.md section 1. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

typedef struct side_name { ps_name text; } side_name;

static side_name on_side(const ps_name name, bool is_left) {
  side_name s;
  memcpy(s.text, name, sizeof s.text);
  if (is_left) ps__mirror_name(name, s.text);
  return s;
}

static ps_status missing(ps_error *err, const char *row, const char *name) {
  return ps_error_set(err, PS_EFORMAT, 0, "paths.csv", "fascicle %s names \"%s\", which no table defines", row, name);
}

static ps_status add_wraps(const ps_anatomy *a, ps_model *m, ps_error *err) {
  for (int i = 0; i < 2*a->nwrap; i++) {
    const ps_anat_wrap *row = &a->wrap[i/2];
    const bool is_left = i % 2 == 1;
    ps_wrap *w = &m->wrap[m->nwrap++];
    memcpy(w->name, row->name, sizeof w->name);
    w->body = ps_model_find_body(m, on_side(row->body, is_left).text);
    if (w->body < 0) return missing(err, row->name, row->body);
    w->radius = row->radius_m*m->scale;
    ps_scale(w->centre, m->scale, row->centre_m);
    if (is_left) w->centre[2] = -w->centre[2];

    // the axis is turned so that every path winds right-handed about it
    double ez[3], ex[3], ey[3];
    ps_scale(ez, row->winding, row->axis);
    if (is_left) ps_vec_set(ez, -ez[0], -ez[1], ez[2]);
    if (!(ps_normalise(ez) > 0.0) || !(w->radius > 0.0))
      return ps_error_set(err, PS_EFORMAT, 0, "wraps.csv", "wrap %s needs an axis and a radius above 0", row->name);

    // any perpendicular pair will do; taken from the least aligned axis, mirrored on the left
    double helper[3] = {0.0, 0.0, 0.0};
    helper[fabs(ez[0]) < 0.7 ? 0 : 1] = 1.0;
    ps_cross(ey, ez, helper);
    ps_normalise(ey);
    ps_cross(ex, ey, ez);
    for (int k = 0; k < 3; k++) {
      w->frame[3*k] = ex[k];
      w->frame[3*k + 1] = ey[k];
      w->frame[3*k + 2] = ez[k];
    }
  }
  return PS_OK;
}

static int find_wrap(const ps_anatomy *a, const char *name, bool is_left) {
  for (int i = 0; i < a->nwrap; i++)
    if (strcmp(a->wrap[i].name, name) == 0) return 2*i + is_left;
  return -1;
}

typedef struct maker {    // what the making of muscles needs from one to the next
  const ps_anatomy *anatomy;
  int ipath;             // where the path of the fascicle before begins
  double trunk, leg;     // specific tension                               [Pa]
  double area;           // person's muscle area over the reference body's [-]
} maker;

// the first row of a fascicle in the path table, where its rows stand together; npoint when it has none. Fascicles mostly follow
// one another as in the table of muscles, so the search goes on where it was
static int find_path(const ps_anatomy *a, const char *name, int from) {
  for (int k = 0; k < a->npoint; k++) {
    const int i = (from + k) % a->npoint;
    if (strcmp(a->point[i].muscle, name) == 0 && (i == 0 || strcmp(a->point[i - 1].muscle, name) != 0)) return i;
  }
  return a->npoint;
}

// the fascicle's points and stretches from its rows of the path table
static ps_status add_path(maker *k, const ps_anat_muscle *row, bool is_left, ps_model *m, ps_muscle *out, ps_error *err) {
  int wrap = -1, last = -1;
  out->stretch = m->nstretch;
  const ps_anatomy *a = k->anatomy;
  int i = find_path(a, row->name, k->ipath);
  k->ipath = i < a->npoint ? i : 0;
  for (; i < a->npoint && strcmp(a->point[i].muscle, row->name) == 0; i++) {
    const ps_anat_point *p = &a->point[i];
    if (p->kind == PS_POINT_WRAP) {
      if (wrap >= 0 || last < 0)
        return ps_error_set(err, PS_EFORMAT, 0, "paths.csv", "fascicle %s: a wrap must stand between two points", row->name);
      wrap = find_wrap(a, p->wrap, is_left);
      if (wrap < 0) return missing(err, row->name, p->wrap);
      continue;
    }
    ps_point *q = &m->point[m->npoint];
    q->body = ps_model_find_body(m, on_side(p->body, is_left).text);
    if (q->body < 0) return missing(err, row->name, p->body);
    q->body2 = -1;
    ps_scale(q->pos, m->scale, p->pos_m);
    if (is_left) q->pos[2] = -q->pos[2];
    if (p->kind == PS_POINT_BLEND) {
      q->body2 = ps_model_find_body(m, on_side(p->body2, is_left).text);
      if (q->body2 < 0) return missing(err, row->name, p->body2);
      q->weight2 = p->weight2;
    }
    if (last >= 0) m->stretch[m->nstretch++] = (ps_stretch){.from = last, .to = m->npoint, .wrap = wrap};
    wrap = -1;
    last = m->npoint++;
  }
  out->nstretch = m->nstretch - out->stretch;
  if (out->nstretch < 1 || wrap >= 0)
    return ps_error_set(err, PS_EFORMAT, 0, "paths.csv", "fascicle %s needs at least two points, the last not a wrap", row->name);
  return PS_OK;
}

static int group_index(ps_model *m, const ps_name name) {
  for (int i = 0; i < m->ngroup; i++)
    if (strcmp(m->group[i], name) == 0) return i;
  memcpy(m->group[m->ngroup], name, sizeof m->group[0]);
  return m->ngroup++;
}

// longest fibre in the neutral posture over its path; assumed, because every fascicle has some tendon at its ends. Short
// fascicles meet it, most of all where a strong lumbar curve brings their ends together
static const double FIBRE_SHARE_MAX = 0.8;

static ps_status read_strength(const ps_model *m, maker *r, ps_error *err) {
  const ps_anatomy *a = r->anatomy;
  double mass = 0.0, female = 0.0;
  PS_TRY(ps__param(a, "specific_tension_trunk", &r->trunk, err));
  PS_TRY(ps__param(a, "specific_tension_leg", &r->leg, err));
  PS_TRY(ps__param(a, "reference_mass", &mass, err));
  PS_TRY(ps__param(a, "female_area_factor", &female, err));
  r->trunk *= 1e4;  // the table has N/cm2
  r->leg *= 1e4;
  if (m->opts.trunk_tension_Pa > 0.0) r->trunk = m->opts.trunk_tension_Pa;
  r->area = pow(m->person.mass_kg/mass, 2.0/3.0)*(m->person.is_female ? female : 1.0);
  return PS_OK;
}

static ps_status add_muscle(maker *k, const ps_anat_muscle *row, bool is_left, ps_model *m, ps_error *err) {
  ps_muscle *out = &m->muscle[m->nmuscle];
  const side_name name = on_side(row->name, is_left);
  memcpy(out->name, name.text, sizeof out->name);
  memcpy(out->group, row->group, sizeof out->group);
  out->igroup = group_index(m, row->group);
  out->side = is_left ? PS_LEFT : PS_RIGHT;
  out->mirror = is_left ? m->nmuscle - 1 : m->nmuscle + 1;
  out->optimal_length = row->optimal_length_m*m->scale;
  out->width = out->optimal_length*sin(row->pennation_rad);
  out->strain_zero = row->strain_zero + (row->is_trunk ? m->opts.trunk_strain_shift : 0.0);
  out->strain_one = row->strain_one + (row->is_trunk ? m->opts.trunk_strain_shift : 0.0);
  out->stiffness = 1.0;
  PS_TRY(add_path(k, row, is_left, m, out, err));

  // the strength of pressure is its greatest value times the area it acts on, which grows with size only
  out->is_pressure = strcmp(row->group, "intra_abdominal_pressure") == 0;
  if (out->is_pressure) {
    double kPa = 0.0;
    PS_TRY(ps__param(k->anatomy, "intra_abdominal_pressure_max", &kPa, err));
    out->strength = kPa*1e3*row->area_m2*m->scale*m->scale;
    PS_TRY(ps__param(k->anatomy, "intra_abdominal_pressure_cost", &out->volume, err));
  } else {
    const double area = row->area_m2*k->area;
    out->strength = area*(row->is_trunk ? k->trunk : k->leg);
    out->volume = area*1e4*out->optimal_length;  // ps__build_tendons may still shorten the fibre
  }
  m->nmuscle++;
  return PS_OK;
}

ps_status ps__build_muscles(const ps_anatomy *a, ps_model *m, ps_error *err) {
  maker k = {.anatomy = a};
  PS_TRY(read_strength(m, &k, err));
  PS_TRY(add_wraps(a, m, err));
  for (int i = 0; i < a->nmuscle; i++) {
    ps_name left;
    if (a->muscle[i].area_set && a->muscle[i].area_set != m->opts.area_set) continue;
    if (!ps__mirror_name(a->muscle[i].name, left))
      return ps_error_set(err, PS_EFORMAT, 0, "muscles.csv", "the name %s must end in _right", a->muscle[i].name);
    PS_TRY(add_muscle(&k, &a->muscle[i], false, m, err));
    PS_TRY(add_muscle(&k, &a->muscle[i], true, m, err));
  }
  return PS_OK;
}

// the same place seen from the second body of a blended point, in the neutral posture
static void join_blends(ps_model *m, const ps_state *s) {
  for (int i = 0; i < m->npoint; i++) {
    ps_point *p = &m->point[i];
    if (p->body2 < 0) continue;
    double x[3], d[3];
    ps_state_position(s, p->body, p->pos, x);
    ps_sub(d, x, s->o + 3*p->body2);
    ps_rotate_back(p->pos2, s->R + 9*p->body2, d);
  }
}

// a muscle and its mirror stand side by side, the right one first and named as in the tables
static double neutral_fibre(const ps_anatomy *a, const ps_model *m, int imuscle) {
  const char *right = m->muscle[imuscle - imuscle % 2].name;
  for (int i = 0; i < a->nmuscle; i++)
    if (strcmp(a->muscle[i].name, right) == 0) return a->muscle[i].neutral_fibre_length;
  PS_ASSERT(false && "every fascicle comes from a row");
  return 1.0;
}

// fibre and tendon of one fascicle from its neutral path: the fibre as in the tables, or as long as the path allows
static void fit_fibre(ps_muscle *p, double neutral_fibre) {
  const double longest = FIBRE_SHARE_MAX*p->neutral_length, fibre = neutral_fibre*p->optimal_length;
  if (fibre > longest) {
    const double share = longest/fibre;
    p->optimal_length *= share;
    p->width *= share;
    p->volume *= share;
  }
  const double length = neutral_fibre*p->optimal_length;
  p->tendon_length = p->neutral_length - sqrt(fmax(0.0, length*length - p->width*p->width));
}

ps_status ps__build_tendons(const ps_anatomy *a, ps_model *m) {
  ps_state *s = NULL;
  PS_TRY(ps_state_new(m, &s));
  ps_state_kinematics(s);
  join_blends(m, s);
  ps_state_paths(s);
  for (int i = 0; i < m->nmuscle; i++) {
    ps_muscle *p = &m->muscle[i];
    p->neutral_length = s->length[i];
    if (!p->is_pressure) fit_fibre(p, neutral_fibre(a, m, i));
  }
  ps_state_free(s);
  return PS_OK;
}
