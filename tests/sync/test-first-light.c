/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main job over real sockets: an accepted proposal becomes one contact and one invoice, whatever happens
 * on the way. The counts are the sandbox's own. */
#include "proposal-fixture.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "cs-outcome.h"
#include "cs-session-found.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-ledger.h"
#include "cs-store-proposals.h"

#define INVOICES "/api.xro/2.0/Invoices"
#define CONTACTS "/api.xro/2.0/Contacts"

static void
assert_one_of_each (SandboxFixture *fixture, const char *name)
{
  g_autofree char *total = NULL;
  g_autofree char *contact = NULL;

  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_contacts", "name", name), ==, 1);
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_contacts", NULL, NULL), ==, 1);
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==, 1);
  contact = sandbox_fixture_get_created (fixture, "created_invoices", 0, "contact");
  g_assert_cmpstr (contact, ==, name);
  /* 1,000.00 + round2 (1.5 x 120.1250) = 180.19; tax 150.00 + 27.03 (xero-accounting.md 6.5) */
  total = sandbox_fixture_get_created (fixture, "created_invoices", 0, "total");
  g_assert_cmpstr (total, ==, "1357.22");
}

/* --- the tests --- */

static void
test_becomes_one_invoice (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  CsUuid proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  g_autofree char *reference = NULL;

  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  reference = sandbox_fixture_get_created (fixture, "created_invoices", 0, "reference");
  g_assert_true (g_str_has_prefix (reference, "PROP-"));
  sandbox_fixture_close (session);
}

static gpointer
count_invoices (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, error);
  g_autoptr (GPtrArray) invoices
      = connection != NULL ? cs_store_list_invoices (store, &connection->id, error) : NULL;

  return invoices != NULL ? g_memdup2 (&invoices->len, sizeof invoices->len) : NULL;
}

static void
test_import_and_restart (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  CsUuid proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  g_autofree guint *before = NULL;
  g_autofree guint *after = NULL;

  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  before = test_read (session, count_invoices, NULL, g_free);
  g_assert_cmpuint (*before, >, 300); /* the demo practice's sales invoices */
  sandbox_fixture_close (session);

  session = sandbox_fixture_open (fixture);
  g_assert_cmpint (cs_session_get_link_state (session), ==, CS_LINK_CONNECTED);
  after = test_read (session, count_invoices, NULL, g_free);
  g_assert_cmpuint (*after, ==, *before);
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  sandbox_fixture_close (session);
}

static void
cut (const char *method, const char *path, const char *kind)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  CsUuid proposal;

  sandbox_fixture_fault (fixture, method, path, kind, 1, 0);
  proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  sandbox_fixture_close (session);
}

static void
test_contact_cut_after (void)
{
  cut ("PUT", CONTACTS, "cut-after");
}

static void
test_invoice_cut_after (void)
{
  cut ("PUT", INVOICES, "cut-after");
}

static void
test_invoice_cut_before (void)
{
  cut ("PUT", INVOICES, "cut-before");
}

static void
test_invoice_half_body (void)
{
  cut ("PUT", INVOICES, "half-body");
}

static void
test_invoice_503 (void)
{
  cut ("PUT", INVOICES, "503");
}

static void
test_invoice_429 (void)
{
  cut ("PUT", INVOICES, "429");
}

static void
test_undo_sends_nothing (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  CsUuid proposal;

  proposal_fixture_set_hold (session, 600);
  proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_HELD, 2);
  g_assert_true (test_await (cs_session_undo_acceptance (session, &proposal), &error));
  g_assert_no_error (error);
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_HELD, 0);
  g_assert_cmpint (sandbox_fixture_count (fixture, "writes"), ==, 0);

  proposal_fixture_accept (session, proposal); /* and once more, for good */
  g_assert_true (test_await (cs_session_release_acceptance (session, &proposal), &error));
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  g_assert_false (test_await (cs_session_undo_acceptance (session, &proposal), &error));
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE);
  sandbox_fixture_close (session);
}

static gpointer
first_contact (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, error);
  g_autoptr (GPtrArray) contacts
      = connection != NULL ? cs_store_list_contacts (store, &connection->id, error) : NULL;

  return contacts != NULL ? g_strdup (((CsLedgerContact *)g_ptr_array_index (contacts, 5))->remote_id) : NULL;
}

static void
test_existing_contact_is_linked (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autofree char *remote_id = test_read (session, first_contact, NULL, g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsClient) client
      = test_await_record (cs_session_import_contact (session, remote_id, NULL), &error);
  g_autoptr (CsClient) again = NULL;
  g_autofree char *contact_id = NULL;
  CsUuid proposal;

  g_assert_no_error (error);
  again = test_await_record (cs_session_import_contact (session, remote_id, NULL), &error);
  g_assert_true (cs_uuid_equal (&client->id, &again->id)); /* C-02: one client a contact */
  proposal = proposal_fixture_save (session, client);
  proposal_fixture_accept (session, proposal);
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 1);
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_contacts", NULL, NULL), ==, 0);
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==, 1);
  contact_id = sandbox_fixture_get_created (fixture, "created_invoices", 0, "contact_id");
  g_assert_cmpstr (contact_id, ==, remote_id);
  sandbox_fixture_close (session);
}

static void
test_archived_contact_blocks_with_xeros_words (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autofree char *remote_id = test_read (session, first_contact, NULL, g_free);
  g_autofree char *path = g_strdup_printf ("/sandbox/contacts/%s/archive", remote_id);
  g_autoptr (CsClient) client
      = test_await_record (cs_session_import_contact (session, remote_id, NULL), NULL);
  g_autoptr (GPtrArray) journal = NULL;
  CsUuid proposal = proposal_fixture_save (session, client);

  sandbox_fixture_post (fixture, path, "{}");
  proposal_fixture_accept (session, proposal);
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_BLOCKED, 1);
  journal = proposal_fixture_read_journal (session, &proposal);
  g_assert_nonnull (strstr (((CsJournalEntry *)g_ptr_array_index (journal, 0))->outcome_message, "rchived"));
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==, 0);
  sandbox_fixture_close (session);
}

/* The demo organisation's own series: 400 is the last that it holds, 401 is free. */
static void
number_like_the_ledger (CsSession *session)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (session));
  g_autoptr (GError) error = NULL;

  g_set_str (&settings->number_prefix, "INV-");
  settings->number_next = 400;
  g_assert_true (test_await (cs_session_save_settings (session, settings), &error));
  g_assert_no_error (error);
}

static void
assert_number (SandboxFixture *fixture, const char *expected)
{
  g_autofree char *number = sandbox_fixture_get_created (fixture, "created_invoices", 0, "number");

  g_assert_cmpstr (number, ==, expected);
}

/* What the mirror knows is skipped when the number is given: nothing is sent that would be refused. */
static void
test_known_number_is_skipped (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  CsUuid proposal;

  number_like_the_ledger (session);
  proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  assert_number (fixture, "INV-0401");
  g_assert_cmpint (sandbox_fixture_count (fixture, "writes"), ==,
                   2); /* a contact and an invoice, each once */
  sandbox_fixture_close (session);
}

static CsUuid
get_blocked (CsSession *session, CsUuid proposal, const char *number, CsOutcome outcome)
{
  g_autoptr (GPtrArray) journal = proposal_fixture_read_journal (session, &proposal);

  for (guint i = 0; i < journal->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (journal, i);

      if (entry->state != CS_JOURNAL_BLOCKED)
        continue;
      g_assert_cmpstr (entry->number, ==, number);
      g_assert_cmpstr (entry->outcome_code, ==, cs_outcome_to_string (outcome));
      return entry->id;
    }
  g_assert_not_reached ();
}

/* Taken in the ledger since it was last read. The refusal is never answered by another number in silence: a
 * person looks, and says so. */
static void
test_taken_number_blocks_and_next_goes (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  CsUuid proposal, blocked;

  number_like_the_ledger (session);
  sandbox_fixture_post (fixture, "/sandbox/invoices", "{\"invoice\":\"INV-0001\",\"number\":\"INV-0401\"}");
  proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_BLOCKED, 1);
  blocked = get_blocked (session, proposal, "INV-0401", CS_OUTCOME_DIFFERENT);
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==, 0);
  g_assert_true (test_await (cs_session_pull_now (session), &error)); /* knowing better changes nothing */
  g_assert_no_error (error);
  get_blocked (session, proposal, "INV-0401", CS_OUTCOME_DIFFERENT);
  proposal_fixture_assert_found (session, &blocked, CS_FOUND_ANOTHERS);
  g_assert_false (
      test_await (cs_session_adopt_found (session, &blocked), &error)); /* it is somebody else's */
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID);
  g_clear_error (&error);
  test_await (cs_session_retry_journal (session, &blocked, TRUE), &error);
  g_assert_no_error (error);
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  assert_number (fixture, "INV-0402");
  sandbox_fixture_close (session);
}

static void
test_offline_waits_and_then_goes (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  CsUuid proposal;

  sandbox_fixture_fault (fixture, "PUT", CONTACTS, "429", 2, 1);
  proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_WAITING, 1);
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  sandbox_fixture_close (session);
}

static void
test_disconnect_forgets (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *vault = NULL;
  g_autofree guint *kept = NULL;

  g_assert_true (test_await (cs_session_disconnect (session), &error)); /* W-09 */
  g_assert_no_error (error);
  g_assert_cmpint (cs_session_get_link_state (session), ==, CS_LINK_DISCONNECTED);
  kept = test_read (session, count_invoices, NULL, g_free);
  g_assert_cmpuint (*kept, >, 300); /* what was read stays */
  sandbox_fixture_close (session);

  session = sandbox_fixture_open (fixture);
  g_assert_cmpint (cs_session_get_link_state (session), ==, CS_LINK_DISCONNECTED);
  sandbox_fixture_connect (fixture, session); /* and back, without losing anything */
  g_assert_cmpint (cs_session_get_link_state (session), ==, CS_LINK_CONNECTED);
  sandbox_fixture_close (session);
}

static gboolean
has_failed (gpointer connect)
{
  return cs_connect_get_stage (connect) == CS_CONNECT_FAILED;
}

static gboolean
waits_for_browser (gpointer connect)
{
  return cs_connect_get_stage (connect) == CS_CONNECT_BROWSER || has_failed (connect);
}

static void
test_cancel_leaves_nothing (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("empty");
  CsSession *session = sandbox_fixture_open (fixture);
  g_autoptr (CsConnect) connect = cs_connect_new (session, CS_CONNECT_TO_LEDGER);

  cs_connect_start (connect, cs_connect_get_client_id (connect));
  g_assert_true (test_wait_until (waits_for_browser, connect));
  cs_connect_cancel (connect);
  g_assert_cmpint (cs_connect_get_stage (connect), ==, CS_CONNECT_READY);
  cs_connect_start (connect, "00000000000000000000000000000000");
  g_assert_true (test_wait_until (waits_for_browser, connect)); /* the port is free again */
  g_assert_cmpint (cs_connect_get_stage (connect), ==, CS_CONNECT_BROWSER);
  cs_connect_cancel (connect);
  g_clear_object (&connect);
  sandbox_fixture_close (session);
}

/* --- killed --- */

/* Another process: opens the practice, accepts, and is killed by its parent while it waits for the answer. */
static void G_GNUC_NORETURN
run_child (const char *folder, const char *address)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_at (folder, address);
  CsSession *session = sandbox_fixture_open (fixture);

  proposal_fixture_accept_for (session, "Harbour Café Ltd");
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
invoice_is_there (gpointer fixture)
{
  return sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL) == 1;
}

static gboolean
contact_is_there (gpointer fixture)
{
  return sandbox_fixture_count_created (fixture, "created_contacts", NULL, NULL) == 1;
}

static gpointer
first_proposal (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) proposals = cs_store_list_proposals (store, error);

  if (proposals == NULL)
    return NULL;
  g_assert_cmpuint (proposals->len, ==, 1);
  return g_memdup2 (&((CsProposal *)g_ptr_array_index (proposals, 0))->id, sizeof (CsUuid));
}

static void
kill_while_sending (const char *path, TestCondition arrived)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree CsUuid *proposal = NULL;

  sandbox_fixture_close (session);
  sandbox_fixture_fault (fixture, "PUT", path, "hang-after", 1, 600);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_get_prgname (), "--child", fixture->folder,
                            fixture->address, NULL);
  g_assert_no_error (error);
  g_assert_true (test_wait_until (arrived, fixture));
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);

  session = sandbox_fixture_open (fixture);
  proposal = test_read (session, first_proposal, NULL, g_free);
  proposal_fixture_wait_for_journal (session, *proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  sandbox_fixture_close (session);
}

static void
test_killed_after_invoice (void)
{
  kill_while_sending (INVOICES, invoice_is_there);
}

static void
test_killed_after_contact (void)
{
  kill_while_sending (CONTACTS, contact_is_there);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;

  g_file_get_contents (from, &text, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, text, (gssize)size, &error);
  g_assert_no_error (error);
}

/* A backup from before the sending is put back: what was sent since is found by its number and adopted. */
static void
test_restored_file_probes_first (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autofree char *file
      = g_build_filename (cs_session_get_practice (session)->folder, "practice.sqlite", NULL);
  g_autofree char *backup = g_build_filename (fixture->folder, "backup.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  CsUuid proposal;

  proposal_fixture_set_hold (session, 600);
  proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  sandbox_fixture_close (session);
  copy_file (file, backup);

  session = sandbox_fixture_open (fixture);
  g_assert_false (cs_session_get_was_restored (session));
  g_assert_true (test_await (cs_session_release_acceptance (session, &proposal), &error));
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  sandbox_fixture_close (session);
  copy_file (backup, file);

  session = sandbox_fixture_open (fixture);
  g_assert_true (cs_session_get_was_restored (session));
  g_assert_true (test_await (cs_session_release_acceptance (session, &proposal), &error));
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  sandbox_fixture_close (session);
}

static void
run_sql (CsSession *session, const char *sql)
{
  g_autofree char *file
      = g_build_filename (cs_session_get_practice (session)->folder, "practice.sqlite", NULL);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (file, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 5000);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

/* An answer that could not be stored leaves *sending* behind: it is probed while the window is still open. */
static void
test_sending_left_behind_is_probed (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  CsUuid proposal;

  proposal_fixture_set_hold (session, 600);
  proposal = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  run_sql (session, "UPDATE journal SET state = 'sending', generation = 1, frozen = x'7b7d', sent_ms = 1"
                    " WHERE kind = 'contact.create'");
  g_assert_true (test_await (cs_session_release_acceptance (session, &proposal), &error));
  proposal_fixture_wait_for_journal (session, proposal, CS_JOURNAL_DONE, 2);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  sandbox_fixture_close (session);
}

/* One row that can't be written must not hold up the others. */
static void
test_bad_row_does_not_stop_the_rest (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = proposal_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  CsUuid bad;
  CsUuid good;

  proposal_fixture_set_hold (session, 600);
  bad = proposal_fixture_accept_for (session, "Never Written Ltd");
  good = proposal_fixture_accept_for (session, "Harbour Café Ltd");
  run_sql (session, "UPDATE client SET number = '' WHERE name = 'Never Written Ltd'");
  g_assert_true (test_await (cs_session_release_acceptance (session, &bad), &error));
  g_assert_true (test_await (cs_session_release_acceptance (session, &good), &error));
  proposal_fixture_wait_for_journal (session, good, CS_JOURNAL_DONE, 2);
  proposal_fixture_wait_for_journal (session, bad, CS_JOURNAL_BLOCKED, 1);
  assert_one_of_each (fixture, "Harbour Café Ltd");
  sandbox_fixture_close (session);
}

/* Closing in the middle of an import waits for the page in hand and asks for no other. */
typedef struct
{
  SandboxFixture *fixture;
  gint64 before;
} Asked;

static gboolean
is_asked (gpointer data)
{
  const Asked *asked = data;

  return sandbox_fixture_count (asked->fixture, "requests") > asked->before;
}

static void
test_closing_stops_a_pull (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  Asked asked = { fixture, 0 };
  CsSession *session = proposal_fixture_open (fixture);
  gint64 before = 0;

  sandbox_fixture_fault (fixture, "GET", "/api.xro/2.0/Accounts", "delay", 1, 1);
  asked.before = sandbox_fixture_count (fixture, "requests");
  cs_session_expect_all (session);
  dex_future_disown (cs_session_pull_now (session));
  g_assert_true (test_wait_until (is_asked, &asked));
  sandbox_fixture_close (session);
  before = sandbox_fixture_count (fixture, "requests");
  for (guint i = 0; i < 20; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (50000);
    }
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests"), ==, before);
}

static void
test_second_process_is_told (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("empty");
  CsSession *session = sandbox_fixture_open (fixture);
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);
  g_autoptr (GError) error = NULL;

  options->clock = test_clock ();
  options->sandbox_address = g_strdup (fixture->address);
  options->build_client_id = g_strdup ("");
  g_assert_null (test_await_object (cs_session_open (cs_session_get_practice (session), options), &error));
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED);
  sandbox_fixture_close (session);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_set_prgname (argv[0]);
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    run_child (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  g_set_prgname (argv[0]);
  g_test_add_func ("/first-light/P-02/acceptance-becomes-one-invoice", test_becomes_one_invoice);
  g_test_add_func ("/first-light/everything-is-there-after-a-restart", test_import_and_restart);
  g_test_add_func ("/first-light/B-02/contact-cut-after-the-work", test_contact_cut_after);
  g_test_add_func ("/first-light/B-02/invoice-cut-after-the-work", test_invoice_cut_after);
  g_test_add_func ("/first-light/B-02/invoice-cut-before-the-work", test_invoice_cut_before);
  g_test_add_func ("/first-light/B-02/invoice-half-an-answer", test_invoice_half_body);
  g_test_add_func ("/first-light/R-03/invoice-503", test_invoice_503);
  g_test_add_func ("/first-light/R-03/invoice-429", test_invoice_429);
  g_test_add_func ("/first-light/B-02/killed-after-the-contact-arrived", test_killed_after_contact);
  g_test_add_func ("/first-light/B-02/killed-after-the-invoice-arrived", test_killed_after_invoice);
  g_test_add_func ("/first-light/U-31/undo-within-the-hold-sends-nothing", test_undo_sends_nothing);
  g_test_add_func ("/first-light/C-02/existing-contact-is-linked", test_existing_contact_is_linked);
  g_test_add_func ("/first-light/U-04/archived-contact-blocks-with-xeros-words",
                   test_archived_contact_blocks_with_xeros_words);
  g_test_add_func ("/first-light/known-number-is-skipped", test_known_number_is_skipped);
  g_test_add_func ("/first-light/taken-number-blocks-and-the-next-one-goes",
                   test_taken_number_blocks_and_next_goes);
  g_test_add_func ("/first-light/R-03/busy-waits-and-then-goes", test_offline_waits_and_then_goes);
  g_test_add_func ("/first-light/W-09/disconnect-forgets-and-relink-keeps", test_disconnect_forgets);
  g_test_add_func ("/first-light/cancelled-sign-in-frees-the-port", test_cancel_leaves_nothing);
  g_test_add_func ("/first-light/B-02/restored-file-probes-before-it-sends", test_restored_file_probes_first);
  g_test_add_func ("/first-light/B-02/sending-left-behind-is-probed", test_sending_left_behind_is_probed);
  g_test_add_func ("/first-light/R-04/bad-row-does-not-stop-the-rest", test_bad_row_does_not_stop_the_rest);
  g_test_add_func ("/first-light/closing-stops-a-pull", test_closing_stops_a_pull);
  g_test_add_func ("/first-light/second-process-is-told", test_second_process_is_told);
  return g_test_run ();
}
