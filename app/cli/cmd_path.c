/* psoas path: length and moment arms of one fascicle while one coordinate moves. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli/cli.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"
#include "psoas/vec.h"

static const cli_option OPTION[] = {{"sweep", "COORD=FROM:TO:STEP", "in degrees (metres for pelvis_tx, _ty, _tz)"},
                                    {"person", "PERSON.json", "on this person's body (the reference man)"},
                                    {"csv", NULL, "as CSV (the only form there is)"},
                                    {NULL, NULL, NULL}};

typedef struct sweep { int coord; double from, to, step; } sweep;

static ps_status find_coord(const ps_model *m, const char *name, int *out, ps_error *err) {
  *out = ps_model_find_coord(m, name);
  if (*out >= 0) return PS_OK;
  files_suggestion s = files_suggest_begin(name);
  for (int j = 0; j < m->ncoord; j++) files_suggest_offer(&s, m->coord[j].name);
  return ps_error_set(err, PS_EINPUT, 0, "--sweep", "no coordinate is named \"%s\"%s; psoas coords lists them",
                      files_text_quote(name).text, files_suggest_hint(files_suggest_best(&s)).text);
}

static ps_status find_muscle(const ps_model *m, const char *name, int *out, ps_error *err) {
  *out = ps_model_find_muscle(m, name);
  if (*out >= 0) return PS_OK;
  files_suggestion s = files_suggest_begin(name);
  for (int i = 0; i < m->nmuscle; i++) files_suggest_offer(&s, m->muscle[i].name);
  return ps_error_set(err, PS_EINPUT, 0, "path", "no muscle is named \"%s\"%s; psoas muscles lists them",
                      files_text_quote(name).text, files_suggest_hint(files_suggest_best(&s)).text);
}

static ps_status parse_sweep(const ps_model *m, const char *text, sweep *out, ps_error *err) {
  char copy[256];
  static const char form[] = "write it as COORD=FROM:TO:STEP, for example hip_flexion_right=-30:120:5";
  if (!text || strlen(text) >= sizeof copy) return ps_error_set(err, PS_EINPUT, 0, "--sweep", "%s", form);
  strcpy(copy, text);
  char *equals = strchr(copy, '='), *first = equals ? strchr(equals, ':') : NULL, *second = first ? strchr(first + 1, ':') : NULL;
  if (!second) return ps_error_set(err, PS_EINPUT, 0, "--sweep", "%s", form);
  *equals = *first = *second = '\0';
  PS_TRY(find_coord(m, copy, &out->coord, err));
  PS_TRY(cli_number(equals + 1, "--sweep FROM", -360.0, 360.0, &out->from, err));
  PS_TRY(cli_number(first + 1, "--sweep TO", out->from, 360.0, &out->to, err));
  PS_TRY(cli_number(second + 1, "--sweep STEP", 1e-4, 360.0, &out->step, err));
  if ((out->to - out->from)/out->step > 1e6)
    return ps_error_set(err, PS_EINPUT, 0, "--sweep", "that is more than a million rows");
  return PS_OK;
}

static ps_status print_sweep(const ps_model *m, ps_state *s, int imuscle, const sweep *w, ps_error *err) {
  const ps_muscle *p = &m->muscle[imuscle];
  const bool is_metre = m->coord[w->coord].is_translation;
  memset(s->q, 0, (size_t)m->ncoord*sizeof *s->q);
  printf("%s_%s,length_m", m->coord[w->coord].name, is_metre ? "m" : "deg");
  for (int t = p->arm; t < p->arm + p->narm; t++) printf(",arm_%s_m", m->coord[m->arm_coord[t]].name);
  putchar('\n');
  const int rows = (int)floor((w->to - w->from)/w->step + 1e-9) + 1;
  for (int i = 0; i < rows; i++) {
    const double value = w->from + i*w->step;
    s->q[w->coord] = is_metre ? value : ps_rad(value);
    ps_state_kinematics(s);
    ps_state_paths(s);
    printf("%.10g,%.12g", value, s->length[imuscle]);
    for (int t = p->arm; t < p->arm + p->narm; t++) printf(",%.12g", s->arm[t]);
    putchar('\n');
  }
  if (ferror(stdout)) return ps_error_set(err, PS_EIO, 0, "standard output", "cannot be written");
  return PS_OK;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  cli_body b;
  sweep w = {0, 0.0, 0.0, 1.0};
  int muscle = 0;
  ps_status status = cli_body_open(cli_value(call, "person"), &b, &err);
  if (status == PS_OK) status = find_muscle(b.model, call->argument[0], &muscle, &err);
  if (status == PS_OK) status = parse_sweep(b.model, cli_value(call, "sweep"), &w, &err);
  if (status == PS_OK) status = print_sweep(b.model, b.state, muscle, &w, &err);
  cli_body_close(&b);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_PATH = {"path", "MUSCLE --sweep COORD=FROM:TO:STEP [--csv]",
                              "length and moment arms of a fascicle while a joint moves", 1, 1, OPTION, run};
