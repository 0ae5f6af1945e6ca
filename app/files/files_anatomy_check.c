/* Checks of the anatomy tables that need more than one column or row. That a named body, wrap or coordinate exists is
 * checked by ps_model_new, which knows both sides. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_anatomy_check.h"

#include <math.h>
#include <string.h>

#include "app/files/files_suggest.h"

// two ends closer than this are one place: a tenth of the tables' last digit                            [m]
#define SAME_PLACE_M 1e-5

static ps_status fail(const files_table *t, int irow, const char *name, const char *what, ps_error *err) {
  return ps_error_set(err, PS_EFORMAT, t->line[irow], t->path, "\"%s\": %s", name, what);
}

// every row starts with its name
static const char *name_of(const files_table *t, int irow) { return (const char *)t->row + (size_t)irow*t->row_size; }

// one fascicle may stand in the table once for each set of areas
static bool is_other_set(const ps_anat_muscle *a, const ps_anat_muscle *b) {
  return a->area_set && b->area_set && a->area_set != b->area_set;
}

static ps_status check_names(const files_table *t, const ps_anat_muscle *muscle, ps_error *err) {
  for (int i = 1; i < t->nrow; i++)
    for (int k = 0; k < i; k++) {
      if (strcmp(name_of(t, i), name_of(t, k)) != 0 || (muscle && is_other_set(&muscle[i], &muscle[k]))) continue;
      return ps_error_set(err, PS_EFORMAT, t->line[i], t->path, "the name \"%s\" stands already in line %zu", name_of(t, i),
                          t->line[k]);
    }
  return PS_OK;
}

static double norm(const double v[3]) { return sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]); }

static ps_status check_skeleton(const files_table *table, const ps_anatomy *v, ps_error *err) {
  const files_table *t = &table[FILES_BODIES];
  for (int i = 0; i < v->nbody; i++) {
    if ((v->body[i].parent[0] == '\0') == (i == 0)) continue;
    return fail(t, i, v->body[i].name, "the first body has no parent, every other has one", err);
  }
  t = &table[FILES_COORDINATES];
  for (int i = 0; i < v->ncoord; i++) {
    const ps_anat_coord *c = &v->coord[i];
    if (!(norm(c->axis) > 0.0)) return fail(t, i, c->name, "its axis is 0, 0, 0", err);
    if (!(c->min_rad < c->max_rad)) return fail(t, i, c->name, "min_deg is not below max_deg", err);
  }
  t = &table[FILES_WRAPS];
  for (int i = 0; i < v->nwrap; i++) {
    const ps_anat_wrap *w = &v->wrap[i];
    if (!(norm(w->axis) > 0.0)) return fail(t, i, w->name, "its axis is 0, 0, 0", err);
    if (!(fabs(w->winding) >= 1.0)) return fail(t, i, w->name, "winding must be 1 or -1", err);
  }
  return PS_OK;
}

static ps_status check_muscles(const files_table *t, const ps_anatomy *v, ps_error *err) {
  for (int i = 0; i < v->nmuscle; i++) {
    const ps_anat_muscle *m = &v->muscle[i];
    if (!(m->area_m2 > 0.0)) return fail(t, i, m->name, "area_cm2 must be above 0", err);

    // pressure has no fibres: the other columns say nothing about it
    if (strcmp(m->group, "intra_abdominal_pressure") == 0) continue;
    if (!(m->optimal_length_m > 0.0)) return fail(t, i, m->name, "optimal_length_m must be above 0", err);
    if (!(m->neutral_fibre_length > 0.0)) return fail(t, i, m->name, "neutral_fibre_length must be above 0", err);
    if (!(m->strain_one > m->strain_zero))
      return fail(t, i, m->name, "passive_strain_one must be above passive_strain_zero", err);
  }
  return PS_OK;
}

// ---- paths -------------------------------------------------------------------------------------------------------

static ps_status check_point(const files_table *t, int i, const ps_anat_point *p, ps_error *err) {
  const bool has_body = p->body[0] != '\0', has_body2 = p->body2[0] != '\0', has_wrap = p->wrap[0] != '\0';
  switch (p->kind) {
    case PS_POINT_FIXED:
      if (!has_body || has_body2 || has_wrap) return fail(t, i, p->muscle, "a point has a body, no body2 and no wrap", err);
      break;
    case PS_POINT_BLEND:
      if (!has_body || !has_body2 || has_wrap) return fail(t, i, p->muscle, "a blend has body and body2 and no wrap", err);
      break;
    case PS_POINT_WRAP:
      if (has_body || has_body2 || !has_wrap) return fail(t, i, p->muscle, "a wrap names a wrap and no body", err);
      break;
  }
  return PS_OK;
}

static bool is_fascicle(const ps_anatomy *v, const char *name) {
  for (int i = 0; i < v->nmuscle; i++)
    if (strcmp(v->muscle[i].name, name) == 0) return true;
  return false;
}

static ps_status unknown_fascicle(const files_table *t, int i, const ps_anatomy *v, ps_error *err) {
  const char *name = v->point[i].muscle;
  files_suggestion s = files_suggest_begin(name);
  for (int k = 0; k < v->nmuscle; k++) files_suggest_offer(&s, v->muscle[k].name);
  return ps_error_set(err, PS_EFORMAT, t->line[i], t->path, "muscle is \"%s\": muscles.csv has no such fascicle%s", name,
                      files_suggest_hint(files_suggest_best(&s)).text);
}

static bool is_same_place(const ps_anat_point *a, const ps_anat_point *b) {
  const double d[3] = {a->pos_m[0] - b->pos_m[0], a->pos_m[1] - b->pos_m[1], a->pos_m[2] - b->pos_m[2]};
  return strcmp(a->body, b->body) == 0 && norm(d) < SAME_PLACE_M;
}

// rows of one fascicle stand together, so a path is a range of rows; the first row of the next one, or npoint
static int path_end(const ps_anatomy *v, int first) {
  int end = first;
  while (end < v->npoint && strcmp(v->point[end].muscle, v->point[first].muscle) == 0) end++;
  return end;
}

static ps_status check_ends(const files_table *t, const ps_anatomy *v, int first, ps_error *err) {
  const ps_anat_point *origin = &v->point[first], *insertion = &v->point[path_end(v, first) - 1];
  for (int other = 0; other < first; other = path_end(v, other)) {
    const ps_anat_point *begin = &v->point[other], *end = &v->point[path_end(v, other) - 1];
    if (strcmp(begin->muscle, origin->muscle) == 0)
      return ps_error_set(err, PS_EFORMAT, t->line[first], t->path, "the rows of \"%s\" do not stand together, see line %zu",
                          origin->muscle, t->line[other]);
    if (!is_same_place(origin, begin) || !is_same_place(insertion, end)) continue;
    return ps_error_set(err, PS_EFORMAT, t->line[first], t->path, "\"%s\" has the same origin and insertion as \"%s\"",
                        origin->muscle, begin->muscle);
  }
  return PS_OK;
}

static ps_status check_paths(const files_table *t, const ps_anatomy *v, ps_error *err) {
  for (int first = 0; first < v->npoint; first = path_end(v, first)) {
    if (!is_fascicle(v, v->point[first].muscle)) return unknown_fascicle(t, first, v, err);
    for (int i = first; i < path_end(v, first); i++) {
      PS_TRY(check_point(t, i, &v->point[i], err));
      if (i > first && v->point[i].index <= v->point[i - 1].index)
        return fail(t, i, v->point[i].muscle, "index does not grow from origin to insertion", err);
    }
    PS_TRY(check_ends(t, v, first, err));
  }
  return PS_OK;
}

ps_status files_anatomy_check(const files_table table[FILES_TABLE_COUNT], const ps_anatomy *view, ps_error *err) {
  for (int i = 0; i < FILES_TABLE_COUNT; i++)
    if (i != FILES_PATHS) PS_TRY(check_names(&table[i], i == FILES_MUSCLES ? view->muscle : NULL, err));
  PS_TRY(check_skeleton(table, view, err));
  PS_TRY(check_muscles(&table[FILES_MUSCLES], view, err));
  return check_paths(&table[FILES_PATHS], view, err);
}
