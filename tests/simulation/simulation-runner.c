/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-disk.h"
#include "simulation-world.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The real session and pusher, with real SQLite on a disk that fails, in seeded worlds [B-02]. Without
 * arguments, or with --part N --parts N for one of so many that run side by side: as a test. Else --seed N
 * [--loud] replays one world, and --worlds N runs those from 1 to N; the first that breaks a rule is printed
 * with it, and the exit code is 3. --without RULE leaves one aside. */

#define N_WORLDS 500
#define N_WORLDS_NIGHTLY 20000
#define STORM_STEPS 120
#define CALM_ROUNDS 60
#define LONGEST_MS 40000

static volatile guint32 current_seed;

static void
say_seed (int signal_number)
{
  char words[64];
  int size = g_snprintf (words, sizeof words, "\nseed %u: ended by signal %d\n", current_seed, signal_number);

  if (write (STDERR_FILENO, words, (gsize)size) < 0)
    _exit (4);
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

/* --- one world --- */

static void
ensure_open (World *world)
{
  g_autoptr (GError) error = NULL;

  if (world->session != NULL)
    return;
  if (!world_open (world, &error) && world->is_calm)
    books_violate (world->books, "opens-again", "%s", error->message);
}

static void
storm (World *world)
{
  for (int step = 0; step < STORM_STEPS && world->books->violation == NULL; step++)
    {
      int what = world_draw (world, 100);

      ensure_open (world);
      if (what < 8)
        trouble_strike (world);
      else if (world->session == NULL)
        simulation_disk_mend ();
      else if (what < 35)
        people_act_at_the_desk (world);
      else if (what < 40)
        people_act_at_the_ledger (world);
      else
        world_pass_time (world, world_draw (world, LONGEST_MS));
      if (world->session != NULL && world_chance (world, 30))
        check_now (world);
      world->tally.n_steps++;
    }
}

static gboolean
is_at_rest (World *world)
{
  g_autoptr (GPtrArray) rows = check_list_journal (world);
  gboolean is_resting = rows != NULL;

  for (guint i = 0; is_resting && i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);

      is_resting = entry->state == CS_JOURNAL_DONE || entry->state == CS_JOURNAL_CANCELLED
                   || (entry->state == CS_JOURNAL_BLOCKED && !world->is_calm);
    }
  return is_resting;
}

/* The network heals, the disk too, and people settle what is in front of them. */
static void
calm (World *world)
{
  trouble_end (world);
  world_close_session (world, &world->previous);
  ensure_open (world);
  if (world->session == NULL)
    return;
  for (int round = 0; round < CALM_ROUNDS && world->books->violation == NULL; round++)
    {
      g_autoptr (GError) error = NULL;

      people_sign_in (world);
      people_accept_what_was_lost (world);
      people_accept_the_rest (world);
      error = world_await (world, cs_session_sync_now (world->session));
      if (error != NULL)
        world_say (world, "sync: %s", error->message);
      for (int i = 0; i < 30; i++)
        world_pass_time (world, LONGEST_MS);
      check_now (world);
      if (is_at_rest (world) && g_hash_table_size (world->accepted) == WORLD_N_PROPOSALS)
        break;
      people_settle_blocked (world, TRUE);
    }
}

static void
rest (World *world)
{
  g_autoptr (GError) error = NULL;

  if (world->session == NULL || world->books->violation != NULL)
    return;
  /* Twice: the first may be the one that was in the air already. */
  for (int i = 0; i < 2; i++)
    {
      g_clear_error (&error);
      people_sign_in (world);
      error = world_await (world, cs_session_pull_now (world->session));
    }
  if (error != NULL)
    books_violate (world->books, "everything-comes-to-rest", "the last pull: %s", error->message);
  check_at_rest (world);
}

static void
add_tally (Tally *total, const Tally *one)
{
  guint *sums = (guint *)total;
  const guint *numbers = (const guint *)one;

  for (gsize i = 0; i < sizeof *total / sizeof (guint); i++)
    sums[i] += numbers[i];
}

/* (transfer full) (nullable): the rule that was broken. */
static char *
run_world (guint32 seed, gboolean is_loud, Tally *total)
{
  World *world = world_new (seed, is_loud);
  char *violation = NULL;

  current_seed = seed;
  storm (world);
  if (world->books->violation == NULL)
    calm (world);
  rest (world);
  world_close (world);
  add_tally (total, &world->tally);
  violation = g_steal_pointer (&world->books->violation);
  world_free (world);
  return violation;
}

static gboolean
run_worlds (guint32 first, guint32 n, gboolean is_loud, Tally *total)
{
  for (guint32 seed = first; seed < first + n; seed++)
    {
      g_autofree char *violation = run_world (seed, is_loud, total);

      if (violation == NULL)
        continue;
      g_printerr ("seed %u: %s\n  replay it: simulation-runner --seed %u --loud\n", seed, violation, seed);
      return FALSE;
    }
  return TRUE;
}

static void
print_tally (const Tally *tally, guint32 n_worlds)
{
  g_print ("# %u worlds, %u steps: %u crashes (%u with the power cut), %u disk faults, %u restores, %u "
           "takeovers, %u doubts seen; %u merges, %u changes of billing, %u sent after all; "
           "%u rows done, %u of them taken over by a person, %u with a person, %u cancelled\n",
           n_worlds, tally->n_steps, tally->n_crashes, tally->n_cuts, tally->n_faults, tally->n_restores,
           tally->n_takeovers, tally->n_doubts, tally->n_merges, tally->n_changes, tally->n_sent_after_all,
           tally->n_done, tally->n_adopted, tally->n_blocked, tally->n_cancelled);
}

/* Of all worlds that are run. */
typedef struct
{
  guint32 part; /* the first is 1 */
  guint32 n_parts;
} Share;

static void
test_worlds (gconstpointer data)
{
  const Share *share = data;
  guint32 n_all = g_strcmp0 (g_getenv ("COUNTERSIGN_NIGHTLY"), "1") == 0 ? N_WORLDS_NIGHTLY : N_WORLDS;
  guint32 first = n_all * (share->part - 1) / share->n_parts;
  guint32 n_worlds = n_all * share->part / share->n_parts - first;
  Tally tally = { 0 };

  g_assert_true (run_worlds (first + 1, n_worlds, FALSE, &tally));
  print_tally (&tally, n_worlds);
  /* The storms must be storms, and most of what was accepted must come through. */
  g_assert_cmpuint (tally.n_doubts, >, n_worlds);
  g_assert_cmpuint (tally.n_crashes, >, n_worlds / 2);
  g_assert_cmpuint (tally.n_restores, >, n_worlds / 50);
  g_assert_cmpuint (tally.n_done, >, n_worlds * 4);
  g_assert_cmpuint (tally.n_merges, >, n_worlds / 4);
  g_assert_cmpuint (tally.n_changes, >, n_worlds / 4);
  g_assert_cmpuint (tally.n_sent_after_all, >, n_worlds / 20);
  g_assert_cmpuint (tally.n_adopted, >, n_worlds / 50);
}

static const char *
find_word (int argc, char **argv, const char *name)
{
  for (int i = 1; i + 1 < argc; i++)
    if (g_str_equal (argv[i], name))
      return argv[i + 1];
  return NULL;
}

static guint32
find_number (int argc, char **argv, const char *name)
{
  const char *word = find_word (argc, argv, name);

  return word != NULL ? (guint32)g_ascii_strtoull (word, NULL, 10) : 0;
}

int
main (int argc, char **argv)
{
  guint32 seed = find_number (argc, argv, "--seed");
  guint32 n_worlds = find_number (argc, argv, "--worlds");
  gboolean is_loud = argc > 1 && g_str_equal (argv[argc - 1], "--loud");
  Share share = { MAX (find_number (argc, argv, "--part"), 1), MAX (find_number (argc, argv, "--parts"), 1) };
  Tally tally = { 0 };

  g_setenv ("TZ", "UTC", TRUE);
  books_leave_aside (find_word (argc, argv, "--without"));
  signal (SIGABRT, say_seed);
  signal (SIGSEGV, say_seed);
  dex_init ();
  simulation_disk_register ();
  if (seed != 0 || n_worlds != 0)
    {
      gboolean is_sound = run_worlds (seed != 0 ? seed : 1, n_worlds != 0 ? n_worlds : 1, is_loud, &tally);

      print_tally (&tally, n_worlds != 0 ? n_worlds : 1);
      return is_sound ? 0 : 3;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/simulation/B-02-the-runner-in-seeded-worlds", &share, test_worlds);
  return g_test_run ();
}
