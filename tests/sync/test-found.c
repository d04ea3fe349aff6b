/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-fixture.h"

#include "cs-outcome.h"
#include "cs-session-found.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-ledger.h"
#include "cs-store-proposals.h"

/* Invoices that people at the ledger were quicker with: corrected or voided before they were looked for, or
 * waiting for a contact that was merged into another [B-02]. */

#define INVOICES "/api.xro/2.0/Invoices"

static CsProposalLine *
make_line (const char *description, const char *quantity, const char *price, gboolean is_monthly)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, description);
  g_assert_true (cs_decimal_parse (quantity, &line->quantity, NULL));
  g_assert_true (cs_decimal_parse (price, &line->unit_price, NULL));
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  line->billing = is_monthly ? cs_billing_rule_monthly (1) : cs_billing_rule_upfront ();
  return line;
}

static CsClient *
save_client (CsSession *session, const char *name)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (GError) error = NULL;
  CsClient *saved = NULL;

  g_set_str (&client->name, name);
  g_set_str (&client->email, "accounts@example.com");
  saved = test_await_record (cs_session_save_client (session, client), &error);
  g_assert_no_error (error);
  return saved;
}

static CsUuid
save_proposal (CsSession *session, const CsClient *client)
{
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (CsProposal) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&proposal->title, "Accounts 2027");
  proposal->client_id = client->id;
  proposal->currency = cs_session_get_settings (session)->currency;
  proposal->designated_day = 1;
  proposal->due_days = 14;
  g_ptr_array_add (proposal->lines, make_line ("Annual accounts", "1", "1000", FALSE));
  g_ptr_array_add (proposal->lines, make_line ("Set-up, by the hour", "1.5", "120.125", FALSE));
  g_ptr_array_add (proposal->lines, make_line ("Monthly bookkeeping", "1", "300", TRUE));
  saved = test_await_record (cs_session_save_proposal (session, proposal), &error);
  g_assert_no_error (error);
  return saved->id;
}

static void
set_hold (CsSession *session, int seconds)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (session));
  g_autoptr (GError) error = NULL;

  settings->hold_seconds = seconds;
  g_assert_true (test_await (cs_session_save_settings (session, settings), &error));
  g_assert_no_error (error);
}

static void
accept (CsSession *session, CsUuid proposal)
{
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&acceptance->signatory, "Aroha Nguyen");
  acceptance->method = CS_ACCEPTANCE_SIGNED_PAPER;
  acceptance->accepted_ms = cs_clock_now_ms (test_clock ());
  acceptance->accepted_on = cs_session_get_today (session);
  g_assert_true (test_await (cs_session_accept_proposal (session, &proposal, acceptance), &error));
  g_assert_no_error (error);
}

static CsUuid
accept_for (CsSession *session, const char *name)
{
  g_autoptr (CsClient) client = save_client (session, name);
  CsUuid proposal = save_proposal (session, client);

  accept (session, proposal);
  return proposal;
}

/* --- looking --- */

static gpointer
list_journal (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_journal (store, data, error);
}

static GPtrArray *
read_journal (CsSession *session, const CsUuid *proposal)
{
  return test_read (session, list_journal, (gpointer)proposal, (GDestroyNotify)g_ptr_array_unref);
}

typedef struct
{
  CsSession *session;
  const CsUuid *proposal;
  CsJournalState state;
  guint n; /* how many rows must be in that state */
} Expected;

static gboolean
journal_is (gpointer data)
{
  Expected *expected = data;
  g_autoptr (GPtrArray) journal = read_journal (expected->session, expected->proposal);
  guint n = 0;

  for (guint i = 0; i < journal->len; i++)
    n += ((CsJournalEntry *)g_ptr_array_index (journal, i))->state == expected->state;
  return n == expected->n;
}

static void
wait_for_journal (CsSession *session, CsUuid proposal, CsJournalState state, guint n)
{
  Expected expected = { session, &proposal, state, n };

  if (test_wait_until (journal_is, &expected))
    return;
  g_autoptr (GPtrArray) journal = read_journal (session, &proposal);
  for (guint i = 0; i < journal->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (journal, i);

      g_test_message ("%s %s %s: %s %s", entry->kind, entry->number,
                      cs_journal_state_to_string (entry->state), entry->outcome_code, entry->outcome_message);
    }
  g_test_fail_printf ("the journal did not come to %u x %s", n, cs_journal_state_to_string (state));
}

static CsSession *
open_connected (SandboxFixture *fixture)
{
  CsSession *session = sandbox_fixture_open (fixture);

  sandbox_fixture_connect (fixture, session);
  set_hold (session, 0);
  return session;
}

/* --- the tests --- */

static gpointer
first_contact (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, error);
  g_autoptr (GPtrArray) contacts
      = connection != NULL ? cs_store_list_contacts (store, &connection->id, error) : NULL;

  return contacts != NULL ? g_strdup (((CsLedgerContact *)g_ptr_array_index (contacts, 5))->remote_id) : NULL;
}

static gpointer
get_found (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_found (store, data, error);
}

static void
assert_found (CsSession *session, const CsUuid *id, CsFoundKind kind)
{
  g_autoptr (CsFoundInvoice) found
      = test_read (session, get_found, (gpointer)id, (GDestroyNotify)cs_found_invoice_free);

  g_assert_nonnull (found);
  g_assert_cmpint (found->kind, ==, kind);
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
  g_autoptr (GPtrArray) journal = read_journal (session, &proposal);

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
  proposal = accept_for (session, "Harbour Café Ltd");
  wait_for_journal (session, proposal, CS_JOURNAL_BLOCKED, 1);
  entry = get_invoice_row (session, proposal);
  g_assert_cmpstr (entry->outcome_code, ==, cs_outcome_to_string (CS_OUTCOME_DIFFERENT));
  assert_found (session, &entry->id, CS_FOUND_OURS);
  return entry;
}

/* It is this one: read back, linked, and with the ledger's figures; pressed twice, and while a pull runs. */
static void
test_corrected_is_adopted (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
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
  CsSession *session = open_connected (fixture);
  g_autoptr (CsJournalEntry) blocked = have_corrected (fixture, session);
  g_autofree char *body = g_strdup_printf ("{\"invoice\":\"%s\",\"void\":true}", blocked->number);
  g_autoptr (CsJournalEntry) after = NULL;
  g_autoptr (GError) error = NULL;

  sandbox_fixture_post (fixture, "/sandbox/invoices", body);
  g_assert_false (test_await (cs_session_adopt_found (session, &blocked->id), &error));
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID);
  after = get_invoice_row (session, blocked->proposal_id);
  g_assert_cmpint (after->state, ==, CS_JOURNAL_BLOCKED);
  assert_found (session, &blocked->id, CS_FOUND_DEAD);
  sandbox_fixture_close (session);
}

/* Tried again, it is looked for again: what was put right there meanwhile is it beyond doubt. */
static void
test_put_right_is_found (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  g_autoptr (CsJournalEntry) blocked = have_corrected (fixture, session);
  g_autofree char *body = g_strdup_printf ("{\"invoice\":\"%s\",\"correct\":-3}", blocked->number);
  g_autoptr (GError) error = NULL;

  test_await (cs_session_retry_journal (session, &blocked->id, FALSE), &error);
  g_assert_no_error (error);
  wait_for_journal (session, blocked->proposal_id, CS_JOURNAL_BLOCKED, 1); /* still another total */
  assert_found (session, &blocked->id, CS_FOUND_OURS);
  sandbox_fixture_post (fixture, "/sandbox/invoices", body);
  g_assert_true (test_await (cs_session_pull_now (session), &error));
  test_await (cs_session_retry_journal (session, &blocked->id, FALSE), &error);
  g_assert_no_error (error);
  wait_for_journal (session, blocked->proposal_id, CS_JOURNAL_DONE, 2);
  assert_one_invoice (fixture, "1357.22");
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
  merge->session = open_connected (merge->fixture);
  merge->loser = test_read (merge->session, first_contact, NULL, g_free);
  merge->winner = test_read (merge->session, other_contact, NULL, g_free);
  client = test_await_record (cs_session_import_contact (merge->session, merge->loser, NULL), NULL);
  merge->proposal = save_proposal (merge->session, client);
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
  accept (merge->session, merge->proposal);
  wait_for_journal (merge->session, merge->proposal, CS_JOURNAL_WAITING, 1);
  merge_there (merge);
  g_assert_true (test_await (cs_session_pull_now (merge->session), &error));
  g_assert_no_error (error);
  waiting = get_invoice_row (merge->session, merge->proposal);
  g_assert_cmpint (waiting->state, !=, CS_JOURNAL_BLOCKED);
  g_assert_cmpstr (waiting->sent_contact, !=, "");
  sandbox_fixture_forgive (merge->fixture);
  wait_for_journal (merge->session, merge->proposal, CS_JOURNAL_DONE, 1);
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
  accept (merge->session, merge->proposal);
  wait_for_journal (merge->session, merge->proposal, CS_JOURNAL_BLOCKED, 1);
  blocked = get_invoice_row (merge->session, merge->proposal);
  g_assert_cmpstr (blocked->outcome_code, ==, cs_outcome_to_string (CS_OUTCOME_ARCHIVED_CONTACT));
  g_assert_cmpstr (blocked->sent_contact, ==, merge->loser);
  g_assert_true (test_await (cs_session_pull_now (merge->session), &error));
  g_assert_no_error (error);
  wait_for_journal (merge->session, merge->proposal, CS_JOURNAL_DONE, 1);
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
