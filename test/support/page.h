/* Reading a page in tests. A function that finds something wrong fails the test. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdbool.h>

/** Is every tag closed, and in order? Returns how many there are. */
int page_tags(const char *page);
/** No address, no script, nothing from outside, and a policy that says so. */
void page_fetches_nothing(const char *page);
/** One h1, and no level of headings is skipped. */
void page_headings(const char *page);

int page_count(const char *page, const char *text);
/** A word as a word, in any case: "because" is none. */
bool page_has_word(const char *page, const char *word);
void page_holds(const char *page, const char *text);
void page_lacks(const char *page, const char *text);

/** The part from `from` up to `to`, or to the end when `to` is not there; free() it. Fails without `from`. */
char *page_part(const char *page, const char *from, const char *to);
/** The page without what stands between any <tag> and </tag>; free() it. */
char *page_without(const char *page, const char *tag);
