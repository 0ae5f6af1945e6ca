/* Words explained by the program under test. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>

#include "app/files/files_clinical.h"

/** The first document of `psoas explain WORD --json`; fails the test when there is none. A new reference. */
json_t *explain_word(const char *word);

/** Every step-th id of every clinical table, a field by its full name: its document must bear that id. Returns how many. */
int explain_ids(const files_clinical *clinical, int step);
