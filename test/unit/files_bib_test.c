/* Entries of a BibTeX list, rows of a table by its own header. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_bib.h"

#include <string.h>

#include "support/check.h"

static const char *text;  // what the source below gives for every path

static ps_status read_text(const void *ctx, const char *path, files_bytes *out, ps_error *err) {
  (void)ctx, (void)path, (void)err;
  *out = (files_bytes){text, strlen(text), NULL};
  return PS_OK;
}
static const files_table_source SOURCE = {read_text, NULL};

typedef struct seen { int n; char text[64][700]; } seen;

static void keep_entry(void *ctx, const files_bib_entry *entry) {
  seen *s = ctx;
  snprintf(s->text[s->n++], sizeof s->text[0], "%s|%s", entry->key, entry->citation);
}
static void keep_row(void *ctx, const files_csv *row) {
  seen *s = ctx;
  snprintf(s->text[s->n++], sizeof s->text[0], "%zu %d %s=%s", row->line, row->ncolumn, row->column[1], row->field[1]);
}

static void entries_become_citations(void **state) {
  (void)state;
  text = "% a comment\n@article{some1999,\n  author = {{The Team} and Other, A.},\n  title = {On @ and {braces}},\n  journal = {J Tests},\n"
         "  volume = {12-B},\n  pages = {3--45},\n  year = {1999}\n}\n@misc{bare2001,\n  title = {Only a title},\n  note = {seen in part}\n}\n"
         "@misc{open,\n  title = {never closed";
  static seen s;
  s.n = 0;
  assert_ok(files_bib_each(SOURCE, "x.bib", keep_entry, &s, NULL));
  assert_int_equal(s.n, 2);
  assert_string_equal(s.text[0], "some1999|The Team and Other, A. 1999: On @ and braces. J Tests 12-B:3-45");
  assert_string_equal(s.text[1], "bare2001|Only a title (seen in part)");
  text = "";
  assert_ok(files_bib_each(SOURCE, "x.bib", keep_entry, &s, NULL));
  assert_int_equal(s.n, 2);
}

static void every_packed_entry_is_read(void **state) {
  (void)state;
  files_bytes bytes;
  const files_table_source packed = files_source_packed();
  assert_ok(packed.read(packed.ctx, "anatomy/SOURCES.bib", &bytes, NULL));
  int n = 0;
  const char *data = bytes.data;
  for (size_t i = 0; i < bytes.size; i++) n += data[i] == '@' && (i == 0 || data[i - 1] == '\n');
  static seen s;
  assert_ok(files_bib_each(packed, "anatomy/SOURCES.bib", keep_entry, &s, NULL));
  assert_int_equal(s.n, n);
  assert_non_null(strstr(s.text[0], "adams1980|Adams, M. A. and Hutton, W. C. 1980: The effect"));
  files_bytes_free(&bytes);
}

static void rows_follow_their_own_header(void **state) {
  (void)state;
  static seen s;
  s.n = 0;
  text = "# about\n\nname,value,source\na,1,X\n# between\nb,\"2,5\",Y\n";
  assert_ok(files_each_row(SOURCE, "t.csv", keep_row, &s, NULL));
  assert_int_equal(s.n, 2);
  assert_string_equal(s.text[0], "4 3 value=1");
  assert_string_equal(s.text[1], "6 3 value=2,5");
  static const char *const wrong[] = {"", "# only a comment\n", "a,b\n1,2,3\n", "a,b\n\"1,2\n"};
  for (size_t i = 0; i < sizeof wrong/sizeof *wrong; i++) {
    text = wrong[i];
    ps_error err = {PS_OK, 0, "", ""};
    assert_int_equal(files_each_row(SOURCE, "t.csv", keep_row, &s, &err), PS_EFORMAT);
    assert_string_equal(err.where, "t.csv");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(entries_become_citations),
      cmocka_unit_test(every_packed_entry_is_read),
      cmocka_unit_test(rows_follow_their_own_header),
  };
  return cmocka_run_group_tests_name("files_bib", tests, NULL, NULL);
}
