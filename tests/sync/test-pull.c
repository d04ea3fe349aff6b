/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a ledger over real sockets: whatever happens between the pages, the mirror is the ledger in the
 * end. The counts are the sandbox's own. */
#include "sandbox-fixture.h"

#include <sqlite3.h>

#include "cs-remote-error.h"

#define INVOICES "/api.xro/2.0/Invoices"
#define SOME "count:3300" /* four pages */
#define QUIET_CALLS 3
#define THOROUGH_CALLS 12 /* six kinds, the organisation and its five lists */
#define MINUTE_MS G_GINT64_CONSTANT (60000)

/* --- looking --- */

static gint64
ask_file (CsSession *session, const char *sql)
{
  g_autofree char *file
      = g_build_filename (cs_session_get_practice (session)->folder, "practice.sqlite", NULL);
  sqlite3 *database = NULL;
  sqlite3_stmt *row = NULL;
  gint64 number = 0;

  g_assert_cmpint (sqlite3_open (file, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &row, NULL), ==, SQLITE_OK);
  if (sqlite3_step (row) == SQLITE_ROW)
    number = sqlite3_column_int64 (row, 0);
  g_assert_cmpint (sqlite3_reset (row), ==, SQLITE_OK);
  sqlite3_finalize (row);
  sqlite3_close (database);
  return number;
}

static void
change_file (CsSession *session, const char *sql)
{
  ask_file (session, sql);
}

static void
assert_equal_counts (SandboxFixture *fixture, CsSession *session)
{
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_invoice"), ==,
                   sandbox_fixture_count (fixture, "invoices"));
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_contact"), ==,
                   sandbox_fixture_count (fixture, "contacts"));
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM cursor WHERE plan <> ''"), ==, 0);
}

static void
pull (CsSession *session)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_session_pull_now (session), &error));
  g_assert_no_error (error);
}

static void
refresh_all (CsSession *session)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_session_refresh_all (session), &error));
  g_assert_no_error (error);
}

static gboolean
is_idle (gpointer session)
{
  return cs_session_get_activity (session) == CS_ACTIVITY_IDLE && cs_session_get_synced_ms (session) > 0;
}

/* Connected, and what connecting read is read. */
static CsSession *
open_connected (SandboxFixture *fixture)
{
  CsSession *session = NULL;

  session = sandbox_fixture_open (fixture);
  sandbox_fixture_connect (fixture, session);
  g_assert_true (test_wait_until (is_idle, session));
  return session;
}

static CsSession *
open_unpaced (SandboxFixture *fixture)
{
  fixture->is_unpaced = TRUE;
  return open_connected (fixture);
}

static void
pay (SandboxFixture *fixture, const char *number, const char *amount)
{
  g_autofree char *json = g_strdup_printf ("{\"invoice\":\"%s\",\"amount\":\"%s\"}", number, amount);

  sandbox_fixture_post (fixture, "/sandbox/payments", json);
}

/* (transfer full) The first column of the first row. */
static char *
find_text (CsSession *session, const char *sql)
{
  g_autofree char *file
      = g_build_filename (cs_session_get_practice (session)->folder, "practice.sqlite", NULL);
  sqlite3 *database = NULL;
  sqlite3_stmt *row = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open (file, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  text = g_strdup ((const char *)sqlite3_column_text (row, 0));
  sqlite3_finalize (row);
  sqlite3_close (database);
  return text;
}

/* Of the open ones, by number, the @nth. (transfer full) */
static char *
find_open_number (CsSession *session, guint nth)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT number FROM ledger_invoice WHERE status = 'AUTHORISED' AND is_sales = 1"
                         " AND balance_minor > 500 ORDER BY number LIMIT 1 OFFSET %u",
                         nth);

  return find_text (session, sql);
}

static gint64
get_balance (CsSession *session, const char *number)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT balance_minor FROM ledger_invoice WHERE number = '%s'", number);

  return ask_file (session, sql);
}

/* --- tests --- */

static void
test_first_read (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (SOME);
  CsSession *session = open_connected (fixture);
  CsMeter meter;
  gint64 before = 0;

  assert_equal_counts (fixture, session);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_settlement WHERE kind = 'payment'"), ==,
                   sandbox_fixture_count (fixture, "payments"));
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM cursor WHERE full_ms > 0"), ==, 6);
  g_assert_cmpuint (cs_session_get_sync_progress (session)->done, >=,
                    cs_session_get_sync_progress (session)->expected);
  g_assert_cmpuint (cs_session_get_sync_progress (session)->expected, >,
                    sandbox_fixture_count (fixture, "invoices"));
  g_assert_true (cs_session_get_meter (session, &meter));
  g_assert_cmpuint (meter.day_used, >, 10);
  g_assert_cmpuint (meter.day_limit, ==, 5000);
  g_assert_cmpint (meter.day_remaining, <, 5000);

  assert_equal_counts (fixture, session);
  before = sandbox_fixture_count (fixture, "requests");
  pull (session);
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests") - before, ==, QUIET_CALLS);
  assert_equal_counts (fixture, session);
  sandbox_fixture_close (session);
}

/* P15: a look of every few minutes asks for invoices, contacts and payments. The rest is read when a person
 * asks, and once an hour. */
static void
test_rare (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  gint64 before = sandbox_fixture_count (fixture, "requests");

  pull (session);
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests") - before, ==, QUIET_CALLS);
  cs_session_expect_all (session);
  before = sandbox_fixture_count (fixture, "requests");
  pull (session);
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests") - before, ==, THOROUGH_CALLS);
  before = sandbox_fixture_count (fixture, "requests");
  pull (session);
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests") - before, ==, QUIET_CALLS);
  /* and perhaps a token is renewed */
  test_clock_advance (59 * MINUTE_MS);
  before = sandbox_fixture_count (fixture, "requests");
  pull (session);
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests") - before, <=, QUIET_CALLS + 1);
  test_clock_advance (2 * MINUTE_MS);
  before = sandbox_fixture_count (fixture, "requests");
  pull (session);
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests") - before, >=, THOROUGH_CALLS);
  sandbox_fixture_close (session);
  test_clock_advance (-61 * MINUTE_MS);
}

static void
test_changes (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  g_autofree char *number = find_open_number (session, 0);
  gint64 balance = get_balance (session, number);

  pay (fixture, number, "1.25");
  pull (session);
  g_assert_cmpint (get_balance (session, number), ==, balance - 125);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_settlement WHERE kind = 'payment'"), ==,
                   sandbox_fixture_count (fixture, "payments"));
  assert_equal_counts (fixture, session);
  sandbox_fixture_close (session);
}

/* What fails in passing is asked again; a person hears nothing of it. */
static void
test_faults_between_pages (void)
{
  static const char *const kinds[] = { "429", "503", "cut-before", "half-body" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (SOME);
      CsSession *session = sandbox_fixture_open (fixture);

      sandbox_fixture_fault (fixture, "GET", INVOICES, kinds[i], 2, 1);
      sandbox_fixture_fault (fixture, "GET", "/api.xro/2.0/Contacts", kinds[i], 1, 1);
      sandbox_fixture_connect (fixture, session);
      g_assert_true (test_wait_until (is_idle, session));
      g_assert_cmpstr (cs_session_get_last_problem (session), ==, "");
      assert_equal_counts (fixture, session);
      sandbox_fixture_close (session);
    }
}

/* tried until the cap, then said; the next one goes on. */
static void
test_gives_up (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  g_autoptr (GError) error = NULL;
  gint64 before = sandbox_fixture_count (fixture, "requests");

  sandbox_fixture_fault (fixture, "GET", "/api.xro/2.0/Contacts", "503", 5, 0);
  g_assert_false (test_await (cs_session_pull_now (session), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TRY_LATER);
  g_assert_cmpstr (cs_session_get_last_problem (session), ==, error->message);
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests") - before, >=, 5);
  pull (session);
  g_assert_cmpstr (cs_session_get_last_problem (session), ==, "");
  sandbox_fixture_close (session);
}

/* --- stopping in the middle --- */

static gboolean
has_begun (gpointer session)
{
  return cs_session_get_sync_progress (session)->stage == CS_SYNC_STAGE_READING;
}

/* A full read of which the third page and all after it take long. */
static DexFuture *
start_long_read (SandboxFixture *fixture, CsSession *session)
{
  DexFuture *future = cs_session_refresh_all (session);

  sandbox_fixture_fault (fixture, "GET", INVOICES, "delay", 3, 1);
  g_assert_true (test_wait_until (has_begun, session));
  return future;
}

static void
test_cancel (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (SOME);
  CsSession *session = open_unpaced (fixture);
  g_autoptr (GError) error = NULL;
  DexFuture *future = start_long_read (fixture, session);

  cs_session_cancel_pull (session);
  g_assert_false (test_await (future, &error));
  g_assert_true (cs_error_is_cancelled (error));
  g_assert_cmpstr (cs_session_get_last_problem (session), ==, "");
  g_assert_cmpint (cs_session_get_activity (session), ==, CS_ACTIVITY_IDLE);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM cursor WHERE plan <> ''"), >, 0);
  pull (session);
  assert_equal_counts (fixture, session);
  sandbox_fixture_close (session);
}

/* Wherever it is stopped, it gives back its permits: there are five. */
static void
test_cancel_anywhere (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_unpaced (fixture);

  for (guint n_turns = 0; n_turns < 60; n_turns++)
    {
      DexFuture *future = cs_session_refresh_all (session);

      for (guint i = 0; i < n_turns; i++)
        g_main_context_iteration (NULL, FALSE);
      cs_session_cancel_pull (session);
      test_await (future, NULL);
    }
  pull (session);
  assert_equal_counts (fixture, session);
  sandbox_fixture_close (session);
}

/* The first read of all, cut off by the program's end, and what is paid meanwhile. */
static void
test_restart (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (SOME);
  CsSession *session = open_unpaced (fixture);
  g_autofree char *number = find_open_number (session, 2);
  gint64 balance = get_balance (session, number);
  DexFuture *future = start_long_read (fixture, session);

  dex_unref (future);
  sandbox_fixture_close (session);
  pay (fixture, number, "2.00");
  session = sandbox_fixture_open (fixture);
  pull (session);
  assert_equal_counts (fixture, session);
  g_assert_cmpint (get_balance (session, number), ==, balance - 200);
  sandbox_fixture_close (session);
}

/* --- people at the ledger, meanwhile --- */

typedef struct
{
  SandboxFixture *fixture;
  GPtrArray *numbers;
  guint n_paid;
} Payer;

static void
pay_one_cb (CsSession *session, GParamSpec *pspec, gpointer data)
{
  Payer *payer = data;

  if (payer->n_paid < payer->numbers->len)
    pay (payer->fixture, g_ptr_array_index (payer->numbers, payer->n_paid++), "1.00");
}

static void
test_edits_between_pages (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (SOME);
  CsSession *session = open_unpaced (fixture);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  Payer payer = { fixture, numbers, 0 };
  gint64 due = 0;

  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (numbers, find_open_number (session, 3 * i));
  due = ask_file (session, "SELECT sum(balance_minor) FROM ledger_invoice WHERE is_sales = 1");
  g_signal_connect (session, "notify::progress", G_CALLBACK (pay_one_cb), &payer);
  refresh_all (session);
  g_signal_handlers_disconnect_by_data (session, &payer);
  g_assert_cmpuint (payer.n_paid, >, 0);
  pull (session);
  assert_equal_counts (fixture, session);
  g_assert_cmpint (ask_file (session, "SELECT sum(balance_minor) FROM ledger_invoice WHERE is_sales = 1"), ==,
                   due - 100 * (gint64)payer.n_paid);
  sandbox_fixture_close (session);
}

/* xero-accounting.md 3.1: more than may be searched is asked for by date. */
static void
test_too_many (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (SOME);
  CsSession *session = NULL;

  fixture->is_unpaced = TRUE;
  session = sandbox_fixture_open (fixture);
  sandbox_fixture_post (fixture, "/sandbox/limits", "{\"minute\":100000,\"rows\":1000}");
  sandbox_fixture_connect (fixture, session);
  g_assert_true (test_wait_until (is_idle, session));
  g_assert_cmpstr (cs_session_get_last_problem (session), ==, "");
  assert_equal_counts (fixture, session);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_settlement WHERE kind = 'payment'"), ==,
                   sandbox_fixture_count (fixture, "payments"));
  pull (session);
  assert_equal_counts (fixture, session);
  sandbox_fixture_close (session);
}

/* More contacts than may be searched, from the first call on. */
static CsSession *
open_with_many_contacts (SandboxFixture *fixture)
{
  CsSession *session = NULL;

  fixture->is_unpaced = TRUE;
  session = sandbox_fixture_open (fixture);
  g_assert_cmpint (sandbox_fixture_count (fixture, "contacts"), >, 2 * 100);
  sandbox_fixture_post (fixture, "/sandbox/limits", "{\"minute\":100000,\"rows\":100}");
  sandbox_fixture_connect (fixture, session);
  return session;
}

/* xero-accounting.md 3.1: contacts have no date, so they are asked for by their last change. */
static void
test_too_many_contacts (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (SOME);
  CsSession *session = open_with_many_contacts (fixture);
  g_autofree char *one = NULL;
  g_autofree char *path = NULL;
  gint64 n_archived = 0;

  g_assert_true (test_wait_until (is_idle, session));
  g_assert_cmpstr (cs_session_get_last_problem (session), ==, "");
  assert_equal_counts (fixture, session);
  g_assert_cmpint (ask_file (session, "SELECT count(DISTINCT remote_id) FROM ledger_contact"), ==,
                   sandbox_fixture_count (fixture, "contacts"));
  /* What changes is seen, without all being read for it. */
  one = find_text (session, "SELECT remote_id FROM ledger_contact WHERE is_archived = 0 LIMIT 1");
  path = g_strdup_printf ("/sandbox/contacts/%s/archive", one);
  n_archived = ask_file (session, "SELECT count(*) FROM ledger_contact WHERE is_archived = 1");
  sandbox_fixture_post (fixture, path, "{}");
  pull (session);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_contact WHERE is_archived = 1"), ==,
                   n_archived + 1);
  refresh_all (session);
  assert_equal_counts (fixture, session);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_gone"), ==, 0);
  sandbox_fixture_close (session);
}

/* A ledger that narrows them by nothing: it is said who can help, and what was read stays. */
static void
test_contacts_in_no_parts (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (SOME);
  CsSession *session = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_contacts;

  fixture->is_unpaced = TRUE;
  session = sandbox_fixture_open (fixture);
  sandbox_fixture_connect (fixture, session);
  g_assert_true (test_wait_until (is_idle, session));
  n_contacts = ask_file (session, "SELECT count(*) FROM ledger_contact");
  sandbox_fixture_post (fixture, "/sandbox/assumptions", "{\"change-ranges-narrow\":false}");
  sandbox_fixture_post (fixture, "/sandbox/limits", "{\"minute\":100000,\"rows\":200}");
  g_assert_cmpint (n_contacts, >, 200);
  g_assert_false (test_await (cs_session_refresh_all (session), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_MANY);
  g_assert_nonnull (strstr (error->message, "more than 100,000 contacts"));
  g_assert_nonnull (strstr (error->message, "Ask Xero’s support"));
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_contact"), ==, n_contacts);
  sandbox_fixture_close (session);
}

static gboolean
is_past (gpointer moment)
{
  return g_get_monotonic_time () > *(const gint64 *)moment;
}

/* B-21: the day is over: said at once, until when, and kept from being tried. */
static void
test_day_limit (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  g_autoptr (GError) error = NULL;
  CsMeter meter;
  gint64 before = 0;

  sandbox_fixture_post (fixture, "/sandbox/limits", "{\"minute\":100000,\"day\":5}");
  g_assert_false (test_await (cs_session_pull_now (session), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_USED_UP);
  g_assert_true (cs_session_get_meter (session, &meter));
  g_assert_cmpint (meter.parked_until_ms, >, cs_clock_now_ms (test_clock ()) + 3600 * 1000);
  g_clear_error (&error);
  /* What was under way when it was refused may arrive a moment later. */
  do
    {
      gint64 moment = g_get_monotonic_time () + 300 * 1000;

      before = sandbox_fixture_count (fixture, "requests");
      g_assert_true (test_wait_until (is_past, &moment));
    }
  while (sandbox_fixture_count (fixture, "requests") != before);
  g_assert_false (test_await (cs_session_pull_now (session), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_USED_UP);
  g_assert_cmpstr (cs_session_get_last_problem (session), ==, error->message);
  g_assert_cmpint (sandbox_fixture_count (fixture, "requests"), ==, before);
  sandbox_fixture_close (session);
}

/* --- a mirror that is not what it should be --- */

/* A record that was lost comes back; one that the ledger does not have is marked, and stays. */
static void
test_counts_differ (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_unpaced (fixture);
  gint64 n_invoices = sandbox_fixture_count (fixture, "invoices");

  change_file (session, "DELETE FROM ledger_invoice WHERE rid = (SELECT min (rid) FROM ledger_invoice)");
  refresh_all (session);
  assert_equal_counts (fixture, session);

  change_file (session,
               "INSERT INTO ledger_contact (id, connection_id, remote_id, name, email, contact_number,"
               " is_archived, merged_into, updated_ms) SELECT randomblob (16), connection_id,"
               " 'elsewhere', 'Elsewhere', '', '', 0, '', 1 FROM ledger_contact LIMIT 1");
  refresh_all (session);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_invoice"), ==, n_invoices);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_gone"), ==, 1);
  g_assert_cmpint (ask_file (session,
                             "SELECT count(*) FROM ledger_gone g JOIN ledger_contact c ON c.id = g.id"
                             " WHERE c.name = 'Elsewhere'"),
                   ==, 1);
  /* Once; and nobody else the night after. */
  refresh_all (session);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_gone"), ==, 1);
  sandbox_fixture_close (session);
}

/* xero-accounting.md 5.4: what no date of change tells, the day's sweep finds. */
static void
test_sweep (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  gint64 n_open = ask_file (session, "SELECT count(*) FROM ledger_invoice WHERE status = 'AUTHORISED'");
  gint64 due = ask_file (session, "SELECT sum(due) FROM ledger_invoice WHERE status = 'AUTHORISED'");

  change_file (session, "UPDATE ledger_invoice SET due = due + 30 WHERE status = 'AUTHORISED'");
  change_file (session, "UPDATE ledger_invoice SET status = 'AUTHORISED', balance_minor = 1"
                        " WHERE rid IN (SELECT rid FROM ledger_invoice WHERE status = 'PAID' LIMIT 50)");
  pull (session);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_invoice WHERE status = 'AUTHORISED'"), ==,
                   n_open + 50);
  change_file (session, "UPDATE cursor SET full_ms = full_ms - 86400000 WHERE full_ms > 0");
  pull (session);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_invoice WHERE status = 'AUTHORISED'"), ==,
                   n_open);
  g_assert_cmpint (ask_file (session, "SELECT sum(due) FROM ledger_invoice WHERE status = 'AUTHORISED'"), ==,
                   due);
  g_assert_cmpint (ask_file (session, "SELECT count(*) FROM ledger_stale_invoice"), ==, 0);
  sandbox_fixture_close (session);
}

/* Contacts are archived and merged; the invoices of the merged one go to the winner in silence. */
static void
test_archive_and_merge (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  g_autofree char *loser = find_text (session, "SELECT contact_id FROM ledger_invoice WHERE is_sales = 1"
                                               " GROUP BY contact_id ORDER BY contact_id LIMIT 1");
  g_autofree char *winner = find_text (session, "SELECT contact_id FROM ledger_invoice WHERE is_sales = 1"
                                                " GROUP BY contact_id ORDER BY contact_id DESC LIMIT 1");
  g_autofree char *merge = g_strdup_printf ("/sandbox/contacts/%s/merge", loser);
  g_autofree char *into = g_strdup_printf ("{\"into\":\"%s\"}", winner);
  g_autofree char *of_loser
      = g_strdup_printf ("SELECT count(*) FROM ledger_invoice WHERE contact_id = '%s'", loser);
  g_autofree char *is_merged = g_strdup_printf (
      "SELECT is_archived AND merged_into = '%s' FROM ledger_contact WHERE remote_id = '%s'", winner, loser);

  g_assert_cmpint (ask_file (session, of_loser), >, 0);
  sandbox_fixture_post (fixture, "/sandbox/assumptions", "{\"merge-touches-invoices\":false}");
  sandbox_fixture_post (fixture, merge, into);
  pull (session);
  g_assert_cmpint (ask_file (session, is_merged), ==, 1);
  g_assert_cmpint (ask_file (session, of_loser), ==, 0);
  assert_equal_counts (fixture, session);
  sandbox_fixture_close (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pull/first-read", test_first_read);
  g_test_add_func ("/pull/P-15-quiet-and-thorough", test_rare);
  g_test_add_func ("/pull/changes", test_changes);
  g_test_add_func ("/pull/faults-between-pages", test_faults_between_pages);
  g_test_add_func ("/pull/R-03-gives-up-and-says-so", test_gives_up);
  g_test_add_func ("/pull/cancel", test_cancel);
  g_test_add_func ("/pull/cancelled-anywhere", test_cancel_anywhere);
  g_test_add_func ("/pull/restart-in-the-middle", test_restart);
  g_test_add_func ("/pull/edits-between-pages", test_edits_between_pages);
  g_test_add_func ("/pull/too-many-to-search", test_too_many);
  g_test_add_func ("/pull/too-many-contacts", test_too_many_contacts);
  g_test_add_func ("/pull/contacts-in-no-parts", test_contacts_in_no_parts);
  g_test_add_func ("/pull/B-21-day-limit", test_day_limit);
  g_test_add_func ("/pull/counts-differ", test_counts_differ);
  g_test_add_func ("/pull/sweep", test_sweep);
  g_test_add_func ("/pull/archive-and-merge", test_archive_and_merge);
  return g_test_run ();
}
