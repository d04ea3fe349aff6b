/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-ahead.h"

#define READERS 2

struct _CsSessionAhead
{
  const CsClock *clock;
  GMutex mutex;    /* over all below, and held while a thread is waited for */
  GThread *thread; /* (nullable): while nobody has waited for it */
  CsPracticeEntry *entry;
  CsPracticeLock *lock;
  gboolean was_restored;
  CsStore *writer;
  CsStore *readers[READERS];
};

static char *
make_path (const char *folder)
{
  return g_build_filename (folder, "practice.sqlite", NULL);
}

/**
 * cs_session_open_writer:
 * @folder: the practice's
 * @clock: outlives the store
 * @lock: (out): the practice's lock
 * @was_restored: (out): whether the file turned out to be
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the store that sends
 */
CsStore *
cs_session_open_writer (const char *folder,
                        const CsClock *clock,
                        CsPracticeLock **lock,
                        gboolean *was_restored,
                        GError **error)
{
  g_autofree char *path = make_path (folder);
  g_autoptr (CsStore) store = NULL;
  g_autoptr (CsPracticeLock) taken = cs_practice_lock_take (folder, error);

  if (taken == NULL || (store = cs_store_open (path, CS_STORE_READ_WRITE, clock, error)) == NULL
      || !cs_store_claim (store, taken, was_restored, error))
    return NULL;
  *lock = g_steal_pointer (&taken);
  return g_steal_pointer (&store);
}

/** cs_session_open_reader: Returns: (transfer full) (nullable): a store of @folder that only reads */
CsStore *
cs_session_open_reader (const char *folder, const CsClock *clock, GError **error)
{
  g_autofree char *path = make_path (folder);

  return cs_store_open (path, CS_STORE_READ_ONLY, clock, error);
}

static gpointer
ahead_thread (gpointer data)
{
  CsSessionAhead *ahead = data;
  const char *folder = ahead->entry->folder;

  ahead->writer = cs_session_open_writer (folder, ahead->clock, &ahead->lock, &ahead->was_restored, NULL);
  for (gsize i = 0; i < READERS && ahead->writer != NULL; i++)
    ahead->readers[i] = cs_session_open_reader (folder, ahead->clock, NULL);
  return NULL;
}

/** cs_session_ahead_new: Returns: (transfer full): nothing so far, which cs_session_ahead_begin() opens */
CsSessionAhead *
cs_session_ahead_new (const CsClock *clock)
{
  CsSessionAhead *ahead = g_atomic_rc_box_new0 (CsSessionAhead);

  g_mutex_init (&ahead->mutex);
  ahead->clock = clock;
  return ahead;
}

/** cs_session_ahead_ref: Returns: (transfer full): @ahead */
CsSessionAhead *
cs_session_ahead_ref (CsSessionAhead *ahead)
{
  return g_atomic_rc_box_acquire (ahead);
}

static void
clear (gpointer data)
{
  CsSessionAhead *ahead = data;

  g_clear_pointer (&ahead->thread, g_thread_join);
  for (gsize i = 0; i < READERS; i++)
    g_clear_pointer (&ahead->readers[i], cs_store_close);
  g_clear_pointer (&ahead->writer, cs_store_close);
  g_clear_pointer (&ahead->lock, cs_practice_lock_release);
  g_clear_pointer (&ahead->entry, cs_practice_entry_free);
  g_mutex_clear (&ahead->mutex);
}

/** cs_session_ahead_unref: closes what nobody took, with the last of those who hold it. */
void
cs_session_ahead_unref (CsSessionAhead *ahead)
{
  g_atomic_rc_box_release_full (ahead, clear);
}

/**
 * cs_session_ahead_begin:
 * @ahead: nothing so far
 * @entry: whose files to open
 */
void
cs_session_ahead_begin (CsSessionAhead *ahead, const CsPracticeEntry *entry)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&ahead->mutex);

  g_return_if_fail (ahead->entry == NULL);

  ahead->entry = cs_practice_entry_copy (entry);
  ahead->thread = g_thread_new ("ahead", ahead_thread, ahead);
}

static gboolean
wait_for (CsSessionAhead *ahead, const char *folder)
{
  if (ahead->entry == NULL || !g_str_equal (ahead->entry->folder, folder))
    return FALSE;
  g_clear_pointer (&ahead->thread, g_thread_join);
  return TRUE;
}

/**
 * cs_session_ahead_take_writer:
 * @ahead: what may be open
 * @folder: of which practice
 * @lock: (out): its lock, with the store
 * @was_restored: (out): whether the file turned out to be
 *
 * Waits until it is known.
 *
 * Returns: (transfer full) (nullable): the store that sends
 */
CsStore *
cs_session_ahead_take_writer (CsSessionAhead *ahead,
                              const char *folder,
                              CsPracticeLock **lock,
                              gboolean *was_restored)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&ahead->mutex);

  if (!wait_for (ahead, folder) || ahead->writer == NULL)
    return NULL;
  *lock = g_steal_pointer (&ahead->lock);
  *was_restored = ahead->was_restored;
  return g_steal_pointer (&ahead->writer);
}

/** cs_session_ahead_take_reader: Returns: (transfer full) (nullable): a store of @folder that only reads */
CsStore *
cs_session_ahead_take_reader (CsSessionAhead *ahead, const char *folder)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&ahead->mutex);
  CsStore *reader = NULL;

  if (!wait_for (ahead, folder))
    return NULL;
  for (gsize i = 0; i < READERS && reader == NULL; i++)
    reader = g_steal_pointer (&ahead->readers[i]);
  return reader;
}
