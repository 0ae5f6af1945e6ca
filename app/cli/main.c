/* The program: finds the command, reads its options, prints its help. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <string.h>

#include "app/cli/cli.h"
#include "app/files/files_json.h"
#include "app/files/files_suggest.h"
#include "app/files/files_text.h"

static const cli_command *const COMMAND[] = {&CLI_ASSESS, &CLI_SOLVE,  &CLI_PATH,   &CLI_MUSCLES,
                                             &CLI_COORDS, &CLI_TASKS,  &CLI_EXPORT, &CLI_BENCH, &CLI_EXAM,
                                             &CLI_COMPARE, &CLI_EXPLAIN, &CLI_SOURCES, &CLI_VALIDATE};
enum { NCOMMAND = 13, NOPTION_MAX = 12, NARGUMENT_MAX = 4 };

static void print_help(FILE *out) {
  fprintf(out, "psoas %s: what a tight iliopsoas does to a back, simulated. It never diagnoses.\n\nusage: psoas COMMAND ...\n\n",
          PS_VERSION);
  for (int i = 0; i < NCOMMAND; i++) fprintf(out, "  %-9s %s\n", COMMAND[i]->name, COMMAND[i]->summary);
  fprintf(out, "\npsoas COMMAND --help tells more. Exit codes: 0 done, 1 our fault, 2 bad input, 3 stop (safety).\n");
}

static void print_command(const cli_command *c) {
  printf("usage: psoas %s %s\n\n%s\n\n", c->name, c->arguments, c->summary);
  for (int i = 0; c->option[i].name; i++) {
    char left[64];
    snprintf(left, sizeof left, "--%s%s%s", c->option[i].name, c->option[i].value ? " " : "",
             c->option[i].value ? c->option[i].value : "");
    printf("  %-26s %s\n", left, c->option[i].help);
  }
  printf("  %-26s %s\n", "--help", "this text");
  printf("\nExit codes: 0 done, 1 our fault, 2 bad input, 3 stop (safety).\n");
}

static int complain(const char *what, const char *word, const char *nearest) {
  fprintf(stderr, "psoas: %s \"%s\"%s\n", what, files_text_quote(word).text, files_suggest_hint(nearest).text);
  return CLI_BAD_INPUT;
}

static const char *nearest_option(const cli_command *c, const char *word) {
  files_suggestion s = files_suggest_begin(word);
  for (int i = 0; c->option[i].name; i++) files_suggest_offer(&s, c->option[i].name);
  return files_suggest_best(&s);
}

// one option; moves *at past its value
static int read_option(cli_call *call, int argc, char **argv, int *at) {
  const char *word = argv[*at] + 2;
  const char *equals = strchr(word, '=');
  const size_t length = equals ? (size_t)(equals - word) : strlen(word);
  for (int i = 0; call->command->option[i].name; i++) {
    const cli_option *o = &call->command->option[i];
    if (strlen(o->name) != length || strncmp(o->name, word, length) != 0) continue;
    if (!o->value) {
      if (equals) return complain("this option takes no value:", argv[*at], NULL);
      call->value[i] = "";
    } else if (equals) {
      call->value[i] = equals + 1;
    } else if (*at + 1 < argc) {
      call->value[i] = argv[++*at];
    } else {
      return complain("this option needs a value:", argv[*at], NULL);
    }
    return CLI_DONE;
  }
  return complain("unknown option", argv[*at], nearest_option(call->command, word));
}

// what was printed has arrived, or the exit code says that it has not
static int finish(int code) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return code;
  fprintf(stderr, "psoas: standard output could not be written\n");
  return CLI_BAD_INPUT;
}

static int run_command(const cli_command *c, int argc, char **argv) {
  cli_call call = {.command = c};
  for (int i = 0; i < argc; i++) {
    if (strcmp(argv[i], "--help") == 0) {
      print_command(c);
      return finish(CLI_DONE);
    }
  }
  for (int i = 0; i < argc; i++) {
    if (strncmp(argv[i], "--", 2) == 0) {
      const int code = read_option(&call, argc, argv, &i);
      if (code != CLI_DONE) return code;
    } else if (call.nargument < c->max_arguments) {
      call.argument[call.nargument++] = argv[i];
    } else {
      return complain("one argument too many:", argv[i], NULL);
    }
  }
  if (call.nargument < c->min_arguments) {
    fprintf(stderr, "psoas: usage: psoas %s %s\n", c->name, c->arguments);
    return CLI_BAD_INPUT;
  }
  return finish(c->run(&call));
}

// drawn bodies ask for the same blocks again and again: what is freed is kept, not given back and fetched anew
static void keep_memory(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_TOP_PAD, 4 << 20);
#endif
}

int main(int argc, char **argv) {
  keep_memory();
  files_json_watch();
  if (argc < 2) {
    print_help(stderr);
    return CLI_BAD_INPUT;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
    print_help(stdout);
    return finish(CLI_DONE);
  }
  if (strcmp(argv[1], "--version") == 0) {
    printf("psoas %s\n", PS_VERSION);
    return finish(CLI_DONE);
  }
  for (int i = 0; i < NCOMMAND; i++)
    if (strcmp(argv[1], COMMAND[i]->name) == 0) return run_command(COMMAND[i], argc - 2, argv + 2);

  files_suggestion s = files_suggest_begin(argv[1]);
  for (int i = 0; i < NCOMMAND; i++) files_suggest_offer(&s, COMMAND[i]->name);
  return complain("unknown command", argv[1], files_suggest_best(&s));
}
