/* Drawing a solved body as SVG: projections, shapes, muscle paths, figures. Computes nothing but pictures.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"
#include "app/report/html.h"

typedef enum draw_side { DRAW_FROM_RIGHT, DRAW_FROM_FRONT, DRAW_FROM_LEFT } draw_side;

typedef struct draw_body {   // one solved posture                                     borrows all
  const ps_state *state;
  const ps_recruit *recruit;
  const ps_load *load;
  const ps_state *other;     // a second posture of the same body, shown as a dashed line; NULL = none
  const char *name;          // "as is"
} draw_body;

typedef struct draw_view {   // an orthographic picture of the world
  report_html *page;
  const ps_state *state;
  draw_side from;
  double across, up;         // world coordinates of the picture's origin             [m]
  double u, v;               // where that origin lies, v downwards                   [px]
  double scale;              // [px/m]
} draw_view;

/** A world point in the picture [px]. */
void draw_project(const draw_view *view, const double world[3], double uv[2]);
/** A place on a body in the picture. */
void draw_place(const draw_view *view, int ibody, const double local[3], double uv[2]);
/** A landmark in the picture; false when the body has none of that name. */
bool draw_landmark(const draw_view *view, const char *name, double uv[2]);

/** A closed shape with straight or with round corners. */
void draw_polygon(const draw_view *view, const char *css, const double (*uv)[2], int n);
void draw_blob(const draw_view *view, const char *css, const double (*uv)[2], int n);
/** An open line of that width [m]. */
void draw_limb(const draw_view *view, const char *css, const double (*uv)[2], int n, double width);

/** The path of a fascicle, with the arcs in which it winds over a bone; `width` in px, 0 = the style's own. */
void draw_muscle(const draw_view *view, const char *css, int imuscle, double width);

/** Force of all fascicles of a group on a side [N]. */
double draw_group_force(const ps_recruit *recruit, const char *group, ps_side side);

/** Colour of a disc that bears `compression`: the same scale, 0 to DRAW_LOAD_MAX, on every page. */
#define DRAW_LOAD_MAX 2000.0  // [N]
typedef struct draw_colour { char text[8]; } draw_colour;
draw_colour draw_load_colour(double compression);

/** Width of a line that stands for a force [px]. */
double draw_force_width(double force);

/** Trunk, pelvis and thighs: vertebrae, discs coloured by compression, psoas and iliacus as wide as their force. */
void draw_figure(report_html *page, const draw_body *body, draw_side from);
/** The whole body from its right, with the part that draw_figure shows. */
void draw_whole(report_html *page, const draw_body *body);
/** What colours and lines mean. */
void draw_legend(report_html *page);
