/* What is not known about the body, drawn: standard normals to values of the assumptions, and these as inputs of a
 * polynomial. What they do to a body is in assumptions_apply.c. Theory: docs/theory/uncertainty.md sections 1 to 3.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "psoas/uncertain.h"
#include "psoas/vec.h"

static const double ROOT_HALF = 0.70710678118654752440;  // 1/sqrt(2)

static const struct { const char *id, *unit; } KNOWN[PS_NASSUMPTION] = {
    [PS_ASSUME_TRUNK_TENSION] = {"trunk_tension", "N/cm2"},
    [PS_ASSUME_AREA_SET] = {"psoas_area_set", "set"},
    [PS_ASSUME_PSOAS_AREA] = {"psoas_area", "x"},
    [PS_ASSUME_ILIACUS_AREA] = {"iliacus_area", "x"},
    [PS_ASSUME_ILIOPSOAS_START] = {"iliopsoas_passive_start", "strain"},
    [PS_ASSUME_ILIOPSOAS_STIFFNESS] = {"iliopsoas_passive_stiffness", "x"},
    [PS_ASSUME_TRUNK_START] = {"trunk_passive_start", "strain"},
    [PS_ASSUME_PSOAS_FIBRE] = {"psoas_neutral_fibre", "strain"},
    [PS_ASSUME_ILIACUS_FIBRE] = {"iliacus_neutral_fibre", "strain"},
    [PS_ASSUME_EXTENSOR_FIBRE] = {"extensor_neutral_fibre", "strain"},
    [PS_ASSUME_BUSHING] = {"lumbar_bushing", "x"},
    [PS_ASSUME_INCIDENCE] = {"pelvic_incidence", "deg"},
    [PS_ASSUME_TILT] = {"standing_pelvic_tilt", "deg"},
    [PS_ASSUME_LORDOSIS] = {"standing_lordosis", "deg"},
    [PS_ASSUME_SPINE_HABIT] = {"spine_habit", "x"},
    [PS_ASSUME_LEG_HABIT] = {"leg_habit", "x"},
    [PS_ASSUME_BRIM_RADIUS] = {"brim_radius", "mm"},
    [PS_ASSUME_TRUNK_MASS] = {"trunk_mass_centre", "mm"},
};

const char *ps_assumption_id(ps_assumption assumption) {
  PS_ASSERT((unsigned)assumption < PS_NASSUMPTION);
  return KNOWN[assumption].id;
}

const char *ps_assumption_unit(ps_assumption assumption) {
  PS_ASSERT((unsigned)assumption < PS_NASSUMPTION);
  return KNOWN[assumption].unit;
}

void ps_assumptions_stretch(ps_assumption_rows *rows, ps_assumption assumption, double k) {
  PS_ASSERT((unsigned)assumption < PS_NASSUMPTION && k >= 0.0);
  ps_assumption_row *row = &rows->row[assumption];
  if (row->distribution == PS_DIST_LOGNORMAL)
    row->spread = pow(row->spread, k);
  else if (row->distribution == PS_DIST_CHOICE)
    row->spread = fmin(0.5, k*row->spread);
  else
    row->spread *= k;
}

void ps_assumptions_draw(uint64_t seed, int i, double *z) {
  // a stream of its own for each draw: neighbours in i must not be neighbours in the generator's seed
  ps_rng rng;
  ps_rng_init(&rng, seed);
  const uint64_t base = ps_rng_next(&rng);
  ps_rng_init(&rng, base ^ ((uint64_t)i*0xD1342543DE82EF95u));
  for (int k = 0; k < PS_NASSUMPTION;) {
    z[k] = ps_rng_normal(&rng);
    if (fabs(z[k]) <= PS_ASSUMPTION_CUT) k++;
  }
}

// where z stands between the cuts: uniform in -1..1
static double level(double z) { return erf(z*ROOT_HALF)/erf(PS_ASSUMPTION_CUT*ROOT_HALF); }

double ps_assumptions_x(const ps_assumption_rows *rows, ps_assumption assumption, double z) {
  PS_ASSERT((unsigned)assumption < PS_NASSUMPTION && fabs(z) <= PS_ASSUMPTION_CUT);
  const ps_assumption_row *row = &rows->row[assumption];
  switch (row->distribution) {
    case PS_DIST_NORMAL:
    case PS_DIST_LOGNORMAL: return z;
    case PS_DIST_UNIFORM: return level(z);
    case PS_DIST_CHOICE: return level(z) > 1.0 - 2.0*row->spread ? 1.0 : 0.0;
  }
  return z;
}

ps_assumptions ps_assumptions_at(const ps_assumption_rows *rows, const double *z) {
  ps_assumptions v;
  for (int i = 0; i < PS_NASSUMPTION; i++) {
    const ps_assumption_row *row = &rows->row[i];
    const double x = ps_assumptions_x(rows, (ps_assumption)i, z[i]);
    if (row->distribution == PS_DIST_LOGNORMAL)
      v.value[i] = row->centre*pow(row->spread, x);
    else if (row->distribution == PS_DIST_CHOICE)
      v.value[i] = x;
    else
      v.value[i] = row->centre + row->spread*x;
  }
  return v;
}

// does the person's own measurement stand in the place of this assumption?
static bool is_measured(const ps_person *person, ps_assumption assumption) {
  if (assumption == PS_ASSUME_INCIDENCE) return person->has_incidence;
  if (assumption == PS_ASSUME_TILT) return person->has_tilt;
  return assumption == PS_ASSUME_LORDOSIS && person->has_lordosis;
}

static bool is_spread(const ps_assumption_row *row) {
  return row->distribution == PS_DIST_LOGNORMAL ? row->spread != 1.0 : row->spread != 0.0;
}

ps_chaos_input ps_assumptions_input(const ps_assumption_rows *rows, const ps_person *person, ps_assumption assumption) {
  PS_ASSERT((unsigned)assumption < PS_NASSUMPTION);
  const ps_assumption_row *row = &rows->row[assumption];
  if (!is_spread(row) || is_measured(person, assumption)) return (ps_chaos_input){.sd = 0.0, .kurtosis = 3.0};
  if (row->distribution == PS_DIST_UNIFORM)
    return (ps_chaos_input){.sd = sqrt(1.0/3.0), .kurtosis = 1.8};
  if (row->distribution == PS_DIST_CHOICE) {
    const double p = row->spread, sd = sqrt(p*(1.0 - p)), skew = (1.0 - 2.0*p)/sd;
    return (ps_chaos_input){.mean = p, .sd = sd, .skew = skew, .kurtosis = skew*skew + 1.0};
  }

  // second and fourth moment of a standard normal cut at +-c, by parts
  const double c = PS_ASSUMPTION_CUT, inside = erf(c*ROOT_HALF);
  const double edge = 2.0*exp(-0.5*c*c)/sqrt(2.0*PS_PI)/inside;
  const double second = 1.0 - c*edge, fourth = 3.0*second - c*c*c*edge;
  return (ps_chaos_input){.sd = sqrt(second), .kurtosis = fourth/(second*second)};
}
