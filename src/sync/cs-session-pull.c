/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-session-private.h"

/* The one pull in the air: who starts it, who stops it, what it shows. */

typedef struct
{
  CsSession *session;
  DexFuture *pull; /* unowned: to tell it from a later one */
} Landing;

static void
landing_free (Landing *landing)
{
  g_object_unref (landing->session);
  g_free (landing);
}

static DexFuture *
pull_landed_cb (DexFuture *done, gpointer data)
{
  Landing *landing = data;

  if (landing->session->pull == landing->pull)
    {
      dex_clear (&landing->session->pull);
      dex_clear (&landing->session->pull_stop);
    }
  return dex_ref (done);
}

/* What only a person can mend is not tried again by a timer: each try would put up the keyring's prompt, or
 * present a dead token. */
static DexFuture *
refuse_to_call (CsSession *session)
{
  if (session->link_state == CS_LINK_VAULT_LOCKED)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_VAULT_LOCKED, "%s",
                                  _ ("Your keyring is locked. Unlock it to go on."));
  return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                _ ("Xero needs you to sign in again."));
}

static DexFuture *
start_pull (CsSession *session, gboolean is_full)
{
  Landing *landing = NULL;

  if (session->is_closing)
    return cs_database_refuse_closed ();
  if (session->link_state == CS_LINK_VAULT_LOCKED || session->link_state == CS_LINK_SIGN_IN_NEEDED)
    return refuse_to_call (session);
  landing = g_new0 (Landing, 1);
  landing->session = g_object_ref (session);
  dex_clear (&session->pull_stop);
  session->pull_stop = dex_promise_new ();
  session->pull_is_full = is_full;
  landing->pull = session->pull = dex_future_finally (cs_puller_run (session, is_full), pull_landed_cb,
                                                      landing, (GDestroyNotify)landing_free);
  return dex_ref (session->pull);
}

/** cs_session_pull_now: Returns: (transfer full): the one pull in the air, started if there is none: what
 * changed since the last [K-15] */
DexFuture *
cs_session_pull_now (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return session->pull != NULL ? dex_ref (session->pull) : start_pull (session, FALSE);
}

/** cs_session_expect_all: the next pull reads what changes rarely, too, however fresh it is: who asks for one
 * may just have mended some of it at the ledger. */
void
cs_session_expect_all (CsSession *session)
{
  g_return_if_fail (CS_IS_SESSION (session));

  session->thorough_ms = 0;
}

static DexFuture *
refresh_all_fiber (gpointer data)
{
  CsSession *session = data;

  /* However that one ends, this one begins. */
  while (session->pull != NULL && !session->pull_is_full)
    if (!cs_await (dex_ref (session->pull), NULL) && session->is_closing)
      break;
  return session->pull != NULL ? dex_ref (session->pull) : start_pull (session, TRUE);
}

/** cs_session_refresh_all: Returns: (transfer full): as cs_session_pull_now(), but all is read anew: the
 * nightly run, and the answer to a doubt. It takes a call for each thousand records. */
DexFuture *
cs_session_refresh_all (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  if (session->pull == NULL)
    return start_pull (session, TRUE);
  return cs_spawn_to_the_end (refresh_all_fiber, g_object_ref (session), g_object_unref);
}

/** cs_session_cancel_pull: the pull in the air, if there is one, ends with a cancellation. What it stored
 * stays, and the next goes on from there. */
void
cs_session_cancel_pull (CsSession *session)
{
  g_return_if_fail (CS_IS_SESSION (session));

  if (session->pull_stop != NULL && dex_future_is_pending (DEX_FUTURE (session->pull_stop)))
    dex_promise_resolve_boolean (session->pull_stop, TRUE);
}

/** cs_session_get_sync_progress: Returns: (transfer none): of the pull in the air, or of the last */
const CsSyncProgress *
cs_session_get_sync_progress (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return &session->sync_progress;
}

/** cs_session_get_meter: Returns: whether @meter (out) is filled in: there is a connection [B-21] */
gboolean
cs_session_get_meter (CsSession *session, CsMeter *meter)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && meter != NULL, FALSE);

  if (session->link == NULL)
    return FALSE;
  cs_remote_link_get_meter (session->link, meter);
  return TRUE;
}
