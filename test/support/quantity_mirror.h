/* The quantities of a mirrored body. SPDX-License-Identifier: Apache-2.0 */
#pragma once

/** Index of the quantity that a mirrored body has in the place of this one, and its sign there; -1: none. */
int quantity_mirror(int index, double *sign);
