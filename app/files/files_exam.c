/* Reading an exam: its parts in their order, and what follows from them. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_exam.h"

#include <string.h>

#include "app/files/files_exam_parts.h"
#include "app/files/files_text.h"

const char *const EXAM_ANSWER[4] = {"not_asked", "no", "not_sure", "yes"};

// the field was read and checked already
static void take_date(const clinic_exam *exam, files_form *form) {
  const int f = clinic_field_find(exam->fields, "exam.exam_date");
  if (f >= 0 && exam->value[f][0].has) memcpy(form->exam_date, exam->value[f][0].text, sizeof form->exam_date);
}

static ps_status read_exam(const files_json *in, const files_exam_tables *t, files_exam *e) {
  const clinic_safety_tables *safety = files_clinical_safety(t->clinical);
  e->exam.fields = &files_clinical_evidence(t->clinical)->fields;
  PS_TRY(exam_read_form(in, &e->form));
  PS_TRY(exam_read_safety(in, safety, &e->screen));
  PS_TRY(exam_read_fields(in, &e->exam));
  exam_take_person(&e->person, &e->exam);
  take_date(&e->exam, &e->form);
  e->is_exam = e->person.has_exam_sections;
  e->person.has_exam_sections = false;  // they were read

  // ---- what follows from what was read: the only place ----
  clinic_exam_consent(safety, &e->exam, &e->screen, &e->overruled);
  clinic_exam_derive(&e->exam);
  return PS_OK;
}

ps_status files_exam_parse(const char *file, const void *data, size_t size, const files_exam_tables *tables, files_exam *out,
                           ps_error *err) {
  json_t *root = NULL;
  PS_TRY(files_json_parse(file, data, size, &root, err));
  const files_json in = {.file = file, .object = root, .err = err};
  files_exam exam = {.root = root};
  ps_status status = files_person_read(&in, data, size, tables->anatomy, &exam.person);
  if (status == PS_OK) status = read_exam(&in, tables, &exam);
  if (status != PS_OK) {
    json_decref(root);
    return status;
  }
  *out = exam;
  return PS_OK;
}

ps_status files_exam_load(const char *path, const files_exam_tables *tables, files_exam *out, ps_error *err) {
  const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
  files_text text;
  PS_TRY(files_text_read(path, FILES_PERSON_SIZE_MAX, &text, err));
  const ps_status status = files_exam_parse(name, text.data, text.size, tables, out, err);
  files_text_free(&text);
  return status;
}

void files_exam_close(files_exam *exam) {
  json_decref(exam->root);
  exam->root = NULL;
}
