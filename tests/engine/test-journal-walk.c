/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-journal-engine.h"

/* The engine in random worlds against a tiny ledger. This one takes whatever it gets, a second time as gladly
 * as the first, and knows neither unique numbers nor idempotency keys: that nothing is there twice is the
 * engine's doing alone. */

#define N_WORLDS 20000
#define N_ROWS 3 /* each waits for the one before: contact, invoice, allocation */
#define STORM_STEPS 150
#define STEPS_MAX 20000
#define LANDS_LATE_MS 1900

typedef struct
{
  CsJournalRow row;
  guint n_landed;      /* our records at the ledger */
  gint64 lands_at_ms;  /* on its way there still; 0 if nothing is */
  gboolean is_taken;   /* somebody else's record has our number */
  guint bytes;         /* the generation whose bytes were frozen */
  gboolean may_resend; /* the last send of them surely did not arrive */
} Thing;

typedef struct
{
  GRand *rand;
  gint64 now_ms;
  gint64 epoch;
  gboolean is_stormy;
  Thing things[N_ROWS];
} World;

static void
apply (World *world, Thing *thing, CsJournalEvent event)
{
  gint64 retry_after_ms
      = g_rand_int_range (world->rand, 0, 4) == 0 ? g_rand_int_range (world->rand, 0, 90000) : 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_journal_apply (&thing->row, event, world->now_ms, retry_after_ms,
                                   g_rand_double (world->rand), &error));
  g_assert_no_error (error);
}

static gboolean
are_dependencies_done (const World *world, int index)
{
  return index == 0 || world->things[index - 1].row.state == CS_JOURNAL_DONE;
}

static void
freeze (World *world, Thing *thing)
{
  guint generation = thing->row.generation;
  gboolean had_bytes = thing->row.has_frozen_bytes;

  apply (world, thing, CS_EVENT_FROZEN);
  thing->row.epoch = world->epoch;
  if (had_bytes)
    {
      /* The same bytes go out again only if they surely did not arrive. */
      g_assert_cmpuint (thing->row.generation, ==, generation);
      g_assert_cmpuint (thing->bytes, ==, generation);
      g_assert_true (thing->may_resend);
    }
  else
    {
      g_assert_cmpuint (thing->row.generation, ==, generation + 1);
      thing->bytes = thing->row.generation;
    }
}

static void
restart (World *world)
{
  world->epoch++;
  world->now_ms += g_rand_int_range (world->rand, 0, 3000);
  for (int i = 0; i < N_ROWS; i++)
    if (cs_journal_is_orphaned (&world->things[i].row, world->epoch))
      {
        world->things[i].may_resend = FALSE;
        apply (world, &world->things[i], CS_EVENT_RESTARTED);
      }
}

static void
land (World *world, Thing *thing, gint64 delay_ms)
{
  /* The heart of it: what is sent must not be there, nor be on its way. */
  g_assert_cmpuint (thing->n_landed, ==, 0);
  g_assert_cmpint (thing->lands_at_ms, ==, 0);
  if (delay_ms == 0)
    thing->n_landed++;
  else
    thing->lands_at_ms = world->now_ms + delay_ms;
}

static void
send_in_a_storm (World *world, Thing *thing)
{
  thing->may_resend = FALSE;
  switch (g_rand_int_range (world->rand, 0, 9))
    {
    case 0: /* the cut came before it got there */
      apply (world, thing, CS_EVENT_UNKNOWN);
      break;
    case 1: /* the cut came after */
      land (world, thing, 0);
      apply (world, thing, CS_EVENT_UNKNOWN);
      break;
    case 2: /* time-out; the ledger is still at work */
      land (world, thing, g_rand_int_range (world->rand, 1, LANDS_LATE_MS));
      apply (world, thing, CS_EVENT_UNKNOWN);
      break;
    case 3:
      thing->may_resend = TRUE;
      apply (world, thing, CS_EVENT_NOT_SENT);
      break;
    case 4:
      thing->may_resend = TRUE;
      apply (world, thing, CS_EVENT_SIGN_IN_NEEDED);
      break;
    case 5:
      apply (world, thing, CS_EVENT_REFUSED);
      break;
    case 6: /* killed before the first byte */
      restart (world);
      break;
    case 7: /* killed after the ledger had done it */
      land (world, thing, 0);
      restart (world);
      break;
    default:
      land (world, thing, 0);
      apply (world, thing, CS_EVENT_ACCEPTED);
      break;
    }
}

static void
probe (World *world, Thing *thing)
{
  if (thing->lands_at_ms != 0 && thing->lands_at_ms <= world->now_ms)
    {
      thing->lands_at_ms = 0;
      thing->n_landed++;
    }
  if (world->is_stormy && g_rand_int_range (world->rand, 0, 3) == 0)
    apply (world, thing, CS_EVENT_PROBE_FAILED);
  else if (thing->n_landed > 0)
    apply (world, thing, CS_EVENT_PROBE_EQUAL);
  else if (thing->is_taken && world->is_stormy)
    apply (world, thing, CS_EVENT_PROBE_DIFFERENT);
  else
    apply (world, thing, CS_EVENT_PROBE_ABSENT);
}

/* Somebody presses things, at any time. What is not allowed must say so and change nothing. */
static void
press (World *world, Thing *thing)
{
  CsJournalEvent event = g_rand_boolean (world->rand) ? CS_EVENT_PERSON_RETRY : CS_EVENT_PERSON_CANCEL;
  CsJournalState before = thing->row.state;
  g_autoptr (GError) error = NULL;

  /* Rarely cancelled, or nothing would be left to watch. */
  if (event == CS_EVENT_PERSON_CANCEL && g_rand_int_range (world->rand, 0, 8) != 0)
    return;
  if (!cs_journal_apply (&thing->row, event, world->now_ms, 0, 0.5, &error))
    {
      g_assert_nonnull (error);
      g_assert_cmpint (thing->row.state, ==, before);
    }
  else if (thing->row.state == CS_JOURNAL_CANCELLED)
    {
      /* What was cancelled is not at the ledger, and never will be. */
      g_assert_cmpuint (thing->n_landed, ==, 0);
      g_assert_cmpint (thing->lands_at_ms, ==, 0);
    }
}

static void
do_step (World *world, int index)
{
  Thing *thing = &world->things[index];

  switch (
      cs_journal_next_step (&thing->row, are_dependencies_done (world, index), world->epoch, world->now_ms))
    {
    case CS_STEP_RELEASE:
      apply (world, thing, CS_EVENT_HOLD_ENDED);
      break;
    case CS_STEP_FREEZE:
      freeze (world, thing);
      if (world->is_stormy)
        send_in_a_storm (world, thing);
      else
        {
          land (world, thing, 0);
          apply (world, thing, CS_EVENT_ACCEPTED);
        }
      break;
    case CS_STEP_PROBE:
      probe (world, thing);
      break;
    case CS_STEP_WAIT:
      g_assert_cmpint (thing->row.next_ms, >, world->now_ms);
      break;
    case CS_STEP_NOTHING:
      if (!world->is_stormy && thing->row.state == CS_JOURNAL_BLOCKED)
        apply (world, thing, CS_EVENT_PERSON_RETRY);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_settled (const World *world)
{
  for (int i = 0; i < N_ROWS; i++)
    {
      CsJournalState state = world->things[i].row.state;

      if (state == CS_JOURNAL_CANCELLED)
        return TRUE; /* what waits for it never goes: the person who cancelled sees to it */
      if (state != CS_JOURNAL_DONE)
        return FALSE;
    }
  return TRUE;
}

static void
assert_ended_well (const World *world)
{
  gboolean is_cut_off = FALSE;

  for (int i = 0; i < N_ROWS; i++)
    {
      const Thing *thing = &world->things[i];

      g_assert_cmpint (thing->lands_at_ms, ==, 0);
      g_assert_cmpuint (thing->n_landed, ==, thing->row.state == CS_JOURNAL_DONE ? 1 : 0);
      if (is_cut_off)
        g_assert_true (thing->row.generation == 0);
      else if (thing->row.state == CS_JOURNAL_CANCELLED)
        is_cut_off = TRUE;
      else
        g_assert_cmpint (thing->row.state, ==, CS_JOURNAL_DONE);
    }
}

static void
run_world (guint32 seed, guint *n_done, guint *n_doubts)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  World world = { .rand = rand, .now_ms = 1000000, .epoch = 1, .is_stormy = TRUE };

  for (int i = 0; i < N_ROWS; i++)
    {
      world.things[i].row = (CsJournalRow){ .state = CS_JOURNAL_HELD, .next_ms = world.now_ms + 10000 };
      world.things[i].is_taken = g_rand_int_range (rand, 0, 10) == 0;
    }
  for (int step = 0; !is_settled (&world); step++)
    {
      int index = g_rand_int_range (rand, 0, N_ROWS);

      g_assert_cmpint (step, <, STEPS_MAX);
      world.is_stormy = step < STORM_STEPS;
      do_step (&world, index);
      *n_doubts += world.things[index].row.state == CS_JOURNAL_DOUBTFUL ? 1 : 0;
      if (world.is_stormy && g_rand_int_range (rand, 0, 5) == 0)
        press (&world, &world.things[g_rand_int_range (rand, 0, N_ROWS)]);
      if (world.is_stormy && g_rand_int_range (rand, 0, 30) == 0)
        restart (&world);
      world.now_ms += g_rand_int_range (rand, 0, world.is_stormy ? 4000 : 120000);
    }
  assert_ended_well (&world);
  *n_done += world.things[N_ROWS - 1].row.state == CS_JOURNAL_DONE ? 1 : 0;
}

static void
test_walk (void)
{
  guint n_done = 0, n_doubts = 0;

  for (guint32 seed = 1; seed <= N_WORLDS; seed++)
    run_world (seed, &n_done, &n_doubts);
  g_test_message ("%u of %d worlds ended with everything done; %u moments of doubt", n_done, N_WORLDS,
                  n_doubts);
  /* The storms must be storms, and the worlds must mostly come through. */
  g_assert_cmpuint (n_done, >, N_WORLDS / 2);
  g_assert_cmpuint (n_doubts, >, N_WORLDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/B-02-once-in-twenty-thousand-worlds", test_walk);
  return g_test_run ();
}
