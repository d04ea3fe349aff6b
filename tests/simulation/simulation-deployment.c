/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-deployment.h"

#include <string.h>

/* The saga of a job in seeded worlds [J-01, B-02], against a practice manager in small that has no key
 * against doing twice: answers are lost before and after the work, work lands late, things are refused, the
 * process ends anywhere, people press everything. Nothing may be made twice, and in the end all of it is
 * there. --seed N replays one world. */

#define N_WORLDS 20000
#define N_WORLDS_NIGHTLY 500000
#define STORM_STEPS 120
#define STEPS_MAX 4000
#define TEMPLATES_MAX 4
#define STAFF_MAX 3
#define PARTS 5 /* tasks of a template */

/* What is there. */
typedef struct
{
  guint n_clients;
  guint n_jobs;
  guint templates[TEMPLATES_MAX]; /* how often each was applied */
  gboolean has_manager;
  gboolean has_partner;
  gboolean staff[STAFF_MAX];
} There;

typedef struct
{
  CsDeployKind kind;
  guint index;
  gint64 at_ms; /* 0: nothing is on its way */
} Late;

typedef struct
{
  guint32 seed;
  GRand *rand;
  gint64 now_ms;
  gint64 epoch;
  gboolean is_stormy;
  gboolean is_refusing; /* a template or a person is gone there */
  CsPlannedJob *planned;
  GArray *steps; /* what is committed */
  There there;
  Late late;
  guint n_calls;
  const char *violation;
} World;

static int
draw (World *world, int below)
{
  return g_rand_int_range (world->rand, 0, below);
}

static void
violate (World *world, const char *rule)
{
  if (world->violation == NULL)
    world->violation = rule;
}

static CsDeployStep *
get_step (World *world, guint index)
{
  return &g_array_index (world->steps, CsDeployStep, index);
}

static void
apply (World *world, guint index, CsJournalEvent event)
{
  if (!cs_deployment_apply (world->steps, index, event, world->now_ms,
                            draw (world, 4) == 0 ? draw (world, 90000) : 0, g_rand_double (world->rand),
                            NULL))
    violate (world, "takes-what-comes: the saga refused an event that it must take");
}

/* --- the practice manager --- */

static void
work (World *world, CsDeployKind kind, guint index)
{
  There *there = &world->there;

  switch (kind)
    {
    case CS_DEPLOY_CLIENT:
      there->n_clients++;
      break;
    case CS_DEPLOY_JOB:
      there->n_jobs++;
      if (world->planned->template_ids->len > 0)
        there->templates[0]++;
      break;
    case CS_DEPLOY_TEMPLATE:
      there->templates[index]++;
      break;
    case CS_DEPLOY_MANAGER:
      there->has_manager = TRUE;
      break;
    case CS_DEPLOY_PARTNER:
      there->has_partner = TRUE;
      break;
    case CS_DEPLOY_STAFF:
    default:
      there->staff[index] = TRUE;
      break;
    }
}

static guint
count_parts (World *world)
{
  guint n = 0;

  for (guint i = 0; i < TEMPLATES_MAX; i++)
    n += world->there.templates[i] * PARTS;
  return n;
}

static CsWorkJob *
show_job (World *world)
{
  CsWorkJob *job = cs_work_job_new ();

  g_set_str (&job->description, world->planned->description);
  if (world->there.has_manager)
    g_set_str (&job->manager_id, world->planned->roles->manager_id);
  if (world->there.has_partner)
    g_set_str (&job->partner_id, world->planned->roles->partner_id);
  for (guint i = 0; i < STAFF_MAX; i++)
    if (world->there.staff[i])
      g_ptr_array_add (job->staff_ids, g_strdup (g_ptr_array_index (world->planned->roles->staff_ids, i)));
  return job;
}

static void
land_what_is_late (World *world)
{
  if (world->late.at_ms == 0 || world->late.at_ms > world->now_ms)
    return;
  world->late.at_ms = 0;
  work (world, world->late.kind, world->late.index);
}

static void
check_order (World *world, CsDeployKind kind)
{
  if (kind > CS_DEPLOY_CLIENT && world->there.n_clients == 0)
    violate (world, "client-first: something was sent before there was a client");
  if (kind > CS_DEPLOY_JOB && world->there.n_jobs == 0)
    violate (world, "job-first: something was sent before there was a job");
}

/* What comes back of a call that left. */
static CsJournalEvent
call (World *world, CsDeployKind kind, guint index)
{
  int what = world->is_stormy ? draw (world, 100) : 99;

  world->n_calls++;
  check_order (world, kind);
  if (what < 10)
    return CS_EVENT_NOT_SENT;
  if (what < 20)
    return CS_EVENT_UNKNOWN;
  if (what < 30 && world->late.at_ms == 0)
    {
      world->late = (Late){ kind, index, world->now_ms + 1 + draw (world, (int)CS_DEPLOY_DOUBT_MS - 1) };
      return CS_EVENT_UNKNOWN;
    }
  if (world->is_refusing && kind >= CS_DEPLOY_TEMPLATE && draw (world, 2) == 0)
    return CS_EVENT_REFUSED;
  work (world, kind, index);
  return what < 50 ? CS_EVENT_UNKNOWN : CS_EVENT_ACCEPTED;
}

/* --- the runner --- */

static void
restart (World *world)
{
  world->epoch++;
  for (guint i = 0; i < world->steps->len; i++)
    if (cs_journal_is_orphaned (&get_step (world, i)->row, world->epoch))
      apply (world, i, CS_EVENT_RESTARTED);
}

static void
send_step (World *world, guint index)
{
  CsDeployStep *step = get_step (world, index);
  CsJournalEvent event;

  apply (world, index, CS_EVENT_FROZEN);
  step->row.epoch = world->epoch;
  if (world->is_stormy && draw (world, 25) == 0)
    {
      restart (world); /* committed, and nothing left */
      return;
    }
  event = call (world, step->kind, step->index);
  if (world->is_stormy && draw (world, 15) == 0)
    restart (world); /* answered, and nothing committed */
  else
    apply (world, index, event);
}

static CsJournalEvent
probe (World *world, const CsDeployStep *step)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_job_free);
  guint index = 0;

  if (world->is_stormy && draw (world, 4) == 0)
    return CS_EVENT_PROBE_FAILED;
  if (step->kind == CS_DEPLOY_CLIENT)
    return world->there.n_clients > 0 ? CS_EVENT_PROBE_EQUAL : CS_EVENT_PROBE_ABSENT;
  for (guint i = 0; i < world->there.n_jobs; i++)
    g_ptr_array_add (jobs, show_job (world));
  if (step->kind == CS_DEPLOY_JOB)
    return cs_deployment_judge_job (cs_job_probe (world->planned, jobs, &index));
  if (step->kind == CS_DEPLOY_TEMPLATE)
    return cs_deployment_judge_template (step, count_parts (world));
  return cs_deployment_judge_role (step, world->planned, g_ptr_array_index (jobs, 0));
}

/* FALSE: nothing is left to do. */
static gboolean
step_once (World *world)
{
  guint index = 0;
  gint64 wake_ms = 0;

  switch (cs_deployment_next (world->steps, world->epoch, world->now_ms, &index, &wake_ms))
    {
    case CS_DEPLOY_NOTHING:
      return FALSE;
    case CS_DEPLOY_WAIT:
      if (wake_ms == 0)
        violate (world, "never-stuck: it waits for an answer that nobody gives");
      else if (!world->is_stormy)
        world->now_ms = MAX (world->now_ms, wake_ms);
      break;
    case CS_DEPLOY_RELEASE:
      apply (world, index, CS_EVENT_HOLD_ENDED);
      break;
    case CS_DEPLOY_READ:
      cs_deployment_set_baseline (world->steps, index, count_parts (world));
      break;
    case CS_DEPLOY_SEND:
      send_step (world, index);
      break;
    case CS_DEPLOY_PROBE:
      apply (world, index, probe (world, get_step (world, index)));
      break;
    default:
      g_assert_not_reached ();
    }
  return TRUE;
}

static void
press_retry (World *world)
{
  for (guint i = 0; i < world->steps->len; i++)
    {
      CsJournalState state = get_step (world, i)->row.state;

      if (state == CS_JOURNAL_BLOCKED || state == CS_JOURNAL_WAITING || state == CS_JOURNAL_DOUBTFUL)
        apply (world, i, CS_EVENT_PERSON_RETRY);
    }
}

static void
check_nothing_twice (World *world)
{
  if (world->there.n_clients > 1)
    violate (world, "one-client: a second client was made");
  if (world->there.n_jobs > 1)
    violate (world, "one-job: a second job was made");
  for (guint i = 0; i < TEMPLATES_MAX; i++)
    if (world->there.templates[i] > 1)
      violate (world, "template-once: a template was applied twice");
}

static void
check_all_there (World *world)
{
  const CsJobRoles *roles = world->planned->roles;

  if (cs_deployment_get_state (world->steps) != CS_DEPLOYMENT_LIVE)
    violate (world, "comes-to-an-end: it is not live in calm weather");
  if (world->there.n_clients != 1 || world->there.n_jobs != 1)
    violate (world, "all-there: the job is missing");
  for (guint i = 0; i < world->planned->template_ids->len; i++)
    if (world->there.templates[i] != 1)
      violate (world, "all-there: a template is missing");
  for (guint i = 0; i < roles->staff_ids->len; i++)
    if (!world->there.staff[i])
      violate (world, "all-there: somebody was not assigned");
  if ((roles->manager_id[0] != '\0') != world->there.has_manager
      || (roles->partner_id[0] != '\0') != world->there.has_partner)
    violate (world, "all-there: the manager or the partner is missing");
}

static void
run_steps (World *world)
{
  guint n = 0;

  for (; n < STEPS_MAX && world->violation == NULL; n++)
    {
      gboolean was_busy;

      world->is_stormy = n < STORM_STEPS;
      world->is_refusing = world->is_stormy && draw (world, 3) == 0;
      was_busy = step_once (world);
      if (world->is_stormy && draw (world, 12) == 0)
        press_retry (world);
      if (world->is_stormy && draw (world, 20) == 0)
        restart (world);
      check_nothing_twice (world);
      world->now_ms += draw (world, world->is_stormy ? 8000 : 40000);
      land_what_is_late (world);
      if (was_busy || world->is_stormy)
        continue;
      if (cs_deployment_get_state (world->steps) == CS_DEPLOYMENT_LIVE)
        break;
      press_retry (world);
    }
  land_what_is_late (world);
  check_nothing_twice (world);
  check_all_there (world);
}

static CsPlannedJob *
draw_job (World *world)
{
  CsPlannedJob *job = cs_planned_job_new ();

  g_set_str (&job->key, "CS-123456789ABC");
  g_set_str (&job->description, "Work\nCS-123456789ABC");
  for (int i = draw (world, TEMPLATES_MAX + 1); i > 0; i--)
    g_ptr_array_add (job->template_ids, g_strdup_printf ("t%d", i));
  for (int i = draw (world, STAFF_MAX + 1); i > 0; i--)
    g_ptr_array_add (job->roles->staff_ids, g_strdup_printf ("s%d", i));
  if (draw (world, 2) == 0)
    g_set_str (&job->roles->manager_id, "m");
  if (draw (world, 2) == 0)
    g_set_str (&job->roles->partner_id, "p");
  return job;
}

/* The rule that was broken, or NULL. */
static const char *
run_world (guint32 seed, guint *n_calls)
{
  World world = { .seed = seed, .now_ms = 1000000, .epoch = 1 };

  world.rand = g_rand_new_with_seed (seed);
  world.planned = draw_job (&world);
  world.there.n_clients = (guint)draw (&world, 2);
  world.steps = cs_deployment_new (world.planned, world.there.n_clients == 0, world.now_ms + 10000);
  run_steps (&world);
  *n_calls += world.n_calls;
  g_array_unref (world.steps);
  cs_planned_job_free (world.planned);
  g_rand_free (world.rand);
  return world.violation;
}

static gboolean
run_worlds (guint32 first, guint32 n, guint *n_calls)
{
  for (guint32 seed = first; seed < first + n; seed++)
    {
      const char *violation = run_world (seed, n_calls);

      if (violation == NULL)
        continue;
      g_printerr ("seed %u: %s\n  replay it: simulation-deployment --seed %u\n", seed, violation, seed);
      return FALSE;
    }
  return TRUE;
}

static void
test_worlds (void)
{
  guint32 n = g_strcmp0 (g_getenv ("COUNTERSIGN_NIGHTLY"), "1") == 0 ? N_WORLDS_NIGHTLY : N_WORLDS;
  guint n_calls = 0;

  g_assert_true (run_worlds (1, n, &n_calls));
  g_test_message ("%u worlds, %u calls", n, n_calls);
}

static World *
new_calm_world (guint n_templates, guint n_staff)
{
  World *world = g_new0 (World, 1);

  world->now_ms = 1000000;
  world->epoch = 1;
  world->rand = g_rand_new_with_seed (1);
  world->planned = cs_planned_job_new ();
  g_set_str (&world->planned->key, "CS-1");
  g_set_str (&world->planned->roles->manager_id, "m");
  for (guint i = 0; i < n_templates; i++)
    g_ptr_array_add (world->planned->template_ids, g_strdup_printf ("t%u", i));
  for (guint i = 0; i < n_staff; i++)
    g_ptr_array_add (world->planned->roles->staff_ids, g_strdup_printf ("s%u", i));
  world->there.n_clients = 1;
  world->steps = cs_deployment_new (world->planned, FALSE, 0);
  return world;
}

static void
free_world (World *world)
{
  g_array_unref (world->steps);
  cs_planned_job_free (world->planned);
  g_rand_free (world->rand);
  g_free (world);
}

/* As few calls as the API allows: the job with its first template, one for each other template and each role.
 */
static void
test_least_calls (void)
{
  World *world = new_calm_world (3, 2);

  while (step_once (world))
    ;
  check_all_there (world);
  g_assert_null (world->violation);
  g_assert_cmpuint (world->n_calls, ==, 1 + 2 + 1 + 2);
  free_world (world);
}

/* xpm.md 7.2: created, and not assigned, is a state of its own, mended without making the job again. */
static void
test_incomplete (void)
{
  World *world = new_calm_world (1, 1);
  guint index = 0;
  gint64 wake_ms;

  g_assert_cmpint (cs_deployment_get_state (world->steps), ==, CS_DEPLOYMENT_PLANNED);
  while (get_step (world, 0)->row.state != CS_JOURNAL_DONE)
    step_once (world);
  while (cs_deployment_next (world->steps, 1, world->now_ms, &index, &wake_ms) != CS_DEPLOY_SEND)
    step_once (world);
  g_assert_cmpint ((int)get_step (world, index)->kind, ==, CS_DEPLOY_MANAGER);
  apply (world, index, CS_EVENT_FROZEN);
  apply (world, index, CS_EVENT_REFUSED);
  while (step_once (world))
    ;
  g_assert_cmpint (cs_deployment_get_state (world->steps), ==, CS_DEPLOYMENT_INCOMPLETE);
  g_assert_true (world->there.staff[0]);
  press_retry (world);
  while (step_once (world))
    ;
  check_all_there (world);
  g_assert_null (world->violation);
  g_assert_cmpuint (world->there.n_jobs, ==, 1);
  free_world (world);
}

/* A person takes it back: nothing of it goes. */
static void
test_cancel (void)
{
  World *world = new_calm_world (2, 2);

  apply (world, 0, CS_EVENT_PERSON_CANCEL);
  while (step_once (world))
    ;
  g_assert_cmpint (cs_deployment_get_state (world->steps), ==, CS_DEPLOYMENT_CANCELLED);
  g_assert_cmpuint (world->n_calls, ==, 0);
  free_world (world);
}

/* A restored file: what may have been applied since is never applied again. */
static void
test_restored (void)
{
  World *world = new_calm_world (2, 0);

  while (get_step (world, 0)->row.state != CS_JOURNAL_DONE)
    step_once (world);
  if (get_step (world, 1)->row.state == CS_JOURNAL_HELD)
    apply (world, 1, CS_EVENT_HOLD_ENDED);
  world->there.templates[1] = 1;
  apply (world, 1, CS_EVENT_RESTORED);
  while (step_once (world))
    ;
  g_assert_cmpint ((int)get_step (world, 1)->row.state, ==, CS_JOURNAL_BLOCKED);
  g_assert_cmpuint (world->there.templates[1], ==, 1);
  g_assert_false (cs_deployment_apply (world->steps, 1, CS_EVENT_FROZEN, world->now_ms, 0, 0, NULL));
  free_world (world);
}

int
main (int argc, char **argv)
{
  guint n_calls = 0;

  if (argc == 3 && g_str_equal (argv[1], "--seed"))
    return run_worlds ((guint32)g_ascii_strtoull (argv[2], NULL, 10), 1, &n_calls) ? 0 : 3;
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deployment/J-01-nothing-twice-in-seeded-worlds", test_worlds);
  g_test_add_func ("/deployment/least-calls", test_least_calls);
  g_test_add_func ("/deployment/incomplete", test_incomplete);
  g_test_add_func ("/deployment/cancel", test_cancel);
  g_test_add_func ("/deployment/restored", test_restored);
  return g_test_run ();
}
