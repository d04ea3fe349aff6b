/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-link-state.h"

#include "cs-remote-error.h"

/* It answers, but not as it should. That it did so once is no news: what is tried again after that tells. */
static CsLinkState
stumbled (CsLinkState before, CsLinkState meanwhile, gint64 now_ms, gint64 *unwell_since_ms)
{
  if (*unwell_since_ms == 0 || *unwell_since_ms > now_ms)
    *unwell_since_ms = now_ms;
  return before == CS_LINK_UNWELL || now_ms - *unwell_since_ms >= CS_LINK_STUMBLE_MS ? CS_LINK_UNWELL
                                                                                     : meanwhile;
}

static CsLinkState
state_after (CsLinkState before, CsRemoteError code, gint64 now_ms, gint64 *unwell_since_ms)
{
  gint64 since_ms = *unwell_since_ms;

  *unwell_since_ms = 0;
  switch (code)
    {
    case CS_REMOTE_ERROR_SIGN_IN_NEEDED:
    case CS_REMOTE_ERROR_FORBIDDEN:
      return CS_LINK_SIGN_IN_NEEDED;
    case CS_REMOTE_ERROR_VAULT_LOCKED:
    case CS_REMOTE_ERROR_VAULT_ABSENT:
    case CS_REMOTE_ERROR_VAULT_FAILED:
      return CS_LINK_VAULT_LOCKED;
    case CS_REMOTE_ERROR_UNREACHABLE:
    case CS_REMOTE_ERROR_UNTRUSTED:
      return CS_LINK_OFFLINE;
    case CS_REMOTE_ERROR_REFUSED:
    case CS_REMOTE_ERROR_NOT_FOUND:
      return CS_LINK_CONNECTED; /* it answered */
    case CS_REMOTE_ERROR_USED_UP:
      *unwell_since_ms = since_ms;
      return before == CS_LINK_UNWELL ? before : CS_LINK_CONNECTED; /* perhaps it was not even asked */
    case CS_REMOTE_ERROR_TRY_LATER:
      *unwell_since_ms = since_ms;
      return stumbled (before, CS_LINK_CONNECTED, now_ms, unwell_since_ms);
    case CS_REMOTE_ERROR_UNKNOWN_OUTCOME:
    case CS_REMOTE_ERROR_BAD_REPLY:
      *unwell_since_ms = since_ms;
      return stumbled (before, before, now_ms, unwell_since_ms);
    case CS_REMOTE_ERROR_TOO_LARGE:
    case CS_REMOTE_ERROR_TOO_MANY:
    case CS_REMOTE_ERROR_DECLINED:
    case CS_REMOTE_ERROR_TIMED_OUT:
    case CS_REMOTE_ERROR_PORT_TAKEN:
    case CS_REMOTE_ERROR_BAD_CLIENT:
    default:
      *unwell_since_ms = since_ms;
      return before;
    }
}

/**
 * cs_link_state_after:
 * @before: how the connection was
 * @error: (nullable): how the last call went
 * @now_ms: the time
 * @unwell_since_ms: (inout): since when it has not answered properly, 0: it has; kept by the caller
 *
 * A stumble that the next try mends is nobody's business: only what lasts is told.
 *
 * Returns: how the connection is
 */
CsLinkState
cs_link_state_after (CsLinkState before, const GError *error, gint64 now_ms, gint64 *unwell_since_ms)
{
  g_return_val_if_fail (unwell_since_ms != NULL, before);

  if (error == NULL)
    {
      *unwell_since_ms = 0;
      return CS_LINK_CONNECTED;
    }
  if (error->domain != CS_REMOTE_ERROR)
    return before;
  return state_after (before, (CsRemoteError)error->code, now_ms, unwell_since_ms);
}
