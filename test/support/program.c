// The program in a process of its own, in a folder of its own. SPDX-License-Identifier: Apache-2.0
#define _XOPEN_SOURCE 700  // realpath, nftw
#include "support/program.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/check.h"

static void read_whole(const char *path, char **data, size_t *size) {
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  assert_int_equal(fseek(f, 0, SEEK_END), 0);
  *size = (size_t)ftell(f);
  rewind(f);
  *data = malloc(*size + 1);
  assert_non_null(*data);
  assert_int_equal(fread(*data, 1, *size, f), *size);
  (*data)[*size] = '\0';
  fclose(f);
}

// in the child: standard streams to their places, then the program
static void become(const char *program, const program_run *run, char **argv) {
  const char *out = run->stdout_to ? run->stdout_to : ".out";
  const int in = open("/dev/null", O_RDONLY), err = open(".err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (in < 0 || err < 0 || dup2(in, 0) < 0 || dup2(err, 2) < 0) _exit(126);
  if (*out) {
    const int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || dup2(fd, 1) < 0) _exit(126);
    close(fd);
  } else {
    close(1);
  }
  close(in);
  close(err);
  execv(program, argv);
  _exit(127);
}

void program_start(const program_run *run, program_said *said) {
  char name[] = "psoas", text[1024], *argv[PROGRAM_ARGUMENT_MAX + 2] = {name}, *rest = NULL;
  const char *program = getenv("PSOAS");
  if (!program) fail_msg("PSOAS names no program: start this test with tools/run-tests");
  assert_true(strlen(run->arguments) < sizeof text);
  strcpy(text, run->arguments);
  for (int n = 1; n <= PROGRAM_ARGUMENT_MAX; n++)
    if (!(argv[n] = strtok_r(n == 1 ? text : NULL, " ", &rest))) break;

  const pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) become(program, run, argv);
  int status = 0;
  assert_int_equal(waitpid(pid, &status, 0), pid);

  *said = (program_said){.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0};
  char *err = NULL;
  size_t size = 0;
  read_whole(".err", &err, &size);
  snprintf(said->err, sizeof said->err, "%s", err);
  free(err);
  unlink(".err");
  if (run->stdout_to) return;
  read_whole(".out", &said->out, &said->out_size);
  unlink(".out");
}

void program_forget(program_said *said) {
  free(said->out);
  said->out = NULL;
}

int program_enter(void **state) {
  const char *program = getenv("PSOAS");
  char *path = program ? realpath(program, NULL) : NULL;
  char *folder = strdup("/tmp/psoas_program_XXXXXX");
  if (!path || !folder || setenv("PSOAS", path, 1) != 0 || !mkdtemp(folder) || chdir(folder) != 0) return -1;
  free(path);
  *state = folder;
  return 0;
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *at) {
  (void)s, (void)kind, (void)at;
  return remove(path);
}

int program_leave(void **state) {
  char *folder = *state;
  const int failed = chdir("/") || nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  free(folder);
  return failed;
}

void program_file(const char *name, const void *data, size_t size) {
  FILE *f = fopen(name, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(data, 1, size, f), size);
  assert_int_equal(fclose(f), 0);
}
