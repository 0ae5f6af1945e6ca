/* MuJoCo on the exported body. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <mujoco/mujoco.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files/files_mjcf.h"
#include "bench/peer.h"
#include "bench/timing.h"

struct peer_mujoco {
  const ps_model *model;
  mjModel *m;
  mjData *d;
  int *address;   // in qpos, of each coordinate
};

static mjModel *load(const ps_model *model) {
  char *text = NULL, message[500] = "";
  size_t size = 0;
  FILE *f = open_memstream(&text, &size);
  mjVFS *files = malloc(sizeof *files);
  mjModel *m = NULL;
  if (f && files && files_mjcf_write(f, model) == PS_OK && fclose(f) == 0) {
    mj_defaultVFS(files);
    if (mj_makeEmptyFileVFS(files, "body.xml", (int)size) == 0) {
      memcpy(files->filedata[0], text, size);
      m = mj_loadXML("body.xml", files, message, sizeof message);
    }
    mj_deleteVFS(files);
  }
  if (!m) fprintf(stderr, "mujoco: %s\n", message);
  free(files);
  free(text);
  return m;
}

peer_mujoco *peer_mujoco_new(const ps_model *model) {
  peer_mujoco *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->model = model;
  p->m = load(model);
  p->d = p->m ? mj_makeData(p->m) : NULL;
  p->address = calloc((size_t)model->ncoord, sizeof *p->address);
  bool is_good = p->d && p->address;
  for (int j = 0; is_good && j < model->ncoord; j++) {
    const int id = mj_name2id(p->m, mjOBJ_JOINT, model->coord[j].name);
    if (id < 0) is_good = false;
    else p->address[j] = p->m->jnt_qposadr[id];
  }
  if (is_good) return p;
  peer_mujoco_free(p);
  return NULL;
}

double peer_mujoco_time(peer_mujoco *p, const ps_state *s) {
  for (int j = 0; j < p->model->ncoord; j++) p->d->qpos[p->address[j]] = s->q[j];
  const double t0 = now_ms();
  mj_kinematics(p->m, p->d);
  mj_comPos(p->m, p->d);
  mj_tendon(p->m, p->d);
  return now_ms() - t0;
}

double peer_mujoco_difference(const peer_mujoco *p, const ps_state *s, int *ncompared) {
  double worst = 0.0;
  *ncompared = 0;
  for (int i = 0; i < p->model->nmuscle; i++) {
    const int id = mj_name2id(p->m, mjOBJ_TENDON, p->model->muscle[i].name);
    if (id < 0 || !files_mjcf_is_exact(p->model, i)) continue;
    worst = fmax(worst, fabs(p->d->ten_length[id] - s->length[i]));
    ++*ncompared;
  }
  return worst;
}

const char *peer_mujoco_version(void) { return mj_versionString(); }

void peer_mujoco_free(peer_mujoco *p) {
  if (!p) return;
  if (p->d) mj_deleteData(p->d);
  if (p->m) mj_deleteModel(p->m);
  free(p->address);
  free(p);
}
