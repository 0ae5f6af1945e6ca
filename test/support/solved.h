/* Persons, every task of the library, and solved postures for tests of recruitment and loads, on the shipped tables.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_anatomy.h"
#include "psoas/load.h"
#include "psoas/posture.h"

typedef enum solved_person {
  SOLVED_MAN,         // the reference man, 1.74 m, 70 kg
  SOLVED_WOMAN,       // 1.58 m, 55 kg
  SOLVED_TALL,        // a man of 1.95 m, 110 kg
  SOLVED_NPERSON
} solved_person;

typedef struct solved_task {  // a task of the library with one argument
  ps_task task;
  double argument;
  ps_side side;
  char label[PS_NAME_SIZE + 16];  // "stair:left"
} solved_task;

typedef struct solved {
  const ps_model *model;      // borrowed
  const solved_task *task;    // borrowed
  ps_state *state;
  ps_scene scene;
  ps_recruit *recruit;
  ps_load *load;
} solved;

/** The shipped tables; files_anatomy_free. Fails the test when they cannot be read. */
files_anatomy *solved_anatomy(void);

/** A person's body with its capsule. ps_model_free. */
ps_model *solved_model(const files_anatomy *anatomy, const ps_person *person);
ps_person solved_person_of(solved_person which);
const char *solved_person_name(solved_person which);

/** Every task of the library at its default argument; tasks with a side on both, right then left; bends and turns that
 *  may go either way also to the other side. Free with free(). */
solved_task *solved_tasks(int *count);

/** Posture, recruitment (exponent p) and loads. solved_free. */
solved solved_new(const ps_model *model, const solved_task *task, double p);
void solved_free(solved *s);

typedef struct solved_bench {  // what the tests of a file share
  files_anatomy *anatomy;
  ps_model *model[SOLVED_NPERSON];
  solved_task *task;
  int ntask;
} solved_bench;

/** Group setup and teardown of cmocka: *state is a solved_bench. */
int solved_bench_open(void **state);
int solved_bench_close(void **state);

/** The task with this label; fails the test when there is none. */
const solved_task *solved_find(const solved_bench *b, const char *label);

/** Solve every task for persons first..last and look at each. */
typedef void (*solved_look)(const solved *s, void *into);
void solved_each(const solved_bench *b, solved_person first, solved_person last, double p, solved_look fn, void *into);
