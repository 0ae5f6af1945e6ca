/* Weights into shares: add up to one, held below their caps, with an interval from the starting values. Theory:
 * docs/theory/pathways.md. SPDX-License-Identifier: Apache-2.0 */
#include "clinic/reason/pathway_share.h"

#include <math.h>
#include <string.h>

#include "clinic/reason/sampling.h"

// Into shares: those above their cap are held there and the rest grows in proportion, until none is above.
static void share_out(double share[CLINIC_NSHARE], const double most[CLINIC_NSHARE], bool is_capped[CLINIC_NSHARE]) {
  bool is_done = false;
  for (int i = 0; i < CLINIC_NSHARE; i++) is_capped[i] = false;
  while (!is_done) {
    double free = 0.0, room = 1.0;
    for (int i = 0; i < CLINIC_NSHARE; i++) {
      if (is_capped[i]) room -= share[i];
      else free += share[i];
    }
    is_done = true;
    for (int i = 0; i < CLINIC_NSHARE; i++) {
      if (is_capped[i]) continue;
      share[i] *= room/free;
      if (share[i] <= most[i]) continue;
      is_capped[i] = true;
      is_done = false;
    }
    for (int i = 0; i < CLINIC_NSHARE; i++)
      if (is_capped[i]) share[i] = most[i];
  }
}

typedef struct draws {           // about 300 kB: lives on the stack of its caller
  sampling s;
  double weight[CLINIC_NSHARE][CLINIC_DRAWS];
} draws;

static void find_intervals(const clinic_pathway_rules *rules, uint64_t seed, const double factor[CLINIC_NSHARE],
                           const double most[CLINIC_NSHARE], clinic_spread share[CLINIC_NSHARE]) {
  draws d;
  for (int k = 0; k < CLINIC_NSHARE; k++) {
    const clinic_spread *p = &rules->start[k].p;
    sampling_begin(&d.s, seed + (uint64_t)(CLINIC_NODE_MAX + k));  // behind the seeds of the conditions
    sampling_add(&d.s, &(clinic_spread){log(p->median/(1.0 - p->median)), log(p->p05/(1.0 - p->p05)), log(p->p95/(1.0 - p->p95))}, 1.0);
    for (int i = 0; i < CLINIC_DRAWS; i++) d.weight[k][i] = factor[k]/(1.0 + exp(-d.s.sum[i]));
  }
  for (int i = 0; i < CLINIC_DRAWS; i++) {
    double one[CLINIC_NSHARE];
    bool is_capped[CLINIC_NSHARE];
    for (int k = 0; k < CLINIC_NSHARE; k++) one[k] = d.weight[k][i];
    share_out(one, most, is_capped);
    for (int k = 0; k < CLINIC_NSHARE; k++) d.weight[k][i] = one[k];
  }
  for (int k = 0; k < CLINIC_NSHARE; k++) {
    memcpy(d.s.sum, d.weight[k], sizeof d.s.sum);
    sampling_percentiles(&d.s, &share[k].p05, &share[k].p95);
  }
}

void clinic_pathway_shares(const clinic_pathway_rules *rules, uint64_t seed, clinic_pathways *out) {
  double most[CLINIC_NSHARE], factor[CLINIC_NSHARE], start[CLINIC_NSHARE], now[CLINIC_NSHARE];
  bool is_capped[CLINIC_NSHARE];
  clinic_spread share[CLINIC_NSHARE];
  for (int k = 0; k < CLINIC_NSHARE; k++) {
    most[k] = k == CLINIC_LOCAL ? 1.0 : rules->pathway[k].most;
    factor[k] = k == CLINIC_LOCAL ? 1.0 : out->pathway[k].factor;
    start[k] = rules->start[k].p.median;
    now[k] = factor[k]*start[k];
  }
  share_out(start, most, is_capped);
  share_out(now, most, is_capped);
  find_intervals(rules, seed, factor, most, share);

  for (int k = 0; k < CLINIC_NPATHWAY; k++) {
    clinic_pathway *p = &out->pathway[k];
    p->start = start[k];
    p->share = (clinic_spread){now[k], share[k].p05, share[k].p95};
    p->is_capped = is_capped[k];
  }
  out->local_start = start[CLINIC_LOCAL];
  out->local = (clinic_spread){now[CLINIC_LOCAL], share[CLINIC_LOCAL].p05, share[CLINIC_LOCAL].p95};
}
