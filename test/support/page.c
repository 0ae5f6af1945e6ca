/* Reading a page in tests. SPDX-License-Identifier: Apache-2.0 */
#include "support/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "support/check.h"

typedef struct tag { char name[32]; bool is_close, is_empty; const char *end; } tag;

// the tag that starts at `p`; attribute values are quoted
static tag read_tag(const char *p) {
  tag t = {.is_close = p[1] == '/'};
  p += t.is_close ? 2 : 1;
  size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  if (n == 0 || n >= sizeof t.name) fail_msg("a tag without a name: %.40s", p);
  memcpy(t.name, p, n);
  for (p += n; *p && *p != '>'; p++) {
    if (*p == '<') fail_msg("a tag inside <%s>: %.40s", t.name, p);
    if (*p == '"') p = strchr(p + 1, '"');
    if (!p) fail_msg("an open quotation mark in <%s>", t.name);
  }
  if (*p != '>') fail_msg("<%s> is not closed", t.name);
  t.is_empty = p[-1] == '/' || strcmp(t.name, "meta") == 0;
  t.end = p + 1;
  return t;
}

int page_tags(const char *page) {
  char open[32][32];
  int depth = 0, ntag = 0;
  assert_int_equal(strncmp(page, "<!DOCTYPE html>", 15), 0);
  for (const char *p = strchr(page + 15, '<'); p; p = strchr(p, '<'), ntag++) {
    const tag t = read_tag(p);
    p = t.end;
    if (t.is_empty) continue;
    if (!t.is_close) {
      assert_true(depth < 32);
      memcpy(open[depth++], t.name, sizeof t.name);
      continue;
    }
    if (depth == 0 || strcmp(open[depth - 1], t.name) != 0) fail_msg("</%s> closes <%s>", t.name, depth ? open[depth - 1] : "nothing");
    depth--;
  }
  assert_int_equal(depth, 0);
  return ntag;
}

void page_fetches_nothing(const char *page) {
  static const char *const no[] = {"http:", "https:", "<script", "<link", "<img", "<iframe", " src=", "href=", "url(", "@import", "javascript:"};
  for (size_t k = 0; k < sizeof no/sizeof *no; k++) page_lacks(page, no[k]);
  page_holds(page, "default-src 'none'");
}

void page_headings(const char *page) {
  char last = '1';
  assert_int_equal(page_count(page, "<h1>"), 1);
  for (const char *p = page; (p = strstr(p, "<h")) != NULL; p++) {
    if (!isdigit((unsigned char)p[2])) continue;
    assert_true(p[2] <= last + 1);
    last = p[2];
  }
}

int page_count(const char *page, const char *text) {
  int n = 0;
  for (const char *p = page; (p = strstr(p, text)) != NULL; p += strlen(text)) n++;
  return n;
}

bool page_has_word(const char *page, const char *word) {
  for (const char *p = page; *p; p++) {
    size_t n = 0;
    while (word[n] && tolower((unsigned char)p[n]) == word[n]) n++;
    if (!word[n] && (p == page || !isalpha((unsigned char)p[-1])) && !isalpha((unsigned char)p[n])) return true;
  }
  return false;
}

void page_holds(const char *page, const char *text) {
  if (!strstr(page, text)) fail_msg("the page does not hold \"%s\"", text);
}

void page_lacks(const char *page, const char *text) {
  const char *p = strstr(page, text);
  if (p) fail_msg("the page holds \"%s\": %.80s", text, p);
}

static char *copy(const char *from, const char *to) {
  const size_t n = (size_t)(to - from);
  char *out = calloc(n + 1, 1);
  assert_non_null(out);
  memcpy(out, from, n);
  return out;
}

char *page_part(const char *page, const char *from, const char *to) {
  const char *a = strstr(page, from);
  if (!a) {
    fail_msg("the page does not hold \"%s\"", from);
    return NULL;
  }
  const char *b = strstr(a, to);
  return copy(a, b ? b : a + strlen(a));
}

char *page_without(const char *page, const char *name) {
  char open[32], close[32], *out = copy(page, page + strlen(page)), *to = out;
  snprintf(open, sizeof open, "<%s>", name);
  snprintf(close, sizeof close, "</%s>", name);
  for (const char *p = page; *p;) {
    const char *end = strncmp(p, open, strlen(open)) == 0 ? strstr(p, close) : NULL;
    if (end) p = end + strlen(close);
    else *to++ = *p++;
  }
  *to = '\0';
  return out;
}
