/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-store-requests.h"
#include "cs-support-bundle.h"
#include "cs-support-log.h"

#include <string.h>

#define CLIENT "Wairarapa Vets"
#define EMAIL "moana@vets.example"
#define LEDGERS_WORDS "Moana Rangi is archived"
#define TENANT "Harbour Practice Ltd"
#define LOGIN "boss@practice.example"
#define TOKEN "eyJhbGciOiJSUzI1NiJ9.secret.token"

static void
add_request (Practice *practice, const char *route, const char *correlation_id)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_request_free);
  CsRequest request = { .at_ms = FIXTURE_NOW_MS,
                        .method = (char *)"PUT",
                        .route = (char *)route,
                        .status = 400,
                        .correlation_id = (char *)correlation_id };

  g_ptr_array_add (requests, cs_request_copy (&request));
  g_assert_true (cs_store_add_requests (practice->store, requests, NULL));
}

/* A practice in which every free text is a secret. */
static void
fill (Practice *practice)
{
  g_autoptr (CsClient) client = NULL;
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsJournalEntry) row = NULL;

  practice_connect (practice, "tenant-of-" CLIENT);
  practice_run_sql (practice, "UPDATE connection SET tenant_name = '" TENANT "', login_name = '" LOGIN "'");
  practice_claim (practice);
  client = practice_add_client (practice, CLIENT, EMAIL);
  proposal = practice_add_proposal (practice, client);
  practice_accept (practice, proposal);
  row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  g_assert_nonnull (row);
  practice_run_sql (practice, "UPDATE journal SET state = 'blocked', outcome_code = 'refused',"
                              " outcome_message = '" LEDGERS_WORDS "', correlation_id = '" EMAIL "'"
                              " WHERE kind = 'contact.create'");
  practice_run_sql (practice, "UPDATE settings SET practice_name = '" TENANT "'");
  add_request (practice, "/Invoices/{InvoiceID}", "0f9e-11");
  /* What a mistake elsewhere might bring here, has no way in either. */
  add_request (practice, "/Contacts?where=EmailAddress==\"" EMAIL "\"", TOKEN " " CLIENT);
}

/* Redacted by construction: it names nobody, whatever the file holds. */
static void
test_names_nobody (Practice *practice, gconstpointer data)
{
  const char *secrets[]
      = { CLIENT, EMAIL,     "vets.example", LEDGERS_WORDS, "Moana",     TENANT,    LOGIN,
          TOKEN,  "1000.00", "115000",       "1150",        "tenant-of", "CS-0001", "where=" };
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *bundle = NULL;

  fill (practice);
  dump = practice_dump (practice);
  bundle = cs_support_bundle_make (practice->store, FIXTURE_NOW_MS, &error);
  g_assert_no_error (error);
  /* The file does hold them: that they are missing is no accident. */
  for (gsize i = 0; i < 7; i++)
    if (i != 6)
      g_assert_nonnull (strstr (dump, secrets[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (bundle, secrets[i]) != NULL)
      g_error ("the bundle tells %s:\n%s", secrets[i], bundle);
  g_assert_nonnull (strstr (bundle, "(left out)"));
}

/* What a helper needs is in it. */
static void
test_tells_what_happened (Practice *practice, gconstpointer data)
{
  const char *facts[] = { "\"state\": \"blocked\"",
                          "\"outcome\": \"refused\"",
                          "\"kind\": \"contact.create\"",
                          "\"route\": \"/Invoices/{InvoiceID}\"",
                          "\"correlation_id\": \"0f9e-11\"",
                          "\"fits\": true",
                          "\"made_at\": \"2026-11-22T09:00:00Z\"",
                          "\"schema_version\": " };
  g_autofree char *bundle = NULL;
  g_autoptr (GError) error = NULL;

  fill (practice);
  bundle = cs_support_bundle_make (practice->store, FIXTURE_NOW_MS, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (strstr (bundle, facts[i]) == NULL)
      g_error ("the bundle does not tell %s:\n%s", facts[i], bundle);
}

/* A chain that was tampered with is told, and is no failure. */
static void
test_tells_a_broken_chain (Practice *practice, gconstpointer data)
{
  g_autofree char *bundle = NULL;
  g_autoptr (GError) error = NULL;

  fill (practice);
  practice_run_sql (practice, "DROP TRIGGER audit_is_never_edited; UPDATE audit SET actor = 'Nobody'"
                              " WHERE sequence = 2");
  bundle = cs_support_bundle_make (practice->store, FIXTURE_NOW_MS, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (bundle, "\"fits\": false"));
  g_assert_nonnull (strstr (bundle, "\"first_that_does_not\": 2"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/sync/support-bundle/names-nobody", test_names_nobody);
  ADD_TEST ("/sync/support-bundle/tells-what-happened", test_tells_what_happened);
  ADD_TEST ("/sync/support-bundle/tells-a-broken-chain", test_tells_a_broken_chain);
  return g_test_run ();
}
