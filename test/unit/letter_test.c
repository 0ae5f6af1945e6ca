/* The letter: when it is due and how urgent, that it says all it must and nothing it must not, in text and on the page.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/report/letter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_clinical.h"
#include "app/report/html.h"
#include "support/check.h"

static files_clinical *clinical;
static const clinic_safety_tables *T;

static int load_tables(void **state) {
  (void)state;
  if (files_clinical_load(files_source_packed(), &clinical, NULL) != PS_OK) return 1;
  T = files_clinical_safety(clinical);
  return 0;
}
static int free_tables(void **state) {
  (void)state;
  files_clinical_free(clinical);
  return 0;
}

typedef struct exam { clinic_screen screen; clinic_safety safety; report_letter letter; bool is_due; } exam;

// "RF05=y RF05.new_or_spreading=. RF25=r": y yes, u not sure, . not asked, r yes and reviewed; all else is `rest`
static void make(const char *answers, clinic_answer rest, exam *x) {
  char copy[256], *save = NULL;
  x->screen = (clinic_screen){.part = {CLINIC_NOT_ASKED}};
  for (int i = 0; i < T->npart; i++) x->screen.part[i] = rest;
  snprintf(copy, sizeof copy, "%s", answers);
  for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
    char *value = strchr(word, '='), *part = strchr(word, '.');
    *value++ = '\0';
    if (part && part < value) *part++ = '\0';
    else part = NULL;
    const int iflag = files_clinical_find_flag(T, word), ipart = iflag < 0 ? -1 : files_clinical_find_part(T, iflag, part ? part : "main");
    if (ipart < 0) fail_msg("no question is named %s", word);
    x->screen.part[ipart] = *value == '.' ? CLINIC_NOT_ASKED : *value == 'u' ? CLINIC_NOT_SURE : CLINIC_YES;
    x->screen.is_reviewed[iflag] |= *value == 'r';
  }
  clinic_safety_decide(T, &x->screen, &x->safety);
  const report_safety safety = {T, &x->screen, &x->safety};
  const report_letter_head head = {.age_years = 44.9};
  x->is_due = report_letter_make(&safety, &head, &x->letter);
}

// what the letter says, as text and as a page; both are freed by the caller
static void write_text(const report_letter *letter, char **text) {
  size_t size = 0;
  FILE *out = open_memstream(text, &size);
  assert_non_null(out);
  report_letter_text(out, letter);
  assert_int_equal(fclose(out), 0);
}
static void write_page(const report_letter *letter, char **page) {
  size_t size = 0;
  assert_ok(report_letter_html(letter, page, &size, NULL));
  assert_int_equal(strlen(*page), size);
}

// ---- when, and how urgent ------------------------------------------------------------------------------------------

static void when_a_letter_is_due(void **state) {
  (void)state;
  static const struct { const char *answers; clinic_answer rest; bool is_due; clinic_urgency urgency; int nreason; } row[] = {
      {"", CLINIC_NOT_ASKED, false, CLINIC_NONE, 0}, {"", CLINIC_NO, false, CLINIC_NONE, 0},
      {"RF33=y", CLINIC_NO, false, CLINIC_NONE, 0},  // a precaution
      {"RF16=y", CLINIC_NO, false, CLINIC_NONE, 0},  // blood thinners, no new pain
      {"RF03=y", CLINIC_NO, true, CLINIC_E0, 1}, {"RF03=u", CLINIC_NOT_ASKED, true, CLINIC_E0, 1},
      {"RF05=y", CLINIC_NO, true, CLINIC_E1, 1}, {"RF05=y RF05.new_or_spreading=.", CLINIC_NO, true, CLINIC_E0, 1},
      {"RF08=y RF25=y RF32=y", CLINIC_NO, true, CLINIC_E1, 3},
      {"RF16=u RF16.new_pain_or_weakness=.", CLINIC_NO, true, CLINIC_E0, 1},
      {"RF28=u", CLINIC_NO, true, CLINIC_E1, 1},  // no stop, and yet somebody has to clear it up
      // a fever nobody is sure of does not stop: it is no emergency because a follow-up is open
      {"RF13=u RF13.very_unwell=.", CLINIC_NO, true, CLINIC_E1, 1},
      {"RF25=y", CLINIC_NO, true, CLINIC_E2, 1}, {"RF25=u", CLINIC_NO, true, CLINIC_E2, 1}, {"RF32=y", CLINIC_NO, true, CLINIC_E3, 1},
      {"RF25=r", CLINIC_NO, false, CLINIC_NONE, 1}, {"RF25=r RF32=y", CLINIC_NO, true, CLINIC_E3, 2},
      {"RF03=r", CLINIC_NO, true, CLINIC_E0, 1},                                       // no review lifts a stop
      {"RF11=r RF11.severe_night_pain=.", CLINIC_NO, true, CLINIC_E1, 1},              // nor what may be more urgent
      {"RF11=r", CLINIC_NO, false, CLINIC_NONE, 1}};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    exam x;
    make(row[i].answers, row[i].rest, &x);
    if (x.is_due != row[i].is_due || x.letter.urgency != row[i].urgency || x.letter.nreason != row[i].nreason)
      fail_msg("\"%s\": due %d, %s, %d reasons", row[i].answers, x.is_due, clinic_urgency_text(x.letter.urgency), x.letter.nreason);
  }
}

static void the_most_urgent_stands_first(void **state) {
  (void)state;
  exam x;
  make("RF32=y RF25=y RF08=y RF18=u", CLINIC_NO, &x);
  static const char *const order[] = {"RF18", "RF08", "RF25", "RF32"};
  for (int i = 0; i < 4; i++) assert_string_equal(T->flag[x.letter.reason[i]].id, order[i]);
}

// for what the table says "999" the ambulance comes to the person; nobody with a reason of E1 is sent by ambulance
static void the_ambulance_comes_where_the_table_says_so(void **state) {
  (void)state;
  for (int i = 0; i < T->nflag; i++) {
    char answers[16];
    exam x;
    snprintf(answers, sizeof answers, "%s=y", T->flag[i].id);
    make(answers, CLINIC_YES, &x);
    assert_true(x.letter.is_ambulance);
    make(answers, CLINIC_NO, &x);
    const bool want = strstr("RF18 RF23", T->flag[i].id) != NULL;
    assert_true(x.letter.is_ambulance == want);
    if (want) assert_non_null(strstr(report_letter_urgency(&x.letter), "call 999 now"));
  }
}

// ---- what it says --------------------------------------------------------------------------------------------------

// text without line breaks and runs of blanks
static void flat(char *text) {
  char *to = text;
  for (const char *p = text; *p; p++)
    if (!isspace((unsigned char)*p) || (to > text && to[-1] != ' ')) *to++ = isspace((unsigned char)*p) ? ' ' : *p;
  *to = '\0';
}

static void assert_holds(const char *text, const char *part, const char *what) {
  if (!strstr(text, part)) fail_msg("%s lacks \"%s\"", what, part);
}

static void each_flag_says_all(void **state) {
  (void)state;
  for (int i = 0; i < T->nflag; i++) {
    char answers[16];
    exam x;
    const clinic_flag *f = &T->flag[i];
    snprintf(answers, sizeof answers, "%s=y", f->id);
    make(answers, CLINIC_NOT_ASKED, &x);
    for (int k = f->part; k < f->part + f->npart; k++) x.screen.part[k] = CLINIC_YES;
    clinic_safety_decide(T, &x.screen, &x.safety);
    const report_safety safety = {T, &x.screen, &x.safety};
    const report_letter_head head = {.is_female = true, .age_years = 51.7};
    if (!report_letter_make(&safety, &head, &x.letter)) {
      assert_string_equal(f->id, "RF33");
      continue;
    }
    char *text = NULL, *page = NULL;
    write_text(&x.letter, &text);
    write_page(&x.letter, &page);
    flat(text);
    assert_holds(text, report_letter_urgency(&x.letter), f->id);
    assert_holds(text, f->question, f->id);
    assert_holds(text, "Answer: YES", f->id);
    assert_holds(text, f->suspects, f->id);
    assert_holds(text, f->action, f->id);
    assert_holds(text, f->source, f->id);
    assert_holds(text, "female, 51 years", f->id);
    assert_holds(text, "It is no diagnosis.", f->id);
    for (int k = f->part + 1; k < f->part + f->npart; k++) assert_holds(text, T->part[k].question, f->id);
    // every other question was not asked, and each is named once, before the part of the person
    const char *open = strstr(text, "Safety questions not asked: "), *end = strstr(text, "Done and not done");
    assert_true(open && end && open < end);
    for (int k = 0; k < T->nflag; k++) {
      const char *at = strstr(open, T->flag[k].id);
      assert_true((at && at < end) == (k != i));
    }
    assert_holds(page, f->id, f->id);
    assert_holds(page, "<strong>YES</strong>", f->id);
    assert_holds(page, "female, 51 years", f->id);
    const char *asked = strstr(page, "class=\"asked\""), *answer = strstr(page, "May point to"), *follow_up = page;
    int nitem = 0;
    while ((follow_up = strstr(follow_up, "<li>")) != NULL && follow_up++ < answer) nitem++;
    assert_true(asked && answer && nitem == f->npart - 1);
    free(text);
    free(page);
  }
}

static void answers_as_given(void **state) {
  (void)state;
  exam x;
  make("RF05=y RF05.new_or_spreading=. RF16=y RF33=u RF31=.", CLINIC_NO, &x);
  char *text = NULL;
  write_text(&x.letter, &text);
  flat(text);
  assert_holds(text, "Answer: YES (a follow-up was not asked: taken as the worse case)", "text");
  assert_holds(text, "Is it new, or getting worse or spreading? not asked", "text");
  assert_holds(text, "On blood thinners, or a bleeding disorder? yes (RF16)", "text");
  assert_holds(text, "(no worrying symptoms)? not sure (RF33)", "text");
  assert_holds(text, "Safety questions not asked: Mental health (RF31) Done", "text");
  free(text);

  make("RF25=u", CLINIC_NO, &x);
  write_text(&x.letter, &text);
  flat(text);
  assert_holds(text, "Answer: NOT SURE May", "text");
  assert_holds(text, "Safety questions not asked: none", "text");
  assert_null(strstr(text, "Also answered"));
  assert_null(strstr(text, "No treatment was given today."));
  free(text);

  make("RF25=r RF32=y", CLINIC_NO, &x);
  write_text(&x.letter, &text);
  flat(text);
  assert_holds(text, "Answer: YES (a medical review is on record)", "text");
  free(text);
}

static void what_is_known_stands_in_its_place(void **state) {
  (void)state;
  exam x;
  make("RF08=y", CLINIC_NO, &x);
  char *text = NULL, *page = NULL;
  write_text(&x.letter, &text);
  assert_holds(text, "\nPerson:           ____", "text");
  assert_holds(text, "\nDate of birth:    ____", "text");
  assert_holds(text, "\nDate:             ____", "text");
  assert_holds(text, "\nTo:               ____", "text");
  free(text);
  x.letter.head = (report_letter_head){.age_years = 44.9, .name = "Ann <b>&", .born = "1981-02-03", .to = "Dr \"Q\"", .from = "Z", .date = "2026-12-01"};
  write_text(&x.letter, &text);
  assert_holds(text, "\nPerson:           Ann <b>&\n", "text");
  assert_holds(text, "\nDate of birth:    3 February 1981\n", "text");
  assert_holds(text, "\nDate:             1 December 2026\n", "text");
  assert_holds(text, "\nTo:               Dr \"Q\"\n", "text");
  assert_holds(text, "male, 44 years", "text");
  free(text);
  write_page(&x.letter, &page);
  assert_holds(page, "Ann &lt;b&gt;&amp;", "page");
  assert_holds(page, "Dr &quot;Q&quot;", "page");
  assert_null(strstr(page, "<b>"));
  free(page);
}

// ---- what the person is told -----------------------------------------------------------------------------------------

static void the_person_is_told_plainly(void **state) {
  (void)state;
  static const char *const row[] = {"RF01=y", "RF18=y", "RF08=y", "RF25=y", "RF32=y", "RF31=y", "RF01=y RF31=y"};
  static const char *const never[] = {"harmless", "nothing serious", "worry", "probably", "misaligned", "pinpoint", " cause", "fix", "diagnos",
                                      "syndrome", "cancer", "all right"};
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    exam x;
    make(row[i], CLINIC_NO, &x);
    const report_lines said = report_letter_person(&x.letter);
    int nline = 0, nletter = 0, nword = 0, nsentence = 0;
    for (; said.line[nline]; nline++) {
      for (size_t k = 0; k < sizeof never/sizeof *never; k++)
        if (strstr(said.line[nline], never[k])) fail_msg("%s: \"%s\"", row[i], said.line[nline]);
      for (const char *p = said.line[nline]; *p; p++) {
        nletter += isalnum((unsigned char)*p) != 0;
        nword += isalnum((unsigned char)*p) && !isalnum((unsigned char)p[1]);
        nsentence += *p == '.';
      }
    }
    assert_true(nline == 3 || (nline == 4 && strstr(row[i], "RF31")));
    // where to go, in the lines about it and in the safety net
    assert_non_null(strstr(said.line[1], "999") ? said.line[1] : strstr(said.line[1], "GP") ? said.line[1] : strstr(said.line[1], "emergency department"));
    assert_non_null(strstr(said.line[2], "999"));
    // automated readability index (letters a word, words a sentence): a reading age of 11 to 12 is 6
    const double index = 4.71*nletter/nword + 0.5*nword/nsentence - 21.43;
    if (!(index < 6.0)) fail_msg("%s: readability index %.1f", row[i], index);
  }
}

// somebody may be read over the shoulder at home
static void a_private_answer_is_carried_only_when_safe(void **state) {
  (void)state;
  exam x;
  make("RF31=y", CLINIC_NO, &x);
  assert_non_null(strstr(report_letter_person(&x.letter).line[3], "only if it is safe"));
  make("RF03=y RF31=y", CLINIC_NO, &x);
  assert_non_null(strstr(report_letter_person(&x.letter).line[1], "straight to the emergency department"));
  assert_non_null(strstr(report_letter_person(&x.letter).line[3], "only if it is safe"));
  make("RF03=y", CLINIC_NO, &x);
  assert_null(report_letter_person(&x.letter).line[3]);
}

// ---- the page ----------------------------------------------------------------------------------------------------------

// tags close in the order in which they opened
static void assert_balanced(const char *page) {
  char open[32][16];
  int depth = 0, ntag = 0;
  assert_int_equal(strncmp(page, "<!DOCTYPE html>", 15), 0);
  for (const char *p = strchr(page + 15, '<'); p; p = strchr(p + 1, '<'), ntag++) {
    const bool is_close = p[1] == '/';
    char name[16] = "";
    memcpy(name, p + 1 + is_close, strcspn(p + 1 + is_close, " >") % sizeof name);
    if (strcmp(name, "meta") == 0) continue;
    if (!is_close) {
      assert_true(depth < 32);
      memcpy(open[depth++], name, sizeof name);
    } else if (depth == 0 || strcmp(open[--depth], name) != 0) {
      fail_msg("</%s> closes <%s>", name, open[depth]);
    }
  }
  assert_int_equal(depth, 0);
  assert_true(ntag > 50);
}

static void the_page_stands_alone(void **state) {
  (void)state;
  static const char *const no[] = {"http:", "https:", "<script", "<link", "<img", "<iframe", " src=", "href=", "url(", "@import", "javascript:"};
  exam x;
  make("RF05=y RF26=y RF26.family=y RF26.psoriasis=y RF26.arthritis=y RF16=y RF08=.", CLINIC_NO, &x);
  char *page = NULL;
  write_page(&x.letter, &page);
  for (size_t i = 0; i < sizeof no/sizeof *no; i++) assert_null(strstr(page, no[i]));
  assert_holds(page, "<html lang=\"en-GB\">", "page");
  assert_holds(page, "content=\"default-src 'none'; style-src 'unsafe-inline'\"", "page");
  assert_holds(page, "@media print", "page");
  assert_balanced(page);
  // black on white: no colour is named but these two
  for (const char *p = strchr(page, '#'); p; p = strchr(p + 1, '#'))
    assert_true(strncmp(p, "#000", 4) == 0 || strncmp(p, "#fff", 4) == 0);
  free(page);
}

static void days(void **state) {
  (void)state;
  assert_string_equal(report_letter_day("2026-11-24").text, "24 November 2026");
  assert_string_equal(report_letter_day("1999-01-09").text, "9 January 1999");
  assert_string_equal(report_letter_day("2024-12-31").text, "31 December 2024");
  assert_string_equal(report_letter_day("").text, "");
  assert_string_equal(report_letter_day(NULL).text, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(when_a_letter_is_due),
      cmocka_unit_test(the_most_urgent_stands_first),
      cmocka_unit_test(the_ambulance_comes_where_the_table_says_so),
      cmocka_unit_test(each_flag_says_all),
      cmocka_unit_test(answers_as_given),
      cmocka_unit_test(what_is_known_stands_in_its_place),
      cmocka_unit_test(the_person_is_told_plainly),
      cmocka_unit_test(a_private_answer_is_carried_only_when_safe),
      cmocka_unit_test(the_page_stands_alone),
      cmocka_unit_test(days),
  };
  return cmocka_run_group_tests_name("letter", tests, load_tables, free_tables);
}
