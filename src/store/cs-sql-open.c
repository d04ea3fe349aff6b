/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-sql-private.h"
#include "cs-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

/* How long a statement waits for another connection of ours before it gives up. */
#define BUSY_TIMEOUT_MS 5000
/* What a statement would have to undo, and what it sorts, goes into no file: a statement with triggers wrote
 * each page that it touched twice more, and clients' names would lie about in a folder for temporary files.
 */
#define HANDLE_PRAGMAS "PRAGMA temp_store = MEMORY"
/* A page of a full read touches an index all over: 32 MiB of it stay in memory, and the log is put into the
 * file every 16 MiB and not with each page (performance.md section 2). */
#define WRITER_PRAGMAS "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000"

static void
set_file_error (const char *path, int saved_errno, GError **error)
{
  CsStoreError code
      = saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EROFS || saved_errno == EACCES
            ? CS_STORE_ERROR_FULL
            : CS_STORE_ERROR_FAILED;

  g_set_error (error, CS_STORE_ERROR, code, _ ("%s cannot be made: %s"), path, g_strerror (saved_errno));
}

/* The folder is ours to make, not ours to change when it was there. */
static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  set_file_error (folder, errno, error);
  return FALSE;
}

/* Made here and not by SQLite, so that nobody can read it even for a moment, whatever the umask. A file that
 * is there is never opened and closed by hand: that would drop the locks that SQLite holds on it in this
 * process. */
static gboolean
make_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0 && errno != EEXIST)
    {
      set_file_error (path, errno, error);
      return FALSE;
    }
  if (fd >= 0)
    return g_close (fd, error);
  return TRUE;
}

static void
narrow_mode (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      struct stat status;

      if (lstat (name, &status) == 0 && S_ISREG (status.st_mode) && (status.st_mode & 077) != 0)
        g_chmod (name, 0600);
    }
}

/* SQLite counts the memory that it takes, under a lock at each piece, for limits that nobody sets. Where a
 * library of the process has started it already it goes on counting. */
static void
stop_counting_memory (void)
{
  static gsize is_asked = 0;

  if (g_once_init_enter (&is_asked))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&is_asked, 1);
    }
}

static CsSql *
open_handle (const char *path, gboolean read_only, GError **error)
{
  g_autoptr (CsSql) sql = g_new0 (CsSql, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
              | (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  int code;

  stop_counting_memory ();
  sql->path = g_strdup (path);
  code = sqlite3_open_v2 (path, &sql->handle, flags, NULL);
  if (code != SQLITE_OK)
    {
      cs_sql_set_error (sql, code, error);
      return NULL;
    }
  sqlite3_busy_timeout (sql->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (sql->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (sql->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (sql->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (sql->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (sql->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  if (!cs_sql_execute (sql, HANDLE_PRAGMAS, error))
    return NULL;
  return g_steal_pointer (&sql);
}

/**
 * cs_sql_read_pragma:
 * @sql: an open database
 * @pragma: a statement that answers one number
 * @value: (out): the number
 * @error: return location
 *
 * Returns: whether it answered
 */
gboolean
cs_sql_read_pragma (CsSql *sql, const char *pragma, gint64 *value, GError **error)
{
  g_autoptr (CsSqlStatement) statement = cs_sql_prepare (sql, pragma);

  if (!cs_sql_next (statement, error))
    {
      if (!cs_sql_has_failed (statement))
        cs_sql_set_error (sql, SQLITE_CORRUPT, error);
      return FALSE;
    }
  *value = cs_sql_read_integer (statement);
  return TRUE;
}

/* Whose file it is and of which age; *version is 0 for one that nothing was put into yet. */
static gboolean
check_kind (CsSql *sql, const CsSqlSchema *schema, gint64 *version, GError **error)
{
  gint64 application_id = 0, n_objects = 0;

  if (!cs_sql_read_pragma (sql, "PRAGMA user_version", version, error)
      || !cs_sql_read_pragma (sql, "PRAGMA application_id", &application_id, error)
      || !cs_sql_read_pragma (sql, "SELECT count(*) FROM sqlite_schema", &n_objects, error))
    return FALSE;
  if (n_objects == 0 && *version == 0)
    return TRUE;
  if (application_id != schema->application_id || *version < 1)
    {
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED,
                   _ ("%s is not a file of Countersign. It was kept as it is."), sql->path);
      return FALSE;
    }
  if (*version > schema->n_migrations)
    {
      g_set_error (
          error, CS_STORE_ERROR, CS_STORE_ERROR_TOO_NEW,
          _ ("%s was written by a newer Countersign. It was left untouched: update Countersign on this "
             "computer to open it."),
          sql->path);
      return FALSE;
    }
  return TRUE;
}

/* By a connection that cannot write, so that a file which we then refuse stays as it was, byte for byte.
 * Where a crash left something half done, SQLite must first take that back, which only a writer can: then it
 * is checked by that one, before anything else. */
static gboolean
check_before_writing (const char *path, const CsSqlSchema *schema, GError **error)
{
  g_autoptr (CsSql) sql = open_handle (path, TRUE, error);
  g_autoptr (GError) local = NULL;
  gint64 version = 0;
  int code;

  if (sql == NULL)
    return FALSE;
  if (check_kind (sql, schema, &version, &local))
    return TRUE;
  code = sqlite3_extended_errcode (sql->handle);
  if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY
      || code == SQLITE_READONLY_CANTINIT)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
apply_migration (CsSql *sql, const CsSqlSchema *schema, gint64 index, const CsClock *clock, GError **error)
{
  const CsSqlMigration *migration = &schema->migrations[index];
  g_autoptr (CsSqlTransaction) transaction = cs_sql_begin (sql, error);
  g_autoptr (CsSqlStatement) note = NULL;
  g_autofree char *marks = NULL;
  gint64 version = 0;

  if (transaction == NULL || !cs_sql_read_pragma (sql, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > index) /* another process was quicker */
    return TRUE;
  marks = g_strdup_printf ("PRAGMA application_id = %" G_GUINT32_FORMAT
                           "; PRAGMA user_version = %" G_GINT64_FORMAT,
                           schema->application_id, index + 1);
  if (!cs_sql_execute (sql, migration->script, error) || !cs_sql_execute (sql, marks, error))
    return FALSE;
  note = cs_sql_prepare (sql, "INSERT INTO migration (version, name, applied_ms) VALUES (?, ?, ?)");
  cs_sql_bind_integer (note, index + 1);
  cs_sql_bind_text (note, migration->name);
  cs_sql_bind_integer (note, cs_clock_now_ms (clock));
  return cs_sql_run (note, error) && cs_sql_commit (transaction, error);
}

/**
 * cs_sql_migrate:
 * @sql: a database that may be written
 * @schema: what it shall become
 * @clock: for the note of when
 * @error: return location
 *
 * Brings it step by step to the newest version; each step is one transaction, so that one which fails leaves
 * the file at the version before (design.md section 4).
 *
 * Returns: whether it is at the newest version
 */
gboolean
cs_sql_migrate (CsSql *sql, const CsSqlSchema *schema, const CsClock *clock, GError **error)
{
  gint64 version = 0;

  if (!check_kind (sql, schema, &version, error))
    return FALSE;
  for (gint64 i = version; i < schema->n_migrations; i++)
    if (!apply_migration (sql, schema, i, clock, error))
      return FALSE;
  return TRUE;
}

static CsSql *
open_for_writing (const char *path, const CsSqlSchema *schema, const CsClock *clock, GError **error)
{
  g_autoptr (CsSql) sql = NULL;
  gint64 version = 0;

  if (!make_folder (path, error) || !make_file (path, error))
    return NULL;
  narrow_mode (path);
  if (!check_before_writing (path, schema, error))
    return NULL;
  sql = open_handle (path, FALSE, error);
  if (sql == NULL || !check_kind (sql, schema, &version, error)
      || !cs_sql_execute (
          sql,
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON;" WRITER_PRAGMAS,
          error)
      || !cs_sql_migrate (sql, schema, clock, error))
    return NULL;
  return g_steal_pointer (&sql);
}

static CsSql *
open_for_reading (const char *path, const CsSqlSchema *schema, GError **error)
{
  g_autoptr (CsSql) sql = NULL;
  gint64 version = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND, _ ("There is no file %s."), path);
      return NULL;
    }
  sql = open_handle (path, TRUE, error);
  if (sql == NULL || !cs_sql_execute (sql, "PRAGMA query_only = ON", error)
      || !check_kind (sql, schema, &version, error))
    return NULL;
  if (version < schema->n_migrations)
    {
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_FAILED,
                   _ ("%s was written by an older Countersign and must be opened for writing first."), path);
      return NULL;
    }
  return g_steal_pointer (&sql);
}

/**
 * cs_sql_open:
 * @path: the file
 * @read_only: whether it must not be changed, nor made
 * @schema: which kind of file it shall be
 * @clock: for the note of when a migration ran
 * @error: return location
 *
 * Opens, and unless @read_only makes (0600) and migrates, a database: write-ahead log, every commit on the
 * disk before it is answered, foreign keys held, and nothing in the file trusted to run (design.md sections 4
 * and 9).
 *
 * Returns: (transfer full) (nullable): the database; %NULL with %CS_STORE_ERROR_TOO_NEW,
 *   %CS_STORE_ERROR_DAMAGED, both with the file left as it was, %CS_STORE_ERROR_NOT_FOUND or another
 */
CsSql *
cs_sql_open (const char *path,
             gboolean read_only,
             const CsSqlSchema *schema,
             const CsClock *clock,
             GError **error)
{
  g_assert (path != NULL && schema != NULL);

  return read_only ? open_for_reading (path, schema, error) : open_for_writing (path, schema, clock, error);
}
