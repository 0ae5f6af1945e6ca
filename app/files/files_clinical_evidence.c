/* Reading the tables of the differential: conditions, findings, likelihood ratios, starting values.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_clinical_table.h"
#include "app/files/files_suggest.h"

enum { C_ID, C_KIND, C_WORDS, C_PLAIN, C_AGAINST, C_TELL, C_LEAST, C_MOST, C_SHOWN, C_SOURCE, C_NOTE, NC };
enum { F_ID, F_TEST, F_WORDS, F_PLAIN, F_SOURCE, F_NOTE, NF };
enum { L_ID, L_USE, L_CONDITION, L_FINDING, L_WORDS, L_GROUP, L_SENS, L_SPEC, L_N, L_REFERENCE, L_POS, L_NEG = L_POS + 3,
       L_ENGINE_POS = L_NEG + 3, L_ENGINE_NEG = L_ENGINE_POS + 3, L_GRADE = L_ENGINE_NEG + 3, L_VERIFICATION,
       L_SOURCE, L_NOTE, NL };
enum { P_ID, P_NODE, P_POPULATION, P_WHEN, P_MEDIAN, P_P05, P_P95, P_BASIS, P_GRADE, P_SOURCE, P_NOTE, NP };
enum { B_ID, B_NODE, B_POPULATION, B_MEDIAN, B_P05, B_P95, B_BASIS, B_GRADE, B_SOURCE, B_NOTE, NB };
static const char *const OF_CONDITIONS[NC] = {"condition", "kind",  "words", "plain",      "against", "tell_apart",
                                              "least",     "most",  "most_shown", "source", "note"};
static const char *const OF_FINDINGS[NF] = {"finding", "test", "words", "plain", "source", "note"};
static const char *const OF_LIKELIHOODS[NL] = {
    "id", "use", "condition", "finding", "words", "group", "sens", "spec", "n", "reference", "lr_pos", "lr_pos_lo", "lr_pos_hi",
    "lr_neg", "lr_neg_lo", "lr_neg_hi", "engine_lr_pos", "engine_lr_pos_p05", "engine_lr_pos_p95", "engine_lr_neg",
    "engine_lr_neg_p05", "engine_lr_neg_p95", "grade", "verification", "source", "note"};
static const char *const OF_PRIORS[NP] = {"id",  "node",  "population", "when",   "median", "p05",
                                          "p95", "basis", "grade",      "source", "note"};
static const char *const OF_BASE[NB] = {"id", "node", "population", "median", "p05", "p95", "basis", "grade", "source", "note"};
static const clinical_layout CONDITIONS = {"clinical/conditions.csv", OF_CONDITIONS, NC};
static const clinical_layout FINDINGS = {"clinical/findings.csv", OF_FINDINGS, NF};
static const clinical_layout LIKELIHOODS = {"clinical/likelihoods.csv", OF_LIKELIHOODS, NL};
static const clinical_layout PRIORS = {"clinical/priors.csv", OF_PRIORS, NP};
static const clinical_layout BASE_RATES = {"clinical/base_rates.csv", OF_BASE, NB};
static const char *const KIND[] = {"estimated", "simulated", "in_words"};  // clinic_node_kind
static const char *const GRADE[] = {"A", "B", "C", "D", "X"};              // clinic_grade
static const char *const NO_YES[] = {"0", "1"};

// ---- what the tables share -----------------------------------------------------------------------------------------

static int find_node(const clinic_evidence *e, const char *id) {
  for (int i = 0; i < e->nnode; i++)
    if (strcmp(e->node[i].id, id) == 0) return i;
  return -1;
}

static int find_finding(const clinic_evidence *e, const char *id) {
  for (int i = 0; i < e->nfinding; i++)
    if (strcmp(e->finding[i].id, id) == 0) return i;
  return -1;
}

static ps_status twice(const files_csv *csv, ps_error *err) {
  return files_csv_fail(csv, 0, PS_EFORMAT, "stands there twice", err);
}

static ps_status node_of(const clinic_evidence *e, const files_csv *csv, int column, int *inode, ps_error *err) {
  *inode = find_node(e, csv->field[column]);
  if (*inode >= 0) return PS_OK;
  files_suggestion s = files_suggest_begin(csv->field[column]);
  for (int i = 0; i < e->nnode; i++) files_suggest_offer(&s, e->node[i].id);
  char what[160];
  snprintf(what, sizeof what, "not a condition of %s%s", CONDITIONS.path, files_suggest_hint(files_suggest_best(&s)).text);
  return files_csv_fail(csv, column, PS_EFORMAT, what, err);
}

ps_status clinical_grade(const files_csv *csv, int column, clinic_grade *out, ps_error *err) {
  int grade = 0;
  PS_TRY(files_csv_choice(csv, column, GRADE, 5, &grade, err));
  *out = (clinic_grade)grade;
  return PS_OK;
}

// three columns: the middle value, its lower and its upper one
static ps_status spread_of(const files_csv *csv, int column, const files_csv_range *range, clinic_spread *out, ps_error *err) {
  clinic_spread s;
  PS_TRY(files_csv_number(csv, column, range, &s.median, err));
  PS_TRY(files_csv_number(csv, column + 1, range, &s.p05, err));
  PS_TRY(files_csv_number(csv, column + 2, range, &s.p95, err));
  if (s.p05 > s.median) return files_csv_fail(csv, column + 1, PS_EINPUT, "above the middle value", err);
  if (s.median > s.p95) return files_csv_fail(csv, column + 2, PS_EINPUT, "below the middle value", err);
  *out = s;
  return PS_OK;
}

// a ratio and its interval, or three empty fields
static ps_status ratio_of(const files_csv *csv, int column, bool *has, clinic_spread *out, ps_error *err) {
  static const files_csv_range range = {0.001, 1000.0, ""};
  *has = csv->field[column][0] || csv->field[column + 1][0] || csv->field[column + 2][0];
  return *has ? spread_of(csv, column, &range, out, err) : PS_OK;
}

// ---- conditions and findings ---------------------------------------------------------------------------------------

static ps_status caps_of(const files_csv *csv, clinic_node *n, ps_error *err) {
  static const files_csv_range least = {0.001, 1.0, ""}, most = {1.0, 1000.0, ""}, shown = {0.01, 1.0, ""};
  n->least = n->most = n->most_shown = 1.0;
  if (n->kind == CLINIC_ESTIMATED) {
    PS_TRY(files_csv_number(csv, C_LEAST, &least, &n->least, err));
    PS_TRY(files_csv_number(csv, C_MOST, &most, &n->most, err));
    return files_csv_number(csv, C_SHOWN, &shown, &n->most_shown, err);
  }
  for (int k = C_LEAST; k <= C_SHOWN; k++)
    if (csv->field[k][0]) return files_csv_fail(csv, k, PS_EFORMAT, "only an estimated condition has caps", err);
  return PS_OK;
}

static ps_status add_condition(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_evidence *e = &c->evidence;
  if (e->nnode == CLINIC_NODE_MAX) return clinical_full(csv, err);
  if (find_node(e, csv->field[C_ID]) >= 0) return twice(csv, err);
  clinic_node *n = &e->node[e->nnode];
  int kind = 0;
  PS_TRY(clinical_name(csv, C_ID, &n->id, err));
  PS_TRY(files_csv_choice(csv, C_KIND, KIND, 3, &kind, err));
  n->kind = (clinic_node_kind)kind;
  PS_TRY(clinical_text(csv, C_WORDS, &n->words, err));
  PS_TRY(clinical_text(csv, C_PLAIN, &n->plain, err));
  PS_TRY(clinical_text(csv, C_AGAINST, &n->against, err));
  n->tell_apart = csv->field[C_TELL];
  PS_TRY(caps_of(csv, n, err));
  PS_TRY(clinical_source(c, csv, C_SOURCE, &n->source, err));
  e->nnode++;
  return PS_OK;
}

static ps_status add_finding(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_evidence *e = &c->evidence;
  if (e->nfinding == CLINIC_FINDING_MAX) return clinical_full(csv, err);
  if (find_finding(e, csv->field[F_ID]) >= 0) return twice(csv, err);
  clinic_finding *f = &e->finding[e->nfinding];
  PS_TRY(clinical_name(csv, F_ID, &f->id, err));
  PS_TRY(clinical_comparison(c, csv, F_TEST, &f->test, err));
  if (f->test.n == 0) return files_csv_fail(csv, F_TEST, PS_EFORMAT, "a comparison is needed", err);
  PS_TRY(clinical_text(csv, F_WORDS, &f->words, err));
  PS_TRY(clinical_text(csv, F_PLAIN, &f->plain, err));
  PS_TRY(clinical_source(c, csv, F_SOURCE, &f->source, err));
  e->nfinding++;
  return PS_OK;
}

// ---- likelihood ratios ---------------------------------------------------------------------------------------------

// "0.89", "0.89 (0.80-0.94)": the point; everything else, "~0.8" or "0.63-0.78", is no single number
static double single_number(const char *text) {
  char *end = NULL;
  if (*text < '0' || *text > '9') return 0.0;
  const double value = strtod(text, &end);
  const bool is_single = *end == '\0' || strncmp(end, " (", 2) == 0;
  return is_single && value >= 0.0 && value <= 1.0 ? value : 0.0;
}

static ps_status ratios_of(const files_csv *csv, clinic_likelihood *l, ps_error *err) {
  clinic_spread published;
  bool has_positive = false, has_negative = false;
  PS_TRY(ratio_of(csv, L_POS, &has_positive, &published, err));
  PS_TRY(ratio_of(csv, L_NEG, &has_negative, &published, err));
  PS_TRY(ratio_of(csv, L_ENGINE_POS, &l->has_positive, &l->positive, err));
  PS_TRY(ratio_of(csv, L_ENGINE_NEG, &l->has_negative, &l->negative, err));
  if (!has_positive && !has_negative)
    return files_csv_fail(csv, L_POS, PS_EFORMAT, "a ratio is needed, here or in lr_neg", err);
  if (has_positive != l->has_positive)
    return files_csv_fail(csv, L_ENGINE_POS, PS_EFORMAT, "given where lr_pos is, and nowhere else", err);
  if (has_negative != l->has_negative)
    return files_csv_fail(csv, L_ENGINE_NEG, PS_EFORMAT, "given where lr_neg is, and nowhere else", err);
  return PS_OK;
}

// what a row that counts needs beyond the others: a condition that can take it, and a finding
static ps_status add_used(clinic_evidence *e, const files_csv *csv, clinic_likelihood *l, ps_error *err) {
  PS_TRY(node_of(e, csv, L_CONDITION, &l->node, err));
  if (e->node[l->node].kind == CLINIC_SIMULATED)
    return files_csv_fail(csv, L_CONDITION, PS_EFORMAT, "a simulated condition takes no findings", err);
  l->finding = find_finding(e, csv->field[L_FINDING]);
  if (l->finding < 0) return files_csv_fail(csv, L_FINDING, PS_EFORMAT, "not a finding of clinical/findings.csv", err);
  for (int i = 0; i < e->nlikelihood; i++)
    if (e->likelihood[i].node == l->node && e->likelihood[i].finding == l->finding)
      return files_csv_fail(csv, L_FINDING, PS_EFORMAT, "counts twice for this condition", err);
  e->likelihood[e->nlikelihood++] = *l;
  return PS_OK;
}

static ps_status add_likelihood(files_clinical *c, const files_csv *csv, ps_error *err) {
  if (c->nlikelihood_id == CLINIC_LIKELIHOOD_MAX) return clinical_full(csv, err);
  for (int i = 0; i < c->nlikelihood_id; i++)
    if (strcmp(c->likelihood_id[i], csv->field[L_ID]) == 0) return twice(csv, err);
  clinic_likelihood l = {.node = -1, .finding = -1};
  const char *words = NULL;
  int use = 0;
  PS_TRY(clinical_name(csv, L_ID, &l.id, err));
  PS_TRY(files_csv_choice(csv, L_USE, NO_YES, 2, &use, err));
  PS_TRY(clinical_name(csv, L_CONDITION, &words, err));
  PS_TRY(clinical_text(csv, L_WORDS, &words, err));
  PS_TRY(clinical_name(csv, L_GROUP, &l.group, err));
  PS_TRY(ratios_of(csv, &l, err));
  PS_TRY(clinical_grade(csv, L_GRADE, &l.grade, err));
  PS_TRY(clinical_source(c, csv, L_SOURCE, &l.source, err));
  l.specificity = single_number(csv->field[L_SPEC]);
  l.note = csv->field[L_NOTE];
  if (use == 0 && csv->field[L_FINDING][0])
    return files_csv_fail(csv, L_FINDING, PS_EFORMAT, "a row that is not used has none", err);
  if (use == 1) PS_TRY(add_used(&c->evidence, csv, &l, err));
  c->likelihood_id[c->nlikelihood_id++] = l.id;
  return PS_OK;
}

// ---- starting values -----------------------------------------------------------------------------------------------

static const files_csv_range PROBABILITY = {0.00001, 0.99, ""};

static ps_status add_prior(files_clinical *c, const files_csv *csv, ps_error *err) {
  clinic_evidence *e = &c->evidence;
  if (e->nprior == CLINIC_PRIOR_MAX) return clinical_full(csv, err);
  clinic_prior *p = &e->prior[e->nprior];
  for (int i = 0; i < e->nprior; i++)
    if (strcmp(e->prior[i].id, csv->field[P_ID]) == 0) return twice(csv, err);
  PS_TRY(clinical_name(csv, P_ID, &p->id, err));
  PS_TRY(node_of(e, csv, P_NODE, &p->node, err));
  if (e->node[p->node].kind != CLINIC_ESTIMATED)
    return files_csv_fail(csv, P_NODE, PS_EFORMAT, "only an estimated condition has a starting value", err);
  for (int i = 0; i < e->nprior; i++)
    if (e->prior[i].node == p->node && e->prior[i].when.n == 0)
      return files_csv_fail(csv, P_NODE, PS_EFORMAT, "never reached: an earlier row of it applies always", err);
  PS_TRY(clinical_text(csv, P_POPULATION, &p->population, err));
  PS_TRY(clinical_comparison(c, csv, P_WHEN, &p->when, err));
  PS_TRY(spread_of(csv, P_MEDIAN, &PROBABILITY, &p->p, err));
  PS_TRY(clinical_text(csv, P_BASIS, &p->basis, err));
  PS_TRY(clinical_grade(csv, P_GRADE, &p->grade, err));
  PS_TRY(clinical_source(c, csv, P_SOURCE, &p->source, err));
  e->nprior++;
  return PS_OK;
}

// context for readers: checked, and never part of a differential; the shares of the pathways start from some
static ps_status add_base_rate(files_clinical *c, const files_csv *csv, ps_error *err) {
  const char *node = NULL;
  clinic_share_start s;
  PS_TRY(clinical_name(csv, B_ID, &s.id, err));
  PS_TRY(clinical_name(csv, B_NODE, &node, err));
  PS_TRY(clinical_text(csv, B_POPULATION, &s.words, err));
  PS_TRY(spread_of(csv, B_MEDIAN, &PROBABILITY, &s.p, err));
  PS_TRY(clinical_text(csv, B_BASIS, &s.basis, err));
  PS_TRY(clinical_grade(csv, B_GRADE, &s.grade, err));
  PS_TRY(clinical_source(c, csv, B_SOURCE, &s.source, err));
  if (strncmp(node, "PATHWAY_", 8) == 0) return clinical_add_share_start(c, csv, B_NODE, &s, err);
  return find_node(&c->evidence, csv->field[B_NODE]) < 0 ? PS_OK
         : files_csv_fail(csv, B_NODE, PS_EFORMAT, "a condition of the differential starts from clinical/priors.csv", err);
}

// ---- all of them ---------------------------------------------------------------------------------------------------

// an estimate needs a place to start and something that moves it; a finding that no row uses is a slip of the pen
static ps_status check_whole(const clinic_evidence *e, ps_error *err) {
  for (int i = 0; i < e->nnode; i++) {
    bool has_prior = false, has_row = false;
    for (int k = 0; k < e->nprior; k++) has_prior |= e->prior[k].node == i;
    for (int k = 0; k < e->nlikelihood; k++) has_row |= e->likelihood[k].node == i;
    if (e->node[i].kind == CLINIC_ESTIMATED && !(has_prior && has_row))
      return ps_error_set(err, PS_EFORMAT, 0, CONDITIONS.path, "%s is estimated and has no %s", e->node[i].id,
                          has_prior ? "likelihood ratio that is used" : "starting value");
  }
  for (int i = 0; i < e->nfinding; i++) {
    bool is_used = false;
    for (int k = 0; k < e->nlikelihood; k++) is_used |= e->likelihood[k].finding == i;
    if (!is_used) return ps_error_set(err, PS_EFORMAT, 0, FINDINGS.path, "no likelihood ratio uses %s", e->finding[i].id);
  }
  return PS_OK;
}

ps_status clinical_load_evidence(files_clinical *c, files_table_source source, ps_error *err) {
  PS_TRY(clinical_read(c, &CONDITIONS, source, add_condition, err));
  PS_TRY(clinical_read(c, &FINDINGS, source, add_finding, err));
  PS_TRY(clinical_read(c, &LIKELIHOODS, source, add_likelihood, err));
  PS_TRY(clinical_read(c, &PRIORS, source, add_prior, err));
  PS_TRY(clinical_read(c, &BASE_RATES, source, add_base_rate, err));
  PS_TRY(check_whole(&c->evidence, err));
  PS_TRY(clinical_load_rules(c, source, err));
  return clinical_load_trials(c, source, err);
}
