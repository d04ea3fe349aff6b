/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* The same tables, cheaper to write by the hundred thousand. For a CHECK with a list of more than two SQLite
 * makes a table in memory each time a row is inserted, which was most of what a settlement cost. And it
 * copies each page that an invoice touches beforehand, in case the statement is to be taken back, if anything
 * in it may abort: a key to another table that is looked at before the transaction ends, or a function in a
 * CHECK, where a row has triggers. So there is none of either; what writes invoices says OR FAIL
 * (cs-store-invoices.c). The triggers are those of cs-migration-sums.c and cs-migration-delta.c, one for what
 * is new. */
#define IS_OWED(row) row ".status = 'AUTHORISED' AND " row ".balance_minor > 0"
#define STATE(row)                                                                                           \
  "iif (" IS_OWED (row) ", 'UNPAID', iif (" row ".status = 'AUTHORISED', 'PAID', " row ".status))"
#define DUE(row) "iif (" IS_OWED (row) ", ifnull (" row ".due, 2147483647), 0)"
#define DELTA(row, sign)                                                                                     \
  row ".rid, " sign ", " row ".connection_id, " row ".contact_id, " row                                      \
      ".currency, " STATE (row) ", " DUE (row) ", " row ".total_minor, " row ".balance_minor, " row          \
                                               ".number, " row ".reference"
#define INSERT_DELTA                                                                                         \
  "INSERT INTO invoice_delta (rid, sign, connection_id, contact_id, currency, state, due, total_minor,"      \
  "  balance_minor, number, reference)"
#define NOTE_CHANGE(row) "INSERT INTO invoice_change (rid) VALUES (" row ".rid);"

#define SUMS_DIFFER                                                                                          \
  "(OLD.is_sales <> NEW.is_sales OR OLD.contact_id <> NEW.contact_id OR OLD.currency <> NEW.currency"        \
  " OR OLD.status <> NEW.status OR OLD.due IS NOT NEW.due OR OLD.total_minor <> NEW.total_minor"             \
  " OR OLD.balance_minor <> NEW.balance_minor OR OLD.number <> NEW.number OR OLD.reference <> "              \
  "NEW.reference)"
#define ROWS_DIFFER                                                                                          \
  "(" SUMS_DIFFER " OR OLD.contact_name <> NEW.contact_name OR OLD.date IS NOT NEW.date OR OLD.details <> "  \
  "NEW.details)"

#define OWED "is_sales = 1 AND status = 'AUTHORISED' AND balance_minor > 0"
#define INVOICE_COLUMNS                                                                                      \
  "rid, id, connection_id, remote_id, is_sales, number, reference, contact_id, contact_name, date, due,"     \
  " status, tax_mode, currency, subtotal_minor, tax_minor, total_minor, paid_minor, credited_minor,"         \
  " balance_minor, updated_ms, read_ms, seen_run, details"
#define SETTLEMENT_COLUMNS                                                                                   \
  "rid, id, connection_id, remote_id, kind, number, contact_id, date, status, currency, total_minor,"        \
  " remaining_minor, updated_ms, invoice_ids, is_received"

/* SQL is laid out as SQL. */
/* clang-format off */
const char cs_practice_migration_lean[]
    = "CREATE TABLE ledger_settlement_2 ("
      "  rid INTEGER PRIMARY KEY,"
      "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED,"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  kind TEXT NOT NULL CHECK (kind = 'payment' OR kind = 'credit-note' OR kind = 'prepayment'"
      "    OR kind = 'overpayment'),"
      "  number TEXT NOT NULL,"
      "  contact_id TEXT NOT NULL,"
      "  date INTEGER,"
      "  status TEXT NOT NULL,"
      "  currency TEXT NOT NULL,"
      "  total_minor INTEGER NOT NULL,"
      "  remaining_minor INTEGER NOT NULL,"
      "  updated_ms INTEGER NOT NULL,"
      "  invoice_ids TEXT NOT NULL," /* with a blank between them */
      "  is_received INTEGER NOT NULL DEFAULT 0 CHECK (is_received IN (0, 1))"
      ") STRICT;"
      "INSERT INTO ledger_settlement_2 (" SETTLEMENT_COLUMNS ") SELECT " SETTLEMENT_COLUMNS
      "  FROM ledger_settlement;"
      "DROP TABLE ledger_settlement;"
      "ALTER TABLE ledger_settlement_2 RENAME TO ledger_settlement;"
      "CREATE INDEX ledger_settlement_received ON ledger_settlement (connection_id, date, currency, status,"
      "  total_minor) WHERE is_received = 1;"
      "CREATE INDEX ledger_settlement_contact ON ledger_settlement (connection_id, contact_id, date);"

      "CREATE TABLE ledger_invoice_2 ("
      "  rid INTEGER PRIMARY KEY,"
      "  id BLOB NOT NULL UNIQUE,"
      "  connection_id BLOB NOT NULL REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED,"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  is_sales INTEGER NOT NULL CHECK (is_sales IN (0, 1)),"
      "  number TEXT NOT NULL,"
      "  reference TEXT NOT NULL,"
      "  contact_id TEXT NOT NULL,"
      "  contact_name TEXT NOT NULL,"
      "  date INTEGER,"
      "  due INTEGER,"
      "  status TEXT NOT NULL,"
      "  tax_mode TEXT NOT NULL,"
      "  currency TEXT NOT NULL CHECK (currency <> ''),"
      "  subtotal_minor INTEGER NOT NULL,"
      "  tax_minor INTEGER NOT NULL,"
      "  total_minor INTEGER NOT NULL,"
      "  paid_minor INTEGER NOT NULL,"
      "  credited_minor INTEGER NOT NULL,"
      "  balance_minor INTEGER NOT NULL,"
      "  updated_ms INTEGER NOT NULL,"
      "  read_ms INTEGER NOT NULL DEFAULT 0,"
      "  seen_run INTEGER NOT NULL DEFAULT 0,"
      "  details TEXT NOT NULL"
      ") STRICT;"
      "INSERT INTO ledger_invoice_2 (" INVOICE_COLUMNS ") SELECT " INVOICE_COLUMNS " FROM ledger_invoice;"
      "DROP TABLE ledger_invoice;" /* with its indexes and triggers */
      "ALTER TABLE ledger_invoice_2 RENAME TO ledger_invoice;"
      "CREATE INDEX ledger_invoice_newest ON ledger_invoice (connection_id, date DESC, number DESC)"
      "  WHERE is_sales = 1;"
      "CREATE INDEX ledger_invoice_contact ON ledger_invoice (connection_id, contact_id, date DESC,"
      "  number DESC) WHERE is_sales = 1;"
      "CREATE INDEX ledger_invoice_number ON ledger_invoice (connection_id, number COLLATE NOCASE)"
      "  WHERE is_sales = 1;"
      "CREATE INDEX ledger_invoice_reference ON ledger_invoice (connection_id, reference)"
      "  WHERE is_sales = 1 AND reference <> '';"
      "CREATE INDEX ledger_invoice_bills ON ledger_invoice (connection_id, date) WHERE is_sales = 0;"
      "CREATE INDEX ledger_invoice_unpaid ON ledger_invoice (connection_id, date DESC, number DESC)"
      "  WHERE " OWED ";"

      "CREATE TRIGGER ledger_invoice_insert AFTER INSERT ON ledger_invoice WHEN NEW.is_sales = 1"
      " BEGIN " INSERT_DELTA " VALUES (" DELTA ("NEW", "1") ");" NOTE_CHANGE ("NEW") " END;"
      "CREATE TRIGGER ledger_invoice_delete AFTER DELETE ON ledger_invoice WHEN OLD.is_sales = 1"
      " BEGIN " INSERT_DELTA " VALUES (" DELTA ("OLD", "-1") ");" NOTE_CHANGE ("OLD") " END;"
      /* In this order, which two triggers would not promise. */
      "CREATE TRIGGER ledger_invoice_sums AFTER UPDATE ON ledger_invoice WHEN " SUMS_DIFFER
      " BEGIN " INSERT_DELTA " SELECT " DELTA ("OLD", "-1") " WHERE OLD.is_sales = 1;"
      INSERT_DELTA " SELECT " DELTA ("NEW", "1") " WHERE NEW.is_sales = 1; END;"
      "CREATE TRIGGER ledger_invoice_update AFTER UPDATE ON ledger_invoice WHEN " ROWS_DIFFER
      " BEGIN " NOTE_CHANGE ("NEW") " END;";
/* clang-format on */
