/* The passive curves of hamstrings and rectus femoris are the least squares of docs/decisions/0004: no other start or end
 * of them comes nearer to the published moments of hip and knee.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

enum { HIPS = 13, KNEES = 11, FITTED = 4 };
static const char *const NAME[FITTED] = {"biceps_femoris_long_right", "semimembranosus_right", "semitendinosus_right",
                                         "rectus_femoris_right"};

typedef struct change { double start, range; } change;  // added to the start strain; factor of what is between start and end

typedef struct posture {
  double hip_deg, knee_deg;
  double rest[2];                          // at hip and knee, all but the fitted muscles          [N m]
  double length[FITTED], arm[FITTED][2];   // of the fitted                                        [m]
} posture;

typedef struct bench {
  person_body body;
  int muscle[FITTED];
  posture at[HIPS*KNEES];
} bench;

// published passive moment of the knee, ankle at 0, flexing +                                      [N m]  @riener1999
// its last term, of the straight knee, is left out: at 20 deg and more it is below 0.5 (docs/decisions/0004)
static double knee_published(double hip, double knee) {
  return exp(1.800 - 0.0352*knee + 0.0217*hip) - exp(-3.971 + 0.0495*knee - 0.0128*hip) - 4.820;
}

static void measure(bench *b, posture *p) {
  const ps_model *m = b->body.model;
  ps_state *s = b->body.state;
  const int coord[2] = {person_coord(m, "hip_flexion_right"), person_coord(m, "knee_flexion_right")};
  memset(s->q, 0, (size_t)m->ncoord*sizeof *s->q);
  s->q[coord[0]] = ps_rad(p->hip_deg);
  s->q[coord[1]] = ps_rad(p->knee_deg);
  person_evaluate(s);
  p->rest[0] = ps_muscle_capsule(m, s->q[coord[0]]);
  p->rest[1] = -m->coord[coord[1]].linear*s->q[coord[1]];
  assert_close(m->coord[coord[1]].cubic, 0.0, 0.0, 0.0);
  for (int i = 0; i < m->nmuscle; i++) {
    int k = 0;
    while (k < FITTED && b->muscle[k] != i) k++;
    for (int j = 0; j < 2; j++) {
      const double arm = person_arm(s, i, coord[j]);
      if (k < FITTED) p->arm[k][j] = arm;
      else p->rest[j] += arm*ps_muscle_at(&m->muscle[i], s->length[i]).passive;
    }
    if (k < FITTED) p->length[k] = s->length[i];
  }
}

static int open_bench(void **state) {
  static bench b;
  ps_person young = person_of_height(1.77);  // of the study (data/reference/persons.csv)
  young.mass_kg = 76.0;
  b.body = person_open(&young, 'A');
  for (int k = 0; k < FITTED; k++) b.muscle[k] = person_muscle(b.body.model, NAME[k]);
  for (int i = 0; i < HIPS*KNEES; i++) {
    b.at[i].hip_deg = -20.0 + 10.0*(i/KNEES);
    b.at[i].knee_deg = 10.0*(i%KNEES);
    measure(&b, &b.at[i]);
  }
  *state = &b;
  return 0;
}

static int close_bench(void **state) {
  bench *b = *state;
  person_close(&b->body);
  return 0;
}

// ours minus published at hip and knee in a posture, with changed curves                           [N m]
static void off_at(const bench *b, const posture *p, const change *hamstrings, const change *rectus, double off[2]) {
  off[0] = p->rest[0] - ps_hip_passive_published(ps_rad(p->hip_deg), ps_rad(p->knee_deg));
  off[1] = p->rest[1] - knee_published(p->hip_deg, p->knee_deg);
  for (int k = 0; k < FITTED; k++) {
    const change *c = k < 3 ? hamstrings : rectus;
    ps_muscle q = b->body.model->muscle[b->muscle[k]];
    const double range = q.strain_one - q.strain_zero;
    q.strain_zero += c->start;
    q.strain_one = q.strain_zero + c->range*range;
    const double pull = ps_muscle_at(&q, p->length[k]).passive;
    for (int j = 0; j < 2; j++) off[j] += p->arm[k][j]*pull;
  }
}

// mean square of what is off: knee moments at a knee of 20 deg and more; hip moments but for a constant at each hip angle,
// because muscles and capsule of the hip alone do not know the knee
static double misfit(const bench *b, const change *hamstrings, const change *rectus) {
  double sum = 0.0;
  int n = 0;
  for (int h = 0; h < HIPS; h++) {
    double mean = 0.0, square = 0.0;
    for (int k = 0; k < KNEES; k++) {
      double off[2];
      off_at(b, &b->at[h*KNEES + k], hamstrings, rectus, off);
      mean += off[0]/KNEES;
      square += off[0]*off[0];
      if (b->at[h*KNEES + k].knee_deg < 20.0) continue;
      sum += off[1]*off[1];
      n++;
    }
    sum += square - KNEES*mean*mean;
    n += KNEES - 1;
  }
  return sum/n;
}

static const change AS_TABLED = {0.0, 1.0};

static void no_other_start_of_the_hamstrings_is_nearer(void **state) {
  const bench *b = *state;
  const double here = misfit(b, &AS_TABLED, &AS_TABLED);
  for (int side = -1; side <= 1; side += 2)
    assert_true(misfit(b, &(change){0.01*side, 1.0}, &AS_TABLED) > here);
  // the source's curve begins 0.2351 earlier
  const double source = misfit(b, &(change){-0.2351, 1.0}, &AS_TABLED);
  printf("figure: passive moments of hip and knee against the published ones: %.2f N m rms, with the source's hamstrings %.2f\n",
         sqrt(here), sqrt(source));
  assert_true(source > 9.0*here);
}

// the moments see the start of the rectus, and that it never stiffens; how far off its steep part is they do not see
static void the_rectus_stays_on_the_shallow_part_of_its_curve(void **state) {
  const bench *b = *state;
  const double here = misfit(b, &AS_TABLED, &AS_TABLED);
  for (int side = -1; side <= 1; side += 2)
    assert_true(misfit(b, &AS_TABLED, &(change){0.1*side, 1.0}) > here);
  const double source = (1.332 - 0.19979)/(5.0 - 0.19979);
  assert_true(misfit(b, &AS_TABLED, &(change){0.0, source}) > 1.05*here);
  assert_close(misfit(b, &AS_TABLED, &(change){0.0, 0.75}), here, 0.005, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_other_start_of_the_hamstrings_is_nearer),
      cmocka_unit_test(the_rectus_stays_on_the_shallow_part_of_its_curve),
  };
  return cmocka_run_group_tests_name("passive_fit", tests, open_bench, close_bench);
}
