/* A person's body from the anatomy tables: checks, memory, and the order in which the parts are built.
 * Theory: docs/theory/body.md section 1. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

ps_body_opts ps_body_default(void) { return (ps_body_opts){.area_set = 'A'}; }

// written so that a NaN is refused
static ps_status check_range(ps_error *err, const char *field, double value, double lo, double hi, const char *unit) {
  if (value >= lo && value <= hi) return PS_OK;
  return ps_error_set(err, PS_EINPUT, 0, field, "%s is %g, allowed is %g to %g %s", field, value, lo, hi, unit);
}

static ps_status check_person(const ps_person *p, ps_error *err) {
  PS_TRY(check_range(err, "age_years", p->age_years, 16.0, 100.0, "years"));
  PS_TRY(check_range(err, "height_m", p->height_m, 1.30, 2.20, "m"));
  PS_TRY(check_range(err, "mass_kg", p->mass_kg, 35.0, 200.0, "kg"));
  if (p->has_incidence) PS_TRY(check_range(err, "pelvic_incidence_deg", p->incidence_rad*(180.0/PS_PI), 20.0, 95.0, "deg"));
  if (p->has_lordosis) PS_TRY(check_range(err, "lordosis.deg", p->lordosis_rad*(180.0/PS_PI), 5.0, 100.0, "deg"));
  if (p->has_tilt) PS_TRY(check_range(err, "asis_psis_tilt.deg", p->tilt_rad*(180.0/PS_PI), -20.0, 40.0, "deg"));
  return PS_OK;
}

// an unknown set would leave the body without its psoas
static ps_status check_opts(const ps_body_opts *o, ps_error *err) {
  if (o->area_set != 'A' && o->area_set != 'B')
    return ps_error_set(err, PS_EINPUT, 0, "area_set", "the area set is \"%c\", allowed is A or B", o->area_set);
  PS_TRY(check_range(err, "trunk_tension_Pa", o->trunk_tension_Pa, 0.0, 2e6, "Pa"));
  return check_range(err, "trunk_strain_shift", o->trunk_strain_shift, -0.5, 0.5, "");
}

// bytes of an array, with room to align it
static size_t room(int count, size_t size) { return (size_t)count*size + 64u; }

// one block for everything whose size the tables give; terms and arms come later
static ps_status allocate(const ps_anatomy *a, ps_model *m) {
  const int nbody = 2*a->nbody, ncoord = 2*a->ncoord, nword = (ncoord + 63)/64;
  const size_t size = room(nbody, sizeof(ps_body)) + room(ncoord, sizeof(ps_coord)) + room(2*a->nmuscle, sizeof(ps_muscle)) +
                      room(a->nmuscle, sizeof(ps_name)) + room(2*a->npoint, sizeof(ps_point)) + room(2*a->nwrap, sizeof(ps_wrap)) +
                      room(2*a->npoint, sizeof(ps_stretch)) + room(2*a->ncontact, sizeof(ps_place)) +
                      room(2*a->nlandmark, sizeof(ps_place)) + room(a->ndisc, sizeof(ps_disc)) +
                      room(nbody*nword, sizeof(uint64_t));
  m->memory = malloc(size);
  ps_arena arena;
  ps_arena_init(&arena, m->memory, size);
  m->body = ps_arena_take(&arena, (size_t)nbody, sizeof *m->body);
  m->coord = ps_arena_take(&arena, (size_t)ncoord, sizeof *m->coord);
  m->muscle = ps_arena_take(&arena, 2*(size_t)a->nmuscle, sizeof *m->muscle);
  m->group = ps_arena_take(&arena, (size_t)a->nmuscle, sizeof *m->group);
  m->point = ps_arena_take(&arena, 2*(size_t)a->npoint, sizeof *m->point);
  m->wrap = ps_arena_take(&arena, 2*(size_t)a->nwrap, sizeof *m->wrap);
  m->stretch = ps_arena_take(&arena, 2*(size_t)a->npoint, sizeof *m->stretch);
  m->contact = ps_arena_take(&arena, 2*(size_t)a->ncontact, sizeof *m->contact);
  m->landmark = ps_arena_take(&arena, 2*(size_t)a->nlandmark, sizeof *m->landmark);
  m->disc = ps_arena_take(&arena, (size_t)a->ndisc, sizeof *m->disc);
  m->nword = nword;
  m->moves = ps_arena_take(&arena, (size_t)(nbody*nword), sizeof *m->moves);
  return m->moves ? PS_OK : PS_ENOMEM;
}

static ps_status read_endurance(const ps_anatomy *a, ps_endurance *e, ps_error *err) {
  PS_TRY(ps__param(a, "endurance_at_full", &e->at_full, err));
  PS_TRY(ps__param(a, "endurance_power", &e->power, err));
  return ps__param(a, "endurance_least_intensity", &e->least, err);
}

static ps_status build(const ps_anatomy *anatomy, ps_model *model, ps_error *err) {
  PS_TRY(allocate(anatomy, model));
  PS_TRY(read_endurance(anatomy, &model->endurance, err));

  // skeleton of this size and mass
  PS_TRY(ps__build_bodies(anatomy, model, err));

  // this person's own standing shape becomes the neutral posture
  PS_TRY(ps__build_stance(anatomy, model, err));

  // muscles on that skeleton
  PS_TRY(ps__build_muscles(anatomy, model, err));
  PS_TRY(ps__build_terms(model));
  PS_TRY(ps__build_tendons(anatomy, model));
  return ps_model_set_tightness(model, model->person.tight, model->person.ntight, err);
}

ps_status ps_model_new(const ps_anatomy *anatomy, const ps_person *person, const ps_body_opts *opts, ps_model **model,
                       ps_error *err) {
  *model = NULL;
  const ps_body_opts o = opts ? *opts : ps_body_default();
  PS_TRY(check_person(person, err));
  PS_TRY(check_opts(&o, err));
  ps_model *m = calloc(1, sizeof *m);
  if (!m) return ps_error_set(err, PS_ENOMEM, 0, "ps_model_new", "out of memory");
  m->person = *person;
  m->opts = o;

  const ps_status status = build(anatomy, m, err);
  if (status != PS_OK) {
    if (status == PS_ENOMEM) ps_error_set(err, status, 0, "ps_model_new", "out of memory");
    ps_model_free(m);
    return status;
  }
  *model = m;
  return PS_OK;
}

void ps_model_free(ps_model *model) {
  if (!model) return;
  free(model->memory);
  free(model->path_memory);
  free(model);
}

// ---- tightness ---------------------------------------------------------------------------------------------------

static bool is_of(const ps_muscle *m, const ps_tightness_entry *t) {
  if (t->side != PS_MIDLINE && t->side != m->side) return false;
  if (strcmp(t->group, "iliopsoas") == 0)
    return strcmp(m->group, "psoas_major") == 0 || strcmp(m->group, "iliacus") == 0;
  return strcmp(t->group, m->group) == 0;
}

ps_status ps_model_set_tightness(ps_model *model, const ps_tightness_entry *tight, int n, ps_error *err) {
  // check all before changing any
  for (int i = 0; i < n; i++) {
    PS_TRY(check_range(err, "tightness.shortening", tight[i].shortening, 0.0, 0.20, "of optimal fibre length"));
    PS_TRY(check_range(err, "tightness.stiffness", tight[i].stiffness, 0.5, 4.0, "times"));
    PS_TRY(check_range(err, "tightness.tone", tight[i].tone, 0.0, 0.10, "of full activation"));
    int found = 0;
    for (int k = 0; k < model->nmuscle; k++) found += is_of(&model->muscle[k], &tight[i]);
    if (!found)
      return ps_error_set(err, PS_EINPUT, 0, "tightness.muscle", "no muscle group is named \"%s\"", tight[i].group);
  }

  for (int k = 0; k < model->nmuscle; k++) {
    ps_muscle *m = &model->muscle[k];
    m->shortening = 0.0;
    m->stiffness = 1.0;
    m->tone = 0.0;
    for (int i = 0; i < n; i++) {
      if (!is_of(m, &tight[i])) continue;
      m->shortening = tight[i].shortening;
      m->stiffness = tight[i].stiffness;
      m->tone = tight[i].tone;
    }
  }
  return PS_OK;
}
