#include "app/report/html_assess.h"
ps_status report_assess_html(const assess_result *r, char **page, size_t *size, ps_error *err) { (void)r; *page = NULL; *size = 0; return ps_error_set(err, PS_EINPUT, 0, "html", "stub"); }
