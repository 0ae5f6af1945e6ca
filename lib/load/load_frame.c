/* The frame in which a disc's load is told: half way between its two endplates. Theory: docs/theory/load.md section 1.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

ps_load_share ps__load_share(const double force[3], const double frame[9]) {
  double local[3];
  ps_rotate_back(local, frame, force);
  return (ps_load_share){.compression = -local[1], .anterior_shear = local[0], .lateral_shear = local[2]};
}

void ps__load_disc_frame(const ps_state *s, const ps_disc *disc, double R[9]) {
  const ps_model *m = s->model;
  static const double z[3] = {0.0, 0.0, 1.0};

  // the S1 endplate slopes in the sacrum's frame; vertebral frames lie in their own endplates
  double lower[9], tilt[9];
  const bool is_sacrum = strcmp(m->body[disc->lower].name, "sacrum") == 0;
  ps_mat_axis_angle(tilt, z, is_sacrum ? -m->stance.endplate : 0.0);
  ps_mat_mul(lower, s->R + 9*disc->lower, tilt);

  // half of the turn from the lower to the upper endplate
  double turn[9], half[9];
  for (int i = 0; i < 3; i++) {
    const double column[3] = {s->R[9*disc->upper + i], s->R[9*disc->upper + 3 + i], s->R[9*disc->upper + 6 + i]};
    double local[3];
    ps_rotate_back(local, lower, column);
    for (int k = 0; k < 3; k++) turn[3*k + i] = local[k];
  }
  double axis[3] = {turn[7] - turn[5], turn[2] - turn[6], turn[3] - turn[1]};
  const double sine = 0.5*ps_normalise(axis), cosine = 0.5*(turn[0] + turn[4] + turn[8] - 1.0);
  ps_mat_axis_angle(half, axis, 0.5*atan2(sine, cosine));
  ps_mat_mul(R, lower, half);
}
