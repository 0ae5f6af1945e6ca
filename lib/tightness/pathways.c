/* The five pathways, each as one number of a solved posture. Theory: docs/theory/tightness.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "psoas/tightness.h"
#include "psoas/vec.h"

static bool starts_with(const char *name, const char *head) { return strncmp(name, head, strlen(head)) == 0; }

static bool is_compensator(const ps_muscle *p) {
  static const char *const head[] = {"longissimus", "iliocostalis", "spinalis", "multifidus", "quadratus_lumborum"};
  for (size_t i = 0; i < sizeof head/sizeof *head; i++)
    if (starts_with(p->group, head[i])) return true;
  return false;
}

// body on which a fascicle begins
static const char *origin_of(const ps_model *m, const ps_muscle *p) {
  return m->body[m->point[m->stretch[p->stretch].from].body].name;
}

static double compression(const ps_load *load, const char *level) {
  for (int k = 0; k < load->nlevel; k++)
    if (strcmp(load->level[k].level, level) == 0) return load->level[k].total.compression;
  return (double)NAN;
}

static double thoracic(const ps_recruit *r, const ps_state *s) {
  const ps_model *m = r->model;
  const int j = ps_model_find_coord(m, "T12_L1_flexion");
  double sum = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    if (strcmp(p->group, "psoas_major") != 0 || strcmp(origin_of(m, p), "T12") != 0) continue;
    for (int t = p->arm; t < p->arm + p->narm; t++)
      if (m->arm_coord[t] == j) sum += s->arm[t]*(r->active[i] + r->passive[i]);
  }
  return sum;
}

static double compensation(const ps_recruit *r) {
  double sum = 0.0, volume = 0.0;
  for (int i = 0; i < r->model->nmuscle; i++) {
    const ps_muscle *p = &r->model->muscle[i];
    if (!is_compensator(p)) continue;
    sum += p->volume*r->result.a[i];
    volume += p->volume;
  }
  return volume > 0.0 ? sum/volume : 0.0;
}

static double nerve(const ps_recruit *r) {
  static const char *const root[] = {"L2", "L3", "L4", "L5"};
  const ps_model *m = r->model;
  double force = 0.0, area = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    if (strcmp(p->group, "psoas_major") != 0) continue;
    for (size_t k = 0; k < sizeof root/sizeof *root; k++) {
      if (strcmp(origin_of(m, p), root[k]) != 0) continue;
      force += r->active[i] + r->passive[i];
      area += 1e-4*p->volume/p->optimal_length;
    }
  }
  return area > 0.0 ? force/area : 0.0;
}

double ps_tightness_pathway(ps_pathway id, const ps_recruit *r, const ps_load *load, const ps_state *s) {
  switch (id) {
    case PS_PATHWAY_COMPRESSION: return compression(load, "L4/L5");
    case PS_PATHWAY_THORACIC: return thoracic(r, s);
    case PS_PATHWAY_PELVIS: return r->model->stance.asis_psis;
    case PS_PATHWAY_COMPENSATION: return compensation(r);
    case PS_PATHWAY_NERVE: return nerve(r);
    case PS_NPATHWAY: break;
  }
  PS_ASSERT(false && "no such pathway");
  return 0.0;
}
