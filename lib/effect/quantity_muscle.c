/* Sums over the fascicles of a group or of the psoas, in one pass. Theory: docs/theory/tightness.md section 4.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "quantity_parts.h"

typedef struct group {
  const char *name;
  const char *head[PS__GROUP_HEADS];      // a muscle group of the body belongs when its name begins so
  const char *fascicle[PS__GROUP_HEADS];  // if there are any: only the fascicles whose names begin so
} group;

// the only place that says which muscles a quantity means; a head that no body has yet is ready for one that will
static const group GROUP[PS__NGROUP] = {
    {"back", {"longissimus", "iliocostalis", "spinalis", "multifidus", "quadratus_lumborum"}, {NULL}},
    {"quadratus_lumborum", {"quadratus_lumborum"}, {NULL}},
    {"erectors", {"longissimus", "iliocostalis", "spinalis"}, {NULL}},
    {"multifidus", {"multifidus"}, {NULL}},
    {"gluteus_maximus", {"gluteus_maximus"}, {NULL}},
    {"gluteus_medius", {"gluteus_medius"}, {NULL}},
    {"hamstrings", {"hamstrings"}, {NULL}},
    {"abdominals", {"rectus_abdominis", "external_oblique", "internal_oblique", "transversus_abdominis"}, {NULL}},
    {"thoracic_extensors",
     {"longissimus_thoracis_pars_thoracis", "iliocostalis_lumborum_pars_thoracis", "iliocostalis_thoracis",
      "semispinalis_thoracis", "spinalis_thoracis"},
     {NULL}},
    {"rhomboids", {"rhomboid"}, {NULL}},
    // without the part that ends on the head and the collar bone
    {"trapezius", {"trapezius"}, {"trap_inf", "trap_acr_T"}},
};

static const char *const VERTEBRA[PS__PSOAS_LEVELS] = {"T12", "L1", "L2", "L3", "L4", "L5"};
enum { L2 = 2 };

// does the name begin with one of these?
static bool begins(const char *name, const char *const head[PS__GROUP_HEADS]) {
  for (int i = 0; i < PS__GROUP_HEADS && head[i]; i++)
    if (head[i][0] == name[0] && strncmp(name, head[i], strlen(head[i])) == 0) return true;
  return false;
}

static bool is_of(const ps_muscle *p, const group *g) {
  return begins(p->group, g->head) && (!g->fascicle[0] || begins(p->name, g->fascicle));
}

static void add(ps__sum *to, const ps__sum *one, ps_side side) {
  const int place[2] = {PS_MIDLINE, (int)side};
  for (int k = 0; k < (side == PS_MIDLINE ? 1 : 2); k++) {
    to->work[place[k]] += one->work[0];
    to->volume[place[k]] += one->volume[0];
    to->force[place[k]] += one->force[0];
    to->area[place[k]] += one->area[0];
    to->moment[place[k]] += one->moment[0];
  }
}

// where a psoas fascicle begins: index in VERTEBRA, or -1
static int vertebra_of(const ps_model *m, const ps_muscle *p) {
  const char *name = m->body[m->point[m->stretch[p->stretch].from].body].name;
  for (int k = 0; k < PS__PSOAS_LEVELS; k++)
    if (strcmp(name, VERTEBRA[k]) == 0) return k;
  return -1;
}

void ps__quantity_sum(const ps_recruit *r, const ps_state *s, int icoord, ps__sums *sums) {
  const ps_model *m = r->model;
  memset(sums, 0, sizeof *sums);
  for (int i = 0; i < m->nmuscle; i++) {
    const ps_muscle *p = &m->muscle[i];
    const int arm = icoord < 0 ? -1 : ps_model_arm(m, i, icoord);
    const double force = r->active[i] + r->passive[i], activation = p->tone + (1.0 - p->tone)*r->result.a[i];
    const ps__sum one = {.work = {p->volume*activation},
                         .volume = {p->volume},
                         .force = {force},
                         .area = {1e-4*p->volume/p->optimal_length},
                         .moment = {icoord < 0 ? (double)NAN : arm < 0 ? 0.0 : s->arm[arm]*force}};
    for (int g = 0; g < PS__NGROUP; g++)
      if (is_of(p, &GROUP[g])) add(&sums->group[g], &one, p->side);
    const int k = strcmp(p->group, "psoas_major") == 0 ? vertebra_of(m, p) : -1;
    if (k < 0) continue;
    add(&sums->psoas[k], &one, p->side);
    if (strstr(p->name, "_TP_")) add(&sums->psoas_posterior[k], &one, p->side);
  }
}

const ps__sum *ps__quantity_group(const ps__sums *sums, const char *name) {
  for (int g = 0; g < PS__NGROUP; g++)
    if (strcmp(GROUP[g].name, name) == 0) return &sums->group[g];
  return NULL;
}

ps__sum ps__quantity_psoas(const ps__sums *sums, const char *part) {
  for (int k = 0; k < PS__PSOAS_LEVELS; k++)
    if (strcmp(part, VERTEBRA[k]) == 0) return sums->psoas[k];

  // a range of vertebrae
  const bool is_posterior = strcmp(part, "L2-L5 posterior") == 0;
  PS_ASSERT(is_posterior || strcmp(part, "L2-L5") == 0);
  ps__sum total = {0};
  for (int k = L2; k < PS__PSOAS_LEVELS; k++) {
    const ps__sum *from = is_posterior ? &sums->psoas_posterior[k] : &sums->psoas[k];
    for (int side = 0; side < PS__NSIDE; side++) {
      total.force[side] += from->force[side];
      total.area[side] += from->area[side];
      total.moment[side] += from->moment[side];
    }
  }
  return total;
}
