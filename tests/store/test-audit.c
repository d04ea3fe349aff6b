/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <string.h>

#define DROP_TRIGGERS "DROP TRIGGER audit_is_never_edited; DROP TRIGGER audit_is_never_deleted;"

static void
make_history (Practice *practice)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);

  practice_accept (practice, proposal);
}

static void
assert_first_bad (Practice *practice, gint64 wanted)
{
  g_autoptr (GError) error = NULL;
  gint64 first_bad = -1;

  g_assert_false (cs_store_verify_audit (practice->store, &first_bad, &error));
  g_assert_cmpint (first_bad, ==, wanted);
  assert_store_error (error, CS_STORE_ERROR_DAMAGED);
}

static void
test_chain (Practice *practice, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first_bad = -1;
  const CsAuditEntry *newest;

  make_history (practice);
  g_assert_true (cs_store_verify_audit (practice->store, &first_bad, &error));
  g_assert_cmpint (first_bad, ==, 0);
  rows = cs_store_list_audit (practice->store, 2, &error);
  g_assert_cmpuint (rows->len, ==, 2);
  newest = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (newest->action, ==, "proposal.accepted");
  g_assert_cmpstr (newest->actor, ==, "Mia");
  g_assert_cmpint (newest->at_ms, ==, practice->now_ms);
  g_assert_nonnull (strstr (newest->details, "\"agreement_sha256\":\""));
  g_assert_cmpint (newest->sequence, ==, ((CsAuditEntry *)g_ptr_array_index (rows, 1))->sequence + 1);
}

static void
test_append_only (Practice *practice, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_sql_execute (practice->store->sql, "UPDATE audit SET actor = 'x'", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_false (cs_sql_execute (practice->store->sql, "DELETE FROM audit", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_false (cs_sql_execute (practice->store->sql,
                                  "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 1;"
                                  "UPDATE audit SET at_ms = 1",
                                  &error));
  g_clear_error (&error);
}

/* Whatever column is changed, and in whichever row, that row is named. */
static void
test_each_column (Practice *practice, gconstpointer data)
{
  static const char *const changes[] = {
    "UPDATE audit SET actor = actor || 'x' WHERE sequence = 3",
    "UPDATE audit SET action = 'client.saved' WHERE sequence = 3",
    "UPDATE audit SET subject = '' WHERE sequence = 3",
    "UPDATE audit SET details = replace (details, 'PROP', 'PROB') WHERE sequence = 3",
    "UPDATE audit SET at_ms = at_ms + 1 WHERE sequence = 3",
    "UPDATE audit SET hash = replace (hash, substr (hash, 1, 1), iif (substr (hash, 1, 1) = 'a', 'b', 'a'))"
    " WHERE sequence = 3",
    "UPDATE audit SET previous_hash = hash WHERE sequence = 3",
  };

  make_history (practice);
  practice_close (practice);
  practice_run_sql (practice, DROP_TRIGGERS "CREATE TABLE kept AS SELECT * FROM audit");
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      practice_run_sql (practice, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept");
      practice_run_sql (practice, changes[i]);
      practice_reopen (practice);
      assert_first_bad (practice, 3);
      practice_close (practice);
    }
  practice_reopen (practice);
}

static void
test_removed_row (Practice *practice, gconstpointer data)
{
  make_history (practice);
  practice_close (practice);
  practice_run_sql (practice, DROP_TRIGGERS "DELETE FROM audit WHERE sequence = 2");
  practice_reopen (practice);
  assert_first_bad (practice, 3);
}

static void
test_inserted_row (Practice *practice, gconstpointer data)
{
  make_history (practice);
  practice_close (practice);
  practice_run_sql (practice,
                    "INSERT INTO audit SELECT sequence + 1, at_ms, actor, action, subject, details, hash,"
                    " hash FROM audit ORDER BY sequence DESC LIMIT 1");
  practice_reopen (practice);
  assert_first_bad (practice, practice_query (practice, "SELECT max (sequence) FROM audit"));
}

/* A row that was rewritten together with its own hash: the next one does not follow from it. */
static void
test_rewritten_row (Practice *practice, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *json = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *script = NULL;
  const CsAuditEntry *second;

  make_history (practice);
  rows = cs_store_list_audit (practice->store, 0, NULL);
  second = g_ptr_array_index (rows, rows->len - 2);
  g_assert_cmpint (second->sequence, ==, 2);
  /* What the hash is made of, in canonical form. */
  json = g_strdup_printf ("{\"action\":\"x\",\"actor\":\"Mia\",\"at_ms\":%" G_GINT64_FORMAT
                          ",\"details\":\"{}\",\"previous_hash\":\"%s\",\"sequence\":2,\"subject\":\"\"}",
                          second->at_ms, ((CsAuditEntry *)g_ptr_array_index (rows, rows->len - 1))->hash);
  hash = cs_sha256_hex (json, strlen (json));
  script = g_strdup_printf (DROP_TRIGGERS
                            "UPDATE audit SET action = 'x', actor = 'Mia', details = '{}', subject = '',"
                            " hash = '%s' WHERE sequence = 2",
                            hash);
  practice_close (practice);
  practice_run_sql (practice, script);
  practice_reopen (practice);
  assert_first_bad (practice, 3);
}

/* One flipped byte of the file, past SQLite. */
static void
test_flipped_byte (Practice *practice, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first_bad = 0;
  gsize size;
  char *found;

  g_assert_true (
      cs_store_append_audit (practice->store, "test.marked", "MARKED-SUBJECT", "{\"b\":1,\"a\":2}", NULL));
  make_history (practice);
  practice_close (practice);
  g_assert_true (g_file_get_contents (practice->path, &content, &size, NULL));
  found = memmem (content, size, "MARKED-SUBJECT", 14);
  g_assert_nonnull (found);
  found[3] ^= 1;
  g_assert_true (g_file_set_contents (practice->path, content, (gssize)size, NULL));
  practice_reopen (practice);
  g_assert_false (cs_store_verify_audit (practice->store, &first_bad, &error));
  g_assert_cmpint (first_bad, ==, 2);
  g_assert_nonnull (strstr (error->message, "2"));
}

static void
test_append (Practice *practice, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n = practice_query (practice, "SELECT count(*) FROM audit");

  g_assert_true (
      cs_store_append_audit (practice->store, "report.exported", NULL, "{\"b\":1.50,\"a\":2}", &error));
  g_assert_cmpint (practice_query (practice, "SELECT details = '{\"a\":2,\"b\":1.50}' FROM audit"
                                             " ORDER BY sequence DESC LIMIT 1"),
                   ==, 1);
  g_assert_false (cs_store_append_audit (practice->store, "report.exported", NULL, "{oops", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit"), ==, n + 1);
  practice_assert_sound (practice);
}

static void
assert_fits (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  gint64 first_bad = -1;

  g_assert_true (cs_store_verify_audit (practice->store, &first_bad, &error));
  g_assert_no_error (error);
  g_assert_cmpint (first_bad, ==, 0);
}

static void
run_outside (Practice *practice, const char *script)
{
  practice_close (practice);
  practice_run_sql (practice, script);
  practice_reopen (practice);
  cs_store_set_actor (practice->store, "Mia");
}

/* A person has looked into it. Only what doesn't fit now is accepted, under their name and with their reason;
 * what is changed afterwards is found, in the accepted row, too. */
static void
test_accepted (Practice *practice, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  const CsAuditEntry *newest;

  make_history (practice);
  run_outside (practice, DROP_TRIGGERS "DELETE FROM audit WHERE sequence = 2;"
                                       "UPDATE audit SET actor = 'Nobody' WHERE sequence = 4");
  assert_first_bad (practice, 3);

  g_assert_false (cs_store_accept_audit (practice->store, NULL, " ", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_clear_error (&error);
  assert_first_bad (practice, 3);

  g_assert_true (cs_store_accept_audit (practice->store, "9 abc", " Disk was repaired ", &error));
  g_assert_no_error (error);
  assert_fits (practice);
  rows = cs_store_list_audit (practice->store, 1, &error);
  newest = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (newest->action, ==, "audit.break-accepted");
  g_assert_cmpstr (newest->actor, ==, "Mia");
  g_assert_nonnull (strstr (newest->details, "\"noted\":\"9 abc\""));
  g_assert_nonnull (strstr (newest->details, "\"reason\":\"Disk was repaired\""));
  g_assert_nonnull (strstr (newest->details, "\"row\":3"));
  g_assert_nonnull (strstr (newest->details, "\"row\":4"));

  run_outside (practice, "UPDATE audit SET actor = 'Somebody' WHERE sequence = 4");
  assert_first_bad (practice, 4);
  run_outside (practice, "UPDATE audit SET actor = 'Nobody' WHERE sequence = 4;"
                         "UPDATE audit SET subject = 'x' WHERE sequence = 5");
  assert_first_bad (practice, 5);
}

/* What says that it was accepted is itself a row of the chain. */
static void
test_accepted_is_no_forgery (Practice *practice, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  make_history (practice);
  run_outside (practice, DROP_TRIGGERS "UPDATE audit SET actor = 'Nobody' WHERE sequence = 3");
  g_assert_true (cs_store_accept_audit (practice->store, NULL, "Known", &error));
  n = practice_query (practice, "SELECT max (sequence) FROM audit");
  run_outside (practice, "UPDATE audit SET details = replace (details, 'Known', 'Knows')"
                         " WHERE action = 'audit.break-accepted'");
  assert_first_bad (practice, n);
  run_outside (practice, "UPDATE audit SET details = 'no JSON' WHERE action = 'audit.break-accepted'");
  assert_first_bad (practice, 3);
}

/* A chain that was made anew as a whole is a matter for a backup. */
static void
test_too_much_to_accept (Practice *practice, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 110; i++)
    g_assert_true (cs_store_append_audit (practice->store, "test.marked", NULL, NULL, NULL));
  run_outside (practice, DROP_TRIGGERS "UPDATE audit SET actor = 'Nobody' WHERE sequence > 3");
  g_assert_false (cs_store_accept_audit (practice->store, NULL, "Known", &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  assert_first_bad (practice, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/audit/chain", test_chain);
  ADD_TEST ("/store/audit/append-only", test_append_only);
  ADD_TEST ("/store/audit/each-column", test_each_column);
  ADD_TEST ("/store/audit/removed-row", test_removed_row);
  ADD_TEST ("/store/audit/inserted-row", test_inserted_row);
  ADD_TEST ("/store/audit/rewritten-row", test_rewritten_row);
  ADD_TEST ("/store/audit/flipped-byte", test_flipped_byte);
  ADD_TEST ("/store/audit/append", test_append);
  ADD_TEST ("/store/audit/accepted", test_accepted);
  ADD_TEST ("/store/audit/accepted-is-no-forgery", test_accepted_is_no_forgery);
  ADD_TEST ("/store/audit/too-much-to-accept", test_too_much_to_accept);
  return g_test_run ();
}
