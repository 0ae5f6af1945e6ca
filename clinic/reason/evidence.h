/* The tables of the differential: conditions, where they start, what each finding is worth, tests that can still be done.
 * Each number has a source. Filled by whoever reads data/clinical/; texts borrowed from it. Rules: docs/theory/differential.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/exam/exam.h"

enum { CLINIC_NODE_MAX = 24, CLINIC_FINDING_MAX = 96, CLINIC_LIKELIHOOD_MAX = 128, CLINIC_PRIOR_MAX = 48, CLINIC_TRIAL_MAX = 64,
       CLINIC_OUTCOME_MAX = 4, CLINIC_ASSIGN_MAX = 6 };

typedef enum clinic_grade { CLINIC_A, CLINIC_B, CLINIC_C, CLINIC_D, CLINIC_X } clinic_grade;  // X: elicited, no study
const char *clinic_grade_text(clinic_grade grade);

typedef struct clinic_spread { double median, p05, p95; } clinic_spread;

typedef enum clinic_node_kind {
  CLINIC_ESTIMATED,          // has a starting probability and findings
  CLINIC_SIMULATED,          // what the body part says, no probability: IP_LOAD
  CLINIC_IN_WORDS            // named beside the others, no number: no starting probability was found
} clinic_node_kind;

typedef struct clinic_node { // a condition. Not mutually exclusive
  const char *id;            // "IP_PAIN"
  const char *words;         // to a therapist
  const char *plain;         // to a client
  const char *against;       // what speaks against it in general, without any finding
  const char *tell_apart;    // what separates it from a painful iliopsoas
  clinic_node_kind kind;
  double least, most;        // caps of the product of all likelihood ratios
  double most_shown;         // display cap of the probability; 1 = none
  const char *source;
} clinic_node;

typedef struct clinic_finding {
  const char *id, *words, *plain;
  clinic_comparison test;
  const char *source;
} clinic_finding;

typedef struct clinic_likelihood {
  const char *id;            // "LR044"
  int node, finding;
  const char *group;         // of one group and node one finding counts
  bool has_positive, has_negative;
  clinic_spread positive, negative;   // likelihood ratios when present and when absent, shrunk by grade
  double specificity;        // published, 0..1; 0 = none. Used for the chance of a result only
  clinic_grade grade;
  const char *source, *note;
} clinic_likelihood;

typedef struct clinic_prior {
  const char *id;            // "PR21"
  int node;
  const char *population, *basis;
  clinic_comparison when;          // the first row of a node whose test is PRESENT counts
  clinic_spread p;
  clinic_grade grade;
  const char *source;
} clinic_prior;

typedef struct clinic_assign {  // a word's index, an answer, a number; side -1: both
  int field, side;
  double value;
} clinic_assign;

typedef struct clinic_outcome { int n; clinic_assign assign[CLINIC_ASSIGN_MAX]; } clinic_outcome;

typedef struct clinic_trial { // something that can still be asked or tested
  const char *id, *words, *plain, *how;
  int nfield, field[CLINIC_ASSIGN_MAX];   // done when these are recorded, on both sides; none: the safety screen
  bool is_any;               // one of the fields is enough
  double minutes;
  int provocation;           // 0 none, 1 a little, 2 may bring on the pain
  bool is_trained;           // needs the competency below, or a profession that has it
  const char *competency;    // word of role.competencies; "" = none
  int technique;             // clinic_technique that must not be blocked; -1 = none
  bool is_mandatory;         // of every client, when `when` is PRESENT (or without terms)
  clinic_comparison when;          // does it apply to this person? MISSING counts as yes for a mandatory one
  int noutcome;
  clinic_outcome outcome[CLINIC_OUTCOME_MAX];  // what may come out; leaves alone what was recorded already
  const char *source;
} clinic_trial;

typedef struct clinic_band { double from; const char *words; } clinic_band;

typedef struct clinic_shrink { double k, tau; } clinic_shrink;  // ln LR used ~ Normal(k ln LR, sqrt((k se)^2 + tau^2))

typedef struct clinic_rules { // rules.csv
  double dependence;         // factor on the sum of log likelihood ratios
  int enough_findings;       // fewer informative findings: no percentage
  double informative;        // |ln LR| from which a finding counts as informative
  double round_to;           // step of what is shown
  double too_wide;           // an interval wider than this: "not enough information" first
  double chance_raising;     // of a result that only raises, in people without the condition
  double chance_lowering;    // of a result that only lowers
  clinic_band band[8]; int nband;   // ascending, the first from 0
  clinic_shrink shrink[CLINIC_X];   // by grade A..D: how the tables' ratios were made; X stands as given
} clinic_rules;

typedef struct clinic_evidence {
  clinic_fields fields;
  clinic_node node[CLINIC_NODE_MAX];                    int nnode;
  clinic_finding finding[CLINIC_FINDING_MAX];           int nfinding;
  clinic_likelihood likelihood[CLINIC_LIKELIHOOD_MAX];  int nlikelihood;
  clinic_prior prior[CLINIC_PRIOR_MAX];                 int nprior;
  clinic_trial trial[CLINIC_TRIAL_MAX];                 int ntrial;
  clinic_rules rules;
} clinic_evidence;
