/* Speed beside other programs, in one run on one machine: the same poses and the same load sharing problems for all, medians,
 * and how exact each answer is. How to read it: bench/README.md. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "app/assess/assess.h"
#include "app/cli/cli.h"
#include "bench/motion.h"
#include "bench/peer.h"
#include "bench/timing.h"
#include "psoas/vec.h"

enum { NPASS = 40, NPEER = 12, NROUND = 20 };

static const double NLOPT_LIMIT_MS = 3000.0;
static const motion_plan BEND = {"standing-flexed", 5.0, 0.5, 2.0};  // where nothing else is said

typedef struct bench {
  cli_body body;
  ps_error err;
} bench;

static void print_machine(void) {
  char line[256] = "", name[256] = "unknown processor";
  FILE *f = fopen("/proc/cpuinfo", "r");
  while (f && fgets(line, sizeof line, f)) {
    if (strncmp(line, "model name", 10) != 0 || !strchr(line, ':')) continue;
    snprintf(name, sizeof name, "%s", strchr(line, ':') + 2);
    name[strcspn(name, "\n")] = '\0';
    break;
  }
  if (f) fclose(f);
  const time_t t = time(NULL);
  struct tm day;
  gmtime_r(&t, &day);
  strftime(line, sizeof line, "%Y-%m-%d", &day);
#ifdef __clang__
  const char *const compiler = "clang " __clang_version__;
#else
  const char *const compiler = "gcc " __VERSION__;
#endif
  printf("psoas %s, %s, %s, %s\nmedians; ratio = time of the peer / ours\n", PS_VERSION, name, compiler, line);
}

// ---- kinematics, paths, arms ---------------------------------------------------------------------------------------

static ps_status paths(bench *x, const motion *m) {
  peer_mujoco *peer = peer_mujoco_new(x->body.model);
  double ours[NROUND*MOTION_POSES], theirs[NROUND*MOTION_POSES], worst = 0.0;
  int n = 0, compared = 0;
  for (int round = 0; round < NROUND; round++) {
    for (int i = 0; i < MOTION_POSES; i++, n++) {
      const double t0 = now_ms();
      ps_state_kinematics(m->state[i]);
      ps_state_paths(m->state[i]);
      ours[n] = now_ms() - t0;
      theirs[n] = peer ? peer_mujoco_time(peer, m->state[i]) : (double)NAN;
      if (peer && round == 0) worst = fmax(worst, peer_mujoco_difference(peer, m->state[i], &compared));
    }
  }
  const double a = median(ours, n), b = median(theirs, n);
  printf("\nkinematics, paths and arms of a pose: %d fascicles, %d coordinates\n", x->body.model->nmuscle, x->body.model->ncoord);
  printf("  ours                  %10.4f ms   target 0.1\n", a);
  printf("  MuJoCo %-14s %10.4f ms   ratio %6.1f   lengths of %d straight paths within %.1e m\n", peer_mujoco_version(), b, b/a,
         compared, worst);
  peer_mujoco_free(peer);
  return peer ? PS_OK : ps_error_set(&x->err, PS_EFORMAT, 0, "mujoco", "the exported body does not load");
}

// ---- recruitment ---------------------------------------------------------------------------------------------------

typedef struct figures {   // of one program on one kind of start
  double ms[NPASS*NPEER];
  int n, nfailed;
  double kkt;              // worst
  double objective[NPEER];
} figures;

static void note(figures *f, int pose, const peer_answer *a) {
  f->ms[f->n++] = a->ms;
  f->nfailed += !a->is_solved;
  f->kkt = fmax(f->kkt, a->kkt);
  f->objective[pose] = a->objective;
}

static void print_figures(const char *who, const char *start, figures *f, const figures *best, double ours) {
  double worst = 0.0;
  for (int i = 0; best && i < NPEER; i++)
    if (f->objective[i] != 0.0) worst = fmax(worst, fabs(f->objective[i]/best->objective[i] - 1.0));
  const double ms = median(f->ms, f->n);
  printf("    %-4s  %-6s %10.4f ms", start, who, ms);
  if (best) printf("   ratio %7.1f", ms/ours);
  else printf("   target %6.2f", strcmp(start, "cold") == 0 ? 1.0 : 0.2);
  printf("   KKT residual %.1e", f->kkt);
  if (best) printf("   objective within %.1e of ours", worst);
  if (f->nfailed) printf("   %d of %d stopped early", f->nfailed, f->n);
  printf("\n");
}

static ps_status ours(motion *m, figures *cold, figures *warm) {
  ps_share_result *r = &m->recruit->result;
  double start[512];
  PS_ASSERT(m->recruit->problem.n <= 512);
  const size_t size = (size_t)m->recruit->problem.n*sizeof *start;
  for (int pass = 0; pass < NPASS; pass++) {
    for (int i = 0; i < NPEER; i++) {
      const ps_share_problem q = motion_problem(m, i);
      ps_share_opts o = ps_share_default();
      if (i > 0) {
        memcpy(r->y, start, size);
        o.is_warm = true;
        const double t0 = now_ms();
        PS_TRY(ps_share_solve(&q, &o, r, &m->recruit->scratch));
        const peer_answer a = {r->outcome == PS_CONVERGED, now_ms() - t0, r->objective, r->kkt_residual};
        note(warm, i, &a);
        o.is_warm = false;
      }
      const double t0 = now_ms();
      PS_TRY(ps_share_solve(&q, &o, r, &m->recruit->scratch));
      const peer_answer a = {r->outcome == PS_CONVERGED, now_ms() - t0, r->objective, r->kkt_residual};
      note(cold, i, &a);
      memcpy(start, r->y, size);
    }
  }
  return PS_OK;
}

static ps_status peers(motion *m, figures ipopt[2], figures nlopt[2], figures *clp) {
  const ps_share_problem first = motion_problem(m, 0);
  peer_ipopt *peer = peer_ipopt_new(&first);
  if (!peer) return PS_ENOMEM;
  for (int i = 0; i < NPEER; i++) {
    const ps_share_problem q = motion_problem(m, i);
    peer_answer a;
    if (i > 0) {
      a = peer_ipopt_solve(peer, &q, true);
      note(&ipopt[1], i, &a);
    }
    a = peer_ipopt_solve(peer, &q, false);
    note(&ipopt[0], i, &a);
    if (q.p != 2.0) continue;
    a = peer_clp_solve(&q);
    note(clp, i, &a);
  }
  peer_ipopt_free(peer);

  // from nothing, and the next pose from there
  double y[512] = {0.0};
  for (int i = 0; i < 2; i++) {
    const ps_share_problem q = motion_problem(m, i);
    const peer_answer a = peer_nlopt_solve(&q, NLOPT_LIMIT_MS, y);
    note(&nlopt[i], i, &a);
  }
  return PS_OK;
}

static ps_status recruitment(bench *x, const motion_plan *plan) {
  motion m;
  ps_status status = motion_new(x->body.model, plan, &m, &x->err);
  static figures mine[2], ipopt[2], nlopt[2], clp;   // [0] cold, [1] warm
  memset(mine, 0, sizeof mine);
  memset(ipopt, 0, sizeof ipopt);
  memset(nlopt, 0, sizeof nlopt);
  memset(&clp, 0, sizeof clp);
  if (status == PS_OK) status = ours(&m, &mine[0], &mine[1]);
  if (status == PS_OK) status = peers(&m, ipopt, nlopt, &clp);
  if (status == PS_OK) {
    const ps_share_problem q = motion_problem(&m, 0);
    printf("  %s from %g deg on, poses %g deg apart, p = %g: %d rows, %d fascicles, %d contact edges, %d entries\n",
           plan->task, plan->from_deg, plan->step_deg, plan->p, q.n, q.na, q.ns, q.col[q.na + q.ns]);
    for (int k = 0; k < 2; k++) {
      const char *start = k ? "warm" : "cold";
      const double ms = median(mine[k].ms, mine[k].n);
      print_figures("ours", start, &mine[k], NULL, ms);
      print_figures("Ipopt", start, &ipopt[k], &mine[0], ms);
      if (k == 0 && clp.n > 0) print_figures("Clp", start, &clp, &mine[0], ms);
      print_figures("NLopt", start, &nlopt[k], &mine[0], ms);
    }
  }
  motion_free(&m);
  return status;
}

static ps_status recruitments(bench *x) {
  printf("\nrecruitment: who carries a pose, every solver on the same problems; warm = the next pose of the motion, all arms and "
         "moments changed\n");
  static const motion_plan plan[] = {
      {"standing-flexed", 5.0, 0.1, 2.0}, {"standing-flexed", 5.0, 1.0, 2.0}, {"lateral-bend", 5.0, 0.1, 2.0},
      {"prone-hips-flexed", 5.0, 0.5, 2.0}, {"standing-flexed", 5.0, 0.1, 3.0}, {"standing-flexed", 5.0, 1.0, 3.0},
      {"lateral-bend", 5.0, 0.1, 3.0}, {"prone-hips-flexed", 5.0, 0.5, 3.0},
  };
  for (size_t i = 0; i < sizeof plan/sizeof *plan; i++) PS_TRY(recruitment(x, &plan[i]));
  return PS_OK;
}

// ---- a whole pose, an assessment, two threads ----------------------------------------------------------------------

static ps_status loads(bench *x, motion *m) {
  double solve[NROUND*MOTION_POSES], load[NROUND*MOTION_POSES];
  ps_load *l = NULL;
  ps_status status = ps_load_new(x->body.model, &l);
  int n = 0;
  for (int round = 0; round < NROUND && status == PS_OK; round++) {
    for (int i = 0; i < MOTION_POSES && status == PS_OK; i++, n++) {
      double t0 = now_ms();
      status = ps_recruit_solve(m->recruit, m->state[i], i > 0);
      solve[n] = now_ms() - t0;
      t0 = now_ms();
      if (status == PS_OK) ps_load_compute(l, m->recruit, m->state[i]);
      load[n] = now_ms() - t0;
    }
  }
  ps_load_free(l);
  if (status != PS_OK) return status;
  printf("\nthe rest of a pose\n");
  printf("  muscle law, contacts and recruitment, warm, p = 2 %10.4f ms\n", median(solve, n));
  printf("  loads of every level with their split             %10.4f ms\n", median(load, n));
  return PS_OK;
}

static ps_status assessment(bench *x, int ndraw) {
  double ms[5];
  files_person person = x->body.person;
  for (int k = 0; k < 2; k++)
    person.thomas[k] = (files_thomas){.has = true, .hip_angle_deg = 4.0 - 5.0*k, .knee_flexion_deg = 70.0, .pelvis_controlled = true};
  const assess_opts o = {.seed = 1, .ndraw = ndraw, .p = 2.0};
  for (int i = 0; i < 5; i++) {
    assess_result *r = NULL;
    const double t0 = now_ms();
    PS_TRY(assess_run(files_anatomy_view(x->body.anatomy), &person, &o, &r, &x->err));
    ms[i] = now_ms() - t0;
    assess_free(r);
  }
  printf("  assessment with both Thomas tests, %4d draws      %10.1f ms\n", ndraw, median(ms, 5));
  return PS_OK;
}

typedef struct worker {
  motion m;
  uint64_t sum;      // of the bits of every activation
  ps_status status;
} worker;

// every pose NROUND times, each cold, so that no pose depends on another
static void *work(void *data) {
  worker *w = data;
  for (int round = 0; round < NROUND && w->status == PS_OK; round++) {
    for (int i = 0; i < MOTION_POSES && w->status == PS_OK; i++) {
      ps_state_kinematics(w->m.state[i]);
      ps_state_paths(w->m.state[i]);
      w->status = ps_recruit_solve(w->m.recruit, w->m.state[i], false);
      for (int j = 0; j < w->m.recruit->problem.na; j++) {
        uint64_t bits;
        memcpy(&bits, &w->m.recruit->result.a[j], sizeof bits);
        w->sum = w->sum*31u + bits;
      }
    }
  }
  return NULL;
}

static double run_threads(worker *w, int n) {
  pthread_t thread[2];
  const double t0 = now_ms();
  for (int i = 0; i < n; i++) {
    w[i].sum = 0;
    if (pthread_create(&thread[i], NULL, work, &w[i]) != 0) w[i].status = PS_ENOMEM;
  }
  for (int i = 0; i < n; i++)
    if (w[i].status != PS_ENOMEM) pthread_join(thread[i], NULL);
  return n*NROUND*MOTION_POSES/(now_ms() - t0)*1e3;
}

static ps_status threads(bench *x) {
  static worker w[2];
  for (int i = 0; i < 2; i++) w[i].status = motion_new(x->body.model, &BEND, &w[i].m, &x->err);
  if (w[0].status == PS_OK && w[1].status == PS_OK) {
    const double one = run_threads(w, 1);
    const uint64_t sum = w[0].sum;
    const double two = run_threads(w, 2);
    printf("  whole poses a second, each from nothing, p = 2: 1 thread %.0f, 2 threads %.0f (x %.2f), %s\n", one, two, two/one,
           w[0].sum == sum && w[1].sum == sum ? "same bits" : "DIFFERENT BITS");
  }
  const ps_status status = w[0].status != PS_OK ? w[0].status : w[1].status;
  for (int i = 0; i < 2; i++) motion_free(&w[i].m);
  return status;
}

static ps_status run(bench *x) {
  PS_TRY(cli_body_open(NULL, &x->body, &x->err));
  motion m;
  ps_status status = motion_new(x->body.model, &BEND, &m, &x->err);
  if (status == PS_OK) status = paths(x, &m);
  if (status == PS_OK) status = recruitments(x);
  if (status == PS_OK) status = loads(x, &m);
  motion_free(&m);
  PS_TRY(status);
  PS_TRY(assessment(x, 0));
  PS_TRY(assessment(x, 300));
  return threads(x);
}

int main(void) {
  bench x = {.err = {PS_OK, 0, "", ""}};
  setvbuf(stdout, NULL, _IOLBF, 0);
  print_machine();
  const ps_status status = run(&x);
  cli_body_close(&x.body);
  if (status == PS_OK) return 0;
  fprintf(stderr, "bench: %s\n", x.err.msg[0] ? x.err.msg : ps_status_text(status));
  return 1;
}
