/* Reading the table of assumptions. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_uncertainty.h"

#include <string.h>

#include "app/files/files_csv.h"

enum { ID, WHAT, DISTRIBUTION, CENTRE, SPREAD, UNIT, SOURCE, NOTE, NCOLUMN };

static const char *const column[NCOLUMN] = {"assumption", "what", "distribution", "centre", "spread", "unit", "source", "note"};
static const char PATH[] = "anatomy/uncertainty.csv";

static ps_status read_id(const files_csv *csv, ps_assumption *out, ps_error *err) {
  const char *id[PS_NASSUMPTION];
  for (int i = 0; i < PS_NASSUMPTION; i++) id[i] = ps_assumption_id((ps_assumption)i);
  int index = 0;
  PS_TRY(files_csv_choice(csv, ID, id, PS_NASSUMPTION, &index, err));
  *out = (ps_assumption)index;
  if (strcmp(csv->field[UNIT], ps_assumption_unit(*out)) != 0)
    return files_csv_fail(csv, UNIT, PS_EFORMAT, "this assumption has another unit", err);
  return PS_OK;
}

// what a distribution allows: a factor grows, a choice has two values
static ps_status read_numbers(const files_csv *csv, ps_assumption_row *row, ps_error *err) {
  static const char *const word[] = {"normal", "lognormal", "uniform", "choice"};
  _Static_assert(PS_DIST_NORMAL == 0 && PS_DIST_CHOICE == 3, "the words stand in the order of the enum");
  static const files_csv_range centre[] = {{-1e6, 1e6, ""}, {1e-6, 1e6, ""}, {-1e6, 1e6, ""}, {0.0, 0.0, ""}};
  static const files_csv_range spread[] = {{0.0, 1e6, ""}, {1.0, 10.0, "(a factor)"}, {0.0, 1e6, ""}, {0.0, 0.5, "(a probability)"}};
  int which = 0;
  PS_TRY(files_csv_choice(csv, DISTRIBUTION, word, 4, &which, err));
  row->distribution = (ps_distribution)which;
  PS_TRY(files_csv_number(csv, CENTRE, &centre[which], &row->centre, err));
  return files_csv_number(csv, SPREAD, &spread[which], &row->spread, err);
}

static ps_status read_row(const files_csv *csv, files_uncertainty *out, bool has[PS_NASSUMPTION], ps_error *err) {
  ps_assumption a = PS_ASSUME_TRUNK_TENSION;
  PS_TRY(read_id(csv, &a, err));
  if (has[a]) return files_csv_fail(csv, ID, PS_EFORMAT, "this assumption stands there twice", err);
  has[a] = true;
  const bool is_choice = strcmp(csv->field[DISTRIBUTION], "choice") == 0;
  if (is_choice != (a == PS_ASSUME_AREA_SET))
    return files_csv_fail(csv, DISTRIBUTION, PS_EINPUT, "psoas_area_set is a choice, and nothing else is", err);
  PS_TRY(read_numbers(csv, &out->rows.row[a], err));
  // a factor acts relative to its centre
  if (strcmp(ps_assumption_unit(a), "x") == 0 && out->rows.row[a].centre != 1.0)
    return files_csv_fail(csv, CENTRE, PS_EINPUT, "the centre of a factor is 1", err);
  const size_t n = strlen(csv->field[WHAT]);
  if (n == 0 || n >= FILES_WHAT_SIZE) return files_csv_fail(csv, WHAT, PS_EFORMAT, "1 to 95 letters are needed", err);
  memcpy(out->what[a], csv->field[WHAT], n + 1);
  if (!csv->field[SOURCE][0]) return files_csv_fail(csv, SOURCE, PS_EFORMAT, "a source key is needed", err);
  return PS_OK;
}

static ps_status read_rows(files_csv *csv, files_uncertainty *out, ps_error *err) {
  bool has[PS_NASSUMPTION] = {false};
  for (;;) {
    bool has_row = false;
    PS_TRY(files_csv_next(csv, &has_row, err));
    if (!has_row) break;
    PS_TRY(read_row(csv, out, has, err));
  }
  for (int i = 0; i < PS_NASSUMPTION; i++)
    if (!has[i])
      return ps_error_set(err, PS_EFORMAT, 0, PATH, "assumption %s is missing", ps_assumption_id((ps_assumption)i));
  return PS_OK;
}

ps_status files_uncertainty_load(files_table_source source, files_uncertainty *out, ps_error *err) {
  *out = (files_uncertainty){0};
  files_bytes bytes = {0};
  PS_TRY(source.read(source.ctx, PATH, &bytes, err));
  files_csv csv = {.column = column, .ncolumn = NCOLUMN};
  ps_status status = files_csv_open(&csv, PATH, bytes.data, bytes.size, err);
  if (status == PS_OK) status = read_rows(&csv, out, err);
  files_csv_close(&csv);
  files_bytes_free(&bytes);
  return status;
}
