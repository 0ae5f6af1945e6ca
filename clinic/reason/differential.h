/* What the findings say about each condition: starting odds times shrunk likelihood ratios, with an interval, with the share of
 * each finding, and never more certain than the rules allow. Theory: docs/theory/differential.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/reason/evidence.h"

typedef struct clinic_argument {  // one finding for or against one condition
  int likelihood;            // row of clinic_evidence.likelihood
  bool is_present;           // of the finding
  clinic_spread ratio;       // the likelihood ratio that counted
  double log_odds;           // dependence * ln ratio: added to the log odds
  double points;             // share of (before_caps - start), -1..1; the shares add up to it
} clinic_argument;

enum { CLINIC_ARGUMENT_MAX = 16 };

typedef struct clinic_posterior {
  int node;
  int prior;                 // row of clinic_evidence.prior; -1: none applies, nothing below but the next two is filled
  const char *needs;         // with prior -1: the field on which starting values depend, in words
  bool is_open;              // with prior -1: that field was not recorded; else this person is not among those studied
  double start;              // prior probability
  double before_caps;        // start moved by all arguments
  double median, p05, p95;   // capped, unrounded
  double shown, shown_lo, shown_hi;  // rounded, display cap applied
  const char *words;         // of the band
  bool is_capped;            // a cap of the total ratio acted
  bool is_untested;          // nothing that bears on it was recorded: the starting value
  bool is_too_wide;          // say "not enough information" first
  int nargument;
  clinic_argument argument[CLINIC_ARGUMENT_MAX];  // largest |log_odds| first
} clinic_posterior;

typedef struct clinic_differential {
  int ninformative;          // findings that moved a condition
  bool is_insufficient;      // too few of them: no percentage is shown
  int nposterior;
  clinic_posterior posterior[CLINIC_NODE_MAX];  // of the estimated conditions, in the order of the table
} clinic_differential;

enum { CLINIC_DRAWS = 4001 };  // odd, so that the middle draw of a stratified normal is its median

/** Starting odds, arguments and intervals of every estimated condition.
 *
 *  One finding per group and condition: the recorded one with the largest |ln ratio|, the lower ratio on a tie. The median is the
 *  value at the medians of prior and ratios; p05 and p95 come from CLINIC_DRAWS stratified draws of both (two-piece normal on
 *  the log scale, which keeps all three published points). Same seed, same bits.
 *  given    exam  derived (clinic_exam_derive)
 *  checked  test/unit/differential_test.c: worked checks, a second implementation, brute force sampling */
void clinic_differential_run(const clinic_evidence *evidence, const clinic_exam *exam, uint64_t seed, clinic_differential *out);

/** Log odds of one node at the medians, before caps; false when no prior applies.  fills prior, log_odds */
bool clinic_node_log_odds(const clinic_evidence *evidence, const clinic_exam *exam, int node, int *prior, double *log_odds);

/** The row that decides a group of a node's findings: those that count now, strongest of each group. Returns how many. */
int clinic_node_arguments(const clinic_evidence *evidence, const clinic_exam *exam, int node,
                          clinic_argument out[CLINIC_ARGUMENT_MAX]);
