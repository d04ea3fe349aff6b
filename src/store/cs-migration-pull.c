/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* Where a read of the ledger is, and what one did not find any more: never deleted here, since nothing at the
 * ledger is. plan: as cs-pull-plan.h writes it; "" between reads. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_pull[]
    = "ALTER TABLE cursor ADD COLUMN run INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE cursor ADD COLUMN full_ms INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE cursor ADD COLUMN plan TEXT NOT NULL DEFAULT '';"
      "CREATE TABLE ledger_gone ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16)," /* as in ledger_contact or ledger_invoice */
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  kind TEXT NOT NULL,"
      "  noticed_ms INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      /* So that what was restored is held against the ledger by our references, push by push, without the
         whole mirror being read each time. */
      "CREATE INDEX ledger_invoice_reference ON ledger_invoice (connection_id, reference)"
      "  WHERE is_sales = 1 AND reference <> '';"
      /* So that bills are counted without being read. */
      "CREATE INDEX ledger_invoice_bills ON ledger_invoice (connection_id, date) WHERE is_sales = 0;";
/* clang-format on */
