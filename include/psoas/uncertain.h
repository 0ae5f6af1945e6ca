/* What is not known about the body model: assumptions with a spread, bodies drawn from them, a polynomial through solved
 * draws, and intervals. Theory: docs/theory/uncertainty.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/equilibrium.h"
#include "psoas/model.h"

// ---- assumptions -------------------------------------------------------------------------------------------------

typedef enum ps_assumption {  // ids and units in lib/uncertain/assumptions.c
  PS_ASSUME_TRUNK_TENSION,        // specific tension of trunk muscle, psoas included           [N/cm2]
  PS_ASSUME_AREA_SET,             // published assignment of the psoas areas                    0, 1
  PS_ASSUME_PSOAS_AREA,           // factors on the areas                                       [-]
  PS_ASSUME_ILIACUS_AREA,
  PS_ASSUME_ILIOPSOAS_START,      // where psoas and iliacus begin to pull passively, change    [strain]
  PS_ASSUME_ILIOPSOAS_STIFFNESS,  // how steeply they stiffen from there, factor                [-]
  PS_ASSUME_TRUNK_START,          // where the other trunk muscles begin                        [strain]
  PS_ASSUME_PSOAS_FIBRE,          // neutral fibre length over the optimal one, change          [strain]
  PS_ASSUME_ILIACUS_FIBRE,
  PS_ASSUME_EXTENSOR_FIBRE,
  PS_ASSUME_BUSHING,              // stiffness of the lumbar joints, factor                     [-]
  PS_ASSUME_INCIDENCE,            // when not measured                                          [deg]
  PS_ASSUME_TILT,                 // typical radiographic tilt, when the stance was not measured   [deg]
  PS_ASSUME_LORDOSIS,             // when not measured, change                                  [deg]
  PS_ASSUME_SPINE_HABIT,          // weights of the posture, factors                            [-]
  PS_ASSUME_LEG_HABIT,
  PS_ASSUME_BRIM_RADIUS,          // change                                                     [mm]
  PS_ASSUME_TRUNK_MASS,           // how far ahead of L5/S1 the mass above stands, change       [mm]
  PS_NASSUMPTION
} ps_assumption;

/** Id in data/anatomy/uncertainty.csv, and unit there; never NULL. */
const char *ps_assumption_id(ps_assumption assumption);
const char *ps_assumption_unit(ps_assumption assumption);

typedef enum ps_distribution {
  PS_DIST_NORMAL,     // centre + spread z
  PS_DIST_LOGNORMAL,  // centre * spread^z: spread is a factor, 1 = none
  PS_DIST_UNIFORM,    // centre - spread .. centre + spread
  PS_DIST_CHOICE      // 0 (as in the options), or 1 (the other) with probability spread, 0..0.5
} ps_distribution;

typedef struct ps_assumption_row {  // one row of the table, in its unit
  ps_distribution distribution;
  double centre;             // the value of the body without draws
  double spread;
} ps_assumption_row;

typedef struct ps_assumption_rows { ps_assumption_row row[PS_NASSUMPTION]; } ps_assumption_rows;

/** Stretch the spread of one row, k = 0: none. (A lognormal's spread to the power k; a choice's probability up to 0.5.) */
void ps_assumptions_stretch(ps_assumption_rows *rows, ps_assumption assumption, double k);

#define PS_ASSUMPTION_CUT 3.0  // standard normals further out are drawn again: every body that is drawn can be built

typedef struct ps_assumptions { double value[PS_NASSUMPTION]; } ps_assumptions;  // in the unit of the table

/** Draw number i: independent standard normals cut at +-3. Depends on seed and i alone.   fills z (PS_NASSUMPTION) */
void ps_assumptions_draw(uint64_t seed, int i, double *z);

/** What the assumptions are worth at z, |z| <= 3; z = 0 gives every centre, bit for bit. */
ps_assumptions ps_assumptions_at(const ps_assumption_rows *rows, const double *z);

typedef struct ps_body_case {  // all that a drawn body needs for its model and its posture
  ps_anatomy anatomy;        // plain tables                                      borrowed
  ps_person person;
  ps_body_opts body;
  ps_equilibrium_opts equilibrium;
} ps_body_case;

/** Bytes of storage that ps_assumptions_apply takes for such tables. */
size_t ps_assumptions_storage_size(const ps_anatomy *anatomy);

/** The same case with the tables, the person and the options that these values stand for.
 *
 *  What was measured of the person is never changed: pelvic_incidence acts when has_incidence is false, standing_pelvic_tilt
 *  when has_tilt is, standing_lordosis when has_lordosis is. A drawn incidence is handed on as if it were measured, because
 *  the tables know only one incidence, that of the bones they hold.
 *  given    rows, v, in       at the centres out is `in`, bit for bit
 *  fills    out     its changed tables lie in `storage`, until the arena is released to a mark before the call
 *  errors   PS_ENOMEM (storage), PS_EFORMAT (a parameter, wrap or group that the assumption moves is missing)
 *  checked  test/unit/assumptions_test.c */
PS_MUST_CHECK ps_status ps_assumptions_apply(const ps_assumption_rows *rows, const ps_assumptions *v, const ps_body_case *in,
                                             ps_arena *storage, ps_body_case *out, ps_error *err);

// ---- a polynomial through solved draws ---------------------------------------------------------------------------

typedef struct ps_chaos_input {  // moments of one input; inputs are taken as independent, whatever their shape
  double mean, sd;           // sd 0: this input does not vary, no term has it
  double skew, kurtosis;     // of (x - mean)/sd: its third and fourth moment. Of two values: kurtosis = skew^2 + 1, no square
} ps_chaos_input;

/** The input x of the polynomial for an assumption at its z (the distribution's own scale: z, or -1..1, or 0 and 1). */
double ps_assumptions_x(const ps_assumption_rows *rows, ps_assumption assumption, double z);

/** Moments of that input, exact. sd 0 where spread is none, or where `person` has the measurement. */
ps_chaos_input ps_assumptions_input(const ps_assumption_rows *rows, const ps_person *person, ps_assumption assumption);

/** Moments of any other input (drawn tightness) from a sample.   given n values, `stride` apart */
ps_chaos_input ps_chaos_input_of(const double *value, int n, int stride);

typedef struct ps_chaos_data { // solved draws: what went in and what came out
  int n, d, nq;
  const double *x;           // (n x d)
  const double *y;           // (n x nq)
} ps_chaos_data;

typedef struct ps_chaos_error {  // of one quantity, on the draws that were held out
  double rms, worst;
  double half_width;         // of the 5 to 95 interval of all solved draws
  double share;              // rms / half_width; 0 when the quantity never changes
  int nterm;                 // terms in its polynomial
} ps_chaos_error;

typedef struct ps_chaos {
  int d, nq, nterm;          // nterm = 1 + 2d + d(d-1)/2: constant, linear, squares, products
  ps_chaos_input *input;     // (d)                                               by ps_chaos_fit
  double *coef;              // (nq x nterm), on orthonormal terms; 0 = not used  by ps_chaos_fit
  ps_chaos_error *error;     // (nq)                                              by ps_chaos_fit
  int nfit, nheld;
} ps_chaos;

/** Bytes of arena that ps_chaos_fit takes; of these ps_chaos_kept_size stay taken. */
size_t ps_chaos_scratch_size(int n, int d, int nq);
size_t ps_chaos_kept_size(int d, int nq);

/** Fit a polynomial of total degree 2 to each quantity.
 *
 *    y = sum_t coef_t phi_t(x),   phi: products of polynomials that are orthonormal for the moments of the inputs
 *  Least squares with all linear terms and all squares, then the products one by one: the one that explains most, as long as
 *  it explains more than chance would and lowers the leave-one-out error.         docs/theory/uncertainty.md section 4
 *  given    solved   n draws, the last `nheld` of them are only for the error
 *           input    (d)
 *  fills    out      its arrays lie in `arena`
 *  errors   PS_EINPUT (less than 2 (1 + 2d) draws to fit, less than 2 held out, a number that is not finite), PS_ENOMEM,
 *           PS_ESINGULAR.   Deterministic.
 *  source   @blatman2011 (products chosen one by one)
 *  checked test/unit/chaos_test.c */
PS_MUST_CHECK ps_status ps_chaos_fit(const ps_chaos_data *solved, const ps_chaos_input *input, int nheld, ps_arena *arena,
                                     ps_chaos *out, ps_error *err);

/** All quantities at x (d).   given phi: scratch (nterm)   fills y (nq).   Allocates nothing. */
void ps_chaos_eval(const ps_chaos *fit, const double *x, double *phi, double *y);

/** Share of the polynomial's variance that each input makes alone (first), and alone or together with others (total).
 *  Of independent inputs: read off the coefficients.
 *  fills first, total (nq x d); 0 where a quantity never changes.   source @sudret2008   checked test/unit/chaos_test.c */
void ps_chaos_shares(const ps_chaos *fit, double *first, double *total);

/** The same (first) for groups of inputs that may hang together within a group, as the drawn tightness of two sides does.
 *  given    draws    inputs (n x d); its y is not read
 *           group    of each input, 0..ngroup-1 (d)
 *  fills    share    (nq x ngroup); what is left of 1 is made by inputs of different groups together
 *  errors   PS_ENOMEM (arena: 2 nterm + (2 nq + 1) (ngroup + 1) doubles and 320 bytes).   Leaves the arena as it was. */
PS_MUST_CHECK ps_status ps_chaos_group_shares(const ps_chaos *fit, const ps_chaos_data *draws, const int *group, int ngroup,
                                              ps_arena *arena, double *share);

// ---- intervals ---------------------------------------------------------------------------------------------------

#define PS_CHAOS_SHARE_MAX 0.10  // above, a polynomial is not good enough for an interval

typedef struct ps_interval {
  double lo, hi;             // 5th and 95th percentile
  bool is_solved;            // of the solved draws alone, because the polynomial's error is above that share
  int n;                     // draws it is made of
} ps_interval;

/** 5th and 95th percentile of n values; sorts them in place. n = 0 gives 0..0. */
ps_interval ps_interval_of(double *value, int n);

/** The interval of every quantity: of the polynomial at ndraw inputs, or of the solved draws where it is not good enough.
 *  given    solved   as in ps_chaos_fit;   x  inputs of the draws (ndraw x d)
 *  fills    out      (nq)
 *  errors   PS_ENOMEM (arena: (max(n, ndraw) + 1) nq + nterm doubles and 192 bytes).   Leaves the arena as it was. */
PS_MUST_CHECK ps_status ps_chaos_intervals(const ps_chaos *fit, const ps_chaos_data *solved, const double *x, int ndraw,
                                           ps_arena *arena, ps_interval *out);
