/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-clients.h"

#include "cs-session-private.h"
#include "cs-store-clients.h"

typedef struct
{
  CsSession *session;
  GPtrArray *clients;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->session);
  g_ptr_array_unref (saving->clients);
  g_free (saving);
}

static GPtrArray *
copy_clients (GPtrArray *clients)
{
  GPtrArray *copies = g_ptr_array_new_full (clients->len, (GDestroyNotify)cs_client_free);

  for (guint i = 0; i < clients->len; i++)
    g_ptr_array_add (copies, cs_client_copy (g_ptr_array_index (clients, i)));
  return copies;
}

static gpointer
save_job (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) clients = copy_clients (data);

  return cs_store_save_clients (store, clients, error) ? g_steal_pointer (&clients) : NULL;
}

static DexFuture *
save_fiber (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *clients = cs_await_record (
      cs_session_write (saving->session, save_job, g_ptr_array_ref (saving->clients),
                        (GDestroyNotify)g_ptr_array_unref, (GDestroyNotify)g_ptr_array_unref),
      &error);

  if (clients == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  cs_session_emit_changed (saving->session, CS_CHANGE_CLIENTS);
  cs_session_wake (saving->session);
  return cs_future_new_for_record (clients, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * cs_session_save_clients:
 * @session: an open session
 * @clients: (element-type CsClient): new ones and changed ones; copied
 *
 * Returns: (transfer full): of the clients as saved; else as cs_store_save_clients(), and none is
 */
DexFuture *
cs_session_save_clients (CsSession *session, GPtrArray *clients)
{
  Saving *saving;

  g_return_val_if_fail (CS_IS_SESSION (session) && clients != NULL, NULL);

  saving = g_new0 (Saving, 1);
  saving->session = g_object_ref (session);
  saving->clients = copy_clients (clients);
  return cs_spawn_to_the_end (save_fiber, saving, saving_free);
}
