/* psoas export mjcf: a person's body for MuJoCo. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli/cli.h"
#include "app/files/files_mjcf.h"
#include "app/files/files_text.h"

static const cli_option OPTION[] = {{NULL, NULL, NULL}};

// into memory first, so that no half a file is ever left
static ps_status write_mjcf(const ps_model *m, const char *path, ps_error *err) {
  char *text = NULL;
  size_t size = 0;
  FILE *f = open_memstream(&text, &size);
  if (!f) return ps_error_set(err, PS_ENOMEM, 0, "export", "out of memory");
  ps_status status = files_mjcf_write(f, m);
  if (fclose(f) != 0) status = PS_ENOMEM;
  if (status == PS_OK) status = files_text_write(path, text, size, err);
  else ps_error_set(err, status, 0, "export", "%s", ps_status_text(status));
  free(text);
  return status;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  cli_body b = {.anatomy = NULL};
  ps_status status = PS_OK;
  if (strcmp(call->argument[0], "mjcf") != 0)
    status = ps_error_set(&err, PS_EINPUT, 0, "export", "the format is \"%s\", allowed is mjcf",
                          files_text_quote(call->argument[0]).text);
  if (status == PS_OK) status = cli_body_open(call->argument[1], &b, &err);
  if (status == PS_OK) status = write_mjcf(b.model, call->argument[2], &err);
  cli_body_close(&b);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_EXPORT = {"export", "mjcf PERSON.json OUT.xml", "write the body for MuJoCo", 3, 3, OPTION, run};
