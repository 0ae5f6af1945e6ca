// Runs the committed corpus through a fuzz target without a fuzzer: build/test/fuzz/fuzz_NAME reads test/fuzz/corpus/NAME.
// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { SIZE_MAX_OF_A_SEED = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv) {
  static uint8_t data[SIZE_MAX_OF_A_SEED];
  const char *name = argc > 0 ? strrchr(argv[0], '_') : NULL;
  char folder[256], path[512];
  int n = 0;
  snprintf(folder, sizeof folder, "test/fuzz/corpus/%s", name ? name + 1 : "");
  DIR *d = opendir(folder);
  for (const struct dirent *e; d && (e = readdir(d)) != NULL;) {
    if (e->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
    FILE *f = fopen(path, "rb");
    if (!f) return 1;
    const size_t size = fread(data, 1, sizeof data, f);
    fclose(f);
    LLVMFuzzerTestOneInput(data, size);
    n++;
  }
  if (d) closedir(d);
  if (n > 0) printf("[  PASSED  ] %d test(s).\n", n);
  return n > 0 ? 0 : 1;
}
