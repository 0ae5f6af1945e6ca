/* Person files: what was measured on one person. Format: docs/person-file.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_measure.h"
#include "psoas/model.h"

typedef struct files_person {
  ps_person body;              // SI; tilt, lordosis and incidence only where the measured definition is the model's
  files_thomas thomas[2];      // [side - PS_RIGHT]
  files_angle hip_extension[2];  // [side - PS_RIGHT], extension positive [deg]
  files_angle lordosis;        // as measured, any method
  files_angle tilt;            // ASIS-PSIS line to the horizontal, anterior positive
  bool has_exam_sections;      // sections of an exam are in the file and were not read
  char sha256[65];             // of the bytes of the file, lower-case hexadecimal
  char note[1024], source[512];  // "" = none
} files_person;

#define FILES_PERSON_SIZE_MAX ((size_t)1 << 20)

/** Read a person from the bytes of a file.
 *
 *  given    file      name for messages
 *           anatomy   muscle groups that tightness may name; NULL = not checked here (ps_model_new does)
 *  fills    out       untouched on failure
 *  errors   PS_EFORMAT  not JSON, an unknown or duplicate or missing key, a wrong type
 *           PS_EINPUT   a value outside its range or list
 *           PS_ENOMEM;  err.where is the file, err.msg has field, value and what is allowed
 *  checked  test/unit/files_person_test.c, test/fault/files_fault_test.c, test/fuzz/fuzz_person.c
 */
PS_MUST_CHECK ps_status files_person_parse(const char *file, const void *data, size_t size, const ps_anatomy *anatomy,
                                           files_person *out, ps_error *err);

/** The same from the object that was parsed out of these bytes: for a reader that goes on with it. */
PS_MUST_CHECK ps_status files_person_read(const files_json *in, const void *data, size_t size, const ps_anatomy *anatomy,
                                          files_person *out);

/** The same from a path, or from standard input when it is "-". errors also PS_EIO. */
PS_MUST_CHECK ps_status files_person_load(const char *path, const ps_anatomy *anatomy, files_person *out, ps_error *err);
