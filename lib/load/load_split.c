/* Who makes a load: each source's share at each disc by virtual displacement of the part above it. A fascicle's share is
 * its force times the rate at which a translation of that part shortens it. Theory: docs/theory/load.md section 2.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

// share of a path point that moves with coordinate j
static double moved(const ps_model *m, const ps_point *p, int j) {
  const double first = ps_model_moves(m, p->body, j) ? 1.0 : 0.0;
  if (p->body2 < 0) return first;
  const double second = ps_model_moves(m, p->body2, j) ? 1.0 : 0.0;
  return first + p->weight2*(second - first);
}

// -dL/dt of a fascicle when everything that coordinate j moves is translated by t
static void shortening(const ps_state *s, int imuscle, int j, double out[3]) {
  const ps_model *m = s->model;
  const ps_muscle *p = &m->muscle[imuscle];
  ps_vec_set(out, 0.0, 0.0, 0.0);
  double from = moved(m, &m->point[m->stretch[p->stretch].from], j);
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
    const ps_stretch *st = &m->stretch[k];
    const double to = moved(m, &m->point[st->to], j), *u = s->u + 6*k;
    if (s->wrapped[k]) {
      const double bone = ps_model_moves(m, m->wrap[st->wrap].body, j) ? 1.0 : 0.0;
      ps_axpy(out, from - bone, u);
      ps_axpy(out, bone - to, u + 3);
    } else if (from != to) {
      ps_axpy(out, from - to, u);
    }
    from = to;
  }
}

static void add(ps_load_share *out, double factor, const ps_load_share *x, double moment) {
  out->compression += factor*x->compression;
  out->anterior_shear += factor*x->anterior_shear;
  out->lateral_shear += factor*x->lateral_shear;
  out->flexion_moment += factor*moment;
}

static void add_muscles(ps_load_share *row, const ps_recruit *r, const ps_state *s, int j, const double frame[9]) {
  for (int i = 0; i < s->model->nmuscle; i++) {
    const int arm = ps_model_arm(s->model, i, j);
    if (arm < 0) continue;
    double force[3];
    shortening(s, i, j, force);
    const ps_load_share one = ps__load_share(force, frame);
    ps_load_share *out = row + PS_SOURCE_GROUPS + 2*s->model->muscle[i].igroup;
    add(out, r->passive[i], &one, s->arm[arm]);
    add(out + 1, r->active[i], &one, s->arm[arm]);
  }
}

// a force from outside at x, when the body it acts on is above the disc
static void add_force(ps_load_share *out, const ps_state *s, int j, const double frame[9], const double x[3],
                      const double f[3]) {
  const double *o = s->o + 3*s->model->coord[j].body;
  double from_joint[3], moment[3];
  const ps_load_share one = ps__load_share(f, frame);
  ps_sub(from_joint, x, o);
  ps_cross(moment, from_joint, f);
  add(out, 1.0, &one, ps_dot(s->w + 3*j, moment));
}

static void add_outside(ps_load_share *row, const ps_recruit *r, const ps_state *s, int j, const double frame[9]) {
  const ps_model *m = s->model;
  double x[3];

  // all weight above at its common centre
  double weight[3] = {0.0, 0.0, 0.0}, centre[3] = {0.0, 0.0, 0.0}, mass = 0.0;
  for (int i = 0; i < m->nbody; i++) {
    if (!ps_model_moves(m, i, j)) continue;
    ps_state_position(s, i, m->body[i].com, x);
    ps_axpy(centre, m->body[i].mass, x);
    mass += m->body[i].mass;
  }
  ps_scale(centre, 1.0/mass, centre);
  weight[1] = -mass*m->gravity;
  add_force(&row[PS_SOURCE_GRAVITY], s, j, frame, centre, weight);

  for (int i = 0; i < r->scene.ncarried; i++) {
    const ps_carried *c = &r->scene.carried[i];
    if (!ps_model_moves(m, c->body, j)) continue;
    ps_state_position(s, c->body, c->pos, x);
    add_force(&row[PS_SOURCE_CARRIED], s, j, frame, x, c->force);
  }
  for (int i = 0; i < r->scene.nsupport; i++) {
    const ps_place *place = &m->contact[r->scene.support[i].contact];
    if (!ps_model_moves(m, place->body, j)) continue;
    ps_state_position(s, place->body, place->pos, x);
    add_force(&row[PS_SOURCE_CONTACT], s, j, frame, x, r->contact + 3*i);
  }
}

// couples between neighbours cannot push. A reserve stands for a muscle that is missing: the disc bears its moment. This
// level's bushing is the disc itself and those of other levels cancel above it, so PS_SOURCE_ELASTIC stays zero here.
static void add_couples(ps_load_share *row, const ps_recruit *r, int j) {
  row[PS_SOURCE_RESERVE].flexion_moment = r->reserve[j];
}

void ps__load_split(ps_load *l, const ps_recruit *r, const ps_state *s) {
  memset(l->split, 0, (size_t)(l->nlevel*l->nsource)*sizeof *l->split);
  for (int k = 0; k < l->nlevel; k++) {
    const ps_disc *d = &l->model->disc[k];
    ps_load_share *row = l->split + k*l->nsource;
    const int j = l->model->body[d->upper].coord;
    double frame[9];
    ps__load_disc_frame(s, d, frame);
    add_outside(row, r, s, j, frame);
    add_muscles(row, r, s, j, frame);
    add_couples(row, r, j);
  }
}
