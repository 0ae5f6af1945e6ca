/* The JSON of one solved posture. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/result_json.h"

#include <math.h>
#include <string.h>

#include "psoas/vec.h"

json_t *report_warnings_json(unsigned warn) {
  json_t *list = json_array();
  for (unsigned bit = 0; ps_warn_text(bit); bit++)
    if (warn >> bit & 1u) json_array_append_new(list, json_string(ps_warn_text(bit)));
  return list;
}

static json_t *posture_json(const ps_state *s) {
  json_t *out = json_object();
  for (int j = 0; j < s->model->ncoord; j++) {
    const ps_coord *c = &s->model->coord[j];
    char key[PS_NAME_SIZE + 8];
    strcpy(key, c->name);
    strcat(key, c->is_translation ? "_m" : "_deg");
    json_object_set_new(out, key, json_real(c->is_translation ? s->q[j] : ps_deg(s->q[j])));
  }
  return out;
}

static json_t *split_json(const ps_load *l, int ilevel) {
  json_t *list = json_array();
  for (int i = 0; i < l->nsource; i++) {
    const ps_load_share *x = &l->split[ilevel*l->nsource + i];
    char name[PS_SOURCE_NAME_SIZE];
    ps_load_source_name(l, i, name);
    json_array_append_new(list, json_pack("{s:s, s:f, s:f, s:f, s:f}", "source", name, "compression_N", x->compression,
                                          "anterior_shear_N", x->anterior_shear, "lateral_shear_N", x->lateral_shear,
                                          "moment_Nm", x->flexion_moment));
  }
  return list;
}

static json_t *levels_json(const ps_load *l) {
  json_t *list = json_array();
  const double weight = l->model->mass*l->model->gravity;
  for (int k = 0; k < l->nlevel; k++) {
    const ps_level *v = &l->level[k];
    json_array_append_new(
        list, json_pack("{s:s, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:o, s:f}", "level", v->level, "angle_deg",
                        ps_deg(v->angle), "compression_N", v->total.compression, "compression_percent_body_weight",
                        100.0*v->total.compression/weight, "anterior_shear_N", v->total.anterior_shear,
                        "lateral_shear_N", v->total.lateral_shear, "moment_Nm", v->total.flexion_moment, "idp_MPa",
                        v->pressure*1e-6, "facet_compression_N", v->facet_compression, "split", split_json(l, k),
                        "split_residual_N", v->split_residual*weight));
  }
  return list;
}

static json_t *muscles_json(const ps_recruit *r, const ps_state *s) {
  json_t *list = json_array();
  for (int i = 0; i < r->model->nmuscle; i++) {
    const ps_muscle *m = &r->model->muscle[i];
    json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:f, s:f, s:f, s:f, s:f}", "name", m->name, "group",
                                          m->group, "side", m->side == PS_LEFT ? "left" : "right", "activation",
                                          m->tone + (1.0 - m->tone)*r->result.a[i], "force_N",
                                          r->active[i] + r->passive[i], "passive_N", r->passive[i], "length_m",
                                          s->length[i], "normalised_fibre_length", r->can[i].lnorm));
  }
  return list;
}

static json_t *reaction_json(const ps_reaction *x) {
  return json_pack("{s:f, s:f, s:f, s:f, s:f, s:f}", "forward_N", x->force[0], "up_N", x->force[1], "right_N", x->force[2],
                   "moment_x_Nm", x->moment[0], "moment_y_Nm", x->moment[1], "moment_z_Nm", x->moment[2]);
}

static json_t *pair_json(const ps_reaction pair[2]) {
  return json_pack("{s:o, s:o}", "right", reaction_json(&pair[0]), "left", reaction_json(&pair[1]));
}

static json_t *contacts_json(const ps_recruit *r) {
  json_t *list = json_array();
  for (int i = 0; i < r->scene.nsupport; i++) {
    const double *f = r->contact + 3*i;
    json_array_append_new(list, json_pack("{s:s, s:f, s:f, s:f}", "contact",
                                          r->model->contact[r->scene.support[i].contact].name, "forward_N", f[0],
                                          "up_N", f[1], "right_N", f[2]));
  }
  return list;
}

static json_t *reserves_json(const ps_recruit *r) {
  json_t *out = json_object();
  for (int i = 0; i < r->nrow; i++) {
    const int j = r->row_coord[i];
    char key[PS_NAME_SIZE + 8];
    strcpy(key, r->model->coord[j].name);
    strcat(key, r->model->coord[j].is_translation ? "_N" : "_Nm");
    json_object_set_new(out, key, json_real(r->reserve[j]));
  }
  return out;
}

json_t *report_solve_json(const report_solution *x) {
  const ps_recruit *r = x->recruit;
  json_t *root = json_pack("{s:s, s:i, s:s, s:o, s:s}", "version", PS_VERSION, "seed", 0, "input_sha256",
                           x->input_sha256, "warnings", report_warnings_json(r->warn), "task", x->request->task->name);
  if (!root) return NULL;
  if (x->request->task->argument == PS_ARGUMENT_ANGLE)
    json_object_set_new(root, "argument_deg", json_real(ps_deg(x->request->argument)));
  if (x->request->task->argument == PS_ARGUMENT_SIDE)
    json_object_set_new(root, "argument_side", json_string(x->request->side == PS_LEFT ? "left" : "right"));
  if (x->request->hold_kg > 0.0)
    json_object_set_new(root, "hold", json_pack("{s:f, s:[fff]}", "kg", x->request->hold_kg, "at_m",
                                                x->request->hold_at[0], x->request->hold_at[1], x->request->hold_at[2]));
  json_object_set_new(root, "posture", posture_json(x->state));
  json_object_set_new(root, "levels", levels_json(x->load));
  json_object_set_new(root, "muscles", muscles_json(r, x->state));
  json_object_set_new(root, "hips", pair_json(x->load->hip));
  json_object_set_new(root, "sacroiliac", pair_json(x->load->sacroiliac));
  json_object_set_new(root, "contacts", contacts_json(r));
  json_object_set_new(root, "reserves", reserves_json(r));
  json_object_set_new(root, "objective", json_real(r->result.objective));
  json_object_set_new(root, "kkt_residual", json_real(r->result.kkt_residual));
  json_object_set_new(root, "iterations", json_integer(r->result.iterations));
  return root;
}
