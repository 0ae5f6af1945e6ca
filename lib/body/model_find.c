/* Finding things by name: parts of a body, rows of the parameter table, the other side.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "internal.h"

bool ps__mirror_name(const char *name, ps_name out) {
  static const char right[] = "_right";
  const size_t length = strlen(name), tail = sizeof right - 1;
  if (length <= tail || strcmp(name + length - tail, right) != 0) return false;
  memcpy(out, name, length - tail);
  memcpy(out + length - tail, "_left", sizeof "_left");
  return true;
}

ps_status ps__param(const ps_anatomy *anatomy, const char *name, double *value, ps_error *err) {
  for (int i = 0; i < anatomy->nparam; i++) {
    if (strcmp(anatomy->param[i].name, name) != 0) continue;
    *value = anatomy->param[i].value;
    return PS_OK;
  }
  return ps_error_set(err, PS_EFORMAT, 0, "parameters.csv", "parameter %s is missing", name);
}

// each row begins with its name
static int find(const void *row, size_t size, int nrow, const char *name) {
  for (int i = 0; i < nrow; i++)
    if (strcmp((const char *)row + (size_t)i*size, name) == 0) return i;
  return -1;
}
_Static_assert(offsetof(ps_body, name) == 0 && offsetof(ps_coord, name) == 0 && offsetof(ps_muscle, name) == 0 &&
                   offsetof(ps_place, name) == 0, "find reads the name at the start of a row");

int ps_model_find_body(const ps_model *model, const char *name) {
  return find(model->body, sizeof *model->body, model->nbody, name);
}
int ps_model_find_coord(const ps_model *model, const char *name) {
  return find(model->coord, sizeof *model->coord, model->ncoord, name);
}
int ps_model_find_muscle(const ps_model *model, const char *name) {
  return find(model->muscle, sizeof *model->muscle, model->nmuscle, name);
}
int ps_model_find_contact(const ps_model *model, const char *name) {
  return find(model->contact, sizeof *model->contact, model->ncontact, name);
}
int ps_model_find_landmark(const ps_model *model, const char *name) {
  return find(model->landmark, sizeof *model->landmark, model->nlandmark, name);
}
