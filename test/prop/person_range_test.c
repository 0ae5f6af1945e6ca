/* Every person inside the documented ranges has a body, whose fibres fit their paths.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_anatomy.h"
#include "psoas/model.h"
#include "psoas/vec.h"
#include "support/check.h"

static void build(const ps_anatomy *tables, const ps_person *person) {
  ps_model *m = NULL;
  ps_error err = {PS_OK, 0, "", ""};
  const ps_status status = ps_model_new(tables, person, NULL, &m, &err);
  if (status != PS_OK)
    fail_msg("%s, %g years, %g m, incidence %g, lordosis %g: %s", person->is_female ? "female" : "male", person->age_years,
             person->height_m, ps_deg(person->incidence_rad), ps_deg(person->lordosis_rad), err.msg);
  for (int i = 0; i < m->nmuscle; i++) {
    if (m->muscle[i].is_pressure) continue;
    assert_true(m->muscle[i].tendon_length > 0.0);
    assert_true(m->muscle[i].optimal_length > 0.0);
    assert_close(m->muscle[i].optimal_length, m->muscle[m->muscle[i].mirror].optimal_length, 1e-12, 0.0);
  }
  ps_model_free(m);
}

static void every_measured_shape_has_a_body(void **state) {
  (void)state;
  files_anatomy *anatomy = NULL;
  assert_ok(files_anatomy_load(files_source_packed(), &anatomy, NULL));
  static const double incidence[] = {20.0, 35.7, 50.0, 53.0, 65.0, 80.3, 95.0}, lordosis[] = {5.0, 31.7, 57.0, 78.3, 100.0};
  for (size_t i = 0; i < sizeof incidence/sizeof *incidence; i++)
    for (size_t k = 0; k < sizeof lordosis/sizeof *lordosis; k++)
      build(files_anatomy_view(anatomy), &(ps_person){.is_female = (i + k) % 2 == 1, .age_years = 35.0, .height_m = 1.30 + 0.2*(double)k,
                                                       .mass_kg = 70.0, .has_incidence = true, .incidence_rad = ps_rad(incidence[i]),
                                                       .has_lordosis = true, .lordosis_rad = ps_rad(lordosis[k])});
  files_anatomy_free(anatomy);
}

static void every_age_has_a_body(void **state) {
  (void)state;
  files_anatomy *anatomy = NULL;
  assert_ok(files_anatomy_load(files_source_packed(), &anatomy, NULL));
  for (double age = 16.0; age <= 100.0; age += 7.0)
    for (int sex = 0; sex < 2; sex++)
      build(files_anatomy_view(anatomy), &(ps_person){.is_female = sex == 1, .age_years = age, .height_m = 1.70, .mass_kg = 66.0});
  files_anatomy_free(anatomy);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_age_has_a_body),
      cmocka_unit_test(every_measured_shape_has_a_body),
  };
  return cmocka_run_group_tests_name("person_range", tests, NULL, NULL);
}
