/* Reference tables written in a test. SPDX-License-Identifier: Apache-2.0 */
#include "support/reference.h"

#include <string.h>

#include "app/cli/cli.h"

const validate_words REFERENCE_WORDS = {cli_task_parse, cli_hold_parse};

static ps_status read_text(const void *ctx, const char *path, files_bytes *out, ps_error *err) {
  const reference_texts *texts = ctx;
  const char *text = strcmp(path, "reference/persons.csv") == 0 ? texts->persons : texts->rows;
  if (!text) return ps_error_set(err, PS_EIO, 0, path, "not there");
  *out = (files_bytes){text, strlen(text), NULL};
  return PS_OK;
}

files_table_source reference_source(const reference_texts *texts) { return (files_table_source){read_text, texts}; }
