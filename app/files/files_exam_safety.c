/* Reading the answers of a safety screen and the contraindications. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/files/files_exam_parts.h"

static ps_status read_answer(const files_json *in, const char *key, clinic_answer *out) {
  int k = 0;
  PS_TRY(files_json_choice(in, key, EXAM_ANSWER, 4, &k));
  *out = (clinic_answer)k;
  return PS_OK;
}

// {"main": "yes", "new_or_spreading": "no"}
static ps_status read_parts(const files_json *in, const clinic_safety_tables *t, int iflag, clinic_screen *out) {
  const clinic_flag *f = &t->flag[iflag];
  for (void *it = json_object_iter(in->object); it; it = json_object_iter_next(in->object, it)) {
    const char *name = json_object_iter_key(it);
    bool is_comment = false;
    PS_TRY(files_json_comment(in, name, &is_comment));
    if (is_comment) continue;
    const int part = files_clinical_find_part(t, iflag, name);
    if (part >= 0) {
      PS_TRY(read_answer(in, name, &out->part[part]));
      continue;
    }
    files_suggestion s = files_suggest_begin(name);
    for (int i = f->part; i < f->part + f->npart; i++) files_suggest_offer(&s, t->part[i].name);
    return files_json_unknown(in, name, files_suggest_best(&s));
  }
  return PS_OK;
}

// "RF01": "no", or with the parts of its rule
static ps_status read_answers(const files_json *in, const clinic_safety_tables *t, clinic_screen *out) {
  for (void *it = json_object_iter(in->object); it; it = json_object_iter_next(in->object, it)) {
    const char *id = json_object_iter_key(it);
    bool is_comment = false;
    PS_TRY(files_json_comment(in, id, &is_comment));
    if (is_comment) continue;
    const int flag = files_clinical_find_flag(t, id);
    if (flag < 0) {
      files_suggestion s = files_suggest_begin(id);
      for (int i = 0; i < t->nflag; i++) files_suggest_offer(&s, t->flag[i].id);
      return files_json_unknown(in, id, files_suggest_best(&s));
    }
    if (json_is_object(json_object_iter_value(it))) {
      files_json parts;
      PS_TRY(files_json_object(in, id, &parts));
      PS_TRY(read_parts(&parts, t, flag, out));
    } else {
      PS_TRY(read_answer(in, id, &out->part[t->flag[flag].part]));
    }
  }
  return PS_OK;
}

// ["RF11"]: flags whose medical review is on record
static ps_status read_reviews(const files_json *in, const clinic_safety_tables *t, clinic_screen *out) {
  const json_t *list = NULL;
  PS_TRY(files_json_list(in, "reviewed", &list));
  for (size_t i = 0; i < json_array_size(list); i++) {
    const char *id = json_string_value(json_array_get(list, i));
    const int flag = id ? files_clinical_find_flag(t, id) : -1;
    if (flag < 0) return files_json_fail(in, "reviewed", PS_EFORMAT, "item %zu is not the name of a safety question", i + 1);
    out->is_reviewed[flag] = true;
  }
  return PS_OK;
}

static ps_status read_safety(const files_json *in, const clinic_safety_tables *t, clinic_screen *out) {
  static const char *const key[] = {"answers", "reviewed", "form", "asked_on", "change_in_health"};  // the last three: exam_read_form
  files_json safety, answers;
  PS_TRY(files_json_object(in, "safety", &safety));
  PS_TRY(files_json_check_keys(&safety, key, 5));
  if (files_json_has(&safety, "answers")) {
    PS_TRY(files_json_object(&safety, "answers", &answers));
    PS_TRY(read_answers(&answers, t, out));
  }
  return files_json_has(&safety, "reviewed") ? read_reviews(&safety, t, out) : PS_OK;
}

static ps_status read_conditions(const files_json *in, const clinic_safety_tables *t, clinic_screen *out) {
  files_json list;
  PS_TRY(files_json_object(in, "contraindications", &list));
  for (void *it = json_object_iter(list.object); it; it = json_object_iter_next(list.object, it)) {
    const char *id = json_object_iter_key(it);
    bool is_comment = false;
    PS_TRY(files_json_comment(&list, id, &is_comment));
    if (is_comment) continue;
    const int condition = files_clinical_find_condition(t, id);
    if (condition >= 0) {
      PS_TRY(read_answer(&list, id, &out->condition[condition]));
      continue;
    }
    files_suggestion s = files_suggest_begin(id);
    for (int i = 0; i < t->ncondition; i++) files_suggest_offer(&s, t->condition[i].id);
    return files_json_unknown(&list, id, files_suggest_best(&s));
  }
  return PS_OK;
}

ps_status exam_read_safety(const files_json *in, const clinic_safety_tables *t, clinic_screen *out) {
  if (files_json_has(in, "safety")) PS_TRY(read_safety(in, t, out));
  return files_json_has(in, "contraindications") ? read_conditions(in, t, out) : PS_OK;
}
