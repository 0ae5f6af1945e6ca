// Any bytes as a table of two columns. SPDX-License-Identifier: Apache-2.0
#include "app/files/files_csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const column[] = {"a", "b"}, *const word[] = {"x", "y"};
  const files_csv_range range = {-1.0, 1.0, "m"};
  files_csv csv = {.column = column, .ncolumn = 2};
  ps_error err = {PS_OK, 0, "", ""};
  bool has_row = false;
  ps_status status = files_csv_open(&csv, "fuzz", data, size, &err);
  while (status == PS_OK && (status = files_csv_next(&csv, &has_row, &err)) == PS_OK && has_row) {
    double x = 0.0;
    int k = 0;
    if (files_csv_number(&csv, 0, &range, &x, &err) == PS_OK && !(x >= -1.0 && x <= 1.0)) __builtin_trap();
    if (files_csv_choice(&csv, 1, word, 2, &k, &err) == PS_OK && k != 0 && k != 1) __builtin_trap();
  }
  if (status != PS_OK && (!err.where[0] || !err.msg[0])) __builtin_trap();
  files_csv_close(&csv);
  return 0;
}
