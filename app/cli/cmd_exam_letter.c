/* psoas exam letter: what a stop or a flag gives the therapist to hand over. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli/cmd_exam_letter.h"
#include "app/files/files_text.h"
#include "app/report/letter.h"

enum { TEXT_MAX = 120 };

// one line of text from the command line, or NULL
static ps_status read_line(const cli_call *call, const char *name, const char **out, ps_error *err) {
  char option[16];
  const char *text = cli_value(call, name);
  snprintf(option, sizeof option, "--%s", name);
  if (text && strlen(text) > TEXT_MAX) return ps_error_set(err, PS_EINPUT, 0, option, "is %zu bytes long, allowed are %d", strlen(text), TEXT_MAX);
  for (const char *c = text; c && *c; c++)
    if ((unsigned char)*c < 0x20u || *c == 0x7F) return ps_error_set(err, PS_EINPUT, 0, option, "must be one line without control codes");
  *out = text;
  return PS_OK;
}

static ps_status read_head(const cli_call *call, const files_exam *exam, report_letter_head *h, ps_error *err) {
  const files_form *form = &exam->form;
  *h = (report_letter_head){.is_female = exam->person.body.is_female, .age_years = exam->person.body.age_years};
  PS_TRY(read_line(call, "name", &h->name, err));
  PS_TRY(read_line(call, "to", &h->to, err));
  PS_TRY(read_line(call, "from", &h->from, err));
  PS_TRY(read_line(call, "born", &h->born, err));
  if (h->born && !files_is_date(h->born))
    return ps_error_set(err, PS_EINPUT, 0, "--born", "\"%s\" is no date; write it YYYY-MM-DD", files_text_quote(h->born).text);
  h->date = form->exam_date[0] ? form->exam_date : form->asked_on;
  return PS_OK;
}

static ps_status write_page(const report_letter *letter, const char *path, ps_error *err) {
  char *page = NULL;
  size_t size = 0;
  PS_TRY(report_letter_html(letter, &page, &size, err));
  const ps_status status = files_text_write(path, page, size, err);
  free(page);
  return status;
}

// nothing to hand over: say why
static ps_status nothing_due(const char *path, const report_letter *letter, const cli_gate *gate, ps_error *err) {
  if (letter->nreason) return ps_error_set(err, PS_EINPUT, 0, path, "nothing calls for a letter: a medical review of every positive answer is on record");
  if (gate->safety.status == CLINIC_INCOMPLETE)
    return ps_error_set(err, PS_EINPUT, 0, path, "nothing calls for a letter yet, but the safety screen is incomplete: psoas exam check says what to ask");
  return ps_error_set(err, PS_EINPUT, 0, path, "nothing calls for a letter: no safety question of E0 to E3 is positive or unsure");
}

ps_status cli_exam_letter(const cli_call *call, const cli_gate *gate, ps_error *err) {
  report_letter_head head;
  report_letter letter;
  PS_TRY(read_head(call, &gate->exam, &head, err));
  const report_safety safety = cli_gate_report(gate);
  if (!report_letter_make(&safety, &head, &letter)) return nothing_due(call->argument[1], &letter, gate, err);
  if (cli_value(call, "html")) PS_TRY(write_page(&letter, cli_value(call, "html"), err));
  report_letter_text(stdout, &letter);
  return PS_OK;
}
