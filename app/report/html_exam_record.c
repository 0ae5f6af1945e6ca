/* Everything that was recorded, and where the page's numbers come from. Sections and fields are those of the table of fields; nothing
 * here knows one of them by name but for its title. SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include "app/report/html_exam.h"

// ---- fields --------------------------------------------------------------------------------------------------------

// a section's title; habits carry no blame
static report_phrase section_title(const char *section) {
  const char *words = strcmp(section, "causes") == 0 ? "habits and history" : strcmp(section, "derived") == 0 ? "worked out from the above" : section;
  return report_capital(report_plain_word(words).text);
}

static bool is_there(const report_exam *e, int i) {
  return e->exam->value[i][0].has || (e->exam->fields->field[i].is_sided && e->exam->value[i][1].has);
}

static void field_row(report_html *page, const report_exam *e, int i, bool has_sides) {
  const clinic_field *f = &e->exam->fields->field[i];
  const report_recorded right = report_value(e, i, CLINIC_RIGHT), left = report_value(e, i, CLINIC_LEFT);
  if (!is_there(e, i)) return;
  report_put(page, "<tr><th scope=\"row\">%s</th>", report_capital(f->words).text);
  if (f->is_sided)
    report_put(page, "<td>%s</td><td>%s</td></tr>\n", right.text[0] ? right.text : "not recorded", left.text[0] ? left.text : "not recorded");
  else if (has_sides)
    report_put(page, "<td colspan=\"2\">%s</td></tr>\n", right.text);
  else
    report_put(page, "<td>%s</td></tr>\n", right.text);
}

static void field_section(report_html *page, const report_exam *e, int first, int end) {
  int n = 0, nsided = 0;
  for (int i = first; i < end; i++) {
    n += is_there(e, i);
    nsided += is_there(e, i) && e->exam->fields->field[i].is_sided;
  }
  if (n == 0) return;
  const section_column column[] = {{"What", false}, {nsided > 0 ? "Right" : "Recorded", false}, {nsided > 0 ? "Left" : NULL, false}, {NULL, false}};
  section_open_table(page, section_title(e->exam->fields->field[first].section).text, column);
  for (int i = first; i < end; i++) field_row(page, e, i, nsided > 0);
  section_close_table(page);
}

static void all_fields(report_html *page, const report_exam *e) {
  const clinic_fields *f = e->exam->fields;
  for (int first = 0, end; first < f->nfield; first = end) {
    for (end = first + 1; end < f->nfield && strcmp(f->field[end].section, f->field[first].section) == 0;) end++;
    field_section(page, e, first, end);
  }
}

// ---- answers of the safety screen ----------------------------------------------------------------------------------

static const char *answer_text(clinic_answer answer) {
  static const char *const text[] = {"not asked", "no", "not sure", "yes"};
  return text[answer];
}

static void safety_answers(report_html *page, const report_safety *s) {
  static const section_column column[] = {{"Question", false}, {"How urgent", false}, {"Answer", false}, {NULL, false}};
  section_open_table(page, "Safety questions", column);
  for (int i = 0; i < s->tables->nflag; i++) {
    const clinic_flag *f = &s->tables->flag[i];
    for (int k = f->part; k < f->part + f->npart; k++) {
      if (k > f->part && s->screen->part[f->part] == CLINIC_NO) continue;  // answered by the main question
      report_put(page, "<tr><th scope=\"row\">%s<span class=\"sub\">%s%s%s%s</span></th><td>%s</td><td>%s</td></tr>\n", s->tables->part[k].question, f->id,
                 k > f->part ? " " : "", k > f->part ? report_plain_word(s->tables->part[k].name).text : "",
                 s->screen->is_reviewed[i] ? ", reviewed by a doctor" : "", clinic_urgency_text(f->urgency), answer_text(s->screen->part[k]));
    }
  }
  section_close_table(page);
}

static void contraindications(report_html *page, const report_safety *s) {
  static const section_column column[] = {{"Condition", false}, {"Answer", false}, {NULL, false}};
  int nopen = 0, n = 0;
  for (int i = 0; i < s->tables->ncondition; i++) {
    if (s->screen->condition[i] == CLINIC_NOT_ASKED) nopen++;
    else if (n++ == 0) section_open_table(page, "Contraindications", column);
    if (s->screen->condition[i] != CLINIC_NOT_ASKED)
      report_put(page, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", s->tables->condition[i].words, answer_text(s->screen->condition[i]));
  }
  if (n > 0) section_close_table(page);
  if (nopen > 0) report_put(page, "<p class=\"note\">Contraindications not asked about: %d of %d.</p>", nopen, s->tables->ncondition);
}

void section_exam_record(report_html *page, const report_exam *e) {
  report_put(page, "<section class=\"record\"><h2>Everything that was recorded</h2><p>A field that is not here was not recorded, which is not a negative finding. "
             "Measures: mean, then the single readings and the method.</p>");
  section_exam_methods(page, e);
  all_fields(page, e);
  safety_answers(page, &e->safety);
  contraindications(page, &e->safety);
  report_put(page, "</section>\n");
}

// ---- sources -------------------------------------------------------------------------------------------------------

enum { KEY_MAX = 200, KEY_SIZE = 48 };
typedef struct source_keys { int n; char key[KEY_MAX][KEY_SIZE]; } source_keys;

// keys of a list parted by ';', each once, in the order of the alphabet
static void add_keys(source_keys *out, const char *list) {
  while (list && *list) {
    char key[KEY_SIZE];
    const size_t n = strcspn(list, ";");
    snprintf(key, sizeof key, "%.*s", (int)n, list);
    list += n + (list[n] == ';');
    int k = 0;
    while (k < out->n && strcmp(out->key[k], key) < 0) k++;
    if (!key[0] || out->n == KEY_MAX || (k < out->n && strcmp(out->key[k], key) == 0)) continue;
    memmove(out->key[k + 1], out->key[k], (size_t)(out->n - k)*KEY_SIZE);
    memcpy(out->key[k], key, KEY_SIZE);
    out->n++;
  }
}

static void keys_of_conditions(source_keys *out, const report_exam *e) {
  for (int i = 0; e->differential && i < e->differential->nposterior; i++) {
    const clinic_posterior *p = &e->differential->posterior[i];
    add_keys(out, report_node(e, p)->source);
    if (p->prior >= 0) add_keys(out, e->evidence->prior[p->prior].source);
    for (int k = 0; k < p->nargument; k++) add_keys(out, e->evidence->likelihood[p->argument[k].likelihood].source);
  }
}

static void keys_of_safety(source_keys *out, const report_safety *s) {
  for (int i = 0; i < s->tables->nflag; i++)
    if (report_is_reason(&s->safety->flag[i])) add_keys(out, s->tables->flag[i].source);
  for (int k = 0; k < CLINIC_NTECHNIQUE; k++) {
    const clinic_permission p = clinic_technique_decide(s->tables, s->screen, s->safety, (clinic_technique)k);
    if (p.condition >= 0) add_keys(out, s->tables->condition[p.condition].source);
  }
}

static void keys_of_claims(source_keys *out, const report_exam *e) {
  if (!e->clinical) return;
  const files_clinical_texts *t = files_clinical_texts_of(e->clinical);
  for (int i = 0; i < t->nclaim; i++)
    if (report_shows_claim(e, &t->claim[i])) add_keys(out, t->claim[i].source);
}

static void grades(report_html *page) {
  report_put(page, "<p>Grades: ");
  for (int g = CLINIC_A; g <= CLINIC_X; g++)
    report_put(page, "%s<b>%s</b> %s", g > CLINIC_A ? "; " : "", clinic_grade_text((clinic_grade)g), report_grade_meaning((clinic_grade)g));
  report_put(page, ".</p>");
}

void section_exam_sources(report_html *page, const report_exam *e) {
  static const section_column column[] = {{"Key", false}, {"Source", false}, {NULL, false}};
  source_keys keys = {.n = 0};
  keys_of_safety(&keys, &e->safety);
  keys_of_conditions(&keys, e);
  for (int i = 0; i < e->nnext; i++) add_keys(&keys, e->evidence->trial[e->next[i].trial].source);
  keys_of_claims(&keys, e);
  report_put(page, "<section><h2>Where the numbers come from</h2>");
  grades(page);
  section_open_table(page, "Sources that this page names", column);
  for (int i = 0; i < keys.n; i++) {
    const files_clinical_source *s = e->clinical ? files_clinical_find_source(e->clinical, keys.key[i]) : NULL;
    if (s) report_put(page, "<tr><th scope=\"row\">%s</th><td><cite>%s</cite></td></tr>\n", keys.key[i], s->citation);
    else report_put(page, "<tr><th scope=\"row\">%s</th><td>in the list of sources that comes with psoas</td></tr>\n", keys.key[i]);
  }
  section_close_table(page);
  report_put(page, "</section>\n");
}

void section_exam_replay(report_html *page, const report_exam *e) {
  char seed[24];
  snprintf(seed, sizeof seed, "%" PRIu64, e->seed);
  report_put(page, "<section><h2>How to get this result again</h2><p>The same file, the same program and the same seed give the same result.</p>"
             "<p class=\"mono\">psoas %s, seed %s, input SHA-256 %s</p></section>\n", PS_VERSION, seed, e->sha256);
}
