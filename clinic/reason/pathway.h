/* The five ways in which a tight iliopsoas is said to act on a back: what stands behind each claim, whether the simulation says that it
 * does something, the simulated load node, and each way's share given that the iliopsoas contributes. Pure rules: the effects
 * come from the body part, and nothing here moves a probability of pain. Theory: docs/theory/pathways.md. Choices:
 * docs/decisions/0025-pathway-shares.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/reason/evidence.h"

typedef enum clinic_effect_id {  // the first five belong to the pathway of the same number
  CLINIC_LUMBAR_COMPRESSION,     // of L4/L5, standing                                             [N]
  CLINIC_THORACOLUMBAR_MOMENT,   // at T12/L1, made by the fascicles from T12, standing            [N m]
  CLINIC_PELVIC_TILT,            // ASIS-PSIS, standing                                            [rad]
  CLINIC_BACK_ACTIVATION,        // mean of erectors, multifidus, quadratus, standing              [-]
  CLINIC_PSOAS_STRESS,           // mean of the fascicles from L2 to L5, late stance               [Pa]
  CLINIC_SACROILIAC_SHEAR,       // of the side that bears more, standing                          [N]
  CLINIC_NEFFECT
} clinic_effect_id;

enum { CLINIC_NPATHWAY = 5, CLINIC_LOCAL = CLINIC_NPATHWAY,  // local: muscle or tendon itself, no pathway to the spine
       CLINIC_NSHARE, CLINIC_PATHWAY_CLAIM_MAX = 6, CLINIC_ANY_MAX = 4 };

// ---- the tables: effects.csv, pathways.csv, claims.csv, base_rates.csv ---------------------------------------------

typedef struct clinic_effect_rule {
  const char *words, *unit;      // unit that is shown
  double factor;                 // shown = factor * SI
  double least, least_share;     // smallest change worth naming: the larger of `least` [SI] and this share of the released value
  bool is_either;                // the claim names no direction; else as is is above released
  bool is_load;                  // of the lower back, the sacroiliac joint or T12/L1
  const char *source, *note;
} clinic_effect_rule;

typedef struct clinic_claim {    // a row of claims.csv behind a pathway
  const char *id, *words, *verdict, *evidence, *source;
  clinic_grade grade;
  bool is_supported;             // its verdict begins with that word
  bool is_link;                  // the pathway cannot do without it; else it stands beside
} clinic_claim;

typedef struct clinic_all_of {   // in every group at least one answer is yes; no groups: always
  int ngroup, n[2], field[2][CLINIC_ANY_MAX];
} clinic_all_of;

typedef struct clinic_pathway_rule {
  const char *id, *title, *verdict;
  const char *article, *studies, *model, *plain, *change_mind;  // what each of them says; plain: to a client
  int nclaim;
  clinic_claim claim[CLINIC_PATHWAY_CLAIM_MAX];
  double most;                   // cap of the share; 1 = none
  clinic_all_of needs, refers;   // without `needs` no share; with `refers` a doctor first
  const char *source, *note;
} clinic_pathway_rule;

typedef struct clinic_share_start { const char *id, *words, *basis, *source; clinic_grade grade; clinic_spread p; } clinic_share_start;

typedef struct clinic_pathway_rules {
  clinic_effect_rule effect[CLINIC_NEFFECT];
  clinic_pathway_rule pathway[CLINIC_NPATHWAY];
  clinic_share_start start[CLINIC_NSHARE];       // given that the iliopsoas contributes; need not add up to one
  double floor;                  // what a pathway keeps of its weight when the simulation says that it does nothing
} clinic_pathway_rules;

/** The grade of a pathway: that of its weakest link. */
clinic_grade clinic_pathway_grade(const clinic_pathway_rule *pathway);

/** Is it a hypothesis? Yes, unless every link is supported by evidence of grade A or B. */
bool clinic_pathway_is_hypothesis(const clinic_pathway_rule *pathway);

// ---- what the body part and the exam say ---------------------------------------------------------------------------

typedef struct clinic_effect {   // as is minus released; SI
  bool has;                      // false: not simulated
  double value, released;
  bool has_interval;             // false: value only, so no probability follows; as when no tightness was measured
  double lo, hi;                 // 5th and 95th percentile
  const double *draw; int ndraw; // of the effect, in any order; 0: lo and hi stand in for them        borrowed during the call
} clinic_effect;

typedef struct clinic_pathway_input {  // all zero: nothing simulated, nothing recorded
  clinic_effect effect[CLINIC_NEFFECT];
  clinic_presence needs[CLINIC_NPATHWAY], refers[CLINIC_NPATHWAY];
  uint64_t seed;
} clinic_pathway_input;

/** What an exam says to `needs` and `refers`: symptoms of groin or front thigh; numbness and weakness.
 *  given  exam  derived */
void clinic_pathway_findings(const clinic_pathway_rules *rules, const clinic_exam *exam, clinic_pathway_input *input);

// ---- what follows --------------------------------------------------------------------------------------------------

typedef struct clinic_judged {   // one simulated quantity
  bool has, has_interval;        // as given
  double value, lo, hi;          // as given
  double least;                  // smallest change worth naming [SI]
  bool says_nothing;             // lo <= 0 <= hi, or not simulated
  double probability;            // of a change beyond `least` in the direction of the claim; only with an interval
  double any_way;                // the same in either direction
} clinic_judged;

typedef enum clinic_gate { CLINIC_GATE_OPEN, CLINIC_GATE_UNKNOWN, CLINIC_GATE_CLOSED, CLINIC_GATE_REFER } clinic_gate;

typedef struct clinic_pathway {
  clinic_gate gate;              // unknown: the symptoms it needs were not asked, so the simulation moves nothing;
                                 // closed: they are not there; refer: numbness and weakness, a doctor first. Then the share is 0
  double factor;                 // by which the simulation moved its weight; 1 = it did not
  double start;                  // share before the simulation, adding up to one
  clinic_spread share;           // median: at all medians, adding up to one over the five and local
  bool is_capped;
} clinic_pathway;

typedef struct clinic_load_node {  // IP_LOAD: simulated, no likelihood ratio of anything
  bool has;
  double probability;            // that a load changes by more than is worth naming, in either direction: of the load most likely to
  clinic_effect_id which;        // that load
} clinic_load_node;

typedef struct clinic_pathways {
  clinic_judged change[CLINIC_NEFFECT];
  clinic_pathway pathway[CLINIC_NPATHWAY];
  double local_start;
  clinic_spread local;
  bool is_simulated;             // at least one share was moved; else all are starting values
  clinic_load_node load;
} clinic_pathways;

/** Changes, load node and shares.
 *
 *    weight = start * (floor + (2 - 2 floor) * probability);   1 times without a probability, as for 1/2
 *    share  = weight/sum of weights, held below its cap; what the caps cut goes to the others in proportion
 *
 *  The interval comes from CLINIC_DRAWS stratified draws of the starting values (two-piece normal on the logit scale).
 *  given    input  finite; probabilities from the draws where there are any, else from a two-piece normal through lo, value, hi
 *  errors   none. Same input, same bits; the order of draws does not matter.
 *  source   the rules of the clinical dossier; floor and weighing are ours (docs/decisions/0025-pathway-shares.md)
 *  checked  test/unit/pathway_share_test.c: a second implementation, caps, monotone, order */
void clinic_pathways_run(const clinic_pathway_rules *rules, const clinic_pathway_input *input, clinic_pathways *out);
