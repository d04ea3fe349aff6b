/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-session.h"

#include <stdio.h>

#include "cs-session-private.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-ledger.h"
#include "cs-store-proposals.h"
#include "cs-store-requests.h"

/* bench-sync INVOICES CHANGES PUSHES   the real session against the real sandbox, whose refusal beyond
 * 100,000 rows is on, with the pace opened up: a first full pull, a pull of so many changes, a push of so
 * many invoices. Prints "name value" lines for tests/benchmark/run. */

/* The log of calls is written behind them, in batches. */
#define LOG_WAIT_MS 6000

typedef struct
{
  guint n_calls;
  gint64 n_bytes;
} Traffic;

static gpointer
read_traffic (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) requests = cs_store_list_requests (store, NULL, CS_STORE_REQUESTS_MAX, error);
  Traffic *traffic = g_new0 (Traffic, 1);

  for (guint i = 0; requests != NULL && i < requests->len; i++)
    {
      const CsRequest *request = g_ptr_array_index (requests, i);

      traffic->n_calls++;
      traffic->n_bytes += request->bytes;
    }
  return traffic;
}

/* What happened between two looks. The log is written behind the calls, so it is given a moment. */
typedef struct
{
  double wall;
  double processor;
  Traffic traffic;
} Mark;

static Mark
take_mark (CsSession *session)
{
  Mark mark = { bench_read_wall (), bench_read_processor (), { 0 } };
  gint64 until = g_get_monotonic_time () + LOG_WAIT_MS * 1000;
  g_autofree Traffic *traffic = NULL;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  traffic = test_read (session, read_traffic, NULL, g_free);
  mark.traffic = *traffic;
  return mark;
}

static void
print_step (const char *name, double wall, double processor, const Traffic *from, const Traffic *to)
{
  printf ("%s_wall %.6f\n%s_processor %.6f\n%s_calls %u\n%s_bytes %" G_GINT64_FORMAT "\n", name, wall, name,
          processor, name, to->n_calls - from->n_calls, name, to->n_bytes - from->n_bytes);
  fflush (stdout);
}

/* From the choice of the organisation until everything is here. */
static void
pull_all (SandboxFixture *fixture, CsSession *session)
{
  g_autoptr (CsConnect) connect = cs_connect_new (session, CS_CONNECT_TO_LEDGER);
  const Traffic none = { 0 };
  double wall, processor;
  Mark end;

  g_signal_connect (connect, "open-address", G_CALLBACK (sandbox_fixture_browse), fixture);
  cs_connect_start (connect, cs_connect_get_client_id (connect));
  bench_wait_for_stage (connect, CS_CONNECT_CHOOSING);
  wall = bench_read_wall ();
  processor = bench_read_processor ();
  cs_connect_choose (connect, 0);
  bench_wait_for_stage (connect, CS_CONNECT_DONE);
  wall = bench_read_wall () - wall;
  processor = bench_read_processor () - processor;
  end = take_mark (session);
  print_step ("pull", wall, processor, &none, &end.traffic);
  printf ("pull_peak %.1f\n", bench_read_peak ());
}

/* --- changes at the ledger --- */

typedef struct
{
  CsUuid connection_id;
  CsCurrency currency;
  CsDate today;
  guint limit;
} Ask;

static gpointer
list_open (CsStore *store, gpointer data, GError **error)
{
  Ask *ask = data;
  g_autoptr (GPtrArray) invoices = cs_store_list_invoices (store, &ask->connection_id, error);
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);

  printf ("invoices %u\n", invoices->len);
  for (guint i = 0; i < invoices->len && numbers->len < ask->limit; i++)
    {
      const CsLedgerInvoice *invoice = g_ptr_array_index (invoices, i);

      if (invoice->status == CS_LEDGER_AUTHORISED && invoice->balance.minor > 1)
        g_ptr_array_add (numbers, g_strdup (invoice->number));
    }
  return numbers;
}

static void
pull_changes (SandboxFixture *fixture, CsSession *session, Ask *ask)
{
  g_autoptr (GPtrArray) numbers = test_read (session, list_open, ask, (GDestroyNotify)g_ptr_array_unref);
  g_autofree char *today = cs_date_to_string (ask->today);
  double wall, processor;
  Mark before, after;

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"invoice\":\"%s\",\"amount\":\"0.01\",\"date\":\"%s\"}",
                                               (char *)g_ptr_array_index (numbers, i), today);

      sandbox_fixture_post (fixture, "/sandbox/payments", body);
      /* Not all within the one second that a cursor goes back. */
      if (i % 50 == 49)
        sandbox_fixture_post (fixture, "/sandbox/clock", "{\"advance_seconds\":3}");
    }
  before = take_mark (session);
  wall = bench_read_wall ();
  processor = bench_read_processor ();
  bench_settle (cs_session_pull_now (session));
  wall = bench_read_wall () - wall;
  processor = bench_read_processor () - processor;
  after = take_mark (session);
  printf ("changes %u\n", numbers->len);
  print_step ("changes", wall, processor, &before.traffic, &after.traffic);
  before = after;
  bench_settle (cs_session_pull_now (session));
  after = take_mark (session);
  print_step ("quiet", 0, 0, &before.traffic, &after.traffic);
}

/* --- pushes --- */

static void
add_line (CsProposal *proposal)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, "Year-end accounts");
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->quantity = CS_DECIMAL (1);
  line->unit_price = CS_DECIMAL (1000);
  line->tax_rate = CS_DECIMAL (15);
  line->billing = cs_billing_rule_upfront ();
  g_ptr_array_add (proposal->lines, line);
}

static gpointer
accept_many (CsStore *store, gpointer data, GError **error)
{
  Ask *ask = data;
  g_autoptr (GPtrArray) contacts = cs_store_list_contacts (store, &ask->connection_id, error);
  g_autoptr (CsClient) client = NULL;

  if (contacts == NULL || contacts->len == 0)
    return NULL;
  client = cs_store_import_contact (store, &ask->connection_id,
                                    ((const CsLedgerContact *)g_ptr_array_index (contacts, 0))->remote_id,
                                    NULL, error);
  for (guint i = 0; client != NULL && i < ask->limit; i++)
    {
      g_autoptr (CsProposal) proposal = cs_proposal_new ();
      g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();

      g_set_str (&proposal->title, "Year-end");
      proposal->client_id = client->id;
      proposal->currency = ask->currency;
      proposal->designated_day = 1;
      proposal->due_days = 14;
      add_line (proposal);
      g_set_str (&acceptance->signatory, "Aroha Ngata");
      acceptance->method = CS_ACCEPTANCE_SIGNED_PAPER;
      acceptance->accepted_on = ask->today;
      if (!cs_store_save_proposal (store, proposal, error)
          || !cs_store_accept_proposal (store, &proposal->id, acceptance, error))
        return NULL;
    }
  return NULL;
}

static gpointer
count_unfinished (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = cs_store_list_unfinished (store, NULL, error);
  guint *n = g_new0 (guint, 1);

  *n = rows != NULL ? rows->len : G_MAXUINT;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (((const CsJournalEntry *)g_ptr_array_index (rows, i))->state == CS_JOURNAL_BLOCKED)
      g_error ("%s", ((const CsJournalEntry *)g_ptr_array_index (rows, i))->outcome_message);
  return n;
}

static guint
get_unfinished (CsSession *session)
{
  g_autofree guint *n = test_read (session, count_unfinished, NULL, g_free);

  return *n;
}

static void
push_many (SandboxFixture *fixture, CsSession *session, Ask *ask)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (session));
  gint64 before_at_ledger = sandbox_fixture_count (fixture, "invoices");
  double wall, processor;
  Mark before, after;

  settings->hold_seconds = 0;
  bench_settle (cs_session_save_settings (session, settings));
  /* Without a hold the pusher may begin as soon as they are accepted: the clock starts before. */
  before = take_mark (session);
  wall = bench_read_wall ();
  processor = bench_read_processor ();
  bench_settle (cs_session_write (session, accept_many, ask, NULL, NULL));
  bench_settle (cs_session_push_now (session));
  while (get_unfinished (session) > 0)
    g_main_context_iteration (NULL, TRUE);
  wall = bench_read_wall () - wall;
  processor = bench_read_processor () - processor;
  after = take_mark (session);
  printf ("pushes %u\n", ask->limit);
  printf ("pushes_at_ledger %" G_GINT64_FORMAT "\n",
          sandbox_fixture_count (fixture, "invoices") - before_at_ledger);
  print_step ("push", wall, processor, &before.traffic, &after.traffic);
}

static guint
read_argument (int argc, char **argv, int index, guint otherwise)
{
  return argc > index ? (guint)g_ascii_strtoull (argv[index], NULL, 10) : otherwise;
}

int
main (int argc, char **argv)
{
  g_autofree char *profile = g_strdup_printf ("count:%u", read_argument (argc, argv, 1, 20000));
  g_autoptr (SandboxFixture) fixture = NULL;
  CsSession *session = NULL;
  Ask ask = { 0 };

  dex_init ();
  fixture = sandbox_fixture_new (profile);
  sandbox_fixture_post (fixture, "/sandbox/limits",
                        "{\"minute\":100000000,\"day\":100000000,\"app_minute\":100000000}");
  session = sandbox_fixture_open (fixture);
  session->options->is_unpaced = TRUE;
  pull_all (fixture, session);
  ask.connection_id = cs_session_get_connection (session)->id;
  ask.currency = cs_session_get_connection (session)->currency;
  ask.today = cs_session_get_today (session);
  ask.limit = read_argument (argc, argv, 2, 1000);
  pull_changes (fixture, session, &ask);
  ask.limit = read_argument (argc, argv, 3, 1000);
  push_many (fixture, session, &ask);
  sandbox_fixture_close (session);
  return 0;
}
