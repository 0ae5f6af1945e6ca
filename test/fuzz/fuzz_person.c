// Any bytes as a person file. SPDX-License-Identifier: Apache-2.0
#include "app/files/files_person.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  files_person p;
  ps_error err = {PS_OK, 0, "", ""};
  const ps_status status = files_person_parse("fuzz", data, size, NULL, &p, &err);
  if (status != PS_OK) {
    // a refusal says where and what
    if (err.code != status || !err.where[0] || !err.msg[0]) __builtin_trap();
    return 0;
  }
  // what is accepted is in range
  if (!(p.body.height_m >= 1.3 && p.body.height_m <= 2.2 && p.body.mass_kg >= 35.0 && p.body.mass_kg <= 200.0)) __builtin_trap();
  if (p.body.ntight < 0 || p.body.ntight > PS_TIGHTNESS_MAX) __builtin_trap();
  for (int i = 0; i < p.body.ntight; i++)
    if (!(p.body.tight[i].shortening >= 0.0 && p.body.tight[i].shortening <= 0.2)) __builtin_trap();
  return 0;
}
