/* A body of ours loaded into MuJoCo from the file that the export writes, and its posture. Header only: test/support is
 * linked into programs without MuJoCo. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <mujoco/mujoco.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/files/files_mjcf.h"
#include "support/check.h"

typedef struct mujoco_body {
  const ps_model *ours;  // borrowed
  mjModel *m;
  mjData *d;
  int qpos[256], dof[256];   // of our coordinates
  int body[128];             // of our bodies
  int tendon[1024];          // of our fascicles
} mujoco_body;

// MuJoCo's own handlers read the keyboard and write a file
static void mujoco_stop(const char *text) { fail_msg("MuJoCo: %s", text); }

static inline int mujoco_id(const mjModel *m, int kind, const char *name) {
  const int id = mj_name2id(m, kind, name);
  if (id < 0) fail_msg("MuJoCo's model has no %s", name);
  return id;
}

static inline mjModel *mujoco_load(const ps_model *ours) {
  char path[] = "/tmp/psoas-mjcf-XXXXXX", text[1000] = "";
  mju_user_error = mujoco_stop;
  mju_user_warning = mujoco_stop;
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  FILE *f = fdopen(fd, "w");
  assert_non_null(f);
  const ps_status status = files_mjcf_write(f, ours);
  assert_int_equal(fclose(f), 0);
  assert_ok(status);
  mjModel *m = mj_loadXML(path, NULL, text, sizeof text);
  remove(path);
  if (!m) fail_msg("MuJoCo refuses the export: %s", text);
  return m;
}

static inline mujoco_body *mujoco_body_new(const ps_model *ours) {
  mujoco_body *b = calloc(1, sizeof *b);
  assert_non_null(b);
  b->ours = ours;
  b->m = mujoco_load(ours);
  b->d = mj_makeData(b->m);
  assert_non_null(b->d);
  // every coordinate, body and fascicle once, and nothing else
  assert_int_equal(b->m->nv, ours->ncoord);
  assert_int_equal(b->m->nbody, ours->nbody + 1);
  assert_int_equal(b->m->ntendon, ours->nmuscle);
  for (int j = 0; j < ours->ncoord; j++) {
    const int id = mujoco_id(b->m, mjOBJ_JOINT, ours->coord[j].name);
    b->qpos[j] = b->m->jnt_qposadr[id];
    b->dof[j] = b->m->jnt_dofadr[id];
  }
  for (int i = 0; i < ours->nbody; i++) b->body[i] = mujoco_id(b->m, mjOBJ_BODY, ours->body[i].name);
  for (int i = 0; i < ours->nmuscle; i++) b->tendon[i] = mujoco_id(b->m, mjOBJ_TENDON, ours->muscle[i].name);
  return b;
}

static inline void mujoco_body_free(mujoco_body *b) {
  mj_deleteData(b->d);
  mj_deleteModel(b->m);
  free(b);
}

/** Our posture in MuJoCo, at rest: positions, tendons, gravity. */
static inline void mujoco_body_pose(mujoco_body *b, const ps_state *s) {
  for (int j = 0; j < b->ours->ncoord; j++) b->d->qpos[b->qpos[j]] = s->q[j];
  mju_zero(b->d->qvel, b->m->nv);
  mj_fwdPosition(b->m, b->d);
  mj_fwdVelocity(b->m, b->d);
}

/** d length / d coordinate j of a fascicle, from MuJoCo's matrix, which may be sparse. */
static inline double mujoco_slope(const mujoco_body *b, int imuscle, int j) {
  const int t = b->tendon[imuscle], dof = b->dof[j];
  if (!mj_isSparse(b->m)) return b->d->ten_J[t*b->m->nv + dof];
  const int first = b->d->ten_J_rowadr[t];
  for (int k = first; k < first + b->d->ten_J_rownnz[t]; k++)
    if (b->d->ten_J_colind[k] == dof) return b->d->ten_J[k];
  return 0.0;
}
