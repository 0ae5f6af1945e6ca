/* The nearest known name to a mistyped one: keys, tasks, muscles, coordinates. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"

typedef struct files_suggestion {
  const char *word;  // what was typed                       borrowed until the suggestion is used
  const char *best;  // nearest name offered so far          borrowed from who offered it
  int distance;      // its distance
} files_suggestion;

/** Number of insertions, deletions, replacements and swaps of neighbours between two words, letter case ignored
 *  (optimal string alignment). Words longer than 63 bytes count as infinitely far: INT_MAX.
 *  checked  test/unit/files_suggest_test.c */
int files_suggest_distance(const char *a, const char *b);

/** Begin with a word, offer every known name, then ask for the best. Allocates nothing. */
files_suggestion files_suggest_begin(const char *word);
void files_suggest_offer(files_suggestion *s, const char *name);

/** The nearest name, or NULL when none is near: at most one change in three letters, at least two. First offered wins. */
const char *files_suggest_best(const files_suggestion *s);

/** All in one for a list of names. */
const char *files_suggest_from(const char *word, const char *const *names, int nname);

typedef struct files_hint { char text[72]; } files_hint;

/** "; did you mean "NAME"?", or nothing for NULL: the end of a message. */
files_hint files_suggest_hint(const char *name);
