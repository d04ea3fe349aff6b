/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft under edit, over a real session that was never connected: sums at once, saved by itself, never
 * lost. */
#include "cs-client-list.h"
#include "cs-proposal-editor.h"
#include "cs-proposal-list.h"
#include "cs-proposal-progress.h"

#include "cs-session-catch-up.h"
#include "cs-store-proposals.h"
#include "test-session.h"
#include "test-wait.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  TestSession practice;
  CsUuid client_id;
  CsUuid proposal_id;
} Fixture;

/* The record of @future, whose answer is kept as long as the test runs on. */
static gpointer
await_record (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gpointer record = test_await_record (future, &error);

  g_assert_no_error (error);
  return record;
}

static void
await (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  test_await (future, &error);
  g_assert_no_error (error);
}

static void
wait_for (TestCondition is_there, gpointer data)
{
  g_assert_true (test_wait_until (is_there, data));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsClient) saved = NULL;
  g_autoptr (CsProposal) proposal = NULL;

  test_session_set_up (&fixture->practice);
  g_set_str (&client->name, "Kauri Plumbing Ltd");
  saved = await_record (cs_session_save_client (fixture->practice.session, client));
  fixture->client_id = saved->id;
  proposal = await_record (cs_proposal_create (fixture->practice.session, &saved->id));
  fixture->proposal_id = proposal->id;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_session_tear_down (&fixture->practice);
}

static gboolean
is_loaded (gpointer editor)
{
  return cs_proposal_editor_get (editor) != NULL && cs_proposal_editor_get_client (editor) != NULL;
}

static CsProposalEditor *
open_editor (Fixture *fixture)
{
  CsProposalEditor *editor = cs_proposal_editor_new (fixture->practice.session, &fixture->proposal_id);

  wait_for (is_loaded, editor);
  return editor;
}

static void
add_line (CsProposalEditor *editor, gboolean is_monthly, const char *description, const char *price)
{
  CsProposalLine *line = cs_proposal_editor_add_line (editor, is_monthly);

  g_set_str (&line->description, description);
  g_assert_true (cs_decimal_parse (price, &line->unit_price, NULL));
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  cs_proposal_editor_touch (editor);
}

static gpointer
read_proposal (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_proposal (store, data, error);
}

static CsProposal *
read_back (Fixture *fixture)
{
  return await_record (cs_session_read (fixture->practice.session, read_proposal,
                                        g_memdup2 (&fixture->proposal_id, sizeof (CsUuid)), g_free,
                                        (GDestroyNotify)cs_proposal_free));
}

static gboolean
is_saved (gpointer editor)
{
  return cs_proposal_editor_get_save_state (editor) == CS_SAVE_STATE_SAVED;
}

static void
count_cb (CsProposalEditor *editor, gpointer count)
{
  ++*(guint *)count;
}

static void
test_sums (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (GPtrArray) missing = cs_proposal_editor_list_missing (editor);
  g_autoptr (GPtrArray) nothing = NULL;
  g_autoptr (CsPreview) preview = NULL;
  CsTotals totals;
  guint n_edits = 0;

  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpstr (missing->pdata[0], ==, "lines");
  g_signal_connect (editor, "edited", G_CALLBACK (count_cb), &n_edits);
  add_line (editor, FALSE, "Annual accounts", "1000");
  add_line (editor, TRUE, "Bookkeeping", "300");
  g_assert_cmpuint (n_edits, >=, 4); /* without a turn of the main loop */
  g_assert_true (
      cs_proposal_compute_totals (cs_proposal_editor_get (editor), CS_BILLING_ONCE, &totals, NULL));
  g_assert_cmpint (totals.total.minor, ==, 115000);
  g_assert_true (
      cs_proposal_compute_totals (cs_proposal_editor_get (editor), CS_BILLING_MONTHLY, &totals, NULL));
  g_assert_cmpint (totals.total.minor, ==, 34500);
  nothing = cs_proposal_editor_list_missing (editor);
  g_assert_cmpuint (nothing->len, ==, 0);

  preview = cs_proposal_editor_preview (editor, cs_date_from_parts (2026, 11, 22), NULL);
  g_assert_nonnull (preview);
  g_assert_cmpstr (preview->contact_name, ==, "Kauri Plumbing Ltd");
  g_assert_cmpint (preview->contact_fate, ==, CS_CONTACT_NEW);
  g_assert_cmpuint (preview->now->len, ==, 1);
  g_assert_cmpint (((CsPlannedInvoice *)preview->now->pdata[0])->totals.total.minor, ==, 115000);
  g_assert_cmpstr (((CsPlannedInvoice *)preview->now->pdata[0])->number, !=, "");
  g_assert_cmpuint (preview->later->len, ==, 1);
  g_assert_cmpint (g_array_index (preview->later, CsPreviewSeries, 0).each.minor, ==, 34500);
  await (cs_proposal_editor_flush (editor));
}

static void
add_line_every (CsProposalEditor *editor, CsBillingRhythm rhythm, const char *price)
{
  GPtrArray *lines;

  add_line (editor, TRUE, "Payroll", price);
  lines = cs_proposal_editor_edit (editor)->lines;
  ((CsProposalLine *)lines->pdata[lines->len - 1])->billing = cs_billing_rule_recurring (rhythm, 1);
  cs_proposal_editor_touch (editor);
}

static void
assert_total (const CsProposal *proposal, CsBillingRhythm rhythm, gint64 total)
{
  CsTotals totals;

  g_assert_true (cs_proposal_compute_totals (proposal, rhythm, &totals, NULL));
  g_assert_cmpint (totals.total.minor, ==, total);
}

/* U-14: every five weeks is neither every month nor every four weeks, and is kept as it was said. */
static void
test_any_rhythm (Fixture *fixture, gconstpointer data)
{
  static const CsBillingRhythm four_weeks = { CS_BILLING_UNIT_WEEKS, 4 };
  static const CsBillingRhythm five_weeks = { CS_BILLING_UNIT_WEEKS, 5 };
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsProposal) saved = NULL;
  g_autoptr (CsPreview) preview = NULL;
  g_autoptr (GArray) rhythms = NULL;
  const CsPreviewSeries *series;

  add_line (editor, TRUE, "Bookkeeping", "300");
  add_line_every (editor, five_weeks, "100");
  add_line_every (editor, four_weeks, "50");
  await (cs_proposal_editor_flush (editor));
  saved = read_back (fixture);
  rhythms = cs_proposal_list_rhythms (saved);
  g_assert_cmpuint (rhythms->len, ==, 3);
  assert_total (saved, CS_BILLING_MONTHLY, 34500);
  assert_total (saved, five_weeks, 11500);
  assert_total (saved, four_weeks, 5750);

  preview = cs_proposal_editor_preview (editor, cs_date_from_parts (2026, 11, 22), NULL);
  g_assert_cmpuint (preview->later->len, >=, 3); /* on some days two fall together */
  series = &g_array_index (preview->later, CsPreviewSeries, 2);
  g_assert_cmpint (cs_billing_rhythm_compare (series->rhythm, five_weeks), ==, 0);
  g_assert_cmpint (series->each.minor, ==, 11500);
  g_assert_cmpint (cs_date_compare (series->first, cs_date_from_parts (2026, 12, 27)), ==, 0);
}

static void
assert_missing (CsProposalEditor *editor, const char *code)
{
  g_autoptr (GPtrArray) missing = cs_proposal_editor_list_missing (editor);

  g_assert_cmpuint (missing->len, ==, code != NULL ? 1 : 0);
  if (code != NULL)
    g_assert_cmpstr (missing->pdata[0], ==, code);
}

/* What can't be read, and a total below zero or beyond what money can hold, keep it from being accepted. */
static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  CsProposalLine *first, *second;

  add_line (editor, FALSE, "Annual accounts", "1000");
  add_line (editor, FALSE, "Discount", "-200");
  second = cs_proposal_editor_edit (editor)->lines->pdata[1];
  assert_missing (editor, NULL);
  cs_proposal_editor_set_unread (editor, second, "price", TRUE);
  second->unit_price = CS_DECIMAL (0);
  assert_missing (editor, "line-price-unread:2");
  cs_proposal_editor_set_unread (editor, second, "price", FALSE);
  second->unit_price = CS_DECIMAL (-1001);
  assert_missing (editor, "total-upfront");
  first = cs_proposal_editor_edit (editor)->lines->pdata[0];
  first->unit_price = second->unit_price = CS_DECIMAL (900000000000000);
  first->quantity = CS_DECIMAL (50);
  assert_missing (editor, NULL);
  second->quantity = CS_DECIMAL (50);
  assert_missing (editor, "total-too-large");
  second->quantity = CS_DECIMAL (500); /* said of that service, and once */
  assert_missing (editor, "line-price:2");
  first->unit_price = CS_DECIMAL (1000);
  first->quantity = second->quantity = CS_DECIMAL (1);
  second->unit_price = CS_DECIMAL (-200);
  cs_proposal_editor_set_unread (editor, NULL, "start", TRUE);
  assert_missing (editor, "start-unread");
  cs_proposal_editor_set_unread (editor, NULL, "start", FALSE);
  assert_missing (editor, NULL);
  cs_proposal_editor_set_unread (editor, second, "quantity", TRUE);
  cs_proposal_editor_remove_line (editor, 1);
  assert_missing (editor, NULL);
}

static void
test_saves_itself (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsProposal) saved = NULL;

  g_set_str (&cs_proposal_editor_edit (editor)->title, "Accounts 2027");
  cs_proposal_editor_touch (editor);
  g_assert_cmpint (cs_proposal_editor_get_save_state (editor), ==, CS_SAVE_STATE_UNSAVED);
  wait_for (is_saved, editor);
  saved = read_back (fixture);
  g_assert_cmpstr (saved->title, ==, "Accounts 2027");
}

/* A read that is held on its thread between two of its statements, as a busy machine may hold it. */
static struct
{
  GMutex lock;
  GCond changed;
  const char *before; /* (nullable): what the statement says that is not to begin yet */
  gboolean is_held;
} hold;

static int
hold_statement_cb (guint kind, gpointer unused, gpointer statement, gpointer text)
{
  if (sqlite3_db_readonly (sqlite3_db_handle (statement), "main") != 1)
    return 0;
  g_mutex_lock (&hold.lock);
  while (hold.before != NULL && strstr (text, hold.before) != NULL)
    {
      hold.is_held = TRUE;
      g_cond_wait (&hold.changed, &hold.lock);
    }
  g_mutex_unlock (&hold.lock);
  return 0;
}

/* Of every file that is opened from then on. */
static int
watch_statements (sqlite3 *handle, char **words, gconstpointer unused)
{
  return sqlite3_trace_v2 (handle, SQLITE_TRACE_STMT, hold_statement_cb, NULL);
}

static void
set_hold (const char *before)
{
  g_mutex_lock (&hold.lock);
  hold.before = before;
  hold.is_held = FALSE;
  g_cond_broadcast (&hold.changed);
  g_mutex_unlock (&hold.lock);
}

static gboolean
is_held (gpointer unused)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&hold.lock);

  return hold.is_held;
}

static gboolean
is_read_twice (gpointer n_edits)
{
  return *(guint *)n_edits >= 2;
}

/* What was read before our own save, and comes after it, does not replace what was saved: what is typed from
 * then on would be typed into what was. */
static void
test_older_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsClient) other = cs_client_new ();
  g_autoptr (CsClient) saved = NULL;
  guint n_loads = 0;
  guint n_edits = 0;

  set_hold ("FROM client c LEFT JOIN link"); /* the proposal was read by then, its client not */
  g_set_str (&other->name, "Somebody else Ltd");
  saved = await_record (
      cs_session_save_client (fixture->practice.session, other)); /* so that it is read again */
  wait_for (is_held, NULL);
  g_set_str (&cs_proposal_editor_edit (editor)->title, "As typed");
  cs_proposal_editor_touch (editor);
  await (cs_proposal_editor_flush (editor));

  g_signal_connect (editor, "loaded", G_CALLBACK (count_cb), &n_loads);
  g_signal_connect (editor, "edited", G_CALLBACK (count_cb), &n_edits);
  set_hold (NULL);
  wait_for (is_read_twice, &n_edits); /* the late one, and what our save asked for */
  g_assert_cmpuint (n_loads, ==, 0);
  g_assert_cmpstr (cs_proposal_editor_get (editor)->title, ==, "As typed");
}

static void
test_flush_and_dispose (Fixture *fixture, gconstpointer data)
{
  CsProposalEditor *editor = open_editor (fixture);
  g_autoptr (CsProposal) saved = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf ("Title %u", i);

      g_set_str (&cs_proposal_editor_edit (editor)->title, title);
      cs_proposal_editor_touch (editor);
      dex_future_disown (cs_proposal_editor_flush (editor)); /* the next edit comes while this is written */
    }
  dex_future_disown (cs_proposal_editor_flush (editor));
  g_object_unref (editor); /* the page was left at once */
  await (cs_session_save_settings (
      fixture->practice.session,
      cs_session_get_settings (fixture->practice.session))); /* the writer's queue */
  for (guint i = 0; i < 3; i++)
    {
      g_clear_pointer (&saved, cs_proposal_free);
      saved = read_back (fixture);
    }
  g_assert_cmpstr (saved->title, ==, "Title 4");
}

/* The window is closed on the last keystroke. */
static void
test_close_at_once (Fixture *fixture, gconstpointer data)
{
  CsProposalEditor *editor = open_editor (fixture);
  g_autoptr (CsProposal) saved = NULL;

  g_set_str (&cs_proposal_editor_edit (editor)->title, "Typed last");
  cs_proposal_editor_touch (editor);
  dex_future_disown (cs_proposal_editor_flush (editor));
  g_object_unref (editor);
  test_session_close (&fixture->practice);
  test_session_reopen (&fixture->practice);
  saved = read_back (fixture);
  g_assert_cmpstr (saved->title, ==, "Typed last");
}

/* Two open at once: neither edit is lost to "stale", and the second is told. */
static void
told_cb (CsProposalEditor *editor, const char *words, gpointer count)
{
  g_assert_cmpstr (words, !=, "");
  ++*(guint *)count;
}

static gpointer
save_other (Fixture *fixture, const char *title)
{
  g_autoptr (CsProposal) other = read_back (fixture);

  g_set_str (&other->title, title);
  return await_record (cs_session_save_proposal (fixture->practice.session, other));
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsProposal) other = NULL;
  g_autoptr (CsProposal) saved = NULL;
  guint n_told = 0;

  g_signal_connect (editor, "told", G_CALLBACK (told_cb), &n_told);
  g_set_str (&cs_proposal_editor_edit (editor)->title, "Mine");
  cs_proposal_editor_touch (editor);
  other = save_other (fixture, "Theirs");
  await (cs_proposal_editor_flush (editor));
  g_assert_cmpuint (n_told, ==, 1);
  saved = read_back (fixture);
  g_assert_cmpstr (saved->title, ==, "Mine");
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsProposal) saved = NULL;
  const CsProposal *proposal = cs_proposal_editor_get (editor);
  CsUuid first;

  add_line (editor, FALSE, "One", "1");
  add_line (editor, TRUE, "Two", "2");
  add_line (editor, TRUE, "Three", "3");
  await (cs_proposal_editor_flush (editor));
  first = ((CsProposalLine *)proposal->lines->pdata[0])->id;
  g_assert_false (cs_uuid_is_none (&first)); /* and it stays over every later save */

  cs_proposal_editor_move_line (editor, 0, 2);
  cs_proposal_editor_remove_line (editor, 0);
  g_assert_cmpuint (proposal->lines->len, ==, 2);
  g_assert_true (cs_proposal_editor_restore_line (editor));
  g_assert_false (cs_proposal_editor_restore_line (editor));
  cs_proposal_editor_set_designated_day (editor, 20);
  await (cs_proposal_editor_flush (editor));
  saved = read_back (fixture);
  g_assert_cmpuint (saved->lines->len, ==, 3);
  g_assert_cmpstr (((CsProposalLine *)saved->lines->pdata[0])->description, ==, "Two");
  g_assert_cmpuint (((CsProposalLine *)saved->lines->pdata[0])->billing.designated_day, ==, 20);
  g_assert_true (cs_uuid_equal (&((CsProposalLine *)saved->lines->pdata[2])->id, &first));
}

static void
shaped_cb (CsProposalEditor *editor, guint shaping, gpointer last)
{
  *(guint *)last = shaping;
}

/* A proposal of one service, saved, whose next saves of its shape tell @shaping. */
static CsProposalLine *
begin_shaping (CsProposalEditor *editor, guint *shaping)
{
  g_signal_connect (editor, "shaped", G_CALLBACK (shaped_cb), shaping);
  add_line (editor, FALSE, "Annual accounts", "1000");
  await (cs_proposal_editor_flush (editor));
  g_assert_cmpuint (*shaping, ==, 0); /* it is new, and nothing was shaped */
  return cs_proposal_editor_get (editor)->lines->pdata[0];
}

static void
shape_both (CsProposalEditor *editor, CsProposalLine *line, int days, const char *account)
{
  CsProposal *proposal = cs_proposal_editor_edit (editor);

  cs_proposal_editor_note_shape (editor, NULL);
  proposal->terms_kind = CS_TERMS_AFTER_INVOICE;
  proposal->due_days = days;
  cs_proposal_editor_note_shape (editor, line);
  g_set_str (&line->account_code, account);
  if (line->shape == NULL)
    line->shape = cs_shape_new ();
  g_set_str (&line->shape->values[CS_SHAPE_GROUPING], CS_SHAPE_ALONE);
  cs_proposal_editor_touch (editor);
  await (cs_proposal_editor_flush (editor));
}

/* I-11: what shapes its invoices, its services' included, goes back as one, on the disk too; the rest stays.
 */
static void
test_shape_is_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsProposal) saved = NULL;
  CsProposalLine *line;
  guint shaping = 0;

  line = begin_shaping (editor, &shaping);
  shape_both (editor, line, 45, "260");
  g_assert_cmpuint (shaping, ==, 1);
  g_set_str (&line->description, "Renamed since");
  cs_proposal_editor_touch (editor);
  await (cs_proposal_editor_flush (editor));
  g_assert_cmpuint (shaping, ==, 1); /* no shape, nothing to undo */
  g_assert_true (cs_proposal_editor_restore_shapes (editor, shaping));
  await (cs_proposal_editor_flush (editor));
  g_assert_cmpuint (shaping, ==, 1); /* what was undone is not offered again */
  g_assert_false (cs_proposal_editor_restore_shapes (editor, shaping));
  saved = read_back (fixture);
  line = saved->lines->pdata[0];
  g_assert_cmpint (saved->terms_kind, ==, CS_TERMS_INHERITED);
  g_assert_cmpstr (line->account_code, ==, "200");
  g_assert_true (cs_shape_is_empty (line->shape));
  g_assert_cmpstr (line->description, ==, "Renamed since");
  g_assert_cmpint (line->tax_rate.units, ==, CS_DECIMAL (15).units);
}

static void
assert_not_undone (CsProposalEditor *editor, guint shaping, int days)
{
  g_assert_false (cs_proposal_editor_restore_shapes (editor, shaping));
  g_assert_cmpint (cs_proposal_editor_get (editor)->due_days, ==, days);
  g_assert_cmpint (cs_proposal_editor_get_save_state (editor), ==, CS_SAVE_STATE_SAVED);
}

/* I-11: what was changed since, or whose service is gone, stays as it is. */
static void
test_shape_undo_comes_too_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  CsProposalLine *line;
  guint shaping = 0;

  line = begin_shaping (editor, &shaping);
  shape_both (editor, line, 45, "260");
  shape_both (editor, line, 46, "260");
  g_assert_cmpuint (shaping, ==, 2);
  assert_not_undone (editor, 1, 46);
  /* By something that noted nothing. */
  cs_proposal_editor_edit (editor)->due_days = 47;
  cs_proposal_editor_touch (editor);
  await (cs_proposal_editor_flush (editor));
  assert_not_undone (editor, 2, 47);
  shape_both (editor, line, 48, "200");
  cs_proposal_editor_remove_line (editor, 0);
  await (cs_proposal_editor_flush (editor));
  assert_not_undone (editor, 3, 48);
}

static gboolean
is_progress_loaded (gpointer progress)
{
  return cs_proposal_progress_is_loaded (progress);
}

static gboolean
is_draft (gpointer editor)
{
  return cs_proposal_editor_is_draft (editor);
}

static gboolean
is_accepted (gpointer editor)
{
  return !cs_proposal_editor_is_draft (editor);
}

/* P-02: accepted with the last keystroke in it, held, undone. */
static void
test_acceptance (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsProposalProgress) progress = NULL;
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (CsProposal) saved = NULL;

  add_line (editor, FALSE, "Annual accounts", "1000");
  g_set_str (&cs_proposal_editor_edit (editor)->title, "To the last letter");
  cs_proposal_editor_touch (editor);
  g_set_str (&acceptance->signatory, "Mia Kauri");
  acceptance->accepted_on = cs_date_from_parts (2026, 11, 22);
  await (cs_proposal_editor_accept (editor, acceptance));
  wait_for (is_accepted, editor);
  g_assert_cmpstr (cs_proposal_editor_get (editor)->title, ==, "To the last letter");

  progress = cs_proposal_progress_new (fixture->practice.session, &fixture->proposal_id);
  wait_for (is_progress_loaded, progress);
  g_assert_cmpuint (cs_proposal_progress_get_rows (progress)->len, ==, 1);
  g_assert_cmpint (cs_proposal_progress_get_undo (progress), ==, CS_PROGRESS_UNDO_POSSIBLE);
  g_assert_cmpint (cs_proposal_progress_get_hold_until_ms (progress), >, TEST_SESSION_NOW_MS);
  await (cs_session_undo_acceptance (fixture->practice.session, &fixture->proposal_id));
  wait_for (is_draft, editor);
}

static void
accept (CsProposalEditor *editor, CsDate accepted_on)
{
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();

  g_set_str (&acceptance->signatory, "Mia Kauri");
  acceptance->accepted_on = accepted_on;
  await (cs_proposal_editor_accept (editor, acceptance));
  wait_for (is_accepted, editor);
}

static gboolean
is_kept_back (gpointer progress)
{
  return cs_proposal_progress_get_undo (progress) == CS_PROGRESS_UNDO_KEPT_BACK;
}

static gboolean
can_be_undone (gpointer progress)
{
  return cs_proposal_progress_get_undo (progress) == CS_PROGRESS_UNDO_POSSIBLE;
}

/* What a person keeps from being sent can't be undone with the rest; taken back it is held again, and can. */
static void
test_kept_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsProposalProgress) progress = NULL;
  g_autofree CsUuid *cancelled = NULL;
  const CsProgressRow *row;
  CsPlannedSeen seen;

  add_line (editor, FALSE, "Annual accounts", "1000");
  accept (editor, cs_date_from_parts (2026, 11, 22));
  progress = cs_proposal_progress_new (fixture->practice.session, &fixture->proposal_id);
  wait_for (can_be_undone, progress);
  row = g_ptr_array_index (cs_proposal_progress_get_rows (progress), 0);
  seen = cs_planned_invoice_get_seen (row->planned);
  cancelled = await_record (cs_session_cancel_journal (fixture->practice.session, &row->operation->id));
  g_assert_nonnull (cancelled);
  wait_for (is_kept_back, progress);
  await (cs_session_release_planned (fixture->practice.session, &seen));
  wait_for (can_be_undone, progress);
  g_assert_true (cs_proposal_progress_holds_rows (progress));
  await (cs_session_undo_acceptance (fixture->practice.session, &fixture->proposal_id));
  wait_for (is_draft, editor);
}

/* What this window shows when it is accepted another one changes: it is not accepted unseen. */
static void
test_accepted_as_seen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) here = open_editor (fixture);
  g_autoptr (CsProposalEditor) there = NULL;
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (DexFuture) accepting = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *saving;

  add_line (here, FALSE, "Annual accounts", "1000");
  await (cs_proposal_editor_flush (here));
  there = open_editor (fixture);
  add_line (there, FALSE, "Something more", "500");
  g_set_str (&acceptance->signatory, "Mia Kauri");
  acceptance->accepted_on = cs_date_from_parts (2026, 11, 22);
  saving = cs_proposal_editor_flush (there);
  accepting = cs_proposal_editor_accept (here, acceptance);
  await (saving);
  wait_for (test_is_settled, accepting);
  g_assert_null (dex_future_get_value (accepting, &error));
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STALE);
  g_assert_true (cs_proposal_editor_is_draft (there));
}

static gboolean
is_not_held (gpointer progress)
{
  return cs_proposal_progress_get_hold_until_ms (progress) == 0;
}

/* P-02: where the client's contact is on its way for another proposal, and only later months are billed, no
 * row is written. It is held all the same, and can be undone for as long. */
static void
test_hold_without_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProposalEditor) first = open_editor (fixture);
  g_autoptr (CsProposalEditor) second = NULL;
  g_autoptr (CsProposalProgress) progress = NULL;
  g_autoptr (CsProposal) proposal = NULL;

  add_line (first, FALSE, "Annual accounts", "1000");
  accept (first, cs_date_from_parts (2026, 11, 22));
  proposal = await_record (cs_proposal_create (fixture->practice.session, &fixture->client_id));
  fixture->proposal_id = proposal->id;
  second = open_editor (fixture);
  add_line (second, TRUE, "Bookkeeping", "300");
  cs_proposal_editor_set_designated_day (second, 1);
  accept (second, cs_date_from_parts (2026, 11, 22));

  progress = cs_proposal_progress_new (fixture->practice.session, &proposal->id);
  wait_for (is_progress_loaded, progress);
  g_assert_null (cs_proposal_progress_get_contact (progress));
  g_assert_false (cs_proposal_progress_holds_rows (progress));
  g_assert_cmpint (cs_proposal_progress_get_hold_until_ms (progress), >, TEST_SESSION_NOW_MS);
  g_assert_cmpint (cs_proposal_progress_get_undo (progress), ==, CS_PROGRESS_UNDO_POSSIBLE);
  await (cs_session_release_acceptance (fixture->practice.session, &proposal->id));
  wait_for (is_not_held, progress);
  g_assert_cmpint (cs_proposal_progress_get_undo (progress), ==, CS_PROGRESS_UNDO_OVER);
}

static guint
count_missed (CsProposalProgress *progress, guint *n_skipped)
{
  GPtrArray *rows = cs_proposal_progress_get_rows (progress);
  guint n_missed = 0;

  *n_skipped = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const CsProgressRow *row = rows->pdata[i];

      n_missed += row->needs_word;
      *n_skipped += row->planned->skipped_ms > 0;
    }
  return n_missed;
}

static gboolean
has_skipped (gpointer progress)
{
  guint n_skipped = 0;

  count_missed (progress, &n_skipped);
  return n_skipped > 0;
}

/* U-11: what lies between the acceptance and today is named before, and waits for a word after; the year
 * ahead is counted from today. */
static void
test_past_months (Fixture *fixture, gconstpointer data)
{
  CsDate accepted_on = cs_date_from_parts (2026, 8, 14);
  g_autoptr (CsProposalEditor) editor = open_editor (fixture);
  g_autoptr (CsPreview) preview = NULL;
  g_autoptr (CsProposalProgress) progress = NULL;
  const CsPreviewSeries *ahead;
  guint n_skipped = 0;

  add_line (editor, FALSE, "Annual accounts", "1000");
  add_line (editor, TRUE, "Bookkeeping", "300");
  cs_proposal_editor_set_designated_day (editor, 1);
  preview = cs_proposal_editor_preview (editor, accepted_on, NULL);
  g_assert_cmpuint (preview->now->len, ==, 1);
  g_assert_cmpuint (preview->n_past, ==, 3);
  g_assert_cmpint (cs_date_compare (preview->first_past, cs_date_from_parts (2026, 9, 1)), ==, 0);
  g_assert_cmpint (cs_date_compare (preview->last_past, cs_date_from_parts (2026, 11, 1)), ==, 0);
  g_assert_cmpuint (preview->later->len, ==, 1);
  ahead = &g_array_index (preview->later, CsPreviewSeries, 0);
  g_assert_cmpint (cs_date_compare (ahead->first, cs_date_from_parts (2026, 12, 1)), ==, 0);
  g_assert_cmpuint (ahead->count, ==, 12);

  g_clear_pointer (&preview, cs_preview_free);
  cs_proposal_editor_edit (editor)->start = cs_date_from_parts (2026, 7, 1);
  cs_proposal_editor_touch (editor);
  preview = cs_proposal_editor_preview (editor, accepted_on, NULL);
  g_assert_cmpuint (preview->now->len, ==, 1);
  g_assert_cmpint (((CsPlannedInvoice *)preview->now->pdata[0])->totals.total.minor, ==, 115000);
  g_assert_cmpuint (preview->n_past, ==, 5); /* July and August lie before the acceptance */
  g_assert_cmpint (cs_date_compare (preview->first_past, cs_date_from_parts (2026, 7, 1)), ==, 0);

  accept (editor, accepted_on);
  progress = cs_proposal_progress_new (fixture->practice.session, &fixture->proposal_id);
  wait_for (is_progress_loaded, progress);
  g_assert_cmpuint (count_missed (progress, &n_skipped), ==, preview->n_past);
  for (guint i = 0; i < cs_proposal_progress_get_rows (progress)->len; i++)
    {
      const CsProgressRow *row = cs_proposal_progress_get_rows (progress)->pdata[i];

      if (row->needs_word)
        {
          CsPlannedSeen seen = cs_planned_invoice_get_seen (row->planned);

          await (cs_session_skip_planned (fixture->practice.session, &seen, 1, "Agreed by telephone"));
          break;
        }
    }
  wait_for (has_skipped, progress);
  g_assert_cmpuint (count_missed (progress, &n_skipped), ==, 4);
  g_assert_cmpuint (n_skipped, ==, 1);
}

static gboolean
is_list_ready (gpointer list)
{
  return cs_record_list_get_state (list) == CS_LIST_READY && g_list_model_get_n_items (list) > 0;
}

static gboolean
has_two (gpointer list)
{
  return g_list_model_get_n_items (list) == 2;
}

/* A list reads itself again when something it shows was changed. */
static void
test_lists_follow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRecordList) clients = cs_client_list_new (fixture->practice.session);
  g_autoptr (CsRecordList) proposals = cs_proposal_list_new (fixture->practice.session);
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsClient) saved = NULL;
  g_autoptr (CsProposal) proposal = NULL;

  wait_for (is_list_ready, clients);
  wait_for (is_list_ready, proposals);
  g_set_str (&client->name, "Harbour Caf\xc3\xa9");
  saved = await_record (cs_session_save_client (fixture->practice.session, client));
  wait_for (has_two, clients);
  proposal = await_record (cs_proposal_create (fixture->practice.session, &saved->id));
  wait_for (has_two, proposals);
}

#define ADD(name, func) g_test_add ("/model/proposal-editor/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  sqlite3_auto_extension ((void (*) (void))watch_statements);
  ADD ("sums", test_sums);
  ADD ("U-14-any-rhythm", test_any_rhythm);
  ADD ("missing", test_missing);
  ADD ("saves-itself", test_saves_itself);
  ADD ("older-read", test_older_read);
  ADD ("flush-and-dispose", test_flush_and_dispose);
  ADD ("close-at-once", test_close_at_once);
  ADD ("stale", test_stale);
  ADD ("lines", test_lines);
  ADD ("I-11-shape-is-undone", test_shape_is_undone);
  ADD ("I-11-shape-undo-comes-too-late", test_shape_undo_comes_too_late);
  ADD ("acceptance", test_acceptance);
  ADD ("kept-back-is-held-again", test_kept_back);
  ADD ("accepted-as-seen", test_accepted_as_seen);
  ADD ("hold-without-rows", test_hold_without_rows);
  ADD ("past-months", test_past_months);
  ADD ("lists-follow", test_lists_follow);
  return g_test_run ();
}
