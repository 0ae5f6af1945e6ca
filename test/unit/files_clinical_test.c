/* The clinical tables: the packed ones load; a row without a source, a rule of an unknown part, a comparison with an unknown
 * field, and every other broken row do not, and the message says where.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_clinical.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"

typedef struct edit {    // the packed tables with one text of one table replaced; `from` NULL: `to` added at its end
  const char *path, *from, *to;
} edit;

static ps_status read_edited(const void *ctx, const char *path, files_bytes *out, ps_error *err) {
  const edit *e = ctx;
  const files_table_source packed = files_source_packed();
  files_bytes bytes;
  PS_TRY(packed.read(packed.ctx, path, &bytes, err));
  if (strcmp(path, e->path) != 0) {
    *out = bytes;
    return PS_OK;
  }
  char *text = malloc(bytes.size + strlen(e->to) + 1);
  assert_non_null(text);
  memcpy(text, bytes.data, bytes.size);
  text[bytes.size] = '\0';
  char *at = e->from ? strstr(text, e->from) : text + bytes.size;
  if (!at) fail_msg("%s does not hold \"%s\"", path, e->from);
  const size_t nfrom = e->from ? strlen(e->from) : 0;
  memmove(at + strlen(e->to), at + nfrom, strlen(at + nfrom) + 1);
  memcpy(at, e->to, strlen(e->to));
  *out = (files_bytes){text, strlen(text), text};
  files_bytes_free(&bytes);
  return PS_OK;
}

static void packed_tables_load(void **state) {
  (void)state;
  files_clinical *c = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &c, NULL));
  const clinic_safety_tables *t = files_clinical_safety(c);
  assert_int_equal(t->nflag, 33);
  assert_int_equal(t->ncondition, 23);
  for (int i = 0; i < t->nflag; i++) assert_string_equal(t->part[t->flag[i].part].name, "main");
  assert_int_equal(files_clinical_find_flag(t, "RF99"), -1);
  assert_int_equal(files_clinical_find_part(t, 0, "none"), -1);
  files_clinical_free(c);
}

static int node_named(const clinic_evidence *e, const char *id) {
  for (int i = 0; i < e->nnode; i++)
    if (strcmp(e->node[i].id, id) == 0) return i;
  return -1;
}

static void packed_evidence_is_whole(void **state) {
  (void)state;
  files_clinical *c = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &c, NULL));
  const clinic_evidence *e = files_clinical_evidence(c);
  assert_int_equal(e->fields.nfield, 145);
  assert_int_equal(e->fields.nregion, 20);
  assert_int_equal(e->nnode, 18);
  assert_int_equal(e->nlikelihood, 59);
  assert_int_equal(e->nprior, 23);

  // what is shown of an iliopsoas is held lower than of anything else
  for (int i = 0; i < e->nnode; i++) {
    const clinic_node *n = &e->node[i];
    if (n->kind != CLINIC_ESTIMATED) continue;
    const bool is_psoas = strcmp(n->id, "IP_PAIN") == 0;
    assert_close(n->least, is_psoas ? 0.1 : 0.05, 0.0, 0.0);
    assert_close(n->most, is_psoas ? 12.0 : 20.0, 0.0, 0.0);
    assert_close(n->most_shown, is_psoas ? 0.75 : 1.0, 0.0, 0.0);
    if (strncmp(n->id, "IP_", 3) != 0) assert_true(n->tell_apart[0]);
  }
  assert_int_equal(e->node[node_named(e, "IP_LOAD")].kind, CLINIC_SIMULATED);
  assert_int_equal(e->node[node_named(e, "NSLBP")].kind, CLINIC_IN_WORDS);

  // age counts once: in the starting values
  for (int i = 0; i < e->nlikelihood; i++) assert_string_not_equal(e->likelihood[i].group, "age");

  const clinic_rules *r = &e->rules;
  assert_close(r->dependence, 0.7, 0.0, 0.0);
  assert_int_equal(r->enough_findings, 5);
  assert_int_equal(r->nband, 5);
  assert_string_equal(r->band[1].words, "possible, not favoured");
  assert_close(r->shrink[CLINIC_C].k, 0.6, 0.0, 0.0);
  assert_close(r->shrink[CLINIC_C].tau, 0.4, 0.0, 0.0);
  files_clinical_free(c);
}

// an exam in which a comparison holds
static void satisfy(const clinic_comparison *test, clinic_exam *exam) {
  for (int i = 0; i < test->n; i++) {
    const clinic_term *t = &test->term[i];
    clinic_value *v = &exam->value[t->field][CLINIC_RIGHT];
    if (v->has) continue;
    v->has = true;
    while (t->op == CLINIC_IS && !(t->words & 1u << v->choice)) v->choice++;
    const double beyond = t->op == CLINIC_ABOVE ? 0.5 : t->op == CLINIC_BELOW ? -0.5 : 0.0;
    v->number = t->number + beyond;
  }
}

static void every_finding_and_start_can_be_met(void **state) {
  (void)state;
  files_clinical *c = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &c, NULL));
  const clinic_evidence *e = files_clinical_evidence(c);
  for (int i = 0; i < e->nfinding + e->nprior; i++) {
    const clinic_comparison *test = i < e->nfinding ? &e->finding[i].test : &e->prior[i - e->nfinding].when;
    clinic_exam exam = {.fields = &e->fields};
    if (test->n > 0) assert_int_equal(clinic_comparison_presence(test, &exam), CLINIC_MISSING);
    satisfy(test, &exam);
    if (clinic_comparison_presence(test, &exam) != CLINIC_PRESENT) fail_msg("finding or start %d", i);
  }

  // of the counts of the provocation tests exactly one holds
  for (int count = 0; count <= 3; count++) {
    clinic_exam exam = {.fields = &e->fields};
    const int field = clinic_field_find(&e->fields, "derived.triad_of_3");
    exam.value[field][0] = (clinic_value){.has = true, .number = count};
    int npresent = 0;
    for (int i = 0; i < e->nfinding; i++) {
      if (clinic_comparison_presence(&e->finding[i].test, &exam) != CLINIC_PRESENT) continue;
      npresent++;
      assert_int_equal(e->finding[i].id[6] - '0', count);  // "triad_2_of_3"
    }
    assert_int_equal(npresent, 1);
  }
  files_clinical_free(c);
}

typedef struct fault { edit edit; const char *word; } fault;

static void refuse(const fault *row, size_t n) {
  for (size_t i = 0; i < n; i++) {
    files_clinical *c = NULL;
    ps_error err = {PS_OK, 0, "", ""};
    const ps_status status = files_clinical_load((files_table_source){read_edited, &row[i].edit}, &c, &err);
    if (status != PS_EFORMAT && status != PS_EINPUT)
      fail_msg("%s, row %zu (wanted \"%s\"): %s", row[i].edit.path, i, row[i].word, ps_status_text(status));
    assert_null(c);
    assert_string_equal(err.where, row[i].edit.path);
    if (!strstr(err.msg, row[i].word)) fail_msg("row %zu: \"%s\" lacks \"%s\"", i, err.msg, row[i].word);
  }
}

static void faults_are_refused_with_their_place(void **state) {
  (void)state;
  static const char rules[] = "clinical/red_flag_rules.csv", flags[] = "clinical/red_flags.csv", parts[] = "clinical/red_flag_parts.csv";
  static const char conditions[] = "clinical/contraindications.csv";
  static const fault row[] = {
      {{rules, "RF02,E0,main,0,,CESBMJ,", "RF02,E0,main,0,,,"}, "source"},
      {{rules, "RF02,E0,main,0,,CESBMJ,", "RF02,E0,main,0,,NOBODY,"}, "not a key of clinical/sources.csv"},
      {{rules, "RF02,E0,main", "RF02,E5,main"}, "urgency"},
      {{rules, "RF02,E0,main", "RF77,E0,main"}, "not a flag"},
      {{rules, "main new_or_spreading", "main new_or_speading"}, "names a part that no flag has"},
      {{rules, "RF02,E0,main,0,,CESBMJ,\n", ""}, "flag RF02 has no rule"},
      {{rules, "RF05,E0,main new_or_spreading", "RF05,E0,new_or_spreading"}, "begins with main"},
      {{rules, "RF26,E3,main,3,", "RF26,E3,main,0,"}, "least"},
      {{flags, "RF02,", "RF01,"}, "stands there twice"},
      {{parts, "RF09,midline", "RF09,sudden_severe"}, "stands there twice"},
      {{parts, "RF31,danger_now", "RF77,danger_now"}, "not a flag"},
      {{conditions, "CI01,", "CI02,"}, "stands there twice"},
      {{conditions, ",block,clear_first,modify,modify,", ",block,clear_first,modify,perhaps,"}, "hip_extension_stretch"},
      {{"clinical/sources.csv", "key,citation", "keys,citation"}, "key"},
  };
  refuse(row, sizeof row/sizeof *row);
}

static void broken_fields_are_refused(void **state) {
  (void)state;
  static const char fields[] = "clinical/exam_fields.csv", regions[] = "clinical/pain_regions.csv";
  static const fault row[] = {
      {{fields, "section,key,sides", "section,keys,sides"}, "column 2 of the header"},
      {{fields, NULL, "pain,onset,one,answer,,,,,w,h,ELICITED,\n"}, "key is \"onset\": stands there twice in its section"},
      {{fields, NULL, "pain,on-set,one,answer,,,,,w,h,ELICITED,\n"}, "a name of up to 48 letters"},
      {{fields, NULL, ",new,one,answer,,,,,w,h,ELICITED,\n"}, "section is \"\""},
      {{fields, NULL, "pain,new,left,answer,,,,,w,h,ELICITED,\n"}, "sides is \"left\": allowed is one, both"},
      {{fields, NULL, "pain,new,one,anser,,,,,w,h,ELICITED,\n"}, "kind is \"anser\": allowed is answer, choice"},
      {{fields, NULL, "pain,new,one,answer,yes no,,,,w,h,ELICITED,\n"}, "only a choice, choices or a measure has words"},
      {{fields, NULL, "pain,new,one,choice,,,,,w,h,ELICITED,\n"}, "needs words"},
      {{fields, NULL, "pain,new,one,choices,,,,,w,h,ELICITED,\n"}, "needs words"},
      {{fields, NULL, "pain,new,one,measure,,0,1,deg,w,h,ELICITED,\n"}, "needs words"},
      {{fields, NULL, "pain,new,one,choice,a b a,,,,w,h,ELICITED,\n"}, "\"a\" stands there twice"},
      {{fields, NULL, "pain,new,one,choice,a b c d e f g h i j k l m n o p q,,,,w,h,ELICITED,\n"}, "more words than"},
      {{fields, NULL, "pain,new,one,answer,,0,,,w,h,ELICITED,\n"}, "lo is \"0\": only a number has a range"},
      {{fields, NULL, "pain,new,one,text,,,,deg,w,h,ELICITED,\n"}, "unit is \"deg\": only a number"},
      {{fields, NULL, "pain,new,one,number,,,1,,w,h,ELICITED,\n"}, "lo is \"\": a number is needed"},
      {{fields, NULL, "pain,new,one,number,,2,1,,w,h,ELICITED,\n"}, "lo is \"2\": above hi"},
      {{fields, NULL, "pain,new,one,whole,,0.5,1,,w,h,ELICITED,\n"}, "the range of a whole number is whole"},
      {{fields, NULL, "pain,new,one,answer,,,,,,h,ELICITED,\n"}, "words is \"\": a text is needed"},
      {{fields, NULL, "pain,new,one,answer,,,,,w,,ELICITED,\n"}, "how is \"\": a text is needed"},
      {{fields, NULL, "pain,new,one,answer,,,,,w,h,,\n"}, "a source key is needed"},
      {{fields, NULL, "pain,new,one,answer,,,,,w,h,NOBODY,\n"}, "not a key of clinical/sources.csv"},
      {{regions, NULL, "groin,front,both,w,,ELICITED,\n"}, "stands there twice"},
      {{regions, NULL, "new,side,both,w,,ELICITED,\n"}, "view is \"side\": allowed is front, back"},
      {{regions, NULL, "new,front,two,w,,ELICITED,\n"}, "sides"},
      {{regions, NULL, "new,front,one,,,ELICITED,\n"}, "words"},
      {{regions, NULL, "new,front,one,w,,NOBODY,\n"}, "not a key"},
  };
  refuse(row, sizeof row/sizeof *row);
}

static void broken_conditions_and_findings_are_refused(void **state) {
  (void)state;
  static const char conditions[] = "clinical/conditions.csv", findings[] = "clinical/findings.csv";
  static const fault row[] = {
      {{conditions, NULL, "DISC,in_words,w,p,a,t,,,,ELICITED,\n"}, "stands there twice"},
      {{conditions, NULL, "NEW,certain,w,p,a,t,,,,ELICITED,\n"}, "allowed is estimated, simulated, in_words"},
      {{conditions, NULL, "NEW,in_words,,p,a,t,,,,ELICITED,\n"}, "words"},
      {{conditions, NULL, "NEW,in_words,w,,a,t,,,,ELICITED,\n"}, "plain"},
      {{conditions, NULL, "NEW,in_words,w,p,,t,,,,ELICITED,\n"}, "against"},
      {{conditions, NULL, "NEW,in_words,w,p,a,t,0.05,,,ELICITED,\n"}, "least is \"0.05\": only an estimated"},
      {{conditions, NULL, "NEW,in_words,w,p,a,t,,,1,ELICITED,\n"}, "most_shown is \"1\": only an estimated"},
      {{conditions, NULL, "NEW,estimated,w,p,a,t,,20,1,ELICITED,\n"}, "least"},
      {{conditions, NULL, "NEW,estimated,w,p,a,t,2,20,1,ELICITED,\n"}, "least is \"2\": allowed is 0.001 to 1"},
      {{conditions, NULL, "NEW,estimated,w,p,a,t,0.05,0.9,1,ELICITED,\n"}, "most is \"0.9\": allowed is 1 to 1000"},
      {{conditions, NULL, "NEW,estimated,w,p,a,t,0.05,20,1.1,ELICITED,\n"}, "most_shown"},
      {{conditions, NULL, "NEW,estimated,w,p,a,t,0.05,20,1,,\n"}, "source"},
      {{conditions, NULL, "NEW,estimated,w,p,a,t,0.05,20,1,ELICITED,\n"}, "NEW is estimated and has no starting value"},
      {{findings, NULL, "pain_on_rising,pain.runs=neither,w,p,ELICITED,\n"}, "stands there twice"},
      {{findings, NULL, "new,,w,p,ELICITED,\n"}, "a comparison is needed"},
      {{findings, NULL, "new,pain.runs=neither,,p,ELICITED,\n"}, "words"},
      {{findings, NULL, "new,pain.runs=neither,w,,ELICITED,\n"}, "plain"},
      {{findings, NULL, "new,pain.runs=neither,w,p,NOBODY,\n"}, "not a key"},
      {{findings, NULL, "new,pain.runs=neither,w,p,ELICITED,\n"}, "no likelihood ratio uses new"},
  };
  refuse(row, sizeof row/sizeof *row);
}

static void broken_comparisons_are_refused(void **state) {
  (void)state;
  static const char findings[] = "clinical/findings.csv", from[] = "pain.runs=beside_spine";
  static const fault row[] = {
      {{findings, from, "pain.run=beside_spine"}, "no field \"pain.run\"; did you mean \"pain.runs\"?"},
      {{findings, from, "runs=beside_spine"}, "no field \"runs\""},
      {{findings, from, "pain.runs"}, "a comparison is section.key"},
      {{findings, from, "pain.runs=beside_spin"}, "did you mean \"beside_spine\"?"},
      {{findings, from, "pain.runs=no"}, "allowed is beside_spine, across_back, neither"},
      {{findings, from, "pain.runs="}, "(empty) is no word of runs"},
      {{findings, from, "pain.runs=neither|neither"}, "a word stands there twice"},
      {{findings, from, "pain.runs>=1"}, "words are compared by ="},
      {{findings, from, "pain.runs=neither &"}, "a comparison is section.key"},
      {{findings, from, "signs.spreads=not_asked"}, "not_asked is no word of spreads"},
      {{findings, from, "signs.spreads=perhaps"}, "allowed is no, not_sure, yes"},
      {{findings, from, "pain.now_0_10=3"}, "numbers are compared by"},
      {{findings, from, "pain.now_0_10>=three"}, "a number is needed"},
      {{findings, from, "pain.now_0_10>=11"}, "now_0_10 is 0 to 10"},
      {{findings, from, "pain.now_0_10>=2.5"}, "a whole number is needed"},
      {{findings, from, "exam.exam_date>=1"}, "texts and dates are not compared"},
      {{findings, from, "role.qualification=yes"}, "texts and dates are not compared"},
      {{findings, from, "person.lordosis=phone_T12_S1"}, "numbers are compared by"},
      {{findings, from, "pain.now_0_10>0 & pain.now_0_10>1 & pain.now_0_10>2 & pain.now_0_10>3 & pain.now_0_10>4"}, "more comparisons"},
  };
  refuse(row, sizeof row/sizeof *row);
}

static void broken_ratios_and_starts_are_refused(void **state) {
  (void)state;
  static const char ratios[] = "clinical/likelihoods.csv", priors[] = "clinical/priors.csv", base[] = "clinical/base_rates.csv";
  static const fault row[] = {
      {{ratios, NULL, "LR029,0,DISC,,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "stands there twice"},
      {{ratios, NULL, "LR999,2,DISC,,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "use is \"2\": allowed is 0, 1"},
      {{ratios, NULL, "LR999,1,DISK,pain_on_rising,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "did you mean \"DISC\"?"},
      {{ratios, NULL, "LR999,1,IP_LOAD,pain_on_rising,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "a simulated condition"},
      {{ratios, NULL, "LR999,1,DISC,pain_on_raising,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "not a finding"},
      {{ratios, NULL, "LR999,1,DISC,,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "not a finding"},
      {{ratios, NULL, "LR999,1,DISC,pain_on_rising,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "counts twice for this condition"},
      {{ratios, NULL, "LR999,0,DISC,pain_on_rising,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "a row that is not used has none"},
      {{ratios, NULL, "LR999,0,DISC,,,g,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "words"},
      {{ratios, NULL, "LR999,0,DISC,,w,,,,,,1,1,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "group"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,,,,,,,,,,,,,X,,ELICITED,\n"}, "a ratio is needed"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "lr_pos_lo"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,1.1,2,,,,1,1,1,,,,X,,ELICITED,\n"}, "lr_pos_lo is \"1.1\": above the middle"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,1,1,,,,1,1,0.9,,,,X,,ELICITED,\n"}, "engine_lr_pos_p95 is \"0.9\": below the middle"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,0,1,,,,1,1,1,,,,X,,ELICITED,\n"}, "lr_pos_lo is \"0\": allowed is 0.001"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,1,1,,,,,,,,,,X,,ELICITED,\n"}, "engine_lr_pos is \"\": given where lr_pos is"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,1,1,,,,1,1,1,1,1,1,X,,ELICITED,\n"}, "engine_lr_neg is \"1\": given where lr_neg is"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,1,1,,,,1,1,1,,,,E,,ELICITED,\n"}, "grade is \"E\": allowed is A, B, C, D, X"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,DEV98+CAPRA11,\n"}, "not a key"},
      {{ratios, NULL, "LR999,0,DISC,,w,g,,,,,1,1,1,,,,1,1,1,,,,X,,,\n"}, "a source key is needed"},
      {{priors, NULL, "PR21,DISC,w,,0.1,0.05,0.2,b,X,ELICITED,\n"}, "stands there twice"},
      {{priors, NULL, "PR99,DISK,w,,0.1,0.05,0.2,b,X,ELICITED,\n"}, "did you mean \"DISC\"?"},
      {{priors, NULL, "PR99,FEM_N,w,,0.1,0.05,0.2,b,X,ELICITED,\n"}, "only an estimated condition"},
      {{priors, NULL, "PR99,AXSPA,w,pain.runs=neither,0.1,0.05,0.2,b,X,ELICITED,\n"}, "never reached"},
      {{priors, NULL, "PR99,LFCN,,pain.runs=neither,0.1,0.05,0.2,b,X,ELICITED,\n"}, "population"},
      {{priors, NULL, "PR99,LFCN,w,pain.rums=neither,0.1,0.05,0.2,b,X,ELICITED,\n"}, "did you mean \"pain.runs\"?"},
      {{priors, NULL, "PR99,LFCN,w,,0.1,0.15,0.2,b,X,ELICITED,\n"}, "p05 is \"0.15\": above the middle value"},
      {{priors, NULL, "PR99,LFCN,w,,0.1,0.05,0.09,b,X,ELICITED,\n"}, "p95 is \"0.09\": below the middle value"},
      {{priors, NULL, "PR99,LFCN,w,,0.1,0,0.2,b,X,ELICITED,\n"}, "p05 is \"0\": allowed is"},
      {{priors, NULL, "PR99,LFCN,w,,0.1,0.05,1,b,X,ELICITED,\n"}, "p95 is \"1\": allowed is"},
      {{priors, NULL, "PR99,LFCN,w,,0.1,0.05,0.2,,X,ELICITED,\n"}, "basis"},
      {{priors, NULL, "PR99,LFCN,w,,0.1,0.05,0.2,b,Y,ELICITED,\n"}, "grade"},
      {{priors, NULL, "PR99,LFCN,w,,0.1,0.05,0.2,b,X,NOBODY,\n"}, "not a key"},
      {{base, NULL, "PR99,DISC,w,0.1,0.05,0.2,b,X,ELICITED,\n"}, "starts from clinical/priors.csv"},
      {{base, NULL, "PR99,MALIG,w,0.1,0.15,0.2,b,X,ELICITED,\n"}, "p05"},
      {{base, NULL, "PR99,MALIG,w,0.1,0.05,0.2,b,X,NOBODY,\n"}, "not a key"},
  };
  refuse(row, sizeof row/sizeof *row);
}

static void broken_rules_are_refused(void **state) {
  (void)state;
  static const char rules[] = "clinical/rules.csv";
  static const fault row[] = {
      {{rules, NULL, "dependance,0.7,,ELICITED,\n"}, "allowed is dependence"},
      {{rules, NULL, "dependence,0.7,,ELICITED,\n"}, "stands there twice"},
      {{rules, "dependence,0.7", "dependence,1.7"}, "value is \"1.7\": allowed is 0.1 to 1"},
      {{rules, "enough_findings,5,", "enough_findings,5.5,"}, "a whole number"},
      {{rules, "round_to,0.05,,", "round_to,0.05,five,"}, "only a band has words"},
      {{rules, "round_to,0.05,,ELICITED", "round_to,0.05,,"}, "source"},
      {{rules, "too_wide,0.5", "#"}, "the row too_wide is missing"},
      {{rules, "shrink_tau_D", "#"}, "the row shrink_tau_D is missing"},
      {{rules, "band,0,", "band,0.05,"}, "the first band begins at 0"},
      {{rules, "band,0.25,", "band,0.05,"}, "not above the band before"},
      {{rules, "band,0.45,plausible contributor", "band,0.45,"}, "words"},
  };
  refuse(row, sizeof row/sizeof *row);
}

static void broken_effects_and_pathways_are_refused(void **state) {
  (void)state;
  static const char effects[] = "clinical/effects.csv", paths[] = "clinical/pathways.csv", base[] = "clinical/base_rates.csv",
                    claims[] = "clinical/claims.csv", rules[] = "clinical/rules.csv";
  static const fault row[] = {
      {{effects, NULL, "pelvic_tilt,w,deg,2,,raises,0,ELICITED,n\n"}, "stands there twice"},
      {{effects, NULL, "pelvic_tlt,w,deg,2,,raises,0,ELICITED,n\n"}, "allowed is lumbar_compression"},
      {{effects, "pelvic_tilt,", "#"}, "the row pelvic_tilt is missing"},
      {{effects, "\"tilt of the pelvis (ASIS-PSIS), standing\"", ""}, "words"},
      {{effects, ",deg,2,", ",rad,2,"}, "unit is \"rad\": another unit"},
      {{effects, ",deg,2,", ",deg,0,"}, "least is \"0\": allowed is"},
      {{effects, ",deg,2,", ",deg,-2,"}, "least"},
      {{effects, ",N,10,0.1,", ",N,10,1.1,"}, "least_share is \"1.1\""},
      {{effects, ",raises,", ",lowers,"}, "direction is \"lowers\": allowed is raises, either"},
      {{effects, "raises,1,", "raises,yes,"}, "is_load is \"yes\": allowed is 0, 1"},
      {{effects, "WILKE99;", "WILKE98;"}, "not a key"},
      {{effects, "WILKE99;ELICITED", ""}, "source"},
      {{paths, NULL, "pathway_1,t,P1a,,v,a,s,m,p,c,1,,,ELICITED,\n"}, "stands there twice"},
      {{paths, NULL, "pathway_6,t,P1a,,v,a,s,m,p,c,1,,,ELICITED,\n"}, "allowed is pathway_1"},
      {{paths, "pathway_4,", "#"}, "the row pathway_4 is missing"},
      {{paths, "Compression of the lower back", ""}, "title"},
      {{paths, ",P1a P1b P1c,", ",,"}, "links"},
      {{paths, "P1a P1b P1c", "P1a P1b P1d"}, "not a claim"},
      {{paths, "P1a P1b P1c", "P1a P1b P1a"}, "a claim stands there twice"},
      {{paths, "P1a P1b P1c", "P1a P1b A1"}, "a claim without a grade"},
      {{paths, ",P3a P3b,P3c,", ",P3a P3b,P3b,"}, "also is \"P3b\": a claim stands there twice"},
      {{paths, "no study supports it", ""}, "verdict"},
      {{paths, ",0.1,,,TRPMAP", ",0,,,TRPMAP"}, "most is \"0\": allowed is"},
      {{paths, ",0.1,,,TRPMAP", ",,,,TRPMAP"}, "most"},
      {{paths, "derived.front_thigh|", "derived.front_tigh|"}, "not a field"},
      {{paths, "derived.front_thigh|", "pain.now_0_10|"}, "not an answer"},
      {{paths, "dermatome_loss & muscle", "dermatome_loss &  & muscle"}, "fields parted by |"},
      {{paths, "derived.femoral_deficit", "derived.femoral_deficit & "}, "a group is empty"},
      {{paths, "derived.femoral_deficit", "derived.femoral_deficit & derived.groin_pain"}, "more rows than"},
      {{paths, "TRPMAP;THORRF", "TRPMAP;THORF"}, "not a key"},
      {{claims, ",low-moderate,D,", ",low-moderate,E,"}, "grade is \"E\": allowed is A, B, C, D, X"},
      {{base, NULL, "PR99,PATHWAY_P1,w,0.1,0.05,0.2,b,X,ELICITED,\n"}, "stands there twice"},
      {{base, NULL, "PR99,PATHWAY_P6,w,0.1,0.05,0.2,b,X,ELICITED,\n"}, "allowed is PATHWAY_P1"},
      {{base, "PR29,PATHWAY_LOCAL", "PR29,OTHER"}, "the row PATHWAY_LOCAL is missing"},
      {{rules, "pathway_floor,0.25", "pathway_floor,0"}, "value is \"0\": allowed is 0.01 to 1"},
  };
  refuse(row, sizeof row/sizeof *row);
}

static void effects_and_pathways_are_read(void **state) {
  (void)state;
  files_clinical *c = NULL;
  assert_ok(files_clinical_load(files_source_packed(), &c, NULL));
  const clinic_pathway_rules *r = files_clinical_pathways(c);
  const clinic_fields *f = &files_clinical_evidence(c)->fields;
  static const double least[] = {10.0, 1.0, 2.0*3.14159265358979324/180.0, 0.01, 1000.0, 10.0}, share[] = {0.1, 0.0, 0.0, 0.0, 0.1, 0.1};
  static const char *const unit[] = {"N", "Nm", "deg", "%", "kPa", "N"}, *const start[] = {"PR24", "PR28", "PR25", "PR26", "PR27", "PR29"};
  for (int k = 0; k < CLINIC_NEFFECT; k++) {
    assert_close(r->effect[k].least, least[k], 1e-14, 0.0);
    assert_close(r->effect[k].least_share, share[k], 0.0, 0.0);
    assert_string_equal(r->effect[k].unit, unit[k]);
    assert_true(r->effect[k].is_load == (k == 0 || k == 1 || k == 5));
    assert_true(r->effect[k].is_either == (k == 1 || k == 5));
    assert_non_null(strstr(r->effect[k].note, "assumed, because"));
    assert_string_equal(r->start[k].id, start[k]);
  }
  assert_close(r->floor, 0.25, 0.0, 0.0);
  const clinic_pathway_rule *nerve = &r->pathway[4];
  assert_int_equal(nerve->needs.ngroup, 1);
  assert_int_equal(nerve->needs.n[0], 2);
  assert_int_equal(nerve->needs.field[0][1], clinic_field_find(f, "derived.groin_pain"));
  assert_int_equal(nerve->refers.ngroup, 2);
  assert_int_equal(nerve->refers.n[1], 3);
  assert_int_equal(nerve->refers.field[1][2], clinic_field_find(f, "derived.femoral_deficit"));
  for (int k = 0; k < CLINIC_NPATHWAY; k++) {
    const bool is_capped = k == 1 || k == 4;
    assert_close(r->pathway[k].most, is_capped ? 0.1 : 1.0, 0.0, 0.0);
  }
  files_clinical_free(c);
}

// trials.csv: a good row with one field replaced
static void broken_trials_are_refused(void **state) {
  (void)state;
  static const char *const good[] = {"new", "w", "p", "h", "movement_tests.slump_leg_pain", "2", "1", "any", "", "", "0", "",
                                     "movement_tests.slump_leg_pain=yes / movement_tests.slump_leg_pain=no", "ELICITED", ""};
  enum { NCOLUMN = sizeof good/sizeof *good };
  static const struct { int column; const char *text, *word; } row[] = {
      {0, "", "trial"},
      {1, "", "words"},
      {2, "", "plain"},
      {3, "", "how"},
      {4, "", "only the mandatory safety screen has no fields"},
      {4, "movement_tests.slum_leg_pain", "did you mean \"movement_tests.slump_leg_pain\"?"},
      {5, "0", "minutes"},
      {6, "3", "provocation is \"3\": allowed is 0, 1, 2"},
      {7, "all", "role is \"all\": allowed is any, trained"},
      {7, "trained", "competency is \"\": given when the role is trained"},
      {8, "reflex_testing", "given when the role is trained"},
      {9, "massage", "technique is \"massage\": allowed is abdominal_psoas_release"},
      {10, "yes", "mandatory"},
      {11, "signs.spread=yes", "did you mean \"signs.spreads\"?"},
      {12, "", "a test that is not mandatory needs outcomes"},
      {12, "movement_tests.slump_leg_pain=yes", "one outcome tells nothing"},
      {12, "movement_tests.slump_leg_pain / signs.spreads=no", "an outcome is section.key=WORD"},
      {12, "movement_tests.slump_leg_pain=often / signs.spreads=no", "allowed is no, not_sure, yes"},
      {12, "signs.spreads.left=yes / signs.spreads=no", "a field without sides has none"},
      {12, "derived.groin_pain=yes / signs.spreads=no", "a derived field is computed"},
      {12, "exam.exam_date=2026-11-24 / signs.spreads=no", "texts and dates are no outcomes"},
      {12, "pain.now_0_10=12 / signs.spreads=no", "now_0_10 is 0 to 10"},
      {12, "signs.spreads=yes & signs.spreads=no / signs.spreads=no", "a field is set twice"},
      {12, "signs.spreads=no / signs.spreads=yes / signs.spreads=no / signs.spreads=yes / signs.spreads=no", "more outcomes"},
      {13, "NOBODY", "not a key"},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    char line[1024] = "";
    for (int k = 0; k < NCOLUMN; k++) {
      if (k) strcat(line, ",");
      strcat(line, k == row[i].column ? row[i].text : good[k]);
    }
    strcat(line, "\n");
    refuse(&(fault){{"clinical/trials.csv", NULL, line}, row[i].word}, 1);
  }
}

static void trials_are_read(void **state) {
  (void)state;
  static const edit more = {"clinical/trials.csv", NULL,
                            "new1,w,p,h,muscle_tests.achilles_reflex pain.now_0_10,2.5,2,trained,reflex_testing,deep_tissue_back_hip,0,"
                            "pain.leg_pain=above_knee|below_knee & pain.now_0_10>=3,"
                            "muscle_tests.achilles_reflex.left=reduced & muscle_tests.achilles_reflex.right=normal & pain.now_0_10=4 / "
                            "muscle_tests.achilles_reflex=absent,SURI11,\n"
                            "new2,w,p,h,signs.spreads,1,0,any,,,1,,,ELICITED,\n"};
  files_clinical *c = NULL;
  assert_ok(files_clinical_load((files_table_source){read_edited, &more}, &c, NULL));
  const clinic_evidence *e = files_clinical_evidence(c);
  const int reflex = clinic_field_find(&e->fields, "muscle_tests.achilles_reflex");
  const clinic_trial *t = &e->trial[e->ntrial - 2];
  assert_string_equal(t->id, "new1");
  assert_int_equal(t->nfield, 2);
  assert_int_equal(t->field[0], reflex);
  assert_close(t->minutes, 2.5, 0.0, 0.0);
  assert_int_equal(t->provocation, 2);
  assert_true(t->is_trained);
  assert_string_equal(t->competency, "reflex_testing");
  assert_int_equal(t->technique, CLINIC_DEEP_TISSUE);
  assert_false(t->is_mandatory);
  assert_int_equal(t->when.n, 2);
  assert_int_equal(t->when.term[0].words, 6);
  assert_int_equal(t->when.term[1].op, CLINIC_AT_LEAST);
  assert_close(t->when.term[1].number, 3.0, 0.0, 0.0);
  assert_int_equal(t->noutcome, 2);
  assert_int_equal(t->outcome[0].n, 3);
  assert_int_equal(t->outcome[0].assign[0].side, CLINIC_LEFT);
  assert_close(t->outcome[0].assign[0].value, 1.0, 0.0, 0.0);
  assert_int_equal(t->outcome[0].assign[1].side, CLINIC_RIGHT);
  assert_close(t->outcome[0].assign[2].value, 4.0, 0.0, 0.0);
  assert_int_equal(t->outcome[1].assign[0].side, -1);
  assert_close(t->outcome[1].assign[0].value, 2.0, 0.0, 0.0);
  t++;
  assert_true(t->is_mandatory);
  assert_int_equal(t->technique, -1);
  assert_int_equal(t->noutcome, 0);
  files_clinical_free(c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(packed_tables_load),
      cmocka_unit_test(packed_evidence_is_whole),
      cmocka_unit_test(every_finding_and_start_can_be_met),
      cmocka_unit_test(faults_are_refused_with_their_place),
      cmocka_unit_test(broken_fields_are_refused),
      cmocka_unit_test(broken_conditions_and_findings_are_refused),
      cmocka_unit_test(broken_comparisons_are_refused),
      cmocka_unit_test(broken_ratios_and_starts_are_refused),
      cmocka_unit_test(broken_rules_are_refused),
      cmocka_unit_test(broken_effects_and_pathways_are_refused),
      cmocka_unit_test(effects_and_pathways_are_read),
      cmocka_unit_test(broken_trials_are_refused),
      cmocka_unit_test(trials_are_read),
  };
  return cmocka_run_group_tests_name("files_clinical", tests, NULL, NULL);
}
