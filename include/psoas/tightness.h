/* The bedside tests simulated, and the Thomas test inverted.
 * Theory: docs/theory/tightness.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/load.h"
#include "psoas/posture.h"

typedef struct ps_thomas_setup {  // what a test does not tell; drawn from its prior for an interval
  double pelvis_tilt_back;   // of the controlled pelvis, from the typical standing tilt   [rad]   default 18.7 deg
  double leg_mass;           // factor on the weight of the leg                            [-]     default 1
  double stiffness;          // of the iliopsoas                                           [-]     default 1
  double rectus, tensor;     // added shortening of rectus femoris and tensor fasciae latae  [-]   default 0
} ps_thomas_setup;

/** The values named above. */
ps_thomas_setup ps_thomas_setup_default(void);

/** Simulate the test: the leg hangs freely from a controlled pelvis.
 *  given   shortening of the iliopsoas on that side; the tightness of other muscles is the model's
 *  fills   hip_angle (thigh against the horizontal, above +), knee_flexion [rad]; leaves the posture in `state`
 *  errors  PS_ENUMERIC when the leg finds no rest.   Changes and restores nothing but `state`.
 *  checked test/unit/tightness_test.c */
PS_MUST_CHECK ps_status ps_tightness_thomas(const ps_model *model, ps_side side, const ps_thomas_setup *setup,
                                            double shortening, ps_state *state, double *hip_angle, double *knee_flexion,
                                            ps_error *err);

/** The shortening at which the simulated thigh rests at `hip_angle`, 0 when it would rest lower without any, 0.20 when
 *  even that is not enough.
 *
 *  At rest the knee does not feel the iliopsoas, so the knee is found first and the hip's balance then gives the
 *  shortening alone. */
PS_MUST_CHECK ps_status ps_tightness_invert(const ps_model *model, ps_side side, const ps_thomas_setup *setup,
                                            double hip_angle, ps_state *state, double *shortening, ps_error *err);

typedef struct ps_push {     // passive hip extension: an examiner lifts the straight leg of a person who lies prone
  double torque;             // at the hip when it stops moving, weight of the leg taken off              [N m]
  double shortening, stiffness;  // of the iliopsoas
  double rectus, tensor;     // added shortening
} ps_push;

/** Simulate passive hip extension: the knee straight, the pelvis as in standing, the hip extended until everything passive
 *  resists with `torque`.
 *  fills   extension  thigh behind the line of standing +  [rad];  an end of the joint's range when the zero lies beyond it
 *  Changes nothing but `state`.  Allocates nothing.
 *  checked test/unit/posterior_test.c */
void ps_tightness_extension(const ps_model *model, ps_side side, const ps_push *push, ps_state *state, double *extension);

#define PS_DRAW_MAX 2000

typedef struct ps_tightness_draw { double shortening, stiffness; } ps_tightness_draw;  // of one side, from the posterior

typedef enum ps_pathway {
  PS_PATHWAY_COMPRESSION,    // L4/L5 compression                                         [N]
  PS_PATHWAY_THORACIC,       // moment at T12/L1 made by the fascicles from T12, flexing +  [N m]
  PS_PATHWAY_PELVIS,         // ASIS-PSIS tilt                                            [rad]
  PS_PATHWAY_COMPENSATION,   // mean activation of erectors, multifidus, quadratus        [-]
  PS_PATHWAY_NERVE,          // mean stress of the psoas fascicles from L2 to L5          [Pa]
  PS_NPATHWAY
} ps_pathway;
