/* Assumptions: distributions, draws, and what each does to a body. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app/files/files_uncertainty.h"
#include "psoas/muscle.h"
#include "psoas/uncertain.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"

typedef struct bench {
  files_anatomy *anatomy;
  files_uncertainty table;
  ps_body_case in;
  void *memory;
  ps_arena storage;
} bench;

static int open_bench(void **state) {
  bench *b = calloc(1, sizeof *b);
  ps_error err = {0};
  b->anatomy = solved_anatomy();
  if (files_uncertainty_load(files_source_packed(), &b->table, &err) != PS_OK) fail_msg("%s:%zu: %s", err.where, err.pos, err.msg);
  b->in = (ps_body_case){.anatomy = *files_anatomy_view(b->anatomy), .person = solved_person_of(SOLVED_MAN),
                         .body = ps_body_default(), .equilibrium = ps_equilibrium_default()};
  const size_t size = ps_assumptions_storage_size(&b->in.anatomy);
  b->memory = aligned_alloc(64, (size + 63)/64*64);
  ps_arena_init(&b->storage, b->memory, size);
  *state = b;
  return 0;
}

static int close_bench(void **state) {
  bench *b = *state;
  files_anatomy_free(b->anatomy);
  free(b->memory);
  free(b);
  return 0;
}

// the case at z, in storage that is used again
static ps_body_case drawn_from(bench *b, const ps_body_case *in, const double *z) {
  const ps_assumptions v = ps_assumptions_at(&b->table.rows, z);
  ps_body_case out;
  ps_error err = {0};
  ps_arena_release(&b->storage, 0);
  if (ps_assumptions_apply(&b->table.rows, &v, in, &b->storage, &out, &err) != PS_OK) fail_msg("%s: %s", err.where, err.msg);
  return out;
}

static ps_body_case drawn_at(bench *b, ps_assumption a, double z) {
  double all[PS_NASSUMPTION] = {0.0};
  all[a] = z;
  return drawn_from(b, &b->in, all);
}

static ps_model *model_of(const ps_body_case *c) {
  ps_model *m = NULL;
  ps_error err = {0};
  if (ps_model_new(&c->anatomy, &c->person, &c->body, &m, &err) != PS_OK) fail_msg("%s: %s", err.where, err.msg);
  return m;
}

// ---- distributions and draws -------------------------------------------------------------------------------------

static void a_draw_depends_on_its_seed_and_number_alone(void **state) {
  (void)state;
  double a[PS_NASSUMPTION], b[PS_NASSUMPTION];
  ps_assumptions_draw(7, 12, a);
  ps_assumptions_draw(7, 3, b);
  assert_memory_not_equal(a, b, sizeof a);
  ps_assumptions_draw(8, 12, b);
  assert_memory_not_equal(a, b, sizeof a);
  ps_assumptions_draw(7, 12, b);
  assert_memory_equal(a, b, sizeof a);
}

static void draws_are_cut_standard_normals(void **state) {
  (void)state;
  enum { N = 3000 };
  double sum[PS_NASSUMPTION] = {0.0}, square = 0.0, neighbours = 0.0, before[PS_NASSUMPTION] = {0.0}, most = 0.0;
  for (int i = 0; i < N; i++) {
    double z[PS_NASSUMPTION];
    ps_assumptions_draw(41, i, z);
    for (int k = 0; k < PS_NASSUMPTION; k++) {
      sum[k] += z[k];
      square += z[k]*z[k];
      neighbours += z[k]*before[k];
      most = fmax(most, fabs(z[k]));
      before[k] = z[k];
    }
  }
  // 4 standard errors of a mean, of a variance (0.9733 between the cuts), of a correlation of one draw with the next
  for (int k = 0; k < PS_NASSUMPTION; k++) assert_close(sum[k]/N, 0.0, 0.0, 4.0/sqrt(N));
  assert_close(square/(N*PS_NASSUMPTION), 0.9733, 0.0, 4.0*sqrt(2.0/(N*PS_NASSUMPTION)));
  assert_close(neighbours/(N*PS_NASSUMPTION), 0.0, 0.0, 4.0/sqrt(N*PS_NASSUMPTION));
  assert_true(most <= 3.0 && most > 2.9);
}

static ps_assumption_rows one_row(ps_distribution distribution, double centre, double spread) {
  ps_assumption_rows rows;
  for (int i = 0; i < PS_NASSUMPTION; i++) rows.row[i] = (ps_assumption_row){distribution, centre, spread};
  return rows;
}

static double value_at(const ps_assumption_rows *rows, double z) {
  double all[PS_NASSUMPTION];
  for (int i = 0; i < PS_NASSUMPTION; i++) all[i] = z;
  return ps_assumptions_at(rows, all).value[5];
}

static void distributions_mean_what_the_table_says(void **state) {
  (void)state;
  ps_assumption_rows r = one_row(PS_DIST_NORMAL, 53.2, 9.7);
  assert_close(value_at(&r, -1.31), 53.2 - 1.31*9.7, 1e-15, 0.0);
  r = one_row(PS_DIST_LOGNORMAL, 80.0, 1.23);
  assert_close(value_at(&r, 2.0), 80.0*1.23*1.23, 1e-15, 0.0);
  assert_close(value_at(&r, -1.0), 80.0/1.23, 1e-15, 0.0);

  // the whole range, and its quarter where a standard normal cut at 3 has a quarter: 0.672 rather than 0.674
  r = one_row(PS_DIST_UNIFORM, 0.1, 0.07);
  assert_close(value_at(&r, 3.0), 0.17, 1e-15, 0.0);
  assert_close(value_at(&r, -3.0), 0.03, 1e-14, 0.0);
  assert_close(value_at(&r, -0.672367), 0.065, 0.0, 1e-6);

  r = one_row(PS_DIST_CHOICE, 0.0, 0.5);
  assert_close(value_at(&r, -0.01), 0.0, 0.0, 0.0);
  assert_close(value_at(&r, 0.01), 1.0, 0.0, 0.0);
  r = one_row(PS_DIST_CHOICE, 0.0, 0.25);
  assert_close(value_at(&r, 0.672), 0.0, 0.0, 0.0);
  assert_close(value_at(&r, 0.673), 1.0, 0.0, 0.0);
  assert_close(value_at(&r, 0.0), 0.0, 0.0, 0.0);
}

// moments of an input by Simpson's rule over z, in long double, from the density alone
static void moments_of_inputs_are_exact(void **state) {
  (void)state;
  static const ps_person nobody = {0};
  static const ps_assumption_row row[] = {
      {PS_DIST_NORMAL, 3.0, 2.0}, {PS_DIST_LOGNORMAL, 3.0, 2.0}, {PS_DIST_UNIFORM, 3.0, 2.0}, {PS_DIST_CHOICE, 0.0, 0.5}, {PS_DIST_CHOICE, 0.0, 0.17}};
  enum { N = 600000 };
  for (size_t k = 0; k < sizeof row/sizeof *row; k++) {
    const ps_assumption_rows rows = one_row(row[k].distribution, row[k].centre, row[k].spread);
    long double m[5] = {0.0L};
    for (int i = 0; i <= N; i++) {
      const double z = -3.0 + 6.0*i/N, x = ps_assumptions_x(&rows, PS_ASSUME_BUSHING, z);
      long double w = (i == 0 || i == N ? 1.0L : i % 2 ? 4.0L : 2.0L)*expl(-0.5L*z*z);
      for (int j = 0; j < 5; j++, w *= x) m[j] += w;
    }
    const long double mean = m[1]/m[0], two = m[2]/m[0] - mean*mean;
    const long double three = m[3]/m[0] - 3.0L*mean*m[2]/m[0] + 2.0L*mean*mean*mean;
    const long double four = m[4]/m[0] - 4.0L*mean*m[3]/m[0] + 6.0L*mean*mean*m[2]/m[0] - 3.0L*mean*mean*mean*mean;
    const ps_chaos_input in = ps_assumptions_input(&rows, &nobody, PS_ASSUME_BUSHING);
    // the step of a choice lies within one step of the rule
    const double close = row[k].distribution == PS_DIST_CHOICE ? 1e-4 : 1e-12;
    assert_close(in.mean, (double)mean, 0.0, close);
    assert_close(in.sd, (double)sqrtl(two), close, 0.0);
    assert_close(in.skew, (double)(three/(two*sqrtl(two))), close, close);
    assert_close(in.kurtosis, (double)(four/(two*two)), close, 0.0);
  }
}

static void stretching_a_row(void **state) {
  bench *b = *state;
  ps_assumption_rows rows = b->table.rows;
  double z[PS_NASSUMPTION];
  ps_assumptions_draw(3, 5, z);
  const ps_assumptions before = ps_assumptions_at(&rows, z);

  // twice the spread of specific tension, and nothing else
  ps_assumptions_stretch(&rows, PS_ASSUME_TRUNK_TENSION, 2.0);
  const ps_assumptions twice = ps_assumptions_at(&rows, z);
  assert_close(log(twice.value[PS_ASSUME_TRUNK_TENSION]/80.0), 2.0*log(before.value[PS_ASSUME_TRUNK_TENSION]/80.0), 1e-13, 0.0);
  assert_memory_equal(&twice.value[1], &before.value[1], sizeof before - sizeof(double));
  ps_assumptions_stretch(&rows, PS_ASSUME_TRUNK_START, 0.3);
  assert_close(rows.row[PS_ASSUME_TRUNK_START].spread, 0.03, 1e-15, 0.0);
  ps_assumptions_stretch(&rows, PS_ASSUME_AREA_SET, 0.4);
  assert_close(rows.row[PS_ASSUME_AREA_SET].spread, 0.2, 1e-15, 0.0);
  ps_assumptions_stretch(&rows, PS_ASSUME_AREA_SET, 9.0);
  assert_close(rows.row[PS_ASSUME_AREA_SET].spread, 0.5, 0.0, 0.0);

  // no spread: every draw is the centre, and no input varies
  for (int i = 0; i < PS_NASSUMPTION; i++) ps_assumptions_stretch(&rows, (ps_assumption)i, 0.0);
  const ps_assumptions none = ps_assumptions_at(&rows, z);
  for (int i = 0; i < PS_NASSUMPTION; i++) {
    assert_close(none.value[i], b->table.rows.row[i].centre, 0.0, 0.0);
    assert_close(ps_assumptions_input(&rows, &b->in.person, (ps_assumption)i).sd, 0.0, 0.0, 0.0);
    assert_true(ps_assumptions_input(&b->table.rows, &b->in.person, (ps_assumption)i).sd > 0.0);
  }
}

// ---- bodies ------------------------------------------------------------------------------------------------------

static void the_centre_is_the_body_without_draws(void **state) {
  bench *b = *state;
  const double zero[PS_NASSUMPTION] = {0.0};
  b->in.body.trunk_tension_Pa = 7.3e5;
  const ps_body_case c = drawn_from(b, &b->in, zero);
  b->in.body.trunk_tension_Pa = 0.0;
  assert_close(c.body.trunk_tension_Pa, 7.3e5, 0.0, 0.0);
  assert_true(c.anatomy.muscle != b->in.anatomy.muscle && c.anatomy.body == b->in.anatomy.body);
  const ps_anatomy *a = &b->in.anatomy;
  assert_memory_equal(c.anatomy.muscle, a->muscle, (size_t)a->nmuscle*sizeof *a->muscle);
  assert_memory_equal(c.anatomy.stiffness, a->stiffness, (size_t)a->nstiffness*sizeof *a->stiffness);
  assert_memory_equal(c.anatomy.wrap, a->wrap, (size_t)a->nwrap*sizeof *a->wrap);
  assert_memory_equal(c.anatomy.param, a->param, (size_t)a->nparam*sizeof *a->param);
  assert_false(c.person.has_incidence);
  assert_int_equal(c.body.area_set, 'A');
  assert_close(c.equilibrium.spine_habit, b->in.equilibrium.spine_habit, 0.0, 0.0);
  assert_close(c.equilibrium.leg_habit, b->in.equilibrium.leg_habit, 0.0, 0.0);
}

// the centres of the table are what the other tables hold
static void centres_agree_with_the_body(void **state) {
  bench *b = *state;
  const ps_assumption_row *row = b->table.rows.row;
  static const struct { ps_assumption a; const char *param; } same[] = {
      {PS_ASSUME_TRUNK_TENSION, "specific_tension_trunk"}, {PS_ASSUME_INCIDENCE, "pelvic_incidence_mean"}, {PS_ASSUME_TILT, "pelvic_tilt_mean"}};
  for (size_t k = 0; k < sizeof same/sizeof *same; k++)
    for (int i = 0; i < b->in.anatomy.nparam; i++)
      if (strcmp(b->in.anatomy.param[i].name, same[k].param) == 0)
        assert_close(row[same[k].a].centre, b->in.anatomy.param[i].value, 0.0, 0.0);
  for (int i = 0; i < b->in.anatomy.nmuscle; i++) {
    const ps_anat_muscle *m = &b->in.anatomy.muscle[i];
    if (m->is_trunk && strcmp(m->group, "psoas_major") != 0) assert_close(m->strain_zero, row[PS_ASSUME_TRUNK_START].centre, 0.0, 0.0);
  }
  static const ps_assumption none[] = {PS_ASSUME_ILIOPSOAS_START, PS_ASSUME_PSOAS_FIBRE, PS_ASSUME_ILIACUS_FIBRE, PS_ASSUME_EXTENSOR_FIBRE,
                                       PS_ASSUME_LORDOSIS, PS_ASSUME_BRIM_RADIUS, PS_ASSUME_TRUNK_MASS};
  for (size_t k = 0; k < sizeof none/sizeof *none; k++) assert_close(row[none[k]].centre, 0.0, 0.0, 0.0);
}

// how many rows of each table differ, and how many settings
typedef struct counts { int muscle, stiffness, wrap, param, set, person, habit; } counts;

static int differing(const void *a, const void *b, int n, size_t size) {
  int count = 0;
  for (int i = 0; i < n; i++) count += memcmp((const char *)a + (size_t)i*size, (const char *)b + (size_t)i*size, size) != 0;
  return count;
}

static counts compare(const ps_body_case *x, const ps_body_case *y) {
  const ps_anatomy *a = &x->anatomy, *c = &y->anatomy;
  return (counts){.muscle = differing(a->muscle, c->muscle, a->nmuscle, sizeof *a->muscle),
                  .stiffness = differing(a->stiffness, c->stiffness, a->nstiffness, sizeof *a->stiffness),
                  .wrap = differing(a->wrap, c->wrap, a->nwrap, sizeof *a->wrap),
                  .param = differing(a->param, c->param, a->nparam, sizeof *a->param),
                  .set = x->body.area_set != y->body.area_set,
                  .person = x->person.has_incidence != y->person.has_incidence,
                  .habit = (x->equilibrium.spine_habit != y->equilibrium.spine_habit) + (x->equilibrium.leg_habit != y->equilibrium.leg_habit)};
}

// fascicles whose group begins like this; all of the trunk but psoas for ""
static int fascicles(const ps_anatomy *a, const char *start) {
  int n = 0;
  for (int i = 0; i < a->nmuscle; i++) {
    const bool is_psoas = strcmp(a->muscle[i].group, "psoas_major") == 0;
    n += start[0] ? strncmp(a->muscle[i].group, start, strlen(start)) == 0 : a->muscle[i].is_trunk && !is_psoas;
  }
  return n;
}

static void each_assumption_moves_its_own_rows_only(void **state) {
  bench *b = *state;
  const ps_anatomy *a = &b->in.anatomy;
  const int psoas = fascicles(a, "psoas_major"), iliacus = fascicles(a, "iliacus");
  const int extensors = fascicles(a, "multifidus") + fascicles(a, "longissimus") + fascicles(a, "iliocostalis");
  assert_true(psoas == 24 && iliacus == 3 && extensors > 90 && fascicles(a, "") > extensors);
  const counts want[PS_NASSUMPTION] = {
      [PS_ASSUME_TRUNK_TENSION] = {.param = 1}, [PS_ASSUME_AREA_SET] = {.set = 1}, [PS_ASSUME_PSOAS_AREA] = {.muscle = psoas},
      [PS_ASSUME_ILIACUS_AREA] = {.muscle = iliacus}, [PS_ASSUME_ILIOPSOAS_START] = {.muscle = psoas + iliacus},
      [PS_ASSUME_ILIOPSOAS_STIFFNESS] = {.muscle = psoas + iliacus}, [PS_ASSUME_TRUNK_START] = {.muscle = fascicles(a, "")},
      [PS_ASSUME_PSOAS_FIBRE] = {.muscle = psoas}, [PS_ASSUME_ILIACUS_FIBRE] = {.muscle = iliacus},
      [PS_ASSUME_EXTENSOR_FIBRE] = {.muscle = extensors}, [PS_ASSUME_BUSHING] = {.stiffness = 15}, [PS_ASSUME_INCIDENCE] = {.person = 1},
      [PS_ASSUME_TILT] = {.param = 1}, [PS_ASSUME_LORDOSIS] = {.param = 1}, [PS_ASSUME_SPINE_HABIT] = {.habit = 1},
      [PS_ASSUME_LEG_HABIT] = {.habit = 1}, [PS_ASSUME_BRIM_RADIUS] = {.wrap = 2}, [PS_ASSUME_TRUNK_MASS] = {.param = 1}};
  for (int i = 0; i < PS_NASSUMPTION; i++) {
    const ps_body_case c = drawn_at(b, (ps_assumption)i, 1.3);
    const counts got = compare(&b->in, &c);
    if (memcmp(&got, &want[i], sizeof got) != 0) fail_msg("%s moves other rows", ps_assumption_id((ps_assumption)i));
  }
}

static const ps_anat_muscle *row_of(const ps_body_case *c, const char *group) {
  for (int i = 0; i < c->anatomy.nmuscle; i++)
    if (strcmp(c->anatomy.muscle[i].group, group) == 0) return &c->anatomy.muscle[i];
  fail_msg("no group %s", group);
  return NULL;
}

static double param_of(const ps_body_case *c, const char *name) {
  for (int i = 0; i < c->anatomy.nparam; i++)
    if (strcmp(c->anatomy.param[i].name, name) == 0) return c->anatomy.param[i].value;
  fail_msg("no parameter %s", name);
  return 0.0;
}

// and moves them by what its row says: numbers of the table, worked out here once more
static void assumptions_move_by_what_the_table_says(void **state) {
  bench *b = *state;
  const ps_assumption_row *r = b->table.rows.row;
  const ps_anat_muscle psoas = *row_of(&b->in, "psoas_major"), back = *row_of(&b->in, "multifidus");
  ps_body_case c = drawn_at(b, PS_ASSUME_PSOAS_AREA, 2.0);
  assert_close(row_of(&c, "psoas_major")->area_m2, psoas.area_m2*r[PS_ASSUME_PSOAS_AREA].spread*r[PS_ASSUME_PSOAS_AREA].spread, 1e-14, 0.0);
  c = drawn_at(b, PS_ASSUME_ILIOPSOAS_START, 2.0);
  assert_close(row_of(&c, "psoas_major")->strain_zero, psoas.strain_zero + 2.0*r[PS_ASSUME_ILIOPSOAS_START].spread, 1e-14, 0.0);
  assert_close(row_of(&c, "psoas_major")->strain_one, psoas.strain_one + 2.0*r[PS_ASSUME_ILIOPSOAS_START].spread, 1e-14, 0.0);
  c = drawn_at(b, PS_ASSUME_ILIOPSOAS_STIFFNESS, 1.0);
  const ps_anat_muscle stiff = *row_of(&c, "psoas_major");
  assert_close(stiff.strain_zero, psoas.strain_zero, 0.0, 0.0);
  assert_close(stiff.strain_one - stiff.strain_zero, (psoas.strain_one - psoas.strain_zero)/r[PS_ASSUME_ILIOPSOAS_STIFFNESS].spread, 1e-14, 0.0);
  c = drawn_at(b, PS_ASSUME_TRUNK_START, 3.0);
  assert_close(row_of(&c, "multifidus")->strain_zero, 0.2, 1e-14, 0.0);
  assert_close(row_of(&c, "multifidus")->strain_one - 0.2, back.strain_one - back.strain_zero, 1e-14, 0.0);
  c = drawn_at(b, PS_ASSUME_EXTENSOR_FIBRE, -1.0);
  assert_close(row_of(&c, "multifidus")->neutral_fibre_length, back.neutral_fibre_length - r[PS_ASSUME_EXTENSOR_FIBRE].spread, 1e-14, 0.0);
  c = drawn_at(b, PS_ASSUME_TRUNK_TENSION, -1.0);
  assert_close(param_of(&c, "specific_tension_trunk"), 80.0/1.2, 1e-14, 0.0);
  c = drawn_at(b, PS_ASSUME_TRUNK_MASS, 1.5);
  assert_close(param_of(&c, "trunk_mass_ahead_of_L5_S1") - param_of(&b->in, "trunk_mass_ahead_of_L5_S1"), 0.015, 1e-12, 0.0);
  c = drawn_at(b, PS_ASSUME_BRIM_RADIUS, 2.0);
  assert_close(c.anatomy.wrap[0].radius_m - b->in.anatomy.wrap[0].radius_m, 0.003, 1e-12, 0.0);
  c = drawn_at(b, PS_ASSUME_SPINE_HABIT, 1.0);
  assert_close(c.equilibrium.spine_habit, 60.0, 1e-14, 0.0);
  c = drawn_at(b, PS_ASSUME_AREA_SET, 1.0);
  assert_int_equal(c.body.area_set, 'B');

  // angles reach the standing shape of the model
  c = drawn_at(b, PS_ASSUME_INCIDENCE, 1.0);
  ps_model *was = model_of(&b->in), *m = model_of(&c);
  assert_close(m->stance.incidence, ps_rad(63.0), 1e-14, 0.0);
  ps_model_free(m);
  c = drawn_at(b, PS_ASSUME_TILT, -1.0);
  m = model_of(&c);
  assert_close(m->stance.tilt_radiographic - was->stance.tilt_radiographic, ps_rad(-5.4), 1e-12, 0.0);
  ps_model_free(m);
  c = drawn_at(b, PS_ASSUME_LORDOSIS, -1.0);
  m = model_of(&c);
  assert_close(m->stance.lordosis - was->stance.lordosis, ps_rad(-8.0), 1e-12, 0.0);
  ps_model_free(m);
  ps_model_free(was);
}

static void what_was_measured_is_never_changed(void **state) {
  bench *b = *state;
  ps_body_case in = b->in;
  in.person.has_incidence = in.person.has_tilt = in.person.has_lordosis = true;
  in.person.incidence_rad = ps_rad(47.3);
  in.person.tilt_rad = ps_rad(9.1);
  in.person.lordosis_rad = ps_rad(51.7);
  double z[PS_NASSUMPTION] = {0.0};
  z[PS_ASSUME_INCIDENCE] = z[PS_ASSUME_TILT] = z[PS_ASSUME_LORDOSIS] = 2.1;
  const ps_body_case c = drawn_from(b, &in, z);
  const counts none = {0}, got = compare(&in, &c);
  assert_memory_equal(&got, &none, sizeof none);
  ps_model *was = model_of(&in), *m = model_of(&c);
  assert_memory_equal(&m->stance, &was->stance, sizeof m->stance);
  ps_model_free(m);
  ps_model_free(was);
  static const ps_assumption posture[] = {PS_ASSUME_INCIDENCE, PS_ASSUME_TILT, PS_ASSUME_LORDOSIS};
  for (int k = 0; k < 3; k++) assert_close(ps_assumptions_input(&b->table.rows, &in.person, posture[k]).sd, 0.0, 0.0, 0.0);
  assert_true(ps_assumptions_input(&b->table.rows, &in.person, PS_ASSUME_BUSHING).sd > 0.0);
}

// the ends of every assumption and a handful of draws can be built, and no path point drowns in a brim of any radius
static void every_drawn_body_can_be_built(void **state) {
  bench *b = *state;
  for (int i = 0; i < 2*PS_NASSUMPTION + 12; i++) {
    double z[PS_NASSUMPTION] = {0.0};
    if (i < 2*PS_NASSUMPTION)
      z[i/2] = i % 2 ? 3.0 : -3.0;
    else
      ps_assumptions_draw(19, i, z);
    const ps_body_case c = drawn_from(b, &b->in, z);
    ps_model *m = model_of(&c);
    ps_state *s = NULL;
    assert_ok(ps_state_new(m, &s));
    for (double hip = -20.0; hip <= 90.0; hip += 10.0) {
      s->q[ps_model_find_coord(m, "hip_flexion_right")] = ps_rad(hip);
      ps_state_kinematics(s);
      ps_state_paths(s);
      assert_int_equal(s->warn & PS_WARN_WRAP_INSIDE, 0);
    }
    ps_state_free(s);
    ps_model_free(m);
  }
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// the rows of the psoas together: a factor of about 2 either way in what 10 % of shortening adds to the passive pull of a
// fascicle in neutral, as the theory page says
static void the_pull_of_the_psoas_spreads_by_a_factor_of_two(void **state) {
  bench *b = *state;
  enum { N = 4000 };
  static double pull[N];
  for (int i = 0; i < N; i++) {
    double z[PS_NASSUMPTION];
    ps_assumptions_draw(5, i, z);
    const ps_body_case c = drawn_from(b, &b->in, z);
    const ps_anat_muscle *m = row_of(&c, "psoas_major");
    const double strain = m->neutral_fibre_length - 1.0, strength = param_of(&c, "specific_tension_trunk")*m->area_m2;
    pull[i] = strength*(ps_muscle_passive(strain + 0.1, m->strain_zero, m->strain_one).f - ps_muscle_passive(strain, m->strain_zero, m->strain_one).f);
  }
  qsort(pull, N, sizeof *pull, ascending);
  const double factor = sqrt(pull[(int)(0.95*N)]/pull[(int)(0.05*N)]);
  if (!(factor > 1.8 && factor < 2.2)) fail_msg("a factor of %g", factor);
}

static void refuses_what_is_not_there(void **state) {
  bench *b = *state;
  const double zero[PS_NASSUMPTION] = {0.0};
  const ps_assumptions v = ps_assumptions_at(&b->table.rows, zero);
  ps_body_case out, in = b->in;
  ps_error err = {0};
  for (size_t less = 64; less < 5*64 + 4096*8; less += 4096) {
    ps_arena small;
    ps_arena_init(&small, b->memory, b->storage.size - 5*64 - less);
    assert_int_equal(ps_assumptions_apply(&b->table.rows, &v, &in, &small, &out, &err), PS_ENOMEM);
    assert_int_equal(small.used, 0);
  }
  ps_arena_release(&b->storage, 0);
  in.anatomy.nwrap = 1;
  assert_int_equal(ps_assumptions_apply(&b->table.rows, &v, &in, &b->storage, &out, &err), PS_EFORMAT);
  assert_string_equal(err.where, "wraps.csv");
  assert_non_null(strstr(err.msg, "iliacus_brim"));
  in.anatomy.nparam = 3;
  in.anatomy.nwrap = b->in.anatomy.nwrap;
  assert_int_equal(ps_assumptions_apply(&b->table.rows, &v, &in, &b->storage, &out, &err), PS_EFORMAT);
  assert_string_equal(err.where, "parameters.csv");
  in = b->in;
  in.anatomy.nstiffness = 12;
  assert_int_equal(ps_assumptions_apply(&b->table.rows, &v, &in, &b->storage, &out, &err), PS_EFORMAT);
  in = b->in;
  in.anatomy.nmuscle = 24;
  assert_int_equal(ps_assumptions_apply(&b->table.rows, &v, &in, &b->storage, &out, &err), PS_EFORMAT);
  assert_int_equal(b->storage.used, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_draw_depends_on_its_seed_and_number_alone),
      cmocka_unit_test(draws_are_cut_standard_normals),
      cmocka_unit_test(distributions_mean_what_the_table_says),
      cmocka_unit_test(moments_of_inputs_are_exact),
      cmocka_unit_test(stretching_a_row),
      cmocka_unit_test(the_centre_is_the_body_without_draws),
      cmocka_unit_test(centres_agree_with_the_body),
      cmocka_unit_test(each_assumption_moves_its_own_rows_only),
      cmocka_unit_test(assumptions_move_by_what_the_table_says),
      cmocka_unit_test(what_was_measured_is_never_changed),
      cmocka_unit_test(every_drawn_body_can_be_built),
      cmocka_unit_test(the_pull_of_the_psoas_spreads_by_a_factor_of_two),
      cmocka_unit_test(refuses_what_is_not_there),
  };
  return cmocka_run_group_tests_name("assumptions", tests, open_bench, close_bench);
}
