/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* Where a read of the ledger is, and what one did not find any more: never deleted here, since nothing at the
 * ledger is. plan: as cs-pull-plan.h writes it; "" between reads. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_pull[] = "ALTER TABLE cursor ADD COLUMN run INTEGER NOT NULL DEFAULT 0;"
                                          "ALTER TABLE cursor ADD COLUMN full_ms INTEGER NOT NULL DEFAULT 0;"
                                          "ALTER TABLE cursor ADD COLUMN plan TEXT NOT NULL DEFAULT '';"
                                          "CREATE TABLE ledger_gone ("
                                          "  connection_id BLOB NOT NULL REFERENCES connection (id),"
                                          "  kind TEXT NOT NULL,"
                                          "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
                                          "  noticed_ms INTEGER NOT NULL,"
                                          "  PRIMARY KEY (connection_id, kind, remote_id)"
                                          ") STRICT, WITHOUT ROWID;";
/* clang-format on */
