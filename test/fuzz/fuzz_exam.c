// Any bytes as an exam file: what is accepted goes through the gate, as a full screen and as the short form of itself. SPDX-License-Identifier: Apache-2.0
#include "app/files/files_exam.h"
#include "app/files/files_exam_since.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static files_clinical *clinical;  // read once
  if (!clinical && files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK) __builtin_trap();
  const clinic_safety_tables *tables = files_clinical_safety(clinical);
  clinic_screen screen;
  files_form form;
  ps_error err = {PS_OK, 0, "", ""};
  ps_status status = files_form_parse("fuzz", data, size, &form, &err);
  if (status == PS_OK) status = files_exam_parse("fuzz", data, size, tables, &screen, &err);
  if (status != PS_OK) {
    if (err.code != status || !err.where[0] || !err.msg[0]) __builtin_trap();
    return 0;
  }
  clinic_safety safety;
  if (form.is_short) clinic_safety_rescreen(tables, &screen, &screen, form.change_in_health, &screen);
  clinic_safety_decide(tables, &screen, &safety);
  // a stop lets nothing through
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++)
    if (safety.status == CLINIC_STOP &&
        clinic_technique_decide(tables, &screen, &safety, (clinic_technique)k).verdict != CLINIC_BLOCK)
      __builtin_trap();
  return 0;
}
