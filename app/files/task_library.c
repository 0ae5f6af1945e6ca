/* Packed task files found by name. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/task_library.h"

#include <string.h>

#include "app/files/assets.h"
#include "app/files/files_suggest.h"
#include "app/files/files_task.h"
#include "app/files/files_text.h"

enum { NTASK_MAX = 128 };

static const char FOLDER[] = "tasks/", TAIL[] = ".json";

// "tasks/standing.json" -> "standing"; false for other assets
static bool task_name(const char *path, ps_name out) {
  const size_t head = sizeof FOLDER - 1, tail = sizeof TAIL - 1, length = strlen(path);
  if (length <= head + tail || length - head - tail >= PS_NAME_SIZE) return false;
  if (strncmp(path, FOLDER, head) != 0 || strcmp(path + length - tail, TAIL) != 0) return false;
  memcpy(out, path + head, length - head - tail);
  out[length - head - tail] = '\0';
  return true;
}

const char *task_library_name(size_t i, ps_name out) {
  for (size_t k = 0; k < asset_count(); k++)
    if (task_name(asset_at(k)->path, out) && i-- == 0) return out;
  return NULL;
}

ps_status task_library_find(const char *name, ps_task *out, ps_error *err) {
  ps_name known[NTASK_MAX];
  int nknown = 0;
  for (size_t k = 0; k < asset_count() && nknown < NTASK_MAX; k++) {
    const asset *a = asset_at(k);
    if (!task_name(a->path, known[nknown])) continue;
    if (strcmp(known[nknown], name) == 0) return files_task_parse(a->path, a->data, a->size, out, err);
    nknown++;
  }
  files_suggestion near = files_suggest_begin(name);
  for (int i = 0; i < nknown; i++) files_suggest_offer(&near, known[i]);
  return ps_error_set(err, PS_EINPUT, 0, "task", "no task is named \"%s\"%s; psoas tasks lists them",
                      files_text_quote(name).text, files_suggest_hint(files_suggest_best(&near)).text);
}
