/* A person's body: the anatomy tables scaled to one person (const after ps_model_new), and its state in one posture.
 * Theory: docs/theory/body.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/anatomy.h"
#include "psoas/base.h"

// ---- what is known of the person ---------------------------------------------------------------------------------

typedef enum ps_side { PS_MIDLINE = 0, PS_RIGHT = 1, PS_LEFT = 2 } ps_side;

typedef struct ps_tightness_entry {  // of every fascicle of a group on a side
  ps_name group;             // "psoas_major", "iliacus", ...; "iliopsoas" = both
  ps_side side;
  double shortening;         // rest length shorter by this share of optimal fibre length   0..0.20
  double stiffness;          // factor on the passive force                                 0.5..4
  double tone;               // resting activation                                          0..0.10
} ps_tightness_entry;

#define PS_TIGHTNESS_MAX 32

typedef struct ps_person {
  bool is_female;
  double age_years;          // 16..100
  double height_m;           // 1.30..2.20
  double mass_kg;            // 35..200
  bool has_incidence;
  double incidence_rad;      // pelvic incidence; the published mean when not measured
  bool has_lordosis;
  double lordosis_rad;       // L1 upper endplate to S1, lordotic positive
  bool has_tilt;
  double tilt_rad;           // ASIS-PSIS line to the horizontal, anterior positive
  int ntight;
  ps_tightness_entry tight[PS_TIGHTNESS_MAX];
} ps_person;

typedef struct ps_body_opts {
  char area_set;             // 'A' or 'B': published assignment of the psoas areas     default 'A'
  double trunk_tension_Pa;   // specific tension of trunk muscle; 0 = from the tables
  double trunk_strain_shift; // added to the strain at which trunk passive force starts  default 0
} ps_body_opts;

/** The values named above. */
ps_body_opts ps_body_default(void);

// ---- the body (const after ps_model_new) -------------------------------------------------------------------------

typedef struct ps_body {
  ps_name name;
  int parent;                // -1 for the root
  ps_side side;
  int mirror;                // index of the mirror body (itself on the midline)
  double origin[3];          // joint centre in the parent                  [m]
  double R0[9];              // neutral orientation in the parent
  double mass;               // [kg]
  double com[3];             // [m]
  int coord, ncoord;         // first coordinate, how many
} ps_body;

typedef struct ps_coord {
  ps_name name;
  int body;
  bool is_translation;       // value in metres, along `axis` of the parent frame
  bool is_balanced;
  double axis[3];            // in the body's neutral frame, unit
  double min, max;           // [rad] or [m]
  double linear, cubic;      // passive moment = -(linear*q + cubic*q^3)      [N m/rad], [N m/rad^3]
  int mirror;                // coordinate of the mirrored movement
  double mirror_sign;        // its sign
} ps_coord;

typedef struct ps_point {    // a path point; body2 < 0 unless blended
  int body, body2;
  double pos[3], pos2[3];    // in body, in body2                            [m]
  double weight2;            // share of body2
} ps_point;

typedef struct ps_wrap {
  ps_name name;
  int body;
  double centre[3];          // [m]
  double frame[9];           // columns ex, ey, ez (axis); the path winds right-handed about ez
  double radius;             // [m]
} ps_wrap;

typedef struct ps_term {     // how one coordinate enters the length of one stretch of a path
  int slot;                  // entry in the muscle's row of arms
  int coord;
  int end;                   // 0, 1: first and second body at the start; 2, 3: at the end
  double weight;             // signed
} ps_term;

typedef struct ps_stretch {  // between two neighbouring path points, at most one wrap between
  int from, to;              // path points
  int wrap;                  // -1 = straight
  int term[3], nterm[3];     // ranges in ps_model.term: [0] start to end, [1] start to wrap, [2] wrap to end
} ps_stretch;

typedef struct ps_muscle {
  ps_name name, group;
  ps_side side;
  int mirror;                // index of the mirror fascicle
  int igroup;                // index in ps_model.group
  bool is_pressure;          // pushes instead of pulls (intra-abdominal pressure)
  double strength;           // force at full activation and optimal length   [N]
  double volume;             // cost unit: area [cm2] x optimal length [m]
  double optimal_length;     // [m]
  double tendon_length;      // [m]
  double width;              // optimal_length*sin(pennation), kept constant  [m]
  double strain_zero, strain_one;
  double neutral_length;     // whole length at all coordinates zero          [m]
  double shortening, stiffness, tone;  // this person's tightness
  int stretch, nstretch;     // range in ps_model.stretch
  int arm, narm;             // range in ps_model.arm_coord and ps_state.arm
} ps_muscle;

typedef struct ps_place { ps_name name; int body; double pos[3]; } ps_place;

typedef struct ps_disc {
  ps_name level;             // "L5/S1"
  int lower, upper;          // bodies
  double area;               // [m2]
  double pressure_factor;
} ps_disc;

typedef struct ps_stance {   // the person's own standing shape, all [rad]
  double pelvis_tilt;        // coordinate pelvis_tilt when standing
  double pelvis_tilt_typical;  // the same for the population at this incidence
  double incidence, tilt_radiographic, sacral_slope;
  double endplate;           // slope of the S1 endplate in the sacrum's own frame, forward and down +
  double lordosis, kyphosis;
  double asis_psis;          // as the bedside measure reads it
} ps_stance;

typedef struct ps_endurance { // how long a muscle holds a constant share of its strength, parameters.csv
  double at_full;            // at full activation                          [s]
  double power;              // falls with this power of the intensity      [-]
  double least;              // lowest intensity at which it was measured   [-]
} ps_endurance;

#define PS_CAPSULE_SIZE 64  // nodes of the hip capsule table, 2.5 deg apart from -45 deg

typedef struct ps_model {
  ps_person person;
  ps_body_opts opts;
  double scale;              // person's height / reference height
  double gravity;            // [m/s2]
  double mass;               // [kg]
  ps_stance stance;
  ps_endurance endurance;
  ps_body *body;        int nbody;       // parents before children; body 0 is the pelvis
  ps_coord *coord;      int ncoord;
  ps_muscle *muscle;    int nmuscle;
  ps_name *group;       int ngroup;
  ps_point *point;      int npoint;
  ps_wrap *wrap;        int nwrap;
  ps_stretch *stretch;  int nstretch;
  ps_term *term;        int nterm;
  int *arm_coord;       int narm;        // ascending in a muscle
  ps_place *contact;    int ncontact;
  ps_place *landmark;   int nlandmark;
  ps_disc *disc;        int ndisc;       // from L5/S1 up
  uint64_t *moves;      int nword;       // bit j of word set (nbody x nword): coordinate j moves the body
  double capsule[PS_CAPSULE_SIZE];       // hip capsule moment, see muscle.h     [N m]   by ps_muscle_fit_capsule
  void *memory, *path_memory;            // owns
} ps_model;

/** Build a person's body.
 *
 *  given    anatomy  tables of the right side and the midline                         borrowed during the call
 *           person   ranges as in ps_person
 *           opts     NULL = ps_body_default()
 *  fills    model    allocates; free with ps_model_free
 *  errors   PS_EINPUT  a value of the person or of opts outside its range (err says which)
 *           PS_EFORMAT a table names a body, wrap or muscle that does not exist
 *           PS_ENOMEM
 *  checked  test/unit/model_test.c
 */
PS_MUST_CHECK ps_status ps_model_new(const ps_anatomy *anatomy, const ps_person *person, const ps_body_opts *opts,
                                     ps_model **model, ps_error *err);
void ps_model_free(ps_model *model);

/** Replace the person's tightness by `n` entries (0 = released). The capsule and tendon lengths stay as they are.
 *  errors PS_EINPUT: shortening, stiffness or tone outside its range, or an unknown group. */
PS_MUST_CHECK ps_status ps_model_set_tightness(ps_model *model, const ps_tightness_entry *tight, int n, ps_error *err);

/** Index by name, or -1. */
int ps_model_find_body(const ps_model *model, const char *name);
int ps_model_find_coord(const ps_model *model, const char *name);
int ps_model_find_muscle(const ps_model *model, const char *name);
int ps_model_find_contact(const ps_model *model, const char *name);
int ps_model_find_landmark(const ps_model *model, const char *name);

/** Does coordinate `icoord` move body `ibody`? */
static inline bool ps_model_moves(const ps_model *model, int ibody, int icoord) {
  return (model->moves[ibody*model->nword + icoord/64] >> (icoord % 64)) & 1u;
}

/** Entry of ps_state.arm that holds the arm of a muscle on coordinate `icoord`; -1 when the muscle does not cross it. */
static inline int ps_model_arm(const ps_model *model, int imuscle, int icoord) {
  const int first = model->muscle[imuscle].arm, n = model->muscle[imuscle].narm;
  if (n == 0 || model->arm_coord[first] > icoord || model->arm_coord[first + n - 1] < icoord) return -1;
  for (int k = first; k < first + n; k++)
    if (model->arm_coord[k] == icoord) return k;
  return -1;
}

// ---- the body in one posture -------------------------------------------------------------------------------------

typedef struct ps_state {
  const ps_model *model;     // borrows
  double *q;                 // coordinates                        [rad], [m]  (ncoord)      by the caller
  double *R;                 // body orientations                  (nbody x 9)               by ps_state_kinematics
  double *o;                 // body origins = joint centres       [m]  (nbody x 3)          by ps_state_kinematics
  double *w;                 // coordinate axes in the world       (ncoord x 3)              by ps_state_kinematics
  double *c;                 // joint centre x axis; for a translation 0   (ncoord x 3)      by ps_state_kinematics
  double *x;                 // path points in the world           [m]  (npoint x 3)         by ps_state_paths
  double *u;                 // pulls of a unit tension, two a stretch: unit vectors, but where a cylinder gives way to a
                             // point near its surface              (nstretch x 6)            by ps_state_paths
  double *tangent;           // where a path meets and leaves its wrap [m] (nstretch x 6)    by ps_state_paths
  unsigned char *wrapped;    // does this stretch wind round its wrap now? (nstretch)        by ps_state_paths
  double *length;            // muscle lengths                     [m]  (nmuscle)            by ps_state_paths
  double *arm;               // moment arms -dL/dq                 [m]  (narm)               by ps_state_paths
  unsigned warn;             // PS_WARN_* bits of the last evaluation
  void *memory;              // owns when made by ps_state_new
} ps_state;

/** A state of this body, all coordinates zero, nothing computed yet.
 *  fills state: allocates; free with ps_state_free.  errors PS_ENOMEM. */
PS_MUST_CHECK ps_status ps_state_new(const ps_model *model, ps_state **state);
void ps_state_free(ps_state *state);

/** Bodies, joint centres and axes in the world from q. Allocates nothing. */
void ps_state_kinematics(ps_state *state);

/** Muscle lengths and moment arms; needs ps_state_kinematics first. Allocates nothing.
 *  checked  test/prop/path_test.c (central differences), test/referee/mujoco_path_test.c */
void ps_state_paths(ps_state *state);

/** The same for the muscles that cross coordinate `icoord` alone: what searches for the rest of one joint needs. Lengths and
 *  arms of the others stay as they were.   checked  test/unit/paths_across_test.c */
void ps_state_paths_across(ps_state *state, int icoord);

/** World position of a place on a body. */
void ps_state_position(const ps_state *state, int ibody, const double local[3], double world[3]);

/** Centre of mass of the whole body [m], and its mass [kg]. */
double ps_state_com(const ps_state *state, double com[3]);
