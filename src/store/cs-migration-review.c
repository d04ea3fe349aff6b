/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What people keep of their looking at invoices. A pin hangs on the ledger's own id, by way of the mirror's
 * key: it is there again after a new read, a sign-in or a link to the same organisation. remembered: how the
 * window was left: columns and their widths. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_review[]
    = "CREATE TABLE invoice_pin ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16)," /* as in ledger_invoice */
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  pinned_ms INTEGER NOT NULL,"
      "  pinned_by TEXT NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE saved_view ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  name TEXT NOT NULL CHECK (name <> ''),"
      "  filter TEXT NOT NULL CHECK (filter <> '')," /* as cs-invoice-filter.h writes it */
      "  columns TEXT NOT NULL,"
      "  created_ms INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      "CREATE UNIQUE INDEX saved_view_name ON saved_view (name COLLATE NOCASE);"
      "CREATE TABLE remembered ("
      "  name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),"
      "  value TEXT NOT NULL"
      ") STRICT, WITHOUT ROWID;";
/* clang-format on */
