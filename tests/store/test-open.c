/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-clients.h"
#include "cs-store-review.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static guint
get_mode (const char *path)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status.st_mode & 0777;
}

static void
assert_refused (Practice *practice, CsStoreFlags flags, CsStoreError code)
{
  g_autoptr (GError) error = NULL;
  CsStore *store = cs_store_open (practice->path, flags, &practice->clock, &error);

  g_assert_null (store);
  assert_store_error (error, code);
}

static void
test_fresh (Practice *practice, gconstpointer data)
{
  g_assert_cmpint (practice_query (practice, "PRAGMA user_version"), ==,
                   (gint64)cs_practice_schema.n_migrations);
  g_assert_cmpint (practice_query (practice, "PRAGMA application_id"), ==, 0x43535052);
  g_assert_cmpint (practice_query (practice, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (practice_query (practice, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (practice_query (practice, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM migration"), ==,
                   (gint64)cs_practice_schema.n_migrations);
  /* STRICT, all of them. */
  g_assert_cmpint (practice_query (practice,
                                   "SELECT count(*) FROM pragma_table_list WHERE schema = 'main'"
                                   " AND type = 'table' AND name NOT LIKE 'sqlite%' AND strict = 0"),
                   ==, 0);
  practice_assert_sound (practice);
}

static void
test_again (Practice *practice, gconstpointer data)
{
  gint64 n_audit = practice_query (practice, "SELECT count(*) FROM audit");
  g_autofree char *before = practice_dump (practice);
  g_autofree char *after = NULL;

  practice_reopen (practice);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit"), ==, n_audit);
}

static void
test_modes (Practice *practice, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (practice->folder, "a", "b", NULL);
  g_autofree char *path = g_build_filename (folder, "practice.sqlite", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  mode_t old = umask (0);
  CsStore *store = cs_store_open (path, CS_STORE_READ_WRITE, &practice->clock, &error);

  umask (old);
  g_assert_no_error (error);
  g_assert_cmpuint (get_mode (path), ==, 0600);
  g_assert_cmpuint (get_mode (log), ==, 0600);
  g_assert_cmpuint (get_mode (folder), ==, 0700);
  cs_store_close (store);

  /* One that was opened to others by hand is closed again. */
  g_chmod (path, 0644);
  store = cs_store_open (path, CS_STORE_READ_WRITE, &practice->clock, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_mode (path), ==, 0600);
  cs_store_close (store);
}

static void
test_too_new (Practice *practice, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size_before, size_after;

  practice_close (practice);
  practice_run_sql (practice, "PRAGMA user_version = 9999; PRAGMA journal_mode = DELETE");
  g_assert_true (g_file_get_contents (practice->path, &before, &size_before, NULL));
  assert_refused (practice, CS_STORE_READ_WRITE, CS_STORE_ERROR_TOO_NEW);
  assert_refused (practice, CS_STORE_READ_ONLY, CS_STORE_ERROR_TOO_NEW);
  g_assert_true (g_file_get_contents (practice->path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  g_assert_true (g_file_set_contents (to, content, (gssize)size, NULL));
}

/* Also when its last changes still lie in the log, which a writer would move into the file. */
static void
test_too_new_with_log (Practice *practice, gconstpointer data)
{
  g_autofree char *log = g_strconcat (practice->path, "-wal", NULL);
  g_autofree char *other = g_build_filename (practice->folder, "crashed.sqlite", NULL);
  g_autofree char *other_log = g_strconcat (other, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size_before, size_after;

  g_assert_true (cs_sql_execute (practice->store->sql, "PRAGMA user_version = 9999", NULL));
  copy_file (practice->path, other);
  copy_file (log, other_log);
  g_assert_true (g_file_get_contents (other, &before, &size_before, NULL));
  g_assert_null (cs_store_open (other, CS_STORE_READ_WRITE, &practice->clock, &error));
  assert_store_error (error, CS_STORE_ERROR_TOO_NEW);
  g_assert_true (g_file_get_contents (other, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
}

static void
test_not_a_database (Practice *practice, gconstpointer data)
{
  static const char text[]
      = "Dear client, this is a letter and no database at all. It is long enough to be read "
        "as the head of one, which is a hundred bytes.";
  g_autofree char *after = NULL;
  gsize size;

  practice_close (practice);
  g_assert_true (g_file_set_contents (practice->path, text, sizeof text, NULL));
  assert_refused (practice, CS_STORE_READ_WRITE, CS_STORE_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (practice->path, &after, &size, NULL));
  g_assert_cmpmem (text, sizeof text, after, size);
}

static void
test_somebody_elses (Practice *practice, gconstpointer data)
{
  practice_close (practice);
  g_unlink (practice->path);
  practice_run_sql (practice, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  assert_refused (practice, CS_STORE_READ_WRITE, CS_STORE_ERROR_DAMAGED);
  practice_run_sql (practice, "INSERT INTO t VALUES (2)"); /* still usable by whoever's it is */
}

static void
test_truncated (Practice *practice, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize size;

  practice_close (practice);
  g_assert_true (g_file_get_contents (practice->path, &content, &size, NULL));
  g_assert_true (g_file_set_contents (practice->path, content, (gssize)(size / 2), NULL));
  assert_refused (practice, CS_STORE_READ_WRITE, CS_STORE_ERROR_DAMAGED);
  g_assert_true (g_file_set_contents (practice->path, content, 60, NULL));
  assert_refused (practice, CS_STORE_READ_WRITE, CS_STORE_ERROR_DAMAGED);
}

static void
test_damaged_page (Practice *practice, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  CsStore *store;

  practice_close (practice);
  g_assert_true (g_file_get_contents (practice->path, &content, &size, NULL));
  memset (content + 4096, 0xa5, size - 4096);
  g_assert_true (g_file_set_contents (practice->path, content, (gssize)size, NULL));
  store = cs_store_open (practice->path, CS_STORE_READ_WRITE, &practice->clock, &error);
  g_assert_null (store);
  assert_store_error (error, CS_STORE_ERROR_DAMAGED);
}

static void
test_read_only (Practice *practice, gconstpointer data)
{
  g_autoptr (CsStore) reader = practice_open_reader (practice);
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  gint64 version;

  settings = cs_store_get_settings (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (settings->number_prefix, ==, "CS-");
  g_set_str (&client->name, "Nobody");
  g_assert_false (cs_store_save_client (reader, client, &error));
  assert_store_error (error, CS_STORE_ERROR_FULL);

  version = cs_store_get_data_version (reader);
  g_assert_cmpint (version, ==, cs_store_get_data_version (reader));
  cs_client_free (practice_add_client (practice, "Kea Ltd", ""));
  g_assert_cmpint (version, !=, cs_store_get_data_version (reader));
}

static void
test_reader_makes_nothing (Practice *practice, gconstpointer data)
{
  practice_close (practice);
  g_unlink (practice->path);
  assert_refused (practice, CS_STORE_READ_ONLY, CS_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (practice->path, G_FILE_TEST_EXISTS));
}

static void
test_cut_short_when_made (Practice *practice, gconstpointer data)
{
  practice_close (practice);
  g_assert_true (g_file_set_contents (practice->path, "", 0, NULL));
  practice_reopen (practice); /* nothing was in it yet */
  practice_close (practice);
  g_unlink (practice->path);
  practice_run_sql (practice, "PRAGMA journal_mode = WAL");
  practice_reopen (practice);
  practice_assert_sound (practice);
}

/* Should a step fail, the file is as before it. */
static void
test_migration_fails (Practice *practice, gconstpointer data)
{
  static const CsSqlMigration steps[] = {
    { "first", "CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT, applied_ms INTEGER) STRICT;"
               "CREATE TABLE t (x INTEGER) STRICT; INSERT INTO t VALUES (1)" },
    { "second", "INSERT INTO t VALUES (2); CREATE TABLE broken (" },
  };
  const CsSqlSchema good = { 77, steps, 1 };
  const CsSqlSchema bad = { 77, steps, 2 };
  g_autofree char *path = g_build_filename (practice->folder, "other.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  CsSql *sql = cs_sql_open (path, FALSE, &good, &practice->clock, &error);
  gint64 n = 0;

  g_assert_no_error (error);
  cs_sql_close (sql);
  g_assert_null (cs_sql_open (path, FALSE, &bad, &practice->clock, &error));
  assert_store_error (error, CS_STORE_ERROR_FAILED);
  sql = cs_sql_open (path, FALSE, &good, &practice->clock, &error);
  g_assert_no_error (error);
  g_assert_true (cs_sql_read_pragma (sql, "SELECT count(*) FROM t", &n, NULL));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (cs_sql_read_pragma (sql, "PRAGMA user_version", &n, NULL));
  g_assert_cmpint (n, ==, 1);
  cs_sql_close (sql);
}

/* Every row of every table of @from, in the columns that the file at the practice's path has; what an index
 * of words keeps in tables of its own, too. Nothing is kept up to date by the way: it is copied as it was. */
static void
copy_rows (Practice *practice, const char *from)
{
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS x", from);
  g_autoptr (GString) script = g_string_new ("PRAGMA foreign_keys = OFF; BEGIN;");
  sqlite3_stmt *row = NULL;
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (practice->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, attach, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_prepare_v2 (handle,
                      "SELECT t.name, group_concat (c.name) FROM pragma_table_list t"
                      " JOIN pragma_table_info (t.name, 'main') c WHERE t.schema = 'main'"
                      " AND t.type IN ('table', 'shadow') AND t.name NOT LIKE 'sqlite%'"
                      " AND t.name <> 'migration' GROUP BY t.name",
                      -1, &row, NULL);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_string_append_printf (script, "INSERT OR REPLACE INTO main.%1$s (%2$s) SELECT %2$s FROM x.%1$s;",
                            sqlite3_column_text (row, 0), sqlite3_column_text (row, 1));
  sqlite3_finalize (row);
  g_string_append (script, "COMMIT");
  g_assert_cmpint (sqlite3_exec (handle, script->str, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

/* Something in every part of it. */
static void
fill (Practice *practice)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) waiting = practice_add_proposal (practice, client);
  g_autoptr (CsLedgerInvoice) invoice = make_invoice ("i-9", "INV-9", FIXTURE_TODAY, 1000);
  g_autoptr (CsSavedView) view = cs_saved_view_new ();
  g_autoptr (GPtrArray) page = g_ptr_array_new ();
  const CsCursor cursor = { 17, 0 };

  g_ptr_array_add (page, invoice);
  g_assert_true (cs_store_save_invoices (practice->store, &connection_id, page, &cursor, NULL));
  g_set_str (&view->name, "Call today");
  g_assert_true (cs_store_save_view (practice->store, view, NULL));
  g_assert_true (cs_store_pin_invoice (practice->store, &connection_id, "i-9", TRUE, NULL));
  g_assert_true (cs_store_remember (practice->store, "invoices.columns", "pin number", NULL));
  practice_claim (practice);
  practice_accept (practice, proposal);
  practice_send_all (practice, &proposal->id);
  practice_accept (practice, waiting);
  g_set_str (&client->contact_name, "Aroha Nguyen");
  client->revision = practice_query (practice, "SELECT revision FROM client");
  client->state = CS_CLIENT_ACTIVE;
  g_assert_true (cs_store_save_client (practice->store, client, NULL));
}

/* How many rows @before has that the practice has no more as they were, in the columns that @before has. What
 * later steps put there on purpose is left out: the day of the last full read, that all is read anew. */
static gint64
count_lost (Practice *practice, const char *before)
{
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS x", before);
  g_autoptr (GString) count = g_string_new ("SELECT 0");
  sqlite3_stmt *row = NULL;
  sqlite3 *handle = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_open (practice->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, attach, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_prepare_v2 (handle,
                      "SELECT t.name, group_concat (c.name) FROM pragma_table_list t"
                      " JOIN pragma_table_info (t.name, 'x') c WHERE t.schema = 'x' AND t.type = 'table'"
                      " AND t.name NOT LIKE 'sqlite%' AND c.name <> 'full_ms' GROUP BY t.name",
                      -1, &row, NULL);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_string_append_printf (
        count, " + (SELECT count(*) FROM (SELECT %2$s FROM x.%1$s EXCEPT SELECT %2$s FROM main.%1$s))",
        sqlite3_column_text (row, 0), sqlite3_column_text (row, 1));
  sqlite3_finalize (row);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, count->str, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  sqlite3_close (handle);
  return n;
}

/* A practice of the version that @data says comes through with all that was in it. */
static void
test_from_version (Practice *practice, gconstpointer data)
{
  CsSqlSchema old = cs_practice_schema;
  g_autofree char *filled = g_build_filename (practice->folder, "filled.sqlite", NULL);
  g_autofree char *before = g_build_filename (practice->folder, "before.sqlite", NULL);
  g_autofree char *keep = g_strdup_printf ("VACUUM INTO '%s'", before);
  g_autoptr (GError) error = NULL;
  CsSql *sql;

  fill (practice);
  practice_close (practice);
  g_assert_cmpint (g_rename (practice->path, filled), ==, 0);
  old.n_migrations = GPOINTER_TO_UINT (data);
  sql = cs_sql_open (practice->path, FALSE, &old, &practice->clock, &error);
  g_assert_no_error (error);
  cs_sql_close (sql);
  copy_rows (practice, filled);
  practice_run_sql (practice, keep);

  practice_reopen (practice);
  g_assert_cmpint (practice_query (practice, "PRAGMA user_version"), ==,
                   (gint64)cs_practice_schema.n_migrations);
  g_assert_cmpint (count_lost (practice, before), ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal WHERE state = 'done'"), ==, 2);
  /* What is kept beside the invoices is there, from whichever version. */
  g_assert_cmpint (practice_query (practice, "SELECT sum(n) FROM ledger_invoice_sum WHERE contact_id = '*'"),
                   ==, practice_query (practice, "SELECT count(*) FROM ledger_invoice WHERE is_sales = 1"));
  g_assert_cmpint (
      practice_query (practice, "SELECT count(*) FROM invoice_text WHERE number MATCH 'INV'"), ==,
      practice_query (practice, "SELECT count(*) FROM ledger_invoice WHERE number LIKE '%INV%'"));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client_set s JOIN client_set_member m"
                                             " ON m.set_id = s.id WHERE s.name = 'Aroha Nguyen'"),
                   ==, 1);
  practice_assert_sound (practice);
  practice_run_sql (practice, "UPDATE client SET phone = phone || '0'");
  g_assert_cmpint (count_lost (practice, before), ==, 1); /* so it would have been seen */
}

/* [X-10, K-14] and design.md section 9: no place for a secret or a tax number. */
static void
test_no_secret_columns (Practice *practice, gconstpointer data)
{
  static const char *const words[] = { "token",     "secret", "password", "verifier", "tax_number",
                                       "taxnumber", "tfn",    "ird",      "abn",      "gst_number" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *statement = g_strdup_printf (
          "SELECT count(*) FROM pragma_table_list t JOIN pragma_table_info (t.name) c WHERE t.schema = 'main'"
          " AND ('_' || c.name || '_') LIKE '%%\\_%s\\_%%' ESCAPE '\\'",
          words[i]);

      g_assert_cmpint (practice_query (practice, statement), ==, 0);
    }
}

/* Design.md section 4: every amount its currency, every mirrored row its connection. */
static void
test_columns (Practice *practice, gconstpointer data)
{
  g_assert_cmpint (practice_query (practice,
                                   "SELECT count(*) FROM pragma_table_list t WHERE t.schema = 'main'"
                                   " AND EXISTS (SELECT 1 FROM pragma_table_info (t.name)"
                                   "             WHERE name LIKE '%\\_minor' ESCAPE '\\')"
                                   " AND NOT EXISTS (SELECT 1 FROM pragma_table_info (t.name)"
                                   "                 WHERE name = 'currency')"),
                   ==, 0);
  g_assert_cmpint (practice_query (practice,
                                   "SELECT count(*) FROM pragma_table_list t WHERE t.schema = 'main'"
                                   " AND (name LIKE 'ledger%' OR name IN ('link', 'cursor', 'journal'))"
                                   " AND NOT EXISTS (SELECT 1 FROM pragma_table_info (t.name)"
                                   "                 WHERE name = 'connection_id')"),
                   ==, 0);
}

/* P13: who has nothing to ask keeps nothing of the file, and asks as before. */
static void
test_release_memory (Practice *practice, gconstpointer data)
{
  gint64 n_audit = practice_query (practice, "SELECT count(*) FROM audit");
  gsize kept = cs_store_release_memory (practice->store);

  g_assert_cmpuint (kept, >, 0);
  g_assert_cmpuint (cs_store_release_memory (practice->store), <, kept);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit"), ==, n_audit);
  practice_assert_sound (practice);
}

/* A statement that is kept for the next time holds neither a value nor a row, whether it was run to its end,
 * left half way or never begun. */
static void
test_statements (Practice *practice, gconstpointer data)
{
  static const char query[] = "SELECT ?1 IS NULL UNION ALL SELECT 1";
  CsSql *sql = practice->store->sql;

  for (guint n_rows = 0; n_rows <= 3; n_rows++)
    {
      CsSqlStatement *statement = cs_sql_prepare (sql, query);
      CsSqlStatement *again = NULL;

      cs_sql_bind_text (statement, "kept");
      for (guint i = 0; i < n_rows; i++)
        g_assert_true (cs_sql_next (statement, NULL) == (i < 2));
      cs_sql_finish (statement);
      again = cs_sql_prepare (sql, query);
      g_assert_true (again == statement);
      g_assert_true (cs_sql_next (again, NULL));
      g_assert_true (cs_sql_read_boolean (again));
      g_assert_true (cs_sql_next (again, NULL));
      cs_sql_finish (again);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/open/fresh", test_fresh);
  ADD_TEST ("/store/open/again", test_again);
  ADD_TEST ("/store/open/modes-0600-0700", test_modes);
  ADD_TEST ("/store/open/too-new-is-untouched", test_too_new);
  ADD_TEST ("/store/open/too-new-with-log", test_too_new_with_log);
  ADD_TEST ("/store/open/not-a-database", test_not_a_database);
  ADD_TEST ("/store/open/somebody-elses", test_somebody_elses);
  ADD_TEST ("/store/open/truncated", test_truncated);
  ADD_TEST ("/store/open/damaged-pages", test_damaged_page);
  ADD_TEST ("/store/open/read-only", test_read_only);
  ADD_TEST ("/store/open/reader-makes-nothing", test_reader_makes_nothing);
  ADD_TEST ("/store/open/cut-short-when-made", test_cut_short_when_made);
  ADD_TEST ("/store/open/migration-fails", test_migration_fails);
  for (guint version = 1; version < cs_practice_schema.n_migrations; version++)
    {
      g_autofree char *path = g_strdup_printf ("/store/open/from-version/%u", version);

      g_test_add (path, Practice, GUINT_TO_POINTER (version), practice_set_up, test_from_version,
                  practice_tear_down);
    }
  ADD_TEST ("/store/open/statements-hold-nothing", test_statements);
  ADD_TEST ("/store/open/P-13-nothing-is-kept-at-rest", test_release_memory);
  ADD_TEST ("/store/open/no-secrets-X-10", test_no_secret_columns);
  ADD_TEST ("/store/open/currency-and-connection-columns", test_columns);
  return g_test_run ();
}
