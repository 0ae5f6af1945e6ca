/* The reference body as plain tables: what a reader of data/anatomy fills and ps_model_new turns into a person.
 * Columns and meaning: data/anatomy/README.md. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "psoas/base.h"

#define PS_NAME_SIZE 48  // longest name in the tables, with its terminator

typedef char ps_name[PS_NAME_SIZE];

typedef enum ps_joint { PS_JOINT_FREE, PS_JOINT_BALL, PS_JOINT_HINGE, PS_JOINT_UNIVERSAL, PS_JOINT_WELD } ps_joint;

typedef struct ps_anat_body {
  ps_name name, parent;      // parent "" for the root
  ps_joint joint;
  double origin_m[3];        // joint centre in the parent
  double tilt_rad;           // neutral rotation about z
  double mass_fraction[2];   // of body mass, [0] male, [1] female
  double com_m[3];
} ps_anat_body;

typedef struct ps_anat_coord {
  ps_name name, body;
  double axis[3];
  double min_rad, max_rad;
  bool is_balanced;          // false: held by the task (arms)
} ps_anat_coord;

typedef struct ps_anat_stiffness {
  ps_name coord;
  double linear_Nm;          // per rad
  double cubic_Nm;           // per rad^3
} ps_anat_stiffness;

typedef struct ps_anat_muscle {
  ps_name name, group;
  char area_set;             // 0, 'A' or 'B'
  double area_m2;
  bool is_trunk;             // which specific tension
  double optimal_length_m;
  double neutral_fibre_length;  // / optimal length
  double pennation_rad;
  double strain_zero, strain_one;  // passive curve: strain at no force, at the strength of the muscle
} ps_anat_muscle;

typedef enum ps_point_kind { PS_POINT_FIXED, PS_POINT_BLEND, PS_POINT_WRAP } ps_point_kind;

typedef struct ps_anat_point {  // the rows of one fascicle stand together
  ps_name muscle;
  int index;
  ps_point_kind kind;
  ps_name body, body2, wrap;
  double pos_m[3];
  double weight2;
} ps_anat_point;

typedef struct ps_anat_wrap {
  ps_name name, body;
  double centre_m[3], axis[3];
  double radius_m;
  double winding;            // +1 or -1
} ps_anat_wrap;

typedef struct ps_anat_place {  // contacts and landmarks
  ps_name name, body;
  double pos_m[3];
} ps_anat_place;

typedef struct ps_anat_disc {
  ps_name level, lower, upper;
  double area_m2;
  double pressure_factor;    // pressure = force / (factor * area)
} ps_anat_disc;

typedef struct ps_anat_param {
  ps_name name;
  double value;              // in the unit of its row
  double sd;                 // 0 = none given
} ps_anat_param;

typedef struct ps_anatomy {  // owns nothing: arrays belong to whoever filled them
  const ps_anat_body *body;            int nbody;
  const ps_anat_coord *coord;          int ncoord;
  const ps_anat_stiffness *stiffness;  int nstiffness;
  const ps_anat_muscle *muscle;        int nmuscle;
  const ps_anat_point *point;          int npoint;
  const ps_anat_wrap *wrap;            int nwrap;
  const ps_anat_place *contact;        int ncontact;
  const ps_anat_place *landmark;       int nlandmark;
  const ps_anat_disc *disc;            int ndisc;
  const ps_anat_param *param;          int nparam;
} ps_anatomy;
