/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When things go, over real sockets: by the schedule, by a person's word, and after a long absence. The clock
 * is the machine's plus what the test adds. */
#include "config.h"

#include "sandbox-fixture.h"

#include "cs-session-alerts.h"
#include "cs-session-catch-up.h"
#include "cs-session-schedule.h"
#include "cs-store-alerts.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-proposals.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS (24 * HOUR_MS)

static gint64 added_ms;

static gint64
moved_now_ms (const CsClock *clock)
{
  return g_get_real_time () / 1000 + added_ms;
}

static void
move_clock (CsSession *session, gint64 ms)
{
  added_ms += ms;
  cs_session_came_back (session);
}

/* --- a practice with an accepted proposal --- */

static CsProposalLine *
make_line (const char *description, gint64 price, CsBillingRule billing)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, description);
  line->quantity = CS_DECIMAL (1);
  line->unit_price = (CsDecimal){ price * 10000 };
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  line->billing = billing;
  return line;
}

static CsUuid
save_proposal (CsSession *session, const char *name)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsClient) saved_client = NULL;
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (CsProposal) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&client->name, name);
  saved_client = test_await_record (cs_session_save_client (session, client), &error);
  g_assert_no_error (error);
  g_set_str (&proposal->title, "Accounts");
  proposal->client_id = saved_client->id;
  proposal->currency = cs_session_get_settings (session)->currency;
  proposal->designated_day = 1;
  proposal->due_days = 14;
  g_ptr_array_add (proposal->lines, make_line ("Set-up", 1000, cs_billing_rule_upfront ()));
  g_ptr_array_add (proposal->lines, make_line ("Books", 300, cs_billing_rule_monthly (1)));
  saved = test_await_record (cs_session_save_proposal (session, proposal), &error);
  g_assert_no_error (error);
  return saved->id;
}

static CsUuid
accept (CsSession *session, const char *name)
{
  CsUuid id = save_proposal (session, name);
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&acceptance->signatory, "Aroha Nguyen");
  acceptance->method = CS_ACCEPTANCE_SIGNED_PAPER;
  acceptance->accepted_on = cs_session_get_today (session);
  test_await (cs_session_accept_proposal (session, &id, acceptance), &error);
  g_assert_no_error (error);
  return id;
}

static void
choose (CsSession *session, CsPushWhen when, int push_at)
{
  g_autoptr (CsSchedule) schedule = cs_schedule_copy (cs_session_get_schedule (session));
  g_autoptr (GError) error = NULL;

  schedule->push_when = when;
  schedule->push_at = push_at;
  test_await (cs_session_save_schedule (session, schedule), &error);
  g_assert_no_error (error);
}

static CsSession *
open_connected (SandboxFixture *fixture)
{
  CsSession *session = NULL;
  g_autoptr (CsSettings) settings = NULL;

  added_ms = 0;
  session = sandbox_fixture_open (fixture);
  sandbox_fixture_connect (fixture, session);
  settings = cs_settings_copy (cs_session_get_settings (session));
  settings->hold_seconds = 0;
  g_assert_true (test_await (cs_session_save_settings (session, settings), NULL));
  return session;
}

/* --- looking --- */

static gpointer
list_journal_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_journal (store, data, error);
}

static gpointer
list_alerts_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_alerts (store, error);
}

typedef struct
{
  CsSession *session;
  CsUuid proposal;
  CsJournalState state;
  guint n;
} Expected;

static guint
count (const Expected *expected)
{
  g_autoptr (GPtrArray) journal = test_read (
      expected->session, list_journal_job, (gpointer)&expected->proposal, (GDestroyNotify)g_ptr_array_unref);
  guint n = 0;

  for (guint i = 0; i < journal->len; i++)
    n += ((CsJournalEntry *)g_ptr_array_index (journal, i))->state == expected->state;
  return n;
}

static gboolean
is_so (gpointer data)
{
  const Expected *expected = data;

  return count (expected) == expected->n;
}

static void
wait_for (CsSession *session, CsUuid proposal, CsJournalState state, guint n)
{
  Expected expected = { session, proposal, state, n };

  g_assert_true (test_wait_until (is_so, &expected));
}

/* The pusher has looked again, with something to think about, and a whole pull has passed. */
static void
assert_stays_queued (CsSession *session, CsUuid proposal, guint n)
{
  Expected expected = { session, proposal, CS_JOURNAL_QUEUED, n };
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_session_save_settings (session, cs_session_get_settings (session)), NULL));
  test_await (cs_session_pull_now (session), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (&expected), ==, n);
}

/* --- the tests --- */

/* By hand: nothing goes, however long; *Push now* sends all, and what is accepted after it waits again; "Send
 * now" and "Send again" are about what they are about [K-5, K-15]. */
static void
test_by_hand (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  CsUuid first, second;

  choose (session, CS_PUSH_BY_HAND, 0);
  g_assert_cmpint (cs_session_get_next_push_ms (session), ==, G_MAXINT64);
  first = accept (session, "By hand");
  wait_for (session, first, CS_JOURNAL_QUEUED, 2);
  assert_stays_queued (session, first, 2);
  g_assert_cmpint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==, 0);
  g_assert_true (test_await (cs_session_push_now (session), NULL));
  wait_for (session, first, CS_JOURNAL_DONE, 2);
  second = accept (session, "By hand again");
  wait_for (session, second, CS_JOURNAL_QUEUED, 2);
  assert_stays_queued (session, second, 2);
  choose (session, CS_PUSH_IMMEDIATELY, 0);
  wait_for (session, second, CS_JOURNAL_DONE, 2);
  sandbox_fixture_close (session);
}

/* Daily, at the time of day that it will be in two hours. */
static void
choose_daily (CsSession *session)
{
  gint64 then_ms = cs_clock_now_ms (test_clock ()) + 2 * HOUR_MS;
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_utc (then_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (then, cs_session_get_time_zone (session));

  choose (session, CS_PUSH_DAILY, g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
}

/* Daily: not before its time; then, though the machine slept over it, once. */
static void
test_daily (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  gint64 now_ms = cs_clock_now_ms (test_clock ());
  CsUuid proposal;

  choose_daily (session);
  g_assert_cmpint (cs_session_get_next_push_ms (session), >, now_ms + HOUR_MS);
  g_assert_cmpint (cs_session_get_next_push_ms (session), <=, now_ms + 2 * HOUR_MS);
  proposal = accept (session, "Daily");
  wait_for (session, proposal, CS_JOURNAL_QUEUED, 2);
  assert_stays_queued (session, proposal, 2);
  move_clock (session, 5 * HOUR_MS);
  wait_for (session, proposal, CS_JOURNAL_DONE, 2);
  g_assert_cmpint (cs_session_get_next_push_ms (session), >, now_ms + 20 * HOUR_MS);
  sandbox_fixture_close (session);
}

/* What waits for a person waits for the time that they choose instead: choosing it is no push [K-5]. */
static void
test_chosen_while_queued (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  CsUuid proposal;

  choose (session, CS_PUSH_BY_HAND, 0);
  proposal = accept (session, "Chosen while queued");
  wait_for (session, proposal, CS_JOURNAL_QUEUED, 2);
  choose_daily (session);
  assert_stays_queued (session, proposal, 2);
  g_assert_cmpint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==, 0);
  move_clock (session, 3 * HOUR_MS);
  wait_for (session, proposal, CS_JOURNAL_DONE, 2);
  sandbox_fixture_close (session);
}

typedef struct
{
  CsSession *session;
  GPtrArray *items;
  guint n;
} Missed;

static gboolean
has_missed (gpointer data)
{
  Missed *missed = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&missed->items, g_ptr_array_unref);
  missed->items = test_await_record (cs_session_list_catch_up (missed->session), &error);
  g_assert_no_error (error);
  return missed->items->len >= missed->n;
}

static guint
count_alerts (CsSession *session, CsAlertCode code)
{
  g_autoptr (GPtrArray) alerts
      = test_read (session, list_alerts_job, NULL, (GDestroyNotify)g_ptr_array_unref);
  guint n = 0;

  for (guint i = 0; i < alerts->len; i++)
    n += ((CsAlert *)g_ptr_array_index (alerts, i))->code == code;
  return n;
}

/* The list is told by the day; the alert is raised by the next look at it. */
static gboolean
is_alerted (gpointer data)
{
  return count_alerts (data, CS_ALERT_CATCH_UP) == 1;
}

/* Closed for a hundred days: each month that passed is offered; what is billed goes, what is skipped does
 * not, and what was skipped by mistake can be billed after all [U-10, U-11, B-08]. */
static void
test_catch_up (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture);
  CsUuid proposal = accept (session, "Long away");
  Missed missed = { session, NULL, 2 };
  g_autoptr (GError) error = NULL;
  CsPlannedSeen seen[2];
  guint n_missed, n_done;

  wait_for (session, proposal, CS_JOURNAL_DONE, 2);
  g_assert_cmpuint (count_alerts (session, CS_ALERT_CATCH_UP), ==, 0);
  move_clock (session, 100 * DAY_MS);
  g_assert_true (test_wait_until (has_missed, &missed));
  g_assert_true (test_wait_until (is_alerted, session));
  n_missed = missed.items->len;
  n_done = count (&(Expected){ session, proposal, CS_JOURNAL_DONE, 0 });
  for (guint i = 0; i < 2; i++)
    seen[i] = cs_planned_invoice_get_seen (((CsCatchUpItem *)missed.items->pdata[i])->planned);

  test_await (cs_session_bill_catch_up (session, &seen[0], 1, CS_CATCH_UP_TODAY), &error);
  g_assert_no_error (error);
  test_await (cs_session_skip_planned (session, &seen[1], 1, "On leave"), &error);
  g_assert_no_error (error);
  wait_for (session, proposal, CS_JOURNAL_DONE, MAX (n_done, 2) + 1);
  test_await (cs_session_undo_skip (session, &seen[1].id, 1), &error);
  g_assert_no_error (error);
  g_assert_true (has_missed (&missed) || n_missed == 2);
  g_assert_cmpuint (missed.items->len, ==, n_missed - 1);
  g_ptr_array_unref (missed.items);
  sandbox_fixture_close (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_clock ()->now_ms = moved_now_ms;
  g_test_add_func ("/sync/schedule/by-hand-K-5-K-15", test_by_hand);
  g_test_add_func ("/sync/schedule/daily-K-5", test_daily);
  g_test_add_func ("/sync/schedule/chosen-while-queued-K-5", test_chosen_while_queued);
  g_test_add_func ("/sync/schedule/catch-up-B-08", test_catch_up);
  return g_test_run ();
}
