/* The figures of the solved body: trunk from both sides and the front, the whole body small, the legend.
 * Bones are sketches between landmarks; vertebrae, discs and muscle paths stand where the solver has them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/report/draw.h"
#include "psoas/vec.h"

enum { WIDTH = 240, HEIGHT = 420, WHOLE_WIDTH = 110 };

// the part of the body in the picture, of the reference man                            [m]
static const double ABOVE_HIP = 0.545, BELOW_HIP = 0.165;

static double drawing_scale(const ps_model *m) { return HEIGHT/((ABOVE_HIP + BELOW_HIP)*m->scale); }

static const char *suffix(ps_side side) { return side == PS_LEFT ? "left" : "right"; }

static bool landmark_of(const draw_view *v, const char *name, ps_side side, double uv[2]) {
  char full[PS_NAME_SIZE];
  snprintf(full, sizeof full, "%s_%s", name, suffix(side));
  return draw_landmark(v, full, uv);
}

static bool is_shown(const draw_view *v, ps_side side) {
  return v->from == DRAW_FROM_FRONT || side == PS_MIDLINE || (side == PS_LEFT) == (v->from == DRAW_FROM_LEFT);
}

// ---- bones ---------------------------------------------------------------------------------------------------------

// vertebral bodies are about 1.4 times as wide as deep: assumed, because only drawings use it
static const double WIDTH_TO_DEPTH = 1.4;

// the landmarks of S1 stand at the centre of its joint; the disc reaches as far below as at L4/L5: assumed, for drawings only
static const double S1_BELOW_JOINT = 0.008;  // [m]

// the two ends of an endplate in the picture: back and front, or the person's right and left
static bool endplate(const draw_view *v, int ibody, const char *face, double uv[2][2]) {
  const ps_model *m = v->state->model;
  const bool is_sacrum = strcmp(m->body[ibody].name, "sacrum") == 0;
  char name[2][2*PS_NAME_SIZE];
  static const char *const end[2] = {"back", "front"};
  int place[2];
  for (int k = 0; k < 2; k++) {
    if (is_sacrum)
      snprintf(name[k], sizeof name[k], "S1_%s", end[k]);
    else
      snprintf(name[k], sizeof name[k], "%s_%s_%s", m->body[ibody].name, end[k], face);
    place[k] = ps_model_find_landmark(m, name[k]);
    if (place[k] < 0) return false;
  }
  const double *back = m->landmark[place[0]].pos, *front = m->landmark[place[1]].pos;
  double depth[3];
  ps_sub(depth, front, back);
  const double length = ps_norm(depth), half = 0.5*WIDTH_TO_DEPTH*length;
  const double down = is_sacrum && length > 0.0 ? S1_BELOW_JOINT*m->scale/length : 0.0;
  for (int k = 0; k < 2; k++) {
    double x[3];
    ps_vec_copy(x, k == 0 ? back : front);
    if (v->from == DRAW_FROM_FRONT)
      ps_vec_set(x, 0.5*(back[0] + front[0]), 0.5*(back[1] + front[1]), k == 0 ? half : -half);
    x[0] += down*depth[1];
    x[1] -= down*depth[0];
    draw_place(v, ibody, x, uv[k]);
  }
  return true;
}

static void draw_vertebra(const draw_view *v, int ibody) {
  double low[2][2], top[2][2];
  if (!endplate(v, ibody, "low", low) || !endplate(v, ibody, "top", top)) return;
  const double shape[4][2] = {{low[0][0], low[0][1]}, {low[1][0], low[1][1]}, {top[1][0], top[1][1]}, {top[0][0], top[0][1]}};
  draw_polygon(v, "bone vertebra", shape, 4);
}

static void draw_sacrum(const draw_view *v) {
  const int sacrum = ps_model_find_body(v->state->model, "sacrum");
  double top[2][2], tip[2], joint[2][2];
  if (sacrum < 0 || !endplate(v, sacrum, "top", top) || !draw_landmark(v, "coccyx", tip)) return;
  if (!landmark_of(v, "SI", PS_RIGHT, joint[0]) || !landmark_of(v, "SI", PS_LEFT, joint[1])) return;
  const bool is_front = v->from == DRAW_FROM_FRONT;
  double shape[6][2] = {{top[0][0], top[0][1]}, {top[1][0], top[1][1]}};
  int n = 2;
  if (is_front) memcpy(shape[n++], joint[1], sizeof joint[1]);
  for (int k = 1; k >= -1; k -= 2) {  // a blunt tip
    shape[n][0] = tip[0] + 2.5*k;
    shape[n++][1] = tip[1];
  }
  if (is_front) memcpy(shape[n++], joint[0], sizeof joint[0]);
  if (is_front)
    draw_blob(v, "bone", (const double(*)[2])shape, n);
  else
    draw_polygon(v, "bone", (const double(*)[2])shape, n);
}

static void draw_hip_bone(const draw_view *v, ps_side side) {
  static const char *const from_side[] = {"iliac_crest", "ASIS", "", "ischium", "PSIS"};
  static const char *const from_front[] = {"iliac_crest", "ASIS", "hip", "ischium", "", "SI"};
  const bool is_front = v->from == DRAW_FROM_FRONT;
  const char *const *name = is_front ? from_front : from_side;
  const int n = is_front ? 6 : 5;
  double shape[6][2];
  for (int i = 0; i < n; i++)
    if (!(*name[i] ? landmark_of(v, name[i], side, shape[i]) : draw_landmark(v, "pubis", shape[i]))) return;
  draw_blob(v, "bone", (const double(*)[2])shape, n);
}

// head, neck, shaft: sketched in the frame of the thigh, assumed, because only drawings use it
static void draw_femur(const draw_view *v, ps_side side) {
  enum { NOUTLINE = 4 };
  static const double outline[NOUTLINE][3] = {
      {0.0, 0.0, 0.0}, {-0.003, -0.014, 0.028}, {-0.006, -0.042, 0.046}, {-0.002, -0.13, 0.034}};
  const ps_model *m = v->state->model;
  char name[PS_NAME_SIZE];
  snprintf(name, sizeof name, "thigh_%s", suffix(side));
  const int thigh = ps_model_find_body(m, name);
  double uv[NOUTLINE + 1][2];
  if (thigh < 0 || !landmark_of(v, "knee", side, uv[NOUTLINE])) return;
  for (int i = 0; i < NOUTLINE; i++) {
    double x[3];
    ps_scale(x, m->scale, outline[i]);
    if (side == PS_LEFT) x[2] = -x[2];
    draw_place(v, thigh, x, uv[i]);
  }
  draw_limb(v, "femur-edge", (const double(*)[2])uv, NOUTLINE + 1, 0.0295*m->scale);
  draw_limb(v, "femur", (const double(*)[2])uv, NOUTLINE + 1, 0.026*m->scale);
  report_put(v->page, "<circle class=\"bone\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", uv[0][0], uv[0][1],
             0.024*m->scale*v->scale);
}

// ---- muscles -------------------------------------------------------------------------------------------------------

static void draw_others(const draw_view *v) {
  const ps_model *m = v->state->model;
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    const bool is_flexor = strcmp(p->group, "psoas_major") == 0 || strcmp(p->group, "iliacus") == 0;
    if (!is_flexor && !p->is_pressure && is_shown(v, p->side)) draw_muscle(v, "other", i, 0.0);
  }
}

static void draw_flexors(const draw_view *v, const ps_recruit *r) {
  static const char *const group[2] = {"iliacus", "psoas_major"};
  static const char *const css[2] = {"iliacus", "psoas"};
  for (int g = 0; g < 2; g++)
    for (int i = 0; i < r->model->nmuscle; i++) {
      const ps_muscle *p = &r->model->muscle[i];
      if (strcmp(p->group, group[g]) == 0 && is_shown(v, p->side))
        draw_muscle(v, css[g], i, draw_force_width(r->active[i] + r->passive[i]));
    }
}

// ---- discs and words -----------------------------------------------------------------------------------------------

static void label_disc(const draw_view *v, const ps_level *level, const double at[2]) {
  const bool is_right = v->from == DRAW_FROM_RIGHT;
  const double edge = is_right ? 92.0 : WIDTH - 92.0, weight = v->state->model->mass*v->state->model->gravity;
  report_put(v->page, "<path class=\"leader\" d=\"M%.1f %.1fL%.1f %.1f\"/>", at[0], at[1], edge, at[1]);
  report_put(v->page, "<text class=\"small %s\" x=\"%.1f\" y=\"%.1f\"><tspan class=\"strong\">%s</tspan> %s %s</text>",
             is_right ? "end" : "", edge + (is_right ? -3.0 : 3.0), at[1] + 4.0, level->level,
             is_right ? report_rounded(level->total.compression, 10.0).text
                      : report_rounded(100.0*level->total.compression/weight, 1.0).text,
             is_right ? "N" : "%");
}

// labels from T12/L1 down: above, the discs stand too close together for words
enum { NLABEL = 6 };

static void draw_disc(const draw_view *v, const draw_body *b, int k) {
  const ps_disc *d = &v->state->model->disc[k];
  double low[2][2], top[2][2];
  if (!endplate(v, d->lower, "top", low) || !endplate(v, d->upper, "low", top)) return;
  report_put(v->page, "<polygon class=\"disc\" fill=\"%s\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>",
             draw_load_colour(b->load->level[k].total.compression).text, low[0][0], low[0][1], low[1][0], low[1][1],
             top[1][0], top[1][1], top[0][0], top[0][1]);
  const double back[2] = {0.5*(low[0][0] + top[0][0]), 0.5*(low[0][1] + top[0][1])};
  if (k < NLABEL && v->from != DRAW_FROM_FRONT) label_disc(v, &b->load->level[k], back);
}

static void draw_spine(const draw_view *v, const draw_body *b) {
  const ps_model *m = v->state->model;
  draw_sacrum(v);
  for (int k = 0; k < m->ndisc; k++) draw_vertebra(v, m->disc[k].upper);
  for (int k = 0; k < m->ndisc; k++) draw_disc(v, b, k);
}

static void label_flexors(const draw_view *v, const ps_recruit *r) {
  for (int k = 0; k < 2; k++) {
    const ps_side side = k == 0 ? PS_RIGHT : PS_LEFT;
    const char *end = k == 0 ? "" : " end";
    const double x = k == 0 ? 4.0 : WIDTH - 4.0;
    report_put(v->page, "<text class=\"side%s\" x=\"%.0f\" y=\"42\">%s</text>", end, x, k == 0 ? "R" : "L");
    report_put(v->page, "<text class=\"small%s\" x=\"%.0f\" y=\"132\">psoas</text>", end, x);
    report_put(v->page, "<text class=\"small strong%s\" x=\"%.0f\" y=\"146\">%s N</text>", end, x,
               report_rounded(draw_group_force(r, "psoas_major", side), 10.0).text);
    report_put(v->page, "<text class=\"small%s\" x=\"%.0f\" y=\"172\">iliacus</text>", end, x);
    report_put(v->page, "<text class=\"small strong%s\" x=\"%.0f\" y=\"186\">%s N</text>", end, x,
               report_rounded(draw_group_force(r, "iliacus", side), 10.0).text);
  }
}

static void open_figure(report_html *page, const draw_body *b, draw_side from) {
  static const char *const where[] = {"right", "front", "left"};
  const ps_level *l4 = &b->load->level[1];
  report_put(page, "<svg class=\"body %s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Trunk of the model, seen from the %s\">"
             "<title>Trunk of the model, seen from the %s</title><desc>", where[from], WIDTH, HEIGHT, where[from], where[from]);
  if (from == DRAW_FROM_FRONT)
    for (int k = 0; k < 2; k++) {
      const ps_side side = k == 0 ? PS_RIGHT : PS_LEFT;
      report_put(page, "Person's %s side, on the %s of the picture: psoas %s N, iliacus %s N. ", suffix(side), suffix((ps_side)(3 - side)),
                 report_rounded(draw_group_force(b->recruit, "psoas_major", side), 10.0).text,
                 report_rounded(draw_group_force(b->recruit, "iliacus", side), 10.0).text);
    }
  else
    report_put(page, "Spine from the sacrum upwards, pelvis, thigh, psoas and iliacus of that side. Discs are coloured by "
               "compression; %s bears %s N. ", l4->level, report_rounded(l4->total.compression, 10.0).text);
  report_put(page, "Model, not measurement.</desc>");
}

static draw_view view_of(report_html *page, const ps_state *s, draw_side from) {
  draw_view v = {.page = page, .state = s, .from = from, .scale = drawing_scale(s->model), .v = ABOVE_HIP*s->model->scale};
  const int hip = ps_model_find_body(s->model, "thigh_right");
  v.v *= v.scale;
  if (hip < 0) return v;
  v.up = s->o[3*hip + 1];
  v.across = from == DRAW_FROM_FRONT ? 0.0 : from == DRAW_FROM_RIGHT ? s->o[3*hip] : -s->o[3*hip];
  // room for words behind the spine
  v.u = from == DRAW_FROM_FRONT ? 0.5*WIDTH : from == DRAW_FROM_RIGHT ? 160.0 : WIDTH - 160.0;
  return v;
}

// the same body in its other posture: spine, pelvis and thigh of the near side as one dashed line each
static void draw_other(const draw_view *v, const ps_state *other, ps_side near) {
  enum { NSPINE = 32 };
  static const char *const pelvis[2] = {"PSIS", "ASIS"}, *const thigh[2] = {"hip", "knee"};
  const ps_model *m = other->model;
  const draw_view w = {v->page, other, v->from, v->across, v->up, v->u, v->v, v->scale};
  double uv[NSPINE][2];
  int n = 0;
  for (int k = 0; k < m->ndisc && n < NSPINE; k++) draw_project(&w, other->o + 3*m->disc[k].upper, uv[n++]);
  draw_limb(&w, "other-posture", (const double(*)[2])uv, n, 0.0);
  if (landmark_of(&w, pelvis[0], near, uv[0]) && landmark_of(&w, pelvis[1], near, uv[1]))
    draw_limb(&w, "other-posture", (const double(*)[2])uv, 2, 0.0);
  if (landmark_of(&w, thigh[0], near, uv[0]) && landmark_of(&w, thigh[1], near, uv[1]))
    draw_limb(&w, "other-posture", (const double(*)[2])uv, 2, 0.0);
}

void draw_figure(report_html *page, const draw_body *b, draw_side from) {
  static const char *const title[] = {"From the right", "From the front", "From the left"};
  const draw_view v = view_of(page, b->state, from);
  const ps_side near = from == DRAW_FROM_LEFT ? PS_LEFT : PS_RIGHT;
  open_figure(page, b, from);

  // what lies behind comes first
  draw_others(&v);
  if (from == DRAW_FROM_FRONT) draw_femur(&v, PS_LEFT);
  draw_femur(&v, near);
  if (from == DRAW_FROM_FRONT) draw_hip_bone(&v, PS_LEFT);
  draw_hip_bone(&v, near);
  draw_spine(&v, b);
  draw_flexors(&v, b->recruit);
  if (b->other && from != DRAW_FROM_FRONT) draw_other(&v, b->other, near);

  // words
  if (from == DRAW_FROM_FRONT) label_flexors(&v, b->recruit);
  report_put(page, "<rect class=\"band\" width=\"%d\" height=\"24\"/><rect class=\"band\" y=\"%d\" width=\"%d\" height=\"20\"/>", WIDTH,
             HEIGHT - 20, WIDTH);
  report_put(page, "<text class=\"strong middle\" x=\"%d\" y=\"16\">%s, %s</text>", WIDTH/2, title[from], b->name);
  report_put(page, "<text class=\"badge middle\" x=\"%d\" y=\"%d\">model, not measurement</text></svg>", WIDTH/2, HEIGHT - 6);
}

// ---- the whole body ------------------------------------------------------------------------------------------------

static void draw_chain(const draw_view *v, const char *const *name, int n, double width) {
  double uv[4][2];
  for (int i = 0; i < n; i++)
    if (!landmark_of(v, name[i], PS_RIGHT, uv[i])) return;
  draw_limb(v, "flesh-edge", (const double(*)[2])uv, n, (width + 0.014)*v->state->model->scale);
  draw_limb(v, "flesh", (const double(*)[2])uv, n, width*v->state->model->scale);
}

static void draw_silhouette(const draw_view *v) {
  static const char *const trunk[] = {"C7", "sternum_top", "sternum_low", "ASIS_right", "pubis", "ischium_right",
                                      "PSIS_right", "L3_back_low", "T10_back_low", "T5_back_low"};
  static const char *const thigh[] = {"hip", "knee"}, *const shank[] = {"knee", "ankle"};
  static const char *const arm[] = {"shoulder", "elbow", "grip"};
  enum { NTRUNK = sizeof trunk/sizeof *trunk };
  double uv[NTRUNK][2], head[2], top[2];
  bool has_all = draw_landmark(v, "C7", head) && draw_landmark(v, "head_top", top);
  for (int i = 0; i < NTRUNK; i++) has_all = has_all && draw_landmark(v, trunk[i], uv[i]);
  if (has_all) {
    const double radius = 0.4*hypot(top[0] - head[0], top[1] - head[1]);
    const double neck[2][2] = {{head[0], head[1]}, {top[0], top[1] + radius}};
    draw_blob(v, "flesh trunk", (const double(*)[2])uv, NTRUNK);
    draw_limb(v, "flesh", neck, 2, 0.09*v->state->model->scale);
    report_put(v->page, "<circle class=\"flesh-fill\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", top[0], top[1] + radius, radius);
  }
  draw_chain(v, thigh, 2, 0.13);
  draw_chain(v, shank, 2, 0.085);
  draw_chain(v, arm, 3, 0.065);

  // the foot has no landmark but its ankle: twice the way to its centre of mass is near the toes
  const int foot = ps_model_find_body(v->state->model, "foot_right");
  if (foot < 0) return;
  double sole[2][2];
  const double *com = v->state->model->body[foot].com;
  draw_place(v, foot, (const double[3]){-0.3*com[0], 2.0*com[1], 0.0}, sole[0]);
  draw_place(v, foot, (const double[3]){2.4*com[0], 3.0*com[1], 0.0}, sole[1]);
  draw_limb(v, "flesh", (const double(*)[2])sole, 2, 0.05*v->state->model->scale);
}

void draw_whole(report_html *page, const draw_body *b) {
  const ps_state *s = b->state;
  const ps_model *m = s->model;
  const double height = 1.02*m->person.height_m + 0.02;
  const draw_view part = view_of(page, s, DRAW_FROM_RIGHT);
  draw_view v = part;
  v.scale = (HEIGHT - 50)/height;
  v.u = 0.5*WHOLE_WIDTH;
  v.v = HEIGHT - 24;
  v.up = 0.0;
  v.across = part.across + (0.5*WIDTH - part.u)/part.scale;  // the frame in the middle
  report_put(page, "<svg class=\"body whole\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"The whole model standing, %s\">"
             "<title>The whole model standing, seen from the right, %s</title>"
             "<desc>Head, trunk, arm, leg and foot in the posture that was found. A frame marks what the other pictures show."
             "</desc>", WHOLE_WIDTH, HEIGHT, b->name, b->name);
  draw_silhouette(&v);
  for (int k = 0; k < m->ndisc; k++) draw_vertebra(&v, m->disc[k].upper);

  // the frame of the other pictures
  const double left = part.across - part.u/part.scale, top = part.up + part.v/part.scale;
  report_put(page, "<rect class=\"frame\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
             v.u + v.scale*(left - v.across), v.v - v.scale*top, v.scale*WIDTH/part.scale, v.scale*HEIGHT/part.scale);
  report_put(page, "<path class=\"leader\" d=\"M6 %.1fH%d\"/>", v.v, WHOLE_WIDTH - 6);
  report_put(page, "<text class=\"strong middle\" x=\"%d\" y=\"16\">%s</text></svg>", WHOLE_WIDTH/2, b->name);
}

// ---- the legend ----------------------------------------------------------------------------------------------------

static void legend_line(report_html *page, const char *css, double y, double force, const char *what) {
  report_put(page, "<path class=\"%s\" stroke-width=\"%.1f\" d=\"M6 %.0fH52\"/>", css, draw_force_width(force), y);
  report_put(page, "<text class=\"small\" x=\"60\" y=\"%.0f\">%s%s N in one fascicle</text>", y + 4.0, what,
             report_rounded(force, 1.0).text);
}

void draw_legend(report_html *page) {
  report_put(page, "<svg class=\"legend\" viewBox=\"0 0 270 56\" role=\"img\" aria-label=\"Legend of the discs\">"
             "<title>Colour of a disc: its compression, 0 to %.0f N</title>", DRAW_LOAD_MAX);
  for (int i = 0; i < 40; i++)
    report_put(page, "<rect x=\"%d\" y=\"18\" width=\"7\" height=\"14\" fill=\"%s\"/>", 10 + 6*i,
               draw_load_colour(DRAW_LOAD_MAX*(i + 0.5)/40.0).text);
  report_put(page, "<rect class=\"outline\" x=\"10\" y=\"18\" width=\"241\" height=\"14\"/>"
             "<text class=\"small\" x=\"10\" y=\"12\">Disc: compression, N</text>");
  for (int i = 0; i <= 4; i++)
    report_put(page, "<text class=\"small middle\" x=\"%d\" y=\"46\">%.0f%s</text>", 10 + 60*i, DRAW_LOAD_MAX*i/4.0,
               i == 4 ? "+" : "");
  report_put(page, "</svg><svg class=\"legend\" viewBox=\"0 0 270 78\" role=\"img\" aria-label=\"Legend of the lines\">"
             "<title>Lines: muscle fascicles, as wide as their force</title>");
  legend_line(page, "psoas", 10.0, 20.0, "psoas, ");
  legend_line(page, "psoas", 27.0, 100.0, "psoas, ");
  legend_line(page, "iliacus", 46.0, 100.0, "iliacus, ");
  report_put(page, "<path class=\"other\" d=\"M6 64H52\"/><text class=\"small\" x=\"60\" y=\"68\">other muscles (paths only)</text></svg>");
}
