/* Whole files in, whole files out. Nothing here knows what the bytes mean.
 * SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700  // realpath
#include "app/files/files_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// first guess at the size of a file; doubled until it fits
#define FIRST_SIZE ((size_t)1 << 14)

static ps_status refused(ps_error *err, const char *path, const char *what) {
  const char *why = strerror(errno);
  return ps_error_set(err, PS_EIO, 0, path, "%s: %s", what, why);
}

// one byte more than the limit is asked for, so that a longer file is noticed
static ps_status read_stream(FILE *in, const char *path, size_t limit, files_text *text, ps_error *err) {
  size_t room = 0;
  for (;;) {
    if (text->size + 1 >= room) {
      room = room ? 2*room : FIRST_SIZE;
      char *more = realloc(text->data, room);
      if (!more) return ps_error_set(err, PS_ENOMEM, 0, path, "out of memory after %zu bytes", text->size);
      text->data = more;
    }
    errno = 0;
    const size_t n = fread(text->data + text->size, 1, room - 1 - text->size, in);
    text->size += n;
    if (text->size > limit)
      return ps_error_set(err, PS_EINPUT, 0, path, "the file is longer than the %zu bytes allowed", limit);
    if (n > 0) continue;
    if (ferror(in)) return refused(err, path, "cannot be read");
    text->data[text->size] = '\0';
    return PS_OK;
  }
}

ps_status files_text_read(const char *path, size_t limit, files_text *out, ps_error *err) {
  const bool is_stdin = strcmp(path, "-") == 0;
  FILE *in = is_stdin ? stdin : fopen(path, "rb");
  if (!in) return refused(err, path, "cannot be opened");
  files_text text = {0};
  const ps_status status = read_stream(in, is_stdin ? "standard input" : path, limit, &text, err);
  if (!is_stdin) fclose(in);
  if (status == PS_OK)
    *out = text;
  else
    files_text_free(&text);
  return status;
}

void files_text_free(files_text *text) {
  free(text->data);
  *text = (files_text){0};
}

// ---- writing -----------------------------------------------------------------------------------------------------

static bool write_all(int fd, const char *data, size_t size) {
  while (size > 0) {
    const ssize_t n = write(fd, data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    data += n;
    size -= (size_t)n;
  }
  return true;
}

static ps_status write_directly(const char *path, const void *data, size_t size, ps_error *err) {
  const int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return refused(err, path, "cannot be opened for writing");
  const bool is_written = write_all(fd, data, size);
  const ps_status status = is_written ? PS_OK : refused(err, path, "cannot be written");
  close(fd);
  return status;
}

// a new file beside the target: O_EXCL, so neither a link nor somebody's file is ever followed or reused
static int open_beside(const char *target, char *name, size_t name_size) {
  for (int i = 0; i < 100; i++) {
    snprintf(name, name_size, "%s.%ld-%d.tmp", target, (long)getpid(), i);
    const int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

static ps_status replace(const char *target, const struct stat *old, const void *data, size_t size, ps_error *err) {
  const size_t name_size = strlen(target) + 40;
  char *name = malloc(name_size);
  if (!name) return ps_error_set(err, PS_ENOMEM, 0, target, "out of memory");
  ps_status status = PS_OK;
  const int fd = open_beside(target, name, name_size);
  if (fd < 0) {
    status = refused(err, target, "no file can be made in its folder");
    goto done;
  }

  // bytes on the disk first, then the name
  const bool is_written = write_all(fd, data, size) && (!old || fchmod(fd, old->st_mode & 07777) == 0) && fsync(fd) == 0;
  if (!is_written) status = refused(err, target, "cannot be written");
  if (close(fd) != 0 && status == PS_OK) status = refused(err, target, "cannot be written");
  if (status == PS_OK && rename(name, target) != 0) status = refused(err, target, "cannot be replaced");
  if (status != PS_OK) unlink(name);

done:
  free(name);
  return status;
}

ps_status files_text_write(const char *path, const void *data, size_t size, ps_error *err) {
  struct stat old;
  const bool has_old = stat(path, &old) == 0;
  if (has_old && !S_ISREG(old.st_mode)) return write_directly(path, data, size, err);

  // an old file without write permission is respected, although its folder would let it be replaced
  if (has_old && access(path, W_OK) != 0) return refused(err, path, "cannot be written");
  char *real = has_old ? realpath(path, NULL) : NULL;
  const ps_status status = replace(real ? real : path, has_old ? &old : NULL, data, size, err);
  free(real);
  return status;
}

// ---- quoting -----------------------------------------------------------------------------------------------------

files_quoted files_text_quote(const char *text) {
  files_quoted q;
  const size_t most = 48;
  size_t n = strlen(text);
  const bool is_cut = n > most;
  if (is_cut) {
    n = most;
    while (n > 0 && ((unsigned char)text[n] & 0xC0u) == 0x80u) n--;  // do not split a character
  }
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = (unsigned char)text[i];
    q.text[i] = c < 0x20u || c == 0x7Fu ? '?' : text[i];
  }
  memcpy(q.text + n, is_cut ? "..." : "", is_cut ? 4 : 1);
  return q;
}
