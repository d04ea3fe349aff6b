/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-sql-private.h"
#include "cs-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _CsSqlStatement
{
  CsSql *sql;
  sqlite3_stmt *handle;
  int code; /* the first thing that went wrong, else SQLITE_OK */
  int n_bound;
  int n_read;
  gboolean is_begun; /* since it was given back */
};

struct _CsSqlTransaction
{
  CsSql *sql;
  gboolean is_open; /* FALSE: committed, or part of another */
};

static void
statement_free (CsSqlStatement *statement)
{
  sqlite3_finalize (statement->handle);
  g_free (statement);
}

/**
 * cs_sql_close:
 * @sql: (transfer full) (nullable): an open database
 *
 * Closes it; an open transaction is rolled back.
 */
void
cs_sql_close (CsSql *sql)
{
  if (sql == NULL)
    return;
  g_clear_pointer (&sql->statements, g_hash_table_unref);
  sqlite3_close_v2 (sql->handle);
  g_free (sql->path);
  g_free (sql);
}

/** cs_sql_release_memory: Returns: how many bytes of the file it had at hand; it reads them anew */
gsize
cs_sql_release_memory (CsSql *sql)
{
  int used = 0;
  int most = 0;

  sqlite3_db_status (sql->handle, SQLITE_DBSTATUS_CACHE_USED, &used, &most, FALSE);
  sqlite3_db_release_memory (sql->handle);
  return (gsize)used;
}

sqlite3 *
cs_sql_get_handle (CsSql *sql)
{
  return sql->handle;
}

const char *
cs_sql_get_path (CsSql *sql)
{
  return sql->path;
}

gint64
cs_sql_count_changes (CsSql *sql)
{
  return sqlite3_changes64 (sql->handle);
}

/**
 * cs_sql_set_error:
 * @sql: the database that answered
 * @code: what it answered, extended or not
 * @error: return location
 *
 * The one place that turns SQLite's codes into ours, with words that say what to do.
 */
void
cs_sql_set_error (CsSql *sql, int code, GError **error)
{
  const char *words = sql->handle != NULL ? sqlite3_errmsg (sql->handle) : sqlite3_errstr (code);

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_FULL,
                   _ ("The disk is full, so nothing was changed in %s. Free some space and try again."),
                   sql->path);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      g_set_error (
          error, CS_STORE_ERROR, CS_STORE_ERROR_FULL,
          _ ("%s cannot be written, so nothing was changed. Check who owns it and whether the disk is "
             "read-only."),
          sql->path);
      break;
    case SQLITE_IOERR:
      g_set_error (
          error, CS_STORE_ERROR, CS_STORE_ERROR_FULL,
          _ ("The disk failed while %s was being used, so nothing was changed (%s). Check the disk."),
          sql->path, sqlite3_errstr (code));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED,
                   _ ("%s is damaged (%s). It was kept as it is: bring back a backup."), sql->path, words);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED,
                   _ ("Another program is using %s. Try again, or close it there."), sql->path);
      break;
    case SQLITE_CONSTRAINT:
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID,
                   _ ("That would break a rule of the practice’s records (%s)."), words);
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_FAILED,
                   _ ("%s cannot be opened. Check that the folder is there and yours."), sql->path);
      break;
    default:
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_FAILED, _ ("%s could not be used: %s"), sql->path,
                   words);
      break;
    }
}

/**
 * cs_sql_execute:
 * @sql: an open database
 * @script: one or more statements
 * @error: return location
 *
 * Returns: whether all of it ran
 */
gboolean
cs_sql_execute (CsSql *sql, const char *script, GError **error)
{
  int code = sqlite3_exec (sql->handle, script, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  cs_sql_set_error (sql, code, error);
  return FALSE;
}

/* Transactions */

static CsSqlTransaction *
transaction_new (CsSql *sql, const char *begin, GError **error)
{
  CsSqlTransaction *transaction;

  if (begin != NULL && !cs_sql_execute (sql, begin, error))
    return NULL;
  transaction = g_new0 (CsSqlTransaction, 1);
  transaction->sql = sql;
  transaction->is_open = begin != NULL;
  return transaction;
}

/**
 * cs_sql_begin:
 * @sql: an open database, outside of any transaction
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a transaction that already holds the right to write
 */
CsSqlTransaction *
cs_sql_begin (CsSql *sql, GError **error)
{
  g_assert (sqlite3_get_autocommit (sql->handle) != 0);
  return transaction_new (sql, "BEGIN IMMEDIATE", error);
}

/**
 * cs_sql_begin_read:
 * @sql: an open database
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a transaction in which every statement sees the same state
 */
CsSqlTransaction *
cs_sql_begin_read (CsSql *sql, GError **error)
{
  return transaction_new (sql, sqlite3_get_autocommit (sql->handle) != 0 ? "BEGIN" : NULL, error);
}

/**
 * cs_sql_set_before_commit:
 * @sql: an open database
 * @func: (nullable): the last that happens in each transaction that is committed
 * @data: handed to @func; outlives @sql
 */
void
cs_sql_set_before_commit (CsSql *sql, CsSqlBeforeCommit func, gpointer data)
{
  sql->before_commit = func;
  sql->before_commit_data = data;
}

/**
 * cs_sql_commit:
 * @transaction: an open transaction
 * @error: return location
 *
 * Returns: whether it is on the disk; else nothing of it is
 */
gboolean
cs_sql_commit (CsSqlTransaction *transaction, GError **error)
{
  if (!transaction->is_open)
    return TRUE;
  if (transaction->sql->before_commit != NULL
      && !transaction->sql->before_commit (transaction->sql->before_commit_data, error))
    return FALSE;
  if (!cs_sql_execute (transaction->sql, "COMMIT", error))
    return FALSE;
  transaction->is_open = FALSE;
  return TRUE;
}

/**
 * cs_sql_end:
 * @transaction: (transfer full) (nullable): a transaction
 *
 * Rolls back what was not committed. After some failures SQLite has done so itself.
 */
void
cs_sql_end (CsSqlTransaction *transaction)
{
  if (transaction == NULL)
    return;
  if (transaction->is_open && sqlite3_get_autocommit (transaction->sql->handle) == 0)
    sqlite3_exec (transaction->sql->handle, "ROLLBACK", NULL, NULL, NULL);
  g_free (transaction);
}

/* Statements */

/**
 * cs_sql_prepare:
 * @sql: an open database
 * @text: the statement; never made at run time
 *
 * Returns: (transfer full): the statement, ready for its values; given back by cs_sql_finish()
 */
CsSqlStatement *
cs_sql_prepare (CsSql *sql, const char *text)
{
  CsSqlStatement *statement;

  if (sql->statements == NULL)
    /* By its place: to hash a statement's words costs as much as to run a small one. */
    sql->statements
        = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify)statement_free);
  statement = g_hash_table_lookup (sql->statements, text);
  if (statement == NULL)
    {
      statement = g_new0 (CsSqlStatement, 1);
      statement->sql = sql;
      g_hash_table_insert (sql->statements, (gpointer)text, statement);
    }
  if (statement->handle == NULL)
    statement->code
        = sqlite3_prepare_v3 (sql->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
  g_assert (statement->handle == NULL || !sqlite3_stmt_busy (statement->handle));
  return statement;
}

/**
 * cs_sql_finish:
 * @statement: (transfer full) (nullable): a statement
 *
 * Gives it back, so that it neither holds a lock nor anybody's values.
 */
void
cs_sql_finish (CsSqlStatement *statement)
{
  if (statement == NULL)
    return;
  /* Most were run to their end, which has given them back already. */
  if (statement->handle != NULL && statement->is_begun)
    sqlite3_reset (statement->handle);
  if (statement->handle != NULL && statement->n_bound > 0)
    sqlite3_clear_bindings (statement->handle);
  statement->is_begun = FALSE;
  statement->code = SQLITE_OK;
  statement->n_bound = 0;
  statement->n_read = 0;
}

static void
note_bound (CsSqlStatement *statement, int code)
{
  if (statement->code == SQLITE_OK)
    statement->code = code;
}

void
cs_sql_bind_integer (CsSqlStatement *statement, gint64 number)
{
  note_bound (statement, sqlite3_bind_int64 (statement->handle, ++statement->n_bound, number));
}

void
cs_sql_bind_boolean (CsSqlStatement *statement, gboolean truth)
{
  cs_sql_bind_integer (statement, truth ? 1 : 0);
}

void
cs_sql_bind_text (CsSqlStatement *statement, const char *text)
{
  note_bound (statement,
              sqlite3_bind_text64 (statement->handle, ++statement->n_bound, text != NULL ? text : "",
                                   text != NULL ? strlen (text) : 0, SQLITE_TRANSIENT, SQLITE_UTF8));
}

/**
 * cs_sql_bind_borrowed_text:
 * @statement: a statement
 * @text: not copied: to stay as it is until the statement was run or given back
 * @size: of @text in bytes; -1: up to its nought byte
 *
 * For what is written by the hundred thousand.
 */
void
cs_sql_bind_borrowed_text (CsSqlStatement *statement, const char *text, gssize size)
{
  note_bound (statement,
              sqlite3_bind_text64 (statement->handle, ++statement->n_bound, text,
                                   size < 0 ? strlen (text) : (gsize)size, SQLITE_STATIC, SQLITE_UTF8));
}

static void
bind_null (CsSqlStatement *statement)
{
  note_bound (statement, sqlite3_bind_null (statement->handle, ++statement->n_bound));
}

static void
bind_blob (CsSqlStatement *statement, gconstpointer data, gsize size)
{
  note_bound (statement, sqlite3_bind_blob64 (statement->handle, ++statement->n_bound, size > 0 ? data : "",
                                              size, SQLITE_TRANSIENT));
}

/* @release: SQLITE_STATIC, or SQLITE_TRANSIENT for a copy. */
static void
bind_uuid (CsSqlStatement *statement, const CsUuid *uuid, sqlite3_destructor_type release)
{
  if (uuid == NULL || cs_uuid_is_none (uuid))
    bind_null (statement);
  else
    note_bound (statement, sqlite3_bind_blob64 (statement->handle, ++statement->n_bound, uuid->bytes,
                                                sizeof uuid->bytes, release));
}

void
cs_sql_bind_bytes (CsSqlStatement *statement, GBytes *bytes)
{
  if (bytes == NULL)
    bind_null (statement);
  else
    bind_blob (statement, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
cs_sql_bind_uuid (CsSqlStatement *statement, const CsUuid *uuid)
{
  bind_uuid (statement, uuid, SQLITE_TRANSIENT);
}

/** cs_sql_bind_borrowed_uuid: as cs_sql_bind_borrowed_text() */
void
cs_sql_bind_borrowed_uuid (CsSqlStatement *statement, const CsUuid *uuid)
{
  bind_uuid (statement, uuid, SQLITE_STATIC);
}

void
cs_sql_bind_date (CsSqlStatement *statement, CsDate date)
{
  if (cs_date_is_set (date))
    cs_sql_bind_integer (statement, date.days);
  else
    bind_null (statement);
}

void
cs_sql_bind_decimal (CsSqlStatement *statement, CsDecimal decimal)
{
  cs_sql_bind_integer (statement, decimal.units);
}

void
cs_sql_bind_minor (CsSqlStatement *statement, CsMoney money)
{
  cs_sql_bind_integer (statement, money.minor);
}

void
cs_sql_bind_currency (CsSqlStatement *statement, CsCurrency currency)
{
  cs_sql_bind_text (statement, currency.code);
}

/**
 * cs_sql_next:
 * @statement: a statement with its values
 * @error: return location
 *
 * Returns: whether there is a row to read; %FALSE at the end and when something went wrong, with @error set
 */
gboolean
cs_sql_next (CsSqlStatement *statement, GError **error)
{
  int code = statement->code;

  statement->n_read = 0;
  statement->is_begun = TRUE;
  if (code == SQLITE_OK)
    code = sqlite3_step (statement->handle);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code == SQLITE_DONE)
    return FALSE;
  statement->code = code;
  cs_sql_set_error (statement->sql, code, error);
  return FALSE;
}

gboolean
cs_sql_has_failed (CsSqlStatement *statement)
{
  return statement->code != SQLITE_OK;
}

/**
 * cs_sql_run:
 * @statement: a statement with its values
 * @error: return location
 *
 * Runs it to its end; it may then be bound anew, from the first value.
 *
 * Returns: whether it went well
 */
gboolean
cs_sql_run (CsSqlStatement *statement, GError **error)
{
  gboolean is_done;

  while (cs_sql_next (statement, error))
    ;
  is_done = !cs_sql_has_failed (statement);
  cs_sql_finish (statement);
  return is_done;
}

gint64
cs_sql_read_integer (CsSqlStatement *statement)
{
  return sqlite3_column_int64 (statement->handle, statement->n_read++);
}

gboolean
cs_sql_read_boolean (CsSqlStatement *statement)
{
  return cs_sql_read_integer (statement) != 0;
}

const char *
cs_sql_peek_text (CsSqlStatement *statement)
{
  const char *text = (const char *)sqlite3_column_text (statement->handle, statement->n_read++);

  return text != NULL ? text : "";
}

void
cs_sql_read_text (CsSqlStatement *statement, char **text)
{
  g_free (*text);
  *text = g_strdup (cs_sql_peek_text (statement));
}

GBytes *
cs_sql_read_bytes (CsSqlStatement *statement)
{
  int column = statement->n_read++;
  gconstpointer data = sqlite3_column_blob (statement->handle, column);
  int size = sqlite3_column_bytes (statement->handle, column);

  if (sqlite3_column_type (statement->handle, column) == SQLITE_NULL)
    return NULL;
  return g_bytes_new (data, (gsize)size);
}

CsUuid
cs_sql_read_uuid (CsSqlStatement *statement)
{
  int column = statement->n_read++;
  gconstpointer data = sqlite3_column_blob (statement->handle, column);
  CsUuid uuid = CS_UUID_NONE;

  if (data != NULL && sqlite3_column_bytes (statement->handle, column) == (int)sizeof uuid.bytes)
    memcpy (uuid.bytes, data, sizeof uuid.bytes);
  return uuid;
}

CsDate
cs_sql_read_date (CsSqlStatement *statement)
{
  int column = statement->n_read++;

  if (sqlite3_column_type (statement->handle, column) == SQLITE_NULL)
    return CS_DATE_NONE;
  return (CsDate){ sqlite3_column_int (statement->handle, column) };
}

CsDecimal
cs_sql_read_decimal (CsSqlStatement *statement)
{
  return (CsDecimal){ cs_sql_read_integer (statement) };
}

CsMoney
cs_sql_read_minor (CsSqlStatement *statement, CsCurrency currency)
{
  return (CsMoney){ cs_sql_read_integer (statement), currency };
}

CsCurrency
cs_sql_read_currency (CsSqlStatement *statement)
{
  CsCurrency currency = { "" };

  g_strlcpy (currency.code, cs_sql_peek_text (statement), sizeof currency.code);
  return currency;
}
