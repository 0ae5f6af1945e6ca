/* Same input, same bits: on a second run, in any order, on one thread or two that share the body.
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"

enum { NKEPT = 4096 };

typedef struct kept {   // every number of a solved posture that a result may show, one after the other
  size_t count;
  double value[NKEPT];
} kept;

static void keep(kept *k, const double *v, int n) {
  for (int i = 0; i < n; i++) {
    if (k->count < NKEPT) k->value[k->count] = v[i];
    k->count++;
  }
}

static void keep_all(kept *k, const solved *s) {
  const ps_model *m = s->model;
  const ps_recruit *r = s->recruit;
  keep(k, s->state->q, m->ncoord);
  keep(k, s->state->length, m->nmuscle);
  keep(k, r->result.a, m->nmuscle);
  keep(k, r->result.y, r->problem.n);
  keep(k, r->active, m->nmuscle);
  keep(k, r->reserve, m->ncoord);
  keep(k, r->contact, 3*s->scene.nsupport);
  for (int level = 0; level < s->load->nlevel; level++) {
    const ps_load_share *t = &s->load->level[level].total;
    const double total[4] = {t->compression, t->anterior_shear, t->lateral_shear, t->flexion_moment};
    keep(k, total, 4);
    keep(k, &s->load->level[level].pressure, 1);
  }
  for (int i = 0; i < 2; i++) {
    keep(k, s->load->hip[i].force, 3);
    keep(k, s->load->hip[i].moment, 3);
    keep(k, s->load->sacroiliac[i].force, 3);
    keep(k, s->load->sacroiliac[i].moment, 3);
  }
}

typedef struct list {   // what one worker solves: jobs first, first + step, ...
  const solved_bench *bench;
  kept *out;
  int first, step;
  ps_status status;
} list;

enum { NEXPONENT = 2 };

static int job_count(const solved_bench *b) { return SOLVED_NPERSON*b->ntask*NEXPONENT; }

// no test macro in here: a thread cannot fail a test
static ps_status solve_job(const solved_bench *b, int job, kept *out) {
  const ps_model *m = b->model[job % SOLVED_NPERSON];
  const solved_task *t = &b->task[job/SOLVED_NPERSON % b->ntask];
  const ps_posture_request q = {.task = &t->task, .argument = t->argument, .side = t->side};
  ps_recruit_opts o = ps_recruit_default();
  o.p = 2.0 + (double)(job/SOLVED_NPERSON/b->ntask);
  solved s = {.model = m, .task = t};
  ps_error err = {0};
  ps_status status = ps_state_new(m, &s.state);
  if (status == PS_OK) status = ps_posture_apply(m, &q, s.state, &s.scene, &err);
  if (status == PS_OK) status = ps_recruit_new(m, &s.scene, &o, &s.recruit);
  if (status == PS_OK) status = ps_load_new(m, &s.load);
  if (status == PS_OK) status = ps_recruit_solve(s.recruit, s.state, false);
  if (status == PS_OK) {
    ps_load_compute(s.load, s.recruit, s.state);
    out->count = 0;
    keep_all(out, &s);
  }
  solved_free(&s);
  return status;
}

static void *work(void *argument) {
  list *l = argument;
  for (int job = l->first; job < job_count(l->bench) && l->status == PS_OK; job += l->step)
    l->status = solve_job(l->bench, job, &l->out[job]);
  return NULL;
}

static kept *take_room(const solved_bench *b) {
  kept *k = calloc((size_t)job_count(b), sizeof *k);
  assert_non_null(k);
  return k;
}

static void assert_same(const solved_bench *b, const kept *one, const kept *other) {
  for (int job = 0; job < job_count(b); job++) {
    assert_true(one[job].count > 1000 && one[job].count <= NKEPT);
    assert_int_equal(one[job].count, other[job].count);
    if (memcmp(one[job].value, other[job].value, one[job].count*sizeof(double)) != 0)
      fail_msg("%s: the bits differ", b->task[job/SOLVED_NPERSON % b->ntask].label);
  }
}

static void two_threads_give_the_bits_of_one(void **state) {
  const solved_bench *b = *state;
  kept *serial = take_room(b), *parallel = take_room(b);
  list all = {.bench = b, .out = serial, .first = 0, .step = 1};
  work(&all);
  assert_ok(all.status);
  list half[2] = {{.bench = b, .out = parallel, .first = 0, .step = 2},
                  {.bench = b, .out = parallel, .first = 1, .step = 2}};
  pthread_t thread[2];
  for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&thread[i], NULL, work, &half[i]), 0);
  for (int i = 0; i < 2; i++) assert_int_equal(pthread_join(thread[i], NULL), 0);
  for (int i = 0; i < 2; i++) assert_ok(half[i].status);
  assert_same(b, serial, parallel);
  printf("figure: %d solves on 1 and 2 threads: same bits\n", job_count(b));
  free(serial);
  free(parallel);
}

// one workspace used again and again leaves nothing behind that changes a cold solve
static void an_old_workspace_gives_the_bits_of_a_new_one(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_MAN];
  const solved_task *t = solved_find(b, "standing-flexed:36");
  solved s = solved_new(m, t, 3.0);
  static kept fresh, used;
  fresh.count = used.count = 0;
  keep_all(&fresh, &s);
  for (int i = 0; i < 5; i++) {
    const ps_posture_request other = {.task = &t->task, .argument = ps_rad(5.0 + 15.0*i)};
    assert_ok(ps_posture_apply(m, &other, s.state, &s.scene, NULL));
    assert_ok(ps_recruit_solve(s.recruit, s.state, i % 2 == 1));
    ps_load_compute(s.load, s.recruit, s.state);
  }
  const ps_posture_request again = {.task = &t->task, .argument = t->argument};
  assert_ok(ps_posture_apply(m, &again, s.state, &s.scene, NULL));
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  ps_load_compute(s.load, s.recruit, s.state);
  keep_all(&used, &s);
  assert_int_equal(fresh.count, used.count);
  assert_memory_equal(fresh.value, used.value, fresh.count*sizeof(double));
  solved_free(&s);
}

typedef struct comparison { double worst; int warm, cold; } comparison;

// a slow forward bend, each posture solved from the one before and from nothing
static comparison compare_warm(const ps_model *m, const solved_task *t, double p, double tolerance) {
  comparison c = {0.0, 0, 0};
  solved s = solved_new(m, t, p);
  s.recruit->opts.tolerance = tolerance;
  for (double deg = 2.0; deg < 88.0; deg += 1.7) {
    const ps_posture_request q = {.task = &t->task, .argument = ps_rad(deg)};
    assert_ok(ps_posture_apply(m, &q, s.state, &s.scene, NULL));
    assert_ok(ps_recruit_solve(s.recruit, s.state, true));
    const double objective = s.recruit->result.objective;
    c.warm += s.recruit->result.iterations;
    assert_int_equal(s.recruit->result.outcome, PS_CONVERGED);
    assert_ok(ps_recruit_solve(s.recruit, s.state, false));
    c.cold += s.recruit->result.iterations;
    c.worst = fmax(c.worst, fabs(objective/s.recruit->result.objective - 1.0));
  }
  solved_free(&s);
  return c;
}

// a warm start changes the way, not the answer
static void warm_and_cold_reach_the_same_objective(void **state) {
  const solved_bench *b = *state;
  const solved_task *t = solved_find(b, "standing-flexed:36");
  for (double p = 2.0; p <= 3.0; p += 1.0) {
    const comparison normal = compare_warm(b->model[SOLVED_MAN], t, p, ps_recruit_default().tolerance);
    const comparison tight = compare_warm(b->model[SOLVED_MAN], t, p, 1e-11);
    assert_true(tight.worst <= 1e-9);
    // rows may be off by tolerance x largest load, and the objective by multipliers times that
    assert_true(normal.worst <= 1e-7);
    printf("figure: p = %g: objective warm against cold %.1e, at tolerance 1e-11 %.1e; steps in all: warm "
           "%d, cold %d\n", p, normal.worst,
           tight.worst, normal.warm, normal.cold);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_threads_give_the_bits_of_one),
      cmocka_unit_test(an_old_workspace_gives_the_bits_of_a_new_one),
      cmocka_unit_test(warm_and_cold_reach_the_same_objective),
  };
  return cmocka_run_group_tests_name("repeat", tests, solved_bench_open, solved_bench_close);
}
