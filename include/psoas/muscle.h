/* What a fascicle can do at a length: active and passive force with a rigid tendon, and the passive hip capsule.
 * Theory: docs/theory/muscle.md sections 4 to 6. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/model.h"

typedef struct ps_curve_value {
  double f;                  // force / strength                               [-]
  double slope;              // d f / d strain                                 [-]
  unsigned warn;             // PS_WARN_STRAIN_EXTRAPOLATED beyond strain_one
} ps_curve_value;

/** Passive force of a fibre at strain = l/l_opt - 1.
 *
 *  Zero up to strain_zero, a short toe, a shallow straight part (slope 0.2), then a corner to slope
 *  2/(strain_one - strain_zero) at f = 1: one quintic Bezier corner, twice differentiable; straight beyond.
 *  given    strain_zero < strain_one
 *  source   @millard2013 (shape of the fibre force-length curve and its default stiffnesses and curviness)
 *  checked  test/unit/muscle_curve_test.c against the values published for psoas and iliacus (@rajagopal2023)
 */
ps_curve_value ps_muscle_passive(double strain, double strain_zero, double strain_one);

/** Active force of a fully activated fibre at normalised length `lnorm`, and its slope.
 *    f = exp(-(lnorm - 1)^2 / 0.45)
 *  source   @thelen2003.   checked  test/unit/muscle_curve_test.c */
ps_curve_value ps_muscle_active(double lnorm);

typedef struct ps_muscle_force {
  double active;             // force at full activation, along the tendon     [N]  (negative: pressure pushes)
  double passive;            // force without activation                       [N]
  double passive_slope;      // d passive / d length                           [N/m]
  double lnorm;              // fibre length / optimal length                  [-]
  unsigned warn;             // PS_WARN_*
} ps_muscle_force;

/** What one fascicle can do at a whole length.
 *
 *    fibre^2 = (length - tendon + shortening*l_opt)^2 + width^2,  cos = (length - tendon + ...)/fibre
 *    active = strength*fl(lnorm)*cos,   passive = stiffness*strength*fp(lnorm - 1)*cos
 *  given    length [m], the fascicle with this person's tightness
 *  warns    PS_WARN_FIBRE_SLACK when the whole length is below the tendon's: no force
 *  errors   none.  Allocates nothing; thread-safe.
 *  checked  test/unit/muscle_force_test.c (energy, slope by central differences)
 */
ps_muscle_force ps_muscle_at(const ps_muscle *muscle, double length);

/** Energy stored in the passive fibre [J], zero at strain_zero: the passive force is its derivative. */
double ps_muscle_energy(const ps_muscle *muscle, double length);

/** Passive moment of the whole hip in flexion (all structures), at hip and knee flexion.        [N m], flexing +
 *  source   @riener1999: exp(1.4655 - 0.0034k - 0.0750h) - exp(1.3403 - 0.0226k + 0.0305h) + 8.072, degrees */
double ps_hip_passive_published(double hip_rad, double knee_rad);

/** Fill model->capsule: what capsule, skin and fascia add in flexion to the passive muscles of the *released* person so that
 *  together they give the published whole-hip moment up to 20 deg of flexion; never negative (where the muscles alone give
 *  more, it is zero), fading to nothing at 40 deg, then frozen (it must not follow tightness). Needs a state of the model as
 *  scratch; changes its q.
 *  source   @riener1999.   checked  test/unit/capsule_test.c */
void ps_muscle_fit_capsule(ps_model *model, ps_state *scratch);

/** Capsule moment at a hip flexion angle [N m] (flexing +), interpolated with a continuous slope. */
double ps_muscle_capsule(const ps_model *model, double hip_rad);
