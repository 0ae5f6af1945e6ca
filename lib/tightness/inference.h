/* One inference under way: what likelihood.c, chain.c and posterior.c share. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "lib/tightness/surrogate.h"

enum { PS__NCHAIN = 4 };

typedef struct ps__reading {
  bool has;
  double value, variance;    // of the reading                      [rad2]
  double doubt;              // variance of the surrogate that answers for the simulation
  double nearest;            // smallest squared distance of any body tried, in errors
} ps__reading;

typedef struct ps__inference {
  const ps_surrogate *g;
  ps__reading r[PS_NREADING];
  bool want[2][2];           // [side][Thomas, extension]
  bool is_swapped;           // left and right change seats in the vector of normals
  bool is_direct;            // simulate instead of asking the surrogate
  double weight;             // on the log-likelihood: below 1 while a chain looks for its place
} ps__inference;

/** Take the readings that count. errors PS_EINPUT: not a number, an error below zero. */
PS_MUST_CHECK ps_status ps__inference_begin(ps__inference *f, const ps_surrogate *surrogate, const ps_readings *readings,
                                            ps_error *err);

/** Leave out readings far from every body that is tried; asks the surrogate. returns bits 1u << ps_reading */
unsigned ps__inference_refuse(ps__inference *f);

/** The latents of a vector of PS_NLATENT standard normals, each side in its seat. */
ps_latents ps__inference_latents(const ps__inference *f, const double *z);

/** Weighted log-likelihood of the readings for these latents. */
double ps__inference_weigh(ps__inference *f, const ps_latents *latents);

/** The same at z; `context` is the ps__inference. */
double ps__inference_loglik(void *context, const double *z);

/** Four chains.  fills kept  latents (PS__NCHAIN x nkeep x PS_NLATENT) */
void ps__chains_run(ps__inference *f, const ps_infer_opts *opts, double *kept);
