/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-review.h"

#include "cs-session-private.h"
#include "cs-store-review.h"

#include <glib/gi18n-lib.h>

/* --- pins --- */

typedef struct
{
  CsUuid connection_id;
  GStrv remote_ids;
  gboolean is_pinned;
} Pins;

static void
pins_free (gpointer data)
{
  Pins *pins = data;

  g_strfreev (pins->remote_ids);
  g_free (pins);
}

static gpointer
pin_job (CsStore *store, gpointer data, GError **error)
{
  const Pins *pins = data;

  for (gsize i = 0; pins->remote_ids[i] != NULL; i++)
    if (!cs_store_pin_invoice (store, &pins->connection_id, pins->remote_ids[i], pins->is_pinned, error))
      break;
  return NULL;
}

/**
 * cs_session_pin_invoices:
 * @session: an open session
 * @remote_ids: (array zero-terminated=1): the ledger's ids
 * @is_pinned: whether they are pinned from now on (V-09)
 *
 * Returns: (transfer full): resolves once it is on disk; else what the file said, or
 * %CS_STORE_ERROR_STATE when there was never a ledger
 */
DexFuture *
cs_session_pin_invoices (CsSession *session, const char *const *remote_ids, gboolean is_pinned)
{
  Pins *pins;

  g_return_val_if_fail (CS_IS_SESSION (session) && remote_ids != NULL, NULL);

  if (session->connection == NULL)
    return cs_future_new_take_error (
        g_error_new_literal (CS_STORE_ERROR, CS_STORE_ERROR_STATE, _ ("No ledger is connected.")));
  pins = g_new0 (Pins, 1);
  pins->connection_id = session->connection->id;
  pins->remote_ids = g_strdupv ((char **)remote_ids);
  pins->is_pinned = is_pinned;
  return cs_session_command (session, pin_job, pins, pins_free, CS_CHANGE_PINS);
}

/* --- saved views --- */

typedef struct
{
  CsSession *session;
  CsSavedView *view;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->session);
  cs_saved_view_free (saving->view);
  g_free (saving);
}

static gpointer
save_view_job (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsSavedView) view = cs_saved_view_copy (data);

  return cs_store_save_view (store, view, error) ? g_steal_pointer (&view) : NULL;
}

static DexFuture *
save_view_fiber (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  CsSavedView *view = cs_await_record (
      cs_session_write (saving->session, save_view_job, cs_saved_view_copy (saving->view),
                        (GDestroyNotify)cs_saved_view_free, (GDestroyNotify)cs_saved_view_free),
      &error);

  if (view == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  cs_session_emit_changed (saving->session, CS_CHANGE_VIEWS);
  return cs_future_new_for_record (view, (GDestroyNotify)cs_saved_view_free);
}

/**
 * cs_session_save_view:
 * @session: an open session
 * @view: what a person named; copied
 *
 * Returns: (transfer full): of the #CsSavedView as saved; else as cs_store_save_view()
 */
DexFuture *
cs_session_save_view (CsSession *session, const CsSavedView *view)
{
  Saving *saving;

  g_return_val_if_fail (CS_IS_SESSION (session) && view != NULL, NULL);

  saving = g_new0 (Saving, 1);
  saving->session = g_object_ref (session);
  saving->view = cs_saved_view_copy (view);
  return cs_spawn_to_the_end (save_view_fiber, saving, saving_free);
}

static gpointer
delete_view_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_delete_view (store, data, error);
  return NULL;
}

/** cs_session_delete_view: Returns: (transfer full): resolves once it is gone; as cs_store_delete_view() */
DexFuture *
cs_session_delete_view (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && id != NULL, NULL);

  return cs_session_command (session, delete_view_job, g_memdup2 (id, sizeof *id), g_free, CS_CHANGE_VIEWS);
}

/* --- how the window was left --- */

static gpointer
remember_job (CsStore *store, gpointer data, GError **error)
{
  const char *const *pair = data;

  cs_store_remember (store, pair[0], pair[1], error);
  return NULL;
}

/**
 * cs_session_remember:
 * @session: an open session
 * @name: of what
 * @value: how it was left
 *
 * Returns: (transfer full): resolves once it is on disk; else what the file said
 */
DexFuture *
cs_session_remember (CsSession *session, const char *name, const char *value)
{
  const char *const pair[] = { name, value, NULL };

  g_return_val_if_fail (CS_IS_SESSION (session) && name != NULL && value != NULL, NULL);

  return cs_session_write (session, remember_job, g_strdupv ((char **)pair), (GDestroyNotify)g_strfreev,
                           NULL);
}
