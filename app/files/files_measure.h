/* Measured angles of a person file: by which method, how often, how sure. Format: docs/person-file.md.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_json.h"

// how an angle was measured. Methods are stored with the value and never converted into one another.
typedef enum files_method {
  FILES_RADIOGRAPH_L1_S1,      // lordosis: the definition the model uses
  FILES_RADIOGRAPH_T12_S1,     // lordosis, one level more
  FILES_SKIN_L1_S1,            // lordosis: inclinometers or a flexible ruler on the skin
  FILES_SKIN_T12_S1,
  FILES_PHONE_T12_S1,          // lordosis: phone inclinometer on the skin
  FILES_INCLINOMETER,          // ASIS-PSIS line: pelvic inclinometer; Thomas test: on the thigh
  FILES_CALLIPER,              // palpation meter
  FILES_PHOTO,                 // calibrated side photograph with markers
  FILES_PHONE,                 // phone held against both points
  FILES_MOTION_CAPTURE,        // markers on both points; also hip extension and Thomas test
  FILES_MODIFIED_THOMAS,       // hip extension: over the table's edge, other knee held
  FILES_PRONE_GONIOMETER,
  FILES_PRONE_INCLINOMETER,
  FILES_SIDE_LYING_INCLINOMETER,
  FILES_GONIOMETER,            // Thomas test: two arms, by eye
  FILES_HEIGHT_LENGTH,         // Thomas test: a ruler, from the heights of hip and knee
  FILES_METHOD_COUNT
} files_method;

/** The word in the file, as "radiograph_L1_S1". */
const char *files_method_text(files_method method);

typedef struct files_angle {
  bool has;
  double deg;                  // mean of the readings
  files_method method;
  int nrepeat;
  double repeat_deg[FILES_READING_MAX];
} files_angle;

typedef struct files_thomas {  // modified Thomas test of one leg
  bool has;
  double hip_angle_deg;        // thigh above the horizontal positive            -60..90       mean of the readings
  double knee_flexion_deg;     //                                                0..150        mean of the readings
  bool pelvis_controlled;      // false: shown with a prompt to repeat, moves no estimate
  files_method method;         // of the hip angle
  double error_deg;            // 1 SD of the hip angle, files_thomas_error; 0 = the model's own
  int nrepeat, nknee_repeat;
  double repeat_deg[FILES_READING_MAX], knee_repeat_deg[FILES_READING_MAX];
} files_thomas;

typedef struct files_angle_rule {  // an object { deg, method }
  const char *key;
  double lo, hi;               // [deg]
  files_method first, last;    // allowed methods
} files_angle_rule;

/** An angle, when the key is there.  fills out  untouched otherwise */
PS_MUST_CHECK ps_status files_angle_read(const files_json *in, const files_angle_rule *rule, files_angle *out);

/** A Thomas test, when the key is there: the angle itself, or the heights it follows from.
 *  checked  test/unit/files_measure_test.c */
PS_MUST_CHECK ps_status files_thomas_read(const files_json *in, const char *key, files_thomas *out);

/** Error of a Thomas angle [deg, 1 SD] of `nrepeat` readings by one method.
 *
 *    error^2 = setup^2 + (once^2 - setup^2)/n        setup = 1.5 deg: laying the person down and finding the points, which
 *                                                    repeating a reading does not make better
 *    by height and length: once = s/(L cos a) sqrt(2 + sin^2 a), s = 1 cm each for two heights and the length
 *
 *  given    hip_angle_deg, thigh_length_m   of FILES_HEIGHT_LENGTH only; beyond 75 deg the error is that at 75
 *  source   docs/person-file.md, Errors
 *  checked  test/unit/files_measure_test.c (against drawn ruler errors) */
double files_thomas_error(files_method method, int nrepeat, double hip_angle_deg, double thigh_length_m);

/** Error of the knee in a Thomas test [deg, 1 SD]: 7 deg once, falling with repeats as that of the hip. */
double files_knee_error(const files_thomas *test);

/** Error of passive hip extension or of the ASIS-PSIS line [deg, 1 SD], falling with repeats in the same way.
 *
 *    extension 3 deg once by goniometer; by inclinometer the two devices' difference of 3.2 deg on top, which no repeat removes
 *    ASIS-PSIS line 2 deg once
 *  source   docs/person-file.md, Errors
 *  checked  test/unit/files_measure_test.c */
double files_angle_error(const files_angle *angle);
