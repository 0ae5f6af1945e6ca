/* Nothing on the way from a task to its loads allocates memory, and what does allocate says when there is none. The linker
 * sends every call of an allocator through here (see the Makefile). SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_mjcf.h"
#include "app/files/share_dump.h"
#include "psoas/equilibrium.h"
#include "psoas/posterior.h"
#include "psoas/quantity.h"
#include "psoas/tightness.h"
#include "psoas/uncertain.h"
#include "psoas/vec.h"
#include "support/check.h"
#include "support/solved.h"

static int ncall;          // of any allocator since it was last set to zero
static int fails_at = -1;  // that call gives nothing; -1 = none does

static bool is_refused(void) { return ncall++ == fails_at; }

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
int __real_posix_memalign(void **out, size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
int __wrap_posix_memalign(void **out, size_t alignment, size_t size);

void *__wrap_malloc(size_t size) {
  return is_refused() ? NULL : __real_malloc(size);
}
void *__wrap_calloc(size_t count, size_t size) {
  return is_refused() ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *old, size_t size) {
  return is_refused() ? NULL : __real_realloc(old, size);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size) {
  return is_refused() ? NULL : __real_aligned_alloc(alignment, size);
}
int __wrap_posix_memalign(void **out, size_t alignment, size_t size) {
  return is_refused() ? ENOMEM : __real_posix_memalign(out, alignment, size);
}

// the count itself works: making a workspace is seen
static void the_counter_counts(void **state) {
  const solved_bench *b = *state;
  ps_state *s = NULL;
  ncall = 0;
  assert_ok(ps_state_new(b->model[0], &s));
  assert_int_equal(ncall, 1);
  ps_state_free(s);
}

static void no_call(const char *what, const char *where) {
  if (ncall != 0) fail_msg("%s allocated %d times in %s", what, ncall, where);
}

static void run_task(const ps_model *m, const solved_task *t, double p) {
  solved s = solved_new(m, t, p);
  const ps_posture_request q = {.task = &t->task, .argument = t->argument, .side = t->side};
  ps_error err = {0};
  ncall = 0;
  assert_ok(ps_posture_apply(m, &q, s.state, &s.scene, &err));
  no_call("ps_posture_apply", t->label);
  ps_state_kinematics(s.state);
  ps_state_paths(s.state);
  no_call("ps_state", t->label);
  assert_ok(ps_recruit_solve(s.recruit, s.state, false));
  assert_ok(ps_recruit_solve(s.recruit, s.state, true));
  no_call("ps_recruit_solve", t->label);
  ps_load_compute(s.load, s.recruit, s.state);
  no_call("ps_load_compute", t->label);
  const ps_solution x = {.state = s.state, .recruit = s.recruit, .load = s.load};
  double quantity[PS_QUANTITY_MAX];
  ps_quantity_read(&x, PS_EFFECT_STANDING, quantity);
  no_call("ps_quantity_read", t->label);
  solved_free(&s);
}

static void no_allocation_in_an_equilibrium(void **state) {
  const solved_bench *b = *state;
  ps_model *m = b->model[SOLVED_MAN];
  const ps_posture_request q = {.task = &solved_find(b, "standing")->task, .side = PS_RIGHT};
  const ps_tightness_entry t = {.group = "iliopsoas", .side = PS_LEFT, .shortening = 0.05, .stiffness = 1.0};
  ps_equilibrium *eq = NULL;
  ps_error err = {0};
  assert_ok(ps_equilibrium_new(m, &q, NULL, &eq, &err));
  assert_ok(ps_model_set_tightness(m, &t, 1, &err));
  ps_equilibrium_result r;
  ps_equilibrium_starts starts;
  ncall = 0;
  assert_ok(ps_equilibrium_solve(eq, m, &r));
  assert_ok(ps_equilibrium_restart(eq, 1, ps_rad(0.5), 1, &starts));
  no_call("ps_equilibrium_solve", "standing");
  assert_ok(ps_equilibrium_refer(eq, m));
  no_call("ps_equilibrium_refer", "standing");
  ps_equilibrium_free(eq);
  assert_ok(ps_model_set_tightness(m, NULL, 0, &err));
}

// each of its allocations refused in turn: an error, and nothing left behind
static void an_equilibrium_without_memory_says_so(void **state) {
  const solved_bench *b = *state;
  const ps_posture_request q = {.task = &solved_find(b, "standing")->task, .side = PS_RIGHT};
  ps_equilibrium_opts o = ps_equilibrium_default();
  o.recruit.p = 3.0;
  ps_error err = {0};
  int n = 0;
  for (;; n++) {
    ps_equilibrium *eq = NULL;
    ncall = 0;
    fails_at = n;
    const ps_status status = ps_equilibrium_new(b->model[SOLVED_MAN], &q, &o, &eq, &err);
    fails_at = -1;
    ps_equilibrium_free(eq);
    if (status == PS_OK) break;
    assert_int_equal(status, PS_ENOMEM);
    assert_null(eq);
  }
  assert_int_equal(n, 4);
}

static void no_allocation_from_task_to_loads(void **state) {
  const solved_bench *b = *state;
  for (int k = 0; k < b->ntask; k++)
    for (double p = 2.0; p <= 3.0; p += 0.5) run_task(b->model[SOLVED_MAN], &b->task[k], p);
}

static void no_allocation_in_the_thomas_test(void **state) {
  const solved_bench *b = *state;
  const ps_model *m = b->model[SOLVED_WOMAN];
  const ps_thomas_setup setup = ps_thomas_setup_default();
  solved s = solved_new(m, solved_find(b, "modified-thomas:left"), 2.0);
  ps_error err = {0};
  double shortening = -1.0, hip = 0.0, knee = 0.0;
  ncall = 0;
  assert_ok(ps_posture_hang(m, PS_LEFT, s.state, &err));
  no_call("ps_posture_hang", "modified-thomas:left");
  assert_ok(ps_tightness_thomas(m, PS_RIGHT, &setup, 0.07, s.state, &hip, &knee, &err));
  no_call("ps_tightness_thomas", "the right side");
  assert_ok(ps_tightness_invert(m, PS_RIGHT, &setup, hip, s.state, &shortening, &err));
  no_call("ps_tightness_invert", "the right side");
  solved_free(&s);
}

static void no_allocation_in_the_posterior(void **state) {
  const solved_bench *b = *state;
  ps_state *s = NULL;
  assert_ok(ps_state_new(b->model[SOLVED_WOMAN], &s));
  static unsigned char memory[1 << 19];
  static ps_surrogate g;
  static ps_posterior post;
  ps_arena arena;
  ps_arena_init(&arena, memory, sizeof memory);
  const ps_subject who = {b->model[SOLVED_WOMAN], s, ps_prior_default()};
  const ps_readings q = {.side = {{.has_thomas = true, .is_controlled = true, .hip_angle = -0.1}}};
  const ps_infer_opts o = {.seed = 1, .nburn = 10, .nkeep = 100, .ndraw = 100};
  ncall = 0;
  assert_ok(ps_surrogate_fit(&who, 1, &arena, &g, NULL));
  no_call("ps_surrogate_fit", "the right side");
  assert_ok(ps_posterior_infer(&g, &q, &o, &arena, &post, NULL));
  no_call("ps_posterior_infer", "the right side");
  assert_int_equal(arena.used, 0);
  ps_state_free(s);
}

static void no_allocation_in_what_is_not_known(void **state) {
  const solved_bench *b = *state;
  enum { NDRAW = 120, NINPUT = PS_NASSUMPTION };
  static double x[NDRAW*NINPUT], y[NDRAW], first[NINPUT], total[NINPUT], phi[1 + 2*NINPUT + NINPUT*(NINPUT - 1)/2];
  static _Alignas(64) unsigned char memory[1 << 20], tables[1 << 18];
  ps_assumption_rows rows;
  for (int i = 0; i < NINPUT; i++) rows.row[i] = (ps_assumption_row){.centre = 1.0, .spread = 0.01};
  const ps_body_case in = {.anatomy = *files_anatomy_view(b->anatomy), .person = solved_person_of(SOLVED_WOMAN),
                           .body = ps_body_default(), .equilibrium = ps_equilibrium_default()};
  ps_body_case out;
  ps_chaos_input input[NINPUT];
  ps_arena arena, storage;
  ps_arena_init(&arena, memory, sizeof memory);
  ps_arena_init(&storage, tables, sizeof tables);
  ncall = 0;
  for (int i = 0; i < NDRAW; i++) {
    double z[NINPUT];
    ps_assumptions_draw(1, i, z);
    const ps_assumptions v = ps_assumptions_at(&rows, z);
    ps_arena_release(&storage, 0);
    assert_ok(ps_assumptions_apply(&rows, &v, &in, &storage, &out, NULL));
    for (int k = 0; k < NINPUT; k++) x[i*NINPUT + k] = ps_assumptions_x(&rows, (ps_assumption)k, z[k]);
    y[i] = out.anatomy.muscle[0].area_m2;
  }
  for (int k = 0; k < NINPUT; k++) input[k] = ps_assumptions_input(&rows, &in.person, (ps_assumption)k);
  const ps_chaos_data data = {.n = NDRAW, .d = NINPUT, .nq = 1, .x = x, .y = y};
  ps_chaos fit;
  ps_interval interval;
  assert_ok(ps_chaos_fit(&data, input, 30, &arena, &fit, NULL));
  ps_chaos_eval(&fit, x, phi, y);
  ps_chaos_shares(&fit, first, total);
  assert_ok(ps_chaos_intervals(&fit, &data, x, NDRAW, &arena, &interval));
  no_call("what is not known", "the library");
}

// a call with its first, second, ... allocation refused, until one run needs no more
typedef ps_status (*attempt)(const solved *s, FILE *f);

static ps_status make_state(const solved *s, FILE *f) {
  (void)f;
  ps_state *x = (ps_state *)8;
  const ps_status status = ps_state_new(s->model, &x);
  if (status == PS_OK) ps_state_free(x);
  else assert_null(x);
  return status;
}

static ps_status make_recruit(const solved *s, FILE *f) {
  (void)f;
  ps_recruit *x = (ps_recruit *)8;
  const ps_status status = ps_recruit_new(s->model, &s->scene, NULL, &x);
  if (status == PS_OK) ps_recruit_free(x);
  else assert_null(x);
  return status;
}

static ps_status make_load(const solved *s, FILE *f) {
  (void)f;
  ps_load *x = (ps_load *)8;
  const ps_status status = ps_load_new(s->model, &x);
  if (status == PS_OK) ps_load_free(x);
  else assert_null(x);
  return status;
}

static ps_status export_body(const solved *s, FILE *f) { return files_mjcf_write(f, s->model); }

static ps_status read_dump(const solved *s, FILE *f) {
  (void)s;
  files_share x;
  const ps_status status = files_share_read(f, "dump", &x, NULL);
  if (status == PS_OK) files_share_free(&x);
  return status;
}

static void no_memory_is_said(void **state) {
  const solved_bench *b = *state;
  static const attempt all[] = {make_state, make_recruit, make_load, export_body, read_dump};
  static const int needs[] = {1, 1, 1, 1, 2};
  solved s = solved_new(b->model[SOLVED_MAN], solved_find(b, "stair:left"), 2.0);
  FILE *dump = tmpfile(), *sink = tmpfile();
  assert_true(dump && sink);
  assert_ok(files_share_write(dump, &s.recruit->problem));
  for (size_t i = 0; i < sizeof all/sizeof *all; i++) {
    ps_status status = PS_ENOMEM;
    int n = 0;
    for (; n < 9 && status == PS_ENOMEM; n++) {
      rewind(dump);
      ncall = 0;
      fails_at = n;
      status = all[i](&s, all[i] == read_dump ? dump : sink);
      fails_at = -1;
    }
    assert_ok(status);
    assert_int_equal(n - 1, needs[i]);
  }
  fclose(dump);
  fclose(sink);
  solved_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_counter_counts),
      cmocka_unit_test(no_allocation_from_task_to_loads),
      cmocka_unit_test(no_allocation_in_an_equilibrium),
      cmocka_unit_test(an_equilibrium_without_memory_says_so),
      cmocka_unit_test(no_allocation_in_the_thomas_test),
      cmocka_unit_test(no_allocation_in_the_posterior),
      cmocka_unit_test(no_allocation_in_what_is_not_known),
      cmocka_unit_test(no_memory_is_said),
  };
  return cmocka_run_group_tests_name("alloc", tests, solved_bench_open, solved_bench_close);
}
