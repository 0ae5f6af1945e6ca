/* Expected information of a test. Source: Cover, Thomas 2006, Elements of Information Theory, chapters 2 and 12 (maximum entropy
 * under a mean). SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/information.h"

#include <math.h>

// q_y ~ exp(lambda L_y); mean of L_y - 1, which rises with lambda
static double excess(const double *ratio, int n, double lambda, double *chance) {
  double sum = 0.0, mean = 0.0, top = -INFINITY;
  for (int i = 0; i < n; i++) top = fmax(top, lambda*ratio[i]);
  for (int i = 0; i < n; i++) sum += chance[i] = exp(lambda*ratio[i] - top);
  for (int i = 0; i < n; i++) mean += (chance[i] /= sum)*(ratio[i] - 1.0);
  return mean;
}

bool clinic_outcome_chances(const double *ratio, int n, double *chance) {
  double least = INFINITY, most = -INFINITY, lo = -1.0, hi = 1.0;
  for (int i = 0; i < n; i++) {
    least = fmin(least, ratio[i]);
    most = fmax(most, ratio[i]);
  }
  if (!(least < 1.0 && most > 1.0)) return false;
  // ratios lie in (0, 1e6): the bracket grows until it holds the root
  while (excess(ratio, n, lo, chance) > 0.0 && lo > -1e12) lo *= 2.0;
  while (excess(ratio, n, hi, chance) < 0.0 && hi < 1e12) hi *= 2.0;
  for (int i = 0; i < 200 && hi - lo > 1e-15*fmax(fabs(lo), fabs(hi)); i++) {
    const double mid = 0.5*(lo + hi);
    if (excess(ratio, n, mid, chance) < 0.0) lo = mid;
    else hi = mid;
  }
  excess(ratio, n, 0.5*(lo + hi), chance);
  return true;
}

// x log2(x/y), continued to x = 0
static double term(double x, double y) { return x > 0.0 ? x*log2(x/y) : 0.0; }

double clinic_expected_bits(double p, const double *ratio, const double *chance, int n) {
  double bits = 0.0;
  for (int i = 0; i < n; i++) {
    const double after = p*ratio[i]/(p*ratio[i] + 1.0 - p);
    bits += chance[i]*(p*ratio[i] + 1.0 - p)*(term(after, p) + term(1.0 - after, 1.0 - p));
  }
  return bits;
}
