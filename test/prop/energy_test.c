// The passive moments of all muscles together are the slope of the energy they store, in any direction of posture.
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/person.h"

static double stored(const ps_state *s) {
  double sum = 0.0;
  for (int i = 0; i < s->model->nmuscle; i++) sum += ps_muscle_energy(&s->model->muscle[i], s->length[i]);
  return sum;
}

static double stored_beside(ps_state *s, const double *q, const double *direction, double step) {
  for (int j = 0; j < s->model->ncoord; j++) s->q[j] = q[j] + step*direction[j];
  person_evaluate(s);
  return stored(s);
}

static void passive_moments_are_the_slope_of_stored_energy(void **state) {
  (void)state;
  ps_person man = person_of_height(1.66);
  man.ntight = 1;
  man.tight[0] = (ps_tightness_entry){.group = "iliopsoas", .side = PS_LEFT, .shortening = 0.11, .stiffness = 1.6};
  person_body b = person_open(&man, 'B');
  const ps_model *m = b.model;
  const double h = 1e-4;
  double worst = 0.0;
  for (uint64_t seed = 1; seed <= 6; seed++) {
    ps_rng rng;
    ps_rng_init(&rng, seed);
    double q[256], direction[256];
    person_random(&rng, 0.7, b.state);
    memcpy(q, b.state->q, (size_t)m->ncoord*sizeof *q);
    for (int j = 0; j < m->ncoord; j++) direction[j] = ps_rng_normal(&rng);
    const double slope = (stored_beside(b.state, q, direction, h) - stored_beside(b.state, q, direction, -h))/(2.0*h);
    stored_beside(b.state, q, direction, 0.0);
    double work = 0.0;
    for (int i = 0; i < m->nmuscle; i++) {
      const double force = ps_muscle_at(&m->muscle[i], b.state->length[i]).passive;
      for (int t = m->muscle[i].arm; t < m->muscle[i].arm + m->muscle[i].narm; t++)
        work += force*b.state->arm[t]*direction[m->arm_coord[t]];
    }
    worst = fmax(worst, fabs(slope + work)/fabs(work));
    assert_true(fabs(work) > 1.0);
    assert_close(slope, -work, 1e-5, 0.0);
  }
  printf("figure: slope of stored energy against the passive moments: off by at most %.2g\n", worst);
  person_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(passive_moments_are_the_slope_of_stored_energy)};
  return cmocka_run_group_tests_name("energy", tests, NULL, NULL);
}
