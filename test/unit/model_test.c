// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "psoas/recruit.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

static int open_man(void **state) {
  static person_body man;
  man = person_open_man(1.74);
  *state = &man;
  return 0;
}

static int close_man(void **state) {
  person_close(*state);
  return 0;
}

// the tables must refuse this person, naming the field
static void assert_refused(const ps_anatomy *tables, const ps_person *person, const ps_body_opts *opts, const char *field) {
  ps_error err = {PS_OK, 0, "", ""};
  ps_model *model = (ps_model *)&err;
  assert_int_equal(ps_model_new(tables, person, opts, &model, &err), PS_EINPUT);
  assert_null(model);
  assert_int_equal(err.code, PS_EINPUT);
  assert_string_equal(err.where, field);
  assert_true(strlen(err.msg) > 10);
}

static void impossible_persons_are_refused_by_field(void **state) {
  const person_body *b = *state;
  const double bad[5] = {17.0, (double)NAN, HUGE_VAL, -1.0, 1.2999};
  for (int k = 0; k < 5; k++) {
    ps_person p = person_of_height(1.74);
    p.height_m = bad[k];
    assert_refused(b->tables, &p, NULL, "height_m");
  }
  ps_person p = person_of_height(1.74);
  p.age_years = 15.9;
  assert_refused(b->tables, &p, NULL, "age_years");
  p = person_of_height(1.74);
  p.mass_kg = 200.1;
  assert_refused(b->tables, &p, NULL, "mass_kg");
  p = person_of_height(1.74);
  p.has_incidence = true;
  p.incidence_rad = ps_rad(96.0);
  assert_refused(b->tables, &p, NULL, "pelvic_incidence_deg");
  p.incidence_rad = ps_rad(50.0);
  p.has_lordosis = true;
  p.lordosis_rad = ps_rad(-20.0);
  assert_refused(b->tables, &p, NULL, "lordosis.deg");
  p.lordosis_rad = ps_rad(40.0);
  p.has_tilt = true;
  p.tilt_rad = (double)NAN;
  assert_refused(b->tables, &p, NULL, "asis_psis_tilt.deg");
}

static void an_error_names_value_and_range(void **state) {
  const person_body *b = *state;
  ps_person p = person_of_height(1.74);
  p.height_m = 17.0;
  ps_error err;
  ps_model *model = NULL;
  assert_int_equal(ps_model_new(b->tables, &p, NULL, &model, &err), PS_EINPUT);
  assert_string_equal(err.msg, "height_m is 17, allowed is 1.3 to 2.2 m");
  assert_int_equal(ps_model_new(b->tables, &p, NULL, &model, NULL), PS_EINPUT);
}

static void unknown_options_are_refused(void **state) {
  const person_body *b = *state;
  const ps_person p = person_of_height(1.74);
  assert_refused(b->tables, &p, &(ps_body_opts){.area_set = 'C'}, "area_set");
  assert_refused(b->tables, &p, &(ps_body_opts){.area_set = 0}, "area_set");
  assert_refused(b->tables, &p, &(ps_body_opts){.area_set = 'A', .trunk_tension_Pa = -1.0}, "trunk_tension_Pa");
  assert_refused(b->tables, &p, &(ps_body_opts){.area_set = 'A', .trunk_strain_shift = (double)NAN}, "trunk_strain_shift");
}

static void bad_tightness_is_refused_and_changes_nothing(void **state) {
  person_body *b = *state;
  const ps_tightness_entry good = {.group = "iliopsoas", .side = PS_LEFT, .shortening = 0.08, .stiffness = 1.2, .tone = 0.02};
  assert_ok(ps_model_set_tightness(b->model, &good, 1, NULL));
  static const struct { ps_tightness_entry entry; const char *field; } row[] = {
      {{"psoas_mayor", PS_RIGHT, 0.1, 1.0, 0.0}, "tightness.muscle"},
      {{"", PS_RIGHT, 0.1, 1.0, 0.0}, "tightness.muscle"},
      {{"psoas_major", PS_RIGHT, 0.2001, 1.0, 0.0}, "tightness.shortening"},
      {{"psoas_major", PS_RIGHT, -0.01, 1.0, 0.0}, "tightness.shortening"},
      {{"psoas_major", PS_RIGHT, 0.1, 0.4, 0.0}, "tightness.stiffness"},
      {{"psoas_major", PS_RIGHT, 0.1, 4.1, 0.0}, "tightness.stiffness"},
      {{"psoas_major", PS_RIGHT, 0.1, 1.0, 0.11}, "tightness.tone"}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const ps_tightness_entry two[2] = {good, row[i].entry};
    ps_error err;
    assert_int_equal(ps_model_set_tightness(b->model, two, 2, &err), PS_EINPUT);
    assert_string_equal(err.where, row[i].field);
    ps_person p = person_of_height(1.74);
    p.ntight = 1;
    p.tight[0] = row[i].entry;
    assert_refused(b->tables, &p, NULL, row[i].field);
  }
  const int psoas = person_muscle(b->model, "psoas_L3_TP_left");
  assert_close(b->model->muscle[psoas].shortening, 0.08, 0.0, 0.0);
  assert_ok(ps_model_set_tightness(b->model, NULL, 0, NULL));
  assert_close(b->model->muscle[psoas].shortening, 0.0, 0.0, 0.0);
  assert_close(b->model->muscle[psoas].stiffness, 1.0, 0.0, 0.0);
}

static void tightness_reaches_its_group_and_side_only(void **state) {
  person_body *b = *state;
  const ps_tightness_entry t[2] = {{"iliopsoas", PS_LEFT, 0.085, 1.7, 0.03}, {"hamstrings", PS_MIDLINE, 0.05, 1.0, 0.0}};
  assert_ok(ps_model_set_tightness(b->model, t, 2, NULL));
  for (int i = 0; i < b->model->nmuscle; i++) {
    const ps_muscle *p = &b->model->muscle[i];
    const bool is_tight = p->side == PS_LEFT && (person_is_group(p, "psoas_major") || person_is_group(p, "iliacus"));
    const bool is_ham = person_is_group(p, "hamstrings");
    assert_close(p->shortening, is_tight ? 0.085 : is_ham ? 0.05 : 0.0, 0.0, 0.0);
    assert_close(p->stiffness, is_tight ? 1.7 : 1.0, 0.0, 0.0);
    assert_close(p->tone, is_tight ? 0.03 : 0.0, 0.0, 0.0);
  }
  assert_ok(ps_model_set_tightness(b->model, NULL, 0, NULL));
}

static void masses_sum_to_the_persons(void **state) {
  const person_body *b = *state;
  for (int k = 0; k < 4; k++) {
    ps_person p = person_of_height(k < 2 ? 1.62 : 1.93);
    p.is_female = k % 2;
    p.mass_kg = 58.7 + 13.0*k;
    person_body c = person_open(&p, 'B');
    double sum = 0.0, com[3];
    for (int i = 0; i < c.model->nbody; i++) sum += c.model->body[i].mass;
    assert_close(sum, p.mass_kg, 1e-6, 0.0);
    assert_close(c.model->mass, sum, 1e-14, 0.0);
    assert_close(ps_state_com(c.state, com), sum, 1e-14, 0.0);
    person_close(&c);
  }
  assert_close(b->model->mass, 70.0, 1e-6, 0.0);
}

// from the solved body: slope of S1, tilt of the line from the hips to S1, orientation of L1
static void measure(const person_body *b, double *pt, double *ss, double *lordosis) {
  const ps_model *m = b->model;
  person_neutral(b->state);
  b->state->q[person_coord(m, "pelvis_tilt")] = m->stance.pelvis_tilt;
  person_evaluate(b->state);
  const double *right = b->state->o + 3*person_segment(m, "thigh_right"), *left = b->state->o + 3*person_segment(m, "thigh_left");
  const double *s1 = b->state->o + 3*person_segment(m, "L5"), *L1 = b->state->R + 9*person_segment(m, "L1");
  *pt = atan2(0.5*(right[0] + left[0]) - s1[0], s1[1] - 0.5*(right[1] + left[1]));
  *ss = m->stance.incidence - *pt;
  *lordosis = *ss + atan2(L1[3], L1[0]);
}

static void stance_reproduces_what_was_measured(void **state) {
  (void)state;
  static const struct { double incidence, lordosis, tilt; } row[] = {
      {53.0, 47.3, 6.7}, {31.5, 24.0, 12.9}, {78.2, 71.0, -3.1}, {45.0, 55.5, 0.0}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    ps_person p = person_of_height(1.69);
    p.has_incidence = p.has_lordosis = p.has_tilt = true;
    p.incidence_rad = ps_rad(row[i].incidence);
    p.lordosis_rad = ps_rad(row[i].lordosis);
    p.tilt_rad = ps_rad(row[i].tilt);
    person_body b = person_open(&p, 'A');
    const ps_stance *s = &b.model->stance;
    assert_close(s->incidence, p.incidence_rad, 0.0, 0.0);
    assert_close(s->tilt_radiographic + s->sacral_slope, s->incidence, 1e-15, 0.0);
    assert_close(s->asis_psis, p.tilt_rad, 0.0, 0.0);
    double pt = 0.0, ss = 0.0, lordosis = 0.0;
    measure(&b, &pt, &ss, &lordosis);
    assert_close(pt, s->tilt_radiographic, 0.0, 1e-12);
    assert_close(ss, s->sacral_slope, 0.0, 1e-12);
    assert_close(lordosis, p.lordosis_rad, 0.0, 1e-12);
    assert_close(s->lordosis, p.lordosis_rad, 0.0, 0.0);
    person_close(&b);
  }
}

// every shape that the ranges of a person allow must give a body
static void every_allowed_shape_can_be_built(void **state) {
  const person_body *b = *state;
  int shortened = 0;
  for (int incidence = 20; incidence <= 95; incidence += 15)
    for (int lordosis = 5; lordosis <= 100; lordosis += 19)
      for (int tilt = -20; tilt <= 40; tilt += 30) {
        ps_person p = person_of_height(1.74);
        p.has_incidence = p.has_lordosis = p.has_tilt = true;
        p.incidence_rad = ps_rad(incidence);
        p.lordosis_rad = ps_rad(lordosis);
        p.tilt_rad = ps_rad(tilt);
        ps_error err = {PS_OK, 0, "", ""};
        ps_model *m = NULL;
        if (ps_model_new(b->tables, &p, NULL, &m, &err) != PS_OK)
          fail_msg("incidence %d, lordosis %d, tilt %d: %s", incidence, lordosis, tilt, err.msg);
        for (int i = 0; i < m->nmuscle; i++) {
          if (m->muscle[i].is_pressure) continue;
          assert_true(m->muscle[i].tendon_length > 0.0);
          shortened += m->muscle[i].optimal_length < 0.999*b->model->muscle[i].optimal_length;
        }
        ps_model_free(m);
      }
  assert_true(shortened > 0);  // else this test has not met the case it is for
  for (int i = 0; i < b->model->nmuscle; i++)
    assert_true(b->model->muscle[i].is_pressure || b->model->muscle[i].tendon_length > 0.0);
}

static void unmeasured_stance_follows_the_published_relations(void **state) {
  (void)state;
  // lordosis 32.9 + 0.6 incidence - 0.23 age, tilt 13.5 at 53 deg and 0.4 deg per deg
  ps_person p = person_of_height(1.74);
  p.has_incidence = true;
  p.incidence_rad = ps_rad(61.0);
  p.age_years = 63.0;
  person_body b = person_open(&p, 'A');
  assert_close(ps_deg(b.model->stance.lordosis), 32.9 + 0.6*61.0 - 0.23*63.0, 1e-12, 0.0);
  assert_close(ps_deg(b.model->stance.tilt_radiographic), 13.5 + 0.4*8.0, 1e-12, 0.0);
  assert_close(ps_deg(b.model->stance.asis_psis), 6.7, 1e-12, 0.0);
  person_close(&b);
}

static void neutral_posture_has_no_elastic_moment(void **state) {
  const person_body *b = *state;
  const ps_scene none = {.nsupport = 0};
  ps_recruit *r = NULL;
  assert_ok(ps_recruit_new(b->model, &none, NULL, &r));
  person_neutral(b->state);
  assert_ok(ps_recruit_solve(r, b->state, false));
  for (int j = 0; j < b->model->ncoord; j++) assert_close(r->elastic[j], 0.0, 0.0, 0.0);

  // away from it: against the movement, the same to both sides, as the table says
  const int j = person_coord(b->model, "L4_L5_lateral");
  b->state->q[j] = ps_rad(5.0);
  person_evaluate(b->state);
  assert_ok(ps_recruit_solve(r, b->state, false));
  assert_close(r->elastic[j], -(39.5*ps_rad(5.0) + 900.0*pow(ps_rad(5.0), 3.0)), 1e-12, 0.0);
  person_neutral(b->state);
  ps_recruit_free(r);
}

static void sides_are_paired(void **state) {
  const person_body *b = *state;
  const ps_model *m = b->model;
  assert_true(m->nmuscle >= 300);
  for (int i = 0; i < m->nbody; i++) {
    const ps_body *p = &m->body[i];
    assert_int_equal(m->body[p->mirror].mirror, i);
    assert_true(p->parent < i);
    assert_close(m->body[p->mirror].mass, p->mass, 0.0, 0.0);
  }
  for (int j = 0; j < m->ncoord; j++) {
    assert_int_equal(m->coord[m->coord[j].mirror].mirror, j);
    assert_close(m->coord[m->coord[j].mirror].linear, m->coord[j].linear, 0.0, 0.0);
  }
  for (int i = 0; i < m->nmuscle; i++) {
    assert_int_equal(m->muscle[m->muscle[i].mirror].mirror, i);
    assert_close(m->muscle[m->muscle[i].mirror].tendon_length, m->muscle[i].tendon_length, 0.0, 0.0);
    assert_close(m->muscle[m->muscle[i].mirror].strength, m->muscle[i].strength, 0.0, 0.0);
  }
}

static void coordinates_move_what_hangs_on_them(void **state) {
  const person_body *b = *state;
  const ps_model *m = b->model;
  const int hip = person_coord(m, "hip_flexion_left"), l4 = person_coord(m, "L4_L5_axial");
  assert_true(ps_model_moves(m, person_segment(m, "foot_left"), hip));
  assert_false(ps_model_moves(m, person_segment(m, "foot_right"), hip));
  assert_false(ps_model_moves(m, person_segment(m, "L5"), l4));
  assert_true(ps_model_moves(m, person_segment(m, "forearm_right"), l4));

  // and by how much: every body's origin moves as w x (o - o_joint) for a small turn
  for (int j = 3; j < m->ncoord; j += 5) {
    person_neutral(b->state);
    double w[3], joint[3], before[3];
    ps_vec_copy(w, b->state->w + 3*j);
    ps_vec_copy(joint, b->state->o + 3*m->coord[j].body);
    for (int i = 0; i < m->nbody; i++) {
      person_neutral(b->state);
      ps_state_position(b->state, i, m->body[i].com, before);
      double d[3], turn[3], after[3];
      ps_sub(d, before, joint);
      ps_cross(turn, w, d);
      b->state->q[j] = 1e-6;
      person_evaluate(b->state);
      ps_state_position(b->state, i, m->body[i].com, after);
      for (int k = 0; k < 3; k++)
        assert_close((after[k] - before[k])/1e-6, ps_model_moves(m, i, j) ? turn[k] : 0.0, 0.0, 2e-6);
    }
  }
  person_neutral(b->state);
}

static void strength_follows_size_sex_and_option(void **state) {
  const person_body *b = *state;
  const int psoas = person_muscle(b->model, "psoas_L3_TP_right"), glut = person_muscle(b->model, "gluteus_maximus_2_right");
  ps_person p = person_of_height(1.74);
  p.is_female = true;
  p.mass_kg = 57.3;
  const ps_body_opts opts = {.area_set = 'A', .trunk_tension_Pa = 4.6e5};
  ps_model *m = NULL;
  assert_ok(ps_model_new(b->tables, &p, &opts, &m, NULL));
  const double area = 0.85*pow(57.3/70.0, 2.0/3.0);
  assert_close(m->muscle[psoas].strength, b->model->muscle[psoas].strength*area*46.0/80.0, 1e-12, 0.0);
  assert_close(m->muscle[glut].strength, b->model->muscle[glut].strength*area, 1e-12, 0.0);
  ps_model_free(m);
}

static void names_are_found_or_not(void **state) {
  const ps_model *m = ((const person_body *)*state)->model;
  assert_string_equal(m->body[ps_model_find_body(m, "T12")].name, "T12");
  assert_string_equal(m->contact[ps_model_find_contact(m, "heel_left")].name, "heel_left");
  assert_string_equal(m->landmark[ps_model_find_landmark(m, "ASIS_left")].name, "ASIS_left");
  assert_int_equal(ps_model_find_coord(m, "hip_flexion"), -1);
  assert_int_equal(ps_model_find_muscle(m, ""), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(impossible_persons_are_refused_by_field),
      cmocka_unit_test(an_error_names_value_and_range),
      cmocka_unit_test(unknown_options_are_refused),
      cmocka_unit_test(bad_tightness_is_refused_and_changes_nothing),
      cmocka_unit_test(tightness_reaches_its_group_and_side_only),
      cmocka_unit_test(masses_sum_to_the_persons),
      cmocka_unit_test(stance_reproduces_what_was_measured),
      cmocka_unit_test(every_allowed_shape_can_be_built),
      cmocka_unit_test(unmeasured_stance_follows_the_published_relations),
      cmocka_unit_test(neutral_posture_has_no_elastic_moment),
      cmocka_unit_test(sides_are_paired),
      cmocka_unit_test(coordinates_move_what_hangs_on_them),
      cmocka_unit_test(strength_follows_size_sex_and_option),
      cmocka_unit_test(names_are_found_or_not),
  };
  return cmocka_run_group_tests_name("model", tests, open_man, close_man);
}
