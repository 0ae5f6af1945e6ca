/* Reading comparisons and assignments: "movement_tests.slump_leg_pain=yes & person.age_years>=50". The language is described
 * in data/clinical/README.md. SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_clinical_table.h"
#include "app/files/files_suggest.h"

enum { EXPRESSION_MAX = 256 };
static const char *const ANSWER[] = {"not_asked", "no", "not_sure", "yes"};  // clinic_answer

typedef struct place {    // where an expression stands, for messages
  const files_csv *csv;
  int column;
  const clinic_fields *fields;
} place;

static ps_status fail(const place *at, ps_status code, const char *what, ps_error *err) {
  return files_csv_fail(at->csv, at->column, code, what, err);
}

// without the spaces around it
static char *trim(char *text) {
  while (*text == ' ') text++;
  size_t n = strlen(text);
  while (n > 0 && text[n - 1] == ' ') text[--n] = '\0';
  return text;
}

// what stands before a mark is cut off and given back; *rest is what stands behind it, NULL at the end
static char *cut(char **rest, char mark) {
  char *part = *rest, *end = strchr(part, mark);
  *rest = end ? end + 1 : NULL;
  if (end) *end = '\0';
  return part;
}

// ---- names and words -----------------------------------------------------------------------------------------------

// two buffers: the best name so far stays in one of them
static ps_status unknown_field(const place *at, const char *name, ps_error *err) {
  char full[2][128], what[200];
  int k = 0;
  files_suggestion s = files_suggest_begin(name);
  for (int i = 0; i < at->fields->nfield; i++) {
    snprintf(full[k], sizeof full[k], "%s.%s", at->fields->field[i].section, at->fields->field[i].key);
    files_suggest_offer(&s, full[k]);
    if (s.best == full[k]) k = 1 - k;
  }
  snprintf(what, sizeof what, "no field \"%.48s\"%s", name, files_suggest_hint(files_suggest_best(&s)).text);
  return fail(at, PS_EFORMAT, what, err);
}

static ps_status field_of(const place *at, const char *name, int *ifield, ps_error *err) {
  *ifield = clinic_field_find(at->fields, name);
  return *ifield < 0 ? unknown_field(at, name, err) : PS_OK;
}

// the words a field can take; a measure's words are methods, which are not compared
static int words_of(const clinic_field *f, const char *const **words) {
  *words = f->kind == CLINIC_ANSWER ? ANSWER : f->choice;
  if (f->kind == CLINIC_ANSWER) return 4;
  return f->kind == CLINIC_CHOICE || f->kind == CLINIC_CHOICES ? f->nchoice : 0;
}

static ps_status word_of(const place *at, const clinic_field *f, const char *word, int *out, ps_error *err) {
  const char *const *words = NULL;
  const int n = words_of(f, &words), first = f->kind == CLINIC_ANSWER ? CLINIC_NO : 0;  // "not_asked" is no word of a table
  for (int i = first; i < n; i++)
    if (strcmp(words[i], word) == 0) {
      *out = i;
      return PS_OK;
    }
  char what[200];
  int k = snprintf(what, sizeof what, "%.40s is no word of %s", *word ? word : "(empty)", f->key);
  const char *best = files_suggest_from(word, words + first, n - first);
  if (best) snprintf(what + k, sizeof what - (size_t)k, "%s", files_suggest_hint(best).text);
  for (int i = first; i < n && !best && k < (int)sizeof what; i++)
    k += snprintf(what + k, sizeof what - (size_t)k, "%s %s", i > first ? "," : "; allowed is", words[i]);
  return fail(at, PS_EINPUT, what, err);
}

static bool is_number(const clinic_field *f) {
  return f->kind == CLINIC_NUMBER || f->kind == CLINIC_WHOLE || f->kind == CLINIC_MEASURE;
}

static ps_status number_of(const place *at, const clinic_field *f, const char *text, double *out, ps_error *err) {
  char *end = NULL;
  const bool is_plain = *text && text[strspn(text, "+-.0123456789")] == '\0';
  const double value = is_plain ? strtod(text, &end) : 0.0;
  if (!is_plain || *end) return fail(at, PS_EFORMAT, "a number is needed", err);
  char what[160];
  snprintf(what, sizeof what, "%s is %g to %g %s", f->key, f->lo, f->hi, f->unit);
  if (!(value >= f->lo && value <= f->hi)) return fail(at, PS_EINPUT, what, err);
  if (f->kind == CLINIC_WHOLE && value != floor(value)) return fail(at, PS_EINPUT, "a whole number is needed", err);
  *out = value;
  return PS_OK;
}

// ---- comparisons ---------------------------------------------------------------------------------------------------

static ps_status read_words(const place *at, clinic_term *t, char *list, ps_error *err) {
  const clinic_field *f = &at->fields->field[t->field];
  while (list) {
    int word = 0;
    PS_TRY(word_of(at, f, cut(&list, '|'), &word, err));
    if (t->words & 1u << word) return fail(at, PS_EFORMAT, "a word stands there twice", err);
    t->words |= 1u << word;
  }
  return PS_OK;
}

static ps_status read_term(const place *at, char *text, clinic_term *t, ps_error *err) {
  static const struct { const char *mark; clinic_op op; } OP[] = {
      {">=", CLINIC_AT_LEAST}, {"<=", CLINIC_AT_MOST}, {"=", CLINIC_IS}, {">", CLINIC_ABOVE}, {"<", CLINIC_BELOW}};
  char *mark = text + strcspn(text, "<>=");
  size_t k = 0;
  while (k < 5 && strncmp(mark, OP[k].mark, strlen(OP[k].mark)) != 0) k++;
  if (k == 5) return fail(at, PS_EFORMAT, "a comparison is section.key, one of = >= <= > <, and a word or number", err);
  char *value = mark + strlen(OP[k].mark);
  *mark = '\0';
  *t = (clinic_term){.op = OP[k].op};
  PS_TRY(field_of(at, text, &t->field, err));
  const clinic_field *f = &at->fields->field[t->field];
  const char *const *words = NULL;
  if (t->op == CLINIC_IS && words_of(f, &words) > 0) return read_words(at, t, value, err);
  if (t->op != CLINIC_IS && is_number(f)) return number_of(at, f, value, &t->number, err);
  return fail(at, PS_EFORMAT, is_number(f) ? "numbers are compared by >= <= > <"
                              : words_of(f, &words) ? "words are compared by =" : "texts and dates are not compared", err);
}

ps_status clinical_comparison(const files_clinical *c, const files_csv *csv, int column, clinic_comparison *out, ps_error *err) {
  const place at = {csv, column, &c->evidence.fields};
  char copy[EXPRESSION_MAX], *rest = copy;
  *out = (clinic_comparison){0};
  if (strlen(csv->field[column]) >= sizeof copy) return fail(&at, PS_EFORMAT, "longer than the program has room for", err);
  strcpy(copy, csv->field[column]);
  if (!*trim(copy)) return PS_OK;
  while (rest) {
    if (out->n == CLINIC_TERM_MAX) return fail(&at, PS_EFORMAT, "more comparisons than the program has room for", err);
    PS_TRY(read_term(&at, trim(cut(&rest, '&')), &out->term[out->n], err));
    out->n++;
  }
  return PS_OK;
}

// ---- assignments ---------------------------------------------------------------------------------------------------

// "section.key=word", "section.key.left=12": without a side it is both of a sided field
static ps_status read_assign(const place *at, char *text, clinic_assign *a, ps_error *err) {
  char *value = text, *name = cut(&value, '=');
  *a = (clinic_assign){.side = -1};
  if (!value) return fail(at, PS_EFORMAT, "an outcome is section.key=WORD or section.key=NUMBER", err);
  char *dot = strrchr(name, '.');
  const bool is_left = dot && strcmp(dot, ".left") == 0, has_side = is_left || (dot && strcmp(dot, ".right") == 0);
  if (has_side) *dot = '\0';
  PS_TRY(field_of(at, name, &a->field, err));
  const clinic_field *f = &at->fields->field[a->field];
  if (has_side && !f->is_sided) return fail(at, PS_EFORMAT, "a field without sides has none", err);
  if (f->is_derived) return fail(at, PS_EFORMAT, "a derived field is computed, not recorded", err);
  if (has_side) a->side = is_left ? CLINIC_LEFT : CLINIC_RIGHT;
  if (is_number(f)) return number_of(at, f, value, &a->value, err);
  const char *const *words = NULL;
  if (words_of(f, &words) == 0) return fail(at, PS_EFORMAT, "texts and dates are no outcomes", err);
  int word = 0;
  PS_TRY(word_of(at, f, value, &word, err));
  a->value = word;
  return PS_OK;
}

static ps_status read_outcome(const place *at, char *rest, clinic_trial *t, ps_error *err) {
  if (t->noutcome == CLINIC_OUTCOME_MAX) return fail(at, PS_EFORMAT, "more outcomes than the program has room for", err);
  int *n = &t->outcome[t->noutcome].n;
  clinic_assign *a = t->outcome[t->noutcome].assign;
  for (*n = 0; rest; (*n)++) {
    if (*n == CLINIC_ASSIGN_MAX) return fail(at, PS_EFORMAT, "more assignments than the program has room for", err);
    PS_TRY(read_assign(at, trim(cut(&rest, '&')), &a[*n], err));
    for (int i = 0; i < *n; i++)
      if (a[i].field == a[*n].field && (a[i].side == a[*n].side || a[i].side < 0 || a[*n].side < 0))
        return fail(at, PS_EFORMAT, "a field is set twice", err);
  }
  t->noutcome++;
  return PS_OK;
}

ps_status clinical_outcomes(const files_clinical *c, const files_csv *csv, int column, clinic_trial *out, ps_error *err) {
  const place at = {csv, column, &c->evidence.fields};
  char copy[2*EXPRESSION_MAX], *rest = copy;
  if (strlen(csv->field[column]) >= sizeof copy) return fail(&at, PS_EFORMAT, "longer than the program has room for", err);
  strcpy(copy, csv->field[column]);
  if (!*trim(copy)) return PS_OK;
  while (rest) PS_TRY(read_outcome(&at, trim(cut(&rest, '/')), out, err));
  return PS_OK;
}

ps_status clinical_field_list(const files_clinical *c, const files_csv *csv, int column, clinic_trial *out, ps_error *err) {
  const place at = {csv, column, &c->evidence.fields};
  const char *list = csv->field[column];
  char word[64];
  out->is_any = strchr(list, '|') != NULL;
  while (clinical_next_word(&list, out->is_any ? '|' : ' ', word)) {
    if (out->nfield == CLINIC_ASSIGN_MAX) return fail(&at, PS_EFORMAT, "more fields than the program has room for", err);
    PS_TRY(field_of(&at, word, &out->field[out->nfield++], err));
  }
  return *list ? fail(&at, PS_EFORMAT, "a list of fields is needed", err) : PS_OK;
}
