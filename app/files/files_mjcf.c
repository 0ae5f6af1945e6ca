/* MJCF export. Our axes (x forward, y up) are kept: gravity points along -y. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_mjcf.h"

#include <math.h>
#include <string.h>

#include "psoas/vec.h"

static void write_pose(FILE *out, const double p[3], const double R[9]) {
  fprintf(out, "pos=\"%.17g %.17g %.17g\" xyaxes=\"%.17g %.17g %.17g %.17g %.17g %.17g\"", p[0], p[1], p[2], R[0], R[3],
          R[6], R[1], R[4], R[7]);
}

static void write_joints(FILE *out, const ps_model *m, const ps_body *b, int depth) {
  for (int j = b->coord; j < b->coord + b->ncoord; j++) {
    const ps_coord *c = &m->coord[j];
    fprintf(out, "%*s<joint name=\"%s\" type=\"%s\" axis=\"%.17g %.17g %.17g\"/>\n", depth, "", c->name,
            c->is_translation ? "slide" : "hinge", c->axis[0], c->axis[1], c->axis[2]);
  }
}

static void write_sites(FILE *out, const ps_model *m, int ibody, int depth) {
  for (int i = 0; i < m->npoint; i++) {
    const ps_point *p = &m->point[i];
    const bool is_second = p->body2 >= 0 && p->weight2 > 0.5;
    if ((is_second ? p->body2 : p->body) != ibody) continue;
    const double *x = is_second ? p->pos2 : p->pos;
    fprintf(out, "%*s<site name=\"p%d\" pos=\"%.17g %.17g %.17g\"/>\n", depth, "", i, x[0], x[1], x[2]);
  }
  for (int i = 0; i < m->nlandmark; i++) {
    const ps_place *p = &m->landmark[i];
    if (p->body == ibody)
      fprintf(out, "%*s<site name=\"%s\" pos=\"%.17g %.17g %.17g\"/>\n", depth, "", p->name, p->pos[0], p->pos[1],
              p->pos[2]);
  }
}

// where paths pass a cylinder: they wind right-handed about its axis, so on the side of (their direction) x (axis)
static void pass_side(const ps_model *m, const ps_state *s, int iwrap, double side[3]) {
  const ps_wrap *w = &m->wrap[iwrap];
  const double z[3] = {w->frame[2], w->frame[5], w->frame[8]};
  ps_vec_set(side, 0.0, 0.0, 0.0);
  for (int k = 0; k < m->nstretch; k++) {
    if (m->stretch[k].wrap != iwrap) continue;
    double along[3], local[3], one[3];
    ps_sub(along, s->x + 3*m->stretch[k].to, s->x + 3*m->stretch[k].from);
    ps_rotate_back(local, s->R + 9*w->body, along);
    ps_cross(one, local, z);
    ps_add(side, side, one);
  }
  ps_normalise(side);
}

// a cylinder, and a site on the side where paths pass
static void write_wraps(FILE *out, const ps_model *m, const ps_state *s, int ibody, int depth) {
  for (int i = 0; i < m->nwrap; i++) {
    const ps_wrap *w = &m->wrap[i];
    if (w->body != ibody) continue;
    const double z[3] = {w->frame[2], w->frame[5], w->frame[8]}, half = 0.2;
    double a[3], b[3], x[3], side[3];
    ps_vec_copy(a, w->centre);
    ps_vec_copy(b, w->centre);
    ps_axpy(a, -half, z);
    ps_axpy(b, half, z);
    fprintf(out, "%*s<geom name=\"w%d\" type=\"cylinder\" fromto=\"%.17g %.17g %.17g %.17g %.17g %.17g\" size=\"%.17g\"/>\n",
            depth, "", i, a[0], a[1], a[2], b[0], b[1], b[2], w->radius);
    pass_side(m, s, i, side);
    ps_vec_copy(x, w->centre);
    ps_axpy(x, 1.5*w->radius, side);
    fprintf(out, "%*s<site name=\"s%d\" pos=\"%.17g %.17g %.17g\"/>\n", depth, "", i, x[0], x[1], x[2]);
  }
}

static void write_body(FILE *out, const ps_model *m, const ps_state *s, int ibody, int depth) {
  const ps_body *b = &m->body[ibody];
  fprintf(out, "%*s<body name=\"%s\" ", depth, "", b->name);
  write_pose(out, b->origin, b->R0);
  fprintf(out, ">\n");
  write_joints(out, m, b, depth + 2);
  // point masses: statics needs no inertia, MuJoCo wants a small one
  fprintf(out, "%*s<inertial pos=\"%.17g %.17g %.17g\" mass=\"%.17g\" diaginertia=\"1e-3 1e-3 1e-3\"/>\n", depth + 2, "",
          b->com[0], b->com[1], b->com[2], fmax(b->mass, 1e-9));
  write_sites(out, m, ibody, depth + 2);
  write_wraps(out, m, s, ibody, depth + 2);
  for (int i = 0; i < m->nbody; i++)
    if (m->body[i].parent == ibody) write_body(out, m, s, i, depth + 2);
  fprintf(out, "%*s</body>\n", depth, "");
}

static void write_tendon(FILE *out, const ps_model *m, const ps_muscle *p) {
  fprintf(out, "    <spatial name=\"%s\">\n      <site site=\"p%d\"/>\n", p->name, m->stretch[p->stretch].from);
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
    const ps_stretch *st = &m->stretch[k];
    if (st->wrap >= 0) fprintf(out, "      <geom geom=\"w%d\" sidesite=\"s%d\"/>\n", st->wrap, st->wrap);
    fprintf(out, "      <site site=\"p%d\"/>\n", st->to);
  }
  fprintf(out, "    </spatial>\n");
}

bool files_mjcf_is_exact(const ps_model *m, int imuscle) {
  const ps_muscle *p = &m->muscle[imuscle];
  for (int k = p->stretch; k < p->stretch + p->nstretch; k++) {
    const ps_stretch *st = &m->stretch[k];
    if (st->wrap >= 0 || m->point[st->from].body2 >= 0 || m->point[st->to].body2 >= 0) return false;
  }
  return true;
}

ps_status files_mjcf_write(FILE *out, const ps_model *m) {
  ps_state *s = NULL;
  PS_TRY(ps_state_new(m, &s));
  ps_state_kinematics(s);
  ps_state_paths(s);
  fprintf(out, "<mujoco model=\"psoas\">\n  <compiler angle=\"radian\"/>\n"
               "  <option gravity=\"0 %.17g 0\"><flag contact=\"disable\" constraint=\"disable\"/></option>\n"
               "  <default><geom contype=\"0\" conaffinity=\"0\"/><site size=\"0.003\"/></default>\n  <worldbody>\n",
          -m->gravity);
  write_body(out, m, s, 0, 4);
  fprintf(out, "  </worldbody>\n  <tendon>\n");
  for (int i = 0; i < m->nmuscle; i++) write_tendon(out, m, &m->muscle[i]);
  fprintf(out, "  </tendon>\n</mujoco>\n");
  ps_state_free(s);
  return ferror(out) ? PS_EIO : PS_OK;
}
