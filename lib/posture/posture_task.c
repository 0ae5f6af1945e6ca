/* What a task says, put onto the model's own coordinates and contacts: names without a side mean both, regions share their
 * angle over their levels, tasks with a side are mirrored. Theory: docs/theory/posture.md section 2.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "internal.h"
#include "psoas/vec.h"

enum { NLUMBAR = 5, NTHORACIC = 12 };

// how the lumbar levels share a movement of the whole, from L5/S1 up              @christophy2012
static const double LUMBAR_SHARE[3][NLUMBAR] = {{0.125, 0.185, 0.204, 0.231, 0.255},
                                                {0.1356, 0.18109, 0.24533, 0.25013, 0.188},
                                                {0.20779, 0.22078, 0.22078, 0.18182, 0.16883}};
static const char *const LUMBAR[NLUMBAR] = {"L5_S1", "L4_L5", "L3_L4", "L2_L3", "L1_L2"};
static const char *const THORACIC[NTHORACIC] = {"T12_L1", "T11_T12", "T10_T11", "T9_T10", "T8_T9", "T7_T8",
                                                "T6_T7",  "T5_T6",   "T4_T5",   "T3_T4",  "T2_T3", "T1_T2"};
static const char *const PLANE[3] = {"_flexion", "_lateral", "_axial"};

static bool ends_with(const char *name, const char *tail) {
  const size_t n = strlen(name), t = strlen(tail);
  return n > t && strcmp(name + n - t, tail) == 0;
}

static void swap_side(ps_name name) {
  if (ends_with(name, "_right"))
    strcpy(name + strlen(name) - 6, "_left");
  else if (ends_with(name, "_left") && strlen(name) + 2 < PS_NAME_SIZE)
    strcpy(name + strlen(name) - 5, "_right");
}

int ps__both_sides(const char *name, ps_side side, ps_name out[2]) {
  memset(out, 0, 2*sizeof(ps_name));
  strncpy(out[0], name, PS_NAME_SIZE - 8);
  if (ends_with(name, "_right") || ends_with(name, "_left")) {
    if (side == PS_LEFT) swap_side(out[0]);
    return 1;
  }
  memcpy(out[1], out[0], sizeof out[0]);
  strcat(out[0], "_right");
  strcat(out[1], "_left");
  return 2;
}

// "lumbar_flexion": levels, their shares (even when NULL)
static int region(const char *name, const char *const **level, const double **share, const char **plane) {
  for (int k = 0; k < 3; k++) {
    if (!ends_with(name, PLANE[k])) continue;
    *plane = PLANE[k];
    const size_t length = strlen(name) - strlen(PLANE[k]);
    if (length == 6 && strncmp(name, "lumbar", 6) == 0) {
      *level = LUMBAR;
      *share = LUMBAR_SHARE[k];
      return NLUMBAR;
    }
    if (length == 8 && strncmp(name, "thoracic", 8) == 0) {
      *level = THORACIC;
      *share = NULL;
      return NTHORACIC;
    }
  }
  return 0;
}

static ps_status missing(ps_error *err, const ps_task *t, const char *what, const char *name) {
  return ps_error_set(err, PS_EFORMAT, 0, t->name, "task %s names the %s \"%s\", which the body does not have", t->name,
                      what, name);
}

// a movement of the midline changes sign with the side when its mirror image does
static ps_status add_angle(const ps_model *m, const ps_posture_request *q, const char *name, double angle, ps_state *s,
                           ps_error *err) {
  const bool is_left = q->task->argument == PS_ARGUMENT_SIDE && q->side == PS_LEFT;
  const int j = ps_model_find_coord(m, name);
  if (j >= 0 && m->body[m->coord[j].body].side == PS_MIDLINE) {
    s->q[j] += is_left ? m->coord[j].mirror_sign*angle : angle;
    return PS_OK;
  }
  ps_name both[2];
  const int n = ps__both_sides(name, is_left ? PS_LEFT : PS_RIGHT, both);
  for (int k = 0; k < n; k++) {
    const int i = ps_model_find_coord(m, both[k]);
    if (i < 0) return missing(err, q->task, "coordinate", both[k]);
    s->q[i] += angle;
  }
  return PS_OK;
}

ps_status ps__posture_angles(const ps_model *m, const ps_posture_request *q, ps_state *s, ps_error *err) {
  const int tilt = ps_model_find_coord(m, "pelvis_tilt");
  PS_ASSERT(tilt >= 0);
  s->q[tilt] = m->stance.pelvis_tilt;
  for (int k = 0; k < q->task->nangle; k++) {
    const ps_task_angle *a = &q->task->angle[k];
    const double angle = a->base + a->slope*q->argument;
    const char *const *level = NULL, *plane = NULL;
    const double *share = NULL;
    const int n = region(a->name, &level, &share, &plane);
    if (n == 0) PS_TRY(add_angle(m, q, a->name, angle, s, err));
    for (int i = 0; i < n; i++) {
      ps_name name = "";
      strcat(name, level[i]);
      strcat(name, plane);
      PS_TRY(add_angle(m, q, name, share ? share[i]*angle : angle/n, s, err));
    }
  }
  return PS_OK;
}

ps_status ps__posture_supports(const ps_model *m, const ps_posture_request *q, ps_scene *scene, ps_error *err) {
  const bool is_left = q->task->argument == PS_ARGUMENT_SIDE && q->side == PS_LEFT;
  *scene = (ps_scene){.nsupport = 0};
  for (int k = 0; k < q->task->nsupport; k++) {
    const ps_task_support *t = &q->task->support[k];
    ps_name both[2];
    int n = ps__both_sides(t->contact, is_left ? PS_LEFT : PS_RIGHT, both);
    if (ps_model_find_contact(m, t->contact) >= 0 && n == 2) {
      memcpy(both[0], t->contact, sizeof both[0]);
      n = 1;
    }
    for (int i = 0; i < n; i++) {
      const int contact = ps_model_find_contact(m, both[i]);
      if (contact < 0) return missing(err, q->task, "contact", both[i]);
      if (scene->nsupport == PS_SUPPORT_MAX)
        return ps_error_set(err, PS_EFORMAT, 0, q->task->name, "task %s has more than %d supports", q->task->name,
                            PS_SUPPORT_MAX);
      ps_support *out = &scene->support[scene->nsupport++];
      *out = (ps_support){.contact = contact, .friction = t->friction, .is_soft = t->is_soft};
      ps_vec_set(out->normal, t->normal[0], t->normal[1], is_left ? -t->normal[2] : t->normal[2]);
    }
  }
  return PS_OK;
}

double ps_posture_pitch(const ps_state *s, int ibody) {
  const double *R = s->R + 9*ibody;
  const bool is_foot = strncmp(s->model->body[ibody].name, "foot", 4) == 0;
  return is_foot ? atan2(R[3], R[0]) : atan2(-R[1], R[4]);
}

// turn the segment's flexion coordinate until the segment points as asked
static ps_status turn_segment(const ps_model *m, const ps_task *t, const char *name, double pitch, ps_state *s,
                              ps_error *err) {
  const int body = ps_model_find_body(m, name);
  if (body < 0 || m->body[body].ncoord < 1) return missing(err, t, "segment", name);
  const int j = m->body[body].coord;
  for (int i = 0; i < 20; i++) {
    ps_state_kinematics(s);
    const double error = remainder(pitch - ps_posture_pitch(s, body), 2.0*PS_PI), rate = s->w[3*j + 2];
    if (fabs(error) < 1e-14) return PS_OK;
    if (fabs(rate) < 0.1) break;
    s->q[j] += error/rate;
  }
  if (fabs(remainder(pitch - ps_posture_pitch(s, body), 2.0*PS_PI)) < 1e-9) return PS_OK;
  return ps_error_set(err, PS_ENUMERIC, 0, t->name, "%s cannot be turned to %g deg", name, ps_deg(pitch));
}

ps_status ps__posture_pitches(const ps_model *m, const ps_posture_request *q, double lean, ps_state *s, ps_error *err) {
  const bool is_left = q->task->argument == PS_ARGUMENT_SIDE && q->side == PS_LEFT;
  for (int k = 0; k < q->task->npitch; k++) {
    const ps_task_pitch *p = &q->task->pitch[k];
    const double pitch = p->base + p->slope*q->argument - (p->is_leaning ? lean : 0.0);
    ps_name both[2];
    const int n = ps__both_sides(p->name, is_left ? PS_LEFT : PS_RIGHT, both);
    for (int i = 0; i < n; i++) PS_TRY(turn_segment(m, q->task, both[i], pitch, s, err));
  }
  ps_state_kinematics(s);
  return PS_OK;
}

void ps__posture_place(const ps_model *m, const ps_scene *scene, ps_state *s) {
  static const char *const foot[4] = {"heel_right", "toe_right", "heel_left", "toe_left"};
  double middle[3] = {0.0, 0.0, 0.0}, x[3], lowest = HUGE_VAL;
  for (int k = 0; k < 4; k++) {
    const int i = ps_model_find_contact(m, foot[k]);
    PS_ASSERT(i >= 0);
    ps_state_position(s, m->contact[i].body, m->contact[i].pos, x);
    ps_axpy(middle, 0.25, x);
    if (scene->nsupport == 0) lowest = fmin(lowest, x[1]);
  }
  for (int k = 0; k < scene->nsupport; k++) {
    const ps_place *p = &m->contact[scene->support[k].contact];
    ps_state_position(s, p->body, p->pos, x);
    lowest = fmin(lowest, x[1]);
  }
  const double shift[3] = {-middle[0], -lowest, -middle[2]};
  for (int j = m->body[0].coord, k = 0; k < 3; k++) s->q[j + k] += shift[k];
  ps_state_kinematics(s);
}
