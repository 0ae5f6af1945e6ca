/* The body chart: front and back of nobody in particular, our own drawing, with the painful regions of an exam. Intensity is told by
 * depth of colour and by its number, quality by hatches, so that it survives grey printing. Regions come from the table; the outline of the
 * person is below. Both are points "x,y x,y ..." in a box of 100 x 220, y downwards. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "app/report/draw.h"
#include "app/report/html_exam.h"

enum { WIDTH = 440, HEIGHT = 468, POINT_MAX = 112, NSMOOTH = 4, NHATCH = 6 };

typedef struct window {  // a part of the box on the picture
  double x0, y0, x1, y1; // of the box
  double left, top;      // where its corner lies                                                  [px]
  double scale;          // [px]
} window;

// the person, and the part where small regions lie side by side, larger
static const window WHOLE[2] = {{0, 0, 100, 220, 0, 8, 2.0}, {0, 0, 100, 220, 240, 8, 2.0}};
static const window ZOOM[2] = {{25, 66, 75, 152, 2, 26, 4.2}, {25, 66, 75, 152, 228, 26, 4.2}};

typedef struct shape { int n; double uv[POINT_MAX*NSMOOTH][2]; } shape;

// the left half of the person as a distance from the midline, from the crown down the outside and up the inside of the leg
static const double HALF[][2] = {
    {0, 4}, {6, 5}, {10, 10}, {10.8, 18}, {9.6, 25}, {6.4, 31}, {5.6, 35}, {6.6, 39}, {13, 42.5}, {20.5, 44.5}, {25.5, 49}, {27.5, 57},
    {28.8, 68}, {30.6, 79}, {33.2, 92}, {36, 105}, {38.4, 110}, {41, 117}, {41.4, 125}, {39.2, 129}, {36.6, 126}, {34.6, 118}, {33, 109},
    {29.4, 96}, {26, 83}, {23.4, 71}, {21, 62}, {19.6, 70}, {17, 81}, {16.2, 88}, {17.4, 97}, {19.8, 106}, {20.8, 116}, {20.4, 128},
    {18.4, 141}, {16.2, 153}, {15.8, 161}, {16.6, 171}, {15.2, 184}, {12, 199}, {13.2, 206}, {14, 212}, {9.6, 214.5}, {5.4, 212}};
static const double INNER[][2] = {{6, 205}, {6.6, 198}, {5, 185}, {3.8, 172}, {5, 159}, {4.4, 150}, {2.4, 132}, {0.6, 117}};

// ---- shapes --------------------------------------------------------------------------------------------------------

// corners bent from the middle of each edge to the middle of the next
static void smooth(const double (*p)[2], int n, double cut, shape *out) {
  out->n = 0;
  for (int i = 0; i < n; i++) {
    const double *before = p[(i + n - 1) % n], *at = p[i], *after = p[(i + 1) % n];
    for (int k = 0; k < NSMOOTH; k++) {
      const double t = (double)k/(NSMOOTH - 1), a = cut*(1.0 - t)*(1.0 - t), b = cut*t*t;
      for (int c = 0; c < 2; c++) out->uv[out->n][c] = at[c] + a*(before[c] - at[c]) + b*(after[c] - at[c]);
      out->n++;
    }
  }
}

static void place(const window *w, const double box[2], double uv[2]) {
  uv[0] = w->left + w->scale*(box[0] - w->x0);
  uv[1] = w->top + w->scale*(box[1] - w->y0);
}

// both halves of the outline, the second mirrored
static void person_outline(const window *w, shape *out) {
  enum { NHALF = sizeof HALF/sizeof *HALF, NINNER = sizeof INNER/sizeof *INNER };
  double p[2*(NHALF + NINNER)][2];
  int n = 0;
  for (int i = 0; i < NHALF + NINNER; i++, n++) {
    const double *h = i < NHALF ? HALF[i] : INNER[i - NHALF];
    place(w, (const double[2]){50.0 + h[0], h[1]}, p[n]);
  }
  for (int i = NHALF + NINNER - 1; i > 0; i--, n++) {
    const double *h = i < NHALF ? HALF[i] : INNER[i - NHALF];
    place(w, (const double[2]){50.0 - h[0], h[1]}, p[n]);
  }
  PS_ASSERT(n <= POINT_MAX);
  smooth((const double (*)[2])p, n, 0.5, out);
}

// points of a region; mirrored for the other side of a sided one. false: no outline in the table
static bool region_shape(const clinic_region *r, bool is_mirrored, const window *w, shape *out) {
  double p[POINT_MAX][2];
  int n = 0;
  for (const char *s = r->outline; s && *s && n < POINT_MAX;) {
    char *end = NULL;
    double box[2];
    box[0] = strtod(s, &end);
    if (end == s || *end != ',') return false;
    s = end + 1;
    box[1] = strtod(s, &end);
    if (end == s) return false;
    s = end + (*end == ' ');
    if (is_mirrored) box[0] = 100.0 - box[0];
    place(w, box, p[n++]);
  }
  if (n < 3) return false;
  smooth((const double (*)[2])p, n, 0.35, out);
  return true;
}

static void put_shape(report_html *page, const char *css, const shape *s) {
  const draw_view view = {.page = page};
  draw_polygon(&view, css, (const double (*)[2])s->uv, s->n);
}

// ---- hatches -------------------------------------------------------------------------------------------------------

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// where the line with normal (cos, sin) at a distance crosses the shape, along the line
static int crossings(const shape *s, double c, double w, double distance, double along[POINT_MAX]) {
  int n = 0;
  for (int i = 0; i < s->n; i++) {
    const double *p = s->uv[i], *q = s->uv[(i + 1) % s->n];
    const double d0 = c*p[0] + w*p[1] - distance, d1 = c*q[0] + w*q[1] - distance;
    if ((d0 < 0.0) == (d1 < 0.0) || n == POINT_MAX) continue;
    const double t = d0/(d0 - d1);
    along[n++] = -w*(p[0] + t*(q[0] - p[0])) + c*(p[1] + t*(q[1] - p[1]));
  }
  qsort(along, (size_t)n, sizeof *along, by_value);
  return n;
}

// lines of one quality inside a shape
static void put_hatch(report_html *page, const shape *s, int style) {
  static const struct { double angle_deg, gap; const char *css; } look[NHATCH] = {
      {0.0, 7.0, "hatch"}, {45.0, 7.0, "hatch"}, {135.0, 7.0, "hatch"}, {90.0, 6.0, "hatch dots"}, {90.0, 7.0, "hatch"}, {0.0, 5.0, "hatch dots"}};
  const double angle = look[style % NHATCH].angle_deg*0.017453292519943295, c = cos(angle), w = sin(angle), gap = look[style % NHATCH].gap;
  double lo = INFINITY, hi = -INFINITY;
  for (int i = 0; i < s->n; i++) {
    lo = fmin(lo, c*s->uv[i][0] + w*s->uv[i][1]);
    hi = fmax(hi, c*s->uv[i][0] + w*s->uv[i][1]);
  }
  report_put(page, "<path class=\"%s\" d=\"", look[style % NHATCH].css);
  for (int k = (int)ceil(lo/gap); k*gap < hi; k++) {
    const double d = k*gap;
    double along[POINT_MAX];
    const int n = crossings(s, c, w, d, along);
    for (int i = 0; i + 1 < n; i += 2)
      report_put(page, "M%.1f %.1fL%.1f %.1f", c*d - w*along[i], w*d + c*along[i], c*d - w*along[i + 1], w*d + c*along[i + 1]);
  }
  report_put(page, "\"/>");
}

// ---- the figure ----------------------------------------------------------------------------------------------------

// centre of area
static void centre_of(const shape *s, double uv[2]) {
  double area = 0.0;
  uv[0] = uv[1] = 0.0;
  for (int i = 0; i < s->n; i++) {
    const double *p = s->uv[i], *q = s->uv[(i + 1) % s->n], cross = p[0]*q[1] - q[0]*p[1];
    area += cross;
    for (int c = 0; c < 2; c++) uv[c] += cross*(p[c] + q[c]);
  }
  for (int c = 0; c < 2; c++) uv[c] /= 3.0*area;
}

static void put_intensity(report_html *page, const shape *s, double intensity) {
  double uv[2];
  centre_of(s, uv);
  report_put(page, "<circle class=\"mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"9\"/><text class=\"mark-number middle\" x=\"%.1f\" y=\"%.1f\">%s</text>", uv[0], uv[1],
             uv[0], uv[1] + 4.2, report_rounded(intensity, 1.0).text);
}

static void fill(report_html *page, const shape *s, const clinic_pain *pain) {
  // a tenth of the way is still seen, the whole way still lets the hatch be seen
  report_put(page, "<g class=\"pain\" fill-opacity=\"%.2f\">", 0.12 + 0.05*pain->intensity);
  put_shape(page, "", s);
  report_put(page, "</g>");
  for (int q = 0; CLINIC_QUALITY[q]; q++)
    if (pain->quality >> q & 1u) put_hatch(page, s, q);
  put_shape(page, "pain-edge", s);
}

static bool is_inside(const shape *s, const window *w) {
  double uv[2];
  centre_of(s, uv);
  return uv[0] > w->left && uv[1] > w->top && uv[0] < w->left + w->scale*(w->x1 - w->x0) && uv[1] < w->top + w->scale*(w->y1 - w->y0);
}

enum { EDGES, FILLS, NUMBERS, NLAYER };  // one after the other, so that no number is painted over

typedef struct sheet {  // one view of a person on a picture
  const clinic_exam *exam;
  clinic_view view;
  window part;
  window zoom;          // numbers in here stand elsewhere; of no size: nowhere else
} sheet;

static void put_region(report_html *page, const sheet *on, int region, int side, int layer) {
  shape s;
  const clinic_exam *exam = on->exam;
  if (!region_shape(&exam->fields->region[region], side == CLINIC_RIGHT, &on->part, &s)) return;
  if (layer == EDGES) put_shape(page, "region", &s);
  for (int k = 0; k < exam->npain && layer != EDGES; k++) {
    if (exam->pain[k].region != region || !exam->pain[k].is_side[side]) continue;
    if (layer == FILLS) fill(page, &s, &exam->pain[k]);
    else if (is_inside(&s, &on->part) && !is_inside(&s, &on->zoom)) put_intensity(page, &s, exam->pain[k].intensity);
  }
}

static void put_view(report_html *page, const sheet *on) {
  shape outline;
  const clinic_fields *fields = on->exam->fields;
  person_outline(&on->part, &outline);
  put_shape(page, "person", &outline);
  for (int layer = 0; layer < NLAYER; layer++)
    for (int i = 0; i < fields->nregion; i++)
      for (int side = 0; side < 2 && fields->region[i].view == on->view; side++)
        if (side == CLINIC_LEFT || fields->region[i].is_sided) put_region(page, on, i, side, layer);
}

// seen from the front the person's right is on the left of the picture
static void put_sides(report_html *page, clinic_view view, double left, double right, double y) {
  report_put(page, "<text class=\"side middle\" x=\"%.1f\" y=\"%.1f\">%s</text><text class=\"side middle\" x=\"%.1f\" y=\"%.1f\">%s</text>", left, y,
             view == CLINIC_FRONT ? "R" : "L", right, y, view == CLINIC_FRONT ? "L" : "R");
}

static void open_map(report_html *page, const clinic_exam *exam, const char *title, int height) {
  report_put(page, "<svg class=\"chart pain-map\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"><title>%s</title><desc>%s The list beside it holds the "
             "same.</desc>", WIDTH, height, title, title,
             exam->npain > 0 ? "Painful regions are filled, each with its intensity from 0 to 10." : "No painful region is marked.");
}

// the place of the larger part on the picture of the whole person
static window zoom_on(const window *whole, const window *zoom) {
  window out = *zoom;
  out.scale = whole->scale;
  out.left = whole->left + whole->scale*zoom->x0;
  out.top = whole->top + whole->scale*zoom->y0;
  return out;
}

bool draw_pain_needs_zoom(const clinic_exam *exam) {
  for (int k = 0; k < exam->npain; k++) {
    const clinic_region *r = &exam->fields->region[exam->pain[k].region];
    const window zoom = zoom_on(&WHOLE[r->view], &ZOOM[r->view]);
    shape s;
    if (region_shape(r, false, &WHOLE[r->view], &s) && is_inside(&s, &zoom)) return true;
  }
  return false;
}

static void put_frame(report_html *page, const window *w) {
  report_put(page, "<rect class=\"zoom-edge\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", w->left, w->top, w->scale*(w->x1 - w->x0),
             w->scale*(w->y1 - w->y0));
}

void draw_pain(report_html *page, const clinic_exam *exam, bool has_zoom) {
  open_map(page, exam, "Where it hurts, front and back", HEIGHT);
  for (int v = CLINIC_FRONT; v <= CLINIC_BACK; v++) {
    const window *w = &WHOLE[v];
    sheet on = {.exam = exam, .view = (clinic_view)v, .part = *w};
    if (has_zoom) on.zoom = zoom_on(w, &ZOOM[v]);
    put_view(page, &on);
    put_sides(page, on.view, w->left + 24.0, w->left + 176.0, 64.0);
    report_put(page, "<text class=\"label middle\" x=\"%.1f\" y=\"462\">%s</text>", w->left + 100.0, v == CLINIC_FRONT ? "Front" : "Back");
    if (has_zoom) put_frame(page, &on.zoom);
  }
  report_put(page, "</svg>");
}

void draw_pain_zoom(report_html *page, const clinic_exam *exam) {
  open_map(page, exam, "Where it hurts, waist to knees, larger", HEIGHT);
  for (int v = CLINIC_FRONT; v <= CLINIC_BACK; v++) {
    // an inner svg cuts off what lies beyond its edges
    const window *z = &ZOOM[v];
    const double width = z->scale*(z->x1 - z->x0), height = z->scale*(z->y1 - z->y0);
    sheet on = {.exam = exam, .view = (clinic_view)v, .part = *z};
    on.part.left = on.part.top = 0.0;
    report_put(page, "<svg x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" viewBox=\"0 0 %.1f %.1f\" overflow=\"hidden\">", z->left, z->top, width, height,
               width, height);
    put_view(page, &on);
    report_put(page, "</svg>");
    put_frame(page, z);
    put_sides(page, on.view, z->left + 14.0, z->left + width - 14.0, 20.0);
    report_put(page, "<text class=\"label middle\" x=\"%.1f\" y=\"16\">%s, larger</text>", z->left + 0.5*width, v == CLINIC_FRONT ? "Front" : "Back");
  }
  report_put(page, "</svg>");
}

void draw_pain_legend(report_html *page) {
  int n = 0;
  while (CLINIC_QUALITY[n]) n++;
  const int nrow = (n + 1)/2;
  report_put(page, "<svg class=\"legend\" viewBox=\"0 0 300 %d\" role=\"img\" aria-label=\"What hatches and colour mean\"><title>What hatches and colour "
             "mean</title><desc>One hatch for each quality; the stronger the colour, the stronger the pain.</desc>", 22*nrow + 24);
  for (int q = 0; q < n; q++) {
    const int row = q/2;
    const double x = q % 2 == 0 ? 1.0 : 151.0, y = 22.0*row + 1.0;
    const shape box = {.n = 4, .uv = {{x, y}, {x + 28.0, y}, {x + 28.0, y + 16.0}, {x, y + 16.0}}};
    put_hatch(page, &box, q);
    put_shape(page, "pain-edge", &box);
    report_put(page, "<text class=\"small\" x=\"%.1f\" y=\"%.1f\">%s</text>", x + 34.0, y + 12.5, report_plain_word(CLINIC_QUALITY[q]).text);
  }
  const double y = 22.0*nrow + 3.0;
  for (int i = 0; i < 3; i++)
    report_put(page, "<rect class=\"pain\" fill-opacity=\"%.2f\" x=\"%.1f\" y=\"%.1f\" width=\"28\" height=\"16\"/>", 0.12 + 0.25*i, 1.0 + 28.0*i, y);
  report_put(page, "<text class=\"small\" x=\"91\" y=\"%.1f\">intensity 0, 5, 10</text></svg>", y + 12.5);
}
