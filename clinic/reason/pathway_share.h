/* Shares of the pathways from their factors. Internal to clinic/reason. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "clinic/reason/pathway.h"

/** Starting values, shares and their intervals.  given out->pathway[].gate, factor;  fills the rest of pathway, local */
void clinic_pathway_shares(const clinic_pathway_rules *rules, uint64_t seed, clinic_pathways *out);
