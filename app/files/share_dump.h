/* Load sharing problems as text files: one solve can be replayed, compared with other solvers and reported.
 * Format: docs/theory/recruitment.md section 7. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdio.h>

#include "psoas/base.h"
#include "psoas/optim.h"

#define FILES_SHARE_MAX 1000000  // most rows, columns or entries that are read

typedef struct files_share {
  ps_share_problem problem;  // points into the arrays below
  int *integers;             // owns: col, row
  double *reals;             // owns: val, v, e, w, b
} files_share;

/** Write a problem so that reading it gives the same bits.
 *  errors  PS_EIO when the stream refuses.  checked  test/unit/share_dump_test.c */
PS_MUST_CHECK ps_status files_share_write(FILE *out, const ps_share_problem *problem);

/** Read a problem.
 *
 *  given    in     from its current position to its end
 *           name   of the file, for messages
 *  fills    out    allocates; free with files_share_free. Untouched on failure.
 *  errors   PS_EFORMAT  not this format (err has file and line): a missing or further line, a number that is none,
 *                       columns or rows out of order
 *           PS_EINPUT   a size above FILES_SHARE_MAX
 *           PS_EIO, PS_ENOMEM
 *           Ranges of costs and of p are left to ps_share_solve.
 *  checked  test/unit/share_dump_test.c
 */
PS_MUST_CHECK ps_status files_share_read(FILE *in, const char *name, files_share *out, ps_error *err);
void files_share_free(files_share *share);
