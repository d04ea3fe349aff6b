/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger-records.h"

/**
 * cs_ledger_settlement_new:
 *
 * Returns: (transfer full): a settlement of the ledger with empty strings, no date, and no invoices
 */
CsLedgerSettlement *
cs_ledger_settlement_new (void)
{
  CsLedgerSettlement *settlement = g_new0 (CsLedgerSettlement, 1);

  settlement->remote_id = g_strdup ("");
  settlement->kind = g_strdup ("");
  settlement->number = g_strdup ("");
  settlement->contact_id = g_strdup ("");
  settlement->status = g_strdup ("");
  settlement->date = CS_DATE_NONE;
  settlement->invoice_ids = g_new0 (char *, 1);
  return settlement;
}

/**
 * cs_ledger_settlement_new_in:
 * @arena: where the settlement lies, and whoever fills it in puts its texts and invoices
 *
 * Returns: (transfer full): a settlement of the ledger with no date; its strings and invoices are still to be
 * set
 */
CsLedgerSettlement *
cs_ledger_settlement_new_in (CsArena *arena)
{
  CsLedgerSettlement *settlement = cs_arena_new_array (arena, CsLedgerSettlement, 1);

  settlement->date = CS_DATE_NONE;
  settlement->arena = cs_arena_ref (arena);
  return settlement;
}

/**
 * cs_ledger_settlement_free:
 * @settlement: (transfer full) (nullable): a settlement
 */
void
cs_ledger_settlement_free (CsLedgerSettlement *settlement)
{
  if (settlement == NULL)
    return;
  if (settlement->arena != NULL)
    {
      cs_arena_unref (settlement->arena);
      return;
    }
  g_free (settlement->remote_id);
  g_free (settlement->kind);
  g_free (settlement->number);
  g_free (settlement->contact_id);
  g_free (settlement->status);
  g_strfreev (settlement->invoice_ids);
  g_free (settlement);
}
