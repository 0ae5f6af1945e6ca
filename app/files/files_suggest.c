/* Damerau-Levenshtein distance (optimal string alignment) with three rows. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_suggest.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#define WORD_MAX 63

static int lower(char c) { return tolower((unsigned char)c); }
static int least(int a, int b) { return a < b ? a : b; }

int files_suggest_distance(const char *a, const char *b) {
  const size_t na = strlen(a), nb = strlen(b);
  if (na > WORD_MAX || nb > WORD_MAX) return INT_MAX;
  int row[3][WORD_MAX + 1] = {{0}};
  int *before = row[0], *last = row[1], *now = row[2];
  for (size_t j = 0; j <= nb; j++) last[j] = (int)j;
  for (size_t i = 1; i <= na; i++) {
    now[0] = (int)i;
    for (size_t j = 1; j <= nb; j++) {
      const bool is_same = lower(a[i - 1]) == lower(b[j - 1]);
      now[j] = least(last[j - 1] + !is_same, least(last[j], now[j - 1]) + 1);
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        now[j] = least(now[j], before[j - 2] + 1);
    }
    int *oldest = before;
    before = last;
    last = now;
    now = oldest;
  }
  return last[nb];
}

files_suggestion files_suggest_begin(const char *word) {
  return (files_suggestion){.word = word, .best = NULL, .distance = INT_MAX};
}

void files_suggest_offer(files_suggestion *s, const char *name) {
  const int distance = files_suggest_distance(s->word, name);
  if (distance >= s->distance) return;
  s->distance = distance;
  s->best = name;
}

const char *files_suggest_best(const files_suggestion *s) {
  const size_t n = strlen(s->word);
  const int most = n/3 > 2 ? (int)(n/3) : 2;
  if (!s->best || s->distance > most || (size_t)s->distance >= n) return NULL;
  return s->best;
}

const char *files_suggest_from(const char *word, const char *const *names, int nname) {
  files_suggestion s = files_suggest_begin(word);
  for (int i = 0; i < nname; i++) files_suggest_offer(&s, names[i]);
  return files_suggest_best(&s);
}

files_hint files_suggest_hint(const char *name) {
  files_hint h = {""};
  if (name) snprintf(h.text, sizeof h.text, "; did you mean \"%.48s\"?", name);
  return h;
}
