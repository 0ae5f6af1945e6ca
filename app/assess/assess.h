/* The main analysis: shortening of the iliopsoas from the bedside tests, the standing posture as measured or typical, and every
 * load as is and released at that posture. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_person.h"
#include "clinic/safety/safety.h"
#include "psoas/posterior.h"

typedef enum assess_source {  // what is known of the tightness of a side by its own tests
  ASSESS_NOT_MEASURED,        // nothing
  ASSESS_THOMAS,              // a Thomas test with the pelvis controlled
  ASSESS_UNCONTROLLED,        // there is a test, but with the pelvis free: it moves no estimate, repeat it
  ASSESS_STATED,              // the file's own `tightness`, which goes before every test
  ASSESS_EXTENSION,           // passive hip extension, no Thomas test that counts
  ASSESS_REFUSED              // a test that no body of the model gives: it moves no estimate
} assess_source;

typedef struct assess_solution {  // one solved posture
  ps_recruit *recruit;
  ps_load *load;
} assess_solution;

typedef struct assess_task {  // the same posture with two states of the muscle
  const char *name;           // "standing"
  ps_task task;
  ps_scene scene;
  ps_state *state;
  assess_solution as_is, released;
} assess_task;

typedef struct assess_pathway {
  bool has;                   // false: this version cannot compute it (why says so)
  const char *why;
  double as_is, released;     // SI
  double lo, hi;              // 5th and 95th percentile of as_is - released
} assess_pathway;

enum { ASSESS_STANDING, ASSESS_LATE_STANCE_RIGHT, ASSESS_LATE_STANCE_LEFT, ASSESS_NTASK };

typedef struct assess_result {
  files_person person;
  ps_model *model;            // owns; holds the as-is tightness
  uint64_t seed;
  int ndraw;
  assess_source source[2];            // [0] right, [1] left
  ps_posterior *posterior;            // owns; NULL when there was no test of a hip to ask
  bool is_estimated[2];               // the side takes its tightness from the posterior: from its own tests or from the other's
  int ntight;
  ps_tightness_entry tight[PS_TIGHTNESS_MAX];  // as is
  double released_hip_angle[2];       // where the simulated thigh would rest with no shortening   [rad]
  assess_task task[ASSESS_NTASK];
  assess_pathway pathway[PS_NPATHWAY];
  double *effect_lo, *effect_hi;      // of the compression of each level, as_is - released  [N] (nlevel), owns
  unsigned warn;                      // PS_WARN_* of all solves
  clinic_status safety;               // of the screen in the file: INCOMPLETE until the caller says otherwise
} assess_result;

typedef struct assess_opts {
  uint64_t seed;              // default 1
  int ndraw;                  // draws of the intervals, 0..PS_DRAW_MAX    default 300
  double p;                   // exponent of the recruitment               default 2
} assess_opts;

assess_opts assess_default(void);

/** Run the analysis.
 *  given   anatomy, person, opts (NULL = assess_default()), tasks "standing" and "late-stance" from `find`
 *  fills   out  allocates; free with assess_free
 *  errors  those of ps_model_new, ps_posture_apply, ps_tightness_*
 *  checked test/unit/assess_test.c */
PS_MUST_CHECK ps_status assess_run(const ps_anatomy *anatomy, const files_person *person, const assess_opts *opts,
                                   assess_result **out, ps_error *err);
void assess_free(assess_result *result);

/** Shortening of the iliopsoas of side k (0 right), as the posterior has it; NULL when the side was not estimated. */
const ps_marginal *assess_shortening(const assess_result *result, int k);

/** Was the tightness of a side estimated, so that there is a spread to draw from? */
bool assess_is_drawn(const assess_result *result);
