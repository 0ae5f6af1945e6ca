// Any bytes as an exam file: what is accepted goes through the gate, as a full screen and as the short form of itself. SPDX-License-Identifier: Apache-2.0
#include "app/files/files_exam.h"
#include "clinic/exam/exam_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// what is accepted is in its range or list
static void check_values(const clinic_exam *exam) {
  for (int i = 0; i < exam->fields->nfield; i++) {
    const clinic_field *f = &exam->fields->field[i];
    for (int side = 0; side < 2; side++) {
      const clinic_value *v = &exam->value[i][side];
      if (!v->has) continue;
      if (f->is_derived) continue;
      const bool is_number = f->kind == CLINIC_NUMBER || f->kind == CLINIC_WHOLE || f->kind == CLINIC_MEASURE;
      if (is_number && !(v->number >= f->lo - 1e-9 && v->number <= f->hi + 1e-9)) __builtin_trap();
      if ((f->kind == CLINIC_CHOICE || f->kind == CLINIC_MEASURE) && !(v->choice >= 0 && v->choice < f->nchoice)) __builtin_trap();
      if (f->kind == CLINIC_CHOICES && (v->choice <= 0 || v->choice >> f->nchoice != 0)) __builtin_trap();
      if (f->kind == CLINIC_ANSWER && (v->choice <= CLINIC_NOT_ASKED || v->choice > CLINIC_YES)) __builtin_trap();
      if (v->nrepeat < 0 || v->nrepeat > CLINIC_REPEAT_MAX || (side == 1 && !f->is_sided)) __builtin_trap();
    }
  }
  if (exam->npain > 0 && !exam->has_pain_map) __builtin_trap();
  for (int i = 0; i < exam->npain; i++) {
    const clinic_pain *p = &exam->pain[i];
    if (p->region < 0 || p->region >= exam->fields->nregion || !(p->intensity >= 0.0 && p->intensity <= 10.0)) __builtin_trap();
    if (!p->is_side[0] && !p->is_side[1]) __builtin_trap();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static files_clinical *clinical;  // read once
  if (!clinical && files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK) __builtin_trap();
  const clinic_safety_tables *safety_tables = files_clinical_safety(clinical);
  const files_exam_tables tables = {clinical, NULL};
  static files_exam exam;
  ps_error err = {PS_OK, 0, "", ""};
  const ps_status status = files_exam_parse("fuzz", data, size, &tables, &exam, &err);
  if (status != PS_OK) {
    if (err.code != status || !err.where[0] || !err.msg[0]) __builtin_trap();
    return 0;
  }
  clinic_safety safety;
  if (exam.form.is_short) clinic_safety_rescreen(safety_tables, &exam.screen, &exam.screen, exam.form.change_in_health, &exam.screen);
  clinic_safety_decide(safety_tables, &exam.screen, &safety);
  // a stop lets nothing through
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++)
    if (safety.status == CLINIC_STOP &&
        clinic_technique_decide(safety_tables, &exam.screen, &safety, (clinic_technique)k).verdict != CLINIC_BLOCK)
      __builtin_trap();
  check_values(&exam.exam);
  clinic_remark remark[CLINIC_REMARK_MAX];
  clinic_section section[CLINIC_SECTION_MAX];
  clinic_exam_check(safety_tables, &exam.exam, &exam.screen, &exam.overruled, remark);
  clinic_exam_sections(&exam.exam, section);
  files_exam_close(&exam);
  return 0;
}
