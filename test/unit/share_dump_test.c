/* Dumped load sharing problems: the same bits come back, and no damaged line is taken for a number.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/files/share_dump.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"
#include "support/share_case.h"

// what a writer makes of a problem; free()
static char *written(const ps_share_problem *q, size_t *size) {
  char *text = NULL;
  FILE *f = open_memstream(&text, size);
  assert_non_null(f);
  assert_ok(files_share_write(f, q));
  assert_int_equal(fclose(f), 0);
  return text;
}

static ps_status read_text(const char *text, size_t size, files_share *out, ps_error *err) {
  FILE *f = tmpfile();
  assert_non_null(f);
  assert_int_equal(fwrite(text, 1, size, f), size);
  rewind(f);
  const ps_status status = files_share_read(f, "dump.txt", out, err);
  fclose(f);
  return status;
}

static void assert_same_problem(const ps_share_problem *a, const ps_share_problem *b) {
  const int nc = a->na + a->ns, nnz = a->col[nc];
  assert_int_equal(a->n, b->n);
  assert_int_equal(a->na, b->na);
  assert_int_equal(a->ns, b->ns);
  assert_memory_equal(&a->p, &b->p, sizeof a->p);
  assert_memory_equal(a->col, b->col, (size_t)(nc + 1)*sizeof(int));
  const struct { const void *x, *y; size_t size; } array[] = {
      {a->row, b->row, (size_t)nnz*sizeof(int)},     {a->val, b->val, (size_t)nnz*sizeof(double)},
      {a->v, b->v, (size_t)a->na*sizeof(double)},    {a->e, b->e, (size_t)a->ns*sizeof(double)},
      {a->w, b->w, (size_t)a->n*sizeof(double)},     {a->b, b->b, (size_t)a->n*sizeof(double)}};
  for (size_t i = 0; i < sizeof array/sizeof *array; i++)
    if (array[i].size > 0) assert_memory_equal(array[i].x, array[i].y, array[i].size);
}

static void the_same_bits_come_back(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 40; seed++) {
    share_case c = seed % 8 == 0 ? share_case_body(seed, SHARE_SIT, 3.0)
                                 : share_case_random(seed, 2.0 + 0.1*(double)(seed % 7));
    size_t size = 0;
    char *text = written(&c.problem, &size);
    files_share s;
    ps_error err = {0};
    if (read_text(text, size, &s, &err) != PS_OK) fail_msg("%s:%zu: %s", err.where, err.pos, err.msg);
    assert_same_problem(&c.problem, &s.problem);
    files_share_free(&s);
    free(text);
    share_case_free(&c);
  }
}

static void sizes_of_zero_are_a_problem_too(void **state) {
  (void)state;
  share_case c = share_case_new(0, 0, 0, 0, 2.0);
  size_t size = 0;
  char *text = written(&c.problem, &size);
  files_share s;
  assert_ok(read_text(text, size, &s, NULL));
  assert_int_equal(s.problem.n + s.problem.na + s.problem.ns, 0);
  files_share_free(&s);
  free(text);
  share_case_free(&c);
}

// the text with line `line` (from 0) replaced; NULL takes it out
static char *with_line(const char *text, int line, const char *instead, size_t *size) {
  const char *start = text;
  for (int i = 0; i < line; i++) start = strchr(start, '\n') + 1;
  const char *end = strchr(start, '\n') + 1;
  const size_t head = (size_t)(start - text), tail = strlen(end), middle = instead ? strlen(instead) + 1 : 0;
  char *out = malloc(head + middle + tail + 1);
  assert_non_null(out);
  memcpy(out, text, head);
  if (instead) {
    memcpy(out + head, instead, middle - 1);
    out[head + middle - 1] = '\n';
  }
  memcpy(out + head + middle, end, tail + 1);
  *size = head + middle + tail;
  return out;
}

static int count_lines(const char *text) {
  int n = 0;
  for (; *text; text++) n += *text == '\n';
  return n;
}

static void assert_refused(const char *text, size_t size, int line, const char *what) {
  files_share s = {.integers = NULL, .reals = (double *)8};
  ps_error err = {0};
  const ps_status status = read_text(text, size, &s, &err);
  if (status != PS_EFORMAT && status != PS_EINPUT) fail_msg("line %d %s: status %s", line + 1, what, ps_status_text(status));
  assert_int_equal(err.code, status);
  assert_string_equal(err.where, "dump.txt");
  assert_true(err.msg[0] != '\0');
  // untouched on failure
  assert_null(s.integers);
  assert_ptr_equal(s.reals, (double *)8);
}

// a small problem with every kind of line
static char *small_dump(size_t *size) {
  share_case c = share_case_random(5, 2.5);
  assert_true(c.problem.na > 0 && c.problem.ns > 0);
  char *text = written(&c.problem, size);
  share_case_free(&c);
  return text;
}

static void no_line_can_be_damaged(void **state) {
  (void)state;
  static const char *const junk[] = {"", "x", "nan", "inf", "-inf", "1e999", "0x10", " 1", "1 ", "1 2",
                                     "1,5", "--1", "1e", "n", "end"};
  size_t size = 0;
  char *text = small_dump(&size);
  const int nline = count_lines(text);
  for (int line = 0; line < nline; line++) {
    for (size_t k = 0; k < sizeof junk/sizeof *junk; k++) {
      if (line == nline - 1 && strcmp(junk[k], "end") == 0) continue;
      size_t changed_size = 0;
      char *changed = with_line(text, line, junk[k], &changed_size);
      assert_refused(changed, changed_size, line, junk[k]);
      free(changed);
    }
    size_t less_size = 0;
    char *less = with_line(text, line, NULL, &less_size);
    assert_refused(less, less_size, line, "taken out");
    free(less);
  }
  printf("figure: dumps: %d lines, each damaged in %zu ways or taken out: all "
         "refused\n", nline, sizeof junk/sizeof *junk);
  free(text);
}

static void no_end_can_be_missing(void **state) {
  (void)state;
  size_t size = 0;
  char *text = small_dump(&size);
  for (size_t cut = 0; cut < size; cut += 1 + cut/97) assert_refused(text, cut, -1, "cut short");
  assert_refused(text, size - 1, -1, "cut short by one byte");
  char *longer = malloc(size + 2);
  assert_non_null(longer);
  memcpy(longer, text, size);
  longer[size] = '\n';
  assert_refused(longer, size + 1, -1, "followed by a line");
  memcpy(longer + 5, "\0", 1);
  assert_refused(longer, size, -1, "with a zero byte");
  free(longer);
  free(text);
}

static void the_message_names_line_and_text(void **state) {
  (void)state;
  size_t size = 0, changed_size = 0;
  char *text = small_dump(&size);
  char *changed = with_line(text, 1, "n twelve", &changed_size);
  files_share s;
  ps_error err = {0};
  assert_int_equal(read_text(changed, changed_size, &s, &err), PS_EFORMAT);
  assert_int_equal(err.pos, 2);
  assert_non_null(strstr(err.msg, "n twelve"));
  free(changed);

  changed = with_line(text, 1, "n 1000001", &changed_size);
  assert_int_equal(read_text(changed, changed_size, &s, &err), PS_EINPUT);
  assert_int_equal(err.pos, 2);
  assert_non_null(strstr(err.msg, "1000001"));
  free(changed);
  free(text);
}

// columns that fall, rows that do not exist or do not ascend
static void the_pattern_is_checked(void **state) {
  (void)state;
  static const char good[] = "share problem 1\nn 2\nna 2\nns 0\nnnz 3\np 2\ncol 3\n0\n2\n3\nrow 3\n0\n1\n0\nval 3\n1\n2\n3\n"
                             "v 2\n1\n1\n"
                             "e 0\nw 2\n1\n1\nb 2\n4\n5\nend\n";
  static const struct { int line; const char *instead; } change[] = {
      {7, "1"}, {8, "4"}, {9, "2"}, {11, "2"}, {12, "0"}, {13, "2"},
      {8, "-1"}, {12, "-1"}, {11, "1.0"}, {4, "nnz 4"}, {2, "na 3"}};
  files_share s;
  assert_ok(read_text(good, sizeof good - 1, &s, NULL));
  files_share_free(&s);
  for (size_t k = 0; k < sizeof change/sizeof *change; k++) {
    size_t size = 0;
    char *changed = with_line(good, change[k].line, change[k].instead, &size);
    assert_refused(changed, size, change[k].line, change[k].instead);
    free(changed);
  }
}

static void a_full_disk_is_said(void **state) {
  (void)state;
  FILE *full = fopen("/dev/full", "w");
  if (!full) skip();
  share_case c = share_case_random(6, 2.0);
  assert_int_equal(files_share_write(full, &c.problem), PS_EIO);
  fclose(full);
  share_case_free(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_same_bits_come_back),   cmocka_unit_test(sizes_of_zero_are_a_problem_too),
      cmocka_unit_test(no_line_can_be_damaged),    cmocka_unit_test(no_end_can_be_missing),
      cmocka_unit_test(the_message_names_line_and_text), cmocka_unit_test(the_pattern_is_checked),
      cmocka_unit_test(a_full_disk_is_said),
  };
  return cmocka_run_group_tests_name("share_dump", tests, NULL, NULL);
}
