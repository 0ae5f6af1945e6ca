/* psoas assess: the main command. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/assess/assess.h"
#include "app/cli/cli.h"
#include "app/files/files_text.h"
#include "app/report/html_assess.h"
#include "app/report/pathway_text.h"
#include "app/report/result_json.h"
#include "psoas/vec.h"

static const cli_option OPTION[] = {{"html", "FILE", "write the report as one self-contained page"},
                                    {"json", NULL, "the result as JSON"},
                                    {"draws", "N", "draws of the intervals, 0 to 2000 (300)"},
                                    {"seed", "N", "seed of the draws (1)"},
                                    {"p", "P", "exponent of the recruitment cost, 2 to 10 (2)"},
                                    {NULL, NULL, NULL}};

static void print_tightness(const assess_result *r) {
  static const char *const side[2] = {"right", "left"};
  printf("Iliopsoas, from the modified Thomas test (share of fibre length by which it is short):\n");
  for (int k = 0; k < 2; k++) {
    if (r->source[k] == ASSESS_THOMAS)
      printf("  %-5s  %4.1f %%  (5th to 95th percentile %.1f to %.1f %%)   thigh %+.1f deg, simulated without shortening %+.1f\n",
             side[k], 100.0*r->side[k].shortening, 100.0*r->side[k].lo, 100.0*r->side[k].hi,
             r->person.thomas[k].hip_angle_deg, ps_deg(r->released_hip_angle[k]));
    else
      printf("  %-5s  %s\n", side[k], r->source[k] == ASSESS_STATED ? "as the file states it" : "not measured: taken as typical");
  }
}

static void print_levels(const assess_result *r) {
  const assess_task *t = &r->task[ASSESS_STANDING];
  printf("\nStanding, posture held. Compression in N:\n%-8s %7s %9s %15s %16s\n", "level", "as is", "released",
         "change (90 %)", "psoas' own share");
  for (int k = 5; k >= 0 && k < t->as_is.load->nlevel; k--) {
    const double a = t->as_is.load->level[k].total.compression, b = t->released.load->level[k].total.compression;
    char change[48];
    snprintf(change, sizeof change, "%+.0f (%+.0f..%+.0f)", a - b, r->effect_lo[k], r->effect_hi[k]);
    printf("%-8s %7.0f %9.0f %15s %16.0f\n", t->as_is.load->level[k].level, a, b, change,
           report_psoas_share(t->as_is.load, k).compression);
  }
}

static void print_pathways(const assess_result *r) {
  printf("\nThe five pathways (as is minus released):\n");
  for (int id = 0; id < PS_NPATHWAY; id++) {
    const assess_pathway *p = &r->pathway[id];
    const report_pathway_text *t = report_pathway(id);
    if (!p->has)
      printf("  %d %-32s says nothing: %s\n", id + 1, t->title, p->why);
    else if (p->lo <= 0.0 && p->hi >= 0.0)
      printf("  %d %-32s says nothing: %+.2f %s, between %+.2f and %+.2f\n", id + 1, t->title,
             t->factor*(p->as_is - p->released), t->unit, t->factor*p->lo, t->factor*p->hi);
    else
      printf("  %d %-32s %+.2f %s, between %+.2f and %+.2f\n", id + 1, t->title, t->factor*(p->as_is - p->released),
             t->unit, t->factor*p->lo, t->factor*p->hi);
  }
}

static void print_text(const assess_result *r) {
  print_tightness(r);
  print_levels(r);
  print_pathways(r);
  printf("\nNot measured:\n");
  for (int i = 0; report_not_measured(r, i); i++) printf("  - %s\n", report_not_measured(r, i));
  for (unsigned bit = 0; ps_warn_text(bit); bit++)
    if (r->warn >> bit & 1u) printf("note: %s\n", ps_warn_text(bit));
  printf("\nA hypothesis put to numbers, not a diagnosis.\n");
}

static ps_status write_html(const assess_result *r, const char *path, ps_error *err) {
  char *page = NULL;
  size_t size = 0;
  PS_TRY(report_assess_html(r, &page, &size, err));
  const ps_status status = files_text_write(path, page, size, err);
  free(page);
  return status;
}

static ps_status read_options(const cli_call *call, assess_opts *o, ps_error *err) {
  double x = 0.0;
  *o = assess_default();
  if (cli_value(call, "draws")) {
    PS_TRY(cli_whole(cli_value(call, "draws"), "--draws", PS_DRAW_MAX, &x, err));
    o->ndraw = (int)x;
  }
  if (cli_value(call, "seed")) {
    PS_TRY(cli_whole(cli_value(call, "seed"), "--seed", 9e15, &x, err));
    o->seed = (uint64_t)x;
  }
  if (cli_value(call, "p")) PS_TRY(cli_number(cli_value(call, "p"), "--p", 2.0, 10.0, &o->p, err));
  return PS_OK;
}

static ps_status report(const cli_call *call, const assess_result *r, ps_error *err) {
  if (cli_value(call, "html")) PS_TRY(write_html(r, cli_value(call, "html"), err));
  if (cli_value(call, "json")) return cli_print_json(report_assess_json(r), 12, err);
  print_text(r);
  return PS_OK;
}

static int run(const cli_call *call) {
  ps_error err = {PS_OK, 0, "", ""};
  files_anatomy *anatomy = NULL;
  files_person person;
  assess_result *result = NULL;
  assess_opts o;
  ps_status status = read_options(call, &o, &err);
  if (status == PS_OK) status = files_anatomy_load(files_source_packed(), &anatomy, &err);
  if (status == PS_OK) status = files_person_load(call->argument[0], files_anatomy_view(anatomy), &person, &err);
  if (status == PS_OK && person.has_exam_sections)
    fprintf(stderr, "psoas: %s: sections of an exam are not read by this version\n", call->argument[0]);
  if (status == PS_OK) status = assess_run(files_anatomy_view(anatomy), &person, &o, &result, &err);
  if (status == PS_OK) status = report(call, result, &err);
  assess_free(result);
  files_anatomy_free(anatomy);
  return status == PS_OK ? CLI_DONE : cli_fail(&err);
}

const cli_command CLI_ASSESS = {"assess", "PERSON.json [--html FILE]",
                                "estimate iliopsoas shortening; compare loads as is and released", 1, 1, OPTION, run};
