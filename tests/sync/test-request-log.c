/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-request-log.h"
#include "cs-store-requests.h"

#define N_BURSTS 40
#define N_A_BURST 25

static CsStore *
open_store (gpointer data, GError **error)
{
  const Practice *practice = data;

  return cs_store_open (practice->path, CS_STORE_READ_WRITE, &practice->clock, error);
}

static void
written_cb (gpointer data)
{
  guint *n_batches = data;

  *n_batches += 1;
}

static void
spin_until_settled (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dex_future_is_resolved (future));
}

/* Some batches end by the clock, and the last by the log's own end, which the writer's end follows at once.
 */
static void
add_many (CsRequestLog *log, guint *n_batches)
{
  for (guint i = 0; i < N_BURSTS; i++)
    {
      const guint batches_before = *n_batches;

      for (guint j = 0; j < N_A_BURST; j++)
        {
          const CsHttpRecord record = { .at_ms = FIXTURE_NOW_MS,
                                        .method = "PUT",
                                        .route = "/Invoices",
                                        .status = i,
                                        .bytes = j,
                                        .is_push = TRUE };

          cs_request_log_add (log, &record);
        }
      while (i == N_BURSTS / 4 && *n_batches == batches_before)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* Each call that was made is in the log, once and in its order, however they come and whenever the practice
 * is closed. */
static void
test_loses_nothing (Practice *practice, gconstpointer data)
{
  g_autoptr (CsDatabase) writer = cs_database_new ("writer", open_store, practice, NULL);
  g_autoptr (DexFuture) ready = cs_database_ready (writer);
  g_autoptr (DexFuture) closed = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) error = NULL;
  guint n_batches = 0;
  CsRequestLog *log = NULL;

  spin_until_settled (ready);
  log = cs_request_log_new (writer, written_cb, &n_batches);
  add_many (log, &n_batches);
  cs_request_log_close (log);
  closed = cs_database_close (writer);
  spin_until_settled (closed);
  cs_request_log_unref (log);

  requests = cs_store_list_requests (practice->store, NULL, CS_STORE_REQUESTS_MAX, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (requests->len, ==, N_BURSTS * N_A_BURST);
  for (guint i = 0; i < requests->len; i++)
    {
      const CsRequest *request = g_ptr_array_index (requests, requests->len - 1 - i);

      g_assert_cmpuint (request->status, ==, i / N_A_BURST);
      g_assert_cmpint (request->bytes, ==, i % N_A_BURST);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  ADD_TEST ("/request-log/loses-nothing", test_loses_nothing);
  return g_test_run ();
}
