/* What a word may mean: every item of every table, and the search among them. SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "app/files/files_suggest.h"
#include "app/report/explain_internal.h"

const char *report_explain_kind_text(explain_kind kind) {
  static const char *const text[EXPLAIN_NKIND] = {
      [EXPLAIN_CONDITION] = "condition", [EXPLAIN_CLAIM] = "claim", [EXPLAIN_PATHWAY] = "pathway", [EXPLAIN_MUSCLE] = "muscle",
      [EXPLAIN_FLAG] = "red flag", [EXPLAIN_CONTRAINDICATION] = "contraindication", [EXPLAIN_TECHNIQUE] = "technique",
      [EXPLAIN_MEASURE] = "measure", [EXPLAIN_NORM] = "norm", [EXPLAIN_FINDING] = "finding", [EXPLAIN_TEST] = "test",
      [EXPLAIN_LIKELIHOOD] = "likelihood ratio", [EXPLAIN_PRIOR] = "starting value", [EXPLAIN_FIELD] = "field",
      [EXPLAIN_REGION] = "region", [EXPLAIN_GRADE] = "grade", [EXPLAIN_FASCICLE] = "fascicle",
      [EXPLAIN_ROW] = "row of a table"};
  return text[kind];
}

// ---- items ---------------------------------------------------------------------------------------------------------

typedef struct naming { explain_text id; const char *words; } naming;

static naming plain(const char *id, const char *words) { return (naming){explain_format("%s", id), words}; }

// the items that come from the tables of the differential
static naming of_evidence(const report_explain *e, explain_kind kind, int i) {
  const clinic_evidence *v = files_clinical_evidence(e->clinical);
  const naming none = {{""}, NULL};
  if (kind == EXPLAIN_CONDITION) return i < v->nnode ? plain(v->node[i].id, v->node[i].words) : none;
  if (kind == EXPLAIN_FINDING) return i < v->nfinding ? plain(v->finding[i].id, v->finding[i].words) : none;
  if (kind == EXPLAIN_TEST) return i < v->ntrial ? plain(v->trial[i].id, v->trial[i].words) : none;
  if (kind == EXPLAIN_PRIOR) return i < v->nprior ? plain(v->prior[i].id, v->prior[i].population) : none;
  if (kind == EXPLAIN_LIKELIHOOD)
    return i < v->nlikelihood ? plain(v->likelihood[i].id, v->finding[v->likelihood[i].finding].words) : none;
  if (kind == EXPLAIN_REGION) return i < v->fields.nregion ? plain(v->fields.region[i].id, v->fields.region[i].words) : none;
  if (kind == EXPLAIN_FIELD && i < v->fields.nfield)
    return (naming){explain_field_name(&v->fields.field[i]), v->fields.field[i].words};
  return none;
}

// the others
static naming of_tables(const report_explain *e, explain_kind kind, int i) {
  const clinic_safety_tables *s = files_clinical_safety(e->clinical);
  const files_clinical_texts *t = files_clinical_texts_of(e->clinical);
  const naming none = {{""}, NULL};
  if (kind == EXPLAIN_CLAIM) return i < t->nclaim ? plain(t->claim[i].id, t->claim[i].words) : none;
  if (kind == EXPLAIN_MEASURE) return i < t->nmeasure ? plain(t->measure[i].id, t->measure[i].words) : none;
  if (kind == EXPLAIN_NORM) return i < t->nnorm ? plain(t->norm[i].id, t->norm[i].measure) : none;
  if (kind == EXPLAIN_FLAG) return i < s->nflag ? plain(s->flag[i].id, s->flag[i].question) : none;
  if (kind == EXPLAIN_CONTRAINDICATION) return i < s->ncondition ? plain(s->condition[i].id, s->condition[i].words) : none;
  if (kind == EXPLAIN_TECHNIQUE && i < CLINIC_NTECHNIQUE) return plain(clinic_technique_text((clinic_technique)i), "a technique of manual therapy");
  if (kind == EXPLAIN_PATHWAY && i < CLINIC_NPATHWAY) {
    const clinic_pathway_rule *p = &files_clinical_pathways(e->clinical)->pathway[i];
    return plain(p->id, p->title);
  }
  if (kind == EXPLAIN_GRADE && i <= CLINIC_X) return plain(clinic_grade_text((clinic_grade)i), "how good the evidence of a number is");
  if (kind == EXPLAIN_MUSCLE && explain_group(e->anatomy, i) >= 0)
    return plain(e->anatomy->muscle[explain_group(e->anatomy, i)].group, "a muscle group of the body model");
  if (kind == EXPLAIN_FASCICLE && explain_fascicle_row(e->anatomy, i) >= 0)
    return plain(e->anatomy->muscle[explain_fascicle_row(e->anatomy, i)].name, "a fascicle of the body model");
  return none;
}

bool report_explain_at(const report_explain *e, explain_kind kind, int i, explain_item *out) {
  naming n = of_evidence(e, kind, i);
  if (!n.words) n = of_tables(e, kind, i);
  if (!n.words) return false;
  *out = (explain_item){.kind = kind, .index = i};
  snprintf(out->id, sizeof out->id, "%.63s", n.id.text);
  snprintf(out->words, sizeof out->words, "%s", n.words);
  return true;
}

// ---- search --------------------------------------------------------------------------------------------------------

// letters in lower case, everything else that parts words a blank
static void fold(const char *text, char out[128]) {
  size_t n = 0;
  for (; *text && n < 127; text++) out[n++] = *text == '_' ? ' ' : (char)tolower((unsigned char)*text);
  out[n] = '\0';
}

typedef bool (*matches)(const explain_item *item, const char *word);

static bool is_id(const explain_item *item, const char *word) {
  char id[128];
  fold(item->id, id);
  if (strcmp(id, word) == 0) return true;
  // a pathway is P1 to P5 for short
  if (item->kind == EXPLAIN_PATHWAY && word[0] == 'p' && strcmp(word + 1, id + strlen("pathway ")) == 0) return true;
  // the tables hold the right side; the left is its mirror
  const size_t n = strlen(word), stem = n > 5 ? n - 5 : 0;
  return item->kind == EXPLAIN_FASCICLE && stem > 0 && strcmp(word + stem, " left") == 0 && strncmp(id, word, stem) == 0 &&
         strcmp(id + stem, " right") == 0;
}

// the key of a field, or the words of anything
static bool is_name(const explain_item *item, const char *word) {
  char id[128], words[128];
  fold(item->id, id);
  fold(item->words, words);
  const char *dot = strchr(id, '.');
  return (dot && strcmp(dot + 1, word) == 0) || strcmp(words, word) == 0;
}

static bool is_inside(const explain_item *item, const char *word) {
  char id[128], words[128];
  fold(item->id, id);
  fold(item->words, words);
  return item->kind != EXPLAIN_FASCICLE && (strstr(id, word) || strstr(words, word));
}

static int find_all(const report_explain *e, const char *word, matches match, explain_item out[EXPLAIN_MATCH_MAX]) {
  int n = 0;
  explain_item item;
  for (int kind = 0; kind < EXPLAIN_NKIND; kind++)
    for (int i = 0; n < EXPLAIN_MATCH_MAX && report_explain_at(e, (explain_kind)kind, i, &item); i++)
      if (match(&item, word)) out[n++] = item;
  return n;
}

int report_explain_find(const report_explain *e, const char *word, explain_item out[EXPLAIN_MATCH_MAX], bool *is_exact) {
  static const matches stage[] = {is_id, is_name, is_inside};
  char folded[128];
  fold(word, folded);
  *is_exact = true;
  for (int i = 0; i < 3; i++) {
    // a letter or two stand inside of almost everything
    if (i == 2 && strlen(folded) < 3) break;
    const int n = find_all(e, folded, stage[i], out);
    *is_exact = i < 2;
    if (n > 0) return n;
    if (i == 1) {
      const int nrow = explain_find_rows(e, word, out);
      if (nrow > 0) return nrow;
    }
  }
  return 0;
}

bool report_explain_nearest(const report_explain *e, const char *word, explain_item *out) {
  int least = 0;
  bool has_one = false;
  explain_item item;
  const int near = (int)strlen(word)/3 > 2 ? (int)strlen(word)/3 : 2;  // as files_suggest_best
  for (int kind = 0; kind < EXPLAIN_NKIND; kind++) {
    for (int i = 0; report_explain_at(e, (explain_kind)kind, i, &item); i++) {
      const char *dot = strchr(item.id, '.');
      const int whole = files_suggest_distance(word, item.id), key = dot ? files_suggest_distance(word, dot + 1) : whole;
      const int distance = key < whole ? key : whole;
      if (distance > near || (has_one && distance >= least)) continue;
      least = distance;
      has_one = true;
      *out = item;
    }
  }
  return has_one;
}
