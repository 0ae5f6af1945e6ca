/* The three forms of a validation. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/validate_report.h"

#include <math.h>
#include <string.h>

#include "app/report/result_json.h"

typedef struct digits { char text[24]; } digits;
typedef struct cell { char text[64]; } cell;

// three digits are what such comparisons carry, no fractions from 100 on; never "-0"
static digits number(double x) {
  digits c = {"-"};
  if (fabs(x) >= 100.0) snprintf(c.text, sizeof c.text, "%.0f", x);
  else if (!isnan(x)) snprintf(c.text, sizeof c.text, "%.3g", fabs(x) < 5e-4 ? 0.0 : x);
  return c;
}

static cell published(const validate_row *row) {
  const validate_published *p = &row->published;
  cell c = {""};
  if (p->rule == VALIDATE_RANGE && isnan(p->hi)) snprintf(c.text, sizeof c.text, ">= %s", number(p->lo).text);
  else if (p->rule == VALIDATE_RANGE && isnan(p->lo)) snprintf(c.text, sizeof c.text, "<= %s", number(p->hi).text);
  else if (p->rule == VALIDATE_RANGE) snprintf(c.text, sizeof c.text, "%s to %s", number(p->lo).text, number(p->hi).text);
  else if (p->rule == VALIDATE_SD) snprintf(c.text, sizeof c.text, "%s +- %s", number(p->value).text, number(p->sd).text);
  else snprintf(c.text, sizeof c.text, "%s", number(p->value).text);
  return c;
}

static const char *rule(const validate_row *row) {
  static const char *const text[VALIDATE_NRULE] = {"1 SD", "range", "25 %", "5 deg"};
  return text[row->published.rule];
}

static const char *verdict(const validate_result *r) {
  if (r->why[0]) return "not computed";
  return r->verdict.is_inside ? "inside" : "OUTSIDE";
}

static bool counts(const validate_row *row) { return row->kind == VALIDATE_PREDICTED && row->status == VALIDATE_VERIFIED; }

static double percent(const validate_count *c) { return c->ncounted ? 100.0*c->ninside/c->ncounted : 0.0; }

static void text_rows(FILE *out, const validate_result *r, int n, bool is_counting) {
  fprintf(out, "%-21s %15s %9s %-4s %6s %6s  %-12s  %s\n", "row", "published", "ours", "unit", "off", "rule", "verdict",
          is_counting ? "quantity" : "kind, status: quantity");
  for (int i = 0; i < n; i++) {
    const validate_row *w = r[i].row;
    if (counts(w) != is_counting) continue;
    fprintf(out, "%-21s %15s %9s %-4s %6s %6s  %-12s  ", w->id, published(w).text, number(r[i].ours).text, w->unit,
            number(r[i].verdict.distance).text, rule(w), verdict(&r[i]));
    if (!is_counting) fprintf(out, "%s, %s: ", VALIDATE_KIND_WORD[w->kind], VALIDATE_STATUS_WORD[w->status]);
    fprintf(out, "%s\n", w->quantity);
  }
}

void report_validate_text(FILE *out, const validate_result *r, int n) {
  const validate_count c = validate_summary(r, n);
  fprintf(out, "The body against published measurements. off: distance over what the rule allows; 1 or less is inside.\n\n");
  fprintf(out, "PREDICTED AND VERIFIED: these count\n");
  text_rows(out, r, n, true);
  fprintf(out, "\nALL OTHER ROWS: shown, not counted\n");
  text_rows(out, r, n, false);
  fprintf(out, "\n%d rows; %d are predicted and verified, %d of these have an answer, %d are inside: %.0f %%.\n", c.nrow, c.ncounted,
          c.ncomputed, c.ninside, percent(&c));
  fprintf(out, "\nNOT REPRODUCED (of the rows that count):\n");
  for (int i = 0; i < n; i++) {
    if (!counts(r[i].row) || r[i].verdict.is_inside) continue;
    fprintf(out, "  %s: published %s, ours %s", r[i].row->quantity, published(r[i].row).text, number(r[i].ours).text);
    if (strcmp(r[i].row->unit, "-") != 0) fprintf(out, " %s", r[i].row->unit);
    if (r[i].why[0]) fprintf(out, " (%s)", r[i].why);
    else if (r[i].reserve > 1.0) fprintf(out, " (%s Nm that no muscle could give)", number(r[i].reserve).text);
    fprintf(out, "\n");
  }
}

// ---- Markdown ------------------------------------------------------------------------------------------------------

static void markdown_rows(FILE *out, const validate_result *r, int n, bool is_counting) {
  fprintf(out, is_counting ? "| row | quantity | published | ours | unit | off | rule | verdict | source | rests on |\n"
                           : "| row | quantity | published | ours | unit | off | rule | kind | status | source |\n");
  fprintf(out, "|---|---|---|---|---|---|---|---|---|---|\n");
  for (int i = 0; i < n; i++) {
    const validate_row *w = r[i].row;
    if (counts(w) != is_counting) continue;
    fprintf(out, "| `%s` | %s | %s | %s | %s | %s | %s | ", w->id, w->quantity, published(w).text, number(r[i].ours).text, w->unit,
            number(r[i].verdict.distance).text, rule(w));
    if (!is_counting) {
      fprintf(out, "%s | %s | `%s` |\n", VALIDATE_KIND_WORD[w->kind], VALIDATE_STATUS_WORD[w->status], w->source);
      continue;
    }
    fprintf(out, "%s | `%s` | %s", verdict(&r[i]), w->source, r[i].why[0] ? r[i].why : r[i].used);
    if (r[i].reserve > 1.0) fprintf(out, "; reserves of %s Nm", number(r[i].reserve).text);
    fprintf(out, " |\n");
  }
}

void report_validate_markdown(FILE *out, const validate_result *r, int n) {
  const validate_count c = validate_summary(r, n);
  fprintf(out, "%d rows; %d are predicted and verified, %d of these have an answer, %d are inside: %.0f %%.\n\n", c.nrow, c.ncounted,
          c.ncomputed, c.ninside, percent(&c));
  markdown_rows(out, r, n, true);
  fprintf(out, "\nShown, not counted:\n\n");
  markdown_rows(out, r, n, false);
}

// ---- JSON ----------------------------------------------------------------------------------------------------------

static json_t *real_or_null(double x) { return isfinite(x) ? json_real(x) : json_null(); }

static json_t *row_json(const validate_result *r) {
  const validate_row *w = r->row;
  json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "id", w->id, "quantity", w->quantity, "unit", w->unit, "population",
                        w->population, "published", real_or_null(w->published.value), "sd", real_or_null(w->published.sd), "ours",
                        real_or_null(r->ours));
  if (w->published.rule == VALIDATE_RANGE)
    json_object_set_new(o, "range", json_pack("[o, o]", real_or_null(w->published.lo), real_or_null(w->published.hi)));
  json_object_set_new(o, "distance_sd", real_or_null(r->verdict.distance_sd));
  json_object_set_new(o, "distance_tolerance", real_or_null(r->verdict.distance));
  json_object_set_new(o, "rule", json_string(rule(w)));
  json_object_set_new(o, "status", json_string(VALIDATE_STATUS_WORD[w->status]));
  json_object_set_new(o, "kind", json_string(VALIDATE_KIND_WORD[w->kind]));
  json_object_set_new(o, "ok", json_boolean(r->verdict.is_inside));
  json_object_set_new(o, "counts", json_boolean(counts(w)));
  json_object_set_new(o, "used", json_string(r->used));
  json_object_set_new(o, "not_computed", r->why[0] ? json_string(r->why) : json_null());
  json_object_set_new(o, "largest_reserve", json_real(r->reserve));
  json_object_set_new(o, "warnings", report_warnings_json(r->warn));
  json_object_set_new(o, "source", json_string(w->source));
  json_object_set_new(o, "note", json_string(w->note));
  return o;
}

json_t *report_validate_json(const validate_result *r, int n) {
  const validate_count c = validate_summary(r, n);
  json_t *rows = json_array();
  unsigned warn = 0;
  for (int i = 0; i < n; i++) {
    json_array_append_new(rows, row_json(&r[i]));
    warn |= r[i].warn;
  }
  return json_pack("{s:s, s:i, s:s, s:o, s:{s:i, s:i, s:i, s:i, s:f}, s:o}", "version", PS_VERSION, "seed", 0, "input_sha256", "",
                   "warnings", report_warnings_json(warn), "counts", "rows", c.nrow, "predicted_verified", c.ncounted, "computed",
                   c.ncomputed, "inside", c.ninside, "inside_percent", percent(&c), "rows", rows);
}
