// SPDX-License-Identifier: Apache-2.0
#include "app/files/files_text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/check.h"

typedef struct folder { char path[64], file[96]; } folder;

static int make_folder(void **state) {
  folder *f = calloc(1, sizeof *f);
  strcpy(f->path, "/tmp/psoas_files_XXXXXX");
  if (!f || !mkdtemp(f->path)) return -1;
  snprintf(f->file, sizeof f->file, "%s/report.html", f->path);
  *state = f;
  return 0;
}

static int remove_folder(void **state) {
  folder *f = *state;
  chmod(f->path, 0700);
  unlink(f->file);
  const int failed = rmdir(f->path);  // fails when anything was left behind
  free(f);
  return failed;
}

static void write_then_read_gives_the_same_bytes(void **state) {
  const folder *f = *state;
  char bytes[70001];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i*7919u >> 3);
  assert_ok(files_text_write(f->file, bytes, sizeof bytes, NULL));
  files_text text;
  assert_ok(files_text_read(f->file, sizeof bytes, &text, NULL));
  assert_int_equal(text.size, sizeof bytes);
  assert_memory_equal(text.data, bytes, sizeof bytes);
  assert_int_equal(text.data[text.size], 0);
  files_text_free(&text);
  assert_null(text.data);
}

static void empty_file_is_read_as_empty_text(void **state) {
  const folder *f = *state;
  assert_ok(files_text_write(f->file, "", 0, NULL));
  files_text text;
  assert_ok(files_text_read(f->file, 0, &text, NULL));
  assert_int_equal(text.size, 0);
  assert_string_equal(text.data, "");
  files_text_free(&text);
}

static void one_byte_too_long_is_refused(void **state) {
  const folder *f = *state;
  assert_ok(files_text_write(f->file, "123456", 6, NULL));
  files_text text = {.size = 42};
  ps_error err;
  assert_int_equal(files_text_read(f->file, 5, &text, &err), PS_EINPUT);
  assert_int_equal(text.size, 42);
  assert_non_null(strstr(err.msg, "5 bytes"));
  assert_ok(files_text_read(f->file, 6, &text, &err));
  files_text_free(&text);
}

static void missing_file_and_folder_are_named(void **state) {
  const folder *f = *state;
  files_text text;
  ps_error err;
  assert_int_equal(files_text_read(f->file, 100, &text, &err), PS_EIO);
  assert_string_equal(err.where, f->file);
  assert_non_null(strstr(err.msg, "No such file"));
  assert_int_equal(files_text_read(f->path, 100, &text, &err), PS_EIO);
  assert_non_null(strstr(err.msg, "directory"));
}

static void failed_write_leaves_the_old_file(void **state) {
  const folder *f = *state;
  assert_ok(files_text_write(f->file, "old", 3, NULL));
  ps_error err;

  // no room for a new name beside it: an old file that may not be written, then a folder that is a file
  assert_int_equal(chmod(f->file, 0444), 0);
  if (geteuid() != 0) assert_int_equal(files_text_write(f->file, "new", 3, &err), PS_EIO);
  char below[128];
  snprintf(below, sizeof below, "%s/x", f->file);
  assert_int_equal(files_text_write(below, "new", 3, &err), PS_EIO);
  assert_non_null(strstr(err.msg, "no file can be made"));
  files_text text;
  assert_ok(files_text_read(f->file, 100, &text, NULL));
  assert_string_equal(text.data, "old");
  files_text_free(&text);
}

static void replacing_keeps_mode_and_follows_a_link(void **state) {
  const folder *f = *state;
  char link[128];
  snprintf(link, sizeof link, "%s/link", f->path);
  assert_ok(files_text_write(f->file, "old", 3, NULL));
  assert_int_equal(chmod(f->file, 0640), 0);
  assert_int_equal(symlink(f->file, link), 0);
  assert_ok(files_text_write(link, "newer", 5, NULL));
  struct stat s;
  assert_int_equal(lstat(link, &s), 0);
  assert_true(S_ISLNK(s.st_mode));
  assert_int_equal(stat(f->file, &s), 0);
  assert_int_equal(s.st_mode & 0777, 0640);
  assert_int_equal(s.st_size, 5);
  unlink(link);
}

static void device_is_written_directly(void **state) {
  (void)state;
  assert_ok(files_text_write("/dev/null", "x", 1, NULL));
  ps_error err;
  assert_int_equal(files_text_write("/dev/full", "x", 1, &err), PS_EIO);
  assert_non_null(strstr(err.msg, "No space"));
}

static void quoting_cuts_between_characters_and_hides_control_codes(void **state) {
  (void)state;
  assert_string_equal(files_text_quote("a\x1b[31m\n\x7f").text, "a?[31m??");
  char word[64];
  memset(word, 'x', 47);
  strcpy(word + 47, "\xc3\xa9zzz");  // the two bytes of one letter stand across the limit
  const files_quoted q = files_text_quote(word);
  assert_int_equal(strlen(q.text), 50);
  assert_string_equal(q.text + 46, "x...");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(write_then_read_gives_the_same_bytes, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(empty_file_is_read_as_empty_text, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(one_byte_too_long_is_refused, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(missing_file_and_folder_are_named, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(failed_write_leaves_the_old_file, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(replacing_keeps_mode_and_follows_a_link, make_folder, remove_folder),
      cmocka_unit_test(device_is_written_directly),
      cmocka_unit_test(quoting_cuts_between_characters_and_hides_control_codes),
  };
  return cmocka_run_group_tests_name("files_text", tests, NULL, NULL);
}
