/* Reading the pain map: which regions hurt, on which side, how much, of which quality. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app/files/files_exam_parts.h"
#include "app/files/files_text.h"

static ps_status read_region(const files_json *in, const clinic_fields *fields, int *out) {
  const char *id = NULL;
  PS_TRY(files_json_text(in, "region", 64, &id));
  *out = clinic_region_find(fields, id);
  if (*out >= 0) return PS_OK;
  files_suggestion s = files_suggest_begin(id);
  for (int i = 0; i < fields->nregion; i++) files_suggest_offer(&s, fields->region[i].id);
  return files_json_fail(in, "region", PS_EINPUT, "is \"%s\": the body chart has no region of this name%s", files_text_quote(id).text,
                         files_suggest_hint(files_suggest_best(&s)).text);
}

// a region of two sides names its side, one across the midline has none
static ps_status read_side(const files_json *in, const clinic_region *region, bool is_side[2]) {
  static const char *const word[] = {"left", "right", "both"};
  int k = 2;
  if (region->is_sided) PS_TRY(files_json_choice(in, "side", word, 3, &k));
  else if (files_json_has(in, "side"))
    return files_json_fail(in, "side", PS_EFORMAT, "is not for \"%s\", which lies across the midline", region->id);
  is_side[CLINIC_LEFT] = k != 1;
  is_side[CLINIC_RIGHT] = k != 0;
  return PS_OK;
}

static ps_status read_pain(const files_json *in, const clinic_fields *fields, clinic_pain *out) {
  static const char *const keys[] = {"region", "side", "intensity_0_10", "quality"};
  int nquality = 0;
  while (CLINIC_QUALITY[nquality]) nquality++;
  PS_TRY(files_json_check_keys(in, keys, 4));
  PS_TRY(read_region(in, fields, &out->region));
  PS_TRY(read_side(in, &fields->region[out->region], out->is_side));
  PS_TRY(files_json_number(in, &(files_json_range){"intensity_0_10", 0.0, 10.0, ""}, &out->intensity));
  return files_json_has(in, "quality") ? files_json_choices(in, "quality", CLINIC_QUALITY, nquality, &out->quality) : PS_OK;
}

static bool is_same_place(const clinic_pain *a, const clinic_pain *b) {
  return a->region == b->region && ((a->is_side[0] && b->is_side[0]) || (a->is_side[1] && b->is_side[1]));
}

ps_status exam_read_map(const files_json *pain, clinic_exam *out) {
  const json_t *list = NULL;
  PS_TRY(files_json_list(pain, "map", &list));
  const size_t n = json_array_size(list);
  if (n > CLINIC_PAIN_MAX) return files_json_fail(pain, "map", PS_EINPUT, "has %zu regions, allowed are %d", n, (int)CLINIC_PAIN_MAX);
  for (size_t i = 0; i < n; i++) {
    files_json item;
    clinic_pain p = {.quality = 0};
    PS_TRY(files_json_item(pain, "map", list, i, &item));
    PS_TRY(read_pain(&item, out->fields, &p));
    for (size_t k = 0; k < i; k++)
      if (is_same_place(&p, &out->pain[k]))
        return files_json_fail(&item, "region", PS_EINPUT, "is \"%s\": entry %zu already has it on this side",
                               out->fields->region[p.region].id, k + 1);
    out->pain[out->npain++] = p;
  }
  out->has_pain_map = true;
  return PS_OK;
}
