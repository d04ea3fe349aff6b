/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pull-private.h"

#include "cs-store-ledger.h"
#include "cs-store-pull.h"

/* What If-Modified-Since does not show (xero-accounting.md 5.4): invoices whose balance a settlement changed,
 * found by the settlement; and once a day the open ones, found by asking for all of them. */

#define SWEEP_KIND "open-invoices"
#define SWEEP_EVERY_MS (24 * G_GINT64_CONSTANT (3600000))
#define SWEEP_PAGES_MAX 200u
/* Read by id, at once. */
#define FOLLOW_CALLS 5u

static CsPullReading *
get_invoices (CsPull *pull)
{
  return &pull->readings[0];
}

/* --- by id --- */

typedef struct
{
  CsUuid connection_id;
  GStrv asked;
  GPtrArray *invoices;
} Followed;

static void
followed_free (Followed *followed)
{
  g_strfreev (followed->asked);
  g_clear_pointer (&followed->invoices, g_ptr_array_unref);
  g_free (followed);
}

static gpointer
save_followed_job (CsStore *store, gpointer data, GError **error)
{
  Followed *followed = data;

  cs_store_save_followed_invoices (store, &followed->connection_id, (const char *const *)followed->asked,
                                   followed->invoices, error);
  return NULL;
}

static gpointer
list_stale_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_stale_invoices (store, data, FOLLOW_CALLS * CS_LEDGER_IDS_MAX, error);
}

/* Up to as many as an address holds, taken off the end of @ids. */
static GStrv
take_some (GPtrArray *ids)
{
  g_autoptr (GStrvBuilder) some = g_strv_builder_new ();

  for (guint n = 0; n < CS_LEDGER_IDS_MAX && ids->len > 0; n++)
    {
      g_strv_builder_add (some, g_ptr_array_index (ids, ids->len - 1));
      g_ptr_array_set_size (ids, (int)ids->len - 1);
    }
  return g_strv_builder_end (some);
}

static gboolean
read_some (CsPull *pull, GStrv ids, DexFuture *asked, GError **error)
{
  g_autoptr (CsLedgerPage) page = cs_pull_await_record (pull, asked, error);
  Followed *followed = NULL;
  guint n = 0;

  if (page == NULL || !cs_pull_is_wanted (pull, error))
    return FALSE;
  n = page->records->len;
  followed = g_new0 (Followed, 1);
  followed->connection_id = pull->connection_id;
  followed->asked = g_strdupv (ids);
  followed->invoices = g_steal_pointer (&page->records);
  if (!cs_pull_write (pull, save_followed_job, followed, (GDestroyNotify)followed_free, error))
    return FALSE;
  cs_pull_add_progress (pull, CS_SYNC_STAGE_CHECKING, n);
  cs_pull_add_changes (pull, CS_CHANGE_INVOICES);
  return TRUE;
}

static gboolean
read_all (CsPull *pull, GPtrArray *ids, GError **error)
{
  GStrv some[FOLLOW_CALLS] = { NULL };
  DexFuture *asked[FOLLOW_CALLS] = { NULL };
  gboolean is_good = TRUE;

  for (guint i = 0; i < FOLLOW_CALLS && ids->len > 0; i++)
    {
      CsLedgerQuery query = CS_LEDGER_QUERY_INIT;

      some[i] = take_some (ids);
      query.kind = CS_LEDGER_KIND_INVOICES;
      query.ids = (const char *const *)some[i];
      asked[i] = cs_pull_ask (pull->session, pull->ledger, &query);
    }
  for (guint i = 0; i < FOLLOW_CALLS && asked[i] != NULL; i++)
    {
      is_good = is_good && read_some (pull, some[i], g_steal_pointer (&asked[i]), error);
      if (asked[i] != NULL)
        dex_future_disown (g_steal_pointer (&asked[i]));
      g_strfreev (some[i]);
    }
  return is_good;
}

/* Each once a pull: what the ledger does not give is asked for again with the next. */
static GPtrArray *
take_new (GHashTable *known, GPtrArray *listed)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < listed->len; i++)
    {
      const char *id = g_ptr_array_index (listed, i);

      if (g_hash_table_add (known, g_strdup (id)))
        g_ptr_array_add (ids, g_strdup (id));
    }
  return ids;
}

/** cs_pull_follow: reads by id what settlements, merges and the sweep found to be changed. */
gboolean
cs_pull_follow (CsPull *pull, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (;;)
    {
      g_autoptr (GPtrArray) listed
          = cs_await_record (cs_session_write (pull->session, list_stale_job,
                                               g_memdup2 (&pull->connection_id, sizeof pull->connection_id),
                                               g_free, (GDestroyNotify)g_ptr_array_unref),
                             error);
      g_autoptr (GPtrArray) ids = NULL;

      if (listed == NULL || !cs_pull_is_wanted (pull, error))
        return FALSE;
      ids = take_new (known, listed);
      if (ids->len == 0)
        return TRUE;
      if (!read_all (pull, ids, error))
        return FALSE;
    }
}

/* --- the sweep --- */

typedef struct
{
  CsUuid connection_id;
  gint64 run;
  gint64 swept_ms;
} Swept;

static void
cursor_free (gpointer data)
{
  cs_cursor_clear (data);
  g_free (data);
}

static gpointer
get_swept_job (CsStore *store, gpointer data, GError **error)
{
  g_autofree CsCursor *cursor = g_new0 (CsCursor, 1);

  if (!cs_store_get_cursor (store, data, SWEEP_KIND, cursor, error))
    return NULL;
  return g_steal_pointer (&cursor);
}

static gpointer
end_sweep_job (CsStore *store, gpointer data, GError **error)
{
  Swept *swept = data;
  const CsCursor cursor = { .full_ms = swept->swept_ms };

  if (cs_store_note_swept (store, &swept->connection_id, swept->run, error))
    cs_store_save_cursor (store, &swept->connection_id, SWEEP_KIND, &cursor, error);
  return NULL;
}

static gboolean
is_due (CsPull *pull, gboolean *due, GError **error)
{
  gint64 now_ms = cs_timer_now_ms (&pull->session->timer);
  gint64 last_ms = get_invoices (pull)->cursor.full_ms;
  CsCursor *swept = cs_await_record (
      cs_session_write (pull->session, get_swept_job,
                        g_memdup2 (&pull->connection_id, sizeof pull->connection_id), g_free, cursor_free),
      error);

  if (swept == NULL)
    return FALSE;
  last_ms = MAX (last_ms, swept->full_ms);
  *due = now_ms - last_ms >= SWEEP_EVERY_MS || last_ms > now_ms;
  cursor_free (swept);
  return TRUE;
}

/* TRUE with @page_count 0: the ledger refuses to list so many; the nightly read sees to them. */
static gboolean
sweep_page (CsPull *pull, guint number, guint *page_count, GError **error)
{
  CsLedgerQuery query = CS_LEDGER_QUERY_INIT;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (CsLedgerPage) page = NULL;

  query.kind = CS_LEDGER_KIND_INVOICES;
  query.page = number;
  query.by_id = query.open_only = query.summary_only = TRUE;
  page = cs_pull_await_record (pull, cs_pull_ask (pull->session, pull->ledger, &query), &refusal);
  *page_count = 0;
  if (page == NULL && g_error_matches (refusal, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_MANY))
    return TRUE;
  if (page == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (!cs_pull_is_wanted (pull, error))
    return FALSE;
  *page_count = MAX (page->page_count, 1);
  cs_pull_add_progress (pull, CS_SYNC_STAGE_CHECKING, page->records->len);
  return cs_pull_store_page (pull, get_invoices (pull), g_steal_pointer (&page->records), error);
}

/** cs_pull_sweep: once a day, unless all was read: what is open there, without lines; what is open here alone
 * goes to those that are followed. */
gboolean
cs_pull_sweep (CsPull *pull, GError **error)
{
  CsPullReading *invoices = get_invoices (pull);
  Swept *swept = NULL;
  gboolean due = FALSE;
  guint page_count = 1;

  if (cs_pull_plan_is_full (invoices->plan))
    return TRUE;
  if (!is_due (pull, &due, error))
    return FALSE;
  if (!due)
    return TRUE;
  invoices->cursor.run = MAX (cs_timer_now_ms (&pull->session->timer), invoices->cursor.run + 1);
  for (guint number = 1; number <= MIN (page_count, SWEEP_PAGES_MAX); number++)
    if (!sweep_page (pull, number, &page_count, error))
      return FALSE;
  if (!cs_pull_drain (pull, error))
    return FALSE;
  if (page_count == 0 || page_count > SWEEP_PAGES_MAX)
    return TRUE;
  cs_pull_add_changes (pull, CS_CHANGE_INVOICES);
  swept = g_new0 (Swept, 1);
  *swept = (Swept){ pull->connection_id, invoices->cursor.run, cs_timer_now_ms (&pull->session->timer) };
  return cs_pull_write (pull, end_sweep_job, swept, g_free, error);
}
