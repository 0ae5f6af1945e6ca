/* The passive curves of the tables hold the stretch of the source's tendons: fibre and tendon in series, from the two published
 * curves (docs/decisions/0004); hamstrings and rectus are fitted to moments instead
 * (passive_fit_test). SPDX-License-Identifier: Apache-2.0 */
#include "psoas/muscle.h"
#include "support/check.h"
#include "support/person.h"

// strain of the published tendon at a force; `end` is its strain at the strength     @millard2013
// toe: one quintic corner, doubled inner points half way, to 2/3 of the strength and slope 1.375/end; then straight
static double tendon_strain(double f, double end) {
  const double slope = 1.375/end, y = 2.0/3.0, x = end - (1.0 - y)/slope, foot = x - y/slope;
  if (f >= y) return x + (f - y)/slope;
  const double px[6] = {0.0, 0.5*foot, 0.5*foot, 0.5*(x + foot), 0.5*(x + foot), x};
  const double py[6] = {0.0, 0.0, 0.0, 0.5*y, 0.5*y, y};
  static const double binomial[6] = {1, 5, 10, 10, 5, 1};
  double lo = 0.0, hi = 1.0, at = 0.0;
  for (int i = 0; i < 60; i++) {
    const double u = 0.5*(lo + hi);
    double force = 0.0;
    at = 0.0;
    for (int k = 0; k < 6; k++) {
      const double w = binomial[k]*pow(u, k)*pow(1.0 - u, 5 - k);
      force += w*py[k];
      at += w*px[k];
    }
    if (force < f) lo = u;
    else hi = u;
  }
  return at;
}

static double fibre_strain(double f, double zero, double one) {
  double lo = zero, hi = one;
  for (int i = 0; i < 60; i++) {
    const double e = 0.5*(lo + hi);
    if (ps_muscle_passive(e, zero, one).f < f) lo = e;
    else hi = e;
  }
  return lo;
}

static void curves_hold_the_tendon(void **state) {
  (void)state;
  person_body man = person_open_man(1.74);
  // of the source's file: fibre strain at no force and at the strength, tendon slack over fibre length, strain of the tendon
  static const struct { const char *name; double zero, one, ratio, tendon; } row[] = {
      {"psoas_L3_TP_right", -0.076293, 0.503261, 0.85152, 0.049},       {"iliacus_middle_right", -0.160723, 0.502088, 0.90170, 0.049},
      {"adductor_longus_right", -0.194201, 0.501318, 1.21811, 0.049},   {"vastus_lateralis_right", 0.193475, 0.711135, 1.88889, 0.089},
      {"soleus_right", 0.040164, 0.765952, 6.39432, 0.119}};
  double worst = 0.0;
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const ps_muscle *p = &man.model->muscle[person_muscle(man.model, row[i].name)];
    assert_close(p->strain_zero, row[i].zero, 0.0, 1e-5);
    for (int k = 0; k < 8; k++) {
      const double f = 0.02 + 0.04*k;
      const double strain = fibre_strain(f, row[i].zero, row[i].one) + row[i].ratio*tendon_strain(f, row[i].tendon);
      const double off = ps_muscle_passive(strain, p->strain_zero, p->strain_one).f - f;
      worst = fmax(worst, fabs(off));
      assert_close(off, 0.0, 0.0, 0.016);
    }
  }
  printf("figure: rigid tendon and its curve against fibre and elastic tendon, up to 0.3 of the strength: off by at most %.3f of it\n",
         worst);
  person_close(&man);
}

static void the_tendon_curve_meets_its_ends(void **state) {
  (void)state;
  assert_close(tendon_strain(1.0, 0.049), 0.049, 1e-12, 0.0);
  assert_close(tendon_strain(0.0, 0.049), 0.0, 0.0, 1e-9);
  // value and slope where the toe ends
  const double y = 2.0/3.0, h = 1e-6;
  assert_close((tendon_strain(y + h, 0.049) - tendon_strain(y - h, 0.049))/(2.0*h), 0.049/1.375, 1e-4, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(curves_hold_the_tendon),
      cmocka_unit_test(the_tendon_curve_meets_its_ends),
  };
  return cmocka_run_group_tests_name("tendon", tests, NULL, NULL);
}
