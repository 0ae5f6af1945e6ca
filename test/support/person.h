/* A person's body for tests, made from the packed tables. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/files/files_anatomy.h"
#include "psoas/muscle.h"

typedef struct person_body {  // owns all but `tables`; person_close releases it
  files_anatomy *anatomy;
  const ps_anatomy *tables;   // lent by `anatomy`
  ps_model *model;
  ps_state *state;            // at all coordinates zero, evaluated
} person_body;

/** A man of 40 years with a body mass index of 23.12: 70 kg at 1.74 m. */
ps_person person_of_height(double height_m);

/** Body of a person with a psoas area set. Aborts when it cannot be made: then the tests have no ground to stand on. */
person_body person_open(const ps_person *person, char area_set);

/** The same for the man of that height and area set A. */
person_body person_open_man(double height_m);

void person_close(person_body *body);

/** Index of a coordinate, body or fascicle; aborts when there is none. */
int person_coord(const ps_model *model, const char *name);
int person_segment(const ps_model *model, const char *name);
int person_muscle(const ps_model *model, const char *name);

/** Kinematics and paths of state->q; also when it was copied into. */
void person_evaluate(ps_state *state);

/** All coordinates zero, evaluated. */
void person_neutral(ps_state *state);

/** Every coordinate drawn over `share` of its range about the range's middle; the pelvis anywhere. Not evaluated. */
void person_random(ps_rng *rng, double share, ps_state *state);

/** The mirrored posture of `from` into `to`, a state of the same model. Not evaluated. */
void person_mirror(const ps_state *from, ps_state *to);

/** Arm of a fascicle about a coordinate [m]; 0 when it does not cross it. */
double person_arm(const ps_state *state, int imuscle, int icoord);

/** How far the points beside its wraps stay outside them [m]; negative: inside; infinite without a wrap. */
double person_clearance(const ps_state *state, int imuscle);

/** Is a fascicle of that group? */
bool person_is_group(const ps_muscle *muscle, const char *group);

/** Name of the body on which a fascicle begins. */
const char *person_origin(const ps_model *model, const ps_muscle *muscle);
