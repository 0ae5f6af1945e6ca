/* Exams with all that a report needs, for tests of reports. SPDX-License-Identifier: Apache-2.0 */
#include "support/exam_report.h"

#include <string.h>

#include "support/check.h"
#include "support/exam.h"

void exam_case_decide(exam_case *c, const files_clinical *clinical) {
  const clinic_safety_tables *t = files_clinical_safety(clinical);
  const clinic_evidence *e = files_clinical_evidence(clinical);
  clinic_permission permission[CLINIC_NTECHNIQUE];
  clinic_exam_derive(&c->exam);
  clinic_safety_decide(t, &c->screen, &c->safety);
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) permission[k] = clinic_technique_decide(t, &c->screen, &c->safety, (clinic_technique)k);
  c->report = (report_exam){.evidence = e, .exam = &c->exam, .safety = {t, &c->screen, &c->safety}, .seed = 1, .clinical = clinical,
                            .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};
  if (c->safety.status == CLINIC_STOP) return;
  clinic_differential_run(e, &c->exam, 1, &c->differential);
  c->report.differential = &c->differential;
  c->report.next = c->next;
  c->report.nnext = clinic_next_tests(e, &c->exam, &c->safety, permission, c->next);
}

static void answer_all_no(clinic_screen *s, const clinic_safety_tables *t) {
  for (int i = 0; i < t->npart; i++) s->part[i] = CLINIC_NO;
  for (int i = 0; i < t->ncondition; i++) s->condition[i] = CLINIC_NO;
}

static void low_back(clinic_exam *e) {
  exam_person(e, "female", 38.0);
  exam_pain(e, "low_back", 5.0);
  exam_word(e, "pain.leg_pain", 0, "none");
}

static void every_sign(clinic_exam *e) {
  low_back(e);
  exam_pain(e, "groin", 4.0);
  e->pain[1].is_side[CLINIC_RIGHT] = false;
  e->pain[1].quality = 3u;
  exam_word(e, "muscle_tests.resisted_hip_flexion", CLINIC_LEFT, "familiar_pain");
  exam_word(e, "movement_tests.hip_extension_stretch", CLINIC_LEFT, "familiar_pain");
  exam_word(e, "muscle_tests.psoas_palpation", CLINIC_LEFT, "familiar_pain");
  exam_answer(e, "signs.groin_tightness", 0, CLINIC_YES);
  exam_answer(e, "signs.groin_pain_stairs_running", 0, CLINIC_YES);
  exam_answer(e, "signs.pain_on_rising", 0, CLINIC_NO);
  exam_thomas(e, -18.0, -6.0);
  exam_number(e, "muscle_tests.retest_before_0_10", 0, 6.0);
  exam_number(e, "muscle_tests.retest_then_0_10", 0, 3.0);
}

static void stiff_hip(clinic_exam *e) {
  low_back(e);
  exam_person(e, "male", 67.0);
  exam_word(e, "muscle_tests.resisted_hip_flexion", EXAM_BOTH, "none");
  exam_word(e, "movement_tests.hip_extension_stretch", EXAM_BOTH, "none");
  exam_answer(e, "movement_tests.hip_adduction_reduced", EXAM_BOTH, CLINIC_YES);
  exam_answer(e, "movement_tests.squat_posterior_pain", EXAM_BOTH, CLINIC_YES);
  exam_answer(e, "movement_tests.groin_pain_passive_abd_add", EXAM_BOTH, CLINIC_YES);
  exam_answer(e, "muscle_tests.hip_abductor_weak", EXAM_BOTH, CLINIC_YES);
  exam_answer(e, "movement_tests.hip_internal_rotation_reduced", EXAM_BOTH, CLINIC_YES);
  exam_answer(e, "signs.osteoarthritis_in_family", 0, CLINIC_YES);
  exam_answer(e, "signs.knee_osteoarthritis", 0, CLINIC_YES);
  exam_answer(e, "signs.pain_on_stairs", 0, CLINIC_YES);
  exam_answer(e, "signs.groin_tightness", 0, CLINIC_NO);
  exam_answer(e, "signs.pain_on_rising", 0, CLINIC_YES);
  exam_answer(e, "signs.eased_by_sitting", 0, CLINIC_NO);
}

void exam_case_make(exam_case *out, const files_clinical *clinical, int which) {
  const clinic_safety_tables *t = files_clinical_safety(clinical);
  *out = (exam_case){.exam = exam_empty(clinical)};
  if (which != EXAM_NOTHING) answer_all_no(&out->screen, t);
  if (which == EXAM_TIGHT || which == EXAM_STOP) every_sign(&out->exam);
  if (which == EXAM_HIP) stiff_hip(&out->exam);
  if (which == EXAM_STOP) out->screen.part[t->flag[files_clinical_find_flag(t, "RF01")].part] = CLINIC_YES;
  exam_case_decide(out, clinical);
}

void exam_case_file(exam_case *out, const files_clinical *clinical, const char *path) {
  const files_exam_tables tables = {.clinical = clinical};
  ps_error err = {PS_OK, 0, "", ""};
  *out = (exam_case){.exam = exam_empty(clinical)};
  if (files_exam_load(path, &tables, &out->file, &err) != PS_OK) fail_msg("%s: %s", path, err.msg);
  out->exam = out->file.exam;
  out->screen = out->file.screen;
  exam_case_decide(out, clinical);
  out->report.person = &out->file.person;
  out->report.record = &out->file;
}
