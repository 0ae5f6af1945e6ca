/* Does a solved posture stand still? Every joint, the whole body on its supports, and the conditions of the optimum, from
 * forces on bodies. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/share_dual.h"
#include "support/solved.h"
#include "support/wrench.h"

static double weight_of(const ps_model *m) { return m->mass*m->gravity; }

typedef struct worst { double value; char where[128]; } worst;

static void note(worst *w, double value, const solved *s, const char *what) {
  if (!(fabs(value) >= w->value)) return;
  w->value = fabs(value);
  snprintf(w->where, sizeof w->where, "%s of %s, %.0f kg", what, s->task->label, s->model->mass);
}

// passive moment of a joint by its definition, the hip's capsule included
static double passive_moment(const solved *s, int j) {
  const ps_coord *c = &s->model->coord[j];
  const double q = s->state->q[j];
  double moment = -c->linear*q - c->cubic*q*q*q;
  if (strncmp(c->name, "hip_flexion_", 12) == 0) moment += ps_muscle_capsule(s->model, q);
  return moment;
}

static void joint_residuals(const solved *s, void *into) {
  const ps_model *m = s->model;
  static wrench_set set;
  memset(&set, 0, sizeof set);
  wrench_gravity(&set, s->state);
  wrench_outside(&set, s->recruit, s->state);
  wrench_fascicles(&set, s->recruit, s->state);
  for (int j = 0; j < m->ncoord; j++) {
    if (!m->coord[j].is_balanced) continue;
    const wrench sum = wrench_sum(&set, m, m->coord[j].body, false);
    double moment[3];
    wrench_moment_about(&sum, s->state->o + 3*m->coord[j].body, moment);
    const double *axis = s->state->w + 3*j;
    const double outside = ps_dot(axis, m->coord[j].is_translation ? sum.f : moment);
    const double all = outside + passive_moment(s, j) + s->recruit->reserve[j];
    note(into, all, s, m->coord[j].name);
    assert_close(all, 0.0, 0.0, 1e-8*weight_of(m));
  }
}

static void every_joint_is_in_equilibrium(void **state) {
  const solved_bench *b = *state;
  worst w = {0.0, ""};
  solved_each(b, SOLVED_MAN, SOLVED_TALL, 2.0, joint_residuals, &w);
  solved_each(b, SOLVED_MAN, SOLVED_TALL, 3.0, joint_residuals, &w);
  printf("figure: largest moment left in a joint, from wrenches: %.1e N m (%s), %d tasks, 3 persons, p = 2 "
         "and 3\n", w.value,
         w.where, b->ntask);
}

static void ground_residuals(const solved *s, void *into) {
  const ps_model *m = s->model;
  static wrench_set set;
  memset(&set, 0, sizeof set);
  wrench_gravity(&set, s->state);
  wrench_outside(&set, s->recruit, s->state);
  const wrench sum = wrench_sum(&set, m, 0, false);
  double com[3], moment[3];
  ps_state_com(s->state, com);
  wrench_moment_about(&sum, com, moment);
  for (int k = 0; k < 3; k++) {
    note(into, sum.f[k]/weight_of(m), s, "force");
    assert_close(sum.f[k], 0.0, 0.0, 1e-6*weight_of(m));
    note(into, moment[k]/(weight_of(m)*m->person.height_m), s, "moment");
    assert_close(moment[k], 0.0, 0.0, 1e-6*weight_of(m)*m->person.height_m);
  }
  assert_false(s->recruit->warn & PS_WARN_UNBALANCED);
}

static void contacts_carry_the_weight(void **state) {
  worst w = {0.0, ""};
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 2.0, ground_residuals, &w);
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 3.0, ground_residuals, &w);
  printf("figure: contacts against weight: %.1e of it at worst (%s)\n", w.value, w.where);
}

static void contact_cones(const solved *s, void *into) {
  double *steepest = into;
  for (int i = 0; i < s->scene.nsupport; i++) {
    const ps_support *p = &s->scene.support[i];
    const double *f = s->recruit->contact + 3*i, normal = ps_dot(f, p->normal);
    double along[3];
    ps_vec_copy(along, f);
    ps_axpy(along, -normal, p->normal);
    assert_true(normal >= 0.0);
    assert_true(ps_norm(along) <= p->friction*normal*(1.0 + 1e-12) + 1e-12);
    if (p->friction > 0.0 && normal > 1.0) *steepest = fmax(*steepest, ps_norm(along)/(p->friction*normal));
  }
}

static void contacts_push_within_friction(void **state) {
  double steepest = 0.0;
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 2.0, contact_cones, &steepest);
  assert_true(steepest > 0.0);
  printf("figure: largest share of the friction used by a contact: %.2f\n", steepest);
}

static void activations_and_forces(const solved *s, void *into) {
  int *saturated = into;
  const ps_recruit *r = s->recruit;
  for (int i = 0; i < s->model->nmuscle; i++) {
    const ps_muscle *p = &s->model->muscle[i];
    const double a = r->result.a[i], sign = p->is_pressure ? -1.0 : 1.0;
    const ps_muscle_force can = ps_muscle_at(p, s->state->length[i]);
    assert_true(a >= 0.0 && a <= 1.0);
    assert_close(r->active[i], (p->tone + (1.0 - p->tone)*a)*can.active, 1e-14, 0.0);
    assert_close(r->passive[i], can.passive, 0.0, 0.0);
    assert_true(sign*r->active[i] >= 0.0 && r->passive[i] >= 0.0);
    *saturated += a > 1.0 - 1e-9;
  }
}

static void activations_stay_between_0_and_1(void **state) {
  int saturated = 0;
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 2.0, activations_and_forces, &saturated);
  printf("figure: fascicles at full activation, all tasks and persons: %d\n", saturated);
}

static void joint_reserves(const solved *s, void *into) {
  for (int j = 0; j < s->model->ncoord; j++)
    if (s->model->coord[j].body != 0) note(into, s->recruit->reserve[j], s, s->model->coord[j].name);
}

// the promise is for the reference man; for the others the figure is shown
static void reserves_are_small(void **state) {
  for (int i = 0; i < SOLVED_NPERSON; i++) {
    for (double p = 2.0; p <= 3.0; p += 1.0) {
      worst w = {0.0, ""};
      solved_each(*state, (solved_person)i, (solved_person)i, p, joint_reserves, &w);
      printf("figure: largest reserve, %s, p = %g: %.2f N m "
             "(%s)\n", solved_person_name((solved_person)i), p, w.value, w.where);
      if (i == SOLVED_MAN) assert_true(w.value < 1.0);
    }
  }
}

typedef struct optimum { worst kkt, gap; } optimum;

static void optimality(const solved *s, void *into) {
  optimum *o = into;
  const ps_share_problem *q = &s->recruit->problem;
  const ps_share_result *x = &s->recruit->result;
  double violation = 0.0;
  const double kkt = share_kkt_outside(q, x), objective = share_primal(q, x->a, x->s, x->r, &violation);
  const double gap = objective - share_dual(q, x->y, NULL);
  assert_int_equal(x->outcome, PS_CONVERGED);
  assert_close(x->objective, objective, 1e-12, 0.0);
  note(&o->kkt, kkt, s, "KKT");
  note(&o->gap, gap/objective, s, "gap");
  assert_true(kkt < 1e-6);
  assert_close(gap, 0.0, 0.0, 1e-6*objective);
}

static void the_optimum_holds_outside_the_solver(void **state) {
  optimum o = {{0.0, ""}, {0.0, ""}};
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 2.0, optimality, &o);
  solved_each(*state, SOLVED_MAN, SOLVED_TALL, 3.0, optimality, &o);
  printf("figure: KKT recomputed outside: %.1e (%s)\n", o.kkt.value, o.kkt.where);
  printf("figure: duality gap over objective: %.1e (%s)\n", o.gap.value, o.gap.where);
}

// gravity's generalised force is the slope of the potential energy
static void gravity_is_the_slope_of_height(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  solved s = solved_new(m, solved_find(b, "twist:20"), 2.0);
  double force[256], com[3];
  ps_recruit_gravity(s.state, force);
  for (int j = 0; j < m->ncoord; j++) {
    static const double H = 1e-6;
    const double q = s.state->q[j];
    double height[2];
    for (int k = 0; k < 2; k++) {
      s.state->q[j] = q + (k ? H : -H);
      ps_state_kinematics(s.state);
      ps_state_com(s.state, com);
      height[k] = com[1];
    }
    s.state->q[j] = q;
    assert_close(force[j], -weight_of(m)*(height[1] - height[0])/(2.0*H), 1e-7, 1e-6);
  }
  solved_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_joint_is_in_equilibrium),
      cmocka_unit_test(contacts_carry_the_weight),
      cmocka_unit_test(contacts_push_within_friction),
      cmocka_unit_test(activations_stay_between_0_and_1),
      cmocka_unit_test(reserves_are_small),
      cmocka_unit_test(the_optimum_holds_outside_the_solver),
      cmocka_unit_test(gravity_is_the_slope_of_height),
  };
  return cmocka_run_group_tests_name("balance", tests, solved_bench_open, solved_bench_close);
}
