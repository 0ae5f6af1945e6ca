/* Reading measured angles. SPDX-License-Identifier: Apache-2.0 */
#include "app/files/files_measure.h"

#include <math.h>
#include <string.h>

#include "psoas/vec.h"

static const char *const method_text[FILES_METHOD_COUNT] = {
    [FILES_RADIOGRAPH_L1_S1] = "radiograph_L1_S1",
    [FILES_RADIOGRAPH_T12_S1] = "radiograph_T12_S1",
    [FILES_SKIN_L1_S1] = "skin_L1_S1",
    [FILES_SKIN_T12_S1] = "skin_T12_S1",
    [FILES_PHONE_T12_S1] = "phone_T12_S1",
    [FILES_INCLINOMETER] = "inclinometer",
    [FILES_CALLIPER] = "calliper",
    [FILES_PHOTO] = "photo",
    [FILES_PHONE] = "phone",
    [FILES_MOTION_CAPTURE] = "motion_capture",
    [FILES_MODIFIED_THOMAS] = "modified_thomas",
    [FILES_PRONE_GONIOMETER] = "prone_goniometer",
    [FILES_PRONE_INCLINOMETER] = "prone_inclinometer",
    [FILES_SIDE_LYING_INCLINOMETER] = "side_lying_inclinometer",
    [FILES_GONIOMETER] = "goniometer",
    [FILES_HEIGHT_LENGTH] = "height_length",
};

const char *files_method_text(files_method method) {
  PS_ASSERT(method < FILES_METHOD_COUNT);
  return method_text[method];
}

ps_status files_angle_read(const files_json *in, const files_angle_rule *rule, files_angle *out) {
  static const char *const keys[] = {"deg", "method"};
  if (!files_json_has(in, rule->key)) return PS_OK;
  files_json object;
  files_readings r;
  int method = 0;
  PS_TRY(files_json_object(in, rule->key, &object));
  PS_TRY(files_json_check_keys(&object, keys, (int)(sizeof keys/sizeof *keys)));
  PS_TRY(files_json_readings(&object, &(files_json_range){"deg", rule->lo, rule->hi, "deg"}, &r));
  PS_TRY(files_json_choice(&object, "method", method_text + rule->first, (int)(rule->last - rule->first) + 1, &method));
  *out = (files_angle){.has = true, .deg = r.mean, .method = (files_method)((int)rule->first + method), .nrepeat = r.n};
  memcpy(out->repeat_deg, r.value, sizeof out->repeat_deg);
  return PS_OK;
}

// ---- the Thomas test -----------------------------------------------------------------------------------------------

static const files_json_range HIP_ANGLE = {"hip_angle_deg", -60.0, 90.0, "deg"};
static const files_json_range HEIGHT = {"knee_above_hip_m", -0.65, 0.65, "m"};
static const files_json_range LENGTH = {"thigh_length_m", 0.25, 0.65, "m"};
static const files_method THOMAS_METHOD[] = {FILES_INCLINOMETER, FILES_GONIOMETER, FILES_PHOTO, FILES_MOTION_CAPTURE,
                                             FILES_HEIGHT_LENGTH};
enum { NTHOMAS_METHOD = sizeof THOMAS_METHOD/sizeof *THOMAS_METHOD };

// length of a thigh, hip to knee, where only the angle was written down; assumed, because it is that of a person of 1.72 m
static const double USUAL_THIGH = 0.42;

// sources and reasons of these numbers: docs/person-file.md, Errors
static const double SETUP_DEG = 1.5, STEEPEST_DEG = 75.0, RULER_M = 0.01;
static const double KNEE_DEG = 7.0, EXTENSION_DEG = 3.0, DEVICE_DEG = 3.2, TILT_DEG = 2.0;

static double error_once(files_method method, double hip_angle_deg, double thigh_length) {
  if (method == FILES_GONIOMETER) return 4.0;
  if (method == FILES_PHOTO) return 3.0;
  if (method != FILES_HEIGHT_LENGTH) return 2.0;
  const double a = ps_rad(fmin(fabs(hip_angle_deg), STEEPEST_DEG)), s = sin(a);
  return ps_deg(RULER_M/(thigh_length*cos(a))*sqrt(2.0 + s*s));
}

// of the mean of n readings with this error each, where repeating leaves the setup's error
static double error_of_mean(double once, int n) {
  const double setup = SETUP_DEG*SETUP_DEG;
  return sqrt(setup + fmax(0.0, once*once - setup)/n);
}

double files_thomas_error(files_method method, int nrepeat, double hip_angle_deg, double thigh_length_m) {
  PS_ASSERT(nrepeat >= 1 && thigh_length_m > 0.0);
  return error_of_mean(error_once(method, hip_angle_deg, thigh_length_m), nrepeat);
}

double files_knee_error(const files_thomas *t) { return error_of_mean(KNEE_DEG, t->nknee_repeat > 1 ? t->nknee_repeat : 1); }

double files_angle_error(const files_angle *a) {
  const int n = a->nrepeat > 1 ? a->nrepeat : 1;
  const bool is_inclinometer = a->method == FILES_PRONE_INCLINOMETER || a->method == FILES_SIDE_LYING_INCLINOMETER;
  if (is_inclinometer) return hypot(error_of_mean(EXTENSION_DEG, n), DEVICE_DEG);
  return error_of_mean(a->method == FILES_PRONE_GONIOMETER ? EXTENSION_DEG : TILT_DEG, n);
}

// the word of the method; inclinometer where there is none
static ps_status read_method(const files_json *in, bool is_ruler, files_method *out) {
  const char *word[NTHOMAS_METHOD];
  int k = 0;
  *out = is_ruler ? FILES_HEIGHT_LENGTH : FILES_INCLINOMETER;
  if (!files_json_has(in, "method")) return PS_OK;
  for (int i = 0; i < NTHOMAS_METHOD; i++) word[i] = files_method_text(THOMAS_METHOD[i]);
  PS_TRY(files_json_choice(in, "method", word, NTHOMAS_METHOD, &k));
  if (is_ruler && THOMAS_METHOD[k] != FILES_HEIGHT_LENGTH)
    return files_json_fail(in, "method", PS_EINPUT, "is \"%s\", but knee_above_hip_m is read by height_length", word[k]);
  *out = THOMAS_METHOD[k];
  return PS_OK;
}

// heights of the knee above the hip, turned into angles in place
static ps_status read_heights(const files_json *in, files_readings *r, double *length) {
  PS_TRY(files_json_readings(in, &HEIGHT, r));
  PS_TRY(files_json_number(in, &LENGTH, length));
  r->mean = 0.0;
  for (int i = 0; i < r->n; i++) {
    const double height = r->value[i];
    if (fabs(height) > *length)
      return files_json_fail(in, HEIGHT.key, PS_EINPUT, "has %g: the knee cannot be further from the hip than thigh_length_m, %g m",
                             height, *length);
    r->value[i] = ps_deg(asin(height/ *length));
    if (r->value[i] < HIP_ANGLE.lo)
      return files_json_fail(in, HEIGHT.key, PS_EINPUT, "has %g: a thigh at %.1f deg, allowed is %g to %g deg", height,
                             r->value[i], HIP_ANGLE.lo, HIP_ANGLE.hi);
    r->mean += r->value[i]/r->n;
  }
  return PS_OK;
}

ps_status files_thomas_read(const files_json *in, const char *key, files_thomas *out) {
  static const char *const keys[] = {"hip_angle_deg",   "knee_flexion_deg", "pelvis_controlled", "method",
                                     "knee_above_hip_m", "thigh_length_m"};
  if (!files_json_has(in, key)) return PS_OK;
  files_json object;
  files_readings hip, knee;
  files_thomas t = {.has = true};
  double length = USUAL_THIGH;
  PS_TRY(files_json_object(in, key, &object));
  PS_TRY(files_json_check_keys(&object, keys, (int)(sizeof keys/sizeof *keys)));
  const bool is_ruler = files_json_has(&object, HEIGHT.key), is_angle = files_json_has(&object, HIP_ANGLE.key);
  if (is_ruler && is_angle)
    return files_json_fail(&object, "", PS_EFORMAT, "has hip_angle_deg and knee_above_hip_m: write one of them");
  if (!is_ruler && files_json_has(&object, LENGTH.key))
    return files_json_fail(&object, LENGTH.key, PS_EFORMAT, "needs knee_above_hip_m beside it");
  PS_TRY(read_method(&object, is_ruler, &t.method));
  PS_TRY(is_ruler ? read_heights(&object, &hip, &length) : files_json_readings(&object, &HIP_ANGLE, &hip));
  PS_TRY(files_json_readings(&object, &(files_json_range){keys[1], 0.0, 150.0, "deg"}, &knee));
  PS_TRY(files_json_bool(&object, keys[2], &t.pelvis_controlled));
  t.hip_angle_deg = hip.mean;
  t.knee_flexion_deg = knee.mean;
  t.nrepeat = hip.n;
  t.nknee_repeat = knee.n;
  memcpy(t.repeat_deg, hip.value, sizeof t.repeat_deg);
  memcpy(t.knee_repeat_deg, knee.value, sizeof t.knee_repeat_deg);
  t.error_deg = files_thomas_error(t.method, hip.n, t.hip_angle_deg, length);
  *out = t;
  return PS_OK;
}
