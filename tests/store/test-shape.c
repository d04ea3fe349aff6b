/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#define THEME "7b7e6a30-0000-4000-8000-000000000001"

/* An accepted proposal whose contact is there and whose invoice is next to go. */
typedef struct
{
  CsUuid connection_id;
  CsClient *client;
  CsProposal *proposal;
  CsUuid row_id;
} Deal;

static void
deal_clear (Deal *deal)
{
  cs_client_free (deal->client);
  cs_proposal_free (deal->proposal);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Deal, deal_clear)

static void
save_account (Practice *practice, const CsUuid *connection_id, gboolean is_active)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_account_free);
  CsLedgerAccount *account = cs_ledger_account_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&account->code, "200");
  g_set_str (&account->remote_id, "a-1");
  g_set_str (&account->class_name, "REVENUE");
  account->is_active = is_active;
  g_ptr_array_add (accounts, account);
  cs_store_save_accounts (practice->store, connection_id, accounts, &error);
  g_assert_no_error (error);
  cs_store_mark_synced (practice->store, connection_id, practice->now_ms, &error);
  g_assert_no_error (error);
}

static void
save_theme (Practice *practice, const CsUuid *connection_id, const char *theme_id)
{
  g_autoptr (GPtrArray) themes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_branding_theme_free);
  CsLedgerBrandingTheme *theme = cs_ledger_branding_theme_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&theme->remote_id, theme_id);
  g_set_str (&theme->name, "Standard");
  g_ptr_array_add (themes, theme);
  cs_store_save_branding_themes (practice->store, connection_id, themes, &error);
  g_assert_no_error (error);
  cs_store_mark_synced (practice->store, connection_id, practice->now_ms, &error);
  g_assert_no_error (error);
}

static void
shape_client (Practice *practice, const CsClient *client, CsShapeField field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsShape) shape = cs_store_get_client_shape (practice->store, &client->id, &error);

  g_assert_no_error (error);
  g_set_str (&shape->values[field], value);
  cs_store_save_client_shape (practice->store, &client->id, shape, &error);
  g_assert_no_error (error);
}

static void
inherit_terms (CsProposal *proposal)
{
  proposal->terms_kind = CS_TERMS_INHERITED;
  proposal->inherits_status = TRUE;
}

static void
accept (Practice *practice, Deal *deal)
{
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (CsLedgerContact) made = make_contact ("c-1", deal->client->name, "");
  g_autoptr (GError) error = NULL;

  practice_accept (practice, deal->proposal);
  contact = practice_find_row (practice, &deal->proposal->id, CS_JOURNAL_KIND_CONTACT);
  practice_change (practice, &contact->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &contact->id, CS_JOURNAL_QUEUED, 1);
  cs_store_finish_contact (practice->store, &contact->id, made, FALSE, "corr-1", &error);
  g_assert_no_error (error);
  invoice = practice_find_row (practice, &deal->proposal->id, CS_JOURNAL_KIND_INVOICE);
  practice_change (practice, &invoice->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  deal->row_id = invoice->id;
}

static void
begin_deal (Practice *practice, Deal *deal)
{
  g_autoptr (GError) error = NULL;

  practice_claim (practice);
  deal->connection_id = practice_connect (practice, "tenant-1");
  deal->client = practice_add_client (practice, "Kea", "kea@example.com");
  deal->proposal = practice_new_proposal (deal->client);
  inherit_terms (deal->proposal);
  cs_store_save_proposal (practice->store, deal->proposal, &error);
  g_assert_no_error (error);
}

/* Refused, blocked, and nothing was sent. */
static void
assert_blocked (Practice *practice, const Deal *deal, const char *code, const char *parameter)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (CsJournalEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  gint64 sent_before = practice_query (practice, "SELECT sent_count FROM practice");

  g_assert_false (cs_store_freeze_journal (practice->store, &deal->row_id, CS_JOURNAL_QUEUED, 1, bytes, "",
                                           practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  entry = practice_get_row (practice, &deal->row_id);
  g_assert_cmpint (entry->state, ==, CS_JOURNAL_BLOCKED);
  g_assert_cmpstr (entry->outcome_code, ==, code);
  g_assert_cmpstr (entry->outcome_message, ==, parameter);
  g_assert_null (entry->frozen);
  g_assert_cmpint (practice_query (practice, "SELECT sent_count FROM practice"), ==, sent_before);
}

static void
assert_state (Practice *practice, const Deal *deal, CsJournalState state)
{
  g_autoptr (CsJournalEntry) entry = practice_get_row (practice, &deal->row_id);

  g_assert_cmpint (entry->state, ==, state);
}

static void
test_account_is_checked_before_it_is_sent (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };

  begin_deal (practice, &deal);
  save_account (practice, &deal.connection_id, TRUE);
  accept (practice, &deal);
  save_account (practice, &deal.connection_id, FALSE);
  assert_blocked (practice, &deal, "account-unusable", "200");
  /* Still archived: it stays. */
  save_account (practice, &deal.connection_id, FALSE);
  assert_state (practice, &deal, CS_JOURNAL_BLOCKED);
  /* Mended in the ledger: it goes on by itself once that was read. */
  save_account (practice, &deal.connection_id, TRUE);
  assert_state (practice, &deal, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &deal.row_id, CS_JOURNAL_QUEUED, 1);
  practice_assert_sound (practice);
}

static void
test_own_lock_date (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (CsSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  begin_deal (practice, &deal);
  accept (practice, &deal);
  settings = cs_store_get_settings (practice->store, &error);
  g_assert_false (cs_date_is_set (settings->lock_date));
  settings->lock_date = FIXTURE_TODAY;
  cs_store_save_settings (practice->store, settings, &error);
  g_assert_no_error (error);
  assert_blocked (practice, &deal, "locked-here", "2026-11-22");
  settings->lock_date = CS_DATE_NONE;
  cs_store_save_settings (practice->store, settings, &error);
  g_assert_no_error (error);
  assert_state (practice, &deal, CS_JOURNAL_QUEUED);
}

/* What is blocked takes what its levels say now, and keeps its number. */
static void
test_theme_is_mended_here (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (CsJournalEntry) before = NULL;
  g_autoptr (CsJournalEntry) after = NULL;

  begin_deal (practice, &deal);
  save_theme (practice, &deal.connection_id, THEME);
  shape_client (practice, deal.client, CS_SHAPE_THEME, "gone");
  accept (practice, &deal);
  assert_blocked (practice, &deal, "theme-gone", "gone");
  before = practice_get_row (practice, &deal.row_id);
  shape_client (practice, deal.client, CS_SHAPE_THEME, THEME);
  after = practice_get_row (practice, &deal.row_id);
  g_assert_cmpint (after->state, ==, CS_JOURNAL_QUEUED);
  g_assert_cmpstr (after->number, ==, before->number);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_invoice WHERE theme_id = '" THEME
                                             "' AND journal_id IS NOT NULL"),
                   ==, 1);
}

static void
save_tracking (Practice *practice, const CsUuid *connection_id)
{
  g_autoptr (GPtrArray) categories
      = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tracking_category_free);
  CsLedgerTrackingCategory *category = cs_ledger_tracking_category_new ();
  CsLedgerTrackingOption *option = cs_ledger_tracking_option_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&category->remote_id, "r");
  g_set_str (&category->name, "Region");
  g_set_str (&option->remote_id, "n");
  g_set_str (&option->name, "North");
  category->is_active = option->is_active = TRUE;
  g_ptr_array_add (category->options, option);
  g_ptr_array_add (categories, category);
  cs_store_save_tracking (practice->store, connection_id, categories, &error);
  g_assert_no_error (error);
}

/* What its client's invoices are tracked by is gone from the ledger. */
static void
accept_untracked (Practice *practice, Deal *deal)
{
  begin_deal (practice, deal);
  save_account (practice, &deal->connection_id, TRUE);
  save_tracking (practice, &deal->connection_id);
  shape_client (practice, deal->client, CS_SHAPE_TRACKING, "r=gone");
  accept (practice, deal);
}

/* Everything that its levels say anew, and not only what it was blocked for. */
static void
test_tracking_and_terms_are_mended_here (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (CsShape) shape = cs_shape_new ();
  g_autoptr (GError) error = NULL;

  accept_untracked (practice, &deal);
  assert_blocked (practice, &deal, "tracking-gone", "gone");
  g_set_str (&shape->values[CS_SHAPE_TRACKING], "r=n");
  g_set_str (&shape->values[CS_SHAPE_TERMS], "invoice+30");
  g_set_str (&shape->values[CS_SHAPE_STATUS], CS_SHAPE_AUTHORISED);
  cs_store_save_client_shape (practice->store, &deal.client->id, shape, &error);
  g_assert_no_error (error);
  assert_state (practice, &deal, CS_JOURNAL_QUEUED);
  g_assert_cmpint (practice_query (practice, "SELECT due - date FROM planned_invoice WHERE number <> ''"), ==,
                   30);
  g_assert_cmpint (practice_query (practice, "SELECT authorise FROM planned_invoice WHERE number <> ''"), ==,
                   1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_line WHERE tracking <> 'r=n'"), ==,
                   0);
  practice_assert_sound (practice);
}

/* A missed invoice is billed under a later day: @deal is about its row then. */
static void
bill_missed (Practice *practice, Deal *deal, CsDate back)
{
  g_autoptr (GPtrArray) missed = NULL;
  g_autoptr (GPtrArray) planned = NULL;
  g_autoptr (GError) error = NULL;
  CsPlannedSeen seen;

  cs_store_release_due (practice->store, FIXTURE_TODAY, NULL, &error);
  g_assert_no_error (error);
  practice_wait (practice, (back.days - FIXTURE_TODAY.days) * G_GINT64_CONSTANT (86400000));
  cs_store_release_due (practice->store, back, NULL, &error);
  g_assert_no_error (error);
  missed = cs_store_list_catch_up (practice->store, back, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (missed->len, ==, 1);
  seen = cs_planned_invoice_get_seen (((CsCatchUpItem *)missed->pdata[0])->planned);
  cs_store_bill_catch_up (practice->store, &seen, 1, CS_CATCH_UP_TODAY, back, &error);
  g_assert_no_error (error);
  planned = cs_store_list_planned (practice->store, &deal->proposal->id, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < planned->len; i++)
    if (cs_uuid_equal (&((CsPlannedInvoice *)planned->pdata[i])->id, &seen.id))
      deal->row_id = ((CsPlannedInvoice *)planned->pdata[i])->journal_id;
  practice_change (practice, &deal->row_id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
}

/* Its days to pay are counted from the day that it is billed on, by what its levels say now. */
static void
test_terms_of_what_was_missed (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (CsShape) shape = cs_shape_new ();
  g_autoptr (GError) error = NULL;

  accept_untracked (practice, &deal);
  bill_missed (practice, &deal, cs_date_from_parts (2026, 12, 20));
  g_assert_cmpint (practice_query (practice, "SELECT billed_due - billed_on FROM planned_invoice"
                                             " WHERE billed_on IS NOT NULL"),
                   !=, 30);
  assert_blocked (practice, &deal, "tracking-gone", "gone");
  g_set_str (&shape->values[CS_SHAPE_TRACKING], "r=n");
  g_set_str (&shape->values[CS_SHAPE_TERMS], "invoice+30");
  cs_store_save_client_shape (practice->store, &deal.client->id, shape, &error);
  g_assert_no_error (error);
  assert_state (practice, &deal, CS_JOURNAL_QUEUED);
  g_assert_cmpint (practice_query (practice, "SELECT billed_due - billed_on FROM planned_invoice"
                                             " WHERE billed_on IS NOT NULL"),
                   ==, 30);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_invoice WHERE due < date"), ==, 0);
  practice_assert_sound (practice);
}

static void
take_number (Practice *practice, const Deal *deal, const char *reference, gint64 total_minor)
{
  CsLedgerInvoice *invoice = make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, total_minor);
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (GError) error = NULL;
  const CsCursor cursor = { 0 };

  g_set_str (&invoice->reference, reference);
  if (g_str_equal (reference, "PROP-0001"))
    g_set_str (&invoice->contact_id, "c-1"); /* the client's own */
  g_ptr_array_add (invoices, invoice);
  cs_store_save_invoices (practice->store, &deal->connection_id, invoices, &cursor, &error);
  g_assert_no_error (error);
}

/* Taken between the giving of the number and the sending: it is blocked, in words, and never renumbered
 * without a person's word [U-07]. */
static void
test_number_taken_meanwhile (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (CsJournalEntry) entry = NULL;
  g_autoptr (CsJournalEntry) after = NULL;
  g_autoptr (GError) error = NULL;
  CsJournalChange again = { .expected = CS_JOURNAL_BLOCKED, .state = CS_JOURNAL_QUEUED };

  begin_deal (practice, &deal);
  accept (practice, &deal);
  take_number (practice, &deal, "Somebody's own", 100);
  assert_blocked (practice, &deal, "number-taken",
                  "The ledger has another invoice of this number. Use the next number.");
  cs_store_mark_synced (practice->store, &deal.connection_id, practice->now_ms, &error);
  g_assert_no_error (error);
  entry = practice_get_row (practice, &deal.row_id);
  g_assert_cmpint (entry->state, ==, CS_JOURNAL_BLOCKED);
  g_assert_cmpstr (entry->number, ==, "CS-0001");
  again.generation = entry->generation;
  cs_store_retry_journal (practice->store, &deal.row_id, &again, TRUE, &error);
  g_assert_no_error (error);
  after = practice_get_row (practice, &deal.row_id);
  g_assert_cmpstr (after->number, ==, "CS-0002");
  practice_freeze (practice, &deal.row_id, CS_JOURNAL_QUEUED, after->generation + 1);
  practice_assert_sound (practice);
}

/* What may be this very invoice, of which only the answer was lost, is not held back: the ledger refuses it,
 * and a probe tells. */
static void
test_number_of_our_own_is_sent (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };

  begin_deal (practice, &deal);
  accept (practice, &deal);
  take_number (practice, &deal, "PROP-0001",
               practice_query (practice, "SELECT total_minor FROM planned_invoice WHERE number <> ''"));
  practice_freeze (practice, &deal.row_id, CS_JOURNAL_QUEUED, 1);
}

/* What is this invoice by near certainty, with another total, is no reason for another number: that would
 * bill it twice. */
static void
test_our_own_with_another_total (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (CsFoundInvoice) found = NULL;
  g_autoptr (GError) error = NULL;

  begin_deal (practice, &deal);
  accept (practice, &deal);
  take_number (practice, &deal, "PROP-0001", 100);
  assert_blocked (practice, &deal, "different",
                  "The ledger has an invoice of this number that differs from what was planned.");
  found = cs_store_get_found (practice->store, &deal.row_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->kind, ==, CS_FOUND_OURS);
  g_assert_cmpstr (found->invoice->remote_id, ==, "i-1");
  g_assert_cmpstr (found->reference, ==, "PROP-0001");
  g_assert_true (cs_date_compare (found->date, FIXTURE_TODAY) == 0);
  practice_assert_sound (practice);
}

static void
test_practice_shapes_what_is_planned (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (CsSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  begin_deal (practice, &deal);
  accept (practice, &deal);
  settings = cs_store_get_settings (practice->store, &error);
  g_assert_no_error (error);
  settings->terms_kind = CS_TERMS_AFTER_MONTH_END;
  settings->due_days = 0;
  cs_store_save_settings (practice->store, settings, &error);
  g_assert_no_error (error);
  /* The first of a month, due on its last; what is on its way as before. */
  g_assert_cmpint (practice_query (practice, "SELECT min (due - date) >= 27 AND max (due - date) <= 30"
                                             " FROM planned_invoice WHERE number = ''"),
                   ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT due - date FROM planned_invoice WHERE number <> ''"), ==,
                   14);
}

/* Which would be refused by the ledger, or by everything that reads it, is never kept. */
static void
test_wrong_shape_is_not_kept (Practice *practice, gconstpointer data)
{
  static const struct
  {
    CsShapeField field;
    const char *value;
  } wrong[] = { { CS_SHAPE_TERMS, "never" },
                { CS_SHAPE_STATUS, "paid" },
                { CS_SHAPE_GROUPING, "sometimes" },
                { CS_SHAPE_TRACKING, "a=1;b=2;c=3" },
                { CS_SHAPE_SERIES, "Ā-" } };
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CsShape) shape = cs_shape_new ();
      g_autoptr (GError) error = NULL;

      g_set_str (&shape->values[wrong[i].field], wrong[i].value);
      g_assert_false (cs_store_save_client_shape (practice->store, &client->id, shape, &error));
      assert_store_error (error, CS_STORE_ERROR_INVALID);
    }
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client_shape"), ==, 0);
}

static void
test_client_shapes_what_is_planned (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  gint64 n_lines;

  begin_deal (practice, &deal);
  accept (practice, &deal);
  n_lines = practice_query (practice, "SELECT count(*) FROM planned_line");
  g_assert_cmpint (practice_query (practice, "SELECT count(DISTINCT due - date) FROM planned_invoice"), ==,
                   1);
  /* What a person decided not to bill stays so [U-11]. */
  practice_run_sql (practice, "UPDATE planned_invoice SET skipped_ms = 1 WHERE id ="
                              " (SELECT id FROM planned_invoice WHERE number = '' ORDER BY date LIMIT 1)");
  shape_client (practice, deal.client, CS_SHAPE_TERMS, "invoice+30");
  /* What is on its way stays as it was shown; all the rest is as the client has it now. */
  g_assert_cmpint (practice_query (practice, "SELECT due - date FROM planned_invoice WHERE number <> ''"), ==,
                   14);
  g_assert_cmpint (practice_query (practice, "SELECT min (due - date) = 30 AND max (due - date) = 30"
                                             " FROM planned_invoice WHERE number = '' AND skipped_ms = 0"),
                   ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_invoice WHERE skipped_ms = 1"), ==,
                   1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_line"), ==, n_lines);
  practice_assert_sound (practice);
}

static CsDate
get_date (GPtrArray *plan, guint index)
{
  return ((CsPlannedInvoice *)plan->pdata[index])->date;
}

static const char *
get_description (GPtrArray *plan, guint index)
{
  return ((CsPlannedLine *)((CsPlannedInvoice *)plan->pdata[index])->lines->pdata[0])->description;
}

static void
test_alone_after_together (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (GPtrArray) plan = NULL;
  CsProposalLine *extra;
  gint64 n_invoices, n_lines;
  g_autoptr (GError) error = NULL;

  begin_deal (practice, &deal);
  extra = cs_proposal_line_copy (deal.proposal->lines->pdata[1]);
  extra->id = CS_UUID_NONE;
  g_set_str (&((CsProposalLine *)deal.proposal->lines->pdata[1])->description, "a");
  g_set_str (&extra->description, "b");
  g_ptr_array_add (deal.proposal->lines, extra);
  cs_store_save_proposal (practice->store, deal.proposal, &error);
  g_assert_no_error (error);
  accept (practice, &deal);
  n_invoices = practice_query (practice, "SELECT count(*) FROM planned_invoice WHERE number = ''");
  n_lines = practice_query (practice, "SELECT count(*) FROM planned_line");
  shape_client (practice, deal.client, CS_SHAPE_GROUPING, CS_SHAPE_ALONE);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_invoice WHERE number = ''"), ==,
                   2 * n_invoices);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_line"), ==, n_lines);
  /* Those of one day stand in the proposal's order. */
  plan = cs_store_list_planned (practice->store, &deal.proposal->id, &error);
  for (guint i = 1; i < plan->len; i++)
    if (cs_date_compare (get_date (plan, i - 1), get_date (plan, i)) == 0)
      g_assert_cmpstr (get_description (plan, i - 1), <, get_description (plan, i));
  /* And back: no period is billed twice, none is lost. */
  shape_client (practice, deal.client, CS_SHAPE_GROUPING, NULL);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_invoice WHERE number = ''"), ==,
                   n_invoices);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_line"), ==, n_lines);
  practice_assert_sound (practice);
}

static void
test_series_of_a_client (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  const CsCursor cursor = { 0 };

  begin_deal (practice, &deal);
  g_ptr_array_add (invoices, make_invoice ("i-1", "kea-0001", FIXTURE_TODAY, 100));
  cs_store_save_invoices (practice->store, &deal.connection_id, invoices, &cursor, &error);
  g_assert_no_error (error);
  shape_client (practice, deal.client, CS_SHAPE_SERIES, "KEA-");
  numbers = cs_store_list_next_numbers (practice->store, "KEA-", 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (numbers->pdata[0], ==, "KEA-0002"); /* the ledger has the first */
  g_assert_cmpstr (numbers->pdata[1], ==, "KEA-0003");
  accept (practice, &deal);
  entry = practice_get_row (practice, &deal.row_id);
  g_assert_cmpstr (entry->number, ==, "KEA-0002");
  g_assert_cmpint (practice_query (practice, "SELECT number_next FROM settings"), ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT next FROM number_series"), ==, 3);
}

static void
test_line_shape_is_agreed (Practice *practice, gconstpointer data)
{
  g_auto (Deal) deal = { 0 };
  g_autoptr (CsProposal) again = NULL;
  g_autoptr (GError) error = NULL;
  CsProposalLine *line;

  begin_deal (practice, &deal);
  line = deal.proposal->lines->pdata[0];
  line->shape = cs_shape_new ();
  g_set_str (&line->shape->values[CS_SHAPE_TRACKING], "r=n");
  g_set_str (&line->account_code, "");
  shape_client (practice, deal.client, CS_SHAPE_ACCOUNT, "210");
  cs_store_save_proposal (practice->store, deal.proposal, &error);
  g_assert_no_error (error);
  accept (practice, &deal);
  again = practice_get_proposal (practice, &deal.proposal->id);
  line = again->lines->pdata[0];
  g_assert_cmpstr (line->shape->values[CS_SHAPE_TRACKING], ==, "r=n");
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM agreement WHERE canonical LIKE"
                                             " '%\"account_code\":\"210\"%\"tracking\":\"r=n\"%'"),
                   ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_line WHERE tracking = 'r=n'"
                                             " AND account_code = '210'"),
                   ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit WHERE action = 'client.shaped'"), ==,
                   1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/shape/B-07-U-16-account-is-checked-before-it-is-sent",
            test_account_is_checked_before_it_is_sent);
  ADD_TEST ("/store/shape/B-07-own-lock-date", test_own_lock_date);
  ADD_TEST ("/store/shape/B-07-theme-is-mended-here", test_theme_is_mended_here);
  ADD_TEST ("/store/shape/B-07-tracking-and-terms-are-mended-here", test_tracking_and_terms_are_mended_here);
  ADD_TEST ("/store/shape/B-07-U-11-terms-of-what-was-missed", test_terms_of_what_was_missed);
  ADD_TEST ("/store/shape/U-07-number-taken-meanwhile", test_number_taken_meanwhile);
  ADD_TEST ("/store/shape/B-02-number-of-our-own-is-sent", test_number_of_our_own_is_sent);
  ADD_TEST ("/store/shape/B-02-our-own-with-another-total", test_our_own_with_another_total);
  ADD_TEST ("/store/shape/I-11-practice-shapes-what-is-planned", test_practice_shapes_what_is_planned);
  ADD_TEST ("/store/shape/I-11-wrong-shape-is-not-kept", test_wrong_shape_is_not_kept);
  ADD_TEST ("/store/shape/I-11-client-shapes-what-is-planned", test_client_shapes_what_is_planned);
  ADD_TEST ("/store/shape/U-27-U-10-alone-after-together", test_alone_after_together);
  ADD_TEST ("/store/shape/series-of-a-client", test_series_of_a_client);
  ADD_TEST ("/store/shape/line-shape-is-agreed", test_line_shape_is_agreed);
  return g_test_run ();
}
