/* Which coordinates enter the length of which stretch of a path: found once from the tree, so that a posture costs
 * one pass over these terms. Theory: docs/theory/muscle.md section 3. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

typedef struct end_list {  // the bodies that carry the two ends of a line, with signed shares that sum to zero
  int body[4];
  double weight[4];
} end_list;

static void set_end(end_list *e, int at, const ps_point *p, double sign) {
  e->body[at] = p->body;
  e->weight[at] = sign*(p->body2 < 0 ? 1.0 : 1.0 - p->weight2);
  e->body[at + 1] = p->body2;
  e->weight[at + 1] = p->body2 < 0 ? 0.0 : sign*p->weight2;
}

static end_list ends_of(const ps_model *m, const ps_stretch *s, int kind) {
  end_list e;
  const ps_point on_wrap = {.body = s->wrap >= 0 ? m->wrap[s->wrap].body : -1, .body2 = -1};
  set_end(&e, 0, kind == 2 ? &on_wrap : &m->point[s->from], -1.0);
  set_end(&e, 2, kind == 1 ? &on_wrap : &m->point[s->to], 1.0);
  return e;
}

// coordinates that move every end alike do not change the length: they get no term
static bool is_common(const ps_model *m, const end_list *e, int coord) {
  for (int k = 0; k < 4; k++)
    if (e->body[k] >= 0 && !ps_model_moves(m, e->body[k], coord)) return false;
  return true;
}

// count (out NULL) or write the terms of one line; marks the coordinates it crosses
static int emit(const ps_model *m, const end_list *e, ps_term *out, unsigned char *crossed) {
  int n = 0;
  for (int j = 0; j < m->ncoord; j++) {
    if (is_common(m, e, j)) continue;
    for (int k = 0; k < 4; k++) {
      if (e->body[k] < 0 || !ps_model_moves(m, e->body[k], j)) continue;
      if (out) out[n] = (ps_term){.coord = j, .end = k, .weight = e->weight[k]};
      n++;
      crossed[j] = 1;
    }
  }
  return n;
}

static int count_all(const ps_model *m, unsigned char *crossed, int *narm) {
  int nterm = 0;
  *narm = 0;
  for (int i = 0; i < m->nmuscle; i++) {
    memset(crossed, 0, (size_t)m->ncoord);
    for (int k = 0; k < m->muscle[i].nstretch; k++) {
      const ps_stretch *s = &m->stretch[m->muscle[i].stretch + k];
      for (int kind = 0; kind < (s->wrap < 0 ? 1 : 3); kind++) {
        const end_list e = ends_of(m, s, kind);
        nterm += emit(m, &e, NULL, crossed);
      }
    }
    for (int j = 0; j < m->ncoord; j++) *narm += crossed[j];
  }
  return nterm;
}

static void write_muscle(ps_model *m, ps_muscle *p, unsigned char *crossed, int *slot) {
  memset(crossed, 0, (size_t)m->ncoord);
  const int first = m->nterm;
  for (int k = 0; k < p->nstretch; k++) {
    ps_stretch *s = &m->stretch[p->stretch + k];
    for (int kind = 0; kind < (s->wrap < 0 ? 1 : 3); kind++) {
      const end_list e = ends_of(m, s, kind);
      s->term[kind] = m->nterm;
      s->nterm[kind] = emit(m, &e, m->term + m->nterm, crossed);
      m->nterm += s->nterm[kind];
    }
  }

  // the muscle's row of arms, ascending in the coordinate
  p->arm = m->narm;
  for (int j = 0; j < m->ncoord; j++) {
    if (!crossed[j]) continue;
    slot[j] = m->narm - p->arm;
    m->arm_coord[m->narm++] = j;
  }
  p->narm = m->narm - p->arm;
  for (int t = first; t < m->nterm; t++) m->term[t].slot = slot[m->term[t].coord];
}

ps_status ps__build_terms(ps_model *m) {
  unsigned char crossed[256];
  int slot[256], narm = 0;
  if (m->ncoord > 256) return PS_ESHAPE;
  const int nterm = count_all(m, crossed, &narm);

  const size_t size = (size_t)nterm*sizeof *m->term + (size_t)narm*sizeof *m->arm_coord + 128u;
  m->path_memory = malloc(size);
  ps_arena arena;
  ps_arena_init(&arena, m->path_memory, size);
  m->term = ps_arena_take(&arena, (size_t)nterm, sizeof *m->term);
  m->arm_coord = ps_arena_take(&arena, (size_t)narm, sizeof *m->arm_coord);
  if (!m->arm_coord) return PS_ENOMEM;
  for (int i = 0; i < m->nmuscle; i++) write_muscle(m, &m->muscle[i], crossed, slot);
  return PS_OK;
}
