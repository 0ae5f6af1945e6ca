/* Looking things up in an exam. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/exam/exam.h"

#include <string.h>

const char *const CLINIC_QUALITY[] = {"ache", "sharp", "burning", "pins_and_needles", "numb", NULL};

int clinic_field_find(const clinic_fields *f, const char *name) {
  const char *dot = strchr(name, '.');
  if (!dot) return -1;
  const size_t nsection = (size_t)(dot - name);
  for (int i = 0; i < f->nfield; i++) {
    const char *section = f->field[i].section;
    if (strncmp(section, name, nsection) == 0 && section[nsection] == '\0' && strcmp(f->field[i].key, dot + 1) == 0) return i;
  }
  return -1;
}

int clinic_region_find(const clinic_fields *f, const char *id) {
  for (int i = 0; i < f->nregion; i++)
    if (strcmp(f->region[i].id, id) == 0) return i;
  return -1;
}

bool clinic_exam_has(const clinic_exam *exam, int ifield) {
  const bool is_answer = exam->fields->field[ifield].kind == CLINIC_ANSWER;
  for (int side = 0; side < 2; side++) {
    const clinic_value *v = &exam->value[ifield][side];
    if (v->has && !(is_answer && v->choice == CLINIC_NOT_ASKED)) return true;
  }
  return false;
}

bool clinic_exam_has_word(const clinic_exam *exam, const char *name, const char *word) {
  const int ifield = clinic_field_find(exam->fields, name);
  PS_ASSERT(ifield >= 0);
  const clinic_field *f = &exam->fields->field[ifield];
  const clinic_value *v = &exam->value[ifield][CLINIC_RIGHT];
  for (int i = 0; i < f->nchoice && v->has; i++)
    if (strcmp(f->choice[i], word) == 0) return f->kind == CLINIC_CHOICES ? ((unsigned)v->choice >> i & 1u) != 0 : v->choice == i;
  return false;
}
