/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Overwrites, so that the inode stays. */
static void
copy_into (const char *from, const char *to)
{
  g_autofree char *content = NULL;
  gsize size;
  FILE *file = g_fopen (to, "w");

  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  g_assert_cmpuint (fwrite (content, 1, size, file), ==, size);
  fclose (file);
}

static void
assert_row (Practice *practice, const CsUuid *id, CsJournalState state, gboolean probe_first)
{
  g_autoptr (CsJournalEntry) row = practice_get_row (practice, id);

  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpint (row->probe_first, ==, probe_first);
}

static void
back_up (Practice *practice, const char *backup)
{
  g_autofree char *into = g_strdup_printf ("VACUUM INTO '%s'", backup);

  g_assert_true (cs_sql_execute (practice->store->sql, into, NULL));
}

/* A backup; then a proposal that is accepted and sent, of which the backup knows nothing; and the backup put
 * back. Answers the proposal. The ledger has its invoice as CS-0001. */
static CsProposal *
restore_over_sent (Practice *practice, CsUuid *connection_id)
{
  g_autofree char *backup = g_build_filename (practice->folder, "backup.sqlite", NULL);
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  *connection_id = practice_connect (practice, "tenant-1");
  cs_store_link_client (practice->store, &client->id, connection_id, "contact-1", "person", &error);
  g_assert_no_error (error);
  practice_claim (practice);
  back_up (practice, backup);
  practice_accept (practice, proposal);
  row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpstr (row->number, ==, "CS-0001");
  practice_send_all (practice, &proposal->id);
  practice_close (practice);
  copy_into (backup, practice->path);
  practice_reopen (practice);
  g_assert_true (practice_claim (practice));
  return g_steal_pointer (&proposal);
}

static void
pull (Practice *practice, const CsUuid *connection_id)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (page, make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, 115000));
  g_ptr_array_add (page, make_invoice ("i-7", "cs-0007", FIXTURE_TODAY, 5));
  g_ptr_array_add (page, make_invoice ("i-8", "CS-0099A", FIXTURE_TODAY, 5)); /* of another series */
  g_ptr_array_add (page, make_invoice ("i-9", "INV-0500", FIXTURE_TODAY, 5));
  cs_store_save_invoices (practice->store, connection_id, page, NULL, &error);
  g_assert_no_error (error);
  cs_store_mark_synced (practice->store, connection_id, practice->now_ms, &error);
  g_assert_no_error (error);
}

/* As the pusher does with what is to be probed, when the ledger has nothing of that number. */
static void
probe_in_vain (Practice *practice, const CsUuid *id)
{
  practice_change (practice, id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_change (practice, id, CS_JOURNAL_QUEUED, CS_JOURNAL_DOUBTFUL);
  practice_change (practice, id, CS_JOURNAL_DOUBTFUL, CS_JOURNAL_QUEUED);
}

static gboolean
needs_pull (Practice *practice)
{
  gboolean needs = FALSE;

  g_assert_true (cs_store_needs_pull_before_sending (practice->store, &needs, NULL));
  return needs;
}

static void
assert_not_sent_from (Practice *practice, const CsUuid *id, CsJournalState state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      cs_store_freeze_journal (practice->store, id, state, 1, bytes, "", practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
}

static void
assert_not_sent (Practice *practice, const CsUuid *id)
{
  assert_not_sent_from (practice, id, CS_JOURNAL_QUEUED);
}

static CsJournalEntry *
find_number (Practice *practice, const CsUuid *proposal_id, const char *number)
{
  g_autoptr (GPtrArray) rows = cs_store_list_journal (practice->store, proposal_id, NULL);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((CsJournalEntry *)g_ptr_array_index (rows, i))->number, number))
      return g_ptr_array_steal_index (rows, i);
  g_error ("There is no %s", number);
}

/* Design.md section 4, and the review's scenario: another proposal takes the lost invoice's number, and the
 * first one is accepted again under the next: it was sent already, and is not sent twice. */
static void
test_restored_double_send (Practice *practice, gconstpointer data)
{
  CsUuid connection_id;
  g_autoptr (CsProposal) first = restore_over_sent (practice, &connection_id);
  g_autoptr (CsClient) client = practice_get_client (practice, &first->client_id);
  g_autoptr (CsProposal) second = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) other = NULL;
  g_autoptr (CsJournalEntry) row = NULL;

  g_assert_true (needs_pull (practice));
  practice_accept (practice, second);
  practice_accept (practice, first);
  other = practice_find_row (practice, &second->id, CS_JOURNAL_KIND_INVOICE);
  row = practice_find_row (practice, &first->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpstr (other->number, ==, "CS-0001");
  g_assert_cmpstr (row->number, ==, "CS-0002");
  assert_row (practice, &other->id, CS_JOURNAL_HELD, TRUE); /* new, and to be probed all the same */
  assert_row (practice, &row->id, CS_JOURNAL_HELD, TRUE);
  probe_in_vain (practice, &row->id);
  assert_not_sent (practice, &row->id); /* nothing was pulled yet */
  assert_row (practice, &row->id, CS_JOURNAL_QUEUED, FALSE);

  pull (practice, &connection_id);
  g_assert_false (needs_pull (practice));
  assert_not_sent (practice, &row->id);
  g_clear_pointer (&row, cs_journal_entry_free);
  row = practice_find_row (practice, &first->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_BLOCKED);
  g_assert_cmpstr (row->outcome_code, ==, "found-by-reference");
  g_assert_nonnull (strstr (row->outcome_message, "CS-0001"));

  /* A person saw it, and wants both. */
  practice_change (practice, &row->id, CS_JOURNAL_BLOCKED, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &row->id, CS_JOURNAL_QUEUED, 1);
  practice_assert_sound (practice);
}

/* Accepted again a day later, after the pull: its date is another, and it was sent all the same. */
static void
test_restored_other_day (Practice *practice, gconstpointer data)
{
  CsUuid connection_id;
  g_autoptr (CsProposal) first = restore_over_sent (practice, &connection_id);
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (cs_date_add_days (FIXTURE_TODAY, 1));
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  pull (practice, &connection_id);
  practice_wait (practice, G_GINT64_CONSTANT (86400000));
  cs_store_accept_proposal (practice->store, &first->id, acceptance, &error);
  g_assert_no_error (error);
  row = practice_find_row (practice, &first->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpstr (row->number, ==, "CS-0008"); /* past what the ledger has of our series */
  assert_row (practice, &row->id, CS_JOURNAL_HELD, FALSE);
  practice_change (practice, &row->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  assert_not_sent (practice, &row->id);
  assert_row (practice, &row->id, CS_JOURNAL_BLOCKED, FALSE);
}

/* A backup in which the proposal is accepted; then the acceptance is taken back, and given anew on the next
 * day, and that is sent; and the backup put back. Answers the invoice's row in it. */
static CsJournalEntry *
restore_over_undone (Practice *practice, CsUuid *connection_id)
{
  g_autofree char *backup = g_build_filename (practice->folder, "backup.sqlite", NULL);
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsAcceptance) next_day = practice_new_acceptance (cs_date_add_days (FIXTURE_TODAY, 1));
  g_autoptr (GError) error = NULL;

  *connection_id = practice_connect (practice, "tenant-1");
  cs_store_link_client (practice->store, &client->id, connection_id, "contact-1", "person", &error);
  g_assert_no_error (error);
  practice_claim (practice);
  practice_accept (practice, proposal);
  back_up (practice, backup);
  cs_store_undo_acceptance (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  practice_wait (practice, G_GINT64_CONSTANT (86400000));
  cs_store_accept_proposal (practice->store, &proposal->id, next_day, &error);
  g_assert_no_error (error);
  practice_send_all (practice, &proposal->id);
  practice_close (practice);
  copy_into (backup, practice->path);
  practice_reopen (practice);
  g_assert_true (practice_claim (practice));
  return practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
}

/* What was sent has another day and another number than what the backup would send. */
static void
test_restored_undone (Practice *practice, gconstpointer data)
{
  CsUuid connection_id;
  g_autoptr (CsJournalEntry) row = restore_over_undone (practice, &connection_id);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (row->number, ==, "CS-0001");
  assert_row (practice, &row->id, CS_JOURNAL_HELD, TRUE);
  probe_in_vain (practice, &row->id);
  g_ptr_array_add (page, make_invoice ("i-2", "CS-0002", cs_date_add_days (FIXTURE_TODAY, 1), 115000));
  cs_store_save_invoices (practice->store, &connection_id, page, NULL, &error);
  g_assert_no_error (error);
  cs_store_mark_synced (practice->store, &connection_id, practice->now_ms, &error);
  g_assert_no_error (error);
  assert_not_sent (practice, &row->id);
  assert_row (practice, &row->id, CS_JOURNAL_BLOCKED, FALSE);
}

/* What was not to be sent in the backup may have been wanted after all: it is looked for first. */
static void
test_restored_cancelled (Practice *practice, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (practice->folder, "backup.sqlite", NULL);
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsClient) other = practice_add_client (practice, "Tui", "");
  g_autoptr (CsProposal) sent = practice_add_proposal (practice, other);
  g_autoptr (CsJournalEntry) row = NULL;

  practice_connect (practice, "tenant-1");
  practice_claim (practice);
  practice_accept (practice, proposal);
  row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  practice_change (practice, &row->id, CS_JOURNAL_HELD, CS_JOURNAL_CANCELLED);
  assert_row (practice, &row->id, CS_JOURNAL_CANCELLED, FALSE);
  back_up (practice, backup);
  practice_accept (practice, sent);
  practice_send_all (practice, &sent->id);
  practice_close (practice);
  copy_into (backup, practice->path);
  practice_reopen (practice);
  g_assert_true (practice_claim (practice));
  assert_row (practice, &row->id, CS_JOURNAL_CANCELLED, TRUE);
}

/* People may have changed the amount of what was sent and then forgotten: our reference is enough for a
 * person to be asked [B-02]. */
static void
test_restored_edited (Practice *practice, gconstpointer data)
{
  CsUuid connection_id;
  g_autoptr (CsProposal) first = restore_over_sent (practice, &connection_id);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (page, make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, 115001));
  cs_store_save_invoices (practice->store, &connection_id, page, NULL, &error);
  g_assert_no_error (error);
  cs_store_mark_synced (practice->store, &connection_id, practice->now_ms, &error);
  g_assert_no_error (error);
  practice_accept (practice, first);
  row = practice_find_row (practice, &first->id, CS_JOURNAL_KIND_INVOICE);
  practice_change (practice, &row->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  assert_not_sent (practice, &row->id);
  assert_row (practice, &row->id, CS_JOURNAL_BLOCKED, FALSE);
}

/* Nothing was restored: of two lines of one proposal that each make an invoice of the same amount on one day,
 * the first arrived and its answer was lost; then a pull read it. It is the first's, and the second goes.
 * What else is like the second is still found. */
static void
test_twins (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (CsJournalEntry) first = NULL;
  g_autoptr (CsJournalEntry) second = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsDate later = cs_date_from_parts (2026, 12, 1);

  cs_store_link_client (practice->store, &client->id, &connection_id, "contact-1", "person", &error);
  g_assert_no_error (error);
  practice_claim (practice);
  practice_accept (practice, proposal);
  first = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  cs_store_release_due (practice->store, cs_date_add_days (later, -1), NULL, &error);
  cs_store_release_due (practice->store, later, NULL, &error);
  g_assert_no_error (error);
  practice_run_sql (practice,
                    "UPDATE planned_invoice SET total_minor = 115000, date = (SELECT min (date) FROM"
                    " planned_invoice) WHERE number = 'CS-0002'");
  second = find_number (practice, &proposal->id, "CS-0002");
  practice_change (practice, &first->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &first->id, CS_JOURNAL_QUEUED, 1);
  practice_change (practice, &first->id, CS_JOURNAL_SENDING, CS_JOURNAL_DOUBTFUL);
  practice_change (practice, &second->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);

  g_ptr_array_add (page, make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, 115000));
  cs_store_save_invoices (practice->store, &connection_id, page, NULL, &error);
  g_assert_no_error (error);
  practice_freeze (practice, &second->id, CS_JOURNAL_QUEUED, 1);
  assert_row (practice, &second->id, CS_JOURNAL_SENDING, FALSE);

  practice_change (practice, &second->id, CS_JOURNAL_SENDING, CS_JOURNAL_WAITING);
  g_ptr_array_add (page, make_invoice ("i-2", "INV-0500", FIXTURE_TODAY, 115000));
  cs_store_save_invoices (practice->store, &connection_id, page, NULL, &error);
  g_assert_no_error (error);
  assert_not_sent_from (practice, &second->id, CS_JOURNAL_WAITING);
  assert_row (practice, &second->id, CS_JOURNAL_BLOCKED, FALSE);
  practice_assert_sound (practice);
}

/* It stays so over a restart, and another tenant's pull says nothing of it. */
static void
test_restored_stays (Practice *practice, gconstpointer data)
{
  CsUuid connection_id;
  g_autoptr (CsProposal) first = restore_over_sent (practice, &connection_id);
  CsUuid other_id;

  practice_reopen (practice);
  g_assert_false (practice_claim (practice));
  g_assert_true (needs_pull (practice));
  other_id = practice_connect (practice, "tenant-2");
  g_assert_true (cs_store_mark_synced (practice->store, &connection_id, 1, NULL));
  g_assert_true (needs_pull (practice));
  g_assert_true (cs_store_mark_synced (practice->store, &other_id, 1, NULL));
  g_assert_false (needs_pull (practice));
  g_assert_false (cs_uuid_is_none (&first->id));
}

/* Held in the backup, and sent after it was made: undone, nothing would look for it. What is accepted from
 * then on can be undone as ever. */
static void
test_restored_undo (Practice *practice, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (practice->folder, "backup.sqlite", NULL);
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) held = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) later = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) kept = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid connection_id = practice_connect (practice, "tenant-1");

  cs_store_link_client (practice->store, &client->id, &connection_id, "contact-1", "person", &error);
  g_assert_no_error (error);
  practice_claim (practice);
  practice_accept (practice, held);
  back_up (practice, backup);
  practice_send_all (practice, &held->id);
  practice_close (practice);
  copy_into (backup, practice->path);
  practice_wait (practice, 1000);
  practice_reopen (practice);
  g_assert_true (practice_claim (practice));

  g_assert_false (cs_store_undo_acceptance (practice->store, &held->id, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_clear_error (&error);
  kept = practice_get_proposal (practice, &held->id);
  g_assert_nonnull (kept->acceptance);

  practice_wait (practice, 1000);
  practice_accept (practice, later);
  g_assert_true (cs_store_undo_acceptance (practice->store, &later->id, &error));
  g_assert_no_error (error);
  practice_assert_sound (practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/claim/restored-double-send", test_restored_double_send);
  ADD_TEST ("/store/claim/restored-other-day", test_restored_other_day);
  ADD_TEST ("/store/claim/B-02/restored-undone", test_restored_undone);
  ADD_TEST ("/store/claim/B-02/restored-cancelled", test_restored_cancelled);
  ADD_TEST ("/store/claim/restored-edited", test_restored_edited);
  ADD_TEST ("/store/claim/B-02 twins", test_twins);
  ADD_TEST ("/store/claim/restored-stays", test_restored_stays);
  ADD_TEST ("/store/claim/restored-undo", test_restored_undo);
  return g_test_run ();
}
