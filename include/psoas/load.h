/* What each disc, sacroiliac joint and hip bears, and who makes it. The total comes from a free-body sum of wrenches, the
 * split from virtual displacements: neither reads the other.
 * Theory: docs/theory/load.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/recruit.h"

#define PS_SOURCE_NAME_SIZE 64

typedef struct ps_load_share {  // what one source puts through one disc, in the frame of the disc's mid-plane
  double compression;        // +                                                         [N]
  double anterior_shear;     // of the upper vertebra on the lower, forward +              [N]
  double lateral_shear;      // to the right +                                             [N]
  double flexion_moment;     // about the joint's flexion axis, flexing +; the bushing returns it   [N m]
} ps_load_share;

typedef struct ps_level {
  const char *level;         // "L5/S1", borrowed from the model
  double angle;              // flexion away from the person's own standing curve          [rad]
  ps_load_share total;       // by the free-body sum of everything above
  double pressure;           // in the nucleus                                             [Pa]
  double facet_compression;  // part of the compression that the facet joints carry        [N]
  double split_residual;     // largest |sum of sources - total| over force, relative to body weight
} ps_level;

typedef struct ps_reaction { // in the frame of the named body; positive as the neighbour pushes on it
  double force[3];           // x forward, y up, z right                                   [N]
  double moment[3];          // about the joint's centre                                   [N m]
} ps_reaction;

typedef struct ps_load {
  const ps_model *model;     // borrows
  int nlevel, nsource;
  ps_level *level;           // from L5/S1 up                        (nlevel)              by ps_load_compute
  ps_load_share *split;      // (nlevel x nsource), level-major                            by ps_load_compute
  ps_reaction hip[2];        // thigh on pelvis, pelvis frame; [0] right, [1] left         by ps_load_compute
  ps_reaction sacroiliac[2]; // ilium on sacrum, sacrum frame; [0] right, [1] left         by ps_load_compute
  double (*wrench)[6];       // on each body: force, moment about the world's origin (nbody)  by ps_load_compute
  void *memory;              // owns
} ps_load;

/** Room for the loads of one body.  fills load: allocates; free with ps_load_free.  errors PS_ENOMEM. */
PS_MUST_CHECK ps_status ps_load_new(const ps_model *model, ps_load **load);
void ps_load_free(ps_load *load);

/** Loads of the posture that `recruit` has just solved on `state`.
 *
 *    disc      sum of all forces on the part above, turned into the frame half way between the two endplates
 *    moment    of those forces about the joint's flexion axis, and its reserve: what disc and ligaments must return, so
 *              that the bushing of this level is no source of it
 *    split     force of a fascicle on the part above = -F dL/dt for a virtual translation t of that part
 *    pressure  compression/(factor*area)                                                   @nachemson1960
 *    sacroiliac  the symphysis is assumed to carry nothing; what hangs on the pelvis in the middle is halved
 *  Allocates nothing.
 *  checked  test/prop/load_test.c: sum of sources, sum from below; load_body_test.c: mirror; test/referee/mujoco_static_test.c */
void ps_load_compute(ps_load *load, const ps_recruit *recruit, const ps_state *state);

/** Name of a source: "gravity", "psoas_major passive", ... */
void ps_load_source_name(const ps_load *load, int isource, char out[PS_SOURCE_NAME_SIZE]);

// the sources that are not muscles; muscle group g has PS_SOURCE_GROUPS + 2g (passive) and + 2g + 1 (active)
enum { PS_SOURCE_GRAVITY, PS_SOURCE_CARRIED, PS_SOURCE_CONTACT, PS_SOURCE_ELASTIC, PS_SOURCE_RESERVE, PS_SOURCE_GROUPS };
