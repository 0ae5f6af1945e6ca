/* Runs the program under test as a person would and keeps what it said. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stddef.h>

enum { PROGRAM_ARGUMENT_MAX = 12 };

typedef struct program_run {
  const char *arguments;    // separated by blanks: "solve p.json standing"
  const char *stdout_to;    // NULL = kept in `out`; a path; "" = closed
} program_run;

typedef struct program_said {
  int code;                 // exit code; -1 when a signal ended the program
  int signal;
  size_t out_size;
  char *out;                // owns; what stood on standard output, with a NUL behind it
  char err[4096];           // the beginning of standard error
} program_said;

/** Run the program that the environment variable PSOAS names. Fails the test when it cannot be started.
 *  fills  said  free with program_forget */
void program_start(const program_run *run, program_said *said);
void program_forget(program_said *said);

/** A new folder to work in, entered, and PSOAS made absolute before; the path is kept for program_leave. */
int program_enter(void **state);

/** Back, and the folder removed with all that is in it. */
int program_leave(void **state);

/** Write a file of this many bytes into the current folder. */
void program_file(const char *name, const void *data, size_t size);
