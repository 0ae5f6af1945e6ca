/* The three forms of a validation: a table for the terminal, JSON, and Markdown for the documentation.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "app/validate/validate.h"

/** Rows, then the count, then what is not reproduced.   given result (n) */
void report_validate_text(FILE *out, const validate_result *result, int n);

/** One table a kind, as docs/validation.md holds it.   checked test/api/validate_test.c */
void report_validate_markdown(FILE *out, const validate_result *result, int n);

/** `rows` and `counts`; a number that is not known is null. NULL when memory does not suffice. */
json_t *report_validate_json(const validate_result *result, int n);
