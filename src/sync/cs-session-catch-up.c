/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-catch-up.h"

#include "cs-session-private.h"
#include "cs-store-catch-up.h"

#define CHANGE_CATCH_UP (CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS | CS_CHANGE_SETTINGS)

typedef struct
{
  CsUuid *ids;
  guint n_ids;
  CsCatchUpDating dating;
  CsDate today;
  char *reason;
} Choice;

static Choice *
choice_new (CsSession *session, const CsUuid *ids, guint n_ids)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  choice->n_ids = n_ids;
  choice->today = cs_session_get_today (session);
  return choice;
}

static void
choice_free (Choice *choice)
{
  g_free (choice->ids);
  g_free (choice->reason);
  g_free (choice);
}

static gpointer
list_job (CsStore *store, gpointer data, GError **error)
{
  const CsDate *today = data;

  return cs_store_list_catch_up (store, *today, error);
}

/** cs_session_list_catch_up: Returns: (transfer full): of #CsCatchUpItem, by date; again on CS_CHANGE_ALERTS
 */
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

  cs_store_bill_catch_up (store, choice->ids, choice->n_ids, choice->dating, choice->today, error);
  return NULL;
}

/** cs_session_bill_catch_up: Returns: (transfer full): resolves when all are journalled, held as an
 * acceptance is; CS_STORE_ERROR_STATE, _INVALID, and then none is */
DexFuture *
cs_session_bill_catch_up (CsSession *session, const CsUuid *ids, guint n_ids, CsCatchUpDating dating)
{
  Choice *choice = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  choice = choice_new (session, ids, n_ids);
  choice->dating = dating;
  return cs_session_command (session, bill_job, choice, (GDestroyNotify)choice_free, CHANGE_CATCH_UP);
}

static gpointer
skip_job (CsStore *store, gpointer data, GError **error)
{
  const Choice *choice = data;

  cs_store_skip_planned (store, choice->ids, choice->n_ids, choice->reason, error);
  return NULL;
}

/** cs_session_skip_planned: Returns: (transfer full): resolves when none of them will be billed;
 * CS_STORE_ERROR_INVALID without a reason */
DexFuture *
cs_session_skip_planned (CsSession *session, const CsUuid *ids, guint n_ids, const char *reason)
{
  Choice *choice = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (reason != NULL, NULL);

  choice = choice_new (session, ids, n_ids);
  choice->reason = g_strdup (reason);
  return cs_session_command (session, skip_job, choice, (GDestroyNotify)choice_free, CHANGE_CATCH_UP);
}

static gpointer
undo_skip_job (CsStore *store, gpointer data, GError **error)
{
  const Choice *choice = data;

  cs_store_undo_skip (store, choice->ids, choice->n_ids, error);
  return NULL;
}

/** cs_session_undo_skip: Returns: (transfer full): resolves when they wait for a person again */
DexFuture *
cs_session_undo_skip (CsSession *session, const CsUuid *ids, guint n_ids)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_session_command (session, undo_skip_job, choice_new (session, ids, n_ids),
                             (GDestroyNotify)choice_free, CHANGE_CATCH_UP);
}
