/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-journal-engine.h"
#include "cs-pull-private.h"

/* After so many the pull ends and says so; the next one goes on from there. */
#define ATTEMPTS_MAX 5
/* No network is no passing fault: two more tries tell it from one. */
#define ATTEMPTS_UNREACHABLE 3
#define WAIT_MAX_MS G_GINT64_CONSTANT (60000)
#define PARK_MS G_GINT64_CONSTANT (300000)

typedef struct
{
  CsSession *session;
  CsLedger *ledger;
  CsLedgerQuery query;
  GStrv ids;
} Ask;

static void
ask_free (Ask *ask)
{
  g_object_unref (ask->session);
  cs_ledger_unref (ask->ledger);
  g_strfreev (ask->ids);
  g_free (ask);
}

/* Today's calls are used up: the answer will be the same for hours. */
static gboolean
is_parked (CsSession *session)
{
  CsMeter meter;

  return cs_session_get_meter (session, &meter)
         && meter.parked_until_ms > cs_timer_now_ms (&session->timer) + PARK_MS;
}

static gboolean
may_try_again (CsSession *session, const GError *error, guint n_attempts)
{
  if (error->domain != CS_REMOTE_ERROR)
    return FALSE;
  switch ((CsRemoteError)error->code)
    {
    case CS_REMOTE_ERROR_UNREACHABLE:
      return n_attempts < ATTEMPTS_UNREACHABLE;
    case CS_REMOTE_ERROR_TRY_LATER:
    case CS_REMOTE_ERROR_USED_UP:
    case CS_REMOTE_ERROR_UNKNOWN_OUTCOME:
    case CS_REMOTE_ERROR_BAD_REPLY: /* half a body, a proxy's page */
      return n_attempts < ATTEMPTS_MAX && !is_parked (session);
    case CS_REMOTE_ERROR_UNTRUSTED:
    case CS_REMOTE_ERROR_REFUSED:
    case CS_REMOTE_ERROR_NOT_FOUND:
    case CS_REMOTE_ERROR_FORBIDDEN:
    case CS_REMOTE_ERROR_TOO_LARGE:
    case CS_REMOTE_ERROR_TOO_MANY:
    case CS_REMOTE_ERROR_SIGN_IN_NEEDED:
    case CS_REMOTE_ERROR_DECLINED:
    case CS_REMOTE_ERROR_TIMED_OUT:
    case CS_REMOTE_ERROR_PORT_TAKEN:
    case CS_REMOTE_ERROR_BAD_CLIENT:
    case CS_REMOTE_ERROR_VAULT_LOCKED:
    case CS_REMOTE_ERROR_VAULT_ABSENT:
    case CS_REMOTE_ERROR_VAULT_FAILED:
    default:
      return FALSE;
    }
}

static DexFuture *
ask_fiber (gpointer data)
{
  Ask *ask = data;
  CsSession *session = ask->session;

  for (guint n_attempts = 1;; n_attempts++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) stopped = NULL;
      CsLedgerPage *page = cs_await_record (cs_ledger_read_page (ask->ledger, &ask->query), &error);
      gint64 wake_ms = 0;

      if (page != NULL)
        return cs_future_new_for_record (page, (GDestroyNotify)cs_ledger_page_free);
      if (session->is_closing || !may_try_again (session, error, n_attempts))
        return cs_future_new_take_error (g_steal_pointer (&error));
      /* What the ledger asked us to wait, the pacer waits. */
      wake_ms = cs_timer_now_ms (&session->timer) + cs_backoff_ms (n_attempts - 1, g_random_double ());
      if (!cs_await (cs_timer_wait_until (&session->timer, wake_ms, WAIT_MAX_MS), &stopped)
          && cs_error_is_cancelled (stopped))
        return cs_future_new_take_error (g_steal_pointer (&stopped));
    }
}

/**
 * cs_pull_ask:
 * @session: an open session
 * @ledger: whom to ask
 * @query: what; copied
 *
 * A read may be asked again: exponential with full jitter, as everything that is tried again (cs_backoff_ms).
 *
 * Returns: (transfer full): of #CsLedgerPage; dropping it cancels
 */
DexFuture *
cs_pull_ask (CsSession *session, CsLedger *ledger, const CsLedgerQuery *query)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->session = g_object_ref (session);
  ask->ledger = cs_ledger_ref (ledger);
  ask->query = *query;
  ask->ids = g_strdupv ((GStrv)query->ids);
  ask->query.ids = (const char *const *)ask->ids;
  return cs_spawn (ask_fiber, ask, (GDestroyNotify)ask_free);
}
