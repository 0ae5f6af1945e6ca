/* The assessment as one self-contained HTML page with drawings. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/assess/assess.h"
#include "app/report/pathway_report.h"

typedef struct report_page {  // what a page is made of                                  borrows all
  const assess_result *body;  // NULL = no body part
  const report_pathways *pathways;  // what stands behind them; needed with a body
  const report_exam *exam;    // NULL = a person file only. One of the two has to be there
  report_voice voice;         // to the client only with an exam
} report_page;

/** Write the page into memory: safety and the short answer first, then the exam, then the body, then where it all comes from.
 *  fills   page  allocates; free() it. NULL on failure, never half a page.
 *  errors  PS_ENOMEM; PS_ENUMERIC a number that is none.   checked  test/unit/html_assess_test.c, test/unit/html_exam_test.c, and by
 *          looking at it */
PS_MUST_CHECK ps_status report_assess_html(const report_page *what, char **page, size_t *size, ps_error *err);
