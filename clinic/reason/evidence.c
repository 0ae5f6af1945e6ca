/* Words of the evidence tables. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/evidence.h"

const char *clinic_grade_text(clinic_grade grade) {
  static const char *const text[] = {"A", "B", "C", "D", "X"};
  return text[grade];
}
