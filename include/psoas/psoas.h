/* Everything of the library at once. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/anatomy.h"
#include "psoas/base.h"
#include "psoas/linalg.h"
#include "psoas/load.h"
#include "psoas/model.h"
#include "psoas/muscle.h"
#include "psoas/optim.h"
#include "psoas/posterior.h"
#include "psoas/posture.h"
#include "psoas/recruit.h"
#include "psoas/tightness.h"
#include "psoas/vec.h"
