/* Computing every row of the table. SPDX-License-Identifier: Apache-2.0 */
#include "app/validate/validate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/validate/validate_internal.h"

int validate_measure_count(void) { return VALIDATE_NPOSTURE + VALIDATE_NBODY + VALIDATE_NSTRETCH; }
const validate_measure *validate_measure_at(int i) {
  if (i < VALIDATE_NPOSTURE) return &VALIDATE_OF_POSTURE[i];
  i -= VALIDATE_NPOSTURE;
  return i < VALIDATE_NBODY ? &VALIDATE_OF_BODY[i] : &VALIDATE_OF_STRETCH[i - VALIDATE_NBODY];
}

static const char FOUND[] = "posture found: least effort near the angles of its task";

// what no muscle could give in the postures of a row, what their solves warn of, and whether its posture was found
static void look_at(const validate_bench *b, const validate_row *row, validate_result *r) {
  for (int i = 0; i < b->nsolution; i++) {
    const validate_solution *s = &b->solution[i];
    if (s->person != row->person || (strcmp(s->task, row->task) != 0 && strcmp(s->task, row->baseline) != 0)) continue;
    r->warn |= s->recruit->warn;
    if (s->is_found && strcmp(s->task, row->task) == 0) r->used = FOUND;
    for (int k = 0; k < s->recruit->nrow; k++)
      r->reserve = fmax(r->reserve, fabs(s->recruit->reserve[s->recruit->row_coord[k]]));
  }
}

static ps_status compute(validate_bench *b, const validate_row *row, validate_result *r, ps_error *err) {
  const validate_measure *m = validate_measure_at(row->imeasure);
  *r = (validate_result){.row = row, .ours = (double)NAN, .why = "", .used = m->used};
  validate_answer a = {.value = (double)NAN};
  PS_TRY(m->compute(b, row, &a, err));
  if (a.why) {
    r->why = a.why;
  } else if (!isfinite(a.value)) {
    return ps_error_set(err, PS_ENUMERIC, 0, row->id, "the measure %s gives no number", m->name);
  } else {
    r->ours = a.value;
  }
  r->verdict = validate_judge(&row->published, r->ours);
  look_at(b, row, r);
  return PS_OK;
}

ps_status validate_run(const ps_anatomy *anatomy, const validate_table *table, const validate_words *words,
                       validate_result *result, ps_error *err) {
  validate_bench *b = calloc(1, sizeof *b);
  if (!b) return ps_error_set(err, PS_ENOMEM, 0, "validate", "out of memory");
  b->anatomy = anatomy;
  b->table = table;
  b->words = words;
  ps_status status = PS_OK;
  for (int i = 0; i < validate_table_count(table) && status == PS_OK; i++) {
    const validate_row *row = validate_table_row(table, i);
    status = compute(b, row, &result[i], err);
    if (status != PS_OK && err) snprintf(err->where, sizeof err->where, "%s", row->id);
  }
  validate_bench_close(b);
  free(b);
  return status;
}
