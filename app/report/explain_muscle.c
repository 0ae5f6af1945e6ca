/* Explaining the muscles of the body model from its tables: where they run, how large they are. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/report/explain_internal.h"

// rows of one name (two assignments of the areas) stand together in muscles.csv
static bool is_first(const ps_anatomy *a, int i) { return i == 0 || strcmp(a->muscle[i - 1].name, a->muscle[i].name) != 0; }

int explain_fascicle_row(const ps_anatomy *a, int i) {
  for (int row = 0; row < a->nmuscle; row++)
    if (is_first(a, row) && i-- == 0) return row;
  return -1;
}

int explain_group(const ps_anatomy *a, int i) {
  for (int row = 0; row < a->nmuscle; row++) {
    bool is_new = true;
    for (int k = 0; k < row && is_new; k++) is_new = strcmp(a->muscle[k].group, a->muscle[row].group) != 0;
    if (is_new && i-- == 0) return row;
  }
  return -1;
}

// bodies of the first and the last point of a path
static void ends_of(const ps_anatomy *a, const char *muscle, const char **from, const char **to) {
  *from = *to = "";
  for (int i = 0; i < a->npoint; i++) {
    if (strcmp(a->point[i].muscle, muscle) != 0 || !a->point[i].body[0]) continue;
    if (!(*from)[0]) *from = a->point[i].body;
    *to = a->point[i].body;
  }
}

// one fascicle; areas of its rows: one, or the smaller and the larger of two assignments
static json_t *fascicle_row(const ps_anatomy *a, int row, explain_text *text) {
  const ps_anat_muscle *m = &a->muscle[row];
  const char *from = NULL, *to = NULL;
  double least = m->area_m2, most = m->area_m2;
  ends_of(a, m->name, &from, &to);
  for (int i = 0; i < a->nmuscle; i++) {
    if (strcmp(a->muscle[i].name, m->name) != 0) continue;
    if (a->muscle[i].area_m2 < least) least = a->muscle[i].area_m2;
    if (a->muscle[i].area_m2 > most) most = a->muscle[i].area_m2;
  }
  const explain_text range = most > least ? explain_format("%.2f to %.2f", 1e4*least, 1e4*most) : explain_format("%.2f", 1e4*least);
  *text = explain_format("%s: %s to %s, %s cm2, fibre %.0f mm", m->name, from, to, range.text, 1e3*m->optimal_length_m);
  return json_pack("{s:s, s:s, s:s, s:s, s:f, s:f, s:f, s:f}", "name", m->name, "group", m->group, "from", from, "to", to, "area_least_cm2",
                   1e4*least, "area_most_cm2", 1e4*most, "optimal_length_m", m->optimal_length_m, "pennation_rad", m->pennation_rad);
}

void explain_muscle(const report_explain *e, int i, json_t *doc) {
  const ps_anatomy *a = e->anatomy;
  const char *group = a->muscle[explain_group(a, i)].group;
  json_t *list = json_array();
  for (int row = 0; row < a->nmuscle; row++) {
    if (strcmp(a->muscle[row].group, group) != 0 || !is_first(a, row)) continue;
    explain_text text;
    json_t *fascicle = fascicle_row(a, row, &text);
    explain_add(list, fascicle, text.text);
  }
  const size_t n = json_array_size(list);
  explain_put(doc, "words", explain_format("a muscle group of the body model: %zu fascicle%s on each side, in reference size", n, n == 1 ? "" : "s").text);
  explain_put_muscle_sources(e, group, doc);
  explain_put_list(doc, "fascicles", list);
  explain_norms_about(e, doc, group);
  explain_measures_about(e, doc, group);
  explain_claims_about(e, doc, group);
}

void explain_fascicle(const report_explain *e, int i, json_t *doc) {
  explain_text text;
  json_t *row = fascicle_row(e->anatomy, explain_fascicle_row(e->anatomy, i), &text);
  json_object_update_missing(doc, row);
  json_decref(row);
  explain_put(doc, "words", text.text);
  const char *group = e->anatomy->muscle[explain_fascicle_row(e->anatomy, i)].group;
  explain_put_muscle_sources(e, group, doc);
  explain_claims_about(e, doc, group);
}
