/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-keyring.h"

#include "cs-http-check.h"
#include "cs-keyring-file.h"
#include "cs-secret.h"
#include "cs-turns.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#define SCHEMA_NAME "io.github.countersign.Countersign.Grant"
/* Programs that aren't ours don't know our lock. */
#define TRIES_MAX 4u

static const SecretSchema grant_schema = {
  .name = SCHEMA_NAME,
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "practice", SECRET_SCHEMA_ATTRIBUTE_STRING },
                  { "grant", SECRET_SCHEMA_ATTRIBUTE_STRING },
                  { NULL, 0 } },
};

/* One write. */
typedef struct
{
  GHashTable *attributes;
  char *label; /* (nullable): clear */
  char *value; /* (nullable): clear; secret */
  gboolean is_replacing;
  char *expected; /* (nullable): not there */
  DexFuture *turn;
  CsTurn *held; /* (nullable) */
} Write;

static void
write_clear (gpointer data)
{
  Write *write = data;

  g_hash_table_unref (write->attributes);
  g_free (write->label);
  cs_secret_free (write->value);
  g_free (write->expected);
  dex_clear (&write->turn);
  g_clear_pointer (&write->held, cs_turn_end);
}

static void
write_release (gpointer data)
{
  g_rc_box_release_full (data, write_clear);
}

/* libsecret's connection is the process's, and so is this queue. */
static CsTurns *
get_turns (void)
{
  static CsTurns *turns;

  if (g_once_init_enter_pointer (&turns))
    g_once_init_leave_pointer (&turns, cs_turns_new ());
  return turns;
}

static GHashTable *
attributes_of (const char *practice_id, const char *grant_id)
{
  return secret_attributes_build (&grant_schema, "practice", practice_id, "grant", grant_id, NULL);
}

/* --- errors --- */

/** cs_keyring_error_locked: Returns: (transfer full): VAULT_LOCKED, and what to do */
GError *
cs_keyring_error_locked (void)
{
  return cs_remote_error_new (
      CS_REMOTE_ERROR_VAULT_LOCKED, _ ("The keyring is locked."), NULL,
      _ ("Unlock it when asked, then try again: the sign-in is kept there and nowhere else."));
}

/** cs_keyring_error_absent: Returns: (transfer full): VAULT_ABSENT, with @words (nullable) and what to do */
GError *
cs_keyring_error_absent (const char *words)
{
  return cs_remote_error_new (
      CS_REMOTE_ERROR_VAULT_ABSENT, _ ("This desktop has no keyring that Countersign can use."), words,
      _ ("Install or start one (GNOME Keyring, KWallet or KeePassXC), then try again: the "
         "sign-in is kept there and nowhere else."));
}

static gboolean
is_in_use (const GError *cause)
{
  return g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG)
         || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_BUSY);
}

/* It is there, and did not keep or give what it was asked for: a file that can't be written, most of all. */
static GError *
failed_by (const GError *cause)
{
  if (is_in_use (cause))
    return cs_remote_error_new (CS_REMOTE_ERROR_VAULT_FAILED,
                                _ ("Another program is writing to the keyring all the time."), cause->message,
                                _ ("Close it, then try again."));
  return cs_remote_error_new (
      CS_REMOTE_ERROR_VAULT_FAILED, _ ("The keyring is there, but its file can’t be used."), cause->message,
      _ ("See that the disk isn’t full and that the file may be written, then try again."));
}

/* A bus that can't be reached has some of GIO's codes, too; so only where there is a file. */
static gboolean
is_about_file (const GError *cause)
{
  static const int codes[] = { G_IO_ERROR_WRONG_ETAG,        G_IO_ERROR_BUSY,
                               G_IO_ERROR_NO_SPACE,          G_IO_ERROR_READ_ONLY,
                               G_IO_ERROR_PERMISSION_DENIED, G_IO_ERROR_NOT_DIRECTORY,
                               G_IO_ERROR_IS_DIRECTORY,      G_IO_ERROR_NOT_REGULAR_FILE,
                               G_IO_ERROR_NOT_FOUND,         G_IO_ERROR_CANT_CREATE_BACKUP };

  if (!cs_keyring_is_file ())
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (cause, G_IO_ERROR, codes[i]))
      return TRUE;
  return g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_INVALID_FILE_FORMAT)
         || g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_PROTOCOL);
}

/* environment.md section 4, the table of states; a locked keyring is a state of its own (style.md 3.5-6). In
 * Flatpak, the portal's "user interaction failed" means that nobody opened it (flatpak.md, secrets matrix).
 */
static GError *
translate (GError *cause)
{
  g_autoptr (GError) owned = cause;

  if (cs_error_is_cancelled (cause) || cause->domain == CS_REMOTE_ERROR)
    return g_steal_pointer (&owned);
  if (g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
      || g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT)
      || strstr (cause->message, "user interaction failed") != NULL)
    return cs_keyring_error_locked ();
  return is_about_file (cause) ? failed_by (cause) : cs_keyring_error_absent (cause->message);
}

/* --- the adapters to libsecret ---
 *
 * A locked keyring blocks until its prompt is answered, and whoever waits may give up at any time: the fiber
 * then goes on at once, while the call is left to end by itself, unheard. It is not cancelled: with a prompt
 * open that makes gnome-keyring-daemon 48 crash, and libsecret 0.21.7 return an error that is NULL (measured:
 * tests/remote/test-keyring.c drops one). */

static void
on_stored (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, error != NULL ? error : cs_keyring_error_locked ());
}

static DexFuture *
call_store (const Write *write)
{
  DexPromise *promise = dex_promise_new ();

  secret_password_storev (&grant_schema, write->attributes, SECRET_COLLECTION_DEFAULT, write->label,
                          write->value, NULL, on_stored, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
on_cleared (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;
  gboolean is_removed = secret_password_clear_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_boolean (promise, is_removed);
}

static DexFuture *
call_clear (const Write *write)
{
  DexPromise *promise = dex_promise_new ();

  secret_password_clearv (&grant_schema, write->attributes, NULL, on_cleared, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
on_looked_up (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;
  SecretValue *value = secret_password_lookup_binary_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, translate (error));
  else
    dex_promise_resolve_boxed (promise, SECRET_TYPE_VALUE, value);
}

static DexFuture *
call_look_up (GHashTable *attributes)
{
  DexPromise *promise = dex_promise_new ();

  secret_password_lookupv (&grant_schema, attributes, NULL, on_looked_up, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static gboolean
holds_locked_item (GList *items)
{
  for (GList *item = items; item != NULL; item = item->next)
    if (SECRET_IS_ITEM (item->data) && secret_item_get_locked (item->data))
      return TRUE;
  return FALSE;
}

static void
on_searched (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, translate (error));
  else
    dex_promise_resolve_boolean (promise, holds_locked_item (items));
  g_list_free_full (items, g_object_unref);
}

/* --- writing --- */

/* Whether the item is what whoever writes has seen. */
static gboolean
is_as_expected (const Write *write, gboolean *is_expected, GError **error)
{
  GError *failed = NULL;
  SecretValue *value = cs_await_boxed (call_look_up (write->attributes), &failed);

  *is_expected = g_strcmp0 (value != NULL ? secret_value_get_text (value) : NULL, write->expected) == 0;
  g_clear_pointer (&value, secret_value_unref);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/* One try, under the lock. @is_expected: FALSE, and nothing was written. */
static gboolean
write_once (const Write *write, gboolean *is_expected, GError **error)
{
  g_autoptr (CsKeyringLock) lock = NULL;
  g_autoptr (GError) failed = NULL;
  gboolean is_done;

  lock = cs_keyring_file_lock (&failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  cs_keyring_file_refresh ();
  if (write->is_replacing && !is_as_expected (write, is_expected, error))
    return FALSE;
  if (!*is_expected)
    return TRUE;
  is_done = cs_await (write->value != NULL ? call_store (write) : call_clear (write), &failed);
  cs_keyring_file_written (is_done);
  if (!is_done)
    g_propagate_error (error, g_steal_pointer (&failed));
  return is_done;
}

/* Goes on though nobody waits: the next write may begin only when libsecret is done with this one. */
static DexFuture *
write_fiber (gpointer data)
{
  const Write *write = data;
  gboolean is_expected = TRUE;

  for (guint n_tries = 1;; n_tries++)
    {
      GError *error = NULL;

      if (write_once (write, &is_expected, &error))
        return dex_future_new_for_boolean (is_expected);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG) || n_tries == TRIES_MAX)
        return cs_future_new_take_error (translate (error));
      g_clear_error (&error);
    }
}

static DexFuture *
queue_fiber (gpointer data)
{
  Write *write = data;
  GError *error = NULL;

  write->held = cs_await_record (g_steal_pointer (&write->turn), &error);
  if (write->held == NULL)
    return cs_future_new_take_error (error);
  if (!cs_is_waited_for ())
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits any more");
  return cs_spawn_to_the_end (write_fiber, g_rc_box_acquire (write), write_release);
}

static Write *
write_new (const char *practice_id, const char *grant_id)
{
  Write *write = g_rc_box_new0 (Write);

  write->attributes = attributes_of (practice_id, grant_id);
  return write;
}

/* Its place in the queue is that of the call, not of the fiber's start. */
static DexFuture *
queue_up (Write *write)
{
  write->turn = cs_turns_wait (get_turns ());
  return cs_spawn (queue_fiber, write, write_release);
}

/* --- the door --- */

/**
 * cs_keyring_store:
 * @practice_id: whose
 * @grant_id: which item
 * @label: what the keyring's list calls it
 * @value: what to keep; replaces what was
 *
 * Returns: (transfer full): resolves once it is kept; VAULT_LOCKED, VAULT_ABSENT, VAULT_FAILED
 */
DexFuture *
cs_keyring_store (const char *practice_id, const char *grant_id, const char *label, const char *value)
{
  Write *write;

  g_return_val_if_fail (practice_id != NULL && grant_id != NULL && label != NULL && value != NULL, NULL);

  write = write_new (practice_id, grant_id);
  write->label = g_strdup (label);
  write->value = g_strdup (value);
  return queue_up (write);
}

/**
 * cs_keyring_replace:
 * @practice_id: whose
 * @grant_id: which item
 * @label: what the keyring's list calls it
 * @expected: (nullable): what was read before; %NULL: that there is none
 * @value: what to keep instead
 *
 * Returns: (transfer full): of a boolean: whether it was as expected and is replaced; else as
 * cs_keyring_store()
 */
DexFuture *
cs_keyring_replace (const char *practice_id,
                    const char *grant_id,
                    const char *label,
                    const char *expected,
                    const char *value)
{
  Write *write;

  g_return_val_if_fail (practice_id != NULL && grant_id != NULL && label != NULL && value != NULL, NULL);

  write = write_new (practice_id, grant_id);
  write->label = g_strdup (label);
  write->value = g_strdup (value);
  write->is_replacing = TRUE;
  write->expected = g_strdup (expected);
  return queue_up (write);
}

/** cs_keyring_clear: Returns: (transfer full): resolves when it is not there, also if it wasn't */
DexFuture *
cs_keyring_clear (const char *practice_id, const char *grant_id)
{
  g_return_val_if_fail (practice_id != NULL && grant_id != NULL, NULL);

  return queue_up (write_new (practice_id, grant_id));
}

/** cs_keyring_look_up: Returns: (transfer full): of a boxed #SecretValue; %NULL means "not there" or "nobody
 * opened it" (environment.md section 4) */
DexFuture *
cs_keyring_look_up (const char *practice_id, const char *grant_id)
{
  g_autoptr (GHashTable) attributes = NULL;

  g_return_val_if_fail (practice_id != NULL && grant_id != NULL, NULL);

  attributes = attributes_of (practice_id, grant_id);
  cs_keyring_file_refresh ();
  return call_look_up (attributes);
}

/** cs_keyring_is_locked: Returns: (transfer full): of a boolean: whether it is there, and locked */
DexFuture *
cs_keyring_is_locked (const char *practice_id, const char *grant_id)
{
  g_autoptr (GHashTable) attributes = NULL;
  DexPromise *promise;

  g_return_val_if_fail (practice_id != NULL && grant_id != NULL, NULL);

  attributes = attributes_of (practice_id, grant_id);
  promise = dex_promise_new ();
  cs_keyring_file_refresh ();
  secret_password_searchv (&grant_schema, attributes, SECRET_SEARCH_NONE, NULL, on_searched,
                           dex_ref (promise));
  return DEX_FUTURE (promise);
}
