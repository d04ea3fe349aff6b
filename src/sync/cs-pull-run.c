/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-pull-private.h"

#include "cs-http-check.h"
#include "cs-store-ledger.h"
#include "cs-store-pull.h"

/* As many as the ledger answers at a time (xero-accounting.md 3.1). */
#define IN_FLIGHT_MAX 5
/* Transactions between an answer and the disk: one is written while the next is waited for. */
#define WRITING_MAX 1
/* Pages that go to the disk together, when the next is there already or the disk is busy: what one index
 * writes for a page it writes for twelve at little more. */
#define GATHERED_MAX 12

static gboolean
save_payments (CsStore *store, const CsUuid *id, GPtrArray *records, const CsCursor *cursor, GError **error)
{
  return cs_store_save_settlements (store, id, "payments", records, cursor, error);
}

static gboolean
save_credit_notes (CsStore *store,
                   const CsUuid *id,
                   GPtrArray *records,
                   const CsCursor *cursor,
                   GError **error)
{
  return cs_store_save_settlements (store, id, "credit-notes", records, cursor, error);
}

static gboolean
save_prepayments (CsStore *store,
                  const CsUuid *id,
                  GPtrArray *records,
                  const CsCursor *cursor,
                  GError **error)
{
  return cs_store_save_settlements (store, id, "prepayments", records, cursor, error);
}

static gboolean
save_overpayments (CsStore *store,
                   const CsUuid *id,
                   GPtrArray *records,
                   const CsCursor *cursor,
                   GError **error)
{
  return cs_store_save_settlements (store, id, "overpayments", records, cursor, error);
}

/* In the order in which they are asked for. A look every few minutes asks three times when nothing is new
 * (performance.md P15); the allocation of a credit, by which an invoice's balance may change without the
 * invoice being told as changed (xero-accounting.md 5.4), is seen with the next thorough pull, within an
 * hour. */
const CsPullKind cs_pull_kinds[CS_LEDGER_N_KINDS] = {
  { "invoices",
    CS_LEDGER_KIND_INVOICES,
    { TRUE, TRUE, TRUE, FALSE },
    cs_store_save_invoices,
    CS_CHANGE_INVOICES,
    FALSE },
  { "contacts",
    CS_LEDGER_KIND_CONTACTS,
    { FALSE, TRUE, FALSE, TRUE },
    cs_store_save_contacts,
    CS_CHANGE_LEDGER,
    FALSE },
  { "payments",
    CS_LEDGER_KIND_PAYMENTS,
    { TRUE, FALSE, FALSE, FALSE },
    save_payments,
    CS_CHANGE_INVOICES,
    FALSE },
  { "credit-notes",
    CS_LEDGER_KIND_CREDIT_NOTES,
    { TRUE, FALSE, FALSE, FALSE },
    save_credit_notes,
    CS_CHANGE_INVOICES,
    TRUE },
  { "prepayments",
    CS_LEDGER_KIND_PREPAYMENTS,
    { TRUE, FALSE, FALSE, FALSE },
    save_prepayments,
    CS_CHANGE_INVOICES,
    TRUE },
  { "overpayments",
    CS_LEDGER_KIND_OVERPAYMENTS,
    { TRUE, FALSE, FALSE, FALSE },
    save_overpayments,
    CS_CHANGE_INVOICES,
    TRUE },
};

/* One question on its way. */
typedef struct
{
  CsPullReading *reading;
  CsPullQuery query;
  DexFuture *page;
} Flight;

static void
flight_free (Flight *flight)
{
  /* Never cut off: libsoup 3.6 may fall over a request that is cancelled while its answer begins. */
  if (flight->page != NULL)
    dex_future_disown (g_steal_pointer (&flight->page));
  g_free (flight);
}

/* For the writer: pages with the cursor after the last; without records the cursor alone. */
struct _CsPullPages
{
  CsUuid connection_id;
  const CsPullKind *kind;
  CsCursor cursor;
  GPtrArray *records; /* (nullable) */
  guint n_pages;
};

static void
pages_free (CsPullPages *pages)
{
  g_clear_pointer (&pages->records, g_ptr_array_unref);
  cs_cursor_clear (&pages->cursor);
  g_free (pages);
}

static gpointer
save_pages_job (CsStore *store, gpointer data, GError **error)
{
  CsPullPages *pages = data;

  if (pages->records != NULL)
    pages->kind->save (store, &pages->connection_id, pages->records, &pages->cursor, error);
  else
    cs_store_save_cursor (store, &pages->connection_id, pages->kind->name, &pages->cursor, error);
  return NULL;
}

static gboolean
wait_for_oldest_write (CsPull *pull, GError **error)
{
  return cs_await (g_queue_pop_head (&pull->writing), error);
}

/* What was gathered goes to the writer. */
static gboolean
write_gathered (CsPull *pull, GError **error)
{
  if (pull->gathered == NULL)
    return TRUE;
  g_queue_push_tail (&pull->writing,
                     cs_session_write (pull->session, save_pages_job, g_steal_pointer (&pull->gathered),
                                       (GDestroyNotify)pages_free, NULL));
  return g_queue_get_length (&pull->writing) <= WRITING_MAX || wait_for_oldest_write (pull, error);
}

/* Until all is on the disk. */
gboolean
cs_pull_drain (CsPull *pull, GError **error)
{
  if (!write_gathered (pull, error))
    return FALSE;
  while (!g_queue_is_empty (&pull->writing))
    if (!wait_for_oldest_write (pull, error))
      return FALSE;
  return TRUE;
}

void
cs_pull_clear_flight (CsPull *pull)
{
  g_queue_clear_full (&pull->flight, (GDestroyNotify)flight_free);
  g_queue_clear_full (&pull->writing, dex_unref);
  g_clear_pointer (&pull->gathered, pages_free);
}

static CsPullPages *
pages_new (CsPull *pull, CsPullReading *reading, GPtrArray *records)
{
  CsPullPages *pages = g_new0 (CsPullPages, 1);

  pages->connection_id = pull->connection_id;
  pages->kind = reading->kind;
  pages->records = records;
  return pages;
}

static gboolean
can_gather (const CsPullPages *gathered, const CsPullReading *reading, const GPtrArray *records)
{
  return gathered->kind == reading->kind && gathered->records != NULL && records != NULL
         && gathered->n_pages < GATHERED_MAX;
}

/* Takes @records (nullable). What is kept is the plan as it is now. */
gboolean
cs_pull_store_page (CsPull *pull, CsPullReading *reading, GPtrArray *records, GError **error)
{
  if (pull->gathered != NULL && can_gather (pull->gathered, reading, records))
    g_ptr_array_extend_and_steal (pull->gathered->records, records);
  else if (write_gathered (pull, error))
    pull->gathered = pages_new (pull, reading, records);
  else
    {
      g_clear_pointer (&records, g_ptr_array_unref);
      return FALSE;
    }
  /* The number stays when the run is over: the next must be greater. */
  reading->cursor.run = MAX (reading->cursor.run, cs_pull_plan_get_run (reading->plan));
  reading->cursor.high_water_ms = cs_pull_plan_get_cursor_ms (reading->plan);
  cs_cursor_clear (&pull->gathered->cursor);
  pull->gathered->cursor = reading->cursor;
  pull->gathered->cursor.plan = cs_pull_plan_to_string (reading->plan);
  pull->gathered->cursor.covered_ms = cs_pull_plan_get_covered_ms (pull->readings[0].plan);
  pull->gathered->n_pages++;
  return TRUE;
}

/* --- counting what is here --- */

typedef struct
{
  CsUuid connection_id;
  CsMirrorRange range;
} Counting;

static gpointer
count_job (CsStore *store, gpointer data, GError **error)
{
  Counting *counting = data;
  g_autofree CsMirrorCount *count = g_new0 (CsMirrorCount, 1);

  return cs_store_count_mirror (store, &counting->connection_id, &counting->range, count, error)
             ? g_steal_pointer (&count)
             : NULL;
}

static gpointer
mark_job (CsStore *store, gpointer data, GError **error)
{
  Counting *counting = data;

  cs_store_mark_gone (store, &counting->connection_id, &counting->range, error);
  return NULL;
}

static gboolean
compare (CsPull *pull, CsPullReading *reading, const CsPullQuery *query, GError **error)
{
  g_autofree CsMirrorCount *count = NULL;
  const Counting counting = { pull->connection_id,
                              { .kind = reading->kind->name,
                                .from = query->from,
                                .before = query->before,
                                .changed_from_ms = query->changed_from_ms,
                                .changed_before_ms = query->changed_before_ms,
                                .run = cs_pull_plan_get_run (reading->plan),
                                .changed_until_ms = cs_pull_plan_get_cursor_ms (reading->plan),
                                .needs_unseen = query->needs_unseen,
                                .expected = query->expected } };

  if (!cs_pull_drain (pull, error))
    return FALSE;
  count = cs_await_record (
      cs_session_write (pull->session, count_job, g_memdup2 (&counting, sizeof counting), g_free, g_free),
      error);
  if (count == NULL || !cs_pull_is_wanted (pull, error))
    return FALSE;
  if (!cs_pull_plan_compared (reading->plan, query, count->n, count->n_unseen))
    return TRUE;
  if (!cs_pull_write (pull, mark_job, g_memdup2 (&counting, sizeof counting), g_free, error))
    return FALSE;
  cs_pull_add_changes (pull, reading->kind->change);
  return TRUE;
}

/* --- asking --- */

static void
ask (CsPull *pull, CsPullReading *reading, const CsPullQuery *query)
{
  const CsLedgerQuery asked = { .kind = reading->kind->ledger_kind,
                                .modified_since_ms = query->modified_since_ms,
                                .page = query->page,
                                .by_id = query->by_id,
                                .newest_first = query->newest_first,
                                .open_only = query->open_only,
                                .summary_only = query->summary_only,
                                .from = query->from,
                                .before = query->before,
                                .changed_from_ms = query->changed_from_ms,
                                .changed_before_ms = query->changed_before_ms };
  Flight *flight = g_new0 (Flight, 1);

  flight->reading = reading;
  flight->query = *query;
  flight->page = cs_pull_ask (pull->session, pull->ledger, &asked);
  g_queue_push_tail (&pull->flight, flight);
}

/* FALSE with @error, or without: nothing more may be asked now. */
static gboolean
ask_next (CsPull *pull, CsPullReading *reading, GError **error)
{
  CsPullQuery query;

  if (reading->is_skipped || !cs_pull_plan_next (reading->plan, &query))
    return FALSE;
  if (query.what == CS_PULL_COMPARE)
    return compare (pull, reading, &query, error);
  ask (pull, reading, &query);
  return TRUE;
}

static gboolean
fill_flight (CsPull *pull, GError **error)
{
  for (gsize i = 0; i < CS_LEDGER_N_KINDS; i++)
    {
      g_autoptr (GError) local = NULL;

      while (g_queue_get_length (&pull->flight) < IN_FLIGHT_MAX
             && ask_next (pull, &pull->readings[i], &local))
        ;
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

/* What settles invoices is read as far as the ledger tells it to us: an older grant may not have the scope,
 * and invoices say themselves what is due. */
static gboolean
is_dispensable (const CsPullReading *reading, const GError *error)
{
  return reading->kind->ledger_kind >= CS_LEDGER_KIND_PAYMENTS
         && (g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED)
             || g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN)
             || g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND));
}

/* By last change, too: the ledger searches them all for that, or has more than it lists in one second. */
static GError *
too_many_contacts (const GError *refusal)
{
  return cs_remote_error_new (
      CS_REMOTE_ERROR_TOO_MANY,
      _ ("Xero has more than 100,000 contacts, and lists no more than that to a program."), refusal->message,
      _ ("What was read before stays. Ask Xero’s support to remove contacts that nobody uses (archived ones "
         "count, too), then choose Refresh from Xero."));
}

static gboolean
take_refusal (CsPull *pull, const Flight *flight, GError *refusal, GError **error)
{
  CsPullReading *reading = flight->reading;

  if (is_dispensable (reading, refusal))
    {
      g_info ("%s are not read: %s", reading->kind->name, refusal->message);
      reading->is_skipped = TRUE;
      return TRUE;
    }
  if (g_error_matches (refusal, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_MANY)
      && cs_pull_plan_split (reading->plan, &flight->query, cs_session_get_today (pull->session),
                             MAX (cs_timer_now_ms (&pull->session->timer), reading->cursor.run + 1)))
    return TRUE;
  if (g_error_matches (refusal, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_MANY)
      && reading->kind->ledger_kind == CS_LEDGER_KIND_CONTACTS)
    g_propagate_error (error, too_many_contacts (refusal));
  else
    g_propagate_error (error, g_error_copy (refusal));
  return FALSE;
}

static gboolean
take_page (CsPull *pull, const Flight *flight, CsLedgerPage *page, GError **error)
{
  CsPullReading *reading = flight->reading;
  const CsPullAnswer answer = { .n_records = page->records->len,
                                .page_count = page->page_count,
                                .item_count = page->item_count,
                                .high_water_ms = page->high_water_ms,
                                .clock_ms = page->clock_ms,
                                .now_ms = cs_timer_now_ms (&pull->session->timer) };
  gboolean is_stored = flight->query.what == CS_PULL_READ;
  guint n_records = page->records->len;

  cs_pull_plan_answered (reading->plan, &flight->query, &answer);
  if (!is_stored)
    return TRUE;
  if (!cs_pull_store_page (pull, reading, g_steal_pointer (&page->records), error))
    return FALSE;
  cs_pull_add_progress (pull,
                        flight->query.by_id && cs_pull_plan_is_full (reading->plan) ? CS_SYNC_STAGE_READING
                                                                                    : CS_SYNC_STAGE_CHANGES,
                        n_records);
  if (n_records > 0)
    cs_pull_add_changes (pull, reading->kind->change);
  return TRUE;
}

static gboolean
is_writing (CsPull *pull)
{
  DexFuture *newest = g_queue_peek_tail (&pull->writing);

  return newest != NULL && dex_future_is_pending (newest);
}

/* Nothing waits for the ledger that could be on the disk; but what would only wait behind another transaction
 * stays, so that more goes with it. */
static gboolean
write_meanwhile (CsPull *pull, DexFuture *page, GError **error)
{
  return dex_future_is_resolved (page) || (dex_future_is_pending (page) && is_writing (pull))
         || write_gathered (pull, error);
}

/* The oldest question's answer, so that pages are stored in their order. */
static gboolean
land (CsPull *pull, GError **error)
{
  Flight *flight = g_queue_pop_head (&pull->flight);
  g_autoptr (GError) refusal = NULL;
  g_autoptr (CsLedgerPage) page = NULL;
  gboolean is_good = FALSE;

  if (!write_meanwhile (pull, flight->page, error))
    {
      flight_free (flight);
      return FALSE;
    }
  page = cs_pull_await_record (pull, dex_ref (flight->page), &refusal);
  /* A refusal may be the end. */
  if (page == NULL && !write_gathered (pull, error))
    is_good = FALSE;
  else if (flight->reading->is_skipped)
    is_good = TRUE;
  else if (page != NULL)
    is_good = take_page (pull, flight, page, error);
  else
    is_good = take_refusal (pull, flight, refusal, error);
  flight_free (flight);
  return is_good && cs_pull_is_wanted (pull, error);
}

/* --- plans --- */

typedef struct
{
  CsUuid connection_id;
  const CsPullKind *kind;
} CursorOf;

static void
cursor_free (gpointer data)
{
  cs_cursor_clear (data);
  g_free (data);
}

static gpointer
get_cursor_job (CsStore *store, gpointer data, GError **error)
{
  CursorOf *of = data;
  g_autofree CsCursor *cursor = g_new0 (CsCursor, 1);

  if (!cs_store_get_cursor (store, &of->connection_id, of->kind->name, cursor, error))
    return NULL;
  return g_steal_pointer (&cursor);
}

/* Each kind goes on where its cursor is. */
gboolean
cs_pull_start_plans (CsPull *pull, GError **error)
{
  for (gsize i = 0; i < CS_LEDGER_N_KINDS; i++)
    {
      CsPullReading *reading = &pull->readings[i];
      const CursorOf of = { pull->connection_id, &cs_pull_kinds[i] };
      CsCursor *cursor = cs_await_record (
          cs_session_write (pull->session, get_cursor_job, g_memdup2 (&of, sizeof of), g_free, cursor_free),
          error);

      if (cursor == NULL)
        return FALSE;
      reading->kind = &cs_pull_kinds[i];
      reading->cursor = *cursor;
      reading->plan = cs_pull_plan_new (&reading->kind->traits, cursor->high_water_ms, cursor->plan);
      cs_pull_plan_start (reading->plan, pull->is_full,
                          MAX (cs_timer_now_ms (&pull->session->timer), cursor->run + 1));
      /* One that was left half done goes on. */
      reading->is_skipped
          = reading->kind->is_rare && !pull->is_thorough && !cs_pull_plan_is_full (reading->plan);
      reading->cursor.plan = NULL;
      cursor_free (cursor);
    }
  return TRUE;
}

/* Before anything else, the first time: newest and open first, so that the list is useful after one call. */
gboolean
cs_pull_glance (CsPull *pull, GError **error)
{
  CsPullReading *invoices = &pull->readings[0];
  CsPullQuery query;

  if (cs_pull_plan_get_cursor_ms (invoices->plan) > 0 || !cs_pull_plan_next (invoices->plan, &query))
    return TRUE;
  ask (pull, invoices, &query);
  return land (pull, error);
}

static gboolean
finish (CsPull *pull, CsPullReading *reading, GError **error)
{
  guint missing = cs_pull_plan_get_missing (reading->plan);

  if (reading->is_skipped || !cs_pull_plan_is_full (reading->plan))
    return TRUE;
  if (missing == 0)
    reading->cursor.full_ms = cs_timer_now_ms (&pull->session->timer);
  if (!cs_pull_store_page (pull, reading, NULL, error))
    return FALSE;
  if (missing == 0 || reading->kind->ledger_kind >= CS_LEDGER_KIND_PAYMENTS)
    return TRUE;
  g_set_error (
      error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_BAD_REPLY,
      /* Translators: %u is a number of invoices or contacts. */
      ngettext ("Xero counts %'u record more than it gave, though it was asked twice. What it gave is "
                "stored; refresh everything once more.",
                "Xero counts %'u records more than it gave, though it was asked twice. What it gave is "
                "stored; refresh everything once more.",
                missing),
      missing);
  return FALSE;
}

/* All kinds side by side, as many questions in flight as the ledger allows. */
gboolean
cs_pull_run_plans (CsPull *pull, GError **error)
{
  for (;;)
    {
      if (!fill_flight (pull, error))
        return FALSE;
      if (g_queue_is_empty (&pull->flight))
        break;
      if (!land (pull, error))
        return FALSE;
    }
  for (gsize i = 0; i < CS_LEDGER_N_KINDS; i++)
    if (!finish (pull, &pull->readings[i], error))
      return FALSE;
  return cs_pull_drain (pull, error);
}
