/* Exams for tests. SPDX-License-Identifier: Apache-2.0 */
#include "support/exam.h"

#include <string.h>

#include "support/check.h"

files_clinical *exam_tables(void) {
  files_clinical *clinical = NULL;
  ps_error err = {PS_OK, 0, "", ""};
  if (files_clinical_load(files_source_packed(), &clinical, &err) != PS_OK)
    fail_msg("clinical tables: %s line %zu: %s", err.where, err.pos, err.msg);
  return clinical;
}

clinic_exam exam_empty(const files_clinical *clinical) {
  return (clinic_exam){.fields = &files_clinical_evidence(clinical)->fields};
}

static int field_of(const clinic_exam *exam, const char *name) {
  const int i = clinic_field_find(exam->fields, name);
  if (i < 0) fail_msg("no field %s", name);
  return i;
}

const clinic_value *exam_value(const clinic_exam *exam, const char *name, int side) {
  return &exam->value[field_of(exam, name)][side];
}

static void put(clinic_exam *exam, const char *name, int side, const clinic_value *v) {
  const int f = field_of(exam, name);
  const int nside = exam->fields->field[f].is_sided ? 2 : 1;
  for (int k = 0; k < nside; k++)
    if (side == EXAM_BOTH || side == k) exam->value[f][k] = *v;
}

void exam_answer(clinic_exam *exam, const char *name, int side, clinic_answer answer) {
  put(exam, name, side, &(clinic_value){.has = answer != CLINIC_NOT_ASKED, .choice = (int)answer, .text = ""});
}

void exam_word(clinic_exam *exam, const char *name, int side, const char *word) {
  const clinic_field *f = &exam->fields->field[field_of(exam, name)];
  for (int i = 0; i < f->nchoice; i++) {
    if (strcmp(f->choice[i], word) != 0) continue;
    put(exam, name, side, &(clinic_value){.has = true, .choice = f->kind == CLINIC_CHOICES ? 1 << i : i, .text = ""});
    return;
  }
  fail_msg("%s has no word %s", name, word);
}

void exam_number(clinic_exam *exam, const char *name, int side, double number) {
  put(exam, name, side, &(clinic_value){.has = true, .number = number, .nrepeat = 1, .repeat = {number}, .text = ""});
}

void exam_pain(clinic_exam *exam, const char *region, double intensity) {
  const int r = clinic_region_find(exam->fields, region);
  if (r < 0) fail_msg("no region %s", region);
  exam->has_pain_map = true;
  exam->pain[exam->npain++] = (clinic_pain){.region = r, .is_side = {true, true}, .intensity = intensity};
}

void exam_thomas(clinic_exam *exam, double right_deg, double left_deg) {
  exam_number(exam, "person.thomas_hip_angle", CLINIC_RIGHT, right_deg);
  exam_number(exam, "person.thomas_hip_angle", CLINIC_LEFT, left_deg);
  exam_answer(exam, "person.thomas_pelvis_controlled", EXAM_BOTH, CLINIC_YES);
}

void exam_person(clinic_exam *exam, const char *sex, double age_years) {
  exam_word(exam, "person.sex", 0, sex);
  exam_number(exam, "person.age_years", 0, age_years);
}
