/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

static guint
release (Practice *practice, CsDate today)
{
  g_autoptr (GError) error = NULL;
  guint n = 99;

  cs_store_release_due (practice->store, today, &n, &error);
  g_assert_no_error (error);
  return n;
}

static CsProposal *
accept_one (Practice *practice)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  CsProposal *proposal = practice_add_proposal (practice, client);

  practice_accept (practice, proposal);
  return proposal;
}

/* N runs are as one [U-10]. */
static void
test_n_runs_are_one (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  CsDate first = cs_date_from_parts (2026, 12, 1);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpuint (release (practice, FIXTURE_TODAY), ==, 0); /* acceptance journalled it */
  g_assert_cmpuint (release (practice, cs_date_add_days (first, -1)), ==, 0);
  g_assert_cmpuint (release (practice, first), ==, 1);
  before = practice_dump (practice);
  for (int i = 0; i < 20; i++)
    g_assert_cmpuint (release (practice, first), ==, 0);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 3);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM planned_invoice WHERE number = 'CS-0002'"),
                   ==, 1);
  practice_assert_sound (practice);
}

/* The table itself refuses to bill a period of a line twice. */
static void
test_period_is_unique (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      cs_sql_execute (practice->store->sql,
                      "INSERT INTO planned_line SELECT planned_id, 7, line_id, period_index, period_start,"
                      " period_end, description, quantity, unit_price, account_code, tax_type, tax_rate,"
                      " tracking FROM planned_line LIMIT 1",
                      &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_false (
      cs_sql_execute (practice->store->sql,
                      "INSERT INTO journal (id, kind, subject_id, title, number, state, created_ms,"
                      " hold_until_ms, actor) SELECT randomblob (16), kind, subject_id, title, number,"
                      " state, created_ms, hold_until_ms, actor FROM journal WHERE kind = 'invoice.create'",
                      &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_false (cs_uuid_is_none (&proposal->id));
}

/* What is older than today is for a person [U-11]. */
static void
test_catch_up (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;
  const CsPlannedInvoice *missed;
  CsPlannedSeen unknown = { cs_store_new_uuid (practice->store), cs_money_zero ((CsCurrency){ "NZD" }) };
  CsPlannedSeen seen;

  practice_wait (practice, 20000);
  g_assert_cmpuint (release (practice, cs_date_from_parts (2027, 1, 1)), ==, 1);
  plan = cs_store_list_planned (practice->store, &proposal->id, NULL);
  missed = g_ptr_array_index (plan, 1);
  g_assert_cmpint (cs_date_compare (missed->date, cs_date_from_parts (2026, 12, 1)), ==, 0);
  g_assert_true (cs_uuid_is_none (&missed->journal_id));

  seen = cs_planned_invoice_get_seen (missed);
  cs_store_release_planned (practice->store, &seen, &error);
  g_assert_no_error (error);
  after = cs_store_list_planned (practice->store, &proposal->id, NULL);
  missed = g_ptr_array_index (after, 1);
  g_assert_cmpstr (missed->number, ==, "CS-0003");
  row = practice_get_row (practice, &missed->journal_id);
  g_assert_cmpint (row->hold_until_ms, ==, practice->now_ms + 15000);
  g_assert_false (cs_store_release_planned (practice->store, &seen, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_assert_false (cs_store_release_planned (practice->store, &unknown, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
}

static guint
count_catch_up (Practice *practice, CsDate today)
{
  g_autoptr (GError) error = NULL;
  guint n = 99;

  cs_store_count_catch_up (practice->store, today, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* Not running on the day itself: it goes at the next look, unless that is more than a week later [U-11]. */
static void
test_missed_day (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);

  g_assert_cmpuint (release (practice, cs_date_from_parts (2026, 11, 30)), ==, 0);
  g_assert_cmpuint (count_catch_up (practice, cs_date_from_parts (2026, 12, 8)), ==, 0); /* it would go */
  g_assert_cmpuint (release (practice, cs_date_from_parts (2026, 12, 8)), ==, 1);
  g_assert_cmpuint (release (practice, cs_date_from_parts (2026, 12, 8)), ==, 0);
  g_assert_cmpuint (release (practice, cs_date_from_parts (2026, 12, 31)), ==, 0);
  g_assert_cmpuint (count_catch_up (practice, cs_date_from_parts (2027, 1, 9)), ==, 1);
  g_assert_cmpuint (release (practice, cs_date_from_parts (2027, 1, 9)), ==, 0); /* eight days */
  g_assert_cmpuint (count_catch_up (practice, cs_date_from_parts (2027, 1, 9)), ==, 1);
  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 3);
}

/* Nor was it ever running before: looking begins with the acceptance. */
static void
test_first_look (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = NULL;

  practice_wait (practice, 8 * G_GINT64_CONSTANT (86400000)); /* 30 November */
  proposal = accept_one (practice);
  g_assert_cmpuint (release (practice, cs_date_from_parts (2026, 12, 3)), ==, 1);
  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 3);
}

/* Accepted on an earlier day, as its paper says: what lay between that and today is for a person [U-11],
 * though nobody looked for days. */
static void
test_past_periods (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = NULL;
  g_autoptr (CsProposal) proposal = NULL;
  CsDate today = cs_date_from_parts (2026, 12, 3);

  g_assert_cmpuint (release (practice, FIXTURE_TODAY), ==, 0);
  practice_wait (practice, 11 * G_GINT64_CONSTANT (86400000));
  client = practice_add_client (practice, "Kea", "");
  proposal = practice_add_proposal (practice, client);
  practice_accept (practice, proposal); /* on 22 November */
  g_assert_cmpuint (release (practice, today), ==, 0);
  g_assert_cmpuint (count_catch_up (practice, today), ==, 1);
}

/* A start before the acceptance, as where the paper came back late: the months between are kept, and wait for
 * a person [U-11]; what is due on acceptance goes. */
static void
test_started_before (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_new_proposal (client);
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (release (practice, FIXTURE_TODAY), ==, 0);
  proposal->start = cs_date_from_parts (2026, 10, 1);
  cs_store_save_proposal (practice->store, proposal, &error);
  g_assert_no_error (error);
  practice_accept (practice, proposal); /* on 22 November */
  plan = cs_store_list_planned (practice->store, &proposal->id, NULL);
  for (guint i = 0; i < 3; i++)
    {
      const CsPlannedInvoice *invoice = g_ptr_array_index (plan, i);
      CsDate wanted = i < 2 ? cs_date_from_parts (2026, 10 + (int)i, 1) : FIXTURE_TODAY;

      g_assert_cmpint (invoice->date.days, ==, wanted.days);
      g_assert_true (cs_uuid_is_none (&invoice->journal_id) == (i < 2));
    }
  g_assert_cmpuint (release (practice, FIXTURE_TODAY), ==, 0);
  g_assert_cmpuint (count_catch_up (practice, FIXTURE_TODAY), ==, 2);
  cs_store_undo_acceptance (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_catch_up (practice, FIXTURE_TODAY), ==, 0);
}

/* Cancelled and wanted again: the same row, the same number, a new generation if the ledger saw the old one.
 */
static void
test_cancelled_again (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (CsJournalEntry) before = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_autoptr (CsJournalEntry) after = NULL;
  g_autoptr (CsJournalEntry) contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  g_autoptr (GError) error = NULL;

  practice_claim (practice);
  practice_change (practice, &contact->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &contact->id, CS_JOURNAL_QUEUED, 1);
  practice_change (practice, &contact->id, CS_JOURNAL_SENDING, CS_JOURNAL_BLOCKED);
  practice_change (practice, &contact->id, CS_JOURNAL_BLOCKED, CS_JOURNAL_CANCELLED);
  practice_change (practice, &before->id, CS_JOURNAL_BLOCKED, CS_JOURNAL_CANCELLED);
  practice_release (practice, before, &error);
  g_assert_no_error (error);
  after = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_true (cs_uuid_equal (&before->id, &after->id));
  g_assert_cmpint (after->state, ==, CS_JOURNAL_HELD);
  g_assert_cmpstr (after->number, ==, before->number);
  g_assert_cmpuint (after->generation, ==, 0);
  g_assert_false (after->dependencies_done);
  cs_journal_entry_free (g_steal_pointer (&contact));
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  g_assert_cmpint (contact->state, ==, CS_JOURNAL_HELD);
  g_assert_cmpuint (contact->generation, ==, 2);
  g_assert_null (contact->frozen);
  g_assert_false (cs_uuid_is_none (&connection_id));

  /* Undone and accepted again: not under a key that the ledger has seen. */
  g_assert_true (cs_store_undo_acceptance (practice->store, &proposal->id, &error));
  practice_accept (practice, proposal);
  cs_journal_entry_free (g_steal_pointer (&contact));
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  g_assert_cmpint (contact->state, ==, CS_JOURNAL_HELD);
  g_assert_cmpuint (contact->generation, >, 1);
  practice_assert_sound (practice);
}

/* U-23: cancelled, and wanted again once another ledger has taken the first one's place: it goes to that one,
 * and waits for the contact there, not for the one that the first was to have. */
static void
test_wanted_by_another_ledger (Practice *practice, gconstpointer data)
{
  CsUuid first = practice_connect (practice, "tenant-1");
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (CsJournalEntry) before = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_autoptr (CsJournalEntry) contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  g_autoptr (GPtrArray) unfinished = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid second;

  practice_change (practice, &before->id, CS_JOURNAL_HELD, CS_JOURNAL_CANCELLED);
  practice_change (practice, &contact->id, CS_JOURNAL_HELD, CS_JOURNAL_CANCELLED);
  second = practice_connect (practice, "tenant-2");
  g_assert_false (cs_uuid_equal (&first, &second));
  practice_release (practice, before, &error);
  g_assert_no_error (error);
  unfinished = cs_store_list_unfinished (practice->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unfinished->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (
        cs_uuid_equal (&((CsJournalEntry *)g_ptr_array_index (unfinished, i))->connection_id, &second));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal_dependency"), ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal WHERE state = 'cancelled'"), ==,
                   1);
  practice_assert_sound (practice);
}

/* An invoice that was tried, cancelled and is held once more can't be undone: accepted again, it would go
 * under the key that the ledger has seen. */
static void
test_tried_is_not_undone (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      cs_store_link_client (practice->store, &client->id, &connection_id, "c-1", "person", &error));
  practice_accept (practice, proposal);
  row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  practice_claim (practice);
  practice_change (practice, &row->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &row->id, CS_JOURNAL_QUEUED, 1);
  practice_change (practice, &row->id, CS_JOURNAL_SENDING, CS_JOURNAL_BLOCKED);
  practice_change (practice, &row->id, CS_JOURNAL_BLOCKED, CS_JOURNAL_CANCELLED);
  g_assert_true (practice_release (practice, row, &error));
  g_assert_false (cs_store_undo_acceptance (practice->store, &proposal->id, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  practice_assert_sound (practice);
}

/* Nothing of a proposal leaves while its acceptance can still be undone. */
static void
test_due_within_hold (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (cs_date_from_parts (2026, 11, 20));
  g_autoptr (GError) error = NULL;

  cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (release (practice, cs_date_from_parts (2026, 12, 1)), ==, 1);
  g_assert_cmpint (
      practice_query (practice, "SELECT count(*) FROM journal WHERE hold_until_ms < 1795338015000"), ==, 0);
  cs_store_undo_acceptance (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (practice_query (practice, "SELECT number_next FROM settings"), ==, 1);
}

/* A year on, there is still a year of plan, and no invoice was planned anew. */
static void
test_top_up (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_one (practice);
  g_autoptr (GPtrArray) before = cs_store_list_planned (practice->store, &proposal->id, NULL);
  g_autoptr (GPtrArray) after = NULL;

  release (practice, cs_date_from_parts (2027, 5, 15));
  after = cs_store_list_planned (practice->store, &proposal->id, NULL);
  g_assert_cmpuint (after->len, ==, before->len + 6);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (cs_uuid_equal (&((CsPlannedInvoice *)g_ptr_array_index (before, i))->id,
                                  &((CsPlannedInvoice *)g_ptr_array_index (after, i))->id));
  release (practice, cs_date_from_parts (2027, 5, 15));
  g_ptr_array_unref (g_steal_pointer (&after));
  after = cs_store_list_planned (practice->store, &proposal->id, NULL);
  g_assert_cmpuint (after->len, ==, before->len + 6);
  practice_assert_sound (practice);
}

/* A series that a person moved back skips what our own invoices have. */
static void
test_series_skips_used (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) first = accept_one (practice);
  g_autoptr (CsProposal) second = NULL;
  g_autoptr (CsSettings) settings = cs_store_get_settings (practice->store, NULL);
  g_autoptr (CsJournalEntry) row = NULL;

  settings->number_next = 1;
  g_assert_true (cs_store_save_settings (practice->store, settings, NULL));
  second = accept_one (practice);
  row = practice_find_row (practice, &second->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpstr (row->number, ==, "CS-0002");
  g_assert_false (cs_uuid_equal (&first->id, &second->id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/billing/n-runs-are-one-U-10", test_n_runs_are_one);
  ADD_TEST ("/store/billing/period-is-unique-U-10", test_period_is_unique);
  ADD_TEST ("/store/billing/catch-up-U-11", test_catch_up);
  ADD_TEST ("/store/billing/missed-day-U-11", test_missed_day);
  ADD_TEST ("/store/billing/first-look", test_first_look);
  ADD_TEST ("/store/billing/past-periods-U-11", test_past_periods);
  ADD_TEST ("/store/billing/started-before-U-11", test_started_before);
  ADD_TEST ("/store/billing/cancelled-again", test_cancelled_again);
  ADD_TEST ("/store/billing/U-23-wanted-by-another-ledger", test_wanted_by_another_ledger);
  ADD_TEST ("/store/billing/tried-is-not-undone", test_tried_is_not_undone);
  ADD_TEST ("/store/billing/due-within-hold", test_due_within_hold);
  ADD_TEST ("/store/billing/top-up", test_top_up);
  ADD_TEST ("/store/billing/series-skips-used", test_series_skips_used);
  return g_test_run ();
}
