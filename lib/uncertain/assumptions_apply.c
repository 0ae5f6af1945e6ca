/* A body with other assumptions: an anatomy is plain tables, so an assumption is a change of table values, of options, or of
 * what was not measured. Theory: docs/theory/uncertainty.md section 2. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "psoas/uncertain.h"
#include "psoas/vec.h"

typedef struct drawn {       // the tables that change
  const ps_assumption_rows *rows;
  const ps_assumptions *v;
  ps_anat_muscle *muscle;
  ps_anat_stiffness *stiffness;
  ps_anat_wrap *wrap;
  ps_anat_param *param;
} drawn;

// how much more than at the centre, and how many times the centre: exactly 0 and 1 there
static double change(const drawn *d, ps_assumption a) { return d->v->value[a] - d->rows->row[a].centre; }
static double factor(const drawn *d, ps_assumption a) { return d->v->value[a]/d->rows->row[a].centre; }

static ps_status missing(ps_error *err, const char *table, ps_assumption a, const char *name) {
  return ps_error_set(err, PS_EFORMAT, 0, table, "assumption %s moves %s, which is not there", ps_assumption_id(a), name);
}

// ---- muscles -----------------------------------------------------------------------------------------------------

static bool starts_with(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

static bool is_psoas(const ps_anat_muscle *m) { return strcmp(m->group, "psoas_major") == 0; }
static bool is_iliacus(const ps_anat_muscle *m) { return strcmp(m->group, "iliacus") == 0; }
static bool is_extensor(const ps_anat_muscle *m) {
  return starts_with(m->group, "multifidus") || starts_with(m->group, "longissimus") || starts_with(m->group, "iliocostalis");
}

// the whole curve further along, then its range from start to full force shorter where it is stiffer
static void move_curve(ps_anat_muscle *m, double start, double stiffness) {
  m->strain_zero += start;
  m->strain_one += start;
  if (stiffness != 1.0) m->strain_one = m->strain_zero + (m->strain_one - m->strain_zero)/stiffness;
}

static ps_status change_muscles(const drawn *d, int n, ps_error *err) {
  int npsoas = 0, niliacus = 0, nextensor = 0;
  for (int i = 0; i < n; i++) {
    ps_anat_muscle *m = &d->muscle[i];
    if (is_psoas(m) || is_iliacus(m)) {
      m->area_m2 *= factor(d, is_psoas(m) ? PS_ASSUME_PSOAS_AREA : PS_ASSUME_ILIACUS_AREA);
      m->neutral_fibre_length += change(d, is_psoas(m) ? PS_ASSUME_PSOAS_FIBRE : PS_ASSUME_ILIACUS_FIBRE);
      move_curve(m, change(d, PS_ASSUME_ILIOPSOAS_START), factor(d, PS_ASSUME_ILIOPSOAS_STIFFNESS));
    } else if (m->is_trunk) {
      move_curve(m, change(d, PS_ASSUME_TRUNK_START), 1.0);
    }
    if (is_extensor(m)) m->neutral_fibre_length += change(d, PS_ASSUME_EXTENSOR_FIBRE);
    npsoas += is_psoas(m);
    niliacus += is_iliacus(m);
    nextensor += is_extensor(m);
  }
  if (!npsoas) return missing(err, "muscles.csv", PS_ASSUME_PSOAS_AREA, "group psoas_major");
  if (!niliacus) return missing(err, "muscles.csv", PS_ASSUME_ILIACUS_AREA, "group iliacus");
  return nextensor ? PS_OK : missing(err, "muscles.csv", PS_ASSUME_EXTENSOR_FIBRE, "group multifidus");
}

// ---- joints, wraps, numbers of the whole body --------------------------------------------------------------------

static ps_status change_bushings(const drawn *d, int n, ps_error *err) {
  static const char *const joint[] = {"L5_S1_", "L4_L5_", "L3_L4_", "L2_L3_", "L1_L2_"};
  for (size_t k = 0; k < sizeof joint/sizeof *joint; k++) {
    int found = 0;
    for (int i = 0; i < n; i++) {
      if (!starts_with(d->stiffness[i].coord, joint[k])) continue;
      d->stiffness[i].linear_Nm *= factor(d, PS_ASSUME_BUSHING);
      d->stiffness[i].cubic_Nm *= factor(d, PS_ASSUME_BUSHING);
      found++;
    }
    if (!found) return missing(err, "stiffness.csv", PS_ASSUME_BUSHING, joint[k]);
  }
  return PS_OK;
}

static ps_status change_wraps(const drawn *d, int n, ps_error *err) {
  static const char *const brim[] = {"psoas_brim", "iliacus_brim"};
  for (size_t k = 0; k < sizeof brim/sizeof *brim; k++) {
    int i = 0;
    while (i < n && strcmp(d->wrap[i].name, brim[k]) != 0) i++;
    if (i == n) return missing(err, "wraps.csv", PS_ASSUME_BRIM_RADIUS, brim[k]);
    d->wrap[i].radius_m += 1e-3*change(d, PS_ASSUME_BRIM_RADIUS);
  }
  return PS_OK;
}

static ps_anat_param *find_param(const drawn *d, int n, const char *name) {
  for (int i = 0; i < n; i++)
    if (strcmp(d->param[i].name, name) == 0) return &d->param[i];
  return NULL;
}

// numbers of parameters.csv that an assumption moves by its change; `scale` from its unit to that of the row
typedef struct param_rule {
  ps_assumption assumption;
  const char *param;
  double scale;
} param_rule;

static ps_status change_params(const drawn *d, int n, const ps_person *who, ps_body_case *out, ps_error *err) {
  static const param_rule rule[] = {{PS_ASSUME_TILT, "pelvic_tilt_mean", 1.0},
                                    {PS_ASSUME_LORDOSIS, "lordosis_regression_constant", 1.0},
                                    {PS_ASSUME_TRUNK_MASS, "trunk_mass_ahead_of_L5_S1", 1e-3}};
  for (size_t k = 0; k < sizeof rule/sizeof *rule; k++) {
    ps_anat_param *p = find_param(d, n, rule[k].param);
    if (!p) return missing(err, "parameters.csv", rule[k].assumption, rule[k].param);
    if (rule[k].assumption == PS_ASSUME_TILT && who->has_tilt) continue;
    if (rule[k].assumption == PS_ASSUME_LORDOSIS && who->has_lordosis) continue;
    p->value += rule[k].scale*change(d, rule[k].assumption);
  }
  ps_anat_param *tension = find_param(d, n, "specific_tension_trunk");
  if (!tension) return missing(err, "parameters.csv", PS_ASSUME_TRUNK_TENSION, "specific_tension_trunk");
  tension->value *= factor(d, PS_ASSUME_TRUNK_TENSION);
  out->body.trunk_tension_Pa *= factor(d, PS_ASSUME_TRUNK_TENSION);

  // the mean of the tables is the incidence of their bones and stays; another one is this person's
  const ps_anat_param *mean = find_param(d, n, "pelvic_incidence_mean");
  if (!mean) return missing(err, "parameters.csv", PS_ASSUME_INCIDENCE, "pelvic_incidence_mean");
  const double more = change(d, PS_ASSUME_INCIDENCE);
  if (who->has_incidence || more == 0.0) return PS_OK;
  out->person.has_incidence = true;
  out->person.incidence_rad = ps_rad(mean->value + more);
  return PS_OK;
}

// ---- all ---------------------------------------------------------------------------------------------------------

size_t ps_assumptions_storage_size(const ps_anatomy *a) {
  return (size_t)a->nmuscle*sizeof *a->muscle + (size_t)a->nstiffness*sizeof *a->stiffness + (size_t)a->nwrap*sizeof *a->wrap +
         (size_t)a->nparam*sizeof *a->param + 5*64;
}

static void *copy(ps_arena *arena, const void *from, int n, size_t size) {
  void *to = ps_arena_take(arena, (size_t)n, size);
  if (to && n > 0) memcpy(to, from, (size_t)n*size);
  return to;
}

static ps_status apply(drawn *d, const ps_body_case *in, ps_arena *storage, ps_body_case *out, ps_error *err) {
  const ps_anatomy *a = &in->anatomy;
  d->muscle = copy(storage, a->muscle, a->nmuscle, sizeof *d->muscle);
  d->stiffness = copy(storage, a->stiffness, a->nstiffness, sizeof *d->stiffness);
  d->wrap = copy(storage, a->wrap, a->nwrap, sizeof *d->wrap);
  d->param = copy(storage, a->param, a->nparam, sizeof *d->param);
  if (!d->muscle || !d->stiffness || !d->wrap || !d->param)
    return ps_error_set(err, PS_ENOMEM, 0, "assumptions", "storage too small");
  out->anatomy.muscle = d->muscle;
  out->anatomy.stiffness = d->stiffness;
  out->anatomy.wrap = d->wrap;
  out->anatomy.param = d->param;

  PS_TRY(change_muscles(d, a->nmuscle, err));
  PS_TRY(change_bushings(d, a->nstiffness, err));
  PS_TRY(change_wraps(d, a->nwrap, err));
  PS_TRY(change_params(d, a->nparam, &in->person, out, err));
  if (d->v->value[PS_ASSUME_AREA_SET] != 0.0) out->body.area_set = in->body.area_set == 'A' ? 'B' : 'A';
  out->equilibrium.spine_habit *= factor(d, PS_ASSUME_SPINE_HABIT);
  out->equilibrium.leg_habit *= factor(d, PS_ASSUME_LEG_HABIT);
  return PS_OK;
}

ps_status ps_assumptions_apply(const ps_assumption_rows *rows, const ps_assumptions *v, const ps_body_case *in,
                               ps_arena *storage, ps_body_case *out, ps_error *err) {
  drawn d = {.rows = rows, .v = v};
  const ps_mark mark = ps_arena_mark(storage);
  *out = *in;
  const ps_status status = apply(&d, in, storage, out, err);
  if (status != PS_OK) ps_arena_release(storage, mark);
  return status;
}
