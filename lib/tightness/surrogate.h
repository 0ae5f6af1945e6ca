/* Polynomials through simulated tests: what surrogate.c and latents.c share. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/posterior.h"

/** A latent from a vector of standard normals (PS_NLATENT). */
ps_latents ps__latents_from_normal(const ps_subject *subject, const double *z);

/** Value of one latent at standard normal `n`, alone: its marginal prior. */
double ps__latent_at(const ps_subject *subject, int latent, double n);

/** What the tests of one side depend on: shortening, ln stiffness, rectus, tensor, then pelvis and leg (Thomas, itest 0) or
 *  push and nothing (extension, itest 1). */
void ps__latents_inputs(const ps_subject *subject, const ps_latents *latents, int iside, int itest,
                        double x[PS_SURROGATE_NX]);

/** Simulate one test at these inputs. */
PS_MUST_CHECK ps_status ps__simulate(const ps_subject *subject, int iside, int itest, const double x[PS_SURROGATE_NX],
                                     ps_forward *out, ps_error *err);
