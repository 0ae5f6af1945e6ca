// Words explained by the program under test. SPDX-License-Identifier: Apache-2.0
#include "support/explain.h"

#include <string.h>

#include "support/check.h"
#include "support/program.h"

json_t *explain_word(const char *word) {
  char arguments[160];
  snprintf(arguments, sizeof arguments, "explain %s --json", word);
  const program_run run = {arguments, NULL};
  program_said s;
  program_start(&run, &s);
  if (s.code != 0) fail_msg("%s: %s", word, s.err);
  json_t *root = json_loads(s.out, 0, NULL);
  program_forget(&s);
  if (!root || json_array_size(json_object_get(root, "explained")) < 1) fail_msg("%s is not explained", word);
  json_t *doc = json_incref(json_array_get(json_object_get(root, "explained"), 0));
  json_decref(root);
  return doc;
}

typedef struct walk { char last[128]; int step, nid, nasked; } walk;

static void check_id(void *ctx, const files_csv *row) {
  // columns that name the row of a table; rules and parts of a flag begin with that of their flag
  static const char *const own[] = {"id", "name", "flag", "condition", "claim", "measure", "norm", "finding", "trial", "region", "key", "section", "pathway"};
  walk *w = ctx;
  bool is_own = false;
  for (size_t i = 0; i < sizeof own/sizeof *own; i++) is_own |= strcmp(row->column[0], own[i]) == 0;
  if (!is_own) return;
  char id[128];
  if (strcmp(row->column[0], "section") == 0) snprintf(id, sizeof id, "%s.%s", row->field[0], row->field[1]);
  else snprintf(id, sizeof id, "%s", row->field[0]);
  if (strcmp(w->last, id) == 0) return;
  snprintf(w->last, sizeof w->last, "%s", id);
  if (w->nid++ % w->step != 0) return;
  json_t *doc = explain_word(id);
  const char *got = json_string_value(json_object_get(doc, "id"));
  if (!got || strcmp(got, id) != 0) fail_msg("%s explains %s", id, got ? got : "nothing");
  json_decref(doc);
  w->nasked++;
}

int explain_ids(const files_clinical *clinical, int step) {
  walk w = {.step = step};
  assert_ok(files_clinical_each_row(clinical, files_source_packed(), check_id, &w, NULL));
  return w.nasked;
}
