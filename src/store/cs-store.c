/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/random.h>

/* Of a planned invoice that a person decided on. */
typedef struct
{
  CsDate date; /* CS_DATE_NONE: it is about something else */
  CsMoney was;
  CsMoney is;
} CsStoreErrorPrivate;

static void
cs_store_error_private_init (CsStoreErrorPrivate *changed)
{
  g_assert (changed != NULL);
  changed->date = CS_DATE_NONE;
}

static void
cs_store_error_private_copy (const CsStoreErrorPrivate *changed, CsStoreErrorPrivate *copy)
{
  g_assert (changed != NULL && copy != NULL);
  *copy = *changed;
}

static void
cs_store_error_private_clear (CsStoreErrorPrivate *changed)
{
}

G_DEFINE_EXTENDED_ERROR (CsStoreError, cs_store_error)

/** cs_store_error_set_changed: of a planned invoice of @date, that it came to @was, and comes to @is by now.
 */
void
cs_store_error_set_changed (GError **error, CsDate date, CsMoney was, CsMoney is)
{
  g_autofree char *day = cs_date_to_string (date);
  g_autofree char *before = cs_money_to_string (was);
  g_autofree char *now = cs_money_to_string (is);
  g_autoptr (GError) stale = NULL;
  CsStoreErrorPrivate *changed;

  g_return_if_fail (cs_date_is_set (date));

  stale = g_error_new (CS_STORE_ERROR, CS_STORE_ERROR_STALE,
                       /* Translators: a date and two amounts. */
                       _ ("The invoice of %1$s came to %2$s when you decided, and comes to %3$s by now. "
                          "Nothing was done: look at it, and decide again."),
                       day, before, now);
  changed = cs_store_error_get_private (stale);
  g_assert (changed != NULL);
  *changed = (CsStoreErrorPrivate){ date, was, is };
  g_propagate_error (error, g_steal_pointer (&stale));
}

/** cs_store_error_get_changed: Returns: whether @error is one of cs_store_error_set_changed(), and says this
 */
gboolean
cs_store_error_get_changed (const GError *error, CsDate *date, CsMoney *was, CsMoney *is)
{
  const CsStoreErrorPrivate *changed;

  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain != CS_STORE_ERROR)
    return FALSE;
  changed = cs_store_error_get_private (error);
  g_assert (changed != NULL);
  *date = changed->date;
  *was = changed->was;
  *is = changed->is;
  return cs_date_is_set (changed->date);
}

static void
draw_from_system (guint8 *bytes, gsize size, gpointer data)
{
  if (getrandom (bytes, size, 0) != (gssize)size)
    g_error ("The system gave no random bytes");
}

static gboolean
load_actor (CsStore *store, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);

  if (settings == NULL)
    return FALSE;
  cs_store_set_actor (store, settings->actor);
  return TRUE;
}

static gboolean
finish_transaction (gpointer data, GError **error)
{
  CsStore *store = data;

  return cs_store_write_kept (store, error) && cs_store_write_alerts (store, error);
}

/**
 * cs_store_open:
 * @path: the practice's file; for writing, it is made (0600, its folder 0700) and brought to the newest
 * version
 * @flags: how
 * @clock: (transfer none): outlives the store
 * @error: return location
 *
 * Design.md section 4. A file that is refused stays as it was, byte for byte.
 *
 * Returns: (transfer full) (nullable): the store; %NULL with %CS_STORE_ERROR_TOO_NEW,
 * %CS_STORE_ERROR_DAMAGED, %CS_STORE_ERROR_NOT_FOUND (only when reading), %CS_STORE_ERROR_FULL,
 * %CS_STORE_ERROR_LOCKED or %CS_STORE_ERROR_FAILED
 */
CsStore *
cs_store_open (const char *path, CsStoreFlags flags, const CsClock *clock, GError **error)
{
  g_autoptr (CsStore) store = NULL;
  gboolean read_only = (flags & CS_STORE_READ_ONLY) != 0;

  g_return_val_if_fail (path != NULL && clock != NULL, NULL);

  store = g_new0 (CsStore, 1);
  store->clock = clock;
  store->random = draw_from_system;
  store->actor = g_strdup ("");
  store->lock_fd = -1;
  store->sql = cs_sql_open (path, read_only, &cs_practice_schema, clock, error);
  if (store->sql == NULL || (!read_only && !cs_store_ensure_practice (store, error))
      || !load_actor (store, error))
    return NULL;
  cs_sql_set_before_commit (store->sql, finish_transaction, store);
  if (!read_only && !cs_store_watch_alerts (store, error))
    return NULL;
  return g_steal_pointer (&store);
}

/**
 * cs_store_close:
 * @store: (transfer full) (nullable): a store
 */
void
cs_store_close (CsStore *store)
{
  if (store == NULL)
    return;
  g_clear_pointer (&store->sql, cs_sql_close);
  g_clear_fd (&store->lock_fd, NULL);
  g_free (store->actor);
  g_free (store);
}

/**
 * cs_store_release_memory:
 * @store: a store
 *
 * For who has nothing to ask for a while. What is asked next is read from the file again.
 *
 * Returns: how many bytes of the file were kept at hand
 */
gsize
cs_store_release_memory (CsStore *store)
{
  g_return_val_if_fail (store != NULL, 0);

  return cs_sql_release_memory (store->sql);
}

/**
 * cs_store_set_random:
 * @store: a store
 * @random: (nullable): fills bytes; %NULL for the system's own
 * @data: handed to @random
 *
 * So that a test can say which ids come next.
 */
void
cs_store_set_random (CsStore *store, CsStoreRandom random, gpointer data)
{
  g_return_if_fail (store != NULL);

  store->random = random != NULL ? random : draw_from_system;
  store->random_data = data;
}

/**
 * cs_store_new_uuid:
 * @store: a store
 *
 * Returns: an id that nothing has yet
 */
CsUuid
cs_store_new_uuid (CsStore *store)
{
  guint8 bytes[16];

  store->random (bytes, sizeof bytes, store->random_data);
  return cs_uuid_from_random (bytes);
}

/**
 * cs_store_get_data_version:
 * @store: a store
 *
 * Returns: a number that changes when another connection wrote; 0 when the file cannot be asked
 */
gint64
cs_store_get_data_version (CsStore *store)
{
  gint64 version = 0;

  return cs_sql_read_pragma (store->sql, "PRAGMA data_version", &version, NULL) ? version : 0;
}

/**
 * cs_store_set_actor:
 * @store: a store
 * @actor: (nullable): the team member at this desk, whose name the audit rows carry
 */
void
cs_store_set_actor (CsStore *store, const char *actor)
{
  g_return_if_fail (store != NULL);

  g_set_str (&store->actor, actor != NULL ? actor : "");
}

gboolean
cs_store_refuse (GError **error, CsStoreError code, const char *words)
{
  g_set_error_literal (error, CS_STORE_ERROR, code, words);
  return FALSE;
}

gint64
cs_store_now_ms (CsStore *store)
{
  return cs_clock_now_ms (store->clock);
}
