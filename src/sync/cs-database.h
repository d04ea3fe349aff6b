/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* A thread that owns one store. Jobs run in the order they were given; a job that was started is finished
 * even when nobody waits for its answer any more, so that closing a page never loses a write. */
typedef struct _CsDatabase CsDatabase;

/* Runs on the database's thread. Answers a record, or NULL: with @error set that is a failure, without it
 * "none". */
typedef gpointer (*CsDatabaseFunc) (CsStore *store, gpointer data, GError **error);
/* Opens the store, on the database's thread. */
typedef CsStore *(*CsDatabaseOpenFunc) (gpointer data, GError **error);

CsDatabase *
cs_database_new (const char *name, CsDatabaseOpenFunc open, gpointer data, GDestroyNotify free_data);
void cs_database_free (CsDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDatabase, cs_database_free)

DexFuture *cs_database_ready (CsDatabase *database) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_database_run (CsDatabase *database,
                            CsDatabaseFunc func,
                            gpointer data,
                            GDestroyNotify free_data,
                            GDestroyNotify free_result) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_database_refuse_closed (void) G_GNUC_WARN_UNUSED_RESULT; /* rejects: the practice is closed */
DexFuture *cs_database_close (CsDatabase *database) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
