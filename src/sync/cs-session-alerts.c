/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-alerts.h"

#include "cs-session-private.h"
#include "cs-store-alerts.h"

/* A keyring is locked for a moment after each sign-in to the desktop; after this long somebody should know.
 */
#define KEYRING_LONG_MS G_GINT64_CONSTANT (300000)
/* The ledger's minute passes by itself; a wait longer than this is for its day. */
#define DAY_LIMIT_MS G_GINT64_CONSTANT (600000)

typedef struct
{
  CsAlertCode code;
  gboolean holds;
  gint64 since_ms;
  gint64 until_ms;
} Word;

static gpointer
set_condition_job (CsStore *store, gpointer data, GError **error)
{
  const Word *word = data;

  cs_store_set_condition (store, word->code, word->holds, word->since_ms, word->until_ms, error);
  return NULL;
}

static gboolean
tell (CsSession *session, const Word *word, gboolean *told, GError **error)
{
  if (word->holds == *told && !word->holds)
    return TRUE;
  if (!cs_await (cs_session_write (session, set_condition_job, g_memdup2 (word, sizeof *word), g_free, NULL),
                 error))
    return FALSE;
  *told = word->holds;
  cs_session_emit_changed (session, CS_CHANGE_ALERTS);
  return TRUE;
}

static gboolean
look_at_keyring (CsSession *session, gint64 now_ms, GError **error)
{
  Word word = { .code = CS_ALERT_KEYRING };

  if (session->link_state != CS_LINK_VAULT_LOCKED)
    session->locked_since_ms = 0;
  else if (session->locked_since_ms == 0)
    session->locked_since_ms = now_ms;
  word.since_ms = session->locked_since_ms;
  word.holds = session->locked_since_ms > 0 && now_ms - session->locked_since_ms >= KEYRING_LONG_MS;
  return (word.holds && session->keyring_told) || tell (session, &word, &session->keyring_told, error);
}

/* @parked_until_ms: until when a row that wanted to go may not; 0: none was held up. */
static gboolean
look_at_day_limit (CsSession *session, gint64 now_ms, gint64 parked_until_ms, GError **error)
{
  Word word = { .code = CS_ALERT_DAY_LIMIT, .since_ms = now_ms, .until_ms = parked_until_ms };

  word.holds = parked_until_ms - now_ms >= DAY_LIMIT_MS;
  return (word.holds && session->day_limit_told) || tell (session, &word, &session->day_limit_told, error);
}

/* In a fiber, at the end of each look: what the file cannot know by itself. */
gboolean
cs_session_look_at_conditions (CsSession *session, gint64 parked_until_ms, GError **error)
{
  gint64 now_ms = cs_timer_now_ms (&session->timer);

  return look_at_keyring (session, now_ms, error)
         && look_at_day_limit (session, now_ms, parked_until_ms, error);
}

static gpointer
mark_seen_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_mark_seen (store, data, error);
  return NULL;
}

/** cs_session_mark_seen: Returns: (transfer full): resolves when the alert is closed; CS_STORE_ERROR_STATE,
 * _NOT_FOUND */
DexFuture *
cs_session_mark_seen (CsSession *session, const CsUuid *alert_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (alert_id != NULL, NULL);

  return cs_session_command (session, mark_seen_job, g_memdup2 (alert_id, sizeof *alert_id), g_free,
                             CS_CHANGE_ALERTS);
}
