/* What the client is told: short sentences, no blame, no certainty. The same for text and page. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/report/exam_words.h"

enum { CLIENT_PART_MAX = 8, CLIENT_LINE_MAX = 8 };

typedef struct client_line { char text[400]; } client_line;

typedef struct client_part {
  const char *title;
  bool is_list;                // lines are items
  bool is_safety, is_aside;    // it says when to get help; it may stand beside the rest
  int n;
  client_line line[CLIENT_LINE_MAX];
} client_part;

/** The parts in reading order; after a stop only what to do now. Returns how many. */
int client_parts(const report_exam *exam, client_part part[CLIENT_PART_MAX]);
