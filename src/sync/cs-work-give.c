/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-work-private.h"

#include "cs-xpm-write.h"

#include <glib/gi18n-lib.h>

/* What was accepted or changed here, on its way to the practice manager: never reported without having been
 * read back [X-07, X-18, K-13]. */

typedef struct
{
  CsUuid connection_id;
  gint64 now_ms;
} Question;

typedef struct
{
  CsUuid client_id;
  CsUuid connection_id;
  char *remote_id;
  const char *outcome; /* of a promotion */
  char *message;       /* likewise */
  CsWorkFields *base;  /* of an update; of a refusal what was sent */
  GPtrArray *clients;  /* likewise: as it is there now */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->remote_id);
  g_free (answer->message);
  g_clear_pointer (&answer->base, cs_work_fields_free);
  g_clear_pointer (&answer->clients, g_ptr_array_unref);
  g_free (answer);
}

/* The remote said no to this one; the others are no worse for it. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED)
         || g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND);
}

static GPtrArray *
ask (CsWork *work, CsDatabaseFunc func, GError **error)
{
  Question *question = g_new0 (Question, 1);

  question->connection_id = work->connection->id;
  question->now_ms = cs_timer_now_ms (&work->session->timer);
  return cs_await_record (
      cs_session_write (work->session, func, question, g_free, (GDestroyNotify)g_ptr_array_unref), error);
}

static gpointer
list_promotions_job (CsStore *store, gpointer data, GError **error)
{
  const Question *question = data;

  return cs_store_list_work_promotions (store, &question->connection_id, question->now_ms, error);
}

static gpointer
list_gifts_job (CsStore *store, gpointer data, GError **error)
{
  const Question *question = data;

  return cs_store_list_work_gifts (store, &question->connection_id, error);
}

/* --- leads that were accepted --- */

static gpointer
finish_promotion_job (CsStore *store, gpointer data, GError **error)
{
  const Answer *answer = data;

  cs_store_finish_work_promotion (store, &answer->client_id, answer->outcome, answer->message, error);
  return NULL;
}

static const char *
outcome_word (CsXpmPromotion promotion)
{
  switch (promotion)
    {
    case CS_XPM_PROMOTION_DONE:
    case CS_XPM_PROMOTION_ALREADY:
      return "done";
    case CS_XPM_PROMOTION_NOT_KEPT:
      return "not-kept";
    case CS_XPM_PROMOTION_NOT_REPORTED:
    default:
      return "not-reported";
    }
}

static gboolean
promote (CsWork *work, CsRemoteLink *link, const CsWorkPromotion *promotion, GError **error)
{
  g_autoptr (GError) local = NULL;
  Answer *answer;
  gint64 outcome
      = cs_await_int64 (cs_xpm_promote_client (cs_remote_link_get_xpm (link), promotion->remote_id), &local);

  if (local != NULL && !is_refusal (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  answer = g_new0 (Answer, 1);
  answer->client_id = promotion->client_id;
  answer->outcome = local != NULL ? "refused" : outcome_word ((CsXpmPromotion)outcome);
  answer->message = g_strdup (local != NULL ? local->message : "");
  return cs_await (cs_session_write (work->session, finish_promotion_job, answer, answer_free, NULL), error);
}

static gboolean
give_promotions (CsWork *work, CsRemoteLink *link, gboolean *gave, GError **error)
{
  g_autoptr (GPtrArray) promotions = ask (work, list_promotions_job, error);

  for (guint i = 0; promotions != NULL && i < promotions->len; i++)
    {
      if (work->link != link)
        return TRUE;
      if (!promote (work, link, g_ptr_array_index (promotions, i), error))
        return FALSE;
      *gave = TRUE;
    }
  return promotions != NULL;
}

/* --- what was changed here --- */

static gpointer
finish_gift_job (CsStore *store, gpointer data, GError **error)
{
  const Answer *answer = data;

  if (cs_store_write_work_clients (store, &answer->connection_id, answer->clients, 0, error)
      && cs_store_save_work_base (store, &answer->client_id, &answer->connection_id, answer->remote_id,
                                  answer->base, error))
    cs_store_forget_work_refusal (store, &answer->client_id, &answer->connection_id, error);
  return NULL;
}

static gpointer
keep_refusal_job (CsStore *store, gpointer data, GError **error)
{
  const Answer *answer = data;

  cs_store_keep_work_refusal (store, &answer->client_id, &answer->connection_id, answer->base,
                              answer->message, error);
  return NULL;
}

/* It is a person's to see why, on the client's page and under what needs somebody [X-18, U-19]. */
static gboolean
keep_refusal (CsWork *work,
              const CsUuid *connection_id,
              const CsWorkGift *gift,
              const char *words,
              gboolean *gave,
              GError **error)
{
  Answer *answer;

  answer = g_new0 (Answer, 1);
  answer->client_id = gift->client_id;
  answer->connection_id = *connection_id;
  answer->message = g_strdup (words);
  answer->base = cs_work_fields_copy (gift->ours);
  *gave = TRUE;
  return cs_await (cs_session_write (work->session, keep_refusal_job, answer, answer_free, NULL), error);
}

/* What did not stick is not agreed. */
static void
forget_differing (const CsXpmUpdate *update, const CsWorkFields *before)
{
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    if (update->differs[i])
      g_set_str (&update->merge->base->values[i], before != NULL ? before->values[i] : NULL);
}

static gboolean
give_one (CsWork *work, CsRemoteLink *link, const CsWorkGift *gift, gboolean *gave, GError **error)
{
  /* Another may be connected by the time that this one answers. */
  const CsUuid connection_id = work->connection->id;
  g_autoptr (GError) local = NULL;
  g_autoptr (CsXpmUpdate) update = NULL;
  Answer *answer;

  update = cs_await_record (cs_xpm_update_client (cs_remote_link_get_xpm (link), gift->remote_id, gift->base,
                                                  gift->ours, work->settings.direction, work->settings.level),
                            &local);
  if (update == NULL && is_refusal (local))
    return keep_refusal (work, &connection_id, gift, local->message, gave, error);
  if (update == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* The rest is the next reading's: only what went there is agreed on by this. */
  if (!update->was_written)
    return TRUE;
  forget_differing (update, gift->base);
  answer = g_new0 (Answer, 1);
  answer->client_id = gift->client_id;
  answer->connection_id = connection_id;
  answer->remote_id = g_strdup (gift->remote_id);
  answer->base = g_steal_pointer (&update->merge->base);
  answer->clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  g_ptr_array_add (answer->clients, g_steal_pointer (&update->client));
  *gave = TRUE;
  if (!cs_await (cs_session_write (work->session, finish_gift_job, answer, answer_free, NULL), error))
    return FALSE;
  return update->n_differing == 0
         || keep_refusal (work, &connection_id, gift,
                          _ ("That was written there, but it didn’t stick: change it there by hand."), gave,
                          error);
}

static gboolean
give_changes (CsWork *work, CsRemoteLink *link, gboolean *gave, GError **error)
{
  g_autoptr (GPtrArray) gifts = NULL;

  if (work->link != link)
    return TRUE;
  gifts = ask (work, list_gifts_job, error);
  for (guint i = 0; gifts != NULL && i < gifts->len; i++)
    {
      if (work->link != link)
        return TRUE;
      if (!give_one (work, link, g_ptr_array_index (gifts, i), gave, error))
        return FALSE;
    }
  return gifts != NULL;
}

gboolean
cs_work_give (CsWork *work, CsRemoteLink *link, GError **error)
{
  gboolean gave = FALSE;
  gboolean is_good = give_promotions (work, link, &gave, error) && give_changes (work, link, &gave, error);

  if (gave)
    cs_session_emit_changed (work->session, CS_CHANGE_WORK | CS_CHANGE_CLIENTS | CS_CHANGE_ALERTS);
  return is_good;
}

static DexFuture *
give_fiber (gpointer data)
{
  CsWork *work = data;
  /* What is on its way is answered whoever has gone meanwhile. */
  g_autoptr (CsSession) session = work->session != NULL ? g_object_ref (work->session) : NULL;
  g_autoptr (CsRemoteLink) link = work->link != NULL ? cs_remote_link_ref (work->link) : NULL;
  GError *error = NULL;

  if (link == NULL || session == NULL || cs_work_give (work, link, &error))
    return dex_future_new_for_boolean (TRUE);
  if (!cs_error_is_cancelled (error))
    cs_work_report (work, link, error);
  return cs_future_new_take_error (error);
}

/* At each look of the pusher, and by the timer; a reading does it at its end. */
void
cs_work_give_by_itself (CsWork *work)
{
  if (work->session == NULL || work->session->is_closing || work->link == NULL || work->pull != NULL
      || (work->giving != NULL && dex_future_is_pending (work->giving)) || !cs_work_may_ask (work))
    return;
  dex_clear (&work->giving);
  work->giving = cs_spawn (give_fiber, g_object_ref (work), g_object_unref);
}
