/* Person files: what was measured on one person. Format: docs of the person file (README of examples/persons).
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/model.h"

// how an angle was measured. Methods are stored with the value and never converted into one another.
typedef enum files_method {
  FILES_RADIOGRAPH_L1_S1,      // lordosis: the definition the model uses
  FILES_RADIOGRAPH_T12_S1,     // lordosis, one level more
  FILES_SKIN_L1_S1,            // lordosis: inclinometers or a flexible ruler on the skin
  FILES_SKIN_T12_S1,
  FILES_PHONE_T12_S1,          // lordosis: phone inclinometer on the skin
  FILES_INCLINOMETER,          // ASIS-PSIS line: pelvic inclinometer
  FILES_CALLIPER,              // palpation meter
  FILES_PHOTO,                 // calibrated side photograph with markers
  FILES_PHONE,                 // phone held against both points
  FILES_MOTION_CAPTURE,        // markers on both points; also hip extension
  FILES_MODIFIED_THOMAS,       // hip extension: over the table's edge, other knee held
  FILES_PRONE_GONIOMETER,
  FILES_PRONE_INCLINOMETER,
  FILES_SIDE_LYING_INCLINOMETER,
  FILES_METHOD_COUNT
} files_method;

/** The word in the file, as "radiograph_L1_S1". */
const char *files_method_text(files_method method);

typedef struct files_angle {
  bool has;
  double deg;
  files_method method;
} files_angle;

typedef struct files_thomas {  // modified Thomas test of one leg
  bool has;
  double hip_angle_deg;        // thigh above the horizontal positive            -60..90
  double knee_flexion_deg;     //                                                0..150
  bool pelvis_controlled;      // false: shown with a prompt to repeat, moves no estimate
} files_thomas;

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

/** The same from a path, or from standard input when it is "-". errors also PS_EIO. */
PS_MUST_CHECK ps_status files_person_load(const char *path, const ps_anatomy *anatomy, files_person *out, ps_error *err);
