/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What was asked of the outside, call by call. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_requests[]
    = "CREATE TABLE request ("
      "  sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
      "  at_ms INTEGER NOT NULL,"
      "  method TEXT NOT NULL,"
      "  route TEXT NOT NULL,"
      "  status INTEGER NOT NULL,"
      "  elapsed_ms INTEGER NOT NULL,"
      "  bytes INTEGER NOT NULL,"
      "  correlation_id TEXT NOT NULL,"
      /* No foreign key: an undone acceptance takes its rows of the journal along, and the calls were still
         made. */
      "  journal_id BLOB CHECK (journal_id IS NULL OR length(journal_id) = 16)"
      ") STRICT;"
      "CREATE INDEX request_journal ON request (journal_id, sequence) WHERE journal_id IS NOT NULL;";
/* clang-format on */
