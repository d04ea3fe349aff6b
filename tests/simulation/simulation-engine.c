/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-journal-engine.h"

#include <string.h>

/* The pure engine in seeded worlds [B-02], against a ledger with Xero's rules in small: numbers are unique
 * and PUT refuses what is taken, an idempotency key is kept for six minutes, errors are replayed with it.
 * Processes end anywhere, copies of the file come back, people press everything. --seed N replays one world.
 */

#define N_WORLDS 20000
#define N_WORLDS_NIGHTLY 1000000
#define N_ROWS 4 /* a contact, and invoices that wait for it */
#define STORM_STEPS 150
#define STEPS_MAX 20000
#define LANDS_LATE_MS 1900
#define KEY_LIFE_MS 360000
#define GENERATIONS_MAX 4096

typedef struct
{
  CsJournalRow row;
  gboolean probe_first; /* the file came back: it may have been sent since */
  int number;           /* which record it asks for */
} Thing;

/* What the ledger holds under a number: whose it is, -1: people's own. */
typedef struct
{
  int owner;
  gboolean is_equal; /* as we sent it; people may have changed it since */
} Record;

typedef struct
{
  gint64 until_ms;
  gboolean was_refused;
  gboolean is_used;
} Key;

typedef struct
{
  int thing;
  int number;
  gint64 at_ms; /* 0: nothing is on its way */
} Late;

typedef struct
{
  guint32 seed;
  GRand *rand;
  gint64 now_ms;
  gint64 epoch;
  gboolean is_stormy;
  gboolean was_restored;
  gboolean is_archived;     /* the contact at the ledger: invoices are refused */
  gboolean is_seen[N_ROWS]; /* a person saw it there, and took ours back */
  int n_numbers;
  Thing things[N_ROWS];
  Thing copy[N_ROWS];
  gboolean has_copy;
  GHashTable *records; /* number → Record */
  Key keys[N_ROWS][GENERATIONS_MAX];
  Late late;
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

static void
apply (World *world, Thing *thing, CsJournalEvent event)
{
  g_autoptr (GError) error = NULL;
  gint64 retry_after_ms = draw (world, 4) == 0 ? draw (world, 90000) : 0;

  if (draw (world, 100) == 0)
    retry_after_ms = 20 * 3600 * 1000; /* the day's allowance */
  if (!cs_journal_apply (&thing->row, event, world->now_ms, retry_after_ms, g_rand_double (world->rand),
                         &error))
    violate (world, "takes-what-comes: the machine refused an event that it must take");
}

static Record *
get_record (World *world, int number)
{
  return g_hash_table_lookup (world->records, GINT_TO_POINTER (number));
}

static guint
count_records (World *world, int owner)
{
  GHashTableIter iter;
  Record *record = NULL;
  guint n = 0;

  g_hash_table_iter_init (&iter, world->records);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&record))
    n += record->owner == owner ? 1 : 0;
  return n;
}

static void
add_record (World *world, int number, int owner)
{
  Record *record = g_new0 (Record, 1);

  *record = (Record){ owner, TRUE };
  g_hash_table_insert (world->records, GINT_TO_POINTER (number), record);
}

/* --- the ledger --- */

static CsJournalEvent
put (World *world, int index, int number, guint generation)
{
  Key *key = &world->keys[index][generation % GENERATIONS_MAX];
  gboolean is_taken = get_record (world, number) != NULL;

  if (key->is_used && !world->was_restored)
    violate (world, "key-once: an idempotency key came a second time");
  if (key->is_used && key->until_ms > world->now_ms)
    return key->was_refused ? CS_EVENT_REFUSED : CS_EVENT_ACCEPTED;
  *key = (Key){ world->now_ms + KEY_LIFE_MS, is_taken || (index > 0 && world->is_archived), TRUE };
  if (is_taken)
    return CS_EVENT_TAKEN;
  if (key->was_refused)
    return CS_EVENT_REFUSED;
  if (count_records (world, index) > 0)
    violate (world, "exactly-once: a second record was made");
  add_record (world, number, index);
  return CS_EVENT_ACCEPTED;
}

static void
land_what_is_late (World *world)
{
  Late late = world->late;

  if (late.at_ms == 0 || late.at_ms > world->now_ms)
    return;
  world->late.at_ms = 0;
  if (get_record (world, late.number) != NULL)
    return;
  if (count_records (world, late.thing) > 0)
    violate (world, "exactly-once: a late call made a second record");
  add_record (world, late.number, late.thing);
}

/* --- the process --- */

static void
restart (World *world)
{
  world->epoch++;
  world->now_ms += draw (world, 3000);
  for (int i = 0; i < N_ROWS; i++)
    if (cs_journal_is_orphaned (&world->things[i].row, world->epoch))
      apply (world, &world->things[i], CS_EVENT_RESTARTED);
}

/* Before or after the work, or while it is under way. */
static void
end_while_sending (World *world, int index, const Thing *thing)
{
  int how = draw (world, 3);

  if (how == 0)
    put (world, index, thing->number, thing->row.generation);
  else if (how == 1 && world->late.at_ms == 0)
    {
      world->keys[index][thing->row.generation % GENERATIONS_MAX] = (Key){ 0, FALSE, TRUE };
      world->late = (Late){ index, thing->number, world->now_ms + 1 + draw (world, LANDS_LATE_MS - 1) };
    }
}

static void
send (World *world, int index)
{
  Thing *thing = &world->things[index];
  int fate = world->is_stormy ? draw (world, 9) : 8;

  apply (world, thing, CS_EVENT_FROZEN);
  thing->row.epoch = world->epoch;
  if (fate == 0)
    restart (world); /* before the first byte */
  else if (fate == 1)
    {
      end_while_sending (world, index, thing);
      restart (world);
    }
  else if (fate == 2)
    {
      end_while_sending (world, index, thing);
      apply (world, thing, CS_EVENT_UNKNOWN);
    }
  else if (fate == 3)
    apply (world, thing, CS_EVENT_NOT_SENT);
  else if (fate == 4)
    apply (world, thing, CS_EVENT_SIGN_IN_NEEDED);
  else
    apply (world, thing, put (world, index, thing->number, thing->row.generation));
}

static void
probe (World *world, int index)
{
  Thing *thing = &world->things[index];
  const Record *found = get_record (world, thing->number);

  if (world->is_stormy && draw (world, 3) == 0)
    apply (world, thing, CS_EVENT_PROBE_FAILED);
  else if (found == NULL)
    apply (world, thing, CS_EVENT_PROBE_ABSENT);
  else if (found->owner == index && found->is_equal)
    apply (world, thing, CS_EVENT_PROBE_EQUAL);
  else
    apply (world, thing, CS_EVENT_PROBE_DIFFERENT);
  if (thing->row.state != CS_JOURNAL_DOUBTFUL)
    thing->probe_first = FALSE;
}

static void
step (World *world, int index)
{
  Thing *thing = &world->things[index];
  gboolean is_free = index == 0 || world->things[0].row.state == CS_JOURNAL_DONE;

  switch (cs_journal_next_step (&thing->row, is_free, world->epoch, world->now_ms))
    {
    case CS_STEP_RELEASE:
      apply (world, thing, CS_EVENT_HOLD_ENDED);
      break;
    case CS_STEP_FREEZE:
      if (thing->probe_first)
        apply (world, thing, CS_EVENT_RESTORED);
      else
        send (world, index);
      break;
    case CS_STEP_PROBE:
      probe (world, index);
      break;
    case CS_STEP_WAIT:
    case CS_STEP_NOTHING:
    default:
      break;
    }
}

/* --- people --- */

/* Whoever decides about a blocked row looks at the ledger first. */
static void
settle_blocked (World *world, int index)
{
  Thing *thing = &world->things[index];
  const Record *found = get_record (world, thing->number);

  if (count_records (world, index) > 0)
    {
      world->is_seen[index] = TRUE;
      apply (world, thing, CS_EVENT_PERSON_CANCEL);
      return;
    }
  world->is_archived = FALSE;
  if (found != NULL)
    thing->number = world->n_numbers++;
  apply (world, thing, CS_EVENT_PERSON_RETRY);
}

static void
press (World *world, int index)
{
  Thing *thing = &world->things[index];
  gboolean is_cancel = draw (world, 10) == 0;
  g_autoptr (GError) error = NULL;

  if (thing->row.state == CS_JOURNAL_BLOCKED)
    settle_blocked (world, index);
  else if (!is_cancel || (!thing->probe_first && index > 0))
    cs_journal_apply (&thing->row, is_cancel ? CS_EVENT_PERSON_CANCEL : CS_EVENT_PERSON_RETRY, world->now_ms,
                      0, 0.5, &error);
}

static void
meddle (World *world)
{
  int number = draw (world, world->n_numbers + 1);
  Record *record = get_record (world, number);

  if (record == NULL)
    add_record (world, number, -1);
  else
    record->is_equal = FALSE;
  world->is_archived = draw (world, 2) == 0;
}

static void
copy_or_restore (World *world)
{
  if (!world->has_copy || draw (world, 3) != 0)
    {
      memcpy (world->copy, world->things, sizeof world->copy);
      world->has_copy = TRUE;
      return;
    }
  memcpy (world->things, world->copy, sizeof world->copy);
  world->was_restored = TRUE;
  for (int i = 0; i < N_ROWS; i++)
    world->things[i].probe_first
        = world->things[i].row.state != CS_JOURNAL_DONE && world->things[i].row.state != CS_JOURNAL_CANCELLED;
  restart (world);
}

/* --- rules --- */

static void
check (World *world)
{
  for (int i = 0; i < N_ROWS; i++)
    {
      const Thing *thing = &world->things[i];
      CsJournalState state = thing->row.state;
      const Record *found = get_record (world, thing->number);
      guint n = count_records (world, i) + (world->late.at_ms != 0 && world->late.thing == i ? 1 : 0);

      if (state == CS_JOURNAL_DONE && (found == NULL || found->owner != i))
        violate (world, "adopts-only-ours: a row is done by what is not it");
      if (n > 0 && !world->is_seen[i] && !world->was_restored
          && (state == CS_JOURNAL_HELD || state == CS_JOURNAL_QUEUED || state == CS_JOURNAL_WAITING
              || state == CS_JOURNAL_CANCELLED))
        violate (world, "not-done-means-not-there: a row that was surely not done is there, or on its way");
    }
}

static gboolean
is_settled (const World *world)
{
  for (int i = 0; i < N_ROWS; i++)
    if (world->things[i].row.state != CS_JOURNAL_DONE && world->things[i].row.state != CS_JOURNAL_CANCELLED)
      return FALSE;
  return TRUE;
}

static void
storm (World *world)
{
  int what = draw (world, 100);

  if (what < 15)
    press (world, draw (world, N_ROWS));
  else if (what < 18)
    restart (world);
  else if (what < 21)
    meddle (world);
  else if (what < 23 && world->seed % 4 == 0)
    copy_or_restore (world);
}

static void
run_steps (World *world)
{
  for (int n = 0; !is_settled (world) && world->violation == NULL; n++)
    {
      int index = draw (world, N_ROWS);

      world->is_stormy = n < STORM_STEPS;
      step (world, index);
      if (world->is_stormy)
        storm (world);
      else if (world->things[index].row.state == CS_JOURNAL_BLOCKED)
        settle_blocked (world, index);
      else if (world->things[0].row.state == CS_JOURNAL_CANCELLED)
        break; /* seen by a person, who links the client to it */
      check (world);
      world->now_ms += draw (world, world->is_stormy ? 4000 : 120000);
      land_what_is_late (world);
      if (n > STEPS_MAX)
        violate (world, "comes-to-rest: there was no end to it");
    }
}

/* The rule that was broken, or NULL. */
static const char *
run_world (guint32 seed, guint *n_done)
{
  World *world = g_new0 (World, 1);
  const char *violation = NULL;

  world->seed = seed;
  world->rand = g_rand_new_with_seed (seed);
  world->now_ms = 1000000;
  world->epoch = 1;
  world->n_numbers = N_ROWS;
  world->records = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (int i = 0; i < N_ROWS; i++)
    world->things[i]
        = (Thing){ .row = { .state = CS_JOURNAL_HELD, .next_ms = world->now_ms + 10000 }, .number = i };
  run_steps (world);
  for (int i = 0; i < N_ROWS; i++)
    *n_done += world->things[i].row.state == CS_JOURNAL_DONE ? 1 : 0;
  violation = world->violation;
  g_hash_table_unref (world->records);
  g_rand_free (world->rand);
  g_free (world);
  return violation;
}

static gboolean
run_worlds (guint32 first, guint32 n, guint *n_done)
{
  for (guint32 seed = first; seed < first + n; seed++)
    {
      const char *violation = run_world (seed, n_done);

      if (violation == NULL)
        continue;
      g_printerr ("seed %u: %s\n  replay it: simulation-engine --seed %u\n", seed, violation, seed);
      return FALSE;
    }
  return TRUE;
}

static void
test_worlds (void)
{
  guint32 n = g_strcmp0 (g_getenv ("COUNTERSIGN_NIGHTLY"), "1") == 0 ? N_WORLDS_NIGHTLY : N_WORLDS;
  guint n_done = 0;

  g_assert_true (run_worlds (1, n, &n_done));
  g_test_message ("%u worlds, %u rows done", n, n_done);
  /* Most of it must come through. */
  g_assert_cmpuint (n_done, >, n * 2);
}

int
main (int argc, char **argv)
{
  guint n_done = 0;

  if (argc == 3 && g_str_equal (argv[1], "--seed"))
    return run_worlds ((guint32)g_ascii_strtoull (argv[2], NULL, 10), 1, &n_done) ? 0 : 3;
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulation/B-02-the-engine-in-seeded-worlds", test_worlds);
  return g_test_run ();
}
