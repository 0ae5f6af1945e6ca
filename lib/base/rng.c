/* Seeded random numbers: xoshiro256** (Blackman and Vigna, public domain algorithm), splitmix64 for the seed.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "psoas/base.h"

static uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

void ps_rng_init(ps_rng *rng, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    seed += 0x9E3779B97F4A7C15u;
    uint64_t z = seed;
    z = (z ^ (z >> 30))*0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27))*0x94D049BB133111EBu;
    rng->s[i] = z ^ (z >> 31);
  }
}

uint64_t ps_rng_next(ps_rng *rng) {
  uint64_t *s = rng->s;
  const uint64_t result = rotl(s[1]*5, 7)*9;
  const uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotl(s[3], 45);
  return result;
}

double ps_rng_uniform(ps_rng *rng) { return (double)(ps_rng_next(rng) >> 11)*0x1.0p-53; }

double ps_rng_normal(ps_rng *rng) {
  for (;;) {
    const double u = 2.0*ps_rng_uniform(rng) - 1.0;
    const double v = 2.0*ps_rng_uniform(rng) - 1.0;
    const double s = u*u + v*v;
    if (s > 0.0 && s < 1.0) return u*sqrt(-2.0*log(s)/s);
  }
}
