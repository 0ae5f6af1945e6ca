/* What the files of app/validate share: the list of measures, solved postures kept for further rows.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/validate/validate.h"

enum { VALIDATE_PERSON_MAX = 16, VALIDATE_SOLUTION_MAX = 96, VALIDATE_TASK_SIZE = 96 };

typedef struct validate_solution {
  int person;
  const char *task;          // borrowed from the table
  ps_task storage;
  ps_scene scene;
  bool is_found;             // the posture: by least effort; otherwise held by the angles of the task
  ps_state *state;
  ps_recruit *recruit;
  ps_load *load;
} validate_solution;

typedef struct validate_bench {  // bodies and postures that are made when first asked for
  const ps_anatomy *anatomy;
  const validate_table *table;
  const validate_words *words;
  ps_model *model[VALIDATE_PERSON_MAX];
  ps_state *state[VALIDATE_PERSON_MAX];       // scratch of each body
  validate_solution solution[VALIDATE_SOLUTION_MAX];
  int nsolution;
} validate_bench;

/** The body of a person with its capsule; its scratch state lies at zero.  fills model, state: lent until the bench is closed */
PS_MUST_CHECK ps_status validate_body(validate_bench *bench, int person, ps_model **model, ps_state **state, ps_error *err);

/** A posture, solved with its loads. */
PS_MUST_CHECK ps_status validate_solve(validate_bench *bench, int person, const char *task, const validate_solution **out,
                                       ps_error *err);
void validate_bench_close(validate_bench *bench);

/** Split "TASK hold LOAD" and parse both parts. */
PS_MUST_CHECK ps_status validate_task_parse(const validate_words *words, const char *text, ps_task *task,
                                            ps_posture_request *request, ps_error *err);

typedef struct validate_answer {
  double value;              // in the unit of the row
  const char *why;           // not NULL: this version has no answer, and why
} validate_answer;

typedef struct validate_measure {
  const char *name;
  const char *unit;          // what it gives; the table must say the same
  const char *used;          // what it rests on, for the reader
  bool needs_task, needs_baseline, needs_level;
  ps_status (*compute)(validate_bench *bench, const validate_row *row, validate_answer *out, ps_error *err);
} validate_measure;

/** All of them, in three files: what is read off solved postures, what off the body itself, what a stretching session does. */
int validate_measure_count(void);
const validate_measure *validate_measure_at(int i);

extern const validate_measure VALIDATE_OF_POSTURE[], VALIDATE_OF_BODY[], VALIDATE_OF_STRETCH[];
extern const int VALIDATE_NPOSTURE, VALIDATE_NBODY, VALIDATE_NSTRETCH;
