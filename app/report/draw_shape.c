/* Projections, simple shapes and the path of a fascicle. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "app/report/draw.h"
#include "psoas/vec.h"

void draw_project(const draw_view *v, const double x[3], double uv[2]) {
  // seen from the front the person's right is on the left of the picture
  const double across = v->from == DRAW_FROM_RIGHT ? x[0] : v->from == DRAW_FROM_LEFT ? -x[0] : -x[2];
  uv[0] = v->u + v->scale*(across - v->across);
  uv[1] = v->v - v->scale*(x[1] - v->up);
}

void draw_place(const draw_view *v, int ibody, const double local[3], double uv[2]) {
  double x[3];
  ps_state_position(v->state, ibody, local, x);
  draw_project(v, x, uv);
}

bool draw_landmark(const draw_view *v, const char *name, double uv[2]) {
  const int i = ps_model_find_landmark(v->state->model, name);
  if (i < 0) return false;
  const ps_place *p = &v->state->model->landmark[i];
  draw_place(v, p->body, p->pos, uv);
  return true;
}

void draw_polygon(const draw_view *v, const char *css, const double (*uv)[2], int n) {
  report_put(v->page, "<polygon class=\"%s\" points=\"", css);
  for (int i = 0; i < n; i++) report_put(v->page, " %.1f,%.1f", uv[i][0], uv[i][1]);
  report_put(v->page, "\"/>");
}

// straight edges; each corner is cut at a quarter of its edges and bent
void draw_blob(const draw_view *v, const char *css, const double (*uv)[2], int n) {
  static const double CUT = 0.24;
  report_put(v->page, "<path class=\"%s\" d=\"", css);
  for (int i = 0; i < n; i++) {
    const double *before = uv[(i + n - 1) % n], *at = uv[i], *after = uv[(i + 1) % n];
    report_put(v->page, "%s%.1f %.1fQ%.1f %.1f %.1f %.1f", i == 0 ? "M" : "L", at[0] + CUT*(before[0] - at[0]),
               at[1] + CUT*(before[1] - at[1]), at[0], at[1], at[0] + CUT*(after[0] - at[0]),
                            at[1] + CUT*(after[1] - at[1]));
  }
  report_put(v->page, "Z\"/>");
}

void draw_limb(const draw_view *v, const char *css, const double (*uv)[2], int n, double width) {
  report_put(v->page, "<polyline class=\"%s\" stroke-width=\"%.1f\" points=\"", css, v->scale*width);
  for (int i = 0; i < n; i++) report_put(v->page, " %.1f,%.1f", uv[i][0], uv[i][1]);
  report_put(v->page, "\"/>");
}

static void line_to(const draw_view *v, const double x[3]) {
  double uv[2];
  draw_project(v, x, uv);
  report_put(v->page, "L%.1f %.1f", uv[0], uv[1]);
}

// a world point in the frame of a cylinder, axis z
static void in_cylinder(const ps_state *s, const ps_wrap *w, const double x[3], double out[3]) {
  double d[3], local[3];
  ps_sub(d, x, s->o + 3*w->body);
  ps_rotate_back(local, s->R + 9*w->body, d);
  ps_sub(local, local, w->centre);
  ps_rotate_back(out, w->frame, local);
}

// the helix between the points where a path meets and leaves its cylinder
static void arc_to(const draw_view *v, const ps_wrap *w, const double meet[3], const double leave[3]) {
  enum { NPIECE = 8 };
  double a[3], b[3];
  in_cylinder(v->state, w, meet, a);
  in_cylinder(v->state, w, leave, b);
  const double start = atan2(a[1], a[0]);
  double turn = atan2(b[1], b[0]) - start;
  if (turn < 0.0) turn += 2.0*PS_PI;  // paths wind right-handed
  for (int i = 0; i <= NPIECE; i++) {
    const double t = (double)i/NPIECE, angle = start + t*turn;
    const double on[3] = {w->radius*cos(angle), w->radius*sin(angle), a[2] + t*(b[2] - a[2])};
    double local[3], x[3];
    ps_rotate(local, w->frame, on);
    ps_add(local, local, w->centre);
    ps_state_position(v->state, w->body, local, x);
    line_to(v, x);
  }
}

void draw_muscle(const draw_view *v, const char *css, int imuscle, double width) {
  const ps_state *s = v->state;
  const ps_muscle *m = &s->model->muscle[imuscle];
  if (m->nstretch == 0) return;
  report_put(v->page, "<path class=\"%s\"", css);
  if (width > 0.0) report_put(v->page, " stroke-width=\"%.1f\"", width);
  double uv[2];
  draw_project(v, s->x + 3*s->model->stretch[m->stretch].from, uv);
  report_put(v->page, " d=\"M%.1f %.1f", uv[0], uv[1]);
  for (int k = m->stretch; k < m->stretch + m->nstretch; k++) {
    const ps_stretch *st = &s->model->stretch[k];
    if (s->wrapped[k]) arc_to(v, &s->model->wrap[st->wrap], s->tangent + 6*k, s->tangent + 6*k + 3);
    line_to(v, s->x + 3*st->to);
  }
  report_put(v->page, "\"/>");
}

double draw_group_force(const ps_recruit *r, const char *group, ps_side side) {
  double sum = 0.0;
  for (int i = 0; i < r->model->nmuscle; i++) {
    const ps_muscle *m = &r->model->muscle[i];
    if (m->side == side && strcmp(m->group, group) == 0) sum += r->active[i] + r->passive[i];
  }
  return sum;
}

// light to dark in one direction, so that it survives colour blindness and grey printing
static const int RAMP[][3] = {{255, 250, 214}, {254, 217, 132}, {249, 157, 58}, {209, 84, 16}, {110, 32, 8}};

draw_colour draw_load_colour(double compression) {
  enum { NSTEP = sizeof RAMP/sizeof *RAMP - 1 };
  const double t = fmin(fmax(compression/DRAW_LOAD_MAX, 0.0), 1.0)*NSTEP;
  const int i = t >= NSTEP ? NSTEP - 1 : (int)t;
  unsigned rgb[3];
  for (int k = 0; k < 3; k++) rgb[k] = (unsigned)lround(RAMP[i][k] + (t - i)*(RAMP[i + 1][k] - RAMP[i][k])) & 0xFFu;
  draw_colour out;
  static const char hex[] = "0123456789abcdef";
  out.text[0] = '#';
  for (int k = 0; k < 3; k++) {
    out.text[1 + 2*k] = hex[rgb[k] >> 4];
    out.text[2 + 2*k] = hex[rgb[k] & 15u];
  }
  out.text[7] = '\0';
  return out;
}

double draw_force_width(double force) { return 0.7 + force/40.0; }
