/* The body as a MuJoCo model (MJCF), for the referee tests and for other programs. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdio.h>

#include "psoas/model.h"

/** Write a body as MJCF: bodies, joints named as our coordinates, fascicles as spatial tendons. Cylinders become wrapping
 *  geoms with a side site. A blended point follows the body that carries more of it (MuJoCo has no blended points).
 *  errors  PS_EIO when the stream fails.   checked  test/referee/mujoco_path_test.c */
PS_MUST_CHECK ps_status files_mjcf_write(FILE *out, const ps_model *model);

/** Can MuJoCo represent this fascicle exactly: no blended point, no cylinder? */
bool files_mjcf_is_exact(const ps_model *model, int imuscle);
