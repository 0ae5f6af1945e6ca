/* Whole files in, whole files out: bytes with a size limit, a file replaced in one step, and text made safe to print.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"

typedef struct files_text {
  char *data;   // owns; a NUL stands after the last byte      by files_text_read
  size_t size;  // bytes, without that NUL
} files_text;

/** Read a whole file, or standard input when `path` is "-".
 *
 *  given    limit    most bytes that are accepted
 *  fills    out      allocates; free with files_text_free. Untouched on failure.
 *  errors   PS_EIO     not readable (err says why)
 *           PS_EINPUT  longer than `limit`
 *           PS_ENOMEM
 *  checked  test/unit/files_text_test.c
 */
PS_MUST_CHECK ps_status files_text_read(const char *path, size_t limit, files_text *out, ps_error *err);
void files_text_free(files_text *text);

/** Replace the file `path` by `size` bytes, or leave it exactly as it was.
 *
 *  The bytes go to a new file beside it, reach the disk, and take its name. The mode of an old file is kept, a symbolic
 *  link is followed. A target that is not a regular file (a terminal, a pipe) is written directly.
 *  errors   PS_EIO (err says why; no new file is left behind).
 *  checked  test/unit/files_text_test.c
 */
PS_MUST_CHECK ps_status files_text_write(const char *path, const void *data, size_t size, ps_error *err);

typedef struct files_quoted { char text[64]; } files_quoted;

/** A value from outside as it may stand in a message: at most 48 bytes, cut between characters, no control codes. */
files_quoted files_text_quote(const char *text);
