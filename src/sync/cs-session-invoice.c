/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-invoice.h"

#include <glib/gi18n-lib.h>

#include "cs-session-private.h"

typedef struct
{
  CsSession *session;
  CsRemoteLink *link;
  char *remote_id;
  gboolean is_pdf;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->session);
  cs_remote_link_unref (asking->link);
  g_free (asking->remote_id);
  g_free (asking);
}

/* Whoever waits is told all; the window hears of what stands between it and the ledger. */
static void
tell_link (const Asking *asking, const GError *error)
{
  if (g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNREACHABLE)
      || g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED)
      || g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_VAULT_LOCKED))
    cs_session_report (asking->session, asking->link, error);
}

static DexFuture *
ask_fiber (gpointer data)
{
  Asking *asking = data;
  CsLedger *ledger = cs_remote_link_get_ledger (asking->link);
  GError *error = NULL;

  if (asking->is_pdf)
    {
      GBytes *pdf = cs_await_record (cs_ledger_get_invoice_pdf (ledger, asking->remote_id), &error);

      if (pdf != NULL)
        return cs_future_new_for_record (pdf, (GDestroyNotify)g_bytes_unref);
    }
  else
    {
      GPtrArray *notes = cs_await_array (cs_ledger_read_history (ledger, asking->remote_id), &error);

      if (notes != NULL)
        return cs_future_new_for_array (notes);
    }
  tell_link (asking, error);
  return cs_future_new_take_error (error);
}

static DexFuture *
ask (CsSession *session, const char *remote_id, gboolean is_pdf)
{
  Asking *asking = NULL;

  if (session->link == NULL || cs_remote_link_get_ledger (session->link) == NULL)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                  _ ("Xero is not connected."));
  asking = g_new0 (Asking, 1);
  asking->session = g_object_ref (session);
  asking->link = cs_remote_link_ref (session->link);
  asking->remote_id = g_strdup (remote_id);
  asking->is_pdf = is_pdf;
  return cs_spawn (ask_fiber, asking, asking_free);
}

/** cs_session_read_invoice_history: Returns: (transfer full): array of #CsLedgerNote, the newest first;
 * NOT_FOUND when the ledger has the invoice no more */
DexFuture *
cs_session_read_invoice_history (CsSession *session, const char *remote_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && remote_id != NULL, NULL);

  return ask (session, remote_id, FALSE);
}

/** cs_session_get_invoice_pdf: Returns: (transfer full): of #GBytes: the PDF that the ledger would send to
 * the client; NOT_FOUND when the ledger has the invoice no more */
DexFuture *
cs_session_get_invoice_pdf (CsSession *session, const char *remote_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && remote_id != NULL, NULL);

  return ask (session, remote_id, TRUE);
}
