/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-world.h"

#include "simulation-disk.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* What strikes from outside: the network, the ledger's limits, the disk, the power, the clock, and people who
 * bring a backup back. */

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define FILE_NAME "practice.sqlite"

static char *
get_path (World *world)
{
  return g_build_filename (world->practice->folder, FILE_NAME, NULL);
}

/* --- the network and the limits --- */

static void
change_weather (World *world)
{
  Weather *weather = &world->weather;

  weather->unreachable = world_chance (world, 40) ? world_draw (world, 60) : 0;
  weather->let_go = world_chance (world, 30) ? world_draw (world, 20) : 0;
  weather->lost_before = world_chance (world, 50) ? world_draw (world, 40) : 0;
  weather->lost_after = world_chance (world, 50) ? world_draw (world, 50) : 0;
  weather->late = world_chance (world, 30) ? world_draw (world, 40) : 0;
}

static void
reach_a_limit (World *world)
{
  Weather *weather = &world->weather;
  gboolean is_day = world_chance (world, 20);

  weather->retry_after_ms = is_day ? world_draw (world, 24) * HOUR_MS : world_draw (world, 60) * 1000;
  weather->busy_until_ms = world->books->now_ms + weather->retry_after_ms;
}

/* --- the clock --- */

static void
sleep_for_long (World *world)
{
  gint64 until_ms = world->books->now_ms + world_draw (world, 72) * HOUR_MS;

  /* What was on its way arrives while the machine sleeps; nobody hears the answer before it wakes. */
  world->books->now_ms = until_ms;
  world_pass_time (world, 1);
}

/* Nothing may be late meanwhile: how soon a late call lands is said in true time, and the probe waits by the
 * desk's. */
static void
set_the_clock (World *world)
{
  if (world->calls->len > 0)
    return;
  world->offset_ms += (world_draw (world, 21) - 10) * HOUR_MS / 10;
  world_say (world, "the clock was set");
}

/* --- the disk --- */

static void
spoil_the_disk (World *world)
{
  static const int codes[] = { SQLITE_IOERR_WRITE, SQLITE_FULL, SQLITE_IOERR_FSYNC };

  simulation_disk_fail ((guint)world_draw (world, 20), 1 + (guint)world_draw (world, 8),
                        codes[world_draw (world, G_N_ELEMENTS (codes))]);
  world->tally.n_faults++;
  world_say (world, "the disk fails");
}

/* --- copies --- */

static void
make_backup (World *world)
{
  g_autofree char *path = get_path (world);
  g_autofree char *statement = NULL;
  sqlite3 *handle = NULL;

  if (simulation_disk_is_failing ())
    return;
  g_free (world->backup);
  world->backup = g_build_filename (world->folder, "backup.sqlite", NULL);
  g_unlink (world->backup);
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  statement = g_strdup_printf ("VACUUM INTO '%s'", world->backup);
  if (sqlite3_exec (handle, statement, NULL, NULL, NULL) != SQLITE_OK)
    g_clear_pointer (&world->backup, g_free);
  sqlite3_close (handle);
  world_say (world, "backup");
}

static void
remove_logs (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  g_unlink (log);
  g_unlink (index);
}

static void
write_file (const char *path, const char *bytes, gsize size, GFileSetContentsFlags flags)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, bytes, (gssize)size, flags, 0600, &error);
  g_assert_no_error (error);
}

/* Into the same file, in its place by renaming, or as a copy on what may as well be another desk. */
static void
restore_backup (World *world)
{
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  int how = world_draw (world, 3);

  if (world->backup == NULL)
    return;
  world_crash (world);
  g_file_get_contents (world->backup, &bytes, &size, &error);
  g_assert_no_error (error);
  if (how == 2)
    {
      g_autofree char *name = g_strdup_printf ("desk-%u", ++world->n_folders);

      g_free (world->practice->folder);
      world->practice->folder = g_build_filename (world->folder, name, NULL);
      g_assert_cmpint (g_mkdir (world->practice->folder, 0700), ==, 0);
    }
  path = get_path (world);
  remove_logs (path);
  write_file (path, bytes, size, how == 1 ? G_FILE_SET_CONTENTS_CONSISTENT : G_FILE_SET_CONTENTS_NONE);
  simulation_disk_forget ();
  world->tally.n_restores++;
  /* What was sent since may be there without the file's knowing. */
  world->was_restored = TRUE;
  world->books->keys_may_return = TRUE;
  world_say (world, "restored, way %d", how);
}

/* --- another process --- */

/* The second one must be told who holds the practice, and change nothing. */
static void
open_a_second (World *world)
{
  CsSession *first = g_steal_pointer (&world->session);
  g_autoptr (GError) error = NULL;

  if (first == NULL)
    return;
  if (simulation_disk_is_failing ())
    {
      world->session = first;
      return;
    }
  if (world_open (world, &error))
    {
      books_violate (world->books, "one-process-sends", "a second session opened the practice");
      world_close (world);
    }
  else if (!g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED))
    books_violate (world->books, "one-process-sends", "a second session was told: %s", error->message);
  world->session = first;
}

/* The lock is lost under a process that stands still, as when a folder on the network comes back after a cut:
 * another takes over, and then the first goes on. It must send nothing any more. */
static void
take_over (World *world)
{
  g_autofree char *lock = g_build_filename (world->practice->folder, "lock", NULL);
  g_autoptr (GError) error = NULL;

  if (world->session == NULL || world->previous != NULL || simulation_disk_is_failing ())
    return;
  world_say (world, "taken over");
  g_unlink (lock);
  world->tally.n_takeovers++;
  world->previous = g_steal_pointer (&world->session);
  world_open (world, &error);
}

static void
end_the_previous (World *world)
{
  world_close_session (world, &world->previous);
}

static void
revoke_grant (World *world)
{
  world->weather.is_revoked = TRUE;
}

static void
lock_keyring (World *world)
{
  world->weather.is_locked = TRUE;
}

static void
close_properly (World *world)
{
  world_close (world);
}

void
trouble_strike (World *world)
{
  static void (*const troubles[]) (World *world)
      = { change_weather, change_weather,   change_weather, change_weather, reach_a_limit,
          reach_a_limit,  sleep_for_long,   set_the_clock,  spoil_the_disk, spoil_the_disk,
          world_crash,    world_crash,      world_crash,    make_backup,    make_backup,
          open_a_second,  end_the_previous, revoke_grant,   lock_keyring,   close_properly };
  int strike = world_draw (world, G_N_ELEMENTS (troubles) + 3);

  /* Not in every world: after a restore less can be said of what is where. */
  if (strike < (int)G_N_ELEMENTS (troubles))
    troubles[strike](world);
  else if (world->seed % 3 == 0)
    restore_backup (world);
  else if (world->seed % 3 == 1)
    take_over (world);
}

void
trouble_end (World *world)
{
  world->weather = (Weather){ 0 };
  simulation_disk_mend ();
  world->is_calm = TRUE;
}
