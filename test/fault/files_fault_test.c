// An allocator that refuses the n-th request, for each n, over everything between a file and a report. Linked with
// --wrap=malloc and the like; the JSON library asks through app/files/files_json.c. After each refusal the status is clean,
// nothing half made is handed out, and what was taken is given back (counted here; found by LeakSanitizer in make check).
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/assess/assess.h"
#include "app/assess/draws.h"
#include "app/files/files_anatomy.h"
#include "app/files/files_exam_form.h"
#include "app/files/files_json.h"
#include "app/files/files_task.h"
#include "app/files/files_text.h"
#include "app/files/files_uncertainty.h"
#include "app/files/share_dump.h"
#include "app/files/task_library.h"
#include "app/report/exam_check_text.h"
#include "app/report/explain.h"
#include "app/report/html_assess.h"
#include "app/report/letter.h"
#include "app/report/pathway_report.h"
#include "app/report/result_json.h"
#include "app/report/validate_report.h"
#include "psoas/load.h"
#include "support/check.h"
#include "support/reference.h"

// ---- the allocator -----------------------------------------------------------------------------------------------

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

static _Atomic long requests, held;  // drawn bodies have threads of their own
static long refuse_at;               // 0: refuse nothing

static bool is_refused(void) { return ++requests == refuse_at; }

static void *count(void *memory) {
  held += memory != NULL;
  return memory;
}

void *__wrap_malloc(size_t size) { return is_refused() ? NULL : count(__real_malloc(size)); }
void *__wrap_calloc(size_t n, size_t size) { return is_refused() ? NULL : count(__real_calloc(n, size)); }

void *__wrap_realloc(void *memory, size_t size) {
  if (is_refused()) return NULL;
  void *more = __real_realloc(memory, size);
  held += !memory && more;
  return more;
}

void __wrap_free(void *memory) {
  held -= memory != NULL;
  __real_free(memory);
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*work)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*work)(void *), void *context);

static int threads_asked, first_refused = INT_MAX;  // the threads from this one on are refused

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*work)(void *), void *context) {
  return ++threads_asked >= first_refused ? EAGAIN : __real_pthread_create(thread, how, work, context);
}

// ---- one thing after the other -----------------------------------------------------------------------------------

typedef struct bench {           // what the stages stand on; made once, without refusals
  files_anatomy *anatomy;
  files_uncertainty uncertainty;
  files_clinical *clinical;
  files_person person;
  files_exam *exam;
  ps_model *model;
  ps_state *state;
  ps_scene scene;
  ps_task task;
  assess_result *result;
  assess_result *stated;         // of one whose tightness is stated: there is no posterior to wait for
  clinic_pathways judged;
  report_pathways pathways;
  char *json;                    // of the assessment, whole
} bench;

/** A stage does its work and undoes it; what it returns says whether it could. */
typedef ps_status (*stage)(const bench *b);

static ps_status load_anatomy(const bench *b) {
  (void)b;
  files_anatomy *a = NULL;
  ps_error err = {0};
  const ps_status status = files_anatomy_load(files_source_packed(), &a, &err);
  assert_true((status == PS_OK) == (a != NULL));
  if (status != PS_OK) assert_true(err.code == status && err.msg[0]);
  files_anatomy_free(a);
  return status;
}

static ps_status load_anatomy_from_folder(const bench *b) {
  (void)b;
  files_anatomy *a = NULL;
  const ps_status status = files_anatomy_load(files_source_folder("test/fixture"), &a, NULL);
  assert_true((status == PS_OK) == (a != NULL));
  files_anatomy_free(a);
  return status;
}

static ps_status load_uncertainty(const bench *b) {
  (void)b;
  files_uncertainty u;
  ps_error err = {0};
  const ps_status status = files_uncertainty_load(files_source_packed(), &u, &err);
  if (status != PS_OK) assert_true(err.code == status && err.msg[0]);
  return status;
}

static const char PERSON[] =
    "{\"sex\":\"female\",\"age_years\":52,\"height_m\":1.68,\"mass_kg\":63.5,\"lordosis\":{\"deg\":44,\"method\":\"radiograph_L1_S1\"},"
    "\"thomas_right\":{\"hip_angle_deg\":4.5,\"knee_flexion_deg\":61,\"pelvis_controlled\":true},"
    "\"tightness\":[{\"muscle\":\"rectus_femoris\",\"side\":\"left\",\"tone\":0.01}]}";

static ps_status load_person(const bench *b) {
  (void)b;
  files_person p;
  ps_error err = {0};
  memset(&p, 0x5A, sizeof p);
  const ps_status status = files_person_parse("p.json", PERSON, sizeof PERSON - 1, NULL, &p, &err);
  if (status != PS_OK) {
    assert_int_equal(((const unsigned char *)&p)[sizeof p/2], 0x5A);
    assert_string_equal(err.where, "p.json");
  }
  return status;
}

static ps_status load_clinical(const bench *b) {
  (void)b;
  files_clinical *c = NULL;
  ps_error err = {0};
  const ps_status status = files_clinical_load(files_source_packed(), &c, &err);
  assert_true((status == PS_OK) == (c != NULL));
  if (status != PS_OK) assert_int_equal(err.code, status);
  files_clinical_free(c);
  return status;
}

static ps_status load_exam(const bench *b) {
  static const char text[] =
      "{\"sex\":\"female\",\"age_years\":52,\"height_m\":1.68,\"mass_kg\":63.5,\"//\":[\"a\",\"b\"],\"exam_date\":\"2026-02-28\","
      "\"thomas_right\":{\"knee_above_hip_m\":[0.01,0.02],\"thigh_length_m\":0.4,\"knee_flexion_deg\":61,\"pelvis_controlled\":true},"
      "\"safety\":{\"form\":\"short\",\"answers\":{\"RF05\":{\"main\":\"yes\"}},\"reviewed\":[\"RF11\"]},\"contraindications\":{\"CI03\":\"no\"},"
      "\"pain\":{\"onset\":\"sudden\",\"map\":[{\"region\":\"groin\",\"side\":\"left\",\"intensity_0_10\":3,\"quality\":[\"ache\"]}]},"
      "\"movement_tests\":{\"slr_left\":{\"deg\":[40,41],\"method\":\"phone\",\"device\":\"mine\"},\"fadir_pain_left\":\"no\"},"
      "\"causes\":{\"sports\":[\"running\"]},\"role\":{\"qualification\":\"six years\",\"competencies\":[\"none\"]}}";
  static files_exam exam;
  ps_error err = {0};
  memset(&exam, 0x5A, sizeof exam);
  const files_exam_tables tables = {b->clinical, files_anatomy_view(b->anatomy)};
  const ps_status status = files_exam_parse("e.json", text, sizeof text - 1, &tables, &exam, &err);
  if (status != PS_OK) {
    assert_int_equal(((const unsigned char *)&exam)[sizeof exam/2], 0x5A);
    assert_string_equal(err.where, "e.json");
    return status;
  }
  assert_int_equal(exam.exam.npain, 1);
  files_exam_close(&exam);
  return PS_OK;
}

static ps_status load_exam_from_disk(const bench *b) {
  static files_exam exam;
  memset(&exam, 0, sizeof exam);
  const ps_status status = files_exam_load("test/fuzz/corpus/exam/full.json", &(files_exam_tables){b->clinical, NULL}, &exam, NULL);
  assert_true((status == PS_OK) == (exam.root != NULL));
  files_exam_close(&exam);
  return status;
}

// as the program prints it: whole, or not at all
static ps_status whole_text(json_t *root) {
  const bool is_whole = files_json_is_whole();
  char *text = root && is_whole ? json_dumps(root, JSON_COMPACT) : NULL;
  json_decref(root);
  const bool is_written = files_json_is_whole() && text;
  free(text);
  return is_written ? PS_OK : PS_ENOMEM;
}

static ps_status empty_exam(const bench *b) { return whole_text(files_exam_template(b->clinical, true)); }
static ps_status list_fields(const bench *b) {
  return whole_text(files_exam_fields_json(&files_clinical_evidence(b->clinical)->fields));
}

static ps_status check_exam(const bench *b) {
  const report_exam_check report = {b->clinical, b->exam};
  json_t *root = json_object();
  if (root) report_exam_check_json(root, &report);
  return whole_text(root);
}

static ps_status write_letter(const bench *b) {
  const clinic_safety_tables *t = files_clinical_safety(b->clinical);
  const clinic_screen screen = {.part = {CLINIC_YES}};
  clinic_safety safety;
  clinic_safety_decide(t, &screen, &safety);
  const report_safety said = {t, &screen, &safety};
  const report_letter_head head = {.age_years = 44.0};
  report_letter letter;
  assert_true(report_letter_make(&said, &head, &letter));
  char *page = NULL;
  size_t size = 0;
  ps_error err = {0};
  const ps_status status = report_letter_html(&letter, &page, &size, &err);
  assert_true((status == PS_OK) == (page != NULL));
  free(page);
  return status;
}

static ps_status load_task(const bench *b) {
  (void)b;
  ps_task t;
  ps_error err = {0};
  const ps_status status = task_library_find("half-kneeling-lunge", &t, &err);
  if (status != PS_OK) assert_non_null(strstr(err.msg, "memory"));
  return status;
}

static ps_status read_file(const bench *b) {
  (void)b;
  files_text text = {0};
  const ps_status status = files_text_read("test/fixture/anatomy/bodies.csv", 1u << 20, &text, NULL);
  files_text_free(&text);
  return status;
}

static ps_status new_body(const bench *b) {
  ps_model *m = NULL;
  ps_state *s = NULL;
  ps_error err = {0};
  ps_status status = ps_model_new(files_anatomy_view(b->anatomy), &b->person.body, NULL, &m, &err);
  assert_true((status == PS_OK) == (m != NULL));
  if (status == PS_OK) status = ps_state_new(m, &s);
  ps_state_free(s);
  ps_model_free(m);
  return status;
}

static ps_status solve_posture(const bench *b) {
  ps_recruit *r = NULL;
  ps_load *l = NULL;
  ps_status status = ps_recruit_new(b->model, &b->scene, NULL, &r);
  if (status == PS_OK) status = ps_load_new(b->model, &l);
  if (status == PS_OK) status = ps_recruit_solve(r, b->state, false);
  if (status == PS_OK) {
    ps_load_compute(l, r, b->state);
    const ps_posture_request q = {.task = &b->task};
    const report_solution x = {&q, b->state, r, l, ""};
    json_t *root = report_solve_json(&x);
    if (!files_json_is_whole()) status = PS_ENOMEM;
    json_decref(root);
  }
  ps_load_free(l);
  ps_recruit_free(r);
  return status;
}

static ps_status assess(const bench *b) {
  assess_result *r = NULL;
  ps_error err = {0};
  const assess_opts o = {.seed = 1, .ndraw = 0, .p = 2.0};
  const ps_status status = assess_run(files_anatomy_view(b->anatomy), &b->person, &o, &r, &err);
  assert_true((status == PS_OK) == (r != NULL));
  if (status != PS_OK) assert_true(err.code == status && err.msg[0]);
  assess_free(r);
  return status;
}

// whole, with drawn bodies
static ps_status assess_with_draws(const bench *b) {
  assess_result *r = NULL;
  ps_error err = {0};
  const assess_opts o = {.seed = 1, .ndraw = 2, .p = 2.0, .nthread = 1, .uncertainty = &b->uncertainty};
  const ps_status status = assess_run(files_anatomy_view(b->anatomy), &b->stated->person, &o, &r, &err);
  assert_true((status == PS_OK) == (r != NULL));
  if (status != PS_OK) assert_true(err.code == status && err.msg[0]);
  assess_free(r);
  return status;
}

// one drawn body alone
static ps_status draw_body(const bench *b) {
  assess_draws *d = NULL;
  const assess_opts o = {.seed = 1, .p = 2.0, .nthread = 1, .uncertainty = &b->uncertainty};
  const ps_status status = assess_draws_solve(files_anatomy_view(b->anatomy), &o, 1, b->stated, &d, NULL);
  assert_true((status == PS_OK) == (d != NULL));
  assess_draws_free(d);
  return status;
}

// as the program prints it: a document is whole, or it is not printed
static ps_status assess_to_json(const bench *b) {
  json_t *root = report_assess_json(b->result, &b->pathways);
  const bool is_whole = files_json_is_whole();
  ps_status status = PS_ENOMEM;
  if (root && is_whole) {
    char *text = json_dumps(root, JSON_COMPACT);
    if (text) status = PS_OK;
    if (text && b->json) assert_string_equal(text, b->json);
    free(text);
    if (!files_json_is_whole() && status == PS_OK) fail_msg("a refused request, and a whole text all the same");
  }
  json_decref(root);
  return status;
}

// everything that a report of an exam is made of; no memory is asked for
static report_exam exam_report(const bench *b) {
  static clinic_safety safety;
  static clinic_differential differential;
  static clinic_next next[CLINIC_TRIAL_MAX];
  const clinic_safety_tables *tables = files_clinical_safety(b->clinical);
  const clinic_evidence *evidence = files_clinical_evidence(b->clinical);
  clinic_permission permission[CLINIC_NTECHNIQUE];
  clinic_safety_decide(tables, &b->exam->screen, &safety);
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++)
    permission[k] = clinic_technique_decide(tables, &b->exam->screen, &safety, (clinic_technique)k);
  clinic_differential_run(evidence, &b->exam->exam, 1, &differential);
  const int nnext = clinic_next_tests(evidence, &b->exam->exam, &safety, permission, next);
  return (report_exam){.evidence = evidence, .exam = &b->exam->exam, .safety = {tables, &b->exam->screen, &safety},
                       .differential = &differential, .next = next, .nnext = nnext, .sha256 = "0", .seed = 1, .clinical = b->clinical,
                       .person = &b->exam->person, .record = b->exam};
}

static ps_status exam_to_json(const bench *b) {
  const report_exam e = exam_report(b);
  return whole_text(report_exam_json(&e));
}

static ps_status exam_to_html(const bench *b, report_voice voice) {
  const report_exam e = exam_report(b);
  char *page = NULL;
  size_t size = 0;
  ps_error err = {0};
  const ps_status status = report_assess_html(&(report_page){.exam = &e, .voice = voice}, &page, &size, &err);
  assert_true((status == PS_OK) == (page != NULL));
  free(page);
  return status;
}
static ps_status exam_to_page(const bench *b) { return exam_to_html(b, REPORT_THERAPIST); }
static ps_status exam_to_client(const bench *b) { return exam_to_html(b, REPORT_CLIENT); }

static ps_status assess_to_html(const bench *b) {
  char *page = NULL;
  size_t size = 0;
  ps_error err = {0};
  const ps_status status = report_assess_html(&(report_page){.body = b->result, .pathways = &b->pathways}, &page, &size, &err);
  assert_true((status == PS_OK) == (page != NULL));
  if (status != PS_OK) assert_true(err.code == status && err.msg[0]);
  free(page);
  return status;
}

static ps_status dump_and_read(const bench *b) {
  files_share s = {.integers = NULL};
  ps_recruit *r = NULL;
  FILE *f = tmpfile();
  assert_non_null(f);
  ps_status status = ps_recruit_new(b->model, &b->scene, NULL, &r);
  if (status == PS_OK) status = ps_recruit_solve(r, b->state, false);
  if (status == PS_OK) status = files_share_write(f, &r->problem);
  rewind(f);
  if (status == PS_OK) status = files_share_read(f, "dump", &s, NULL);
  files_share_free(&s);
  ps_recruit_free(r);
  fclose(f);
  return status;
}

// beside the body's own keys, as the program prints them
static ps_status pathways_to_json(const bench *b) {
  const clinic_pathway_rules *rules = files_clinical_pathways(b->clinical);
  const clinic_pathway_input in = {.effect = {{.has = true, .value = 50.0, .released = 400.0, .has_interval = true, .lo = 20.0, .hi = 90.0}}};
  clinic_pathways out;
  clinic_pathways_run(rules, &in, &out);
  json_t *root = json_pack("{s:[{},{},{},{},{}]}", "pathways");
  const report_pathways r = {rules, &out};
  ps_error err = {0};
  const ps_status status = report_pathways_add_json(root, &r, &err);
  assert_true(err.code == status && (status == PS_OK || err.msg[0]));
  json_decref(root);
  return status;
}

// the longest documents: a condition, a muscle, a field, a likelihood ratio, a pathway
static ps_status explain(const bench *b) {
  static const explain_kind kind[] = {EXPLAIN_CONDITION, EXPLAIN_MUSCLE, EXPLAIN_FIELD, EXPLAIN_LIKELIHOOD, EXPLAIN_PATHWAY};
  const report_explain e = {b->clinical, files_anatomy_view(b->anatomy), files_source_packed(), NULL};
  for (size_t i = 0; i < sizeof kind/sizeof *kind; i++) {
    explain_item item;
    json_t *doc = NULL;
    ps_error err = {0};
    assert_true(report_explain_at(&e, kind[i], 0, &item));
    const ps_status status = report_explain_json(&e, &item, &doc, &err);
    assert_true((status == PS_OK) == (doc != NULL) && err.code == status);
    if (status != PS_OK) return status;
    json_decref(doc);
  }
  return PS_OK;
}

static ps_status explain_source(const bench *b) {
  const report_explain e = {b->clinical, files_anatomy_view(b->anatomy), files_source_packed(), NULL};
  json_t *sources = NULL, *doc = NULL;
  ps_status status = report_sources_json(&e, &sources, NULL);
  const json_t *source = status == PS_OK ? report_source_find(sources, "HERR11") : NULL;
  if (source) status = report_source_json(&e, source, &doc, NULL);
  json_decref(sources);
  const ps_status whole = whole_text(doc);
  return status == PS_OK ? whole : status;
}

// tables, postures and a hanging leg, and the document
static ps_status validate(const bench *b) {
  static const reference_texts texts = {
      REFERENCE_PERSONS "man,male,40,1.74,70,,assumed,a man\n",
      REFERENCE_ROWS "a,idp_ratio,q,man,prone,standing,L4/L5,,,ratio,1,,,,-,p,verified,predicted,x1999,\n"
                     "b,thomas_thigh,q,man,,,,18.7,0,angle,9,,,,deg,p,verified,predicted,x1999,\n"};
  validate_table *t = NULL;
  validate_result result[VALIDATE_ROW_MAX];
  ps_error err = {0};
  ps_status status = validate_table_load(reference_source(&texts), &REFERENCE_WORDS, &t, &err);
  assert_true((status == PS_OK) == (t != NULL));
  if (status == PS_OK) status = validate_run(files_anatomy_view(b->anatomy), t, &REFERENCE_WORDS, result, &err);
  if (status != PS_OK) assert_true(err.code == status && err.msg[0]);
  if (status == PS_OK) status = whole_text(report_validate_json(result, 2));
  validate_table_free(t);
  return status;
}

// refuse request 1, 2, ... of the stage until one run needs fewer; beyond `every` in growing steps
static void refuse_until(stage run, const bench *b, long every, long last) {
  // how many there are
  refuse_at = 0;
  requests = 0;
  const long held_before = held;
  assert_ok(run(b));
  const long n = requests;
  assert_int_equal(held, held_before);
  assert_true(n > 0);
  long tried = 0;
  for (long k = 1; k <= n && k <= last; k += k < every ? 1 : 1 + k/4) {
    requests = 0;
    refuse_at = k;
    const ps_status status = run(b);
    refuse_at = 0;
    tried++;
    if (status != PS_ENOMEM) fail_msg("request %ld of %ld refused: %s", k, n, ps_status_text(status));
    if (held != held_before) fail_msg("request %ld of %ld refused: %ld blocks were not given back", k, n, held - held_before);
  }
  print_message("           %ld requests, %ld of them refused in turn\n", n, tried);
  assert_ok(run(b));
}

static void refuse_each(stage run, const bench *b, long every) { refuse_until(run, b, every, LONG_MAX); }

static int set_up(void **state) {
  bench *b = calloc(1, sizeof *b);
  *state = b;
  files_json_watch();
  const assess_opts o = {.seed = 1, .ndraw = 0, .p = 2.0};
  if (!b || files_anatomy_load(files_source_packed(), &b->anatomy, NULL) != PS_OK) return -1;
  if (files_uncertainty_load(files_source_packed(), &b->uncertainty, NULL) != PS_OK) return -1;
  const ps_anatomy *tables = files_anatomy_view(b->anatomy);
  if (files_clinical_load(files_source_packed(), &b->clinical, NULL) != PS_OK) return -1;
  if (files_person_parse("p.json", PERSON, sizeof PERSON - 1, tables, &b->person, NULL) != PS_OK) return -1;
  b->exam = calloc(1, sizeof *b->exam);
  if (!b->exam || files_exam_parse("p.json", PERSON, sizeof PERSON - 1, &(files_exam_tables){b->clinical, tables}, b->exam, NULL) != PS_OK)
    return -1;
  if (ps_model_new(tables, &b->person.body, NULL, &b->model, NULL) != PS_OK || ps_state_new(b->model, &b->state) != PS_OK) return -1;
  if (task_library_find("standing", &b->task, NULL) != PS_OK) return -1;
  const ps_posture_request q = {.task = &b->task};
  if (ps_posture_apply(b->model, &q, b->state, &b->scene, NULL) != PS_OK) return -1;
  if (assess_run(tables, &b->person, &o, &b->result, NULL) != PS_OK) return -1;
  static files_person stated;
  stated = b->person;
  for (int k = 0; k < 2; k++) stated.thomas[k].has = false;
  if (assess_run(tables, &stated, &o, &b->stated, NULL) != PS_OK) return -1;
  b->pathways = (report_pathways){files_clinical_pathways(b->clinical), &b->judged};
  assess_judge(b->result, b->pathways.rules, NULL, &b->judged);
  json_t *root = report_assess_json(b->result, &b->pathways);
  b->json = json_dumps(root, JSON_COMPACT);
  json_decref(root);
  return b->json && files_json_is_whole() ? 0 : -1;
}

static int tear_down(void **state) {
  bench *b = *state;
  free(b->json);
  assess_free(b->result);
  assess_free(b->stated);
  ps_state_free(b->state);
  ps_model_free(b->model);
  files_exam_close(b->exam);
  free(b->exam);
  files_clinical_free(b->clinical);
  files_anatomy_free(b->anatomy);
  free(b);
  return 0;
}

static void anatomy_tables(void **state) { refuse_each(load_anatomy, *state, LONG_MAX/2); }
static void assumptions(void **state) { refuse_each(load_uncertainty, *state, LONG_MAX/2); }
static void anatomy_tables_on_disk(void **state) { refuse_each(load_anatomy_from_folder, *state, LONG_MAX/2); }
static void person_file(void **state) { refuse_each(load_person, *state, LONG_MAX/2); }
static void clinical_tables(void **state) { refuse_each(load_clinical, *state, LONG_MAX/2); }
static void exam_file(void **state) { refuse_each(load_exam, *state, LONG_MAX/2); }
static void exam_file_on_disk(void **state) { refuse_each(load_exam_from_disk, *state, LONG_MAX/2); }
static void exam_template(void **state) { refuse_each(empty_exam, *state, LONG_MAX/2); }
static void exam_fields(void **state) { refuse_each(list_fields, *state, LONG_MAX/2); }
static void exam_check(void **state) { refuse_each(check_exam, *state, LONG_MAX/2); }
static void letter_page(void **state) { refuse_each(write_letter, *state, LONG_MAX/2); }
static void task_file(void **state) { refuse_each(load_task, *state, LONG_MAX/2); }
static void whole_file(void **state) { refuse_each(read_file, *state, LONG_MAX/2); }
static void body(void **state) { refuse_each(new_body, *state, LONG_MAX/2); }
static void posture_with_its_json(void **state) { refuse_each(solve_posture, *state, 40); }
static void dumped_problem(void **state) { refuse_each(dump_and_read, *state, LONG_MAX/2); }
// the body and the posterior of its tests, a second each; what follows has no posterior to wait for below
static void assessment(void **state) { refuse_until(assess, *state, 12, 12); }
static void assessment_with_draws(void **state) { refuse_each(assess_with_draws, *state, 10); }
static void drawn_body(void **state) { refuse_each(draw_body, *state, LONG_MAX/2); }
static void assessment_as_json(void **state) { refuse_each(assess_to_json, *state, 400); }
static void exam_as_json(void **state) { refuse_each(exam_to_json, *state, 400); }
static void exam_as_page(void **state) { refuse_each(exam_to_page, *state, LONG_MAX/2); }
static void exam_as_client_page(void **state) { refuse_each(exam_to_client, *state, LONG_MAX/2); }
static void assessment_as_page(void **state) { refuse_each(assess_to_html, *state, LONG_MAX/2); }
static void pathways_as_json(void **state) { refuse_each(pathways_to_json, *state, LONG_MAX/2); }
static void explained(void **state) { refuse_each(explain, *state, 300); }
static void explained_source(void **state) { refuse_each(explain_source, *state, 300); }
static void validation(void **state) { refuse_each(validate, *state, 200); }

// threads that cannot be had: their draws are solved all the same, to the same bits
static void threads_refused(void **state) {
  const bench *b = *state;
  const assess_opts o = {.seed = 1, .ndraw = 4, .p = 2.0, .nthread = 3, .uncertainty = &b->uncertainty};
  static const int refused[] = {INT_MAX, 2, 1};
  assess_result *r[3];
  for (int k = 0; k < 3; k++) {
    threads_asked = 0;
    first_refused = refused[k];
    const ps_status status = assess_run(files_anatomy_view(b->anatomy), &b->stated->person, &o, &r[k], NULL);
    first_refused = INT_MAX;
    assert_ok(status);
    assert_int_equal(threads_asked, 2);
    assert_memory_equal(r[k]->interval, r[0]->interval, sizeof r[0]->interval);
  }
  const assess_interval *x = &r[0]->interval[PS_PATHWAY_COMPRESSION];
  assert_true(x->as_is_hi > x->as_is_lo);
  for (int k = 0; k < 3; k++) assess_free(r[k]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(anatomy_tables),     cmocka_unit_test(anatomy_tables_on_disk), cmocka_unit_test(person_file),
      cmocka_unit_test(assumptions),
      cmocka_unit_test(clinical_tables),    cmocka_unit_test(exam_file),
      cmocka_unit_test(exam_file_on_disk),  cmocka_unit_test(exam_template),          cmocka_unit_test(exam_fields),
      cmocka_unit_test(exam_check),         cmocka_unit_test(letter_page), 
      cmocka_unit_test(task_file),          cmocka_unit_test(whole_file),             cmocka_unit_test(body),
      cmocka_unit_test(posture_with_its_json), cmocka_unit_test(dumped_problem),      cmocka_unit_test(assessment),
      cmocka_unit_test(assessment_with_draws), cmocka_unit_test(drawn_body),         cmocka_unit_test(threads_refused),
      cmocka_unit_test(assessment_as_json), cmocka_unit_test(assessment_as_page),    cmocka_unit_test(exam_as_json),
      cmocka_unit_test(exam_as_page),       cmocka_unit_test(exam_as_client_page),
      cmocka_unit_test(pathways_as_json),
      cmocka_unit_test(explained),          cmocka_unit_test(explained_source),
      cmocka_unit_test(validation),
  };
  return cmocka_run_group_tests_name("files_fault", tests, set_up, tear_down);
}
