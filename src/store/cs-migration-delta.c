/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What is kept beside the invoices (cs-migration-sums.c) is brought up to date once a transaction, by
 * cs-store-kept.c: row by row, the letter index would write a segment of its own for each. Until then the
 * triggers note what was taken away (sign -1) and what was added (+1). Empty between transactions. */
#define IS_OWED(row) row ".status = 'AUTHORISED' AND " row ".balance_minor > 0"
#define STATE(row)                                                                                           \
  "iif (" IS_OWED (row) ", 'UNPAID', iif (" row ".status = 'AUTHORISED', 'PAID', " row ".status))"
#define DUE(row) "iif (" IS_OWED (row) ", ifnull (" row ".due, 2147483647), 0)"

#define NOTE(row, sign)                                                                                      \
  "INSERT INTO invoice_delta (rid, sign, connection_id, contact_id, currency, state, due, total_minor,"      \
  "  balance_minor, number, reference)"                                                                      \
  " SELECT " row ".rid, " sign ", " row ".connection_id, " row ".contact_id, " row                           \
  ".currency, " STATE (row) ", " DUE (row) ", " row ".total_minor, " row ".balance_minor, " row              \
                                           ".number, " row ".reference"                                      \
                                           " WHERE " row ".is_sales = 1;"

#define DIFFER                                                                                               \
  "(OLD.is_sales <> NEW.is_sales OR OLD.contact_id <> NEW.contact_id OR OLD.currency <> NEW.currency"        \
  " OR OLD.status <> NEW.status OR OLD.due IS NOT NEW.due OR OLD.total_minor <> NEW.total_minor"             \
  " OR OLD.balance_minor <> NEW.balance_minor OR OLD.number <> NEW.number OR OLD.reference <> "              \
  "NEW.reference)"

/* SQL is laid out as SQL. */
/* clang-format off */
const char cs_practice_migration_delta[]
    = "DROP TRIGGER ledger_invoice_sum_insert;"
      "DROP TRIGGER ledger_invoice_sum_delete;"
      "DROP TRIGGER ledger_invoice_sum_take;"
      "DROP TRIGGER ledger_invoice_sum_add;"
      "DROP TRIGGER invoice_text_insert;"
      "DROP TRIGGER invoice_text_delete;"
      "DROP TRIGGER invoice_text_update;"
      "CREATE TABLE invoice_delta ("
      "  sequence INTEGER PRIMARY KEY,"
      "  rid INTEGER NOT NULL,"
      "  sign INTEGER NOT NULL CHECK (sign IN (-1, 1)),"
      "  connection_id BLOB NOT NULL,"
      "  contact_id TEXT NOT NULL,"
      "  currency TEXT NOT NULL,"
      "  state TEXT NOT NULL,"
      "  due INTEGER NOT NULL,"
      "  total_minor INTEGER NOT NULL,"
      "  balance_minor INTEGER NOT NULL,"
      "  number TEXT NOT NULL,"
      "  reference TEXT NOT NULL"
      ") STRICT;"
      "CREATE TRIGGER invoice_delta_insert AFTER INSERT ON ledger_invoice"
      " BEGIN " NOTE ("NEW", "1") " END;"
      "CREATE TRIGGER invoice_delta_delete AFTER DELETE ON ledger_invoice"
      " BEGIN " NOTE ("OLD", "-1") " END;"
      /* In this order, which two triggers would not promise. */
      "CREATE TRIGGER invoice_delta_update AFTER UPDATE ON ledger_invoice WHEN " DIFFER
      " BEGIN " NOTE ("OLD", "-1") NOTE ("NEW", "1") " END;";
/* clang-format on */
