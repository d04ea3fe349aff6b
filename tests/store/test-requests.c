/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-store-requests.h"

static GPtrArray *
make_requests (guint n, const CsUuid *journal_id)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_request_free);

  for (guint i = 0; i < n; i++)
    {
      CsRequest request = { .at_ms = FIXTURE_NOW_MS + i,
                            .method = (char *)"GET",
                            .route = (char *)"/Invoices",
                            .status = 200,
                            .elapsed_ms = i,
                            .bytes = 51200,
                            .correlation_id = (char *)"c-1" };

      if (journal_id != NULL && i % 2 == 1)
        request.journal_id = *journal_id;
      g_ptr_array_add (requests, cs_request_copy (&request));
    }
  return requests;
}

static void
add (Practice *practice, guint n, const CsUuid *journal_id)
{
  g_autoptr (GPtrArray) requests = make_requests (n, journal_id);
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_add_requests (practice->store, requests, &error));
  g_assert_no_error (error);
}

/* What was asked, newest first: all of it, or what was asked for one row. */
static void
test_round_trip (Practice *practice, gconstpointer data)
{
  CsUuid journal_id = cs_store_new_uuid (practice->store);
  CsUuid other_id = cs_store_new_uuid (practice->store);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GError) error = NULL;
  const CsRequest *newest;

  add (practice, 4, &journal_id);
  all = cs_store_list_requests (practice->store, NULL, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 3);
  newest = all->pdata[0];
  g_assert_cmpint (newest->at_ms, ==, FIXTURE_NOW_MS + 3);
  g_assert_cmpstr (newest->method, ==, "GET");
  g_assert_cmpstr (newest->route, ==, "/Invoices");
  g_assert_cmpuint (newest->status, ==, 200);
  g_assert_cmpint (newest->elapsed_ms, ==, 3);
  g_assert_cmpint (newest->bytes, ==, 51200);
  g_assert_cmpstr (newest->correlation_id, ==, "c-1");
  g_assert_true (cs_uuid_equal (&newest->journal_id, &journal_id));
  g_assert_true (cs_uuid_is_none (&((const CsRequest *)all->pdata[1])->journal_id));

  own = cs_store_list_requests (practice->store, &journal_id, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (own->len, ==, 2);
  g_assert_cmpint (((const CsRequest *)own->pdata[1])->at_ms, ==, FIXTURE_NOW_MS + 1);
  others = cs_store_list_requests (practice->store, &other_id, 100, &error);
  g_assert_cmpuint (others->len, ==, 0);
}

/* A log has an end: the newest are kept, and a batch that is larger than it can hold is cut, too. */
static void
test_newest_are_kept (Practice *practice, gconstpointer data)
{
  add (practice, 3, NULL);
  add (practice, CS_STORE_REQUESTS_MAX, NULL);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM request"), ==, CS_STORE_REQUESTS_MAX);
  g_assert_cmpint (practice_query (practice, "SELECT min(sequence) FROM request"), ==, 4);
  practice_assert_sound (practice);
}

/* A reader has the log, and may not write it. */
static void
test_reader (Practice *practice, gconstpointer data)
{
  g_autoptr (CsStore) reader = NULL;
  g_autoptr (GPtrArray) requests = make_requests (1, NULL);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  add (practice, 2, NULL);
  reader = practice_open_reader (practice);
  found = cs_store_list_requests (reader, NULL, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_false (cs_store_add_requests (reader, requests, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/requests/round-trip", test_round_trip);
  ADD_TEST ("/store/requests/newest-are-kept", test_newest_are_kept);
  ADD_TEST ("/store/requests/reader", test_reader);
  return g_test_run ();
}
