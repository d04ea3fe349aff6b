/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What is kept beside the invoices so that a million of them answer at once; triggers keep it, whoever
 * writes. (Since cs-migration-delta.c they only note what is to be brought up to date.)
 *
 * ledger_invoice_sum: how many and how much, for each contact and ('*') for all, by what an invoice is and,
 * while it is owed, by its due day, since what is overdue tomorrow is not yet today (K-9). No due date is the
 * last day there is.
 * invoice_change: which rows changed, in turn: what was read before is mended from it.
 * invoice_text: three letters anywhere in a number or a reference lead to the row.
 * is_received: whether money came in was not kept before; the next pull reads everything anew, and knows. */
#define IS_OWED(row) row ".status = 'AUTHORISED' AND " row ".balance_minor > 0"
#define STATE(row)                                                                                           \
  "iif (" IS_OWED (row) ", 'UNPAID', iif (" row ".status = 'AUTHORISED', 'PAID', " row ".status))"
#define DUE(row) "iif (" IS_OWED (row) ", ifnull (" row ".due, 2147483647), 0)"

#define ADD(contact)                                                                                         \
  "INSERT INTO ledger_invoice_sum (connection_id, contact_id, currency, state, due, n, total_minor,"         \
  "  balance_minor)"                                                                                         \
  " VALUES (NEW.connection_id, " contact ", NEW.currency, " STATE ("NEW") ", " DUE (                         \
      "NEW") ", 1,"                                                                                          \
             "  NEW.total_minor, NEW.balance_minor)"                                                         \
             " ON CONFLICT DO UPDATE SET n = n + 1, total_minor = total_minor + excluded.total_minor,"       \
             "  balance_minor = balance_minor + excluded.balance_minor;"
#define KEY(contact)                                                                                         \
  " WHERE connection_id = OLD.connection_id AND contact_id = " contact " AND currency = OLD.currency"        \
  " AND state = " STATE ("OLD") " AND due = " DUE ("OLD")
#define TAKE(contact)                                                                                        \
  "UPDATE ledger_invoice_sum SET n = n - 1, total_minor = total_minor - OLD.total_minor,"                    \
  " balance_minor = balance_minor - OLD.balance_minor" KEY (contact) ";"                                     \
                                                                     "DELETE FROM ledger_invoice_sum" KEY (  \
                                                                         contact) " AND n = 0;"
#define ADD_TO_SUMS " BEGIN " ADD ("NEW.contact_id") ADD ("'*'") " END;"
#define TAKE_FROM_SUMS " BEGIN " TAKE ("OLD.contact_id") TAKE ("'*'") " END;"

#define SUMS_DIFFER                                                                                          \
  "(OLD.is_sales <> NEW.is_sales OR OLD.contact_id <> NEW.contact_id OR OLD.currency <> NEW.currency"        \
  " OR OLD.status <> NEW.status OR OLD.due IS NOT NEW.due OR OLD.total_minor <> NEW.total_minor"             \
  " OR OLD.balance_minor <> NEW.balance_minor)"
#define ROWS_DIFFER                                                                                          \
  "(" SUMS_DIFFER " OR OLD.number <> NEW.number OR OLD.reference <> NEW.reference"                           \
  " OR OLD.contact_name <> NEW.contact_name OR OLD.date IS NOT NEW.date OR OLD.details <> NEW.details)"
#define TEXTS_DIFFER                                                                                         \
  "(OLD.number <> NEW.number OR OLD.reference <> NEW.reference OR OLD.is_sales <> NEW.is_sales)"

#define NOTE_CHANGE(row) " BEGIN INSERT INTO invoice_change (rid) VALUES (" row ".rid); END;"
#define INSERT_TEXT                                                                                          \
  "INSERT INTO invoice_text (rowid, number, reference) SELECT NEW.rid, NEW.number, NEW.reference"            \
  " WHERE NEW.is_sales = 1;"
#define DELETE_TEXT                                                                                          \
  "INSERT INTO invoice_text (invoice_text, rowid, number, reference)"                                        \
  " SELECT 'delete', OLD.rid, OLD.number, OLD.reference WHERE OLD.is_sales = 1;"
#define ADD_TEXT " BEGIN " INSERT_TEXT " END;"
#define TAKE_TEXT " BEGIN " DELETE_TEXT " END;"
/* In this order, which two triggers would not promise. */
#define CHANGE_TEXT " BEGIN " DELETE_TEXT INSERT_TEXT " END;"

#define WHEN_INSERTED(name) "CREATE TRIGGER " name " AFTER INSERT ON ledger_invoice WHEN NEW.is_sales = 1"
#define WHEN_DELETED(name) "CREATE TRIGGER " name " AFTER DELETE ON ledger_invoice WHEN OLD.is_sales = 1"
#define WHEN_UPDATED(name, condition) "CREATE TRIGGER " name " AFTER UPDATE ON ledger_invoice WHEN " condition

/* SQL is laid out as SQL. */
/* clang-format off */
const char cs_practice_migration_sums[]
    = "CREATE TABLE ledger_invoice_sum ("
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  contact_id TEXT NOT NULL,"
      "  currency TEXT NOT NULL,"
      "  state TEXT NOT NULL,"
      "  due INTEGER NOT NULL,"
      "  n INTEGER NOT NULL,"
      "  total_minor INTEGER NOT NULL,"
      "  balance_minor INTEGER NOT NULL,"
      "  PRIMARY KEY (connection_id, contact_id, currency, state, due)"
      ") STRICT, WITHOUT ROWID;"
      "INSERT INTO ledger_invoice_sum"
      " SELECT connection_id, contact_id, currency, " STATE ("i") " AS state, " DUE ("i") " AS day, count(*),"
      "  sum(total_minor), sum(balance_minor) FROM ledger_invoice AS i WHERE is_sales = 1"
      " GROUP BY connection_id, contact_id, currency, 4, 5;"
      "INSERT INTO ledger_invoice_sum"
      " SELECT connection_id, '*', currency, state, due, sum(n), sum(total_minor), sum(balance_minor)"
      " FROM ledger_invoice_sum GROUP BY connection_id, currency, state, due;"
      WHEN_INSERTED ("ledger_invoice_sum_insert") ADD_TO_SUMS
      WHEN_DELETED ("ledger_invoice_sum_delete") TAKE_FROM_SUMS
      WHEN_UPDATED ("ledger_invoice_sum_take", "OLD.is_sales = 1 AND " SUMS_DIFFER) TAKE_FROM_SUMS
      WHEN_UPDATED ("ledger_invoice_sum_add", "NEW.is_sales = 1 AND " SUMS_DIFFER) ADD_TO_SUMS

      "CREATE TABLE invoice_change ("
      "  sequence INTEGER PRIMARY KEY,"
      "  rid INTEGER NOT NULL"
      ") STRICT;"
      WHEN_INSERTED ("invoice_change_insert") NOTE_CHANGE ("NEW")
      WHEN_DELETED ("invoice_change_delete") NOTE_CHANGE ("OLD")
      WHEN_UPDATED ("invoice_change_update", ROWS_DIFFER) NOTE_CHANGE ("NEW")

      "CREATE VIRTUAL TABLE invoice_text USING fts5 (number, reference, content = '', columnsize = 0,"
      "  tokenize = 'trigram remove_diacritics 1');"
      "INSERT INTO invoice_text (rowid, number, reference)"
      " SELECT rid, number, reference FROM ledger_invoice WHERE is_sales = 1;"
      WHEN_INSERTED ("invoice_text_insert") ADD_TEXT
      WHEN_DELETED ("invoice_text_delete") TAKE_TEXT
      WHEN_UPDATED ("invoice_text_update", TEXTS_DIFFER) CHANGE_TEXT

      "CREATE INDEX ledger_invoice_unpaid ON ledger_invoice (connection_id, date DESC, number DESC)"
      "  WHERE is_sales = 1 AND status = 'AUTHORISED' AND balance_minor > 0;"

      "ALTER TABLE ledger_settlement ADD COLUMN is_received INTEGER NOT NULL DEFAULT 0"
      "  CHECK (is_received IN (0, 1));"
      "UPDATE cursor SET full_ms = 0;"
      "CREATE INDEX ledger_settlement_received ON ledger_settlement (connection_id, date, currency, status,"
      "  total_minor) WHERE is_received = 1;"
      "CREATE INDEX ledger_settlement_contact ON ledger_settlement (connection_id, contact_id, date);";
/* clang-format on */
