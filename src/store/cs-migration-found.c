/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* found_id: what the ledger has under the number of an invoice that is blocked for it, "" for nothing: a
 * person may say that it is this one. Of what was blocked before, it is what the mirror has.
 * sent_contact: the ledger's contact that the frozen bytes name; "": not known. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_found[]
    = "ALTER TABLE journal ADD COLUMN found_id TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE journal ADD COLUMN sent_contact TEXT NOT NULL DEFAULT '';"
      "UPDATE journal SET found_id = ifnull ((SELECT i.remote_id FROM ledger_invoice i"
      "   WHERE i.connection_id = journal.connection_id AND i.number = journal.number AND i.is_sales = 1"
      "   ORDER BY i.status IN ('VOIDED', 'DELETED'), i.rid DESC LIMIT 1), '')"
      "  WHERE kind = 'invoice.create' AND state = 'blocked' AND outcome_code = 'different' AND number <> "
      "'';";
/* clang-format on */
