/* Reading what stands behind the pathways: their claims, the smallest changes worth naming, and where their shares start.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/files/files_clinical_table.h"

enum { E_NAME, E_WORDS, E_UNIT, E_LEAST, E_SHARE, E_DIRECTION, E_LOAD, E_SOURCE, E_NOTE, NE };
enum { W_ID, W_TITLE, W_LINKS, W_ALSO, W_VERDICT, W_ARTICLE, W_STUDIES, W_MODEL, W_PLAIN, W_CHANGE, W_MOST, W_NEEDS, W_REFERS, W_SOURCE,
       W_NOTE, NW };
static const char *const OF_EFFECTS[NE] = {"name", "words", "unit", "least", "least_share", "direction", "is_load", "source", "note"};
static const char *const OF_PATHWAYS[NW] = {"pathway", "title", "links", "also", "verdict", "article", "studies", "model", "plain",
                                            "change_mind", "most", "needs", "refers", "source", "note"};
static const clinical_layout EFFECTS = {"clinical/effects.csv", OF_EFFECTS, NE};
static const clinical_layout PATHWAYS = {"clinical/pathways.csv", OF_PATHWAYS, NW};

const clinic_pathway_rules *files_clinical_pathways(const files_clinical *c) { return &c->pathways; }

static ps_status twice(const files_csv *csv, ps_error *err) { return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err); }

// ---- effects -------------------------------------------------------------------------------------------------------

// clinic_effect_id, and the unit in which each is shown
static const char *const EFFECT[CLINIC_NEFFECT] = {"lumbar_compression", "thoracolumbar_moment", "pelvic_tilt",
                                                   "back_activation",    "psoas_stress",         "sacroiliac_shear"};
static const struct { const char *unit; double factor; } UNIT[CLINIC_NEFFECT] = {
    {"N", 1.0}, {"Nm", 1.0}, {"deg", 57.29577951308232}, {"%", 100.0}, {"kPa", 1e-3}, {"N", 1.0}};

static ps_status add_effect(files_clinical *c, const files_csv *csv, ps_error *err) {
  static const char *const direction[] = {"raises", "either"}, *const no_yes[] = {"0", "1"};
  static const files_csv_range least = {1e-6, 1e6, ""}, share = {1e-6, 1.0, ""};
  int k = 0, is_either = 0, is_load = 0;
  PS_TRY(files_csv_choice(csv, E_NAME, EFFECT, CLINIC_NEFFECT, &k, err));
  clinic_effect_rule *r = &c->pathways.effect[k];
  if (r->words) return twice(csv, err);
  PS_TRY(clinical_text(csv, E_WORDS, &r->words, err));
  if (strcmp(csv->field[E_UNIT], UNIT[k].unit) != 0) return files_csv_fail(csv, E_UNIT, PS_EINPUT, "another unit than the simulation's", err);
  PS_TRY(files_csv_number(csv, E_LEAST, &least, &r->least, err));
  if (csv->field[E_SHARE][0]) PS_TRY(files_csv_number(csv, E_SHARE, &share, &r->least_share, err));
  PS_TRY(files_csv_choice(csv, E_DIRECTION, direction, 2, &is_either, err));
  PS_TRY(files_csv_choice(csv, E_LOAD, no_yes, 2, &is_load, err));
  PS_TRY(clinical_source(c, csv, E_SOURCE, &r->source, err));
  PS_TRY(clinical_text(csv, E_NOTE, &r->note, err));  // what is assumed says why
  r->unit = csv->field[E_UNIT];
  r->factor = UNIT[k].factor;
  r->least /= r->factor;
  r->is_either = is_either == 1;
  r->is_load = is_load == 1;
  return PS_OK;
}

// ---- pathways ------------------------------------------------------------------------------------------------------

static const files_claim *find_claim(const files_clinical *c, const char *id) {
  for (int i = 0; i < c->texts.nclaim; i++)
    if (strcmp(c->texts.claim[i].id, id) == 0) return &c->texts.claim[i];
  return NULL;
}

// ids parted by blanks; each a claim with a grade
static ps_status read_claims(const files_clinical *c, const files_csv *csv, int column, clinic_pathway_rule *p, ps_error *err) {
  const char *list = csv->field[column];
  char word[64];
  while (clinical_next_word(&list, ' ', word)) {
    const files_claim *x = find_claim(c, word);
    if (!x) return files_csv_fail(csv, column, PS_EFORMAT, "not a claim of clinical/claims.csv", err);
    if (!x->has_grade) return files_csv_fail(csv, column, PS_EFORMAT, "a claim without a grade", err);
    if (p->nclaim == CLINIC_PATHWAY_CLAIM_MAX) return clinical_full(csv, err);
    for (int i = 0; i < p->nclaim; i++)
      if (strcmp(p->claim[i].id, x->id) == 0) return files_csv_fail(csv, column, PS_EFORMAT, "a claim stands there twice", err);
    p->claim[p->nclaim++] = (clinic_claim){.id = x->id, .words = x->words, .verdict = x->verdict, .evidence = x->evidence, .source = x->source,
                                           .grade = x->grade, .is_supported = strncmp(x->verdict, "supported", 9) == 0,
                                           .is_link = column == W_LINKS};
  }
  return *list ? files_csv_fail(csv, column, PS_EFORMAT, "a list of claims is needed", err) : PS_OK;
}

// answers parted by `|`: one group
static ps_status read_group(const files_clinical *c, const files_csv *csv, int column, const char *list, clinic_all_of *out, ps_error *err) {
  const clinic_fields *f = &c->evidence.fields;
  char word[64];
  if (out->ngroup == 2) return clinical_full(csv, err);
  int *n = &out->n[out->ngroup], *field = out->field[out->ngroup];
  while (clinical_next_word(&list, '|', word)) {
    if (*n == CLINIC_ANY_MAX) return clinical_full(csv, err);
    const int i = clinic_field_find(f, word);
    if (i < 0) return files_csv_fail(csv, column, PS_EFORMAT, "not a field of clinical/exam_fields.csv", err);
    if (f->field[i].kind != CLINIC_ANSWER) return files_csv_fail(csv, column, PS_EFORMAT, "not an answer", err);
    field[(*n)++] = i;
  }
  if (*n == 0 || *list) return files_csv_fail(csv, column, PS_EFORMAT, "fields parted by | are needed, groups of them by &", err);
  out->ngroup++;
  return PS_OK;
}

static ps_status read_all_of(const files_clinical *c, const files_csv *csv, int column, clinic_all_of *out, ps_error *err) {
  const char *rest = csv->field[column];
  char group[256];
  while (*rest) {
    const char *end = strstr(rest, " & ");
    const size_t n = end ? (size_t)(end - rest) : strlen(rest);
    if (n >= sizeof group) return clinical_full(csv, err);
    memcpy(group, rest, n);
    group[n] = '\0';
    PS_TRY(read_group(c, csv, column, group, out, err));
    rest += n + (end ? 3 : 0);
    if (end && !*rest) return files_csv_fail(csv, column, PS_EFORMAT, "a group is empty", err);
  }
  return PS_OK;
}

static ps_status add_pathway(files_clinical *c, const files_csv *csv, ps_error *err) {
  static const char *const id[CLINIC_NPATHWAY] = {"pathway_1", "pathway_2", "pathway_3", "pathway_4", "pathway_5"};
  static const files_csv_range most = {0.01, 1.0, ""};
  const char *links = NULL;
  int k = 0;
  PS_TRY(files_csv_choice(csv, W_ID, id, CLINIC_NPATHWAY, &k, err));
  clinic_pathway_rule *p = &c->pathways.pathway[k];
  if (p->id) return twice(csv, err);
  PS_TRY(clinical_text(csv, W_TITLE, &p->title, err));
  PS_TRY(clinical_text(csv, W_LINKS, &links, err));
  PS_TRY(read_claims(c, csv, W_LINKS, p, err));
  PS_TRY(read_claims(c, csv, W_ALSO, p, err));
  const char **const text[] = {&p->verdict, &p->article, &p->studies, &p->model, &p->plain, &p->change_mind};
  for (int i = 0; i < 6; i++) PS_TRY(clinical_text(csv, W_VERDICT + i, text[i], err));
  PS_TRY(files_csv_number(csv, W_MOST, &most, &p->most, err));
  PS_TRY(read_all_of(c, csv, W_NEEDS, &p->needs, err));
  PS_TRY(read_all_of(c, csv, W_REFERS, &p->refers, err));
  PS_TRY(clinical_source(c, csv, W_SOURCE, &p->source, err));
  p->note = csv->field[W_NOTE];
  p->id = csv->field[W_ID];
  return PS_OK;
}

// ---- starting shares: rows of base_rates.csv, read by clinical_load_evidence ---------------------------------------

static const char *const NODE[CLINIC_NSHARE] = {"PATHWAY_P1", "PATHWAY_P2", "PATHWAY_P3", "PATHWAY_P4", "PATHWAY_P5", "PATHWAY_LOCAL"};

ps_status clinical_add_share_start(files_clinical *c, const files_csv *csv, int column, const clinic_share_start *start, ps_error *err) {
  int k = 0;
  PS_TRY(files_csv_choice(csv, column, NODE, CLINIC_NSHARE, &k, err));
  if (c->pathways.start[k].id) return files_csv_fail(csv, column, PS_EFORMAT, "stands there twice", err);
  c->pathways.start[k] = *start;
  return PS_OK;
}

// ---- all of them ---------------------------------------------------------------------------------------------------

static ps_status check_whole(const clinic_pathway_rules *r, ps_error *err) {
  for (int i = 0; i < CLINIC_NEFFECT; i++)
    if (!r->effect[i].words) return ps_error_set(err, PS_EFORMAT, 0, EFFECTS.path, "the row %s is missing", EFFECT[i]);
  for (int i = 0; i < CLINIC_NPATHWAY; i++)
    if (!r->pathway[i].id) return ps_error_set(err, PS_EFORMAT, 0, PATHWAYS.path, "the row pathway_%d is missing", i + 1);
  for (int i = 0; i < CLINIC_NSHARE; i++)
    if (!r->start[i].id) return ps_error_set(err, PS_EFORMAT, 0, "clinical/base_rates.csv", "the row %s is missing", NODE[i]);
  return PS_OK;
}

ps_status clinical_load_pathways(files_clinical *c, files_table_source source, ps_error *err) {
  PS_TRY(clinical_read(c, &EFFECTS, source, add_effect, err));
  PS_TRY(clinical_read(c, &PATHWAYS, source, add_pathway, err));
  return check_whole(&c->pathways, err);
}
