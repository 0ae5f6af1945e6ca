/* The clinical tables: the packed ones load; a row without a source, a rule of an unknown part, a flag without a rule do not.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_clinical.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"

typedef struct edit {    // the packed tables with one text of one table replaced
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
  char *at = strstr(text, e->from);
  assert_non_null(at);
  memmove(at + strlen(e->to), at + strlen(e->from), strlen(at + strlen(e->from)) + 1);
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

static void faults_are_refused_with_their_place(void **state) {
  (void)state;
  static const char rules[] = "clinical/red_flag_rules.csv", flags[] = "clinical/red_flags.csv", parts[] = "clinical/red_flag_parts.csv";
  static const char conditions[] = "clinical/contraindications.csv";
  static const struct { edit edit; const char *word; } row[] = {
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
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    files_clinical *c = NULL;
    ps_error err = {PS_OK, 0, "", ""};
    const ps_status status = files_clinical_load((files_table_source){read_edited, &row[i].edit}, &c, &err);
    assert_true(status == PS_EFORMAT || status == PS_EINPUT);
    assert_null(c);
    assert_string_equal(err.where, row[i].edit.path);
    if (!strstr(err.msg, row[i].word)) fail_msg("row %zu: \"%s\" lacks \"%s\"", i, err.msg, row[i].word);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(packed_tables_load),
      cmocka_unit_test(faults_are_refused_with_their_place),
  };
  return cmocka_run_group_tests_name("files_clinical", tests, NULL, NULL);
}
