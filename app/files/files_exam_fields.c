/* Reading the sections of an exam whose fields stand in data/clinical/exam_fields.csv: one rule for each kind of field.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/files/files_exam_parts.h"

static const size_t TEXT_MAX = 500;  // bytes of a text

static const char *const SIDE[2] = {[CLINIC_RIGHT] = "_right", [CLINIC_LEFT] = "_left"};

// ---- one value -----------------------------------------------------------------------------------------------------

static int index_of(const clinic_field *f, const char *word) {
  for (int i = 0; i < f->nchoice; i++)
    if (strcmp(f->choice[i], word) == 0) return i;
  return -1;
}

static ps_status read_choices(const files_json *in, const char *key, const clinic_field *f, clinic_value *out) {
  const int none = index_of(f, "none");
  unsigned bits = 0;
  PS_TRY(files_json_choices(in, key, f->choice, f->nchoice, &bits));
  if (bits == 0)
    return files_json_fail(in, key, PS_EINPUT, "is an empty list: %s", none >= 0 ? "write [\"none\"], or leave it out" : "leave it out");
  if (none >= 0 && bits != 1u << none && (bits & 1u << none))
    return files_json_fail(in, key, PS_EINPUT, "has \"none\" and something else");
  out->choice = (int)bits;
  return PS_OK;
}

// {"deg": 31, "method": "goniometer", "device": "plastic, 20 cm"}
static ps_status read_measure(const files_json *in, const char *key, const clinic_field *f, clinic_value *out) {
  _Static_assert((int)FILES_READING_MAX == (int)CLINIC_REPEAT_MAX, "a file holds as many readings as an exam");
  const char *const keys[] = {f->unit, "method", "device"};
  files_json object;
  files_readings r;
  PS_TRY(files_json_object(in, key, &object));
  PS_TRY(files_json_check_keys(&object, keys, 3));
  PS_TRY(files_json_readings(&object, &(files_json_range){f->unit, f->lo, f->hi, f->unit}, &r));
  PS_TRY(files_json_choice(&object, "method", f->choice, f->nchoice, &out->choice));
  out->text = "";
  if (files_json_has(&object, "device")) PS_TRY(files_json_text(&object, "device", TEXT_MAX, &out->text));
  out->number = r.mean;
  out->nrepeat = r.n;
  memcpy(out->repeat, r.value, sizeof out->repeat);
  return PS_OK;
}

static ps_status read_date(const files_json *in, const char *key, clinic_value *out) {
  const char *text = NULL;
  PS_TRY(files_json_text(in, key, TEXT_MAX, &text));
  if (!files_is_date(text) || strcmp(text, "1900") < 0 || strcmp(text, "2101") >= 0)
    return files_json_fail(in, key, PS_EINPUT, "is not a day from 1900-01-01 to 2100-12-31, written YYYY-MM-DD");
  out->text = text;
  return PS_OK;
}

static ps_status read_value(const files_json *in, const char *key, const clinic_field *f, clinic_value *out) {
  const files_json_range range = {key, f->lo, f->hi, f->unit};
  clinic_value v = {.has = true, .text = ""};
  switch (f->kind) {
    case CLINIC_ANSWER:
      PS_TRY(files_json_choice(in, key, EXAM_ANSWER, 4, &v.choice));
      v.has = v.choice != CLINIC_NOT_ASKED;
      break;
    case CLINIC_CHOICE: PS_TRY(files_json_choice(in, key, f->choice, f->nchoice, &v.choice)); break;
    case CLINIC_CHOICES: PS_TRY(read_choices(in, key, f, &v)); break;
    case CLINIC_NUMBER: PS_TRY(files_json_number(in, &range, &v.number)); break;
    case CLINIC_WHOLE: PS_TRY(files_json_whole(in, &range, &v.number)); break;
    case CLINIC_MEASURE: PS_TRY(read_measure(in, key, f, &v)); break;
    case CLINIC_TEXT: PS_TRY(files_json_text(in, key, TEXT_MAX, &v.text)); break;
    case CLINIC_DATE: PS_TRY(read_date(in, key, &v)); break;
  }
  *out = v;
  return PS_OK;
}

// ---- a section -----------------------------------------------------------------------------------------------------

typedef struct place { int field, side; } place;  // field -1: none

static place find_place(const clinic_fields *fields, const char *section, const char *key) {
  for (int i = 0; i < fields->nfield; i++) {
    const clinic_field *f = &fields->field[i];
    const size_t n = strlen(f->key);
    if (strcmp(f->section, section) != 0 || strncmp(f->key, key, n) != 0) continue;
    if (!f->is_sided && key[n] == '\0') return (place){i, 0};
    for (int side = 0; f->is_sided && side < 2; side++)
      if (strcmp(key + n, SIDE[side]) == 0) return (place){i, side};
  }
  return (place){-1, 0};
}

static ps_status unknown(const files_json *in, const clinic_fields *fields, const char *section, const char *key) {
  static const char map[] = "map";
  char name[2*CLINIC_FIELD_MAX][64];  // the suggestion borrows them
  int n = 0;
  files_suggestion s = files_suggest_begin(key);
  if (strcmp(section, "pain") == 0) files_suggest_offer(&s, map);
  for (int i = 0; i < fields->nfield; i++) {
    const clinic_field *f = &fields->field[i];
    if (strcmp(f->section, section) != 0) continue;
    for (int side = f->is_sided ? 1 : 0; side >= 0; side--) {
      snprintf(name[n], sizeof name[n], "%.56s%s", f->key, f->is_sided ? SIDE[side] : "");
      files_suggest_offer(&s, name[n++]);
    }
  }
  return files_json_unknown(in, key, files_suggest_best(&s));
}

static ps_status read_section(const files_json *in, const char *section, clinic_exam *out) {
  files_json object;
  PS_TRY(files_json_object(in, section, &object));
  for (void *it = json_object_iter(object.object); it; it = json_object_iter_next(object.object, it)) {
    const char *key = json_object_iter_key(it);
    bool is_comment = false;
    PS_TRY(files_json_comment(&object, key, &is_comment));
    if (is_comment) continue;
    if (strcmp(section, "pain") == 0 && strcmp(key, "map") == 0) {
      PS_TRY(exam_read_map(&object, out));
      continue;
    }
    const place at = find_place(out->fields, section, key);
    if (at.field < 0) return unknown(&object, out->fields, section, key);
    PS_TRY(read_value(&object, key, &out->fields->field[at.field], &out->value[at.field][at.side]));
  }
  return PS_OK;
}

static bool is_first_of_section(const clinic_fields *fields, int ifield) {
  for (int i = 0; i < ifield; i++)
    if (strcmp(fields->field[i].section, fields->field[ifield].section) == 0) return false;
  return true;
}

// `exam` stands at the root; `person` is the person file's; `derived` is computed
ps_status exam_read_fields(const files_json *in, clinic_exam *out) {
  for (int i = 0; i < out->fields->nfield; i++) {
    const clinic_field *f = &out->fields->field[i];
    if (strcmp(f->section, "exam") == 0) {
      if (files_json_has(in, f->key)) PS_TRY(read_value(in, f->key, f, &out->value[i][0]));
    } else if (!f->is_derived && strcmp(f->section, "person") != 0 && is_first_of_section(out->fields, i) &&
               files_json_has(in, f->section)) {
      PS_TRY(read_section(in, f->section, out));
    }
  }
  return PS_OK;
}

// ---- the person part -----------------------------------------------------------------------------------------------

static clinic_value *put(clinic_exam *out, const char *name, int side) {
  const int field = clinic_field_find(out->fields, name);
  PS_ASSERT(field >= 0 && out->fields->field[field].is_sided >= (side > 0));
  clinic_value *v = &out->value[field][side];
  *v = (clinic_value){.has = true, .text = ""};
  return v;
}

static int word_of(const clinic_exam *exam, const char *name, const char *word) {
  const int i = index_of(&exam->fields->field[clinic_field_find(exam->fields, name)], word);
  PS_ASSERT(i >= 0);
  return i;
}

static void put_angle(clinic_exam *out, const char *name, int side, const files_angle *a) {
  if (!a->has) return;
  clinic_value *v = put(out, name, side);
  v->choice = word_of(out, name, files_method_text(a->method));
  v->number = a->deg;
  v->nrepeat = a->nrepeat;
  memcpy(v->repeat, a->repeat_deg, sizeof v->repeat);
}

void exam_take_person(const files_person *p, clinic_exam *out) {
  put(out, "person.sex", 0)->choice = word_of(out, "person.sex", p->body.is_female ? "female" : "male");
  put(out, "person.age_years", 0)->number = p->body.age_years;
  put_angle(out, "person.asis_psis_tilt", 0, &p->tilt);
  put_angle(out, "person.lordosis", 0, &p->lordosis);
  for (int side = 0; side < 2; side++) {
    put_angle(out, "person.hip_extension", side, &p->hip_extension[side]);
    const files_thomas *t = &p->thomas[side];
    if (!t->has) continue;
    files_angle hip = {true, t->hip_angle_deg, t->method, t->nrepeat, {0.0}},
                knee = {true, t->knee_flexion_deg, t->method, t->nknee_repeat, {0.0}};
    memcpy(hip.repeat_deg, t->repeat_deg, sizeof hip.repeat_deg);
    memcpy(knee.repeat_deg, t->knee_repeat_deg, sizeof knee.repeat_deg);
    put_angle(out, "person.thomas_hip_angle", side, &hip);
    put_angle(out, "person.thomas_knee_flexion", side, &knee);
    put(out, "person.thomas_pelvis_controlled", side)->choice = t->pelvis_controlled ? CLINIC_YES : CLINIC_NO;
  }
}
