/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What settles invoices is counted kind by kind after each full read. Nearly all are payments, which are what
 * the others leave over: so the others alone have an index for it, and a payment costs no more to write. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_kinds[]
    = "CREATE INDEX ledger_settlement_credits ON ledger_settlement (connection_id, kind, date)"
      "  WHERE kind <> 'payment';";
/* clang-format on */
