/* The full screen of an earlier visit behind a short form. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/cli/cli.h"

static ps_status combine(const char *path, const char *since, cli_gate *g, ps_error *err) {
  cli_gate full = {.clinical = NULL};
  files_exam *now = &g->exam;
  ps_status status = cli_gate_open(since, NULL, &full, err);
  if (status == PS_OK) {
    const clinic_safety_tables *tables = files_clinical_safety(g->clinical);
    const files_screen before = {since, &full.exam.person, &full.exam.form, &full.exam.screen};
    const files_screen today = {path, &now->person, &now->form, &now->screen};
    status = files_exam_since(tables, &before, &today, &now->screen, err);
    if (status == PS_OK) clinic_safety_decide(tables, &now->screen, &g->safety);
    memcpy(g->since_sha256, full.exam.person.sha256, sizeof g->since_sha256);
  }
  cli_gate_close(&full);
  return status;
}

ps_status cli_gate_since(const char *path, const char *since, cli_gate *g, ps_error *err) {
  if (since) PS_TRY(combine(path, since, g, err));
  const char *note = files_form_note(&g->exam.form, since != NULL);
  if (note) fprintf(stderr, "psoas: %s: %s\n", path, note);
  return PS_OK;
}
