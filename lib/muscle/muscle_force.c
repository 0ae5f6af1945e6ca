/* Force of one fascicle at a length: rigid tendon, constant fibre width, this person's tightness.
 * Theory: docs/theory/muscle.md section 5. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "psoas/muscle.h"

// fibre length along the tendon; the rest length is shorter by shortening x optimal length
static double along(const ps_muscle *p, double length) {
  return length - p->tendon_length + p->shortening*p->optimal_length;
}

ps_muscle_force ps_muscle_at(const ps_muscle *p, double length) {
  if (p->is_pressure) return (ps_muscle_force){.active = -p->strength, .lnorm = 1.0};

  const double x = along(p, length);
  const double fibre = sqrt(x*x + p->width*p->width);
  ps_muscle_force out = {.lnorm = fibre/p->optimal_length};
  if (x <= 0.0) {
    out.warn = PS_WARN_FIBRE_SLACK;
    return out;
  }
  const double cosine = x/fibre;
  const ps_curve_value passive = ps_muscle_passive(out.lnorm - 1.0, p->strain_zero, p->strain_one);
  const double fp = p->stiffness*p->strength*passive.f;
  out.active = p->strength*ps_muscle_active(out.lnorm).f*cosine;
  out.passive = fp*cosine;

  // d(fibre)/dx = cos, d(cos)/dx = width^2/fibre^3
  out.passive_slope = p->stiffness*p->strength*passive.slope/p->optimal_length*cosine*cosine +
                      fp*p->width*p->width/(fibre*fibre*fibre);
  out.warn = passive.warn;
  return out;
}

double ps_muscle_energy(const ps_muscle *p, double length) {
  // passive force along the tendon is d(energy)/d(length), and d(fibre) = cos*d(length): integrate over the fibre
  if (p->is_pressure || along(p, length) <= 0.0) return 0.0;
  const double x = along(p, length);
  const double strain = sqrt(x*x + p->width*p->width)/p->optimal_length - 1.0;
  if (strain <= p->strain_zero) return 0.0;
  enum { N = 400 };  // Simpson: the curve is smooth but for its two joints
  const double h = (strain - p->strain_zero)/N;
  double sum = 0.0;
  for (int i = 0; i <= N; i++) {
    const double weight = i == 0 || i == N ? 1.0 : i % 2 ? 4.0 : 2.0;
    sum += weight*ps_muscle_passive(p->strain_zero + i*h, p->strain_zero, p->strain_one).f;
  }
  return p->stiffness*p->strength*p->optimal_length*sum*h/3.0;
}
