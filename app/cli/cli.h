/* What the commands of the program share: exit codes, options, the person's body, the task. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>

#include "app/files/files_anatomy.h"
#include "app/files/files_exam.h"
#include "app/files/files_person.h"
#include "app/report/safety_report.h"
#include "psoas/posture.h"

enum { CLI_DONE = 0, CLI_OUR_FAULT = 1, CLI_BAD_INPUT = 2, CLI_STOP = 3 };

/** err.where of a stop: cli_fail then returns CLI_STOP. */
extern const char CLI_GATE[];

/** Say an error on standard error: "psoas: FILE, line N: MESSAGE"; returns the exit code that fits its status. */
int cli_fail(const ps_error *err);

typedef struct cli_option {
  const char *name;     // without the dashes
  const char *value;    // name of its value in the help; NULL = a switch
  const char *help;
} cli_option;

struct cli_call;
typedef struct cli_command {
  const char *name, *arguments, *summary;
  int min_arguments, max_arguments;
  const cli_option *option;      // ends with a row of name NULL
  int (*run)(const struct cli_call *call);
} cli_command;

typedef struct cli_call {
  const cli_command *command;
  int nargument;
  const char *argument[4];
  const char *value[12];         // of each option, NULL = not given; a switch has ""
} cli_call;

/** Value of an option of this command, NULL when it was not given. */
const char *cli_value(const cli_call *call, const char *name);

/** Print a JSON document with so many digits and release it. NULL and a document that memory did not suffice for are an
 *  error; nothing is then printed.  errors PS_ENOMEM; what stdout refuses is found at the end of the program. */
PS_MUST_CHECK ps_status cli_print_json(json_t *root, size_t digits, ps_error *err);

/** A plain decimal number, the whole of the text, lo to hi; PS_EINPUT names the option and its range.
 *  checked  test/api/cli_test.c */
PS_MUST_CHECK ps_status cli_number(const char *text, const char *name, double lo, double hi, double *out, ps_error *err);

/** A whole number from 0 to hi. */
PS_MUST_CHECK ps_status cli_whole(const char *text, const char *name, double hi, double *out, ps_error *err);

typedef struct cli_body {        // a person ready to be put into postures
  files_anatomy *anatomy;
  files_person person;
  ps_model *model;
  ps_state *state;
} cli_body;

/** Tables, person (NULL = the reference man, 1.74 m and 70 kg) and body. A stop of the safety gate is an
 *  error whose place is CLI_GATE. Close also after a failure. */
PS_MUST_CHECK ps_status cli_body_open(const char *person_path, cli_body *body, ps_error *err);
void cli_body_close(cli_body *body);

typedef struct cli_gate {        // what the safety gate says of one file
  files_clinical *clinical;
  files_exam exam;               // its person too
  char since_sha256[65];         // of the full screen before a short form; "" = none was given
  clinic_safety safety;
} cli_gate;

/** Read a person or exam file and put its answers through the gate. Close also after a failure.
 *  given path "-" = standard input */
PS_MUST_CHECK ps_status cli_gate_open(const char *path, const ps_anatomy *anatomy, cli_gate *gate, ps_error *err);
void cli_gate_close(cli_gate *gate);

/** Put the full screen of an earlier visit behind the short form of an open gate, and decide again. Says on standard error what
 *  the form leaves open.
 *  given    path    of the open gate's file;   since   of the earlier file, NULL = none was given
 *  checked  test/api/letter_test.c */
PS_MUST_CHECK ps_status cli_gate_since(const char *path, const char *since, cli_gate *gate, ps_error *err);
report_safety cli_gate_report(const cli_gate *gate);

/** "standing", "standing-flexed:36", "modified-thomas:left", "my-task.json" or "my-task.json:10".
 *  given task: storage that `request` points to */
PS_MUST_CHECK ps_status cli_task_parse(const char *text, ps_task *task, ps_posture_request *request, ps_error *err);

/** "KG@X,Y,Z" into the request. */
PS_MUST_CHECK ps_status cli_hold_parse(const char *text, ps_posture_request *request, ps_error *err);

extern const cli_command CLI_SOLVE, CLI_ASSESS, CLI_PATH, CLI_MUSCLES, CLI_COORDS, CLI_TASKS, CLI_EXPORT, CLI_BENCH, CLI_EXAM,
                         CLI_COMPARE, CLI_EXPLAIN, CLI_SOURCES, CLI_VALIDATE;
