/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "cs-records.h"

G_BEGIN_DECLS

/* Inside this room only: the one place that opens a database, and a thin layer over its statements. */
typedef struct _CsSql CsSql;
typedef struct _CsSqlStatement CsSqlStatement;
typedef struct _CsSqlTransaction CsSqlTransaction;

typedef struct
{
  const char *name;
  const char *script;
} CsSqlMigration;

/* What a kind of file is: its mark, and the steps that made it what it is, the first being version 1. */
typedef struct
{
  guint32 application_id;
  const CsSqlMigration *migrations;
  guint n_migrations;
} CsSqlSchema;

CsSql *cs_sql_open (const char *path,
                    gboolean read_only,
                    const CsSqlSchema *schema,
                    const CsClock *clock,
                    GError **error);
void cs_sql_close (CsSql *sql);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSql, cs_sql_close)
gsize cs_sql_release_memory (CsSql *sql);
sqlite3 *cs_sql_get_handle (CsSql *sql);
const char *cs_sql_get_path (CsSql *sql);
gint64 cs_sql_count_changes (CsSql *sql); /* rows that the last statement changed */
gboolean cs_sql_execute (CsSql *sql, const char *script, GError **error);
gboolean cs_sql_migrate (CsSql *sql, const CsSqlSchema *schema, const CsClock *clock, GError **error);
gboolean cs_sql_read_pragma (CsSql *sql, const char *pragma, gint64 *value, GError **error);
void cs_sql_set_error (CsSql *sql, int code, GError **error);

/* What is not committed when the guard ends is rolled back. Writes take the lock at once; a read sees one
 * state of the file, and inside a write it is part of it. */
/* What has to be so at the end of every transaction; its failure is the transaction's. */
typedef gboolean (*CsSqlBeforeCommit) (gpointer data, GError **error);
void cs_sql_set_before_commit (CsSql *sql, CsSqlBeforeCommit func, gpointer data);

CsSqlTransaction *cs_sql_begin (CsSql *sql, GError **error);
CsSqlTransaction *cs_sql_begin_read (CsSql *sql, GError **error);
gboolean cs_sql_commit (CsSqlTransaction *transaction, GError **error);
void cs_sql_end (CsSqlTransaction *transaction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSqlTransaction, cs_sql_end)

/* Never NULL: what goes wrong is told by the first run or step. @text lives as long as the program. Values
 * are bound, and columns read, one after the other. */
CsSqlStatement *cs_sql_prepare (CsSql *sql, const char *text);
void cs_sql_finish (CsSqlStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSqlStatement, cs_sql_finish)

void cs_sql_bind_integer (CsSqlStatement *statement, gint64 number);
void cs_sql_bind_boolean (CsSqlStatement *statement, gboolean truth);
void cs_sql_bind_text (CsSqlStatement *statement, const char *text); /* NULL is "" */
void cs_sql_bind_borrowed_text (CsSqlStatement *statement,
                                const char *text,
                                gssize size);                      /* not copied; -1: to its nought byte */
void cs_sql_bind_bytes (CsSqlStatement *statement, GBytes *bytes); /* NULL is NULL */
void cs_sql_bind_uuid (CsSqlStatement *statement, const CsUuid *uuid); /* NULL and none are NULL */
void cs_sql_bind_borrowed_uuid (CsSqlStatement *statement, const CsUuid *uuid);
void cs_sql_bind_date (CsSqlStatement *statement, CsDate date); /* days; not set is NULL */
void cs_sql_bind_decimal (CsSqlStatement *statement, CsDecimal decimal);
void cs_sql_bind_minor (CsSqlStatement *statement, CsMoney money); /* its currency is a column of its own */
void cs_sql_bind_currency (CsSqlStatement *statement, CsCurrency currency);

gboolean cs_sql_run (CsSqlStatement *statement, GError **error);  /* to the end; what it answers is skipped */
gboolean cs_sql_next (CsSqlStatement *statement, GError **error); /* FALSE: no more, or cs_sql_has_failed() */
gboolean cs_sql_has_failed (CsSqlStatement *statement);

gint64 cs_sql_read_integer (CsSqlStatement *statement);
gboolean cs_sql_read_boolean (CsSqlStatement *statement);
void cs_sql_read_text (CsSqlStatement *statement, char **text); /* frees what was there; never NULL after */
const char *cs_sql_peek_text (CsSqlStatement *statement);       /* until the next step */
GBytes *cs_sql_read_bytes (CsSqlStatement *statement);          /* (transfer full) (nullable) */
CsUuid cs_sql_read_uuid (CsSqlStatement *statement);
CsDate cs_sql_read_date (CsSqlStatement *statement);
CsDecimal cs_sql_read_decimal (CsSqlStatement *statement);
CsMoney cs_sql_read_minor (CsSqlStatement *statement, CsCurrency currency);
CsCurrency cs_sql_read_currency (CsSqlStatement *statement);

G_END_DECLS
