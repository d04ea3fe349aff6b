/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-sql.h"

/* Shared by cs-sql.c and cs-sql-open.c alone. */
struct _CsSql
{
  sqlite3 *handle;
  GHashTable *statements; /* text, by its place → CsSqlStatement, prepared once */
  char *path;
  CsSqlBeforeCommit before_commit; /* (nullable) */
  gpointer before_commit_data;
};
