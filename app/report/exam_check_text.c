/* Saying what an exam lacks. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/exam_check_text.h"

#include "clinic/exam/exam_check.h"

static const char *const SIDE[2] = {[CLINIC_RIGHT] = "right", [CLINIC_LEFT] = "left"};

static const struct { const char *title, *key; } KIND[REPORT_REMARK_KINDS] = {
    [CLINIC_REMARK_MISSING] = {"Not recorded, and part of every exam or called for by this one", "missing"},
    [CLINIC_REMARK_REPEAT] = {"To be done again", "repeat"},
    [CLINIC_REMARK_CONTRADICTION] = {"Contradictions", "contradictions"},
    [REPORT_REMARK_METHODS] = {"What the method costs", "methods"},
};

static report_sentence sentence(const clinic_remark *r) {
  report_sentence s;
  snprintf(s.text, sizeof s.text, "%s%s%s", r->side < 0 ? "" : r->side == CLINIC_LEFT ? "Left" : "Right", r->side < 0 ? "" : ": ", r->text);
  return s;
}

report_sentence report_thomas_cost(const files_thomas *t, int side) {
  static const char *const words[FILES_METHOD_COUNT] = {
      [FILES_INCLINOMETER] = "inclinometer", [FILES_GONIOMETER] = "goniometer", [FILES_PHOTO] = "photo",
      [FILES_MOTION_CAPTURE] = "motion capture", [FILES_HEIGHT_LENGTH] = "height and length"};
  report_sentence s;
  snprintf(s.text, sizeof s.text,
           "Modified Thomas test, %s, by %s, %d reading%s: about ± %.1f deg (1 SD). One reading with an inclinometer: ± %.1f deg.",
           SIDE[side], words[t->method], t->nrepeat, t->nrepeat == 1 ? "" : "s", t->error_deg,
           files_thomas_error(FILES_INCLINOMETER, 1, 0.0, 1.0));
  return s;
}

// of the safety screen: main questions and contraindications that have an answer
static void count_answers(const report_exam_check *r, int *flags, int *conditions) {
  const clinic_safety_tables *t = files_clinical_safety(r->clinical);
  *flags = *conditions = 0;
  for (int i = 0; i < t->nflag; i++) *flags += r->exam->screen.part[t->flag[i].part] != CLINIC_NOT_ASKED;
  for (int i = 0; i < t->ncondition; i++) *conditions += r->exam->screen.condition[i] != CLINIC_NOT_ASKED;
}

// `safety` and `contraindications` before the sections of fields
static int sections(const report_exam_check *r, clinic_section out[CLINIC_SECTION_MAX + 2]) {
  const clinic_safety_tables *t = files_clinical_safety(r->clinical);
  out[0] = (clinic_section){"safety", 0, t->nflag};
  out[1] = (clinic_section){"contraindications", 0, t->ncondition};
  count_answers(r, &out[0].recorded, &out[1].recorded);
  return 2 + clinic_exam_sections(&r->exam->exam, out + 2);
}

static void add(report_remarks *r, report_sentence s) {
  PS_ASSERT(r->n < (int)(sizeof r->sentence/sizeof *r->sentence));
  r->sentence[r->n++] = s;
}

void report_exam_remarks(const report_exam_check *r, report_remarks out[REPORT_REMARK_KINDS]) {
  clinic_remark remark[CLINIC_REMARK_MAX];
  const int n = clinic_exam_check(files_clinical_safety(r->clinical), &r->exam->exam, &r->exam->screen, &r->exam->overruled, remark);
  for (int k = 0; k < REPORT_REMARK_KINDS; k++) out[k] = (report_remarks){.title = KIND[k].title, .key = KIND[k].key};
  for (int i = 0; i < n; i++) add(&out[remark[i].kind], sentence(&remark[i]));
  for (int side = 0; side < 2; side++)
    if (r->exam->person.thomas[side].has) add(&out[REPORT_REMARK_METHODS], report_thomas_cost(&r->exam->person.thomas[side], side));
}

void report_exam_remarks_text(FILE *out, const report_exam_check *r) {
  report_remarks remarks[REPORT_REMARK_KINDS];
  report_exam_remarks(r, remarks);
  for (int k = 0; k < REPORT_REMARK_KINDS; k++) {
    if (remarks[k].n > 0) fprintf(out, "%s:\n", remarks[k].title);
    for (int i = 0; i < remarks[k].n; i++) fprintf(out, "  %s\n", remarks[k].sentence[i].text);
  }
}

void report_exam_check_text(FILE *out, const report_exam_check *r) {
  clinic_section section[CLINIC_SECTION_MAX + 2];
  const int nsection = sections(r, section);
  fprintf(out, "Recorded:\n");
  for (int i = 0; i < nsection; i++) fprintf(out, "  %-18s %3d of %d\n", section[i].name, section[i].recorded, section[i].all);
  report_exam_remarks_text(out, r);
}

void report_exam_check_json(json_t *root, const report_exam_check *r) {
  clinic_section section[CLINIC_SECTION_MAX + 2];
  report_remarks remarks[REPORT_REMARK_KINDS];
  const int nsection = sections(r, section);
  json_t *counts = json_array();
  for (int i = 0; i < nsection; i++)
    json_array_append_new(counts, json_pack("{s:s, s:i, s:i}", "section", section[i].name, "recorded", section[i].recorded, "of", section[i].all));
  json_object_set_new(root, "sections", counts);
  report_exam_remarks(r, remarks);
  for (int k = 0; k < REPORT_REMARK_KINDS; k++) {
    json_t *list = json_array();
    for (int i = 0; i < remarks[k].n; i++) json_array_append_new(list, json_string(remarks[k].sentence[i].text));
    json_object_set_new(root, remarks[k].key, list);
  }
}
