/* What the files of the body module share while a model is built. Not for other modules.
 * SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/model.h"

// name of the mirror of a right-side name: "..._right" -> "..._left"; false when the name is of the midline
bool ps__mirror_name(const char *name, ps_name out);

// value of a row of the parameter table; PS_EFORMAT when it is missing
ps_status ps__param(const ps_anatomy *anatomy, const char *name, double *value, ps_error *err);

// bodies, coordinates and places of both sides, scaled
ps_status ps__build_bodies(const ps_anatomy *anatomy, ps_model *model, ps_error *err);

// the person's own standing curve: neutral orientation of every vertebra, angles of the pelvis
ps_status ps__build_stance(const ps_anatomy *anatomy, ps_model *model, ps_error *err);

// path points, wraps, stretches and muscles of both sides, scaled
ps_status ps__build_muscles(const ps_anatomy *anatomy, ps_model *model, ps_error *err);

// which coordinates enter which stretch; allocates the term and arm tables
ps_status ps__build_terms(ps_model *model);

// lengths of tendons from the neutral posture
ps_status ps__build_tendons(const ps_anatomy *anatomy, ps_model *model);
