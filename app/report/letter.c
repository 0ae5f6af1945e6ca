/* The letter: when one is due, its wording, its text. Urgencies and what they ask for: data/clinical/red_flags.csv. Sentences for
 * the person: worded here (ELICITED) for a reading age of 11 to 12. SPDX-License-Identifier: Apache-2.0 */
#include "app/report/letter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- what it is about ----------------------------------------------------------------------------------------------

static bool is_reason(const clinic_flag_state *s) { return s->truth >= CLINIC_UNSURE && s->urgency <= CLINIC_E3; }

bool report_letter_make(const report_safety *safety, const report_letter_head *head, report_letter *out) {
  *out = (report_letter){.safety = *safety, .head = *head, .urgency = CLINIC_NONE};
  const bool is_stop = safety->safety->status == CLINIC_STOP;
  bool is_due = false;  // a stop has a reason of E0 or E1
  for (int urgency = CLINIC_E0; urgency <= CLINIC_E3; urgency++) {
    for (int i = 0; i < safety->tables->nflag; i++) {
      const clinic_flag_state *s = &safety->safety->flag[i];
      if (!is_reason(s) || (int)s->urgency != urgency) continue;
      out->reason[out->nreason++] = i;
      const bool waits = s->urgency <= CLINIC_E1 || !safety->screen->is_reviewed[i];
      if (waits && s->urgency < out->urgency) out->urgency = s->urgency;
      is_due |= waits;
      const clinic_flag *f = &safety->tables->flag[i];
      out->is_private |= strcmp(f->group, "Mental health") == 0;
      out->is_ambulance |= strncmp(f->action, "999", 3) == 0;
    }
  }
  // how urgent a stop is says the gate; what does not stop is no emergency, even if a follow-up nobody asked could make it one
  if (is_stop) out->urgency = safety->safety->urgency;
  else if (out->urgency == CLINIC_E0) out->urgency = CLINIC_E1;
  return is_due;
}

// ---- the wording ---------------------------------------------------------------------------------------------------

const char *report_letter_title(const report_letter *l) {
  switch (l->urgency) {
    case CLINIC_E0: return "Emergency handover";
    case CLINIC_E1: return "Please assess today";
    case CLINIC_E2: return "Please review within two weeks";
    case CLINIC_E3:
    case CLINIC_P:
    case CLINIC_NONE: break;
  }
  return "For your review (routine)";
}

const char *report_letter_urgency(const report_letter *l) {
  if (l->is_ambulance) return "EMERGENCY: call 999 now (outside the UK: the local emergency number).";
  switch (l->urgency) {
    case CLINIC_E0: return "EMERGENCY: go to the emergency department now. Call 999 (outside the UK: the local emergency number) if the way there is not safe.";
    case CLINIC_E1: return "URGENT: medical assessment today (GP; if the GP cannot, 111 or the emergency department).";
    case CLINIC_E2: return "SOON: medical review within two weeks (GP).";
    case CLINIC_E3:
    case CLINIC_P:
    case CLINIC_NONE: break;
  }
  return "ROUTINE: at a normal appointment (GP).";
}

const char *report_letter_to(const report_letter *l) {
  const bool is_hospital = l->urgency == CLINIC_E0 && !(l->is_private && l->nreason == 1);
  return l->head.to ? l->head.to : is_hospital ? "Emergency department" : NULL;
}

const char *report_letter_word(clinic_answer answer) {
  static const char *const word[] = {"not asked", "no", "not sure", "yes"};
  return word[answer];
}

// does a follow-up that nobody asked make this as urgent as it is?
static bool is_worse_case(const report_letter *l, int iflag) {
  const clinic_safety_tables *t = l->safety.tables;
  clinic_urgency answered = CLINIC_NONE;
  for (int i = 0; i < t->nrule; i++)
    if (t->rule[i].flag == iflag && t->rule[i].urgency < answered && clinic_rule_truth(&t->rule[i], l->safety.screen) >= CLINIC_UNSURE)
      answered = t->rule[i].urgency;
  return l->safety.safety->flag[iflag].urgency < answered;
}

const char *report_letter_answer(const report_letter *l, int iflag) {
  const clinic_flag *f = &l->safety.tables->flag[iflag];
  const bool is_yes = l->safety.screen->part[f->part] == CLINIC_YES, is_open = is_worse_case(l, iflag);
  if (l->safety.screen->is_reviewed[iflag]) return is_yes ? "YES (a medical review is on record)" : "NOT SURE (a medical review is on record)";
  if (is_yes) return is_open ? "YES (a follow-up was not asked: taken as the worse case)" : "YES";
  return is_open ? "NOT SURE (a follow-up was not asked: taken as the worse case)" : "NOT SURE";
}

static const char WATCH[] =
    "Call 999 or go to the emergency department at once if one of these happens. You cannot pass water, or cannot hold it. You go numb "
    "between the legs. A leg gets weak or numb. You faint. You get a sudden very bad pain, or chest pain, or find it hard to breathe. You feel "
    "very ill.";

static const report_lines EMERGENCY = {
    {"Some of your answers are signs that a doctor must look at now. I do not know what is behind them; a hospital can find out.",
     "Please go straight to the emergency department and show this sheet first. Do not drive yourself. Do not wait to see if it gets better.",
     "Call 999 if you cannot get there safely, or if you faint, feel much worse, get chest pain or find it hard to breathe."}};
static const report_lines AMBULANCE = {
    {"Some of your answers are signs that a doctor must look at now. I do not know what is behind them; a hospital can find out.",
     "We call 999 now. Sit or lie still until they come, and give them this sheet.",
     "Tell me at once if you feel faint, if the pain gets worse or if it gets hard to breathe. If you are alone, call 999 again."}};
static const report_lines TODAY = {
    {"Some of your answers are signs that a doctor should check today. I do not know what is behind them. We stop here for today.",
     "Please ring your GP now, say it is for today, and take this letter. If they cannot see you today, call 111 or go to the emergency "
     "department.",
     WATCH}};
static const report_lines SOON = {
    {"A doctor should look at some of your answers in the next two weeks. I do not know what is behind them.",
     "Please book with your GP now and take this letter. Until then I leave this part of your body alone. If it gets worse, ring the GP "
     "the same day.",
     WATCH}};
static const report_lines ROUTINE = {
    {"A doctor should look at some of your answers at a normal appointment. I do not know what is behind them.",
     "Please book with your GP and take this letter. If it gets worse, ask to be seen sooner.", WATCH}};
static const report_lines UNSAFE = {
    {"Thank you for telling me. You do not have to carry this alone.",
     "If you or somebody else is in danger, call 999 or go to the emergency department now. If not, your GP or 111 can find you help today; "
     "I can ring with you.",
     "If it gets worse, or if you think you might harm yourself, call 999 at once and stay with somebody you trust.",
     "Keep this sheet only if it is safe for you to have it with you."}};

report_lines report_letter_person(const report_letter *l) {
  if (l->is_private && l->nreason == 1) return UNSAFE;
  report_lines out = l->is_ambulance             ? AMBULANCE
                     : l->urgency == CLINIC_E0 ? EMERGENCY
                     : l->urgency == CLINIC_E1 ? TODAY
                     : l->urgency == CLINIC_E2 ? SOON
                                               : ROUTINE;
  if (l->is_private) out.line[3] = UNSAFE.line[3];
  return out;
}

report_lines report_letter_not_done(const report_letter *l) {
  report_lines out = {{"No treatment was given today.", "No physical examination and no test is reported here.",
                       "This is a screening by a therapist, from questions only. It is no diagnosis."}};
  if (l->urgency == CLINIC_E2) out.line[0] = "No treatment of this region with the hands was given today; it waits for your review.";
  if (l->urgency == CLINIC_E3) out.line[0] = "Treatment today, if any: ______________________________";
  return out;
}

static void add(report_list *list, const char *text) {
  const size_t n = strlen(list->text);
  snprintf(list->text + n, sizeof list->text - n, "%s", text);
}

report_list report_letter_not_asked(const report_letter *l) {
  report_list out = {""};
  const clinic_safety_tables *t = l->safety.tables;
  bool is_listed[CLINIC_FLAG_MAX] = {false};
  for (int i = 0; i < t->nflag; i++) {
    // the questions of a group together, where the first of them stands
    bool has_group = false;
    for (int k = i; k < t->nflag; k++) {
      const clinic_flag *f = &t->flag[k];
      if (is_listed[k] || strcmp(f->group, t->flag[i].group) != 0 || l->safety.screen->part[f->part] != CLINIC_NOT_ASKED) continue;
      if (!has_group && out.text[0]) add(&out, "; ");
      add(&out, has_group ? ", " : f->group);
      if (!has_group) add(&out, " (");
      add(&out, f->id);
      has_group = is_listed[k] = true;
    }
    if (has_group) add(&out, ")");
  }
  return out;
}

int report_letter_also(const report_letter *l, int flag[CLINIC_FLAG_MAX]) {
  int n = 0;
  for (int i = 0; i < l->safety.tables->nflag; i++)
    if (!is_reason(&l->safety.safety->flag[i]) && l->safety.screen->part[l->safety.tables->flag[i].part] >= CLINIC_NOT_SURE) flag[n++] = i;
  return n;
}

report_day report_letter_day(const char *date) {
  static const char *const month[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September",
                                      "October", "November", "December"};
  report_day out = {""};
  if (!date || !*date) return out;
  const int m = atoi(date + 5);
  PS_ASSERT(strlen(date) == 10 && m >= 1 && m <= 12);
  snprintf(out.text, sizeof out.text, "%d %s %.4s", atoi(date + 8), month[m - 1], date);
  return out;
}

// ---- as text -------------------------------------------------------------------------------------------------------

enum { WIDTH = 78, INDENT = 3, BLANK = 46 };

// words of `text` behind `lead`, wrapped; further lines are indented
static void put(FILE *out, int indent, const char *lead, const char *text) {
  int at = fprintf(out, "%*s%s", indent, "", lead);
  const int left = indent + (*lead ? INDENT : 0);
  bool is_first = true;
  for (const char *p = text; *p;) {
    const int n = (int)strcspn(p, " ");
    int width = 0;  // characters, not bytes
    for (int i = 0; i < n; i++) width += ((unsigned char)p[i] & 0xC0u) != 0x80u;
    if (!is_first && at + 1 + width > WIDTH) {
      fprintf(out, "\n%*s", left, "");
      at = left;
      is_first = true;
    }
    at += fprintf(out, "%s%.*s", is_first ? "" : " ", n, p) - n + width;
    is_first = false;
    p += n;
    p += strspn(p, " ");
  }
  fprintf(out, "\n");
}

// a value, or a line to write on
static void put_field(FILE *out, const char *name, const char *value) {
  fprintf(out, "%-18s", name);
  if (value && *value) fprintf(out, "%s", value);
  else for (int i = 0; i < BLANK; i++) putc('_', out);
  fprintf(out, "\n");
}

static void put_head(FILE *out, const report_letter *l) {
  const report_letter_head *h = &l->head;
  char person[48];
  snprintf(person, sizeof person, "%s, %.0f years", h->is_female ? "female" : "male", floor(h->age_years));
  put_field(out, "To:", report_letter_to(l));
  put_field(out, "From:", h->from);
  put_field(out, "Date:", report_letter_day(h->date).text);
  if (l->urgency <= CLINIC_E1) put_field(out, "Time:", NULL);
  put_field(out, "Person:", h->name);
  put_field(out, "Date of birth:", report_letter_day(h->born).text);
  put_field(out, "Sex and age:", person);
}

static void put_reason(FILE *out, const report_letter *l, int number) {
  const int iflag = l->reason[number];
  const clinic_flag *f = &l->safety.tables->flag[iflag];
  char lead[16];
  snprintf(lead, sizeof lead, "%d. ", number + 1);
  put(out, 0, lead, f->question);
  put(out, INDENT, "Answer: ", report_letter_answer(l, iflag));
  for (int k = f->part + 1; k < f->part + f->npart; k++) {
    const clinic_part *part = &l->safety.tables->part[k];
    char line[256];
    snprintf(line, sizeof line, "%s %s", part->question, report_letter_word(l->safety.screen->part[k]));
    put(out, INDENT, "- ", line);
  }
  put(out, INDENT, "May point to: ", f->suspects);
  put(out, INDENT, "Our safety table says: ", f->action);
  fprintf(out, "%*sQuestion %s, source %s\n", INDENT, "", f->id, f->source);
}

static void put_rest(FILE *out, const report_letter *l) {
  int also[CLINIC_FLAG_MAX];
  const int nalso = report_letter_also(l, also);
  if (nalso) fprintf(out, "\nAlso answered yes or not sure:\n");
  for (int i = 0; i < nalso; i++) {
    const clinic_flag *f = &l->safety.tables->flag[also[i]];
    char line[512];
    snprintf(line, sizeof line, "%s %s (%s)", f->question, report_letter_word(l->safety.screen->part[f->part]), f->id);
    put(out, 0, "-  ", line);
  }
  const report_list open = report_letter_not_asked(l);
  fprintf(out, "\n");
  put(out, 0, "Safety questions not asked: ", open.text[0] ? open.text : "none");
}

static void put_lines(FILE *out, const report_lines *lines) {
  for (int i = 0; lines->line[i]; i++) put(out, 0, "-  ", lines->line[i]);
}

void report_letter_text(FILE *out, const report_letter *l) {
  const report_lines not_done = report_letter_not_done(l), person = report_letter_person(l);
  fprintf(out, "%s\n\n", report_letter_title(l));
  put(out, 0, "", report_letter_urgency(l));
  fprintf(out, "\n");
  put_head(out, l);

  fprintf(out, "\nWhat was asked and answered:\n");
  for (int i = 0; i < l->nreason; i++) put_reason(out, l, i);
  put_rest(out, l);

  fprintf(out, "\nDone and not done:\n");
  put_lines(out, &not_done);
  fprintf(out, "\n");
  put_field(out, "Signature:", NULL);
  put_field(out, "Name, role, phone:", NULL);

  fprintf(out, "\nWhat to tell the person:\n");
  put_lines(out, &person);
}
