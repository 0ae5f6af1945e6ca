/* Arms: hanging straight down, or both hands at a load. They carry weight in front of the trunk; no muscle crosses the
 * shoulder here, the task holds it. Theory: docs/theory/posture.md section 3. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "internal.h"
#include "psoas/vec.h"

static const char *const UPPER[2] = {"upper_arm_right", "upper_arm_left"};
static const char *const FORE[2] = {"forearm_right", "forearm_left"};
static const char *const GRIP[2] = {"grip_right", "grip_left"};

// half the distance between the hands on a load                       assumed, because a crate is about 0.3 m wide
static const double HALF_GRIP_M = 0.15;

// turn a body's own coordinates until its orientation is nearest to R: Newton on the rotation that is left
static void turn_to(const ps_model *m, int body, const double R[9], ps_state *s) {
  const int j = m->body[body].coord;
  for (int i = 0; i < 40; i++) {
    ps_state_kinematics(s);
    const double *have = s->R + 9*body;
    double left[3] = {0.0, 0.0, 0.0};
    for (int k = 0; k < 3; k++) {
      const double a[3] = {have[k], have[3 + k], have[6 + k]}, b[3] = {R[k], R[3 + k], R[6 + k]};
      double c[3];
      ps_cross(c, a, b);
      ps_axpy(left, 0.5, c);
    }
    if (ps_norm(left) < 1e-13) return;

    // left = sum of dq_k w_k: solved with the dual axes, damped far away
    const double *w = s->w + 3*j;
    double dual[3][3];
    ps_cross(dual[0], w + 3, w + 6);
    ps_cross(dual[1], w + 6, w);
    ps_cross(dual[2], w, w + 3);
    const double det = ps_dot(w, dual[0]);
    if (fabs(det) < 1e-3) return;
    const double damping = fmin(1.0, 0.5/ps_norm(left));
    for (int k = 0; k < 3; k++) s->q[j + k] += damping*ps_dot(left, dual[k])/det;
  }
}

void ps__posture_arms_hang(const ps_model *m, ps_state *s) {
  double upright[9];
  ps_mat_identity(upright);
  for (int k = 0; k < 2; k++) {
    const int upper = ps_model_find_body(m, UPPER[k]), fore = ps_model_find_body(m, FORE[k]);
    PS_ASSERT(upper >= 0 && fore >= 0);
    s->q[m->body[fore].coord] = 0.0;
    turn_to(m, upper, upright, s);
  }
  ps_state_kinematics(s);
}

// orientation whose y axis points up along the bone (from its end to its start) and whose z axis is `hinge`
static void along(double R[9], const double down[3], const double hinge[3]) {
  double x[3], y[3], z[3];
  ps_scale(y, -1.0, down);
  ps_normalise(y);
  ps_cross(x, y, hinge);
  ps_normalise(x);
  ps_cross(z, x, y);
  for (int k = 0; k < 3; k++) {
    R[3*k] = x[k];
    R[3*k + 1] = y[k];
    R[3*k + 2] = z[k];
  }
}

static ps_status reach(const ps_model *m, int side, const double target[3], ps_state *s, ps_error *err) {
  const int upper = ps_model_find_body(m, UPPER[side]), fore = ps_model_find_body(m, FORE[side]);
  const int grip = ps_model_find_landmark(m, GRIP[side]);
  PS_ASSERT(upper >= 0 && fore >= 0 && grip >= 0);
  const double a = ps_norm(m->body[fore].origin), b = ps_norm(m->landmark[grip].pos);
  double d[3];
  ps_sub(d, target, s->o + 3*upper);
  const double distance = ps_norm(d);
  if (!(distance < 0.999*(a + b)) || !(distance > fabs(a - b) + 0.01))
    return ps_error_set(err, PS_EINPUT, 0, "hold",
                        "the load is %.2f m from the shoulder, the hands reach %.2f to %.2f m", distance,
                        fabs(a - b) + 0.01, 0.999*(a + b));

  // elbow below and behind the line from shoulder to hand, in the vertical plane through it
  double line[3], hinge[3], back[3], elbow[3];
  ps_vec_copy(line, d);
  ps_normalise(line);
  static const double z[3] = {0.0, 0.0, 1.0};
  const double cosine = (a*a + distance*distance - b*b)/(2.0*a*distance), sine = sqrt(fmax(0.0, 1.0 - cosine*cosine));
  ps_cross(back, line, z);
  ps_normalise(back);
  if (back[0] > 0.0 && back[1] > -0.5) ps_scale(back, -1.0, back);
  ps_cross(hinge, line, back);
  if (hinge[2] < 0.0) ps_scale(hinge, -1.0, hinge);
  ps_scale(elbow, a*cosine, line);
  ps_axpy(elbow, a*sine, back);
  double R[9];
  along(R, elbow, hinge);
  turn_to(m, upper, R, s);

  // the elbow's own hinge then opens the forearm to the hand
  const int j = m->body[fore].coord;
  for (int i = 0; i < 60; i++) {
    ps_state_kinematics(s);
    double hand[3], have[3], want[3], c[3];
    ps_state_position(s, fore, m->landmark[grip].pos, hand);
    ps_sub(have, hand, s->o + 3*fore);
    ps_sub(want, target, s->o + 3*fore);
    ps_cross(c, have, want);
    const double error = atan2(ps_dot(c, s->w + 3*j), ps_dot(have, want));
    if (fabs(error) < 1e-13) break;
    s->q[j] += error;
  }
  return PS_OK;
}

ps_status ps__posture_hands(const ps_model *m, const double at[3], ps_state *s, ps_error *err) {
  for (int k = 0; k < 2; k++) {
    const double target[3] = {at[0], at[1], at[2] + (k == 0 ? HALF_GRIP_M : -HALF_GRIP_M)};
    PS_TRY(reach(m, k, target, s, err));
  }
  ps_state_kinematics(s);
  return PS_OK;
}
