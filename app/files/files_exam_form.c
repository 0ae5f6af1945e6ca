/* Writing the exam as a form. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_exam_form.h"

#include <string.h>

typedef struct words { char text[512]; } words;
typedef struct joined { char text[400]; } joined;

static const char *const KIND[] = {"answer", "choice", "choices", "number", "whole", "measure", "text", "date"};  // clinic_kind

// words of a list, parted by commas
static joined list_of(const clinic_field *f) {
  joined l = {""};
  size_t n = 0;
  for (int i = 0; i < f->nchoice && n < sizeof l.text; i++)
    n += (size_t)snprintf(l.text + n, sizeof l.text - n, "%s%s", i ? ", " : "", f->choice[i]);
  return l;
}

static bool is_section(const clinic_field *f, const char *section) { return strcmp(f->section, section) == 0; }

// a Thomas test is one object of the person file
static bool is_thomas(const clinic_field *f) { return is_section(f, "person") && strncmp(f->key, "thomas_", 7) == 0; }

// what is written in the file
static words form_of(const clinic_field *f) {
  words w = {""};
  if (is_thomas(f)) {
    if (f->kind == CLINIC_MEASURE) snprintf(w.text, sizeof w.text, "number or list of readings, %g to %g %s", f->lo, f->hi, f->unit);
    else snprintf(w.text, sizeof w.text, "true or false");
    return w;
  }
  const char *gap = *f->unit ? " " : "";
  switch (f->kind) {
    case CLINIC_ANSWER: snprintf(w.text, sizeof w.text, "yes, no, not_sure or not_asked"); break;
    case CLINIC_CHOICE: snprintf(w.text, sizeof w.text, "one of %s", list_of(f).text); break;
    case CLINIC_CHOICES: snprintf(w.text, sizeof w.text, "list of %s", list_of(f).text); break;
    case CLINIC_NUMBER: snprintf(w.text, sizeof w.text, "number, %g to %g%s%s", f->lo, f->hi, gap, f->unit); break;
    case CLINIC_WHOLE: snprintf(w.text, sizeof w.text, "whole number, %g to %g%s%s", f->lo, f->hi, gap, f->unit); break;
    case CLINIC_MEASURE:
      snprintf(w.text, sizeof w.text, "{\"%s\": %g to %g, \"method\": one of %s}", f->unit, f->lo, f->hi, list_of(f).text);
      break;
    case CLINIC_TEXT: snprintf(w.text, sizeof w.text, "text of up to 500 bytes"); break;
    case CLINIC_DATE: snprintf(w.text, sizeof w.text, "day, YYYY-MM-DD"); break;
  }
  return w;
}

// the first field of each section
static bool begins_section(const clinic_fields *t, int i) { return i == 0 || !is_section(&t->field[i - 1], t->field[i].section); }

// ---- the empty exam ------------------------------------------------------------------------------------------------

// "//KEY": what to ask and what is written; with its source as a second line
static void comment(json_t *object, const char *key, const char *text, const char *source, bool is_full) {
  char name[96], from[160];
  snprintf(name, sizeof name, "//%.90s", key);
  snprintf(from, sizeof from, "source: %.140s", source);
  json_object_set_new(object, name, is_full ? json_pack("[s, s]", text, from) : json_string(text));
}

static void put_field(json_t *object, const clinic_field *f, bool is_full) {
  static const char *const side[2] = {"left", "right"};
  char text[1200], key[96];
  snprintf(text, sizeof text, "%s: %s [%s]%s", f->words, f->how, form_of(f).text, f->is_sided ? " Keys: " : "");
  size_t n = strlen(text);
  for (int i = 0; i < 2 && f->is_sided; i++)
    n += (size_t)snprintf(text + n, sizeof text - n, "%s%s_%s", i ? ", " : "", f->key, side[i]);
  comment(object, f->key, text, f->source, is_full);
  if (f->kind != CLINIC_ANSWER) return;
  if (!f->is_sided) json_object_set_new(object, f->key, json_string("not_asked"));
  for (int i = 0; i < 2 && f->is_sided; i++) {
    snprintf(key, sizeof key, "%.80s_%s", f->key, side[i]);
    json_object_set_new(object, key, json_string("not_asked"));
  }
}

static json_t *safety_template(const clinic_safety_tables *t, bool is_full) {
  json_t *answers = json_object();
  for (int i = 0; i < t->nflag; i++) {
    const clinic_flag *f = &t->flag[i];
    comment(answers, f->id, f->question, f->source, is_full);
    if (f->npart == 1) {
      json_object_set_new(answers, f->id, json_string("not_asked"));
      continue;
    }
    json_t *parts = json_object();
    for (int k = f->part; k < f->part + f->npart; k++) {
      if (k > f->part) comment(parts, t->part[k].name, t->part[k].question, f->source, false);
      json_object_set_new(parts, t->part[k].name, json_string("not_asked"));
    }
    json_object_set_new(answers, f->id, parts);
  }
  return json_pack("{s:s, s:o, s:s, s:[]}", "//answers", "yes, no, not_sure or not_asked; the further questions of one only when main is yes",
                   "answers", answers, "//reviewed", "List of questions whose medical review is on record, as [\"RF11\"]", "reviewed");
}

static json_t *conditions_template(const clinic_safety_tables *t, bool is_full) {
  json_t *list = json_object();
  for (int i = 0; i < t->ncondition; i++) {
    comment(list, t->condition[i].id, t->condition[i].words, t->condition[i].source, is_full);
    json_object_set_new(list, t->condition[i].id, json_string("not_asked"));
  }
  return list;
}

static void put_map(json_t *pain, const clinic_fields *t) {
  words regions = {""};
  size_t n = 0;
  for (int i = 0; i < t->nregion && n < sizeof regions.text; i++)
    n += (size_t)snprintf(regions.text + n, sizeof regions.text - n, "%s%s", i ? ", " : "", t->region[i].id);
  json_object_set_new(pain, "//map",
                      json_pack("[s, s, s+]",
                                "pain map. A list: {\"region\": word, \"side\": left, right or both, \"intensity_0_10\": 0 to 10, "
                                "\"quality\": list of ache, sharp, burning, pins_and_needles, numb}",
                                "no side for neck, chest, abdomen, between_shoulder_blades, mid_back, low_back, sacrum; an empty list "
                                "says that a map was drawn and nothing hurts", "regions: ", regions.text));
}

// what the body part needs; a person file has these four at least
static json_t *person_template(const clinic_fields *t, bool is_full) {
  json_t *root = json_pack("{s:[s, s], s:i, s:s, s:s, s:s, s:i, s:f, s:i}", "//",
                           "An empty exam. Keys that begin with // are comments and are ignored. Leave out what was not asked or measured.",
                           "Replace sex, age_years, height_m and mass_kg: they are an invented person's.", "exam_version", 1,
                           "//exam_date", "The day of the exam [YYYY-MM-DD]", "//sex", "sex [female or male]", "sex", "female",
                           "age_years", 40, "height_m", 1.68, "mass_kg", 65);
  json_object_set_new(root, "//thomas_left",
                      json_pack("[s, s, s]",
                                "modified Thomas test; the same for thomas_right. {\"hip_angle_deg\": -60 to 90 or a list of up to 10 "
                                "readings, \"method\": inclinometer, goniometer, photo or motion_capture, \"knee_flexion_deg\": 0 to 150, "
                                "\"pelvis_controlled\": true or false}",
                                "with a ruler, instead of hip_angle_deg: \"knee_above_hip_m\" (below is negative), \"thigh_length_m\"",
                                "above the horizontal is positive; the other knee is held until the back is just flat"));
  for (int i = 0; i < t->nfield; i++) {
    const clinic_field *f = &t->field[i];
    const bool is_other = is_thomas(f) || strcmp(f->key, "sex") == 0 || strcmp(f->key, "age_years") == 0;
    if (is_section(f, "person") && !is_other) put_field(root, f, is_full);
  }
  return root;
}

json_t *files_exam_template(const files_clinical *clinical, bool is_full) {
  const clinic_safety_tables *safety = files_clinical_safety(clinical);
  const clinic_fields *t = &files_clinical_evidence(clinical)->fields;
  json_t *root = person_template(t, is_full), *section = NULL;
  json_object_set_new(root, "safety", safety_template(safety, is_full));
  json_object_set_new(root, "contraindications", conditions_template(safety, is_full));
  for (int i = 0; i < t->nfield; i++) {
    const clinic_field *f = &t->field[i];
    if (f->is_derived || is_section(f, "exam") || is_section(f, "person")) continue;
    if (begins_section(t, i)) {
      section = json_object();
      json_object_set_new(root, f->section, section);
      if (is_section(f, "pain")) put_map(section, t);
    }
    put_field(section, f, is_full);
  }
  return root;
}

// ---- the list of fields --------------------------------------------------------------------------------------------

typedef struct place { char text[96]; } place;

// the key of one side as it stands in a file: "fadir_pain_left"; of a Thomas test "thomas_left.hip_angle_deg"
static place place_of(const clinic_field *f, int side) {
  static const char *const word[2] = {"left", "right"};
  place p;
  if (!f->is_sided) snprintf(p.text, sizeof p.text, "%.80s", f->key);
  else if (is_thomas(f))
    snprintf(p.text, sizeof p.text, "thomas_%s.%.60s%s", word[side], f->key + 7, f->kind == CLINIC_MEASURE ? "_deg" : "");
  else snprintf(p.text, sizeof p.text, "%.80s_%s", f->key, word[side]);
  return p;
}

static json_t *keys_json(const clinic_field *f) {
  if (f->is_derived) return json_array();
  if (!f->is_sided) return json_pack("[s]", place_of(f, 0).text);
  const place left = place_of(f, 0), right = place_of(f, 1);
  return json_pack("[s, s]", left.text, right.text);
}

json_t *files_exam_fields_json(const clinic_fields *t) {
  json_t *list = json_array();
  for (int i = 0; i < t->nfield; i++) {
    const clinic_field *f = &t->field[i];
    json_t *choices = json_array();
    for (int k = 0; k < f->nchoice; k++) json_array_append_new(choices, json_string(f->choice[k]));
    json_t *row = json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:o, s:s, s:b, s:s}", "section", f->section, "key", f->key, "keys",
                            keys_json(f), "words", f->words, "how", f->how, "kind", KIND[f->kind], "choices", choices, "unit",
                            f->unit, "is_derived", f->is_derived, "source", f->source);
    if (f->kind == CLINIC_NUMBER || f->kind == CLINIC_WHOLE || f->kind == CLINIC_MEASURE) {
      json_object_set_new(row, "lo", json_real(f->lo));
      json_object_set_new(row, "hi", json_real(f->hi));
    }
    json_array_append_new(list, row);
  }
  return list;
}

json_t *files_exam_regions_json(const clinic_fields *t) {
  json_t *list = json_array();
  for (int i = 0; i < t->nregion; i++) {
    const clinic_region *r = &t->region[i];
    json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:b}", "region", r->id, "words", r->words, "view",
                                          r->view == CLINIC_FRONT ? "front" : "back", "is_sided", r->is_sided));
  }
  return list;
}

void files_exam_fields_text(FILE *out, const clinic_fields *t) {
  for (int i = 0; i < t->nfield; i++) {
    const clinic_field *f = &t->field[i];
    if (begins_section(t, i)) fprintf(out, "%s%s%s:\n", i ? "\n" : "", f->section, f->is_derived ? " (computed, never read)" : "");
    fprintf(out, "  %s", place_of(f, 0).text);
    if (f->is_sided) fprintf(out, ", %s", place_of(f, 1).text);
    fprintf(out, ": %s\n      %s [%s]\n", f->words, f->how, form_of(f).text);
  }
}

void files_exam_fields_markdown(FILE *out, const clinic_fields *t) {
  for (int i = 0; i < t->nfield; i++) {
    const clinic_field *f = &t->field[i];
    if (begins_section(t, i))
      fprintf(out, "%s### `%s`\n\n| field | sides | what | how | written as | source |\n|---|---|---|---|---|---|\n", i ? "\n" : "", f->section);
    fprintf(out, "| `%s` | %s | %s | %s | %s | %s |\n", f->key, f->is_sided ? "left, right" : "", f->words, f->how, form_of(f).text, f->source);
  }
  fprintf(out, "\n### Regions of the pain map\n\n| region | view | sides | what |\n|---|---|---|---|\n");
  for (int i = 0; i < t->nregion; i++) {
    const clinic_region *r = &t->region[i];
    fprintf(out, "| `%s` | %s | %s | %s |\n", r->id, r->view == CLINIC_FRONT ? "front" : "back", r->is_sided ? "left, right, both" : "", r->words);
  }
}
