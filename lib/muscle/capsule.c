/* The hip capsule: what the published passive moment of the whole hip has beyond the passive muscles modelled.
 * Found once from the released person and then frozen, so that it cannot cancel tightness.
 * Theory: docs/theory/muscle.md section 6. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "psoas/muscle.h"
#include "psoas/vec.h"

static const double FIRST_DEG = -45.0, STEP_DEG = 2.5;
// up to here the published moment is matched; from there on what is left fades to nothing (docs/decisions/0005)
static const double MATCHED_DEG = 20.0, GONE_DEG = 40.0;
// moments grow with weight times height from the published sample; its means are assumed, because only their being young
// men was seen
static const double SAMPLE_MASS_KG = 76.0, SAMPLE_HEIGHT_M = 1.77;

double ps_hip_passive_published(double hip_rad, double knee_rad) {
  const double h = ps_deg(hip_rad), k = ps_deg(knee_rad);
  return exp(1.4655 - 0.0034*k - 0.0750*h) - exp(1.3403 - 0.0226*k + 0.0305*h) + 8.072;
}

// passive moment of the muscles about the right hip's flexion axis, as if released
static double passive_muscles(const ps_model *m, const ps_state *s, int hip) {
  double sum = 0.0;
  for (int i = 0; i < m->nmuscle; i++) {
    ps_muscle p = m->muscle[i];
    p.shortening = 0.0;
    p.stiffness = 1.0;
    for (int k = 0; k < p.narm; k++)
      if (m->arm_coord[p.arm + k] == hip) sum += s->arm[p.arm + k]*ps_muscle_at(&p, s->length[i]).passive;
  }
  return sum;
}

void ps_muscle_fit_capsule(ps_model *m, ps_state *s) {
  const int hip = ps_model_find_coord(m, "hip_flexion_right");
  PS_ASSERT(s->model == m && hip >= 0);
  memset(s->q, 0, (size_t)m->ncoord*sizeof *s->q);
  const double size = m->mass*m->gravity*m->person.height_m/(SAMPLE_MASS_KG*9.80665*SAMPLE_HEIGHT_M);
  for (int i = 0; i < PS_CAPSULE_SIZE; i++) {
    const double deg = FIRST_DEG + i*STEP_DEG;
    if (deg > MATCHED_DEG) {
      const double left = fmax(0.0, (GONE_DEG - deg)/STEP_DEG), before = left + 1.0;
      m->capsule[i] = m->capsule[i - 1]*(left*left)/(before*before);
      continue;
    }
    s->q[hip] = ps_rad(deg);
    ps_state_kinematics(s);
    ps_state_paths(s);
    const double whole = size*ps_hip_passive_published(s->q[hip], 0.0);
    m->capsule[i] = fmax(0.0, whole - passive_muscles(m, s, hip));
  }
}

// slope at a node from the rises before and after it: their harmonic mean, flat where they disagree, so that the curve
// neither rises nor falls below zero between its nodes
static double node_slope(double before, double after) {
  return before*after > 0.0 ? 2.0*before*after/(before + after) : 0.0;
}

double ps_muscle_capsule(const ps_model *m, double hip_rad) {
  // cubic through the two nodes beside the angle: continuous slope
  const double t = (ps_deg(hip_rad) - FIRST_DEG)/STEP_DEG;
  if (t >= PS_CAPSULE_SIZE - 2) return 0.0;
  const int i = t < 1.0 ? 1 : (int)t;
  const double f = t - i;
  const double *y = m->capsule + i;
  const double a = y[1] - y[0], d0 = node_slope(y[0] - y[-1], a), d1 = node_slope(a, y[2] - y[1]);
  if (t < 1.0) return y[0] + d0*f;  // straight below the table
  const double g = 1.0 - f;  // every term shrinks with its node, so that rounding cannot pass zero
  return g*g*((1.0 + 2.0*f)*y[0] + f*d0) + f*f*((1.0 + 2.0*g)*y[1] - g*d1);
}
