/* Person files. Validates once, at the border; converts to SI and radians here and nowhere else.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_person.h"

// libmd: 70 kB of message digests and nothing else, no dependencies, permissive licence, kept by dpkg's maintainer and
// already on every Debian because dpkg itself uses it (libssl, libsodium and nettle would do, each for one function of many)
#include <sha2.h>
#include <stdio.h>
#include <string.h>

#include "app/files/files_json.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"
#include "psoas/vec.h"

// ---- posture -----------------------------------------------------------------------------------------------------

// the whole range of methods; a radiographic lordosis is held to the model's range as well, see read_posture
static const files_angle_rule lordosis_rule = {"lordosis", -20.0, 100.0, FILES_RADIOGRAPH_L1_S1, FILES_PHONE_T12_S1};
static const files_angle_rule radiograph_rule = {"lordosis", 5.0, 100.0, FILES_RADIOGRAPH_L1_S1, FILES_RADIOGRAPH_L1_S1};
static const files_angle_rule tilt_rule = {"asis_psis_tilt", -20.0, 40.0, FILES_INCLINOMETER, FILES_MOTION_CAPTURE};
static const files_angle_rule extension_rule[2] = {
    {"hip_extension_right", -60.0, 60.0, FILES_MOTION_CAPTURE, FILES_SIDE_LYING_INCLINOMETER},
    {"hip_extension_left", -60.0, 60.0, FILES_MOTION_CAPTURE, FILES_SIDE_LYING_INCLINOMETER},
};

// what was measured of the standing posture; into the model only where its definition is the model's
static ps_status read_posture(const files_json *in, files_person *p) {
  ps_person *body = &p->body;
  if (files_json_has(in, "pelvic_incidence_deg")) {
    double deg = 0.0;
    PS_TRY(files_json_number(in, &(files_json_range){"pelvic_incidence_deg", 20.0, 95.0, "deg"}, &deg));
    body->has_incidence = true;
    body->incidence_rad = ps_rad(deg);
  }

  PS_TRY(files_angle_read(in, &lordosis_rule, &p->lordosis));
  if (p->lordosis.has && p->lordosis.method == FILES_RADIOGRAPH_L1_S1) {
    PS_TRY(files_angle_read(in, &radiograph_rule, &p->lordosis));
    body->has_lordosis = true;
    body->lordosis_rad = ps_rad(p->lordosis.deg);
  }

  // every method reads the same line; they differ in error only
  PS_TRY(files_angle_read(in, &tilt_rule, &p->tilt));
  body->has_tilt = p->tilt.has;
  body->tilt_rad = ps_rad(p->tilt.deg);
  return PS_OK;
}

// ---- tightness ---------------------------------------------------------------------------------------------------

static ps_status check_group(const files_json *in, const ps_anatomy *anatomy, const char *group) {
  if (!anatomy || strcmp(group, "iliopsoas") == 0) return PS_OK;
  files_suggestion s = files_suggest_begin(group);
  files_suggest_offer(&s, "iliopsoas");
  for (int i = 0; i < anatomy->nmuscle; i++) {
    if (strcmp(group, anatomy->muscle[i].group) == 0) return PS_OK;
    files_suggest_offer(&s, anatomy->muscle[i].group);
  }
  return files_json_fail(in, "muscle", PS_EINPUT, "is \"%s\": no muscle group has this name%s", files_text_quote(group).text,
                         files_suggest_hint(files_suggest_best(&s)).text);
}

static bool is_hip_flexor(const char *group) { return strcmp(group, "psoas_major") == 0 || strcmp(group, "iliacus") == 0; }

// would one entry overwrite the other?
static bool overlap(const ps_tightness_entry *a, const ps_tightness_entry *b) {
  if (a->side != b->side && a->side != PS_MIDLINE && b->side != PS_MIDLINE) return false;
  if (strcmp(a->group, b->group) == 0) return true;
  return (strcmp(a->group, "iliopsoas") == 0 && is_hip_flexor(b->group)) ||
         (strcmp(b->group, "iliopsoas") == 0 && is_hip_flexor(a->group));
}

// a quantity that is left out has its released value
static ps_status read_optional(const files_json *in, const files_json_range *range, bool *is_given, double *out) {
  if (!files_json_has(in, range->key)) return PS_OK;
  *is_given = true;
  return files_json_number(in, range, out);
}

static ps_status read_entry(const files_json *in, const ps_anatomy *anatomy, ps_tightness_entry *t) {
  static const char *const keys[] = {"muscle", "side", "shortening", "stiffness", "tone"};
  static const char *const sides[] = {[PS_MIDLINE] = "both", [PS_RIGHT] = "right", [PS_LEFT] = "left"};
  int side = 0;
  bool is_given = false;
  *t = (ps_tightness_entry){.stiffness = 1.0};
  PS_TRY(files_json_check_keys(in, keys, (int)(sizeof keys/sizeof *keys)));
  PS_TRY(files_json_string(in, "muscle", t->group, sizeof t->group));
  PS_TRY(check_group(in, anatomy, t->group));
  PS_TRY(files_json_choice(in, "side", sides, (int)(sizeof sides/sizeof *sides), &side));
  t->side = (ps_side)side;
  PS_TRY(read_optional(in, &(files_json_range){"shortening", 0.0, 0.20, "of optimal fibre length"}, &is_given, &t->shortening));
  PS_TRY(read_optional(in, &(files_json_range){"stiffness", 0.5, 4.0, "times the released one"}, &is_given, &t->stiffness));
  PS_TRY(read_optional(in, &(files_json_range){"tone", 0.0, 0.10, "of full activation"}, &is_given, &t->tone));
  if (is_given) return PS_OK;
  return files_json_fail(in, "", PS_EFORMAT, "says nothing: shortening, stiffness or tone is required");
}

static ps_status read_tightness(const files_json *in, const ps_anatomy *anatomy, ps_person *body) {
  if (!files_json_has(in, "tightness")) return PS_OK;
  const json_t *list = NULL;
  PS_TRY(files_json_list(in, "tightness", &list));
  if (json_array_size(list) > PS_TIGHTNESS_MAX)
    return files_json_fail(in, "tightness", PS_EINPUT, "has %zu entries, allowed are %d", json_array_size(list), PS_TIGHTNESS_MAX);
  for (size_t i = 0; i < json_array_size(list); i++) {
    files_json item;
    ps_tightness_entry *t = &body->tight[i];
    PS_TRY(files_json_item(in, "tightness", list, i, &item));
    PS_TRY(read_entry(&item, anatomy, t));
    for (size_t k = 0; k < i; k++)
      if (overlap(t, &body->tight[k]))
        return files_json_fail(&item, "muscle", PS_EINPUT, "is \"%s\": entry %zu (\"%s\") already covers this side", t->group,
                               k + 1, body->tight[k].group);
    body->ntight++;
  }
  return PS_OK;
}

// ---- the person --------------------------------------------------------------------------------------------------

static ps_status read_height(const files_json *in, double *height) {
  const ps_status status = files_json_number(in, &(files_json_range){"height_m", 1.30, 2.20, "m"}, height);
  if (status != PS_EINPUT) return status;
  const double x = json_number_value(json_object_get(in->object, "height_m"));
  if (x < 130.0 || x > 220.0) return status;
  return files_json_fail(in, "height_m", PS_EINPUT, "is %g, allowed is 1.3 to 2.2 m: is it in centimetres? write %.10g", x, x/100.0);
}

static ps_status read_body(const files_json *in, ps_person *body) {
  static const char *const sexes[] = {"male", "female"};
  int sex = 0;
  PS_TRY(files_json_choice(in, "sex", sexes, (int)(sizeof sexes/sizeof *sexes), &sex));
  body->is_female = sex == 1;
  PS_TRY(files_json_number(in, &(files_json_range){"age_years", 16.0, 100.0, "years"}, &body->age_years));
  PS_TRY(read_height(in, &body->height_m));
  return files_json_number(in, &(files_json_range){"mass_kg", 35.0, 200.0, "kg"}, &body->mass_kg);
}

// of the form an exam is written in; another one may mean something else by the same key
static ps_status check_version(const files_json *in) {
  if (!files_json_has(in, "exam_version")) return PS_OK;
  double version = 0.0;
  PS_TRY(files_json_whole(in, &(files_json_range){"exam_version", 0.0, 1e9, ""}, &version));
  if (version == 1.0) return PS_OK;
  return files_json_fail(in, "exam_version", PS_EINPUT, "is %g: this program reads version 1", version);
}

static ps_status check_keys(const files_json *in, bool *has_exam_sections) {
  // the sections of an exam stand first
  static const char *const keys[] = {
      "safety", "pain", "signs", "causes", "posture_findings", "movement_tests", "muscle_tests", "role",
      "contraindications", "consent", "outcomes", "exam_version", "exam_date", "sex", "age_years", "height_m", "mass_kg",
      "pelvic_incidence_deg", "lordosis", "asis_psis_tilt", "thomas_left", "thomas_right", "hip_extension_left",
      "hip_extension_right", "tightness", "note", "source"};
  const int nexam = 13;
  PS_TRY(check_version(in));
  if (files_json_has(in, "derived"))
    return files_json_fail(in, "derived", PS_EFORMAT, "is computed from the other sections and never read: leave it out");
  PS_TRY(files_json_check_keys(in, keys, (int)(sizeof keys/sizeof *keys)));
  for (int i = 0; i < nexam; i++) *has_exam_sections |= files_json_has(in, keys[i]);
  return PS_OK;
}

static ps_status read_person(const files_json *in, const ps_anatomy *anatomy, files_person *p) {
  PS_TRY(check_keys(in, &p->has_exam_sections));
  PS_TRY(read_body(in, &p->body));
  PS_TRY(read_posture(in, p));
  PS_TRY(files_thomas_read(in, "thomas_right", &p->thomas[0]));
  PS_TRY(files_thomas_read(in, "thomas_left", &p->thomas[1]));
  for (int i = 0; i < 2; i++) PS_TRY(files_angle_read(in, &extension_rule[i], &p->hip_extension[i]));
  PS_TRY(read_tightness(in, anatomy, &p->body));
  if (files_json_has(in, "note")) PS_TRY(files_json_string(in, "note", p->note, sizeof p->note));
  if (files_json_has(in, "source")) PS_TRY(files_json_string(in, "source", p->source, sizeof p->source));
  return PS_OK;
}

ps_status files_person_read(const files_json *in, const void *data, size_t size, const ps_anatomy *anatomy, files_person *out) {
  files_person person = {.has_exam_sections = false};
  PS_TRY(read_person(in, anatomy, &person));
  SHA256Data(data, size, person.sha256);
  *out = person;
  return PS_OK;
}

ps_status files_person_parse(const char *file, const void *data, size_t size, const ps_anatomy *anatomy, files_person *out,
                             ps_error *err) {
  json_t *root = NULL;
  PS_TRY(files_json_parse(file, data, size, &root, err));
  const files_json in = {.file = file, .object = root, .err = err};
  const ps_status status = files_person_read(&in, data, size, anatomy, out);
  json_decref(root);
  return status;
}

ps_status files_person_load(const char *path, const ps_anatomy *anatomy, files_person *out, ps_error *err) {
  files_text text;
  PS_TRY(files_text_read(path, FILES_PERSON_SIZE_MAX, &text, err));
  const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
  const ps_status status = files_person_parse(name, text.data, text.size, anatomy, out, err);
  files_text_free(&text);
  return status;
}
