/* The full screen of an earlier visit behind a short form. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/cli/cli.h"

static ps_status combine(const char *path, const char *since, const files_person *person, cli_gate *g, ps_error *err) {
  cli_gate full = {.clinical = NULL};
  files_person then;
  ps_status status = cli_gate_open(since, NULL, &then, &full, err);
  if (status == PS_OK) {
    const clinic_safety_tables *tables = files_clinical_safety(g->clinical);
    const files_screen before = {since, &then, &full.form, &full.screen}, now = {path, person, &g->form, &g->screen};
    status = files_exam_since(tables, &before, &now, &g->screen, err);
    if (status == PS_OK) clinic_safety_decide(tables, &g->screen, &g->safety);
    memcpy(g->since_sha256, then.sha256, sizeof then.sha256);
  }
  cli_gate_close(&full);
  return status;
}

ps_status cli_gate_since(const char *path, const char *since, const files_person *person, cli_gate *g, ps_error *err) {
  if (since) PS_TRY(combine(path, since, person, g, err));
  const char *note = files_form_note(&g->form, since != NULL);
  if (note) fprintf(stderr, "psoas: %s: %s\n", path, note);
  return PS_OK;
}
