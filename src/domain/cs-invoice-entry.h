/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-records.h"

G_BEGIN_DECLS

/* An invoice as a list shows it: the ledger's record without its lines, and what we know beside it. */
typedef struct
{
  guint32 key; /* of its row in our file: stays while the ledger is linked */
  CsLedgerInvoice *invoice;
  guint n_payments; /* payments and credits that were applied [V-17] */
  gboolean is_pinned;
} CsInvoiceEntry;

CsInvoiceEntry *cs_invoice_entry_new (void);
CsInvoiceEntry *cs_invoice_entry_copy (const CsInvoiceEntry *entry);
void cs_invoice_entry_free (CsInvoiceEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceEntry, cs_invoice_entry_free)
gboolean cs_invoice_entry_equal (const CsInvoiceEntry *a, const CsInvoiceEntry *b); /* as a list shows them */

G_END_DECLS
