/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-sets.h"

#include "cs-session-private.h"
#include "cs-store-sets.h"

typedef struct
{
  CsSession *session;
  CsClientSet *set;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->session);
  cs_client_set_free (saving->set);
  g_free (saving);
}

static gpointer
save_job (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsClientSet) set = cs_client_set_copy (data);

  return cs_store_save_client_set (store, set, error) ? g_steal_pointer (&set) : NULL;
}

static DexFuture *
save_fiber (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  CsClientSet *set = cs_await_record (
      cs_session_write (saving->session, save_job, cs_client_set_copy (saving->set),
                        (GDestroyNotify)cs_client_set_free, (GDestroyNotify)cs_client_set_free),
      &error);

  if (set == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  cs_session_emit_changed (saving->session, CS_CHANGE_CLIENTS);
  return cs_future_new_for_record (set, (GDestroyNotify)cs_client_set_free);
}

/**
 * cs_session_save_client_set:
 * @session: an open session
 * @set: a group or a person; copied
 *
 * Returns: (transfer full): of the #CsClientSet as saved; else as cs_store_save_client_set()
 */
DexFuture *
cs_session_save_client_set (CsSession *session, const CsClientSet *set)
{
  Saving *saving;

  g_return_val_if_fail (CS_IS_SESSION (session) && set != NULL, NULL);

  saving = g_new0 (Saving, 1);
  saving->session = g_object_ref (session);
  saving->set = cs_client_set_copy (set);
  return cs_spawn_to_the_end (save_fiber, saving, saving_free);
}

static gpointer
delete_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_delete_client_set (store, data, error);
  return NULL;
}

/** cs_session_delete_client_set: Returns: (transfer full): resolves once it is gone; as
 * cs_store_delete_client_set() */
DexFuture *
cs_session_delete_client_set (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && id != NULL, NULL);

  return cs_session_command (session, delete_job, g_memdup2 (id, sizeof *id), g_free, CS_CHANGE_CLIENTS);
}
