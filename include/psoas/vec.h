/* Three-vectors, rotations and rigid transforms. Module linalg; inline, no state.
 * Rotations are 3 x 3, row-major: world = R * local. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <math.h>

#define PS_PI 3.14159265358979323846

// degrees to radians and back
static inline double ps_rad(double deg) { return deg*(PS_PI/180.0); }
static inline double ps_deg(double rad) { return rad*(180.0/PS_PI); }

// three-vectors: set and copy
static inline void ps_vec_set(double out[3], double x, double y, double z) {
  out[0] = x;
  out[1] = y;
  out[2] = z;
}
static inline void ps_vec_copy(double out[3], const double a[3]) { ps_vec_set(out, a[0], a[1], a[2]); }
/** a . b */
static inline double ps_dot(const double a[3], const double b[3]) { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2]; }
/** Euclidean length. */
static inline double ps_norm(const double a[3]) { return sqrt(ps_dot(a, a)); }
/** a - b */
static inline void ps_sub(double out[3], const double a[3], const double b[3]) {
  ps_vec_set(out, a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
/** a + b */
static inline void ps_add(double out[3], const double a[3], const double b[3]) {
  ps_vec_set(out, a[0] + b[0], a[1] + b[1], a[2] + b[2]);
}
/** out += s*a */
static inline void ps_axpy(double out[3], double s, const double a[3]) {
  out[0] += s*a[0];
  out[1] += s*a[1];
  out[2] += s*a[2];
}
static inline void ps_scale(double out[3], double s, const double a[3]) { ps_vec_set(out, s*a[0], s*a[1], s*a[2]); }
/** out may not be a or b. */
static inline void ps_cross(double out[3], const double a[3], const double b[3]) {
  out[0] = a[1]*b[2] - a[2]*b[1];
  out[1] = a[2]*b[0] - a[0]*b[2];
  out[2] = a[0]*b[1] - a[1]*b[0];
}
/** Make `a` a unit vector, return its former length (0 leaves it as it is). */
static inline double ps_normalise(double a[3]) {
  const double n = ps_norm(a);
  if (n > 0.0) ps_scale(a, 1.0/n, a);
  return n;
}
/** out = R*a; out may not be a. */
static inline void ps_rotate(double out[3], const double R[9], const double a[3]) {
  out[0] = R[0]*a[0] + R[1]*a[1] + R[2]*a[2];
  out[1] = R[3]*a[0] + R[4]*a[1] + R[5]*a[2];
  out[2] = R[6]*a[0] + R[7]*a[1] + R[8]*a[2];
}
/** out = R'*a; out may not be a. */
static inline void ps_rotate_back(double out[3], const double R[9], const double a[3]) {
  out[0] = R[0]*a[0] + R[3]*a[1] + R[6]*a[2];
  out[1] = R[1]*a[0] + R[4]*a[1] + R[7]*a[2];
  out[2] = R[2]*a[0] + R[5]*a[1] + R[8]*a[2];
}
/** out = A*B; out may not be A or B. */
static inline void ps_mat_mul(double out[9], const double A[9], const double B[9]) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) out[3*i + j] = A[3*i]*B[j] + A[3*i + 1]*B[3 + j] + A[3*i + 2]*B[6 + j];
}
static inline void ps_mat_identity(double R[9]) {
  for (int i = 0; i < 9; i++) R[i] = i % 4 == 0 ? 1.0 : 0.0;
}
/** Rotation by `angle` [rad] about the unit vector `axis`, right-handed. */
static inline void ps_mat_axis_angle(double R[9], const double axis[3], double angle) {
  const double s = sin(angle), c = cos(angle), t = 1.0 - c;
  const double x = axis[0], y = axis[1], z = axis[2];
  R[0] = c + t*x*x;
  R[1] = t*x*y - s*z;
  R[2] = t*x*z + s*y;
  R[3] = t*x*y + s*z;
  R[4] = c + t*y*y;
  R[5] = t*y*z - s*x;
  R[6] = t*x*z - s*y;
  R[7] = t*y*z + s*x;
  R[8] = c + t*z*z;
}
