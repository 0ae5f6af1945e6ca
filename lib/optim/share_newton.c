#include "share_internal.h"
#include <math.h>
double ps__share_activation(double p, double zh, double *slope) {
  *slope = 0.0;
  if (!(zh > 0.0)) return 0.0;
  if (zh >= 1.0) return 1.0;
  const double x = p == 2.0 ? zh : p == 3.0 ? sqrt(zh) : pow(zh, 1.0/(p - 1.0));
  *slope = x/((p - 1.0)*zh);
  return x;
}
