/* The charts of the assessment. Bars differ by fill as well as by colour, every bar has its number.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/report/charts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/report/assess_words.h"
#include "app/report/chart_parts.h"

// two charts of the first width stand side by side, one of the second beside its table; words then keep their size
enum { HALF = 364, NARROW = 320, LABEL = 55 };

double chart_at(const chart_axis *a, double value) { return a->x0 + (value - a->lo)/(a->hi - a->lo)*(a->x1 - a->x0); }

// an axis that holds 0 and all values, in 1, 2 or 5 times a power of ten
static chart_axis axis_for(double lo, double hi, double x0, double x1, int nstep) {
  lo = fmin(lo, 0.0);
  hi = fmax(hi, 0.0);
  if (hi - lo < 100.0) hi = lo + 100.0;
  const double rough = (hi - lo)/nstep, power = pow(10.0, floor(log10(rough))), first = rough/power;
  const double step = power*(first > 5.0 ? 10.0 : first > 2.0 ? 5.0 : first > 1.0 ? 2.0 : 1.0);
  return (chart_axis){x0, x1, step*floor(lo/step), step*ceil(hi/step), step};
}

void chart_grid(report_html *page, const chart_axis *a, double top, double bottom) {
  for (int i = 0; a->lo + i*a->step <= a->hi + 0.5*a->step; i++) {
    const double value = a->lo + i*a->step, x = chart_at(a, value);
    const bool is_zero = fabs(value) < 0.5*a->step;
    report_put(page, "<path class=\"%s\" d=\"M%.1f %.1fV%.1f\"/>", is_zero ? "zero" : "grid", x, top, bottom);
    report_put(page, "<text class=\"tick middle\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, bottom + 12.0,
               report_rounded(value, 1.0).text);
  }
}

void chart_bar(report_html *page, const char *css, double x0, double x1, double y, double height) {
  report_put(page, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", css, fmin(x0, x1), y,
             fmax(fabs(x1 - x0), 0.5), height);
}

void chart_whisker(report_html *page, double x0, double x1, double y) {
  for (int k = 0; k < 2; k++)
    report_put(page, "<path class=\"%s\" d=\"M%.1f %.1fH%.1fM%.1f %.1fv8M%.1f %.1fv8\"/>", k == 0 ? "halo" : "whisker", x0, y,
               x1, x0, y - 4.0, x1, y - 4.0);
}

// a number beside the end of its bar, on the side where the bar points
static void draw_value(report_html *page, const chart_axis *a, double value, double beyond, double y, bool is_signed) {
  const bool is_left = value < 0.0;
  const double x = is_left ? chart_at(a, value) - 4.0 : chart_at(a, fmax(value, beyond)) + 4.0;
  report_put(page, "<text class=\"small%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", is_left ? " end" : "", x, y,
             is_signed ? report_signed(value, 10.0).text : report_rounded(value, 10.0).text);
}

void chart_open(report_html *page, int width, double height, const char *title, const char *desc) {
  report_put(page, "<svg class=\"chart\" viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"%s\"><title>%s</title><desc>%s</desc>",
             width, height, title, title, desc);
}

// ---- by level ------------------------------------------------------------------------------------------------------

static double load_of(const ps_load *l, int k, chart_load load) {
  return load == CHART_COMPRESSION ? l->level[k].total.compression : l->level[k].total.anterior_shear;
}

static const assess_interval *change_of(const assess_result *r, int k, chart_load load) {
  return load == CHART_COMPRESSION ? assess_level(r, k) : assess_shear(r, k);
}

static int nlevel(const assess_result *r) {
  const int n = r->effect->task[ASSESS_STANDING].as_is.load->nlevel;
  return n < CHARTS_NLEVEL ? n : CHARTS_NLEVEL;
}

static chart_axis level_axis(const assess_result *r, chart_load load) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  double lo = 0.0, hi = 0.0;
  for (int k = 0; k < nlevel(r); k++) {
    const double a = load_of(t->as_is.load, k, load), b = load_of(t->released.load, k, load);
    lo = fmin(lo, fmin(a, b));
    hi = fmax(hi, fmax(a, b));
    lo = fmin(lo, b + change_of(r, k, load)->lo);
    hi = fmax(hi, b + change_of(r, k, load)->hi);
  }
  return axis_for(lo, hi, LABEL + (lo < 0.0 ? 24.0 : 0.0), HALF - 36.0, 6);
}

static void level_row(report_html *page, const assess_result *r, chart_load load, const chart_axis *a, int k, double y) {
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  const double as_is = load_of(t->as_is.load, k, load), released = load_of(t->released.load, k, load);
  double end = as_is;
  report_put(page, "<text class=\"label\" x=\"0\" y=\"%.1f\">%s</text>", y + 18.0, t->as_is.load->level[k].level);
  chart_bar(page, "as-is", chart_at(a, 0.0), chart_at(a, as_is), y, 12.0);
  chart_bar(page, "released", chart_at(a, 0.0), chart_at(a, released), y + 14.0, 12.0);
  const assess_interval *x = change_of(r, k, load);
  if (x->hi - x->lo > 0.5) {
    chart_whisker(page, chart_at(a, released + x->lo), chart_at(a, released + x->hi), y + 6.0);
    end = fmax(end, released + x->hi);
  }
  draw_value(page, a, as_is, end, y + 10.5, false);
  draw_value(page, a, released, released, y + 24.5, false);
}

static void level_key(report_html *page) {
  chart_bar(page, "as-is", 0.0, 22.0, 2.0, 10.0);
  report_put(page, "<text class=\"small\" x=\"27\" y=\"11\">as is</text>");
  chart_bar(page, "released", 62.0, 84.0, 2.0, 10.0);
  report_put(page, "<text class=\"small\" x=\"89\" y=\"11\">released</text>");
  chart_whisker(page, 150.0, 172.0, 7.0);
  report_put(page, "<text class=\"small\" x=\"177\" y=\"11\">90 %% range of the change</text>");
}

void chart_levels(report_html *page, const assess_result *r, chart_load load) {
  enum { ROW = 35, TOP = 24 };
  const chart_axis a = level_axis(r, load);
  const int n = nlevel(r);
  const bool is_compression = load == CHART_COMPRESSION;
  chart_open(page, HALF, TOP + ROW*n + 18.0,
             is_compression ? "Compression by level, N" : "Anterior shear by level, N",
             "Two bars a level: filled as is, outlined released. The table holds the same numbers.");
  chart_grid(page, &a, TOP, TOP + ROW*n);
  level_key(page);
  // the highest level on top, as in the body
  for (int k = 0; k < n; k++) level_row(page, r, load, &a, k, TOP + 5.0 + ROW*(n - 1 - k));
  report_put(page, "</svg>");
}

// ---- direct share beside change ------------------------------------------------------------------------------------

void chart_share_and_change(report_html *page, const assess_result *r) {
  enum { ROW = 26, TOP = 24, GAP = 50 };
  const ps_effect_task *t = &r->effect->task[ASSESS_STANDING];
  const int n = nlevel(r);
  double direct[CHARTS_NLEVEL], change[CHARTS_NLEVEL], lo = 0.0, hi = 0.0;
  for (int k = 0; k < n; k++) {
    direct[k] = report_psoas_share(t->as_is.load, k).compression;
    change[k] = t->as_is.load->level[k].total.compression - t->released.load->level[k].total.compression;
    lo = fmin(lo, fmin(direct[k], fmin(change[k], assess_level(r, k)->lo)));
    hi = fmax(hi, fmax(direct[k], fmax(change[k], assess_level(r, k)->hi)));
  }
  const double width = 0.5*(NARROW - LABEL - GAP) - 14.0;
  chart_axis a[2];
  a[0] = a[1] = axis_for(lo, hi, LABEL, LABEL + width, 2);
  a[1].x0 += width + GAP;
  a[1].x1 += width + GAP;
  chart_open(page, NARROW, TOP + ROW*n + 18.0, "Direct share of the psoas and change by its tightness, compression in N",
             "Left column: what the psoas itself puts through the disc as is. Right column: as is minus released. "
             "They are two different quantities and are never added.");
  report_put(page, "<text class=\"small strong\" x=\"%d\" y=\"11\">direct share</text>", LABEL);
  report_put(page, "<text class=\"small strong\" x=\"%.1f\" y=\"11\">change</text>", a[1].x0);
  for (int c = 0; c < 2; c++) chart_grid(page, &a[c], TOP, TOP + ROW*n);
  for (int k = 0; k < n; k++) {
    const double y = TOP + 7.0 + ROW*(n - 1 - k), end = fmax(change[k], assess_level(r, k)->hi);
    report_put(page, "<text class=\"label\" x=\"0\" y=\"%.1f\">%s</text>", y + 10.5, t->as_is.load->level[k].level);
    chart_bar(page, "psoas-bar", chart_at(&a[0], 0.0), chart_at(&a[0], direct[k]), y, 12.0);
    draw_value(page, &a[0], direct[k], direct[k], y + 10.5, false);
    chart_bar(page, "as-is", chart_at(&a[1], 0.0), chart_at(&a[1], change[k]), y, 12.0);
    if (assess_level(r, k)->hi - assess_level(r, k)->lo > 0.5)
      chart_whisker(page, chart_at(&a[1], assess_level(r, k)->lo), chart_at(&a[1], assess_level(r, k)->hi), y + 6.0);
    draw_value(page, &a[1], change[k], end, y + 10.5, true);
  }
  report_put(page, "</svg>");
}

// ---- the waterfall of one level ------------------------------------------------------------------------------------

static void source_name(const ps_load *l, int i, chart_source *out) {
  static const struct { const char *group, *words; } known[] = {
      {"psoas_major", "psoas"},
      {"longissimus_thoracis_pars_thoracis", "longissimus, thoracic part"},
      {"longissimus_thoracis_pars_lumborum", "longissimus, lumbar part"},
      {"iliocostalis_lumborum_pars_thoracis", "iliocostalis, thoracic part"},
      {"iliocostalis_lumborum_pars_lumborum", "iliocostalis, lumbar part"},
      {"intra_abdominal_pressure", "abdominal pressure"}};
  char name[PS_SOURCE_NAME_SIZE];
  ps_load_source_name(l, i, name);
  snprintf(out->name, sizeof out->name, "%s", name);
  for (size_t k = 0; k < sizeof known/sizeof *known; k++) {
    const size_t n = strlen(known[k].group);
    if (strncmp(name, known[k].group, n) == 0 && name[n] == ' ')
      snprintf(out->name, sizeof out->name, "%s%s%s", known[k].words, strchr(known[k].words, ',') ? "," : "", name + n);
  }
  for (char *c = out->name; *c; c++)
    if (*c == '_') *c = ' ';
  out->is_psoas = strncmp(out->name, "psoas ", 6) == 0;
}

// gravity, then the psoas, then the largest
static int by_rank(const void *a, const void *b) {
  const chart_source *x = a, *y = b;
  const int rank_x = strcmp(x->name, "gravity") == 0 ? 0 : x->is_psoas ? 1 : 2;
  const int rank_y = strcmp(y->name, "gravity") == 0 ? 0 : y->is_psoas ? 1 : 2;
  if (rank_x != rank_y) return rank_x - rank_y;
  const double fx = fabs(x->compression), fy = fabs(y->compression);
  return fx != fy ? (fx < fy) - (fx > fy) : strcmp(x->name, y->name);
}

// the psoas is always named, however small
static bool is_named(const chart_source *s, double least) { return s->is_psoas || fabs(s->compression) >= least; }

static chart_source source_of(const ps_load *l, int ilevel, int i) {
  const ps_load_share *x = &l->split[ilevel*l->nsource + i];
  chart_source s = {.compression = x->compression, .anterior_shear = x->anterior_shear};
  source_name(l, i, &s);
  return s;
}

static int count_named(const ps_load *l, int ilevel, double least) {
  int n = 0;
  for (int i = 0; i < l->nsource; i++) {
    const chart_source s = source_of(l, ilevel, i);
    n += is_named(&s, least);
  }
  return n;
}

chart_split chart_split_of(const ps_load *l, int ilevel) {
  chart_split out = {.total = l->level[ilevel].total.compression};
  out.least = fmax(0.02*fabs(out.total), 1.0);
  while (count_named(l, ilevel, out.least) > CHART_SOURCE_MAX) out.least *= 1.5;

  chart_source other = {.name = ""};
  int nother = 0;
  for (int i = 0; i < l->nsource; i++) {
    const chart_source s = source_of(l, ilevel, i);
    out.sum += s.compression;
    if (is_named(&s, out.least)) {
      out.source[out.n++] = s;
      continue;
    }
    other.compression += s.compression;
    other.anterior_shear += s.anterior_shear;
    if (fabs(s.compression) > 1e-9 || fabs(s.anterior_shear) > 1e-9) nother++;
  }
  qsort(out.source, (size_t)out.n, sizeof *out.source, by_rank);
  snprintf(other.name, sizeof other.name, "other sources (%d)", nother);
  out.source[out.n++] = other;
  return out;
}

static void waterfall_row(report_html *page, const chart_axis *a, const char *name, const double span[2], double y) {
  const double value = span[1] - span[0];
  const bool is_total = strcmp(name, "total as is") == 0;
  const char *css = is_total                             ? "as-is"
                    : value < 0.0                        ? "minus"
                    : strncmp(name, "psoas ", 6) == 0 ? "psoas-bar"
                                                         : "plus";
  report_put(page, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", is_total ? "small strong" : "small", a->x0, y + 9.0, name);
  report_put(page, "<text class=\"%s end\" x=\"%d\" y=\"%.1f\">%s N</text>", is_total ? "small strong" : "small", NARROW, y + 9.0,
             is_total ? report_rounded(value, 1.0).text : report_signed(value, 1.0).text);
  chart_bar(page, css, chart_at(a, span[0]), chart_at(a, span[1]), y + 13.0, 11.0);
  if (!is_total) report_put(page, "<path class=\"leader\" d=\"M%.1f %.1fv19\"/>", chart_at(a, span[1]), y + 13.0);
}

void chart_waterfall(report_html *page, const chart_split *s, const char *level) {
  enum { ROW = 30 };
  double lo = 0.0, hi = 0.0, sum = 0.0;
  for (int i = 0; i < s->n; i++) {
    sum += s->source[i].compression;
    lo = fmin(lo, sum);
    hi = fmax(hi, sum);
  }
  const chart_axis a = axis_for(lo, hi, 6.0, NARROW - 16.0, 4);
  const double bottom = ROW*(s->n + 1) + 2.0;
  char title[96];
  snprintf(title, sizeof title, "Who makes the compression of %s as is, N", level);
  chart_open(page, NARROW, bottom + 18.0, title, "Each bar starts where the bar before it ends; the last is the total.");
  chart_grid(page, &a, 2.0, bottom);
  sum = 0.0;
  for (int i = 0; i < s->n; i++) {
    const double span[2] = {sum, sum + s->source[i].compression};
    waterfall_row(page, &a, s->source[i].name, span, ROW*i + 2.0);
    sum = span[1];
  }
  waterfall_row(page, &a, "total as is", (const double[2]){0.0, s->total}, ROW*s->n + 2.0);
  report_put(page, "</svg>");
}
