/* Strict reading of JSON objects on top of jansson. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_json.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_suggest.h"
#include "app/files/files_text.h"

ps_status files_json_fail(const files_json *in, const char *key, ps_status code, const char *fmt, ...) {
  char what[224];
  va_list args;
  va_start(args, fmt);
  vsnprintf(what, sizeof what, fmt, args);
  va_end(args);
  return ps_error_set(in->err, code, 0, in->file, "%s%s%s %s", in->path, *in->path && *key ? "." : "", key, what);
}

// ---- memory ------------------------------------------------------------------------------------------------------

static bool was_refused;  // the library's allocator takes no context of ours

static void *watched_malloc(size_t size) {
  void *memory = malloc(size);
  if (!memory) was_refused = true;
  return memory;
}

void files_json_watch(void) {
  was_refused = false;
  json_set_alloc_funcs(watched_malloc, free);
}

bool files_json_is_whole(void) {
  const bool is_whole = !was_refused;
  was_refused = false;
  return is_whole;
}

// ---- the whole text ----------------------------------------------------------------------------------------------

ps_status files_json_parse(const char *file, const void *data, size_t size, json_t **root, ps_error *err) {
  json_error_t fault;
  *root = json_loadb(data, size, JSON_REJECT_DUPLICATES, &fault);

  // when an allocation fails jansson blames the text, says nothing, or hands out what it has
  if (!files_json_is_whole() || (!*root && (!fault.text[0] || json_error_code(&fault) == json_error_out_of_memory))) {
    json_decref(*root);
    *root = NULL;
    return ps_error_set(err, PS_ENOMEM, 0, file, "out of memory");
  }
  if (!*root) {
    const size_t line = fault.line > 0 ? (size_t)fault.line : 1;
    char text[sizeof fault.text];
    snprintf(text, sizeof text, "%s", fault.text);
    for (char *c = text; *c; c++)
      if ((unsigned char)*c < 0x20u || *c == 0x7F) *c = ' ';
    const bool is_short = json_error_code(&fault) == json_error_premature_end_of_input;
    return ps_error_set(err, PS_EFORMAT, line, file, "not valid JSON at line %zu, column %d: %s%s", line,
                        fault.column > 0 ? fault.column : 1, is_short ? "the text ends too early: " : "", text);
  }
  if (json_is_object(*root)) return PS_OK;
  json_decref(*root);
  *root = NULL;
  return ps_error_set(err, PS_EFORMAT, 1, file, "the file must hold one JSON object in braces");
}

static bool is_texts(const json_t *value) {
  for (size_t i = 0; i < json_array_size(value); i++)
    if (!json_is_string(json_array_get(value, i))) return false;
  return json_is_string(value) || json_is_array(value);
}

ps_status files_json_comment(const files_json *in, const char *key, bool *is_comment) {
  *is_comment = strncmp(key, "//", 2) == 0;
  if (!*is_comment || is_texts(json_object_get(in->object, key))) return PS_OK;
  return ps_error_set(in->err, PS_EFORMAT, 0, in->file, "%s%s\"%s\" is a comment: a text or a list of texts is needed", in->path,
                      *in->path ? ": " : "", files_text_quote(key).text);
}

ps_status files_json_unknown(const files_json *in, const char *key, const char *nearest) {
  return ps_error_set(in->err, PS_EFORMAT, 0, in->file, "%s%s\"%s\" is not a known key%s", in->path, *in->path ? ": " : "",
                      files_text_quote(key).text, files_suggest_hint(nearest).text);
}

ps_status files_json_check_keys(const files_json *in, const char *const *key, int nkey) {
  for (void *it = json_object_iter(in->object); it; it = json_object_iter_next(in->object, it)) {
    const char *have = json_object_iter_key(it);
    bool is_known = false;
    PS_TRY(files_json_comment(in, have, &is_known));
    for (int i = 0; i < nkey && !is_known; i++) is_known = strcmp(have, key[i]) == 0;
    if (is_known) continue;
    return files_json_unknown(in, have, files_suggest_from(have, key, nkey));
  }
  return PS_OK;
}

// ---- one value ---------------------------------------------------------------------------------------------------

bool files_json_has(const files_json *in, const char *key) { return json_object_get(in->object, key) != NULL; }

typedef struct shown { char text[72]; } shown;

// a value as a message shows it
static shown show(const json_t *value) {
  shown s = {""};
  switch (json_typeof(value)) {
    case JSON_OBJECT: snprintf(s.text, sizeof s.text, "an object"); break;
    case JSON_ARRAY: snprintf(s.text, sizeof s.text, "a list"); break;
    case JSON_STRING: snprintf(s.text, sizeof s.text, "\"%s\"", files_text_quote(json_string_value(value)).text); break;
    case JSON_INTEGER: snprintf(s.text, sizeof s.text, "%" JSON_INTEGER_FORMAT, json_integer_value(value)); break;
    case JSON_REAL: snprintf(s.text, sizeof s.text, "%.10g", json_real_value(value)); break;
    case JSON_TRUE: snprintf(s.text, sizeof s.text, "true"); break;
    case JSON_FALSE: snprintf(s.text, sizeof s.text, "false"); break;
    case JSON_NULL: snprintf(s.text, sizeof s.text, "null"); break;
  }
  return s;
}

// the value under a required key, or NULL with the error set
static json_t *required(const files_json *in, const char *key, const char *what) {
  json_t *value = json_object_get(in->object, key);
  if (!value) files_json_fail(in, key, PS_EFORMAT, "is missing: %s is required", what);
  return value;
}

static ps_status wrong_type(const files_json *in, const char *key, const json_t *value, const char *what) {
  return files_json_fail(in, key, PS_EFORMAT, "is %s: %s is needed", show(value).text, what);
}

static ps_status number_of(const files_json *in, const char *key, const json_t *value, const files_json_range *range,
                           double *out) {
  char what[96];
  snprintf(what, sizeof what, "a number from %g to %g%s%s", range->lo, range->hi, *range->unit ? " " : "", range->unit);
  if (!value) return files_json_fail(in, key, PS_EFORMAT, "is missing: %s is required", what);
  if (!json_is_number(value)) return wrong_type(in, key, value, what);
  const double x = json_number_value(value);
  if (!(x >= range->lo && x <= range->hi))
    return files_json_fail(in, key, PS_EINPUT, "is %s, allowed is %g to %g%s%s", show(value).text, range->lo, range->hi,
                           *range->unit ? " " : "", range->unit);
  *out = x;
  return PS_OK;
}

ps_status files_json_number(const files_json *in, const files_json_range *range, double *out) {
  return number_of(in, range->key, json_object_get(in->object, range->key), range, out);
}

ps_status files_json_whole(const files_json *in, const files_json_range *range, double *out) {
  double x = 0.0;
  PS_TRY(files_json_number(in, range, &x));
  if (x != floor(x)) return files_json_fail(in, range->key, PS_EINPUT, "is %g: a whole number is needed", x);
  *out = x;
  return PS_OK;
}

// place of an item of a list in a message
typedef struct item_name { char text[72]; } item_name;
static item_name name_item(const char *key, size_t i) {
  item_name name;
  snprintf(name.text, sizeof name.text, "%.48s[%zu]", key, i + 1);
  return name;
}

ps_status files_json_readings(const files_json *in, const files_json_range *range, files_readings *out) {
  const json_t *value = json_object_get(in->object, range->key);
  files_readings r = {.n = 1};
  if (json_is_array(value)) {
    const size_t n = json_array_size(value);
    if (n < 1 || n > FILES_READING_MAX)
      return files_json_fail(in, range->key, PS_EINPUT, "is a list of %zu readings, allowed are 1 to %d", n, FILES_READING_MAX);
    for (size_t i = 0; i < n; i++)
      PS_TRY(number_of(in, name_item(range->key, i).text, json_array_get(value, i), range, &r.value[i]));
    r.n = (int)n;
  } else {
    PS_TRY(number_of(in, range->key, value, range, &r.value[0]));
  }
  for (int i = 0; i < r.n; i++) r.mean += r.value[i];
  r.mean /= r.n;
  *out = r;
  return PS_OK;
}

ps_status files_json_bool(const files_json *in, const char *key, bool *out) {
  const json_t *value = required(in, key, "true or false");
  if (!value) return PS_EFORMAT;
  if (!json_is_boolean(value)) return wrong_type(in, key, value, "true or false");
  *out = json_is_true(value);
  return PS_OK;
}

ps_status files_json_string(const files_json *in, const char *key, char *out, size_t size) {
  const json_t *value = required(in, key, "a text");
  if (!value) return PS_EFORMAT;
  if (!json_is_string(value)) return wrong_type(in, key, value, "a text");
  const size_t n = json_string_length(value);
  if (n >= size)
    return files_json_fail(in, key, PS_EINPUT, "is %s: %zu bytes long, allowed are %zu", show(value).text, n, size - 1);
  memcpy(out, json_string_value(value), n + 1);
  return PS_OK;
}

ps_status files_json_text(const files_json *in, const char *key, size_t most, const char **out) {
  const json_t *value = required(in, key, "a text");
  if (!value) return PS_EFORMAT;
  if (!json_is_string(value)) return wrong_type(in, key, value, "a text");
  const size_t n = json_string_length(value);
  if (n > most)
    return files_json_fail(in, key, PS_EINPUT, "is %s: %zu bytes long, allowed are %zu", show(value).text, n, most);
  *out = json_string_value(value);
  return PS_OK;
}

static ps_status word_of(const files_json *in, const char *key, const json_t *value, const char *const *choice, int nchoice,
                         int *out) {
  // the allowed words, as many as fit
  char allowed[144] = "";
  int n = 0;
  for (int i = 0; i < nchoice && n < (int)sizeof allowed; i++)
    n += snprintf(allowed + n, sizeof allowed - (size_t)n, "%s%s", i ? ", " : "", choice[i]);

  if (!value) return files_json_fail(in, key, PS_EFORMAT, "is missing: one of %s is required", allowed);
  if (!json_is_string(value)) return files_json_fail(in, key, PS_EFORMAT, "is %s, allowed is %s", show(value).text, allowed);
  const char *text = json_string_value(value);
  for (int i = 0; i < nchoice; i++) {
    if (strcmp(text, choice[i]) != 0) continue;
    *out = i;
    return PS_OK;
  }
  return files_json_fail(in, key, PS_EINPUT, "is %s, allowed is %s%s", show(value).text, allowed,
                         files_suggest_hint(files_suggest_from(text, choice, nchoice)).text);
}

ps_status files_json_choice(const files_json *in, const char *key, const char *const *choice, int nchoice, int *out) {
  return word_of(in, key, json_object_get(in->object, key), choice, nchoice, out);
}

ps_status files_json_choices(const files_json *in, const char *key, const char *const *choice, int nchoice, unsigned *out) {
  PS_ASSERT(nchoice <= 32);
  const json_t *list = NULL;
  unsigned bits = 0;
  PS_TRY(files_json_list(in, key, &list));
  for (size_t i = 0; i < json_array_size(list); i++) {
    int k = 0;
    PS_TRY(word_of(in, name_item(key, i).text, json_array_get(list, i), choice, nchoice, &k));
    if (bits & 1u << k) return files_json_fail(in, key, PS_EINPUT, "has \"%s\" twice", choice[k]);
    bits |= 1u << k;
  }
  *out = bits;
  return PS_OK;
}

ps_status files_json_object(const files_json *in, const char *key, files_json *out) {
  json_t *value = required(in, key, "an object in braces");
  if (!value) return PS_EFORMAT;
  if (!json_is_object(value)) return wrong_type(in, key, value, "an object in braces");
  files_json child = {.file = in->file, .object = value, .err = in->err};
  snprintf(child.path, sizeof child.path, "%.44s%s%.48s", in->path, *in->path ? "." : "", key);
  *out = child;
  return PS_OK;
}

ps_status files_json_list(const files_json *in, const char *key, const json_t **out) {
  const json_t *value = required(in, key, "a list in brackets");
  if (!value) return PS_EFORMAT;
  if (!json_is_array(value)) return wrong_type(in, key, value, "a list in brackets");
  *out = value;
  return PS_OK;
}

ps_status files_json_item(const files_json *in, const char *key, const json_t *list, size_t i, files_json *out) {
  files_json child = {.file = in->file, .object = json_array_get(list, i), .err = in->err};
  snprintf(child.path, sizeof child.path, "%.32s%s%.32s[%zu]", in->path, *in->path ? "." : "", key, i + 1);
  if (!json_is_object(child.object)) return wrong_type(&child, "", child.object, "an object in braces");
  *out = child;
  return PS_OK;
}
