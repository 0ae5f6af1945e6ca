/* Strict reading of JSON objects: every key known, every value of its type and in its range, every fault named with file,
 * field, value and what is allowed. Parsing itself is jansson's. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>

#include "psoas/base.h"

/** Watch the memory of the JSON library from now on (once, before its first use). A builder of a large document may then go
 *  on after a refusal, as long as its caller asks files_json_is_whole before the document is used. */
void files_json_watch(void);

/** Has the JSON library got all the memory it has asked for since files_json_watch or the last call of this function? */
PS_MUST_CHECK bool files_json_is_whole(void);

typedef struct files_json {  // one object of a file, and where it stands
  const char *file;          // for messages                                  borrowed
  json_t *object;            // borrowed until the root is released
  char path[96];             // "thomas_left", "tightness[2]"; "" for the root
  ps_error *err;             // may be NULL
} files_json;

typedef struct files_json_range {
  const char *key;
  double lo, hi;
  const char *unit;
} files_json_range;

/** Parse a whole text into one object. A duplicate key is an error.
 *
 *  fills    root     owns a reference: json_decref(root). NULL on failure.
 *  errors   PS_EFORMAT  malformed, truncated, not an object; err.pos is the line, the column stands in the message
 *           PS_ENOMEM
 */
PS_MUST_CHECK ps_status files_json_parse(const char *file, const void *data, size_t size, json_t **root, ps_error *err);

/** Is this key of the object a comment? One begins with "//"; it holds a text or a list of texts, else PS_EFORMAT. */
PS_MUST_CHECK ps_status files_json_comment(const files_json *in, const char *key, bool *is_comment);

/** PS_EFORMAT: a key that is not known, and the nearest one that is, or NULL. */
ps_status files_json_unknown(const files_json *in, const char *key, const char *nearest);

/** Every key must be in `key` or be a comment, else PS_EFORMAT naming the nearest one. */
PS_MUST_CHECK ps_status files_json_check_keys(const files_json *in, const char *const *key, int nkey);

/** Is there a value under this key? (null counts as a value of the wrong type) */
bool files_json_has(const files_json *in, const char *key);

// required values: PS_EFORMAT when missing or of another type, PS_EINPUT outside the range or the list

PS_MUST_CHECK ps_status files_json_number(const files_json *in, const files_json_range *range, double *out);
/** A number without decimals. */
PS_MUST_CHECK ps_status files_json_whole(const files_json *in, const files_json_range *range, double *out);

enum { FILES_READING_MAX = 10 };
typedef struct files_readings {  // of one quantity, read once or more often
  int n;                     // 1..FILES_READING_MAX
  double value[FILES_READING_MAX], mean;
} files_readings;
/** A number, or a list of 1 to FILES_READING_MAX of them. */
PS_MUST_CHECK ps_status files_json_readings(const files_json *in, const files_json_range *range, files_readings *out);

PS_MUST_CHECK ps_status files_json_bool(const files_json *in, const char *key, bool *out);
/** A string of at most size - 1 bytes, copied. */
PS_MUST_CHECK ps_status files_json_string(const files_json *in, const char *key, char *out, size_t size);
/** A string of at most `most` bytes, lent until the root is released. */
PS_MUST_CHECK ps_status files_json_text(const files_json *in, const char *key, size_t most, const char **out);
/** A string out of a list; *out is its index. */
PS_MUST_CHECK ps_status files_json_choice(const files_json *in, const char *key, const char *const *choice, int nchoice,
                                          int *out);
/** A list of different strings out of a list of at most 32; bits of their indexes. */
PS_MUST_CHECK ps_status files_json_choices(const files_json *in, const char *key, const char *const *choice, int nchoice,
                                           unsigned *out);
/** The object or the list under a key. */
PS_MUST_CHECK ps_status files_json_object(const files_json *in, const char *key, files_json *out);
PS_MUST_CHECK ps_status files_json_list(const files_json *in, const char *key, const json_t **out);
/** Item `i` of the list under `key`, which must be an object. */
PS_MUST_CHECK ps_status files_json_item(const files_json *in, const char *key, const json_t *list, size_t i,
                                        files_json *out);

/** Fill the error of this object's field `key` ("" = the object itself): "PATH.KEY WHAT". */
ps_status files_json_fail(const files_json *in, const char *key, ps_status code, const char *fmt, ...) PS_PRINTF(4, 5);
