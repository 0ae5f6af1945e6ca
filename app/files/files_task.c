/* Task files: JSON to ps_task, degrees to radians. Which names the body has is checked when the task is applied.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_task.h"

#include <math.h>
#include <string.h>

#include "app/files/files_json.h"
#include "psoas/vec.h"

static const char *const RULE[] = {"balance", "arms_hang", "leg_hangs", "relaxes"};
static const char *const WAY[] = {"up", "down", "forward", "backward", "right", "left"};
static const double WAY_VECTOR[][3] = {{0, 1, 0}, {0, -1, 0}, {1, 0, 0}, {-1, 0, 0}, {0, 0, 1}, {0, 0, -1}};
enum { NRULE = 4, NWAY = 6 };

// a number that may be left out, and is then zero
static ps_status number_or_zero(const files_json *in, const files_json_range *range, double *out) {
  *out = 0.0;
  return files_json_has(in, range->key) ? files_json_number(in, range, out) : PS_OK;
}

static ps_status read_argument(const files_json *in, ps_task *t) {
  static const char *const key[] = {"kind", "default_deg", "min_deg", "max_deg"}, *const kind[] = {"angle", "side"};
  t->argument = PS_ARGUMENT_NONE;
  if (!files_json_has(in, "argument")) return PS_OK;
  files_json a;
  int chosen = 0;
  PS_TRY(files_json_object(in, "argument", &a));
  PS_TRY(files_json_check_keys(&a, key, 4));
  PS_TRY(files_json_choice(&a, "kind", kind, 2, &chosen));
  if (chosen == 1) {
    t->argument = PS_ARGUMENT_SIDE;
    return PS_OK;
  }
  t->argument = PS_ARGUMENT_ANGLE;
  double lo = 0.0, hi = 0.0, start = 0.0;
  PS_TRY(files_json_number(&a, &(files_json_range){"min_deg", -180.0, 180.0, "deg"}, &lo));
  PS_TRY(files_json_number(&a, &(files_json_range){"max_deg", lo, 180.0, "deg"}, &hi));
  PS_TRY(files_json_number(&a, &(files_json_range){"default_deg", lo, hi, "deg"}, &start));
  t->argument_min = ps_rad(lo);
  t->argument_max = ps_rad(hi);
  t->argument_default = ps_rad(start);
  return PS_OK;
}

static ps_status check_count(const files_json *in, const char *key, size_t count, size_t most) {
  if (count <= most) return PS_OK;
  return files_json_fail(in, key, PS_EINPUT, "has %zu items, allowed is up to %zu", count, most);
}

static ps_status read_angles(const files_json *in, ps_task *t) {
  static const char *const key[] = {"coordinate", "deg", "per_deg"};
  const json_t *list = NULL;
  if (!files_json_has(in, "angles")) return PS_OK;
  PS_TRY(files_json_list(in, "angles", &list));
  PS_TRY(check_count(in, "angles", json_array_size(list), PS_TASK_ANGLE_MAX));
  for (size_t i = 0; i < json_array_size(list); i++) {
    files_json item;
    ps_task_angle *a = &t->angle[t->nangle++];
    PS_TRY(files_json_item(in, "angles", list, i, &item));
    PS_TRY(files_json_check_keys(&item, key, 3));
    PS_TRY(files_json_string(&item, "coordinate", a->name, sizeof a->name));
    PS_TRY(number_or_zero(&item, &(files_json_range){"deg", -360.0, 360.0, "deg"}, &a->base));
    PS_TRY(number_or_zero(&item, &(files_json_range){"per_deg", -10.0, 10.0, "deg per deg"}, &a->slope));
    a->base = ps_rad(a->base);
  }
  return PS_OK;
}

static ps_status read_pitches(const files_json *in, ps_task *t) {
  static const char *const key[] = {"segment", "deg", "per_deg", "leans"};
  const json_t *list = NULL;
  if (!files_json_has(in, "directions")) return PS_OK;
  PS_TRY(files_json_list(in, "directions", &list));
  PS_TRY(check_count(in, "directions", json_array_size(list), PS_TASK_PITCH_MAX));
  for (size_t i = 0; i < json_array_size(list); i++) {
    files_json item;
    ps_task_pitch *p = &t->pitch[t->npitch++];
    PS_TRY(files_json_item(in, "directions", list, i, &item));
    PS_TRY(files_json_check_keys(&item, key, 4));
    PS_TRY(files_json_string(&item, "segment", p->name, sizeof p->name));
    PS_TRY(number_or_zero(&item, &(files_json_range){"deg", -360.0, 360.0, "deg"}, &p->base));
    PS_TRY(number_or_zero(&item, &(files_json_range){"per_deg", -10.0, 10.0, "deg per deg"}, &p->slope));
    if (files_json_has(&item, "leans")) PS_TRY(files_json_bool(&item, "leans", &p->is_leaning));
    p->base = ps_rad(p->base);
  }
  return PS_OK;
}

static ps_status read_supports(const files_json *in, ps_task *t) {
  static const char *const key[] = {"contact", "pushes", "friction", "soft"};
  const json_t *list = NULL;
  PS_TRY(files_json_list(in, "supports", &list));
  PS_TRY(check_count(in, "supports", json_array_size(list), PS_SUPPORT_MAX));
  if (json_array_size(list) == 0) return files_json_fail(in, "supports", PS_EINPUT, "is empty: nothing would carry the body");
  for (size_t i = 0; i < json_array_size(list); i++) {
    files_json item;
    ps_task_support *p = &t->support[t->nsupport++];
    int way = 0;
    PS_TRY(files_json_item(in, "supports", list, i, &item));
    PS_TRY(files_json_check_keys(&item, key, 4));
    PS_TRY(files_json_string(&item, "contact", p->contact, sizeof p->contact));
    PS_TRY(files_json_choice(&item, "pushes", WAY, NWAY, &way));
    PS_TRY(number_or_zero(&item, &(files_json_range){"friction", 0.0, 2.0, ""}, &p->friction));
    if (files_json_has(&item, "soft")) PS_TRY(files_json_bool(&item, "soft", &p->is_soft));
    ps_vec_copy(p->normal, WAY_VECTOR[way]);
  }
  return PS_OK;
}

static ps_status read_rules(const files_json *in, ps_task *t) {
  const json_t *list = NULL;
  if (!files_json_has(in, "rules")) return PS_OK;
  PS_TRY(files_json_list(in, "rules", &list));
  for (size_t i = 0; i < json_array_size(list); i++) {
    const char *word = json_string_value(json_array_get(list, i));
    int found = -1;
    for (int k = 0; k < NRULE && word; k++)
      if (strcmp(word, RULE[k]) == 0) found = k;
    if (found < 0)
      return files_json_fail(in, "rules", PS_EINPUT, "item %zu is not one of balance, arms_hang, leg_hangs, relaxes", i + 1);
    t->rules |= 1u << found;
  }
  return PS_OK;
}

static ps_status read_task(const files_json *in, ps_task *t) {
  static const char *const key[] = {"task",       "title",    "note",  "source", "argument", "angles",
                                    "directions", "supports", "rules"};
  char text[1024];
  PS_TRY(files_json_check_keys(in, key, 9));
  PS_TRY(files_json_string(in, "task", t->name, sizeof t->name));
  PS_TRY(files_json_string(in, "title", t->title, sizeof t->title));
  PS_TRY(files_json_string(in, "source", text, sizeof text));
  if (files_json_has(in, "note")) PS_TRY(files_json_string(in, "note", text, sizeof text));
  PS_TRY(read_argument(in, t));
  PS_TRY(read_angles(in, t));
  PS_TRY(read_pitches(in, t));
  PS_TRY(read_supports(in, t));
  return read_rules(in, t);
}

ps_status files_task_parse(const char *file, const void *data, size_t size, ps_task *out, ps_error *err) {
  json_t *root = NULL;
  PS_TRY(files_json_parse(file, data, size, &root, err));
  const files_json in = {.file = file, .object = root, .err = err};
  ps_task t = {.argument = PS_ARGUMENT_NONE};
  const ps_status status = read_task(&in, &t);
  json_decref(root);
  if (status == PS_OK) *out = t;
  return status;
}
