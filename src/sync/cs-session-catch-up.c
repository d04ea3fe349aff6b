/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-catch-up.h"

#include "cs-session-private.h"
#include "cs-store-catch-up.h"

#define CHANGE_CATCH_UP (CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS | CS_CHANGE_SETTINGS)

typedef struct
{
  CsPlannedSeen *seen;
  guint n_seen;
  CsCatchUpDating dating;
  CsDate today;
  char *reason;
} Choice;

static Choice *
choice_new (CsSession *session, const CsPlannedSeen *seen, guint n_seen)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->seen = g_memdup2 (seen, n_seen * sizeof *seen);
  choice->n_seen = n_seen;
  choice->today = cs_session_get_today (session);
  return choice;
}

static void
choice_free (Choice *choice)
{
  g_free (choice->seen);
  g_free (choice->reason);
  g_free (choice);
}

static DexFuture *
undo (CsSession *session, CsDatabaseFunc job, const CsUuid *ids, guint n_ids)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof *ids);

  g_array_append_vals (copy, ids, n_ids);
  return cs_session_command (session, job, copy, (GDestroyNotify)g_array_unref, CHANGE_CATCH_UP);
}

static gpointer
list_job (CsStore *store, gpointer data, GError **error)
{
  const CsDate *today = data;

  return cs_store_list_catch_up (store, *today, error);
}

/** cs_session_list_catch_up: Returns: (transfer full): of #CsCatchUpItem, by date; again on
 * CS_CHANGE_PROPOSALS, _JOURNAL and _ALERTS */
DexFuture *
cs_session_list_catch_up (CsSession *session)
{
  CsDate today;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  today = cs_session_get_today (session);
  return cs_session_read (session, list_job, g_memdup2 (&today, sizeof today), g_free,
                          (GDestroyNotify)g_ptr_array_unref);
}

static gpointer
bill_job (CsStore *store, gpointer data, GError **error)
{
  const Choice *choice = data;

  cs_store_bill_catch_up (store, choice->seen, choice->n_seen, choice->dating, choice->today, error);
  return NULL;
}

/** cs_session_bill_catch_up: Returns: (transfer full): resolves when all are journalled, held as an
 * acceptance is; CS_STORE_ERROR_STATE, _STALE, _INVALID, and then none is */
DexFuture *
cs_session_bill_catch_up (CsSession *session, const CsPlannedSeen *seen, guint n_seen, CsCatchUpDating dating)
{
  Choice *choice = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  choice = choice_new (session, seen, n_seen);
  choice->dating = dating;
  return cs_session_command (session, bill_job, choice, (GDestroyNotify)choice_free, CHANGE_CATCH_UP);
}

static gpointer
undo_bill_job (CsStore *store, gpointer data, GError **error)
{
  const GArray *ids = data;

  cs_store_undo_bill_catch_up (store, (const CsUuid *)ids->data, ids->len, error);
  return NULL;
}

/** cs_session_undo_bill_catch_up: Returns: (transfer full): resolves when they wait for a person again;
 * CS_STORE_ERROR_STATE where one is not held any more, and then none does */
DexFuture *
cs_session_undo_bill_catch_up (CsSession *session, const CsUuid *ids, guint n_ids)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return undo (session, undo_bill_job, ids, n_ids);
}

static gpointer
skip_job (CsStore *store, gpointer data, GError **error)
{
  const Choice *choice = data;

  cs_store_skip_planned (store, choice->seen, choice->n_seen, choice->reason, error);
  return NULL;
}

/** cs_session_skip_planned: Returns: (transfer full): resolves when none of them will be billed;
 * CS_STORE_ERROR_INVALID without a reason, _STATE, _STALE, and then all may be */
DexFuture *
cs_session_skip_planned (CsSession *session, const CsPlannedSeen *seen, guint n_seen, const char *reason)
{
  Choice *choice = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (reason != NULL, NULL);

  choice = choice_new (session, seen, n_seen);
  choice->reason = g_strdup (reason);
  return cs_session_command (session, skip_job, choice, (GDestroyNotify)choice_free, CHANGE_CATCH_UP);
}

static gpointer
undo_skip_job (CsStore *store, gpointer data, GError **error)
{
  const GArray *ids = data;

  cs_store_undo_skip (store, (const CsUuid *)ids->data, ids->len, error);
  return NULL;
}

/** cs_session_undo_skip: Returns: (transfer full): resolves when they wait for a person again */
DexFuture *
cs_session_undo_skip (CsSession *session, const CsUuid *ids, guint n_ids)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return undo (session, undo_skip_job, ids, n_ids);
}
