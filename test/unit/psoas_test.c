// The psoas as the anatomy tables have it: what makes it span spine and hip. SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

static const char *const LEVEL[6] = {"L5_S1_flexion", "L4_L5_flexion", "L3_L4_flexion",
                                     "L2_L3_flexion", "L1_L2_flexion", "T12_L1_flexion"};
static const char SET[2] = {'A', 'B'};

static person_body open_set(char set) {
  const ps_person man = person_of_height(1.74);
  return person_open(&man, set);
}

static bool is_psoas(const ps_muscle *p) { return person_is_group(p, "psoas_major"); }

static void twelve_fascicles_a_side_from_T12_to_L5(void **state) {
  (void)state;
  static const char *const origin[6] = {"T12", "L1", "L2", "L3", "L4", "L5"};
  static const int want[6] = {1, 3, 2, 2, 2, 2};
  for (int k = 0; k < 2; k++) {
    person_body b = open_set(SET[k]);
    int count[2][6] = {{0}};
    int all = 0;
    for (int i = 0; i < b.model->nmuscle; i++) {
      const ps_muscle *p = &b.model->muscle[i];
      if (!is_psoas(p)) continue;
      all++;
      for (int o = 0; o < 6; o++) count[p->side == PS_LEFT][o] += strcmp(person_origin(b.model, p), origin[o]) == 0;
    }
    assert_int_equal(all, 24);
    for (int o = 0; o < 6; o++) {
      assert_int_equal(count[0][o], want[o]);
      assert_int_equal(count[1][o], want[o]);
    }
    person_close(&b);
  }
}

static void every_psoas_fascicle_crosses_its_levels_and_the_hip(void **state) {
  (void)state;
  static const char *const from[6] = {"L5", "L4", "L3", "L2", "L1", "T12"};
  person_body b = open_set('A');
  for (int i = 0; i < b.model->nmuscle; i++) {
    const ps_muscle *p = &b.model->muscle[i];
    if (!is_psoas(p)) continue;
    const char *hip = p->side == PS_LEFT ? "hip_flexion_left" : "hip_flexion_right";
    const char *other = p->side == PS_LEFT ? "hip_flexion_right" : "hip_flexion_left";
    assert_true(person_arm(b.state, i, person_coord(b.model, hip)) > 0.015);
    assert_close(person_arm(b.state, i, person_coord(b.model, other)), 0.0, 0.0, 0.0);
    bool is_below = true;  // levels from L5/S1 up to the origin are crossed, those above are not
    for (int k = 0; k < 6; k++) {
      const double arm = person_arm(b.state, i, person_coord(b.model, LEVEL[k]));
      assert_true((arm != 0.0) == is_below);
      if (strcmp(person_origin(b.model, p), from[k]) == 0) is_below = false;
    }
  }
  person_close(&b);
}

static bool same_place(const ps_point *p, const ps_point *q) {
  return p->body == q->body && p->body2 == q->body2 && p->pos[0] == q->pos[0] && p->pos[1] == q->pos[1] &&
         p->pos[2] == q->pos[2] && p->weight2 == q->weight2;
}

static void no_two_fascicles_share_both_ends(void **state) {
  (void)state;
  person_body b = open_set('B');
  const ps_model *m = b.model;
  for (int i = 0; i < m->nmuscle; i++)
    for (int k = 0; k < i; k++) {
      const ps_muscle *p = &m->muscle[i], *q = &m->muscle[k];
      const bool start = same_place(&m->point[m->stretch[p->stretch].from], &m->point[m->stretch[q->stretch].from]);
      const bool end = same_place(&m->point[m->stretch[p->stretch + p->nstretch - 1].to],
                                  &m->point[m->stretch[q->stretch + q->nstretch - 1].to]);
      if (start && end) fail_msg("%s and %s have the same origin and insertion", p->name, q->name);
    }
  person_close(&b);
}

typedef struct range { double lo, hi; } range;

static void widen(range *r, double x) {
  r->lo = fmin(r->lo, x);
  r->hi = fmax(r->hi, x);
}

// extension arms about L5/S1 of the fascicles that begin at L4 or higher
static void note_upper(const person_body *b, range *r) {
  const int j = person_coord(b->model, "L5_S1_flexion");
  for (int i = 0; i < b->model->nmuscle; i++) {
    const ps_muscle *p = &b->model->muscle[i];
    if (is_psoas(p) && strcmp(person_origin(b->model, p), "L5") != 0) widen(r, -person_arm(b->state, i, j));
  }
}

static bool is_lumbar_or_hip(const ps_model *m, int j) {
  static const char *const body[7] = {"L5", "L4", "L3", "L2", "L1", "thigh_right", "thigh_left"};
  for (int k = 0; k < 7; k++)
    if (strcmp(m->body[m->coord[j].body].name, body[k]) == 0) return true;
  return false;
}

static void upper_fascicles_keep_a_small_arm_at_L5_S1(void **state) {
  (void)state;
  range alone = {1.0, -1.0}, together = {1.0, -1.0};
  for (double height = 1.45; height < 2.06; height += 0.15) {
    person_body b = person_open_man(height);
    const ps_model *m = b.model;
    for (int j = 6; j < m->ncoord; j++) {  // each coordinate over its range
      if (!is_lumbar_or_hip(m, j)) continue;
      person_neutral(b.state);
      const bool is_hip = strncmp(m->coord[j].name, "hip_flexion", 11) == 0;
      const double from = is_hip ? ps_rad(-30.0) : m->coord[j].min, to = is_hip ? ps_rad(120.0) : m->coord[j].max;
      for (int k = 0; k <= 30; k++) {
        b.state->q[j] = from + (to - from)*k/30.0;
        person_evaluate(b.state);
        note_upper(&b, &alone);
      }
    }
    for (int k = 0; k <= 30; k++) {  // the whole lumbar spine bends, and the hip with it
      person_neutral(b.state);
      for (int l = 0; l < 5; l++) {
        const int j = person_coord(m, LEVEL[l]);
        b.state->q[j] = m->coord[j].min + (m->coord[j].max - m->coord[j].min)*k/30.0;
      }
      b.state->q[person_coord(m, "hip_flexion_right")] = ps_rad(120.0 - 5.0*k);
      person_evaluate(b.state);
      note_upper(&b, &together);
    }
    person_close(&b);
  }
  printf("figure: L5/S1 extension arm of upper psoas fascicles, 1.45 to 2.05 m: %.1f to %.1f mm, whole spine and hip %.1f to %.1f mm\n",
         1e3*alone.lo, 1e3*alone.hi, 1e3*together.lo, 1e3*together.hi);
  assert_true(alone.lo >= -0.025 && alone.hi <= 0.005);
  assert_true(together.lo >= -0.025 && together.hi <= 0.005);
}

// flexing moment at each level when the fascicles of both sides pull in proportion to their area, 100 N a side
static void level_moments(const person_body *b, double out[6]) {
  double area = 0.0;
  memset(out, 0, 6*sizeof *out);
  for (int i = 0; i < b->model->nmuscle; i++) {
    const ps_muscle *p = &b->model->muscle[i];
    if (!is_psoas(p)) continue;
    area += 0.5*p->strength;
    for (int k = 0; k < 6; k++) out[k] += p->strength*person_arm(b->state, i, person_coord(b->model, LEVEL[k]));
  }
  for (int k = 0; k < 6; k++) out[k] *= 100.0/area;
}

static void extends_upper_levels_and_flexes_lower_ones(void **state) {
  (void)state;
  for (int k = 0; k < 2; k++) {
    person_body b = open_set(SET[k]);
    double m[6];
    level_moments(&b, m);
    printf("figure: psoas at 100 N a side, set %c, flexing moment L5/S1 up to T12/L1: %+.2f %+.2f %+.2f %+.2f %+.2f %+.2f N m\n",
           SET[k], m[0], m[1], m[2], m[3], m[4], m[5]);
    assert_true(m[4] < 0.0 && m[5] < 0.0);
    assert_true(m[0] > 0.0 || m[1] > 0.0);
    assert_true(m[0] > m[3] && m[0] > m[4]);
    person_close(&b);
  }
}

static bool is_trunk_extensor(const ps_muscle *p) {
  static const char *const head[4] = {"longissimus", "iliocostalis", "spinalis", "multifidus"};
  for (int k = 0; k < 4; k++)
    if (strncmp(p->group, head[k], strlen(head[k])) == 0) return true;
  return false;
}

// neutral fibre lengths over optimal of the fascicles that `wanted` picks
static range fibre_lengths(const person_body *b, bool (*wanted)(const ps_muscle *)) {
  range r = {9.0, 0.0};
  for (int i = 0; i < b->model->nmuscle; i++)
    if (wanted(&b->model->muscle[i])) widen(&r, ps_muscle_at(&b->model->muscle[i], b->state->length[i]).lnorm);
  return r;
}

static bool is_iliacus(const ps_muscle *p) { return person_is_group(p, "iliacus"); }

static void psoas_fibres_are_near_their_best_length_and_longer_than_the_extensors(void **state) {
  (void)state;
  for (int k = 0; k < 2; k++) {
    person_body b = open_set(SET[k]);
    const range psoas = fibre_lengths(&b, is_psoas), iliacus = fibre_lengths(&b, is_iliacus);
    const range extensor = fibre_lengths(&b, is_trunk_extensor);
    assert_true(psoas.lo >= 0.9 && psoas.hi <= 1.3);
    assert_true(iliacus.lo >= 0.9 && iliacus.hi <= 1.3);
    assert_true(extensor.lo >= 0.9 && extensor.hi <= 1.3);
    assert_true(psoas.lo > extensor.hi);
    person_close(&b);
  }
}

static bool crosses_the_spine(const ps_model *m, const ps_muscle *p) {
  for (int k = p->arm; k < p->arm + p->narm; k++)
    if (m->body[m->coord[m->arm_coord[k]].body].side == PS_MIDLINE) return true;
  return false;
}

// fascicles of the legs alone keep the lengths of their published model, some of which are shorter
static void fibres_that_cross_the_spine_are_near_their_best_length(void **state) {
  (void)state;
  person_body b = open_set('A');
  int seen = 0;
  for (int i = 0; i < b.model->nmuscle; i++) {
    const ps_muscle *p = &b.model->muscle[i];
    if (p->is_pressure || !crosses_the_spine(b.model, p)) continue;
    const double lnorm = ps_muscle_at(p, b.state->length[i]).lnorm;
    if (!(lnorm >= 0.9 && lnorm <= 1.3)) fail_msg("%s: %g", p->name, lnorm);
    seen++;
  }
  assert_true(seen > 300);
  person_close(&b);
}

static void area_sets_are_the_same_numbers_in_another_order(void **state) {
  (void)state;
  double sum[2], square[2];
  for (int k = 0; k < 2; k++) {
    person_body b = open_set(SET[k]);
    sum[k] = square[k] = 0.0;
    for (int i = 0; i < b.model->nmuscle; i++) {
      if (!is_psoas(&b.model->muscle[i])) continue;
      sum[k] += b.model->muscle[i].strength;
      square[k] += b.model->muscle[i].strength*b.model->muscle[i].strength;
    }
    const int l5 = person_muscle(b.model, "psoas_L5_body_right");
    // published area in cm2 times 80 N/cm2
    assert_close(b.model->muscle[l5].strength, k ? 1.91*80.0 : 0.79*80.0, 1e-12, 0.0);
    person_close(&b);
  }
  assert_close(sum[0], sum[1], 1e-12, 0.0);
  assert_close(square[0], square[1], 1e-12, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(twelve_fascicles_a_side_from_T12_to_L5),
      cmocka_unit_test(every_psoas_fascicle_crosses_its_levels_and_the_hip),
      cmocka_unit_test(no_two_fascicles_share_both_ends),
      cmocka_unit_test(upper_fascicles_keep_a_small_arm_at_L5_S1),
      cmocka_unit_test(extends_upper_levels_and_flexes_lower_ones),
      cmocka_unit_test(psoas_fibres_are_near_their_best_length_and_longer_than_the_extensors),
      cmocka_unit_test(fibres_that_cross_the_spine_are_near_their_best_length),
      cmocka_unit_test(area_sets_are_the_same_numbers_in_another_order),
  };
  return cmocka_run_group_tests_name("psoas", tests, NULL, NULL);
}
