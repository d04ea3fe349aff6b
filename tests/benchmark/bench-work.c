/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-session.h"

#include <stdio.h>

#include "cs-session-jobs.h"
#include "cs-session-private.h"
#include "cs-session-schedule.h"
#include "cs-store-clients.h"
#include "cs-store-jobs.h"
#include "cs-store-proposals.h"
#include "cs-store-requests.h"
#include "cs-work-private.h"
#include "cs-xpm.h"

/* bench-work CLIENTS JOBS DEPLOYED   the real session against a sandbox of Practice Manager of that size,
 * with the pace opened up: the first pull, whole, in which memory it stays, beside the same list downloaded
 * and parsed alone; a second pull that finds nothing; all jobs there, looked through for ours; and the
 * deployment of so many jobs with the calls that it spends beside the least that the remote asks for. Prints
 * "name value" lines. */

#define LOG_WAIT_MS 6000 /* the log of calls is written behind them, in batches */
#define SERVICES 10      /* of a proposal, each a job */

typedef struct
{
  guint n;
  gint64 bytes; /* of all answers */
} Calls;

static gpointer
count_calls (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) requests = cs_store_list_requests (store, NULL, CS_STORE_REQUESTS_MAX, error);
  Calls *calls = g_new0 (Calls, 1);

  calls->n = requests != NULL ? requests->len : 0;
  for (guint i = 0; i < calls->n; i++)
    calls->bytes += ((const CsRequest *)requests->pdata[i])->bytes;
  return calls;
}

static Calls
read_calls (CsSession *session)
{
  gint64 until = g_get_monotonic_time () + LOG_WAIT_MS * 1000;
  g_autofree Calls *calls = NULL;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  calls = test_read (session, count_calls, NULL, g_free);
  return *calls;
}

/* --- the first pull --- */

static void
pull (SandboxFixture *fixture, CsSession *session)
{
  g_autoptr (CsConnect) connect = cs_connect_new (session, CS_CONNECT_TO_WORK);
  double before = bench_read_peak ();
  double wall, processor;
  Calls calls;

  g_signal_connect (connect, "open-address", G_CALLBACK (sandbox_fixture_browse), fixture);
  cs_connect_start (connect, cs_connect_get_client_id (connect));
  bench_wait_for_stage (connect, CS_CONNECT_CHOOSING);
  wall = bench_read_wall ();
  processor = bench_read_processor ();
  cs_connect_choose (connect, 0);
  bench_wait_for_stage (connect, CS_CONNECT_DONE);
  printf ("pull_wall %.6f\npull_processor %.6f\n", bench_read_wall () - wall,
          bench_read_processor () - processor);
  printf ("pull_peak %.1f\npull_peak_more %.1f\n", bench_read_peak (), bench_read_peak () - before);
  calls = read_calls (session);
  printf ("pull_calls %u\npull_bytes %" G_GINT64_FORMAT "\n", calls.n, calls.bytes);
  wall = bench_read_wall ();
  bench_settle (cs_work_pull_now (cs_session_get_work (session)));
  wall = bench_read_wall () - wall;
  printf ("quiet_wall %.6f\nquiet_calls %u\n", wall, read_calls (session).n - calls.n);
  fflush (stdout);
}

/* --- the floor, and looking for our jobs --- */

#define YEARS 6

static gboolean
drop_batch (GPtrArray *records, gpointer data, GError **error)
{
  *(guint *)data += records->len;
  return TRUE;
}

static CsXpm *
get_xpm (CsSession *session)
{
  return cs_remote_link_get_xpm (cs_work_get_link (cs_session_get_work (session)));
}

static void
await_streamed (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  g_autofree CsXpmStreamed *streamed = NULL;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  streamed = test_await_record (future, &error);
  g_assert_no_error (error);
  g_assert_nonnull (streamed);
}

/* What a pull can't do without: the list of all clients, downloaded and parsed; nothing of it is kept. */
static void
measure_floor (CsSession *session)
{
  double wall = bench_read_wall ();
  double processor = bench_read_processor ();
  guint n_clients = 0;

  await_streamed (cs_xpm_read_clients (get_xpm (session), 0, drop_batch, &n_clients, NULL));
  printf ("floor_clients %u\nfloor_wall %.6f\nfloor_processor %.6f\n", n_clients, bench_read_wall () - wall,
          bench_read_processor () - processor);
}

/* As a pull looks for ours: the list by year, of which nothing but what it wants is held. */
static void
look_through_jobs (CsSession *session)
{
  CsDate to = cs_date_add_days (cs_session_get_today (session), 1);
  CsDate from = cs_date_add_days (to, -365 * YEARS);
  double before = bench_read_peak ();
  double wall = bench_read_wall ();
  double processor = bench_read_processor ();
  guint n_jobs = 0;

  while (cs_date_compare (from, to) <= 0)
    {
      CsDate end = cs_xpm_get_window_end (from, to);

      await_streamed (cs_xpm_read_jobs (get_xpm (session), from, end, drop_batch, &n_jobs, NULL));
      from = cs_date_add_days (end, 1);
    }
  printf ("jobs_read %u\njobs_wall %.6f\njobs_processor %.6f\njobs_peak_more %.1f\n", n_jobs,
          bench_read_wall () - wall, bench_read_processor () - processor, bench_read_peak () - before);
  fflush (stdout);
}

/* --- deployment --- */

static char *
get_there (SandboxFixture *fixture, const char *list, guint index)
{
  g_autoptr (JsonNode) node = sandbox_fixture_read_practice (fixture);
  JsonArray *array = json_object_get_array_member (json_node_get_object (node), list);

  return g_strdup (json_object_get_string_member (json_array_get_object_element (array, index), "id"));
}

/* A template each, and one who manages: two calls a job is the least, and one a client. */
static void
settle_in (SandboxFixture *fixture, CsSession *session)
{
  g_autoptr (CsSettings) settings = cs_settings_copy (cs_session_get_settings (session));
  CsWorkSettings work = *cs_work_get_settings (cs_session_get_work (session));
  g_autoptr (CsMember) member = cs_member_new ();

  settings->hold_seconds = 0;
  bench_settle (cs_session_save_settings (session, settings));
  work.direction = CS_WORK_SYNC_TO;
  bench_settle (cs_work_save_settings (cs_session_get_work (session), &work));
  g_set_str (&member->name, "Mia");
  g_free (member->staff_id);
  member->staff_id = get_there (fixture, "staff", 0);
  member->manages = TRUE;
  bench_settle (cs_session_save_member (session, member));
  for (guint i = 0; i < SERVICES; i++)
    {
      g_autoptr (CsWorkService) service = cs_work_service_new ();

      g_free (service->name);
      service->name = g_strdup_printf ("Service %u", i);
      service->rule = cs_job_rule_new ();
      service->rule->scope = CS_JOB_SCOPE_SERVICE;
      g_set_str (&service->rule->name, "{service}");
      g_ptr_array_add (service->template_ids, get_there (fixture, "templates", 0));
      bench_settle (cs_session_save_service (session, service));
    }
}

static void
add_line (CsProposal *proposal, guint index)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_free (line->description);
  line->description = g_strdup_printf ("Service %u", index);
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->quantity = CS_DECIMAL (1);
  line->unit_price = CS_DECIMAL (100);
  line->billing = cs_billing_rule_upfront ();
  g_ptr_array_add (proposal->lines, line);
}

typedef struct
{
  CsCurrency currency;
  CsDate today;
  guint n_proposals;
} Ask;

static gpointer
accept_many (CsStore *store, gpointer data, GError **error)
{
  const Ask *ask = data;

  for (guint i = 0; i < ask->n_proposals; i++)
    {
      g_autoptr (CsClient) client = cs_client_new ();
      g_autoptr (CsProposal) proposal = cs_proposal_new ();
      g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();

      g_free (client->name);
      client->name = g_strdup_printf ("Benchmark Client %u Ltd", i);
      if (!cs_store_save_client (store, client, error))
        return NULL;
      g_set_str (&proposal->title, "Year-end");
      proposal->client_id = client->id;
      proposal->currency = ask->currency;
      proposal->designated_day = 1;
      for (guint j = 0; j < SERVICES; j++)
        add_line (proposal, j);
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
count_live (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) jobs = cs_store_list_jobs (store, error);
  guint *n = g_new0 (guint, 1);

  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    {
      const CsJob *job = g_ptr_array_index (jobs, i);

      if (job->state == CS_JOB_BLOCKED || job->state == CS_JOB_INCOMPLETE)
        g_error ("%s", job->problem);
      *n += job->state == CS_JOB_LIVE ? 1 : 0;
    }
  return n;
}

static guint
get_live (CsSession *session)
{
  g_autofree guint *n = test_read (session, count_live, NULL, g_free);

  return *n;
}

static void
deploy (SandboxFixture *fixture, CsSession *session, guint n_jobs)
{
  Ask ask = { cs_session_get_settings (session)->currency, cs_session_get_today (session),
              MAX (n_jobs / SERVICES, 1) };
  gint64 jobs_before = sandbox_fixture_count_work (fixture, "jobs");
  gint64 writes_before = sandbox_fixture_count_work (fixture, "writes");
  guint calls_before = read_calls (session).n;
  guint wanted = ask.n_proposals * SERVICES;
  double wall = bench_read_wall ();
  double processor = bench_read_processor ();

  bench_settle (cs_session_write (session, accept_many, &ask, NULL, NULL));
  cs_session_came_back (session);
  while (get_live (session) < wanted)
    {
      gint64 until = g_get_monotonic_time () + G_USEC_PER_SEC / 2;

      while (g_get_monotonic_time () < until)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (1000);
    }
  printf ("deploy_jobs %u\ndeploy_wall %.6f\ndeploy_processor %.6f\n", wanted, bench_read_wall () - wall,
          bench_read_processor () - processor);
  printf ("deploy_jobs_there %" G_GINT64_FORMAT "\n",
          sandbox_fixture_count_work (fixture, "jobs") - jobs_before);
  printf ("deploy_writes %" G_GINT64_FORMAT "\n",
          sandbox_fixture_count_work (fixture, "writes") - writes_before);
  printf ("deploy_calls %u\n", read_calls (session).n - calls_before);
  printf ("deploy_calls_least %u\n", wanted * 2 + ask.n_proposals);
}

static guint
read_argument (int argc, char **argv, int index, guint otherwise)
{
  return argc > index ? (guint)g_ascii_strtoull (argv[index], NULL, 10) : otherwise;
}

int
main (int argc, char **argv)
{
  g_autofree char *practice
      = g_strdup_printf ("%u:%u", read_argument (argc, argv, 1, 15000), read_argument (argc, argv, 2, 40000));
  g_autoptr (SandboxFixture) fixture = NULL;
  CsSession *session = NULL;

  dex_init ();
  fixture = sandbox_fixture_new_for_work (practice);
  sandbox_fixture_post (fixture, "/sandbox/limits",
                        "{\"minute\":100000000,\"day\":100000000,\"app_minute\":100000000}");
  fixture->is_unpaced = TRUE;
  session = sandbox_fixture_open (fixture);
  session->options->is_unpaced = TRUE;
  pull (fixture, session);
  measure_floor (session);
  look_through_jobs (session);
  settle_in (fixture, session);
  deploy (fixture, session, read_argument (argc, argv, 3, 500));
  sandbox_fixture_close (session);
  return 0;
}
