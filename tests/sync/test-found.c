/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "proposal-fixture.h"

#include "cs-outcome.h"
#include "cs-session-found.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-ledger.h"
#include "cs-store-proposals.h"

/* Invoices that people at the ledger were quicker with: corrected or voided before they were looked for, or
 * waiting for a contact that was merged into another [B-02]. */

#define INVOICES "/api.xro/2.0/Invoices"

/* --- the tests --- */

static gpointer
first_contact (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, error);
  g_autoptr (GPtrArray) contacts
      = connection != NULL ? cs_store_list_contacts (store, &connection->id, error) : NULL;

  return contacts != NULL ? g_strdup (((CsLedgerContact *)g_ptr_array_index (contacts, 5))->remote_id) : NULL;
}

static void
assert_one_invoice (SandboxFixture *fixture, const char *expected_total)
{
  g_autofree char *total = sandbox_fixture_get_created (fixture, "created_invoices", 0, "total");

  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==, 1);
  g_assert_cmpstr (total, ==, expected_total);
}

/* --- what is there, and not as it was sent --- */

static CsJournalEntry *
get_invoice_row (CsSession *session, CsUuid proposal)
{
  g_autoptr (GPtrArray) journal = proposal_fixture_read_journal (session, &proposal);

  for (guint i = 0; i < journal->len; i++)
    if (g_str_equal (((CsJournalEntry *)g_ptr_array_index (journal, i))->kind, CS_JOURNAL_KIND_INVOICE))
      return g_ptr_array_steal_index (journal, i);
  g_assert_not_reached ();
}

/* Sent, its answer lost, and its tax corrected there before it was looked for. */
static CsJournalEntry *
have_corrected (SandboxFixture *fixture, CsSession *session)
{
  CsUuid proposal;
  CsJournalEntry *entry = NULL;

  sandbox_fixture_fault (fixture, "PUT", INVOICES, "corrected-after", 1, 3);
  proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_BLOCKED, 1);
  entry = get_invoice_row (session, proposal);
  g_assert_cmpstr (entry->outcome_code, ==, cs_outcome_to_string (CS_OUTCOME_DIFFERENT));
  proposal_fixture_assert_found (session, &entry->id, CS_FOUND_OURS);
  return entry;
}

/* It is this one: read back, linked, and with the ledger's figures; pressed twice, and while a pull runs. */
static void
test_corrected_is_adopted (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (CsJournalEntry) blocked = have_corrected (fixture, session);
  g_autoptr (CsJournalEntry) done = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *pull = cs_session_pull_now (session);
  DexFuture *first = cs_session_adopt_found (session, &blocked->id);
  DexFuture *second = cs_session_adopt_found (session, &blocked->id);

  g_assert_true (test_await (first, &error));
  g_assert_no_error (error);
  g_assert_true (test_await (second, &error));
  g_assert_no_error (error);
  g_assert_true (test_await (pull, &error));
  g_assert_no_error (error);
  g_assert_true (test_await (cs_session_adopt_found (session, &blocked->id), &error));
  done = get_invoice_row (session, blocked->proposal_id);
  g_assert_cmpint (done->state, ==, CS_JOURNAL_DONE);
  g_assert_cmpstr (done->remote_id, ==, blocked->found_id);
  g_assert_cmpstr (done->outcome_code, ==, cs_outcome_to_string (CS_OUTCOME_CHANGED_BY_LEDGER));
  g_assert_cmpint (sandbox_fixture_count (fixture, "writes"), ==,
                   2); /* a contact and an invoice, each once */
  g_assert_nonnull (strstr (done->outcome_message, "1357.25"));
  g_assert_nonnull (strstr (done->outcome_message, "1357.22"));
  assert_one_invoice (fixture, "1357.25");
  sandbox_fixture_close (session);
}

/* Voided between the card and the button: it says no, and knows why, before any pull has told. */
static void
test_voided_is_not_adopted (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (CsJournalEntry) blocked = have_corrected (fixture, session);
  g_autofree char *body = g_strdup_printf ("{\"invoice\":\"%s\",\"void\":true}", blocked->number);
  g_autoptr (CsJournalEntry) after = NULL;
  g_autoptr (GError) error = NULL;

  sandbox_fixture_post (fixture, "/sandbox/invoices", body);
  g_assert_false (test_await (cs_session_adopt_found (session, &blocked->id), &error));
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID);
  after = get_invoice_row (session, blocked->proposal_id);
  g_assert_cmpint (after->state, ==, CS_JOURNAL_BLOCKED);
  proposal_fixture_assert_found (session, &blocked->id, CS_FOUND_DEAD);
  sandbox_fixture_close (session);
}

/* Tried again, it is looked for again: what was put right there meanwhile is it beyond doubt. */
static void
test_put_right_is_found (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (CsJournalEntry) blocked = have_corrected (fixture, session);
  g_autofree char *body = g_strdup_printf ("{\"invoice\":\"%s\",\"correct\":-3}", blocked->number);
  g_autoptr (GError) error = NULL;

  test_await (cs_session_retry_journal (session, &blocked->id, FALSE), &error);
  g_assert_no_error (error);
  proposal_fixture_wait_for_journal (session, blocked->proposal_id, CS_JOURNAL_BLOCKED,
                                     1); /* still another total */
  proposal_fixture_assert_found (session, &blocked->id, CS_FOUND_OURS);
  sandbox_fixture_post (fixture, "/sandbox/invoices", body);
  g_assert_true (test_await (cs_session_pull_now (session), &error));
  test_await (cs_session_retry_journal (session, &blocked->id, FALSE), &error);
  g_assert_no_error (error);
  proposal_fixture_wait_for_journal (session, blocked->proposal_id, CS_JOURNAL_DONE, 2);
  assert_one_invoice (fixture, "1357.22");
  /* From a card that was read before: it says so, in that person's words. */
  g_assert_false (test_await (cs_session_retry_journal (session, &blocked->id, FALSE), &error));
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (test_await (cs_session_cancel_journal (session, &blocked->id), &error));
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE);
  sandbox_fixture_close (session);
}

/* --- a contact that is merged into another --- */

static gpointer
other_contact (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, error);
  g_autoptr (GPtrArray) contacts
      = connection != NULL ? cs_store_list_contacts (store, &connection->id, error) : NULL;

  return contacts != NULL ? g_strdup (((CsLedgerContact *)g_ptr_array_index (contacts, 6))->remote_id) : NULL;
}

typedef struct
{
  SandboxFixture *fixture;
  CsSession *session;
  char *loser, *winner;
  CsUuid proposal;
} Merge;

static Merge *
merge_new (void)
{
  Merge *merge = g_new0 (Merge, 1);
  g_autoptr (CsClient) client = NULL;

  merge->fixture = sandbox_fixture_new ("demo");
  merge->session = proposal_fixture_open (merge->fixture);
  merge->loser = test_read (merge->session, first_contact, NULL, g_free);
  merge->winner = test_read (merge->session, other_contact, NULL, g_free);
  client = test_await_record (cs_session_import_contact (merge->session, merge->loser, NULL), NULL);
  merge->proposal = proposal_fixture_save (merge->session, client);
  return merge;
}

static void
merge_free (Merge *merge)
{
  sandbox_fixture_close (merge->session);
  sandbox_fixture_free (merge->fixture);
  g_free (merge->loser);
  g_free (merge->winner);
  g_free (merge);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Merge, merge_free)

static void
merge_there (Merge *merge)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/contacts/%s/merge", merge->loser);
  g_autofree char *into = g_strdup_printf ("{\"into\":\"%s\"}", merge->winner);

  sandbox_fixture_post (merge->fixture, path, into);
}

static void
assert_at_winner (Merge *merge)
{
  g_autofree char *contact_id
      = sandbox_fixture_get_created (merge->fixture, "created_invoices", 0, "contact_id");
  g_autoptr (CsJournalEntry) entry = get_invoice_row (merge->session, merge->proposal);

  g_assert_cmpuint (sandbox_fixture_count_created (merge->fixture, "created_invoices", NULL, NULL), ==, 1);
  g_assert_cmpstr (contact_id, ==, merge->winner);
  g_assert_cmpint (entry->state, ==, CS_JOURNAL_DONE);
  g_assert_cmpstr (entry->sent_contact, ==, merge->winner);
  g_assert_cmpuint (entry->generation, ==, 2); /* other bytes, another key */
}

/* B-02: surely not done, and frozen for a contact that is merged away while it waits: it is written anew, and
 * never sent for the loser again. */
static void
test_merged_while_it_waits (void)
{
  g_autoptr (Merge) merge = merge_new ();
  g_autoptr (CsJournalEntry) waiting = NULL;
  g_autoptr (GError) error = NULL;

  sandbox_fixture_fault (merge->fixture, "PUT", INVOICES, "429", 1000, 1);
  proposal_fixture_accept (merge->session, merge->proposal);
  proposal_fixture_wait_for_journal (merge->session, merge->proposal, CS_JOURNAL_WAITING, 1);
  merge_there (merge);
  g_assert_true (test_await (cs_session_pull_now (merge->session), &error));
  g_assert_no_error (error);
  waiting = get_invoice_row (merge->session, merge->proposal);
  g_assert_cmpint (waiting->state, !=, CS_JOURNAL_BLOCKED);
  g_assert_cmpstr (waiting->sent_contact, !=, "");
  sandbox_fixture_forgive (merge->fixture);
  proposal_fixture_wait_for_journal (merge->session, merge->proposal, CS_JOURNAL_DONE, 1);
  assert_at_winner (merge);
}

/* B-02: refused for the loser before any reading has told of the merge: once it is known the row goes on by
 * itself. */
static void
test_merged_before_it_is_known (void)
{
  g_autoptr (Merge) merge = merge_new ();
  g_autoptr (CsJournalEntry) blocked = NULL;
  g_autoptr (GError) error = NULL;

  merge_there (merge);
  proposal_fixture_accept (merge->session, merge->proposal);
  proposal_fixture_wait_for_journal (merge->session, merge->proposal, CS_JOURNAL_BLOCKED, 1);
  blocked = get_invoice_row (merge->session, merge->proposal);
  g_assert_cmpstr (blocked->outcome_code, ==, cs_outcome_to_string (CS_OUTCOME_ARCHIVED_CONTACT));
  g_assert_cmpstr (blocked->sent_contact, ==, merge->loser);
  g_assert_true (test_await (cs_session_pull_now (merge->session), &error));
  g_assert_no_error (error);
  proposal_fixture_wait_for_journal (merge->session, merge->proposal, CS_JOURNAL_DONE, 1);
  assert_at_winner (merge);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Pacific/Auckland", TRUE);
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_set_prgname (argv[0]);
  g_test_add_func ("/found/B-02/corrected-there-is-adopted-by-a-person", test_corrected_is_adopted);
  g_test_add_func ("/found/B-02/voided-there-is-not-adopted", test_voided_is_not_adopted);
  g_test_add_func ("/found/B-02/put-right-there-is-found", test_put_right_is_found);
  g_test_add_func ("/found/B-02/merged-while-it-waits", test_merged_while_it_waits);
  g_test_add_func ("/found/B-02/merged-before-it-is-known", test_merged_before_it_is_known);
  return g_test_run ();
}
