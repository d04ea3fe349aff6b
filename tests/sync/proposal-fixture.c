/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "proposal-fixture.h"

/* --- a practice with a proposal --- */

static CsProposalLine *
make_line (const char *description, const char *quantity, const char *price, CsBillingRule billing)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, description);
  g_assert_true (cs_decimal_parse (quantity, &line->quantity, NULL));
  g_assert_true (cs_decimal_parse (price, &line->unit_price, NULL));
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  line->billing = billing;
  return line;
}

CsClient *
proposal_fixture_save_client (CsSession *session, const char *name)
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

/* Not today, whichever day the tests run on: what is billed upfront is then all there is to send. */
static guint
choose_day (CsSession *session)
{
  int year;
  int month;
  int day;

  cs_date_get_parts (cs_session_get_today (session), &year, &month, &day);
  return day == 1 ? 2 : 1;
}

CsUuid
proposal_fixture_save (CsSession *session, const CsClient *client)
{
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (CsProposal) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&proposal->title, "Accounts 2027");
  proposal->client_id = client->id;
  proposal->currency = cs_session_get_settings (session)->currency;
  proposal->designated_day = choose_day (session);
  proposal->due_days = 14;
  g_ptr_array_add (proposal->lines, make_line ("Annual accounts", "1", "1000", cs_billing_rule_upfront ()));
  g_ptr_array_add (proposal->lines,
                   make_line ("Set-up, by the hour", "1.5", "120.125", cs_billing_rule_upfront ()));
  g_ptr_array_add (proposal->lines, make_line ("Monthly bookkeeping", "1", "300",
                                               cs_billing_rule_monthly (proposal->designated_day)));
  saved = test_await_record (cs_session_save_proposal (session, proposal), &error);
  g_assert_no_error (error);
  return saved->id;
}

void
proposal_fixture_set_hold (CsSession *session, int seconds)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (session));
  g_autoptr (GError) error = NULL;

  settings->hold_seconds = seconds;
  g_assert_true (test_await (cs_session_save_settings (session, settings), &error));
  g_assert_no_error (error);
}

void
proposal_fixture_accept (CsSession *session, CsUuid proposal)
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

CsUuid
proposal_fixture_accept_for (CsSession *session, const char *name)
{
  g_autoptr (CsClient) client = proposal_fixture_save_client (session, name);
  CsUuid proposal = proposal_fixture_save (session, client);

  proposal_fixture_accept (session, proposal);
  return proposal;
}

CsSession *
proposal_fixture_open (SandboxFixture *fixture)
{
  CsSession *session = sandbox_fixture_open (fixture);

  sandbox_fixture_connect (fixture, session);
  proposal_fixture_set_hold (session, 0);
  return session;
}

/* --- looking --- */

static gpointer
list_journal (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_journal (store, data, error);
}

GPtrArray *
proposal_fixture_read_journal (CsSession *session, const CsUuid *proposal)
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
  g_autoptr (GPtrArray) journal = proposal_fixture_read_journal (expected->session, expected->proposal);
  guint n = 0;

  for (guint i = 0; i < journal->len; i++)
    n += ((CsJournalEntry *)g_ptr_array_index (journal, i))->state == expected->state;
  return n == expected->n;
}

void
proposal_fixture_wait_for_journal (CsSession *session, CsUuid proposal, CsJournalState state, guint n)
{
  Expected expected = { session, &proposal, state, n };

  if (test_wait_until (journal_is, &expected))
    return;
  g_autoptr (GPtrArray) journal = proposal_fixture_read_journal (session, &proposal);
  for (guint i = 0; i < journal->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (journal, i);

      g_test_message ("%s %s %s: %s %s", entry->kind, entry->number,
                      cs_journal_state_to_string (entry->state), entry->outcome_code, entry->outcome_message);
    }
  g_test_fail_printf ("the journal did not come to %u x %s", n, cs_journal_state_to_string (state));
}

static gpointer
get_found (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_found (store, data, error);
}

void
proposal_fixture_assert_found (CsSession *session, const CsUuid *id, CsFoundKind kind)
{
  g_autoptr (CsFoundInvoice) found
      = test_read (session, get_found, (gpointer)id, (GDestroyNotify)cs_found_invoice_free);

  g_assert_nonnull (found);
  g_assert_cmpint (found->kind, ==, kind);
}
