/* The main analysis: shortening of the iliopsoas from the bedside tests, and every task as is and released, each in the posture
 * that it settles in. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_person.h"
#include "app/files/files_uncertainty.h"
#include "clinic/reason/pathway.h"
#include "clinic/safety/safety.h"
#include "psoas/quantity.h"
#include "psoas/uncertain.h"
#include "psoas/posterior.h"

typedef enum assess_source {  // what is known of the tightness of a side by its own tests
  ASSESS_NOT_MEASURED,        // nothing
  ASSESS_THOMAS,              // a Thomas test with the pelvis controlled
  ASSESS_UNCONTROLLED,        // there is a test, but with the pelvis free: it moves no estimate, repeat it
  ASSESS_STATED,              // the file's own `tightness`, which goes before every test
  ASSESS_EXTENSION,           // passive hip extension, no Thomas test that counts
  ASSESS_REFUSED              // a test that no body of the model gives: it moves no estimate
} assess_source;

typedef struct assess_pathway {
  bool has;                   // false: this version cannot compute it (why says so)
  const char *why;
  double as_is, released;     // SI
  double lo, hi;              // 5th and 95th percentile of as_is - released
} assess_pathway;

typedef struct assess_interval {  // 5th and 95th percentile over the draws
  double lo, hi;              // of as_is - released
  double as_is_lo, as_is_hi;
  bool is_solved;             // of solved draws alone: the polynomial was not good enough for it
  double share;               // error of the polynomial on held-out solves over the interval's half-width
} assess_interval;

// changes of which every solved draw is kept: of the five pathways, and the shear of the sacroiliac joint that bears more
enum { ASSESS_SACROILIAC = PS_NPATHWAY, ASSESS_NKEPT, ASSESS_SOLVED = 300 };

// what is drawn: the assumptions about the body, and the tightness of both sides: their mean, and half of right - left
enum { ASSESS_MEAN_SHORTENING = PS_NASSUMPTION, ASSESS_SIDE_SHORTENING, ASSESS_MEAN_STIFFNESS, ASSESS_SIDE_STIFFNESS, ASSESS_NINPUT };

typedef struct assess_spread {  // how the intervals were made
  int nsolved, nlost;         // drawn bodies that were solved; of these without a posture
  int nrestless;              // left out, because nobody stands with such an effort
  int nfit, nheld;            // solves that a polynomial went through, and those that it was held against; 0: none was made
  int ndraw;                  // draws of the polynomial
  double first[PS_NPATHWAY][ASSESS_NINPUT];  // share of the variance of each pathway's effect that an input makes alone
  double total[PS_NPATHWAY][ASSESS_NINPUT];  // alone or together with others
} assess_spread;

/** Id of an input, and what it is in words: those of its assumption, or of the tightness; never NULL. */
const char *assess_input_id(int input);
const char *assess_input_words(const files_uncertainty *uncertainty, int input);

// the tasks that are compared; those that quantities are read in come first
enum { ASSESS_STANDING = PS_EFFECT_STANDING, ASSESS_LATE_STANCE_RIGHT, ASSESS_LATE_STANCE_LEFT, ASSESS_EXTENDED, ASSESS_SITTING, ASSESS_LYING,
       ASSESS_NTASK };

typedef struct assess_result {
  files_person person;
  ps_model *model;            // owns; holds the as-is tightness
  uint64_t seed;
  int ndraw;
  const files_uncertainty *uncertainty;  // borrows; may be NULL
  assess_source source[2];            // [0] right, [1] left
  ps_posterior *posterior;            // owns; NULL when there was no test of a hip to ask
  bool is_estimated[2];               // the side takes its tightness from the posterior: from its own tests or from the other's
  int ntight;
  ps_tightness_entry tight[PS_TIGHTNESS_MAX];  // as is
  double released_hip_angle[2];       // where the simulated thigh would rest with no shortening   [rad]
  int nreleased;
  ps_tightness_entry released[PS_TIGHTNESS_MAX];  // what is stated of other muscles: it stays
  ps_task task[ASSESS_NTASK];
  ps_effect *effect;                  // owns: every task solved as is and released
  int nquantity;                      // of ps_quantity_list
  double as_is[PS_QUANTITY_MAX], was_released[PS_QUANTITY_MAX];  // SI
  assess_interval interval[PS_QUANTITY_MAX];
  assess_spread spread;
  int nkept;
  double kept[ASSESS_NKEPT][ASSESS_SOLVED];  // as is - released of the solved draws, SI
  assess_pathway pathway[PS_NPATHWAY];
  clinic_status safety;               // of the screen in the file: INCOMPLETE until the caller says otherwise
} assess_result;

typedef struct assess_opts {
  uint64_t seed;              // default 1
  int ndraw;                  // draws of the intervals, 0..PS_DRAW_MAX    default 2000
  const files_uncertainty *uncertainty;  // what is not known about the body; NULL: it is taken as known. Borrowed by the result
  int nthread;                // default 0 = as many as there are cores, at most 8
  double p;                   // exponent of the recruitment               default 2
} assess_opts;

assess_opts assess_default(void);

/** Run the analysis.
 *  given   anatomy, person, opts (NULL = assess_default())
 *  fills   out  allocates; free with assess_free
 *  errors  those of ps_model_new, ps_posture_apply, ps_tightness_*
 *  checked test/unit/assess_test.c */
PS_MUST_CHECK ps_status assess_run(const ps_anatomy *anatomy, const files_person *person, const assess_opts *opts,
                                   assess_result **out, ps_error *err);
void assess_free(assess_result *result);

/** Is there a tightness to compare, or one that was looked for? */
bool assess_has_difference(const assess_result *result);

/** Index in ps_quantity_list of a change that is kept. */
int assess_kept_quantity(const assess_result *result, int kept);

/** What the rules behind the pathways make of it: chances that each does something, shares, the load node.
 *  given  exam  derived; NULL: a person alone */
void assess_judge(const assess_result *result, const clinic_pathway_rules *rules, const clinic_exam *exam, clinic_pathways *out);

/** Interval of the compression, and of the anterior shear, of a level, standing; `ilevel` as in ps_load. NULL
 *  above T12/L1, where none is kept. */
const assess_interval *assess_level(const assess_result *result, int ilevel);
const assess_interval *assess_shear(const assess_result *result, int ilevel);
/** Shortening of the iliopsoas of side k (0 right), as the posterior has it; NULL when the side was not estimated. */
const ps_marginal *assess_shortening(const assess_result *result, int k);

/** Was the tightness of a side estimated, so that there is a spread to draw from? */
bool assess_is_drawn(const assess_result *result);
