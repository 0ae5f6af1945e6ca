/* The form of a safety screen and what came before it. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_exam_since.h"

#include <string.h>

#include "app/files/files_exam_parts.h"
#include "app/files/files_text.h"

static int number(const char *text, int ndigit) {
  int n = 0;
  for (int i = 0; i < ndigit; i++) n = 10*n + (text[i] - '0');
  return n;
}

bool files_is_date(const char *text) {
  static const char shape[] = "dddd-dd-dd";
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (strlen(text) != sizeof shape - 1) return false;
  for (size_t i = 0; i < sizeof shape - 1; i++) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !is_digit : text[i] != '-') return false;
  }
  const int year = number(text, 4), month = number(text + 5, 2), day = number(text + 8, 2);
  if (month < 1 || month > 12 || day < 1) return false;
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= days[month - 1] + (month == 2 && is_leap);
}

// a date, or nothing when the key is not there
static ps_status read_date(const files_json *in, const char *key, char out[11]) {
  char text[11] = "";
  if (!files_json_has(in, key)) return PS_OK;
  PS_TRY(files_json_string(in, key, text, sizeof text));
  if (!files_is_date(text))
    return files_json_fail(in, key, PS_EINPUT, "is \"%s\", allowed is a date written YYYY-MM-DD", files_text_quote(text).text);
  memcpy(out, text, sizeof text);
  return PS_OK;
}

ps_status exam_read_form(const files_json *root, files_form *out) {
  *out = (files_form){.is_short = false};
  static const char *const form[] = {"full", "short"};
  files_json safety;
  int k = 0;
  if (!files_json_has(root, "safety")) return PS_OK;
  PS_TRY(files_json_object(root, "safety", &safety));
  PS_TRY(read_date(&safety, "asked_on", out->asked_on));
  if (files_json_has(&safety, "form")) PS_TRY(files_json_choice(&safety, "form", form, 2, &k));
  out->is_short = k == 1;
  k = CLINIC_NOT_ASKED;
  if (files_json_has(&safety, "change_in_health")) PS_TRY(files_json_choice(&safety, "change_in_health", EXAM_ANSWER, 4, &k));
  out->change_in_health = (clinic_answer)k;
  return PS_OK;
}

// the day of the screen; "" = unknown
static const char *day_of(const files_form *f) { return f->asked_on[0] ? f->asked_on : f->exam_date; }

ps_status files_exam_since(const clinic_safety_tables *tables, const files_screen *full, const files_screen *short_form,
                           clinic_screen *out, ps_error *err) {
  if (!short_form->form->is_short)
    return ps_error_set(err, PS_EINPUT, 0, short_form->file, "this is a full screen, which needs no earlier one; only a file with \"form\": \"short\" does");
  if (full->form->is_short)
    return ps_error_set(err, PS_EINPUT, 0, full->file, "this is a short form; the earlier file must hold the full screen");

  // two files of two people are worse than no file
  const ps_person *then = &full->person->body, *now = &short_form->person->body;
  const char *then_on = day_of(full->form), *now_on = day_of(short_form->form);
  if (then->is_female != now->is_female)
    return ps_error_set(err, PS_EINPUT, 0, full->file, "the sex is not that of the later file: are both of one person?");
  if (then->age_years > now->age_years)
    return ps_error_set(err, PS_EINPUT, 0, full->file, "the age is %.10g, in the later file %.10g: are both of one person, and in this order?",
                        then->age_years, now->age_years);
  if (*then_on && *now_on && strcmp(then_on, now_on) > 0)
    return ps_error_set(err, PS_EINPUT, 0, full->file, "the full screen is of %s, the short form of %s: are they in this order?",
                        then_on, now_on);

  clinic_safety_rescreen(tables, full->screen, short_form->screen, short_form->form->change_in_health, out);
  return PS_OK;
}

const char *files_form_note(const files_form *form, bool has_full) {
  if (!form->is_short) return NULL;
  if (!has_full)
    return "this is the short form without the full screen before it (--since FULL.json): every other question counts as not asked";
  switch (form->change_in_health) {
    case CLINIC_NO: return NULL;
    case CLINIC_NOT_ASKED: return "nobody asked whether health or medicines changed since the full screen: its answers count no longer; "
                                  "ask that, or the full screen again";
    case CLINIC_NOT_SURE:
    case CLINIC_YES: return "health or medicines may have changed since the full screen: its answers count no longer; ask the full screen again";
  }
  return NULL;
}
