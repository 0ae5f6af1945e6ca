/* What changed between two exams, told to a therapist and to a client. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/change_report.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

typedef struct sentence { char text[400]; } sentence;
typedef struct label { char text[96]; } label;

static const clinic_field *field_of(const report_change *r, const clinic_change *c) {
  return &r->fields->field[r->rules->rule[c->rule].field];
}

static bool has_both(const clinic_change *c) { return c->has_before && c->has_after; }

static const char *side_of(const clinic_field *f, const clinic_change *c) {
  return !f->is_sided ? "" : c->side == CLINIC_LEFT ? "left" : "right";
}

static const char *space(const char *unit) { return unit[0] ? " " : ""; }

// a unit as a client says it
static const char *unit_words(const clinic_field *f) {
  if (strcmp(f->unit, "deg") == 0) return "degrees";
  return f->unit[0] ? f->unit : "points";
}

// no digit that the error does not support: whole numbers of whole things, one decimal of the rest
static label number_of(const clinic_field *f, const char *format_sign, double x) {
  label l;
  const bool is_whole = f->kind == CLINIC_WHOLE && x == floor(x);
  snprintf(l.text, sizeof l.text, "%s%.*f", x > 0.0 ? format_sign : "", is_whole ? 0 : 1, fabs(x) < 0.05 ? 0.0 : x);
  return l;
}

// ---- the client's sentence -----------------------------------------------------------------------------------------

static const char *why_sentence(clinic_change_why why) {
  static const char *const text[] = {"",
                                     "was not looked at both times.",
                                     "was measured in two different ways, so the two numbers cannot be compared.",
                                     "was measured without holding the pelvis, so the numbers cannot be compared.",
                                     "nobody has published how exact this is, so we only write it down.",
                                     "began at zero, so the two numbers cannot be compared."};
  return text[why];
}

static sentence client_sentence(const report_change *r, const clinic_change *c) {
  const clinic_field *f = field_of(r, c);
  const char *side = side_of(f, c), *unit = unit_words(f);
  const label by = number_of(f, "", fabs(c->change)), error = number_of(f, "", c->mdc95);
  const char *what = c->verdict == CLINIC_SAME ? "no real change" : c->verdict == CLINIC_BETTER ? "better" : c->verdict == CLINIC_WORSE
                     ? "not as good as last time" : "different from last time";
  sentence s;
  int n = snprintf(s.text, sizeof s.text, "%s%s%s%s: ", r->rules->rule[c->rule].words, side[0] ? " (" : "", side, side[0] ? ")" : "");
  s.text[0] = (char)toupper((unsigned char)s.text[0]);
  char *rest = s.text + n;
  const size_t room = sizeof s.text - (size_t)n;
  if (c->verdict == CLINIC_NOT_COMPARABLE) {
    snprintf(rest, room, "%s", why_sentence(c->why));
    return s;
  }
  if (c->verdict == CLINIC_SAME)
    n = snprintf(rest, room, "%s. Two readings of the same thing can differ by %s %s.", what, error.text, unit);
  else
    n = snprintf(rest, room, "%s, by %s %s. That is more than measuring alone would give.%s", what, by.text, unit,
                 c->verdict == CLINIC_CHANGED ? " Neither direction is better." : "");
  const char *matters = c->matters == CLINIC_CANNOT_SAY || c->verdict == CLINIC_SAME ? "" : c->matters == CLINIC_MATTERS
                        ? " Many people feel a change of this size." : " Many people would not feel a change this small.";
  snprintf(rest + n, room - (size_t)n, "%s", matters);
  return s;
}

// ---- the table -----------------------------------------------------------------------------------------------------

static void put_row(FILE *out, const report_change *r, const clinic_change *c) {
  const clinic_field *f = field_of(r, c);
  const bool is_compared = c->verdict != CLINIC_NOT_COMPARABLE;
  const bool has_change = is_compared || c->why == CLINIC_NO_ERROR || c->why == CLINIC_SHARE_OF_ZERO;
  const label before = number_of(f, "", c->before), after = number_of(f, "", c->after), change = number_of(f, "+", c->change);
  const label error = number_of(f, "", c->mdc95);
  label words;
  snprintf(words.text, sizeof words.text, "%s%s%s", f->words, f->unit[0] ? ", " : "", f->unit);
  fprintf(out, "%-46.46s %-5s %7s %7s %7s %6s%s  %-14s %s\n", words.text, side_of(f, c), before.text, after.text,
          has_change ? change.text : "", is_compared ? error.text : "", c->is_own ? "*" : " ", clinic_change_verdict_text(c->verdict),
          is_compared || has_change ? clinic_matters_text(c->matters) : "");
}

// readings that stand side by side and must not be compared, or in one exam only
static void put_reasons(FILE *out, const report_change *r) {
  bool has_title = false;
  for (int i = 0; i < r->nchange; i++) {
    const clinic_change *c = &r->change[i];
    if (c->verdict != CLINIC_NOT_COMPARABLE) continue;
    const clinic_field *f = field_of(r, c);
    if (!has_title) fprintf(out, "\nNot comparable, and why:\n");
    has_title = true;
    const char *side = side_of(f, c);
    fprintf(out, "  %s%s%s: %s%s\n", f->words, side[0] ? ", " : "", side, clinic_change_why_text(c->why),
            c->why != CLINIC_NOT_IN_BOTH ? "" : c->has_before ? " (only the first)" : " (only the second)");
  }
}

// whose error was used for each field, once
static void put_errors(FILE *out, const report_change *r) {
  fprintf(out, "\nWhose error (SEM of one reading; outside MDC95 a change is real; * = yours, larger than the published one):\n");
  int last = -1;
  for (int i = 0; i < r->nchange; i++) {
    const clinic_change *c = &r->change[i];
    const clinic_field *f = field_of(r, c);
    const bool is_relative = r->rules->rule[c->rule].is_relative;
    if (c->verdict == CLINIC_NOT_COMPARABLE || (c->rule == last && !is_relative)) continue;
    last = c->rule;
    fprintf(out, "  %s%s%s: published %.2f%s%s (%s)", f->words, is_relative ? ", " : "", is_relative ? side_of(f, c) : "", c->published,
            space(f->unit), f->unit, r->rules->rule[c->rule].source);
    if (c->own_freedom >= CLINIC_OWN_FREEDOM) fprintf(out, "; yours %.2f from repeats (%d degrees of freedom)", c->own, c->own_freedom);
    else if (c->own_freedom > 0) fprintf(out, "; too few repeats for yours");
    fprintf(out, "\n");
  }
}

void report_change_text(FILE *out, const report_change *r) {
  int ntable = 0, ncompared = 0;
  for (int i = 0; i < r->nchange; i++) {
    ntable += has_both(&r->change[i]);
    ncompared += r->change[i].verdict != CLINIC_NOT_COMPARABLE;
  }
  if (ntable == 0) fprintf(out, "Nothing was measured both times.\n");
  else fprintf(out, "%-46s %-5s %7s %7s %7s %7s  %-14s %s\n", "", "side", "before", "after", "change", "MDC95 ", "verdict", "matters?");
  for (int i = 0; i < r->nchange; i++)
    if (has_both(&r->change[i])) put_row(out, r, &r->change[i]);
  if (ncompared > 0) put_errors(out, r);
  put_reasons(out, r);
  if (ntable > 0) fprintf(out, "\nFor the client:\n");
  for (int i = 0; i < r->nchange; i++)
    if (has_both(&r->change[i])) fprintf(out, "  %s\n", client_sentence(r, &r->change[i]).text);
}

// ---- JSON ----------------------------------------------------------------------------------------------------------

static json_t *row_json(const report_change *r, const clinic_change *c) {
  const clinic_change_rule *rule = &r->rules->rule[c->rule];
  const clinic_field *f = field_of(r, c);
  const bool is_compared = c->verdict != CLINIC_NOT_COMPARABLE;
  const bool has_change = is_compared || c->why == CLINIC_NO_ERROR || c->why == CLINIC_SHARE_OF_ZERO;
  label name;
  snprintf(name.text, sizeof name.text, "%s.%s", f->section, f->key);
  json_t *o = json_pack("{s:s, s:s, s:s, s:s}", "field", name.text, "side", side_of(f, c), "words", f->words, "unit", f->unit);
  if (c->has_before) json_object_set_new(o, "before", json_real(c->before));
  if (c->has_after) json_object_set_new(o, "after", json_real(c->after));
  if (has_change) json_object_set_new(o, "change", json_real(c->change));
  if (is_compared) {
    json_object_set_new(o, "error", json_string(c->is_own ? "own" : "published"));
    json_object_set_new(o, "published_sem", json_real(c->published));
    json_object_set_new(o, "mdc95", json_real(c->mdc95));
  }
  if (c->own_freedom >= CLINIC_OWN_FREEDOM) json_object_set_new(o, "own_sem", json_real(c->own));
  json_object_set_new(o, "own_freedom", json_integer(c->own_freedom));
  json_object_set_new(o, "verdict", json_string(clinic_change_verdict_text(c->verdict)));
  json_object_set_new(o, "why", json_string(clinic_change_why_text(c->why)));
  json_object_set_new(o, "matters", json_string(clinic_matters_text(c->matters)));
  json_object_set_new(o, "client", json_string(client_sentence(r, c).text));
  json_object_set_new(o, "source", json_string(rule->source));
  json_object_set_new(o, "note", json_string(rule->note));
  return o;
}

json_t *report_change_json(const report_change *r) {
  json_t *list = json_array();
  for (int i = 0; i < r->nchange; i++) json_array_append_new(list, row_json(r, &r->change[i]));
  return list;
}
